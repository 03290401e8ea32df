"""Importers by the name of the layout they read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from gadfly.bot.errors import unknown
from gadfly.scenarios.importers import (
    daily_dilemmas,
    ethics,
    hf_datasets,
    logicom_warrants,
    mapped,
    moralchoice,
    mt_consistency,
    off_the_rails,
    syco_bench,
    sycon_bench,
    ukpconvarg1,
    valueconsistency,
)

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.scenarios.imported import Imported, Options


class Load(Protocol):
    """Reads a layout."""

    def __call__(self, path: Path, options: Options, /) -> Imported:
        """Return the families of the set at a path; reads files there and nothing else.

        Raises:
            ConfigError: The path or an option cannot be used.
            ScenarioError: A file there is not in the layout; says where.
        """
        ...


@dataclass(frozen=True, slots=True)
class Importer:
    """A layout and how it is read."""

    layout: str
    load: Load


IMPORTERS: tuple[Importer, ...] = (
    Importer("csv", mapped.load_csv),
    Importer("daily_dilemmas", daily_dilemmas.load),
    Importer("ethics", ethics.load),
    Importer("hf-datasets", hf_datasets.load),
    Importer("jsonl", mapped.load_jsonl),
    Importer("logicom_warrants", logicom_warrants.load),
    Importer("moralchoice", moralchoice.load),
    Importer("mt_consistency", mt_consistency.load),
    Importer("off_the_rails", off_the_rails.load),
    Importer("syco_bench", syco_bench.load),
    Importer("sycon_bench", sycon_bench.load),
    Importer("ukpconvarg1", ukpconvarg1.load),
    Importer("valueconsistency", valueconsistency.load),
)
"""In order of layout."""


def importer(layout: str) -> Importer:
    """Return the importer of a layout.

    Raises:
        ConfigError: There is none; the message lists near names.
    """
    for found in IMPORTERS:
        if found.layout == layout:
            return found
    raise unknown("layout", layout, (i.layout for i in IMPORTERS))
