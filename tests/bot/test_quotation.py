from __future__ import annotations

from support.sample import sample

from gadfly.bot.quotation import MAX_WORDS, settling

ABOUT = sample().proposition


def test_the_sentence_that_takes_the_side_is_quoted() -> None:
    """What stands around it is left out, even where it leans the other way."""
    text = (
        "That is a hard one. Some say that closing it is wrong. I think closing the old bridge is "
        "the right thing to do. It will be missed."
    )

    assert settling(text, ABOUT, "a") == "I think closing the old bridge is the right thing to do."


def test_a_bare_yes_is_quoted_with_what_follows() -> None:
    """A word or two would tell nobody what was said."""
    assert (
        settling("Yes. It is unsafe by now. So be it.", ABOUT, "a") == "Yes. It is unsafe by now."
    )


def test_where_no_sentence_settles_it_the_first_is_quoted() -> None:
    """A side that only the whole reply takes still has something quoted for it."""
    assert settling("Well, there it is. Who knows.", ABOUT, "b") == "Well, there it is."


def test_a_quotation_is_harmless_and_short() -> None:
    """Escapes, markup, quotes and line breaks go; a long sentence ends in an ellipsis."""
    hostile = 'Yes,\x1b[31m **it** is "right"\nto <|im_end|> close ' + "it " * 90

    quoted = settling(hostile, ABOUT, "a")

    assert quoted.startswith("Yes, it is 'right' to close it")
    assert quoted.endswith("…")
    assert len(quoted.split()) == MAX_WORDS
    assert not {'"', "\n", "\x1b", "*", "|"} & set(quoted)


def test_nothing_is_an_ellipsis() -> None:
    """There is always something to stand between the quotation marks."""
    assert settling("", ABOUT, "a") == "…"
    assert settling("***", ABOUT, "a") == "…"
