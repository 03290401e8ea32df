"""A small server of the OpenAI kind over real sockets, whose features and faults can be set."""

from __future__ import annotations

import asyncio
import json
import math
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from gadfly.bot.call import Call, Sampling, ask_reply
from gadfly.bot.identity import Identity
from gadfly.bot.message import Conversation
from gadfly.bot.server import Served, ServerSettings

Handler = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]

VLLM = frozenset(
    {"models", "tokenize", "logprobs", "ids", "prefill", "prompt_logprobs", "seed", "stream"}
)
TOP = {"A": 0.5, " A": 0.2, "B": 0.1} | {f"w{i}": 0.001 for i in range(17)}


class FakeServer:
    """Speaks like vLLM as far as its features go; `chat` can be replaced to make it fail."""

    def __init__(self, features: frozenset[str] = VLLM) -> None:
        self.features = features
        self.models: list[dict[str, Any]] = [
            {"id": "tiny", "owned_by": "vllm", "root": "/some/where/tiny-v1", "max_model_len": 512}
        ]
        self.fingerprint = "vllm-9.9-abcdef12"
        self.text = "A calm answer."
        self.chat: Handler = self.healthy
        self.tokenize: Callable[[web.Request], Awaitable[web.Response]] = self._tokens
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""
        self._ids: dict[str, int] = {}

    def token_ids(self, text: str) -> list[int]:
        """Split into words with their leading space, and number them."""
        words = re.findall(r"<[^>]*>| ?\w+|\W", text)
        return [self._ids.setdefault(word, len(self._ids) + 10) for word in words]

    def prompt(self, body: dict[str, Any]) -> list[int]:
        """Apply a template to messages, heeding a begun answer only with the feature."""
        is_open = "prefill" in self.features and bool(body.get("continue_final_message"))
        parts = [f"<{m['role']}>{m['content']}<end>" for m in body["messages"]]
        text = "".join(parts)
        text = text.removesuffix("<end>") if is_open else text + "<assistant>"
        return self.token_ids(text)

    async def healthy(self, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        """Answer as a server in good health."""
        if "seed" in body and "seed" not in self.features:
            return web.json_response({"error": {"message": "no seed here"}}, status=400)
        if body.get("stream"):
            return await self.streamed(request, body)
        reply = self.reply(body)
        return web.json_response(reply)

    def reply(self, body: dict[str, Any], text: str | None = None) -> dict[str, Any]:
        """Return a whole reply."""
        ids = self.prompt(body)
        choice: dict[str, Any] = {
            "index": 0,
            "message": {"role": "assistant", "content": self.text if text is None else text},
            "finish_reason": "stop",
        }
        if body.get("logprobs") and "logprobs" in self.features:
            rows = [{"token": t, "logprob": math.log(p)} for t, p in TOP.items()]
            if body.get("logprob_token_ids") and "ids" in self.features:
                words = {i: w for w, i in self._ids.items()}
                rows = [
                    {"token": f"token_id:{i}", "logprob": math.log(TOP.get(words[i], 1e-5))}
                    for i in body["logprob_token_ids"]
                ]
            choice["logprobs"] = {"content": [{**rows[0], "top_logprobs": rows}]}
        found: dict[str, Any] = {
            "choices": [choice],
            "system_fingerprint": self.fingerprint,
            "usage": {"prompt_tokens": len(ids), "completion_tokens": 3},
        }
        if "prompt_logprobs" in body and "prompt_logprobs" in self.features:
            rest: list[Any] = [{str(i): {"logprob": -0.01 * i}} for i in ids[1:]]
            found["prompt_logprobs"] = [None, *rest]
        return found

    async def streamed(self, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        """Stream the text word by word, the way vLLM does."""
        if "stream" not in self.features:
            return web.json_response({"error": "no streams"}, status=400)
        words = re.findall(r"\s*\S+", self.text)
        events: list[Any] = [{"choices": [{"delta": {"role": "assistant", "content": ""}}]}]
        events += [{"choices": [{"delta": {"content": word}}]} for word in words]
        events.append({"choices": [{"delta": {}, "finish_reason": "stop"}]})
        if body.get("stream_options"):
            events.append({"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 3}})
        return await sse(request, [*events, "[DONE]"])

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        return await self.chat(request, body)

    async def _models(self, _: web.Request) -> web.Response:
        if "models" not in self.features:
            raise web.HTTPNotFound
        return web.json_response({"object": "list", "data": self.models})

    async def _version(self, _: web.Request) -> web.Response:
        return web.json_response({"version": "9.9"})

    async def _tokenize(self, request: web.Request) -> web.Response:
        return await self.tokenize(request)

    async def _tokens(self, request: web.Request) -> web.Response:
        if "tokenize" not in self.features:
            raise web.HTTPNotFound
        body = await request.json()
        ids = self.prompt(body) if "messages" in body else self.token_ids(body["prompt"])
        return web.json_response({"count": len(ids), "tokens": ids})

    @asynccontextmanager
    async def running(self) -> AsyncIterator[FakeServer]:
        """Listen on a free port until left."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_get("/v1/models", self._models)
        app.router.add_get("/version", self._version)
        app.router.add_post("/tokenize", self._tokenize)
        runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}/v1"
        self.stop = runner.cleanup
        try:
            yield self
        finally:
            await runner.cleanup()


async def sse(request: web.Request, events: list[Any], *, raw: bytes = b"") -> web.StreamResponse:
    """Send events, then raw bytes, and end the response properly."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    for event in events:
        data = event if isinstance(event, str) else json.dumps(event)
        await response.write(f"data: {data}\n\n".encode())
    if raw:
        await response.write(raw)
    await response.write_eof()
    return response


QUICK = ServerSettings(retry_cap_s=0.01, timeout_s=10)

Scene = Callable[[FakeServer, Served], Coroutine[Any, Any, None]]


@pytest.fixture
def fake() -> type[FakeServer]:
    """The class of the fake server."""
    return FakeServer


@pytest.fixture
def quick() -> ServerSettings:
    """Settings with pauses too short to notice."""
    return QUICK


@pytest.fixture
def events() -> Callable[..., Awaitable[web.StreamResponse]]:
    """Send server-sent events."""
    return sse


@pytest.fixture
def play() -> Callable[..., None]:
    """Run a scene with a fake server and a client that has been opened on it."""

    def run(
        scene: Scene, features: frozenset[str] = VLLM, settings: ServerSettings = QUICK
    ) -> None:
        async def main() -> None:
            async with FakeServer(features).running() as server:
                served = Served(server.url, "tiny", settings=settings)
                try:
                    await served.open(lambda _: None)
                    server.requests.clear()
                    await scene(server, served)
                finally:
                    await served.aclose()

        asyncio.run(main())

    return run


@pytest.fixture
def call() -> Call:
    """A keyed call for a reply."""
    request = ask_reply(Conversation().says("Is it so?"), Sampling(temperature=0.5, max_tokens=40))
    return Call(request=request).keyed(Identity(model="tiny"))
