from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from support.report_input import report_input, small_profile
from support.run_trials import run_trials
from support.trials import heard, persuaded, read, trial

from gadfly.bot.foreign import plain
from gadfly.eval.report_terminal import print_report

if TYPE_CHECKING:
    from gadfly.eval.report_json import ReportInput

GOLDEN = Path(__file__).parent / "golden" / "report.txt"


def printed(source: ReportInput, *, everything: bool = False) -> str:
    file = io.StringIO()
    console = Console(file=file, width=80, no_color=True, force_terminal=False)
    print_report(console, source, everything=everything)
    return file.getvalue()


def test_the_report_as_printed() -> None:
    """This is the report of a small run, character by character."""
    file = io.StringIO()
    console = Console(file=file, width=80, no_color=True, force_terminal=False)

    print_report(console, report_input(), profile=small_profile())

    assert file.getvalue() == GOLDEN.read_text(encoding="utf-8")


def test_nothing_is_wider_than_the_terminal() -> None:
    """All rows of a whole run fit 80 columns without a cell being cut."""
    text = printed(replace(report_input(), records=run_trials(12, 2)), everything=True)

    assert max(len(line.rstrip()) for line in text.splitlines()) <= 80
    assert "…" not in text


def test_details_and_strata_are_shown_on_request() -> None:
    """Strata and details have rows only where everything is asked for."""
    source = replace(report_input(), records=run_trials(12, 2))

    assert "sesame/after" not in printed(source)
    assert "said/sesame/after" in printed(source, everything=True)


@pytest.mark.parametrize("hostile", ["[red]x[/red]", "[/]", "[link=file:///etc]y", "\x1b]0;t\x07z"])
def test_foreign_text_is_never_markup(hostile: str) -> None:
    """A served model's name stays text: no markup is obeyed, no control character gets out."""
    source = replace(report_input(), respondent={"model": hostile}, notes=(hostile,))

    text = printed(source)

    assert plain(hostile) in text
    assert "\x1b" not in text
    assert "\x07" not in text


def test_a_likelihood_readout_is_explained() -> None:
    """Who reads a likelihood report is told what that readout is not."""
    assert "not what it would" in printed(report_input())
    assert "not what it would" not in printed(replace(report_input(), readout="sampled"))


def test_fidelity_is_shown_where_it_was_measured() -> None:
    """The figures of the calibration slice are part of the header."""
    source = replace(report_input(), readout="logprob", readout_fidelity={"slope": 0.98765})

    assert "slope 0.988" in printed(source)


def test_order_dominated_reads_are_announced_and_flagged() -> None:
    """A bias to the option listed first, significant at 1 %, is a caveat of the run and a flag."""
    records = [
        trial(f"f{i:02}", "repeat", heard("a"), read(0.6, tilt=0.3 + i / 100), replicate=j)
        for i in range(12)
        for j in range(2)
    ]

    text = printed(replace(report_input(), records=records))

    assert "\ncaveat    Reads are order-dominated" in text
    assert "\no  order-dominated" in text


def test_an_empty_run_says_what_was_not_measured() -> None:
    """Without trials the report has its header, reasons and cite block, and no table."""
    text = " ".join(printed(replace(report_input(), records=[])).split())

    assert "replies none" in text
    assert "no trials of persuasion" in text
    assert "95% interval" not in text
    assert "hash 5u17e" in text


def test_published_comparables_are_shown_with_all_only() -> None:
    """Neither their rows nor that they were not measured; with `everything` both."""
    source = replace(report_input(), records=persuaded("f", {"bare": 0.2, "placebo": 0.9}))
    text, full = printed(source), printed(source, everything=True)

    assert "capitulation" in text
    for name in ("flip rate", "turn of flip"):
        assert name not in text
        assert name in full
