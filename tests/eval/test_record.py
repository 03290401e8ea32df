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
    assert replace(heard("evaded"), code="asked").came_to == "answered"


def test_a_reply_that_is_undecided_or_refused_stays_so() -> None:
    """A code says what such a reply does; that it gave no answer is true all the same."""
    for outcome in ("undecided", "refused"):
        assert replace(heard(outcome), code="declined").came_to == outcome
