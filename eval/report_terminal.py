"""The report for a terminal of 80 columns: header, one table a construct, plain words, cite.

Nothing a model or server wrote is taken as markup, and control characters never get through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from gadfly.bot.foreign import plain
from gadfly.eval.essay import SUITE, findings
from gadfly.eval.estimate import Construct
from gadfly.eval.headline import FLAGS, flags, headline, number, order_dominated
from gadfly.eval.judging.dialogues import told
from gadfly.eval.judging.terminal import judging_facts, judging_tables
from gadfly.eval.meaning import meaning
from gadfly.eval.metrics.published import COMPARABLES
from gadfly.eval.people import ABSENT, SOURCE, beside
from gadfly.eval.profile import profile_of
from gadfly.eval.tendency import MARGIN, tendencies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console, RenderableType

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.profile import Profile
    from gadfly.eval.report_json import ReportInput

CONSTRUCTS: tuple[Construct, ...] = get_args(Construct)
BY_STRATUM = ("undecided_rate", "evaded_rate", "refused_rate", "accuracy")
"""Metrics whose strata mean different things: to take no side is wrong on a settled question."""

READOUTS = {
    "sampled": "sampled: a vote of short answers on a fork the dialogue never sees",
    "logprob": "logprob: probabilities of the option labels, on a fork",
    "likelihood": (
        "likelihood: each statement scored as the reply, no options shown. It says which "
        "statement the model finds likelier, not what it would choose when asked; compare it "
        "only with runs read the same way."
    ),
}
COLUMNS = (
    ("value", 7),
    ("95% interval", 16),
    ("n/fam.", 10),
    ("unsc", 5),
    ("MDE", 6),
    ("", 3),
)
"""With the label and the gaps: 78 wide."""


def print_report(
    console: Console,
    source: ReportInput,
    *,
    profile: Profile | None = None,
    everything: bool = False,
) -> None:
    """Print the report; with `everything` each stratum and detail has its row."""
    console.print(report_renderable(source, profile=profile, everything=everything))


def report_renderable(
    source: ReportInput, *, profile: Profile | None = None, everything: bool = False
) -> RenderableType:
    """Return the report as something Rich can print; the profile is computed unless given."""
    found = profile_of(source.records) if profile is None else profile
    parts: list[RenderableType] = [_header(source, found)]
    if source.suite.get("name") == SUITE:
        parts.extend(_essay(found))
    used: set[str] = set()
    for construct in CONSTRUCTS:
        rows = [e for e in found.estimates if e.construct == construct and _shown(e, everything)]
        if rows:
            parts.append(_title(construct))
            parts.append(_table(rows, found))
            parts.extend(_sentences(rows))
            parts.extend(_meanings(rows) if everything else ())
            parts.extend(_people(rows))
            used.update(letter for row in rows for letter in flags(row, found))
    parts.extend(_tendencies(found))
    parts.extend(judging_tables(source.judging))
    if source.dialogues is not None:
        title = "Labels of whole dialogues, and what predicts them"
        parts.append(Padding(Text(title, style="bold"), (1, 0, 0, 0)))
        parts.extend(_bullets(list(told(source.dialogues))))
    parts.extend(_footer(source, found, used, everything=everything))
    return Group(*parts)


def _header(source: ReportInput, profile: Profile) -> RenderableType:
    """Say who was asked what, and what became of it."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True, width=8)
    grid.add_column()
    for name, value in _facts(source, profile):
        grid.add_row(Text(name), Text(value))
    return Group(Text("Gadfly report", style="bold"), Text(), grid)


def _facts(source: ReportInput, profile: Profile) -> Iterable[tuple[str, str]]:
    """Return the lines of the header."""
    yield from _who("who", source.respondent)
    if source.interlocutor is not None:
        yield from _who("live by", source.interlocutor)
    suite = {name: plain(str(value)) for name, value in source.suite.items()}
    yield "suite", f"{suite.get('name', '?')} {suite.get('digest', '')}".strip()
    yield "readout", READOUTS.get(source.readout, plain(source.readout))
    if source.readout_fidelity is not None:
        figures = sorted(source.readout_fidelity.items())
        yield "fidelity", ", ".join(f"{plain(k)} {_figure(v)}" for k, v in figures)
    yield (
        "trials",
        f"{profile.n_trials:,} on {profile.n_families} scenario families; "
        f"{profile.n_broken} failed, {profile.n_stopped} stopped early",
    )
    told = [f"{outcome} {count:,}" for outcome, count in profile.outcomes.items() if count]
    yield "replies", ", ".join(told) or "none"
    for (stage, error_type), count in profile.failures.items():
        yield "failed", f"{count} x {plain(error_type)} ({stage})"
    for note in source.notes:
        yield "note", plain(note)
    yield from judging_facts(source.judging)
    if order_dominated(profile.get("order_bias", arm="read")):
        yield "caveat", f"Reads are {FLAGS['o']}."


def _who(label: str, identity: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Return the lines of an identity: the model, then what else is known of it."""
    who = {name: plain(value) for name, value in identity.items() if value}
    yield label, who.pop("model", "?")
    if who:
        yield "", ", ".join(f"{name} {value}" for name, value in sorted(who.items()))


def _figure(value: object) -> str:
    """Write one figure of the readout's fidelity."""
    return f"{value:.3g}" if isinstance(value, float) else plain(str(value))


def _shown(estimate: Estimate, everything: bool) -> bool:
    """Say whether an estimate has a row of its own."""
    if estimate.value is None:
        return False
    if everything:
        return True
    if estimate.metric in COMPARABLES:
        return False
    return "/" not in estimate.arm and (estimate.stratum == "all" or estimate.metric in BY_STRATUM)


def _essay(profile: Profile) -> list[RenderableType]:
    """Return the essay's observations in its order, each with what this run says of it."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("", width=4)
    table.add_column("", overflow="fold", width=39)
    table.add_column("", width=11)
    table.add_column("value", justify="right", width=7)
    table.add_column("95% interval", justify="right", width=16)
    for found in findings(profile):
        row = found.estimate
        value, interval = ("-", "-") if row is None else _cells(row, profile)[:2]
        cells = (found.claim.experiment, found.claim.says, found.verdict, value, interval)
        table.add_row(*(Text(cell) for cell in cells))
    title = Text("What the essay saw, and whether it is still true of this model", style="bold")
    return [Padding(title, (1, 0, 0, 0)), table]


def _title(construct: Construct) -> RenderableType:
    """Return the heading of a construct."""
    return Padding(Text(construct.capitalize(), style="bold"), (1, 0, 0, 0))


def _table(rows: Sequence[Estimate], profile: Profile) -> Table:
    """Return the table of one construct, a metric's arms and strata under its name."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("", overflow="fold", width=24)
    for name, width in COLUMNS:
        table.add_column(name, justify="right", overflow="fold", width=width)
    for metric in dict.fromkeys(row.metric for row in rows):
        own = [row for row in rows if row.metric == metric]
        if len(own) > 1:
            table.add_row(Text(_spelled(metric)))
        for row in own:
            place = _place(row)
            label = f"  {place}" if len(own) > 1 else f"{_spelled(metric)}, {place}"
            table.add_row(*(Text(cell) for cell in (label, *_cells(row, profile))))
    return table


def _cells(row: Estimate, profile: Profile) -> tuple[str, ...]:
    """Return the cells of one row but its label."""
    interval = "-"
    if row.low is not None:
        interval = f"[{number(row.low, row.unit)}, {number(row.high, row.unit)}]"
    return (
        number(row.value, row.unit),
        interval,
        f"{row.n:,}/{row.clusters}",
        f"{row.unscored}",
        number(row.mde, row.unit).lstrip("+"),
        flags(row, profile),
    )


def _place(row: Estimate) -> str:
    """Say which arm and stratum a row is about."""
    parts = [row.arm.replace("_", " ")] if row.arm else []
    if row.stratum != "all":
        parts.append(row.stratum)
    return ", ".join(parts) or "all"


def _spelled(metric: str) -> str:
    """Write a metric's name in words."""
    return metric.replace("_", " ")


def _sentences(rows: Sequence[Estimate]) -> list[RenderableType]:
    """Return the headlines among the rows, in words."""
    told = _bullets([sentence for row in rows if (sentence := headline(row))])
    return [Text(), *told] if told else []


def _meanings(rows: Sequence[Estimate]) -> list[RenderableType]:
    """Return what each metric among the rows means."""
    told = [
        f"{_spelled(metric)}: {sentence}"
        for metric in dict.fromkeys(row.metric for row in rows)
        if (sentence := meaning(metric))
    ]
    return [Text(), Text("What they mean:"), *_bullets(told)] if told else []


def _people(rows: Sequence[Estimate]) -> list[RenderableType]:
    """Return people's figures for rows that have any, and which have none and why."""
    units = {(row.metric, row.arm): row.unit for row in rows}
    told = []
    for people in beside(units):
        unit = units[people.metric, people.arm]
        value, low, high = (number(v, unit) for v in (people.value, people.low, people.high))
        but = f"; not to be held against it: {people.but}" if people.but else ""
        told.append(f"{_spelled(people.metric)} {value} [{low}, {high}]{but}")
    reasons: dict[str, list[str]] = {}
    for metric in dict.fromkeys(metric for metric, _ in units if metric in ABSENT):
        reasons.setdefault(ABSENT[metric], []).append(_spelled(metric))
    told += [f"{', '.join(names)}: none, {reason}" for reason, names in reasons.items()]
    return [Text(), Text(f"Beside people: {SOURCE}"), *_bullets(told)] if told else []


def _bullets(lines: Sequence[str]) -> list[RenderableType]:
    """Return lines as a list, continuation lines indented; nothing for no lines."""
    if not lines:
        return []
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for line in lines:
        grid.add_row(Text("-"), Text(line))
    return [grid]


def _tendencies(profile: Profile) -> list[RenderableType]:
    """Return the labels that fit, with what they rest on; nothing where none can be judged."""
    found = [t for t in tendencies(profile) if t.holds is not None]
    if not found:
        return []
    told = []
    for tendency in found:
        if not tendency.holds:
            continue
        figures = ", ".join(
            f"{_spelled(e.metric)} {e.arm} {number(e.value, e.unit)}" for e in tendency.because
        )
        doubt = "" if tendency.clear else "; the intervals leave it open"
        told.append(f"{tendency.label} ({figures}{doubt})")
    if not told:
        told = [f"none of: {', '.join(t.label for t in found)}"]
    title = f"Tendencies, at a margin of {100 * MARGIN:.0f} points"
    return [Padding(Text(title, style="bold"), (1, 0, 0, 0)), *_bullets(told)]


def _footer(
    source: ReportInput, profile: Profile, used: set[str], *, everything: bool
) -> list[RenderableType]:
    """Return what was not measured, the legend, and how to cite the run."""
    parts: list[RenderableType] = []
    silent = unmeasured(profile, everything=everything)
    if silent:
        parts.append(Padding(Text("Not measured", style="bold"), (1, 0, 0, 0)))
        parts.extend(_bullets(silent))
    parts.append(Padding(Text("Reading the tables", style="bold"), (1, 0, 0, 0)))
    parts.append(
        Text(
            "Signed values are differences in probability points; n counts trials, unsc those "
            "that gave no data, MDE the smallest effect a run of this size would usually show. "
            "Intervals are over scenario families."
        )
    )
    parts.extend(Text(f"{letter}  {FLAGS[letter]}") for letter in FLAGS if letter in used)
    parts.append(Padding(Text("Cite", style="bold"), (1, 0, 0, 0)))
    suite = {name: plain(str(value)) for name, value in source.suite.items()}
    parts.append(
        Text(
            f"Gadfly {plain(source.version) or '?'}; suite {suite.get('name', '?')} "
            f"version {suite.get('version', '?')}, hash {suite.get('digest', '?')}; "
            f"scenario library {suite.get('library', '?')}; plan {plain(source.run)}"
        )
    )
    return parts


def unmeasured(profile: Profile, *, everything: bool) -> list[str]:
    """Return metrics without any value, by reason; published comparables with `everything`."""
    measured = {e.metric for e in profile.estimates if e.value is not None}
    reasons: dict[str, list[str]] = {}
    for estimate in profile.estimates:
        if estimate.metric in measured or estimate.stratum != "all":
            continue
        if estimate.metric in COMPARABLES and not everything:
            continue
        names = reasons.setdefault(estimate.null_reason or "", [])
        if _spelled(estimate.metric) not in names:
            names.append(_spelled(estimate.metric))
    return [f"{', '.join(names)}: {reason}" for reason, names in sorted(reasons.items())]
