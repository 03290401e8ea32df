"""Replies over a real socket: streamed, stopped, cut, refused; and reads that give way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from support.openai_server import SimulantServer, Switches

from gadfly.bot.simulant import simulant
from gadfly.eval.chat.event import Delta, Failed, Measuring, Notice, Ready, Waiting
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Talking = Any


@pytest.fixture
def server() -> Iterator[SimulantServer]:
    with SimulantServer(simulant("sim:calibrated", library_crib()), switches=Switches()) as found:
        yield found


def test_words_come_as_the_server_writes_them(
    server: SimulantServer, talking: Talking, play: Callable[..., Any]
) -> None:
    """A served model's reply arrives in pieces, long before its end."""
    server.switches.word_s = 0.05

    async def scene() -> None:
        async with talking(server.url, measures=False) as talk:
            reply = await talk.partner.ask()
            assert reply.status == "finished"
            assert len(talk.told(Delta)) > 5
            assert 0 < reply.first_s < reply.seconds / 2
            assert reply.tokens == len(reply.text.split())
            assert talk.told(Ready)[0].name == "simulant"

    play(scene())


def test_a_stop_reaches_the_server(
    server: SimulantServer, talking: Talking, play: Callable[..., Any]
) -> None:
    """Stopping hangs up on a server that has more to say, and the text so far is kept."""
    server.switches.word_s = 0.2

    async def scene() -> None:
        async with talking(server.url, measures=False) as talk:
            task = asyncio.create_task(talk.partner.ask())
            await talk.until(lambda: len(talk.told(Delta)) >= 4)
            talk.partner.stop()
            reply = await task
            assert reply.status == "stopped"
            assert len(reply.text.split()) >= 3
            assert await asyncio.to_thread(server.hung_up.wait, 60.0)

    play(scene())


def test_a_cut_connection_keeps_the_text_and_says_so(
    server: SimulantServer, talking: Talking, play: Callable[..., Any]
) -> None:
    """What came before the line went dead stays, interrupted, and can be drawn again."""

    async def scene() -> None:
        async with talking(server.url, measures=False) as talk:
            await talk.partner.open()
            server.switches.word_s, server.switches.cut_after = 0.01, 6
            reply = await talk.partner.ask()
            assert reply.status == "interrupted"
            assert len(reply.text.split()) == 5
            (failed,) = talk.told(Failed)
            assert failed.kind == "interrupted"
            assert failed.reply == reply
            assert failed.give_back == ""
            server.switches.cut_after = None
            again = await talk.partner.regenerate()
            assert again.status == "finished"
            assert talk.session.siblings(again.id) == (reply, again)

    play(scene())


def test_a_server_that_is_gone_gives_the_message_back(
    talking: Talking, play: Callable[..., Any]
) -> None:
    """Nothing answers: the failure says where, the message is handed back, the branch is as before.

    Once the server is there the same message goes through.
    """
    sim = simulant("sim:calibrated", library_crib())

    async def scene() -> None:
        with SimulantServer(sim) as first:
            url, port = first.url, first.port
        async with talking(url, measures=False) as talk:
            reply = await talk.partner.send("Is it wrong?")
            (failed,) = talk.told(Failed)
            assert (reply.status, failed.kind) == ("failed", "unreachable")
            assert str(port) in failed.problem
            assert failed.give_back == "Is it wrong?"
            assert talk.session.thread() == ()
            with SimulantServer(sim, port=port):
                again = await talk.partner.retry()
                assert again.status == "finished"
                assert talk.session.thread()[0].text == "Is it wrong?"

    play(scene())


def test_a_wrong_model_name_is_a_failure_that_names_the_right_one(
    server: SimulantServer, talking: Talking, play: Callable[..., Any]
) -> None:
    """A model the server does not serve is refused on opening, and nothing of it is kept."""

    async def scene() -> None:
        async with talking(f"{server.url}#other") as talk:
            assert not await talk.partner.open()
            (failed,) = talk.told(Failed)
            assert failed.kind == "setup"
            assert "simulant" in failed.problem
            assert talk.session.thread() == ()

    play(scene())


def test_a_slow_first_word_is_told_every_second(
    server: SimulantServer, talking: Talking, play: Callable[..., Any]
) -> None:
    """While nothing comes the waiting is told, with its seconds."""

    async def scene() -> None:
        async with talking(server.url, measures=False) as talk:
            await talk.partner.open()
            server.switches.delay_s = 2.3
            await talk.partner.ask()
            waited = [e.seconds for e in talk.told(Waiting)]
            assert len(waited) == 2
            assert waited[0] == pytest.approx(1.0, abs=0.4)

    play(scene())


def test_a_sparring_partner_says_what_it_is_at(talking: Talking, play: Callable[..., Any]) -> None:
    """Steps come as they are begun, without waiting for the clock; then the text, whole."""

    async def scene() -> None:
        async with talking("spar:sim:calibrated", measures=False) as talk:
            await talk.partner.ask()
            steps = [e.doing for e in talk.told(Waiting)]
            assert steps[:2] == ["reading your question", "taking a stance of its own"]
            assert "weighing your reason" not in steps
            await talk.partner.send(
                "Nobody who is made to stay in a home chose it, and what is not chosen is borne "
                "worse. So I come down on the other side."
            )
            assert "weighing your reason" in [e.doing for e in talk.told(Waiting)]
            (_, reply) = talk.session.thread()[-2:]
            assert [e.text for e in talk.told(Delta) if e.turn == reply.id] == [reply.text]

    play(scene())


def test_reads_wait_for_the_users_next_message(
    server: SimulantServer, talking: Talking, play: Callable[..., Any]
) -> None:
    """A message sent while a stance is being read goes first; the read is taken after it."""

    async def scene() -> None:
        async with talking(server.url) as talk:
            await talk.partner.ask()
            await talk.partner.measured()
            await talk.partner.push()
            server.switches.delay_s = 600.0
            await asyncio.sleep(0.1)
            assert talk.partner.measures()[-1].stance.state == "pending"
            server.switches.delay_s = 0.0
            reply = await talk.partner.send("Say more.")
            assert any(e.paused for e in talk.told(Measuring))
            assert reply.status == "finished"
            await talk.partner.measured()
            assert [m.stance.state for m in talk.partner.measures()] == ["value"] * 3

    play(scene())


def test_a_read_that_fails_is_told_as_failed(
    server: SimulantServer, talking: Talking, play: Callable[..., Any]
) -> None:
    """A stance that could not be read is "failed" with the reason, and can be measured again."""

    async def scene() -> None:
        async with talking(server.url, measures=False) as talk:
            await talk.partner.ask()
            server.switches.statuses.extend([400] * 8)
            found = await talk.partner.measure()
            assert found.stance.state == "failed"
            assert "400" in found.stance.note
            server.switches.statuses.clear()
            again = await talk.partner.measure()
            assert again.stance.state == "value"
            assert again.stance.spread == "range"

    play(scene())


def test_sampled_reads_have_an_interval(
    server: SimulantServer, talking: Talking, play: Callable[..., Any]
) -> None:
    """Without log-probabilities stance is sampled, and shown with an interval and its draws."""
    server.switches.logprobs = False

    async def scene() -> None:
        async with talking(server.url) as talk:
            await talk.partner.ask()
            await talk.partner.measured()
            (found,) = talk.partner.measures()
            assert talk.session.head.readout == "sampled"
            assert found.stance.spread == "interval"
            assert found.stance.low < found.stance.value < found.stance.high or (
                found.stance.value in (0.0, 1.0)
            )
            assert 1 <= found.stance.n <= 12
            assert len(talk.partner.evidence(found.turn)) == 12
            told = [e.text for e in talk.told(Notice)]
            assert any("sampled readout" in text for text in told)

    play(scene())


def test_the_readout_is_settled_once(
    server: SimulantServer, talking: Talking, play: Callable[..., Any]
) -> None:
    """The readout of a session stays, also on resuming, whatever the server can do by then."""

    async def scene() -> None:
        async with talking(server.url) as talk:
            await talk.partner.ask()
            await talk.partner.measured()
            assert talk.session.head.readout == "logprob"
            id_ = talk.session.id
        async with talking(name=id_, readout="sampled") as again:
            await again.partner.push()
            await again.partner.measured()
            assert again.session.head.readout == "logprob"
            assert again.partner.measures()[-1].stance.spread == "range"

    play(scene())
