"""Defaults from `gadfly.toml` in the working folder: `[run]` sets defaults of `gadfly run`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from gadfly.bot.errors import ConfigError, unknown

FILE = "gadfly.toml"

RUN_KEYS = frozenset(
    {
        "model",
        "temperature",
        "readout",
        "concurrency",
        "replicates",
        "limit",
        "seed",
        "out",
        "system",
        "api-key-env",
        "header",
        "timeout",
        "max-calls",
        "max-tokens",
        "reply-tokens",
        "judge",
        "judge-key-env",
        "dtype",
        "vllm-python",
        "vllm-arg",
    }
)
"""Options of `gadfly run` that may stand in the file, spelled as on the command line."""

_TABLES = frozenset({"run", "gate"})


def defaults(folder: Path | None = None) -> dict[str, Any]:
    """Return click's default map from the file in `folder` (the working folder); {} without one.

    Raises:
        ConfigError: The file is not TOML, or sets something unknown (near names are listed).
    """
    path = (folder or Path.cwd()) / FILE
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as e:
        raise ConfigError(f"{FILE}: cannot be read: {e.strerror}") from e
    try:
        tables = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise ConfigError(f"{FILE}: not valid TOML: {e}") from e
    for name in tables:
        if name not in _TABLES:
            raise unknown(f"table in {FILE}", name, _TABLES)
    run = tables.get("run", {})
    if not isinstance(run, dict):
        raise ConfigError(f"{FILE}: [run] must be a table")
    for name in run:
        if name not in RUN_KEYS:
            raise unknown(f"setting in [run] of {FILE}", name, RUN_KEYS)
    return {"run": {name.replace("-", "_"): value for name, value in run.items()}}
