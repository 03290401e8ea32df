"""Made-up verdicts of a gate, with hostile names in them."""

from __future__ import annotations

from gadfly.eval.gate.result import ContrastResult, GateResult, Side, Verdict

HOSTILE = "evil|model`<b>\x1b[31m::error::\n]]>%0A\x00"
"""What a server may call itself."""


def contrast(metric: str, verdict: Verdict | None, *, reason: str = "") -> ContrastResult:
    """Return one contrast; without a verdict it is exploratory."""
    return ContrastResult(
        metric=metric,
        arm="said",
        unit="rate",
        construct="commitment",
        headline=verdict is not None,
        verdict=verdict,
        effect=0.125,
        low=-0.05,
        high=0.3,
        level=0.95,
        p=0.03,
        p_adjusted=0.12,
        margin=None if verdict is None else 0.1,
        mde=0.2,
        n=240,
        clusters=24,
        reason=reason,
    )


def result(*verdicts: Verdict, model: str = "model-2", notes: tuple[str, ...] = ()) -> GateResult:
    """Return a result with a headline contrast for each verdict, the worst of them overall."""
    overall: Verdict = "pass"
    if "inconclusive" in verdicts:
        overall = "inconclusive"
    if "regression" in verdicts:
        overall = "regression"
    side = Side(run="0123456789abcdef", respondent="model-1", epoch=0, created="2026-01-02")
    headline = [contrast(f"metric_{i}", v, reason=f"{v} because") for i, v in enumerate(verdicts)]
    return GateResult(
        verdict=overall,
        reason=f"overall: {overall}, 100%",
        baseline=side,
        candidate=Side(run=side.run, respondent=model, epoch=1, created=side.created),
        contrasts=(*headline, contrast("drift", None)),
        confirmed="confirmed" if overall == "regression" else "not needed",
        notes=notes,
    )
