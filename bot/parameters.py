"""How large a model is and of what kind, by its own files: no weights are loaded for it."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gadfly.bot import weights
from gadfly.bot.errors import ConfigError

_HEADER_MAX = 100_000_000
"""Longest header of a weights file that is believed, in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnConfig:
    """What a model's folder says of it."""

    parameters: int
    """Numbers in its weights, tied ones once."""
    kind: str
    """`model_type` of its config: models of one kind differ in size, others in more."""


def own_config(spec: str, revision: str) -> OwnConfig | None:
    """Return what the folder of a spec says; None where there is none, or it has other weights.

    `revision` is that of the identity that answered. A sparring bot is as large as the model
    beneath it. Blocks: weights that were never hashed before are.
    """
    folder = _folder(spec.removeprefix("spar:"))
    if folder is None or not (folder / "config.json").is_file():
        return None
    try:
        if revision and weights.revision(folder) != revision:
            return None
        parameters = sum(_numbers(file) for file in sorted(folder.glob("*.safetensors")))
        kind = str(json.loads((folder / "config.json").read_bytes()).get("model_type", ""))
    except (OSError, ValueError, AttributeError, ConfigError):
        return None
    return OwnConfig(parameters=parameters, kind=kind) if parameters else None


def _folder(spec: str) -> Path | None:
    scheme, _, name = spec.partition(":")
    if spec == "smollm2":
        return weights.cache_dir() / "smollm2" / weights.MODEL_NAME
    if scheme not in ("hf", "vllm") or not name:
        return None
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    home = Path(os.environ.get("HF_HOME", "~/.cache/huggingface")).expanduser()
    snapshots = home / "hub" / f"models--{name.replace('/', '--')}" / "snapshots"
    found = sorted(snapshots.glob("*")) if snapshots.is_dir() else []
    return found[-1] if found else None


def _numbers(file: Path) -> int:
    """Count the numbers in a safetensors file by its header.

    Raises:
        ValueError: It is no such file.
    """
    with file.open("rb") as opened:
        length = int.from_bytes(opened.read(8), "little")
        if length > _HEADER_MAX:
            raise ValueError(f"{file.name} has no header of weights")
        header: dict[str, dict[str, Any]] = json.loads(opened.read(length))
    return sum(
        math.prod(tensor["shape"]) for name, tensor in header.items() if name != "__metadata__"
    )
