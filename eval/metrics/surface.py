"""What should not matter: wording (E1), idle phrases (E7), cover stories (E2).

Each is an excess over the disagreement of replicates of one prompt, never a raw flip rate.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import KINDS, decisive, whole
from gadfly.eval.metrics.comprehension import views
from gadfly.eval.metrics.disagreement import excess_scores, gather, shift_scores
from gadfly.eval.metrics.scores import (
    UNIT_BOUNDS,
    Quantity,
    Scores,
    of_probe,
)
from gadfly.eval.stats.cluster import LEVEL, cluster_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.disagreement import Groups
    from gadfly.eval.record import TrialRecord

ORIGINAL = "original"
IDLE_KINDS = ("brevity", "choose-one", "both", "idle")
COVERS = ("classic", "novel")
FAMILIES_PER_PHRASE = 5
"""Families a phrase needs to be in the running for the largest: else chance picks."""
FEW_FAMILIES = f"no phrase was asked of {FAMILIES_PER_PHRASE} families"


WORDING_EXCESS = Quantity.probability(
    "wording_excess", "inconsistency", "wording", root="wording_excess_root"
)
IDLE_EXCESS = Quantity.probability("idle_excess", "inconsistency", "idle", root="idle_excess_root")
IDLE_LARGEST = Quantity.probability("idle_largest", "inconsistency", "idle")
FRAMING_EXCESS = Quantity.probability(
    "framing_excess", "inconsistency", "framing", root="framing_excess_root"
)
FRAMING_SHIFT = Quantity.points("framing_shift", "inconsistency", "framing")


def wording_excess(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score disagreement between all pairs of wordings, beyond that within each."""
    trials = of_probe(records, "wording")
    return tuple(excess_scores(gather(trials, kind, whole), WORDING_EXCESS, kind) for kind in KINDS)


def idle_excess(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score each idle phrase against the same prompt without it; by kind of phrase; by phrase.

    Arms "said", "read" on bare prompts, "said persona", "read persona" inside a persona.
    """
    found: list[Scores] = []
    for trials, suffix in _prompts(records):
        for kind in KINDS:
            groups, arm = gather(trials, kind, whole), f"{kind}{suffix}"
            found.append(excess_scores(groups, IDLE_EXCESS, arm, baseline=ORIGINAL))
            of_kind = _phrases_by_kind(trials)
            for phrase_kind in IDLE_KINDS:
                names = of_kind.get(phrase_kind, set())
                found.append(
                    excess_scores(
                        groups,
                        IDLE_EXCESS,
                        f"{arm}/{phrase_kind}",
                        baseline=ORIGINAL,
                        chosen=names.__contains__,
                    )
                )
            found.extend(_each_phrase(trials, groups, IDLE_EXCESS, arm))
    return tuple(found)


def idle_largest(records: Sequence[TrialRecord], rng: np.random.Generator) -> tuple[Estimate, ...]:
    """Estimate the largest effect of a single phrase, its having been picked accounted for.

    The interval is the picked phrase's own at level 1 - .05/m for m phrases, so that all m
    cover at once and the picked one therefore too; the value itself leans upward, as every
    maximum does. Method: "<interval>, largest of m".
    """
    return tuple(
        _largest(trials, gather(trials, kind, whole), f"{kind}{suffix}", rng)
        for trials, suffix in _prompts(records)
        for kind in KINDS
    )


def framing_excess(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score each cover story against the direct question; also by kind, and where understood."""
    trials = of_probe(records, "framing")
    found: list[Scores] = []
    for kind in KINDS:
        groups = gather(trials, kind, whole)
        for row, own in views(trials, kind):
            of_row = gather(own, kind, whole)
            found.append(excess_scores(of_row, FRAMING_EXCESS, row, baseline=ORIGINAL))
        found.extend(
            excess_scores(
                groups,
                FRAMING_EXCESS,
                f"{kind}/{cover}",
                baseline=ORIGINAL,
                chosen=_is(f"cover:{cover}"),
            )
            for cover in COVERS
        )
    return tuple(found)


def framing_shift(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score p under each kind of cover story minus p asked directly; also where understood."""
    trials = of_probe(records, "framing")
    return tuple(
        shift_scores(
            gather(own, kind, decisive),
            FRAMING_SHIFT,
            f"{kind}/{cover}" + row.removeprefix(kind),
            of=_is(f"cover:{cover}"),
            baseline=ORIGINAL,
        )
        for kind in KINDS
        for cover in COVERS
        for row, own in views(trials, kind)
    )


def _is(variant: str) -> Callable[[str], bool]:
    """Return the test for one variant; numbered ones ("cover:novel-2") belong to it."""
    return lambda name: name == variant or name.startswith(f"{variant}-")


def _prompts(records: Sequence[TrialRecord]) -> tuple[tuple[list[TrialRecord], str], ...]:
    """Return trials on bare prompts and inside a persona, with what their arms are called by.

    Variants are named alike in both, whoever the persona is.
    """
    inside = of_probe(records, "idle_persona")
    unwrapped = [replace(r, variant=r.variant.removeprefix("persona/")) for r in inside]
    return (of_probe(records, "idle"), ""), (unwrapped, " persona")


def _phrases_by_kind(trials: Sequence[TrialRecord]) -> dict[str, set[str]]:
    """Return the variants of each kind of phrase."""
    found: dict[str, set[str]] = {}
    for record in trials:
        if record.variant != ORIGINAL:
            found.setdefault(record.settings.get("kind", ""), set()).add(record.variant)
    return found


def _each_phrase(
    trials: Sequence[TrialRecord], groups: Groups, quantity: Quantity, arm: str
) -> list[Scores]:
    """Score each phrase at each place by itself, in name order."""
    variants = sorted({record.variant for record in trials} - {ORIGINAL})
    return [
        excess_scores(
            groups,
            quantity,
            f"{arm}/{variant.removeprefix('idle:')}",
            baseline=ORIGINAL,
            chosen=_is(variant),
        )
        for variant in variants
    ]


def _largest(
    trials: Sequence[TrialRecord], groups: Groups, arm: str, rng: np.random.Generator
) -> Estimate:
    """Return the estimate for the phrase with the largest mean excess."""
    each = _each_phrase(trials, groups, IDLE_LARGEST, arm)
    phrases = [scores for scores in each if len(scores.families()) >= FAMILIES_PER_PHRASE]
    if not phrases:
        unscored = Scores(IDLE_LARGEST, arm)
        for record in trials:
            unscored.miss(record.stratum, (record.key,), FEW_FAMILIES)
        return unscored.estimates(rng)[0]
    level = 1.0 - (1.0 - LEVEL) / len(phrases)
    intervals = [
        cluster_mean(scores.families(), rng, level=level, bounds=UNIT_BOUNDS) for scores in phrases
    ]
    best = max(range(len(phrases)), key=lambda i: (intervals[i].value or 0.0, -i))
    found = phrases[best].estimate_of(intervals[best])
    method = f"{found.method}, largest of {len(phrases)}"
    return replace(found, arm=arm, level=LEVEL, method=method)
