"""Connections are kept, encrypted, and led through proxies as the environment says."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import ssl
from typing import TYPE_CHECKING

import pytest
import trustme

from gadfly.bot.errors import ConfigError
from gadfly.bot.server.connection import BrokenExchange
from gadfly.bot.server.pool import Pool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

HERE = "127.0.0.2"
"""An address that is not excepted from proxies."""
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """Answers every request with the same bytes, and notes what it was asked over what."""

    def __init__(self, answer: bytes = OK) -> None:
        self.answer = answer
        self.heads: list[bytes] = []
        self.connections = 0
        self.writers: list[asyncio.StreamWriter] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.append(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head)
                length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
                await reader.readexactly(int(length or 0))
                writer.write(self.answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


@contextlib.asynccontextmanager
async def listening(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Listen on a free port; gone when left."""
    server = await asyncio.start_server(handler, HERE, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0.01)


async def asked(pool: Pool, url: str, body: bytes | None = None) -> bytes:
    return (await pool.exchange(url, body, timeout_s=5, most=1000)).body


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> ssl.SSLContext:
    """A server's certificate, by an authority that this test trusts."""
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(HERE).configure_cert(context)
    pem = f"{tmp_path}/ca.pem"
    ca.cert_pem.write_to_path(pem)
    monkeypatch.setenv("SSL_CERT_FILE", pem)
    return context


def test_a_connection_is_used_again() -> None:
    """Requests one after the other need one connection, as many at a time as many."""
    server = Server()

    async def main() -> None:
        async with listening(server) as port:
            pool = Pool(f"http://{HERE}:{port}", connect_s=5)
            url = f"http://{HERE}:{port}/v1/x"
            for _ in range(3):
                assert await asked(pool, url, b"{}") == b"ok"
            assert server.connections == 1
            for _ in range(2):
                async with asyncio.TaskGroup() as group:
                    for _ in range(4):
                        group.create_task(asked(pool, url))
                assert server.connections == 4
            await pool.aclose()

    asyncio.run(main())


def test_a_connection_the_server_closed_is_not_used() -> None:
    """Servers let go of idle connections; the next request takes a new one."""
    server = Server()

    async def main() -> None:
        async with listening(server) as port:
            pool = Pool(f"http://{HERE}:{port}", connect_s=5)
            await asked(pool, f"http://{HERE}:{port}/")
            server.writers[0].close()
            await asyncio.sleep(0.05)
            assert await asked(pool, f"http://{HERE}:{port}/") == b"ok"
            assert server.connections == 2
            await pool.aclose()

    asyncio.run(main())


def test_a_request_broken_off_takes_its_connection_along() -> None:
    """An answer that comes after its asker has gone must not be the next one's."""

    async def main() -> None:
        server = Server()
        is_slow = True

        async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if is_slow:
                await reader.readuntil(b"\r\n\r\n")
                await asyncio.sleep(0.1)
                writer.write(OK.replace(b"ok", b"no"))
                writer.close()
            else:
                await server(reader, writer)

        async with listening(slow) as port:
            pool = Pool(f"http://{HERE}:{port}", connect_s=5)
            with pytest.raises(TimeoutError):
                await pool.exchange(f"http://{HERE}:{port}/", None, timeout_s=0.02, most=10)
            is_slow = False
            assert await asked(pool, f"http://{HERE}:{port}/") == b"ok"
            await asyncio.sleep(0.15)
            await pool.aclose()

    asyncio.run(main())


def test_what_is_sent() -> None:
    """Headers as given, the later of two of a name; paths and queries quoted, hosts with ports."""
    server = Server()

    async def main() -> None:
        async with listening(server) as port:
            pool = Pool(
                f"http://{HERE}:{port}",
                headers=[("User-Agent", "gadfly"), ("X-Name", "é"), ("user-agent", "me")],
                connect_s=5,
            )
            await asked(pool, f"http://{HERE}:{port}/a b/ü%20?q=x y&k=1\r\nX-Evil: 1")
            await pool.aclose()
            head = server.heads[0].decode()
            assert head.startswith("GET /a%20b/%C3%BC%20?q=x%20y&k=1")
            assert f"\r\nHost: {HERE}:{port}\r\n" in head
            assert "\r\nuser-agent: me\r\n" in head
            assert "User-Agent" not in head
            assert "\r\nX-Name: é\r\n" in head
            assert "\r\nX-Evil" not in head

    asyncio.run(main())


def test_an_encrypted_server_is_asked(authority: ssl.SSLContext) -> None:
    """With a certificate that is trusted."""
    server = Server()

    async def main() -> None:
        async with listening(server, authority) as port:
            pool = Pool(f"https://{HERE}:{port}", connect_s=5)
            for _ in range(2):
                assert await asked(pool, f"https://{HERE}:{port}/") == b"ok"
            assert server.connections == 1
            await pool.aclose()

    asyncio.run(main())


def test_a_certificate_nobody_vouches_for_is_refused(
    authority: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is the one that is not worth another attempt."""
    monkeypatch.delenv("SSL_CERT_FILE")

    async def main() -> None:
        async with listening(Server(), authority) as port:
            pool = Pool(f"https://{HERE}:{port}", connect_s=5)
            with pytest.raises(ssl.SSLCertVerificationError):
                await asked(pool, f"https://{HERE}:{port}/")
            await pool.aclose()

    asyncio.run(main())


def test_a_proxy_is_asked_for_the_whole_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its user and password, and only where the environment does not except the host."""
    proxy = Server()

    async def main() -> None:
        async with listening(proxy) as port:
            monkeypatch.setenv("http_proxy", f"http://me:p%40ss@{HERE}:{port}")
            pool = Pool("http://models.example:8000", connect_s=5)
            assert await asked(pool, "http://models.example:8000/v1/models?x=1") == b"ok"
            await pool.aclose()
            head = proxy.heads[0].decode()
            assert head.startswith("GET http://models.example:8000/v1/models?x=1 HTTP/1.1\r\n")
            assert "\r\nHost: models.example:8000\r\n" in head
            basic = base64.b64encode(b"me:p@ss").decode()
            assert f"\r\nProxy-Authorization: Basic {basic}\r\n" in head

    asyncio.run(main())


@pytest.mark.parametrize("host", [HERE, "localhost", "127.0.0.1"])
def test_a_proxy_is_passed_by(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By NO_PROXY, and always for this machine."""
    server = Server()
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", HERE)

    async def main() -> None:
        other = await asyncio.start_server(server, host)
        port = other.sockets[0].getsockname()[1]
        pool = Pool(f"http://{host}:{port}", connect_s=5)
        assert await asked(pool, f"http://{host}:{port}/") == b"ok"
        await pool.aclose()
        other.close()
        await other.wait_closed()
        await asyncio.sleep(0.01)

    asyncio.run(main())


@pytest.mark.parametrize("is_safe_proxy", [False, True])
def test_an_encrypted_server_is_reached_by_a_tunnel(
    authority: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, *, is_safe_proxy: bool
) -> None:
    """The proxy, itself encrypted or not, sees where to and nothing of what is said."""
    server, asked_for, passed = Server(), list[bytes](), list[bytes]()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                passed.append(data)
                writer.write(data)
        writer.close()

    async def main() -> None:
        async with listening(server, authority) as port:

            async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                asked_for.append(await reader.readuntil(b"\r\n\r\n"))
                there = await asyncio.open_connection(HERE, port)
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                async with asyncio.TaskGroup() as group:
                    group.create_task(pump(reader, there[1]))
                    group.create_task(pump(there[0], writer))

            async with listening(tunnel, authority if is_safe_proxy else None) as proxy:
                scheme = "https" if is_safe_proxy else "http"
                monkeypatch.setenv("https_proxy", f"{scheme}://me:pw@{HERE}:{proxy}")
                pool = Pool(f"https://{HERE}:{port}", connect_s=5)
                for _ in range(2):
                    assert await asked(pool, f"https://{HERE}:{port}/v1", b"secret") == b"ok"
                await pool.aclose()
                await asyncio.sleep(0.05)
        assert len(asked_for) == 1
        assert asked_for[0].startswith(f"CONNECT {HERE}:{port} HTTP/1.1\r\n".encode())
        assert b"Proxy-Authorization: Basic " in asked_for[0]
        assert b"secret" not in b"".join(passed)

    asyncio.run(main())


def test_a_proxy_that_makes_no_way_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its status is told, its password is not."""
    proxy = Server(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")

    async def main() -> None:
        async with listening(proxy) as port:
            monkeypatch.setenv("https_proxy", f"http://me:hunter2@{HERE}:{port}")
            pool = Pool("https://models.example", connect_s=5)
            with pytest.raises(BrokenExchange, match="makes no way there: 407") as caught:
                await asked(pool, "https://models.example/")
            assert "hunter2" not in str(caught.value)
            await pool.aclose()

    asyncio.run(main())


def test_a_proxy_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do instead."""
    monkeypatch.setenv("all_proxy", f"socks5://{HERE}:1080")

    with pytest.raises(ConfigError, match=r"is a socks5 one.*NO_PROXY"):
        Pool("https://models.example", connect_s=5)


def test_a_host_that_is_no_name_is_refused() -> None:
    """Names that no address can have are told apart from servers that are down."""

    async def main() -> None:
        pool = Pool(f"http://{'x' * 70}.example", connect_s=5)
        with pytest.raises((BrokenExchange, OSError)):
            await asked(pool, f"http://{'x' * 70}.example/")
        await pool.aclose()

    asyncio.run(main())


def test_a_connection_that_does_not_come_is_given_up() -> None:
    """A server whose door stays shut costs the time set for connecting, no more."""

    async def main() -> None:
        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        async with listening(silent) as port:
            pool = Pool(f"https://{HERE}:{port}", connect_s=0.1)
            with pytest.raises(BrokenExchange, match=r"no connection within 0\.1 s"):
                await asked(pool, f"https://{HERE}:{port}/")
            await pool.aclose()
            await asyncio.sleep(0.05)

    asyncio.run(main())
