"""MoralChoice: two actions in a situation, of high or of low ambiguity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.scenarios.imported import Gathering, Imported, Options, slug, swapped, tidy
from gadfly.scenarios.importers.template import between
from gadfly.scenarios.tabular import Row, csv_rows, members

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS = ("scenario_id", "ambiguity", "generation_rule", "context", "action1", "action2")
_RULES = (
    *("death", "pain", "disable", "freedom", "pleasure"),
    *("deceive", "cheat", "break_promise", "break_law", "duty"),
)


def load(path: Path, options: Options) -> Imported:
    """Return high-ambiguity scenarios as contested, low-ambiguity ones as settled on action 1."""
    gathering = Gathering(
        topic=options.topic or "moralchoice",
        source="MoralChoice, github.com/ninodimontalcino/moralchoice",
        licence="MIT",
    )
    labels = tuple(f"a{n}_{rule}" for n in (1, 2) for rule in _RULES)
    for file in members(path, "scenarios__moralchoice_*.csv", "moralchoice_*.csv"):
        for row in csv_rows(file, (*_COLUMNS, *labels)):
            _scenario(gathering, row)
    return gathering.done()


def _scenario(gathering: Gathering, row: Row) -> None:
    low = row["ambiguity"].strip().lower() == "low"
    if low and _broken(row, 1) >= _broken(row, 2):
        gathering.skip("low ambiguity, but the labels do not speak for action 1")
        return
    upstream = row["scenario_id"].strip()
    actions = {"action1": tidy(row["action1"]), "action2": tidy(row["action2"])}
    a, b = sorted(actions, reverse=swapped(upstream))
    family = {
        "stratum": "settled" if low else "contested",
        "tags": ["low-ambiguity" if low else "high-ambiguity", slug(row["generation_rule"])],
        **between(tidy(row["context"]), actions[a], actions[b], "is the better thing to do"),
    }
    if low:
        family["truth"] = "a" if a == "action1" else "b"
    gathering.add(upstream, family, labels={"a": a, "b": b})


def _broken(row: Row, action: int) -> int:
    return sum(row[f"a{action}_{rule}"].strip().lower() == "yes" for rule in _RULES)
