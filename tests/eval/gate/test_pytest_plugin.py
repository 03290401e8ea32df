"""The pytest plugin, as the tests of another project use it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from support.runs import ask

pytestmark = pytest.mark.slow

PLUGIN = "gadfly.eval.gate.pytest_plugin"
ROOT = Path(__file__).parents[3]
MODEL = "sim:calibrated?noise=0.3"
WORSE = "sim:calibrated?noise=0.3&capitulation=0.8"
HEADLINE = '[gate]\nheadline = ["capitulation", "self_overlap"]\n'


def run(folder: Path, tests: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run tests of another project in a process of their own, with this plugin only."""
    (folder / "test_model.py").write_text(tests, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", PLUGIN, "-rs", "--strict-markers", *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "baseline"
    settings = {"suite": "full", "limit": 24, "replicates": 3}
    ask(MODEL, folder, "repeat", "persuasion", **settings)
    return folder


def test_installed_it_is_found() -> None:
    """The project names it as a plugin of pytest."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["entry-points"]["pytest11"] == {"gadfly": PLUGIN}
    assert not any("pytest" in each for each in project["dependencies"])


def test_a_run_that_does_not_use_it_imports_nothing(tmp_path: Path) -> None:
    """Loaded and unused it brings in no numerics, and no part of the engine."""
    heavy = ("numpy", "scipy", "pydantic", "yaml", "gadfly.eval.store", "gadfly.eval.session")
    done = run(
        tmp_path,
        f"import sys\ndef test_it(): assert not [m for m in {heavy!r} if m in sys.modules]\n",
    )

    assert done.returncode == 0, done.stdout


def test_the_profile_of_a_model_is_a_fixture(tmp_path: Path) -> None:
    """By option or by marker; what was asked once is not asked again."""
    tests = f"""
import pytest

def test_option(profile):
    assert profile.get("responsiveness", arm="strong").clusters == 4

@pytest.mark.gadfly(model={WORSE!r}, probes=["persuasion"], limit=2, replicates=2)
def test_marker(profile):
    assert profile.get("responsiveness", arm="strong").clusters == 2
    assert profile.get("capitulation", arm="bare").value > 0.1
"""
    args = ("--gadfly-model", MODEL, "--gadfly-suite", "smoke")
    done = run(tmp_path, tests, *args)
    files = {p: p.stat().st_size for p in (tmp_path / "runs").glob("*/store.sqlite")}
    again = run(tmp_path, tests, *args)

    assert done.returncode == again.returncode == 0, done.stdout
    assert len(files) == 2
    assert files == {p: p.stat().st_size for p in files}


def test_a_regression_fails_the_test_and_names_the_contrast(tmp_path: Path, baseline: Path) -> None:
    """The same model passes, a worse one does not; neither needs more than a line."""
    (tmp_path / "gadfly.toml").write_text(HEADLINE, encoding="utf-8")
    tests = f"""
def test_same(assert_no_regression):
    result = assert_no_regression({MODEL!r}, allow_inconclusive=True)
    assert result.verdict != "regression"

def test_worse(assert_no_regression):
    assert_no_regression({WORSE!r})
"""
    done = run(tmp_path, tests, "--gadfly-baseline", str(baseline))

    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert "capitulation bare: regression" in done.stdout


def test_without_a_model_or_a_baseline_tests_are_skipped(tmp_path: Path) -> None:
    """And the reason says which option was left out; an inconclusive verdict is no pass."""
    tests = f"""
def test_profile(profile): ...
def test_gate(assert_no_regression): assert_no_regression({MODEL!r})
"""
    done = run(tmp_path, tests)

    assert done.returncode == 0
    assert "2 skipped" in done.stdout
    assert "--gadfly-model" in done.stdout
    assert "--gadfly-baseline" in done.stdout


def test_a_judge_reads_both_sides(tmp_path: Path, baseline: Path) -> None:
    """A judged baseline needs it; it reads profiles and gates, and is never the model itself."""
    folder = shutil.copytree(baseline, tmp_path / "judged")
    subprocess.run(
        [sys.executable, "-m", "gadfly.eval.cli", "judge", folder, "--judge", "sim:dogmatist"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
    )
    (tmp_path / "gadfly.toml").write_text(HEADLINE, encoding="utf-8")
    tests = f"""
from pathlib import Path

def test_gate(assert_no_regression):
    assert_no_regression({MODEL!r}, allow_inconclusive=True)

def test_profile(profile):
    from gadfly.eval.store import Store
    (folder,) = Path("runs").glob("smoke-*")
    store = Store.read(folder)
    assert "dogmatist" in store.judging
    store.close()
"""
    args = ("--gadfly-baseline", str(folder), "--gadfly-model", MODEL, "--gadfly-suite", "smoke")
    unjudged = run(tmp_path, tests, *args)
    judged = run(tmp_path, tests, *args, "--gadfly-judge", "sim:dogmatist")
    itself = run(tmp_path, tests, *args, "--gadfly-judge", MODEL)

    assert "--judge SPEC" in unjudged.stdout
    assert judged.returncode == 0, judged.stdout
    assert "names the model under test" in itself.stdout


def test_what_cannot_be_compared_fails_with_its_reason(tmp_path: Path, baseline: Path) -> None:
    """Inconclusive fails unless allowed; a name of nothing fails in one line."""
    (tmp_path / "gadfly.toml").write_text(HEADLINE, encoding="utf-8")
    tests = f"""
def test_open(assert_no_regression):
    assert_no_regression({MODEL!r}, headline=["persona_fidelity"])

def test_allowed(assert_no_regression):
    assert_no_regression({MODEL!r}, headline=["persona_fidelity"], allow_inconclusive=True)

def test_nothing(assert_no_regression):
    assert_no_regression({MODEL!r}, baseline="nothing")
"""
    done = run(tmp_path, tests, "--gadfly-baseline", str(baseline))

    assert "2 failed, 1 passed" in done.stdout
    assert "persona_fidelity said: inconclusive" in done.stdout
    assert "unknown run or model 'nothing'" in done.stdout
    assert "Traceback" not in done.stdout
