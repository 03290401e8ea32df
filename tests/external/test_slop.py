"""Formulaicness of known models: ranked as slop-score ranks them, with people below them all.

On every fifth of its 300 prompts and all arguments of UKPConvArg1; `benchmarks/slop.py` takes
all prompts and prints every figure, those that do not agree too.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.slop import (
    COMPOSITE,
    PEOPLE,
    correlations,
    model_figures,
    of_models,
    our_figures,
    people_figures,
    people_trials,
    published_figures,
)
from gadfly.eval.people import PEOPLE as PRINTED

DATA = Path(os.environ.get("GADFLY_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))
pytestmark = pytest.mark.skipif(
    not (DATA / "slop_score").is_dir() or not (DATA / "ukpconvarg1").is_dir(),
    reason="slop_score and ukpconvarg1 are not here (set GADFLY_DATA)",
)


def test_models_are_ranked_as_published_and_people_are_least() -> None:
    """Stock constructions follow the composite over 11 models, and people use fewest of them.

    Skeletons are shared least by people too. Compression puts people highest, which is why it is
    not held against a model.
    """
    figures = {
        **model_figures(DATA / "slop_score", prompts=range(0, 300, 5)),
        PEOPLE: our_figures(people_trials(DATA / "ukpconvarg1")),
    }
    published = published_figures(DATA / "slop_score" / "leaderboard_metrics.json")

    found = correlations(of_models(figures, "stock_phrases"), published)

    assert len(figures) == 12
    assert found[COMPOSITE][0] > 0.5
    for name in ("stock_phrases", "skeleton_reuse"):
        assert min(figures, key=lambda model: figures[model][name]) == PEOPLE


def test_the_printed_figures_of_people_come_out() -> None:
    """Every figure of `gadfly.eval.people` is what the scorers give for the texts."""
    found = people_figures(people_trials(DATA / "ukpconvarg1"))

    assert found.keys() == PRINTED.keys()
    for row, (value, low, high) in found.items():
        printed = PRINTED[row]
        assert (printed.value, printed.low, printed.high) == pytest.approx(
            (value, low, high), rel=1e-3
        )
