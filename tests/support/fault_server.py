"""A simulant's server that misbehaves on a schedule, on a real socket.

What it does wrong is a `Misdeed`; when it does it is counted in the requests of dialogues, so that
greetings (what a client asks to find out what the server can do) go through.
"""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import web

from support.openai_server import SimulantServer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from gadfly.bot.simulant import Simulant

    Misdeed = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]
    """Is given the request and the good reply."""

_GREETING = b"Is the sea salty?"
_PIECE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong, and when."""

    misdeed: Misdeed
    due: Callable[[int, dict[str, Any]], bool]
    """Told the number of the request, from 0, and its body."""
    is_answer: bool = False
    """Whether what comes is an answer all the same, and counts as one."""


class FaultServer(SimulantServer):
    """Does what `fault` says; None for a server in good health. May be changed while it runs."""

    def __init__(self, simulant: Simulant, fault: Fault | None = None, **settings: Any) -> None:
        super().__init__(simulant, **settings)
        self.fault = fault
        self.wrongs = 0
        """Times something went wrong."""
        self.asked = 0
        """Requests of dialogues so far, good and bad."""

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        if _GREETING in raw:
            return await super()._chat(request)
        number, self.asked = self.asked, self.asked + 1
        fault, body = self.fault, orjson.loads(raw)
        if fault is None or not fault.due(number, body):
            return await super()._chat(request)
        self.wrongs += 1
        seen = len(self.seen)
        good = await super()._chat(request)
        if not fault.is_answer:
            del self.seen[seen:]
        assert isinstance(good, web.Response)
        assert isinstance(good.body, bytes)
        return await fault.misdeed(request, orjson.loads(good.body))


def at(*numbers: int) -> Callable[[int, dict[str, Any]], bool]:
    """Return a schedule: these requests."""
    return lambda number, _: number in numbers


def since(first: int) -> Callable[[int, dict[str, Any]], bool]:
    """Return a schedule: every request from one on."""
    return lambda number, _: number >= first


def late(number: int, body: dict[str, Any]) -> bool:
    """Return whether a dialogue is past its second question: a schedule."""
    return len(body["messages"]) > 3


def changed(change: Callable[[dict[str, Any]], object]) -> Misdeed:
    """Return the good reply with a change made to it."""

    async def misdeed(_: web.Request, good: dict[str, Any]) -> web.StreamResponse:
        change(good)
        return web.Response(body=orjson.dumps(good), content_type="application/json")

    return misdeed


def message(finish: str = "stop", **fields: Any) -> Misdeed:
    """Return the good reply with another message in it."""

    def change(good: dict[str, Any]) -> None:
        choice = good["choices"][0]
        choice["finish_reason"] = finish
        choice["message"] = {"role": "assistant", **fields}

    return changed(change)


def sent(body: bytes, *, kind: str = "application/json") -> Misdeed:
    """Return a body as it is, with a good status."""

    async def misdeed(_: web.Request, good: dict[str, Any]) -> web.StreamResponse:
        return web.Response(body=body, content_type=kind)

    return misdeed


def worded(text: bytes) -> Misdeed:
    """Return the good reply with other bytes for its text, valid or not."""

    async def misdeed(_: web.Request, good: dict[str, Any]) -> web.StreamResponse:
        good["choices"][0]["message"]["content"] = "HERE"
        body = orjson.dumps(good).replace(b"HERE", text)
        return web.Response(body=body, content_type="application/json")

    return misdeed


def refused(status: int, words: str = "out of order, as told", **headers: str) -> Misdeed:
    """Return a refusal in the shape of the API."""
    error = {"error": {"message": words, "type": "Error", "code": status}}

    async def misdeed(_: web.Request, good: dict[str, Any]) -> web.StreamResponse:
        return web.Response(
            status=status,
            body=orjson.dumps(error),
            content_type="application/json",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )

    return misdeed


async def stalled(_: web.Request, good: dict[str, Any]) -> web.StreamResponse:
    """Take the request and never answer."""
    await asyncio.sleep(3600)
    raise web.HTTPGone


async def trickled(request: web.Request, good: dict[str, Any]) -> web.StreamResponse:
    """Answer, but a few bytes at a time, for longer than anybody waits."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    body = orjson.dumps(good)
    for piece in itertools.cycle(body[i : i + 1] for i in range(len(body))):
        await response.write(b" " if piece == b"}" else piece)
        await asyncio.sleep(0.05)
    return response


async def hung_up(request: web.Request, good: dict[str, Any]) -> web.StreamResponse:
    """Cut the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def cut(request: web.Request, good: dict[str, Any]) -> web.StreamResponse:
    """Send half of the answer and cut the connection."""
    body = orjson.dumps(good)
    response = web.StreamResponse(headers={"Content-Length": str(len(body))})
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.abort()
    return response


async def cut_chunks(request: web.Request, good: dict[str, Any]) -> web.StreamResponse:
    """Send half of the answer in chunks, its length not told, and cut the connection."""
    body = orjson.dumps(good)
    response = web.StreamResponse()
    response.enable_chunked_encoding()
    await response.prepare(request)
    for start in range(0, len(body) // 2, _PIECE):
        await response.write(body[start : start + _PIECE])
    if request.transport is not None:
        request.transport.abort()
    return response
