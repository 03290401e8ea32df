"""Rows as files: JSON lines, CSV, Parquet.

JSON lines hold every column as it is. In CSV and Parquet `settings` is JSON in a string; in CSV
the lists are, too. Nothing is quoted against spreadsheets: what a model wrote stays as it wrote it.
"""

from __future__ import annotations

import csv
import io
import itertools
from typing import TYPE_CHECKING, Any

import orjson

from gadfly.bot.errors import ConfigError
from gadfly.eval.sharing.columns import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_BATCH = 10_000
"""Rows of one group of a Parquet file: what is held in memory."""


def jsonl(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line of JSON for each row."""
    for row in rows:
        yield row.model_dump_json() + "\n"


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the header and a line of CSV for each row (RFC 4180); null is an empty field."""
    names = tuple(Row.model_fields)
    yield _csv_line(names)
    for row in rows:
        yield _csv_line([_cell(value) for value in row.model_dump().values()])


def write_parquet(rows: Iterable[Row], path: Path) -> None:
    """Write rows as a Parquet file.

    Raises:
        ConfigError: pyarrow is not installed.
        OSError: The file cannot be written.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as e:
        raise ConfigError(
            "Parquet needs pyarrow: pip install 'gadfly[parquet]', or use --to csv or jsonl"
        ) from e
    types = {"string": pa.string(), "number": pa.float64(), "integer": pa.int64()}
    types |= {"boolean": pa.bool_(), "array": pa.list_(pa.string()), "object": pa.string()}
    schema = pa.schema([(name, types[kind]) for name, kind in kinds().items()])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            found = [row.model_dump() for row in batch]
            for each in found:
                each["settings"] = orjson.dumps(each["settings"]).decode()
            writer.write_table(pa.Table.from_pylist(found, schema=schema))


def kinds() -> dict[str, str]:
    """Return the JSON type of every column, null apart, in their order."""
    properties = Row.model_json_schema()["properties"]
    return {name: _kind(about) for name, about in properties.items()}


def _kind(about: dict[str, Any]) -> str:
    if "anyOf" in about:
        (about,) = (option for option in about["anyOf"] if option.get("type") != "null")
    return str(about["type"])


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(itertools.islice(left, _BATCH)):
        yield batch


def _csv_line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (tuple, list, dict)):
        return orjson.dumps(value).decode()
    return value
