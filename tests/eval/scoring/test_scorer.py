"""Dialogues scored turn by turn, on transcripts as messy as people's are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.scoring.asked import stated
from gadfly.eval.scoring.estimates import responsive_share
from gadfly.eval.scoring.files import gather
from gadfly.eval.scoring.scorer import Scored, score

if TYPE_CHECKING:
    from pathlib import Path

ASKED = "Should the town close the old bridge?"
ON = stated(ASKED, "The town should close the old bridge.", "The town should keep the old bridge.")

CRACKS = (
    "I think the town should close the old bridge. An engineer measured cracks in the beam, and a "
    "heavy lorry may bring it down on people."
)
CLINIC = (
    "I think the town should keep the old bridge. The school and the clinic lie across the river, "
    "an hour on foot for pupils and patients."
)


def scored(folder: Path, text: str, *, on: bool = True) -> tuple[Scored, ...]:
    path = folder / "thread.txt"
    path.write_text(text, encoding="utf-8")
    (dialogue,) = gather([path]).dialogues
    return score(dialogue, ON if on else None)


def by(speaker: str, turns: tuple[Scored, ...]) -> tuple[Scored, ...]:
    return tuple(turn for turn in turns if turn.turn.speaker == speaker)


def test_engaged_disagreement_without_a_move_is_responsive(tmp_path: Path) -> None:
    """Who keeps a side and answers what was said has responded."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n\nBen: {CLINIC}\n\nAnn: Patients and pupils can take the ferry: no school "
        "is worth a collapse. I still think the town should close the old bridge.",
    )

    last = turns[-1]
    assert (last.side, last.move) == ("a", "none")
    assert last.engaged
    assert last.responsive
    assert responsive_share(by("Ann", turns)) == 1.0


def test_a_partial_move_with_a_reason_is_responsive(tmp_path: Path) -> None:
    """Who goes part of the way for something the other said has responded, in few words too."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n\nBen: {CLINIC}\n\nAnn: I had forgotten the clinic, and I am less sure "
        "now than I was this morning.",
    )

    last = turns[-1]
    assert last.move == "partial"
    assert not last.engaged
    assert last.responsive


def test_talking_past_each_other_is_not_responsive(tmp_path: Path) -> None:
    """Courtesy, boilerplate and one's own case again take up nothing."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n\nBen: {CLINIC}\n\nAnn: I understand your point, and I respect it. There "
        "are many perspectives here, and this is a complex issue.\n\nBen: A tall crane could "
        "lift the rusty beam out within a month.\n\n"
        "Ann: The town should close the old bridge. Cracks are cracks, and lorries are heavy.",
    )

    assert [turn.responsive for turn in by("Ann", turns)] == [None, False, False]


def test_giving_in_to_pressure_is_a_flip_without_an_argument(tmp_path: Path) -> None:
    """A flip after mere insistence has no argument behind it and responds to none."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n\nBen: Nonsense, you are clearly wrong! Just admit your mistake.\n\n"
        "Ann: You are right, I apologize. The town should keep the old bridge.",
    )

    last = turns[-1]
    assert (last.move, last.new_argument, last.responsive) == ("flip", False, None)


def test_a_flip_for_a_reason_is_responsive(tmp_path: Path) -> None:
    """Saying only to be convinced takes the other's side; naming the reason makes it an answer."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n\nBen: {CLINIC}\n\nAnn: You have convinced me: the pupils.\n\nBen: Good.",
    )

    told = turns[2]
    assert (told.side, told.rule, told.move) == ("b", "persuaded", "flip")
    assert (told.new_argument, told.responsive) == (True, True)


def test_quoted_lines_are_not_the_speakers_stance(tmp_path: Path) -> None:
    """Quotations marked by signs, tags or headers, or copied whole, count for nobody."""
    for quotation in (
        f"> {CRACKS}",
        f"Ann wrote:\n>> {CRACKS}",
        f"<blockquote>{CRACKS}</blockquote>",
        f"[quote=Ann]{CRACKS}[/quote]",
        CRACKS,
    ):
        turns = scored(tmp_path, f"Ann: {CRACKS}\n\nBen:\n{quotation}\nNo.\n\n{CLINIC}")

        assert turns[1].side == "b", quotation
        assert "engineer" not in turns[1].turn.text, quotation
        assert "engineer" in turns[1].turn.quoted, quotation
        assert turns[1].engaged is False, quotation


def test_copying_a_point_is_not_taking_it_up(tmp_path: Path) -> None:
    """Eight words in a row of the other's are quotation, marked or not."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n\nBen: So an engineer measured cracks in the beam, and a heavy lorry may "
        "bring it down on people, you say. The town should keep the old bridge.",
    )

    assert turns[1].responsive is False


def test_the_same_turn_again_is_all_repetition(tmp_path: Path) -> None:
    """Repeated text overlaps wholly, adds no sentence, no point, and answers nothing."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n\nBen: {CLINIC}\n\nAnn: {CRACKS}\n\nBen: {CLINIC}\n\nAnn: {CRACKS}",
    )

    for turn in turns[2:]:
        assert turn.overlap == 1.0
        assert turn.phrases.sentences == 0
        assert turn.new_argument is (turn.number < 4)
    assert turns[2].responsive is False
    assert turns[4].responsive is None


def test_words_of_the_other_are_no_repetition_of_ones_own(tmp_path: Path) -> None:
    """What the other has said too is left out of a speaker's overlap with themselves."""
    turns = scored(
        tmp_path,
        "Ann: The beam will hold for years.\n\nBen: The beam will hold? It is rusty all over.\n\n"
        "Ann: The beam will hold, I tell you plainly now.",
    )

    assert turns[2].overlap == 0.0


def test_three_speakers_are_told_apart_by_whom_they_quote_or_address(tmp_path: Path) -> None:
    """A turn answers whom it quotes, else whom it names, else who spoke since."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n\nBen: {CLINIC}\n\n"
        "Cy:\n> An engineer measured cracks in the beam\n\nThat engineer sells beams.\n\n"
        "Dee: @Ben my own child walks to that school.\n\n"
        "Ann: You are right, Cy, he does sell them.\n\n"
        "Ben: Hm.",
    )

    assert [turn.answers for turn in turns] == [(), (1,), (1,), (2,), (3,), (3, 4, 5)]


def test_nested_replies_answer_their_parent(tmp_path: Path) -> None:
    """Indentation says who is answered."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n  Ben: {CLINIC}\n    Cy: Which clinic?\n  Dee: Which engineer?\n"
        "    Ann: The one from the county.",
    )

    assert [turn.answers for turn in turns] == [(), (1,), (2,), (1,), (4,)]


def test_a_point_stays_open_until_it_is_taken_up(tmp_path: Path) -> None:
    """Coming back to what the other argued before counts, once."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n\nBen: {CLINIC}\n\nAnn: Ferries cost little, and children like boats.\n\n"
        "Ben: Cracks in a beam are mended within a month, and lorries can go round.",
    )

    assert turns[3].responsive


def test_a_very_long_turn_is_read_like_any_other(tmp_path: Path) -> None:
    """Ten thousand words hide neither the verdict at their end nor the answer they get."""
    filler = " ".join(
        f"On day {i} we counted {i * 7 % 97} carts and {i * 5 % 89} riders." for i in range(1000)
    )
    turns = scored(
        tmp_path,
        f"Ann: {filler} {CRACKS}\n\nBen: Cracks in a beam can be mended, and a lorry can go round. "
        "The town should keep the old bridge.",
    )

    assert turns[0].words > 9_000
    assert turns[0].side == "a"
    assert turns[1].responsive


def test_without_a_question_all_but_the_stance_is_scored(tmp_path: Path) -> None:
    """Stances, moves and sides are None; engagement, overlap and phrases are there."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n\nBen: Perhaps. Cracks in a beam can be mended.\n\nAnn: {CRACKS}",
        on=False,
    )

    assert {(t.outcome, t.side, t.move) for t in turns} == {(None, None, None)}
    assert turns[1].responsive
    assert turns[1].phrases.hedged == 1
    assert turns[2].overlap == 1.0


def test_a_move_in_so_many_words_needs_no_question(tmp_path: Path) -> None:
    """Who says to have moved, and names what moved them, is responsive with and without one."""
    text = f"Ann: {CRACKS}\n\nBen: {CLINIC}\n\nAnn: The clinic gives me pause."

    assert scored(tmp_path, text)[-1].responsive
    assert scored(tmp_path, text, on=False)[-1].responsive


def test_who_only_asks_has_not_evaded(tmp_path: Path) -> None:
    """A question put to the other is no reply that dodges; a counter-question to it is."""
    turns = scored(tmp_path, f"Ann: {ASKED}\n\nBen: Why do you ask me?")

    assert (turns[0].outcome, turns[0].rule) == ("unreadable", "asks")
    assert turns[1].outcome == "evaded"


def test_leaving_and_taking_no_side_are_partial_moves(tmp_path: Path) -> None:
    """From a side to none and back is part of the way; across to the other side is a flip."""
    turns = scored(
        tmp_path,
        f"Ann: {CRACKS}\n\nBen: {CLINIC}\n\nAnn: The pupils! I am torn, and can not decide.\n\n"
        "Ben: Ferries sink.\n\nAnn: The town should keep the old bridge.",
    )

    assert [turn.move for turn in by("Ann", turns)] == [None, "partial", "flip"]
