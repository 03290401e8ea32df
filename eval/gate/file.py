"""A table as one file: a baseline to check in, or to keep as an artifact of CI.

JSON with a digest over its contents, so that damage is noticed. No text of any dialogue is in it.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import orjson
from pydantic import ValidationError

from gadfly.bot.errors import ConfigError, StoreError
from gadfly.eval.gate.headlines import HEADLINES
from gadfly.eval.gate.table import Cell, Row, Table
from gadfly.eval.manifest import Manifest
from gadfly.eval.stored import storable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KIND = "gadfly-table"
SCHEMA = 1
MOST_BYTES = 256 * 2**20
"""Larger files are not tables, and not read."""


def write_table(path: Path, table: Table) -> None:
    """Write a table, whole or not at all; equal tables give equal bytes.

    Raises:
        StoreError: It cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(table_bytes(table))
        part.chmod(0o600)
        part.replace(path)
    except OSError as e:
        raise StoreError(f"cannot write {str(path)!r}: {e.strerror}") from e


def read_table(path: Path) -> Table:
    """Read a table back.

    Raises:
        ConfigError: There is no such file, or it is no table this Gadfly reads.
        StoreError: It was a table, and is damaged.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError(f"{str(path)!r} is no table of a run: it is too large")
        raw = path.read_bytes()
    except FileNotFoundError as e:
        raise ConfigError(f"there is no file {str(path)!r}") from e
    except OSError as e:
        raise StoreError(f"cannot read {str(path)!r}: {e.strerror}") from e
    return table_of_bytes(raw, name=repr(str(path)))


def table_bytes(table: Table) -> bytes:
    """Write a table as JSON, keys sorted, numbers in full."""
    body = _table(table)
    document = {"kind": KIND, "schema": SCHEMA, "digest": _digest(body), "table": body}
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def table_of_bytes(raw: bytes, *, name: str = "the file") -> Table:
    """Read a table back from JSON; `name` is named in errors.

    Raises:
        ConfigError: It is no table, or one of another version.
        StoreError: It is damaged.
    """
    again = "export the baseline again: gadfly gate --export"
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError as e:
        if KIND.encode() in raw[:4096] or KIND.encode() in raw[-4096:]:
            raise StoreError(f"{name} is damaged: it is cut off or garbled ({again})") from e
        raise ConfigError(f"{name} is no run folder and no table of a run ({again})") from e
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise ConfigError(f"{name} is no table of a run ({again})")
    if document.get("schema") != SCHEMA:
        raise ConfigError(
            f"{name} is a table of version {document.get('schema')!r}, and this Gadfly reads "
            f"version {SCHEMA} ({again})"
        )
    body = document.get("table")
    if not isinstance(body, dict) or document.get("digest") != _digest(body):
        raise StoreError(f"{name} is damaged: its digest does not match its contents ({again})")
    try:
        return _read_table(body)
    except (KeyError, TypeError, ValueError, AttributeError, ValidationError) as e:
        raise StoreError(f"{name} is damaged ({type(e).__name__}; {again})") from e


def _digest(body: Any) -> str:
    """Return 32 hexadecimal digits over a table's contents."""
    raw = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def _table(table: Table) -> dict[str, Any]:
    return {
        "manifest": _clean(table.manifest.model_dump(mode="json")),
        "created": table.created,
        "reader": table.reader,
        "headline": {name: _row(row) for name, row in table.headline.items()},
        "others": [_row(row) for row in table.others],
        "outcomes": dict(table.outcomes),
        "trials": table.trials,
        "planned": table.planned,
        "families": table.families,
        "reserve": table.reserve,
        "again": None if table.again is None else _table(table.again),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "metric": row.metric,
        "arm": row.arm,
        "unit": row.unit,
        "construct": row.construct,
        "bounds": row.bounds,
        "sd": row.sd,
        "cells": {
            name: [c.mean, c.scored, c.lost, c.replicates, c.halves]
            for name, c in row.cells.items()
        },
    }


def _read_table(d: Mapping[str, Any]) -> Table:
    created = str(d["created"])
    date.fromisoformat(created)
    return Table(
        manifest=Manifest.model_validate_json(orjson.dumps(d["manifest"])),
        created=created,
        reader=d["reader"],
        headline={name: _read_row(d["headline"][name]) for name in HEADLINES},
        others=tuple(map(_read_row, d["others"])),
        outcomes=dict(d["outcomes"]),
        trials=int(d["trials"]),
        planned=int(d["planned"]),
        families=tuple(d["families"]),
        reserve=tuple(d["reserve"]),
        again=None if d["again"] is None else _read_table(d["again"]),
    )


def _read_row(d: Mapping[str, Any]) -> Row:
    bounds = d["bounds"]
    return Row(
        metric=d["metric"],
        arm=d["arm"],
        unit=d["unit"],
        construct=d["construct"],
        bounds=None if bounds is None else (float(bounds[0]), float(bounds[1])),
        sd=d["sd"],
        cells={name: _read_cell(*cell) for name, cell in d["cells"].items()},
    )


def _read_cell(
    mean: float | None, scored: int, lost: int, replicates: int, halves: list[float] | None
) -> Cell:
    return Cell(
        mean=None if mean is None else float(mean),
        scored=int(scored),
        lost=int(lost),
        replicates=int(replicates),
        halves=None if halves is None else (float(halves[0]), float(halves[1])),
    )


def _clean(value: Any) -> Any:
    """Return plain values with their text made encodable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(cast("str", k)): _clean(v) for k, v in value.items()}
    return [_clean(v) for v in value] if isinstance(value, list) else value
