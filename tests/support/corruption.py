"""Ways a run folder can be spoilt, each drawn at random."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from gadfly.eval.manifest import FILE as MANIFEST
from gadfly.eval.store import FILE as STORE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    Corruption = Callable[[Path, Random], str]

TABLES = ("trials", "plan", "calls", "messages", "meta", "verdicts", "propositions")


def _file(folder: Path, rng: Random) -> Path:
    return folder / rng.choice((MANIFEST, STORE))


def flip(folder: Path, rng: Random) -> str:
    """Flip one to eight bits anywhere in a file."""
    path = _file(folder, rng)
    raw = bytearray(path.read_bytes())
    places = [rng.randrange(len(raw)) for _ in range(rng.randint(1, 8))]
    for place in places:
        raw[place] ^= 1 << rng.randrange(8)
    path.write_bytes(raw)
    return f"flipped bits of {path.name} at {places}"


def overwrite(folder: Path, rng: Random) -> str:
    """Put zeros or noise over a stretch of a file."""
    path = _file(folder, rng)
    raw = bytearray(path.read_bytes())
    start, size = rng.randrange(len(raw)), rng.choice((16, 512, 4096))
    part = bytes(size) if rng.random() < 0.5 else rng.randbytes(size)
    raw[start : start + size] = part[: len(raw) - start]
    path.write_bytes(raw)
    return f"overwrote {size} bytes of {path.name} at {start}"


def truncate(folder: Path, rng: Random) -> str:
    """Cut a file off."""
    path = _file(folder, rng)
    size = rng.randrange(path.stat().st_size)
    with path.open("r+b") as file:
        file.truncate(size)
    return f"cut {path.name} to {size} bytes"


def delete(folder: Path, rng: Random) -> str:
    """Take a file away."""
    path = _file(folder, rng)
    path.unlink()
    return f"deleted {path.name}"


def drop_rows(folder: Path, rng: Random) -> str:
    """Delete rows of a table."""
    table, n = rng.choice(TABLES), rng.choice((1, 1, 5, 10_000))
    with closing(sqlite3.connect(folder / STORE)) as db, db:
        db.execute(
            f"DELETE FROM {table} WHERE rowid IN "
            f"(SELECT rowid FROM {table} ORDER BY rowid * {rng.randint(3, 99)} % 101 LIMIT {n})"
        )
    return f"deleted {n} rows of {table}"


def change_row(folder: Path, rng: Random) -> str:
    """Change a trial, its checksum mended so that the row agrees with itself."""
    from gadfly.eval.store import _checksum

    with closing(sqlite3.connect(folder / STORE)) as db, db:
        rows = db.execute("SELECT id, body FROM trials").fetchall()
        row, body = rng.choice(rows)
        swaps = [(b'"finish', b'"fin1sh'), (b"0.", b"1."), (b"answered", b"refused"), (b"1", b"0")]
        old, new = rng.choice([s for s in swaps if s[0] in body] or [(b"{", b"{ ")])
        changed = body.replace(old, new, 1)
        db.execute(
            "UPDATE trials SET body = ?, checksum = ? WHERE id = ?",
            (changed, _checksum(changed), row),
        )
    return f"changed trial {row}: {old!r} to {new!r}"


def drop_field(folder: Path, rng: Random) -> str:
    """Take a field out of the manifest."""
    fields = json.loads((folder / MANIFEST).read_text())
    name = rng.choice(sorted(fields))
    del fields[name]
    (folder / MANIFEST).write_text(json.dumps(fields))
    return f"dropped {name} of the manifest"


def change_field(folder: Path, rng: Random) -> str:
    """Change a field of the manifest."""
    fields = json.loads((folder / MANIFEST).read_text())
    name = rng.choice(sorted(fields))
    fields[name] = rng.choice((None, "", "0", 7, 0.5, {}, [], fields["plan"]))
    (folder / MANIFEST).write_text(json.dumps(fields))
    return f"changed {name} of the manifest to {fields[name]!r}"


CORRUPTIONS: tuple[Corruption, ...] = (
    flip, overwrite, truncate, delete, drop_rows, change_row, drop_field, change_field,
)  # fmt: skip


def corrupt(folder: Path, rng: Random) -> str:
    """Spoil a run folder in one way, and say in which."""
    return rng.choice(CORRUPTIONS)(folder, rng)
