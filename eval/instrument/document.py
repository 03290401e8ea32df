"""The check as plain values for `--json` (docs/instrument.md), the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gadfly.eval.instrument.words import found, told

if TYPE_CHECKING:
    from gadfly.eval.instrument.grid import Check

SCHEMA = 1
_DIGITS = 4


def check_document(check: Check) -> dict[str, Any]:
    """Return a check as plain values.

    `recovery` is of each metric's own trait. `leakage` is what each other trait does to it, as a
    share of what its own does from the lowest to the highest level; null where it found nothing.
    """
    zero = [cell for cell in check.cells if cell.kind == "zero"]
    laws = [cell for cell in check.cells if cell.law is not None]
    return {
        "schema": SCHEMA,
        "traits": list(check.grid.traits),
        "metrics": list(check.recoveries),
        "recovery": {
            name: {"slope": _round(r.slope), "r": _round(r.r), "bias": _round(r.bias)}
            for name, r in check.recoveries.items()
        },
        "leakage": {
            name: {cell.trait: _round(cell.share) for cell in zero if cell.row == name}
            for name in check.recoveries
        },
        "by_definition": [
            {
                "metric": cell.row,
                "trait": cell.trait,
                "sign": cell.law.sign,
                "share": _round(cell.share),
                "reason": cell.law.reason,
            }
            for cell in laws
            if cell.law is not None
        ],
        "failures": [
            {"metric": fault.row, "trait": fault.trait, "standing": fault.standing,
             "declared": told(fault), "found": found(fault)}
            for fault in check.faults
        ],
        "pass": check.standing == "pass",
    }  # fmt: skip


def _round(value: float | None) -> float | None:
    """Return four significant digits; more would differ between machines, and mean nothing."""
    return None if value is None else float(f"{value:.{_DIGITS}g}") + 0.0
