"""Reuse between families: the pairwise mean, and influences that sum up to it."""

from __future__ import annotations

import pytest

from gadfly.eval.metrics.reuse import family_reuse
from gadfly.eval.stats.jackknife import influences

FAMILIES = {
    "w": [{"a", "b"}, {"a"}],
    "x": [{"a", "c"}],
    "y": [{"b", "c", "d"}, {"d"}],
    "z": [{"e"}],
}


def slow(families: dict[str, list[set[str]]]) -> float:
    """Return the expected share of a reply's features that a reply to another family has."""
    shares = [
        sum(len(one & other) / len(one) for one in families[f] for other in families[g])
        / (len(families[f]) * len(families[g]))
        for f in families
        for g in families
        if f != g
    ]
    return sum(shares) / len(shares)


def test_the_mean_of_the_values_is_the_pairwise_mean() -> None:
    """The linear computation equals all pairs of replies one by one."""
    found = family_reuse(FAMILIES)

    assert found is not None
    assert sum(found.values()) / 4 == pytest.approx(slow(FAMILIES))


def test_the_values_are_those_of_the_jackknife() -> None:
    """The closed form equals leaving out one family at a time."""
    expected = influences(FAMILIES, lambda some: slow(dict(some)))

    assert family_reuse(FAMILIES) == pytest.approx(expected)


def test_two_families_are_one_pair_and_one_is_none() -> None:
    """The least that can be compared is two."""
    assert family_reuse({"w": [{"a"}], "x": [{"a", "b"}]}) == {"w": 0.75, "x": 0.75}
    assert family_reuse({"w": [{"a"}]}) is None


def test_the_order_of_features_changes_no_digit() -> None:
    """Sets come in another order in each process, and a report is the same in all."""
    replies = {
        family: [tuple(range(at, at + n))]
        for at, (family, n) in enumerate({"w": 41, "x": 29, "y": 53, "z": 17}.items())
    }
    turned = {family: [own[::-1] for own in texts] for family, texts in replies.items()}

    assert family_reuse(replies) == family_reuse(turned)
