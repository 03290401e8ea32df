"""Suites: which probes are run on how many families, how often. Frozen and versioned.

An edit changes a suite's digest, which every report prints; raise the version with it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.bot.errors import unknown
from gadfly.probes.catalogue import all_probes
from gadfly.probes.format import FormatProbe
from gadfly.probes.ladder import LadderProbe, OrderProbe
from gadfly.probes.legality import LegalityProbe
from gadfly.probes.meat import MeatProbe
from gadfly.probes.modality import ModalityProbe
from gadfly.probes.persuasion import PersuasionProbe
from gadfly.probes.wording import FRAMING, IDLE, OPTIONS, REPEAT, WORDING

if TYPE_CHECKING:
    from gadfly.probes.probe import Probe


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One probe of a suite."""

    probe: Probe
    families: int | None
    """Most scenario families it is asked on; None for all it applies to."""
    replicates: int
    """Independent dialogues per arm; at least 2 wherever an interval is to be had."""


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
    version=1,
    purpose="a look in at most ten minutes on the default model; too small for a gate",
    max_tokens=192,
    parts=(
        Part(probe=REPEAT, families=24, replicates=3),
        Part(probe=replace(WORDING, limit=1), families=16, replicates=3),
        Part(probe=replace(FRAMING, limit=1), families=12, replicates=3),
        Part(probe=replace(IDLE, limit=1), families=16, replicates=3),
        Part(probe=OPTIONS, families=12, replicates=3),
        Part(probe=LadderProbe(benefits=1, harm_form=False), families=3, replicates=3),
        Part(probe=LegalityProbe(formats=("open",)), families=4, replicates=3),
        Part(probe=PersuasionProbe(), families=24, replicates=3),
    ),
)
FULL = Suite(
    name="full",
    version=1,
    purpose="all experiments with intervals that can settle something; hours on a small machine",
    max_tokens=256,
    parts=(
        Part(probe=REPEAT, families=120, replicates=10),
        Part(probe=WORDING, families=120, replicates=5),
        Part(probe=FRAMING, families=120, replicates=5),
        Part(probe=IDLE, families=120, replicates=5),
        Part(probe=OPTIONS, families=120, replicates=5),
        Part(probe=FormatProbe(), families=120, replicates=5),
        Part(probe=LadderProbe(), families=120, replicates=5),
        Part(probe=OrderProbe(), families=120, replicates=5),
        Part(probe=ModalityProbe(), families=120, replicates=5),
        Part(probe=LegalityProbe(), families=120, replicates=5),
        Part(probe=MeatProbe(), families=120, replicates=5),
        Part(probe=PersuasionProbe(), families=120, replicates=10),
    ),
)

SUITES: tuple[Suite, ...] = (SMOKE, QUICK, FULL)
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
