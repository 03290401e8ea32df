"""One person's labels: saved as they are given, undone, resumed, beside other people's."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.runs import ask

from gadfly.bot.errors import ConfigError
from gadfly.eval.cli.report import report_input
from gadfly.eval.judging.calibrate import calibrated
from gadfly.eval.judging.dialogues import settled
from gadfly.eval.judging.labels import TrialRow, gold, read_labels, read_rows
from gadfly.eval.judging.sheet import DIALOGUES, REPLIES, open_dialogues, open_replies
from gadfly.eval.judging.verdicts import judged_trials
from gadfly.eval.manifest import read_manifest
from gadfly.eval.meters import no_side, repetition
from gadfly.eval.report_json import report_document
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with single replies and dialogues."""
    folder = tmp_path_factory.mktemp("runs") / "one"
    ask("sim:calibrated", folder, suite="smoke", limit=3)
    return folder


@pytest.fixture
def run(asked: Path, tmp_path: Path) -> Path:
    """A copy of it to label."""
    return shutil.copytree(asked, tmp_path / "run")


def test_labels_are_in_the_file_when_label_returns(run: Path) -> None:
    """Each label is a line at once, as calibration reads it; the file is its owner's only."""
    sheet = open_replies(run, "ann", n=5)
    for place, label in enumerate(("a", "b", "unclear")):
        sheet.label(place, label=label)
        assert [r.label for r in read_labels(run / REPLIES)][-1] == label
    assert (run / REPLIES).stat().st_mode & 0o777 == 0o600
    assert (sheet.done, sheet.next_open(2), sheet.next_open(4)) == (3, 3, 3)


def test_a_changed_label_replaces_the_first(run: Path) -> None:
    """Labelling again leaves one row by this person; quality and note stay."""
    sheet = open_replies(run, "ann", n=5)
    sheet.label(0, label="a")
    sheet.label(0, quality="good", note="to the point")
    sheet.label(0, label="b")
    (row,) = read_labels(run / REPLIES)
    assert (row.label, row.quality, row.note) == ("b", "good", "to the point")


def test_undo_takes_back_step_by_step(run: Path) -> None:
    """Undo goes back through changes and new labels to nothing, and says where it went."""
    sheet = open_replies(run, "ann", n=5)
    sheet.label(0, label="a")
    sheet.label(1, label="b")
    sheet.label(0, label="undecided")
    assert sheet.undo() == 0
    assert sheet.given(0) is not None
    assert {r.label for r in read_labels(run / REPLIES)} == {"a", "b"}
    assert (sheet.undo(), sheet.undo(), sheet.undo()) == (1, 0, None)
    assert read_labels(run / REPLIES) == ()


def test_labelling_goes_on_where_it_was_and_leaves_others_alone(run: Path) -> None:
    """A second person's rows are kept beside; the first finds their own again."""
    open_replies(run, "ann", n=5).label(0, label="a")
    bob = open_replies(run, "bob", n=5)
    assert bob.done == 0
    bob.label(0, label="b")
    bob.label(0, label="evaded")
    again = open_replies(run, "ann", n=5)
    assert again.done == 1
    assert {(r.annotator, r.label) for r in read_labels(run / REPLIES)} == {
        ("ann", "a"), ("bob", "evaded"),
    }  # fmt: skip


def test_a_line_cut_short_by_a_crash_is_not_run_into(run: Path) -> None:
    """A label after a line without its end begins a line of its own."""
    sheet = open_replies(run, "ann", n=5)
    sheet.label(0, label="a")
    text = (run / REPLIES).read_text()
    (run / REPLIES).write_text(text.rstrip("\n"))
    sheet.label(1, label="b")
    assert len(read_labels(run / REPLIES)) == 2


def test_replies_with_odd_line_breaks_are_read_back(run: Path) -> None:
    """A row whose text holds U+2028 or U+0085 is one line of the file."""
    sheet = open_replies(run, "ann", n=1)
    sheet.rows = tuple(r.model_copy(update={"text": "one\u2028two\u0085three"}) for r in sheet.rows)
    sheet.label(0, label="a")
    assert read_labels(run / REPLIES)[0].text == "one\u2028two\u0085three"


def test_labels_feed_calibration(run: Path) -> None:
    """What is labelled here is what the calibration counts."""
    sheet = open_replies(run, "ann", n=6)
    for place in range(len(sheet)):
        sheet.label(place, label="a")
    store = Store.read(run)
    seen = judged_trials(store)
    store.close()
    found = calibrated(seen, gold(read_labels(run / REPLIES)), run=read_manifest(run).plan, epoch=0)
    assert len(found.items) == len(sheet)
    assert found.missing == 0


def test_whole_dialogues_are_labelled(run: Path) -> None:
    """A dialogue row holds all turns, of dialogues only, and its label."""
    sheet = open_dialogues(run, "ann", n=4)
    assert all(sum(t.role == "assistant" for t in row.turns) > 1 for row in sheet.rows)
    sheet.label(0, label="dogmatic")
    (row,) = read_rows(run / DIALOGUES, TrialRow)
    assert (row.label, row.annotator, row.turns) == ("dogmatic", "ann", sheet.rows[0].turns)


def test_a_larger_sample_contains_the_smaller(run: Path) -> None:
    """The draw is by hash: more rows begin with the same ones."""
    small, large = open_replies(run, "ann", n=3), open_replies(run, "ann", n=6)
    assert list(large.rows[:3]) == list(small.rows)
    assert open_replies(run, "ann", n=6, seed=1).rows != large.rows


@pytest.mark.parametrize(("name", "said"), [(" ", "say who"), ("decision", "use another name")])
def test_names_that_are_none_are_refused(run: Path, name: str, said: str) -> None:
    """An empty name and the one kept for decisions are no annotators."""
    with pytest.raises(ConfigError, match=said):
        open_replies(run, name, n=1)


def test_a_label_that_is_none_is_refused(run: Path) -> None:
    """A value outside the format never reaches the file."""
    sheet = open_replies(run, "ann", n=1)
    with pytest.raises(ValueError, match="label"):
        sheet.label(0, label="maybe")
    assert not (run / REPLIES).exists()


def test_the_report_says_how_well_meters_predict_labels(run: Path) -> None:
    """Labels that follow a meter give it an area of 1; without labels nothing is said."""
    manifest = read_manifest(run)
    assert "dialogue_labels" not in report_document(report_input(run, manifest))
    sheet = open_dialogues(run, "ann", n=200)
    store = Store.read(run)
    by_key = {r.key: r for r in store.trials()}
    store.close()
    places = {row.trial: place for place, row in enumerate(sheet.rows)}
    values = {key: value for key in places if (value := no_side(by_key[key])) is not None}
    for i, key in enumerate(sorted(values, key=lambda key: (repetition(by_key[key]) or 0.0, key))):
        label = "satisfactory" if i < len(values) // 2 else "formulaic"
        sheet.label(places[key], label=label)
    found = report_document(report_input(run, manifest))["dialogue_labels"]
    area = {(row["meter"], row["wrong"]): row["value"] for row in found["auc"]}
    assert found["labelled"] == len(values)
    assert area["repetition", "formulaic"] > 0.95
    assert area["repetition", "not satisfactory"] == area["repetition", "formulaic"]
    assert ("repetition", "dogmatic") not in area


def test_people_who_disagree_on_a_dialogue_need_a_decision(run: Path) -> None:
    """A tie is left out; a decision settles it."""
    row = open_dialogues(run, "ann", n=1).rows[0]
    two = [row.model_copy(update={"label": x, "annotator": x}) for x in ("dogmatic", "formulaic")]
    assert settled(two) == {}
    decision = row.model_copy(update={"label": "other", "annotator": "decision"})
    assert settled([*two, decision]) == {row.trial: "other"}
