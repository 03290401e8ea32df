"""One HTTP/1.1 connection: a request goes out, its answer comes in, then the next.

Bytes are taken apart by llhttp (httptools); what an answer means is for others to say.
"""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST_HEAD = 256 * 1024
_AHEAD = 1024 * 1024
"""Bytes of a stream that may wait to be taken before the server has to wait."""
_ZLIB_OR_GZIP = 47


class BrokenExchange(Exception):
    """No whole answer came: the connection ended, or what it carried was no HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its body, empty where it was streamed."""

    status: int
    headers: Mapping[bytes, bytes]
    """By name in lower case; of several of a name the last."""
    body: bytes


class Connection(asyncio.Protocol):
    """Carries one exchange at a time; whoever breaks one off must `abort` it.

    Args:
        ended: Called once with the connection when it is no more.
    """

    def __init__(self, ended: Callable[[Connection], None]) -> None:
        self._ended = ended
        self._parser = HttpResponseParser(self)
        self._waiter: asyncio.Future[None] | None = None
        self._is_gone = False
        self._rest()

    def _rest(self) -> None:
        """Wait for nothing."""
        self._is_asked = self._is_streamed = self._is_headed = self._is_whole = False
        self._keeps = True
        self._is_sized = self._is_paused = False
        self._error: BrokenExchange | None = None
        self._head: list[tuple[bytes, bytes]] = []
        self._head_size = self._size = self._most = 0
        self._pieces: list[bytes] = []
        self._inflating: zlib._Decompress | None = None
        self.status = 0
        self.headers: dict[bytes, bytes] = {}

    # what others do with it

    @property
    def is_idle(self) -> bool:
        """Whether another request can be sent."""
        return not self._is_asked and not self._is_gone

    @property
    def is_gone(self) -> bool:
        """Whether it has ended."""
        return self._is_gone

    def wear(self, transport: asyncio.Transport) -> None:
        """Go on over another transport: a tunnel that was encrypted."""
        self._transport = transport

    def abort(self) -> None:
        """Close at once, losing what is under way."""
        self._transport.abort()

    async def exchange(self, request: bytes, most: int) -> Answer:
        """Send a request and wait for the whole answer, of at most so many bytes.

        Raises:
            BrokenExchange: It did not come.
        """
        self._ask(request, most)
        while not self._is_whole:
            await self._news()
        answer = Answer(self.status, self.headers, b"".join(self._pieces))
        self._done()
        return answer

    async def stream(
        self, request: bytes, most: int, feed: Callable[[bytes], bool], silence_s: float
    ) -> Answer:
        """Send a request and hand the pieces of a good answer to `feed` until it says True.

        An answer with a status other than 200 is returned with its body.

        Raises:
            BrokenExchange: It did not come whole.
            TimeoutError: Nothing came for so many seconds.
        """
        self._ask(request, most, streamed=True)
        while not self._is_headed:
            async with asyncio.timeout(silence_s):
                await self._news()
        if self.status != 200:
            self._is_streamed = False
            self._go_on()
            while not self._is_whole:
                await self._news()
            answer = Answer(self.status, self.headers, b"".join(self._pieces))
            self._done()
            return answer
        while True:
            for piece in self._taken():
                if feed(piece):
                    self._leave()
                    return Answer(200, self.headers, b"")
            if self._is_whole:
                break
            async with asyncio.timeout(silence_s):
                await self._news()
        answer = Answer(200, self.headers, b"")
        self._done()
        return answer

    def _ask(self, request: bytes, most: int, *, streamed: bool = False) -> None:
        if self._is_gone:
            raise BrokenExchange("the connection was closed before anything was asked")
        self._is_asked, self._is_streamed, self._most = True, streamed, most
        self._transport.write(request)

    def _taken(self) -> list[bytes]:
        pieces, self._pieces, self._size = self._pieces, [], 0
        self._go_on()
        return pieces

    def _go_on(self) -> None:
        """Let the server send again where it was made to wait."""
        if self._is_paused and not self._transport.is_closing():
            self._is_paused = False
            self._transport.resume_reading()

    def _leave(self) -> None:
        """Give up the rest of an answer, if there is one."""
        if not self._is_whole:
            self.abort()
        else:
            self._done()

    def _done(self) -> None:
        if self._keeps:
            self._rest()
        else:
            self.abort()

    async def _news(self) -> None:
        """Wait until there is more of the answer.

        Raises:
            BrokenExchange: There will be no more.
        """
        if self._error is None:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        if self._error is not None and not (self._is_streamed and self._pieces):
            raise self._error

    # what comes from the network

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note where to send."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take bytes apart."""
        if not self._is_asked or self._is_whole:
            self._keeps = False
            self.abort()
            return
        if not self._is_headed:
            self._head_size += len(data)
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            self._fail(f"what it sent is no HTTP: {error or type(error).__name__}")
        if not self._is_headed and self._head_size > _MOST_HEAD:
            self._fail("what it sent before the reply is larger than 256 KB")
        self._tell()

    def connection_lost(self, exc: Exception | None) -> None:
        """Learn that nothing more will come."""
        self._is_gone = True
        if self._is_asked and not self._is_whole and self._error is None:
            if self._is_headed and not self._is_sized and exc is None:
                self._is_whole, self._keeps = True, False
            else:
                where = "in the middle of" if self._is_headed else "before"
                why = f": {exc}" if exc is not None and str(exc) else ""
                self._error = BrokenExchange(f"the connection was closed {where} the reply{why}")
        self._tell()
        self._ended(self)

    def _fail(self, why: str) -> None:
        if self._error is None and not self._is_whole:
            self._error = BrokenExchange(why)
        self._keeps = False
        self.abort()

    def _tell(self) -> None:
        """Wake whoever waits, if there is something for it."""
        waiter = self._waiter
        if waiter is None or waiter.done():
            return
        if self._is_whole or self._error is not None or (self._is_streamed and self._is_headed):
            waiter.set_result(None)

    # what the parser finds

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note a header."""
        self._head.append((name, value))

    def on_headers_complete(self) -> None:
        """Note what is to come."""
        if self._is_whole:
            self._keeps = False
            return
        self.status = self._parser.get_status_code()
        if self.status < 200:
            self._head.clear()
            return
        self.headers = headers = {name.lower(): value for name, value in self._head}
        self._is_headed = True
        self._is_sized = b"content-length" in headers or b"transfer-encoding" in headers
        self._keeps = self._parser.should_keep_alive()
        told = headers.get(b"content-length", b"0")
        if not self._is_streamed and told.isdigit() and int(told) > self._most:
            self._too_large()
        packed = headers.get(b"content-encoding", b"identity").lower()
        if packed in (b"gzip", b"deflate", b"x-gzip"):
            self._inflating = zlib.decompressobj(_ZLIB_OR_GZIP)
        elif packed not in (b"identity", b""):
            self._fail(f"it packed the reply as {packed.decode('latin-1')!r}, unasked")

    def on_body(self, body: bytes) -> None:
        """Keep a piece of the body."""
        if self._error is not None or self._is_whole:
            return
        if self._inflating is not None:
            try:
                body = self._inflating.decompress(body, self._most + 1)
            except zlib.error as error:
                self._fail(f"it packed the reply badly: {error}")
                return
        self._size += len(body)
        if self._size > self._most:
            self._too_large()
        elif body:
            self._pieces.append(body)
            if self._is_streamed and self._size > _AHEAD:
                self._hold_on()

    def on_message_complete(self) -> None:
        """Note that an answer is whole; those that only announce another are passed over."""
        if self.status >= 200 and self._error is None:
            self._is_whole = True

    def _hold_on(self) -> None:
        if not self._is_paused and not self._transport.is_closing():
            self._is_paused = True
            self._transport.pause_reading()

    def _too_large(self) -> None:
        self._fail(f"the reply is larger than {self._most >> 20} MB")
