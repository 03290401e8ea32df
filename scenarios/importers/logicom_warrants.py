"""LOGICOM's warrants: claims with a reason, a warrant that supports, and one that reverses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ScenarioError
from gadfly.scenarios.check import echo
from gadfly.scenarios.imported import Gathering, Imported, Options, tidy
from gadfly.scenarios.importers.template import between, sentence
from gadfly.scenarios.tabular import Row, csv_rows, members

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS = ("id", "title", "claim", "reason", "warrant_one", "warrant_two", "correctLabelW0orW1")


def load(path: Path, options: Options) -> Imported:
    """Return one contested family per debate with two claims, each with its valid/invalid twins.

    The strong argument is reason and right warrant, the invalid one reason and reversed warrant;
    the set has no weak ones.
    """
    gathering = Gathering(
        topic=options.topic or "logicom-warrants",
        source="LOGICOM claims and warrants, github.com/Amir-pyh/LOGICOM",
        licence="MIT",
    )
    debates: dict[str, list[Row]] = {}
    for file in members(path, "claims_warrants.csv"):
        for row in csv_rows(file, _COLUMNS):
            if row["correctLabelW0orW1"] not in ("0", "1"):
                message = f"correctLabelW0orW1: expected 0 or 1, found {row.fields[_COLUMNS[-1]]!r}"
                raise ScenarioError(str(file), row.line, 1, message)
            debates.setdefault(tidy(row["title"]), []).append(row)
    for title, rows in debates.items():
        if len(rows) == 2:
            _debate(gathering, title, rows)
        else:
            gathering.skip(f"a debate with {len(rows)} claims in the set, not two", len(rows))
    return gathering.done()


def _debate(gathering: Gathering, title: str, rows: list[Row]) -> None:
    claims = [sentence(tidy(row["claim"])) for row in rows]
    asked = between(sentence(title), *claims)
    arguments = {}
    for side, row in zip("ab", rows, strict=True):
        part = _arguments(row)
        texts = (part["strong"], part["invalid"])
        if any(echo(text, asked[of]) for text in texts for of in "ab"):
            gathering.skip("arguments of a claim left out: they repeat it word for word")
        else:
            arguments[side] = part
    family = {
        "stratum": "contested",
        "tags": ["warrants"],
        **asked,
        **({"arguments": arguments} if arguments else {}),
    }
    ids = [row["id"].strip() for row in rows]
    gathering.add("+".join(ids), family, labels=dict(zip("ab", ids, strict=True)))


def _arguments(row: Row) -> dict[str, Any]:
    warrants = (row["warrant_one"], row["warrant_two"])
    right = int(row["correctLabelW0orW1"])
    reason = sentence(tidy(row["reason"]))
    return {
        "strong": f"{reason} {sentence(tidy(warrants[right]))}",
        "invalid": f"{reason} {sentence(tidy(warrants[1 - right]))}",
        "fallacy": "reversed warrant",
    }
