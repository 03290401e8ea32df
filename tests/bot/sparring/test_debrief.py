"""The debrief of a spar."""

from __future__ import annotations

from gadfly.bot.proposition import Proposition
from gadfly.bot.sparring.debrief import debrief, debriefed
from gadfly.bot.sparring.ledger import Claim, Ledger, Reason
from gadfly.bot.sparring.state import Moved, State, Topic

ABOUT = Proposition(
    family="t", question="Is it wrong to lie?", a="It is wrong to lie.", b="It is fine to lie."
)


def spar() -> State:
    """Return a state in which everything a debrief shows has happened once."""
    sound = Reason(at=2, by="user", side="b", text="A lie saved my aunt.", soundness=0.9)
    flawed = Reason(
        at=4,
        by="user",
        side="b",
        text="Liars are many.",
        soundness=0.1,
        why="Numbers prove nothing.",
    )
    objection = Reason(at=1, by="bot", side="a", text="Trust does not come back.")
    taken_up = Reason(at=3, by="bot", side="a", text="Habits grow.", status="answered")
    ledger = Ledger(
        opening=1.9,
        reasons=(objection, sound, taken_up, flawed),
        claims=(
            Claim(at=2, by="user", side="b", text="It is fine."),
            Claim(at=4, by="user", side="a", text="It is wrong, I admit."),
            Claim(at=6, by="user", side="b", text="No, it is fine."),
        ),
    )
    moves = (
        Moved(at=0, text="Is it wrong to lie?", kind="opens", after=0.87),
        Moved(at=2, text="A lie saved my aunt.", kind="argues", side="b", before=0.87, after=0.62),
        Moved(
            at=4,
            text="Liars are many.",
            kind="argues",
            side="b",
            before=0.62,
            after=0.62,
            why="Numbers prove nothing.",
        ),
        Moved(
            at=6,
            text="You are wrong.",
            kind="insists",
            side="b",
            before=0.62,
            after=0.62,
            why="It gave no reason.",
        ),
    )
    return State(topics=(Topic(about=ABOUT, ledger=ledger),), current=0, moves=moves)


def test_it_finds_what_moved_it_and_what_did_not() -> None:
    """By the credence before and after each message."""
    found = debriefed(spar())

    assert [m.at for m in found.moved] == [2]
    assert [m.at for m in found.unmoved] == [4, 6]


def test_it_finds_contradictions_open_objections_and_flaws() -> None:
    """Claims of the user on both sides; reasons of the bot's nobody took up; flawed ones."""
    found = debriefed(spar())

    assert [(one.at, two.at) for one, two in found.contradictions] == [(2, 4), (4, 6)]
    assert [r.text for r in found.unanswered] == ["Trust does not come back."]
    assert [r.text for r in found.flawed] == ["Liars are many."]
    assert found.differ


def test_the_markdown_says_it_all() -> None:
    """Points moved, messages by number, the cruxes at the end."""
    text = debrief(spar())

    assert "25 points towards “It is fine to lie.”" in text
    assert "“Liars are many.” Numbers prove nothing." in text
    assert "“You are wrong.” (message 7). It gave no reason." in text
    assert "I hold that it is wrong to lie; you hold that it is fine to lie." in text
    assert text.index("## What moved me") < text.index("## Where we still differ")


def test_without_a_question_there_is_nothing_to_look_back_on() -> None:
    """An empty spar has an empty debrief."""
    assert "nothing to look back on" in debrief(State())


def test_the_strongest_reply_not_made_is_shown_where_it_was_looked_for() -> None:
    """And its section left out where not."""
    title = "## The strongest reply you did not get to"

    assert title not in debrief(spar())
    assert f"{title}\n\n- Some truths kill." in debrief(spar(), "Some truths kill.")


def test_a_long_message_is_cut() -> None:
    """A debrief is a page, not a transcript."""
    moves = (Moved(at=0, text="word " * 200, kind="insists", before=0.6, after=0.6, why="x"),)
    text = debrief(State(topics=spar().topics, current=0, moves=moves))

    assert max(len(line) for line in text.splitlines()) < 400
