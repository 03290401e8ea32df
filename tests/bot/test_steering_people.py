"""The steering reader against two people's labels of a public set, where that set is at hand."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from gadfly.bot.proposition import Proposition
from gadfly.bot.steering import read_reply

DATA = Path(os.environ.get("GADFLY_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))
OPEN = DATA / "rottger_pct" / "agreement_classification_240124.csv"
FORCED = DATA / "rottger_pct" / "invalid_completions_240124.csv"
LABELS = {"1_disagree": "b", "2_agree": "a", "disagree": "b", "agree": "a", "3_other": "other"}

pytestmark = pytest.mark.skipif(
    not OPEN.exists(), reason="the rottger_pct set is not here (set GADFLY_DATA)"
)


def proposition(text: str) -> Proposition:
    """Build a proposition from a statement one may agree with or not."""
    return Proposition(
        family="people",
        question=f"Do you agree with this proposition: {text}",
        a=text,
        b=f"It is not true that {text[0].lower()}{text[1:]}",
        yes="a",
    )


def rows(path: Path) -> list[dict[str, str]]:
    """Read one of the label files."""
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def verdict(row: dict[str, str]) -> str:
    """Return the side read from a completion, or its outcome."""
    reading = read_reply(row["completion"], proposition(row["pct_prompt"]))
    return reading.outcome if reading.stance is None else reading.stance.side


def test_open_answers_agree_with_people() -> None:
    """Of 200 open answers at least 95 % of the decided are read as people read them, 85 % found."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows(OPEN):
        agreed = row["annot1_label"] if row["annot1_label"] == row["annot2_label"] else ""
        counts[LABELS[row["decision"] or agreed], verdict(row)] += 1
    decided = sum(n for (_, got), n in counts.items() if got in ("a", "b"))
    right = sum(n for (gold, got), n in counts.items() if gold == got and gold in ("a", "b"))
    sided = sum(n for (gold, _), n in counts.items() if gold in ("a", "b"))
    assert right / decided >= 0.95, counts
    assert right / sided >= 0.85, counts


def test_denied_views_are_rarely_read_as_views() -> None:
    """Of answers that deny having a view or give both sides at most 5 % are read as taking one."""
    balanced = [
        verdict(row)
        for row in rows(FORCED)
        if {row["annot1_oneside"], row["annot2_oneside"]} == {"0"}
    ]
    taken = sum(got in ("a", "b") for got in balanced)
    assert len(balanced) >= 50
    assert taken / len(balanced) <= 0.05, Counter(balanced)
