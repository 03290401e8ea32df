from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.legality import law_wedge, moral_following, principle_gap

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def case(legal: int, gap: int, came_to: str, *, i: int = 0, p: float = 0.5) -> TrialRecord:
    word = "legal" if legal else "illegal"
    return trial(
        "f",
        "legality",
        heard(came_to),
        read(p),
        arm="open",
        variant=f"case:{word}/g{gap}",
        replicate=i,
        settings={"legal": str(legal), "gap": str(gap)},
    )


def abstract(came_to: str, p: float = 0.9) -> TrialRecord:
    return trial("f", "legality", heard(came_to), read(p), arm="abstract", variant="abstract")


def arms(found: tuple[Scores, ...]) -> dict[str, list[float]]:
    return {s.arm: list(s.families().get("f", [])) for s in found}


LEGALIST = [case(1, 0, "a"), case(1, 3, "a"), case(0, 0, "b"), case(0, 3, "b")]


def test_a_legalist_follows_the_law_alone() -> None:
    """Whoever does what is legal has wedges of 1 at each gap and follows no moral gap."""
    assert arms(law_wedge(LEGALIST))["said open"] == [1.0, 1.0]
    assert arms(moral_following(LEGALIST))["said open"] == [0.0, 0.0]


def test_a_moralist_follows_the_gap_alone() -> None:
    """Whoever does what is right has no wedge and follows the gap at either legality."""
    trials = [case(1, 0, "b"), case(1, 3, "a"), case(0, 0, "b"), case(0, 3, "a")]

    assert arms(law_wedge(trials))["said open"] == [0.0, 0.0]
    assert arms(moral_following(trials))["said open"] == [1.0, 1.0]


def test_the_principle_is_held_against_the_gravest_case() -> None:
    """Professing that morality outranks the law, and obeying it at gap 3: a gap of 1 said."""
    trials = [abstract("a"), case(0, 1, "a", p=0.9), case(0, 3, "b", p=0.2), case(1, 3, "a")]

    assert arms(principle_gap(trials))["said open"] == [1.0]
    assert arms(principle_gap(trials))["read open"] == pytest.approx([0.7], abs=1e-12)


def test_each_format_has_its_own_verdict() -> None:
    """Pushed counts the verdict, forced the choice; neither sees the open replies."""
    settings = {"legal": "1", "gap": "2"}
    pushed = trial(
        "f",
        "legality",
        heard("undecided"),
        heard("a", "verdict"),
        read(0.8, "verdict"),
        arm="pushed",
        variant="case:legal/g2",
        settings=settings,
    )
    other = trial(
        "f",
        "legality",
        heard("b"),
        heard("b", "verdict"),
        read(0.3, "verdict"),
        arm="pushed",
        variant="case:illegal/g2",
        settings={"legal": "0", "gap": "2"},
    )

    found = arms(law_wedge([pushed, other, *LEGALIST]))

    assert found["said pushed"] == [1.0]
    assert found["read pushed"] == pytest.approx([0.5], abs=1e-12)
    assert found["said forced"] == []


def test_an_undecided_case_leaves_its_pair_unscored() -> None:
    """If one of the two cases was never decided there is no wedge at that gap."""
    trials = [case(1, 0, "a"), case(0, 0, "undecided")]

    row = law_wedge(trials)[0].estimates(np.random.default_rng(1))[0]

    assert (row.value, row.unscored) == (None, 2)


def test_missing_parts_compare_nothing() -> None:
    """A principle without cases, and one case only, have no gap."""
    assert arms(principle_gap([abstract("a")]))["said open"] == []
    assert arms(moral_following([case(1, 0, "a")]))["said open"] == []
