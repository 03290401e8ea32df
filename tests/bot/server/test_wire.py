from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from gadfly.bot.errors import (
    ConfigError,
    ContextOverflow,
    MalformedReply,
    RateLimited,
    RespondentError,
    TransportError,
    Unsupported,
)
from gadfly.bot.server import Served, ServerSettings

if TYPE_CHECKING:
    from gadfly.bot.call import Call

Play = Callable[..., None]
Answerer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def hang_up(request: web.Request) -> None:
    """Break the connection off."""
    if request.transport is not None:
        request.transport.close()


def failing(server: Any, *responses: Answerer) -> None:
    """Answer with the given makers of responses in turn, then in good health."""
    waiting = list(responses)

    async def chat(request: web.Request, body: Any) -> web.StreamResponse:
        if waiting:
            return await waiting.pop(0)(request)
        found: web.StreamResponse = await server.healthy(request, body)
        return found

    server.chat = chat


def status(code: int, body: Any = None, headers: dict[str, str] | None = None) -> Answerer:
    async def answer(_: Any) -> web.Response:
        return web.json_response(body or {}, status=code, headers=headers)

    return answer


def raw(body: Any, content_type: str = "application/json", code: int = 200) -> Answerer:
    async def answer(_: Any) -> web.Response:
        return web.Response(body=body, status=code, content_type=content_type)

    return answer


async def cut(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"choices": [')
    hang_up(request)
    return response


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses asked for, none of them taken."""
    seen = []
    nap = asyncio.sleep

    async def record(delay: float, result: object = None) -> object:
        seen.append(delay)
        return await nap(0, result)

    monkeypatch.setattr("gadfly.bot.server.wire.asyncio.sleep", record)
    return seen


class TestRetries:
    @pytest.mark.parametrize("code", [408, 409, 429, 500, 502, 503, 504])
    def test_a_passing_failure_is_tried_again(self, play: Play, call: Call, code: int) -> None:
        """Statuses that may pass by themselves cost an attempt, not the answer."""

        async def scene(server: Any, served: Served) -> None:
            failing(server, status(code), cut)
            got = await served.respond(call)
            assert got.text == "A calm answer."
            assert len(server.requests) == 3

        play(scene)

    @pytest.mark.parametrize("code", [400, 401, 404, 418, 422])
    def test_a_lasting_failure_is_not(self, play: Play, call: Call, code: int) -> None:
        """Other statuses raise at once."""

        async def scene(server: Any, served: Served) -> None:
            failing(server, status(code))
            with pytest.raises(RespondentError):
                await served.respond(call)
            assert len(server.requests) == 1

        play(scene)

    @pytest.mark.parametrize(
        ("code", "error", "words"),
        [(429, RateLimited, "429"), (500, TransportError, "500"), (503, TransportError, "503")],
    )
    def test_the_budget_is_bounded(
        self, play: Play, call: Call, code: int, error: type[Exception], words: str
    ) -> None:
        """A storm of failures ends after the configured retries, in words."""

        async def scene(server: Any, served: Served) -> None:
            failing(server, *[status(code)] * 50)
            with pytest.raises(error, match=words):
                await served.respond(call)
            assert len(server.requests) == 5

        play(scene)

    def test_retry_after_in_seconds_is_honoured(
        self, play: Play, call: Call, pauses: list[float], quick: ServerSettings
    ) -> None:
        """The server's own wish in seconds sets the pause."""

        async def scene(server: Any, served: Served) -> None:
            failing(server, status(429, headers={"Retry-After": "7"}))
            await served.respond(call)
            assert pauses == [pytest.approx(7, abs=0.2)]

        play(scene, settings=replace(quick, retry_cap_s=30))

    def test_retry_after_as_a_date_is_honoured(
        self, play: Play, call: Call, pauses: list[float], quick: ServerSettings
    ) -> None:
        """A date is as good as a number of seconds."""

        async def scene(server: Any, served: Served) -> None:
            when = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
            failing(server, status(503, headers={"Retry-After": when}))
            await served.respond(call)
            assert len(pauses) == 1
            assert 17 < pauses[0] < 21

        play(scene, settings=replace(quick, retry_cap_s=30))

    def test_retry_after_is_capped(
        self, play: Play, call: Call, pauses: list[float], quick: ServerSettings
    ) -> None:
        """No server can make us wait for an hour."""

        async def scene(server: Any, served: Served) -> None:
            failing(server, status(429, headers={"Retry-After": "3600"}))
            await served.respond(call)
            assert pauses == [30]

        play(scene, settings=replace(quick, retry_cap_s=30))

    def test_pauses_grow_and_repeat_with_the_call(
        self, play: Play, call: Call, pauses: list[float], quick: ServerSettings
    ) -> None:
        """Without a wish pauses grow, and their jitter is fixed by the call's key."""

        async def scene(server: Any, served: Served) -> None:
            for _ in range(2):
                failing(server, *[status(500)] * 4)
                await served.respond(call)
            assert pauses[:4] == pauses[4:]
            assert all(0.25 * 2**n <= p <= 0.75 * 2**n for n, p in enumerate(pauses[:4]))

        play(scene, settings=replace(quick, retry_cap_s=30))

    def test_a_stall_ends_in_a_timeout(self, play: Play, call: Call, quick: ServerSettings) -> None:
        """A server that never answers is given up after the timeout, tried once more at most."""

        async def scene(server: Any, served: Served) -> None:
            async def stall(_: Any) -> web.StreamResponse:
                await asyncio.Event().wait()
                return web.Response()

            failing(server, *[stall] * 9)
            with pytest.raises(TransportError, match=r"did not answer within 0\.2 s"):
                await served.respond(call)
            assert len(server.requests) == 2

        play(scene, settings=replace(quick, timeout_s=0.2))

    def test_a_trickle_ends_in_a_timeout(
        self, play: Play, call: Call, quick: ServerSettings
    ) -> None:
        """A body that comes byte by byte for ever does not hold the caller."""

        async def scene(server: Any, served: Served) -> None:
            async def trickle(request: web.Request) -> web.StreamResponse:
                response = web.StreamResponse()
                await response.prepare(request)
                while True:
                    await response.write(b" ")
                    await asyncio.sleep(0.02)

            failing(server, trickle, trickle)
            with pytest.raises(TransportError, match="did not answer within"):
                await served.respond(call)

        play(scene, settings=replace(quick, timeout_s=0.3))

    def test_more_callers_than_connections_wait_outside_the_timeout(
        self, play: Play, call: Call, quick: ServerSettings
    ) -> None:
        """With one connection ten calls that each take part of the timeout all succeed."""

        async def scene(server: Any, served: Served) -> None:
            turn = asyncio.Lock()

            async def slow(request: web.Request, body: Any) -> web.StreamResponse:
                assert not turn.locked()
                async with turn:
                    await asyncio.sleep(0.05)
                    found: web.StreamResponse = await server.healthy(request, body)
                    return found

            server.chat = slow
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(served.respond(call)) for _ in range(10)]
            assert all(task.result().text == "A calm answer." for task in tasks)

        play(scene, settings=replace(quick, timeout_s=0.4, connections=1))


class TestGone:
    def test_nobody_there(self, quick: ServerSettings) -> None:
        """A port where nothing listens is named, with what to do."""
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            port = held.getsockname()[1]
        served = Served(f"http://127.0.0.1:{port}/v1", settings=quick)

        async def main() -> Any:
            try:
                await served.open(lambda _: None)
            finally:
                await served.aclose()

        with pytest.raises(TransportError, match=rf"nothing answers at .*:{port}/v1.*start the"):
            asyncio.run(main())

    def test_a_server_that_stopped_is_told_from_one_that_never_was(
        self, play: Play, call: Call
    ) -> None:
        """A refused connection after good answers says that the server went away."""

        async def scene(server: Any, served: Served) -> None:
            await server.stop()
            with pytest.raises(TransportError, match="stopped answering"):
                await served.respond(call)

        play(scene)

    def test_a_crash_is_told_with_its_last_words(self, play: Play, call: Call) -> None:
        """A 500 followed by silence is reported as a death, with what the server said."""

        async def scene(server: Any, served: Served) -> None:
            async def die(_: Any) -> web.Response:
                asyncio.get_running_loop().create_task(server.stop())
                said = {"error": {"message": "EngineCore encountered an issue"}}
                return web.json_response(said, status=500)

            failing(server, *[die] * 9)
            with pytest.raises(TransportError, match=r"died: it answered 500 .EngineCore"):
                await served.respond(call)

        play(scene)

    def test_a_known_death_is_not_retried(
        self, fake: Any, quick: ServerSettings, call: Call
    ) -> None:
        """When whoever started the server knows that it is gone, no attempt is wasted."""

        async def main() -> Any:
            async with fake().running() as server:
                reason: list[str] = []
                served = Served(
                    server.url, settings=quick, died=lambda: reason[0] if reason else None
                )
                await served.open(lambda _: None)
                reason.append("vLLM ran out of memory")
                failing(server, status(500))
                try:
                    await served.respond(call)
                finally:
                    await served.aclose()

        with pytest.raises(TransportError, match="ran out of memory"):
            asyncio.run(main())


class TestRefusals:
    @pytest.mark.parametrize(
        "body",
        [
            {"error": {"message": "too much", "param": "input_tokens", "code": 400}},
            {"error": {"message": "no", "code": "context_length_exceeded"}},
            {"error": {"message": "the maximum context length is 512 tokens"}},
            {"error": "prompt is too long: 900 tokens"},
        ],
    )
    def test_a_full_context_has_its_own_error(self, play: Play, call: Call, body: Any) -> None:
        """However a server puts it, a conversation that does not fit is a ContextOverflow."""

        async def scene(server: Any, served: Served) -> None:
            failing(server, status(400, body))
            with pytest.raises(ContextOverflow, match="does not fit"):
                await served.respond(call)

        play(scene)

    def test_access_names_the_option(self, play: Play, call: Call) -> None:
        """A refused key names --api-key-env and never the key."""

        async def scene(server: Any, served: Served) -> None:
            said = {"error": {"message": "Incorrect key: hunter2hunter2 or sk-abc123def456"}}
            failing(server, status(401, said))
            with pytest.raises(RespondentError, match="--api-key-env") as caught:
                await served.respond(call)
            assert "hunter2" not in str(caught.value)
            assert "sk-abc" not in str(caught.value)
            assert server.headers[-1]["Authorization"] == "Bearer hunter2hunter2"

        play(scene, settings=ServerSettings(api_key="hunter2hunter2", retry_cap_s=0.01))

    def test_an_unknown_model_in_mid_run(self, play: Play, call: Call) -> None:
        """A 404 says that model or address is unknown."""

        async def scene(server: Any, served: Served) -> None:
            failing(server, status(404, {"error": {"message": "no tiny here"}}))
            with pytest.raises(RespondentError, match="no tiny here"):
                await served.respond(call)

        play(scene)

    def test_a_redirect_is_named_and_not_followed(self, play: Play, call: Call) -> None:
        """A redirect says where to, without user, password and query."""

        async def scene(server: Any, served: Served) -> None:
            where = {"Location": "https://me:pw@example.org/v1/chat?key=secret"}
            failing(server, status(308, headers=where))
            with pytest.raises(
                RespondentError, match=r"to https://example\.org/v1/chat;"
            ) as caught:
                await served.respond(call)
            assert "secret" not in str(caught.value)

        play(scene)

    @pytest.mark.parametrize(
        ("response", "words"),
        [
            (raw(b"<html><title>Log in</title>", "text/html"), "no JSON"),
            (raw(b'{"choices": [', "application/json"), "no JSON"),
            (raw(b"[1, 2]"), "no object"),
            (raw(b"\xff\xfe\x00"), "no JSON"),
            (raw(b"", code=204), "204"),
            (raw(b'{"choices": []}'), "without choices"),
            (raw(b'{"object": "x"}'), "without choices"),
            (raw(b"[" * 100_000), "no JSON"),
        ],
    )
    def test_what_is_no_completion_is_malformed(
        self, play: Play, call: Call, response: Any, words: str
    ) -> None:
        """Pages, cut JSON, arrays and emptiness raise MalformedReply, at once."""

        async def scene(server: Any, served: Served) -> None:
            failing(server, response)
            with pytest.raises(MalformedReply, match=words):
                await served.respond(call)
            assert len(server.requests) == 1

        play(scene)

    def test_a_web_page_as_an_error_is_named_by_its_title(self, play: Play, call: Call) -> None:
        """An HTML error page is not poured over the user."""

        async def scene(server: Any, served: Served) -> None:
            page = b"<!DOCTYPE html><html><head><title>Bad Gate\x1b[31m</title></head>" * 50
            failing(server, *[raw(page, "text/html", 418)])
            with pytest.raises(RespondentError) as caught:
                await served.respond(call)
            assert "'Bad Gate␛[31m'" in str(caught.value)
            assert len(str(caught.value)) < 200

        play(scene)

    def test_an_error_inside_a_good_status_is_an_error(self, play: Play, call: Call) -> None:
        """Some gateways answer 200 with an error object; its own code decides."""

        async def scene(server: Any, served: Served) -> None:
            failing(server, status(200, {"error": {"message": "upstream gone", "code": 502}}))
            with pytest.raises(TransportError, match="upstream gone"):
                await served.respond(call)

        play(scene)

    def test_a_wrong_content_type_with_good_json_is_read(self, play: Play, call: Call) -> None:
        """What the body is decides, not what it calls itself."""

        async def scene(server: Any, served: Served) -> None:
            body = b'{"choices": [{"message": {"content": "Yes."}, "finish_reason": "stop"}]}'
            failing(server, raw(body, "text/plain"))
            assert (await served.respond(call)).text == "Yes."

        play(scene)

    def test_broken_bytes_inside_a_reply_are_replaced(self, play: Play, call: Call) -> None:
        """A reply with bytes that are no UTF-8 is kept, with replacement characters."""

        async def scene(server: Any, served: Served) -> None:
            body = b'{"choices": [{"message": {"content": "caf\xe9 \\ud83d"}}]}'
            failing(server, raw(body))
            assert (await served.respond(call)).text == "caf\ufffd \ufffd"

        play(scene)

    def test_a_huge_reply_is_read_whole(self, play: Play, call: Call) -> None:
        """A reply of a megabyte is no problem."""

        async def scene(server: Any, served: Served) -> None:
            server.text = "x" * 1_000_000
            assert len((await served.respond(call)).text) == 1_000_000

        play(scene)

    def test_an_absurd_reply_is_refused(
        self, play: Play, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A reply above the limit is not read to its end, whether its length is told or not."""

        async def scene(server: Any, served: Served) -> None:
            async def chunked(request: web.Request) -> web.StreamResponse:
                response = web.StreamResponse()
                await response.prepare(request)
                await response.write(b"x" * 5000)
                return response

            monkeypatch.setattr("gadfly.bot.server.wire._MOST_BYTES", 4000)
            for answer in (raw(b"x" * 5000), chunked):
                failing(server, *[answer] * 9)
                with pytest.raises(TransportError, match="larger than"):
                    await served.respond(call)

        play(scene)


class TestCatalog:
    def test_a_wrong_name_lists_the_near_ones(self, fake: Any, quick: ServerSettings) -> None:
        """A model that is not served is a usage error that names what is."""

        async def main() -> Any:
            async with fake().running() as server:
                served = Served(server.url, "tinny", settings=quick)
                try:
                    await served.open(lambda _: None)
                finally:
                    await served.aclose()

        with pytest.raises(ConfigError, match="did you mean 'tiny'"):
            asyncio.run(main())

    @pytest.mark.parametrize(
        ("models", "error", "words"),
        [
            ([{"id": "a"}, {"id": "b"}], ConfigError, "several models.*: a, b"),
            ([], ConfigError, "serves no model"),
            ([{"name": "a"}], MalformedReply, "no list of models"),
            ("none", MalformedReply, "no list of models"),
        ],
    )
    def test_other_catalogs(
        self, fake: Any, quick: ServerSettings, models: Any, error: type[Exception], words: str
    ) -> None:
        """Several models need a name, none cannot be used, and nonsense is no catalog."""

        async def main() -> Any:
            server = fake()
            server.models = models
            async with server.running():
                served = Served(server.url, settings=quick)
                try:
                    await served.open(lambda _: None)
                finally:
                    await served.aclose()

        with pytest.raises(error, match=words):
            asyncio.run(main())

    def test_a_catalog_with_little_in_it_is_enough(self, fake: Any, quick: ServerSettings) -> None:
        """Only the model's name is needed."""

        async def main() -> Any:
            server = fake()
            server.models = [{"id": "tiny", "root": 3, "max_model_len": None}]
            async with server.running():
                served = Served(server.url, settings=quick)
                identity = await served.open(lambda _: None)
                await served.aclose()
                return identity, served.capabilities.context_tokens

        identity, context = asyncio.run(main())

        assert (identity.model, identity.revision, identity.server, context) == (
            "tiny",
            "",
            "",
            None,
        )


def test_unsupported_streams_are_refused_before_anything_is_sent(play: Play, call: Call) -> None:
    """A server without streaming gets no streaming request."""

    async def scene(server: Any, served: Served) -> None:
        with pytest.raises(Unsupported):
            await served.stream(call, lambda _: None)
        assert server.requests == []

    play(scene, frozenset({"models", "logprobs"}))
