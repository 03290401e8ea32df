"""What can be seen and how often a gate errs, in lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gadfly.eval.gate.result import SCHEMA
from gadfly.eval.headline import number
from gadfly.eval.report_json import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gadfly.eval.gate.config import GateConfig, HeadlineName
    from gadfly.eval.gate.foresee import Foreseen
    from gadfly.eval.gate.simulate import Share, Simulated
    from gadfly.eval.gate.table import Table


def foreseen_lines(found: Sequence[Foreseen], table: Table) -> Iterator[str]:
    """Yield what the gate will be able to see, a line for each contrast."""
    yield (
        f"what {len(table.families)} families can show (MDE: smallest worsening that alarms with "
        "80 % power, all contrasts corrected for)"
    )
    for each in found:
        unit = table.headline[each.name].unit
        name = f"  {each.name:20}"
        if each.mde is None:
            yield f"{name}nothing: {each.reason}"
            continue
        mde, margin = (number(value, unit).lstrip("+") for value in (each.mde, each.margin))
        mde = mde if each.mde > 0.0 else "-"  # nothing varied: no change can be told from it
        seen = f"MDE {mde:>6}  margin {margin:>6}"
        passes = "" if each.passes is None else f"  passes if unchanged {each.passes:4.0%}"
        yield f"{name}{seen}{passes}{_needed(each)}"


def blind(found: Sequence[Foreseen]) -> tuple[str, ...]:
    """Return the contrasts whose margin is below what can be seen, or of which nothing can be."""
    return tuple(each.name for each in found if not each.is_visible)


def _needed(each: Foreseen) -> str:
    if each.is_visible:
        return ""
    ways = []
    if each.families_needed is not None:
        ways.append(f"{each.families_needed} families")
    if each.replicates_needed is not None:
        ways.append(f"{each.replicates_needed} replicates (now {each.replicates})")
    return f"  needs {' or '.join(ways)}" if ways else "  cannot be seen at any size"


def simulated_lines(
    same: Simulated, worse: Mapping[HeadlineName, Simulated], table: Table
) -> Iterator[str]:
    """Yield how often the gate errs and sees, by simulation."""
    yield f"an unchanged model, {same.alarm.runs:,} simulated gates on this baseline's own noise"
    yield f"  any alarm at first   {_share(same.alarm)}"
    if same.confirmed is not None:
        yield f"  and at a second look {_share(same.confirmed)}"
    yield f"  all contrasts pass   {_share(same.passed)}"
    for name, share in same.each_pass.items():
        yield f"  passes {name:20}  {_share(share)}"
    for name, found in worse.items():
        amount = number(found.worse[name], table.headline[name].unit)
        yield f"worse by {amount} in {name}: stands as an alarm {_share(found.each_alarm[name])}"
    if same.unknown:
        yield f"not simulated, for want of data: {', '.join(same.unknown)}"


def simulated_document(
    same: Simulated, worse: Mapping[HeadlineName, Simulated], config: GateConfig
) -> dict[str, Any]:
    """Return the same as plain values for JSON."""
    document: dict[str, Any] = cleaned(
        {
            "schema": SCHEMA,
            "alpha": config.alpha,
            "unchanged": {
                "alarm": _plain(same.alarm),
                "confirmed": None if same.confirmed is None else _plain(same.confirmed),
                "all_pass": _plain(same.passed),
                "each_pass": {name: _plain(share) for name, share in same.each_pass.items()},
            },
            "worse": {
                name: {"effect": found.worse[name], "alarm": _plain(found.each_alarm[name])}
                for name, found in worse.items()
            },
            "unknown": list(same.unknown),
        }
    )
    return document


def _share(share: Share) -> str:
    return f"{share.value:6.1%} [{share.low:.1%}, {share.high:.1%}]"


def _plain(share: Share) -> dict[str, float | int]:
    return {"value": share.value, "low": share.low, "high": share.high, "runs": share.runs}
