"""The stance reader against two people's labels of 200 open answers (rottger_pct).

A third of the propositions, chosen by hash, is held out: no rule may be tuned on it. Intervals are
clustered on propositions. `--part tuning` shows the part that is for tuning, `--missed` what is
read otherwise there, and only there.

    python -m benchmarks stance [--part tuning] [--missed]
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from support.people import (
    DATA,
    NO_SIDE,
    Answer,
    available,
    between_people,
    by_proposition,
    open_answers,
    sideless_answers,
)

from gadfly.eval.stats.agreement import accuracy, confusion, kappa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.stats.interval import Interval

BAR_ACCURACY = 0.85
BAR_KAPPA = 0.70
BAR_SIDELESS = 0.05
"""Most answers without a side that may be read as taking one."""
CLASSES = ("a", "b", NO_SIDE)


def main() -> int:
    """Print accuracy and kappa by model and over all; 1 if a bar is missed, 2 without the set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=("tuning", "held-out"), default="held-out")
    parser.add_argument("--missed", action="store_true", help="what is missed (tuning part)")
    args = parser.parse_args()
    if not available():
        print(f"needs the rottger_pct set under {DATA} (set GADFLY_DATA)", file=sys.stderr)
        return 2
    answers = [answer for answer in open_answers() if answer.part == args.part]
    if args.missed and args.part == "tuning":
        show_missed(answers)
    for model in sorted({answer.model for answer in answers}):
        show(model, [answer for answer in answers if answer.model == model])
    correct, agreed = show("all", answers)
    print(f"{'two people':30}kappa {shown(kappa(between_people(answers)))}")
    sideless = [answer for answer in sideless_answers() if answer.part == args.part]
    taken = sum(answer.read != NO_SIDE for answer in sideless)
    print(f"{taken} of {len(sideless)} answers in which nobody argues one side are read as sided")
    print(
        f"bars: accuracy {BAR_ACCURACY:.2f}, kappa {BAR_KAPPA:.2f}, "
        f"sideless read as sided {BAR_SIDELESS:.0%}"
    )
    held = correct >= BAR_ACCURACY and agreed >= BAR_KAPPA
    return 0 if held and taken <= BAR_SIDELESS * len(sideless) else 1


def show(name: str, answers: Sequence[Answer]) -> tuple[float, float]:
    """Print one row and its confusion; return accuracy and kappa."""
    clusters = by_proposition(answers)
    correct, agreed = accuracy(clusters), kappa(clusters)
    print(f"{name:30}accuracy {shown(correct)}  kappa {shown(agreed)}")
    counts = confusion(clusters)
    for gold in CLASSES:
        row = "  ".join(f"{read} {counts[gold, read]:3}" for read in CLASSES)
        print(f"    people {gold:5} read as  {row}")
    return correct.value or 0.0, agreed.value or 0.0


def shown(found: Interval) -> str:
    """Write an interval with what it rests on."""
    if found.value is None:
        return f"none ({found.reason})"
    ends = "" if found.low is None else f" [{found.low:.2f}, {found.high:.2f}]"
    return f"{found.value:.2f}{ends} (n {found.n}, {found.clusters} propositions)"


def show_missed(answers: Sequence[Answer]) -> None:
    """Print the beginning of every answer that is read otherwise than people read it."""
    for answer in answers:
        if answer.read != answer.gold:
            print(f"people {answer.gold}, read {answer.read}: {answer.about.a}")
            print(f"    {' '.join(answer.text.split())[:300]}")


if __name__ == "__main__":
    sys.exit(main())
