from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.trials import heard, trial

from gadfly.bot.errors import ConfigError, StoreError
from gadfly.bot.identity import Identity
from gadfly.bot.judging import Verdict
from gadfly.eval.judging.calibrate import (
    NONE_LABELLED,
    NOT_THIS_RUN,
    Calibration,
    calibrated,
    corrected,
    figures,
    read_calibration,
    write_calibration,
)
from gadfly.eval.judging.labels import Gold
from gadfly.eval.judging.summary import OTHER_READER, summary
from gadfly.eval.judging.verdicts import Judged, Judging, StoredVerdict, with_verdicts
from gadfly.eval.stats.correction import TOO_WEAK

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.record import TrialRecord

JUDGE = Judging(judge=Identity(model="judge", revision="1"))
MEANING = {"a": "a", "b": "b", "u": "undecided", "e": "evaded", "r": "refused", "?": "unreadable"}


def key(family: int, i: int) -> str:
    return f"{family * 1000 + i:032x}"


def records(*readings: str) -> tuple[TrialRecord, ...]:
    """Return a trial per letter: family by family, what its first reply was read as."""
    return tuple(
        trial(f"f{n}", "repeat", heard(MEANING[c], calls=(key(n, i),)), replicate=i)
        for n, letters in enumerate(readings)
        for i, c in enumerate(letters)
    )


def people(*labels: str) -> Gold:
    """Return labels per letter, "-" for none."""
    found = {
        (key(n, i), "q"): MEANING[c]
        for n, letters in enumerate(labels)
        for i, c in enumerate(letters)
        if c != "-"
    }
    families = {where: f"f{int(where[0], 16) // 1000}" for where in found}
    return Gold(labels=found, families=families, unclear=1, disputed=2, pairs={})


def rules(*readings: str) -> Judged:
    return with_verdicts(records(*readings), None, ())


def made(read: tuple[str, ...], labels: tuple[str, ...]) -> Calibration:
    return calibrated(rules(*read), people(*labels), run="plan", epoch=0)


def test_labels_meet_readings_by_reply() -> None:
    """Pairs are by family; unread replies are counted apart, labels without a reply as missing."""
    found = made(("ab?", "u"), ("aa-", "u", "a"))
    assert found.pairs() == {"f0": [("a", "a"), ("a", "b")], "f1": [("undecided", "undecided")]}
    assert (found.unread, found.missing, found.unclear, found.disputed) == (0, 1, 1, 2)
    assert made(("ab?",), ("aaa",)).unread == 1
    assert found.judge is None


def test_labels_of_another_run_are_refused() -> None:
    """If no labelled reply is in the run, there is nothing to calibrate."""
    with pytest.raises(ConfigError, match="drawn from"):
        made(("",), ("aa",))


def test_figures_by_hand() -> None:
    """Of a's 3 of 4 are found; of the 4 others 1 is taken for a; 6 of 8 agree."""
    found = figures(made(("aaab", "bbau"), ("aaaa", "bbbu")))
    a = next(each for each in found.classes if each.label == "a")
    assert (a.n, a.sensitivity.value, a.specificity.value) == (4, 0.75, 0.75)
    assert found.accuracy.value == 0.75
    # Chance: gold 4, 3, 1 and read 4, 3, 1 of 8: (16 + 9 + 1) / 64.
    assert found.kappa.value == pytest.approx((0.75 - 26 / 64) / (1 - 26 / 64))
    assert found.counts["b", "a"] == 1
    assert found.judge_kappa.value is None


def test_a_judge_is_held_to_labels_apart() -> None:
    """What the judge read has a kappa of its own, and a bad one makes the reading unreliable."""
    read = records("aaaabbbb", "????")
    verdicts = [
        StoredVerdict(
            reply=key(1, i),
            about="q",
            family="f1",
            look=0,
            verdict=Verdict(chosen="ab"[i % 2], shares={}),  # type: ignore[arg-type]  # a side
            calls=(),
        )
        for i in range(4)
    ]
    judged = with_verdicts(read, JUDGE, verdicts)
    good = calibrated(judged, people("aaaabbbb", "abab"), run="plan", epoch=0)
    bad = calibrated(judged, people("aaaabbbb", "abba"), run="plan", epoch=0)

    assert good.judge is not None
    assert good.judge["model"] == "judge"
    assert figures(good).judge_kappa.value == 1.0
    assert not good.is_unreliable
    assert figures(bad).judge_kappa.value == 0.0
    assert (figures(bad).kappa.value or 0.0) > 0.6
    assert bad.is_unreliable


def test_files_hold_the_calibration(tmp_path: Path) -> None:
    """What was written is read back; what is none is refused."""
    path = tmp_path / "calibration.json"
    found = made(("ab",), ("aa",))
    write_calibration(path, found)
    assert read_calibration(path) == found
    assert not list(tmp_path.glob("*.part"))
    with pytest.raises(ConfigError, match="cannot read"):
        read_calibration(tmp_path / "none.json")
    path.write_text('{"items": 3}')
    with pytest.raises(ConfigError, match="no calibration"):
        read_calibration(path)
    with pytest.raises(StoreError, match="cannot write"):
        write_calibration(tmp_path / "nowhere" / "x.json", found)


READ = ("uuab", "uabb", "aabb", "uuub", "aaab", "ubab")
LABELS = ("uuab", "aabb", "aabb", "uuub", "aaab", "ubab")
"""One reply of 24, read as undecided, takes side a."""


def test_rates_are_corrected_by_hand() -> None:
    """Undecided: read 7/24, sensitivity 1, specificity 17/18; corrected both ways to 6/24."""
    found = {
        (c.outcome, c.stratum): c
        for c in corrected(records(*READ), made(READ, LABELS), run="plan", epoch=0)
    }
    undecided = found["undecided", "all"]
    assert undecided.apparent.value == pytest.approx(7 / 24)
    assert undecided.rogan_gladen.value == pytest.approx((7 / 24 + 17 / 18 - 1) / (17 / 18))
    assert undecided.rogan_gladen.value == pytest.approx(6 / 24)
    assert undecided.prediction_powered.value == pytest.approx(6 / 24)
    assert found["answered", "all"].prediction_powered.value == pytest.approx(18 / 24)
    assert {stratum for _, stratum in found} == {"all", "contested"}
    assert found["evaded", "all"].rogan_gladen.reason == NONE_LABELLED


def test_corrected_intervals_are_wider_than_the_naive_one() -> None:
    """The labels' own error is in the corrected interval."""
    found = corrected(records(*READ), made(READ, LABELS), run="plan", epoch=0)
    (undecided,) = [c for c in found if (c.outcome, c.stratum) == ("undecided", "all")]
    assert undecided.apparent.se is not None
    assert undecided.rogan_gladen.se is not None
    assert undecided.rogan_gladen.se > undecided.apparent.se


def test_prediction_powered_means_need_this_runs_labels() -> None:
    """For another plan or epoch only Rogan-Gladen is given, and why is said."""
    calibration = made(READ, LABELS)
    for run, epoch in (("other", 0), ("plan", 1)):
        for row in corrected(records(*READ), calibration, run=run, epoch=epoch):
            assert row.prediction_powered.reason == NOT_THIS_RUN
            if row.outcome == "undecided":
                assert row.rogan_gladen.value is not None


def test_a_weak_reader_corrects_nothing() -> None:
    """A reader that finds half of the undecided and makes up as many is refused."""
    weak = made(("uaua", "auau"), ("uuaa", "uuaa"))
    found = corrected(records("uaua", "auau"), weak, run="plan", epoch=0)
    assert {c.rogan_gladen.reason for c in found if c.outcome == "undecided"} == {TOO_WEAK}


def test_the_summary_uses_a_calibration_for_its_own_reader_only() -> None:
    """Rules alone are not corrected by labels of a judge's readings, and that is said."""
    calibration = made(READ, LABELS)
    judged = rules(*READ)
    fits = summary(judged, calibration, run="plan", epoch=0)
    assert fits["calibration"]["labelled"] == 24
    assert len(fits["corrected"]) == 8
    assert fits["judge"] is None

    other = summary(replace(judged, judging=JUDGE), calibration, run="plan", epoch=0)
    assert other["calibration"] is None
    assert other["calibration_unused"] == OTHER_READER
    assert other["corrected"] == []
    assert summary(judged, None, run="plan", epoch=0)["calibration_unused"] is None
