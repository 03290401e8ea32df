"""Hugging Face `datasets` on disk, with the same map as CSV; nothing is ever downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, unknown
from gadfly.scenarios.importers.mapped import gather, mapped_columns
from gadfly.scenarios.tabular import Row, need

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.scenarios.imported import Imported, Options


def load(path: Path, options: Options) -> Imported:
    """Return one family per row of a split of a dataset saved with `save_to_disk`.

    Raises:
        ConfigError: The package is not installed, or there is no such dataset or split.
    """
    try:
        from datasets import DatasetDict, load_from_disk
    except ImportError as error:
        raise ConfigError(
            "reading Hugging Face datasets needs the package 'datasets': "
            "pip install 'gadfly[datasets]'"
        ) from error
    columns = mapped_columns(options)
    if not path.is_dir():
        raise ConfigError(f"expected a folder written by `save_to_disk` at {str(path)!r}")
    try:
        found = load_from_disk(str(path))
    except (FileNotFoundError, ValueError) as error:
        raise ConfigError(f"{str(path)!r} is no dataset saved to disk: {error}") from error
    if isinstance(found, DatasetDict):
        if options.split not in found:
            raise unknown("split", options.split, map(str, found))
        found = found[options.split]
    need(path, 1, columns, list(found.column_names))
    rows = (Row(number, record) for number, record in enumerate(found, start=1))
    return gather(rows, options, name=path.name, source=path.name)
