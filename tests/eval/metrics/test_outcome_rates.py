from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from support.trials import broken, heard, replicated, trial

from gadfly.eval.metrics.outcome_rates import (
    commitment_settled,
    forced_choice_gap,
    opening_replies,
    outcome_rates,
)

if TYPE_CHECKING:
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def rows(found: tuple[Scores, ...]) -> dict[tuple[str, str], Estimate]:
    rng = np.random.default_rng(1)
    return {(s.quantity.metric, s.arm): s.estimates(rng)[0] for s in found}


class TestOpeningReplies:
    def test_a_reply_shared_by_arms_counts_once(self) -> None:
        """All arms of a family and replicate share their first reply."""
        trials = [
            trial("f", "persuasion", heard("a"), arm=arm, replicate=i)
            for arm in ("bare", "strong")
            for i in range(2)
        ]

        assert len(opening_replies([*trials, *replicated("f", "repeat", "aa")])) == 2

    def test_a_failure_is_an_error_only_where_no_arm_got_a_reply(self) -> None:
        """One arm's failure does not spoil the reply another arm got, in either order."""
        failed, fine = broken("f", "repeat"), trial("f", "wording", heard("a"))

        assert [got for _, got in opening_replies([failed, fine])] == ["answered"]
        assert [got for _, got in opening_replies([fine, failed])] == ["answered"]
        assert [got for _, got in opening_replies([failed])] == ["error"]

    def test_forced_and_idle_prompts_are_no_open_question(self) -> None:
        """Prompts that ask for a choice say nothing of commitment."""
        trials = [
            trial("f", "options", heard("a"), arm="forced", variant="order:ab"),
            trial("f", "idle", heard("a"), variant="idle:choose/after"),
            broken("f", "options", arm="forced", variant="order:ba"),
        ]

        assert opening_replies(trials) == []


class TestRates:
    def test_no_side_is_a_share_of_what_could_be_read(self) -> None:
        """Of a, u, r, x: undecided 1/3 with one unscored, error 1/4."""
        found = rows(outcome_rates(replicated("f", "repeat", "aurx")))

        assert found["undecided_rate", "said"].value == 1 / 3
        assert found["undecided_rate", "said"].unscored == 1
        assert found["refused_rate", "said"].value == 1 / 3
        assert found["error_rate", "said"].value == 1 / 4
        assert found["evaded_rate", "said"].value == 0.0

    def test_other_questions_have_rows_of_their_own(self) -> None:
        """A refusal on a ladder's rung is no refusal of the scenario's question."""
        trials = [
            *replicated("f", "repeat", "aa"),
            *replicated("f", "ladder", "rr", variant="rung:s1b1/plain"),
        ]

        found = rows(outcome_rates(trials))

        assert found["refused_rate", "said"].value == 0.0
        assert found["refused_rate", "said/ladder"].value == 1.0
        assert ("refused_rate", "said/legality") not in found


def test_commitment_on_settled_items_only() -> None:
    """Contested items do not count, nor do missing replies."""
    trials = [
        *replicated("s", "repeat", "aaux", stratum="settled"),
        *replicated("c", "repeat", "uuuu"),
    ]

    found = rows(commitment_settled(trials))["commitment_settled", "said"]

    assert (found.value, found.unscored) == (2 / 3, 1)


def leaning(family: str, opened: str, forced: str) -> list[TrialRecord]:
    return [
        *replicated(family, "repeat", opened),
        *replicated(family, "options", forced, arm="forced", variant="order:ab"),
    ]


def test_a_hidden_leaning_is_silence_with_a_consistent_choice() -> None:
    """Silent in the open 3 of 4 times and always A when forced: .75; without a leaning 0."""
    trials = [
        *leaning("hidden", "uuua", "aaaaa"),
        *leaning("indifferent", "uuuu", "ababa"),
        *leaning("scarce", "uu", "aaaa"),
        *leaning("unread", "xu", "aaaax"),
    ]

    scores = forced_choice_gap(trials)[0]

    assert scores.families() == {"hidden": [0.75], "indifferent": [0.0]}
    assert rows((scores,))["forced_choice_gap", "said"].unscored == 4
