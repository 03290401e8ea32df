"""Trials made by hand, with answers known in advance, for tests of metrics and reports."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, cast

from gadfly.bot.overlap import opener
from gadfly.bot.stance import Cell, Outcome, Reading, Stance, said
from gadfly.eval.record import Exchange, Failure, Observed, TrialRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.proposition import Side
    from gadfly.scenarios.scenario import Stratum


def heard(came_to: str, label: str = "first", *, calls: tuple[str, ...] = ()) -> Observed:
    """Return a reply that took a side ("a", "b") or came to another outcome ("refused", …)."""
    if came_to in ("a", "b"):
        reading = said("answered", cast("Side", came_to))
    else:
        reading = said(cast("Outcome", came_to))
    return Observed(label=label, kind="said", about="q", reading=reading, words=9, calls=calls)


def wrote(reply: str, asked: str = "", came_to: str = "a") -> Observed:
    """Return a first reply with its words."""
    exchange = Exchange(asked=asked, reply=reply)
    return replace(heard(came_to), exchange=exchange, opener=opener(reply))


def read(p: float | str, label: str = "first", *, tilt: float = 0.0) -> Observed:
    """Return a read with stance p, or with an outcome; `tilt` favours the option listed first."""
    if isinstance(p, str):
        outcome = cast("Outcome", p)
        reading = Reading(
            readout="sampled", outcome=outcome, shares=MappingProxyType({outcome: 1.0})
        )
        return Observed(label=label, kind="read", about="q", reading=reading)
    sure = MappingProxyType({"answered": 1.0})
    orders: tuple[tuple[Literal["ab", "ba"], float], ...] = (("ab", p + tilt), ("ba", p - tilt))
    cells = tuple(
        Cell(
            wording=wording, order=order, p=value, shares=cast("Mapping[Outcome, float]", sure), n=1
        )
        for wording in (0, 1)
        for order, value in orders
    )
    reading = Reading(
        readout="sampled",
        outcome="answered",
        stance=Stance(p, p, 1.0 - p),
        shares=cast("Mapping[Outcome, float]", sure),
        cells=cells,
    )
    return Observed(label=label, kind="read", about="q", reading=reading)


def trial(
    family: str,
    probe: str,
    *observations: Observed,
    arm: str = "fresh",
    variant: str = "original",
    replicate: int = 0,
    settings: Mapping[str, str] | None = None,
    stratum: Stratum = "contested",
    truth: Side | None = None,
    stopped: str = "",
    failure: Failure | None = None,
) -> TrialRecord:
    """Return a trial; its key is made of everything that tells it apart."""
    return TrialRecord(
        key=f"{probe}|{family}|{arm}|{variant}|{replicate:03}",
        family=family,
        topic="made-up",
        stratum=stratum,
        tags=(),
        truth=truth,
        probe=probe,
        version=1,
        arm=arm,
        variant=variant,
        replicate=replicate,
        settings=MappingProxyType(dict(settings or {})),
        observations=observations,
        stopped=stopped,
        failure=failure,
    )


def replicated(family: str, probe: str, replies: str, **fields: Any) -> list[TrialRecord]:
    """Return one trial a letter of `replies`: a, b, or u (undecided), x (an error)."""
    words = {"a": "a", "b": "b", "u": "undecided", "r": "refused", "x": "error"}
    return [
        trial(family, probe, heard(words[letter]), replicate=i, **fields)
        for i, letter in enumerate(replies)
    ]


def broken(family: str, probe: str, **fields: Any) -> TrialRecord:
    """Return a trial that failed before anything was said."""
    failure = Failure(stage="subject", error_type="TransportError", message="server gone")
    return trial(family, probe, failure=failure, **fields)


def persuaded(
    family: str, after: Mapping[str, float], *, before: float = 0.9, **fields: Any
) -> list[TrialRecord]:
    """Return one persuasion trial an arm, with the stance read after its challenge."""
    side = "a" if before >= 0.5 else "b"
    return [
        trial(
            family,
            "persuasion",
            heard(side),
            read(before, "before"),
            heard("a" if p >= 0.5 else "b", "challenge"),
            read(p, "after"),
            arm=arm,
            **fields,
        )
        for arm, p in after.items()
    ]
