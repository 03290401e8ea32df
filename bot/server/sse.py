"""Puts a streamed reply together from server-sent events, and lets its text be seen on the way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson

from gadfly.bot.completion import Completion, Usage
from gadfly.bot.errors import MalformedReply, RespondentError, TransportError
from gadfly.bot.reasoning import Voice, split_reasoning
from gadfly.bot.server.failure import error_of, from_error
from gadfly.bot.server.reply import clean, finish_of, reasoning_in, usage_of

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_LINE = 8 * 1024 * 1024


class Stream:
    """Collects one streamed reply; `feed` takes the bytes as they come, `completion` ends it."""

    def __init__(
        self,
        shown: str,
        on_text: Callable[[str], None],
        on_thought: Callable[[str], None] | None = None,
    ) -> None:
        self._shown = shown
        self._voice = Voice(on_text, on_thought)
        self._rest = b""
        self._text: list[str] = []
        self._thought: list[str] = []
        self._finish: object = None
        self._usage = Usage()
        self._is_done = False
        self._has_begun = False
        self._calls_tools = False

    def feed(self, piece: bytes) -> bool:
        """Take more bytes; return whether the stream has said that it is complete.

        Raises:
            MalformedReply: An event makes no sense.
            RespondentError: The server reports an error.
        """
        lines = (self._rest + piece).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > _MOST_LINE:
            raise MalformedReply(f"{self._shown} sent a stream without line ends")
        for line in lines:
            self._line(line)
        return self._is_done

    def completion(self, latency_ms: float) -> Completion:
        """Return the whole reply.

        Raises:
            TransportError: The stream ended before the reply did.
            MalformedReply: It was no reply at all.
        """
        if self._rest.strip() and not self._is_done:
            self._line(self._rest)
        if not self._has_begun and not self._is_done:
            raise MalformedReply(f"{self._shown} answered a streaming request with no stream")
        if self._finish is None:
            # Some servers close with [DONE] and no finish reason; silence alone is a cut.
            if not self._is_done or not self._text:
                raise TransportError(f"the stream from {self._shown} ended in mid-reply")
            self._finish = "other"
        thought, text = "".join(self._thought), "".join(self._text)
        if self._calls_tools and not text:
            raise MalformedReply(f"{self._shown} answered with a tool call only")
        if not thought:
            thought, text = split_reasoning(text)
        self._voice.close()
        return Completion(
            text=clean(text),
            reasoning=clean(thought),
            finish=finish_of(self._finish),
            usage=self._usage,
            latency_ms=latency_ms,
        )

    def _line(self, line: bytes) -> None:
        if not line.startswith(b"data:"):
            return  # comments, event names, blank lines
        data = line[5:].strip()
        if data == b"[DONE]":
            self._is_done = True
        elif data:
            self._event(self._parsed(data))

    def _parsed(self, data: bytes) -> dict[str, Any]:
        try:
            event = orjson.loads(data)
        except ValueError:
            try:
                event = json.loads(data.decode("utf-8", "replace"))
            except (ValueError, RecursionError):
                event = None
        if not isinstance(event, dict):
            raise MalformedReply(f"{self._shown} sent a stream event that is no JSON object")
        return event

    def _event(self, event: dict[str, Any]) -> None:
        if event.get("error"):
            raise self._failure(event)
        if isinstance(event.get("usage"), dict):
            self._usage = usage_of(event)
        choices = event.get("choices")
        if not isinstance(choices, list):
            raise MalformedReply(f"{self._shown} sent a stream event without choices")
        self._has_begun = True
        for choice in choices[:1]:
            self._choice(choice)

    def _choice(self, choice: Any) -> None:
        delta = choice.get("delta") if isinstance(choice, dict) else None
        if not isinstance(delta, dict):
            raise MalformedReply(f"{self._shown} sent a stream choice without a delta")
        content = delta.get("content")
        if content is not None and not isinstance(content, str):
            raise MalformedReply(f"{self._shown} streamed content that is no text")
        if thought := reasoning_in(delta):
            self._thought.append(thought)
            self._voice.think(thought)
        if content:
            self._text.append(content)
            self._voice.say(content)
        if delta.get("tool_calls"):
            self._calls_tools = True
        if choice.get("finish_reason") is not None:
            self._finish = choice["finish_reason"]

    def _failure(self, event: dict[str, Any]) -> RespondentError:
        # Without a status of its own an error in mid-stream is the server's.
        return error_of(from_error(event, 500), self._shown)
