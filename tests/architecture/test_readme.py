"""What the README tells a newcomer works as written."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from gadfly.probes.catalogue import PROBES
from gadfly.scenarios.catalogue import library

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("$ ").split("#")[0].strip()
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]


def gadfly(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gadfly.eval.cli", *command.split()[1:]],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


@pytest.mark.parametrize("name", sorted({c.split()[1] for c in COMMANDS}))
def test_every_command_named_exists(name: str, tmp_path: Path) -> None:
    """Each subcommand in a console block has its help."""
    assert gadfly(f"gadfly {name} --help", tmp_path).returncode == 0


def test_commands_that_need_nothing_run_as_written(tmp_path: Path) -> None:
    """Listings and the simulant run work in an empty folder, word for word."""
    plain = ("scenarios list", "probes list", "models")
    chosen = [c for c in COMMANDS if c.endswith(plain) or "sim:sycophant" in c]

    assert len(chosen) == 4
    for command in chosen:
        done = gadfly(command, tmp_path)
        assert done.returncode == 0, done.stderr


def test_figures_in_the_readme_are_true() -> None:
    """The number of families and the table of probes match what there is."""
    families = library().all
    by_words = sum(bool(s.wordings) for s in families)
    assert f"{len(families)} families of original questions" in README
    assert f"{len(families)} families of original text: {by_words} questions" in README
    assert f"and {len(families) - by_words} single matters" in " ".join(README.split())
    named = set(
        re.findall(r"`([\w-]+)`", README.split("## What is asked")[1].split("Every dialogue")[0])
    )
    assert {p.name for p in PROBES} <= named


def test_links_lead_somewhere() -> None:
    """Every relative link in README and docs names a file that is there."""
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
