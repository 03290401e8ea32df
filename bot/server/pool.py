"""Connections to one server, kept from one request to the next: TCP, TLS, through a proxy."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
import ssl
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import SplitResult, quote, unquote, urlsplit

from aiohappyeyeballs import start_connection

from gadfly.bot.errors import ConfigError
from gadfly.bot.server.connection import BrokenExchange, Connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gadfly.bot.server.connection import Answer

NETWORK = (BrokenExchange, TimeoutError, OSError)
"""What an exchange fails with where there is no answer."""
_LOCAL = ("127.0.0.1", "localhost", "::1")
_KEPT_S = 30.0
"""An idle connection is not used after that."""
_EYEBALLS_S = 0.25
"""How long one of several addresses of a name may take before the next is tried beside it."""
_SAFE = "/%:@!$&'()*+,;=~-._?"
"""What may stand in a path or query as it is."""
_MOST_PROXY = 64 * 1024

P = TypeVar("P", bound=asyncio.Protocol)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """An HTTP proxy of the environment."""

    host: str
    port: int
    is_encrypted: bool
    authorization: bytes = field(default=b"", repr=False)
    """The whole header, empty if there is none."""


class Pool:
    """Makes requests to one origin; whoever uses it sees to how many are in flight.

    Args:
        origin: ``http://HOST:PORT`` or https; a path does not matter.
        headers: Sent with every request; a later one takes the place of an earlier of its name.
        connect_s: Longest wait for a connection.

    Raises:
        ConfigError: The environment names a proxy of a kind that is not spoken.
    """

    def __init__(
        self, origin: str, *, headers: Iterable[tuple[str, str]] = (), connect_s: float
    ) -> None:
        parts = urlsplit(origin)
        self._scheme, self._host = parts.scheme, parts.hostname or ""
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._connect_s = connect_s
        self._proxy = proxy_for(parts.scheme, self._host, self._port)
        self._tls: ssl.SSLContext | None = None
        named = {name.lower(): f"{name}: {value}\r\n" for name, value in headers}
        self._headers = "".join(named.values()).encode("utf-8", "surrogateescape")
        self._heads: dict[str, bytes] = {}
        self._idle: deque[tuple[float, Connection]] = deque()
        self._open: set[Connection] = set()
        self._all_ended = asyncio.Event()

    async def exchange(
        self, url: str, body: bytes | None, *, timeout_s: float, most: int
    ) -> Answer:
        """Make a request (GET without a body) and return the whole answer.

        Raises:
            BrokenExchange: No whole answer came, or one of more than so many bytes.
            TimeoutError: It took too long.
            OSError: There is no connection.
        """
        request = self._request(url, body)
        async with asyncio.timeout(timeout_s):
            connection = self._kept() or await self._connected()
            try:
                answer = await connection.exchange(request, most)
            except BaseException:
                connection.abort()
                raise
        self._keep(connection)
        return answer

    async def stream(
        self,
        url: str,
        body: bytes,
        feed: Callable[[bytes], bool],
        *,
        timeout_s: float,
        silence_s: float,
        most: int,
    ) -> Answer:
        """Make a request and hand the body of a good answer on, piece by piece.

        Args:
            url: Where to.
            body: What is posted.
            feed: Takes a piece, and says whether it is the last that is wanted.
            timeout_s: For the whole.
            silence_s: Longest wait for the next piece.
            most: Bytes of an answer that is not good.

        Raises:
            BrokenExchange: No whole answer came.
            TimeoutError: It took too long.
            OSError: There is no connection.
        """
        request = self._request(url, body)
        async with asyncio.timeout(timeout_s):
            connection = self._kept() or await self._connected()
            try:
                answer = await connection.stream(request, most, feed, silence_s)
            except BaseException:
                connection.abort()
                raise
        self._keep(connection)
        return answer

    async def aclose(self) -> None:
        """Close all connections."""
        self._idle.clear()
        for connection in tuple(self._open):
            connection.abort()
        if self._open:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    await self._all_ended.wait()

    def _request(self, url: str, body: bytes | None) -> bytes:
        head = self._heads.get(url)
        if head is None:
            head = self._heads[url] = self._head(url)
        if body is None:
            return b"GET %s\r\n" % head
        return b"POST %sContent-Length: %d\r\n\r\n%s" % (head, len(body), body)

    def _head(self, url: str) -> bytes:
        parts = urlsplit(url)
        target = quote(parts.path or "/", safe=_SAFE)
        if parts.query:
            target += f"?{quote(parts.query, safe=_SAFE)}"
        host = self._shown_host()
        head = f"{target} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n"
        if self._proxy is not None and self._scheme == "http":
            head = f"http://{host}{head}"
            return head.encode() + self._proxy.authorization + self._headers
        return head.encode() + self._headers

    def _shown_host(self) -> str:
        host = _ascii(self._host)
        host = f"[{host}]" if ":" in host else host
        usual = 443 if self._scheme == "https" else 80
        return host if self._port == usual else f"{host}:{self._port}"

    # connections

    def _kept(self) -> Connection | None:
        """Return the idle connection that was used last, None where there is none."""
        while self._idle:
            since, connection = self._idle.pop()
            if asyncio.get_running_loop().time() - since > _KEPT_S:
                connection.abort()
            elif connection.is_idle:
                return connection
        return None

    def _keep(self, connection: Connection) -> None:
        if connection.is_idle:
            self._idle.append((asyncio.get_running_loop().time(), connection))

    async def _connected(self) -> Connection:
        try:
            async with asyncio.timeout(self._connect_s):
                return await self._connect()
        except TimeoutError:
            raise BrokenExchange(f"no connection within {self._connect_s:g} s") from None
        except UnicodeError:
            raise BrokenExchange(f"{self._host!r} is no name of a host") from None

    async def _connect(self) -> Connection:
        proxy, is_encrypted = self._proxy, self._scheme == "https"
        if proxy is None:
            tls = self._context() if is_encrypted else None
            return self._known((await _dial(self._new, self._host, self._port, tls))[1])
        tls = self._context() if proxy.is_encrypted else None
        if not is_encrypted:
            return self._known((await _dial(self._new, proxy.host, proxy.port, tls))[1])
        transport, tunnel = await _dial(_Tunnel, proxy.host, proxy.port, tls)
        try:
            await tunnel.dig(_ascii(self._host), self._port, proxy)
            connection = self._new()
            loop = asyncio.get_running_loop()
            safe = await loop.start_tls(
                transport, connection, self._context(), server_hostname=self._host
            )
        except BaseException:
            transport.abort()
            raise
        assert safe is not None
        connection.wear(safe)
        return self._known(connection)

    def _new(self) -> Connection:
        return Connection(self._forget)

    def _known(self, connection: Connection) -> Connection:
        if not connection.is_gone:
            self._open.add(connection)
            self._all_ended.clear()
        return connection

    def _forget(self, connection: Connection) -> None:
        self._open.discard(connection)
        if not self._open:
            self._all_ended.set()

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls


class _Tunnel(asyncio.Protocol):
    """The first exchange with a proxy, which makes a tunnel of the connection."""

    def __init__(self) -> None:
        self._received = b""
        self._answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        is_whole = b"\r\n\r\n" in self._received or len(self._received) > _MOST_PROXY
        if is_whole and not self._answered.done():
            self._answered.set_result(self._received.split(b"\r\n", 1)[0])

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._answered.done():
            self._answered.set_result(b"")

    async def dig(self, host: str, port: int, proxy: Proxy) -> None:
        """Ask for a tunnel.

        Raises:
            BrokenExchange: The proxy will not make one.
        """
        where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        asked = f"CONNECT {where} HTTP/1.1\r\nHost: {where}\r\n".encode()
        self._transport.write(asked + proxy.authorization + b"\r\n")
        line = (await self._answered).decode("latin-1")
        status = line.split(" ", 2)[1:2]
        if status != ["200"]:
            raise BrokenExchange(
                f"the proxy {proxy.host}:{proxy.port} makes no way there: "
                f"{' '.join(status) or 'it hung up'}"
            )


async def _dial(
    factory: Callable[[], P], host: str, port: int, tls: ssl.SSLContext | None
) -> tuple[asyncio.Transport, P]:
    """Connect to whichever address of a name answers first."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    link = await start_connection(found, happy_eyeballs_delay=_EYEBALLS_S, interleave=1)
    try:
        name = host if tls else None
        return await loop.create_connection(factory, sock=link, ssl=tls, server_hostname=name)
    except BaseException:
        link.close()
        raise


def proxy_for(scheme: str, host: str, port: int) -> Proxy | None:
    """Return the proxy that the environment names for an address; local ones need none.

    Raises:
        ConfigError: It is of a kind that is not spoken.
    """
    if host in _LOCAL:
        return None
    from urllib.request import getproxies, proxy_bypass  # 20 ms, for few

    known = getproxies()
    named = known.get(scheme) or known.get("all")
    if not named or proxy_bypass(f"{host}:{port}"):
        return None
    parts: SplitResult = urlsplit(named if "://" in named else f"http://{named}")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(
            f"the proxy that the environment names for {scheme} is a {parts.scheme} one; Gadfly "
            "goes through http and https ones: name such a one, or except the host by NO_PROXY"
        )
    authorization = b""
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        authorization = b"Proxy-Authorization: Basic %s\r\n" % base64.b64encode(pair)
    return Proxy(
        host=parts.hostname,
        port=parts.port or (443 if parts.scheme == "https" else 80),
        is_encrypted=parts.scheme == "https",
        authorization=authorization,
    )


def _ascii(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode()
