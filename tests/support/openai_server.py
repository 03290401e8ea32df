"""An OpenAI-compatible server over a simulant, on a real socket, with switches for its faults.

Speaks like vLLM where it matters to a client: seeds, label log-probabilities at the first token,
exact token ids, begun answers, prompt log-probabilities, streams. A token is a word with the
white space before it.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import re
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Self

import orjson
from aiohttp import web

from gadfly.bot.call import Sampling, ask_labels, ask_reply, ask_score
from gadfly.bot.message import Conversation

if TYPE_CHECKING:
    from gadfly.bot.simulant import Simulant

Kind = Literal["reply", "labels", "score"]

TOP = 20
_TOKEN = re.compile(r"\s*\S+")
_ELSEWHERE = -25.0
"""Log-probability of a token that nobody would say."""
_CONTEXT_LOGPROB = -2.0
"""Log-probability of each prompt token outside what is scored."""
_CHOICE_STEP = 1_000_003
"""Seeds of the choices of one request lie this far apart."""


@dataclass(slots=True, kw_only=True)
class Switches:
    """What the server can do; may be changed while it runs."""

    logprobs: bool = True
    exact_ids: bool = True
    prefill: bool = True
    prompt_logprobs: bool = True
    tokenize: bool = True
    streaming: bool = True
    seeds: bool = True
    """Off: a request with a seed is refused."""
    delay_s: float = 0.0
    """Wait before each answer."""
    word_s: float = 0.0
    """Wait before each word of a stream."""
    cut_after: int | None = None
    """Words after which a stream is cut off without a word."""
    die_after: int | None = None
    """Chat requests answered before the server goes away without a word."""
    statuses: deque[int] = field(default_factory=deque)
    """HTTP statuses with which the next chat requests are refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One chat request that was answered."""

    body: bytes
    """Digest of the whole body."""
    messages: bytes
    """Digest of the messages, a begun answer included."""
    seed: int | None
    kind: Kind


class SimulantServer:
    """Serves one simulant; use it as a context manager, from sync tests or with `async with`.

    Entered synchronously it runs a loop in a thread of its own.
    """

    def __init__(
        self,
        simulant: Simulant,
        *,
        model: str = "simulant",
        fingerprint: str = "gadfly-test-1",
        switches: Switches | None = None,
        port: int = 0,
    ) -> None:
        self.simulant = simulant
        self.model = model
        self.fingerprint = fingerprint
        self.switches = switches or Switches()
        self.seen: list[Seen] = []
        """Every chat request answered, in order of arrival."""
        self.hung_up = threading.Event()
        """Set once a client has left in mid-stream."""
        self.port = port
        self._ids: dict[str, int] = {}
        self._words: list[str] = []
        self._unseeded = 0
        self._site: web.TCPSite | None = None
        self._runner: web.AppRunner | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Base address, ending in ``/v1``."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def distinct(self) -> frozenset[tuple[bytes, int | None]]:
        """Distinct (messages, seed) pairs among the requests answered."""
        return frozenset((seen.messages, seen.seed) for seen in self.seen)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_get("/v1/models", self._models)
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_post("/tokenize", self._tokenize)
        app.router.add_get("/health", self._health)
        app.router.add_get("/version", self._version)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await self._site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def __enter__(self) -> Self:
        started = threading.Event()
        failures: list[OSError] = []

        def serve() -> None:
            loop = self._loop = asyncio.new_event_loop()
            try:
                loop.run_until_complete(self.__aenter__())
            except OSError as error:
                failures.append(error)
                return
            finally:
                started.set()
            loop.run_forever()
            loop.run_until_complete(self.__aexit__())
            loop.run_until_complete(_abandon())

        self._thread = threading.Thread(target=serve, name="simulant-server", daemon=True)
        self._thread.start()
        started.wait()
        if failures:
            self._close_loop()
            raise failures[0]
        return self

    def __exit__(self, *_: object) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._close_loop()

    def _close_loop(self) -> None:
        if self._thread is not None:
            self._thread.join()
        if self._loop is not None:
            self._loop.close()

    async def _models(self, _: web.Request) -> web.Response:
        entry = {
            "id": self.model,
            "object": "model",
            "created": 0,
            "owned_by": "gadfly-test",
            "root": self.model,
            "max_model_len": 32768,
        }
        return _json({"object": "list", "data": [entry]})

    async def _health(self, _: web.Request) -> web.Response:
        return web.Response()

    async def _version(self, _: web.Request) -> web.Response:
        return _json({"version": "0.0"})

    async def _tokenize(self, request: web.Request) -> web.Response:
        if not self.switches.tokenize:
            raise web.HTTPNotFound
        body = orjson.loads(await request.read())
        tokens = self._prompt(body) if "messages" in body else self._tokens(body["prompt"])
        return _json({"count": len(tokens), "tokens": tokens, "max_model_len": 32768})

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        if self._is_to_die():
            return await self._die(request)
        if self.switches.statuses:
            return _refused(self.switches.statuses.popleft(), "out of order, as told")
        try:
            body = orjson.loads(raw)
            refusal = self._refusal(body)
            asked = _Asked(body, has_prefill=self.switches.prefill)
        except (ValueError, TypeError, KeyError, AttributeError):
            return _refused(400, "this is no chat completion request")
        if refusal is not None:
            return refusal
        if self.switches.delay_s:
            await asyncio.sleep(self.switches.delay_s)
        kind = self._kind(body, asked)
        self.seen.append(
            Seen(body=_digest(raw), messages=asked.digest, seed=body.get("seed"), kind=kind)
        )
        if body.get("stream") and self.switches.streaming:
            return await self._stream(request, body, asked)
        return _json(self._answer(body, asked, kind))

    def _is_to_die(self) -> bool:
        limit = self.switches.die_after
        return limit is not None and len(self.seen) >= limit

    async def _die(self, request: web.Request) -> web.Response:
        """Close the listening socket and cut the connection, as a crash does."""
        if self._site is not None:
            site, self._site = self._site, None
            await site.stop()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _refusal(self, body: dict[str, Any]) -> web.Response | None:
        if body.get("model", self.model) != self.model:
            message = f"The model `{body['model']}` does not exist."
            return _refused(404, message, kind="NotFoundError", param="model")
        if "seed" in body and not self.switches.seeds:
            return _refused(400, "seed is not supported", param="seed")
        temperature = body.get("temperature", 1.0)
        if not body["messages"] or not 0.0 <= temperature <= 2.0 or body.get("max_tokens", 1) < 1:
            return _refused(400, "a parameter is out of range")
        if body.get("n", 1) > 1 and temperature == 0.0:
            return _refused(400, "n must be 1 at temperature 0", param="n")
        if body.get("stream") and not self.switches.streaming:
            return _refused(400, "streaming is not supported", param="stream")
        return None

    def _kind(self, body: dict[str, Any], asked: _Asked) -> Kind:
        if "prompt_logprobs" in body and asked.begun and self.switches.prompt_logprobs:
            return "score"
        if body.get("logprobs") and self._labels(asked):
            return "labels"
        return "reply"

    def _labels(self, asked: _Asked) -> tuple[str, ...]:
        listing = self.simulant.listing(asked.conversation)
        if listing is None or not (listing.is_labelled and listing.is_readout):
            return ()
        return tuple(option.label for option in listing.options)

    def _answer(self, body: dict[str, Any], asked: _Asked, kind: Kind) -> dict[str, Any]:
        """Return a whole reply."""
        choices = []
        n_tokens = 0
        first = self._seed(body, kind)
        for index in range(body.get("n", 1)):
            text, finish = self._text(body, asked, first + index * _CHOICE_STEP)
            n_tokens += len(_TOKEN.findall(text))
            choice: dict[str, Any] = {
                "index": index,
                "message": {"role": "assistant", "content": text},
                "finish_reason": finish,
                "logprobs": None,
            }
            if body.get("logprobs") and self.switches.logprobs:
                rows = self._rows(body, asked, text, first)
                choice["logprobs"] = {"content": [{**rows[0], "top_logprobs": rows}]}
            choices.append(choice)
        prompt = self._prompt(body)
        reply: dict[str, Any] = {
            "id": f"chatcmpl-{len(self.seen)}",
            "object": "chat.completion",
            "created": 0,
            "model": self.model,
            "choices": choices,
            "usage": {
                "prompt_tokens": len(prompt),
                "completion_tokens": n_tokens,
                "total_tokens": len(prompt) + n_tokens,
            },
            "system_fingerprint": self.fingerprint,
        }
        if "prompt_logprobs" in body and self.switches.prompt_logprobs:
            reply["prompt_logprobs"] = self._prompt_rows(prompt, asked, first)
        return reply

    def _seed(self, body: dict[str, Any], kind: Kind) -> int:
        """Return the simulant's seed: as asked for; for replies without one, another each time."""
        if body.get("seed") is not None:
            return int(body["seed"])
        if kind != "reply":
            return 0
        self._unseeded += 1
        return self._unseeded

    def _text(self, body: dict[str, Any], asked: _Asked, seed: int) -> tuple[str, str]:
        sampling = Sampling(
            temperature=body.get("temperature", 1.0),
            max_tokens=body.get("max_tokens") or body.get("max_completion_tokens") or 4096,
        )
        done = self.simulant.answer(ask_reply(asked.conversation, sampling), seed)
        gap = " " if asked.begun and not asked.begun[-1].isspace() else ""
        return gap + done.text, done.finish

    def _rows(
        self, body: dict[str, Any], asked: _Asked, text: str, seed: int
    ) -> list[dict[str, Any]]:
        """Return first-token log-probabilities, as exact ids or as the likeliest tokens."""
        chances = self._first_tokens(asked, text, seed)
        if body.get("logprob_token_ids") and self.switches.exact_ids:
            rows = [
                (f"token_id:{i}", chances.get(self._words[i], _ELSEWHERE))
                for i in body["logprob_token_ids"]
            ]
        else:
            ranked = sorted(chances.items(), key=lambda row: -row[1])
            rows = ranked[: min(int(body.get("top_logprobs", 0)), TOP)] or ranked[:1]
        return [{"token": token, "logprob": value, "bytes": None} for token, value in rows]

    def _first_tokens(self, asked: _Asked, text: str, seed: int) -> dict[str, float]:
        gap = " " if asked.begun and not asked.begun[-1].isspace() else ""
        labels = self._labels(asked)
        if labels:
            request = ask_labels(asked.conversation, labels, temperature=1.0)
            told = self.simulant.answer(request, seed).logprobs
            chances = {gap + label: value for label, value in told.items()}
        else:
            chances = {(_TOKEN.findall(text) or ["."])[0]: math.log(0.9)}
        rest = max(1e-12, 1.0 - sum(math.exp(value) for value in chances.values()))
        fill = TOP - len(chances)
        return chances | {f"{gap}filler{i}": math.log(rest / fill) for i in range(fill)}

    def _prompt_rows(
        self, prompt: list[int], asked: _Asked, seed: int
    ) -> list[dict[str, Any] | None]:
        """Return one row per prompt token; a begun answer's sum to the simulant's likelihood."""
        n_begun = len(_TOKEN.findall(asked.begun))
        each = 0.0
        if n_begun:
            told = self.simulant.answer(ask_score(asked.conversation, (asked.begun,)), seed)
            each = told.logprobs[asked.begun] / n_begun
        rows: list[dict[str, Any] | None] = [None]
        for place, token in enumerate(prompt[1:], start=1):
            value = each if place >= len(prompt) - n_begun else _CONTEXT_LOGPROB
            row = {"logprob": value, "rank": 1, "decoded_token": self._words[token]}
            rows.append({str(token): row})
        return rows

    async def _stream(
        self, request: web.Request, body: dict[str, Any], asked: _Asked
    ) -> web.StreamResponse:
        text, finish = self._text(body, asked, self._seed(body, "reply"))
        tokens = _TOKEN.findall(text)
        deltas: list[tuple[dict[str, str], str | None]] = [
            ({"role": "assistant", "content": ""}, None)
        ]
        deltas += [({"content": token}, None) for token in tokens]
        deltas.append(({}, finish))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for sent, (delta, end) in enumerate(deltas):
            if sent and self.switches.word_s:
                await asyncio.sleep(self.switches.word_s)
            if sent == self.switches.cut_after and request.transport is not None:
                request.transport.abort()
                return response
            choice = {"index": 0, "delta": delta, "finish_reason": end}
            try:
                await response.write(self._event([choice]))
            except ConnectionResetError:
                self.hung_up.set()
                raise
        if (body.get("stream_options") or {}).get("include_usage"):
            n_prompt = len(self._prompt(body))
            usage = {"prompt_tokens": n_prompt, "completion_tokens": len(tokens)}
            await response.write(self._event([], usage))
        await response.write(b"data: [DONE]\n\n")
        await response.write_eof()
        return response

    def _event(self, choices: list[dict[str, Any]], usage: dict[str, int] | None = None) -> bytes:
        event: dict[str, Any] = {
            "object": "chat.completion.chunk",
            "model": self.model,
            "choices": choices,
            "system_fingerprint": self.fingerprint,
        }
        if usage is not None:
            event["usage"] = usage
        return b"data: " + orjson.dumps(event) + b"\n\n"

    def _prompt(self, body: dict[str, Any]) -> list[int]:
        """Apply a template: role marks around the words, the last message open if begun."""
        is_open = bool(self.switches.prefill and body.get("continue_final_message"))
        tokens: list[int] = []
        for message in body["messages"]:
            tokens += self._tokens(f"<{message['role']}>")
            tokens += self._tokens(message["content"])
            tokens += self._tokens("<end>")
        return tokens[:-1] if is_open else tokens + self._tokens("<assistant>")

    def _tokens(self, text: str) -> list[int]:
        found = []
        for word in _TOKEN.findall(text.rstrip()):  # else quadratic in white space
            if word not in self._ids:
                self._ids[word] = len(self._words)
                self._words.append(word)
            found.append(self._ids[word])
        return found


class _Asked:
    """The conversation of a request, and the answer begun in it."""

    def __init__(self, body: dict[str, Any], *, has_prefill: bool) -> None:
        messages = [(m["role"], m["content"]) for m in body["messages"]]
        self.begun = ""
        h = hashlib.blake2b(repr(messages).encode("utf-8", "surrogatepass"), digest_size=16)
        self.digest = h.digest()
        if messages and messages[-1][0] == "assistant":
            _, begun = messages.pop()
            self.begun = begun if has_prefill and body.get("continue_final_message") else ""
        self.conversation = Conversation()
        for role, text in messages:
            self.conversation = self.conversation.then(role, text)


async def _abandon() -> None:
    """Cancel the answers that are still being made."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    if left:
        await asyncio.wait(left)


def _digest(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=16).digest()


def _json(content: dict[str, Any]) -> web.Response:
    return web.Response(body=orjson.dumps(content), content_type="application/json")


def _refused(
    status: int, message: str, *, kind: str = "BadRequestError", param: str | None = None
) -> web.Response:
    error = {"message": message, "type": kind, "param": param, "code": status}
    body = orjson.dumps({"error": error})
    return web.Response(status=status, body=body, content_type="application/json")
