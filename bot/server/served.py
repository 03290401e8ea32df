"""A respondent behind an OpenAI-compatible server: vLLM, SGLang, llama.cpp, a hosted API."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, assert_never

from gadfly.bot.completion import Completion
from gadfly.bot.errors import ConfigError, MalformedReply, RespondentError, Unsupported
from gadfly.bot.foreign import plain
from gadfly.bot.identity import Identity
from gadfly.bot.server.catalog import look_up
from gadfly.bot.server.detection import Detection, tokens
from gadfly.bot.server.failure import sanitised
from gadfly.bot.server.reply import (
    alternatives,
    labels_by_id,
    labels_by_text,
    read_reply,
    scored,
    usage_of,
)
from gadfly.bot.server.settings import ServerSettings, address
from gadfly.bot.server.sse import Stream
from gadfly.bot.server.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.call import Call
    from gadfly.bot.message import Conversation
    from gadfly.bot.respondent import Capabilities
    from gadfly.bot.server.catalog import Entry
    from gadfly.bot.server.detection import Found

_MOST_LABELS_KEPT = 4096


class Served:
    """A model at an address.

    Args:
        url: ``http://HOST:PORT/v1``, with ``#MODEL`` if `model` is not given.
        model: Its name there; None takes the only one served.
        settings: Keys, headers, timeouts.
        died: Says why the server is known to be gone, if it is; asked before each retry.
    """

    def __init__(
        self,
        url: str,
        model: str | None = None,
        *,
        settings: ServerSettings | None = None,
        died: Callable[[], str | None] | None = None,
    ) -> None:
        self._settings = settings or ServerSettings()
        self._address = address(url)
        if model and self._address.model and model != self._address.model:
            raise ConfigError(f"two models named: {model!r} and {self._address.model!r}")
        self._model = model or self._address.model
        self._wire = Wire(self._address, self._settings, died=died)
        self._opening = asyncio.Lock()
        self._identity: Identity | None = None
        self._found: Found | None = None
        self._is_vllm = False
        self._label_ids: dict[tuple[str, str], int] = {}
        self._looking_up = asyncio.Lock()

    @property
    def spec(self) -> str:
        """The address, without user, password and query, and the model."""
        return self._address.base + (f"#{self._model}" if self._model else "")

    @property
    def capabilities(self) -> Capabilities:
        """What the server can do; valid after `open`."""
        return self._opened().capabilities

    async def open(self, talk: Callable[[str], None]) -> Identity:
        """Find the model, find out what the server can do, and say who answers there.

        Raises:
            ConfigError: There is no such model at that address.
            RespondentError: The server cannot be reached or refuses.
        """
        async with self._opening:
            if self._identity is None:
                self._wire.connect()
                try:
                    self._identity = await self._introduced(talk)
                finally:
                    if self._identity is None:
                        await self._wire.aclose()
            return self._identity

    async def _introduced(self, talk: Callable[[str], None]) -> Identity:
        entry = await look_up(self._wire, self._address, self._model)
        talk(
            f"asking {entry.model} at {self._address.base} what it can do "
            "(a first request can take some seconds)"
        )
        detection = Detection(self._wire, self._address, entry)
        self._found = await detection.run(self._settings)
        self._model = entry.model
        self._is_vllm = entry.is_vllm
        return self._identified(entry, self._found)

    def _identified(self, entry: Entry, found: Found) -> Identity:
        # Hosted APIs change their fingerprint from one request to the next.
        server = entry.owner
        if entry.is_vllm:
            server = found.fingerprint or f"vllm-{entry.version}".rstrip("-")
            if entry.version and entry.version not in server:
                server = f"vllm-{entry.version}-{server}"
        if self._settings.headers_hash:
            server = f"{server}+headers-{self._settings.headers_hash}".lstrip("+")
        # A name may stand for another one, dated, that changes in the course of time.
        told = "" if found.model == entry.model else sanitised(found.model, longest=120)
        return Identity(
            model=entry.model,
            revision=entry.revision or told,
            server=server,
        )

    async def respond(self, call: Call) -> Completion:
        """Answer one call.

        Raises:
            Unsupported: The server cannot do this kind of request.
            RespondentError: No answer could be had.
        """
        kind = call.request.kind
        if call.request.prefill and not self.capabilities.prefill:
            raise Unsupported(f"{self.spec} does not go on with an answer begun for it")
        if kind == "reply":
            return await self._reply(call)
        if kind == "labels":
            return await self._labels(call)
        if kind == "score":
            return await self._score(call)
        assert_never(kind)

    async def stream(
        self,
        call: Call,
        on_text: Callable[[str], None],
        on_thought: Callable[[str], None] | None = None,
    ) -> Completion:
        """Answer a call of kind "reply" piece by piece; see `respondent.Streaming`.

        Raises:
            Unsupported: The server does not stream, or the call asks for no reply.
            RespondentError: No answer could be had, or the stream broke off.
        """
        found = self._opened()
        if call.request.kind != "reply" or not found.capabilities.streaming:
            raise Unsupported(f"{self.spec} cannot stream this request")
        if call.request.prefill and not found.capabilities.prefill:
            raise Unsupported(f"{self.spec} does not go on with an answer begun for it")
        body = found.dialect.reply(call) | {"stream": True}
        if found.dialect.sends_usage_option:
            body["stream_options"] = {"include_usage": True}
        stream = Stream(self._address.base, on_text, on_thought)
        start = perf_counter()
        await self._wire.stream(body, call.key, stream.feed)
        return stream.completion((perf_counter() - start) * 1000)

    async def aclose(self) -> None:
        """Close all connections; a later `open` starts anew."""
        self._identity = None
        await self._wire.aclose()

    async def _reply(self, call: Call) -> Completion:
        start = perf_counter()
        reply = await self._wire.complete(self._opened().dialect.reply(call), call.key)
        self._check_same(reply)
        return read_reply(reply, self._address.base, (perf_counter() - start) * 1000)

    async def _labels(self, call: Call) -> Completion:
        found, labels, shown = self._opened(), call.request.options, self._address.base
        if not found.capabilities.labels:
            raise Unsupported(f"{self.spec} reports no log-probabilities")
        start = perf_counter()
        ids: tuple[int, ...] = ()
        if found.dialect.exact_ids:
            ids = self._known_ids(call) or await self._find_ids(call)
        reply = await self._wire.complete(found.dialect.labels(call, ids), call.key)
        self._check_same(reply)
        told = alternatives(reply, shown)
        if ids:
            logprobs = labels_by_id(told, labels, ids, shown)
        else:
            if len(told) < found.dialect.top:
                raise MalformedReply(
                    f"{shown} reported {len(told)} tokens where it was asked for "
                    f"{found.dialect.top}"
                )
            logprobs = labels_by_text(told, labels)
        return Completion(
            usage=usage_of(reply), logprobs=logprobs, latency_ms=(perf_counter() - start) * 1000
        )

    def _known_ids(self, call: Call) -> tuple[int, ...]:
        prefill, known = call.request.prefill, self._label_ids
        try:
            return tuple([known[prefill, label] for label in call.request.options])
        except KeyError:
            return ()

    async def _find_ids(self, call: Call) -> tuple[int, ...]:
        """Return the first token of each label where it stands: after the prefill.

        Token ids are found once per prefill and label; what stands before the assistant's turn
        is cut off by the template's own tokens and does not matter.
        """
        request = call.request
        async with self._looking_up:
            if len(self._label_ids) > _MOST_LABELS_KEPT:
                self._label_ids.clear()
            for label in request.options:
                if (request.prefill, label) not in self._label_ids:
                    found = await self._first_token(request.conversation, request.prefill, label)
                    self._label_ids[request.prefill, label] = found
        ids = self._known_ids(call)
        if len(set(ids)) < len(ids):
            raise Unsupported(
                f"two of the labels {', '.join(map(repr, request.options))} begin with the same "
                f"token for {self.spec}"
            )
        return ids

    async def _first_token(self, conversation: Conversation, prefill: str, label: str) -> int:
        dialect = self._opened().dialect
        before = await self._tokens(dialect.tokenize(conversation, prefill))
        if label.strip() and self.capabilities.prefill:
            whole = await self._tokens(dialect.tokenize(conversation, prefill + label))
            if len(whole) > len(before) and whole[: len(before)] == before:
                return whole[len(before)]
        alone = {"model": dialect.model, "prompt": label, "add_special_tokens": False}
        return (await self._tokens(alone))[0]

    async def _tokens(self, body: dict[str, Any]) -> tuple[int, ...]:
        found = await tokens(self._wire, self._address, body)
        if found is None:
            raise RespondentError(f"{self._address.base} could not tokenize a prompt")
        return found

    async def _score(self, call: Call) -> Completion:
        """Have each option scored by a request of its own, all at the same time."""
        found, request = self._opened(), call.request
        if not found.capabilities.score:
            raise Unsupported(f"{self.spec} cannot score a given reply")
        if request.prefill or not all(option.strip() for option in request.options):
            raise Unsupported("only whole, non-empty replies can be scored")
        start = perf_counter()
        options = tuple(dict.fromkeys(request.options))
        try:
            async with asyncio.TaskGroup() as group:
                reading = group.create_task(
                    self._tokens(found.dialect.tokenize(request.conversation))
                )
                asking = [
                    group.create_task(
                        self._wire.complete(
                            found.dialect.score(request.conversation, option), call.key
                        )
                    )
                    for option in options
                ]
        except* RespondentError as errors:
            raise _first(errors) from None
        replies = [task.result() for task in asking]
        self._check_same(replies[0])
        sums = [scored(reply, reading.result(), self._address.base) for reply in replies]
        used = [usage_of(reply) for reply in replies]
        return Completion(
            usage=replace(
                used[0],
                prompt_tokens=sum(u.prompt_tokens for u in used),
                completion_tokens=sum(u.completion_tokens for u in used),
            ),
            logprobs=MappingProxyType(dict(zip(options, (s for s, _ in sums), strict=True))),
            lengths=MappingProxyType(dict(zip(options, (n for _, n in sums), strict=True))),
            latency_ms=(perf_counter() - start) * 1000,
        )

    def _opened(self) -> Found:
        if self._found is None:
            raise RespondentError(f"{self.spec} has not been opened")
        return self._found

    def _check_same(self, reply: dict[str, Any]) -> None:
        """Notice another model behind the same name, and a vLLM that was restarted otherwise."""
        told, known = reply.get("model"), self._opened().model
        if told != known and known and isinstance(told, str) and told:
            raise RespondentError(
                f"the server at {self._address.base} answered as {plain(told)!r} and before as "
                f"{plain(known)!r}; their answers must not be mixed: have it serve the first one "
                "again, or start a new run"
            )
        if not self._is_vllm:
            return
        told, known = reply.get("system_fingerprint"), self._opened().fingerprint
        if told != known and told and known:
            raise RespondentError(
                f"the server at {self._address.base} was replaced by another one while in use "
                "(its fingerprint changed); its answers must not be mixed: start a new run"
            )


def _first(errors: BaseExceptionGroup[RespondentError]) -> BaseException:
    """Return one of the errors that went wrong together."""
    error: BaseException = errors
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
