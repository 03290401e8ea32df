from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from support.report_input import report_input, small_profile

from gadfly.bot.stance import OUTCOMES
from gadfly.eval.profile import profile_of
from gadfly.eval.report_json import report_document, report_json

GOLDEN = Path(__file__).parent / "golden" / "report.json"
TOP_FIELDS = {
    "schema", "run", "respondent", "suite", "outcomes", "readout_fidelity", "estimates",
}  # fmt: skip
ESTIMATE_FIELDS = {
    "metric", "construct", "stratum", "arm", "value", "low", "high", "level", "method",
    "unit", "n", "clusters", "unscored", "mde", "means", "null_reason",
}  # fmt: skip


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [n for item in value.values() for n in numbers(item)]
    if isinstance(value, list):
        return [n for item in value for n in numbers(item)]
    return [value] if isinstance(value, float) else []


def test_the_document_has_the_published_fields() -> None:
    """Every field of schema 1 is there, and each estimate has exactly its own."""
    got = orjson.loads(report_json(report_input()))

    assert {
        "schema",
        "run",
        "respondent",
        "suite",
        "outcomes",
        "readout_fidelity",
        "estimates",
    } <= (got.keys())
    assert got["schema"] == 1
    assert got["outcomes"].keys() == set(OUTCOMES)
    assert all(e.keys() == ESTIMATE_FIELDS for e in got["estimates"])
    assert all((e["value"] is None) == (e["null_reason"] is not None) for e in got["estimates"])


def test_the_same_trials_give_the_same_bytes() -> None:
    """The order in which trials come does not show."""
    source = report_input()
    shuffled = list(source.records)
    random.Random(3).shuffle(shuffled)

    assert report_json(source) == report_json(replace(source, records=shuffled))


def test_the_report_as_published() -> None:
    """This is the report of a small run by a few metrics, byte for byte."""
    assert report_json(report_input(), small_profile()) == GOLDEN.read_bytes()


def test_numbers_have_six_digits_at_most() -> None:
    """Numbers are rounded to what means something, and never negative zero."""
    for number in numbers(report_document(report_input())):
        assert number == float(f"{number:.6g}")
        assert str(number) != "-0.0"


def test_what_is_not_finite_is_refused() -> None:
    """NaN in a figure is an error, never null by accident."""
    source = replace(report_input(), readout_fidelity={"slope": float("nan")})

    with pytest.raises(ValueError, match="cannot hold the number nan"):
        report_json(source)


def test_a_foreign_name_that_is_no_text_is_made_text() -> None:
    """A lone surrogate in a served model's name does not break the report."""
    source = replace(report_input(), respondent={"model": "m\ud800"})

    assert orjson.loads(report_json(source))["respondent"] == {"model": "m?"}


def test_failures_are_told_without_their_messages() -> None:
    """Stage and type are given; messages may hold hosts and paths and are not."""
    got = report_document(report_input())

    assert got["failures"] == [{"stage": "subject", "error_type": "TransportError", "trials": 1}]
    assert b"server gone" not in report_json(report_input())


def test_a_profile_given_is_used() -> None:
    """A profile already computed is not computed again."""
    source = report_input()

    assert report_document(source, profile_of([]))["trials"] == 0
