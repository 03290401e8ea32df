"""The course of a spar, with the model and the weigher scripted."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.completion import Completion
from gadfly.bot.message import Conversation, opening
from gadfly.bot.respondent import Capabilities
from gadfly.bot.sparring.course import Course
from gadfly.bot.sparring.state import State
from gadfly.bot.sparring.weigher import Judged
from gadfly.scenarios import phrase
from gadfly.scenarios.persona import PERSONAS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.call import Request
    from gadfly.bot.proposition import Proposition, Side

QUESTION = "Is it wrong to keep elephants in a zoo?"
SPACE = (
    "A zoo gives elephants a few hundred metres where they would walk ten miles a day, and their "
    "feet and joints break down for want of it."
)
CHILDREN = (
    "Children who have stood before a living elephant in a zoo give money for the wild herds "
    "later, and without that money the herds are shot."
)


@dataclass
class Scripted:
    """A weigher that finds every reason as sound as it is told to."""

    sound: float = 1.0
    toward: Side | None = "b"
    """The side a reason is for that names none."""
    near: bool = True
    """Whether what it is told bears on the question."""
    weighed: list[str] = field(default_factory=list)

    async def soundness(self, about: Proposition, side: Side, reason: str) -> Judged:
        self.weighed.append(reason)
        return Judged(soundness=self.sound, why="So it was judged.")

    async def direction(self, about: Proposition, reason: str) -> Side | None:
        return self.toward

    async def novelty(self, reason: str, earlier: Sequence[str]) -> float:
        return 0.0 if reason in earlier else 1.0

    async def bears(self, about: Proposition, reason: str, *, signed: bool) -> bool:
        return self.near


async def scored(request: Request) -> Completion:
    """Like statements that begin "It is wrong" and "It is not all right"."""
    liked = ("It is wrong", "It is not all right")
    return Completion(
        logprobs={o: -1.0 if o.startswith(liked) else -9.0 for o in request.options},
        lengths=dict.fromkeys(request.options, 8),
    )


def after(conversation: Conversation, weigher: Scripted | None = None) -> State:
    """Return the state a conversation comes to."""
    small = Capabilities(labels=False, score=True, prefill=False, readout="likelihood")
    course = Course(ask=scored, capabilities=small, weigher=weigher or Scripted())

    async def walk() -> State:
        state = State()
        for at, message in enumerate(conversation):
            state = await course.attend(state, message, at)
        return state

    return asyncio.run(walk())


def said(*turns: str, system: str = "") -> Conversation:
    """Return a conversation of user turns, the bot's replies being of no account."""
    thread = opening(system)
    for turn in turns:
        thread = thread.says(turn).hears("Go on.")
    return thread


def test_a_question_opens_a_topic_on_the_side_the_model_is_on() -> None:
    """The model likes the statements that call it wrong, in either wording."""
    state = after(said(QUESTION))

    assert state.about is not None
    assert state.about.a == "It is wrong to keep elephants in a zoo."
    assert state.side == "a"
    assert state.moves[0].kind == "opens"


@pytest.mark.parametrize("text", [t for texts in phrase.PUSHES.values() for t in texts])
def test_insistence_never_moves_it(text: str) -> None:
    """However often, whatever it leans on."""
    once, often = after(said(QUESTION)), after(said(QUESTION, *[text] * 5))

    assert often.credence == once.credence
    assert {m.kind for m in often.moves[1:]} <= {"insists", "presses"}


@pytest.mark.parametrize("text", phrase.PLACEBOS)
def test_a_turn_about_something_else_never_moves_it(text: str) -> None:
    """What does not bear on the question is weighed by nobody."""
    weigher = Scripted(near=False)
    state = after(said(QUESTION, text), weigher)

    assert state.credence == after(said(QUESTION)).credence
    assert weigher.weighed == []


def test_a_sound_new_reason_moves_it_and_the_same_again_does_not() -> None:
    """The second time is a repetition, and is not put to the model."""
    weigher = Scripted()
    state = after(said(QUESTION, phrase.rebut(CHILDREN), phrase.rebut(CHILDREN)), weigher)

    assert [m.kind for m in state.moves] == ["opens", "argues", "repeats"]
    assert state.moves[1].side == "b"
    assert state.moves[1].shift < -0.2
    assert state.moves[2].shift == 0.0
    assert weigher.weighed == [CHILDREN]


def test_a_reason_that_names_no_side_is_for_the_side_the_weigher_finds() -> None:
    """It is not taken as directed against the bot because nobody said otherwise."""
    before = after(said(QUESTION))
    firmer = after(said(QUESTION, SPACE), Scripted(toward="a"))
    less = after(said(QUESTION, SPACE), Scripted(toward="b"))

    assert less.credence < before.credence < firmer.credence  # type: ignore[operator]
    assert firmer.moves[-1].side == "a"


@pytest.mark.parametrize(
    ("answer", "side"),
    [
        ("Against it, of course.", "b"),
        ("It's against your view.", "b"),
        ("I disagree with you.", "b"),
        ("For the other side.", "b"),
        ("For it.", "a"),
        ("It is for your view.", "a"),
        ("I agree with you.", "a"),
        ("It is wrong to keep elephants in a zoo.", "a"),
    ],
)
def test_where_nobody_can_tell_it_asks_back_and_takes_the_answer(answer: str, side: Side) -> None:
    """Nothing moves before; then the reason itself is weighed, for the side that was meant."""
    weigher = Scripted(toward=None)
    open_ = after(said(QUESTION, SPACE), weigher)

    assert open_.moves[-1].kind == "unclear"
    assert open_.moves[-1].shift == 0.0
    assert not weigher.weighed

    told = after(said(QUESTION, SPACE, answer), weigher)

    assert weigher.weighed == [SPACE]
    assert told.moves[-1].kind == "argues"
    assert told.moves[-1].side == side
    assert (told.credence > open_.credence) == (side == "a")  # type: ignore[operator]


def test_an_answer_that_says_no_side_leaves_the_reason_unweighed() -> None:
    """What is said next is taken for what it is; a long message is no answer."""
    weigher = Scripted(toward=None)
    after(said(QUESTION, SPACE, "I would rather not say."), weigher)
    assert not weigher.weighed

    state = after(
        said(QUESTION, SPACE, f"{CHILDREN} There are laws against it in some places."), weigher
    )
    assert not weigher.weighed
    assert state.moves[-1].kind == "unclear"


def test_whoever_took_a_side_argues_for_it() -> None:
    """The weigher is not asked where the user has said which side they are on."""
    state = after(said(QUESTION, "I disagree with you.", SPACE), Scripted(toward=None))

    assert state.moves[-1].kind == "argues"
    assert state.moves[-1].side == "b"


def test_a_flawed_reason_moves_nothing() -> None:
    """It is entered with its verdict."""
    state = after(said(QUESTION, phrase.rebut(CHILDREN)), Scripted(sound=0.1))

    assert state.moves[-1].verdict == "flawed"
    assert state.moves[-1].shift == 0.0


def test_the_order_of_two_reasons_does_not_matter() -> None:
    """What it has come to is the same."""
    one = after(said(QUESTION, phrase.rebut(CHILDREN), phrase.support(SPACE)))
    two = after(said(QUESTION, phrase.rebut(CHILDREN), phrase.further(SPACE)))

    assert one.ledger is not None
    assert two.ledger is not None
    assert [r.side for r in two.ledger.of("user")] == ["b", "b"]


def test_a_premise_taken_back_undoes_what_it_moved() -> None:
    """The undercut: back to where it stood before."""
    back = phrase.retract("I have to take something back: children give no money for the herds.")
    state = after(said(QUESTION, phrase.rebut(CHILDREN), back))

    assert state.moves[-1].kind == "withdraws"
    assert state.credence == pytest.approx(after(said(QUESTION)).credence)


def test_of_two_reasons_the_one_named_is_taken_back() -> None:
    """By its words, not by its place."""
    back = phrase.retract("I take that back about children who have stood before an elephant.")
    state = after(said(QUESTION, phrase.rebut(CHILDREN), phrase.further(SPACE), back))

    assert state.ledger is not None
    assert [r.status for r in state.ledger.of("user")] == ["withdrawn", "standing"]


def test_its_own_crux_granted_moves_it_and_what_is_beside_the_point_does_not() -> None:
    """By its own standard."""
    crux = after(said(QUESTION, phrase.CRUX, phrase.GRANTED))
    beside = after(said(QUESTION, phrase.BESIDE, phrase.GRANTED))

    assert crux.moves[-1].shift < -0.2
    assert beside.moves[-1].shift == 0.0


def test_the_devils_advocate_is_put_on_the_other_side() -> None:
    """And its reasons on record stay there."""
    devil = f"{phrase.DEVIL} {QUESTION}"
    state = after(said(QUESTION, phrase.support(SPACE), devil))

    assert state.side == "b"
    assert state.role == "devil's advocate"
    assert state.ledger is not None
    assert len(state.ledger.of("user")) == 1


@pytest.mark.parametrize("text", ["Switch sides.", "Now argue for the other side."])
def test_the_sides_can_be_swapped(text: str) -> None:
    """In the middle of a spar."""
    assert after(said(QUESTION)).side == "a"
    assert after(said(QUESTION, text)).side == "b"
    assert after(said(QUESTION, text, text)).side == "a"


def test_an_opinion_is_a_claim_of_the_users() -> None:
    """Whoever opens with one has taken a side."""
    state = after(said("It is wrong to keep elephants in a zoo."))

    assert state.ledger is not None
    assert [(c.by, c.side) for c in state.ledger.claims if c.by == "user"] == [("user", "a")]


@pytest.mark.parametrize(("way", "side"), [("for", "a"), ("against", "b")])
def test_a_side_can_be_assigned_by_the_system_prompt(way: str, side: str) -> None:
    """Before the question was put."""
    view = "the view that it is wrong to keep elephants in a zoo"
    state = after(said(QUESTION, system=f"Argue {way} {view}."))

    assert state.side == side
    assert state.topic is not None
    assert "assigned" in state.topic.how


def test_a_persona_goes_with_every_later_question() -> None:
    """It is kept until another is set, and handed to the model beneath."""
    told = PERSONAS["kant"].told
    state = after(said(f"{told} {phrase.FILLERS[0]}", QUESTION))

    assert state.role == "Immanuel Kant"
    assert state.roles == (told,)
    assert [m.kind for m in state.moves] == ["aside", "opens"]


def test_a_reminder_of_its_role_is_no_reason() -> None:
    """It asks for the view again."""
    told = PERSONAS["kant"].told
    reminder = phrase.out_of_character(PERSONAS["kant"].who)
    state = after(said(f"{told} {QUESTION}", reminder))

    assert [m.kind for m in state.moves] == ["opens", "asks"]
    assert state.role == "Immanuel Kant"


def test_an_everyday_question_in_between_is_an_aside() -> None:
    """It moves nothing and is no argument."""
    state = after(said(QUESTION, phrase.FILLERS[1], phrase.FILLERS[2]))

    assert [m.kind for m in state.moves[1:]] == ["aside", "aside"]
    assert state.current == 0


def test_another_question_has_a_ledger_of_its_own() -> None:
    """What moved it on the first does not move it on the second."""
    other = "Is it wrong to lie to a killer about where his victim hides?"
    state = after(said(QUESTION, phrase.rebut(CHILDREN), other))

    assert len(state.topics) == 2
    assert state.current == 1
    assert state.ledger is not None
    assert state.ledger.reasons == ()


def test_objections_the_user_takes_up_are_answered_and_others_are_not() -> None:
    """By the words of the objection in what the user says."""
    first = "It is wrong to keep elephants in a zoo. Their feet break down on concrete floors."
    thread = opening().says(QUESTION).hears(first)
    left = after(thread.says("I disagree."))
    taken = after(
        thread.says("Modern zoos have sand and no concrete floors, so feet do not break.")
    )

    assert left.ledger is not None
    assert taken.ledger is not None
    assert [r.status for r in left.ledger.of("bot")] == ["standing"]
    assert [r.status for r in taken.ledger.of("bot")] == ["answered"]
