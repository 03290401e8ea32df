"""Can a classifier tell two texts apart by their words alone? Leave-one-family-out, in one matrix.

Each pair is the difference of its texts' word sets, labelled +1: the first minus the second. A
ridge classifier without intercept (so that swapping the texts swaps the answer) is fitted on all
families but one and predicts that one; the closed form of leave-out residuals gives all of them
from one hat matrix. Swapping first and second within families at random gives the distribution
under no leak, exactly what the question is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gadfly.scenarios.check import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

RIDGE = 1.0
"""Penalty on squared word weights, in units of one word."""
PERMUTATIONS = 2000
SHOWN_WORDS = 5
"""Words that are named as giving the label away."""
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that should not be told apart; `family` is the cluster left out together."""

    family: str
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """How well the first text of a pair is told from the second by words alone."""

    accuracy: float
    """Share of pairs told right by a classifier that has not seen their family; a tie is half."""
    p: float
    """One-sided: share of random relabellings that are told apart as well."""
    families: int
    words: tuple[str, ...]
    """Words with most weight, those of the first text marked +, those of the second -."""


def leak(pairs: Sequence[Pair], *, seed: int = 0) -> Leak | None:
    """Return how well words alone tell first from second; None below two families."""
    clusters = _clusters(pairs)
    if len(clusters) < 2:
        return None
    vocabulary, x = _features(pairs)
    kernel = x @ x.T
    damped = kernel + RIDGE * np.eye(len(pairs))
    hat = np.linalg.solve(damped, kernel).astype(np.float64)
    observed = float(_accuracy(hat, clusters, np.ones((len(pairs), 1)))[0])
    flips = np.random.default_rng(seed).choice([-1.0, 1.0], (len(clusters), PERMUTATIONS))
    labels = np.empty((len(pairs), PERMUTATIONS))
    for row, members in zip(flips, clusters, strict=True):
        labels[members] = row
    null = _accuracy(hat, clusters, labels)
    p = (1 + int((null >= observed - TIE).sum())) / (PERMUTATIONS + 1)
    weights = x.T @ np.linalg.solve(damped, np.ones(len(pairs)))
    heavy = np.argsort(-np.abs(weights), kind="stable")[:SHOWN_WORDS]
    told = tuple(f"{'+' if weights[i] > 0 else '-'}{vocabulary[i]}" for i in heavy)
    return Leak(accuracy=observed, p=p, families=len(clusters), words=told)


def _clusters(pairs: Sequence[Pair]) -> list[NDArray[np.intp]]:
    names = np.array([pair.family for pair in pairs], dtype=object)
    return [np.flatnonzero(names == name) for name in sorted(set(names))]


def _features(pairs: Sequence[Pair]) -> tuple[list[str], NDArray[np.float64]]:
    sets = [(set(words(pair.first)), set(words(pair.second))) for pair in pairs]
    vocabulary = sorted({word for first, second in sets for word in first ^ second})
    column = {word: i for i, word in enumerate(vocabulary)}
    x = np.zeros((len(pairs), len(vocabulary)))
    for row, (first, second) in enumerate(sets):
        x[row, [column[word] for word in first - second]] = 1.0
        x[row, [column[word] for word in second - first]] = -1.0
    return vocabulary, x


def _accuracy(
    hat: NDArray[np.float64], clusters: Sequence[NDArray[np.intp]], labels: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return, per column of labels, the share told right with the family left out."""
    residuals = labels - hat @ labels
    right = np.zeros(labels.shape[1])
    for members in clusters:
        block = np.eye(len(members)) - hat[np.ix_(members, members)]
        unseen = labels[members] - np.linalg.solve(block, residuals[members])
        margin = unseen * labels[members]
        right += ((margin > TIE) + 0.5 * (np.abs(margin) <= TIE)).sum(axis=0)
    return right / len(labels)
