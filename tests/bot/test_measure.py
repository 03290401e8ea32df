from __future__ import annotations

from gadfly.bot.measure import NOTHING, Heard


def test_any_reply_but_an_empty_one_was_heard() -> None:
    """A turn that asks nothing is answered by whatever is said; silence and markup are nothing."""
    assert Heard().of("Could you put that in another way?").code == "heard"
    assert Heard().of("ok").code == "heard"
    assert Heard().of("  \n ") == NOTHING
