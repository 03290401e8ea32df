"""What a size series says: for people, and as plain values."""

from __future__ import annotations

import textwrap
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from gadfly.bot.foreign import printable
from gadfly.eval.headline import number
from gadfly.eval.report_json import cleaned
from gadfly.eval.scaling.panel import panels, size
from gadfly.eval.scaling.points import GRADED, confounds, lines_of
from gadfly.eval.stats.scaling import DECIDED, POOR, Series, compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gadfly.eval.scaling.points import Line, Point

SCHEMA = 1
MARGIN = 0.1
"""Points within which a smaller model is as good as the best."""
BETTER = {
    "responsiveness": 1,
    "capitulation": -1,
    "wording_excess": -1,
    "commitment_settled": 1,
    "persona_fidelity": 1,
    "accuracy": 1,
    "chain_exact": 1,
}
"""Metrics of shares of which more (1) or less (-1) is better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalingReport:
    """A size series with everything that is said of it."""

    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    series: tuple[Series, ...]
    """One for each line."""
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, points: Sequence[Point], wanted: Sequence[str]) -> ScalingReport:
        """Fit every series.

        Raises:
            ConfigError: No run has a metric asked for, or none of them has a value.
        """
        lines = lines_of(points, wanted)
        return cls(
            points=tuple(points),
            lines=lines,
            series=tuple(compare(one.sizes, one.values, one.errors) for one in lines),
            warnings=tuple(confounds(points)),
        )

    def document(self) -> dict[str, Any]:
        """Return it as plain values."""
        found: dict[str, Any] = cleaned(
            {
                "schema": SCHEMA,
                "runs": [
                    {
                        "run": p.name,
                        "plan": p.manifest.plan,
                        "respondent": p.manifest.respondent,
                        "size": p.size,
                        "parameters": p.parameters,
                    }
                    for p in self.points
                ],
                "confounded": list(self.warnings),
                "series": [
                    {
                        "metric": line.metric,
                        "arm": line.arm,
                        "unit": line.unit,
                        "points": [
                            {"run": name, "size": x, "error": se} | asdict(e)
                            for name, x, se, e in zip(
                                line.names, line.sizes, line.errors, line.estimates, strict=True
                            )
                        ],
                        "left_out": list(line.lost),
                        "verdict": found.verdict,
                        "null_reason": found.reason or None,
                        "misfit_p": found.misfit,
                        "fits": [
                            {
                                "family": fit.family,
                                "parameters": fit.parameters,
                                "chi_square": fit.chi_square,
                                "aicc": fit.aicc,
                                "weight": fit.weight,
                            }
                            for fit in found.fits
                        ],
                        "not_fitted": list(found.left_out),
                        "smallest_within_margin": smallest(line),
                    }
                    for line, found in zip(self.lines, self.series, strict=True)
                ],
            }
        )
        return found

    def told(self) -> Iterator[str]:
        """Yield it for people."""
        sizes = ", ".join(f"{printable(p.name)} {size(p.size)}" for p in self.points)
        yield from textwrap.wrap(f"{len(self.points)} runs by size: {sizes}", 98)
        for warning in self.warnings:
            yield from textwrap.wrap(f"confounded: {printable(warning)}", 98)
        for line, found in zip(self.lines, self.series, strict=True):
            yield ""
            yield from _one(line, found)


def _one(line: Line, found: Series) -> Iterator[str]:
    yield f"{line.metric} {line.arm}".strip()
    if len(set(line.sizes)) > 1:
        yield from panels(line, found.best, lambda v: number(v, line.unit))
    if line.lost:
        lost = printable(", ".join(line.lost))
        yield f"  left out, for want of a value with an interval: {lost}"
    if found.best is None:
        yield f"  cannot tell: {found.reason}"
        return
    weights = ", ".join(f"{f.family} {f.weight:.2f}" for f in found.fits)
    yield from textwrap.wrap(f"weights: {weights}", 96, initial_indent="  ")
    if found.left_out:
        yield f"  too many parameters for so few sizes: {', '.join(found.left_out)}"
    yield from textwrap.wrap(said(found), 96, initial_indent="  ", subsequent_indent="  ")
    if found.misfit is not None and found.misfit < POOR:
        yield (
            "  no curve fits: the models differ by more than their errors "
            f"(p = {found.misfit:.1g}), so the weights mean little"
        )
    best = smallest(line)
    if best is not None:
        yield f"  smallest within {100 * MARGIN:.0f} points of the best: {printable(best)}"
    if line.metric in GRADED:
        yield (
            "  all or nothing: where steps fail independently, it is p1^n, and climbs late and "
            f"steeply; see {GRADED[line.metric]} for the same replies graded"
        )


def said(found: Series) -> str:
    """Say in words what the weights come to."""
    best, flat = found.best, found.flat or 0.0
    if best is None:
        return f"cannot tell: {found.reason}"
    if found.verdict == "constant":
        return f"size makes no difference that shows (weight {best.weight:.2f})"
    if found.verdict != "cannot tell":
        return f"{best.family}: weight {best.weight:.2f}"
    among = [f.family for f in found.fits if f.weight >= 0.05]
    shape = f"cannot tell the curve: likeliest {', '.join(among)}"
    if flat < 1.0 - DECIDED:
        return f"it changes with size (weight of constant {flat:.2f}); {shape}"
    return f"cannot tell whether it changes with size (weight of constant {flat:.2f}); {shape}"


def smallest(line: Line) -> str | None:
    """Return the smallest run whose value is within the margin of the best one's.

    None for a metric of which neither more nor less is known to be better.
    """
    better = BETTER.get(line.metric)
    if better is None or not line.values:
        return None
    best = max(better * value for value in line.values)
    return next(
        name
        for name, value in zip(line.names, line.values, strict=True)
        if better * value >= best - MARGIN
    )
