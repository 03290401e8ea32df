"""Calibration: how well replies are read, by people's labels, and rates corrected by it.

A calibration holds for one way of reading: rules of a version, with or without a judge of an
identity and a prompt. Everything in it is computed from its items.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from gadfly.bot.errors import ConfigError, StoreError
from gadfly.bot.judging.verdict import CLASSES, RULE
from gadfly.bot.stance import MISSING
from gadfly.eval.judging.verdicts import reader_id
from gadfly.eval.metrics.answer import asks_main, first_said
from gadfly.eval.metrics.outcome_rates import opening_replies
from gadfly.eval.stats.agreement import accuracy, confusion, kappa, sensitivity, specificity
from gadfly.eval.stats.cluster import LEVEL, cluster_mean
from gadfly.eval.stats.correction import prediction_powered, rogan_gladen
from gadfly.eval.stats.interval import nothing

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from gadfly.eval.judging.labels import Gold
    from gadfly.eval.judging.verdicts import Judged
    from gadfly.eval.record import Observed, TrialRecord
    from gadfly.eval.stats.interval import Interval

FILE = "calibration.json"
RELIABLE = 0.6
"""Kappa against people's labels below which a reader is called unreliable."""
UNREAD = "unreadable"
SIDED = "answered"
_SEED = 20_260_902

Pairs = dict[str, list[tuple[str, str]]]


class Item(BaseModel):
    """One labelled reply, and what it was read as."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: str
    reply: str
    about: str
    gold: str
    read: str
    by: Literal["rules", "judge"]
    """Whose reading stands."""


class Person(BaseModel):
    """Two people's labels of one reply."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: str
    one: str
    other: str


class Calibration(BaseModel):
    """Labelled replies with their readings, for one way of reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    reader: str
    """Id of the way of reading (`reader_id`)."""
    judge: dict[str, str] | None
    """Identity of the judge; None for rules alone."""
    run: str
    """Plan hash of the run whose replies were labelled."""
    epoch: int
    """Its sampling epoch: only the very same replies can carry a prediction-powered mean."""
    items: tuple[Item, ...]
    people: tuple[Person, ...]
    unclear: int
    disputed: int
    missing: int
    """Labelled replies that are not in the run, or are cut or broken there."""

    def pairs(self, *, by: str = "") -> Pairs:
        """Return (gold, read) by family of replies that were read; by one reader if named."""
        found: Pairs = defaultdict(list)
        for item in self.items:
            if item.read != UNREAD and by in ("", item.by):
                found[item.family].append((item.gold, item.read))
        return dict(found)

    @property
    def unread(self) -> int:
        """Labelled replies no reader could read."""
        return sum(item.read == UNREAD for item in self.items)

    @property
    def between_people(self) -> Interval:
        """Kappa between two people's labels."""
        found: Pairs = defaultdict(list)
        for person in self.people:
            found[person.family].append((person.one, person.other))
        return kappa(found)

    @property
    def is_unreliable(self) -> bool:
        """Whether the reading as a whole, or the judge's part of it, has a kappa below .6."""
        found = (kappa(self.pairs()).value, kappa(self.pairs(by="judge")).value)
        return any(value is not None and value < RELIABLE for value in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFigures:
    """How one class is found."""

    label: str
    n: int
    """Replies that are of it."""
    sensitivity: Interval
    specificity: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a calibration says; replies that were not read count in `Calibration.unread` only."""

    counts: Counter[tuple[str, str]]
    """(gold, read)."""
    accuracy: Interval
    kappa: Interval
    judge_kappa: Interval
    """On replies the judge read."""
    classes: tuple[ClassFigures, ...]


def calibrated(judged: Judged, labels: Gold, *, run: str, epoch: int) -> Calibration:
    """Set people's labels against the readings of a run; pure.

    Raises:
        ConfigError: No labelled reply is in the run.
    """
    there = _readings(judged.records)
    items = tuple(
        Item(
            family=labels.families[where],
            reply=where[0],
            about=where[1],
            gold=label,
            read=_class(there[where]),
            by="judge" if there[where].reading.rule == RULE else "rules",
        )
        for where, label in sorted(labels.labels.items())
        if where in there
    )
    if not items:
        raise ConfigError(
            "none of the labelled replies is in this run: name the run they were drawn from"
        )
    judging = judged.judging
    return Calibration(
        reader=reader_id(judging),
        judge=None if judging is None else asdict(judging.judge),
        run=run,
        epoch=epoch,
        items=items,
        people=tuple(
            Person(family=family, one=one, other=other)
            for family, pairs in sorted(labels.pairs.items())
            for one, other in pairs
        ),
        unclear=labels.unclear,
        disputed=labels.disputed,
        missing=len(labels.labels) - len(items),
    )


def figures(calibration: Calibration) -> Figures:
    """Return accuracy, kappa and the rates of each class, over replies that were read."""
    pairs = calibration.pairs()
    counts = confusion(pairs)
    return Figures(
        counts=counts,
        accuracy=accuracy(pairs),
        kappa=kappa(pairs),
        judge_kappa=kappa(calibration.pairs(by="judge")),
        classes=tuple(
            ClassFigures(
                label=label,
                n=sum(n for (of, _), n in counts.items() if of == label),
                sensitivity=sensitivity(pairs, label),
                specificity=specificity(pairs, label),
            )
            for label in CLASSES
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The rate of one outcome among readable first replies, as read and corrected."""

    outcome: str
    """"answered" (takes a side), "undecided", "evaded" or "refused"."""
    stratum: str
    """"all" or a stratum."""
    apparent: Interval
    rogan_gladen: Interval
    prediction_powered: Interval


@dataclass(frozen=True, slots=True)
class _First:
    """A readable first open reply."""

    family: str
    stratum: str
    where: tuple[str, str]
    """Reply and question."""
    read: str


NOT_THIS_RUN = "the labelled replies are of another run"
NONE_LABELLED = "people labelled no reply as this"


def corrected(
    records: Sequence[TrialRecord], calibration: Calibration, *, run: str, epoch: int
) -> tuple[Corrected, ...]:
    """Correct the outcome rates of a run's first open replies; pure.

    Rogan-Gladen needs only that replies of each class are misread as often here as among the
    labelled ones. Prediction-powered means need a random sample of this very run's replies to be
    labelled (`labels.rows_to_label` draws one), and are given for no other run.
    """
    own = [record for record in records if asks_main(record)]
    first = _first_readings(own)
    strata = ["all", *sorted({each.stratum for each in first})]
    is_same = (run, epoch) == (calibration.run, calibration.epoch)
    gold = {(item.reply, item.about): item.gold for item in calibration.items} if is_same else {}
    found = []
    for outcome in (SIDED, "undecided", "evaded", "refused"):
        is_it = _is(outcome)
        marked = {
            family: [(_flag(is_it, one), _flag(is_it, two)) for one, two in pairs]
            for family, pairs in calibration.pairs().items()
        }
        q1, q0 = sensitivity(marked, "yes"), specificity(marked, "yes")
        if q1.value is None:
            q1 = nothing(NONE_LABELLED, level=LEVEL)
        for stratum in strata:
            chosen = [each for each in first if stratum in ("all", each.stratum)]
            apparent = _rates(chosen, is_it)
            rng = np.random.default_rng([_SEED, zlib.crc32(f"{outcome} {stratum}".encode())])
            raw = cluster_mean(apparent, rng, bounds=(0.0, 1.0))
            labelled: dict[str, list[tuple[float, float]]] = defaultdict(list)
            for each in chosen:
                if each.where in gold:
                    pair = (float(is_it(gold[each.where])), float(is_it(each.read)))
                    labelled[each.family].append(pair)
            powered = (
                prediction_powered(apparent, labelled)
                if is_same
                else nothing(NOT_THIS_RUN, level=LEVEL)
            )
            found.append(
                Corrected(
                    outcome=outcome,
                    stratum=stratum,
                    apparent=raw,
                    rogan_gladen=rogan_gladen(raw, q1, q0),
                    prediction_powered=powered,
                )
            )
    return tuple(found)


def write_calibration(path: Path, calibration: Calibration) -> None:
    """Write a calibration file, whole or not at all.

    Raises:
        StoreError: It cannot be written.
    """
    part = path.with_suffix(".part")
    try:
        part.write_text(calibration.model_dump_json(indent=1) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as e:
        raise StoreError(f"cannot write {str(path)!r}: {e.strerror}") from e


def read_calibration(path: Path) -> Calibration:
    """Read a calibration file.

    Raises:
        ConfigError: There is none, or it is not one.
    """
    try:
        return Calibration.model_validate_json(path.read_bytes())
    except OSError as e:
        raise ConfigError(f"cannot read the calibration {str(path)!r}: {e.strerror}") from e
    except ValidationError as e:
        first = e.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{str(path)!r} is no calibration: {field}: {first['msg']}") from e


def _first_readings(records: Sequence[TrialRecord]) -> list[_First]:
    """Return the readable first open replies."""
    found = []
    for record, outcome in opening_replies(records):
        seen = first_said(record)
        if seen is not None and outcome not in MISSING:
            where = (seen.calls[0] if seen.calls else "", seen.about)
            found.append(_First(record.family, record.stratum, where, _class(seen)))
    return found


def _rates(first: Sequence[_First], is_it: Callable[[str], bool]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for each in first:
        found[each.family].append(float(is_it(each.read)))
    return dict(found)


def _readings(records: Sequence[TrialRecord]) -> Mapping[tuple[str, str], Observed]:
    """Return replies that are there to be read, by (reply, question)."""
    return {
        (seen.calls[0], seen.about): seen
        for record in records
        for seen in record.observations
        if seen.kind == "said"
        and seen.calls
        and seen.reading.outcome not in MISSING - {"unreadable"}
    }


def _class(seen: Observed) -> str:
    stance = seen.reading.stance
    return seen.reading.outcome if stance is None else stance.side


def _is(outcome: str) -> Callable[[str], bool]:
    if outcome == SIDED:
        return lambda label: label in ("a", "b")
    return lambda label: label == outcome


def _flag(is_it: Callable[[str], bool], label: str) -> str:
    return "yes" if is_it(label) else "no"
