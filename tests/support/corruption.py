"""Ways a run folder can be spoilt, each drawn at random."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.eval.cli import main
from gadfly.eval.manifest import FILE as MANIFEST
from gadfly.eval.store import FILE as STORE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """What a gate made of a spoilt run."""

    how: str
    """Kind of corruption."""
    what: str
    """What was done, to which of the two."""
    code: int
    """Exit code."""
    is_right: bool
    """Whether it was refused, or the verdict is that of the unspoilt runs, byte for byte."""


def corrupted_gates(folder: Path, n: int, rng: Random) -> Iterator[Gated]:
    """Spoil `baseline` or `candidate` of a folder n times, afresh each time, and gate them.

    Raises:
        ValueError: Unspoilt, they have no verdict.
    """
    code, verdict = _gate(folder / "baseline", folder / "candidate")
    if code not in (0, 1, 3):
        raise ValueError(f"expected a verdict on the unspoilt runs, not exit {code}")
    for _ in range(n):
        side = rng.choice(("baseline", "candidate"))
        spoilt = folder / "spoilt"
        shutil.rmtree(spoilt, ignore_errors=True)
        shutil.copytree(folder / side, spoilt)
        corruption = rng.choice(CORRUPTIONS)
        what = corruption(spoilt, rng)
        sides = {name: folder / name for name in ("baseline", "candidate")} | {side: spoilt}
        code, found = _gate(sides["baseline"], sides["candidate"])
        yield Gated(
            how=corruption.__name__,
            what=f"{side}: {what}",
            code=code,
            is_right=code in (2, 4) if not found else found == verdict,
        )


def _gate(baseline: Path, candidate: Path) -> tuple[int, str]:
    """Run the command in this process; return how it left and what it printed."""
    out = io.StringIO()
    before = sys.argv
    sys.argv = ["gadfly", "gate", "--json", "--baseline", str(baseline)]
    sys.argv += ["--candidate", str(candidate)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            main()
    except SystemExit as e:
        return int(e.code or 0), out.getvalue()
    finally:
        sys.argv = before
    raise ValueError("expected the command to leave")
