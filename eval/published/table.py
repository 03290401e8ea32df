"""Reads the tables answer sets come in: CSV and JSON lines, plain or gzipped."""

from __future__ import annotations

import csv
import gzip
import io
import json
from math import isfinite, nan
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


def csv_table(path: Path, columns: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Yield the records of a CSV that has (at least) these columns, as text.

    Raises:
        ScenarioError: The file cannot be read, or a record lacks a column.
    """
    for line, record in enumerate(csv.DictReader(io.StringIO(_text(path), newline="")), start=2):
        # A short record has None in the columns it lacks.
        _need(path, line, columns, {name for name, value in record.items() if value is not None})
        yield record


def json_table(path: Path, columns: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a JSON lines file, each of which has these fields.

    Raises:
        ScenarioError: The file cannot be read, or a line is not such an object.
    """
    for line, text in enumerate(_text(path).split("\n"), start=1):
        if not text.strip():
            continue
        try:
            record = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ScenarioError(str(path), line, 1, f"not JSON: {error}") from error
        if not isinstance(record, dict):
            raise ScenarioError(str(path), line, 1, "expected a JSON object on each line")
        _need(path, line, columns, record.keys())
        yield record


def number(path: Path, record: Mapping[str, Any], column: str) -> float:
    """Return the finite number that stands in a column.

    Raises:
        ScenarioError: What stands there is none.
    """
    try:
        value = float(record[column])
    except (TypeError, ValueError):
        value = nan
    if not isfinite(value):
        found = str(record[column])[:40]
        raise ScenarioError(str(path), 1, 1, f"expected a number in {column!r}, found {found!r}")
    return value


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ScenarioError(str(path), 1, 1, f"cannot be read: {error}") from error


def _need(path: Path, line: int, columns: Sequence[str], found: Any) -> None:
    missing = [name for name in columns if name not in found]
    if missing:
        raise ScenarioError(str(path), line, 1, f"no column {', '.join(map(repr, missing))}")
