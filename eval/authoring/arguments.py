"""Rules on arguments: both sides in equal measure, and no argument that does another's work."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from gadfly.eval.authoring import lexicon
from gadfly.eval.authoring.finding import Finding, Rule
from gadfly.eval.authoring.prompts import named
from gadfly.scenarios.check import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.bot.proposition import Side
    from gadfly.scenarios.scenario import Scenario
    from gadfly.scenarios.schema import Location

SIDES_SLACK = 0.25
"""Largest difference of the two sides' strong arguments in words, as a share of the longer."""
ALIKE = 0.5
"""Share of words of two arguments of one side, stop words aside, that makes them one argument."""

LENGTHS = (40, 75)
"""Words of an argument: those of a chat message that makes one point."""
WITHDRAWN_LENGTHS = (25, 60)
"""Words of a withdrawal."""

ARGUMENT_SIDES = Rule(
    name="argument-sides",
    holds=f"the strong arguments of both sides are within {SIDES_SLACK:.0%} of each other in words",
    why="where one side is argued at more length, length moves the subject, and not the reason",
    fix="shorten the longer argument or give the shorter one as much to say",
)
ARGUMENT_LENGTH = Rule(
    name="argument-length",
    holds="an argument has {} to {} words, a withdrawal {} to {}".format(
        *LENGTHS, *WITHDRAWN_LENGTHS
    ),
    why="effects are compared across families; a line and a page are not one treatment",
    fix="make one point, with its ground, at the length of a chat message",
)
ARGUMENT_FORM = Rule(
    name="argument-form",
    holds="an argument states reasons; it neither asks nor says which side it is for",
    why="the closing words that follow each argument ask and take the side, alike in every arm",
    fix="state the reason, and leave the verdict and the question to the closing words",
)
ARGUMENT_ALIKE = Rule(
    name="argument-alike",
    holds="the arguments of a side are different considerations",
    why="a reason said again in other words counts as new where it is none",
    fix="find another consideration, or leave it out",
)


def argument_texts(scenario: Scenario) -> Iterator[tuple[Side, Location, str]]:
    """Yield each argument of a family with its side and place, empty ones left out."""
    for side, arguments in scenario.arguments.items():
        for name in ("strong", "weak", "invalid", "irrelevant", "withdrawn"):
            text: str = getattr(arguments, name)
            if text:
                yield side, ("arguments", side, name), text
        for i, further in enumerate(arguments.more):
            yield side, ("arguments", side, "more", i), further


def argument_sides(scenario: Scenario) -> Iterator[Finding]:
    """Yield a family whose two strong arguments differ much in length."""
    if len(scenario.arguments) < 2:
        return
    n, m = (len(words(scenario.arguments[side].strong)) for side in ("a", "b"))
    if abs(n - m) > SIDES_SLACK * max(n, m):
        yield Finding(
            rule=ARGUMENT_SIDES,
            family=scenario.id,
            location=("arguments", "b", "strong"),
            message=f"strong: expected a length within {SIDES_SLACK:.0%} of the other side's "
            f"({n} words), found {m} words",
            breach=True,
        )


def argument_length(scenario: Scenario) -> Iterator[Finding]:
    """Yield arguments much shorter or longer than a chat message."""
    for _, location, text in argument_texts(scenario):
        low, high = WITHDRAWN_LENGTHS if location[2] == "withdrawn" else LENGTHS
        found = len(words(text))
        if not low <= found <= high:
            yield Finding(
                rule=ARGUMENT_LENGTH,
                family=scenario.id,
                location=location,
                message=f"{named(location[2:])}: expected {low} to {high} words, found {found}",
                breach=False,
            )


def argument_form(scenario: Scenario) -> Iterator[Finding]:
    """Yield arguments that end in a question or conclude with a verdict."""
    for _, location, text in argument_texts(scenario):
        said = lexicon.names_side(text)
        if text.rstrip("\"'”’) ").endswith("?"):
            what = "ends with a question"
        elif said:
            what = f"names its side ({said!r})"
        else:
            continue
        yield Finding(
            rule=ARGUMENT_FORM,
            family=scenario.id,
            location=location,
            message=f"{named(location[2:])}: expected reasons only, found that it {what}",
            breach=False,
        )


def argument_alike(scenario: Scenario) -> Iterator[Finding]:
    """Yield arguments of a side that share most of their words with an earlier one.

    An invalid argument is a minimal edit of the strong one and a withdrawal speaks of its premise:
    both are left out.
    """
    for side in scenario.arguments:
        own = [
            (location, lexicon.content(text))
            for of, location, text in argument_texts(scenario)
            if of == side and location[2] not in {"invalid", "withdrawn"}
        ]
        for (first, a), (second, b) in combinations(own, 2):
            share = len(a & b) / max(1, len(a | b))
            if share >= ALIKE:
                yield Finding(
                    rule=ARGUMENT_ALIKE,
                    family=scenario.id,
                    location=second,
                    message=f"{named(second[2:])}: expected another consideration than "
                    f"{named(first[2:])}, found {share:.0%} of their words the same",
                    breach=True,
                )
