"""What a user can set about a server that Gadfly starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadfly.bot.server import ServerSettings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class VllmSettings:
    """How vLLM is started and spoken to."""

    python: str | None = None
    """Interpreter that has vLLM; None takes `GADFLY_VLLM_PYTHON`, else the current one."""
    dtype: str | None = None
    """None: float32 on the CPU, where reads then repeat exactly; the model's own on a GPU."""
    arguments: tuple[str, ...] = ()
    """Passed to vLLM as they are, after ours, so that they win."""
    ready_timeout_s: float = 300.0
    log: Path | None = None
    """Where its output goes; None makes a temporary file, removed after a normal end."""
    server: ServerSettings = field(default_factory=ServerSettings)


def option(arguments: Sequence[str], name: str) -> str | None:
    """Return the last value given for a command-line option, as ``--name value`` or ``=value``."""
    value = None
    for place, argument in enumerate(arguments):
        if argument == name and place + 1 < len(arguments):
            value = arguments[place + 1]
        elif argument.startswith(f"{name}="):
            value = argument.partition("=")[2]
    return value
