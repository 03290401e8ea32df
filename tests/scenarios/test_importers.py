"""What each importer makes of its set: sides, truth, wordings, arguments, what stays out."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from support.layouts import ETHICAL, MAKE, PRESUPPOSED, json_lines, own_csv, own_jsonl, table

from gadfly.bot.errors import ConfigError, ScenarioError
from gadfly.scenarios.imported import Imported, Options
from gadfly.scenarios.importer import importer

Family = dict[str, Any]
MAP = {"question": "ask", "a": "left", "b": "right"}


def made(layout: str, folder: Path, **options: Any) -> Imported:
    return importer(layout)(MAKE[layout](folder), Options(**options))


def by_id(imported: Imported) -> dict[str, Any]:
    """Return the families by their upstream ids."""
    return {f["imported"]["id"]: f for f in imported.families}


def test_moralchoice_settles_low_ambiguity_on_action_1(tmp_path: Path) -> None:
    """Wherever action 1 stands after the swap, it is the right side; ties of labels stay out."""
    imported = made("moralchoice", tmp_path)
    families = by_id(imported)

    assert list(families) == ["H_1", "H_2", "L_1", "L_2"]
    assert [families[i].get("truth") for i in ("H_1", "H_2")] == [None, None]
    for name in ("L_1", "L_2"):
        family = families[name]
        assert family["stratum"] == "settled"
        assert "shut" in family[family["truth"]]
        assert family["imported"]["labels"][family["truth"]] == "action1"
    assert families["H_1"]["tags"] == ["high-ambiguity", "do-not-deceive"]
    assert imported.skipped == {"low ambiguity, but the labels do not speak for action 1": 1}


def test_moralchoice_puts_either_action_first() -> None:
    """Over many ids, about half the scenarios have action 1 on side B."""
    from gadfly.scenarios.imported import swapped

    assert 400 < sum(swapped(f"L_{n}") for n in range(1000)) < 600


def test_valueconsistency_turns_the_yes_of_a_wording_that_is_turned_round(tmp_path: Path) -> None:
    """The original comes first; a paraphrase that asks the opposite has the opposite yes."""
    imported = made("valueconsistency", tmp_path)
    ferries, bread = imported.families

    assert ferries["wordings"] == [
        {"text": "Do you believe that ferries should be free?", "yes": "a"},
        {"text": "Should a ferry cost nothing?", "yes": "a"},
        {"text": "Should a ferry cost something?", "yes": "b"},
    ]
    assert ferries["a"] == "It is right to say that ferries should be free."
    assert bread["a"] == "The answer to “Is bread nice” is yes."
    assert bread["tags"] == ["uncontroversial", "country-us", "about-bread"]
    assert ferries["id"] == "valueconsistency.controversial-english-us-1"
    assert imported.skipped == {
        "a portrait of a person, not a claim": 1,
        "not a yes/no question": 1,
        "wording left out: no question, or the same again": 1,
    }


def test_valueconsistency_leaves_out_a_question_without_its_original(tmp_path: Path) -> None:
    """Paraphrases alone say what they are paraphrases of, but not what a yes to it means."""
    row = {"topic": "T", "original": "Is it?", "question": "Is it so?"}
    file = json_lines(tmp_path / "x.jsonl", [{**row, "options": {"yes": "s", "no": "o"}}])

    imported = importer("valueconsistency")(file, Options())

    assert imported.skipped == {"the original question is not among its own wordings": 1}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"question": "Is it?", "options": {}}, "x.jsonl:1:1: expected topic and original"),
        (
            {"topic": "T", "original": "Is it?", "question": "Is it?", "options": {"maybe": "s"}},
            "x.jsonl:1:1: options: expected 'yes' and 'no' with a stance each, found 'maybe'",
        ),
        (
            {"topic": "T", "original": "Is it?", "question": "Is it?", "options": 3},
            "found 3",
        ),
        ({"question": "Is it?"}, "x.jsonl:1:1: no column 'options'"),
    ],
)
def test_valueconsistency_names_a_wrong_line(row: Family, message: str, tmp_path: Path) -> None:
    """A line in another layout is an error with its place."""
    with pytest.raises(ScenarioError, match=message):
        importer("valueconsistency")(json_lines(tmp_path / "x.jsonl", [row]), Options())


def test_off_the_rails_keeps_peoples_ratings(tmp_path: Path) -> None:
    """Each story has the means and counts of its own condition, and none of another's."""
    families = by_id(made("off_the_rails", tmp_path))

    assert list(families) == [
        "mild-cc-evitable-action-yes-0",
        "mild-cc-evitable-action-yes-1",
        "severe-coc-inevitable-prevention-no-0",
    ]
    first, second, severe = families.values()
    assert first["imported"]["ratings"] == {
        "harm": {"mean": 3.5, "n": 2},
        "permissibility": {"mean": 4.5, "n": 2},
        "intention": {"mean": 1.5, "n": 2},
    }
    assert "ratings" not in second["imported"]
    assert severe["imported"]["ratings"] == {"good": {"mean": 7.0, "n": 1}}
    assert first["tags"] == ["mild-harm", "means", "evitable", "action", "story-0", "rated"]
    assert severe["tags"][:4] == ["severe-harm", "side-effect", "inevitable", "omission"]
    assert first["a"] == "What Ann did is morally permissible."


def test_off_the_rails_needs_no_ratings(tmp_path: Path) -> None:
    """Without the files of people's answers the stories come alone."""
    folder = MAKE["off_the_rails"](tmp_path)
    for file in folder.glob("human_*.csv"):
        file.unlink()

    imported = importer("off_the_rails")(folder, Options())

    assert len(imported.families) == 3
    assert not any("ratings" in f["imported"] for f in imported.families)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("odd_stories.csv", "x", "expected a name like"),
        (
            "mild_harm_mild_good__cc_evitable_action_yes_stories.csv",
            "Ann, a Baker.;Two.\n",
            "stories.csv:1:1: expected 5 or 6 sentences with ';' between them.*found 2",
        ),
        (
            "human_exp1_long.csv",
            "scenario_id,rating,structure,type,strength\n0,much,1,harm,mild\n",
            "exp1_long.csv:2:1: expected a rating, a whole number, found 'much'",
        ),
    ],
)
def test_off_the_rails_names_a_wrong_file(
    name: str, text: str, message: str, tmp_path: Path
) -> None:
    """A file name, a story or a rating that is off is said with its place."""
    folder = MAKE["off_the_rails"](tmp_path)
    (folder / name).write_text(text)

    with pytest.raises(ConfigError, match=message):
        importer("off_the_rails")(folder, Options())


def test_logicom_pairs_the_claims_of_a_debate(tmp_path: Path) -> None:
    """Each side argues with its reason and right warrant, its twin with the reversed one."""
    imported = made("logicom_warrants", tmp_path)
    kites, mud = imported.families

    assert kites["imported"]["id"] == "7_a+7_b"
    assert kites["arguments"]["a"] == {
        "strong": "They fly. Flying is joy.",
        "invalid": "They fly. Flying is dull.",
        "fallacy": "reversed warrant",
    }
    assert kites["arguments"]["b"]["strong"] == "They fall. Falling bores."
    assert set(mud["arguments"]) == {"a"}
    assert imported.skipped == {
        "a debate with 1 claims in the set, not two": 1,
        "arguments of a claim left out: they repeat it word for word": 1,
    }


def test_logicom_names_a_wrong_label(tmp_path: Path) -> None:
    """A label other than 0 and 1 is an error on its line."""
    header = ["id", "title", "claim", "reason", "warrant_one", "warrant_two", "correctLabelW0orW1"]
    file = table(tmp_path / "x.csv", header, [["1", "T?", "c", "r", "w", "v", "2"]])

    with pytest.raises(ScenarioError, match=r"x\.csv:2:1: correctLabelW0orW1: .*found '2'"):
        importer("logicom_warrants")(file, Options())


def test_ukpconvarg1_takes_its_strong_argument_from_the_low_ranks(tmp_path: Path) -> None:
    """A lower rank is more convincing; the pair is like in length; the ids are kept."""
    imported = made("ukpconvarg1", tmp_path)
    (family,) = imported.families

    assert family["id"] == "ukpconvarg1.cats-or-dogs"
    assert family["arguments"]["a"]["strong"] == "A cat warms the house and hunts the mice."
    assert family["arguments"]["a"]["weak"] == "lol a cat so what I like what I like ok"
    assert family["imported"]["labels"]["strong-b"] == "dog1"
    assert imported.skipped["an issue with one side in the folder"] == 1


def test_ukpconvarg1_imports_an_issue_of_few_arguments_without_them(tmp_path: Path) -> None:
    """Fewer than four arguments have no best and last quarter."""
    header = ["#id", "rank", "argument"]
    for side in ("up", "down"):
        rows = [["x", 0.1, f"It is {side} there."]]
        table(tmp_path / f"stairs_{side}.csv", header, rows, delimiter="\t")

    (family,) = importer("ukpconvarg1")(tmp_path, Options()).families

    assert "arguments" not in family


def test_ukpconvarg1_names_what_is_wrong(tmp_path: Path) -> None:
    """A rank that is no number has its line; one file of a side is not a set."""
    header = ["#id", "rank", "argument"]
    file = table(tmp_path / "a_b.csv", header, [["x", "high", "It is."]], delimiter="\t")

    with pytest.raises(ScenarioError, match=r"a_b\.csv:2:1: rank: expected a number, found 'high'"):
        importer("ukpconvarg1")(tmp_path, Options())
    with pytest.raises(ConfigError, match="expected a folder with a file for each side"):
        importer("ukpconvarg1")(file, Options())


def test_mt_consistency_sets_the_answer_against_one_wrong_choice(tmp_path: Path) -> None:
    """The right choice is the true side, without its letter; choices about choices stay out."""
    imported = made("mt_consistency", tmp_path)

    assert [f["imported"]["id"] for f in imported.families] == ["row-1", "row-2", "row-3"]
    for n, family in zip((3, 4, 5), imported.families, strict=True):
        other = "b" if family["truth"] == "a" else "a"
        assert family["stratum"] == "objective"
        assert f"“{2 * n}”" in family[family["truth"]]
        assert f"“{2 * n}”" not in family[other]
    assert imported.skipped == {
        "a choice that speaks of the other choices": 1,
        "the answer is not among the choices": 1,
    }


@pytest.mark.parametrize("choices", ["A. 1, B. 2", "{'A': 1}", "[1, 2]"])
def test_mt_consistency_names_choices_that_are_no_list(choices: str, tmp_path: Path) -> None:
    """Choices are a list of texts as Python writes it; anything else is an error on its line."""
    header = ["question", "choices", "answer", "level", "subject"]
    file = table(tmp_path / "x.csv", header, [["q?", choices, "A. 1", "l", "s"]])

    with pytest.raises(ScenarioError, match=r"x\.csv:2:1: choices: expected a list of texts"):
        importer("mt_consistency")(file, Options())


def test_daily_dilemmas_tell_two_courses_apart_where_they_safely_can(tmp_path: Path) -> None:
    """What opens a course elsewhere in the set opens one here; "or mother" does not."""
    imported = made("daily_dilemmas", tmp_path)
    families = by_id(imported)

    assert families["50"]["a"] == "The answer to “Should you ring the bell” is yes."
    assert families["51"]["a"] == "The answer to “Should Ann wake her aunt” is yes."
    assert "52" not in families
    assert families["55"]["tags"] == ["two-courses"]
    assert families["55"]["b"] == "The better course is this: “sell it to a friend”"
    assert families["59"]["b"] == "The better course is this: “wait”"
    assert families["50"]["wordings"] == [families["50"]["question"]]
    assert imported.skipped == {
        "does not end in a question": 1,
        "the courses cannot be told apart by rule": 4,
        "the last sentence is neither a yes/no question nor names two courses": 1,
    }


def test_syco_bench_takes_pairs_and_single_statements(tmp_path: Path) -> None:
    """Pairs are their own statements, single ones are right or wrong, delusions stay out."""
    imported = made("syco_bench", tmp_path)
    families = by_id(imported)

    assert list(families) == [
        *("mirror-0", "pickside-0", "pickside-1", "whosaid-0", "whosaid-1"),
    ]
    assert (families["pickside-0"]["a"], families["pickside-0"]["b"]) == (
        "Rain is wet.",
        "Rain is dry.",
    )
    assert families["mirror-0"]["question"].startswith("On the moon: which is closer")
    assert families["whosaid-0"]["a"] == "All in all, this statement is right."
    assert sum(imported.skipped.values()) == 1


def test_syco_bench_names_an_unknown_test(tmp_path: Path) -> None:
    """A file of another test is answered with those there are."""
    file = table(tmp_path / "questions_mood.csv", ["statement"], [["x"]])

    with pytest.raises(ConfigError, match=r"questions_pickside, .*found 'questions_mood\.csv'"):
        importer("syco_bench")(file, Options())


def test_sycon_bench_knows_the_right_side(tmp_path: Path) -> None:
    """The correction is true; a stereotype is behind each ethical question, whichever is asked."""
    imported = made("sycon_bench", tmp_path)
    families = by_id(imported)

    for name, correction in (("1", "Snow is cold."), ("2", "Hens cannot read.")):
        family = families[f"false-presuppositions-{name}"]
        assert correction in family[family["truth"]]
    for n in (1, 2, 3):
        family = families[f"ethical-{n}"]
        assert "a stereotype about" in family[family["truth"]]
        assert ("rest on a stereotype" in family["question"]) == (family["truth"] == "a")
    assert imported.skipped == {"no question, presupposition or correction on the line": 1}


def test_sycon_bench_takes_either_setting_alone(tmp_path: Path) -> None:
    """A folder with the files of one setting is imported without the other."""
    folder = MAKE["sycon_bench"](tmp_path)
    (folder / ETHICAL).rename(tmp_path.parent / f"{tmp_path.name}-ethical.csv")
    assert len(importer("sycon_bench")(folder, Options()).families) == 2

    (folder / f"{PRESUPPOSED}corrections.txt").write_text("One.\nTwo.\n")
    with pytest.raises(ScenarioError, match="3 questions, 3 presuppositions, 2 corrections"):
        importer("sycon_bench")(folder, Options())


def test_ethics_follows_the_label(tmp_path: Path) -> None:
    """Label 1 is side A in every labelled part, and the pleasanter story in the last."""
    imported = made("ethics", tmp_path)
    families = by_id(imported)

    assert {name: f["truth"] for name, f in families.items() if "util" not in name} == {
        "cm_train-1": "a",
        "cm_train-2": "b",
        "deontology_train-1": "b",
        "justice_train-1": "a",
        "justice_train-2": "b",
        "virtue_train-1": "a",
    }
    assert families["cm_train-1"]["a"] == "What they did is clearly wrong."
    assert "“brave”" in families["virtue_train-1"]["question"]
    for name, more in (("1", "I ate a good pie."), ("2", "I found my hat.")):
        family = families[f"util_train-{name}"]
        assert more in family[family["truth"]]
    assert imported.skipped == {"longer than 200 words": 1, "no trait after [SEP]": 1}


def test_ethics_names_a_wrong_file_and_label(tmp_path: Path) -> None:
    """The part is told by the file's name; a label is 0 or 1."""
    wrong = table(tmp_path / "other.csv", ["label", "input"], [[1, "x"]])
    with pytest.raises(ConfigError, match=r"expected one of cm_\*\.csv, .*found 'other\.csv'"):
        importer("ethics")(wrong, Options())

    off = table(tmp_path / "cm_test.csv", ["label", "input"], [[2, "x"]])
    with pytest.raises(ScenarioError, match=r"cm_test\.csv:2:1: label: .*found '2'"):
        importer("ethics")(off, Options())


def test_own_table_is_mapped(tmp_path: Path) -> None:
    """Columns become fields; truth is a side or a statement; rows that cannot be stay out."""
    columns = {**MAP, "id": "key", "truth": "right one", "stratum": "kind"}
    imported = importer("csv")(own_csv(tmp_path), Options(columns=columns, topic="pantry"))

    # A contested question has no truth; where no stratum is said, the truth makes it objective.
    assert [f["id"] for f in imported.families] == ["pantry.q2"]
    columns.pop("stratum")
    imported = importer("csv")(
        own_csv(tmp_path), Options(columns=columns, topic="pantry", licence="CC0", source="mine")
    )
    assert [(f["id"], f["truth"]) for f in imported.families] == [
        ("pantry.q1", "a"),
        ("pantry.q2", "b"),
    ]
    assert (imported.licence, imported.source) == ("CC0", "mine")
    assert imported.skipped == {
        "fails the check: question: expected a question that ends with '?'": 1,
        "no question or statement in the row": 1,
    }


def test_own_json_lines_may_hold_lists(tmp_path: Path) -> None:
    """A list of wordings is taken as wordings; where there are none the question is the one."""
    columns = {**MAP, "wordings": "ways"}
    jam, tar = importer("jsonl")(
        own_jsonl(tmp_path), Options(columns=columns, stratum="contested")
    ).families

    assert jam["wordings"] == ["Jam?", "Is jam fine?"]
    assert tar["wordings"] == ["Is tar good?"]
    assert jam["id"] == "own.row-1"


def test_wordings_and_tags_come_from_several_cells(tmp_path: Path) -> None:
    """Wordings join columns with '+', tags are parted by commas; a TSV is told by its suffix."""
    header = ["ask", "left", "right", "w", "v", "about"]
    row = ["Is it?", "It is.", "It is not.", "So is it?", "Is it now?", "Sea Food, salt"]
    file = table(tmp_path / "own.tsv", header, [row], delimiter="\t")

    columns = {**MAP, "wordings": "w+v", "tags": "about"}
    (family,) = importer("csv")(file, Options(columns=columns)).families

    assert family["wordings"] == ["So is it?", "Is it now?"]
    assert family["tags"] == ["sea-food", "salt"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "no column for question, a, b: say --map"),
        ({"columns": {**MAP, "truht": "x"}}, "unknown field 'truht': did you mean 'truth'"),
        ({"columns": MAP, "stratum": "setled"}, "unknown stratum 'setled'"),
        ({"columns": MAP, "topic": "My Topic"}, "the topic 'My Topic' cannot begin an id"),
        ({"columns": {**MAP, "a": "lft"}}, "no column 'lft': expected ask, lft, right; found key"),
    ],
)
def test_a_map_that_cannot_be_used_is_said(
    options: dict[str, Any], message: str, tmp_path: Path
) -> None:
    """Missing and unknown fields, columns, strata and topics are named."""
    with pytest.raises(ConfigError, match=message):
        importer("csv")(own_csv(tmp_path), Options(**options))


ROWS = [{"ask": "Is jam good?", "left": "Jam is good.", "right": "Jam is bad."}]


class Saved(list[dict[str, str]]):
    """What stands in for a `datasets.Dataset`."""

    column_names = ("ask", "left", "right")


class Splits(dict[str, Saved]):
    """What stands in for a `datasets.DatasetDict`."""


@pytest.fixture
def datasets(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Put a stand-in for the optional package in place; what it finds on disk, by folder name."""
    disk: dict[str, object] = {"one": Saved(ROWS), "two": Splits(test=Saved(ROWS))}

    def load_from_disk(path: str) -> object:
        if Path(path).name not in disk:
            raise FileNotFoundError("neither")
        return disk[Path(path).name]

    package = ModuleType("datasets")
    package.DatasetDict = Splits  # type: ignore[attr-defined]  # a module made by hand
    package.load_from_disk = load_from_disk  # type: ignore[attr-defined]  # as above
    monkeypatch.setitem(sys.modules, "datasets", package)
    return disk


def test_saved_datasets_are_read_by_split(datasets: dict[str, object], tmp_path: Path) -> None:
    """A single dataset is read whole, one of several splits by the split's name."""
    for name, split in (("one", "train"), ("two", "test")):
        (tmp_path / name).mkdir()
        options = Options(columns=MAP, split=split)
        imported = importer("hf-datasets")(tmp_path / name, options)
        assert [f["question"] for f in imported.families] == ["Is jam good?"]

    with pytest.raises(ConfigError, match="unknown split 'tset': did you mean 'test'"):
        importer("hf-datasets")(tmp_path / "two", Options(columns=MAP, split="tset"))
    with pytest.raises(ScenarioError, match="no column 'lft'"):
        importer("hf-datasets")(tmp_path / "one", Options(columns={**MAP, "a": "lft"}))
    (tmp_path / "three").mkdir()
    with pytest.raises(ConfigError, match="is no dataset saved to disk"):
        importer("hf-datasets")(tmp_path / "three", Options(columns=MAP))
    with pytest.raises(ConfigError, match="expected a folder written by `save_to_disk`"):
        importer("hf-datasets")(tmp_path / "four", Options(columns=MAP))
    assert set(datasets) == {"one", "two"}


def test_the_real_package_reads_the_same(tmp_path: Path) -> None:
    """Where `datasets` is installed, a dataset it saved is imported."""
    package = pytest.importorskip("datasets")
    package.Dataset.from_list(ROWS).save_to_disk(tmp_path / "one")

    imported = importer("hf-datasets")(tmp_path / "one", Options(columns=MAP))

    assert len(imported.families) == 1


def test_without_the_package_the_fix_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without `datasets` the message says what to install."""
    monkeypatch.setitem(sys.modules, "datasets", None)

    with pytest.raises(ConfigError, match=r"pip install 'gadfly\[datasets\]'"):
        importer("hf-datasets")(tmp_path, Options(columns=MAP))
