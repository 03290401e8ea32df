from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.comprehension import comprehension, understood
from gadfly.eval.metrics.ladder import ladder_curve, ladder_settled_accept, ladder_word_shift
from gadfly.eval.metrics.surface import framing_excess, framing_shift

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def rung(
    took: str, act: float | str, saved: float | str, *, form: str = "plain", replicate: int = 0
) -> TrialRecord:
    """Return a settled rung whose checks are right on side A (act) and on side B (saved)."""
    return trial(
        "f",
        "ladder",
        heard(took),
        read(act, "check:act"),
        read(saved, "check:saved"),
        arm="checked",
        variant=f"rung:s4b1000/{form}",
        replicate=replicate,
        settings={
            "severity": "4",
            "benefit": "1000",
            "form": form,
            "settled": "a",
            "check:act": "a",
            "check:saved": "b",
        },
    )


def story(took: str, check: float, *, replicate: int) -> TrialRecord:
    return trial(
        "f",
        "framing",
        heard(took),
        read(check, "check:story"),
        arm="checked",
        variant="cover:novel",
        replicate=replicate,
        settings={"kind": "novel", "check:story": "a"},
    )


def direct(took: str, replicate: int) -> TrialRecord:
    return trial("f", "framing", heard(took), replicate=replicate)


def arms(found: tuple[Scores, ...]) -> dict[str, list[float]]:
    return {s.arm: list(s.families()["f"]) for s in found if s.families()}


def test_checks_count_by_the_probability_of_the_right_side() -> None:
    """Right .9 and .7, then .2 and 0 (undecided); an error is missing."""
    trials = [
        rung("a", 0.9, 0.3),
        rung("a", 0.2, "undecided", replicate=1),
        rung("a", "error", 0.0, replicate=2),
    ]

    found = comprehension(trials)

    assert arms(found)["read"] == pytest.approx([0.9, 0.7, 0.2, 0.0, 1.0])
    assert arms(found)["read/act"] == pytest.approx([0.9, 0.2])
    assert arms(found)["read/saved"] == pytest.approx([0.7, 0.0, 1.0])
    assert found[1].estimates(np.random.default_rng(0))[0].unscored == 1


def test_understood_is_every_check_right() -> None:
    """One check on the wrong side, undecided or missing is enough; no checks at all pass."""
    assert understood(rung("a", 0.9, 0.3))
    assert not understood(rung("a", 0.9, 0.6))
    assert not understood(rung("a", 0.9, "undecided"))
    assert understood(direct("a", 0))


def test_stances_on_what_was_misread_are_left_out_of_a_row_of_their_own() -> None:
    """Who refuses a trifle only where it took it for something else accepts what it understood."""
    trials = [rung("a", 0.9, 0.1), rung("b", 0.1, 0.1, replicate=1)]

    found = arms(ladder_settled_accept(trials))

    assert found["said"] == [1.0, 0.0]
    assert found["said/understood"] == [1.0]


def test_word_shifts_are_compared_where_both_were_understood() -> None:
    """The form called harm was misread once; without it there is no difference."""
    trials = [
        rung("a", 0.9, 0.1),
        rung("a", 0.9, 0.1, form="harm"),
        rung("b", 0.1, 0.1, form="harm", replicate=1),
    ]

    found = arms(ladder_word_shift(trials))

    assert (found["said"], found["said/understood"]) == ([-0.5], [0.0])


def test_a_run_without_checks_has_no_such_row() -> None:
    """Where nothing was checked nothing is said to have been understood."""
    trials = [direct("a", 0), direct("a", 1)]

    rows = [s.arm for s in (*framing_excess(trials), *ladder_curve(trials))]

    assert not [row for row in rows if "understood" in row]


def test_a_story_misread_is_left_out_of_the_framing() -> None:
    """Two replicates understood the story and answer as directly; a third did not and turned."""
    trials = [
        *(direct("a", i) for i in range(3)),
        story("a", 0.9, replicate=0),
        story("a", 0.8, replicate=1),
        story("b", 0.2, replicate=2),
    ]

    excess, shift = arms(framing_excess(trials)), arms(framing_shift(trials))

    assert excess["said/understood"] == [0.0]
    assert shift["said/novel"] == pytest.approx([-1 / 3])
    assert shift["said/novel/understood"] == [0.0]
