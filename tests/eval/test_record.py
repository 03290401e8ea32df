from __future__ import annotations

from dataclasses import replace

from support.trials import heard


def test_a_reply_that_gave_what_was_asked_for_has_answered() -> None:
    """A number or a code found in a reply that takes no side is an answer all the same."""
    silent = heard("unreadable")

    assert silent.came_to == "unreadable"
    assert silent.found == ""
    assert replace(silent, value=85.0).came_to == "answered"
    assert replace(silent, value=3.0, code="wrong").found == "wrong 3"


def test_a_reply_that_is_undecided_or_refused_stays_so() -> None:
    """A code says what such a reply does; that it gave no answer is true all the same."""
    for outcome in ("undecided", "evaded", "refused"):
        assert replace(heard(outcome), code="declined").came_to == outcome


def test_a_side_read_off_a_reply_that_was_asked_for_none_is_chance() -> None:
    """A number, a state or a word on sense was given; a side asked for beside a code stays one."""
    taken = heard("a")

    assert not taken.gave_other
    for measured in ({"value": 85.0}, {"value": 3.0, "code": "wrong"}, {"code": "flagged"}):
        assert replace(taken, **measured).gave_other, measured
    for measured in ({"code": "a"}, {"code": "denies", "value": 1.0}, {"code": "engaged"}):
        assert not replace(taken, **measured).gave_other, measured


def test_whether_it_took_up_an_argument_is_no_answer() -> None:
    """How far a reply engages can be told of any; one without a side is unreadable even so."""
    assert replace(heard("unreadable"), value=0.3, code="engaged").came_to == "unreadable"
