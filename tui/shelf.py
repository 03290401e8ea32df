"""Scenario families to browse: the library, or the files of a user's folder with what is wrong."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError
from gadfly.scenarios.catalogue import SUFFIXES, library
from gadfly.scenarios.loader import clashes, inspect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gadfly.bot.errors import ScenarioError
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Families of one place, in order of id."""

    source: Path | None
    """A file or folder; None for the library that ships with Gadfly."""
    families: tuple[Scenario, ...]
    problems: tuple[ScenarioError, ...] = ()
    """What keeps files from being loaded, with file and line."""
    files: tuple[Path, ...] = ()

    @property
    def name(self) -> str:
        """What it is called."""
        return "library" if self.source is None else str(self.source)

    @contextlib.contextmanager
    def readable(self) -> Iterator[Sequence[Path]]:
        """Give the files as paths, also where the library is inside an archive."""
        if self.source is not None:
            yield self.files
            return
        folder = resources.files("gadfly.scenarios") / "library"
        there = sorted(
            (f for f in folder.iterdir() if f.name.endswith(SUFFIXES)), key=lambda f: f.name
        )
        with contextlib.ExitStack() as stack:
            yield [stack.enter_context(resources.as_file(f)) for f in there]

    def matching(self, query: str) -> tuple[Scenario, ...]:
        """Return the families that have every word of a query: in id, tags, stratum, question."""
        words = query.lower().split()
        return tuple(s for s in self.families if all(w in _text(s) for w in words))


def shelf(source: Path | None = None) -> Shelf:
    """Read a place; blocking. Files that are wrong are told, the others are there.

    Raises:
        ConfigError: There is no such file or folder, or no scenario file in it.
    """
    if source is None:
        return Shelf(source=None, families=library().all)
    if not source.exists():
        raise ConfigError(f"there is no file or folder {str(source)!r}")
    files = _files(source)
    if not files:
        raise ConfigError(f"there is no scenario file ({', '.join(SUFFIXES)}) in {str(source)!r}")
    inspected = [inspect(file) for file in files]
    families = {s.id: s for file in inspected for s in file.scenarios}
    return Shelf(
        source=source,
        families=tuple(families[id_] for id_ in sorted(families)),
        problems=(*(p for file in inspected for p in file.problems), *clashes(inspected)),
        files=tuple(files),
    )


def _files(source: Path) -> Sequence[Path]:
    if not source.is_dir():
        return [source]
    return sorted(f for f in source.rglob("*") if f.suffix in SUFFIXES and f.is_file())


def _text(s: Scenario) -> str:
    return " ".join((s.id, s.stratum, *sorted(s.tags), s.proposition.question)).lower()
