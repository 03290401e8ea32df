"""Run folders: where they are by default, and which one the user means."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from gadfly.bot.errors import ConfigError, unknown
from gadfly.eval.manifest import FILE

RUNS = Path("runs")


def folder_name(suite: str, spec: str, *parts: str) -> str:
    """Return the default folder name of a run: the same for the same command."""
    shown = re.sub(r"^https?://", "", spec)
    slug = re.sub(r"[^a-z0-9.]+", "-", shown.lower()).strip("-.")[:40] or "model"
    h = hashlib.blake2b("\0".join((suite, spec, *parts)).encode(), digest_size=4)
    return f"{suite}-{slug}-{h.hexdigest()}"


def find_run(name: str | None) -> Path:
    """Return the folder of a run: a path, a name under `runs/`, or the latest for None.

    Raises:
        ConfigError: There is no such run; near names are listed.
    """
    known = sorted(p.parent for p in RUNS.glob(f"*/{FILE}"))
    if name is None:
        if not known:
            raise ConfigError("there is no run in ./runs yet: start one with `gadfly run`")
        return max(known, key=lambda p: (p / FILE).stat().st_mtime)
    for folder in (Path(name), RUNS / name):
        if folder.is_dir():
            return folder
    raise unknown("run", name, [p.name for p in known], hint="a folder, or a name under ./runs")
