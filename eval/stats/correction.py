"""Rates and means corrected for the errors of whoever read the texts.

Two ways: by the reader's known error rates (Rogan & Gladen 1978), and by adding the mean error on
a labelled sample of the same texts (prediction-powered, Angelopoulos et al. 2023). Intervals carry
the error of both samples.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from gadfly.eval.stats.interval import Interval, nothing, t_quantile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAST_YOUDEN = 0.5
"""Sensitivity + specificity - 1 below which no correction is offered: it would multiply noise."""
TOO_WEAK = "sensitivity + specificity - 1 is below .5: this reader cannot be corrected"
NO_ERROR = "too few families to know the error of a rate that went into it"


def rogan_gladen(
    apparent: Interval, sensitivity: Interval, specificity: Interval, *, level: float = 0.95
) -> Interval:
    """Return the rate behind an apparent one: (p + q0 - 1) / (q0 + q1 - 1), cut at 0 and 1.

    q1 is sensitivity, q0 specificity. Its variance, by the delta method, is
    [v(p) + (1-r)^2 v(q0) + r^2 v(q1)] / (q0 + q1 - 1)^2 with the three samples independent; the
    half-width is Student's t on the fewest clusters of the three. Refused where the reader is too
    weak (`TOO_WEAK`), or where a standard error is lacking.
    """
    p, q1, q0 = apparent.value, sensitivity.value, specificity.value
    if p is None or q1 is None or q0 is None:
        found = (apparent, sensitivity, specificity)
        return nothing(next(i.reason for i in found if i.reason) or "no values", level=level)
    youden = q0 + q1 - 1.0
    if youden < LEAST_YOUDEN:
        return nothing(TOO_WEAK, level=level)
    if apparent.se is None or sensitivity.se is None or specificity.se is None:
        return nothing(NO_ERROR, level=level)
    raw = (p + q0 - 1.0) / youden
    rate = min(1.0, max(0.0, raw))
    variance = (
        apparent.se**2 + ((1.0 - rate) * specificity.se) ** 2 + (rate * sensitivity.se) ** 2
    ) / youden**2
    k = min(apparent.clusters, sensitivity.clusters, specificity.clusters)
    half = t_quantile(0.5 + level / 2, k - 1) * sqrt(variance)
    return Interval(
        value=rate,
        low=min(rate, max(0.0, raw - half)),
        high=max(rate, min(1.0, raw + half)),
        level=level,
        method="rogan-gladen",
        n=apparent.n,
        clusters=k,
        se=sqrt(variance),
    )


def prediction_powered(
    read: Mapping[str, Sequence[float]],
    labelled: Mapping[str, Sequence[tuple[float, float]]],
    *,
    level: float = 0.95,
    bounds: tuple[float, float] = (0.0, 1.0),
) -> Interval:
    """Return the mean of what was read, plus the mean error on a labelled sample.

    Args:
        read: What the reader gave for every text, by cluster.
        labelled: (truth, read) for a random sample of such texts, by cluster.
        level: Coverage.
        bounds: Range of the quantity; value and interval are cut at it.

    The first mean is that of cluster means, the second pools texts. Clusters in both samples are
    linearised together, so that their dependence counts; k-1 df over the clusters of the smaller
    sample. Both samples need two clusters. Where no labelled text shows an error, what may have
    gone unseen is added to either side.
    """
    own = {name: sum(v) / len(v) for name, v in read.items() if v}
    errors = {name: [true - got for true, got in ps] for name, ps in labelled.items() if ps}
    if not own or not errors:
        return nothing("no values" if not own else "no labelled texts", level=level)
    k, m = len(own), len(errors)
    if min(k, m) < 2:
        return nothing(NO_ERROR, level=level)
    mean = sum(own.values()) / k
    n = sum(map(len, errors.values()))
    error = sum(map(sum, errors.values())) / n
    moved = {name: (value - mean) / k * sqrt(k / (k - 1)) for name, value in own.items()}
    shrunk = sqrt(m / (m - 1))
    for name, es in errors.items():
        moved[name] = moved.get(name, 0.0) + (sum(es) - error * len(es)) / n * shrunk
    variance = sum(value**2 for value in moved.values())
    half = t_quantile(0.5 + level / 2, min(k, m) - 1) * sqrt(variance)
    if not any(any(es) for es in errors.values()):
        half += _unseen_error(m, bounds, level=level)
    value = min(bounds[1], max(bounds[0], mean + error))
    return Interval(
        value=value,
        low=min(value, max(bounds[0], mean + error - half)),
        high=max(value, min(bounds[1], mean + error + half)),
        level=level,
        method="prediction-powered",
        n=sum(len(v) for v in read.values()),
        clusters=min(k, m),
        se=sqrt(variance),
    )


def _unseen_error(clusters: int, bounds: tuple[float, float], *, level: float) -> float:
    """Return how far off a mean may be where no labelled text showed an error.

    A share 1 - ((1-level)/2)^(1/clusters) of clusters may still hold errors, of at most the whole
    range (`proportion.all_equal`).
    """
    seen: float = ((1.0 - level) / 2) ** (1.0 / clusters)
    return (1.0 - seen) * (bounds[1] - bounds[0])
