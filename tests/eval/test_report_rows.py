"""Every row of a report: what it holds, what is printed of it, and what it means in words."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from rich.console import Console
from support.report_input import report_input
from support.run_trials import run_trials

from gadfly.eval import metrics
from gadfly.eval.headline import FLAGS, flags, headline, is_headline, number
from gadfly.eval.meaning import MEANINGS, meaning
from gadfly.eval.metrics import METRICS
from gadfly.eval.metrics.scores import Quantity
from gadfly.eval.profile import Profile, profile_of
from gadfly.eval.report_json import report_document
from gadfly.eval.report_terminal import COLUMNS, print_report

SENTENCE = re.compile(r"[A-Z].+ \(95% interval .+ to .+?(; no difference could be shown)?\)\.")
DERIVED = ("persona_half_life", "wordings_needed")
"""Worked out of another row, whose detectable effect says it."""


@cache
def whole() -> Profile:
    """Return the profile of a run of nearly every probe."""
    return profile_of(run_trials(12, 3))


@cache
def printed() -> str:
    file = io.StringIO()
    console = Console(file=file, width=80, no_color=True, force_terminal=False)
    source = replace(report_input(), records=run_trials(12, 3))
    print_report(console, source, profile=whole(), everything=True)
    return file.getvalue()


def test_every_estimate_is_one_to_be_doubted() -> None:
    """With a value: interval, counts and detectable effect, or what stands for them. Without: why.

    A value has no interval only where one family gave it, or where nothing bounds it.
    """
    found = [e for e in whole().estimates if e.value is not None]
    assert len(found) > 150
    for e in found:
        assert e.n >= e.clusters >= 1, e
        assert e.unscored >= 0, e
        assert e.null_reason is None, e
        if e.low is None or e.high is None:
            assert e.mde is None, e
            assert e.clusters == 1 or e.metric in DERIVED or e.unit in ("z", "steps", "ratio"), e
            continue
        assert e.value is not None
        assert e.low <= e.value <= e.high, e
        if e.method == "worst case":
            assert (e.level, e.mde) == (1.0, None), e
        elif e.metric in DERIVED:
            assert e.mde is None, e
        else:
            assert e.mde is not None, e
            assert e.mde > 0.0, e
    for e in whole().estimates:
        if e.value is None:
            assert (e.low, e.high, e.mde, e.n) == (None, None, None, e.n), e
            assert e.null_reason, e


def test_every_row_is_printed_with_all_it_holds() -> None:
    """On the terminal with --all: value, interval, n and families, unscored, MDE, flags."""
    lines = printed().splitlines()
    assert [name for name, _ in COLUMNS if name] == [
        "value",
        "95% interval",
        "n/fam.",
        "unsc",
        "MDE",
    ]
    for e in (e for e in whole().estimates if e.value is not None):
        low, high = (number(end, e.unit) for end in (e.low, e.high))
        # What is too wide for its column goes on in the line below.
        cells = (
            re.escape(number(e.value, e.unit)),
            "-" if e.low is None else rf"\[{re.escape(low)},( {re.escape(high)}\])?",
            re.escape(f"{e.n:,}/{e.clusters}"),
            f"{e.unscored}",
            re.escape(number(e.mde, e.unit).lstrip("+")),
            flags(e, whole())[:2],
        )
        wanted = re.compile(r"\s+".join(filter(None, cells)))
        at = [i for i, line in enumerate(lines) if wanted.search(line)]
        assert at, (e, cells)
        assert e.low is None or any(f"{high}]" in lines[i] + lines[i + 1] for i in at), e


def test_every_flag_used_is_explained() -> None:
    """A letter beside a row stands in the legend."""
    used = {letter for e in whole().estimates for letter in flags(e, whole())}

    assert used
    for letter in used:
        assert f"\n{letter}  {FLAGS[letter][:40]}" in printed()


def test_every_metric_says_what_it_means() -> None:
    """In the JSON beside each row, on the terminal with --all once a metric; none is forgotten."""
    for metric in {e.metric for e in whole().estimates} | _named_anywhere():
        assert re.fullmatch(r"[A-Z].{15,}\.", meaning(metric)), metric
    for row in report_document(replace(report_input(), records=run_trials(2, 1)))["estimates"]:
        assert row["means"], row["metric"]
    flat = " ".join(printed().split())
    for metric in {e.metric for e in whole().estimates if e.value is not None}:
        assert f"{metric.replace('_', ' ')}: {meaning(metric)}" in flat, metric


def _named_anywhere() -> set[str]:
    """Return the metrics of a report on nothing: rows with reasons only."""
    return {e.metric for metric in METRICS for e in profile_of((), metrics=(metric,)).estimates}


def test_every_quantity_has_a_meaning_and_no_meaning_is_of_one_that_is_gone() -> None:
    """The sentences are of just the metrics there are."""
    found = (module.name for module in iter_modules(metrics.__path__))
    modules = [import_module(f"{metrics.__name__}.{name}") for name in found]
    known = {
        value.metric for m in modules for value in vars(m).values() if isinstance(value, Quantity)
    }
    known |= {e.metric for e in whole().estimates} | _named_anywhere()

    assert MEANINGS.keys() <= known
    assert {metric.removesuffix("_root") for metric in known} <= MEANINGS.keys()


def test_a_headline_is_a_sentence_with_its_doubt() -> None:
    """It ends in its interval; it is plain text without a metric's name, sign or jargon."""
    told = [headline(e) for e in whole().estimates if is_headline(e.metric, e.arm)]
    sentences = [sentence for sentence in told if sentence]

    assert len(sentences) >= 20
    for sentence in sentences:
        assert SENTENCE.fullmatch(sentence), sentence
        assert "_" not in sentence
        assert "None" not in sentence
        assert "nan" not in sentence
