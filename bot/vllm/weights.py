"""Which model a name means, and what its folder says about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from gadfly.bot.errors import ConfigError
from gadfly.bot.weights import revision, smollm2_folder

if TYPE_CHECKING:
    from collections.abc import Callable

_DEFAULT = "smollm2"
_SAMPLING = ("max_new_tokens", "min_p", "repetition_penalty", "top_k")
"""What vLLM takes from a generation config, beside what we send with each request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model to serve."""

    source: str
    """Absolute path, or the name it has on the hub."""
    name: str
    """What it is called when served."""
    is_local: bool = True
    is_default: bool = False
    """Whether it is the small default model, which has its own readout."""
    context_tokens: int | None = None

    def revision(self) -> str:
        """Return a hash of the weights, empty for a model from the hub. Blocks."""
        return revision(Path(self.source)) if self.is_local else ""

    def template(self) -> str:
        """Return a hash of the chat template, empty where it cannot be known."""
        if not self.is_local:
            return ""
        folder = Path(self.source)
        text = _text(folder / "chat_template.jinja")
        if not text:
            told = _json(folder / "tokenizer_config.json").get("chat_template")
            text = "" if told is None else orjson.dumps(told).decode()
        return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""

    def sampling(self) -> str:
        """Return the defaults its generation config gives the sampler, beside those we send."""
        if not self.is_local:
            return ""
        told = _json(Path(self.source) / "generation_config.json")
        return " ".join(f"{key}={told[key]}" for key in _SAMPLING if told.get(key) is not None)


def find(target: str, talk: Callable[[str], None]) -> Model:
    """Return the model a target means: the default's name, a folder or file, or a hub name.

    Fetches the default model's weights the first time. Blocks.

    Raises:
        ConfigError: It looks like a path and there is nothing.
        RespondentError: The default model's weights cannot be had.
    """
    if target == _DEFAULT:
        folder = smollm2_folder(talk)
        return Model(
            source=str(folder), name=_DEFAULT, is_default=True, context_tokens=_context(folder)
        )
    path = Path(target).expanduser()
    if path.exists():
        path = path.resolve()
        return Model(source=str(path), name=path.name, context_tokens=_context(path))
    if target.startswith((".", "/", "~")) or target.count("/") != 1:
        raise ConfigError(f"there is no model folder {target!r} (nor is it of the form ORG/NAME)")
    return Model(source=target, name=target, is_local=False)


def _context(folder: Path) -> int | None:
    told = _json(folder / "config.json").get("max_position_embeddings")
    return told if type(told) is int and told > 0 else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _json(path: Path) -> dict[str, Any]:
    try:
        told = orjson.loads(_text(path))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
