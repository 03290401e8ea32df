"""Runs of the check that are kept in a file."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.eval.instrument import grid, kept
from gadfly.eval.instrument.grid import pair_of, run
from gadfly.eval.instrument.kept import Kept

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.instrument.measure import Job, Values

ROW = "bracketing said"
JOBS = (*pair_of("credence", "slip"), pair_of("credence", "mispricing")[1])


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """Return the runs that get made, each of which finds the sum of its traits."""
    jobs: list[Job] = []

    def found(job: Job) -> dict[str, Values]:
        jobs.append(job)
        return {ROW: {"f": (sum(value for _, value in job.traits) / 3, 0.1)}}

    monkeypatch.setattr(grid, "measured", found)
    monkeypatch.setattr(grid, "surveyed", lambda job: (found(job), frozenset({"mispricing"})))
    return jobs


def test_what_is_kept_is_not_made_again(made: list[Job], tmp_path: Path) -> None:
    """A second check makes no run, and finds the same to the last digit."""
    file = tmp_path / "runs.jsonl"
    first = run(JOBS, workers=1, tell=lambda job: None, kept=Kept(file))
    told: list[Job] = []
    again = run(JOBS, workers=1, tell=told.append, kept=Kept(file))

    assert made == [JOBS[0], JOBS[2]]  # the other is that in which "slip" was not looked at
    assert again == first
    assert set(told) == set(JOBS)


def test_that_no_trait_was_looked_at_is_kept_too(
    made: list[Job], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is not taken for not knowing which were: none of the others is made."""
    file = tmp_path / "runs.jsonl"

    def unseen(job: Job) -> tuple[dict[str, Values], frozenset[str]]:
        made.append(job)
        return {ROW: {"f": (0.5,)}}, frozenset()

    monkeypatch.setattr(grid, "surveyed", unseen)
    for _ in range(2):
        run(JOBS, workers=1, tell=lambda job: None, kept=Kept(file))

    assert made == [JOBS[0]]


def test_a_line_that_was_cut_off_is_made_again(made: list[Job], tmp_path: Path) -> None:
    """As after a kill; the file is whole afterwards."""
    file = tmp_path / "runs.jsonl"
    first = run(JOBS, workers=1, tell=lambda job: None, kept=Kept(file))
    file.write_text(file.read_text()[:-20])
    made.clear()
    again = run(JOBS, workers=1, tell=lambda job: None, kept=Kept(file))

    assert made == [JOBS[2]]
    assert again == first
    assert len(Kept(file)) == 2


@pytest.mark.parametrize("text", ["not ours\n", "[]\n", '{"code": "of another day"}\n'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    """Runs of other code would not be these; nothing in the file is touched."""
    file = tmp_path / "runs.jsonl"
    file.write_text(text)

    with pytest.raises(ConfigError, match="runs of other code or is no file of this kind"):
        Kept(file)
    assert file.read_text() == text


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Before any run is made."""
    with pytest.raises(ConfigError, match="cannot keep runs in"):
        Kept(tmp_path / "none" / "runs.jsonl")


def test_a_changed_line_of_code_makes_it_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Code and data both count."""
    here = kept._digest()
    (tmp_path / "more.yaml").write_text("more")
    monkeypatch.setattr(kept, "_PACKAGES", (*kept._PACKAGES, "more"))
    monkeypatch.setattr(kept, "files", lambda name: tmp_path if name == "more" else files(name))

    assert kept._digest() != here
