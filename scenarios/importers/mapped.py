"""Tables of anyone's: CSV and JSON lines, with a map from a family's fields to columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError, unknown
from gadfly.scenarios.imported import Gathering, Imported, Options, slug, tidy
from gadfly.scenarios.tabular import Row, csv_rows, json_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

REQUIRED = ("question", "a", "b")
FIELDS = (*REQUIRED, "id", "wordings", "yes", "truth", "stratum", "tags")
"""What a map may name. `wordings` may join columns with '+'; tags are parted by commas."""

_STRATA = ("objective", "settled", "contested")


def load_csv(path: Path, options: Options) -> Imported:
    """Return one family per record of a CSV (or, by its suffix, a TSV)."""
    delimiter = "\t" if path.suffix == ".tsv" else ","
    return _load(path, options, lambda columns: csv_rows(path, columns, delimiter=delimiter))


def load_jsonl(path: Path, options: Options) -> Imported:
    """Return one family per line of a JSON lines file."""
    return _load(path, options, lambda columns: json_rows(path, columns))


def _load(path: Path, options: Options, rows: Callable[[Sequence[str]], Iterable[Row]]) -> Imported:
    columns = mapped_columns(options)
    if not path.exists():
        raise ConfigError(f"no file at {str(path)!r}")
    return gather(rows(columns), options, name=path.stem, source=path.name)


def mapped_columns(options: Options) -> tuple[str, ...]:
    """Return the columns a map names.

    Raises:
        ConfigError: The map names an unknown field, or lacks a required one.
    """
    for name in options.columns:
        if name not in FIELDS:
            raise unknown("field", name, FIELDS)
    missing = [name for name in REQUIRED if name not in options.columns]
    if missing:
        raise ConfigError(
            f"no column for {', '.join(missing)}: say --map question=COLUMN,a=COLUMN,b=COLUMN"
            f" (and, where there are any, {', '.join(FIELDS[len(REQUIRED) :])})"
        )
    if options.stratum and options.stratum not in _STRATA:
        raise unknown("stratum", options.stratum, _STRATA)
    return tuple(column for name in options.columns for column in _columns(options, name))


def gather(rows: Iterable[Row], options: Options, *, name: str, source: str) -> Imported:
    """Return the families of mapped rows; `name` and `source` stand in for what was not said."""
    gathering = Gathering(
        topic=options.topic or slug(name),
        source=options.source or source,
        licence=options.licence or "not stated",
    )
    for number, row in enumerate(rows, start=1):
        texts = {name: _texts(row, _columns(options, name)) for name in options.columns}
        if not all(texts[name] for name in REQUIRED):
            gathering.skip("no question or statement in the row")
            continue
        upstream = (texts.get("id") or [f"row-{number}"])[0]
        gathering.add(upstream, _family(texts, options))
    return gathering.done()


def _family(texts: dict[str, list[str]], options: Options) -> dict[str, Any]:
    first = {name: found[0] for name, found in texts.items() if found}
    truth = _side(first.get("truth", ""), first)
    stratum = first.get("stratum") or options.stratum or ("objective" if truth else "contested")
    tags = [slug(tag) for found in texts.get("tags", ()) for tag in found.split(",") if tag.strip()]
    return {
        "stratum": stratum.lower(),
        "tags": tags,
        **{name: first[name] for name in REQUIRED},
        "yes": _side(first.get("yes", ""), first),
        **({"truth": truth} if truth else {}),
        "wordings": texts.get("wordings") or [first["question"]],
    }


def _side(value: str, first: dict[str, str]) -> str | None:
    """Return the side a cell names: by letter, or by the statement's own text."""
    if not value:
        return None
    by_text = {first["a"].casefold(): "a", first["b"].casefold(): "b"}
    return by_text.get(value.casefold(), value.lower())


def _columns(options: Options, name: str) -> list[str]:
    column = options.columns[name]
    return column.split("+") if name == "wordings" else [column]


def _texts(row: Row, columns: Sequence[str]) -> list[str]:
    cells: list[object] = []
    for column in columns:
        value = row[column]
        cells += value if isinstance(value, list) else [value]
    return [text for cell in cells if cell is not None and (text := tidy(str(cell)))]
