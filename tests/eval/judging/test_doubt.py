from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.trials import heard, read, trial

from gadfly.bot.stance import Outcome, said
from gadfly.eval.judging.doubt import Doubt, doubts, is_unsure

if TYPE_CHECKING:
    from gadfly.eval.record import Observed


def reply(outcome: Outcome, rule: str = "", call: str = "c1", **changes: object) -> Observed:
    """Build a reply read by a rule."""
    seen = replace(heard("refused", calls=(call,)), reading=said(outcome, rule=rule))
    return replace(seen, **changes)  # type: ignore[arg-type]  # test convenience


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (reply("unreadable", "none"), True),
        (reply("unreadable", "contradiction"), True),
        (reply("unreadable", "none", value=7.0), False),
        (reply("unreadable", "none", code="owns"), False),
        (reply("unreadable", "none", calls=()), False),
        (reply("undecided", "weighing"), True),
        (reply("undecided", "attributed"), True),
        (reply("undecided", "undecided"), False),
        (reply("evaded", "evaded"), True),
        (reply("evaded", "questions"), True),
        (reply("refused", "refused"), False),
        (reply("truncated", "cut"), False),
        (heard("a", calls=("c1",)), False),
        (read("unreadable"), False),
    ],
)
def test_the_rules_are_unsure_of_what_they_inferred_or_could_not_read(
    seen: Observed, *, expected: bool
) -> None:
    """Unreadable and inferred outcomes are judged; declared, cut and decided ones are not."""
    assert is_unsure(seen) == expected


def test_a_shared_reply_is_one_doubt() -> None:
    """Trials that share a reply on the same question raise one doubt, in key order."""
    shared = reply("unreadable", call="bb")
    records = [
        trial("f1", "repeat", shared),
        trial("f1", "wording", shared),
        trial("f1", "ladder", replace(shared, about="other")),
        trial("f0", "repeat", reply("unreadable", call="aa"), heard("a", "second")),
    ]
    assert doubts(records) == (
        Doubt(reply="aa", about="q", family="f0"),
        Doubt(reply="bb", about="other", family="f1"),
        Doubt(reply="bb", about="q", family="f1"),
    )


def test_a_tenth_is_looked_at_twice() -> None:
    """The hash chooses about one reply in ten, always the same ones."""
    made = [Doubt(reply=f"{i:032x}", about="q", family="f") for i in range(2000)]
    chosen = [d for d in made if d.is_looked_at_twice]
    assert 0.08 <= len(chosen) / len(made) <= 0.12
    assert chosen == [d for d in made if replace(d, family="g").is_looked_at_twice]
