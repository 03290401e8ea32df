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
