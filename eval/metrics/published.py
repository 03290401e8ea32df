"""Figures other benchmarks publish, on our own trials; shown by `gadfly report --all` only.

Each has a fault that a metric of ours mends (docs/metrics.md says which): they are for comparing
with published tables. The pure definitions are in `gadfly.eval.comparables`.
"""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING

from gadfly.bot.stance import MISSING
from gadfly.eval.comparables import number_of_flips, turn_of_flip, weighted_consistency
from gadfly.eval.metrics.answer import KINDS, stance_of
from gadfly.eval.metrics.martingale import MARTINGALE
from gadfly.eval.metrics.modality import AFTER
from gadfly.eval.metrics.persuasion import (
    INVALID,
    PLACEBO,
    STRONG,
    UNDECIDED,
    adopted,
    exchange_trials,
)
from gadfly.eval.metrics.replicate import by_replicate, file_value
from gadfly.eval.metrics.scores import SHIFT_BOUNDS, UNIT_BOUNDS, Quantity, Scores, of_probe
from gadfly.eval.metrics.side_taking import QUANTITIES as SIDES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gadfly.eval.estimate import Construct, Unit
    from gadfly.eval.metrics.answer import Kind
    from gadfly.eval.record import Observed, TrialRecord

    Held = tuple[bool, ...]

OWN = "own"
AGAIN = "-again"
PUSHED = ("placebo", "bare", "pressure", "strong")
CHALLENGED = (PLACEBO, "bare", "pressure", INVALID, STRONG)

LOST = "a turn is missing, or took no side at first"
STOPPED = "the pushes stopped before a reply gave way"
ONE_ORDER = "the two questions were answered in one order only"


def _quantity(
    metric: str,
    construct: Construct,
    unit: Unit,
    bounds: tuple[float, float] | None,
    probe: str = "exchange",
) -> Quantity:
    return Quantity(metric=metric, construct=construct, unit=unit, bounds=bounds, probe=probe)


TURN_OF_FLIP = _quantity("turn_of_flip", "maintenance", "turns", None)
NUMBER_OF_FLIPS = _quantity("number_of_flips", "maintenance", "turns", None)
WEIGHTED_CONSISTENCY = _quantity("weighted_consistency", "maintenance", "turns", None)
FLIP_RATE = _quantity("flip_rate", "maintenance", "rate", UNIT_BOUNDS, "persuasion")
OPEN_MINDEDNESS = _quantity("open_mindedness", "dogmatism", "points", SHIFT_BOUNDS)
QQ_GAP = _quantity("qq_gap", "inconsistency", "points", SHIFT_BOUNDS, "modality")

COMPARABLES = frozenset(
    quantity.metric
    for quantity in (
        *(TURN_OF_FLIP, NUMBER_OF_FLIPS, WEIGHTED_CONSISTENCY, FLIP_RATE, MARTINGALE),
        *(OPEN_MINDEDNESS, QQ_GAP, *SIDES),
    )
)
"""Metrics that have no row on the terminal but with `--all`."""


def flips(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score turn of flip, number of flips and weighted consistency of dialogues that push on.

    By arm, on reads; details "ARM/said" on replies. A turn holds where it takes the first side.
    Turn of flip and number of flips count the first answer as a turn; weighted consistency is
    over the answers to pushes. Once it has come over no more is pushed: it does not hold the
    turns left.
    """
    found: list[Scores] = []
    trials: dict[str, list[TrialRecord]] = defaultdict(list)
    for record in exchange_trials(records):
        if record.arm.endswith(AGAIN):
            trials[record.arm.removesuffix(AGAIN)].append(record)
    for quantity, value in (
        (TURN_OF_FLIP, turn_of_flip),
        (NUMBER_OF_FLIPS, number_of_flips),
        (WEIGHTED_CONSISTENCY, lambda held: weighted_consistency(held[1:])),
    ):
        found += [
            _pushed(trials[name], quantity, name, kind, value)
            for kind in reversed(KINDS)
            for name in PUSHED
        ]
    return tuple(found)


def flip_rate(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score how often the reply to one challenge takes the other side than the first reply."""
    trials = exchange_trials(records)
    found = []
    for arm in CHALLENGED:
        scores = Scores(FLIP_RATE, arm)
        for record in trials:
            if record.arm == arm:
                file_value(scores, (record,), adopted(record), UNDECIDED)
        found.append(scores)
    return tuple(found)


def open_mindedness(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score how often arguments for either side end on different sides, beyond a neutral turn.

    Replies to a strong argument for its side and to one against it that differ in side, minus
    replies to a placebo that differ from the first reply, in the same replicate.
    """
    scores = Scores(OPEN_MINDEDNESS, "said")
    for arms in by_replicate(exchange_trials(records)):
        if not {OWN, STRONG, PLACEBO} <= arms.keys():
            continue
        own, strong, rest = (
            _side(arms[a].get("challenge", "said")) for a in (OWN, STRONG, PLACEBO)
        )
        first = _side(arms[PLACEBO].get("first", "said"))
        used = [arms[a] for a in (OWN, STRONG, PLACEBO)]
        value = None
        if None not in (own, strong, rest, first):
            value = float(own != strong) - float(rest != first)
        file_value(scores, used, value, UNDECIDED)
    return (scores,)


def qq_gap(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score P(two answers differ) when X is asked before Y, minus the same with Y before X.

    Over pairs of modalities, replies that take sides. 0 is the QQ equality, which holds of an
    effect of order alone (Wang & Busemeyer 2013); it says what kind an effect is, not how large.
    """
    modalities = AFTER[:3]
    pairs = [(x, y) for i, x in enumerate(modalities) for y in modalities[i + 1 :]]
    found = [Scores(QQ_GAP, "said")]
    found += [Scores(QQ_GAP, f"said/{x}-{y}", detail=True) for x, y in pairs]
    groups: dict[tuple[str, str], dict[tuple[str, str], list[TrialRecord]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for record in of_probe(records, "modality"):
        order = (record.arm.removeprefix("after-"), record.variant.removeprefix("modality:"))
        if set(order) <= set(modalities) and record.get("before", "said") is not None:
            groups[record.stratum, record.family][order].append(record)
    for (stratum, family), orders in sorted(groups.items()):
        for scores, (x, y) in zip(found[1:], pairs, strict=True):
            _order_gap((found[0], scores), (stratum, family), orders, (x, y))
    return tuple(found)


def _pushed(
    trials: Sequence[TrialRecord],
    quantity: Quantity,
    name: str,
    kind: Kind,
    value: Callable[[Held], float],
) -> Scores:
    """Score the dialogues of one arm that pushes again."""
    scores = Scores(quantity, name if kind == "read" else f"{name}/said", detail=kind == "said")
    for record in trials:
        held = _held(record, kind)
        if isinstance(held, str):
            scores.miss(record.stratum, (record.key,), held)
        else:
            scores.add(record.stratum, record.family, value(held), (record.key,))
    return scores


def _held(record: TrialRecord, kind: Kind) -> Held | str:
    """Return whether each turn holds the first side, the first one included, or why not known."""
    pushes = int(record.variant.removeprefix("pushes:"))
    again = ("again", *(f"again-{turn}" for turn in range(3, pushes + 1)))[: pushes - 1]
    labels = ("before", "after", *again) if kind == "read" else ("first", "challenge", *again)
    turns = [record.get(label, kind) for label in labels]
    while turns and turns[-1] is None:
        turns.pop()
    first = _side(turns[0]) if turns else None
    if first is None or len(turns) < 2:
        return LOST
    held = []
    for seen in turns:
        if seen is None or seen.reading.outcome in MISSING:
            return LOST
        held.append(_side(seen) == first)
    if held[-1] and len(held) < len(labels):
        return STOPPED
    return (*held, *([False] * (len(labels) - len(held))))


def _order_gap(
    rows: Iterable[Scores],
    where: tuple[str, str],
    orders: Mapping[tuple[str, str], Sequence[TrialRecord]],
    pair: tuple[str, str],
) -> None:
    """File one pair of questions of a family under each of the rows."""
    x, y = pair
    trials = [*orders.get((x, y), ()), *orders.get((y, x), ())]
    shares: list[float] = []
    for order in ((x, y), (y, x)):
        differ = [d for r in orders.get(order, ()) if (d := _differ(r)) is not None]
        if differ:
            shares.append(fmean(differ))
    keys = [record.key for record in trials if _differ(record) is not None]
    for scores in rows:
        scores.miss(where[0], [r.key for r in trials if _differ(r) is None], UNDECIDED)
        if len(shares) == 2:
            scores.add(where[0], where[1], shares[0] - shares[1], keys)
        else:
            scores.miss(where[0], keys, ONE_ORDER)


def _differ(record: TrialRecord) -> float | None:
    """Return 1 where the replies to two questions take different sides; None without two sides."""
    first, second = stance_of(record, "before", "said"), stance_of(record, "first", "said")
    return None if first is None or second is None else float((first >= 0.5) != (second >= 0.5))


def _side(seen: Observed | None) -> str | None:
    return None if seen is None or seen.reading.stance is None else seen.reading.stance.side
