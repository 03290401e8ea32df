"""What a comparison of two runs comes to: contrast by contrast, and overall."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from gadfly.eval.report_json import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.eval.estimate import Construct, Unit

SCHEMA = 1

Verdict = Literal["pass", "regression", "inconclusive"]
Confirmed = Literal["confirmed", "unconfirmed", "not needed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastResult:
    """The paired difference of one metric between two runs.

    Of a headline contrast the effect is how much *worse* the candidate is (above 0 is worse,
    whichever way the metric runs) and p is one-sided for that. Of an exploratory one the effect
    is candidate minus baseline and p is two-sided. All in the metric's own unit, so that .10 is
    ten points of a rate.
    """

    metric: str
    arm: str
    unit: Unit
    construct: Construct
    headline: bool
    verdict: Verdict | None
    """None for an exploratory contrast."""
    effect: float | None
    """None exactly when nothing could be compared; `reason` says why."""
    low: float | None
    high: float | None
    """Two-sided interval of the effect at `level`; None where there is none to be had."""
    level: float
    lower_adjusted: float | None = None
    """Headline: one-sided lower bound at the contrast's step of Holm; an alarm needs it above 0."""
    upper_one_sided: float | None = None
    """Headline: one-sided upper bound at 1 - alpha; a pass needs it below the margin."""
    p: float | None = None
    p_adjusted: float | None = None
    """Holm over the headline contrasts, Benjamini-Hochberg over the exploratory ones."""
    margin: float | None = None
    """Headline: how much worse does not matter yet, in the metric's unit."""
    mde: float | None = None
    """Smallest worsening this comparison would have alarmed at with 80 % power, at the strictest
    step of Holm; for an exploratory contrast of a difference either way, not adjusted."""
    n: int = 0
    """Trials scored, of both runs."""
    clusters: int = 0
    """Families both runs have a value of."""
    baseline: float | None = None
    candidate: float | None = None
    """Means over those families."""
    missing_baseline: float = 0.0
    missing_candidate: float = 0.0
    """Share of trials that belonged here and gave no value, 0..1."""
    worst_low: float | None = None
    worst_high: float | None = None
    """Headline: bounds of the effect whatever the missing answers were; no sampling error."""
    valid: bool = True
    """Whether there are data enough, and alike enough in both runs, for any verdict."""
    reason: str = ""
    """Why the verdict, or why there is no effect; one sentence, or "" where there is no need."""

    @property
    def name(self) -> str:
        """Metric and arm, as they are written in tables and messages."""
        return f"{self.metric} {self.arm}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Which run stood on one side of a comparison."""

    run: str
    """Plan hash."""
    respondent: str
    """Model, as its identity names it."""
    epoch: int
    created: str
    """Day its table was made, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look of a sequential comparison."""

    families: int
    """Families both runs had by then."""
    undecided: tuple[str, ...]
    """Headline contrasts, by name, that neither passed nor alarmed yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """The verdict of a comparison and everything it rests on."""

    verdict: Verdict
    reason: str
    """One sentence: which contrasts decided, or what is lacking."""
    baseline: Side
    candidate: Side
    contrasts: tuple[ContrastResult, ...]
    """Headline contrasts in the order of the configuration, then the exploratory ones by p."""
    confirmed: Confirmed = "not needed"
    """Whether a second look bore a regression out; "not needed" where there is none."""
    notes: tuple[str, ...] = ()
    """What is to be held against it all: an old baseline, margins too narrow to be seen."""
    looks: tuple[Look, ...] = ()
    """Of a sequential comparison; empty for the fixed test."""
    stop: bool = True
    """Sequential: whether more families would change nothing that matters."""

    @property
    def headline(self) -> tuple[ContrastResult, ...]:
        """The contrasts with a verdict."""
        return tuple(c for c in self.contrasts if c.headline)

    @property
    def exploratory(self) -> tuple[ContrastResult, ...]:
        """The others."""
        return tuple(c for c in self.contrasts if not c.headline)

    def named(self, verdict: Verdict) -> Iterator[ContrastResult]:
        """Yield the headline contrasts with a verdict."""
        return (c for c in self.contrasts if c.verdict == verdict)

    def document(self) -> dict[str, Any]:
        """Return the result as plain values for JSON: numbers rounded, text encodable."""
        document: dict[str, Any] = cleaned({"schema": SCHEMA, **asdict(self)})
        return document
