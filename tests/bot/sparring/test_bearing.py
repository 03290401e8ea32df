"""Telling a reason that leans on the question from what has no bearing on it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from support.disputes import disputes

from gadfly.bot.inprocess import embedder
from gadfly.bot.respondent import Capabilities
from gadfly.bot.sparring.hearing import hear
from gadfly.bot.sparring.weigher import ModelWeigher
from gadfly.scenarios import phrase
from gadfly.scenarios.catalogue import library

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gadfly.bot.call import Request
    from gadfly.bot.completion import Completion
    from gadfly.bot.proposition import Proposition

DISPUTES = disputes()
HELD_OUT = tuple(d for d in DISPUTES if not d.fitted)
TALES = tuple(hear(text).argument for text in phrase.PLACEBOS)
"""Neutral turns without their "what is your view now?"."""
with_vectors = pytest.mark.skipif(not embedder.available(), reason="needs gadfly[authoring]")


async def nobody(request: Request) -> Completion:
    raise AssertionError(f"bearing is told without a model, asked {request.kind}")


def share(
    messages: Iterable[tuple[Proposition, str]], *, signed: bool = False, vectors: bool = True
) -> float:
    """Return the share of messages that are told to bear on their question."""
    able = Capabilities(labels=True, score=True, prefill=True)
    made = ModelWeigher(ask=nobody, capabilities=able, embed=embedder.embed if vectors else None)

    async def told() -> list[bool]:
        return [await made.bears(about, text, signed=signed) for about, text in messages]

    found = asyncio.run(told())
    return sum(found) / len(found)


@pytest.mark.embedder
@with_vectors
def test_reasons_bear_on_a_question_they_do_not_name() -> None:
    """Of messages no weight was fitted on; by likeness to the question alone it was half."""
    assert share((d.about, text) for d in HELD_OUT for text in d.reasons) >= 0.9
    assert share((d.about, text) for d in HELD_OUT for text in d.cases) >= 0.85


@pytest.mark.embedder
@with_vectors
def test_asides_and_tales_have_no_bearing() -> None:
    """However lively, and though many share a noun with the question."""
    assert share((d.about, text) for d in HELD_OUT for text in (*d.asides, *d.tales)) <= 0.25


@pytest.mark.embedder
@with_vectors
def test_arguments_of_the_library_bear_and_irrelevant_ones_do_not() -> None:
    """None of them was fitted on; irrelevant ones are written to sound like arguments."""
    found = [s for s in library().all if s.stratum == "contested" and s.arguments][::3]
    sides = [(s.proposition, side) for s in found for side in s.arguments.values()]
    assert share((about, side.strong) for about, side in sides) >= 0.97
    assert share((about, side.irrelevant) for about, side in sides if side.irrelevant) <= 0.25


@pytest.mark.embedder
@with_vectors
def test_neutral_turns_have_no_bearing() -> None:
    """Whoever was at the door, it bears on no question."""
    assert share((d.about, text) for d in DISPUTES for text in TALES) == 0.0


@pytest.mark.parametrize("text", TALES)
def test_without_vectors_tales_of_ones_own_have_no_bearing(text: str) -> None:
    """Unless the user says which side they are for; all else may be a reason."""
    about = DISPUTES[0].about
    assert share([(about, text)], vectors=False) == 0.0
    assert share([(about, text)], vectors=False, signed=True) == 1.0
    assert share([(about, DISPUTES[0].reasons[0])], vectors=False) == 1.0
