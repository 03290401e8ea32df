"""The sparring bot as a respondent, over a simulant."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.sample import sample, samples

from gadfly.bot.call import Call, Sampling, ask_reply
from gadfly.bot.errors import ConfigError, RespondentError
from gadfly.bot.message import Conversation, opening
from gadfly.bot.overlap import self_overlap
from gadfly.bot.readout import Answer, make_readout
from gadfly.bot.registry import RespondentConfig, make_respondent
from gadfly.bot.respondent import Respondent, Working
from gadfly.bot.simulant import simulant
from gadfly.bot.sparring import SparringBot, sparring
from gadfly.bot.sparring.guard import MAX_OVERLAP, MAX_WORDS
from gadfly.bot.sparring.sides import aligned
from gadfly.bot.steering import read_reply
from gadfly.probes.format import take_a_side
from gadfly.scenarios import phrase
from gadfly.scenarios.crib import crib_of

if TYPE_CHECKING:
    from gadfly.bot.completion import Completion
    from gadfly.bot.proposition import Side
    from gadfly.bot.respondent import ReadoutName
    from gadfly.bot.sparring.state import State
    from gadfly.bot.stance import Reading

BRIDGE = sample()
QUESTION = BRIDGE.wordings[0].text
CRIB = crib_of(samples())
SAMPLING = Sampling(max_tokens=192)


class Counting:
    """A respondent that counts what it is asked."""

    def __init__(self, inner: Respondent) -> None:
        self.inner = inner
        self.calls: list[Call] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    async def respond(self, call: Call) -> Completion:
        self.calls.append(call)
        return await self.inner.respond(call)


def bot(spec: str = "sim:calibrated") -> tuple[SparringBot, Counting]:
    beneath = Counting(simulant(spec, CRIB))
    return SparringBot(beneath, vectors=False), beneath  # type: ignore[arg-type]  # by __getattr__


def held(made: SparringBot, *turns: str, system: str = "") -> Conversation:
    """Hold a dialogue and return it with the bot's replies."""

    async def hold() -> Conversation:
        identity = await made.open(lambda _: None)
        thread = opening(system)
        for turn in turns:
            thread = thread.says(turn)
            call = Call(request=ask_reply(thread, SAMPLING)).keyed(identity)
            thread = thread.hears((await made.respond(call)).text)
        return thread

    return asyncio.run(hold())


def state(made: SparringBot, thread: Conversation) -> State:
    return asyncio.run(made.state(thread))


def read(made: SparringBot, thread: Conversation, name: ReadoutName) -> Reading:
    """Read it off the record on a question it knows in other words."""

    async def ask() -> Reading:
        identity = await made.open(lambda _: None)
        readout = make_readout(name)
        answers = []
        for cell in readout.asks(thread, BRIDGE.proposition):
            done = [
                await made.respond(Call(request=cell.request, draw=d, replicate=r).keyed(identity))
                for d in range(cell.draws)
                for r in range(8 if name == "sampled" else 1)
            ]
            answers.append(Answer(cell, tuple(done)))
        return readout.read(BRIDGE.proposition, answers)

    return asyncio.run(ask())


def test_it_is_a_respondent_named_by_a_spec() -> None:
    """`spar:SPEC` over any spec; not over itself."""
    made = make_respondent("spar:sim:parrot", RespondentConfig(), crib=lambda: CRIB)

    assert isinstance(made, Respondent)
    assert made.spec == "spar:sim:parrot"
    with pytest.raises(ConfigError, match="over a sparring bot"):
        make_respondent("spar:spar:sim:parrot", RespondentConfig(), crib=lambda: CRIB)
    with pytest.raises(ConfigError):
        make_respondent("spar:", RespondentConfig(), crib=lambda: CRIB)


def test_its_identity_is_its_own_and_the_one_beneath() -> None:
    """Another model beneath, or other means of telling novelty, is another respondent."""
    beneath = simulant("sim:calibrated", CRIB)
    names = {
        asyncio.run(made.open(lambda _: None)).digest
        for made in (
            SparringBot(beneath, vectors=False),
            SparringBot(beneath, vectors=True),
            SparringBot(simulant("sim:parrot", CRIB), vectors=False),
        )
    }

    assert len(names | {beneath.identity.digest}) == 4


def test_before_it_is_open_it_says_so() -> None:
    """No state is made up."""
    made, _ = bot()

    with pytest.raises(RespondentError, match="not open"):
        asyncio.run(made.state(opening().says(QUESTION)))


@pytest.mark.parametrize("spec", ["sim:calibrated", "sim:sycophant", "sim:fencesitter"])
def test_every_reply_takes_the_side_of_its_credence_and_can_be_read(spec: str) -> None:
    """By the harness's reader, under the author's statements."""
    made, _ = bot(spec)
    pushes = [texts[0] for texts in phrase.PUSHES.values()]
    thread = held(made, QUESTION, *pushes, phrase.PLACEBOS[0], phrase.TAKE_A_SIDE)
    replies = [m.text for m in thread if m.role == "assistant"]

    first = read_reply(replies[0], BRIDGE.proposition).stance
    assert first is not None
    for reply in replies[1:]:
        assert read_reply(reply, take_a_side(BRIDGE)).stance == first
    assert state(made, thread).side is not None


def test_it_does_not_recite() -> None:
    """No reply is long, and none repeats what it said before."""
    made, _ = bot("sim:parrot")
    pushes = [texts[0] for texts in phrase.PUSHES.values()]
    thread = held(made, QUESTION, *pushes)
    said, heard = ([m.text for m in thread if m.role == r] for r in ("assistant", "user"))

    for i, reply in enumerate(said):
        assert len(reply.split()) <= MAX_WORDS
        assert (self_overlap(reply, said[:i], heard) or 0.0) <= MAX_OVERLAP
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("quality", ["strong", "invalid", "irrelevant"])
def test_only_a_sound_argument_moves_it_whoever_is_beneath(quality: str) -> None:
    """A sycophant beneath it makes no sycophant of it: soundness is asked cold."""
    made, _ = bot("sim:sycophant")
    first = state(made, held(made, QUESTION))
    assert first.about is not None
    assert first.side is not None
    known = aligned(BRIDGE.proposition, first.about)
    against: Side = "b" if first.side == known else "a"
    text = getattr(BRIDGE.arguments[against], quality)
    after = state(made, held(made, QUESTION, phrase.rebut(text)))

    assert first.credence is not None
    assert after.credence is not None
    assert (abs(after.credence - first.credence) > 0.2) is (quality == "strong")


def test_a_state_is_a_function_of_the_conversation() -> None:
    """Whatever was asked before, in whatever order, by a bot made anew."""
    one, _ = bot()
    two, _ = bot()
    strong = phrase.rebut(BRIDGE.arguments["b"].strong)
    thread = held(one, QUESTION, strong)
    held(two, "Is it wrong to lie?", strong)

    assert state(two, thread) == state(one, thread)


def test_a_read_follows_the_credence_and_leaves_no_trace() -> None:
    """Likelihood and label reads report it; sampled ones are drawn with it."""
    made, _ = bot()
    thread = held(made, QUESTION)
    before = state(made, thread)
    assert before.credence is not None
    assert before.about is not None
    is_same = before.about.a == BRIDGE.proposition.a
    p = before.credence if is_same else 1.0 - before.credence

    names: tuple[ReadoutName, ...] = ("likelihood", "logprob")
    for name in names:
        found = read(made, thread, name).stance
        assert found is not None
        assert found.p == pytest.approx(p, abs=0.08)
    drawn = read(made, thread, "sampled").stance
    assert drawn is not None
    assert drawn.p == pytest.approx(p, abs=0.15)
    assert state(made, thread) == before


def test_a_read_in_a_fresh_thread_opens_a_stance_and_keeps_to_it() -> None:
    """Every cell of it comes to the same."""
    made, _ = bot()
    found = read(made, Conversation(), "logprob")

    assert found.stance is not None
    assert len({round(cell.p, 6) for cell in found.cells if cell.p is not None}) == 1


def test_calls_beneath_are_few_and_none_is_made_twice_for_a_state() -> None:
    """At most eight for the first reply, four more for an argument; a read costs none."""
    made, beneath = bot()
    thread = held(made, QUESTION)
    first = len(beneath.calls)
    held(made, QUESTION)
    again = len(beneath.calls) - first
    longer = held(made, QUESTION, phrase.rebut(BRIDGE.arguments["a"].strong))
    before_read = len(beneath.calls)
    read(made, longer, "likelihood")

    assert first <= 8
    assert again <= 2, "only the prose is drawn anew"
    assert before_read - first - again <= 8
    assert len(beneath.calls) == before_read
    assert state(made, thread).credence is not None


def test_a_draw_of_its_own_is_a_draw_beneath() -> None:
    """Two draws of one request may differ in words and never in stance."""
    made, beneath = bot()
    identity = asyncio.run(made.open(lambda _: None))
    request = ask_reply(opening().says(QUESTION), SAMPLING)
    for draw in (0, 1):
        asyncio.run(made.respond(Call(request=request, draw=draw).keyed(identity)))

    states = [c for c in beneath.calls if c.draw == 0 and c.replicate == 0]
    assert any(c.draw >= 2 for c in beneath.calls)
    assert len({c.key for c in states}) == len(states), "no internal call is made twice"


def test_a_forced_choice_is_answered_with_a_listed_statement() -> None:
    """On the side it is on, in either order."""
    made, _ = bot()
    about = BRIDGE.proposition
    sides = set()
    for first, second in ((about.a, about.b), (about.b, about.a)):
        thread = held(made, phrase.forced_choice(about.question, first, second))
        reading = read_reply(thread.message.text, replace(about, yes=None))  # type: ignore[union-attr]  # there is one
        assert reading.stance is not None
        sides.add(reading.stance.side)
    assert len(sides) == 1


def test_what_no_one_can_take_sides_on_is_answered_by_the_one_beneath() -> None:
    """An everyday question is answered, and no state is opened."""
    made, _ = bot()
    thread = held(made, phrase.FILLERS[0])

    assert thread.message is not None
    assert thread.message.text
    assert state(made, thread).topic is None


def test_a_failure_beneath_is_an_error_and_is_forgotten() -> None:
    """The next call tries again."""
    made, beneath = bot()
    failing = True

    async def respond(call: Call) -> Completion:
        if failing:
            raise RespondentError("server down")
        return await beneath.inner.respond(call)

    beneath.respond = respond  # type: ignore[method-assign]  # a server that goes and comes back

    async def twice() -> State:
        nonlocal failing
        await made.open(lambda _: None)
        thread = opening().says(QUESTION)
        with pytest.raises(RespondentError, match="server down"):
            await made.state(thread)
        failing = False
        return await made.state(thread)

    assert asyncio.run(twice()).topic is not None


def test_the_debrief_names_a_reply_the_user_did_not_make() -> None:
    """Drawn for the other side and judged cold."""
    made, _ = bot()
    thread = held(made, QUESTION)

    unsaid = asyncio.run(made.unsaid(thread))
    assert unsaid
    assert unsaid in asyncio.run(made.debrief(thread))
    assert asyncio.run(made.unsaid(Conversation())) == ""


def test_closing_is_safe_at_any_time() -> None:
    """Before opening, and twice."""
    made = sparring("spar:sim:calibrated", simulant("sim:calibrated", CRIB))

    async def close() -> None:
        await made.aclose()
        await made.open(lambda _: None)
        await made.aclose()
        await made.aclose()

    asyncio.run(close())


def test_it_says_what_it_is_doing_and_answers_the_same() -> None:
    """Each step once it is begun, words counted while it writes; nobody else is told."""
    made, _ = bot()
    steps: list[str] = []

    async def work() -> tuple[Completion, Completion]:
        identity = await made.open(lambda _: None)
        call = Call(request=ask_reply(opening().says(QUESTION), SAMPLING)).keyed(identity)
        worked = await made.work(call, steps.append)
        told = len(steps)
        again = await made.respond(call)
        assert len(steps) == told
        return worked, again

    worked, again = asyncio.run(work())

    assert isinstance(made, Working)
    assert worked == again
    assert steps[:2] == ["reading your question", "taking a stance of its own"]
    assert any(step.startswith(("writing: ", "looking for a reason: ")) for step in steps)


@pytest.mark.parametrize("side", ["a", "b"])
def test_an_unsigned_argument_moves_it_to_the_side_it_is_for(side: Side) -> None:
    """The simulant beneath knows whom an argument is for, and is believed, whatever it held."""
    made, _ = bot()
    text = BRIDGE.arguments[side].strong
    before = state(made, held(made, QUESTION)).credence
    after = state(made, held(made, QUESTION, text))

    assert before is not None
    assert after.credence is not None
    assert after.moves[-1].side == side
    assert (after.credence > before) == (side == "a")


def test_a_reason_for_either_side_is_asked_back_about() -> None:
    """The reply takes its side, asks, and ends with the question."""
    made, _ = bot()
    thread = held(made, QUESTION, "A bridge of that kind is a by-product of the old railway line.")

    assert state(made, thread).moves[-1].kind == "unclear"
    assert thread.message is not None
    reply = thread.message.text
    assert reply.endswith("?")
    assert "for my view" in reply
    stance = read_reply(reply, replace(BRIDGE.proposition, yes=None)).stance
    assert stance is not None
    assert stance.side == state(made, thread).side
