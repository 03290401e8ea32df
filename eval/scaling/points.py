"""Runs as points of a series: their sizes, their estimates, and what else they differ in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, unknown
from gadfly.bot.parameters import own_config
from gadfly.eval.judging.verdicts import judged_trials
from gadfly.eval.manifest import read_manifest
from gadfly.eval.profile import profile_of
from gadfly.eval.stats.interval import POWER, t_quantile
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.manifest import Manifest

PARAMETERS = "parameters"
DEFAULT = (
    "responsiveness:strong",
    "capitulation:bare",
    "wording_excess:said",
    "commitment_settled:said",
    "persona_fidelity:said",
    "accuracy:said",
    "chain_exact",
)
"""Series shown where none is named, as far as every run has them."""
GRADED = {"chain_exact": "chain_steps"}
"""Brittle scores and their graded ones: whoever is shown one is shown the other."""
_MANY = 10**6
"""Degrees of freedom from which t is normal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One run of a series."""

    name: str
    """Folder name."""
    size: float
    manifest: Manifest
    parameters: int | None
    kind: str
    estimates: Mapping[tuple[str, str], Estimate]
    """Over all strata, by metric and arm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One metric over all runs, in order of size."""

    metric: str
    arm: str
    unit: str
    sizes: tuple[float, ...]
    estimates: tuple[Estimate, ...]
    names: tuple[str, ...]
    lost: tuple[str, ...]
    """Runs without a value or without an interval: they are left out."""

    @property
    def errors(self) -> tuple[float, ...]:
        """Standard errors as they are weighed, above 0."""
        return tuple(standard_error(e) or 0.0 for e in self.estimates)

    @property
    def values(self) -> tuple[float, ...]:
        """Values."""
        return tuple(e.value or 0.0 for e in self.estimates)


def read_points(folders: Sequence[Path], sizes: Mapping[str, float]) -> tuple[Point, ...]:
    """Read runs, in order of size; `sizes` by folder name win over the models' own configs.

    Raises:
        ConfigError: A run is none, is there twice, or its size is not known.
        StoreError: A run is damaged.
    """
    twice = [name for name, n in Counter(f.resolve() for f in folders).items() if n > 1]
    if twice:
        raise ConfigError(f"{twice[0].name!r} is named twice")
    names = [f.resolve().name for f in folders]
    shared = [name for name, n in Counter(names).items() if n > 1]
    if shared:
        raise ConfigError(f"two of the runs are called {shared[0]!r}: rename one of the folders")
    for name in sizes:
        if name not in names:
            raise unknown("run in --size", name, names)
    points = [_point(f, n, sizes.get(n)) for f, n in zip(folders, names, strict=True)]
    return tuple(sorted(points, key=lambda p: (p.size, p.name)))


def _point(folder: Path, name: str, given: float | None) -> Point:
    manifest = read_manifest(folder)
    own = own_config(manifest.spec, manifest.respondent.get("revision", ""))
    size = given if given is not None else None if own is None else float(own.parameters)
    if size is None:
        raise ConfigError(
            f"how large the model of {name!r} is cannot be known from {manifest.spec!r}: "
            f"say it with --size {name}=NUMBER (parameters, tokens, or compute; for all runs alike)"
        )
    store = Store.read(folder)
    try:
        records = judged_trials(store).records
    finally:
        store.close()
    return Point(
        name=name,
        size=size,
        manifest=manifest,
        parameters=None if own is None else own.parameters,
        kind="" if own is None else own.kind,
        estimates={
            (e.metric, e.arm): e for e in profile_of(records).estimates if e.stratum == "all"
        },
    )


def lines_of(points: Sequence[Point], wanted: Sequence[str]) -> tuple[Line, ...]:
    """Return the series asked for, METRIC or METRIC:ARM each; graded scores join brittle ones.

    Raises:
        ConfigError: No run has such a metric, or nothing is left.
    """
    known = sorted({where for p in points for where in p.estimates})
    chosen: list[tuple[str, str]] = []
    for each in wanted or DEFAULT:
        metric, _, arm = each.partition(":")
        found = [w for w in known if w[0] == metric and (w[1] == arm if arm else "/" not in w[1])]
        if not found and wanted:
            names = [f"{m}:{a}" if arm else m for m, a in known]
            raise unknown("metric", each, set(names), hint="METRIC or METRIC:ARM")
        partner = GRADED.get(metric)
        for where in found:
            chosen.append(where)
            if partner is not None and (partner, where[1]) in known:
                chosen.append((partner, where[1]))
    lines = [_line(points, *where) for where in dict.fromkeys(chosen)]
    kept = [line for line in lines if line.estimates]
    if not kept:
        raise ConfigError("none of these metrics has a value with an interval in any of the runs")
    return tuple(lines if wanted else kept)


def _line(points: Sequence[Point], metric: str, arm: str) -> Line:
    there: list[tuple[Point, Estimate]] = []
    lost: list[str] = []
    for point in points:
        found = point.estimates.get((metric, arm))
        if found is None or found.value is None or not standard_error(found):
            lost.append(point.name)
        else:
            there.append((point, found))
    return Line(
        metric=metric,
        arm=arm,
        unit=there[0][1].unit if there else "",
        sizes=tuple(p.size for p, _ in there),
        estimates=tuple(e for _, e in there),
        names=tuple(p.name for p, _ in there),
        lost=tuple(lost),
    )


def standard_error(e: Estimate) -> float | None:
    """Return the error an estimate is weighed by, from its detectable effect or its interval.

    The detectable effect is (t.975 + t.80) x SE with k-1 df. Few families know their SE poorly,
    which curves take as known: it is widened to that of the normal whose 95 % interval is as wide
    as the t one. None without an interval.
    """
    if e.low is None or e.high is None:
        return None
    end = 0.5 + e.level / 2
    normal = t_quantile(end, _MANY)
    if e.clusters < 2 or e.mde is None:
        return (e.high - e.low) / (2 * normal)
    tail = t_quantile(end, e.clusters - 1)
    return e.mde / (tail + t_quantile(POWER, e.clusters - 1)) * tail / normal


def confounds(points: Sequence[Point]) -> Iterator[str]:
    """Yield, a sentence each, what the runs differ in beside size."""
    for what, of in (
        ("were not asked the same (suite, scenarios, probes or replicates)", _asked),
        ("were read by different readouts", lambda p: p.manifest.readout.name),
        ("are of different kinds of model", lambda p: p.kind),
        ("write by different chat templates", lambda p: p.manifest.respondent.get("template", "")),
        ("compute in different precisions", lambda p: p.manifest.respondent.get("dtype", "")),
        ("have different system prompts", lambda p: p.manifest.respondent.get("system", "")),
        ("were served by different software", lambda p: p.manifest.respondent.get("server", "")),
        ("drew replies differently", _sampling),
        ("were asked or read by different versions of Gadfly", _versions),
    ):
        groups: dict[str, list[str]] = {}
        for point in points:
            groups.setdefault(of(point), []).append(point.name)
        if len(groups) > 1:
            told = "; ".join(
                f"{name or 'unknown'}: {', '.join(own[:3])}{', …' if len(own) > 3 else ''}"
                for name, own in sorted(groups.items())
            )
            yield f"the runs {what} ({told})"
    known = [p for p in points if p.parameters is not None]
    ratios = {round(p.size / (p.parameters or 1), 6) for p in known}
    if len(known) > 1 and len(ratios) > 1 and len({p.parameters for p in known}) > 1:
        yield "the sizes given do not go with the parameters of the models, which differ as well"


def _asked(point: Point) -> str:
    m = point.manifest
    return f"{m.suite.name} {m.asked or m.plan}"


def _sampling(point: Point) -> str:
    m = point.manifest
    return f"temperature {m.temperature:g}, top-p {m.top_p:g}, {m.reply_tokens} tokens"


def _versions(point: Point) -> str:
    kept = ("gadfly", "readouts", "reader", "phrases")
    return " ".join(f"{k} {point.manifest.versions.get(k, '?')}" for k in kept)
