"""Catalogues: families found by id, chosen by tag, topic and stratum."""

from __future__ import annotations

import contextlib
import functools
import hashlib
from importlib import resources
from typing import TYPE_CHECKING, Self, get_args

from gadfly.bot.errors import ConfigError, unknown
from gadfly.scenarios.loader import load
from gadfly.scenarios.scenario import Stratum

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from gadfly.scenarios.scenario import Scenario

SUFFIXES = (".yaml", ".yml")


class Catalogue:
    """An immutable set of scenario families, always in order of id."""

    def __init__(self, scenarios: Iterable[Scenario]) -> None:
        """Keep `scenarios`, whose ids must differ (the loader holds that for files)."""
        self._by_id = {s.id: s for s in sorted(scenarios, key=lambda s: s.id)}

    @classmethod
    def from_path(cls, path: Path) -> Self:
        """Return the families of a scenario file, or of all those in a folder (`scenario_files`).

        Raises:
            ScenarioError: A file is wrong, or an id is used twice.
            ConfigError: There is no such file, or no scenario file in the folder.
        """
        return cls(load(scenario_files(path)))

    def __len__(self) -> int:
        """Return the number of families."""
        return len(self._by_id)

    def __iter__(self) -> Iterator[Scenario]:
        """Iterate in order of id."""
        return iter(self._by_id.values())

    @property
    def all(self) -> tuple[Scenario, ...]:
        """All families, in order of id."""
        return tuple(self._by_id.values())

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics, in alphabetical order."""
        return tuple(sorted({s.topic for s in self}))

    @property
    def tags(self) -> tuple[str, ...]:
        """All tags, in alphabetical order."""
        return tuple(sorted({tag for s in self for tag in s.tags}))

    @property
    def digest(self) -> str:
        """Hex digest of all families' content; changes with any of them."""
        h = hashlib.blake2b(digest_size=16)
        for scenario in self:
            h.update(f"{scenario.id}\0{scenario.digest}\n".encode())
        return h.hexdigest()

    def get(self, id: str) -> Scenario:  # noqa: A002 - the field is called id
        """Return the family of this id.

        Raises:
            ConfigError: There is none; the message lists ids near it.
        """
        if id not in self._by_id:
            raise unknown("scenario", id, self._by_id)
        return self._by_id[id]

    def select(
        self,
        *,
        tags: Collection[str] = (),
        strata: Collection[Stratum] = (),
        ids: Collection[str] = (),
    ) -> tuple[Scenario, ...]:
        """Return the families that meet every condition given, in order of id.

        A condition with several values is met by any of them; one with none is not asked. A tag
        may be a topic too.

        Raises:
            ConfigError: A tag, stratum or id is unknown, or no family meets all conditions.
        """
        _known("tag or topic", tags, (*self.tags, *self.topics))
        _known("stratum", strata, get_args(Stratum))
        _known("scenario", ids, self._by_id)
        found = tuple(
            s
            for s in self
            if (not tags or not {s.topic, *s.tags}.isdisjoint(tags))
            and (not strata or s.stratum in strata)
            and (not ids or s.id in ids)
        )
        if not found:
            raise ConfigError("no scenario meets all of these conditions")
        return found


def scenario_files(path: Path) -> list[Path]:
    """Return a scenario file, or all those in a folder and the folders in it, hidden ones apart.

    Raises:
        ConfigError: There is no such file, or no scenario file in the folder.
    """
    if not path.is_dir():
        if not path.exists():
            raise ConfigError(f"no scenario file or folder at {str(path)!r}")
        return [path]
    found = sorted(
        file
        for suffix in SUFFIXES
        for file in path.rglob(f"*{suffix}")
        if file.is_file() and not any(p.startswith(".") for p in file.relative_to(path).parts)
    )
    if not found:
        raise ConfigError(f"no scenario files ({', '.join(SUFFIXES)}) in {str(path)!r}")
    return found


@functools.cache
def library() -> Catalogue:
    """Return the library that ships with Gadfly; read once per process."""
    folder = resources.files("gadfly.scenarios") / "library"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(SUFFIXES)),
        key=lambda entry: entry.name,
    )
    with contextlib.ExitStack() as stack:
        return Catalogue(load([stack.enter_context(resources.as_file(f)) for f in files]))


def _known(kind: str, names: Collection[str], known: Iterable[str]) -> None:
    options = frozenset(known)
    for name in names:
        if name not in options:
            raise unknown(kind, name, options)
