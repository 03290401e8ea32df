"""Importing Gadfly is cheap: heavy things come in only when they are used."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import gadfly.bot
import gadfly.eval
import gadfly.probes
import gadfly.scenarios

HEAVY = ("torch", "transformers", "textual", "vllm", "datasets", "pyarrow", "inspect_ai")
STARTED = ("vllm.supervisor", "inspect_tasks")
"""Modules that other programs start, and that nothing imports."""


def modules() -> list[str]:
    """Return every module of the four headless layers."""
    found = []
    for package in (gadfly.bot, gadfly.probes, gadfly.scenarios, gadfly.eval):
        found.append(package.__name__)
        walked = pkgutil.walk_packages(package.__path__, package.__name__ + ".")
        found.extend(info.name for info in walked)
    return [name for name in found if not name.endswith(STARTED)]


def test_no_module_imports_anything_heavy() -> None:
    """All modules together load none of torch, transformers, textual nor datasets."""
    code = (
        "import importlib, sys\n"
        f"for name in {modules()!r}:\n    importlib.import_module(name)\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_help_imports_no_numerics() -> None:
    """`gadfly --help` loads none of numpy, scipy, pydantic, httptools, rich: it is instant."""
    code = (
        "import sys\n"
        "sys.argv = ['gadfly', '--help']\n"
        "from gadfly.eval.cli import main\n"
        "try:\n    main()\nexcept SystemExit as e:\n    assert e.code == 0\n"
        "heavy = ('numpy', 'scipy', 'pydantic', 'httptools', 'rich', 'yaml', 'torch')\n"
        "print([m for m in heavy if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stderr.strip() == "[]"
    assert "Question a model and report what was found." in done.stdout


@pytest.mark.parametrize("layer", ["bot", "probes", "scenarios", "eval", "tui"])
def test_no_layer_is_a_top_level_package(layer: str) -> None:
    """The folders install under `gadfly` only; nobody's `import eval` finds ours."""
    code = f"import importlib.util as u, sys; print(u.find_spec({layer!r}))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
    )

    assert done.stdout.strip() == "None"
