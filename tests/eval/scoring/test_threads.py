"""Plain text of two or more speakers, as people paste it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.eval.scoring.threads import threads

HERE = Path("pasted.txt")


def spoken(text: str) -> list[tuple[str, str]]:
    return [(p.speaker, p.text) for thread in threads(HERE, text) for p in thread.posts]


@pytest.mark.parametrize(
    "text",
    [
        "Ann: Close it.\nBen: No.\nAnn: Why?",
        "**Ann:** Close it.\n\n**Ben:** No.\n\n**Ann**: Why?",
        "[12:01] Ann: Close it.\n[12:02] Ben: No.\n[12:03] Ann: Why?",
        "12:01 <Ann> Close it.\n12:02 <Ben> No.\n12:03 <Ann> Why?",
        "Ann (2 hours ago):\nClose it.\n\nBen (1 hour ago):\nNo.\n\nAnn (now):\nWhy?",
        "Ann wrote:\nClose it.\n\nBen wrote:\nNo.\n\nAnn wrote:\nWhy?",
        "Posted by Ann on Monday\nClose it.\n\nPosted by Ben\nNo.\n\nPosted by Ann\nWhy?",
        "<b>Ann:</b> Close it.<br><b>Ben:</b> No.<br><b>Ann:</b> Why?",
    ],
)
def test_ways_to_say_who_speaks(text: str) -> None:
    """Colons, bold type, times, brackets, headers and HTML all name the speaker."""
    assert spoken(text) == [("Ann", "Close it."), ("Ben", "No."), ("Ann", "Why?")]


def test_what_merely_ends_in_a_colon_names_nobody() -> None:
    """Edits, notes, links, times and headings of a list stay with who wrote them."""
    text = (
        "User: Should it close?\n\nAssistant: Two things count.\n\nSafety: it may fall.\n\n"
        "Cost: mending is dear.\n\nEdit: typo\nsee https://example.org at 12:30: noon\n\n"
        "User: And?\n\nAssistant: Close it.\n\nSafety: as I said."
    )

    found = spoken(text)

    assert [who for who, _ in found] == ["User", "Assistant", "User", "Assistant"]
    assert "Cost: mending is dear." in found[1][1]
    assert "12:30" in found[1][1]


def test_somebody_who_speaks_once_is_a_speaker_where_a_paragraph_begins() -> None:
    """A third voice needs no second post; a label inside a paragraph needs one."""
    text = (
        "Ann: Close it.\nBen: No.\n\nCy: Both of you: calm down.\nI mean it.\nHonestly: stop.\n\n"
        "Ann: Why?\nBen: Ha."
    )

    found = spoken(text)

    assert [who for who, _ in found] == ["Ann", "Ben", "Cy", "Ann", "Ben"]
    assert found[2][1].endswith("Honestly: stop.")


def test_a_quotation_is_of_no_speaker() -> None:
    """Labels inside quoted lines begin no post, nor does the line that names who is quoted."""
    text = (
        "Ann: Close it.\n\nBen: No.\n> Ann: Close it.\n\nCy: Ann wrote:\n> Close it.\nI agree.\n\n"
        "Ann: [quote]Ben: No.[/quote]Why?"
    )

    assert spoken(text) == [
        ("Ann", "Close it."),
        ("Ben", "No."),
        ("Cy", "I agree."),
        ("Ann", "Why?"),
    ]


def test_headers_may_stand_among_labels() -> None:
    """A post may begin with "Cy wrote:" among "Ann:" lines, but not with "She wrote:"."""
    text = "Ann: Close it.\n\nBen: She wrote:\nNever mind.\n\nCy wrote:\nStop.\n\nAnn: No."

    assert [who for who, _ in spoken(text)] == ["Ann", "Ben", "Cy", "Ann"]


def test_nested_replies_keep_their_depth() -> None:
    """Indentation is kept, for it shows who answers whom."""
    found = threads(HERE, "Ann: Close it.\n  Ben: No.\n    Cy: Why?\n  Ann: Ben, listen.")

    assert [p.indent for p in found[0].posts] == [0, 2, 4, 2]


def test_a_title_and_several_threads() -> None:
    """What stands before the first speaker is context; a row of "=" parts dialogues."""
    found = threads(HERE, "The old bridge\n\nAnn: Hi.\nBen: Hi.\n====\nAnn: Again.\nBen: Yes.")

    assert [t.context for t in found] == ["The old bridge", ""]
    assert [t.line for t in found] == [3, 6]


@pytest.mark.parametrize("text", ["no names here\nat all", "> Ann: quoted only", "Note: nothing"])
def test_text_without_speakers_is_refused(text: str) -> None:
    """The message names the file and says what was expected."""
    with pytest.raises(ConfigError, match=r"pasted\.txt:1: nobody speaks"):
        threads(HERE, text)
