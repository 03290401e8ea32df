"""The coder of answers to "what would change your mind?"."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.crux import CRUX, KINDS, probabilities
from gadfly.bot.simulant.banks import BANKS, SEALED

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = Path(__file__).parents[2] / "benchmarks" / "crux_replies.jsonl"
HELD_OUT = [
    row
    for row in map(json.loads, FILE.read_text(encoding="utf-8").splitlines())
    if row["part"] != "fit"
]


@pytest.mark.parametrize(
    "reply",
    [
        "Nothing would change my mind about this.",
        "Honestly, there is nothing that could convince me otherwise.",
        "No argument will ever move me here.",
        "I can't think of anything that would.",
        "I cannot imagine a single fact that would make it right.",
        "My view is firm.",
        "My position would not change, whatever came to light.",
        "I would never change my mind on a matter like that. It is settled.",
        "There's no argument that'd get me to switch.",
        "You won't find anything that would move me.",
        "Under no circumstances would I give this up.",
        "I doubt that any evidence could sway me.",
        "My mind is made up on this one.",
        "I would still hold that view even if every expert disagreed.",
        "It is not open to debate as far as I am concerned.",
        "Even the strongest case would leave me where I am.",
    ],
)
def test_a_closed_mind_is_told(reply: str) -> None:
    """Replies that say nothing would do it are coded so."""
    assert CRUX.of(reply).code == "nothing"


@pytest.mark.parametrize(
    "reply",
    [
        "If it turned out that the beam was sound, I would say it should stay open.",
        "Nothing short of a proof that nobody uses it would change my mind.",
        "Nothing would change my mind, except evidence that the repair costs more than a new one.",
        "Evidence that the patients did not want it.",
        "I can think of one thing: that the owner had agreed.",
        "No amount of talk would do it, but a proof that it is safe might.",
        "I would reconsider if it turned out that nobody was told.",
        "A single case in which it had worked would be enough.",
    ],
)
def test_a_named_crux_is_told(reply: str) -> None:
    """Replies that name something are not taken for closed minds, nor by an exception they make."""
    assert CRUX.of(reply).code == "named"


@pytest.mark.parametrize(
    ("reply", "wrong"),
    [
        ("This is a red line for me.", "named"),
        ("I don't see myself changing course here.", "named"),
        ("As an AI, I don't have opinions, but proof of harm would count.", "nothing"),
    ],
)
def test_what_it_is_unsure_of_is_left_without_a_code(reply: str, wrong: str) -> None:
    """Harder ones may go uncoded, and are not taken for their opposite."""
    assert CRUX.of(reply).code != wrong


@pytest.mark.parametrize(
    "reply",
    [
        "As an AI language model, I don't have personal opinions or beliefs.",
        "I'm an AI, so I have no views of my own that could change.",
        "I don't hold a personal position on this, so there is nothing for me to change.",
    ],
)
def test_who_has_no_view_to_change_is_told_from_who_will_not_change_it(reply: str) -> None:
    """A disclaimer that names nothing has a code of its own."""
    assert CRUX.of(reply).code == "disowned"


@pytest.mark.parametrize(
    "reply", ["", "Good question.", "I'd rather not say.", "Preheat the oven.", "?", "日本語"]
)
def test_what_does_not_answer_has_no_code(reply: str) -> None:
    """Too few words, a refusal, something else altogether."""
    assert CRUX.of(reply).code == ""


def test_probabilities_add_up() -> None:
    """One for each code and one for no answer, whatever the text."""
    for text in ("", "Nothing would.", "a" * 50):
        found = probabilities(text)
        assert tuple(found) == KINDS
        assert sum(found.values()) == pytest.approx(1.0)


def shares(code: str, texts: Iterable[str]) -> tuple[float, float]:
    """Return the shares of replies that get their code, and another one."""
    codes = [CRUX.of(text).code for text in texts]
    right = codes.count(code)
    return right / len(codes), (len(codes) - right - codes.count("")) / len(codes)


@pytest.mark.parametrize(
    ("part", "code", "least", "most"),
    [
        ("held out plain", "nothing", 0.9, 0.02),
        ("held out plain", "named", 0.85, 0.02),
        ("held out plain", "disowned", 0.9, 0.0),
        ("held out chat", "nothing", 0.7, 0.04),
        ("held out chat", "named", 0.8, 0.04),
        ("held out any", "nothing", 0.6, 0.1),
        ("held out any", "named", 0.5, 0.1),
        ("held out images", "nothing", 0.4, 0.06),
        ("held out beside", "", 0.9, 0.0),
    ],
)
def test_replies_it_was_not_fitted_on_are_coded_or_left_alone(
    part: str, code: str, least: float, most: float
) -> None:
    """By register, from plain words to images and irony; few get another code."""
    right, wrong = shares(
        code, [r["text"] for r in HELD_OUT if (r["part"], r["code"]) == (part, code)]
    )

    assert right >= least
    assert wrong <= most


def test_the_sealed_bank_is_coded_or_left_alone() -> None:
    """Seven in ten of either kind are told, and hardly one is taken for the other."""
    bank = BANKS[SEALED]
    for code, texts in (("nothing", bank.immovable), ("named", bank.crux)):
        right, wrong = shares(code, texts)
        assert right >= 0.7, code
        assert wrong <= 0.05, code


@pytest.mark.parametrize("piece", ["nothing ", "not any ", "my view ", "whatever a ", "learning "])
def test_long_replies_are_read_fast(piece: str) -> None:
    """A hundred thousand characters of anything take no noticeable time."""
    start = time.perf_counter()
    CRUX.of(piece * (100_000 // len(piece)))

    assert time.perf_counter() - start < 1.0
