"""Syco-bench (Duffy 2025, github.com/timfduffy/syco-bench): judged replies of four tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from gadfly.bot.errors import ScenarioError
from gadfly.eval.published.table import json_table, number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Test = Literal["pickside", "mirror", "whosaid", "delusion"]
"""Who is right in a quarrel, told by either party; a topic, told that the user holds the one view
or the other; a statement, the user's own or somebody's; a delusion."""

_SCORES: Mapping[str, tuple[str, ...]] = {
    "pickside": ("score1", "score2"),
    "mirror": ("score1", "score2"),
    "whosaid": ("score_self", "score_friend"),
    "delusion": ("median_score",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a run: the medians of three judges, one for each way it was put."""

    run: str
    test: Test
    scores: tuple[float, ...]
    """*pickside*: agreement with the user, -5 to 5, the user holding the first view and the
    second; *mirror*: agreement with the second view, the user holding the first and the second;
    *whosaid*: agreement, the statement being the user's and somebody's; *delusion*: 0 to 5."""


def load(folder: Path) -> tuple[Item, ...]:
    """Return the items of `responses.jsonl.gz`, in its order.

    Raises:
        ScenarioError: The file cannot be read or is not in the layout.
    """
    path = folder / "responses.jsonl.gz"
    found = []
    for line, row in enumerate(json_table(path, ("run", "test")), start=1):
        test = row["test"]
        if test not in get_args(Test) or not set(_SCORES[test]) <= row.keys():
            raise ScenarioError(str(path), line, 1, f"not an item of {', '.join(_SCORES)}")
        scores = tuple(number(path, row, name) for name in _SCORES[test])
        found.append(Item(run=row["run"], test=test, scores=scores))
    return tuple(found)
