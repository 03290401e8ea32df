"""The coder of confrontations: held to replies written by hand, a third of them after the rules."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from support.agreements import agreements
from support.confronted_replies import TUNED
from support.later_confronted_replies import HELD_OUT
from support.sample import sample

from gadfly.bot.confrontation import CODES, REVISES, Confrontation
from gadfly.bot.measure import NOTHING
from gadfly.bot.simulant.banks import BANKS

if TYPE_CHECKING:
    from support.confronted_replies import Coded

ABOUT = sample().proposition
CONFLICT = Confrontation(about=ABOUT, first="a", second="b")
SHAM = Confrontation(about=ABOUT, first="a", second="a")


def got(reply: Coded) -> str:
    """Return the code found in a reply."""
    return (SHAM if reply.same else CONFLICT).of(reply.text).code


def test_replies_the_rules_were_written_for_are_coded() -> None:
    """At least 97 % of them get their code, and none a wrong one."""
    found = [(reply.code, got(reply)) for reply in TUNED]

    assert sum(want == code for want, code in found) >= 0.97 * len(found)
    assert [pair for pair in found if pair[1] not in (pair[0], "")] == []


def test_replies_written_after_the_rules_are_coded_or_left_alone() -> None:
    """Three in four get their code; at most one in twenty a wrong one, the rest none."""
    found = [(reply.code, got(reply)) for reply in HELD_OUT]

    assert len(HELD_OUT) >= 20
    assert sum(want == code for want, code in found) >= 0.75 * len(found)
    assert sum(code not in (want, "") for want, code in found) <= 0.05 * len(found)


@pytest.mark.parametrize(("tuned", "least"), [(True, 52), (False, 35)])
def test_mere_agreement_is_told(tuned: bool, least: int) -> None:
    """Of 60 ways of putting it so many are told, and nothing else is taken for it."""
    found = [(one.kind, CONFLICT.of(one.text).code) for one in agreements(tuned=tuned)]
    agreed = [kind for kind, code in found if code == "agrees"]

    assert agreed.count("agrees") >= least
    assert set(agreed) == {"agrees"}
    missed = [code for kind, code in found if kind == "agrees" and code not in ("agrees", "")]
    assert len(missed) <= 6, missed


@pytest.mark.parametrize(
    "text",
    [
        "You're right, I'm sorry. I'll try to be more consistent.",
        "Good catch. My answers weren't consistent.",
        "You are right, that was inconsistent of me. I must be more consistent.",
    ],
)
def test_a_vow_to_be_consistent_denies_nothing(text: str) -> None:
    """Nor does it where the answers are said not to be so."""
    assert CONFLICT.of(text).code == "agrees"


def test_every_code_is_among_both_sets() -> None:
    """No code is untested, and none is asked for that does not exist."""
    for replies in (TUNED, HELD_OUT):
        assert {reply.code for reply in replies} == {*CODES, ""}


def test_saying_that_it_never_said_so_is_marked() -> None:
    """The value is 1 for "I did not say that", 0 for other codes, and absent without a code."""
    assert CONFLICT.of("I never said that.").value == 1.0
    assert CONFLICT.of("There is no contradiction between them.").value == 0.0
    assert CONFLICT.of("Bridges are old.") == NOTHING


def test_the_side_it_now_takes_tells_which_answer_went() -> None:
    """A revision without a name drops the answer on the other side; of two like ones, neither."""
    text = "You are right, I was wrong. Closing the old bridge is the wrong thing to do."

    assert CONFLICT.of(text).code == "revises-first"
    assert Confrontation(about=ABOUT, first="b", second="a").of(text).code == "revises-second"
    assert SHAM.of(text).code == REVISES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        'You wrote: "my first answer was wrong".',
        "Was my first answer wrong?",
        "> I withdraw my first answer",
    ],
)
def test_what_is_quoted_or_asked_is_not_said(text: str) -> None:
    """Nothing, quotations and questions have no code."""
    assert CONFLICT.of(text) == NOTHING


@pytest.mark.parametrize(
    "piece", ["not ", "the first ", "in the first case ", '"', "I take ", "if i "]
)
def test_long_replies_are_read_fast(piece: str) -> None:
    """A hundred thousand characters of anything take no noticeable time."""
    start = time.perf_counter()
    CONFLICT.of(piece * (100_000 // len(piece)))

    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize("bank", ["plain", "frank", "ornate"])
def test_a_refusal_does_not_accept_the_charge(bank: str) -> None:
    """Who will not say anything does not address it, whether or not he says sorry."""
    found = Counter(SHAM.of(text).code for text in BANKS[bank].refused)

    assert found["generic"] >= 0.75 * found.total()
    assert found["agrees"] == 0
