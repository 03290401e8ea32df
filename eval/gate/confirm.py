"""The second look at an alarm: fresh draws, and families no first look has read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.eval.gate.judge import overall
from gadfly.eval.gate.wording import more_or_less

if TYPE_CHECKING:
    from gadfly.eval.gate.config import GateConfig
    from gadfly.eval.gate.result import ContrastResult, GateResult
    from gadfly.eval.gate.table import Table

ONE_IN = 3
"""Every third family is kept back."""


def with_reserve(table: Table) -> Table:
    """Return a table with a third of its families kept back for second looks.

    Which ones is a function of their names and of what they were asked: among families that feed
    the same headline contrasts, every third in the order of a hash. So each contrast gives up a
    third of its families, and a baseline made again keeps back the same ones.
    """
    kept = [name for group in table.alike() for name in group[ONE_IN - 1 :: ONE_IN]]
    return replace(table, reserve=tuple(sorted(kept)))


def first_look(table: Table) -> Table:
    """Return a table without the families kept back."""
    return table.only(frozenset(table.families) - frozenset(table.reserve))


def confirmed(first: GateResult, second: GateResult, config: GateConfig) -> GateResult:
    """Say whether an alarm stands, given a second look.

    The second look is that of `judge` on a fresh epoch of the candidate and on the families that
    were kept back, too. An alarm of the first stands if the second has the candidate
    worse, too, at p < alpha, one-sided and unadjusted: it was asked about one contrast. One that
    does not stand is inconclusive, never a pass. A first look without an alarm is returned as it
    is.
    """
    if first.verdict != "regression":
        return first
    again = {c.name: c for c in second.headline}
    headline = tuple(
        _looked_at_again(c, again.get(c.name), config.alpha) if c.verdict == "regression" else c
        for c in first.headline
    )
    verdict, reason = overall(headline)
    return replace(
        first,
        verdict=verdict,
        reason=reason,
        candidate=second.candidate,
        contrasts=(*headline, *first.exploratory),
        confirmed="confirmed" if verdict == "regression" else "not needed",
        notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
    )


def _looked_at_again(
    alarm: ContrastResult, again: ContrastResult | None, alpha: float
) -> ContrastResult:
    """Return an alarm with the figures of the second look, and whether it stands."""
    if again is None or not again.valid or again.effect is None or again.p is None:
        why = again.reason if again is not None else "it was not asked again"
        return replace(
            alarm, verdict="inconclusive", reason=f"an alarm that could not be repeated: {why}"
        )
    if again.effect > 0.0 and again.p < alpha:
        reason = f"{alarm.reason}; a second look: {more_or_less(again.effect, again.unit)}"
        return replace(again, verdict="regression", reason=reason)
    reason = (
        "a first look gave an alarm and a second did not: "
        f"{more_or_less(alarm.effect or 0.0, alarm.unit)}, then "
        f"{more_or_less(again.effect, again.unit)} (p {again.p:.2g})"
    )
    return replace(again, verdict="inconclusive", reason=reason)
