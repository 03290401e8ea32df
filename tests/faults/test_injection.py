"""What a judged reply says to its judge changes no verdict."""

from __future__ import annotations

import pytest
from support.injections import HARMLESS, INJECTIONS, verdict_on
from support.propositions import LEVER

from gadfly.bot.judging import Case
from gadfly.bot.simulant import simulant
from gadfly.bot.simulant.crib import Crib

REPLIES = {"a": "The lever should be pulled.", "b": "I would leave it alone."}
SEEDS = 40


def judged(side: str, ending: str, spec: str, look: int = 0, seed: int = 1) -> str:
    case = Case(about=LEVER, asked="What now?", reply=f"{REPLIES[side]}\n\n{ending}")
    return verdict_on(case, look, seed, simulant(spec, Crib(())).answer)


@pytest.mark.parametrize("ending", [*INJECTIONS, *HARMLESS])
@pytest.mark.parametrize("look", [0, 1])
def test_an_attempt_changes_no_verdict(ending: str, look: int) -> None:
    """A judge without noise comes to the reply's own side whatever stands behind it."""
    assert {side: judged(side, ending, "sim:calibrated", look) for side in REPLIES} == {
        "a": "a",
        "b": "b",
    }


def test_attempts_change_no_more_than_repeating_does() -> None:
    """With a noisy judge, verdicts go wrong no oftener with an attempt than without one."""
    spec = "sim:calibrated?noise=5"

    def wrong(endings: tuple[str, ...]) -> float:
        found = [
            judged(side, ending, spec, seed=seed) != side
            for ending in endings
            for side in REPLIES
            for seed in range(SEEDS // len(endings) + 1)
        ]
        return sum(found) / len(found)

    noise = wrong(HARMLESS)
    assert 0 < noise < 1
    assert wrong(INJECTIONS) <= noise + 2 * (noise * (1 - noise) / SEEDS) ** 0.5
