"""Rules on ladders: acts in order from the gravest to the slightest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.authoring import lexicon
from gadfly.eval.authoring.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.scenarios.scenario import Scenario

LADDER_ORDER = Rule(
    name="ladder-order",
    holds="no act of a ladder does a graver kind of harm than an act before it",
    why="thresholds, slopes and crossings of the ladder are read off this order",
    fix="move the act up, or name a slighter harm",
)


def ladder_order(scenario: Scenario) -> Iterator[Finding]:
    """Yield acts that are graver than one before them.

    Harms are ordered by kind (`lexicon.HARMS`: death, lasting harm to the body, injury or pain,
    property, trifles), and acts that differ in a span of time only by the span. An act that names
    none of these kinds is skipped; the order within a kind is the author's word.
    """
    if scenario.ladder is None:
        return
    acts = scenario.ladder.acts
    for i, act in enumerate(acts):
        graver = next((why for before in acts[:i] if (why := _graver(act, before))), "")
        if graver:
            yield Finding(
                rule=LADDER_ORDER,
                family=scenario.id,
                location=("ladder", "acts", i),
                message=f"acts {i + 1}: expected nothing graver than the acts before it, found "
                f"{graver}",
                breach=True,
            )


def _graver(act: str, before: str) -> str:
    """Say why an act is graver than the one before it; "" where it is not, or not by our lists."""
    kind, earlier = lexicon.harm(act), lexicon.harm(before)
    if kind is not None and earlier is not None and kind < earlier:
        return f"{lexicon.HARMS[kind][0]} after {lexicon.HARMS[earlier][0]} ({before!r})"
    span, shorter = lexicon.span(act), lexicon.span(before)
    if span and shorter and span[0] == shorter[0] and span[1] > shorter[1]:
        return f"a longer time than in {before!r}"
    return ""
