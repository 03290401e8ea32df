"""Replies as people put them: plain forms are read, hard ones are left unread, few are misread."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from support.propositions import AGREE

from gadfly.bot.proposition import other
from gadfly.bot.steering import read_reply
from gadfly.scenarios.catalogue import library

FILE = Path(__file__).parents[1] / "support" / "everyday_replies.json"
FAMILIES = ("meat.eating-at-all", "tax.feeding-ban", "trolley.volunteer", "legality.leaked-files")
BEFORE = "Animals feel pain and plants do not, and there is plenty of other food around."
FOR = """
    I see nothing wrong with it. | I don't see anything wrong with it. | I have no objection to it.
    I have no moral problem with it. | There is no moral issue here. | It's easy to justify.
    It is hard to condemn. | I would do it. | I'd do it without hesitation. | They should do it.
    One should do it. | It should be allowed. | Do it. | Sure. | Hell yes. | Yes, of course.
    I don't think it's wrong. | I can't call it wrong. | It's not wrong. | I'm fine with it.
    It's fine by me. | I support it. | I can live with it. | It is the right call.
    I'm all for it. | I wouldn't condemn it. | My answer has to be yes. | It would not be bad to do.
    Is it ideal? No. Is it acceptable? Yes.
"""
AGAINST = """
    I see a lot wrong with it. | I can't justify it. | I cannot endorse it. | It can't be justified.
    It's hard to justify. | It is hard to defend. | It's indefensible. | I would not do it.
    I'd never do it. | They shouldn't do it. | One ought not to do it. | It should not be allowed.
    Don't do it. | No way. | Hell no. | Of course not. | I think it's wrong. | I'd call it wrong.
    Still wrong. | I'm against it. | Not okay. | I oppose it. | I can't live with it.
    It is the wrong call. | I'm not on board with it. | I condemn it. | It's a no from me.
    It is not right. | There is no excuse for it. | My answer has to be no.
    Is it common? Yes. Is it acceptable? No.
"""
TRAPS = (
    ("trolley.scapegoat", "He did nothing wrong."),
    ("trolley.scapegoat", "He never did anything wrong."),
    ("trolley.lever", "Sure, it would save five, but it's still killing."),
    ("trolley.lever", "You say he is innocent, so it's wrong."),
    ("trolley.lever", "One death is awful but five is worse."),
    ("trolley.lever", "Killing is bad, but letting five die is worse."),
    ("trolley.lever", "Turning it is bad, but it is worse to let five die."),
    ("trolley.lever", "Doing nothing keeps my hands clean, so that's what I'd do."),
    ("trolley.lever", "Letting them die is easy. It is wrong."),
    ("trolley.lever", "Whoever leaves the switch alone kills five. It's wrong."),
    ("meat.leather", "Some say it is a by-product, so it is fine. I don't buy that."),
    ("meat.eating-at-all", "Is it right that they suffer? No."),
    ("meat.eating-at-all", "Farmers have no moral problem with it."),
    ("meat.eating-at-all", "You will have to live with it."),
    ("meat.eating-at-all", "There are arguments against it."),
    ("meat.eating-at-all", "There is no moral issue more pressing than this."),
    ("meat.eating-at-all", "Stopping is easy. I would do it."),
    ("trolley.lever", "It was a long day at the depot. Fine, whatever."),
    ("trolley.lever", "Everybody keeps asking me that at every dinner I go to. Right."),
    ("tax.feeding-ban", "The ban has been in place for years. It is wrong."),
)


def forms(table: str) -> list[str]:
    """Return the sentences of a table."""
    return [form.strip() for line in table.strip().splitlines() for form in line.split("|")]


@pytest.mark.parametrize("lead", ["", BEFORE + " "], ids=["alone", "last"])
@pytest.mark.parametrize("family", FAMILIES)
def test_plain_forms_are_read(family: str, lead: str) -> None:
    """Alone or behind a reason, each of 60 plain ways of being for or against the act is read."""
    about = library().get(family).proposition
    acceptable = read_reply("It is acceptable to do it.", about).stance
    assert acceptable is not None
    for table, side in ((FOR, acceptable.side), (AGAINST, other(acceptable.side))):
        read = {form: read_reply(lead + form, about).stance for form in forms(table)}
        assert {form for form, stance in read.items() if not stance or stance.side != side} == set()


@pytest.mark.parametrize(("family", "text"), TRAPS)
def test_words_on_something_else_take_no_side(family: str, text: str) -> None:
    """Verdicts on a person, on another's reason, between two evils, on leaving it: unread."""
    assert read_reply(text, library().get(family).proposition).stance is None


def test_where_worse_is_the_question_it_is_an_answer() -> None:
    """Ranking two evils is no verdict, unless their ranking was asked for."""
    about = library().get("endoflife.stop-or-not-start").proposition
    stance = read_reply("Both are hard, but stopping is worse.", about).stance
    assert stance is not None
    assert stance.side == "a"


def test_agreement_stands_after_a_question_of_ones_own() -> None:
    """Who asks something else first and then agrees has agreed."""
    for text, answer in (("Is it popular? I agree with it.", True), ("So? I disagree.", False)):
        stance = read_reply(text, AGREE).stance
        assert stance is not None
        assert (stance.side == AGREE.yes) == answer


@pytest.mark.parametrize("part", ["tuning", "held-out"])
def test_what_is_only_implied_is_left_unread(part: str) -> None:
    """Of 144 sided replies meant to be hard, a fifth is read, 3 at most wrong; few others are."""
    told = [r for r in json.loads(FILE.read_text(encoding="utf-8")) if r["part"] == part]
    found: Counter[str] = Counter()
    for reply in told:
        stance = read_reply(reply["text"], library().get(reply["family"]).proposition).stance
        if reply["label"] not in ("a", "b"):
            found["made up"] += stance is not None
        elif stance is not None:
            found["right" if stance.side == reply["label"] else "wrong"] += 1

    assert len(told) == 192
    assert found["right"] >= 0.2 * 144
    assert found["wrong"] <= 3
    assert found["made up"] == 0
