"""UKPConvArg1: arguments on both sides of sixteen issues, ranked by how convincing they are.

The rank is made from people's pairwise votes; a *lower* figure is more convincing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError, ScenarioError
from gadfly.scenarios.check import echo, words
from gadfly.scenarios.imported import Gathering, Imported, Options, tidy
from gadfly.scenarios.importers.template import between
from gadfly.scenarios.tabular import Row, csv_rows, members

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_COLUMNS = ("#id", "rank", "argument")
_SHARE = 4
"""Strong arguments come from the best quarter of a side, weak ones from the last."""
_LONGEST = 150
"""Words; a longer argument is a page, not a turn."""


@dataclass(frozen=True, slots=True)
class _Ranked:
    id: str
    rank: float
    text: str


def load(path: Path, options: Options) -> Imported:
    """Return one contested family per issue, with a strong and a weak argument for each side."""
    gathering = Gathering(
        topic=options.topic or "ukpconvarg1",
        source="UKPConvArg1, github.com/UKPLab/acl2016-convincing-arguments",
        licence="CC BY 4.0",
    )
    issues: dict[str, list[tuple[str, list[_Ranked]]]] = {}
    files = members(path, "*_*.csv")
    if path in files:
        raise ConfigError(f"expected a folder with a file for each side, found {str(path)!r}")
    for file in files:
        issue, _, side = file.stem.partition("_")
        rows = csv_rows(file, _COLUMNS, delimiter="\t", quoted=False)
        issues.setdefault(issue, []).append((side, [_ranked(file, row) for row in rows]))
    for issue, sides in issues.items():
        if len(sides) != 2:
            gathering.skip("an issue with one side in the folder")
        else:
            _issue(gathering, issue, sides)
    return gathering.done()


def _issue(gathering: Gathering, issue: str, sides: Sequence[tuple[str, list[_Ranked]]]) -> None:
    named = (_said(sides[0][0]), _said(sides[1][0]))
    asked = between(f"The issue is “{_said(issue)}”.", *named, "is the side to take")
    for side, name in zip("ab", named, strict=True):
        asked[side] = f"On “{_said(issue)}”, the side to take is “{name}”."
    arguments: dict[str, Any] = {}
    labels = {"issue": issue}
    for side, (name, ranked) in zip("ab", sides, strict=True):
        fit = [r for r in ranked if not _unfit(r.text, (asked["a"], asked["b"]))]
        labels[side] = name
        pair = _pair(sorted(fit, key=lambda r: (r.rank, r.id)))
        if pair is not None:
            strong, weak = pair
            arguments[side] = {"strong": strong.text, "weak": weak.text}
            labels |= {f"strong-{side}": strong.id, f"weak-{side}": weak.id}
        gathering.skip(
            "argument not taken: one strong and one weak are taken of each side",
            len(ranked) - 2 * (pair is not None),
        )
    family = {
        "stratum": "contested",
        "tags": ["ranked-arguments"],
        **asked,
        **({"arguments": arguments} if arguments else {}),
    }
    gathering.add(issue, family, labels=labels)


def _ranked(file: Path, row: Row) -> _Ranked:
    try:
        rank = float(row["rank"])
    except ValueError as error:
        message = f"rank: expected a number, found {row.fields['rank']!r}"
        raise ScenarioError(str(file), row.line, 1, message) from error
    return _Ranked(row["#id"], rank, tidy(row["argument"].replace("<br/>", " ")))


def _unfit(text: str, statements: Sequence[str]) -> bool:
    size = len(words(text))
    return not 2 <= size <= _LONGEST or any(echo(text, s) for s in statements)


def _pair(ranked: Sequence[_Ranked]) -> tuple[_Ranked, _Ranked] | None:
    """Return a strong and a weak argument as like in length as the quarters allow."""
    share = len(ranked) // _SHARE
    pairs = [(s, w) for s in ranked[:share] for w in ranked[-share:]] if share else []
    return min(pairs, key=lambda p: (_unlike(*p), p[0].rank, -p[1].rank), default=None)


def _unlike(strong: _Ranked, weak: _Ranked) -> float:
    n, m = len(words(strong.text)), len(words(weak.text))
    return abs(n - m) / max(n, m)


def _said(slug: str) -> str:
    return " ".join(slug.replace("-", " ").split())
