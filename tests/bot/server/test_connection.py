"""Answers are taken out of a stream of bytes, whatever the pieces it comes in."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import itertools
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadfly.bot.server.connection import BrokenExchange, Connection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gadfly.bot.server.connection import Answer

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Who: me\r\n\r\nhello"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n"
)
ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello"
MOST = 1000


class Pipe(asyncio.Transport):
    """What would be a socket."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []
        self.is_aborted = self.is_paused = False

    def write(self, data: Any) -> None:
        self.sent.append(bytes(data))

    def abort(self) -> None:
        self.is_aborted = True

    def is_closing(self) -> bool:
        return self.is_aborted

    def pause_reading(self) -> None:
        self.is_paused = True

    def resume_reading(self) -> None:
        self.is_paused = False


def connected() -> tuple[Connection, Pipe]:
    connection, pipe = Connection(lambda c: None), Pipe()
    connection.connection_made(pipe)
    return connection, pipe


def pieces_of(data: bytes, cuts: Sequence[int]) -> list[bytes]:
    at = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[a:b] for a, b in itertools.pairwise(at)]


def exchanged(*pieces: bytes, closes: bool = False) -> tuple[Answer, Connection, Pipe]:
    """Ask, and give the answer in pieces."""

    async def main() -> tuple[Answer, Connection, Pipe]:
        connection, pipe = connected()
        asking = asyncio.create_task(connection.exchange(b"GET", MOST))
        await asyncio.sleep(0)
        for piece in pieces:
            connection.data_received(piece)
            await asyncio.sleep(0)
        if closes:
            connection.connection_lost(None)
        async with asyncio.timeout(60):
            return await asking, connection, pipe

    return asyncio.run(main())


def streamed(*pieces: bytes, feed: Callable[[bytes], bool], closes: bool = False) -> Answer:
    """Ask for a stream."""

    async def main() -> Answer:
        connection, _ = connected()
        asking = asyncio.create_task(connection.stream(b"POST", MOST, feed, 5.0))
        await asyncio.sleep(0)
        for piece in pieces:
            connection.data_received(piece)
            await asyncio.sleep(0)
        if closes:
            connection.connection_lost(None)
        return await asking

    return asyncio.run(main())


@given(st.sampled_from([GOOD, CHUNKED]), st.lists(st.integers(0, 200), max_size=12))
def test_pieces_do_not_matter(data: bytes, cuts: list[int]) -> None:
    """However an answer is cut on its way, it is the same answer."""
    answer, connection, pipe = exchanged(*pieces_of(data, cuts))

    assert (answer.status, answer.body) == (200, b"hello")
    assert connection.is_idle
    assert not pipe.is_aborted
    assert pipe.sent == [b"GET"]


@given(st.sampled_from([GOOD, CHUNKED]), st.lists(st.integers(0, 200), max_size=12))
def test_pieces_of_a_stream_do_not_matter(data: bytes, cuts: list[int]) -> None:
    """What is handed on piece by piece is the whole body."""
    got: list[bytes] = []

    def feed(piece: bytes) -> bool:
        got.append(piece)
        return False

    answer = streamed(*pieces_of(data, cuts), feed=feed)

    assert answer.status == 200
    assert b"".join(got) == b"hello"


@given(
    st.binary(max_size=200)
    | st.builds(
        lambda head, body: b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n" + body,
        st.sampled_from(
            [b"", b"Content-Length: 3", b"Transfer-Encoding: chunked", b"A:\x00", b":"]
        ),
        st.binary(max_size=40),
    ),
    st.lists(st.integers(0, 200), max_size=4),
)
def test_any_bytes_are_an_answer_or_refused(data: bytes, cuts: list[int]) -> None:
    """Nothing a server sends before it hangs up breaks the client."""
    with contextlib.suppress(BrokenExchange):
        answer, _, _ = exchanged(*pieces_of(data, cuts), closes=True)
        assert answer.status >= 200


def test_headers_are_found_by_their_names_in_lower_case() -> None:
    """A name is what it is, however it is written."""
    answer, _, _ = exchanged(GOOD)

    assert answer.headers[b"x-who"] == b"me"


def test_one_connection_carries_one_exchange_after_the_other() -> None:
    """What a first answer was leaves nothing behind for the second."""

    async def main() -> None:
        connection, pipe = connected()
        for data in (GOOD, CHUNKED, GOOD):
            asking = asyncio.create_task(connection.exchange(b"GET", MOST))
            await asyncio.sleep(0)
            connection.data_received(data)
            answer = await asking
            assert answer.body == b"hello"
            assert (b"x-who" in answer.headers) == (data is GOOD)
        assert not pipe.is_aborted

    asyncio.run(main())


@pytest.mark.parametrize(
    ("data", "is_kept"),
    [
        (GOOD, True),
        (GOOD.replace(b"X-Who: me", b"Connection: close"), False),
        (GOOD.replace(b"1.1 200", b"1.0 200"), False),
        (GOOD + b"more", False),
        (GOOD + GOOD.replace(b"200 OK", b"500 No"), False),
        (b"HTTP/1.1 204 No\r\n\r\n", True),
    ],
)
def test_a_connection_is_kept_where_it_can_be(data: bytes, *, is_kept: bool) -> None:
    """Closing servers, old ones, and ones that say more than they were asked are not kept."""
    answer, connection, pipe = exchanged(data)

    assert answer.status in (200, 204)
    assert connection.is_idle == is_kept
    assert pipe.is_aborted != is_kept


def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    """That is how the oldest servers do it."""
    answer, connection, _ = exchanged(ENDLESS, closes=True)

    assert answer.body == b"hello"
    assert not connection.is_idle


def test_announcements_are_passed_over() -> None:
    """100 Continue and 103 Early Hints are no answer yet."""
    early = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    answer, connection, _ = exchanged(early + GOOD)

    assert (answer.status, answer.body) == (200, b"hello")
    assert b"link" not in answer.headers
    assert connection.is_idle


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"hello", mtime=0), zlib.compress(b"hello")],
    ids=["gzip", "deflate"],
)
def test_what_was_packed_unasked_is_unpacked(packed: bytes) -> None:
    """Some gateways pack whatever they are told."""
    name = b"gzip" if packed[:2] == b"\x1f\x8b" else b"deflate"
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
    answer, _, _ = exchanged(head % (name, len(packed)) + packed)

    assert answer.body == b"hello"


BOMB = gzip.compress(b"x" * 100_000, mtime=0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "closed before the reply"),
        (GOOD[:20], "closed before the reply"),
        (GOOD[:-2], "closed in the middle of the reply"),
        (CHUNKED[:-6], "closed in the middle of the reply"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "no HTTP"),
        (b"<html>hello</html>", "no HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n", "no HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhey", "no HTTP"),
        (CHUNKED.replace(b"3\r\nhel", b"z\r\nhel"), "no HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 60_000, "larger than 256 KB"),
        (GOOD.replace(b"h: 5", b"h: 5000"), "larger than"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2000, "larger than"),
        (GOOD.replace(b"X-Who: me", b"Content-Encoding: br"), "packed the reply as 'br'"),
        (GOOD.replace(b"X-Who: me", b"Content-Encoding: gzip"), "packed the reply badly"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s"
            % (len(BOMB), BOMB),
            "larger than",
        ),
        (b"HTTP/1.1 101 Up\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhm", "no HTTP"),
    ],
)
def test_what_is_no_answer_is_said_to_be_none(data: bytes, words: str) -> None:
    """Other protocols, broken lengths, bombs and answers that break off, each in words."""
    with pytest.raises(BrokenExchange, match=words):
        exchanged(data, closes=True)


def test_nothing_is_asked_over_a_connection_that_has_ended() -> None:
    """Whoever asks learns of it."""

    async def main() -> None:
        connection, _ = connected()
        connection.connection_lost(None)
        assert not connection.is_idle
        with pytest.raises(BrokenExchange, match="closed before anything was asked"):
            await connection.exchange(b"GET", MOST)

    asyncio.run(main())


def test_words_that_nobody_asked_for_end_a_connection() -> None:
    """A server that speaks on an idle connection would put its words into a later answer."""

    async def main() -> None:
        connection, pipe = connected()
        connection.data_received(GOOD)
        assert pipe.is_aborted

    asyncio.run(main())


def test_a_stream_is_left_when_nothing_more_is_wanted() -> None:
    """What has not come by then is not waited for."""
    got: list[bytes] = []

    def feed(piece: bytes) -> bool:
        got.append(piece)
        return True

    answer = streamed(CHUNKED[: CHUNKED.index(b"2;")], feed=feed)

    assert answer.status == 200
    assert got == [b"hel"]


def test_a_refused_stream_comes_with_its_body() -> None:
    """What a server says against a stream is an answer as any other."""
    answer = streamed(GOOD.replace(b"200 OK", b"400 No"), feed=lambda piece: True)

    assert (answer.status, answer.body) == (400, b"hello")


def test_a_stream_that_breaks_off_says_so_after_what_came() -> None:
    """The pieces before the break are handed on."""
    got: list[bytes] = []

    def feed(piece: bytes) -> bool:
        got.append(piece)
        return False

    with pytest.raises(BrokenExchange, match="in the middle of the reply"):
        streamed(CHUNKED[: CHUNKED.index(b"2;")], feed=feed, closes=True)

    assert got == [b"hel"]


def test_a_silent_stream_is_given_up() -> None:
    """Time runs anew with each piece, and out without one."""

    async def main() -> None:
        connection, _ = connected()
        asking = asyncio.create_task(connection.stream(b"POST", MOST, lambda piece: False, 0.05))
        await asyncio.sleep(0)
        connection.data_received(CHUNKED[: CHUNKED.index(b"2;")])
        with pytest.raises(TimeoutError):
            await asking

    asyncio.run(main())


def test_a_stream_faster_than_its_reader_is_made_to_wait() -> None:
    """No more than a megabyte is held for somebody who does not come for it."""

    async def main() -> None:
        connection, pipe = connected()
        got: list[int] = []

        def feed(piece: bytes) -> bool:
            got.append(len(piece))
            return False

        most = 10 * 1024 * 1024
        asking = asyncio.create_task(connection.stream(b"POST", most, feed, 5.0))
        await asyncio.sleep(0)
        connection.data_received(b"HTTP/1.1 200 OK\r\nContent-Length: 3145728\r\n\r\n")
        held = []
        for _ in range(3):
            connection.data_received(b"x" * 1024 * 1024)
            held.append(pipe.is_paused)
        assert held == [False, True, True]
        assert (await asking).status == 200
        assert sum(got) == 3145728
        assert not pipe.is_paused

    asyncio.run(main())
