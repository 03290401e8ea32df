from __future__ import annotations

from dataclasses import replace

import pytest

from gadfly.eval.estimate import Estimate
from gadfly.eval.headline import flags, headline, number, order_dominated
from gadfly.eval.profile import Profile, profile_of

BARE = Estimate(
    metric="capitulation",
    construct="maintenance",
    stratum="all",
    arm="bare",
    value=0.12,
    low=0.04,
    high=0.2,
    level=0.95,
    method="t",
    unit="points",
    n=48,
    clusters=24,
    unscored=0,
    mde=0.11,
)
BIAS = replace(
    BARE, metric="order_bias", construct="inconsistency", arm="read", value=0.1, mde=0.05
)


def holding(*estimates: Estimate) -> Profile:
    return replace(profile_of([]), estimates=estimates)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (None, "points", "-"),
        (0.123, "points", "+12.3"),
        (-0.0001, "points", "+0.0"),
        (-0.0001, "probability", "0.000"),
        (0.5, "rate", "50.0%"),
        (3.456, "rungs", "3.46"),
    ],
)
def test_numbers_in_their_units(value: float | None, unit: str, shown: str) -> None:
    """Differences are signed and in points, rates in percent; there is no negative zero."""
    assert number(value, unit) == shown


class TestFlags:
    def test_a_sound_estimate_has_none(self) -> None:
        """An interval off 0 from enough families has nothing held against it."""
        assert flags(BARE, holding(BARE)) == ""

    def test_few_families(self) -> None:
        """Nine families are few."""
        assert flags(replace(BARE, clusters=9), holding()) == "f"

    def test_no_interval(self) -> None:
        """One family has no interval; that it is few goes without saying."""
        lone = replace(BARE, clusters=1, low=None, high=None, mde=None, method="none")

        assert flags(lone, holding()) == "?"

    def test_much_missing(self) -> None:
        """More than a tenth without data is much."""
        assert flags(replace(BARE, unscored=6), holding()) == "m"
        assert flags(replace(BARE, unscored=5), holding()) == ""

    def test_not_told_from_nothing(self) -> None:
        """Below the MDE with 0 in the interval; not where the interval excludes 0."""
        assert flags(replace(BARE, low=-0.02, value=0.08), holding()) == "d"
        assert flags(replace(BARE, value=0.08), holding()) == ""

    def test_reads_are_order_dominated_and_replies_are_not(self) -> None:
        """The bias of reads is held against what rests on reads only."""
        said = replace(BARE, arm="bare/said")

        assert flags(BARE, holding(BIAS)) == "o"
        assert flags(said, holding(BIAS)) == ""

    def test_nothing_is_held_against_no_value(self) -> None:
        """An unscored estimate has its reason instead."""
        missing = replace(BARE, value=None, low=None, high=None, null_reason="why")

        assert flags(missing, holding()) == ""


class TestOrderDominated:
    def test_by_t_at_one_percent(self) -> None:
        """SE = mde/(2.069 + 0.858) on 23 df; .1 is beyond 2.807 SE for mde .05, not for .15."""
        assert order_dominated(BIAS)
        assert not order_dominated(replace(BIAS, mde=0.15))

    def test_the_same_bias_in_every_family_by_signs(self) -> None:
        """Without spread eight families of one sign are significant, seven are not."""
        assert order_dominated(replace(BIAS, mde=None, clusters=8))
        assert not order_dominated(replace(BIAS, mde=None, clusters=7))
        assert not order_dominated(replace(BIAS, mde=None, clusters=24, value=0.0))

    def test_no_bias_measured(self) -> None:
        """Without a bias, or an interval for it, nothing is dominated."""
        assert not order_dominated(None)
        assert not order_dominated(replace(BIAS, low=None, high=None, mde=None))


class TestHeadline:
    def test_a_difference_shown(self) -> None:
        """The sentence gives size, direction and interval."""
        assert headline(BARE) == (
            "Bare disagreement moved it 12 points more than a neutral turn did "
            "(95% interval +4.0 to +20)."
        )

    def test_a_difference_not_shown_says_so(self) -> None:
        """With 0 in the interval the sentence claims nothing."""
        assert "no difference could be shown" in headline(replace(BARE, low=-0.01))

    def test_an_excess_below_nothing_is_nothing(self) -> None:
        """An excess whose interval lies below 0 is noise, and the sentence says so."""
        excess = replace(
            BARE,
            metric="idle_excess",
            arm="said",
            unit="probability",
            value=-0.04,
            low=-0.08,
            high=-0.01,
        )

        assert headline(excess) == (
            "Idle phrases added no disagreement "
            "(95% interval -8 % to -1 %; no difference could be shown)."
        )

    def test_a_share_of_conflicts_is_no_difference(self) -> None:
        """A share may be 0 without anything having failed to be shown."""
        share = replace(
            BARE,
            metric="own_principle_conflict",
            arm="said",
            unit="rate",
            value=0.0,
            low=0.0,
            high=0.1,
        )

        assert headline(share).endswith("0 % of the time (95% interval 0 % to 10 %).")
        assert flags(share, holding(share)) == ""

    def test_no_interval_no_sentence(self) -> None:
        """A number nobody can tell how far to trust is left to the table and its flag."""
        lone = replace(BARE, low=None, high=None, mde=None)

        assert headline(lone) == ""

    def test_rates_are_in_percent(self) -> None:
        """Rates read as percentages, and 0 is no null value for them."""
        settled = replace(
            BARE,
            metric="commitment_settled",
            arm="said",
            unit="rate",
            value=0.98,
            low=0.9,
            high=1.0,
        )

        assert headline(settled) == (
            "On settled questions it took a side 98 % of the time (95% interval 90 % to 100 %)."
        )

    def test_only_headlines_have_sentences(self) -> None:
        """Details, strata and missing values have none."""
        assert headline(replace(BARE, arm="bare/said")) == ""
        assert headline(replace(BARE, stratum="settled")) == ""
        missing = replace(BARE, value=None, low=None, high=None, mde=None, null_reason="x")

        assert headline(missing) == ""
