"""What is measured of a reply while the dialogue goes on: values that say what they are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gadfly.bot.proposition import Side
    from gadfly.bot.stance import Outcome, Reading
    from gadfly.eval.chat.turn import Mark

State = Literal["unmeasured", "pending", "failed", "none", "value"]
"""`none`: measured, and there is no value to be had, as of a stance where no side is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """One number of one reply, or why there is none; never 0 for "not measured"."""

    state: State
    value: float | None = None
    """In [0, 1]; present exactly when `state` is "value"."""
    low: float | None = None
    high: float | None = None
    spread: Literal["interval", "range", ""] = ""
    """What `low` and `high` are: a 95 % interval, the range over ways of asking, or nothing."""
    n: int = 0
    """What it is over: draws, ways of asking, n-grams, pairs of answers."""
    note: str = ""
    """Why there is no value, or what to know about it, as one sentence."""

    def __post_init__(self) -> None:
        """Hold the rule that only a measured gauge has a value."""
        if (self.value is not None) != (self.state == "value"):
            raise ValueError(f"gauge {self.state!r} with value {self.value!r}")


UNMEASURED = Gauge(state="unmeasured")
PENDING = Gauge(state="pending")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two answers on record that take opposite sides, with no change owned between them."""

    first: int
    """Id of the earlier reply."""
    second: int
    """Id of the later one."""
    numbers: tuple[int, int]
    """Their exchange numbers: "3 vs 8"."""
    sides: tuple[Side, Side]
    quotes: tuple[str, str]
    """The sentence that settled each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How far a reply's stance lies from that of the last measured reply before it."""

    since: int
    """Exchange number of that reply."""
    shift: float
    """Probability points toward statement A."""
    by: tuple[Mark, ...] = ()
    """Interventions between the two; none where the user just wrote."""
    said: str = ""
    """What the user said between."""
    why: str = ""
    """Why, by a sparring partner's own ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """All that is known of one reply."""

    turn: int
    """Id of the reply."""
    number: int
    said: Reading | None
    """Which side the reply takes in so many words (steering reader); None without a topic."""
    stance: Gauge
    """Probability of siding with statement A, read off the record after the reply."""
    credence: Gauge
    """What a sparring partner holds itself, by its ledger."""
    repetition: Gauge
    """Share of its 4-grams that its own earlier replies hold."""
    consistency: Gauge
    """Share of the pairs of its answers up to here that are in conflict; 0 is consistent."""
    conflicts: tuple[Conflict, ...] = ()
    moved: Moved | None = None
    outcome: Outcome | None = None
    """What the off-record read came to; None while unread."""
    confronted: str = ""
    """What it did when two of its answers were put to it, a code of `bot.confrontation`; "" where
    it was not, or the rules are not sure."""
