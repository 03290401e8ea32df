"""Reads replies by hand: anything that is not exactly a completion is a `MalformedReply`.

By hand because it is on the path of every call; nothing here trusts a type or a length.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gadfly.bot.completion import Completion, Finish, Usage
from gadfly.bot.errors import MalformedReply
from gadfly.bot.reasoning import split_reasoning
from gadfly.bot.server.failure import error_of, from_error, sanitised

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FINISH: Mapping[str, Finish] = {
    "stop": "stop",
    "eos": "stop",
    "eos_token": "stop",
    "stop_sequence": "stop",
    "end_turn": "stop",
    "length": "length",
    "max_tokens": "length",
    "content_filter": "filtered",
}
_ID_MARK = "token_id:"
_IMPOSSIBLE = -9000.0
"""vLLM writes -9999 for minus infinity."""
_TOO_MANY = 2**31
"""Tokens that no call has."""
_ROUNDING = 0.01
"""A log-probability may exceed 0 by this much through rounding."""


def first_choice(reply: Mapping[str, Any], shown: str) -> dict[str, Any]:
    """Return the first choice of a reply."""
    choices = reply.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return choices[0]
    if reply.get("error"):
        raise error_of(from_error(reply, 400), shown)
    raise MalformedReply(f"{shown} sent a reply without choices")


def usage_of(reply: Mapping[str, Any]) -> Usage:
    """Return the token counts, 0 where they are not given or are none that could be."""
    told = reply.get("usage")
    if not isinstance(told, dict):
        return Usage()
    prompt, answer = told.get("prompt_tokens"), told.get("completion_tokens")
    return Usage(
        prompt_tokens=prompt if type(prompt) is int and 0 < prompt < _TOO_MANY else 0,
        completion_tokens=answer if type(answer) is int and 0 < answer < _TOO_MANY else 0,
    )


def finish_of(told: object) -> Finish:
    """Return the finish reason in Gadfly's words."""
    return _FINISH.get(told, "other") if isinstance(told, str) else "other"


def read_reply(reply: Mapping[str, Any], shown: str, latency_ms: float) -> Completion:
    """Read a free-text reply; reasoning is split off.

    Raises:
        MalformedReply: There is no text where text should be. An empty text is an answer; no
            text (null, or only tool calls) is none.
    """
    choice = first_choice(reply, shown)
    message = choice.get("message")
    if not isinstance(message, dict):
        raise MalformedReply(f"{shown} sent a choice without a message")
    finish = finish_of(choice.get("finish_reason"))
    thought = reasoning_in(message)
    said = _content(message, shown)
    if said is None:
        said = _stand_in(message, finish, bool(thought), shown)
    if not thought:
        thought, said = split_reasoning(said)
    return Completion(
        text=clean(said),
        reasoning=clean(thought),
        finish=finish,
        usage=usage_of(reply),
        latency_ms=latency_ms,
    )


def reasoning_in(message: Mapping[str, Any]) -> str:
    """Return reasoning the server has split off itself, under either of its two names."""
    thought = message.get("reasoning_content") or message.get("reasoning")
    return thought if isinstance(thought, str) else ""


def _content(message: Mapping[str, Any], shown: str) -> str | None:
    content = message.get("content")
    if content is None or isinstance(content, str):
        return content
    if isinstance(content, list):
        parts = [part.get("text") if isinstance(part, dict) else None for part in content]
        texts = [part for part in parts if isinstance(part, str)]
        if len(texts) == len(parts):
            return "".join(texts)
    raise MalformedReply(f"{shown} sent content that is no text ({type(content).__name__})")


def _stand_in(message: Mapping[str, Any], finish: Finish, has_thought: bool, shown: str) -> str:
    """Return what a null content stands for, where it legitimately stands for something."""
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal:
        return refusal
    if finish == "filtered" or (finish == "length" and has_thought):
        return ""
    if message.get("tool_calls") or message.get("function_call"):
        raise MalformedReply(f"{shown} answered with a tool call only; switch tools off there")
    raise MalformedReply(f"{shown} sent null where the reply should be")


def clean(text: str) -> str:
    """Return text that any store can hold: lone surrogates become U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _logprob(value: object) -> float | None:
    """Return the value as a log-probability, None if it is none."""
    if not isinstance(value, float | int) or isinstance(value, bool) or not math.isfinite(value):
        return None
    return min(float(value), 0.0) if value <= _ROUNDING else None


def alternatives(reply: Mapping[str, Any], shown: str) -> list[tuple[str, float]]:
    """Return (token, log-probability) of the first token's reported alternatives.

    Impossible tokens (minus infinity) are left out.

    Raises:
        MalformedReply: Log-probabilities are missing, or one of them is no number or above 0.
    """
    told = first_choice(reply, shown).get("logprobs")
    content = told.get("content") if isinstance(told, dict) else None
    first = content[0] if isinstance(content, list) and content else None
    rows = first.get("top_logprobs") if isinstance(first, dict) else None
    if not isinstance(rows, list) or not rows:
        raise MalformedReply(f"{shown} sent no log-probabilities with its first token")
    found = []
    for row in rows:
        token = row.get("token") if isinstance(row, dict) else None
        value = _logprob(row.get("logprob")) if isinstance(row, dict) else None
        if not isinstance(token, str) or value is None:
            raise MalformedReply(
                f"{shown} sent a log-probability that is none: {sanitised(repr(row), longest=80)}"
            )
        found.append((token, value))
    return found


def labels_by_id(
    found: Sequence[tuple[str, float]], labels: Sequence[str], ids: Sequence[int], shown: str
) -> Mapping[str, float]:
    """Return the log-probability of each label, whose first token is at the same place in `ids`."""
    told = {token: value for token, value in found}
    logprobs = {}
    for label, token_id in zip(labels, ids, strict=True):
        value = told.get(f"{_ID_MARK}{token_id}")
        if value is None:
            raise MalformedReply(f"{shown} left out the log-probability of {label!r}")
        if value > _IMPOSSIBLE:
            logprobs[label] = value
    return MappingProxyType(logprobs)


def labels_by_text(
    found: Sequence[tuple[str, float]], labels: Sequence[str]
) -> Mapping[str, float]:
    """Return the log-probability of each label among the reported tokens.

    Tokens that read as the label up to leading space count together; servers differ in whether
    they show that space. A label that is not among the tokens is absent.
    """
    sums: dict[str, float] = {}
    for token, value in found:
        if value > _IMPOSSIBLE:
            text = token.replace("▁", " ").replace("Ġ", " ").strip()
            sums[text] = sums.get(text, 0.0) + math.exp(value)
    return MappingProxyType(
        {label: min(math.log(p), 0.0) for label in labels if (p := sums.get(label.strip()))}
    )


def scored(reply: Mapping[str, Any], before: Sequence[int], shown: str) -> tuple[float, int]:
    """Return the summed log-likelihood of the prompt after its first tokens, and its length.

    Args:
        reply: Answer to a request with `prompt_logprobs` 0.
        before: Ids of the tokens that come before what is scored; must be what the prompt
            starts with.
        shown: The server, for messages.

    Raises:
        MalformedReply: A position is missing or no number, or the prompt starts otherwise.
    """
    rows = reply.get("prompt_logprobs")
    if not isinstance(rows, list) or len(rows) <= len(before):
        raise MalformedReply(f"{shown} sent no log-probabilities of the prompt")
    total = 0.0
    for place, row in enumerate(rows[1:], start=1):
        if not isinstance(row, dict) or not row:
            raise MalformedReply(f"{shown} left out the log-probability of a prompt token")
        if place < len(before):
            if str(before[place]) not in row:
                raise MalformedReply(f"{shown} tokenized the start of the prompt in two ways")
            continue
        (told, *_) = row.values()
        value = _logprob(told.get("logprob") if isinstance(told, dict) else told)
        if value is None:
            raise MalformedReply(f"{shown} sent a prompt log-probability that is none")
        total += value
    return total, len(rows) - len(before)
