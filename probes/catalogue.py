"""All probes by name, and by the experiments they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.errors import unknown
from gadfly.probes.correction import CorrectionProbe
from gadfly.probes.crux import CruxProbe
from gadfly.probes.format import FormatProbe
from gadfly.probes.ladder import LadderProbe, OrderProbe
from gadfly.probes.legality import LegalityProbe
from gadfly.probes.live import LiveProbe
from gadfly.probes.meat import MeatProbe
from gadfly.probes.modality import ModalityProbe
from gadfly.probes.persuasion import EXCHANGE, PersuasionProbe
from gadfly.probes.series import SeriesProbe
from gadfly.probes.wording import FRAMING, IDLE, OPTIONS, REPEAT, WORDING

if TYPE_CHECKING:
    from gadfly.probes.probe import Probe

PROBES: tuple[Probe, ...] = (
    REPEAT,
    WORDING,
    FRAMING,
    IDLE,
    OPTIONS,
    FormatProbe(),
    LadderProbe(),
    OrderProbe(),
    ModalityProbe(),
    LegalityProbe(),
    MeatProbe(),
    PersuasionProbe(),
    EXCHANGE,
    SeriesProbe(),
    CorrectionProbe(),
    CruxProbe(),
    LiveProbe(),
)


def probes_named(name: str) -> tuple[Probe, ...]:
    """Return the probe of that name, or all probes of an experiment ("E7", any case).

    Raises:
        ConfigError: There is none; near names are listed.
    """
    found = tuple(p for p in PROBES if p.name == name or name.upper() in p.experiments)
    if not found:
        known = [p.name for p in PROBES] + sorted({e for p in PROBES for e in p.experiments})
        raise unknown("probe", name, known, hint="see `gadfly probes list`")
    return found
