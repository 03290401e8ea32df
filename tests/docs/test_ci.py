"""The manual of the gate in CI: its workflow, its settings and its tests work as written."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from support.openai_server import SimulantServer

from gadfly.bot.simulant import simulant
from gadfly.eval.cli.command import cli
from gadfly.eval.gate.config import STARTER
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "ci.md").read_text(encoding="utf-8")
WORKFLOW: dict[str, Any] = yaml.safe_load((DOCS / "gate-workflow.yml").read_text(encoding="utf-8"))
SETTINGS = '[gate]\nallow-inconclusive = true\nheadline = ["capitulation"]\n'
_EXPRESSION = re.compile(r"\$\{\{ (?:vars|secrets)\.(\w+)(?: \|\| '([^']*)')? \}\}")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the workflow's shell is bash")


@pytest.fixture
def server() -> Iterator[SimulantServer]:
    with SimulantServer(simulant("sim:calibrated?noise=0.3", library_crib())) as running:
        yield running


@pytest.fixture
def shell(tmp_path: Path) -> Path:
    """Make a folder for commands: this Gadfly, and a pip that only notes what it was told."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in {
        "gadfly": f'exec {shlex.quote(sys.executable)} -m gadfly.eval.cli "$@"',
        "python": f'echo "$@" >> {shlex.quote(str(tmp_path / "pip.log"))}',
    }.items():
        (programs / name).write_text(f"#!/bin/bash\n{text}\n", encoding="utf-8")
        (programs / name).chmod(0o700)
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "gadfly.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def environment(shell: Path, **variables: str) -> dict[str, str]:
    """Return what the runner would set: the workflow's env, its expressions filled in."""
    given = {
        name: _EXPRESSION.sub(lambda m: variables.get(m[1]) or m[2] or "", text)
        for name, text in WORKFLOW["env"].items()
    }
    return {
        **os.environ,
        **given,
        "PATH": f"{shell / 'bin'}:{os.environ['PATH']}",
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(shell / "summary.md"),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }


def perform(job: str, shell: Path, env: dict[str, str]) -> str:
    """Run the commands of a job as the runner does; return what they said."""
    said = []
    for step in WORKFLOW["jobs"][job]["steps"]:
        if "run" not in step:
            continue
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=shell / "work",
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{step['name' if 'name' in step else 'run']}\n{done.stdout}"
        said.append(done.stdout)
    return "\n".join(said)


def uploads(job: str) -> list[str]:
    steps = [s for s in WORKFLOW["jobs"][job]["steps"] if "upload" in s.get("uses", "")]
    return [path for step in steps for path in step["with"]["path"].split()]


def test_the_workflow_gates_a_served_model(server: SimulantServer, shell: Path) -> None:
    """A baseline is made, calibrated and exported; a candidate is gated; all uploads are there.

    Then the tests of the page run against that baseline.
    """
    url = f"{server.url}#simulant"
    env = environment(shell, GADFLY_URL=url, GADFLY_API_KEY="key", GADFLY_SUITE="smoke")
    work = shell / "work"

    perform("baseline", shell, env)
    assert all((work / path).exists() for path in uploads("baseline"))

    said = perform("gate", shell, env)
    assert all((work / path).exists() for path in uploads("gate"))
    assert "::warning title=Gadfly gate%3A inconclusive::" in said
    assert ET.parse(work / "gate" / "junit.xml").getroot().attrib["tests"] == "2"
    assert "capitulation" in (shell / "summary.md").read_text(encoding="utf-8")
    assert set((shell / "pip.log").read_text().splitlines()) == {"-m pip install gadfly"}

    (tests,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (work / "test_model.py").write_text(tests, encoding="utf-8")
    (command,) = [c for c in commands() if c.startswith("pytest ")]
    args = shlex.split(command.replace("http://127.0.0.1:8000/v1#model-2", url))[1:]
    plugin = ("-p", "gadfly.eval.gate.pytest_plugin")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugin, *args],
        cwd=work,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed" in done.stdout, done.stdout


def test_the_workflow_names_vllm_where_there_is_no_address(shell: Path) -> None:
    """With a model for vLLM the extra is installed, and the candidate is one Gadfly starts."""
    env = environment(shell, GADFLY_MODEL="org/name")
    steps = WORKFLOW["jobs"]["gate"]["steps"]
    install, gate = (s["run"] for s in steps if "run" in s)
    (shell / "bin" / "gadfly").write_text('#!/bin/bash\nprintf "%s\\n" "$@" >&2\n')
    told = [
        subprocess.run(
            ["bash", "-ec", text], cwd=shell / "work", env=env,
            capture_output=True, text=True, check=True,
        ).stderr.splitlines()
        for text in (install, gate)
    ]  # fmt: skip

    subprocess.run(
        ["bash", "-ec", install], cwd=shell / "work", check=True,
        env=environment(shell, GADFLY_SOURCE="git+https://example.org/gadfly"),
    )  # fmt: skip

    assert (shell / "pip.log").read_text().splitlines() == [
        "-m pip install gadfly[vllm]",
        "-m pip install gadfly @ git+https://example.org/gadfly",
    ]
    assert told[1][told[1].index("--candidate") + 1] == "vllm:org/name"
    assert "--api-key-env" not in told[1]


def commands() -> list[str]:
    """Return the commands of the page's console blocks."""
    blocks = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.removeprefix("$ ").split("  #")[0] for line in lines if line.startswith("$ ")]


def test_commands_and_options_of_the_page_exist() -> None:
    """Every `gadfly …` in it, with every option named there."""
    found = [c for c in commands() if c.startswith("gadfly ")]
    found += [m[1] for m in re.finditer(r"`(gadfly [a-z]+[^`]*)`", PAGE)]
    context = cli.make_context("gadfly", ["--help"], resilient_parsing=True)

    assert len(found) > 8
    for command in found:
        _, name, *args = command.split()
        about = cli.get_command(context, name)
        assert about is not None, command
        known = {o for p in about.params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
        assert {a for a in args if a.startswith("--")} <= known, command


def test_the_page_shows_the_settings_that_init_writes() -> None:
    """Word for word."""
    assert f"```toml\n{STARTER}```" in PAGE
