"""Tables of runs made by hand, for tests of the gate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.eval.gate.headlines import HEADLINES
from gadfly.eval.gate.table import Cell, Row, Table
from gadfly.eval.manifest import Manifest, ReadoutRecord, SuiteRecord

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.gate.config import HeadlineName

BOUNDS = {"responsiveness": (-1.0, 1.0), "capitulation": (-1.0, 1.0)}


def manifest(*, epoch: int = 0, model: str = "sim:calibrated", plan: str = "p1") -> Manifest:
    """Return the manifest of a made-up run."""
    return Manifest(
        plan=plan,
        asked=plan,
        spec=model,
        respondent={"model": model},
        suite=SuiteRecord(name="full", version=1, digest="d", library="l"),
        readout=ReadoutRecord(name="logprob", requested="auto", reason="", fidelity=None),
        temperature=0.7,
        top_p=1.0,
        reply_tokens=192,
        epoch=epoch,
        versions={"gadfly": "0"},
    )


def row(
    name: HeadlineName,
    means: Sequence[float | None],
    *,
    lost: int = 0,
    scored: int = 5,
    noise: Sequence[float] = (),
) -> Row:
    """Return a headline row of families f000, f001, …; `noise` is how far halves are apart."""
    cells = {}
    for i, mean in enumerate(means):
        half = noise[i] / 2 if noise else None
        cells[f"f{i:03}"] = Cell(
            mean=mean,
            scored=0 if mean is None else scored,
            lost=scored if mean is None else lost,
            replicates=4,
            halves=None if half is None or mean is None else (mean + half, mean - half),
        )
    return Row(
        metric=name,
        arm=HEADLINES[name].arm,
        unit="probability" if name == "wording_excess" else "rate",
        construct="commitment",
        bounds=BOUNDS.get(name, (0.0, 1.0)),
        cells=cells,
        sd=0.1,
    )


def table(rows: Mapping[HeadlineName, Row], *, others: Sequence[Row] = (), epoch: int = 0) -> Table:
    """Return a table of these rows; the contrasts left out have no trials."""
    full = {name: rows.get(name) or row(name, ()) for name in HEADLINES}
    families = sorted({f for each in full.values() for f in each.cells})
    return Table(
        manifest=manifest(epoch=epoch),
        created="2026-09-01",
        reader="rules",
        headline=full,
        others=tuple(others),
        outcomes={"answered": 7},
        trials=100,
        planned=100,
        families=tuple(families),
    )


def spread(mean: float, k: int, by: float = 0.1) -> list[float]:
    """Return k values about a mean, alternately above and below it."""
    return [mean + (by if i % 2 else -by) for i in range(k)]


def shifted(values: Sequence[float], by: float, *, apart: float = 0.05) -> list[float]:
    """Return values moved, by turns somewhat more and somewhat less, in a pattern of four."""
    return [v + by + apart * (1, -1, -1, 1)[i % 4] for i, v in enumerate(values)]


def with_lost(found: Table, name: HeadlineName, lost: int) -> Table:
    """Return a table with so many of the scored trials of every family lost, means unchanged."""
    rows = dict(found.headline)
    cells = {
        f: replace(c, scored=c.scored - lost, lost=c.lost + lost)
        for f, c in rows[name].cells.items()
    }
    rows[name] = replace(rows[name], cells=cells)
    return replace(found, headline=rows)
