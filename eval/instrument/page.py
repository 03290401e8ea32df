"""The check as a page of the manual (docs/instrument.md): the same text for the same code."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gadfly.bot.simulant.banks import BANKS, SEALED
from gadfly.eval.instrument.grid import CLOSER
from gadfly.eval.instrument.laws import LAWS
from gadfly.eval.instrument.matrix import GROUNDS, HIGH, ROWS, level
from gadfly.eval.instrument.reading import rarer, readings
from gadfly.eval.instrument.terminal import summary
from gadfly.eval.instrument.verdict import ALPHA, LOOKS, MARGIN, RANK, SLOPE_OFF
from gadfly.eval.instrument.words import found, number, p_of, share_of, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gadfly.eval.instrument.grid import Check
    from gadfly.eval.instrument.verdict import Cell

_INTRO = f"""# The instrument check

Does each metric measure what it says, and nothing else? `gadfly instrument` asks simulants, which
are respondents whose traits are numbers we set, and holds every cell of a matrix against what is
declared of it (`eval/instrument`). This page is written by `python -m benchmarks instrument`.

**Own** cells: the metric is meant for the trait, and measured at five levels of it. Where the
units match (a rate against a rate) the least-squares slope lies within {SLOPE_OFF:.0%} of 1, in
units of what the trait should do; else the rank correlation is {RANK:.2f} or more, which takes
the right order of all five.

**By definition** cells: the metric is not meant for the trait, which cannot but move it. The sign
is declared, with the reason, and the whole interval of the effect has to lie on its side of none.

**Zero** cells: all others. The trait is raised from its usual level to a high one, and the metric
must be moved by less than {MARGIN:.0%} of what its own trait moves it by from its lowest level to
its highest: two one-sided t tests on families, k - 1 df, Holm over all zero cells. The own effect
is taken as known. A cell *failed* where its whole interval lies past the margin, or on the other
side of none; it is *open* where it was shown neither way.

Cells left open, and own cells that are not as declared, are looked at again with {CLOSER[0]}
simulants instead of one, what is still not settled with {CLOSER[1]}, and what is not then with
{CLOSER[2]}: alike in their traits, and each with stances, offsets and dice of its own, so that
every family is there as many times. The last look alone counts. Each look at an open cell spends a
quarter of the {ALPHA:.0%}: intervals are of {1 - ALPHA / LOOKS:.2%}.

Both simulants of a pair are asked the same with the same dice: chances come from what was asked
so far and the number of the dialogue, and not from the traits, nor from what was said (common
random numbers). So a trait that plays no part in an answer leaves every answer as it was, one that
changes only words leaves the rest of the dialogue as it was, and one that takes replies away
(refusals, say) leaves the others on their sides. Where not one value differed there is no error to
allow for, and the cell is *inert*; where a simulant never looked at a trait in a whole run, raising
it is not even tried. Where the user quotes what was said, as in a confrontation, other words are
another question, and the rest is drawn afresh.

The simulants speak in the bank `{SEALED}`, which was written after the rules that read replies,
without a look at them, and which nothing is tuned on. Reads are of label probabilities.

`gadfly instrument` takes about an hour and a half on two processors (`--keep FILE` goes on from
the runs of one that was cut off); `--quick` is a look at a few cells, `--traits A,B` at some
columns. It ends with 0 where all is as declared, 5 where a cell failed (the fault is Gadfly's own,
neither a finding nor a wrong command), and 3 where nothing failed and a cell is open.

`--json` prints `schema` (1), `traits`, `metrics`, `recovery` (by metric: `slope`, over what it
should be where the units match and per unit of the trait elsewhere, `r`, and `bias` where the
units match, else null), `leakage` (by metric and trait of a zero cell: the effect as a share of
its own trait's; null where there was no value), `by_definition` (a list of `metric`, `trait`,
`sign`, `share`, `reason`), `failures` (a list of `metric`, `trait`, `standing`, `declared`,
`found`) and `pass`.
"""


def page(check: Check) -> str:
    """Return the page of a whole check."""
    parts = [
        _INTRO,
        "## What came of it\n",
        _totals(check),
        *_faults(check),
        "## Own\n",
        _own(check),
        "## By definition\n",
        _laws(check),
        "## Zero\n",
        _zero(check),
        "## The words\n",
        _words(),
        "## Where it was looked at\n",
        _levels(check),
        _grounds(check),
    ]
    return "\n".join(parts)


def _totals(check: Check) -> str:
    laws = [cell for cell in check.cells if cell.law is not None]
    zero = [cell for cell in check.cells if cell.law is None]
    inert = sum(cell.is_inert for cell in zero)
    looks = [c.times for c in check.cells] + [r.times for r in check.recoveries.values()]
    closer = (f"{looks.count(times)} with {times}" for times in CLOSER)
    rows = [
        ("own", len(check.recoveries), [r.standing for r in check.recoveries.values()]),
        ("by definition", len(laws), [c.standing for c in laws]),
        ("zero", len(zero), [c.standing for c in zero]),
    ]
    table = _table(
        ("declared", "cells", "as declared", "open", "failed"),
        (
            (name, str(n), *(str(got.count(s)) for s in ("pass", "open", "fail")))
            for name, n, got in rows
        ),
    )
    text = (
        f"{summary(check)}. Of the zero cells {inert} are inert. By a closer look were judged "
        f"{', '.join(closer)} simulants.\n\n{table}\n"
    )
    left = [f"`{name}`" for name in ROWS if name not in check.recoveries]
    return text + (f"\nDeclared and not measured here: {', '.join(left)}.\n" if left else "")


def _faults(check: Check) -> list[str]:
    if not check.faults:
        return []
    rows = ((f.row, f.trait, told(f), found(f), f.standing) for f in check.faults)
    heads = ("metric", "trait", "declared", "found", "")
    return ["Not as declared:\n", _table(heads, rows), ""]


def _own(check: Check) -> str:
    rows = []
    for name, r in check.recoveries.items():
        levels = ", ".join(f"{x:g}" for x in r.own.levels)
        values = ", ".join(number(v) for v in r.values)
        slope = number(r.slope) if r.own.slope is not None else "-"
        bias = number(r.bias)
        look = (f"`{name}`", f"{r.own.trait} {levels}", str(r.times))
        rows.append((*look, values, slope, number(r.r), bias))
    heads = ("metric", "own trait at", "simulants", "found", "slope", "r", "bias")
    return (
        _table(heads, rows)
        + "\n\nSlope and bias where the units match; r in the direction declared.\n"
    )


def _laws(check: Check) -> str:
    """Return one row for each reason, with what was found as a share of the own effect."""
    shares = {(cell.row, cell.trait): cell for cell in check.cells if cell.law is not None}
    rows = []
    for law in sorted(LAWS, key=lambda law: law.trait):
        known = [shares[row, law.trait] for row in law.rows if (row, law.trait) in shares]
        if known:
            metrics = "; ".join(f"`{c.row}` {_share(c)}" for c in known)
            rows.append((law.trait, "+" if law.sign > 0 else "-", law.reason, metrics))
    text = (
        "In brackets: the effect, in percent of that of the metric's own trait, below 0 where it "
        "is the other way.\n\n"
    )
    return text + _table(("trait", "sign", "why", "metrics"), rows) + "\n"


def _share(cell: Cell) -> str:
    return "(none)" if cell.share is None else f"({round(100 * cell.share) + 0:+d})"


def _zero(check: Check) -> str:
    """Return, by metric, the traits that changed nothing, and those that changed something."""
    by_row: dict[str, list[Cell]] = defaultdict(list)
    for cell in check.cells:
        if cell.law is None:
            by_row[cell.row].append(cell)
    rows = []
    for name, cells in by_row.items():
        moved = sorted((c for c in cells if not c.is_inert), key=_size, reverse=True)
        shown = "; ".join(_leak(c) for c in moved) or "none"
        rows.append((f"`{name}`", str(len(cells) - len(moved)), shown))
    text = (
        "Leakage in percent of the effect of the metric's own trait, ± one standard error, and p "
        "where it is above .001.\n\n"
    )
    return text + _table(("metric", "inert", "leakage"), rows) + "\n"


def _size(cell: Cell) -> float:
    return abs(cell.share) if cell.share is not None else 1e9


def _leak(cell: Cell) -> str:
    if cell.share is None:
        return f"**{cell.trait} no value**"
    p = "" if cell.p < 0.001 else f" (p {p_of(cell.p)})"
    text = f"{cell.trait} {share_of(cell)}{p}"
    return text if cell.standing == "pass" else f"**{text} {cell.standing}**"


def _words() -> str:
    """Return how replies in each bank are read."""
    rows = []
    for bank in BANKS.values():
        for kind, got in (readings(bank) | rarer(bank)).items():
            shares = (f"{share:.1%}" for share in (got.right, got.wrong, got.unread))
            rows.append((bank.name, kind, *shares))
    text = (
        "The rules that read replies were tuned on `plain`, `ornate` and `frank` (spoken English), "
        "and on a table of replies without a side (`tests/support/abstentions.py`). `courteous`, "
        "the register of a chat assistant, was looked at by nobody who tuned them; its caveats, "
        "its replies to a confrontation and how it says that nothing would change its mind were "
        "written anew by somebody who did not know the rules, when these had been tuned on those "
        "before. The rules for confrontations were then changed once more, knowing the shares "
        "coded of each kind of reply and not the replies. Of what would, or would not, change its "
        "mind the bank had 12 sentences, too few to tell by; 96 were added by somebody who did not "
        "know the rules. They are coded by a regression now (judging.md), fitted "
        "on others; what it makes of the 96 was counted a few times on the way, and they were not "
        "looked at. Mere agreement with a charge was told by rules widened on 60 replies, and "
        "counted on 60 others. Of babble the bank had 20 kinds; 80 were added by somebody who did "
        "not know the rules. What answers a nonsense question was then told more narrowly, by "
        "rules that were tuned on others' replies, and by ten of the bank's. After own cells had "
        "failed, the trait "
        "`smothering` was made to bury deeper (three words in four, not two in three), the levels "
        "of `self_overlap` were moved and two runs got more dialogues; most declarations of what "
        "moves a metric by definition were made after a cell had shown it. A bank has a "
        "dozen sentences of each kind: a share stands for few, and [rarer ones](judging.md) are "
        "read less often. What is not read is missing data; a judge reads it in a run that has "
        "one. Metrics of replies without a side fall short on the sealed bank by what is not read "
        "here.\n\n"
    )
    return text + _table(("bank", "said", "read as meant", "as another", "not read"), rows) + "\n"


def _levels(check: Check) -> str:
    listed = (f"{t} {level('repeat', t):g} to {HIGH[t]:g}" for t in check.grid.traits)
    return f"Traits were raised so, where not said otherwise: {', '.join(listed)}.\n"


def _grounds(check: Check) -> str:
    used = {row.ground: None for row in check.grid.rows}
    rows = []
    for name in used:
        ground = GROUNDS[name]
        raised = (f"{trait} moved to {value:g}" for trait, value in ground.high.items())
        set_to = (f"{trait} {value:g}" for trait, value in ground.base.items())
        rows.append(
            (
                f"`{ground.probe.name}`",
                "all" if ground.limit is None else f"at most {ground.limit}",
                ", ".join((*ground.strata, *ground.tags)) or "-",
                str(ground.replicates),
                ", ".join((*set_to, *raised)) or "-",
            )
        )
    return _table(("probe", "families", "of", "dialogues an arm", "simulant"), rows) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join(lines)
