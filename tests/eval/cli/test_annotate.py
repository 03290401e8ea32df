"""`gadfly annotate --plain`: labels line by line."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gadfly.eval.judging.labels import TrialRow, read_labels, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.processes import Done

    Gadfly = Callable[..., Done]


@pytest.fixture
def label(gadfly: Gadfly, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Return a function that annotates a smoke run with given key presses."""
    assert gadfly("run", "smoke", "--model", "sim:calibrated", "--out", "here").code == 0

    def go(keys: str, *more: str) -> Done:
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(keys.split(" ")) + "\n"))
        return gadfly("annotate", "here", "--plain", "--annotator", "ann", *more)

    return go


def test_keys_label_and_the_next_reply_comes(label: Callable[..., Done]) -> None:
    """Two labels, a skip and an end: two rows, and the command to calibrate."""
    done = label("1 g 3  q", "-n", "5")
    assert done.code == 0
    assert [(r.label, r.quality) for r in read_labels(Path("here/labels.jsonl"))] == [
        ("a", None),
        ("undecided", "good"),
    ]
    assert "2 of 5 labelled" in done.out
    assert "gadfly judge calibrate here/labels.jsonl here" in done.out


def test_nothing_of_how_it_was_read_is_shown(label: Callable[..., Done]) -> None:
    """Asked, reply, question and statements are there; readings, arms and probes are not."""
    done = label("q", "-n", "1")
    for part in ("ASKED", "REPLY", "Q ", "A ", "B "):
        assert part in done.out
    assert "read as" not in done.out
    assert "p(A)" not in done.out


def test_undo_goes_back(label: Callable[..., Done]) -> None:
    """Undo shows the reply again and takes its label out of the file."""
    done = label("1 u 2 q", "-n", "3")
    assert done.out.count("--- 1 of 3 ---") == 2
    assert [r.label for r in read_labels(Path("here/labels.jsonl"))] == ["b"]


def test_whole_dialogues_have_their_own_keys(label: Callable[..., Done]) -> None:
    """With --dialogues a letter says what was wrong, kept in a file of its own."""
    assert label("f q", "--dialogues", "-n", "2").code == 0
    (row,) = read_rows(Path("here/dialogues.jsonl"), TrialRow)
    assert row.label == "formulaic"


def test_a_wrong_key_is_said_and_the_end_of_input_ends(label: Callable[..., Done]) -> None:
    """An unknown key changes nothing; a closed input ends as an interruption, labels kept."""
    done = label("9 1", "-n", "3")
    assert "'9' is no key" in done.out
    assert done.code == 130
    assert len(read_labels(Path("here/labels.jsonl"))) == 1


def test_a_run_without_replies_is_refused(gadfly: Gadfly) -> None:
    """There must be a run; a wrong name is answered with near ones."""
    done = gadfly("annotate", "nosuch", "--plain")
    assert done.code == 2
    assert "nosuch" in done.err
