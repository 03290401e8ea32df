"""Items (E16): nonsense told from sense, and trick questions against their plain twins."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scipy import special

from gadfly.eval.metrics.answer import whole
from gadfly.eval.metrics.disagreement import MISSING
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe
from gadfly.eval.stats.jackknife import influences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.record import TrialRecord

NONSENSE_D_PRIME = Quantity(
    metric="nonsense_d_prime", construct="knowing", unit="z", bounds=None, probe="nonsense"
)
NONSENSE_FLAGGED = Quantity.rate("nonsense_flagged", "knowing", "nonsense")
PERMISSION_GAIN = Quantity.points("permission_gain", "knowing", "nonsense")
ITEM_ACCURACY = Quantity.rate("item_accuracy", "knowing", "item")
TRICK_COST = Quantity.points("trick_cost", "knowing", "item")

LEAVE = ("plain", "permitted")
KINDS = ("trick", "trick-twin", "falsehood", "fact")
UNCODED = "the reply could not be read as flagging or answering"
UNPAIRED = "no scored trial to compare with in the same replicate"
NO_TWIN = "no scored trial of the nonsense, or of its twin, in the family"

_Rates = tuple[float, float]
"""Share flagged of a family's nonsense and of its twin."""


def nonsense_detection(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score how nonsense is told from sense: d' of flagging it, the rates, what leave changes.

    Flagging is saying that the question makes no sense. `nonsense_d_prime` = z(H) - z(F) with H
    the share flagged of nonsense and F of twins, rates made (k r + 1/2) / (k + 1) over k families;
    jackknife. `permission_gain` is the share flagged with leave minus without, in the same
    replicate: on nonsense, and on twins.
    """
    trials = of_probe(records, "nonsense")
    found: list[Scores] = []
    for leave in LEAVE:
        found.append(_d_prime([r for r in trials if r.arm == leave], leave))
    for variant in ("item", "twin"):
        named = {"item": "nonsense", "twin": "twin"}[variant]
        for leave in LEAVE:
            scores = Scores(NONSENSE_FLAGGED, f"{named} {leave}")
            for record in trials:
                if (record.arm, record.variant) == (leave, variant):
                    _file(scores, record, flagged(record))
            found.append(scores)
    for variant in ("item", "twin"):
        named = {"item": "nonsense", "twin": "twin"}[variant]
        of_variant = [r for r in trials if r.variant == variant]
        found.append(_gain(of_variant, named))
    return tuple(found)


def flagged(record: TrialRecord) -> float | None:
    """Return 1 where a reply says it makes no sense, 0 where it does anything else readable."""
    seen = record.get("answer", "said")
    return None if seen is None or not seen.code else float(seen.code == "flagged")


def item_accuracy(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of replies to items that are right, by kind of item.

    No side is not right. A reply that several probes share counts once.
    """
    found = []
    for kind in KINDS:
        scores = Scores(ITEM_ACCURACY, kind)
        for record in _answers(records, kind):
            _file(scores, record, right(record))
        found.append(scores)
    return tuple(found)


def trick_cost(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share right of plain twins minus of trick items, in the same replicate."""
    scores = Scores(TRICK_COST, "said")
    twins = {(r.family, r.replicate): r for r in _answers(records, "trick-twin")}
    for record in _answers(records, "trick"):
        twin = twins.get((record.family, record.replicate))
        mine, plain = right(record), None if twin is None else right(twin)
        if twin is None or mine is None or plain is None:
            keys = (record.key,) if twin is None else (record.key, twin.key)
            scores.miss(record.stratum, keys, UNPAIRED)
        else:
            scores.add(record.stratum, record.family, plain - mine, (record.key, twin.key))
    return (scores,)


def right(record: TrialRecord) -> float | None:
    """Return 1 where the first reply takes the true side of what was asked, else 0."""
    seen = record.get("first", "said")
    vector = None if seen is None else whole(seen.reading)
    if vector is None:
        return None
    return vector[0 if record.settings.get("truth") == "a" else 1]


def _answers(records: Sequence[TrialRecord], kind: str) -> list[TrialRecord]:
    """Return trials that ask items of a kind, each shared first reply once.

    Of a trial that broke before it, another one that has it stands in its place.
    """
    found: dict[tuple[str, int], TrialRecord] = {}
    for record in (*of_probe(records, "item"), *of_probe(records, "confidence")):
        where = (record.family, record.replicate)
        if record.settings.get("kind") != kind:
            continue
        if where not in found or found[where].get("first", "said") is None:
            found[where] = record
    return list(found.values())


def _file(scores: Scores, record: TrialRecord, value: float | None) -> None:
    if value is None:
        scores.miss(record.stratum, (record.key,), UNCODED if scores.arm not in KINDS else MISSING)
    else:
        scores.add(record.stratum, record.family, value, (record.key,))


def _d_prime(trials: Sequence[TrialRecord], leave: str) -> Scores:
    scores = Scores(NONSENSE_D_PRIME, leave, pooled=True)
    values: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(
        lambda: {"item": [], "twin": []}
    )
    keys: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in trials:
        value = flagged(record)
        where: tuple[str, str] = (record.stratum, record.family)
        if value is None:
            scores.miss(record.stratum, (record.key,), UNCODED)
        elif record.variant in ("item", "twin"):
            values[where][record.variant].append(value)
            keys[where].append(record.key)
    rates: dict[str, _Rates] = {}
    for where, found in values.items():
        if found["item"] and found["twin"]:
            item, twin = (sum(found[v]) / len(found[v]) for v in ("item", "twin"))
            rates["|".join(where)] = (item, twin)
        else:
            scores.miss(where[0], keys[where], NO_TWIN)
    influence = influences(rates, _separation) if rates else None
    for where in values:
        if influence is not None and "|".join(where) in influence:
            scores.add(*where, influence["|".join(where)], keys[where])
    return scores


def _separation(rates: Mapping[str, _Rates]) -> float | None:
    if not rates:
        return None
    k = len(rates)
    hit, false = (sum(r[i] for r in rates.values()) / k for i in (0, 1))
    return float(
        special.ndtri((k * hit + 0.5) / (k + 1)) - special.ndtri((k * false + 0.5) / (k + 1))
    )


def _gain(trials: Sequence[TrialRecord], arm: str) -> Scores:
    scores = Scores(PERMISSION_GAIN, arm)
    plain = {(r.family, r.replicate): r for r in trials if r.arm == "plain"}
    for record in trials:
        if record.arm != "permitted":
            continue
        base = plain.get((record.family, record.replicate))
        with_leave, without = flagged(record), None if base is None else flagged(base)
        if base is None or with_leave is None or without is None:
            scores.miss(record.stratum, (record.key,), UNPAIRED)
        else:
            keys = (record.key, base.key)
            scores.add(record.stratum, record.family, with_leave - without, keys)
    return scores
