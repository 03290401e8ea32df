from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from gadfly.bot.call import Call, ask_labels, ask_score
from gadfly.bot.errors import RespondentError, TransportError
from gadfly.bot.identity import Identity
from gadfly.bot.message import Conversation
from gadfly.bot.server import Served, ServerSettings, is_healthy

if TYPE_CHECKING:
    from gadfly.bot.respondent import Capabilities

ASKED = Conversation().says("Is it so?")
Alter = Callable[[dict[str, Any], dict[str, Any]], Any]


def detected(fake: Any, settings: ServerSettings, alter: Alter) -> Capabilities:
    """Open a client on a server whose replies are altered: a status, or a changed reply."""

    async def main() -> Capabilities:
        server = fake()

        async def chat(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
            reply = server.reply(body)
            found = alter(body, reply)
            if isinstance(found, int):
                return web.json_response({"error": "no"}, status=found)
            if body.get("stream"):
                healthy: web.StreamResponse = await server.healthy(request, body)
                return healthy
            return web.json_response(reply)

        server.chat = chat
        async with server.running():
            served = Served(server.url, settings=settings)
            await served.open(lambda _: None)
            await served.aclose()
            return served.capabilities

    return asyncio.run(main())


def test_fewer_alternatives_are_used_and_noted(fake: Any, quick: ServerSettings) -> None:
    """A server that reports five tokens at most is asked for five, and the user is told."""

    def alter(body: dict[str, Any], reply: dict[str, Any]) -> int | None:
        if body.get("top_logprobs", 0) > 5:
            return 400
        if body.get("top_logprobs"):
            first = reply["choices"][0]["logprobs"]["content"][0]
            first["top_logprobs"] = first["top_logprobs"][:5]
        return None

    can = detected(fake, quick, alter)

    assert can.labels
    assert any("only the 5 likeliest tokens" in note for note in can.notes)


@pytest.mark.parametrize("status", [400, 422, 500])
def test_refused_features_are_absent(fake: Any, quick: ServerSettings, status: int) -> None:
    """A server that answers plain requests only, whatever status it refuses with, is usable."""
    plain = {"model", "messages", "max_tokens"}

    can = detected(fake, quick, lambda body, _: None if set(body) == plain else status)

    assert [can.labels, can.score, can.prefill, can.streaming, can.seeds] == [False] * 5


def test_streams_without_the_counts_are_streams(fake: Any, quick: ServerSettings) -> None:
    """A server that knows no `stream_options` still streams."""
    can = detected(fake, quick, lambda body, _: 400 if "stream_options" in body else None)

    assert can.streaming


def test_error_objects_and_nonsense_count_as_refusals(fake: Any, quick: ServerSettings) -> None:
    """A feature answered with something that is no completion is absent."""

    def alter(body: dict[str, Any], reply: dict[str, Any]) -> None:
        if "seed" in body or "prompt_logprobs" in body:
            del reply["choices"]

    can = detected(fake, quick, alter)

    assert not can.seeds
    assert not can.score


def test_ids_that_are_ignored_are_not_relied_on(fake: Any, quick: ServerSettings) -> None:
    """Where the exact tokens asked for do not come back, the likeliest are read instead."""

    def alter(body: dict[str, Any], reply: dict[str, Any]) -> int | None:
        if "logprob_token_ids" in body:
            del reply["choices"][0]["logprobs"]
        return None

    assert detected(fake, quick, alter).labels


def test_prompt_logprobs_that_miss_a_token_are_not_relied_on(
    fake: Any, quick: ServerSettings
) -> None:
    """Scoring needs every token of the prompt."""

    def alter(body: dict[str, Any], reply: dict[str, Any]) -> None:
        if "prompt_logprobs" in reply:
            reply["prompt_logprobs"][3] = None

    assert not detected(fake, quick, alter).score


@pytest.mark.parametrize("status", [401, 503])
def test_a_server_that_answers_nothing_is_an_error(
    fake: Any, quick: ServerSettings, status: int
) -> None:
    """When even a plain request fails there is nothing to detect."""
    with pytest.raises(RespondentError, match=str(status)):
        detected(fake, quick, lambda *_: status)


def test_seeds_can_be_left_out(fake: Any, quick: ServerSettings) -> None:
    """A user who knows that seeds do harm can switch them off."""
    asked: list[dict[str, Any]] = []
    can = detected(fake, replace(quick, seeds=False), lambda body, _: asked.append(body))

    assert not can.seeds
    assert not any("seed" in body for body in asked)


@pytest.mark.parametrize(
    "tokens",
    [[], {"tokens": []}, {"tokens": ["a"]}, {"tokens": "none"}, b"<html>", 404, 500],
)
def test_a_tokenizer_that_makes_no_sense_is_none(
    fake: Any, quick: ServerSettings, tokens: Any
) -> None:
    """Without usable token ids there is no scoring; a tokenizer that fails is a server failure."""

    async def main() -> Capabilities:
        server = fake()

        async def answer(_: web.Request) -> web.Response:
            if isinstance(tokens, int):
                return web.Response(status=tokens)
            if isinstance(tokens, bytes):
                return web.Response(body=tokens)
            return web.json_response(tokens)

        server.tokenize = answer
        async with server.running():
            served = Served(server.url, settings=quick)
            await served.open(lambda _: None)
            await served.aclose()
            return served.capabilities

    if tokens == 500:
        with pytest.raises(TransportError):
            asyncio.run(main())
    else:
        assert not asyncio.run(main()).score


def test_a_tokenizer_lost_in_mid_run_is_reported(play: Any) -> None:
    """Reads that need token ids raise when the tokenizer is gone."""

    async def scene(server: Any, served: Served) -> None:
        async def gone(_: web.Request) -> web.Response:
            return web.Response(status=404)

        server.tokenize = gone
        for request in (
            ask_labels(ASKED, ("Q",), temperature=0.7),
            ask_score(ASKED, ("Yes.", "No.")),
        ):
            with pytest.raises(RespondentError, match="could not tokenize"):
                await served.respond(Call(request=request).keyed(Identity(model="tiny")))

    play(scene)


def test_a_label_the_template_swallows_is_looked_up_alone(play: Any) -> None:
    """Where label and prefill merge into other tokens the label's own first token counts."""

    async def scene(server: Any, served: Served) -> None:
        request = ask_labels(ASKED, ("B",), prefill="A", temperature=0.7)
        await served.respond(Call(request=request).keyed(Identity(model="tiny")))
        assert server.requests[0]["logprob_token_ids"] == server.token_ids("B")

    play(scene)


def test_health_is_a_plain_question(fake: Any) -> None:
    """Only a 200 at /health counts; nobody there is no error."""

    async def main() -> tuple[bool, bool]:
        async with fake().running() as server:
            root = server.url.removesuffix("/v1")
            unknown = await is_healthy(root)
        return unknown, await is_healthy(root)

    assert asyncio.run(main()) == (False, False)
