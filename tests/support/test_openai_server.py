"""The test server and the client: the same simulant on a socket and in process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
import pytest

from gadfly.bot.call import Call, Sampling, ask_reply, ask_score
from gadfly.bot.errors import ConfigError, TransportError
from gadfly.bot.message import opening
from gadfly.bot.readout import make_readout
from gadfly.bot.server import Served, ServerSettings
from gadfly.bot.simulant import Simulant
from gadfly.scenarios.crib import crib_of
from support.openai_server import SimulantServer, Switches
from support.scenario import make_scenario
from support.simulated import BARE, SAMPLING, asked

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from gadfly.bot.identity import Identity

T = TypeVar("T")

SCENARIO = make_scenario("mill")
ABOUT = SCENARIO.proposition
SIMULANT = Simulant(
    "sim:calibrated?hedging=0.15&refusal=0.05&order_bias=0.5&wording=0.7&capitulation=0.5",
    crib_of([SCENARIO]),
)
AFTER = asked(SCENARIO, BARE).hears("Quite so.")


def use(
    task: Callable[[Served, Identity, SimulantServer], Awaitable[T]],
    switches: Switches | None = None,
    model: str | None = None,
) -> T:
    """Run a task with a client opened on a server over the simulant."""

    async def run() -> T:
        async with SimulantServer(SIMULANT, switches=switches) as server:
            settings = ServerSettings(retries=1, retry_cap_s=0.01)
            client = Served(server.url, model, settings=settings)
            try:
                identity = await client.open(lambda _: None)
                return await task(client, identity, server)
            finally:
                await client.aclose()

    return asyncio.run(run())


def post(server: SimulantServer, path: str = "chat/completions", **body: Any) -> tuple[int, Any]:
    """Post a body and return status and content."""

    async def send() -> tuple[int, Any]:
        url = f"{server.url}/{path}" if path != "tokenize" else server.url[:-3] + "/tokenize"
        async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
            return response.status, await response.json(content_type=None)

    return asyncio.run(send())


def messages(text: str) -> list[dict[str, str]]:
    """Return one user turn as the wire has it."""
    return [{"role": "user", "content": text}]


@pytest.mark.parametrize("exact_ids", [True, False])
@pytest.mark.parametrize("prefill", [True, False])
def test_labels_are_the_same_over_http_and_in_process(exact_ids: bool, prefill: bool) -> None:
    """Label log-probabilities agree to 1e-6, however the client asks for them."""

    async def compare(client: Served, identity: Identity, _: SimulantServer) -> None:
        readout = make_readout("logprob", prefill=prefill)
        for ask in readout.asks(AFTER, ABOUT):
            call = Call(request=ask.request).keyed(identity)
            over = await client.respond(call)
            here = await SIMULANT.respond(call)
            assert dict(over.logprobs) == pytest.approx(dict(here.logprobs), abs=1e-6)
            assert set(over.logprobs) == set(ask.labels)

    use(compare, Switches(exact_ids=exact_ids))


def test_scores_are_the_same_over_http_and_in_process() -> None:
    """Statement likelihoods agree to 1e-6, and their lengths are equal."""

    async def compare(client: Served, identity: Identity, _: SimulantServer) -> None:
        for ask in make_readout("likelihood").asks(AFTER, ABOUT):
            call = Call(request=ask.request).keyed(identity)
            over = await client.respond(call)
            here = await SIMULANT.respond(call)
            assert dict(over.logprobs) == pytest.approx(dict(here.logprobs), abs=1e-6)
            assert dict(over.lengths) == dict(here.lengths)

    use(compare)


def test_replies_are_the_same_streamed_sent_whole_and_in_process() -> None:
    """The seed of a call decides its text, by whatever way it comes."""

    async def compare(client: Served, identity: Identity, _: SimulantServer) -> None:
        texts = set()
        for draw in range(8):
            request = ask_reply(asked(SCENARIO, BARE), SAMPLING)
            call = Call(request=request, draw=draw).keyed(identity)
            here = await SIMULANT.respond(call)
            over = await client.respond(call)
            pieces: list[str] = []
            streamed = await client.stream(call, pieces.append)
            assert over.text == streamed.text == "".join(pieces) == here.text
            assert (over.finish, streamed.finish) == ("stop", "stop")
            texts.add(over.text)
        assert len(texts) > 4

    use(compare)


def test_the_client_finds_everything_on() -> None:
    """With all switches on the client reports every capability and no note."""

    async def look(client: Served, identity: Identity, _: SimulantServer) -> None:
        found = client.capabilities
        assert found.labels
        assert found.score
        assert found.prefill
        assert found.streaming
        assert found.seeds
        assert found.notes == ()
        assert (identity.model, identity.server) == ("simulant", "gadfly-test")

    use(look)


@pytest.mark.parametrize(
    ("switches", "lost"),
    [
        (Switches(logprobs=False), {"labels"}),
        (Switches(prompt_logprobs=False), {"score"}),
        (Switches(prefill=False), {"prefill", "score"}),
        (Switches(tokenize=False), {"score"}),
        (Switches(streaming=False), {"streaming"}),
        (Switches(seeds=False), {"seeds"}),
    ],
    ids=lambda value: "+".join(sorted(value)) if isinstance(value, set) else "off",
)
def test_a_switch_takes_away_what_it_names(switches: Switches, lost: set[str]) -> None:
    """The client finds out what each switch turned off, and says so in a note."""

    async def look(client: Served, _: Identity, __: SimulantServer) -> None:
        found = client.capabilities
        names = ("labels", "score", "prefill", "streaming", "seeds")
        assert {name for name in names if not getattr(found, name)} == lost
        assert found.notes

    use(look, switches)


def test_requests_are_counted_and_told_apart() -> None:
    """Every request served is on record; distinct counts conversation and seed."""

    async def count(client: Served, identity: Identity, server: SimulantServer) -> None:
        before = len(server.seen)
        request = ask_reply(asked(SCENARIO), SAMPLING)
        calls = [Call(request=request, draw=d).keyed(identity) for d in range(3)]
        for call in (*calls, calls[0]):
            await client.respond(call)
        seen = server.seen[before:]
        assert [s.kind for s in seen] == ["reply"] * 4
        assert [s.seed for s in seen] == [c.seed for c in (*calls, calls[0])]
        assert len({(s.messages, s.seed) for s in seen}) == 3
        assert {(s.messages, s.seed) for s in seen} <= server.distinct
        for name, kind in (("logprob", "labels"), ("likelihood", "score")):
            readout = make_readout("logprob" if name == "logprob" else "likelihood")
            ask = readout.asks(AFTER, ABOUT)[0]
            await client.respond(Call(request=ask.request).keyed(identity))
            assert server.seen[-1].kind == kind

    use(count)


def test_a_server_told_to_die_answers_no_more() -> None:
    """After its last request the connection is cut and nothing listens any longer."""

    async def kill(client: Served, identity: Identity, server: SimulantServer) -> int:
        limit = len(server.seen) + 2
        server.switches.die_after = limit
        request = ask_reply(asked(SCENARIO), SAMPLING)
        for draw in range(2):
            await client.respond(Call(request=request, draw=draw).keyed(identity))
        for draw in (2, 3):
            with pytest.raises(TransportError):
                await client.respond(Call(request=request, draw=draw).keyed(identity))
        return len(server.seen) - limit

    assert use(kill) == 0


def test_told_statuses_come_first() -> None:
    """A status told in advance refuses one request; the next is answered."""

    async def refuse(client: Served, identity: Identity, server: SimulantServer) -> None:
        server.switches.statuses.append(503)
        call = Call(request=ask_reply(asked(SCENARIO), SAMPLING)).keyed(identity)
        assert (await client.respond(call)).text
        assert not server.switches.statuses

    use(refuse)


def test_another_fingerprint_shows() -> None:
    """Model name and fingerprint can be changed while the server runs."""
    with SimulantServer(SIMULANT) as server:
        body: dict[str, Any] = {"messages": messages("Hello there."), "max_tokens": 5}
        assert post(server, **body)[1]["system_fingerprint"] == "gadfly-test-1"
        server.fingerprint, server.model = "gadfly-test-2", "renamed"
        status, reply = post(server, **body)
        assert (status, reply["system_fingerprint"], reply["model"]) == (
            200,
            "gadfly-test-2",
            "renamed",
        )
        status, reply = post(server, model="simulant", **body)
        assert (status, reply["error"]["param"]) == (404, "model")


def test_an_unknown_model_is_refused_by_the_client() -> None:
    """A wrong name fails at opening, with the right one near."""

    async def nothing(_: Served, __: Identity, ___: SimulantServer) -> None:
        raise AssertionError("opened")

    with pytest.raises(ConfigError, match="simulant"):
        use(nothing, model="simulat")


@pytest.mark.parametrize(
    "wrong",
    [
        {"messages": []},
        {"messages": "hello"},
        {},
        {"messages": messages("Hi you."), "temperature": -1},
        {"messages": messages("Hi you."), "max_tokens": 0},
        {"messages": messages("Hi you."), "temperature": 0.0, "n": 2},
    ],
)
def test_bad_requests_are_refused_as_vllm_does(wrong: dict[str, Any]) -> None:
    """Whatever is wrong with a request, the answer is 400 with an error object."""
    with SimulantServer(SIMULANT) as server:
        status, reply = post(server, **wrong)
        assert status == 400
        assert reply["error"]["type"] == "BadRequestError"
        assert server.seen == []


def test_several_choices_differ_and_unseeded_requests_too() -> None:
    """N choices of one seed are different draws; without a seed every request is another."""
    body: dict[str, Any] = {"messages": messages(SCENARIO.wordings[0].text), "temperature": 0.7}
    with SimulantServer(SIMULANT) as server:
        _, reply = post(server, seed=5, n=6, **body)
        texts = [choice["message"]["content"] for choice in reply["choices"]]
        assert len(set(texts)) > 3
        assert post(server, seed=5, n=6, **body)[1]["choices"] == reply["choices"]
        unseeded = [post(server, **body)[1]["choices"][0]["message"] for _ in range(6)]
        assert len({message["content"] for message in unseeded}) > 3


def test_tokens_are_words() -> None:
    """The tokenizer counts words, gives equal ids to equal words, and applies the template."""
    with SimulantServer(SIMULANT) as server:
        _, words = post(server, "tokenize", prompt="one two one two")
        assert words["count"] == 4
        assert words["tokens"][1] == words["tokens"][3]
        _, prompt = post(server, "tokenize", messages=messages("one two"))
        begun = [*messages("one two"), {"role": "assistant", "content": "Well"}]
        _, opened = post(server, "tokenize", messages=begun, continue_final_message=True)
        assert opened["tokens"][: len(prompt["tokens"])] == prompt["tokens"]
        assert opened["count"] == prompt["count"] + 1


def test_two_servers_share_no_port_and_a_taken_one_is_refused() -> None:
    """Each server has a port of its own; asking for a taken one fails at once."""
    with SimulantServer(SIMULANT) as first, SimulantServer(SIMULANT) as second:
        assert first.port != second.port
        with pytest.raises(OSError, match="address already in use"):
            SimulantServer(SIMULANT, port=first.port).__enter__()


def test_unlisted_replies_can_be_scored() -> None:
    """A reply that is no statement has the simulant's likelihood, too."""

    async def score(client: Served, identity: Identity, _: SimulantServer) -> None:
        request = ask_score(opening().says("Tea?"), ("Yes please.", "No thank you, none."))
        call = Call(request=request).keyed(identity)
        over, here = await client.respond(call), await SIMULANT.respond(call)
        assert dict(over.logprobs) == pytest.approx(dict(here.logprobs), abs=1e-6)
        assert dict(over.lengths) == {"Yes please.": 2, "No thank you, none.": 4}

    use(score)


def test_truncated_replies_say_so() -> None:
    """A reply cut at max_tokens ends with the reason "length" over the wire as well."""

    async def cut(client: Served, identity: Identity, _: SimulantServer) -> None:
        request = ask_reply(asked(SCENARIO), Sampling(max_tokens=2))
        done = await client.respond(Call(request=request).keyed(identity))
        assert done.finish == "length"
        assert len(done.text.split()) == 2

    use(cut)
