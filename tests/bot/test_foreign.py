"""Foreign text cannot drive a terminal, however it is cut."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadfly.bot.foreign import legible, plain, printable

ATTACKS = [
    line.encode("latin-1", "backslashreplace").decode("unicode_escape")
    for line in (Path(__file__).parent / "attacks.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)


@pytest.mark.parametrize("attack", ATTACKS, ids=ascii)
def test_no_attack_gets_through(attack: str) -> None:
    """Nothing that controls a terminal or hides or reorders text is left of any attack."""
    assert HARMFUL.search(printable(attack)) is None
    assert HARMFUL.search(plain(attack)) is None
    printable(attack).encode("utf-8")


@pytest.mark.parametrize("attack", ATTACKS, ids=ascii)
def test_a_cut_makes_no_difference(attack: str) -> None:
    """Piece by piece, character by character, the same comes out as at once."""
    assert "".join(printable(c) for c in attack) == printable(attack)


def test_the_corpus_is_all_there() -> None:
    """The file of attacks is read as meant: escapes are escapes."""
    assert len(ATTACKS) > 40
    assert sum("\x1b" in a for a in ATTACKS) > 20
    assert any("\u202e" in a for a in ATTACKS)


def test_honest_text_stays_as_it_is() -> None:
    """Letters of any script, emoji with their joiners, tabs and line ends are left alone."""
    for text in (
        "naïve — “yes”",
        "日本語\tالعربية\nעברית",
        "👩‍👩‍👧 ❤️ e\u0301",
        "[brackets] & <tags>",
    ):
        assert printable(text) == text


def test_line_ends_of_other_systems_are_line_ends() -> None:
    """Windows line ends lose their carriage return and keep the line."""
    assert printable("one\r\ntwo") == "one\ntwo"


@given(st.text())
def test_whatever_is_said_is_harmless(text: str) -> None:
    """Any text at all comes out with no control character but line ends and tabs."""
    out = printable(text)
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in out)
    assert printable(out) == out


def test_one_line_is_plain() -> None:
    """For titles and lists: white space is single, and the rest is cut with an ellipsis."""
    assert plain(" a\n\tb  c ") == "a b c"
    assert plain("x" * 30, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\tb\r\nc\rd\u2028e", "a\tb\nc\nd\ne"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;a title\x07here", "here"),
        ("\x1b]0;never closed", ""),
        ("a\u202eb\u200bc\x00\x9bd\ud800", "abcd"),
    ],
)
def test_what_is_read_is_without_what_is_not_words(text: str, read: str) -> None:
    """Escapes go whole, control and invisible characters one by one; words and lines stay."""
    assert legible(text) == read
