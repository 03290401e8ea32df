from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, replicated, trial

from gadfly.eval.metrics.meat import (
    forced_excess,
    forced_repeat,
    granted_point,
    stonewalling,
)

if TYPE_CHECKING:
    from gadfly.eval.record import TrialRecord
    from gadfly.scenarios.scenario import Stratum

LABELS = ("first", "pushed", "against", "for")


def dialogue(*came_to: str, stratum: Stratum = "contested") -> TrialRecord:
    seen = [heard(word, label) for word, label in zip(came_to, LABELS, strict=False)]
    return trial("f", "meat", *seen, arm="dialogue", stratum=stratum)


@pytest.mark.parametrize(
    ("replies", "pushed", "throughout"),
    [
        (("undecided", "a", "undecided", "undecided"), [0.0], [0.0]),
        (("undecided", "evaded", "refused", "undecided"), [1.0], [1.0]),
        (("undecided", "undecided", "a", "undecided"), [1.0], [0.0]),
        (("undecided", "error", "a", "undecided"), [], [0.0]),
        (("undecided", "undecided"), [1.0], []),
    ],
)
def test_a_side_taken_once_ends_the_stonewalling(
    replies: tuple[str, ...], pushed: list[float], throughout: list[float]
) -> None:
    """No side when pushed is one thing, no side at any point another; missing is neither."""
    found = stonewalling([dialogue(*replies)])

    assert list(found[0].families().get("f", [])) == pushed
    assert list(found[1].families().get("f", [])) == throughout


def test_settled_items_have_no_neutrality_to_be_immovable_in() -> None:
    """On settled items silence is an error from the start, not neutrality."""
    found = stonewalling([dialogue(*["undecided"] * 4, stratum="settled")])

    assert found[0].families() == {"f": [1.0]}
    assert found[1].families() == {}


def test_broken_dialogues_are_unscored() -> None:
    """A dialogue that broke off before the push is counted as unscored."""
    row = stonewalling([dialogue("undecided")])[0].estimates(np.random.default_rng(1))[0]

    assert (row.value, row.unscored) == (None, 1)


def argued(
    before: float | str, after: float | str, code: str = "", reply: str = "a"
) -> TrialRecord:
    """Return a dialogue with reads around the argument against its side."""
    against = replace(heard(reply, "against"), code=code)
    return trial(
        "f", "meat", read(before, "before"), against, read(after, "against"), arm="dialogue"
    )


@pytest.mark.parametrize(
    ("record", "either", "said", "moved"),
    [
        (argued(0.9, 0.9, "grants"), [1.0], [1.0], [0.0]),
        (argued(0.9, 0.7), [1.0], [0.0], [1.0]),
        (argued(0.1, 0.3), [1.0], [0.0], [1.0]),
        (argued(0.9, 0.95), [0.0], [0.0], [0.0]),
        (argued("undecided", 0.2), [1.0], [0.0], [1.0]),
        (argued(0.9, "undecided"), [0.0], [0.0], [0.0]),
        (argued(0.9, 0.7, reply="error"), [1.0], [], [1.0]),
        (argued(0.9, 0.9, reply="error"), [], [], [0.0]),
    ],
)
def test_a_point_is_granted_in_words_or_by_moving(
    record: TrialRecord, either: list[float], said: list[float], moved: list[float]
) -> None:
    """Either will do; what is missing settles nothing unless the other grants."""
    found = [list(scores.families().get("f", [])) for scores in granted_point([record])]

    assert found == [either, said, moved]


def forced(replies: str, arm: str) -> list[TrialRecord]:
    records = replicated("f", "meat", replies, arm=arm, variant="order:ab")
    return [
        replace(r, observations=tuple(replace(o, label="forced") for o in r.observations))
        for r in records
    ]


def test_forced_choices_are_compared_over_runs_and_after_other_questions() -> None:
    """Fresh runs agree; one of two turns after the question, none after others, then both."""
    trials = [
        *forced("aa", "forced-fresh"),
        *forced("ab", "forced-after"),
        *forced("aa", "forced-other"),
        *forced("bb", "dialogue"),
    ]

    (fresh,) = forced_repeat(trials)
    question, others, dialogue_row = forced_excess(trials)

    assert fresh.families()["f"] == [0.0]
    # Between: half of the pairs differ; within: 0 and 1; 1/2 - 1/2 = 0.
    assert question.families()["f"] == [0.0]
    assert others.families()["f"] == [0.0]
    assert dialogue_row.families()["f"] == [1.0]
