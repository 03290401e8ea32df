"""The fixed test: a candidate against its baseline, all data at hand."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log
from typing import TYPE_CHECKING, Protocol

from gadfly.eval.gate.comparable import check_comparable, side_of
from gadfly.eval.gate.difference import Difference, difference
from gadfly.eval.gate.exploratory import exploratory
from gadfly.eval.gate.headlines import HEADLINES
from gadfly.eval.gate.missing import MOST_APART, Missing, missing, worst_case
from gadfly.eval.gate.result import ContrastResult, GateResult
from gadfly.eval.gate.wording import amount, more_or_less, rooted
from gadfly.eval.stats.interval import t_quantile
from gadfly.eval.stats.multiplicity import holm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.gate.config import GateConfig, HeadlineName
    from gadfly.eval.gate.result import Verdict
    from gadfly.eval.gate.table import Row, Table

MIN_FAMILIES = 10
"""Fewer shared families carry no verdict: from here on the paired t was shown to hold."""
LEVEL = 0.95
"""Of the two-sided intervals shown."""


class Evidence(Protocol):
    """What a verdict on one contrast rests on: the fixed test, or a sequence of looks."""

    @property
    def p(self) -> float | None:
        """One-sided, for the candidate being worse; None where nothing can be said."""

    def lower(self, alpha: float) -> float | None:
        """Return the lower bound of how much worse, at level 1 - alpha."""

    def upper(self, alpha: float) -> float | None:
        """Return the upper bound of how much worse, at level 1 - alpha."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One headline contrast of two runs, before any verdict."""

    name: HeadlineName
    baseline: Row
    candidate: Row
    margin: float | None
    """In the metric's unit; None where the baseline's standard deviation is unknown."""
    found: Difference
    missing: Missing


def judge(
    baseline: Table, candidate: Table, config: GateConfig, *, same_plan: bool = True
) -> GateResult:
    """Say contrast by contrast, and overall, whether the candidate is worse than the baseline.

    A contrast is a regression where its lower bound at its step of Holm is above 0 and its upper
    bound reaches the margin; it passes where its upper bound is below the margin; else, and where
    data are lacking, it is inconclusive. `same_plan=False` compares what two runs have in common
    that were asked differently.

    Raises:
        ConfigError: The two were not asked the same in the same way, or are the same draws.
    """
    notes = check_comparable(baseline, candidate, same_plan=same_plan)
    found = contrasts_of(baseline, candidate, config)
    headline = decided(found, [contrast.found for contrast in found], config)
    verdict, reason = overall(headline)
    return GateResult(
        verdict=verdict,
        reason=reason,
        baseline=side_of(baseline),
        candidate=side_of(candidate),
        contrasts=(*headline, *exploratory(baseline.others, candidate.others)),
        confirmed="unconfirmed" if verdict == "regression" else "not needed",
        notes=(*notes, *against_itself(baseline, config)),
    )


def against_itself(baseline: Table, config: GateConfig) -> tuple[str, ...]:
    """Return a warning where the baseline's own A/A run gives an alarm: the test cannot hold."""
    if baseline.again is None:
        return ()
    found = contrasts_of(baseline, baseline.again, config)
    alarms = [
        c.name
        for c in decided(found, [each.found for each in found], config)
        if c.verdict == "regression"
    ]
    if not alarms:
        return ()
    return (
        f"the baseline's model, asked again, gave an alarm against itself: {', '.join(alarms)}",
    )


def contrasts_of(baseline: Table, candidate: Table, config: GateConfig) -> tuple[Contrast, ...]:
    """Pair the headline contrasts of two runs, in the order of the configuration."""
    found = []
    for name in config.headline:
        ours, theirs = baseline.headline[name], candidate.headline[name]
        found.append(
            Contrast(
                name=name,
                baseline=ours,
                candidate=theirs,
                margin=margin_of(name, ours, config),
                found=difference(ours, theirs, HEADLINES[name].worse),
                missing=missing(ours, theirs),
            )
        )
    return tuple(found)


def margin_of(name: HeadlineName, baseline: Row, config: GateConfig) -> float | None:
    """Return a margin in the metric's unit; None where it is in SD and the SD is unknown."""
    margin = config.margin(name)
    if not HEADLINES[name].in_sd:
        return margin
    return margin * baseline.sd if baseline.sd else None


def decided(
    contrasts: Sequence[Contrast], evidence: Sequence[Evidence], config: GateConfig
) -> tuple[ContrastResult, ...]:
    """Return the verdict on each contrast, given what it rests on; Holm over all of them.

    A contrast without data counts among them, with p = 1: one that could not be measured makes
    the others no easier to alarm on.
    """
    p_values = [1.0 if e.p is None else e.p for e in evidence]
    adjusted = holm(p_values)
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    steps = {i: config.alpha / (len(order) - rank) for rank, i in enumerate(order)}
    return tuple(
        _result(contrast, evidence[i], config.alpha, steps[i], adjusted[i], len(order))
        for i, contrast in enumerate(contrasts)
    )


def overall(headline: Sequence[ContrastResult]) -> tuple[Verdict, str]:
    """Return the verdict over all contrasts: a regression in one, or a pass in all."""
    worse = [c for c in headline if c.verdict == "regression"]
    open_ = [c for c in headline if c.verdict == "inconclusive"]
    if worse:
        said = "; ".join(f"{c.name}: {c.reason}" for c in worse)
        return "regression", f"the candidate is worse in {len(worse)} of {len(headline)}: {said}"
    if open_:
        names = ", ".join(c.name for c in open_)
        return "inconclusive", f"{len(open_)} of {len(headline)} cannot be told: {names}"
    return "pass", f"all {len(headline)} headline contrasts are inside their margins"


def _result(
    contrast: Contrast,
    evidence: Evidence,
    alpha: float,
    step: float,
    p_adjusted: float,
    of: int,
) -> ContrastResult:
    """Return the verdict on one contrast with all it rests on.

    `step` is the level of its step of Holm, `of` how many contrasts there are.
    """
    found, row = contrast.found, contrast.baseline
    lower, upper = evidence.lower(step), evidence.upper(alpha)
    if lower is not None and p_adjusted >= alpha:
        lower = min(lower, 0.0)
    mde = found.mde(alpha / of)
    lacking = _lacking(contrast)
    verdict, reason = (
        _verdict(contrast, lower, upper, mde) if not lacking else ("inconclusive", lacking)
    )
    if HEADLINES[contrast.name].is_squared and found.mean is not None:
        reason += f" (root mean square: {rooted(found.baseline)}, then {rooted(found.candidate)})"
    half = None if not found.se else t_quantile(0.5 + LEVEL / 2, found.k - 1) * found.se
    bounds = worst_case(row, contrast.candidate, HEADLINES[contrast.name].worse)
    ends: tuple[float | None, float | None]
    if half is None or found.mean is None:
        ends = found.lower((1.0 - LEVEL) / 2), found.upper((1.0 - LEVEL) / 2)
    else:
        ends = found.mean - half, found.mean + half
    return ContrastResult(
        metric=row.metric,
        arm=row.arm,
        unit=row.unit,
        construct=row.construct,
        headline=True,
        verdict=verdict,
        effect=found.mean,
        low=ends[0],
        high=ends[1],
        level=LEVEL,
        lower_adjusted=lower,
        upper_one_sided=upper,
        p=evidence.p,
        p_adjusted=None if evidence.p is None else p_adjusted,
        margin=contrast.margin,
        mde=mde,
        n=row.scored + contrast.candidate.scored,
        clusters=found.k,
        baseline=found.baseline,
        candidate=found.candidate,
        missing_baseline=contrast.missing.baseline,
        missing_candidate=contrast.missing.candidate,
        worst_low=None if bounds is None else bounds[0],
        worst_high=None if bounds is None else bounds[1],
        valid=not lacking,
        reason=reason,
    )


def _verdict(
    contrast: Contrast, lower: float | None, upper: float | None, mde: float | None
) -> tuple[Verdict, str]:
    """Return verdict and reason, given the bounds and data enough."""
    effect, margin, unit = contrast.found.mean, contrast.margin, contrast.baseline.unit
    if effect is None or margin is None or lower is None or upper is None:
        return "inconclusive", "it never varied: no interval can be had, and no verdict"
    verdict: Verdict
    if upper < margin:
        verdict, slack = "pass", margin - upper
        reason = (
            f"{more_or_less(effect, unit)}, inside the margin of {amount(margin, unit)}"
            if lower > 0.0
            else f"at most {amount(upper, unit)} worse"
            if upper > 0.0
            else "not worse"
        )
    elif lower > 0.0:
        verdict, slack = "regression", lower
        reason = f"{HEADLINES[contrast.name].trait}, {more_or_less(effect, unit)}"
    else:
        return "inconclusive", _open(contrast, upper, margin, mde)
    if contrast.missing.tips(slack, max(abs(effect), margin)):
        return "inconclusive", (
            f"it would be a {verdict}, but missing answers could overturn it: "
            f"{contrast.missing.baseline:.0%} are missing in the baseline, "
            f"{contrast.missing.candidate:.0%} in the candidate"
        )
    return verdict, reason


def _lacking(contrast: Contrast) -> str:
    """Say what data are lacking for any verdict; "" where there are enough."""
    for name, row in (("baseline", contrast.baseline), ("candidate", contrast.candidate)):
        if not row.cells:
            return f"the {name} has no trials of it"
        if not row.means:
            return f"no trial of the {name} gave a value"
    if contrast.missing.too_far_apart:
        return (
            f"{contrast.missing.baseline:.0%} of the trials gave no value in the baseline, "
            f"{contrast.missing.candidate:.0%} in the candidate: further apart than "
            f"{100 * MOST_APART:.0f} points, they are not of the same trials"
        )
    if contrast.found.k < MIN_FAMILIES:
        return (
            f"families with a value in both runs: {contrast.found.k}; a verdict needs "
            f"{MIN_FAMILIES}"
        )
    return ""


def _open(contrast: Contrast, upper: float, margin: float, mde: float | None) -> str:
    """Say why nothing can be told, and what would settle it."""
    found, unit = contrast.found, contrast.baseline.unit
    least = amount(margin, unit)
    if found.se == 0.0 and found.mean is not None and found.mean < margin and found.reach:
        # (1 - u)^k is the same for the bound there is and for the one that is wanted.
        seen, wanted = (
            log(1.0 - (bound - found.mean) / (found.reach - found.mean))
            for bound in (upper, margin)
        )
        needed = ceil(found.k * seen / wanted)
        return (
            f"the same difference in all {found.k} families, and others unseen could make it "
            f"{amount(upper, unit)} worse; about {needed} families would rule out {least}"
        )
    said = f"it may be {amount(upper, unit)} worse, and need not be worse at all"
    if mde is not None and mde > margin:
        needed = ceil(found.k * (mde / margin) ** 2)
        return f"{said}; about {needed} families like these would tell {least}"
    return f"{said}: too near the margin of {least} to tell"
