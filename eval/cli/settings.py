"""Settings from `gadfly.toml` in the working folder.

`[run]` sets defaults of `gadfly run`; `[gate]` sets those of `gadfly gate` and says what a gate
holds a candidate to (`gadfly.eval.gate.config`); `[keys]` sets keys of the terminal UI.
"""

from __future__ import annotations

import os
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

GATE_KEYS = frozenset(
    {
        "baseline",
        "baseline-model",
        "baseline-key-env",
        "candidate",
        "system",
        "sampling",
        "concurrency",
        "api-key-env",
        "header",
        "timeout",
        "judge",
        "judge-key-env",
        "dtype",
        "vllm-python",
        "vllm-arg",
        "out",
    }
)
"""Options of `gadfly gate` that may stand in the file; the rest of [gate] is `gate_table`."""

_TABLES = frozenset({"run", "gate", "keys"})
KEYS_FILE = "GADFLY_KEYS"
"""Variable that names a file of keys, for all folders."""


def defaults(folder: Path | None = None) -> dict[str, Any]:
    """Return click's default map from the file in `folder` (the working folder); {} without one.

    Raises:
        ConfigError: The file is not TOML, or sets something unknown (near names are listed).
    """
    tables = _tables(folder)
    run = _table(tables, "run")
    for name in run:
        if name not in RUN_KEYS:
            raise unknown(f"setting in [run] of {FILE}", name, RUN_KEYS)
    gate = {name: value for name, value in _table(tables, "gate").items() if name in GATE_KEYS}
    found = {"run": _as_options(run), "gate": _as_options(gate)}
    return {command: options for command, options in found.items() if options}


def gate_table(folder: Path | None = None) -> dict[str, Any]:
    """Return what [gate] says beside defaults of options, unchecked; {} without it.

    Raises:
        ConfigError: As `defaults`.
    """
    gate = _table(_tables(folder), "gate")
    return {name: value for name, value in gate.items() if name not in GATE_KEYS}


def keys_table(folder: Path | None = None) -> tuple[dict[str, Any], str]:
    """Return keys of the user's own, unchecked, and where they stand; {} without any.

    [keys] of the file goes before the file that `GADFLY_KEYS` names, whose keys are at its top.

    Raises:
        ConfigError: As `defaults`; the file named is not there or not TOML.
    """
    named = os.environ.get(KEYS_FILE)
    general: dict[str, Any] = {}
    if named:
        try:
            general = tomllib.loads(Path(named).expanduser().read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
            raise ConfigError(f"{KEYS_FILE}: {named!r} cannot be read: {e}") from e
    own = _table(_tables(folder), "keys")
    places = [name for name, table in ((f"[keys] of {FILE}", own), (KEYS_FILE, general)) if table]
    return {**general, **own}, " or ".join(places)


def add_gate_table(text: str, folder: Path | None = None) -> Path:
    """Write a [gate] table into the file, at its end where there is one; return its path.

    Raises:
        ConfigError: The file has such a table already, is not TOML, or cannot be written.
    """
    path = (folder or Path.cwd()) / FILE
    if "gate" in _tables(folder):
        raise ConfigError(f"{FILE} has a [gate] table already: nothing was changed")
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(("\n" if file.tell() else "") + text)
    except OSError as e:
        raise ConfigError(f"{FILE}: cannot be written: {e.strerror}") from e
    return path


def _tables(folder: Path | None) -> dict[str, Any]:
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
    return tables


def _table(tables: dict[str, Any], name: str) -> dict[str, Any]:
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise ConfigError(f"{FILE}: [{name}] must be a table")
    return table


def _as_options(table: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("-", "_"): value for name, value in table.items()}
