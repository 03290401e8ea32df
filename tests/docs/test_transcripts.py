"""The page of transcripts: every probe on it, drawn by the stated rule, readable by itself."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.sample import FILE as SAMPLE

from gadfly.probes.catalogue import PROBES
from gadfly.probes.live import LiveProbe

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
ASKED = [p for p in PROBES if not isinstance(p, LiveProbe)]
"""What is asked where no interlocutor is named."""
PLANTING = '''
from dataclasses import dataclass

from gadfly.bot.measure import Measured
from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm


class Words:
    def of(self, text):
        return Measured(value=float(len(text.split())), code="counted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planting:
    """Plants a turn, asks, and asks anew."""

    name: str = "planting"
    version: int = 1
    experiments: tuple[str, ...] = ()
    varies: str = "what was said before"
    feeds: tuple[str, ...] = ()

    def arms(self, scenario):
        history = (("Is it old?", "```It was built long ago.\\x1b[2J"),)
        return (Arm(name="planted", system="Be brief.", history=history),)

    def ask(self, scenario, arm):
        about = scenario.proposition
        yield Say(label="first", text="Close it?", about=about, measure=Words())
        yield Read(label="after", about=about)
        yield Say(label="anew", text=about.question, about=about, fresh=True)


PLANTING = Planting()
'''


@dataclass(frozen=True)
class Made:
    """A page, the trials it was drawn from, and where everything lies."""

    folder: Path
    text: str
    trials: Sequence[dict[str, str]]

    def section(self, probe: str) -> str:
        """Return what the page says about a probe."""
        after = re.split(rf"^## {probe}\b.*$", self.text, flags=re.MULTILINE)[1]
        return after.split("\n## ")[0]


def python(folder: Path, *args: str) -> str:
    """Run a module with the plugin in sight and return what it prints."""
    found = os.pathsep.join((str(folder), str(ROOT), os.environ.get("PYTHONPATH", "")))
    done = subprocess.run(
        [sys.executable, "-m", *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": found},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def page(folder: Path, *args: str) -> str:
    """Write the page and return it."""
    python(folder, "benchmarks.transcripts", *args, "--from", str(SAMPLE), "--out", "page.md")
    return (folder / "page.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A run of all probes on the sample, one of a plugin among them, and its page."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "planting.py").write_text(PLANTING, encoding="utf-8")
    info = folder / "planting-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: planting\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[gadfly.probes]\nplanting = planting:PLANTING\n")
    run = ("run", str(SAMPLE), "--model", "sim:calibrated", "--limit", "1", "--replicates", "2")
    python(folder, "gadfly.eval.cli", *run, "--out", "run", "--json")
    shown = python(folder, "gadfly.eval.cli", "show", "run", "--json")
    return Made(folder, page(folder, "run"), json.loads(shown)["trials"])


def test_every_probe_that_was_run_has_its_transcript(made: Made) -> None:
    """Each probe, plugins included, stands on the page once, with its purpose and its count."""
    headings = re.findall(r"^## ([\w-]+)", made.text, re.MULTILINE)

    assert headings == [*(p.name for p in ASKED), "planting"]
    for probe in ASKED:
        section = made.section(probe.name)
        assert "\nMODEL " in section or "**Off the record**" in section
        assert "**What it counts for.** The probe is for " in section
        assert "**A:**" in section


def test_trials_are_drawn_by_the_rule_the_page_states(made: Made) -> None:
    """The trial shown is the one of least SHA-256 of seed and key; another seed draws others."""
    for probe in ASKED:
        keys = [t["key"] for t in made.trials if t["probe"] == probe.name]
        least = min(keys, key=lambda key: hashlib.sha256(f"0:{key}".encode()).digest())
        assert f"Drawn out of {len(keys)} trials" in made.section(probe.name)
        assert f"key `{least[:10]}`" in made.section(probe.name).replace("\n", " ")

    assert page(made.folder, "run") == made.text
    other = page(made.folder, "run", "--seed", "1")
    assert re.findall(r"key\s`\w+`", other) != re.findall(r"key\s`\w+`", made.text)


def test_planted_turns_are_told_from_the_models_own(made: Made) -> None:
    """What was planted is marked as such and given once; the second conversation is announced."""
    section = made.section("planting")

    assert "Plants a turn, asks, and asks anew. What it varies: what was said before." in section
    assert "SYSTEM   Be brief." in section
    assert "PLANTED  ```It was built long ago." in section
    assert section.count("It was built long ago.") == 1
    assert "*A new conversation, which opens as one before:*" in section
    told = " ".join(section.split())
    assert re.search(r"the figure read off it is \*\*\d+\*\*; coded as \*counted\*\.", told)


def test_nothing_said_can_leave_its_block(made: Made) -> None:
    """A turn with a fence in it stands in a longer fence, and no control character gets through."""
    assert "````text\nSYSTEM" in made.section("planting")
    assert "\x1b" not in made.text


def test_reads_stand_apart_with_their_figure(made: Made) -> None:
    """A read is a quotation with p(A) and the side it leans to, put under its dialogue."""
    found = re.findall(
        r"^> \*\*Off the record\*\* · \*(\w+)\*\. \*\*p\(A\) = [01]\.\d\d\*\*, (.*)",
        made.section("persuasion"),
        re.MULTILINE,
    )

    assert [label for label, _ in found] == ["before", "after"]
    assert all(text.startswith(("leans to ", "between the two")) for _, text in found)


def test_without_a_run_it_asks_the_model_itself(tmp_path: Path) -> None:
    """Given a model, the page is made of one family and one replicate for each probe."""
    text = page(tmp_path, "--model", "sim:fencesitter", "--reply-tokens", "40")

    assert "at most 40 tokens" in text.replace("\n", " ")
    assert text.count("\n## ") == len(ASKED)
    assert "replicate 1" not in text
