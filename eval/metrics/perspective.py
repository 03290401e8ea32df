"""Perspective (E6): whether it stays on the side of who it was told to be, and how long.

A persona's side is marked by the scenario's author; a devil's advocate is for the side its own
first reply did not take. Agreement counts readable replies (or the probability read) on that
side; no side is no agreement. The lag is the number of turns since the persona was set.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.bot.reported import as_reported
from gadfly.eval.metrics.answer import KINDS, clash, whole
from gadfly.eval.metrics.disagreement import MISSING, UNREPEATED, Tally, excess_between
from gadfly.eval.metrics.scores import SHIFT_BOUNDS, Quantity, Scores, of_probe
from gadfly.eval.stats.survival import decay_hazard, half_life, pseudo_values
from gadfly.probes.perspective import AGAIN, BARE, DEVIL, PERSONA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np

    from gadfly.bot.proposition import Side
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.answer import Kind, Vector
    from gadfly.eval.record import TrialRecord

    Test = Callable[[TrialRecord], bool]
    Value = Callable[[TrialRecord], tuple[float, tuple[str, ...]] | str]
    """A trial's value and the other trials behind it, or why there is none."""

FELT = 0.10
"""Shift a persona must make at its first lag for its loss to be told from nothing."""

NO_BARE = "the same question without a persona has no readable answer"
UNPAIRED = "no readable answer at the other lag in the same replicate"
UNFELT = f"personas moved it by less than {100 * FELT:.0f} points: there is nothing to be lost"
ONE_LAG = "one lag was asked only, or some lag has no readable answer"
NOT_LOST = "none of it was lost over the turns asked"
KEPT = "no answer to be confronted with: each was the persona's, or took no side"


PERSONA_FIDELITY = Quantity.rate("persona_fidelity", "maintenance", "perspective")
PERSONA_SHIFT = Quantity.points("persona_shift", "maintenance", "perspective")
PERSONA_SNAP_BACK = Quantity.points("persona_snap_back", "maintenance", "perspective")
PERSONA_HAZARD = Quantity.rate("persona_hazard", "maintenance", "perspective")
PERSONA_HALF_LIFE = Quantity(
    metric="persona_half_life",
    construct="maintenance",
    unit="turns",
    bounds=None,
    probe="perspective",
)
PERSONA_RETURN = Quantity.rate("persona_return", "maintenance", "perspective")
PERSONA_EXCESS = Quantity(
    metric="persona_excess",
    construct="inconsistency",
    unit="probability",
    bounds=SHIFT_BOUNDS,
    probe="perspective",
)


def target(record: TrialRecord) -> Side | None:
    """Return the side a trial's persona is on; None where a devil's advocate had none to oppose."""
    if record.arm != DEVIL:
        side = record.settings.get("side", "")
        return "a" if side == "a" else "b" if side == "b" else None
    first = record.get("first", "said")
    if first is None or first.reading.stance is None:
        return None
    return other(first.reading.stance.side)


@dataclass(frozen=True, slots=True)
class _Bare:
    """Answers without a persona, by family, lag and brevity."""

    answers: Mapping[tuple[str, int, bool], Sequence[tuple[TrialRecord, Vector]]]

    def like(
        self, record: TrialRecord, *, is_own: bool = False
    ) -> Sequence[tuple[TrialRecord, Vector]]:
        """Return the answers a trial is to be compared with: same lag if asked, else at once.

        Those of its own replicate only if `is_own`. The devil's advocate took its side against a
        reply that is itself one of the answers asked at once; its own replicate's are left out.
        """
        brief = _is_brief(record)
        found = self.answers.get((record.family, _lag(record), brief)) or self.answers.get(
            (record.family, 0, brief), ()
        )
        if record.arm == DEVIL:
            return [pair for pair in found if pair[0].replicate != record.replicate]
        if is_own:
            return [pair for pair in found if pair[0].replicate == record.replicate]
        return found

    def agreement(
        self, record: TrialRecord, side: Side, *, is_own: bool = False
    ) -> tuple[float, tuple[str, ...]] | None:
        """Return the agreement without a persona with a side, and the trials behind it."""
        found = self.like(record, is_own=is_own)
        if not found:
            return None
        at = 0 if side == "a" else 1
        return sum(v[at] for _, v in found) / len(found), tuple(r.key for r, _ in found)

    def side_of(self, family: str, *, but: int | None = None) -> Side | None:
        """Return the side most answers of a family take without a persona; None at a tie.

        Those of the replicate `but` are left out.
        """
        lean = sum(
            v[0] - v[1]
            for (name, _, _), pairs in self.answers.items()
            if name == family
            for r, v in pairs
            if r.replicate != but
        )
        return "a" if lean > 0 else "b" if lean < 0 else None


def persona_fidelity(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of answers on the persona's side, over all lags; the devil's apart.

    Details by lag ("said/k1"), by role, with and without the brevity phrase, and by whether the
    persona differs from what the subject says without one.
    """
    trials = of_probe(records, "perspective")
    found: list[Scores] = []
    for kind in KINDS:

        def value(record: TrialRecord, kind: Kind = kind) -> tuple[float, tuple[str, ...]] | str:
            agreed = _agreement(record, kind)
            return MISSING if agreed is None else (agreed, ())

        found.extend(_by_arm(trials, PERSONA_FIDELITY, kind, value))
    return tuple(found)


def persona_shift(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score agreement with the persona's side minus that of the same question without a persona.

    Arms "said differs" and "said agrees" are the items where the subject, asked without one, is
    mostly on the other side, or on the persona's own; only the first can show a persona at work.
    They are picked by the bare replies of the other replicates and compared with the bare answer
    of their own: picked and compared by the same, noise in them would pass for a shift.
    """
    trials = of_probe(records, "perspective")
    found: list[Scores] = []
    for kind in KINDS:
        bare = _bare(trials, kind)
        found.extend(_by_arm(trials, PERSONA_SHIFT, kind, _shift(bare, kind)))
        own = _shift(bare, kind, is_own=True)
        found.extend(
            _scored(trials, PERSONA_SHIFT, f"{kind} {name}", own, _and(_is(PERSONA), test))
            for name, test in _against_bare(trials, crossed=True).items()
        )
    return tuple(found)


def persona_snap_back(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the fall of agreement from the instruction's own turn to the very next question.

    Lags are dialogues of their own; "/thread" is the same question in other words one turn after
    the answer, in one dialogue.
    """
    trials = of_probe(records, "perspective")
    found: list[Scores] = []
    for kind in KINDS:
        at_once = {_twin(r): r for r in trials if r.arm != BARE and _lag(r) == 0}
        next_one = [r for r in trials if _lag(r) == 1]

        def fall(
            record: TrialRecord,
            kind: Kind = kind,
            at_once: Mapping[tuple[object, ...], TrialRecord] = at_once,
        ) -> tuple[float, tuple[str, ...]] | str:
            first = at_once.get(_twin(record))
            before = None if first is None else _agreement(first, kind)
            after = _agreement(record, kind)
            if after is None:
                return MISSING
            if first is None or before is None:
                return UNPAIRED
            return before - after, (first.key,)

        found.extend(_by_arm(next_one, PERSONA_SNAP_BACK, kind, fall, lags=False))
    for arm in (PERSONA, DEVIL):
        name = f"{_name('said', arm)}/thread"
        found.append(_scored(_asked_again(trials), PERSONA_SNAP_BACK, name, _fallen, _is(arm)))
    return tuple(found)


def persona_hazard(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the chance per turn of losing a persona, all families together.

    Lags are dialogues of their own, so each answer says whether the persona is still there at
    that lag and not when it went. The shift it makes, averaged over families, is fitted by
    A (1 - h)^lag: what is left of it is the share of dialogues that still have it, wherever the
    answer without a persona lies. Families enter as jackknife pseudo-values.
    """
    trials = of_probe(records, "perspective")
    found = []
    for arm in (PERSONA, DEVIL):
        for kind in KINDS:
            scores = Scores(PERSONA_HAZARD, _name(kind, arm), detail=True)
            mine = [r for r in trials if r.arm == arm]
            _fill_hazard(scores, mine, _shift(_bare(trials, kind), kind))
            found.append(scores)
    return tuple(found)


def persona_half_life(
    records: Sequence[TrialRecord], rng: np.random.Generator
) -> tuple[Estimate, ...]:
    """Estimate the turns in which half of a persona is lost, at the fitted hazard.

    Ends of the interval are those of the hazard; where its lower end is not above 0 there is no
    upper end here, and no interval. Beyond the last lag asked the value is extrapolated, and the
    method says so: "beyond the last lag".
    """
    found = []
    last = max((_lag(r) for r in of_probe(records, "perspective")), default=0)
    for scores in persona_hazard(records):
        hazard = scores.estimates(rng)[0]
        estimate = replace(
            hazard, metric=PERSONA_HALF_LIFE.metric, unit=PERSONA_HALF_LIFE.unit, mde=None
        )
        turns = None if hazard.value is None else half_life(min(1.0, hazard.value))
        if turns is None:
            reason = hazard.null_reason or NOT_LOST
            estimate = replace(
                estimate, value=None, low=None, high=None, method="none", null_reason=reason
            )
        else:
            beyond = ", beyond the last lag" if turns > last else ""
            longest = None if hazard.low is None else half_life(hazard.low)
            shortest = None if hazard.high is None else half_life(min(1.0, hazard.high))
            has_both = longest is not None and shortest is not None
            estimate = replace(
                estimate,
                value=turns,
                low=shortest if has_both else None,
                high=longest if has_both else None,
                method=f"geometric, {hazard.method}{beyond}",
            )
        found.append(estimate)
    return tuple(found)


def persona_return(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of answers on the persona's side once a snap-back was pointed out."""
    trials = [r for r in of_probe(records, "perspective") if r.get("reminder", "said")]
    found = []
    for arm in (PERSONA, DEVIL):
        for kind in KINDS:

            def value(
                record: TrialRecord, kind: Kind = kind
            ) -> tuple[float, tuple[str, ...]] | str:
                agreed = _agreement(record, kind, "reminder")
                return MISSING if agreed is None else (agreed, ())

            scores = _scored(trials, PERSONA_RETURN, _name(kind, arm), value, _is(arm))
            found.append(scores)
    return tuple(found)


def persona_excess(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score how much less its answers agree with each other inside a persona than without one.

    "repeat": disagreement of replicates; "brevity": excess disagreement between the question with
    and without the brevity phrase. Each with a persona minus without, at the same lag where that
    was asked, else at once. Below 0 it is steadier inside.
    """
    trials = of_probe(records, "perspective")
    found: list[Scores] = []
    for kind in KINDS:
        inside, outside, missing = _tallies(trials, kind)
        repeat, brevity = (
            Scores(PERSONA_EXCESS, f"{kind} {name}") for name in ("repeat", "brevity")
        )
        for record in missing:
            for scores in (repeat, brevity):
                scores.miss(record.stratum, (record.key,), MISSING)
        for (stratum, family, lag, _), pair in sorted(inside.items()):
            bare = outside.get((family, lag)) or outside.get((family, 0), {})
            for brief, tally in pair.items():
                base = bare.get(brief)
                if tally.n < 2 or base is None or base.n < 2:
                    repeat.miss(stratum, tally.trials, UNREPEATED)
                else:
                    value = tally.within() - base.within()
                    repeat.add(stratum, family, value, (*tally.trials, *base.trials))
            tallies = [pair.get(False), pair.get(True), bare.get(False), bare.get(True)]
            if len(pair) < 2:
                continue
            usable = [tally for tally in tallies if tally is not None and tally.n >= 2]
            keys = [key for tally in tallies if tally is not None for key in tally.trials]
            if len(usable) < 4:
                brevity.miss(stratum, keys, UNREPEATED)
            else:
                value = excess_between(*usable[:2]) - excess_between(*usable[2:])
                brevity.add(stratum, family, value, keys)
        found += [repeat, brevity]
    return (*found, _thread_excess(trials))


def _asked_again(trials: Iterable[TrialRecord]) -> list[TrialRecord]:
    """Return the dialogues in which the question came again in other words."""
    return [record for record in trials if record.get(AGAIN, "said")]


def _fallen(record: TrialRecord) -> tuple[float, tuple[str, ...]] | str:
    """Return the fall of agreement from an answer to the next one in its thread."""
    before, after = (_agreement(record, "said", label) for label in ("answer", AGAIN))
    return MISSING if before is None or after is None else (before - after, ())


def _thread_excess(trials: Iterable[TrialRecord]) -> Scores:
    """Score the disagreement of two answers in one thread, inside a persona minus outside."""
    scores = Scores(PERSONA_EXCESS, "said thread")
    outside: dict[str, list[tuple[float, str]]] = defaultdict(list)
    inside: list[tuple[TrialRecord, float]] = []
    for record in _asked_again(trials):
        first, second = (_vector(record, "said", label) for label in ("answer", AGAIN))
        if record.arm == DEVIL:
            continue
        if first is None or second is None:
            scores.miss(record.stratum, (record.key,), MISSING)
            continue
        apart = clash(first, second)
        if record.arm == BARE:
            outside[record.family].append((apart, record.key))
        else:
            inside.append((record, apart))
    for record, apart in inside:
        base = outside.get(record.family)
        if not base:
            scores.miss(record.stratum, (record.key,), NO_BARE)
            continue
        value = apart - sum(far for far, _ in base) / len(base)
        scores.add(record.stratum, record.family, value, (record.key, *(key for _, key in base)))
    return scores


def _agreement(record: TrialRecord, kind: Kind, label: str = "answer") -> float | None:
    """Return how far an answer is on its persona's side; None where it or the side is missing."""
    side, vector = target(record), _vector(record, kind, label)
    return None if side is None or vector is None else vector[0 if side == "a" else 1]


def _vector(record: TrialRecord, kind: Kind, label: str = "answer") -> Vector | None:
    """Return an answer, or the view it reports of its persona; None where it is missing."""
    seen = record.get(label, kind)
    return None if seen is None else whole(as_reported(seen.reading, seen.code))


def _shift(bare: _Bare, kind: Kind, *, is_own: bool = False) -> Value:
    """Return the value of a trial as agreement beyond that without a persona."""

    def value(record: TrialRecord) -> tuple[float, tuple[str, ...]] | str:
        side, agreed = target(record), _agreement(record, kind)
        if side is None or agreed is None:
            return MISSING
        base = bare.agreement(record, side, is_own=is_own)
        return NO_BARE if base is None else (agreed - base[0], base[1])

    return value


def _bare(trials: Iterable[TrialRecord], kind: Kind) -> _Bare:
    """Gather the answers without a persona."""
    found: dict[tuple[str, int, bool], list[tuple[TrialRecord, Vector]]] = defaultdict(list)
    for record in trials:
        vector = _vector(record, kind)
        if record.arm == BARE and vector is not None:
            found[record.family, _lag(record), _is_brief(record)].append((record, vector))
    return _Bare(found)


def _by_arm(
    trials: Sequence[TrialRecord],
    quantity: Quantity,
    kind: Kind,
    value: Value,
    *,
    lags: bool = True,
) -> list[Scores]:
    """Score personas and the devil's advocate apart, then their details."""
    asked = sorted({_lag(r) for r in trials}) if lags else []
    found = []
    for arm in (PERSONA, DEVIL):
        name, mine = _name(kind, arm), _is(arm)
        found.append(_scored(trials, quantity, name, value, mine))
        details: dict[str, Test] = {f"k{lag}": _at(lag) for lag in asked}
        details |= {"plain": _is_plain, "brief": _is_brief}
        if arm == PERSONA:
            details |= {"thinker": _role("thinker"), "school": _role("school")}
            if quantity is PERSONA_FIDELITY:
                details |= _against_bare(trials)
        found.extend(
            _scored(trials, quantity, f"{name}/{detail}", value, _and(mine, test))
            for detail, test in details.items()
        )
    return found


def _scored(
    trials: Sequence[TrialRecord], quantity: Quantity, arm: str, value: Value, wanted: Test
) -> Scores:
    """Score each wanted trial by its value, or file why it has none."""
    scores = Scores(quantity, arm, detail="/" in arm)
    for record in trials:
        if not wanted(record):
            continue
        got = value(record)
        if isinstance(got, str):
            scores.miss(record.stratum, (record.key,), got)
        else:
            scores.add(record.stratum, record.family, got[0], (record.key, *got[1]))
    return scores


def _fill_hazard(scores: Scores, trials: Sequence[TrialRecord], shift: Value) -> None:
    """File the pseudo-values of the hazard of families that were answered at every lag."""
    lags = sorted({_lag(r) for r in trials})
    curves: dict[tuple[str, str], dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    keys: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in trials:
        got = shift(record)
        if isinstance(got, str):
            scores.miss(record.stratum, (record.key,), got)
        else:
            curves[record.stratum, record.family][_lag(record)].append(got[0])
            keys[record.stratum, record.family].append(record.key)
    complete = {w: curves[w] for w in sorted(curves) if len(curves[w]) == len(lags) > 1}
    for where in curves:
        if where not in complete:
            scores.miss(where[0], keys[where], ONE_LAG)
    if not complete:
        return

    def curve(families: Sequence[tuple[str, str]]) -> dict[int, float]:
        return {
            lag: sum(sum(complete[w][lag]) / len(complete[w][lag]) for w in families)
            / len(families)
            for lag in lags
        }

    if curve(list(complete))[lags[0]] < FELT:
        for where in complete:
            scores.miss(where[0], keys[where], UNFELT)
        return
    found = pseudo_values(complete, lambda families: decay_hazard(curve(families)))
    for where, hazard in found.items():
        scores.add(where[0], where[1], hazard, keys[where])


_Inside = dict[tuple[str, str, int, str], dict[bool, Tally]]
_Outside = dict[tuple[str, int], dict[bool, Tally]]


def _tallies(
    trials: Sequence[TrialRecord], kind: Kind
) -> tuple[_Inside, _Outside, list[TrialRecord]]:
    """Return the answers inside personas and without one, and persona trials that have none."""
    inside: _Inside = defaultdict(lambda: defaultdict(Tally))
    outside: _Outside = defaultdict(lambda: defaultdict(Tally))
    missing: list[TrialRecord] = []
    for record in trials:
        vector = _vector(record, kind)
        lag, brief = _lag(record), _is_brief(record)
        if record.arm == DEVIL:
            continue
        if vector is None:
            missing += [record] if record.arm == PERSONA else []
        elif record.arm == BARE:
            outside[record.family, lag][brief].put(vector, record.key)
        else:
            where = (record.stratum, record.family, lag, record.settings["persona"])
            inside[where][brief].put(vector, record.key)
    return inside, outside, missing


def _against_bare(trials: Sequence[TrialRecord], *, crossed: bool = False) -> dict[str, Test]:
    """Return the tests for personas that are, or are not, on the side it takes without one.

    Crossed, that side is judged by the other replicates.
    """
    bare = _bare(trials, "said")

    def default(record: TrialRecord) -> Side | None:
        return bare.side_of(record.family, but=record.replicate if crossed else None)

    def differs(record: TrialRecord) -> bool:
        side = default(record)
        return side is not None and target(record) == other(side)

    def agrees(record: TrialRecord) -> bool:
        side = default(record)
        return side is not None and target(record) == side

    return {"differs": differs, "agrees": agrees}


def _name(kind: Kind, arm: str) -> str:
    return kind if arm == PERSONA else f"{kind} {arm}"


def _lag(record: TrialRecord) -> int:
    return int(record.settings["lag"])


def _is_brief(record: TrialRecord) -> bool:
    return record.settings["brief"] == "1"


def _is_plain(record: TrialRecord) -> bool:
    return not _is_brief(record)


def _twin(record: TrialRecord) -> tuple[object, ...]:
    """Return what a trial has in common with the same at another lag."""
    return record.family, record.settings["persona"], _is_brief(record), record.replicate


def _is(arm: str) -> Test:
    return lambda record: record.arm == arm


def _at(lag: int) -> Test:
    return lambda record: _lag(record) == lag


def _role(role: str) -> Test:
    return lambda record: record.settings["role"] == role


def _and(first: Test, second: Test) -> Test:
    return lambda record: first(record) and second(record)
