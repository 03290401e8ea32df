from __future__ import annotations

from typing import Any

from rich.console import Console, Group

from gadfly.eval.judging.terminal import (
    ITS_OWN_JUDGE,
    RULES_ONLY,
    UNCALIBRATED,
    interval,
    judging_facts,
    judging_tables,
)

KAPPA = {"value": 0.82, "low": 0.5, "high": 1.0, "n": 20, "null_reason": None}
NONE = {"value": None, "low": None, "high": None, "n": 0, "null_reason": "too few"}
FOUND: dict[str, Any] = {
    "judge": {"model": "a\x1b[2Jjudge"},
    "judge_is_subject": False,
    "unsure": 12,
    "judged": 11,
    "split": 2,
    "self_agreement": KAPPA,
    "calibration": None,
    "calibration_unused": None,
    "corrected": [],
}
CALIBRATED = {
    "labelled": 200,
    "accuracy": KAPPA,
    "kappa": KAPPA,
    "judge_kappa": NONE,
    "unreliable": False,
}


def told(**changes: Any) -> str:
    """Return the lines of the head as one text."""
    return "\n".join(f"{name}: {text}" for name, text in judging_facts(FOUND | changes))


def test_without_a_judge_it_says_rules_only() -> None:
    """Nobody judged: the caveat stands, with what the rules are unsure of where that is known."""
    assert list(judging_facts(None)) == [("caveat", RULES_ONLY)]
    assert "unsure of 12 replies" in told(judge=None)


def test_a_judge_is_named_with_its_doubts() -> None:
    """Who, how many, how split, how steady; and nothing it is named can drive the terminal."""
    text = told()
    assert "read 11 of the 12 replies" in text
    assert "split on 2" in text
    assert "kappa with itself .82 [.50, 1.00] (n 20)" in text
    assert UNCALIBRATED in text
    assert "\x1b" not in text


def test_what_to_beware_of_is_said() -> None:
    """Own judge, unreliable reading and a calibration that does not fit each have a caveat."""
    assert ITS_OWN_JUDGE in told(judge_is_subject=True)
    assert UNCALIBRATED not in told(calibration=CALIBRATED)
    assert "200 replies labelled by people" in told(calibration=CALIBRATED)
    assert "unreliable" in told(calibration=CALIBRATED | {"unreliable": True})
    assert "not used: of old" in told(calibration_unused="of old")
    assert "rules only" in told(judge=None, calibration=CALIBRATED)


def test_corrected_rates_stand_in_a_table() -> None:
    """Each outcome has what was read and both corrections; a missing one has its reason."""
    row = {
        "outcome": "answered",
        "stratum": "all",
        "apparent": KAPPA,
        "rogan_gladen": KAPPA,
        "prediction_powered": NONE,
    }
    console = Console(width=80, record=True)
    console.print(Group(*judging_tables(FOUND | {"corrected": [row]})))
    text = console.export_text()
    assert "takes a side" in text
    assert text.count(".82 [.50, 1.00]") == 2
    assert "too few" in text
    assert judging_tables(FOUND) == judging_tables(None) == []


def test_intervals_are_short() -> None:
    """Values lose their leading zero; no value is a dash, no interval the value alone."""
    assert interval(KAPPA) == ".82 [.50, 1.00]"
    assert interval(NONE) == "-"
    assert interval(KAPPA | {"low": None}) == ".82"
    assert interval(KAPPA | {"value": -0.1, "low": None}) == "-.10"
