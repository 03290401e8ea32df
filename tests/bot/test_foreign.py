"""Foreign text made harmless."""

from __future__ import annotations

import unicodedata

import pytest

from gadfly.bot.foreign import plain, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("a\tb\r\nc\rd\u2028e", "a\tb\nc\nd\ne"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;a title\x07here", "here"),
        ("\x1b]0;never closed", ""),
        ("a\u202eb\u200bc\x00\x9bd\ud800", "abcd"),
        ("caf\u00e9 \u2014 \u65e5\u672c \u00a0 ok", "caf\u00e9 \u2014 \u65e5\u672c \u00a0 ok"),
    ],
)
def test_nothing_that_drives_a_terminal_gets_through(text: str, shown: str) -> None:
    """Escapes go whole, control and invisible characters one by one; words and lines stay."""
    assert printable(text) == shown


def test_every_control_character_goes() -> None:
    """Of all code points none of the category C is left but tab and line feed."""
    left = printable("".join(map(chr, range(0x110000))))

    assert {c for c in left if unicodedata.category(c)[0] == "C"} == {"\n", "\t"}
    assert "a" in left


def test_a_line_is_short() -> None:
    """Line breaks become spaces, length is bounded unless it is not to be."""
    assert plain("a\nb\u202ec\u200b\x00") == "a bc"
    assert plain("x" * 1_000) == "x" * 199 + "…"
    assert len(plain("x" * 1_000, None)) == 1_000
