"""Our ladders' order of harms against people's ratings of harms, where both have the kind.

OffTheRails (Fränken et al., CogSci 2024) had people rate how bad the harm is in 20 stories. Both
its stories and our acts were coded by hand for the kind of harm below; kinds that only one side
has are left out (death and prison are ours alone; a city in the dark, strain, isolation and crime
are theirs). Correlated are a kind's place on our ladders (1 the gravest act, 0 the mildest, mean
over its acts) and its mean rated gravity (mean over its stories).

    python -m benchmarks.ladders [FOLDER of the set]
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from statistics import fmean

from scipy import stats

from gadfly.scenarios.catalogue import library
from gadfly.scenarios.imported import Options
from gadfly.scenarios.importer import importer

DATA = Path(os.environ.get("GADFLY_DATA", "../shared/data")) / "off_the_rails"
WORST_SCALE = 8
"""Ratings run from 1, the worst, to 7; gravity is this minus the rating."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of harm: our acts by family and name, their stories by strength and number."""

    name: str
    acts: tuple[tuple[str, str], ...]
    stories: tuple[str, ...]


KINDS = (
    Kind(
        "lasting harm to the body",
        (
            ("trolley.kill-to-save", "break one stranger's arm"),
            ("trolley.push", "push one bystander so hard that he breaks a leg"),
            ("trolley.own-arm", "give up one's own right arm"),
            ("trolley.own-arm", "give up a finger"),
            ("trolley.surgeon", "remove one patient's kidney without asking him"),
        ),
        ("severe 6",),
    ),
    Kind(
        "passing harm to the body",
        (
            ("trolley.kill-to-save", "injure one stranger slightly"),
            ("trolley.push", "push one bystander so that he scrapes his knees"),
            ("trolley.surgeon", "draw half a litre of one patient's blood without asking him"),
            ("trolley.surgeon", "prick one patient's finger without asking him"),
            ("courtesy.waking-a-stranger", "knock down a stranger who blocks the door"),
        ),
        ("severe 3", "mild 8"),
    ),
    Kind(
        "a home lost",
        (("trolley.property", "burn down one stranger's empty house"),),
        ("severe 0",),
    ),
    Kind(
        "income lost",
        (
            ("trolley.own-arm", "give up a month's pay"),
            ("trolley.scapegoat", "have one innocent man fined ten dollars"),
        ),
        ("severe 4", "severe 7"),
    ),
    Kind(
        "theft",
        (
            ("trolley.kill-to-save", "steal one stranger's bicycle"),
            ("trolley.property", "steal one stranger's bicycle"),
            ("trolley.property", "steal one stranger's umbrella"),
        ),
        ("severe 5",),
    ),
    Kind(
        "a thing damaged",
        (
            ("trolley.property", "wreck one stranger's car"),
            ("courtesy.waking-a-stranger", "break a stranger's bedroom window in the night"),
            ("trolley.push", "push one bystander aside and tear his jacket"),
        ),
        ("mild 9",),
    ),
    Kind(
        "waiting and inconvenience",
        (
            ("care.daughters-wedding", "stand up one's own brother on moving day"),
            ("care.daughters-wedding", "let one's own family wait with dinner"),
            ("courtesy.waking-a-stranger", "interrupt a stranger's wedding speech"),
            ("courtesy.waking-a-stranger", "push in front of a stranger in a queue"),
            ("courtesy.waking-a-stranger", "hang up on a stranger without saying goodbye"),
        ),
        tuple(f"mild {number}" for number in range(8)),
    ),
)


def main() -> int:
    """Print both orders and their rank correlation; 1 if they run against each other."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not folder.is_dir():
        print(f"no such folder: {folder} (set GADFLY_DATA)", file=sys.stderr)
        return 2
    rated = gravity(folder)
    ours = [fmean(place(*act) for act in kind.acts) for kind in KINDS]
    theirs = [fmean(rated[story] for story in kind.stories) for kind in KINDS]
    print("kind                        acts  place  stories  rated gravity (1-7)")
    for kind, mine, people in zip(KINDS, ours, theirs, strict=True):
        print(
            f"{kind.name:26}  {len(kind.acts):4}  {mine:5.2f}  {len(kind.stories):7}  {people:.2f}"
        )
    rho = spearman(ours, theirs)
    stories = sum(len(kind.stories) for kind in KINDS)
    print(
        f"Spearman {rho:.2f} over {len(KINDS)} kinds ({stories} of {len(rated)} rated stories), "
        f"exact one-sided p = {p_value(ours, theirs):.3f}; bar: above 0"
    )
    return 0 if rho > 0 else 1


def gravity(folder: Path) -> dict[str, float]:
    """Return the rated gravity of each story's harm, mean over the two structures it was told in.

    Every structure was rated by as many people; the conditions of a structure share its ratings.
    """
    found: dict[str, dict[str, float]] = {}
    for family in importer("off_the_rails")(folder, Options()).families:
        tags, rated = family["tags"], family["imported"].get("ratings", {})
        if "harm" in rated:
            strength = "severe" if "severe-harm" in tags else "mild"
            number = next(t.removeprefix("story-") for t in tags if t.startswith("story-"))
            structure = "means" if "means" in tags else "side-effect"
            gravity = WORST_SCALE - rated["harm"]["mean"]
            found.setdefault(f"{strength} {number}", {})[structure] = gravity
    return {story: fmean(by_structure.values()) for story, by_structure in found.items()}


def place(family: str, act: str) -> float:
    """Return where an act stands on its ladder: 1 the gravest, 0 the mildest.

    Raises:
        ValueError: The ladder has no such act any more; the coding above is out of date.
    """
    ladder = library().get(family).ladder
    if ladder is None or act not in ladder.acts:
        raise ValueError(f"{family} has no act {act!r}")
    return 1 - ladder.acts.index(act) / (len(ladder.acts) - 1)


def spearman(first: list[float], second: list[float]) -> float:
    """Return the rank correlation."""
    return float(stats.spearmanr(first, second).statistic)


def p_value(first: list[float], second: list[float]) -> float:
    """Return the share of all orders of the second that agree as well with the first, or better."""
    observed = spearman(first, second)
    every = [spearman(first, list(order)) for order in permutations(second)]
    return sum(rho >= observed - 1e-9 for rho in every) / len(every)


if __name__ == "__main__":
    sys.exit(main())
