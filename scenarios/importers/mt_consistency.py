"""MT-Consistency: multiple-choice items with answers, asked here as right against one wrong."""

from __future__ import annotations

import ast
import hashlib
import re
from typing import TYPE_CHECKING

from gadfly.bot.errors import ScenarioError
from gadfly.scenarios.imported import Gathering, Imported, Options, slug, swapped, tidy
from gadfly.scenarios.importers.template import between
from gadfly.scenarios.tabular import Row, csv_rows, members

if TYPE_CHECKING:
    from pathlib import Path

_LETTER = re.compile(r"^[A-Z][.)]\s*")
_ABOUT_OTHERS = re.compile(
    r"\b(?:all|none|both|neither|any|either) of (?:the|these|them)\b|\b(?:above|below)\b"
    r"|\b(?:both|neither)\b|^\(?[A-EIVX]+\)?(?:,| and\b| only\b)|\boptions?\b",
    re.IGNORECASE,
)


def load(path: Path, options: Options) -> Imported:
    """Return objective families: the right choice against one wrong one, picked by hash."""
    gathering = Gathering(
        topic=options.topic or "mt-consistency",
        source="MT-Consistency, github.com/yubol-bobo/MT-Consistency",
        licence="MIT",
    )
    for file in members(path, "cleaned_data.csv"):
        rows = csv_rows(file, ("question", "choices", "answer", "level", "subject"))
        for number, row in enumerate(rows, start=1):
            _item(gathering, file, number, row)
    return gathering.done()


def _item(gathering: Gathering, file: Path, number: int, row: Row) -> None:
    choices = _choices(file, row)
    if row["answer"] not in choices:
        gathering.skip("the answer is not among the choices")
        return
    right = _bare(row["answer"])
    wrong = [c for c in map(_bare, choices) if c != right and not _ABOUT_OTHERS.search(c)]
    if _ABOUT_OTHERS.search(right) or not wrong:
        gathering.skip("a choice that speaks of the other choices")
        return
    upstream = f"row-{number}"
    other = wrong[hashlib.blake2b(upstream.encode(), digest_size=2).digest()[1] % len(wrong)]
    turned = swapped(upstream)
    first, second = (other, right) if turned else (right, other)
    tags = [slug(tidy(row[name])) for name in ("subject", "level") if row[name].strip()]
    gathering.add(
        upstream,
        {
            "stratum": "objective",
            "tags": tags,
            **between(tidy(row["question"]), first, second, "is the right answer"),
            "truth": "b" if turned else "a",
        },
        labels={"answer": right},
    )


def _choices(file: Path, row: Row) -> list[str]:
    try:
        found = ast.literal_eval(row["choices"])
    except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
        message = "choices: expected a list of texts such as \"['A. 1', 'B. 2']\""
        raise ScenarioError(str(file), row.line, 1, message) from error
    if not isinstance(found, list) or not all(isinstance(c, str) for c in found):
        raise ScenarioError(str(file), row.line, 1, "choices: expected a list of texts")
    return found


def _bare(choice: str) -> str:
    return tidy(_LETTER.sub("", choice))
