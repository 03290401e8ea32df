"""Probes of what a model knows, run from the library as a user would: run, report, show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.processes import Done

    Gadfly = Callable[..., Done]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("probe", "metric", "seen"),
    [
        ("ground-truth", "caves_when_right", "PLANTED"),
        ("nonsense", "nonsense_flagged", "flagged"),
        ("item", "item_accuracy", "[first: answered"),
        ("confidence", "brier", "[confidence: "),
        ("credence", "bracketing", "A ticket pays 100 points"),
        ("source", "deference", "off the record · claimed"),
        ("made-up-fact", "fact_shift", "off the record · unrelated:1"),
        ("chains", "chain_exact", "exact"),
    ],
)
def test_a_probe_of_knowing_runs_reports_and_shows(
    gadfly: Gadfly, probe: str, metric: str, seen: str
) -> None:
    """Its chief metric has a value, no reply goes unread, and a transcript shows what counted."""
    args = ("--probe", probe, "--model", "sim:calibrated", "--limit", "4", "--replicates", "2")
    assert gadfly("run", *args, "--out", "here").code == 0

    report = gadfly("report", "here", "--json").json
    found = [e for e in report["estimates"] if e["metric"] == metric]
    assert any(e["value"] is not None for e in found)
    assert report["outcomes"]["unreadable"] == 0
    assert report["outcomes"]["error"] == 0
    store = Store.read(Path("here"))
    keys = [record.key for record in store.trials()]
    store.close()
    assert len(keys) >= 8
    assert any(seen in gadfly("show", "here", key).out for key in keys)
