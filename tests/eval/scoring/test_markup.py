"""Markup made plain, and quotations told from a post's own words."""

from __future__ import annotations

import time

import pytest

from gadfly.eval.scoring.markup import plain_text, without_quotes, writer


@pytest.mark.parametrize(
    ("raw", "own", "quoted"),
    [
        ("> yours\nmine", "mine", "yours"),
        ("  >> deeper\n> yours\n\nmine", "mine", "deeper\nyours"),
        ("<blockquote>yours <b>loud</b></blockquote><p>mine</p>", "mine", "yours loud"),
        ("[quote=Ann]yours[/quote]\nmine", "mine", "yours"),
        ("[quote]a[quote]b[/quote]c[/quote]mine", "mine", "a\nb\nc"),
        ("&gt; yours<br>mine", "mine", "yours"),
        ("Ann wrote:\n> yours\nmine", "mine", "yours"),
        ("On Tue, 3 May, Ann Lee <ann@example.org> wrote:\n> yours\nmine", "mine", "yours"),
        ("mine\n\nOriginally posted by Ann:\n> yours", "mine", "yours"),
    ],
)
def test_quotations_of_every_make_are_no_words_of_ones_own(raw: str, own: str, quoted: str) -> None:
    """Quoted lines, tags, BBCode and the line that names their writer are set apart."""
    found = without_quotes(plain_text(raw))

    assert found[:2] == (own, quoted)


def test_who_is_quoted_is_told() -> None:
    """A name before a quotation, or inside it, is kept for finding the turn it comes from."""
    assert without_quotes("Ann Lee wrote:\n> a\nmine")[2] == ("Ann Lee",)
    assert without_quotes(plain_text("[quote=Ben]a[/quote]mine"))[2] == ("Ben",)
    assert writer("Whatever Ann wrote was long ago and means nothing here.") == ""


@pytest.mark.parametrize(
    "raw",
    ["<del>never</del>kept", "~~never~~kept", "<s>never</s>kept", "<script>never()</script>kept"],
)
def test_what_is_struck_out_is_no_longer_said(raw: str) -> None:
    """Text its writer crossed out, and scripts, are gone."""
    assert plain_text(raw).strip() == "kept"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a < b and c > d", "a < b and c > d"),
        ("<blockquote>never closed", "never closed"),
        ("closed</blockquote> only", "closed only"),
        ("caf\u00e9 &amp; tea", "caf\u00e9 & tea"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07bell\x00\u202e", "red bell"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("half \ud800 pair", "half ? pair"),
    ],
)
def test_broken_and_hostile_markup_leaves_the_words(raw: str, text: str) -> None:
    """Unpaired tags, comparison signs, terminal escapes and lone surrogates do no harm."""
    assert plain_text(raw) == text


def test_the_time_stays_linear() -> None:
    """Thirty thousand opening tags, quotes or escapes are read in seconds."""
    start = time.monotonic()

    for piece in ("<blockquote>", "[quote]", "> ", "<!--", "\x1b]", "~~", "&gt;", "<p "):
        without_quotes(plain_text(piece * 30_000 + "end"))

    assert time.monotonic() - start < 20
