"""The tutorial works as written: every file is made, every command run, its output compared."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support.pages import DOCS, Shell, alike, work_through

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

PAGE = DOCS / "tutorial.md"


@pytest.mark.skipif(os.name == "nt", reason="the paths of its environment are those of POSIX")
def test_the_tutorial_works_as_written(tmp_path: Path) -> None:
    """Every file and every command of the page, in order, ends and prints as the page shows."""
    work_through(PAGE, Shell.open(tmp_path))


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("", "", True),
        ("", "something\n", False),
        ("a ... c\n", "a b c\n", True),
        ("a ... c\n", "a b d\n", False),
        ("...\nc\n", "a\nb\nc\n", True),
        ("...\nc\n", "c\n", True),
        ("c\n", "a\nc\n", False),
        ("a...\n", "a\nb\n", False),
    ],
)
def test_output_is_compared_but_for_what_is_left_out(shown: str, printed: str, same: bool) -> None:
    """Dots in a line stay in it, dots on a line are any lines, and all else must be there."""
    assert alike(shown, printed) is same
