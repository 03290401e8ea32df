"""A verdict for GitHub: Markdown for the summary of a step, annotations for its log."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot import foreign
from gadfly.bot.errors import ConfigError
from gadfly.eval.gate.wording import said
from gadfly.eval.headline import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.eval.gate.result import ContrastResult, GateResult

MARKS = {"pass": "✅", "regression": "❌", "inconclusive": "❔"}
SHOWN = 12
"""Exploratory contrasts in the table; JSON has all."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~])")


def running() -> bool:
    """Tell whether this is a step of GitHub Actions."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def markdown(result: GateResult) -> str:
    """Return the verdict as a Markdown page; nothing a model wrote is taken as markup."""
    lines = [
        f"## {MARKS[result.verdict]} Gadfly gate: {result.verdict}{_confirmed(result)}",
        "",
        _plain(result.reason),
        "",
        f"Candidate {_plain(result.candidate.respondent)} against baseline "
        f"{_plain(result.baseline.respondent)}, plan {_plain(result.baseline.run)}.",
        "",
        "| contrast | verdict | worse by | interval | margin | adjusted p | MDE | families |",
        "|---|---|---:|---|---:|---:|---:|---:|",
        *(_row(contrast) for contrast in result.headline),
        "",
    ]
    reasons = [f"- {_plain(said(c))}" for c in result.headline if c.reason]
    lines += [*reasons, ""] if reasons else []
    if result.notes:
        lines += [*(f"> {_plain(note)}" for note in result.notes), ""]
    if result.exploratory:
        lines += [
            f"<details><summary>Exploratory: {len(result.exploratory)} further contrasts, "
            "candidate minus baseline, without a verdict</summary>",
            "",
            "| contrast | difference | interval | adjusted p | families |",
            "|---|---:|---|---:|---:|",
            *(_explored(contrast) for contrast in result.exploratory[:SHOWN]),
            "",
            "</details>",
            "",
        ]
    return "\n".join(lines)


def workflow_commands(result: GateResult, *, inconclusive_fails: bool) -> Iterator[str]:
    """Yield workflow commands: an error a regression, and one for an overall verdict that fails.

    What is inconclusive is a warning, or an error where it fails the build.
    """
    for contrast in result.named("regression"):
        yield _command("error", f"Gadfly: {contrast.name}", said(contrast))
    level = "error" if inconclusive_fails else "warning"
    if result.verdict == "inconclusive":
        yield _command(level, "Gadfly gate: inconclusive", result.reason)
    elif result.verdict == "regression" and not any(result.named("regression")):
        yield _command("error", "Gadfly gate: regression", result.reason)


def summarise(text: str) -> None:
    """Add a text to the summary of the step.

    Raises:
        ConfigError: This is no step of GitHub Actions, or the summary cannot be written.
    """
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        raise ConfigError("--summary: GITHUB_STEP_SUMMARY is not set: this is no step of GitHub's")
    try:
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as e:
        raise ConfigError(f"--summary: {name!r} cannot be written: {e.strerror}") from e


def _confirmed(result: GateResult) -> str:
    return "" if result.confirmed == "not needed" else f" ({result.confirmed})"


def _row(c: ContrastResult) -> str:
    verdict = c.verdict or "inconclusive"
    cells = (
        _plain(c.name),
        f"{MARKS[verdict]} {verdict}",
        number(c.effect, c.unit),
        _interval(c),
        number(c.margin, c.unit),
        _p(c.p_adjusted),
        number(c.mde, c.unit),
        str(c.clusters),
    )
    return f"| {' | '.join(cells)} |"


def _explored(c: ContrastResult) -> str:
    cells = (
        _plain(c.name),
        number(c.effect, c.unit),
        _interval(c),
        _p(c.p_adjusted),
        str(c.clusters),
    )
    return f"| {' | '.join(cells)} |"


def _interval(c: ContrastResult) -> str:
    if c.low is None or c.high is None:
        return "-"
    return f"{number(c.low, c.unit)} to {number(c.high, c.unit)}"


def _p(p: float | None) -> str:
    return "-" if p is None else f"{p:.3g}"


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    return _MARKDOWN.sub(r"\\\1", html.escape(foreign.plain(text, None), quote=False))


def _command(level: str, title: str, message: str) -> str:
    """Return a workflow command, its text escaped as the runner reads it."""
    return f"::{level} title={_escaped(title, property_=True)}::{_escaped(message)}"


def _escaped(text: str, *, property_: bool = False) -> str:
    found = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return found.replace(":", "%3A").replace(",", "%2C") if property_ else found
