"""The HTTP side: one connection pool, bounded retries, timeouts, limits.

Knows nothing of completions. Answers to one base address are read as JSON by the caller.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson

from gadfly.bot.errors import MalformedReply, RespondentError, TransportError
from gadfly.bot.server.failure import RETRIED, error_of, read_refusal, retry_after, sanitised
from gadfly.bot.server.pool import NETWORK, Pool

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.server.connection import Answer
    from gadfly.bot.server.settings import Address, ServerSettings

_FIRST_PAUSE_S = 0.5
_MOST_BYTES = 64 * 1024 * 1024
_STREAM_FACTOR = 5


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer over the wire, whatever its status."""

    status: int
    body: bytes
    retry_after_s: float | None = None
    location: str = ""


class Wire:
    """Sends requests to one server; safe to use from many tasks of one event loop.

    `died` is asked before each retry: when it returns a reason the server is known to be gone,
    and no attempt is wasted on it.
    """

    def __init__(
        self,
        address: Address,
        settings: ServerSettings,
        *,
        died: Callable[[], str | None] | None = None,
    ) -> None:
        self.shown = address.base
        self._address = address
        self._settings = settings
        self._died = died or (lambda: None)
        self._slots = asyncio.Semaphore(settings.connections)
        self._pool: Pool | None = None
        self._has_answered = False
        self._posts = address.url("chat/completions")
        self._secrets = tuple(
            s
            for told in (settings.api_key, address.basic, *(v for _, v in settings.headers))
            for s in (told or "", *(told or "").split()[1:])
            if len(s) > 3
        ) + tuple(s for s in address.secrets if len(s) > 3)

    def connect(self) -> None:
        """Make the pool; must run inside the event loop that will use it. Idempotent."""
        if self._pool is not None:
            return
        s = self._settings
        headers = {
            "Content-Type": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "gadfly",
        }
        if self._address.basic:
            headers["Authorization"] = self._address.basic
        if s.api_key:
            headers["Authorization"] = f"Bearer {s.api_key}"
        self._pool = Pool(
            self.shown, headers=[*headers.items(), *s.headers], connect_s=s.connect_timeout_s
        )

    async def aclose(self) -> None:
        """Close the pool; idempotent."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.aclose()

    async def complete(self, payload: dict[str, Any], salt: bytes) -> dict[str, Any]:
        """Post a chat completion request and return the reply's JSON object.

        Args:
            payload: The request.
            salt: What the jitter of the pauses between attempts derives from.

        Raises:
            RespondentError: The server refused, failed, or sent something that is no JSON object.
        """
        return self.parsed(await self.ask(self._posts, payload, salt))

    def parsed(self, response: Response) -> dict[str, Any]:
        """Return the JSON object of a good answer, or raise what a bad one comes to."""
        if response.status != 200:
            raise self.error(response)
        try:
            reply = orjson.loads(response.body)
        except ValueError:
            reply = self._leniently(response.body)
        if not isinstance(reply, dict):
            raise MalformedReply(f"{self.shown} sent JSON that is no object")
        return reply

    def _leniently(self, body: bytes) -> Any:
        """Read JSON with broken UTF-8, lone surrogates or NaN in it, as some servers write it."""
        try:
            return json.loads(body.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            start = sanitised(body[:200].decode("utf-8", "replace"), self._secrets, 80)
            raise MalformedReply(
                f"{self.shown} sent something that is no JSON, starting {start!r}; "
                "is this the address of an OpenAI-compatible API?"
            ) from None

    def error(self, response: Response) -> RespondentError:
        """Return the error an answer with a bad status comes to."""
        if 300 <= response.status < 400:
            return RespondentError(
                f"{self.shown} redirects elsewhere ({response.status})"
                + (f", to {response.location}" if response.location else "")
                + "; give that address itself"
            )
        if 200 <= response.status < 300:
            return MalformedReply(f"{self.shown} answered {response.status} instead of a reply")
        refusal = read_refusal(response.status, response.body, self._secrets)
        return error_of(refusal, self.shown)

    async def ask(
        self,
        url: str,
        payload: dict[str, Any] | None,
        salt: bytes = b"",
        *,
        retries: int | None = None,
    ) -> Response:
        """Send one request (GET without a payload), trying again where that may help.

        Returns the last answer whatever its status.

        Raises:
            TransportError: No answer came.
        """
        body = None if payload is None else encoded(payload)
        most = self._settings.retries if retries is None else retries
        attempt, before = 0, None
        while True:
            try:
                response = await self._once(url, body)
            except NETWORK as error:
                if attempt >= self._patience(error, most):
                    raise self._unreachable(error, before) from error
                asked_s = None
            else:
                if response.status not in RETRIED or attempt >= most:
                    return response
                before, asked_s = response, response.retry_after_s
            self._check_alive()
            await asyncio.sleep(self._pause(attempt, asked_s, salt))
            attempt += 1

    async def _once(self, url: str, body: bytes | None) -> Response:
        pool = self._open_pool()
        async with self._slots:
            answer = await pool.exchange(
                url, body, timeout_s=self._settings.timeout_s, most=_MOST_BYTES
            )
        self._has_answered = True
        return _response(answer)

    async def stream(
        self,
        payload: dict[str, Any],
        salt: bytes,
        feed: Callable[[bytes], bool],
        *,
        retries: int | None = None,
    ) -> None:
        """Post a streaming request and hand each piece of the body to `feed` until it says True.

        Tries again only as long as nothing has been handed over.

        Raises:
            RespondentError: The server refused, failed, or the stream broke off.
        """
        body = encoded(payload)
        attempt, most = 0, self._settings.retries if retries is None else retries
        while True:
            started = False

            def note(piece: bytes) -> bool:
                nonlocal started
                started = True
                return feed(piece)

            try:
                response = await self._stream_once(body, note)
            except NETWORK as error:
                if started:
                    raise self._cut(error) from error
                if attempt >= self._patience(error, most):
                    raise self._unreachable(error, None) from error
                response = None
            if response is not None and (response.status not in RETRIED or attempt >= most):
                if response.status == 200:
                    return
                raise self.error(response)
            self._check_alive()
            asked_s = None if response is None else response.retry_after_s
            await asyncio.sleep(self._pause(attempt, asked_s, salt))
            attempt += 1

    async def _stream_once(self, body: bytes, feed: Callable[[bytes], bool]) -> Response:
        pool, s = self._open_pool(), self._settings
        async with self._slots:
            answer = await pool.stream(
                self._posts,
                body,
                feed,
                timeout_s=s.timeout_s * _STREAM_FACTOR,
                silence_s=s.timeout_s,
                most=_MOST_BYTES,
            )
        self._has_answered = True
        return _response(answer)

    def _open_pool(self) -> Pool:
        if self._pool is None:
            raise RespondentError(f"the connection to {self.shown} is not open")
        return self._pool

    def _check_alive(self) -> None:
        reason = self._died()
        if reason is not None:
            raise TransportError(reason)

    def _patience(self, error: BaseException, most: int) -> int:
        """Return how many retries an error is worth.

        A server that never answered is most likely not there, and one that let a whole timeout
        pass once will hardly do better four times.
        """
        if isinstance(error, ssl.SSLCertVerificationError):
            return 0
        if isinstance(error, TimeoutError) or not self._has_answered:
            return min(most, 1)
        return most

    def _pause(self, attempt: int, asked_s: float | None, salt: bytes) -> float:
        """Return seconds to wait: exponential, with jitter fixed by the call, or as asked."""
        raw = hashlib.blake2b(salt + bytes((attempt & 255,)), digest_size=2).digest()
        jitter = 0.5 + int.from_bytes(raw, "big") / 65535
        own_s = _FIRST_PAUSE_S * 2.0 ** min(attempt, 10) * jitter
        # Jitter on top of what was asked keeps a crowd from coming back all at once.
        wanted_s = own_s if asked_s is None else asked_s + 0.1 * jitter * min(asked_s, 1.0)
        return min(wanted_s, self._settings.retry_cap_s)

    def _unreachable(self, error: BaseException, before: Response | None) -> TransportError:
        reason = self._died()
        if reason is not None:
            return TransportError(reason)
        if isinstance(error, TimeoutError):
            return TransportError(
                f"{self.shown} did not answer within {self._settings.timeout_s:g} s; it is stuck "
                "or overloaded (lower --concurrency, or raise --timeout)"
            )
        why = sanitised(str(error) or type(error).__name__, self._secrets, 160)
        if before is not None and before.status >= 500:
            said = read_refusal(before.status, before.body, self._secrets).text
            return TransportError(
                f"the server at {self.shown} died: it answered {before.status} ({said}) and then "
                f"no more ({why}); restart it. A CPU build of vLLM dies of seeds unless started "
                "with --no-enable-chunked-prefill"
            )
        if self._has_answered:
            return TransportError(
                f"the server at {self.shown} stopped answering ({why}); it died or was stopped: "
                "restart it and run the same command again"
            )
        return TransportError(
            f"nothing answers at {self.shown} ({why}); start the server, or check host and port"
        )

    def _cut(self, error: BaseException) -> TransportError:
        reason = self._died()
        why = sanitised(str(error) or type(error).__name__, self._secrets, 160)
        return TransportError(reason or f"the stream from {self.shown} broke off ({why})")


def encoded(payload: dict[str, Any]) -> bytes:
    """Return the payload as JSON; lone surrogates, which no wire carries, become U+FFFD."""
    try:
        return orjson.dumps(payload)
    except TypeError:
        text = json.dumps(payload, ensure_ascii=False)
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _response(answer: Answer) -> Response:
    if answer.status == 200:
        return Response(200, answer.body)
    wait_s = retry_after(_text(answer, b"retry-after"))
    return Response(answer.status, answer.body, wait_s, _bare(_text(answer, b"location") or ""))


def _text(answer: Answer, name: bytes) -> str | None:
    value = answer.headers.get(name)
    return None if value is None else value.decode("utf-8", "replace")


def _bare(location: str) -> str:
    """Return where a redirect leads, without user, query and fragment."""
    if not location:
        return ""
    try:
        parts = urlsplit(location)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return sanitised(f"{parts.scheme}://{host}{port}{parts.path}" if host else parts.path)
