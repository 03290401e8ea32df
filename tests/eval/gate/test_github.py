"""A verdict on GitHub: the summary of a step, and annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.verdicts import HOSTILE, result

from gadfly.bot.errors import ConfigError
from gadfly.eval.gate import github

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_has_every_headline_contrast() -> None:
    """Each with verdict, effect, interval, margin and sizes; exploratory ones are folded away."""
    page = github.markdown(result("pass", "regression", notes=("An old baseline.",)))

    assert page.startswith("## ❌ Gadfly gate: regression (confirmed)")
    assert (
        "| metric\\_0 said | ✅ pass | 12.5% | -5.0% to 30.0% | 10.0% | 0.12 | 20.0% | 24 |" in page
    )
    assert "> An old baseline." in page
    assert page.index("<details>") < page.index("drift said")


def test_nothing_a_model_is_called_is_markup() -> None:
    """A hostile name neither ends the table nor the line, and no tag of it survives."""
    page = github.markdown(result("pass", model=HOSTILE))
    line = next(line for line in page.splitlines() if line.startswith("Candidate"))

    assert "<b>" not in page
    assert "\x1b" not in page
    assert "evil\\|model\\`&lt;b&gt;" in line


def test_annotations_are_one_line_each() -> None:
    """Per cent signs and line breaks are escaped, as are colons and commas in titles."""
    lines = list(
        github.workflow_commands(result("regression", "inconclusive"), inconclusive_fails=True)
    )

    assert lines == [
        "::error title=Gadfly%3A metric_0 said::metric_0 said: regression: regression because"
    ]
    (line,) = github.workflow_commands(result("inconclusive"), inconclusive_fails=True)
    assert line == "::error title=Gadfly gate%3A inconclusive::overall: inconclusive, 100%25"
    (line,) = github.workflow_commands(result("inconclusive"), inconclusive_fails=False)
    assert line.startswith("::warning ")
    assert not list(github.workflow_commands(result("pass"), inconclusive_fails=True))


def test_the_summary_of_a_step_is_added_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there stays; without a step to add to, it is said."""
    file = tmp_path / "summary.md"
    file.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    github.summarise("after\n")
    assert file.read_text() == "before\nafter\n"

    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    with pytest.raises(ConfigError, match="no step of GitHub"):
        github.summarise("after\n")
