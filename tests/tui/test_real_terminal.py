"""A whole spar in a real terminal: what a user types, and what tmux has on the screen."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.spar_screen import Screen, walk

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
