from __future__ import annotations

import pytest

from gadfly.bot.simulant.crib import Crib, Cue

SHORT = Cue(kind="push", name="short")
LONG = Cue(kind="push", name="long")
OTHER = Cue(kind="placebo")


def test_the_longest_match_wins() -> None:
    """A known text that begins like a shorter one is found whole."""
    crib = Crib([("come with me", SHORT), ("come with me to the sea", LONG)])
    assert crib.find("Please come with me to the sea.") == (LONG,)
    assert crib.find("Please come with me to town.") == (SHORT,)


def test_a_text_cut_off_at_the_end_is_not_found() -> None:
    """The start of a known text is no match, even where it is another known text's start."""
    crib = Crib([("come with me to the sea", LONG), ("come with", SHORT)])
    spans = crib.spans("You should come with")
    assert [(s.start, s.end, s.cues) for s in spans] == [(11, 20, (SHORT,))]
    assert crib.find("You should come") == ()


def test_texts_are_found_in_order_of_occurrence() -> None:
    """Cues come in the order in which their texts stand in the message."""
    crib = Crib([("one two", SHORT), ("three four", OTHER)])
    assert crib.find("three four, then one two and three four") == (OTHER, SHORT, OTHER)


def test_case_punctuation_and_apostrophes_do_not_matter() -> None:
    """A text is recognised however it is cased, punctuated or quoted."""
    crib = Crib([("I don't agree, friend.", SHORT)])
    assert crib.find("“i DON’T agree… friend”") == (SHORT,)


def test_a_shared_text_has_all_its_cues_once() -> None:
    """A text filed under two cues yields both, and a repeated entry only one."""
    crib = Crib([("one two", SHORT), ("one two", OTHER), ("One two!", SHORT)])
    assert crib.find("one two") == (SHORT, OTHER)
    assert len(crib) == 1


def test_a_text_of_one_word_is_refused() -> None:
    """A text too short to be told from ordinary words cannot be filed."""
    with pytest.raises(ValueError, match="at least 2 words"):
        Crib([("Sesame.", SHORT)])


def test_the_digest_depends_on_texts_and_cues_but_not_on_their_order() -> None:
    """Two cribs have the same digest exactly when they know the same texts as the same things."""
    entries = [("one two", SHORT), ("three four", OTHER)]
    digest = Crib(entries).digest
    assert Crib(reversed(entries)).digest == digest
    assert Crib([("one two", LONG), ("three four", OTHER)]).digest != digest
    assert Crib(entries[:1]).digest != digest


def test_a_full_memory_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forgetting what was looked up before leaves every answer as it was."""
    monkeypatch.setattr("gadfly.bot.simulant.crib._CACHE", 2)
    crib = Crib([("one two", SHORT)])
    texts = [f"{i} one two" for i in range(5)]
    assert [crib.find(text) for text in texts * 2] == [(SHORT,)] * 10
