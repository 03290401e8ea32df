"""Finds out once, by a few tiny requests, what a server can do.

By behaviour, not by name: many servers take unknown fields without a word and ignore them, so a
feature counts only if the answer shows that it was used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import MalformedReply, RespondentError, TransportError
from gadfly.bot.message import Conversation
from gadfly.bot.respondent import Capabilities
from gadfly.bot.server.payload import TOP, Dialect
from gadfly.bot.server.reply import alternatives, first_choice, labels_by_id, scored, usage_of
from gadfly.bot.server.sse import Stream

if TYPE_CHECKING:
    from gadfly.bot.server.catalog import Entry
    from gadfly.bot.server.settings import Address, ServerSettings
    from gadfly.bot.server.wire import Wire

_TALK = Conversation().says("Is the sea salty?")
_BEGUN = "Yes, the sea"
_RARE = ("Zyg", "Quark")
"""Words no model begins its answer with, so that they are not reported unless asked for."""
_FEWER_TOPS = (5,)
_TOLD = ("system_fingerprint", "model")
_VLLM_CONCURRENCY = 128
_OTHER_CONCURRENCY = 32


@dataclass(frozen=True, slots=True)
class Found:
    """What detection comes to."""

    dialect: Dialect
    capabilities: Capabilities
    fingerprint: str
    """`system_fingerprint` of the server, where it sends one."""
    model: str
    """Who it says has answered; "" where it does not say."""


class Detection:
    """Asks one server what it can do."""

    def __init__(self, wire: Wire, address: Address, entry: Entry) -> None:
        self._wire = wire
        self._address = address
        self._entry = entry
        self._chats = address.url("chat/completions")
        self._notes: list[str] = []

    async def run(self, settings: ServerSettings) -> Found:
        """Make the requests, one after the other.

        Raises:
            RespondentError: The server cannot even answer a plain request.
        """
        dialect = Dialect(model=self._entry.model, constrains=self._entry.is_vllm)
        dialect, plain = await self._chat(dialect)
        dialect = await self._logprobs(dialect)
        takes_seeds = await self._takes_seeds(dialect) if settings.seeds else False
        dialect = replace(dialect, sends_seed=takes_seeds)
        streams, with_usage = await self._streams(dialect)
        dialect = replace(dialect, sends_usage_option=with_usage)
        prefills = await self._prefills(dialect)
        can_tokenize = await self._tokens(dialect.tokenize(_TALK)) is not None
        if dialect.top and can_tokenize:
            dialect = replace(dialect, exact_ids=await self._has_exact_ids(dialect))
        scores = prefills and can_tokenize and await self._scores(dialect)
        if not scores:
            self._notes.append(
                "It cannot score a given reply, so the likelihood readout is not available."
            )
        most = _VLLM_CONCURRENCY if self._entry.is_vllm else _OTHER_CONCURRENCY
        capabilities = Capabilities(
            labels=dialect.top > 0,
            score=scores,
            prefill=prefills,
            streaming=streams,
            seeds=takes_seeds,
            context_tokens=self._entry.context_tokens,
            concurrency=min(most, settings.connections),
            notes=tuple(self._notes),
        )
        return Found(dialect, capabilities, *(_told(plain, n) for n in _TOLD))

    async def _chat(self, dialect: Dialect) -> tuple[Dialect, dict[str, Any]]:
        """Have a plain request answered, in the field names this server takes."""
        response = await self._wire.ask(self._chats, dialect.base(_TALK, 1))
        if response.status == 400 and b"max_completion_tokens" in response.body:
            dialect = replace(dialect, limit_field="max_completion_tokens")
            response = await self._wire.ask(self._chats, dialect.base(_TALK, 16))
        reply = self._wire.parsed(response)
        first_choice(reply, self._wire.shown)
        return dialect, reply

    async def _try(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Return the reply, or None where the server does not take this body."""
        response = await self._wire.ask(self._chats, body, retries=1)
        if response.status != 200:
            return None
        try:
            reply = self._wire.parsed(response)
            first_choice(reply, self._wire.shown)
        except RespondentError:
            return None
        return reply

    async def _logprobs(self, dialect: Dialect) -> Dialect:
        for top in (TOP, *_FEWER_TOPS):
            body = dialect.base(_TALK, 1) | {"logprobs": True, "top_logprobs": top}
            reply = await self._try(body)
            if reply is None:
                continue
            try:
                found = alternatives(reply, self._wire.shown)
            except MalformedReply:
                break
            if len(found) < TOP:
                self._notes.append(
                    f"It reports only the {len(found)} likeliest tokens, so a label outside them "
                    "counts as not said."
                )
            return replace(dialect, top=len(found))
        self._notes.append(
            "It reports no log-probabilities, so stances are read from sampled answers."
        )
        return dialect

    async def _takes_seeds(self, dialect: Dialect) -> bool:
        if await self._try(dialect.base(_TALK, 1) | {"seed": 7}) is not None:
            return True
        self._notes.append("It takes no seed, so the same run gives other replies when repeated.")
        return False

    async def _streams(self, dialect: Dialect) -> tuple[bool, bool]:
        for with_usage in (True, False):
            body = dialect.base(_TALK, 2) | {"stream": True}
            if with_usage:
                body["stream_options"] = {"include_usage": True}
            stream = Stream(self._wire.shown, lambda _: None)
            try:
                await self._wire.stream(body, b"", stream.feed, retries=1)
                stream.completion(0.0)
            except RespondentError:
                continue
            return True, with_usage
        self._notes.append("It does not stream, so replies appear all at once.")
        return False, False

    async def _prefills(self, dialect: Dialect) -> bool:
        """Whether a begun answer is gone on with.

        A server that heeds the two fields leaves the last message open; one that ignores them
        closes it and adds the start of a new one, and then counts more prompt tokens, the same
        as without them.
        """
        body = dialect.tokenize(_TALK, _BEGUN) | {dialect.limit_field: 1}
        heeded = await self._try(body)
        plain = {k: v for k, v in body.items() if not isinstance(v, bool)}
        ignored = await self._try(plain)
        bare = await self._try(dialect.base(_TALK, 1))
        counts = [usage_of(reply).prompt_tokens if reply else 0 for reply in (bare, heeded)]
        closed = usage_of(ignored).prompt_tokens if ignored else None
        if 0 < counts[0] < counts[1] and (closed is None or counts[1] < closed):
            return True
        self._notes.append(
            "It does not go on with a begun answer, so labels are read without a prefill."
        )
        return False

    async def _tokens(self, body: dict[str, Any]) -> tuple[int, ...] | None:
        return await tokens(self._wire, self._address, body)

    async def _has_exact_ids(self, dialect: Dialect) -> bool:
        found = [await self._tokens({"model": dialect.model, "prompt": word}) for word in _RARE]
        ids = [one[-1] for one in found if one]
        if len(ids) != len(_RARE):
            return False
        body = dialect.base(_TALK, 1) | {
            "logprobs": True,
            "logprob_token_ids": ids,
            "return_tokens_as_token_ids": True,
        }
        reply = await self._try(body)
        if reply is None:
            return False
        try:
            labels_by_id(alternatives(reply, self._wire.shown), _RARE, ids, self._wire.shown)
        except MalformedReply:
            return False
        return True

    async def _scores(self, dialect: Dialect) -> bool:
        before = await self._tokens(dialect.tokenize(_TALK))
        reply = await self._try(dialect.score(_TALK, _BEGUN))
        if reply is None or before is None:
            return False
        try:
            scored(reply, before, self._wire.shown)
        except MalformedReply:
            return False
        return True


def _told(reply: dict[str, Any], name: str) -> str:
    told = reply.get(name)
    return told if isinstance(told, str) else ""


async def tokens(wire: Wire, address: Address, body: dict[str, Any]) -> tuple[int, ...] | None:
    """Return the token ids of a prompt or of messages; None where the server has no tokenizer.

    Raises:
        TransportError: The server cannot be reached, or failed.
    """
    response = await wire.ask(address.url("tokenize", at_root=True), body)
    if response.status != 200:
        error = wire.error(response)
        if isinstance(error, TransportError):
            raise error
        return None
    try:
        found = wire.parsed(response).get("tokens")
    except MalformedReply:
        return None
    if not isinstance(found, list) or not found or any(type(i) is not int for i in found):
        return None
    return tuple(found)
