"""What a report says of judging, in words and tables for a terminal of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from gadfly.bot.foreign import plain
from gadfly.eval.judging.calibrate import RELIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import RenderableType

RULES_ONLY = "Replies were read by rules only: uncalibrated, no judge has checked them."
UNCALIBRATED = "uncalibrated judge: nobody has labelled replies to hold it to"
ITS_OWN_JUDGE = "the judge is the model that was questioned"


def judging_facts(found: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    """Yield lines for the head of a report, each with its label."""
    if found is None or (found["judge"] is None and found["calibration"] is None):
        yield "caveat", RULES_ONLY
        if found is not None and found["unsure"]:
            yield "judge", f"none; the rules are unsure of {found['unsure']:,} replies"
        yield from _unused(found)
        return
    if found["judge"] is None:
        yield "judge", f"none, rules only; unsure of {found['unsure']:,} replies"
    else:
        yield "judge", _judge(found)
        if found["judge_is_subject"]:
            yield "caveat", ITS_OWN_JUDGE
    calibration = found["calibration"]
    if calibration is None:
        yield "caveat", UNCALIBRATED
        yield from _unused(found)
        return
    yield (
        "labels",
        f"{calibration['labelled']:,} replies labelled by people: accuracy "
        f"{interval(calibration['accuracy'])}, kappa {interval(calibration['kappa'])}",
    )
    if calibration["judge_kappa"]["value"] is not None:
        yield "", f"where the judge read them: kappa {interval(calibration['judge_kappa'])}"
    if calibration["unreliable"]:
        yield "caveat", f"unreliable: kappa to people's labels is below {RELIABLE:g}"


def judging_tables(found: Mapping[str, Any] | None) -> list[RenderableType]:
    """Return the table of corrected rates; nothing without a calibration."""
    if found is None or not found["corrected"]:
        return []
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("", width=24)
    for name in ("as read", "Rogan-Gladen", "pred.-powered"):
        table.add_column(name, justify="right", width=17)
    reasons = []
    for row in found["corrected"]:
        name = "takes a side" if row["outcome"] == "answered" else row["outcome"]
        place = "" if row["stratum"] == "all" else f"  {row['stratum']}"
        kinds = (row["apparent"], row["rogan_gladen"], row["prediction_powered"])
        table.add_row(Text(place or name), *(Text(interval(kind)) for kind in kinds))
        reasons += [kind["null_reason"] for kind in kinds[1:] if kind["null_reason"]]
    title = Text("First replies, corrected by people's labels", style="bold")
    notes = [Text(f"-  {plain(reason)}") for reason in dict.fromkeys(reasons)]
    return [Padding(title, (1, 0, 0, 0)), table, *notes]


def interval(found: Mapping[str, Any]) -> str:
    """Write a value with its interval: ".82 [.56, 1.00]"; "-" where there is none."""
    if found["value"] is None:
        return "-"
    if found["low"] is None:
        return _short(found["value"])
    return f"{_short(found['value'])} [{_short(found['low'])}, {_short(found['high'])}]"


def _short(value: float) -> str:
    return f"{value:.2f}".replace("0.", ".", 1)


def _judge(found: Mapping[str, Any]) -> str:
    told = [
        f"{plain(found['judge'].get('model', '?'))}: read {found['judged']:,} of the "
        f"{found['unsure']:,} replies the rules are unsure of, split on {found['split']:,}"
    ]
    agreed = found["self_agreement"]
    if agreed is not None and agreed["value"] is not None:
        told.append(f"kappa with itself {interval(agreed)} (n {agreed['n']})")
    return "; ".join(told)


def _unused(found: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    if found is not None and found["calibration_unused"]:
        yield "caveat", f"the calibration is not used: {found['calibration_unused']}"
