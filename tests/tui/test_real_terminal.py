"""A whole spar in a real terminal: what a user types, and what tmux has on the screen."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.spar_screen import Screen, contradict, walk

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux"),
]


def test_a_spar_from_the_first_question_to_the_next_day(tmp_path: Path) -> None:
    """Seven exchanges, a fork, a confrontation, the debrief, a label, and the session again."""
    shots = tmp_path / "shots"
    screen = Screen("80x24", shots)
    try:
        lines = list(walk(screen, tmp_path / "home", "sim:calibrated"))
    finally:
        screen.close()

    assert len(lines) == 10
    debrief = next(shots.glob("*-debrief.txt")).read_text(encoding="utf-8")
    resumed = next(shots.glob("*-went-on.txt")).read_text(encoding="utf-8")
    assert "Where it stood" in debrief
    assert "Where do you stand now" in resumed


@pytest.mark.model
def test_a_model_that_contradicts_itself_is_confronted_with_it(tmp_path: Path) -> None:
    """SmolLM2 takes both sides; the sheet quotes the two, and what it says to them is a reply."""
    shots = tmp_path / "shots"
    screen = Screen("80x24", shots)
    try:
        lines = list(contradict(screen, tmp_path / "home", "smollm2"))
    finally:
        screen.close()

    assert len(lines) == 3
    sheet = " ".join(min(shots.glob("*-confront.txt")).read_text(encoding="utf-8").split())
    assert "Confront: 1 vs 2" in sheet
    assert "Here are two of your own answers" in sheet
