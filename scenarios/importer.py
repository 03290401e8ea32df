"""Importers by the name of the layout they read."""

from __future__ import annotations

from types import MappingProxyType
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
    from collections.abc import Mapping
    from pathlib import Path

    from gadfly.scenarios.imported import Imported, Options


class Importer(Protocol):
    """Reads a layout."""

    def __call__(self, path: Path, options: Options, /) -> Imported:
        """Return the families of the set at a path; reads files there and nothing else.

        Raises:
            ConfigError: The path or an option cannot be used.
            ScenarioError: A file there is not in the layout; says where.
        """
        ...


IMPORTERS: Mapping[str, Importer] = MappingProxyType(
    {
        "csv": mapped.load_csv,
        "daily_dilemmas": daily_dilemmas.load,
        "ethics": ethics.load,
        "hf-datasets": hf_datasets.load,
        "jsonl": mapped.load_jsonl,
        "logicom_warrants": logicom_warrants.load,
        "moralchoice": moralchoice.load,
        "mt_consistency": mt_consistency.load,
        "off_the_rails": off_the_rails.load,
        "syco_bench": syco_bench.load,
        "sycon_bench": sycon_bench.load,
        "ukpconvarg1": ukpconvarg1.load,
        "valueconsistency": valueconsistency.load,
    }
)
"""By layout, in alphabetical order."""


def importer(layout: str) -> Importer:
    """Return the importer of a layout.

    Raises:
        ConfigError: There is none; the message lists near names.
    """
    if layout not in IMPORTERS:
        raise unknown("layout", layout, IMPORTERS)
    return IMPORTERS[layout]
