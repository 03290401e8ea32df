"""Turns what a server says when it refuses into errors with plain, harmless words.

Bodies of error replies are hostile text: they are shortened, stripped of control characters and
markup, and anything that looks like a key is blanked out.
"""

from __future__ import annotations

import email.utils
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from gadfly.bot.errors import (
    ContextOverflow,
    NotServed,
    RateLimited,
    RespondentError,
    TransportError,
)
from gadfly.bot.foreign import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

RETRIED = frozenset({408, 409, 429, 500, 502, 503, 504})
"""Statuses that may pass by themselves."""

_LONGEST = 300
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_KEYLIKE = re.compile(
    r"(?i)\b(?:sk|pk|rk|hf|gsk|xai|key)[-_][\w*.-]{6,}|\b(?:bearer|basic)\s+[\w.~+/=*-]{6,}"
)
_USERINFO = re.compile(r"(?<=//)[^/\s@]+@")
_OVERFLOW = re.compile(
    r"context[ _](?:length|window|size)|maximum (?:context|model|sequence|input) length"
    r"|max_model_len|prompt is too long|too many (?:input )?tokens|exceeds? the (?:model|maximum)"
    r".{0,40}(?:tokens|length)|longer than the maximum",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error reply, read as far as it can be."""

    status: int
    text: str
    """What the server said, sanitised; empty when it said nothing."""
    code: str = ""
    """Machine-readable parts (code, type, param) in one string."""

    @property
    def is_overflow(self) -> bool:
        """Whether it is about the length of the conversation."""
        if self.status not in (400, 413, 422):
            return False
        if any(word in self.code for word in ("context", "input_tokens", "input_text")):
            return True
        return _OVERFLOW.search(self.text) is not None


def sanitised(text: str, secrets: Iterable[str] = (), longest: int = _LONGEST) -> str:
    """Return foreign text on one line, without secrets and control characters, cut to size."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    text = _USERINFO.sub("", _KEYLIKE.sub("***", plain(text[: 40 * longest], None)))
    return plain(text, longest)


def read_refusal(status: int, body: bytes, secrets: Iterable[str] = ()) -> Refusal:
    """Read an error body of any shape: OpenAI's, FastAPI's, plain text or a web page."""
    try:
        told: Any = orjson.loads(body)
    except ValueError:
        page = body[:20_000].decode("utf-8", "replace")
        if "<html" in page[:2000].lower() or "<!doctype" in page[:200].lower():
            title = _TITLE.search(page)
            name = sanitised(title.group(1), secrets) if title else ""
            return Refusal(status, "a web page" + (f" titled {name!r}" if name else ""))
        return Refusal(status, sanitised(page, secrets))
    return from_error(told, status, secrets)


def from_error(told: Any, status: int, secrets: Iterable[str] = ()) -> Refusal:
    """Read a parsed error object; takes its numeric code as the status when it has one."""
    error = told.get("error", told) if isinstance(told, dict) else told
    if not isinstance(error, dict):
        return Refusal(status, sanitised(error if isinstance(error, str) else "", secrets))
    code = error.get("code")
    if isinstance(code, int) and not isinstance(code, bool) and 400 <= code <= 599:
        status = code
    text = next(
        (v for k in ("message", "detail", "error", "msg") if isinstance(v := error.get(k), str)),
        "",
    ) or str(error.get("detail", ""))
    codes = " ".join(str(error.get(k) or "") for k in ("code", "type", "param"))
    return Refusal(status, sanitised(text, secrets), codes)


def error_of(refusal: Refusal, shown: str) -> RespondentError:
    """Return the error to raise for a final refusal of a request to the server `shown`."""
    status, said = refusal.status, f": {refusal.text}" if refusal.text else ""
    if refusal.is_overflow:
        return ContextOverflow(
            f"the conversation does not fit the model at {shown}{said} "
            "(fewer turns, or a server with a longer context, helps)"
        )
    if status == 429:
        return RateLimited(
            f"{shown} kept answering 429 (too many requests){said}; "
            "lower --concurrency or try again later"
        )
    if status in RETRIED or status >= 500:
        return TransportError(f"{shown} answered {status}{said}; see the server's log")
    if status in (401, 403):
        return NotServed(
            f"{shown} refused access ({status}){said}; "
            "name the environment variable that holds the key with --api-key-env NAME"
        )
    if status == 404:
        return NotServed(
            f"{shown} does not know this model or address (404){said}; "
            "check the model name and that the address ends in /v1"
        )
    return RespondentError(f"{shown} refused the request ({status}){said}")


def retry_after(value: str | None) -> float | None:
    """Return the seconds a `Retry-After` header asks for, given as a number or as a date."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            when = email.utils.parsedate_to_datetime(value)
        except ValueError:
            return None
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        seconds = (when - datetime.now(UTC)).total_seconds()
    return max(0.0, seconds) if seconds == seconds else None
