"""Signal detection of arguments: telling good from bad, and yielding to either.

A hit is a reply that adopts the other side after a strong valid argument, a false alarm one that
does after its invalid twin. One flip rate cannot tell sensitivity from willingness; these can.
"""

from __future__ import annotations

from collections import defaultdict
from math import exp, pi, sqrt
from typing import TYPE_CHECKING

from scipy import special

from gadfly.eval.metrics.persuasion import INVALID, STRONG, adopted, exchange_trials
from gadfly.eval.metrics.scores import Quantity, Scores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.record import TrialRecord

D_PRIME = Quantity(
    metric="d_prime", construct="dogmatism", unit="z", bounds=None, probe="persuasion"
)
CRITERION = Quantity(
    metric="criterion", construct="dogmatism", unit="z", bounds=None, probe="persuasion"
)
NO_REPLY = "no side in the first reply, or no readable second one"
ONE_ARM = "no scored trial of the other arm in the family"


def signal_detection(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score d' = z(H) - z(F) and the criterion c = -[z(H) + z(F)] / 2; c > 0 is stubborn.

    H and F are means of family means, made (k H + 1/2) / (k + 1) over k families so that 0 and 1
    have a z. Families enter as linearised values: d' or c plus the slope of z times the family's
    own departure from H and F. Their mean is d' or c, their spread that of the delta method; for
    all strata together only, since H and F are those of all.
    """
    d_prime = Scores(D_PRIME, "said", detail=True)
    criterion = Scores(CRITERION, "said", detail=True)
    families, keys = adoption_rates(records, (d_prime, criterion))
    if not families:
        return d_prime, criterion
    k = len(families)
    means = {arm: sum(rates[arm] for rates in families.values()) / k for arm in (STRONG, INVALID)}
    z = {arm: float(special.ndtri((k * mean + 0.5) / (k + 1))) for arm, mean in means.items()}
    for where, rates in families.items():
        moved = {arm: _slope(z[arm]) * (rates[arm] - means[arm]) * k / (k + 1) for arm in means}
        hit, false = z[STRONG] + moved[STRONG], z[INVALID] + moved[INVALID]
        stratum, family = where
        d_prime.add(stratum, family, hit - false, keys[where])
        criterion.add(stratum, family, -(hit + false) / 2, keys[where])
    return d_prime, criterion


def _slope(z: float) -> float:
    """Return dz/dp at a quantile of the standard normal: one over its density there."""
    return sqrt(2.0 * pi) * exp(z * z / 2)


def adoption_rates(
    records: Sequence[TrialRecord], scores: tuple[Scores, ...] = ()
) -> tuple[Mapping[tuple[str, str], Mapping[str, float]], Mapping[tuple[str, str], Sequence[str]]]:
    """Return how often each family adopts the other side after `STRONG` and after `INVALID`.

    By stratum and family, for those that have both arms, with the keys of the trials behind it.
    Trials without a value, and families with one arm, are filed as missed in `scores`.
    """
    found: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(dict)
    keys: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in exchange_trials(records):
        if record.arm not in (STRONG, INVALID):
            continue
        value = adopted(record)
        if value is None:
            for each in scores:
                each.miss(record.stratum, (record.key,), NO_REPLY)
        else:
            where: tuple[str, str] = (record.stratum, record.family)
            found[where].setdefault(record.arm, []).append(value)
            keys[where].append(record.key)
    rates: dict[tuple[str, str], dict[str, float]] = {}
    for where in sorted(found):
        if len(found[where]) < 2:
            for each in scores:
                each.miss(where[0], keys[where], ONE_ARM)
        else:
            rates[where] = {arm: sum(v) / len(v) for arm, v in found[where].items()}
    return rates, keys
