"""The page of a run: what `gadfly report --html` writes."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from gadfly.bot.foreign import plain
from gadfly.bot.readout.fidelity import MAX_GAP, MIN_COMPARED, MIN_SHARE_MASS, SLOPE_RANGE
from gadfly.eval.essay import SUITE
from gadfly.eval.essay import findings as essay_findings
from gadfly.eval.headline import number
from gadfly.eval.judging.looks import Looks
from gadfly.eval.judging.terminal import judging_facts
from gadfly.eval.meaning import meaning
from gadfly.eval.page.building import drawn, filled
from gadfly.eval.page.chosen import MOST, Links, choose, show_command
from gadfly.eval.page.ends import ends_of
from gadfly.eval.page.estimates import findings, glance, perturbations, shares
from gadfly.eval.page.figure import Figure
from gadfly.eval.page.ladders import ladders
from gadfly.eval.page.outcomes import outcomes
from gadfly.eval.page.plane import plane
from gadfly.eval.page.reading import calibration
from gadfly.eval.page.said import transcript
from gadfly.eval.page.stances import stances, survival
from gadfly.eval.people import PEOPLE
from gadfly.eval.profile import profile_of
from gadfly.eval.report_terminal import CONSTRUCTS, READOUTS, unmeasured
from gadfly.eval.tendency import MARGIN, tendencies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gadfly.eval.estimate import Construct
    from gadfly.eval.page.building import DrawnFigure
    from gadfly.eval.page.chosen import Chosen
    from gadfly.eval.page.ends import Ends
    from gadfly.eval.page.estimates import Finding
    from gadfly.eval.page.figure import Absent
    from gadfly.eval.page.said import Transcript
    from gadfly.eval.profile import Profile
    from gadfly.eval.record import TrialRecord
    from gadfly.eval.report_json import ReportInput
    from gadfly.eval.store import Store

BUDGET = 12_000_000
"""Characters of transcripts in one page: with figures and markup it stays below 20 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A construct's headlines."""

    construct: Construct
    figure: Figure
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything the page of a run shows but the transcripts' words."""

    source: ReportInput
    profile: Profile
    sections: tuple[Section, ...]
    """By construct, where a run has any headline of it."""
    figures: tuple[Figure, ...]
    absent: tuple[Absent, ...]
    ends: Mapping[tuple[str, str], Ends]

    @property
    def all_figures(self) -> tuple[Figure, ...]:
        """Every figure, in the order of the page."""
        return (*(section.figure for section in self.sections), *self.figures)


def report_of(source: ReportInput) -> Report:
    """Compute what the page of a run shows; the same trials give the same."""
    profile = profile_of(source.records)
    ends = ends_of(source.records)
    sections = []
    for construct in CONSTRUCTS:
        found = findings(profile, construct)
        if found:
            figure = glance(found, construct, ends)
            sections.append(Section(construct=construct, figure=figure, findings=found))
    made = (
        plane(source.records),
        survival(source.records),
        stances(source.records),
        ladders(source.records),
        perturbations(profile, ends),
        shares(profile, ends),
        outcomes(source.records),
        calibration(source.judging),
    )
    return Report(
        source=source,
        profile=profile,
        sections=tuple(sections),
        figures=tuple(each for each in made if isinstance(each, Figure)),
        absent=tuple(each for each in made if not isinstance(each, Figure)),
        ends=ends,
    )


def report_page(
    report: Report, store: Store, *, run: str, reason: str = "", most: int = MOST
) -> tuple[str, int]:
    """Return the page of a run as HTML, and how many transcripts are in it.

    `run` is what `gadfly show` is to be given, `reason` why the readout is the one it is. At most
    `most` transcripts are embedded, fewer where they are long.

    Raises:
        StoreError: The store is damaged.
    """
    source, profile = report.source, report.profile
    behind = [keys for figure in report.all_figures for keys in figure.trials]
    wanted = choose(source.records, report.ends, behind, most=most)
    records = {record.key: record for record in source.records}
    said, chosen = embedded(store, records, wanted, run=run)
    links = Links(records=records, chosen=chosen, command=partial(show_command, run))
    constructs = [
        {"figure": drawn(section.figure, links), "findings": list(_told(section, report, links))}
        for section in report.sections
    ]
    figures = [drawn(figure, links) for figure in report.figures]
    who = plain(source.respondent.get("model", "?"))
    return (
        filled(
            "report",
            title=f"Gadfly report: {who}",
            who=who,
            suite=_suite(source),
            facts=list(_facts(source, profile)),
            contents=list(_contents(report, figures)),
            constructs=constructs,
            tendencies=_tendencies(profile),
            essay=list(_essay(source, profile)),
            figures=figures,
            absent=report.absent,
            readout=READOUTS.get(source.readout, plain(source.readout)),
            fidelity=_fidelity(source.readout_fidelity),
            fidelity_reason=plain(reason) or "the run does not say why",
            rows=list(_rows(profile)),
            silent=unmeasured(profile, everything=False),
            groups=list(links.groups.values()),
            transcripts=said,
            rule=chosen.rule,
            others="" if len(said) == len(records) else f"gadfly show {shlex.quote(plain(run))}",
            cite=_cite(source),
        ),
        len(said),
    )


def embedded(
    store: Store,
    records: Mapping[str, TrialRecord],
    wanted: Chosen,
    *,
    run: str,
    budget: int = BUDGET,
) -> tuple[list[Transcript], Chosen]:
    """Return the transcripts that fit, in the order they were chosen in, and which those are.

    Raises:
        StoreError: The store is damaged.
    """
    looks = Looks.of(store)
    said: list[Transcript] = []
    size = 0
    for key, why in wanted.why.items():
        command = show_command(run, key)
        found = transcript(store, records[key], looks, why=why, command=command)
        size += found.size
        if size > budget:
            break
        said.append(found)
    kept = {each.key: wanted.why[each.key] for each in said}
    said.sort(key=lambda each: (each.probe, each.title, each.about, each.key))
    return said, replace(wanted, why=kept)


def _contents(report: Report, figures: Sequence[DrawnFigure]) -> Iterator[tuple[str, str]]:
    """Yield the anchors of the page, with their names."""
    yield "glance", "At a glance"
    if report.source.suite.get("name") == SUITE:
        yield "essay", "The essay"
    yield from ((figure.name, figure.title) for figure in figures)
    yield "readout", "How stances were read"
    yield "all", "All figures"
    yield "transcripts", "Transcripts"


def _facts(source: ReportInput, profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield what was run, and what became of it."""
    known = sorted((k, v) for k, v in source.respondent.items() if v and k != "model")
    if known:
        yield "who", ", ".join(f"{plain(name)} {plain(value)}" for name, value in known)
    if source.interlocutor is not None:
        yield "live by", plain(source.interlocutor.get("model", "?"))
    yield (
        "trials",
        f"{profile.n_trials:,} on {profile.n_families:,} scenario families; "
        f"{profile.n_broken:,} failed, {profile.n_stopped:,} stopped early",
    )
    told = [f"{outcome} {count:,}" for outcome, count in profile.outcomes.items() if count]
    yield "replies", ", ".join(told) or "none"
    for (stage, error_type), count in profile.failures.items():
        yield "failed", f"{count:,} × {plain(error_type)} ({stage})"
    yield from judging_facts(source.judging)
    for note in source.notes:
        yield "note", plain(note, None)


def _told(section: Section, report: Report, links: Links) -> Iterator[dict[str, Any]]:
    """Yield a construct's headlines in words, figures and links."""
    for found in section.findings:
        e = found.estimate
        ends = report.ends.get((e.metric, e.arm))
        figures = [f"{number(e.value, e.unit)} [{number(e.low, e.unit)}, {number(e.high, e.unit)}]"]
        if e.mde is not None:
            figures.append(f"MDE {number(e.mde, e.unit).lstrip('+')}")
        figures.append(f"{e.n:,} trials of {e.clusters} families")
        if e.unscored:
            figures.append(f"{e.unscored:,} unscored")
        figures += _beside(found, report.profile)
        sides: tuple[tuple[str, Sequence[tuple[str, ...]]], ...] = ()
        if ends is not None:
            first = "lowest" if ends.highest else "all alike"
            sides = ((first, ends.lowest), ("highest", ends.highest))
        caption = f"{e.metric.replace('_', ' ')} {e.arm}".rstrip()
        addresses = [
            (name, links([key for keys in side for key in keys], f"{caption}: {name} values"))
            for name, side in sides
            if side
        ]
        yield {
            "anchor": found.anchor,
            "sentence": found.sentence,
            "name": caption,
            "figures": " · ".join(figures),
            "links": [(name, address.lstrip("#")) for name, address in addresses if address],
        }


def _beside(found: Finding, profile: Profile) -> Iterator[str]:
    """Yield what a headline is to be seen beside: people, or repeats of one prompt."""
    e = found.estimate
    people = PEOPLE.get((e.metric, e.arm))
    if people is not None:
        but = f" (not comparable: {people.but})" if people.but else ""
        low, high = number(people.low, e.unit), number(people.high, e.unit)
        yield f"people {number(people.value, e.unit)} [{low}, {high}]{but}"
    if e.metric.endswith("_excess"):
        floor = profile.get("repeat_floor", arm=e.arm.split(" ")[0])
        if floor is not None and floor.value is not None:
            yield f"over a repeat floor of {number(floor.value, floor.unit)}"


def _tendencies(profile: Profile) -> str:
    """Return the labels that fit, in a sentence; "" where none can be judged."""
    known = [t for t in tendencies(profile) if t.holds is not None]
    if not known:
        return ""
    held = [
        t.label + ("" if t.clear else " (the intervals leave it open)") for t in known if t.holds
    ]
    names = ", ".join(held) or f"none of {', '.join(t.label for t in known)}"
    return f"Tendencies, at a margin of {100 * MARGIN:.0f} points: {names}."


def _essay(source: ReportInput, profile: Profile) -> Iterator[dict[str, str]]:
    """Yield the essay's observations, for its own suite only."""
    if source.suite.get("name") != SUITE:
        return
    for found in essay_findings(profile):
        row = found.estimate
        yield {
            "experiment": found.claim.experiment,
            "says": found.claim.says,
            "verdict": found.verdict,
            "value": "-" if row is None else number(row.value, row.unit),
        }


def _fidelity(found: Mapping[str, Any] | None) -> list[dict[str, str]]:
    """Return the figures of the calibration slice beside what they have to be."""
    if found is None:
        return []
    low, high = SLOPE_RANGE
    wanted = (
        ("share_mass", "items whose labels hold most of the probability", f"≥ {MIN_SHARE_MASS:g}"),
        ("compared", "items with a stance in both readouts", f"≥ {MIN_COMPARED}"),
        ("mean_gap", "mean difference of the two", ""),
        ("gap_beyond_noise", "of that beyond sampling noise", f"≤ {MAX_GAP:g}"),
        ("slope", "slope of sampled on label probability", f"{low:g} to {high:g}"),
        ("choice", "readout chosen", ""),
    )
    return [
        {"name": name, "value": _figure(found.get(key)), "wanted": bound}
        for key, name, bound in wanted
    ]


def _figure(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3g}" if isinstance(value, float) else plain(str(value))


def _rows(profile: Profile) -> Iterator[dict[str, str]]:
    """Yield every estimate that has a value, in the order of reports."""
    named: set[str] = set()
    for e in profile.estimates:
        if e.value is None:
            continue
        stratum = "" if e.stratum == "all" else f", {e.stratum}"
        interval = "-"
        if e.low is not None:
            interval = f"{number(e.low, e.unit)}, {number(e.high, e.unit)}"
        yield {
            "name": f"{e.metric.replace('_', ' ')} {e.arm.replace('_', ' ')}".rstrip() + stratum,
            "means": "" if e.metric in named else meaning(e.metric),
            "value": number(e.value, e.unit),
            "interval": interval,
            "n": f"{e.n:,} / {e.clusters}",
            "mde": number(e.mde, e.unit).lstrip("+"),
        }
        named.add(e.metric)


def _suite(source: ReportInput) -> str:
    suite = {name: plain(str(value)) for name, value in source.suite.items()}
    return f"{suite.get('name', '?')} version {suite.get('version', '?')}"


def _cite(source: ReportInput) -> str:
    suite = {name: plain(str(value)) for name, value in source.suite.items()}
    return (
        f"Gadfly {plain(source.version) or '?'}; suite {suite.get('name', '?')} version "
        f"{suite.get('version', '?')}, hash {suite.get('digest', '?')}; scenario library "
        f"{suite.get('library', '?')}; plan {plain(source.run)}"
    )
