"""A whole spar in a real terminal: what a user types, and what tmux has on the screen."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.spar_screen import Screen, contradict, walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux"),
]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """Give a terminal of the least size that is supported, with pictures taken as text."""
    made = Screen("80x24", tmp_path / "shots")
    yield made
    made.close()


def shown(screen: Screen, name: str) -> str:
    """Return the first picture of that name, on one line."""
    assert screen.shots is not None
    return " ".join(min(screen.shots.glob(f"*-{name}.txt")).read_text(encoding="utf-8").split())


def test_a_spar_from_the_first_question_to_the_next_day(screen: Screen, tmp_path: Path) -> None:
    """Seven exchanges, a fork, a confrontation, the debrief, a label, and the session again."""
    lines = list(walk(screen, tmp_path / "home", "sim:calibrated"))

    assert len(lines) == 10
    assert "Where it stood" in shown(screen, "debrief")
    assert "Where do you stand now" in shown(screen, "went-on")


@pytest.mark.model
def test_a_model_that_contradicts_itself_is_confronted_with_it(
    screen: Screen, tmp_path: Path
) -> None:
    """SmolLM2 takes both sides; the sheet quotes the two, and what it says to them is a reply."""
    lines = list(contradict(screen, tmp_path / "home", "smollm2"))

    assert len(lines) == 3
    assert "Confront: 1 vs 2" in shown(screen, "confront")
    assert "Here are two of your own answers" in shown(screen, "confront")
