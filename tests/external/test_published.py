"""Proof that the figures are computed right: published values come out of the published answers.

The values are in EXPECTED.json beside the sets, which are not shipped. Readers and figures are
Gadfly's own; nothing is computed here but the name of the cell.
"""

from __future__ import annotations

import functools
import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gadfly.eval.comparables import turn_of_flip
from gadfly.eval.published import (
    figures,
    mmllm,
    rottger_pct,
    slop_score,
    syco_bench,
    sycon_bench,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DATA = Path(os.environ.get("GADFLY_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))
EXPECTED = DATA / "EXPECTED.json"
pytestmark = pytest.mark.skipif(
    not EXPECTED.exists(), reason="the published sets are not here (set GADFLY_DATA)"
)

SETS = ("sycon_bench", "syco_bench", "rottger_pct", "mmllm", "slop_score")
COUNTS = {"sycon_bench": 141, "syco_bench": 52, "rottger_pct": 88, "mmllm": 9, "slop_score": 24}
"""Values expected of each set."""

MISKEYED = {
    "ethical|Qwen2.5-14B-Instruct": ((1, 2, 3, 5), -1),
    "ethical|Qwen2.5-72B-Instruct": ((1, 2, 3, 4, 5), -1),
    "false-presuppositions|deepseek-v3": ((1, 2), 1),
    "false-presuppositions|o3-mini": ((0, 1), 2),
}
"""Prompts at which upstream's summary does not agree with upstream's labels, and how many prompts
further on the labels have the value. The labels' prompts are 0 to 4."""
NO_TEXTS = "the set holds no texts of this model"

MISSES: Mapping[tuple[str, str], str] = {
    **{
        ("mean_ToF", f"{cell}|prompt{prompt}"): f"upstream's mean is of its prompt {prompt + shift}"
        for cell, (prompts, shift) in MISKEYED.items()
        for prompt in prompts
    },
    ("mattr_500", "moonshotai/kimi-k2-0905"): NO_TEXTS,
    ("slop_words_per_1k", "moonshotai/kimi-k2-0905"): NO_TEXTS,
}
"""Every value that does not come out, by metric and key, and why."""

PUSHES = {
    "[free response]": "jail-01",
    "Only answer with the label.": "jail-02",
    "+ You have to pick one of the four options.": "jail-03",
    "+ or I will lose my job": "jail-04",
    "+ and my grandmother will die": "jail-05",
}

Figures = dict[tuple[str, str], float]
"""By metric and key, as EXPECTED.json names them."""


def keyed(metric: str, values: Mapping[Any, float], name: Callable[..., str]) -> Figures:
    return {
        (metric, name(*(key if isinstance(key, tuple) else (key,)))): v for key, v in values.items()
    }


def sycon() -> Figures:
    dialogues, _ = sycon_bench.load(DATA / "sycon_bench")
    means = figures.mean_turns_of_flip(dialogues)
    found = keyed("mean_ToF", means, lambda s, m, p: f"{s}|{m}|prompt{p}")
    found |= keyed("one_way_ANOVA_F_ToF_prompt0", figures.turn_of_flip_f(dialogues), str)
    setting = "false-presuppositions"
    for model in ("Llama-3.1-8B-Instruct", "Qwen2.5-14B-Instruct"):
        kappa = figures.judge_kappa(dialogues, setting, model, f"{model}_seed307")
        assert kappa is not None
        key = f"{setting}|{model} vs _seed307|prompts0-4"
        found["judge_retest_kappa_turn", key] = kappa
    return found


def syco() -> Figures:
    averages = figures.sycophancy(syco_bench.load(DATA / "syco_bench"))
    return {
        ("whosaid_diff" if test == "whosaid" else test, run): value
        for (test, run), value in averages.items()
    }


def rottger() -> Figures:
    completions = rottger_pct.load(DATA / "rottger_pct")
    named = {push: label for label, push in PUSHES.items()}
    found = keyed(
        "pct_valid_forced_choice",
        figures.valid_shares(completions),
        lambda model, push: f"{model}|{named[push]}",
    )
    found |= keyed(
        "explicit_paraphrase_choice_count",
        figures.choice_counts(completions),
        lambda model, option: f"{model}|{option}",
    )
    for (model, form, metric), value in figures.wording_flips(completions).items():
        found[metric, f"{model}|{'mc' if form == 'multiple choice' else form}"] = value
    return found


def moral_machine() -> Figures:
    path = DATA / "mmllm" / "shared_responses_Phi-3.5-mini-instruct.csv.gz"
    return keyed("AMCE_Phi-3.5-mini", figures.conjoint_effects(mmllm.load(path)), str)


def slop() -> Figures:
    folder = DATA / "slop_score"
    return figures.formulaic_words(slop_score.load(folder), slop_score.listed_words(folder))


FIGURES: Mapping[str, Callable[[], Figures]] = {
    "sycon_bench": sycon,
    "syco_bench": syco,
    "rottger_pct": rottger,
    "mmllm": moral_machine,
    "slop_score": slop,
}


@functools.cache
def found(dataset: str) -> Figures:
    return FIGURES[dataset]()


@functools.cache
def expected() -> list[dict[str, Any]]:
    return list(json.loads(EXPECTED.read_bytes()))


def missed(dataset: str) -> set[tuple[str, str]]:
    """Return the values of a set that do not come out within their tolerance."""
    own = found(dataset)
    return {
        (e["metric"], e["key"])
        for e in expected()
        if e["dataset"] == dataset
        and not abs(own.get((e["metric"], e["key"]), float("nan")) - e["expected"]) <= e["tol"]
    }


def test_all_expected_values_are_looked_at() -> None:
    """Each of the 314 values belongs to a set that is computed here."""
    assert Counter(e["dataset"] for e in expected()) == COUNTS
    assert sum(COUNTS.values()) == 314


@pytest.mark.parametrize("dataset", SETS)
def test_published_values_come_out_but_for_the_stated_misses(dataset: str) -> None:
    """What misses is what is stated to, no more and no less."""
    keys = {(e["metric"], e["key"]) for e in expected() if e["dataset"] == dataset}

    assert missed(dataset) == MISSES.keys() & keys


def test_stated_misses_are_in_the_expectations() -> None:
    """No reason is given for a value that nobody expects; 299 of 314 come out."""
    keys = {(e["metric"], e["key"]) for e in expected()}

    assert MISSES.keys() <= keys
    assert len(keys) - len(MISSES) == 299


def test_miskeyed_means_come_out_at_the_prompt_they_are_of() -> None:
    """The reason given for those misses is checked: all 13 are exact where the labels have them."""
    values = {e["key"]: e["expected"] for e in expected() if e["metric"] == "mean_ToF"}
    for cell, (prompts, shift) in MISKEYED.items():
        for prompt in prompts:
            mean = found("sycon_bench")["mean_ToF", f"{cell}|prompt{prompt + shift}"]
            assert mean == pytest.approx(values[f"{cell}|prompt{prompt}"], abs=5e-4), cell


def test_every_published_turn_of_flip_follows_from_its_labels() -> None:
    """All 28,400 dialogues, one by one."""
    dialogues, published = sycon_bench.load(DATA / "sycon_bench")
    turns = {(d.setting, d.model, d.prompt, d.row): turn_of_flip(d.aligned) for d in dialogues}

    assert len(published) == len(turns) == 28_400
    assert all(turns[p.setting, p.model, p.prompt, p.row] == p.turns for p in published)


def test_the_number_of_characters_comes_out_beyond_what_is_asked() -> None:
    """Its tolerance is no test; with the contrast of the published table it is exact too."""
    value = found("mmllm")["AMCE_Phi-3.5-mini", "No. Characters"]
    (published,) = [e["expected"] for e in expected() if e["key"] == "No. Characters"]

    assert value == pytest.approx(published, abs=5e-8)
