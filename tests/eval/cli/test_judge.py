"""`gadfly judge`, and `--judge` on other commands: what a user sees and what is kept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gadfly.eval.judging.labels import rows_to_label
from gadfly.eval.manifest import read_manifest
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.processes import Done

    Gadfly = Callable[..., Done]

SUBJECT = "sim:calibrated?unreadable=0.3"
RUN = ("run", "smoke", "--model", SUBJECT, "--readout", "logprob", "--limit", "3")


def only_run() -> Path:
    """Return the one run folder under ./runs."""
    (folder,) = Path("runs").iterdir()
    return folder


def labelled(label: str = "a") -> Path:
    """Have one person label every reply of the run as its reading says, some as `label`."""
    folder = only_run()
    store = Store.read(folder)
    records = store.trials()
    rows = rows_to_label(store, records, read_manifest(folder).plan, n=200)
    read = {(o.calls[0], o.about): o.reading for r in records for o in r.observations if o.calls}
    store.close()
    path = Path("labels.jsonl")
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            reading = read[row.where]
            gold = reading.stance.side if reading.stance else label
            file.write(
                row.model_copy(update={"label": gold, "annotator": "ann"}).model_dump_json() + "\n"
            )
    return path


def test_a_run_is_judged_and_its_report_says_so(gadfly: Gadfly) -> None:
    """Verdicts are kept and used by reports; the same judging again makes no call."""
    assert gadfly(*RUN).code == 0
    before = gadfly("report", "--json").json
    done = gadfly("judge", "--judge", "sim:dogmatist")
    after = gadfly("report", "--json").json
    again = gadfly("judge", str(only_run()), "--judge", "sim:dogmatist")

    assert done.code == again.code == 0
    assert before["judging"]["judge"] is None
    assert before["judging"]["unsure"] == before["outcomes"]["unreadable"] > 0
    assert after["judging"]["judge"]["model"] == "sim:dogmatist"
    assert after["judging"]["judged"] == before["judging"]["unsure"]
    assert after["outcomes"]["unreadable"] == after["judging"]["split"]
    assert f"judged {after['judging']['judged']} of" in done.err
    assert "(0 calls)" in again.err
    assert "uncalibrated judge" in gadfly("report").out


def test_show_prints_what_the_judge_made_of_a_reply(gadfly: Gadfly) -> None:
    """Beside the rules' reading, with shares; the second look of a reply looked at twice too."""
    gadfly(*RUN)
    before = gadfly("show", "--random", "1000").out
    gadfly("judge", "--judge", "sim:dogmatist")
    found = gadfly("show", "--random", "1000").out

    lines = [line.strip() for line in found.splitlines()]
    judged = [i for i, line in enumerate(lines) if line.startswith("[judge sim:dogmatist: ")]
    assert "[judge" not in before
    assert judged
    assert all("unreadable" in lines[i - 1] or ", by" in lines[i - 1] for i in judged)
    assert all(re.search(r"\w \d+%", lines[i]) or "split" in lines[i] for i in judged)
    assert any(line.startswith("[judge sim:dogmatist, looking again: ") for line in lines)


def test_run_and_report_take_a_judge(gadfly: Gadfly) -> None:
    """`run --judge` judges before it reports; `report --judge` judges a run that is there."""
    first = gadfly(*RUN, "--judge", "sim:dogmatist", "--json")
    second = gadfly("report", "--judge", "sim:legalist", "--json")
    assert (first.code, second.code) == (0, 0)
    assert first.json["judging"]["judge"]["model"] == "sim:dogmatist"
    assert second.json["judging"]["judge"]["model"] == "sim:legalist"


def test_asking_again_is_a_new_epoch(gadfly: Gadfly) -> None:
    """`--again` asks everything afresh and says so in the report."""
    gadfly(*RUN, "--judge", "sim:dogmatist")
    done = gadfly("judge", "--judge", "sim:dogmatist", "--again")
    assert "(0 calls)" not in done.err
    assert gadfly("report", "--json").json["judging"]["epoch"] == 1


def test_the_subject_does_not_judge_itself(gadfly: Gadfly) -> None:
    """Refused before anything is asked on `run`, and on `judge`; allowed where insisted on."""
    refused = gadfly(*RUN, "--judge", SUBJECT)
    assert refused.code == 2
    assert "--judge-is-subject" in refused.err
    assert not Path("runs").exists()

    gadfly(*RUN)
    refused = gadfly("judge", "--judge", SUBJECT)
    assert refused.code == 2
    assert "own judge" in refused.err
    assert gadfly("judge", "--judge", SUBJECT, "--judge-is-subject").code == 0
    assert "the judge is the model that was questioned" in gadfly("report").out


def test_labels_calibrate_a_judge(gadfly: Gadfly) -> None:
    """Calibration prints its figures, is kept in the run, and corrects the report's rates."""
    gadfly(*RUN, "--judge", "sim:dogmatist")
    done = gadfly("judge", "calibrate", str(labelled("undecided")))
    shown = gadfly("report")
    report = gadfly("report", "--json").json["judging"]

    assert done.code == 0
    assert "sensitivity" in done.out
    assert "kappa" in done.out
    assert (only_run() / "calibration.json").exists()
    assert "replies labelled by people" in shown.out
    assert "uncalibrated" not in shown.out
    assert "First replies, corrected by people's labels" in shown.out
    assert report["calibration"]["labelled"] > 20
    assert {row["outcome"] for row in report["corrected"]} == {
        *("answered", "undecided", "evaded", "refused")
    }
    as_json = gadfly("judge", "calibrate", "labels.jsonl", str(only_run()), "--json").json
    assert as_json["confusion"] == report["calibration"]["confusion"]
    assert as_json["kappa"]["n"] == report["calibration"]["kappa"]["n"]


def test_an_unreliable_judge_is_called_that(gadfly: Gadfly) -> None:
    """Labels that contradict every verdict of the judge make it unreliable."""
    gadfly(*RUN, "--judge", "sim:dogmatist")
    path = labelled()
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for row, label in zip(rows, "ab" * len(rows), strict=False):
        row["label"] = label
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = gadfly("judge", "calibrate", str(path))
    assert "unreliable" in done.out
    assert "unreliable" in gadfly("report").out


def test_a_calibration_of_another_judge_is_not_used(gadfly: Gadfly) -> None:
    """After a judging by another model the calibration is named and left alone."""
    gadfly(*RUN, "--judge", "sim:dogmatist")
    gadfly("judge", "calibrate", str(labelled()), "--out", "mine.json")
    assert "corrected" in gadfly("report", "--calibration", "mine.json").out
    gadfly("judge", "--judge", "sim:legalist")
    shown = gadfly("report", "--calibration", "mine.json").out
    assert "the calibration is not used" in shown
    assert "uncalibrated judge" in shown


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("judge",), "--judge SPEC"),
        (("judge", "nowhere", "--judge", "sim:legalist"), "unknown run"),
        (("judge", "--judge", "sim:nobody"), "nobody"),
        (("judge", "calibrate", "none.jsonl"), "cannot read"),
        (("report", "--calibration", "none.json"), "cannot read"),
    ],
)
def test_wrong_words_are_told(gadfly: Gadfly, args: tuple[str, ...], said: str) -> None:
    """A missing judge, run, label file or calibration is a usage error with a plain message."""
    gadfly(*RUN)
    done = gadfly(*args)
    assert done.code == 2
    assert said in done.err
