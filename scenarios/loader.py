"""Reads and writes scenario files: YAML to scenarios, or an error that points at the place.

YAML is read from its events into a tree that remembers lines and columns. Nothing is constructed
but text, numbers, true, false and null as YAML 1.2 knows them, so a key ``yes`` is a word; anchors
with aliases, tags and deep nesting are refused, so a hostile file can neither run nor swell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from gadfly.bot.errors import ScenarioError
from gadfly.scenarios.build import build
from gadfly.scenarios.check import check_family, check_file
from gadfly.scenarios.schema import valid_families, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from gadfly.scenarios.scenario import Scenario
    from gadfly.scenarios.schema import LibraryFile, Location

MAX_DEPTH = 24
"""Deepest nesting read; a scenario file needs eight levels."""

MAX_DIGITS = 18
"""Longest number read as one; a longer one stays text and fails where a number is due."""

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER = re.compile(r"[-+]?[0-9]+$")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True, order=True)
class _Mark:
    line: int
    column: int


@dataclass(slots=True)
class _Node:
    """A value with the places of its parts."""

    mark: _Mark
    value: Value
    keys: dict[str, _Mark] = field(default_factory=dict)
    parts: dict[str | int, _Node] = field(default_factory=dict)

    def find(self, location: Location, *, at_key: bool) -> _Mark:
        """Return where a location is; the nearest thing around it where it does not exist."""
        node = self
        for depth, step in enumerate(location):
            if at_key and depth == len(location) - 1 and isinstance(step, str):
                return node.keys.get(step, node.mark)
            if step not in node.parts:
                break
            node = node.parts[step]
        return node.mark


class Places:
    """Where the families of a file, and what is in them, stand; for what is found after loading."""

    def __init__(self, root: _Node) -> None:
        """Keep the tree of a file that has no problem."""
        self._root = root
        families = root.parts["families"].parts.values()
        self._families = {family.parts["id"].value: family for family in families}

    def of(self, family: str, location: Location = ()) -> tuple[int, int]:
        """Return line and column of a place in a family, or of the nearest thing around it."""
        mark = self._families[family].find(location, at_key=False)
        return mark.line, mark.column

    def topic(self) -> tuple[int, int]:
        """Return line and column at which the file names its topic."""
        mark = self._root.find(("topic",), at_key=True)
        return mark.line, mark.column

    def imported(self, family: str) -> bool:
        """Tell whether a family was imported from a set of somebody else's."""
        return "imported" in self._families[family].parts


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file as its checker needs it: either it has problems, or scenarios with their places."""

    path: Path
    problems: tuple[ScenarioError, ...]
    scenarios: tuple[Scenario, ...] = ()
    places: Places | None = None


class _Broken(Exception):
    def __init__(self, mark: _Mark, message: str) -> None:
        super().__init__(message)
        self.mark = mark
        self.message = message


def load_file(path: Path) -> tuple[Scenario, ...]:
    """Return the scenarios of one file, in its order.

    Raises:
        ScenarioError: Anything is wrong with the file; names the first problem and how many more.
    """
    found = inspect(path)
    if found.problems:
        raise _first(found.problems)
    return found.scenarios


def load(paths: Iterable[Path]) -> tuple[Scenario, ...]:
    """Return the scenarios of several files, in their order.

    Raises:
        ScenarioError: A file is wrong, or two files use the same id.
    """
    files = []
    for path in paths:
        files.append(inspect(path))
        if files[-1].problems:
            raise _first(files[-1].problems)
    clash = next(clashes(files), None)
    if clash is not None:
        raise clash
    return tuple(scenario for file in files for scenario in file.scenarios)


def clashes(files: Iterable[Inspected]) -> Iterator[ScenarioError]:
    """Yield, for each id that an earlier of these files uses, where it is used again."""
    owners: dict[str, Path] = {}
    for file in files:
        for scenario in file.scenarios:
            if scenario.id in owners and file.places is not None:
                line, column = file.places.of(scenario.id, ("id",))
                message = f"id: {scenario.id!r} is taken by a family in {owners[scenario.id]}"
                yield _error(file.path, _Mark(line, column), message)
            owners.setdefault(scenario.id, file.path)


def inspect(path: Path) -> Inspected:
    """Return the scenarios of a file with their places, or everything that is wrong with it."""
    try:
        tree = _Tree(_decode(path))
    except _Broken as broken:
        return Inspected(path, (_error(path, broken.mark, broken.message),))
    if tree.broken:
        return Inspected(path, tuple(_error(path, b.mark, b.message) for b in tree.broken))
    file, found = _checked(tree.root)
    if file is None or found:
        return Inspected(path, tuple(_error(path, mark, message) for mark, message in found))
    scenarios = tuple(build(file.topic, family) for family in file.families)
    return Inspected(path, (), scenarios, Places(tree.root))


def problems(path: Path) -> tuple[ScenarioError, ...]:
    """Return everything wrong with a file, in its order; nothing if it is fine."""
    return inspect(path).problems


def read_text(path: Path) -> str:
    """Return the text of a file of a user's, whatever is in it.

    Raises:
        ScenarioError: It cannot be read, or is not UTF-8; says where.
    """
    try:
        return _utf8(path)
    except _Broken as broken:
        raise _error(path, broken.mark, broken.message) from broken


def dump(topic: str, canary: str, families: Sequence[Mapping[str, Any]]) -> str:
    """Return a scenario file as text that reads back as what is given."""
    data = {"schema": 1, "canary": canary, "topic": topic, "families": list(families)}
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text


def _first(found: tuple[ScenarioError, ...]) -> ScenarioError:
    first, more = found[0], len(found) - 1
    if not more:
        return first
    prefix = f"{first.path}:{first.line}:{first.column}: "
    message = str(first).removeprefix(prefix)
    tail = f" (and {more} more problem{'s' if more > 1 else ''})"
    return ScenarioError(first.path, first.line, first.column, message + tail)


def _checked(root: _Node) -> tuple[LibraryFile | None, list[tuple[_Mark, str]]]:
    """Return a file's content, where its shape is right, and what is wrong with it, in order."""
    data = root.value
    file, shape = validate(data)
    if file is not None:
        rules = list(check_file(file))
    else:
        rules = [
            problem
            for index, family in valid_families(data)
            for problem in check_family(family, ("families", index))
        ]
    return file, sorted(
        (root.find(p.location, at_key=p.at_key), p.message) for p in (*shape, *rules)
    )


def _error(path: Path, mark: _Mark, message: str) -> ScenarioError:
    return ScenarioError(str(path), mark.line, mark.column, message)


def _decode(path: Path) -> str:
    text = _utf8(path)
    strange = _UNPRINTABLE.search(text)
    if strange:
        message = f"expected printable text, found the character U+{ord(strange[0]):04X}"
        raise _Broken(_after(text[: strange.start()]), message)
    return text


def _utf8(path: Path) -> str:
    start = _Mark(1, 1)
    try:
        raw = path.read_bytes()
    except IsADirectoryError as error:
        raise _Broken(start, "expected a file, found a folder") from error
    except OSError as error:
        raise _Broken(start, f"cannot be read: {error.strerror or error}") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        message = f"expected UTF-8 text, found the byte 0x{raw[error.start]:02x}"
        raise _Broken(_after(before), message) from error


def _after(before: str) -> _Mark:
    return _Mark(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _mark(event: yaml.Event) -> _Mark:
    at = event.start_mark
    return _Mark(at.line + 1, at.column + 1) if at is not None else _Mark(1, 1)


def _scalar(event: yaml.ScalarEvent) -> Value:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text) if len(text) <= MAX_DIGITS else text
    return float(text) if _DECIMAL.match(text) else text


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # both are dumpers
    """Writes no aliases, and quotes text that would be read back as something else."""

    def ignore_aliases(self, data: object) -> bool:
        """Write everything out: aliases are refused on reading."""
        return True


def _written(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    plain = text not in _WORDS and not _INTEGER.match(text) and not _DECIMAL.match(text)
    style = None if plain else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _written)


class _Tree:
    """The content of one YAML document, with places."""

    def __init__(self, text: str) -> None:
        self.broken: list[_Broken] = []
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_LOADER))
        self.root = self._document()

    def _document(self) -> _Node:
        try:
            for event in self._events:
                if isinstance(event, yaml.DocumentStartEvent):
                    break
            else:
                raise _Broken(_Mark(1, 1), "the file is empty; expected a mapping with 'schema'")
            root = self._node(next(self._events), 1)
            for event in self._events:
                if isinstance(event, yaml.DocumentStartEvent):
                    raise _Broken(_mark(event), "expected one document, found a second")
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark or error.context_mark
            mark = _Mark(at.line + 1, at.column + 1) if at is not None else _Mark(1, 1)
            context = f" ({error.context})" if error.context else ""
            raise _Broken(mark, f"not YAML: {error.problem}{context}") from error
        return root

    def _node(self, event: yaml.Event, depth: int) -> _Node:
        mark = _mark(event)
        if depth > MAX_DEPTH:
            raise _Broken(mark, f"expected at most {MAX_DEPTH} levels of nesting, found more")
        if isinstance(event, yaml.AliasEvent):
            self.broken.append(_Broken(mark, f"expected no aliases, found '*{event.anchor}'"))
            return _Node(mark, None)
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            self.broken.append(_Broken(mark, f"expected no tags, found {tag!r}"))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(mark, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(mark, depth)
        if isinstance(event, yaml.ScalarEvent):
            return _Node(mark, _scalar(event))
        raise _Broken(mark, "expected a value, found nothing")

    def _sequence(self, mark: _Mark, depth: int) -> _Node:
        parts: dict[str | int, _Node] = {}
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            parts[len(parts)] = self._node(event, depth + 1)
        return _Node(mark, [part.value for part in parts.values()], parts=parts)

    def _mapping(self, mark: _Mark, depth: int) -> _Node:
        node = _Node(mark, None)
        value: dict[str, Value] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            place = _mark(event)
            key = event.value if isinstance(event, yaml.ScalarEvent) else None
            if key is None:
                self.broken.append(_Broken(place, "expected a name as key, found something else"))
                self._node(event, depth + 1)
            part = self._node(next(self._events), depth + 1)
            if key is None:
                continue
            if key in value:
                first = node.keys[key].line
                self.broken.append(_Broken(place, f"duplicate key {key!r}, first on line {first}"))
                continue
            value[key], node.keys[key], node.parts[key] = part.value, place, part
        node.value = value
        return node
