"""The page on scoring is performed as written, and names every field and metric there is."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from gadfly.eval.scoring.estimates import METRICS

PAGE = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text(encoding="utf-8")
CELLS = "\n".join(line for line in PAGE.splitlines() if line.startswith("| `"))
_BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> str:
    name, *args = shlex.split(command)
    assert name == "gadfly"
    done = subprocess.run(
        [sys.executable, "-m", "gadfly.eval.cli", *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "COLUMNS": "80"},
    )
    assert done.returncode == 0, done.stderr
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def alike(shown: str, printed: str) -> bool:
    """Tell whether output is as shown, a line of `...` standing for any lines."""
    lines = shown.splitlines(keepends=True)
    pattern = "".join("(?:.*\n)*" if s.strip() == "..." else re.escape(s) for s in lines)
    return re.fullmatch(pattern, printed) is not None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the page."""
    made = tmp_path_factory.mktemp("scoring")
    for _, info, text in _BLOCK.findall(PAGE):
        if title := re.search(r'title="([^"]+)"', info):
            (made / title[1]).write_text(text, encoding="utf-8")
    return made


def test_the_commands_print_what_the_page_shows(folder: Path) -> None:
    """The console blocks of the page come out as they stand there."""
    consoles = [text for language, _, text in _BLOCK.findall(PAGE) if language == "console"]

    assert len(consoles) == 3
    for text in consoles:
        command, _, shown = text.removeprefix("$ ").partition("\n")
        printed = run(command, folder)
        assert alike(shown, printed), printed


def test_the_tables_name_every_field_and_metric(folder: Path) -> None:
    """A field or metric that is added is explained, or at least named."""
    document = orjson.loads(run("gadfly score bridge.txt --json", folder))
    fields = {*document, *document["speakers"][0], *document["dialogues"][0]}
    fields |= {*document["dialogues"][0]["turns"][0], *METRICS}

    assert [name for name in sorted(fields) if f"`{name}`" not in CELLS] == []
