from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, trial

from gadfly.eval.metrics.meat import stonewalling

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
