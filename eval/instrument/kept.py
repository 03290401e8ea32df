"""Runs of the check kept in a file, so that a check that was cut off goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError
from gadfly.eval.instrument.measure import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gadfly.eval.instrument.measure import Values

    Made = tuple[dict[str, Values], frozenset[str] | None]
    """What a run found, and the traits that were looked at in it, where that was noted."""
    Pairs = Iterator[tuple[Job, Made]]

_PACKAGES = ("gadfly.bot", "gadfly.probes", "gadfly.scenarios", "gadfly.eval")
_SUFFIXES = (".py", ".json", ".yaml")
_OTHER = "holds runs of other code or is no file of this kind: name a new one, or remove it"


class Kept:
    """Finished runs: in memory alone, or in a file of JSON lines as well."""

    def __init__(self, path: Path | None = None) -> None:
        """Read what a file holds; begin one where there is none.

        Raises:
            ConfigError: The file cannot be read or written, or it is of other code, whose runs
                would not be these.
        """
        self._path = path
        self._made: dict[Job, Made] = {}
        if path is None:
            return
        try:
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            if not text:
                path.write_text(json.dumps({"code": _digest()}) + "\n", encoding="utf-8")
        except (OSError, UnicodeDecodeError) as e:
            raise ConfigError(f"cannot keep runs in {path}: {e}") from e
        if text:
            self._made = _read(path, text)

    def __len__(self) -> int:
        """Return how many runs there are."""
        return len(self._made)

    def first(self, jobs: Sequence[Job], make: Callable[[Sequence[Job]], Pairs]) -> Pairs:
        """Yield what the runs found: those that are there, then those that are made now."""
        for job in jobs:
            if job in self._made:
                yield job, self._made[job]
        for job, made in make([job for job in jobs if job not in self._made]):
            self._put(job, made)
            yield job, made

    def _put(self, job: Job, made: Made) -> None:
        self._made[job] = made
        if self._path is not None:
            values, looked = made
            seen = None if looked is None else sorted(looked)
            line = asdict(job) | {"values": values, "looked": seen}
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")


def _read(path: Path, text: str) -> dict[Job, Made]:
    """Return the runs in a file; a last line that was cut off is left out.

    Raises:
        ConfigError: The file is of other code.
    """
    head, *lines = text.splitlines(keepends=True)
    try:
        code = json.loads(head)["code"]
    except (ValueError, TypeError, KeyError):
        code = None
    if code != _digest():
        raise ConfigError(f"{path} {_OTHER}")
    whole = [line for line in lines if line.endswith("\n")]
    if len(whole) < len(lines):
        path.write_text(head + "".join(whole), encoding="utf-8")
    return dict(_run(json.loads(line)) for line in whole)


def _run(row: dict[str, Any]) -> tuple[Job, Made]:
    """Return a line of the file as what it was written from."""
    values, looked = row.pop("values"), row.pop("looked")
    job = Job(**row | {"traits": tuple(map(tuple, row["traits"]))})
    found = {
        name: {family: tuple(each) for family, each in families.items()}
        for name, families in values.items()
    }
    return job, (found, None if looked is None else frozenset(looked))


def _digest() -> str:
    """Return a digest of all code and data a run depends on."""
    h = hashlib.blake2b(digest_size=16)
    for package in _PACKAGES:
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                h.update(f"{package}/{path.relative_to(root)}\0".encode())
                h.update(path.read_bytes())
    return h.hexdigest()
