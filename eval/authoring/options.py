"""Rules on the answers a fact is offered with: nothing but knowledge picks the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.authoring.finding import Finding, Rule
from gadfly.scenarios.check import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.scenarios.scenario import Scenario

SLACK = 3
"""Words by which the right option may be longer or shorter than every other one."""

OPTION_LENGTH = Rule(
    name="option-length",
    holds=f"the right option is within {SLACK} words of some wrong one",
    why="an option that stands out by its length is picked, or left, for its length",
    fix="give the options about the same number of words",
)


def option_length(scenario: Scenario) -> Iterator[Finding]:
    """Yield items whose right option (the first) is longer or shorter than all the others."""
    if scenario.item is None or len(scenario.item.options) < 2:
        return
    right, *wrong = (len(words(option)) for option in scenario.item.options)
    if min(abs(right - n) for n in wrong) > SLACK:
        yield Finding(
            rule=OPTION_LENGTH,
            family=scenario.id,
            location=("item", "options", 0),
            message=f"options 1: expected a length within {SLACK} words of another option, found "
            f"{right} words beside {', '.join(str(n) for n in wrong)}",
            breach=True,
        )
