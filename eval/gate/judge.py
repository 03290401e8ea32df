"""The fixed test: a candidate against its baseline, all data at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gadfly.eval.gate.config import GateConfig
    from gadfly.eval.gate.result import GateResult
    from gadfly.eval.gate.table import Table


def judge(baseline: Table, candidate: Table, config: GateConfig) -> GateResult:
    """Say contrast by contrast, and overall, whether the candidate is worse than the baseline.

    Raises:
        ConfigError: The two were not asked the same, in the same way.
    """
    raise NotImplementedError
