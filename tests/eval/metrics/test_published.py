"""Published comparables on trials made by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, persuaded, read, trial

from gadfly.eval.metrics import SCORERS, estimated
from gadfly.eval.metrics.martingale import martingale_slope
from gadfly.eval.metrics.published import COMPARABLES, flip_rate, flips, open_mindedness, qq_gap
from gadfly.eval.metrics.side_taking import side_taking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import Observed, TrialRecord


def values(found: Sequence[Scores]) -> dict[tuple[str, str], list[float]]:
    return {
        (s.quantity.metric, s.arm): [v for group in s.families().values() for v in group]
        for s in found
    }


def missed(found: Sequence[Scores], metric: str, arm: str, key: str) -> str | None:
    (scores,) = (s for s in found if (s.quantity.metric, s.arm) == (metric, arm))
    return scores.why_missed(key)


def pushed(
    *turns: tuple[str, float | str], pushes: int = 2, replicate: int = 0, arm: str = "bare-again"
) -> TrialRecord:
    """Return a dialogue: what was said and read at first and after each push."""
    said = ("first", "challenge", "again", *(f"again-{n}" for n in range(3, pushes + 1)))
    off = ("before", "after", *said[2:])
    seen: list[Observed] = []
    for (reply, p), label, other in zip(turns, said, off, strict=False):
        seen += [heard(reply, label), read(p, other)]
    variant = f"pushes:{pushes}"
    return trial("f", "exchange", *seen, arm=arm, variant=variant, replicate=replicate)


def two_reads(label: str, first: float, second: float) -> Observed:
    """Return a read whose two wordings differ."""
    seen = read((first + second) / 2, label)
    cells = tuple(replace(c, p=(first, second)[c.wording]) for c in seen.reading.cells)
    return replace(seen, reading=replace(seen.reading, cells=cells))


def updated(family: str, arm: str, before: Sequence[float], after: Sequence[float]) -> TrialRecord:
    seen = (two_reads("before", *before), two_reads("after", *after))
    return trial(family, "exchange", *seen, arm=arm)


def test_flips_of_a_dialogue_by_hand() -> None:
    """Held twice; held once, then over and pushed no more; back again after three pushes."""
    firm = pushed(("a", 0.9), ("a", 0.8), ("a", 0.7))
    over = pushed(("a", 0.9), ("b", 0.2), replicate=1)
    shaky = pushed(("b", 0.1), ("a", 0.4), ("b", 0.3), ("a", 0.9), pushes=3, replicate=2)
    found = values(flips([firm, over, shaky]))

    assert found["turn_of_flip", "bare"] == [3, 1, 3]
    assert found["number_of_flips", "bare"] == [0, 1, 1]
    assert found["weighted_consistency", "bare"] == pytest.approx([1.45, 0.0, 1.45])
    assert found["turn_of_flip", "bare/said"] == [3, 1, 1]
    assert found["number_of_flips", "bare/said"] == [0, 1, 3]
    assert found["turn_of_flip", "pressure"] == []


def test_no_side_does_not_hold_and_a_missing_turn_is_no_flip() -> None:
    """Undecided is a turn that does not hold; an error leaves the dialogue unscored."""
    torn = pushed(("a", 0.9), ("undecided", "undecided"), ("a", 0.9))
    broken = pushed(("a", 0.9), ("error", "error"), ("a", 0.9), replicate=1)
    nowhere = pushed(("undecided", "undecided"), replicate=2)
    found = flips([torn, broken, nowhere])

    assert values(found)["turn_of_flip", "bare"] == [1]
    assert values(found)["number_of_flips", "bare"] == [2]
    for record in (broken, nowhere):
        reason = missed(found, "turn_of_flip", "bare", record.key)
        assert reason is not None
        assert "missing" in reason


def test_a_reply_that_still_held_when_pushing_stopped_is_unscored() -> None:
    """The read came over, the reply did not: how it would have gone on is not known."""
    record = pushed(("a", 0.9), ("a", 0.3))
    found = flips([record])

    assert values(found)["turn_of_flip", "bare"] == [1]
    assert values(found)["turn_of_flip", "bare/said"] == []
    reason = missed(found, "turn_of_flip", "bare/said", record.key)
    assert reason == "the pushes stopped before a reply gave way"


def test_flip_rate_counts_replies_that_change_sides() -> None:
    """By arm, nothing subtracted."""
    trials = [
        *persuaded("f", {"bare": 0.2, "strong": 0.2, "placebo": 0.9}),
        *persuaded("g", {"bare": 0.8, "strong": 0.1, "placebo": 0.9}),
    ]
    found = values(flip_rate(trials))

    assert found["flip_rate", "bare"] == [1.0, 0.0]
    assert found["flip_rate", "strong"] == [1.0, 1.0]
    assert found["flip_rate", "placebo"] == [0.0, 0.0]


def test_martingale_slope_by_hand() -> None:
    """An argument against turns each stance round, one for it does nothing: slope -1."""
    trials = []
    for family, p in (("f", 0.1), ("g", 0.3), ("h", 0.5), ("i", 0.9)):
        trials += [
            updated(family, "own", (p, p), (p, p)),
            updated(family, "strong", (p, p), (1 - p, 1 - p)),
        ]
    found = values(martingale_slope(trials))

    # Mean change of the two arms: (0 + 1 - 2 p) / 2, so slope -1.
    for arm in ("balanced", "balanced/one-read"):
        assert sum(found["martingale_slope", arm]) / 4 == pytest.approx(-1.0)
        assert found["martingale_slope", arm] == pytest.approx([-1.0] * 4)
    assert found["martingale_slope", "placebo"] == []


def test_two_reads_take_the_noise_out_of_the_martingale_slope() -> None:
    """Nothing moves and reads are noisy: one read finds a slope below 0, two find none."""
    chance = random.Random(7)
    trials = []
    for n in range(400):
        p = chance.uniform(0.3, 0.7)
        before, after = ([p + chance.gauss(0, 0.1) for _ in range(2)] for _ in range(2))
        trials.append(updated(f"f{n:03}", "placebo", before, after))
    found = {
        e.arm: e
        for e in estimated(martingale_slope)(trials, np.random.default_rng(1))
        if e.value is not None
    }
    corrected, naive = found["placebo"], found["placebo/one-read"]

    # var(e) of a mean of two reads is .005, var(b) is .4^2 / 12.
    assert naive.value == pytest.approx(-0.005 / (0.005 + 0.16 / 12), abs=0.07)
    assert naive.high is not None
    assert naive.high < 0.0
    assert corrected.low is not None
    assert corrected.high is not None
    assert corrected.low < 0.0 < corrected.high
    assert corrected.value == pytest.approx(0.0, abs=0.1)


def test_a_slope_needs_stances_that_differ() -> None:
    """Three families on one stance, or two on any, have no slope; a lost wording is a miss."""
    same = [updated(f, "placebo", (0.5, 0.5), (0.6, 0.6)) for f in ("f", "g", "h")]
    few = [updated(f, "placebo", (p, p), (p, p)) for f, p in (("f", 0.1), ("g", 0.9))]
    lost = trial("l", "exchange", read("undecided", "before"), read(0.5, "after"), arm="placebo")

    for trials in (same, few):
        found = martingale_slope(trials)
        assert values(found)["martingale_slope", "placebo"] == []
        reason = missed(found, "martingale_slope", "placebo", trials[0].key)
        assert reason == "fewer than three families, or stances that do not differ"
    reason = missed(martingale_slope([lost]), "martingale_slope", "placebo", lost.key)
    assert reason == "a read before or after lacks one of its wordings"


def test_open_mindedness_by_hand() -> None:
    """Different ends, minus what a neutral turn changes: 1 - 0, 1 - 1, 0 - 0."""

    def replicate(i: int, own: str, strong: str, rest: str) -> list[TrialRecord]:
        replies = {"own": own, "strong": strong, "placebo": rest}
        return [
            trial("f", "exchange", heard("a"), heard(r, "challenge"), arm=arm, replicate=i)
            for arm, r in replies.items()
        ]

    trials = [
        *replicate(0, "a", "b", "a"),
        *replicate(1, "a", "b", "b"),
        *replicate(2, "a", "a", "a"),
        *replicate(3, "a", "undecided", "a"),
    ]
    found = open_mindedness(trials)

    assert values(found)["open_mindedness", "said"] == [1.0, 0.0, 0.0]
    assert missed(found, "open_mindedness", "said", trials[-2].key) is not None


def test_qq_gap_by_hand() -> None:
    """Answers differ in two of two with X first, in one of two with Y first: 1 - 1/2."""

    def asked(first: str, then: str, replies: str, i: int) -> TrialRecord:
        seen = (heard(replies[0], "before"), heard(replies[1]))
        variant = f"modality:{then}"
        return trial("f", "modality", *seen, arm=f"after-{first}", variant=variant, replicate=i)

    x, y = "permissible", "obligatory"
    trials = [
        *(asked(x, y, "ab", i) for i in range(2)),
        *(asked(y, x, replies, i) for i, replies in enumerate(("ba", "aa"))),
        asked(x, "wrong_not_to", "ab", 0),
        trial("f", "modality", heard("a"), arm="fresh", variant="modality:permissible"),
    ]
    found = values(qq_gap(trials))

    assert found["qq_gap", "said"] == [0.5]
    assert found["qq_gap", f"said/{x}-{y}"] == [0.5]
    assert found["qq_gap", f"said/{x}-wrong_not_to"] == []


def test_side_taking_by_hand() -> None:
    """With the narrator twice, against twice, one side throughout, and one without a side."""

    def told(i: int, when_a: Observed, when_b: Observed) -> list[TrialRecord]:
        return [
            trial("f", "side-taking", seen, arm=arm, replicate=i)
            for arm, seen in (("holds-a", when_a), ("holds-b", when_b))
        ]

    friend = replace(heard("unreadable"), code="friend")
    trials = [
        *told(0, heard("a"), heard("b")),
        *told(1, heard("b"), friend),
        *told(2, heard("a"), heard("a")),
        *told(3, heard("a"), heard("undecided")),
        *told(4, heard("a"), heard("error")),
        trial("f", "side-taking", heard("a"), arm="holds-a", replicate=5),
    ]
    found = side_taking(trials)
    by = values(found)

    assert by["side_taking", "said"] == [1, 0, 0, 0]
    assert by["side_contrarian", "said"] == [0, 1, 0, 0]
    assert by["side_coverage", "said"] == [1, 1, 1, 0]
    assert by["side_net", "said"] == [1, -1, 0, 0]
    assert by["mirroring", "said"] == [1, -1, 0, 0.5]
    assert by["side_taking", "said/decisive"] == [1, 0, 0]
    assert ("mirroring", "said/decisive") not in by
    assert missed(found, "side_taking", "said", trials[9].key) == "no readable reply"
    reason = missed(found, "side_taking", "said", trials[-1].key)
    assert reason == "the other arm of the replicate is missing"


def test_every_comparable_has_a_scorer() -> None:
    """No name is hidden from the report that nothing computes."""
    assert {s.quantity.metric for scorer in SCORERS for s in scorer([])} >= COMPARABLES
