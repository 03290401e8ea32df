"""Our figures of formulaicness on texts of known models, and on texts by people.

slop-score (Paech 2025, MIT) publishes formulaicness figures of models, and texts of eleven of them
to the same 300 prompts: stories and essays. Ours are computed on these texts by the scorers of a
report, and ranked against theirs (Spearman, interval by Bonett & Wright 2000). The people are the
1,052 arguments of UKPConvArg1 (Habernal & Gurevych 2016, CC BY 4.0): short arguments typed into
debating sites, one issue a family. slop-score's own human texts are not published, and are novels
and essays; people and models here differ in kind of text as well.

    python -m benchmarks.slop [people]

With `people` only the table of figures in `eval/people.py`, to be pasted there.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
from math import atanh, sqrt, tanh
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from gadfly.bot.clarity import caveat_share
from gadfly.bot.overlap import opener
from gadfly.bot.stance import said
from gadfly.eval.metrics import estimated
from gadfly.eval.metrics.clarity import caveat_share as caveats
from gadfly.eval.metrics.compression import compression_ratio
from gadfly.eval.metrics.repeats_alike import repeat_overlap
from gadfly.eval.metrics.repetition import opener_reuse, top_opener
from gadfly.eval.metrics.template import skeleton_reuse, stock_phrases
from gadfly.eval.record import Exchange, Observed, TrialRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

DATA = Path(os.environ.get("GADFLY_DATA", "../shared/data"))
PUBLISHED = {
    "not-X-but-Y": "not_x_but_y_per_1k_chars",
    "n-gram repetition": "ngram_repetition_score",
    "slop trigrams": "slop_trigram_matches_per_1k_words",
    "slop words": "slop_list_matches_per_1k_words",
}
WEIGHTS = {"slop words": 0.60, "not-X-but-Y": 0.25, "slop trigrams": 0.15}
"""Of their composite; each figure is put on 0..1 between the least and the greatest model's."""
COMPOSITE = "composite"
HUMAN = "human-baseline"
PEOPLE = "people"
OURS = (stock_phrases, skeleton_reuse, compression_ratio, opener_reuse)
"""Scorers ranked, the one nearest to theirs in what it counts first."""
OF_PEOPLE = (
    opener_reuse,
    top_opener,
    skeleton_reuse,
    stock_phrases,
    compression_ratio,
    repeat_overlap,
    caveats,
)


def main() -> int:
    """Print both tables; 1 where the chief rank correlation is not above 0 or people not lowest."""
    people = people_trials(DATA / "ukpconvarg1")
    if sys.argv[1:] == ["people"]:
        for (metric, arm), found in people_figures(people).items():
            print(f'    ("{metric}", "{arm}", {", ".join(f"{value:.4g}" for value in found)}),')
        return 0
    figures = {**model_figures(DATA / "slop_score"), PEOPLE: our_figures(people)}
    published = published_figures(DATA / "slop_score" / "leaderboard_metrics.json")
    names = [scorer.__name__ for scorer in OURS]
    print(f"{'':48}" + "".join(f"{name:>19}" for name in names))
    for model in sorted(figures, key=lambda m: figures[m][names[0]]):
        print(f"{model:48}" + "".join(f"{figures[model][name]:19.4f}" for name in names))
    print("\nSpearman with the published figure, 11 models [95 %]; rank of the people, 1 the least")
    for name in names:
        ranked = correlations(of_models(figures, name), published)
        ranks = [f"{theirs} {show(found)}" for theirs, found in ranked.items()]
        least = 1 + sum(figures[m][name] < figures[PEOPLE][name] for m in figures)
        print(f"{name}: " + "; ".join(ranks) + f"; people {least} of {len(figures)}")
    chief = correlations(of_models(figures, names[0]), published)
    lowest = min(figures, key=lambda m: figures[m][names[0]]) == PEOPLE
    return 0 if chief[COMPOSITE][1] > 0 and lowest else 1


def of_models(figures: Mapping[str, Mapping[str, float]], name: str) -> dict[str, float]:
    """Return one of our figures by model, people left out."""
    return {model: own[name] for model, own in figures.items() if model != PEOPLE}


def show(found: tuple[float, float, float]) -> str:
    """Write a correlation and its interval."""
    return f"{found[0]:+.2f} [{found[1]:+.2f}, {found[2]:+.2f}]"


def people_figures(trials: Sequence[TrialRecord]) -> dict[tuple[str, str], tuple[float, ...]]:
    """Return value and interval by metric and arm, for all that people have a figure for."""
    return {
        (e.metric, e.arm): (e.value, e.low, e.high)
        for scorer in OF_PEOPLE
        for e in estimated(scorer)(trials, np.random.default_rng(0))
        if e.stratum == "all" and "/" not in e.arm
        if e.value is not None and e.low is not None and e.high is not None
    }


def model_figures(
    folder: Path, prompts: Collection[int] = range(300)
) -> dict[str, dict[str, float]]:
    """Return our figures by model and metric, on these of the 300 prompts."""
    texts: dict[str, list[tuple[int, str, str]]] = {}
    with gzip.open(folder / "outputs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["prompt_index"] in prompts:
                texts.setdefault(row["model"], []).append(
                    (row["prompt_index"], row["prompt"], row["output"])
                )
    return {
        model: our_figures([trial(f"{i:03}", 0, asked, reply) for i, asked, reply in sorted(own)])
        for model, own in sorted(texts.items())
    }


def our_figures(trials: Sequence[TrialRecord]) -> dict[str, float]:
    """Return our figures by metric."""
    found: dict[str, float] = {}
    for scorer in OURS:
        estimate = estimated(scorer)(trials, np.random.default_rng(0))[0]
        if estimate.value is None:
            raise ValueError(f"{estimate.metric}: {estimate.null_reason}")
        found[scorer.__name__] = estimate.value
    return found


def published_figures(file: Path) -> dict[str, dict[str, float]]:
    """Return the published figures by name and model, the human baseline among the models."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    found = {
        name: {row["model"]: float(row["metrics"][key]) for row in rows}
        for name, key in PUBLISHED.items()
    }
    scaled = {name: _scaled(found[name]) for name in WEIGHTS}
    found[COMPOSITE] = {
        row["model"]: sum(w * scaled[name][row["model"]] for name, w in WEIGHTS.items())
        for row in rows
    }
    return found


def correlations(
    ours: Mapping[str, float], published: Mapping[str, Mapping[str, float]]
) -> dict[str, tuple[float, float, float]]:
    """Return Spearman's rho and its interval with each published figure, over our models."""
    models = sorted(ours)
    return {
        name: spearman([ours[m] for m in models], [theirs[m] for m in models])
        for name, theirs in published.items()
    }


def spearman(a: Sequence[float], b: Sequence[float]) -> tuple[float, float, float]:
    """Return Spearman's rho and its 95 % interval (Fisher's z, variance of Bonett & Wright)."""
    rho = float(stats.spearmanr(a, b).statistic)
    half = 1.96 * sqrt((1 + rho**2 / 2) / (len(a) - 3))
    z = atanh(max(-0.9999, min(0.9999, rho)))
    return rho, tanh(z - half), tanh(z + half)


def people_trials(folder: Path) -> list[TrialRecord]:
    """Return the arguments as first replies: an issue a family, a side a prompt."""
    found = []
    for file in sorted(folder.glob("*.csv")):
        issue, _, side = file.stem.partition("_")
        with file.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            for i, row in enumerate(rows):
                text = row["argument"].replace("<br/>", "\n")
                found.append(trial(issue, i, issue.replace("-", " "), text, variant=side))
    return found


def trial(
    family: str, replicate: int, asked: str, reply: str, variant: str = "original"
) -> TrialRecord:
    """Return a trial of `repeat` with one first reply, read for its words only."""
    seen = Observed(
        label="first",
        kind="said",
        about="",
        reading=said("undecided"),
        words=len(reply.split()),
        opener=opener(reply),
        caveats=caveat_share(reply),
        exchange=Exchange(asked=asked, reply=reply),
    )
    return TrialRecord(
        key=f"{family}|{variant}|{replicate:04}",
        family=family,
        topic="",
        stratum="contested",
        tags=(),
        truth=None,
        probe="repeat",
        version=0,
        arm="fresh",
        variant=variant,
        replicate=replicate,
        observations=(seen,),
    )


def _scaled(figures: Mapping[str, float]) -> dict[str, float]:
    models = {m: v for m, v in figures.items() if m != HUMAN}
    low, high = min(models.values()), max(models.values())
    return {m: (v - low) / (high - low) for m, v in figures.items()}


if __name__ == "__main__":
    sys.exit(main())
