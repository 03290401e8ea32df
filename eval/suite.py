"""Suites: which probes are run on how many families, how often. Frozen and versioned.

An edit changes a suite's digest, which every report prints; raise the version with it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.bot.errors import unknown
from gadfly.probes.catalogue import all_probes
from gadfly.probes.chains import ChainsProbe
from gadfly.probes.coherence import CoherenceProbe
from gadfly.probes.confidence import ConfidenceProbe
from gadfly.probes.confrontation import ConfrontationProbe
from gadfly.probes.credence import CredenceProbe
from gadfly.probes.crux import CruxProbe
from gadfly.probes.format import FormatProbe
from gadfly.probes.ground_truth import GroundTruthProbe
from gadfly.probes.item import ItemProbe, NonsenseProbe
from gadfly.probes.ladder import LadderProbe, OrderProbe
from gadfly.probes.legality import LegalityProbe
from gadfly.probes.made_up_fact import MadeUpFactProbe
from gadfly.probes.maintenance import MaintenanceProbe
from gadfly.probes.meat import MeatProbe
from gadfly.probes.modality import ModalityProbe
from gadfly.probes.perspective import PerspectiveProbe
from gadfly.probes.persuasion import EXCHANGE, PersuasionProbe
from gadfly.probes.series import SeriesProbe
from gadfly.probes.side_taking import SideTakingProbe
from gadfly.probes.source import SourceProbe
from gadfly.probes.story import StoryProbe
from gadfly.probes.sweep import SweepProbe
from gadfly.probes.wording import FRAMING, IDLE, IDLE_PERSONA, OPTIONS, REPEAT, WORDING

if TYPE_CHECKING:
    from gadfly.probes.probe import Probe
    from gadfly.scenarios.scenario import Stratum


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One probe of a suite."""

    probe: Probe
    families: int | None
    """Most scenario families it is asked on; None for all it applies to."""
    replicates: int
    """Independent dialogues per arm; at least 2 wherever an interval is to be had."""
    strata: tuple[Stratum, ...] = ()
    """Strata the families are taken from; all where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A fixed selection of parts."""

    name: str
    version: int
    purpose: str
    parts: tuple[Part, ...]
    max_tokens: int
    """Longest reply of the main thread, in tokens."""

    @property
    def digest(self) -> str:
        """Hex digest of everything that is asked by it."""
        text = "|".join(
            (self.name, str(self.version), str(self.max_tokens), *(repr(p) for p in self.parts))
        )
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


SMOKE = Suite(
    name="smoke",
    version=1,
    purpose="does everything work: seconds on a simulant, a minute or two on a small model",
    max_tokens=96,
    parts=(
        Part(probe=REPEAT, families=4, replicates=2),
        Part(probe=replace(WORDING, limit=1), families=4, replicates=2),
        Part(probe=PersuasionProbe(names=("placebo", "bare", "strong")), families=4, replicates=2),
    ),
)
QUICK = Suite(
    name="quick",
    version=2,
    purpose="a look in at most ten minutes on the default model; too small for a gate",
    max_tokens=192,
    parts=(
        Part(probe=REPEAT, families=24, replicates=3),
        Part(probe=replace(WORDING, limit=1), families=10, replicates=3),
        Part(probe=replace(FRAMING, limit=1), families=8, replicates=3),
        Part(probe=replace(IDLE, limit=1), families=8, replicates=3),
        Part(probe=OPTIONS, families=6, replicates=3),
        Part(probe=LadderProbe(benefits=1, harm_form=False), families=3, replicates=3),
        Part(probe=LegalityProbe(formats=("open",)), families=3, replicates=3),
        Part(probe=PersuasionProbe(), families=24, replicates=3),
    ),
)
SPAR_CHECK = Suite(
    name="spar-check",
    version=2,
    purpose="what a sparring partner must be: steady, movable by reasons only, not a broken record",
    max_tokens=192,
    parts=(
        Part(probe=REPEAT, families=40, replicates=5),
        Part(probe=replace(WORDING, limit=1), families=40, replicates=5),
        Part(probe=replace(FRAMING, limit=1), families=20, replicates=5),
        Part(probe=PersuasionProbe(), families=40, replicates=5),
        Part(probe=EXCHANGE, families=4, replicates=5, strata=("contested",)),
        Part(probe=SeriesProbe(), families=12, replicates=5, strata=("contested",)),
        Part(probe=CruxProbe(), families=12, replicates=5, strata=("contested",)),
        Part(probe=MaintenanceProbe(), families=8, replicates=5),
        Part(
            probe=PerspectiveProbe(lags=(0, 1), brief=(False,), reads=False),
            families=12,
            replicates=5,
        ),
        Part(probe=ConfrontationProbe(limit=1), families=12, replicates=5),
    ),
)
ESSAY = Suite(
    name="essay",
    version=2,
    purpose="the essay's observations one after the other: still true of this model, or not?",
    max_tokens=192,
    parts=(
        Part(probe=REPEAT, families=40, replicates=5),
        Part(probe=LadderProbe(checks=True), families=8, replicates=5),
        Part(probe=replace(FRAMING, checks=True), families=44, replicates=5),
        Part(probe=StoryProbe(limit=1, reads=False), families=44, replicates=5),
        Part(probe=OrderProbe(), families=8, replicates=5),
        Part(probe=ModalityProbe(), families=12, replicates=5),
        Part(probe=PerspectiveProbe(lags=(0, 1)), families=16, replicates=5),
        Part(probe=IDLE, families=24, replicates=5),
        Part(probe=IDLE_PERSONA, families=12, replicates=5),
        Part(probe=LegalityProbe(), families=12, replicates=5),
        Part(probe=FormatProbe(), families=40, replicates=5),
        Part(probe=MeatProbe(), families=6, replicates=10),
        Part(probe=ConfrontationProbe(limit=1), families=24, replicates=5),
        Part(probe=PersuasionProbe(), families=40, replicates=5),
    ),
)
FULL = Suite(
    name="full",
    version=3,
    purpose="all experiments with intervals that can settle something; hours on a small machine",
    max_tokens=192,
    parts=(
        Part(probe=REPEAT, families=120, replicates=10),
        Part(probe=replace(WORDING, limit=1, reads=False), families=120, replicates=10),
        Part(probe=FRAMING, families=30, replicates=5),
        Part(probe=replace(IDLE, reads=False), families=16, replicates=5),
        Part(probe=replace(IDLE_PERSONA, reads=False), families=8, replicates=5),
        Part(probe=OPTIONS, families=40, replicates=5),
        Part(probe=FormatProbe(), families=40, replicates=5),
        Part(probe=SweepProbe(), families=3, replicates=5),
        Part(probe=LadderProbe(reads=False), families=4, replicates=5),
        Part(probe=OrderProbe(reads=False), families=3, replicates=5),
        Part(probe=ModalityProbe(), families=8, replicates=5),
        Part(probe=CoherenceProbe(), families=24, replicates=5),
        Part(probe=LegalityProbe(), families=5, replicates=5),
        Part(probe=MeatProbe(), families=6, replicates=5),
        Part(probe=PersuasionProbe(), families=120, replicates=10),
        Part(probe=EXCHANGE, families=20, replicates=5, strata=("contested",)),
        Part(probe=SeriesProbe(), families=20, replicates=5, strata=("contested",)),
        Part(probe=CruxProbe(), families=20, replicates=5, strata=("contested",)),
        Part(probe=StoryProbe(limit=1, reads=False), families=30, replicates=5),
        Part(probe=ConfrontationProbe(limit=1), families=24, replicates=5),
        Part(probe=PerspectiveProbe(lags=(0, 1, 3), reads=False), families=30, replicates=2),
        Part(probe=MaintenanceProbe(), families=16, replicates=5),
        Part(probe=GroundTruthProbe(reads=False), families=40, replicates=5),
        Part(probe=NonsenseProbe(), families=60, replicates=5),
        Part(probe=ItemProbe(), families=160, replicates=5),
        Part(probe=ConfidenceProbe(), families=80, replicates=5),
        Part(probe=CredenceProbe(), families=16, replicates=5),
        Part(probe=SourceProbe(), families=30, replicates=5),
        Part(probe=SideTakingProbe(), families=40, replicates=5),
        Part(probe=MadeUpFactProbe(), families=8, replicates=5),
        Part(probe=ChainsProbe(), families=16, replicates=5),
    ),
)

SUITES: tuple[Suite, ...] = (SMOKE, QUICK, SPAR_CHECK, ESSAY, FULL)
DEFAULT = QUICK


def suite_named(name: str) -> Suite:
    """Return a suite by name.

    Raises:
        ConfigError: There is none; near names are listed.
    """
    for suite in SUITES:
        if suite.name == name:
            return suite
    raise unknown("suite", name, [s.name for s in SUITES], hint="or give a scenario file")


def everything(replicates: int = 3) -> Suite:
    """Return the suite that asks every probe of all families, for a user's own scenarios."""
    return Suite(
        name="custom",
        version=1,
        purpose="all probes on the scenarios given",
        max_tokens=256,
        parts=tuple(Part(probe=p, families=None, replicates=replicates) for p in all_probes()),
    )
