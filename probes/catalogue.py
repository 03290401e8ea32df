"""All probes by name, and by the experiments they run: our own, and those of installed plugins."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, unknown
from gadfly.bot.plugins import plugins
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
from gadfly.probes.live import LiveProbe
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

PROBES: tuple[Probe, ...] = (
    REPEAT,
    WORDING,
    replace(FRAMING, checks=True),
    IDLE,
    OPTIONS,
    FormatProbe(),
    SweepProbe(),
    LadderProbe(checks=True),
    OrderProbe(),
    ModalityProbe(),
    CoherenceProbe(),
    LegalityProbe(),
    MeatProbe(),
    PersuasionProbe(),
    StoryProbe(),
    ConfrontationProbe(),
    EXCHANGE,
    SeriesProbe(),
    CruxProbe(),
    GroundTruthProbe(),
    NonsenseProbe(),
    ItemProbe(),
    ConfidenceProbe(),
    CredenceProbe(),
    SourceProbe(),
    MadeUpFactProbe(),
    ChainsProbe(),
    SideTakingProbe(),
    IDLE_PERSONA,
    PerspectiveProbe(),
    MaintenanceProbe(),
    LiveProbe(),
)


GROUP = "gadfly.probes"
"""Entry-point group under which a package offers probes: one `Probe` each."""

_NEEDED = ("name", "version", "experiments", "varies", "feeds", "arms", "ask")


@functools.cache
def all_probes() -> tuple[Probe, ...]:
    """Return our own probes, then those of installed plugins by name.

    Raises:
        ConfigError: A plugin cannot be loaded, is no probe, or takes a name that is taken.
    """
    found = list(PROBES)
    for entry, probe in plugins(GROUP):
        missing = [field for field in _NEEDED if not hasattr(probe, field)]
        if missing:
            raise ConfigError(f"plugin {entry!r} is no probe: it has no {', '.join(missing)}")
        if probe.name in {p.name for p in found}:
            raise ConfigError(f"plugin {entry!r}: the probe name {probe.name!r} is taken")
        found.append(probe)
    return tuple(found)


def probes_named(name: str) -> tuple[Probe, ...]:
    """Return the probe of that name, or all probes of an experiment ("E7", any case).

    Raises:
        ConfigError: There is none; near names are listed.
    """
    probes = all_probes()
    found = tuple(p for p in probes if p.name == name or name.upper() in p.experiments)
    if not found:
        known = [p.name for p in probes] + sorted({e for p in probes for e in p.experiments})
        raise unknown("probe", name, known, hint="see `gadfly probes list`")
    return found
