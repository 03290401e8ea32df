"""The stored trial: what metrics and reports read.

No conversation text is written with it but the replies' keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from gadfly.bot.crux import CRUX_CODES
from gadfly.bot.engagement import ENGAGEMENTS
from gadfly.bot.measure import HEARD
from gadfly.bot.sense import SENSE_CODES
from gadfly.bot.steps import STEP_CODES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.stance import Outcome, Reading
    from gadfly.scenarios.scenario import Stratum

Stage = Literal["subject", "interlocutor", "readout", "judge", "probe"]

_NO_SIDE_ASKED = frozenset({*SENSE_CODES, *STEP_CODES, *CRUX_CODES, HEARD})
"""Codes of replies that were asked for something else than a side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A trial that broke: data about it, never a value of it."""

    stage: Stage
    error_type: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What was said to the subject in a thread, and its reply to it."""

    asked: str
    """The system prompt and all turns of the user, a line break between."""
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One observation of a trial: a reply read (*said*) or an off-record read (*read*)."""

    label: str
    kind: Literal["said", "read"]
    about: str
    """Digest of the proposition."""
    reading: Reading
    words: int = 0
    """Length of the reply, in words ("said")."""
    overlap: float | None = None
    """"said": share of its 4-grams that its own earlier replies in the thread hold, the user's
    words left out; None for a first reply, or one too short."""
    opener: str = ""
    """"said": digest of its first four words; "" for a shorter reply."""
    verdict_at: float | None = None
    """"said": share of its words before the first sentence that settles the question; None where
    no single sentence does."""
    caveats: float | None = None
    """"said": share of its words in caveats; None where nobody looked, or it has no word."""
    value: float | None = None
    """"said": the number the move's measure found in the reply, in the measure's unit."""
    code: str = ""
    """"said": the category the move's measure found; "" where it has none or is not sure."""
    owns_change: bool | None = None
    """"said": whether it says, by rule, that it changes its answer or grants what moved it; None
    for a first reply, which has nothing to change, and for runs before this was noted."""
    calls: tuple[str, ...] = ()
    """Hex keys of the model calls behind it, in cell and draw order."""
    written: str = ""
    """"said": hex key of the call by which an interlocutor wrote the line replied to."""
    exchange: Exchange | None = None
    """"said": the words themselves, where a metric of wording needs them (`store.WORDED`). Looked
    up among the calls, never written with the trial."""

    @property
    def came_to(self) -> Outcome:
        """What the reply or read came to, whatever it was asked for."""
        return "answered" if self.gave_other else self.reading.outcome

    @property
    def gave_other(self) -> bool:
        """Whether it was asked for something else than a side, a number or a state, and gave it.

        A side that may be read off such a reply is chance. Whether it took up an argument was not
        asked of it.
        """
        if self.reading.outcome == "answered":
            return self.code in _NO_SIDE_ASKED or (self.value is not None and not self.code)
        is_asked = bool(self.found) and self.code not in ENGAGEMENTS
        return is_asked and self.reading.outcome == "unreadable"

    @property
    def found(self) -> str:
        """What its measure found, in words; "" where there was none, or it found nothing."""
        value = "" if self.value is None else f"{self.value:g}"
        return " ".join(filter(None, (self.code, value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRecord:
    """One finished (or failed) trial."""

    key: str
    """Hex trial key: scenario content, variant, probe and version, arm, replicate."""
    family: str
    topic: str
    stratum: Stratum
    tags: tuple[str, ...]
    truth: Literal["a", "b"] | None
    probe: str
    version: int
    arm: str
    variant: str
    replicate: int
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The arm's settings, e.g. {"severity": "3", "benefit": "1000"}."""
    observations: tuple[Observed, ...] = ()
    stopped: str = ""
    """Reason of an early `Stop`."""
    failure: Failure | None = None

    def get(self, label: str, kind: Literal["said", "read"] | None = None) -> Observed | None:
        """Return the observation of that label (and kind), None where the trial has none."""
        for seen in self.observations:
            if seen.label == label and kind in (None, seen.kind):
                return seen
        return None
