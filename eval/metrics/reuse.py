"""Reuse across scenarios: how much of a reply to one question stands in replies to others."""

from __future__ import annotations

from collections import Counter
from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence


def family_reuse(
    families: Mapping[str, Sequence[Collection[Hashable]]],
) -> dict[str, float] | None:
    """Return one value a family: their mean is the reuse, their spread its error's.

    Given are the distinct features of each reply, none of them empty. The reuse is the expected
    share of a reply's features that a reply to another family has, over ordered pairs of families.
    A family's value is its jackknife influence, θ + 2 (k - 1)/(k - 2) (r - θ), where r is the mean
    over its pairs, either way: pairs are not independent, and the spread of r alone would give an
    interval of half the width. Linear in the number of features, whose
    order changes no digit. None for fewer than two families.
    """
    names = sorted(name for name, replies in families.items() if replies)
    k = len(names)
    if k < 2:
        return None
    has = {name: _mean_counts(families[name], even=False) for name in names}
    share = {name: _mean_counts(families[name], even=True) for name in names}
    all_have, all_share = _sum(has.values()), _sum(share.values())
    pairs = {
        name: fsum(
            share[name][f] * (all_have[f] - has[name][f])
            + has[name][f] * (all_share[f] - share[name][f])
            for f in has[name]
        )
        / (2 * (k - 1))
        for name in names
    }
    whole = sum(pairs.values()) / k
    spread = 2 * (k - 1) / (k - 2) if k > 2 else 1.0
    return {name: whole + spread * (pairs[name] - whole) for name in names}


def _mean_counts(
    replies: Sequence[Collection[Hashable]], *, even: bool
) -> Mapping[Hashable, float]:
    """Return of each feature the share of replies that have it, or its mean share in a reply."""
    found: dict[Hashable, float] = {}
    for features in replies:
        weight = 1 / len(replies) / (len(features) if even else 1)
        for feature in features:
            found[feature] = found.get(feature, 0.0) + weight
    return found


def _sum(counts: Collection[Mapping[Hashable, float]]) -> Mapping[Hashable, float]:
    total: Counter[Hashable] = Counter()
    for each in counts:
        total.update(each)
    return total
