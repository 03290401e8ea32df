"""Published answer sets are read from files made in their layouts; a wrong file names its place."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from gadfly.bot.errors import ScenarioError
from gadfly.eval.published import (
    figures,
    mmllm,
    rottger_pct,
    slop_score,
    syco_bench,
    sycon_bench,
)

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.published.rottger_pct import Choice


def packed(path: Path, text: str) -> Path:
    path.write_bytes(gzip.compress(text.encode()))
    return path


def packed_json(path: Path, *rows: Any) -> Path:
    return packed(path, "\n".join(json.dumps(row) for row in rows))


def profile(**changes: Any) -> mmllm.Profile:
    values: dict[str, Any] = {
        "saved": True,
        "level": "Young",
        "attribute": "Age",
        "swerves": False,
        "in_car": False,
        "both_walk": True,
        "signal": mmllm.NO_SIGNAL,
        "size_difference": 0,
    }
    return mmllm.Profile(**(values | changes))


def test_sycon_labels_and_published_turns_are_told_apart(tmp_path: Path) -> None:
    """Rows with labels are dialogues, rows without are what was published of them."""
    packed(
        tmp_path / "labels.csv.gz",
        "setting,model,prompt,row,aligned_t1_t5,tof,nof\n"
        "debate,m,0_all,1,11010,,\ndebate,m,0,1,,2,\ndebate,n,0_all,1,00000,,\n",
    )
    dialogues, published = sycon_bench.load(tmp_path)

    assert [d.aligned for d in dialogues] == [(True, True, False, True, False), (False,) * 5]
    assert [(p.model, p.prompt, p.turns) for p in published] == [("m", 0, 2)]
    assert figures.mean_turns_of_flip(dialogues) == {("debate", "m", 0): 2, ("debate", "n", 0): 0}


@pytest.mark.parametrize("row", ["debate,m,0_all,1,1101x,,", "debate,m,zero,1,11011,,"])
def test_a_wrong_sycon_row_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    """A label that is neither 0 nor 1, or a prompt that is no number, says where it stands."""
    header = "setting,model,prompt,row,aligned_t1_t5,tof,nof\n"
    packed(tmp_path / "labels.csv.gz", header + row)

    with pytest.raises(ScenarioError, match=r"labels\.csv\.gz:2"):
        sycon_bench.load(tmp_path)


def test_syco_bench_averages_by_hand(tmp_path: Path) -> None:
    """Sums, absolute differences, signed differences and plain means, a run at a time."""
    packed_json(
        tmp_path / "responses.jsonl.gz",
        {"run": "r", "test": "pickside", "score1": "3.0", "score2": "-1.0"},
        {"run": "r", "test": "pickside", "score1": "0.0", "score2": "1.0"},
        {"run": "r", "test": "mirror", "score1": "-2.0", "score2": "1.0"},
        {"run": "r", "test": "mirror", "score1": "2.0", "score2": "1.0"},
        {"run": "r", "test": "whosaid", "score_self": "2.0", "score_friend": "0.5"},
        {"run": "r", "test": "delusion", "median_score": "4.0"},
    )

    assert figures.sycophancy(syco_bench.load(tmp_path)) == {
        ("pickside", "r"): 1.5,
        ("mirror", "r"): 2.0,
        ("whosaid", "r"): 1.5,
        ("delusion", "r"): 4.0,
    }


@pytest.mark.parametrize(
    "row",
    [
        {"run": "r", "test": "riddle"},
        {"run": "r", "test": "mirror", "score1": "1.0"},
        {"run": "r", "test": "delusion", "median_score": "none"},
        {"run": "r", "test": "delusion", "median_score": "nan"},
        {"test": "mirror"},
    ],
)
def test_a_wrong_syco_item_is_refused(tmp_path: Path, row: dict[str, str]) -> None:
    """An unknown test, a missing score, or a score that is no number."""
    packed_json(tmp_path / "responses.jsonl.gz", row)

    with pytest.raises(ScenarioError, match="responses"):
        syco_bench.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "option", "valid"),
    [
        ("3) Agree", "agree", True),
        ("My view on it is:\n\n1) Strongly disagree", "strongly disagree", True),
        ("Strongly agree.", "strongly agree", True),
        ("1. I would disagree with that.", "disagree", False),
        ("<|assistant|>\n2) Disagree", "disagree", True),
        ("[3] Agree", None, True),
        ("I am torn between 2) Disagree and 3) Agree.", None, False),
        ("3) Disagree", None, True),
        ("As an AI, I take no sides. 3) Agree", "agree", False),
        ("3) Agree. However, I do not have personal opinions.", "agree", False),
        ("I believe that it depends.", None, True),
        ("Schools are important.", None, False),
    ],
)
def test_forced_choices_are_read(text: str, option: Choice | None, valid: bool) -> None:
    """Which option a reply takes, and whether it counts as taking one: two different questions."""
    assert rottger_pct.choice(text) == option
    assert rottger_pct.is_valid(text) is valid


def test_wording_flips_by_hand(tmp_path: Path) -> None:
    """Pairs that differ, propositions with both sides, replies without: two propositions."""
    answers = {"p1": ("3) Agree", "4) Strongly agree", "2) Disagree"), "p2": ("3) Agree", "Hm.")}
    packed_json(
        tmp_path / "completions.jsonl.gz",
        *(
            {
                "file": "m",
                "experiment": "explicit_paraphrase_experiments",
                "pct_id": proposition,
                "templ_id": f"t{n}",
                "jail_id": "jail-04",
                "completion": text,
            }
            for proposition, texts in answers.items()
            for n, text in enumerate(texts)
        ),
    )
    completions = rottger_pct.load(tmp_path)
    flips = figures.wording_flips(completions)

    assert flips["m", "multiple choice", "paraphrase_pairwise_flip"] == pytest.approx(2 / 3)
    assert flips["m", "multiple choice", "paraphrase_share_any_flip"] == pytest.approx(1 / 2)
    assert flips["m", "multiple choice", "paraphrase_nonanswer_rate"] == pytest.approx(1 / 5)
    assert figures.choice_counts(completions) == {
        ("m", "agree"): 2,
        ("m", "strongly agree"): 1,
        ("m", "disagree"): 1,
        ("m", "unknown"): 1,
    }
    assert figures.valid_shares(completions) == {}


def test_conjoint_effects_weigh_by_the_design() -> None:
    """A rare kind of profile counts for as many as its rarity makes it stand for."""
    common, rare = profile(saved=True), profile(saved=False, in_car=True, both_walk=False)
    old = profile(level="Old", saved=False)
    w_common, w_rare = 1 / (0.48 * 0.48), 1 / 0.2

    found = figures.conjoint_effects([common, rare, old])
    assert mmllm.weight(common) == pytest.approx(w_common)
    assert mmllm.weight(rare) == pytest.approx(w_rare)
    assert found["Age"] == pytest.approx(w_common / (w_common + w_rare))
    assert "Species" not in found


def test_the_size_effect_shown_is_the_largest() -> None:
    """One effect for each difference in size; the largest in size stands in the table."""
    sizes = [
        profile(attribute="Utilitarian", level=level, saved=saved, size_difference=difference)
        for level, saved, difference in [
            *(("More", True, 1), ("More", False, 1), ("Less", False, 1), ("Less", False, 1)),
            *(("More", False, 2), ("Less", True, 2)),
        ]
    ]

    assert figures.conjoint_effects(sizes)["No. Characters"] == pytest.approx(-1.0)


def test_words_are_letters_and_inner_apostrophes(tmp_path: Path) -> None:
    """Curly apostrophes are straightened, those at the ends of a word are no part of it."""
    assert slop_score.tokens(["It’s ‘quoted’, 42 times", "Élan"]) == [
        *("it's", "quoted", "times"),
        "lan",
    ]
    packed_json(tmp_path / "outputs.jsonl.gz", {"model": "m", "output": "a delve a tapestry"})
    (tmp_path / "slop_list.json").write_text('[["Delve"], ["tapestry"]]', encoding="utf-8")
    words = slop_score.listed_words(tmp_path)

    assert figures.formulaic_words(slop_score.load(tmp_path), words) == {
        ("mattr_500", "m"): 0.75,
        ("slop_words_per_1k", "m"): 500.0,
    }


def test_a_broken_archive_is_an_error_that_names_it(tmp_path: Path) -> None:
    """What is no gzip, or no JSON inside, is refused and not read halfway."""
    (tmp_path / "outputs.jsonl.gz").write_bytes(b"plain")
    with pytest.raises(ScenarioError, match="cannot be read"):
        slop_score.load(tmp_path)
    packed(tmp_path / "outputs.jsonl.gz", '{"model": "m", "output": "x"}\n{"model"')
    with pytest.raises(ScenarioError, match=r"gz:2.*not JSON"):
        slop_score.load(tmp_path)
