"""Slop-score (Paech 2025, github.com/sam-paech/slop-score): essays and stories of models."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.errors import ScenarioError
from gadfly.eval.published.table import json_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WINDOW = 500
"""Tokens in a window of its lexical diversity."""

_APOSTROPHES = re.compile("[\u2018\u2019\u201a\u201b\u2032\u02bc\uff07`]")
_TOKEN = re.compile(r"[a-z](?:[a-z']*[a-z])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One text a model wrote."""

    model: str
    text: str


def load(folder: Path) -> tuple[Output, ...]:
    """Return the texts of `outputs.jsonl.gz`, in its order.

    Raises:
        ScenarioError: The file cannot be read or is not in the layout.
    """
    path = folder / "outputs.jsonl.gz"
    rows = json_table(path, ("model", "output"))
    return tuple(Output(model=row["model"], text=row["output"]) for row in rows)


def listed_words(folder: Path) -> frozenset[str]:
    """Return the words of `slop_list.json`: those models use far more often than people.

    Raises:
        ScenarioError: The file cannot be read or is not a list of lists of words.
    """
    path = folder / "slop_list.json"
    try:
        return frozenset(str(entry[0]).lower() for entry in json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise ScenarioError(str(path), 1, 1, f"not a list of words: {error}") from error


def tokens(texts: Iterable[str]) -> list[str]:
    """Return the words of texts, one after the other: runs of the letters a to z, in lower case.

    An apostrophe of any kind inside a word belongs to it.
    """
    return [
        token for text in texts for token in _TOKEN.findall(_APOSTROPHES.sub("'", text.lower()))
    ]
