"""How people write, beside a report's rows."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console
from support.report_input import report_input
from support.trials import trial, wrote

from gadfly.eval.metrics import SCORERS
from gadfly.eval.people import ABSENT, PEOPLE, beside
from gadfly.eval.profile import profile_of
from gadfly.eval.report_json import report_document
from gadfly.eval.report_terminal import print_report

RECORDS = [
    trial(f"f{i:02}", "repeat", wrote(f"On the one hand, {i} is more. It is less."), replicate=r)
    for i in range(12)
    for r in range(3)
]


def test_figures_come_in_the_order_of_the_rows_and_once() -> None:
    """Rows without a figure of people are passed over."""
    rows = [("stock_phrases", "said"), ("accuracy", "said"), ("opener_reuse", "said")]

    found = [people.metric for people in beside([*rows, *rows])]

    assert found == ["stock_phrases", "opener_reuse"]


def test_every_figure_has_an_interval_and_a_metric() -> None:
    """No figure is of a metric that a report does not know, and none lies outside its interval."""
    known = {e.metric for e in profile_of(RECORDS).estimates}

    assert len(SCORERS) > 12
    assert {p.metric for p in PEOPLE.values()} <= known
    assert ABSENT.keys() <= known
    assert all(p.low <= p.value <= p.high for p in PEOPLE.values())
    assert not ABSENT.keys() & {p.metric for p in PEOPLE.values()}


def test_the_report_prints_them_and_what_they_are_not_for() -> None:
    """The terminal has people's stock phrases, and why overlap is not held against it."""
    file = io.StringIO()
    source = replace(report_input(), records=RECORDS)

    print_report(Console(file=file, width=80, no_color=True), source)

    text = " ".join(file.getvalue().split())
    assert "Beside people: 1,052 short arguments" in text
    assert "stock phrases 1.12 [0.80, 1.46]" in text
    assert "not to be held against it: these are different people" in text
    assert "distinct k: none, nobody was asked the same three times" in text


def test_the_json_has_them_too() -> None:
    """Each with its caution, empty where there is none."""
    found = report_document(replace(report_input(), records=RECORDS))["people"]

    assert {"metric", "arm", "value", "low", "high", "but"} == found[0].keys()
    assert {p["metric"]: bool(p["but"]) for p in found}["stock_phrases"] is False
