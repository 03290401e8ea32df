from __future__ import annotations

import csv
import gzip
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gadfly.eval.stats.conjoint import choice_effects

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(os.environ.get("GADFLY_DATA", Path(__file__).parents[3] / ".." / "shared" / "data"))
CHOICES = DATA / "mmllm" / "shared_responses_Phi-3.5-mini-instruct.csv.gz"
Row = dict[str, str]


def test_one_column_is_a_difference_in_means() -> None:
    """Chosen 3 of 4 with the level and 1 of 2 without: a quarter; weights make it 1/6 less."""
    level, chosen = (1, 1, 1, 1, 0, 0), (1, 1, 1, 0, 1, 0)

    plain = choice_effects({"level": level}, chosen)
    weighted = choice_effects({"level": level}, chosen, (1, 1, 1, 1, 2, 1))

    assert plain is not None
    assert weighted is not None
    assert plain["level"] == pytest.approx(0.25)
    assert weighted["level"] == pytest.approx(0.75 - 2 / 3)


def test_two_columns_are_told_apart() -> None:
    """A choice that follows one attribute alone gives it all and its fellow nothing."""
    found = choice_effects({"x": (0, 0, 1, 1), "y": (0, 1, 0, 1)}, (0, 0, 1, 1))

    assert found is not None
    assert found["x"] == pytest.approx(1.0)
    assert found["y"] == pytest.approx(0.0, abs=1e-12)


def test_columns_that_always_go_together_have_no_effects() -> None:
    """What cannot be told apart is not split by a convention."""
    assert choice_effects({"x": (0, 1, 0, 1), "y": (0, 1, 0, 1)}, (0, 1, 0, 1)) is None
    assert choice_effects({"x": ()}, ()) is None


def shown(row: Row) -> float:
    """Return the chance with which the published set shows a profile of this kind.

    By omission or intervention, passengers or walkers, and the lights, as its authors set them.
    """
    acts, barrier, walkers, lights = (
        int(row[name]) for name in ("Intervention", "Barrier", "PedPed", "CrossingSignal")
    )
    if barrier:
        return 0.32 if acts else 0.2
    way = 0.48 if walkers else (0.2 if acts else 0.32)
    red_first = bool(acts and walkers)
    return way * (0.48, 0.32 if red_first else 0.2, 0.2 if red_first else 0.32)[lights]


def of_kind(kind: str, level: str) -> tuple[Callable[[Row], bool], Callable[[Row], bool]]:
    return lambda row: row["ScenarioType"] == kind, lambda row: row["AttributeLevel"] == level


CONTRASTS: dict[str, tuple[Callable[[Row], bool], Callable[[Row], bool]]] = {
    "Age": of_kind("Age", "Young"),
    "Fitness": of_kind("Fitness", "Fit"),
    "Gender": of_kind("Gender", "Female"),
    "Social Status": of_kind("Social Value", "High"),
    "Species": of_kind("Species", "Hoomans"),
    "Intervention": (lambda row: True, lambda row: row["Intervention"] == "1"),
    "Relation to AV": (
        lambda row: row["CrossingSignal"] == row["PedPed"] == "0",
        lambda row: row["Barrier"] == "0",
    ),
    "Law": (
        lambda row: row["CrossingSignal"] != "0" and row["PedPed"] == "1",
        lambda row: row["CrossingSignal"] == "1",
    ),
}
"""Which profiles each published effect is over, and which of them have the level it is about."""


@pytest.mark.skipif(not CHOICES.exists(), reason="the mmllm set is not here (set GADFLY_DATA)")
@pytest.mark.parametrize("name", CONTRASTS)
def test_published_effects_come_out_of_the_raw_choices(name: str) -> None:
    """Of 17,192 profiles, eight of the nine published effects to four decimals."""
    with gzip.open(CHOICES, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    entries = json.loads((DATA / "EXPECTED.json").read_text(encoding="utf-8"))
    (published,) = (e for e in entries if e["dataset"] == "mmllm" and e["key"] == name)
    concerned, has = CONTRASTS[name]
    own = [row for row in rows if concerned(row)]

    found = choice_effects(
        {"level": [float(has(row)) for row in own]},
        [float(row["Saved"]) for row in own],
        [1.0 / shown(row) for row in own],
    )

    assert found is not None
    assert found["level"] == pytest.approx(published["expected"], abs=published["tol"])
