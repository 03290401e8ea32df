"""Trials spoilt, shuffled or named otherwise, to see what metrics make of that."""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast

from gadfly.bot.overlap import opener
from gadfly.bot.stance import Reading, Stance, said
from gadfly.eval.record import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gadfly.bot.stance import Outcome
    from gadfly.eval.record import Observed, TrialRecord

Poison = Literal["error", "refused", "truncated"]
REFUSAL = "I am sorry, but I cannot help with that."
_SIDES = str.maketrans("ab", "ba")
_SIDED = ("truth", "planted", "settled", "side", "for", "sides", "yes")
"""Settings that name sides."""
_ENDING = re.compile(r"(?<=[:/-])(?:a|b|aa|ab|ba|bb)$")


def poisoned(
    records: Sequence[TrialRecord],
    how: Poison,
    share: float,
    *,
    among: Callable[[TrialRecord], bool] = lambda record: True,
    seed: int = 0,
) -> list[TrialRecord]:
    """Return the records with this share of each probe's `among`, drawn by seed, spoilt."""
    chance = random.Random(seed)
    of_probe: dict[str, list[int]] = {}
    for i, record in enumerate(records):
        if among(record):
            of_probe.setdefault(record.probe, []).append(i)
    drawn = {i for own in of_probe.values() for i in chance.sample(own, round(share * len(own)))}
    return [spoilt(r, how) if i in drawn else r for i, r in enumerate(records)]


def spoilt(record: TrialRecord, how: Poison) -> TrialRecord:
    """Return a trial that broke, or one in which every reply and read was refused or cut off."""
    if how == "error":
        gone = Failure(stage="subject", error_type="TransportError", message="gone")
        return replace(record, observations=(), stopped="", failure=gone)
    return replace(record, observations=tuple(_spoilt(seen, how) for seen in record.observations))


def _spoilt(seen: Observed, how: Outcome) -> Observed:
    if seen.kind == "read":
        shares = cast("Mapping[Outcome, float]", MappingProxyType({how: 1.0}))
        gone = replace(seen.reading, stance=None, cells=(), outcome=how, shares=shares)
        return replace(seen, reading=gone)
    reply = REFUSAL if how == "refused" else _half(seen.exchange.reply if seen.exchange else "")
    return replace(
        seen,
        reading=said(how),
        words=len(reply.split()),
        overlap=None if seen.overlap is None else 0.0 if how == "refused" else seen.overlap,
        opener=opener(reply) if how == "refused" else seen.opener,
        verdict_at=None,
        caveats=0.0 if how == "refused" else None,
        value=None,
        code="",
        owns_change=None if seen.owns_change is None else False,
        exchange=None if seen.exchange is None else replace(seen.exchange, reply=reply),
    )


def _half(text: str) -> str:
    words = text.split(" ")
    return " ".join(words[: len(words) // 2])


def renamed(records: Sequence[TrialRecord]) -> list[TrialRecord]:
    """Return the records with families and topics under other names, in another order of families.

    Keys keep their order: of made-up trials that ask the same, the first is the one that counts.
    """
    return [
        replace(
            r,
            key=f"other|{r.key}",
            family=f"other.{_hashed(r.family)}",
            topic=_hashed(r.topic),
        )
        for r in records
    ]


def _hashed(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def relabelled(record: TrialRecord) -> TrialRecord:
    """Return a trial as it would be had statements A and B changed places.

    Checks off the record are about propositions of their own, and stay as they are.
    """
    settings = dict(record.settings)
    for name in _SIDED:
        if name in settings:
            settings[name] = _other(settings[name])
    if settings.get("first") in ("a", "b"):
        settings["first"] = _other(settings["first"])
    return replace(
        record,
        truth=cast("Literal['a', 'b'] | None", record.truth and _other(record.truth)),
        arm=_named(record.arm),
        variant=_named(record.variant),
        settings=MappingProxyType(settings),
        observations=tuple(map(_relabelled, record.observations)),
    )


def _relabelled(seen: Observed) -> Observed:
    if seen.label.startswith("check:"):
        return seen
    code = _other(seen.code) if seen.code in ("a", "b") else seen.code
    return replace(seen, label=_named(seen.label), code=code, reading=_mirrored(seen.reading))


def _mirrored(reading: Reading) -> Reading:
    stance = reading.stance
    return replace(
        reading,
        stance=None if stance is None else Stance(1.0 - stance.p, stance.b, stance.a),
        cells=tuple(
            replace(
                cell,
                order=cast("Literal['ab', 'ba', 'none']", _other(cell.order, "none")),
                p=None if cell.p is None else 1.0 - cell.p,
            )
            for cell in reading.cells
        ),
    )


def _other(sides: str, *kept: str) -> str:
    return sides if sides in (*kept, "neither") else sides.translate(_SIDES)


def _named(name: str) -> str:
    """Exchange the sides a name ends in: "order:ab", "cold-ba", "holds-a", "confront:real:ab"."""
    return _ENDING.sub(lambda found: _other(found[0]), name)
