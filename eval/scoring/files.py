"""Reading dialogues from files of any of the known formats."""

from __future__ import annotations

import codecs
import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Literal, get_args

from gadfly.bot.errors import ConfigError
from gadfly.eval.scoring.markup import one_line
from gadfly.eval.scoring.records import Layout, is_json, records
from gadfly.eval.scoring.threads import threads
from gadfly.eval.scoring.turns import Dialogue, Gathered, joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gadfly.eval.scoring.turns import Turn

Format = Literal["auto", "openai", "sharegpt", "text"]
FORMATS: tuple[Format, ...] = get_args(Format)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_Raw = tuple[str, "tuple[Turn, ...]", str]
"""Name, posts, context."""


def gather(paths: Sequence[Path], *, layout: Format = "auto", encoding: str = "utf-8") -> Gathered:
    """Return the dialogues of some files.

    Raises:
        ConfigError: A file cannot be read, is not in that encoding or format, or has no dialogue;
            the message names the file, and the line where there is one.
    """
    digest = hashlib.blake2b(digest_size=16)
    dialogues: list[Dialogue] = []
    formats: set[str] = set()
    taken: set[str] = set()
    left: Counter[str] = Counter()
    for path in paths:
        raw = _bytes(path)
        digest.update(hashlib.blake2b(raw).digest())
        prefix = f"{path.stem} " if len(paths) > 1 else ""
        for name, posts, context in _dialogues(path, _text(path, raw, encoding), layout, left):
            made = joined(posts)
            left["empty"] += made.empty
            left["again"] += made.again
            if made.turns:
                unique = _unique(f"{prefix}{name}", taken)
                dialogues.append(Dialogue(name=unique, turns=made.turns, context=context))
            else:
                left["silent"] += 1
        formats.update(name.removeprefix("format ") for name in left if name.startswith("format "))
    if not dialogues:
        raise ConfigError(f"{', '.join(map(str, paths))}: no dialogue with a word in it")
    return Gathered(
        dialogues=tuple(dialogues),
        formats=tuple(sorted(formats)),
        digest=digest.hexdigest(),
        notes=tuple(_notes(left)),
    )


def _dialogues(path: Path, text: str, layout: Format, left: Counter[str]) -> list[_Raw]:
    """Return what a file holds, counting on the way what is left out."""
    if not text.strip():
        raise ConfigError(f"{path}:1: the file is empty; expected a dialogue")
    if layout == "text" or (layout == "auto" and not is_json(path, text)):
        left["format text"] += 1
        found = threads(path, text)
        left["before"] += sum(bool(thread.context) for thread in found)
        return [(f"line {t.line}", t.posts, t.context) for t in found]
    wanted: Layout | None = None if layout == "auto" else layout
    rows: list[_Raw] = []
    for record in records(path, text, wanted):
        left[f"format {record.layout}"] += 1
        left["wordless"] += record.wordless
        rows.append((record.id or f"line {record.line}", record.posts, record.context))
    return rows


def _notes(left: Counter[str]) -> list[str]:
    told = {
        "empty": "Left out: {} of no words, or of nothing but quotation ({}).",
        "again": "Counted once: {} that only repeat or edit the one before ({}).",
        "wordless": "Left out: {} that are no text, such as tool calls and images ({}).",
        "silent": "Left out: {} in which nobody says a word ({}).",
    }
    kinds = {"wordless": "parts", "silent": "dialogues"}
    notes = [
        sentence.format(kinds.get(name, "posts"), left[name])
        for name, sentence in told.items()
        if left[name]
    ]
    if left["before"]:
        notes.append("What stands before the first speaker is taken for a title.")
    return notes


def _unique(name: str, taken: set[str]) -> str:
    """Return a name nobody else has, and take it."""
    name = one_line(name)
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name} #{number}"
    taken.add(found)
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as e:
        raise ConfigError(f"{path}: cannot be read: {e.strerror}") from e


def _text(path: Path, raw: bytes, encoding: str) -> str:
    """Decode a file; a byte order mark overrules the encoding.

    Raises:
        ConfigError: It is in another encoding, or there is none of this name.
    """
    used = next((name for mark, name in _MARKS if raw.startswith(mark)), encoding)
    try:
        text = raw.decode(used)
    except LookupError as e:
        raise ConfigError(f"--encoding: unknown encoding {encoding!r}") from e
    except UnicodeDecodeError as e:
        line = raw[: e.start].count(b"\n") + 1
        raise ConfigError(
            f"{path}:{line}: not {used} (byte 0x{raw[e.start]:02x}): "
            "name its encoding, such as --encoding windows-1252"
        ) from e
    return text.replace("\r\n", "\n").replace("\r", "\n")
