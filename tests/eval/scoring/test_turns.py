"""Posts made into turns."""

from __future__ import annotations

from gadfly.eval.scoring.turns import Turn, joined

LONG = "An engineer measured cracks in the beam, and a heavy lorry may bring it down on people."


def post(speaker: str, text: str) -> Turn:
    return Turn(speaker=speaker, text=text, line=1)


def texts(*posts: Turn) -> list[tuple[str, str]]:
    return [(t.speaker, t.text) for t in joined(posts).turns]


def test_neighbouring_posts_of_one_speaker_are_one_turn() -> None:
    """A turn ends where somebody else speaks; spellings of one name are one speaker."""
    found = texts(post("Ann", "Close it."), post(" ann ", "Soon."), post("Ben", "No."))

    assert found == [("Ann", "Close it.\n\nSoon."), ("Ben", "No.")]


def test_a_post_sent_twice_counts_once() -> None:
    """A double post, and a part of a post sent again, add nothing."""
    made = joined(
        [post("Ann", LONG), post("Ann", LONG), post("Ann", LONG[:40]), post("Ben", "No.")]
    )

    assert [t.text for t in made.turns] == [LONG, "No."]
    assert made.again == 2


def test_an_edited_post_replaces_the_first_version() -> None:
    """What holds most of the post before it is an edit of it."""
    better = LONG.replace("heavy", "laden") + " Edit: spelling."

    assert texts(post("Ann", "Hello all."), post("Ann", LONG), post("Ann", better)) == [
        ("Ann", f"Hello all.\n\n{better}")
    ]


def test_the_same_words_after_somebody_else_are_a_turn() -> None:
    """Who answers with the same text again has repeated themselves, not posted twice."""
    assert len(texts(post("Ann", LONG), post("Ben", "No."), post("Ann", LONG))) == 3


def test_wordless_posts_are_no_turns() -> None:
    """Empty posts and rows of signs are left out, and counted."""
    made = joined([post("Ann", ""), post("Ben", "…?!"), post("Ann", "Yes.")])

    assert (len(made.turns), made.empty) == (1, 2)
