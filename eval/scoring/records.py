"""Dialogues in JSON: OpenAI `messages` and ShareGPT `conversations`, a record a line or a list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gadfly.bot.errors import ConfigError
from gadfly.eval.scoring.markup import one_line, plain_text, without_quotes
from gadfly.eval.scoring.turns import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Layout = Literal["openai", "sharegpt"]

SPEAKERS = {
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "gpt": "assistant",
    "chatgpt": "assistant",
    "model": "assistant",
    "bot": "assistant",
}
"""Roles that mean the same, by the one name they have here; others keep their own."""
_CONTEXT = frozenset({"system", "developer"})
_TOOLS = frozenset({"tool", "function", "function_call", "observation", "tool_call", "ipython"})


class _Lenient(BaseModel):
    """A part of a record; fields of no use here may be there too."""

    model_config = ConfigDict(extra="ignore")


class ContentPart(_Lenient):
    """One part of a message; only text has words."""

    type: str = ""
    text: str | None = None
    refusal: str | None = None


class ChatMessage(_Lenient):
    """A message as the OpenAI API has it."""

    role: str = Field(min_length=1)
    name: str | None = None
    content: str | list[str | ContentPart] | None = None
    refusal: str | None = None


class ChatRecord(_Lenient):
    """A conversation as the OpenAI API has it."""

    id: str | int | None = None
    messages: list[ChatMessage]


class SharedMessage(_Lenient):
    """A message as ShareGPT has it."""

    speaker: Annotated[str, Field(alias="from", min_length=1)]
    value: str | None


class SharedRecord(_Lenient):
    """A conversation as ShareGPT has it."""

    id: str | int | None = None
    conversations: list[SharedMessage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One conversation of a JSON file."""

    layout: Layout
    id: str
    """"" where it has none."""
    line: int
    posts: tuple[Turn, ...]
    context: str
    wordless: int
    """Messages and parts that are no text: tool calls, images."""


def is_json(path: Path, text: str) -> bool:
    """Say whether a file is JSON rather than plain text, by its name or its first characters."""
    start = text.lstrip("\ufeff \t\r\n")[:200]
    if path.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        return True
    return start[:1] == "{" or (start[:1] == "[" and start[1:].lstrip()[:1] in ("{", "["))


def records(path: Path, text: str, layout: Layout | None) -> tuple[Record, ...]:
    """Return the conversations of a JSON lines file, or of one JSON list or object.

    Raises:
        ConfigError: Not JSON, or no conversation of the layout; names the file and the line.
    """
    return tuple(_record(path, line, value, layout) for line, value in _values(path, text))


def _values(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    """Yield each record with its line."""
    lines = [(n, s) for n, s in enumerate(text.split("\n"), start=1) if s.strip()]
    if not lines:
        return
    try:
        first = json.loads(lines[0][1])
    except (ValueError, RecursionError):
        first = _loaded(path, *(lines[0] if _is_lines(lines) else (1, text)))
        lines = lines[:1]
    if len(lines) == 1:
        yield from _listed(lines[0][0], first)
        return
    for number, line in lines:
        yield number, _loaded(path, number, line)


def _is_lines(lines: Sequence[tuple[int, str]]) -> bool:
    """Say whether two lines each begin a record, as in JSON lines one of which is broken."""
    starts = [line.strip() for _, line in lines[:2]]
    return len(starts) == 2 and len(starts[0]) > 1 and starts[1][0] in "{["


def _listed(line: int, value: Any) -> Iterator[tuple[int, Any]]:
    """Yield the records of a list of them, or the one record a value is."""
    if isinstance(value, list) and not _is_messages(value):
        for item in value:
            yield line, item
    elif value is not None:
        yield line, value


def _is_messages(value: Sequence[Any]) -> bool:
    """Say whether a list is one conversation without its wrapper."""
    first = value[0] if value else None
    return isinstance(first, dict) and not {"messages", "conversations"} & first.keys()


def _loaded(path: Path, line: int, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as e:
        column, why = 1, str(e)
        if isinstance(e, json.JSONDecodeError):
            line, column, why = line + e.lineno - 1, e.colno, e.msg
        raise ConfigError(f"{path}:{line}:{column}: not JSON: {why}") from e


def _record(path: Path, line: int, value: Any, layout: Layout | None) -> Record:
    """Return a value as the conversation it is."""
    if isinstance(value, list):
        shared = bool(value) and isinstance(value[0], dict) and "from" in value[0]
        value = {"conversations" if shared else "messages": value}
    if not isinstance(value, dict):
        raise ConfigError(f"{path}:{line}: expected an object, found {type(value).__name__}")
    found = layout
    if found is None and "messages" in value:
        found = "openai"
    elif found is None and "conversations" in value:
        found = "sharegpt"
    if found is None:
        raise ConfigError(
            f"{path}:{line}: expected 'messages' (OpenAI) or 'conversations' (ShareGPT), "
            f"found {', '.join(sorted(map(repr, value))[:8]) or 'nothing'}"
        )
    try:
        if found == "openai":
            return _of_chat(ChatRecord.model_validate(value), line)
        return _of_shared(SharedRecord.model_validate(value), line)
    except ValidationError as e:
        first = e.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{path}:{line}: {at}: {first['msg']}") from e


def _of_chat(record: ChatRecord, line: int) -> Record:
    said = []
    wordless = 0
    for message in record.messages:
        texts, others = _texts(message)
        wordless += others
        named = message.name if message.role.lower() not in _CONTEXT | _TOOLS else None
        said.append((named or message.role, "\n\n".join(texts)))
    return _collected("openai", record.id, line, said, wordless)


def _of_shared(record: SharedRecord, line: int) -> Record:
    said = [(message.speaker, message.value or "") for message in record.conversations]
    return _collected("sharegpt", record.id, line, said, 0)


def _texts(message: ChatMessage) -> tuple[list[str], int]:
    """Return the texts of a message, and how many of its parts are none."""
    parts = [message.content] if isinstance(message.content, str) else message.content or []
    found, others = [], 0
    for part in parts:
        text = part if isinstance(part, str) else part.text or part.refusal
        if text is None:
            others += 1
        else:
            found.append(text)
    return found + ([message.refusal] if message.refusal else []), others


def _collected(
    layout: Layout, id_: str | int | None, line: int, said: Sequence[tuple[str, str]], wordless: int
) -> Record:
    """Sort what was said into posts, context and what is neither."""
    posts, context = [], []
    for role, text in said:
        name = SPEAKERS.get(role.strip().lower(), one_line(role))
        if role.strip().lower() in _CONTEXT:
            context.append(plain_text(text))
        elif role.strip().lower() in _TOOLS:
            wordless += 1
        else:
            own, quoted, names = without_quotes(plain_text(text))
            posts.append(Turn(speaker=name, text=own, quoted=quoted, addressed=names, line=line))
    return Record(
        layout=layout,
        id="" if id_ is None else str(id_),
        line=line,
        posts=tuple(posts),
        context="\n".join(context),
        wordless=wordless,
    )
