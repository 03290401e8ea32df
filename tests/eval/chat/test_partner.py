"""What a partner does, with simulants: sending, drawing, forking, intervening."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.eval.chat.event import Delta, Finished, Measured, Started, Stopped
from gadfly.eval.chat.turn import Mark, Setup
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.eval.chat.sessions import Sessions

Talking = Any
QUESTION = 0


def test_a_reply_is_streamed_and_committed(talking: Talking, play: Callable[..., Any]) -> None:
    """Pieces come in order and make up the reply, which is a call of the session's store."""

    async def scene() -> None:
        async with talking() as talk:
            reply = await talk.partner.ask()
            assert reply.status == "finished"
            assert reply.number == 1
            pieces = "".join(e.text for e in talk.told(Delta))
            assert pieces.strip() == reply.text
            kinds = [type(e) for e in talk.events if isinstance(e, Started | Delta | Finished)]
            assert kinds[0] is Started
            assert kinds[-1] is Finished
            (call,) = talk.session.calls([reply.call])
            assert call.completion.text == reply.text
            assert call.conversation.message.text == talk.session.thread()[0].text

    play(scene())


def test_everything_is_there_when_the_session_is_opened_again(
    talking: Talking, play: Callable[..., Any]
) -> None:
    """Turns, branches, marks, reads and the question survive closing and opening."""

    async def scene() -> None:
        async with talking() as talk:
            await talk.partner.ask()
            await talk.partner.push()
            talk.partner.fork(talk.session.thread()[1].id, "side road")
            await talk.partner.measured()
            before = (talk.session.turns, talk.session.branches, talk.partner.measures("main"))
            id_ = talk.session.id
        async with talking(name=id_) as again:
            assert (again.session.turns, again.session.branches) == before[:2]
            assert again.partner.measures("main") == before[2]
            assert again.session.branch.name == "side road"
            assert again.session.topic.id == "care.care-home"
            reply = await again.partner.send("And why?")
            assert reply.number == 2

    play(scene())


def test_a_fork_leaves_its_source_as_it_was(talking: Talking, play: Callable[..., Any]) -> None:
    """Whatever is said on a branch, the thread it came from keeps every byte."""

    async def scene() -> None:
        async with talking() as talk:
            first = await talk.partner.ask()
            await talk.partner.push()
            source = talk.session.thread("main")
            talk.partner.fork(first.id)
            await talk.partner.send("Say more about the mother.")
            await talk.partner.edit(source[0].id, "Should she stay at home?")
            await talk.partner.ask(1, branch=True)
            await talk.partner.regenerate(first.id)
            assert talk.session.thread("main") == source
            assert len(talk.session.branches) == 5

    play(scene())


def test_the_first_message_on_a_fork_is_marked(talking: Talking, play: Callable[..., Any]) -> None:
    """A fork shows on the time axis, at the first thing said after it and nowhere else."""

    async def scene() -> None:
        async with talking() as talk:
            first = await talk.partner.ask()
            talk.partner.fork(first.id)
            await talk.partner.push()
            await talk.partner.push()
            marks = [t.marks for t in talk.session.thread() if t.role == "user"]
            assert marks == [
                (),
                (Mark("fork", "from 1"), Mark("push", "bare")),
                (Mark("push", "bare"),),
            ]

    play(scene())


def test_a_regeneration_is_a_sibling_draw(talking: Talking, play: Callable[..., Any]) -> None:
    """The same request is drawn anew, both draws stay, and one can go back to the first."""

    async def scene() -> None:
        async with talking("sim:weathervane") as talk:
            first = await talk.partner.ask()
            second = await talk.partner.regenerate()
            assert (first.draw, second.draw) == (0, 1)
            assert first.request == second.request
            assert first.call != second.call
            assert talk.session.thread()[-1] == second
            talk.partner.choose(first.id)
            assert talk.session.thread()[-1] == first
            assert talk.session.siblings(first.id) == (first, second)
            third = await talk.partner.regenerate()
            assert third.draw == 2

    play(scene())


def test_the_same_words_on_another_branch_are_another_draw(
    talking: Talking, play: Callable[..., Any]
) -> None:
    """Asked the same after the same history, it answers afresh and repeats no stored call."""

    async def scene() -> None:
        async with talking() as talk:
            first = await talk.partner.ask()
            talk.partner.fork(None)
            again = await talk.partner.ask()
            assert again.request == first.request
            assert again.draw == 1
            assert again.call != first.call

    play(scene())


def test_an_edit_says_something_else_on_a_branch(
    talking: Talking, play: Callable[..., Any]
) -> None:
    """What is edited stands in place of the old message, with the history before it."""

    async def scene() -> None:
        async with talking() as talk:
            await talk.partner.ask()
            await talk.partner.push()
            third = talk.session.thread()[2]
            reply = await talk.partner.edit(third.id, "I agree with you.")
            assert [t.text for t in talk.session.thread() if t.role == "user"] == [
                talk.session.thread("main")[0].text,
                "I agree with you.",
            ]
            assert reply.number == 2
            assert talk.session.thread()[2].marks == (Mark("edit", "of 2"),)

    play(scene())


def test_stop_keeps_what_has_come(talking: Talking, play: Callable[..., Any]) -> None:
    """A stopped reply stays, labelled and not measured, and can be gone on from."""

    async def scene() -> None:
        async with talking() as talk:

            def stop(event: Any) -> None:
                talk.events.append(event)
                if len(talk.told(Delta)) == 5:
                    talk.partner.stop()

            talk.partner._listen = stop
            reply = await talk.partner.ask()
            assert reply.status == "stopped"
            assert reply.text.split() == "".join(e.text for e in talk.told(Delta)).split()
            assert talk.session.thread()[-1] == reply
            assert talk.told(Stopped)[0].give_back == ""
            assert not reply.call or not talk.session.calls([reply.call])
            talk.partner._listen = talk.events.append
            await talk.partner.measured()
            (found,) = talk.partner.measures()
            assert found.stance.state == "unmeasured"
            assert found.stance.note == "the reply was stopped"
            assert found.said.outcome in ("truncated", "answered")
            more = await talk.partner.go_on()
            assert more.status == "finished"
            assert more.text.startswith(reply.text)
            assert talk.session.thread()[-1] == more
            assert talk.session.turns[reply.id] == reply

    play(scene())


def test_stop_before_the_first_word_gives_the_message_back(
    talking: Talking, play: Callable[..., Any]
) -> None:
    """Nothing came: the branch ends before the message, whose text is handed back."""

    async def scene() -> None:
        async with talking() as talk:

            def stop(event: Any) -> None:
                talk.events.append(event)
                if isinstance(event, Started):
                    talk.partner.stop()

            talk.partner._listen = stop
            reply = await talk.partner.send("Hello there.")
            assert (reply.status, reply.text) == ("stopped", "")
            assert talk.told(Stopped)[0].give_back == "Hello there."
            assert talk.session.thread() == ()
            talk.partner._listen = talk.events.append
            again = await talk.partner.retry()
            assert again.status == "finished"
            assert talk.texts()[0] == ("user", "Hello there.")

    play(scene())


def test_whoever_awaits_a_reply_and_is_cancelled_keeps_it_too(
    talking: Talking, play: Callable[..., Any]
) -> None:
    """A cancelled worker ends as cancelled, and what had come is on disk as stopped."""

    async def scene() -> None:
        async with talking() as talk:
            task = asyncio.create_task(talk.partner.ask())
            await talk.until(lambda: talk.told(Delta))
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert talk.session.thread()[-1].status == "stopped"
            assert talk.session.thread()[-1].text
            assert not talk.partner.is_replying

    play(scene())


def test_one_reply_at_a_time(talking: Talking, play: Callable[..., Any]) -> None:
    """A second message while a reply is written is refused and changes nothing."""

    async def scene() -> None:
        async with talking() as talk:
            task = asyncio.create_task(talk.partner.ask())
            await asyncio.sleep(0)
            with pytest.raises(ConfigError, match="being written"):
                await talk.partner.send("Well?")
            with pytest.raises(ConfigError, match="being written"):
                talk.partner.fork(None)
            with pytest.raises(ConfigError, match="being written"):
                talk.partner.switch("main")
            await task
            assert len(talk.session.thread()) == 2

    play(scene())


def test_another_wording_is_asked_on_a_branch(talking: Talking, play: Callable[..., Any]) -> None:
    """The question in its second wording goes on a branch from here, marked as a paraphrase."""

    async def scene() -> None:
        async with talking() as talk:
            await talk.partner.ask()
            await talk.partner.ask(1, branch=True)
            asked = talk.session.thread()[2]
            assert asked.text == talk.session.topic.wordings[1].text
            assert asked.marks == (Mark("paraphrase", "wording 1"),)
            assert len(talk.session.thread("main")) == 2
            with pytest.raises(ConfigError, match="no wording 99"):
                await talk.partner.ask(99)

    play(scene())


def test_arguments_of_the_bank_move_a_calibrated_simulant(
    talking: Talking, play: Callable[..., Any]
) -> None:
    """A strong argument against its side shifts the stance its way, and the shift names it."""

    async def scene() -> None:
        async with talking() as talk:
            await talk.partner.ask()
            await talk.partner.measured()
            side = talk.partner.side()
            against = "b" if side == "a" else "a"
            bank = {a.name: a for a in talk.session.topic.arguments}
            reply = await talk.partner.argue(bank[f"strong {against}"])
            await talk.partner.measured()
            found = talk.partner.measures()[-1]
            assert found.turn == reply.id
            assert found.moved.by == (Mark("argument", f"strong {against}"),)
            assert (found.moved.shift > 0) == (against == "a")
            assert abs(found.moved.shift) > 0.1
            assert talk.session.thread()[2].text.endswith(phrase.CLOSING)

    play(scene())


def test_pushes_carry_no_reason_and_vary(talking: Talking, play: Callable[..., Any]) -> None:
    """Pushes of a kind go through its texts in turn; an unknown kind is refused with near names."""

    async def scene() -> None:
        async with talking() as talk:
            await talk.partner.ask()
            await talk.partner.push("insistence")
            await talk.partner.push("insistence")
            said = [t.text for t in talk.session.thread() if t.marks]
            assert said == list(phrase.PUSHES["insistence"])
            with pytest.raises(ConfigError, match="authority"):
                await talk.partner.push("autority")

    play(scene())


def test_a_conflict_is_put_to_it_in_its_own_words(
    talking: Talking, play: Callable[..., Any]
) -> None:
    """Two answers on opposite sides, no change owned: the latest pair is quoted and coded."""

    async def scene() -> None:
        async with talking("sim:weathervane?noise=3", measures=False) as talk:
            for i in range(8):
                if talk.partner.conflicts():
                    break
                await talk.partner.ask(i % 3)
            conflict = talk.partner.conflicts()[0]
            said = {t.id: t.text for t in talk.session.thread()}
            assert conflict.sides[0] != conflict.sides[1]
            assert conflict.quotes[0].rstrip("…")[:20] in said[conflict.first]
            reply = await talk.partner.confront()
            asked = talk.session.turns[reply.parent]
            assert all(quote in asked.text for quote in conflict.quotes)
            first, second = conflict.numbers
            assert asked.marks == (Mark("confront", f"{first} vs {second}"),)
            assert talk.partner.challenge(conflict) == asked.text

    play(scene())


def test_without_a_conflict_there_is_nothing_to_confront(
    talking: Talking, play: Callable[..., Any]
) -> None:
    """A partner that has not contradicted itself is not told that it has."""

    async def scene() -> None:
        async with talking() as talk:
            await talk.partner.ask()
            with pytest.raises(ConfigError, match="in conflict"):
                await talk.partner.confront()

    play(scene())


def test_swapping_sides_assigns_the_other_one(talking: Talking, play: Callable[..., Any]) -> None:
    """It is told to argue for the statement it was against; a sparring partner then does."""

    async def scene() -> None:
        async with talking("spar:sim:calibrated") as talk:
            await talk.partner.ask()
            await talk.partner.measured()
            before = talk.partner.side()
            await talk.partner.swap()
            await talk.partner.measured()
            assert talk.partner.side() != before
            asked = talk.session.thread()[2]
            other = talk.session.topic.about.statement("b" if before == "a" else "a")
            assert other[1:] in asked.text
            assert asked.marks == (Mark("swap", f"from {before}"),)

    play(scene())


def test_devil_and_persona(talking: Talking, play: Callable[..., Any]) -> None:
    """The devil's advocate is asked for in the dialogue, a persona in the system prompt."""

    async def scene() -> None:
        async with talking() as talk:
            await talk.partner.ask()
            await talk.partner.devil()
            assert talk.session.thread()[2].text.startswith(phrase.DEVIL)
            talk.partner.persona("a Stoic")
            reply = await talk.partner.send("And now?")
            (call,) = talk.session.calls([reply.call])
            system = call.conversation.messages[0]
            assert (system.role, "a Stoic would" in system.text) == ("system", True)
            assert reply.setup.persona == "a Stoic"
            assert talk.session.thread()[1].setup.persona == ""

    play(scene())


def test_another_model_answers_from_the_next_reply_on(
    talking: Talking, play: Callable[..., Any]
) -> None:
    """Each reply keeps who gave it; a wrong model is a failure that names what is near."""

    async def scene() -> None:
        async with talking() as talk:
            first = await talk.partner.ask()
            talk.partner.use(replace(talk.session.setup, model="sim:parrot"))
            second = await talk.partner.push()
            assert [first.setup.model, second.setup.model] == ["sim:calibrated", "sim:parrot"]
            assert first.identity != second.identity
            talk.partner.use(replace(talk.session.setup, model="sim:parot"))
            third = await talk.partner.send("Well?")
            assert third.status == "failed"
            assert "sim:parrot" in third.problem or "parrot" in third.problem
            assert talk.session.thread()[-1] == second

    play(scene())


def test_nothing_is_sent_of_nothing(talking: Talking, play: Callable[..., Any]) -> None:
    """Blank messages, blank edits and edits of replies are refused before anything is kept."""

    async def scene() -> None:
        async with talking() as talk:
            reply = await talk.partner.ask()
            for wrong in (
                talk.partner.send("  \n"),
                talk.partner.edit(reply.id, "x"),
                talk.partner.edit(reply.parent, " "),
                talk.partner.retry(),
                talk.partner.go_on(),
            ):
                with pytest.raises(ConfigError):
                    await wrong
            assert len(talk.session.turns) == 2
            assert len(talk.session.branches) == 1

    play(scene())


def test_without_a_topic_only_what_needs_none_is_measured(
    talking: Talking, play: Callable[..., Any]
) -> None:
    """A dialogue on nothing in particular has repetition; the rest says why it is not measured."""

    async def scene() -> None:
        async with talking(family=None) as talk:
            await talk.partner.send("Hello.")
            await talk.partner.send("Hello again.")
            await talk.partner.measured()
            found = talk.partner.measures()[-1]
            assert found.said is None
            assert found.stance.note == "the session has no question to read it on"
            assert found.repetition.state == "value"
            with pytest.raises(ConfigError, match="--topic"):
                await talk.partner.ask()
            assert [e.measures.number for e in talk.told(Measured)] == [1, 2]

    play(scene())


def test_a_free_question_is_talked_about_like_one_of_the_library(
    sessions: Sessions, play: Callable[..., Any]
) -> None:
    """A simulant understands it, its stance is read, and it is there again on resuming."""
    from gadfly.eval.chat.partner import Partner
    from gadfly.eval.chat.topic import free_topic

    topic = free_topic(
        "Should the bridge be closed?",
        "The bridge should be closed.",
        "The bridge should stay open.",
    )

    async def scene() -> None:
        session = sessions.new(Setup(model="sim:calibrated"), topic)
        partner = Partner(session, lambda _: None)
        await partner.ask()
        await partner.measured()
        (found,) = partner.measures()
        assert found.stance.state == "value"
        assert found.said is not None
        assert found.said.outcome == "answered"
        await partner.aclose()
        session.close()
        again = sessions.open(session.id, read_only=True)
        assert again.topic == topic
        again.close()

    play(scene())


def test_the_debrief_names_what_moved_it(talking: Talking, play: Callable[..., Any]) -> None:
    """Where it stood turn by turn, what moved it, and a sparring partner's own account."""

    async def scene() -> None:
        async with talking("spar:sim:calibrated") as talk:
            await talk.partner.ask()
            await talk.partner.measured()
            against = "b" if talk.partner.side() == "a" else "a"
            bank = {a.name: a for a in talk.session.topic.arguments}
            await talk.partner.argue(bank[f"strong {against}"])
            await talk.partner.measured()
            text = await talk.partner.debrief()
            assert f"argument strong {against}" in text
            assert "## By its own ledger" in text
            assert "### What moved me" in text
            credence = talk.partner.measures()[-1].credence
            assert credence.value == pytest.approx(talk.partner.measures()[-1].stance.value)
            assert (await talk.partner.state()).credence is not None

    play(scene())
