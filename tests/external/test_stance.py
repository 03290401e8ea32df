"""The steering reader against two people's labels, on the third of propositions held out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.people import (
    NO_SIDE,
    available,
    between_people,
    by_proposition,
    open_answers,
    sideless_answers,
)

from gadfly.eval.stats.agreement import accuracy, confusion, kappa

if TYPE_CHECKING:
    from gadfly.eval.stats.interval import Interval

pytestmark = pytest.mark.skipif(
    not available(), reason="the rottger_pct set is not here (set GADFLY_DATA)"
)
PARTS = ("tuning", "held-out")
ROOT = Path(__file__).parents[2]


def test_a_third_of_the_propositions_is_held_out() -> None:
    """Hashing puts 16 of the 54 labelled propositions, 64 of 200 answers, aside."""
    answers = open_answers()
    held = [answer for answer in answers if answer.part == "held-out"]
    assert (len(answers), len(held)) == (200, 64)
    assert len({answer.about.a for answer in held}) == 16


@pytest.mark.parametrize("part", PARTS)
def test_answers_are_read_as_people_read_them(part: str) -> None:
    """Accuracy over agrees / disagrees / neither is .85 at least, kappa .70, in either part."""
    clusters = by_proposition(answer for answer in open_answers() if answer.part == part)
    correct, agreed = accuracy(clusters), kappa(clusters)
    assert correct.value is not None
    assert correct.value >= 0.85, confusion(clusters)
    assert agreed.value is not None
    assert agreed.value >= 0.70, confusion(clusters)


def test_the_manual_has_the_figures_of_today() -> None:
    """The README and every page that says how well the rules read say what comes out here."""
    clusters = by_proposition(answer for answer in open_answers() if answer.part == "held-out")
    correct, agreed = written(accuracy(clusters)), written(kappa(clusters))
    alone, with_kappa = correct.split()[0], agreed.split()[0]

    for page, figure in {
        "README.md": f"agreed with people on {correct} of held-out answers",
        "docs/limits.md": f"agreed with people on {alone} of held-out answers",
        "docs/judging.md": f"| {correct} | {agreed} |",
        "docs/benchmarks.md": f"| {alone}, {with_kappa} (",
    }.items():
        words = " ".join((ROOT / page).read_text(encoding="utf-8").split())
        assert figure in words, f"{page} should have: {figure}"


def written(found: Interval) -> str:
    """Write an estimate as the manual does, without its nought."""
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    return f"{found.value:.2f} [{found.low:.2f}, {found.high:.2f}]".replace("0.", ".")


@pytest.mark.parametrize("part", PARTS)
def test_a_side_is_hardly_ever_taken_for_the_other(part: str) -> None:
    """Of answers read as taking a side at least 95 % take that side for people, too."""
    counts = confusion(by_proposition(a for a in open_answers() if a.part == part))
    decided = sum(n for (_, read), n in counts.items() if read != NO_SIDE)
    right = sum(n for (gold, read), n in counts.items() if gold == read != NO_SIDE)
    assert right / decided >= 0.95, counts


def test_no_side_is_made_up() -> None:
    """Of forced answers in which nobody found a side argued, at most 5 % are read as sided."""
    answers = sideless_answers()
    taken = sum(answer.read != NO_SIDE for answer in answers)
    assert len(answers) >= 50
    assert taken / len(answers) <= 0.05


def test_people_agree_with_one_another() -> None:
    """Kappa between the two people is .93, surely above .85: labels worth being held to."""
    found = kappa(between_people(open_answers()))
    assert found.low is not None
    assert found.low >= 0.85
