"""What `gadfly scenarios check` finds in files: problems, then breaches and hints of the rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gadfly.bot.inprocess import embedder
from gadfly.scenarios.loader import clashes, inspect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gadfly.bot.errors import ScenarioError
    from gadfly.eval.authoring.audit import Audit
    from gadfly.eval.authoring.finding import Finding, Rule
    from gadfly.scenarios.loader import Inspected
    from gadfly.scenarios.scenario import Scenario

SHOWN = 10
"""Findings of one rule in one file that are printed; JSON has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A finding with its place; path, line and column are None where it is about all files."""

    finding: Finding
    path: Path | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Return it in one line, place first, as editors follow it."""
        place = "" if self.path is None else f"{self.path}:{self.line}:{self.column}: "
        about = f"{self.finding.family}: " if self.finding.family else ""
        return f"{place}{about}{self.finding.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Everything found in some files."""

    problems: tuple[ScenarioError, ...]
    """What keeps a file from being loaded."""
    findings: tuple[Placed, ...]
    """What the authoring rules say about the files that can be."""
    not_run: tuple[Rule, ...]

    @property
    def breaches(self) -> int:
        """How many findings are breaches."""
        return sum(placed.finding.breach for placed in self.findings)

    @property
    def failed(self) -> bool:
        """Whether anything must be mended."""
        return bool(self.problems or self.breaches)


def check(paths: Sequence[Path]) -> Checked:
    """Check files for problems, and those without by the authoring rules, as one set.

    Imported families are looked at on their own and without sentence vectors, and only hints come
    of them: there may be very many, and their texts are not the user's to mend.
    """
    files = [inspect(path) for path in paths]
    problems = [*(p for file in files for p in file.problems), *clashes(files)]
    owners: dict[str, Inspected] = {}
    authored: list[Scenario] = []
    imported: list[Scenario] = []
    for file in files:
        for scenario in file.scenarios:
            if file.places is not None and scenario.id not in owners:
                owners[scenario.id] = file
                (imported if file.places.imported(scenario.id) else authored).append(scenario)
    own, theirs = _audit(authored, vectors=True), _audit(imported, vectors=False)
    mild = [replace(finding, breach=False) for finding in theirs.findings]
    return Checked(
        problems=tuple(problems),
        findings=tuple(_placed(finding, owners) for finding in (*own.findings, *mild)),
        not_run=own.not_run if authored else (),
    )


def _audit(scenarios: Sequence[Scenario], *, vectors: bool) -> Audit:
    # Imported here: numerics take half a second, and the other subcommands need none.
    from gadfly.eval.authoring.audit import audit

    wanted = vectors and bool(scenarios) and embedder.available()
    return audit(scenarios, embedder.embed if wanted else None)


def _placed(finding: Finding, owners: dict[str, Inspected]) -> Placed:
    file = owners.get(finding.family) or next(
        (f for f in owners.values() if f.scenarios[0].topic == finding.topic), None
    )
    if file is None or file.places is None:
        return Placed(finding=finding)
    line, column = (
        file.places.of(finding.family, finding.location) if finding.family else file.places.topic()
    )
    return Placed(finding=finding, path=file.path, line=line, column=column)


def told(checked: Checked) -> Iterator[str]:
    """Yield the findings as lines: by file, in it by rule, with why it matters and how to mend."""
    groups: dict[tuple[str, bool, str], list[Placed]] = defaultdict(list)
    for placed in checked.findings:
        where = "" if placed.path is None else str(placed.path)
        groups[where, not placed.finding.breach, placed.finding.rule.name].append(placed)
    last: str | None = None
    for (where, hint, _), found in sorted(groups.items(), key=lambda item: item[0]):
        if where != last:
            yield where or "all files together"
            last = where
        rule = found[0].finding.rule
        yield f"  {'hint' if hint else 'BREACH'}  {rule.name}: {rule.holds}"
        yield f"    why   {rule.why}"
        yield f"    mend  {rule.fix}"
        for placed in sorted(found, key=lambda p: (p.line or 0, p.column or 0))[:SHOWN]:
            yield f"    {placed}"
        if len(found) > SHOWN:
            yield f"    … and {len(found) - SHOWN} more (--json lists all)"


def not_run(checked: Checked) -> str:
    """Say which rules were not run and what they need; "" where all were."""
    if not checked.not_run:
        return ""
    names = ", ".join(rule.name for rule in checked.not_run)
    return f"not run: {names}; sentence vectors need a packaged model: {embedder.INSTALL}"


def rows(checked: Checked) -> dict[str, Any]:
    """Return everything found as plain values."""
    return {
        "problems": [
            {"path": p.path, "line": p.line, "column": p.column, "problem": str(p)}
            for p in checked.problems
        ],
        "findings": [
            {
                "path": None if placed.path is None else str(placed.path),
                "line": placed.line,
                "column": placed.column,
                "rule": placed.finding.rule.name,
                "breach": placed.finding.breach,
                "family": placed.finding.family or None,
                "topic": placed.finding.topic or None,
                "message": placed.finding.message,
                "why": placed.finding.rule.why,
                "mend": placed.finding.rule.fix,
            }
            for placed in checked.findings
        ],
        "not_run": [rule.name for rule in checked.not_run],
    }
