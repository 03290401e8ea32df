"""Reads the tables upstream sets come in: CSV, JSON lines, plain lines; errors name the place."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError, ScenarioError
from gadfly.scenarios.loader import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


LONGEST_FIELD = 131_072
"""Characters; a longer field is a quotation mark that was never closed."""

_SHOWN = 8
"""Names listed in one message."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table."""

    line: int
    """Where it begins in its file, from 1."""
    fields: Mapping[str, Any]
    """Text in a CSV; what JSON holds in JSON lines."""

    def __getitem__(self, column: str) -> Any:
        """Return what stands in a column."""
        return self.fields[column]


def csv_rows(
    path: Path,
    columns: Sequence[str],
    *,
    delimiter: str = ",",
    quoted: bool = True,
    header: Sequence[str] = (),
) -> tuple[Row, ...]:
    """Return the records of a CSV that has (at least) these columns.

    Where fields are not `quoted`, a quotation mark is just that. `header` names the columns of a
    file that does not name them itself.

    Raises:
        ScenarioError: The file cannot be read, is empty, lacks a column or has a broken record.
    """
    reader = csv.reader(
        io.StringIO(read_text(path), newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    records = _records(path, reader)
    names = list(header) or next(records, (1, []))[1]
    if not names:
        raise ScenarioError(str(path), 1, 1, "the file is empty; expected a table with a header")
    need(path, 1, columns, names)
    rows = []
    for line, record in records:
        if len(record) != len(names):
            message = f"expected {len(names)} fields, found {len(record)}"
            raise ScenarioError(str(path), line, 1, message)
        rows.append(Row(line, dict(zip(names, record, strict=True))))
    return _some(path, rows)


def json_rows(path: Path, columns: Sequence[str]) -> tuple[Row, ...]:
    """Return the objects of a JSON lines file, each of which has these fields.

    Raises:
        ScenarioError: The file cannot be read, is empty, or a line is not such an object.
    """
    rows = []
    for line, text in enumerate(read_text(path).split("\n"), start=1):
        if not text.strip():
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            column = error.colno if isinstance(error, json.JSONDecodeError) else 1
            raise ScenarioError(str(path), line, column, f"not JSON: {error}") from error
        if not isinstance(value, dict):
            raise ScenarioError(str(path), line, 1, "expected a JSON object on each line")
        need(path, line, columns, list(value))
        rows.append(Row(line, value))
    return _some(path, rows)


def lines(path: Path) -> tuple[str, ...]:
    """Return the lines of a text file, empty ones too, without the last line's end.

    Raises:
        ScenarioError: The file cannot be read, or is empty.
    """
    text = read_text(path)
    if not text.strip():
        raise ScenarioError(str(path), 1, 1, "the file is empty; expected an item on each line")
    return tuple(text.removesuffix("\n").split("\n"))


def need(path: Path, line: int, columns: Sequence[str], found: Sequence[str]) -> None:
    """Hold a table to the columns it must have.

    Raises:
        ScenarioError: One is missing; says which were expected and which are there.
    """
    missing = [name for name in columns if name not in found]
    if missing:
        raise ScenarioError(
            str(path),
            line,
            1,
            f"no column {_few([repr(name) for name in missing])}: expected {_few(columns)}; "
            f"found {_few(found) or 'none'}",
        )


def members(path: Path, *patterns: str) -> tuple[Path, ...]:
    """Return the file at a path, or those of a folder whose names match, by name.

    Raises:
        ConfigError: There is nothing at the path, or no such file in the folder.
    """
    if not path.exists():
        raise ConfigError(f"no file or folder at {str(path)!r}")
    if not path.is_dir():
        return (path,)
    found = sorted({file for pattern in patterns for file in path.glob(pattern)})
    if not found:
        there = ", ".join(sorted(entry.name for entry in path.iterdir())[:8]) or "nothing"
        wanted = " or ".join(patterns)
        raise ConfigError(f"expected {wanted} in {str(path)!r}, found {there}")
    return tuple(found)


def _few(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _records(path: Path, reader: Any) -> Iterator[tuple[int, list[str]]]:
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ScenarioError(str(path), line, 1, f"not CSV: {error}") from error
        # The csv module has this limit too, but other packages raise it for the whole process.
        if any(len(field) > LONGEST_FIELD for field in record):
            message = f"not CSV: field larger than {LONGEST_FIELD:,} characters"
            raise ScenarioError(str(path), line, 1, message)
        if record:
            yield line, record


def _some(path: Path, rows: list[Row]) -> tuple[Row, ...]:
    if not rows:
        raise ScenarioError(str(path), 1, 1, "the file has no records")
    return tuple(rows)
