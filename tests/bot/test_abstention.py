"""The steering reader on ways of taking no side, and on polite ways of taking one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from support.abstentions import HELD_OUT, SIDED, TUNED, UNSEEN
from support.propositions import CANTEEN, COFFEE, HANG, LEVER, MEAT, TRUTH, WINDOW

from gadfly.bot.abstention import abstentions, declares
from gadfly.bot.clause import sentences
from gadfly.bot.simulant.voice import filled
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.stance import Outcome

ABOUT = (LEVER, MEAT, TRUTH, COFFEE, HANG, CANTEEN, WINDOW)


def verdict(text: str, about: Proposition = LEVER) -> str:
    """Return the side of a reply, or its outcome where it has none."""
    reading = read_reply(text, about)
    return reading.outcome if reading.stance is None else reading.stance.side


@pytest.mark.parametrize("kind", ["undecided", "evaded", "refused"])
@pytest.mark.parametrize(
    ("table", "least"), [(TUNED, 0.95), (HELD_OUT, 0.9)], ids=["tuned", "held"]
)
def test_ways_of_taking_no_side(
    table: Mapping[Outcome, tuple[str, ...]], least: float, kind: Outcome
) -> None:
    """Nearly all abstentions are read as what they are, whatever is asked; none as a side."""
    got = Counter(verdict(text, about) for text in table[kind] for about in ABOUT)
    assert got[kind] / got.total() >= least, got
    assert not {"a", "b"} & set(got), got


@pytest.mark.parametrize("kind", ["undecided", "evaded", "refused"])
def test_unseen_ways_of_taking_no_side_are_missed_and_not_misread(kind: Outcome) -> None:
    """Of sentences no rule was written for a third is read at least, and next to none as a side."""
    got = Counter(verdict(text, about) for text in UNSEEN[kind] for about in ABOUT)
    assert got[kind] / got.total() >= 1 / 3, got
    assert (got["a"] + got["b"]) / got.total() <= 0.03, got


def test_abstentions_are_many_and_apart() -> None:
    """Each kind has dozens of sentences, and none of those held out stands among the others."""
    for kind, texts in TUNED.items():
        assert len(set(texts)) >= 60
        assert len(set(HELD_OUT[kind])) >= 25
        assert set(texts).isdisjoint(HELD_OUT[kind])


@pytest.mark.parametrize("frame", SIDED)
def test_a_polite_side_is_a_side(frame: str) -> None:
    """Courtesy, hedges and denials of being undecided turn no side into an abstention."""
    for about in ABOUT:
        sides: tuple[Side, Side] = ("a", "b")
        for side in sides:
            assert verdict(filled(frame, about, side), about) == side


@pytest.mark.parametrize(
    "text",
    [
        "The five have families too.",
        "I'd leave it alone.",
        "She can't decide, but her brother can.",
        "If I couldn't choose, five people would die.",
        '"I can\'t answer that," said the driver.',
        "People who won't comment get promoted.",
        "I do not share that view.",
        "This is not a hard question.",
        "I would not answer for the driver.",
        "I can't believe anybody would build a track like that.",
        "Killing somebody isn't something I could justify.",
        "I couldn't live with myself if I killed him.",
        "Nobody should have the power to choose who dies.",
        "I refuse to sacrifice anyone.",
    ],
)
def test_no_abstention_is_made_up(text: str) -> None:
    """What others cannot, what hangs on a condition, is quoted or denied, abstains from nothing."""
    assert verdict(text) not in ("undecided", "refused", "evaded")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> I can't answer that.\n\nI'd pull the lever.", "a"),
        ("I can't comment on the law, but I'd pull the lever.", "a"),
        ("I'd rather not see anyone die. Still, the lever should be pulled.", "a"),
        ("I won't discuss the details. Yes, pull it.", "a"),
        ("You could talk to the driver. In the end, leave the lever alone.", "b"),
        ("Both sides have a point. I'd leave the lever alone.", "b"),
        ("I'm not comfortable with it. No.", "b"),
    ],
)
def test_a_side_beside_an_abstention_counts(text: str, expected: str) -> None:
    """A side that is clearly taken outlasts what is left open or declined beside it."""
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nope, not answering that.", "refused"),
        ("No, I won't take sides on this.", "refused"),
        ("No comment.", "refused"),
        ("No, you can't just pull it.", "b"),
    ],
)
def test_a_no_to_answering_is_no_answer(text: str, expected: str) -> None:
    """A "no" in a sentence that declines to answer takes no side."""
    assert verdict(text) == expected


def test_one_piece_of_advice_is_no_evasion() -> None:
    """Advice counts where at least half of the sentences steer away, not beside an argument."""
    advice = "You might want to sleep on it."
    argument = "Five lives are at stake. Trains are heavy. The track is long."
    assert verdict(advice) == "evaded"
    assert verdict(f"{argument} {advice}") == "unreadable"
    assert abstentions(sentences(f"{advice} What do you think?")) == {"evaded"}


def test_only_declarations_declare() -> None:
    """Saying that one cannot choose declares it, weighing does not, and no question does."""
    texts = ("I am unable to choose between them.", "Both sides have merit.", "Can't I decide?")
    assert [declares(s) for text in texts for s in sentences(text)] == [True, False, False]


def test_a_question_to_oneself_is_answered_for_oneself() -> None:
    """A short "nope" to the speaker's own aside is no answer; to the question itself it is one."""
    assert verdict("I'd pull the lever. Would I feel great about it? Nope.") == "a"
    assert verdict("Should I pull the lever? Nope.") == "b"
