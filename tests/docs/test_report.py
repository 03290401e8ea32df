"""The page on reports is performed as written, and explains every section there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from gadfly.eval.page import ladders, outcomes, plane, reading, stances
from gadfly.eval.page.estimates import SHARES, VARIED

PAGE = (Path(__file__).parents[2] / "docs" / "report.md").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("$ ").split()
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]


def test_the_commands_run_as_written(tmp_path: Path) -> None:
    """In an empty folder they leave the page they name."""
    for command in COMMANDS:
        subprocess.run(
            [sys.executable, "-m", "gadfly.eval.cli", *command[1:]],
            check=True,
            capture_output=True,
            cwd=tmp_path,
        )

    assert "At a glance" in (tmp_path / "look.html").read_text("utf-8")


def test_every_figure_has_its_section() -> None:
    """The headings of the manual are the titles of the figures."""
    titles = {
        *(plane.TITLE, stances.HELD, stances.MOVED, ladders.TITLE, VARIED, SHARES),
        *(outcomes.TITLE, reading.TITLE),
    }

    assert titles <= set(re.findall(r"^## (.*)$", PAGE, re.MULTILINE))
