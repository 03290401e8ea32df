"""Load a model folder into memory, and find out what it is."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gadfly.bot import weights
from gadfly.bot.errors import ConfigError, RespondentError
from gadfly.bot.identity import Identity
from gadfly.bot.inprocess.chat import Chat
from gadfly.bot.inprocess.dequantise import NEEDS_LOCAL
from gadfly.bot.inprocess.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")
_HUB_FILES = ("*.safetensors", "*.json", "*.jinja", "*.model", "*.txt")
_DTYPES = ("float32", "bfloat16", "float16")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A model in memory."""

    model: Any
    chat: Chat
    ends: frozenset[int]
    identity: Identity
    context_tokens: int
    window_note: str
    """One sentence where a sliding window shortens the usable context, else empty."""


def require_local() -> None:
    """Refuse early, with the remedy, when PyTorch or Transformers is not installed.

    Raises:
        ConfigError: One of them is missing.
    """
    for module in ("torch", "transformers"):
        if importlib.util.find_spec(module) is None:
            raise ConfigError(NEEDS_LOCAL.format(missing=module))


def find(name: str, talk: Callable[[str], None]) -> Path:
    """Return the folder of `hf:NAME`: a local folder, or a hub model fetched if need be.

    Raises:
        ConfigError: It is neither a folder with a model nor a name a hub could know, or the hub
            does not know it.
        RespondentError: The hub cannot be reached.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        if not (folder / "config.json").is_file():
            raise ConfigError(f"no model in the folder {name!r}: it has no config.json")
        return folder
    if not _HUB_NAME.fullmatch(name):
        raise ConfigError(f"no such model folder: {name!r}")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import (
        HfHubHTTPError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
    )

    talk(f"Looking for {name} (downloaded the first time)")
    try:
        return Path(snapshot_download(name, allow_patterns=list(_HUB_FILES)))
    except RepositoryNotFoundError as e:
        raise ConfigError(
            f"the model hub has no {name!r}, or it is gated and you are not logged in"
        ) from e
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as e:
        raise RespondentError(
            f"could not download {name!r} ({type(e).__name__}: {_line(e)}); with the "
            "model in a folder use hf:FOLDER"
        ) from e


def load(folder: Path, name: str, dtype: str | None, talk: Callable[[str], None]) -> Loaded:
    """Load a folder onto the GPU if there is one, else the CPU.

    `dtype` None means float32 on the CPU, where reads then repeat exactly, bfloat16 on a GPU.

    Raises:
        ConfigError: It is no chat model that can be loaded.
        RespondentError: It does not fit the memory.
    """
    import torch
    import transformers

    device = _device()
    dtype = dtype or ("float32" if device == "cpu" else "bfloat16")
    if dtype not in _DTYPES:
        raise ConfigError(f"unknown dtype {dtype!r}: known: {', '.join(_DTYPES)}")
    talk(f"Loading {name} ({dtype}, {device})")
    verbosity = transformers.utils.logging.get_verbosity()
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = transformers.AutoModelForCausalLM.from_pretrained(
            folder, dtype=getattr(torch, dtype), local_files_only=True
        )
        model = model.to(device).eval()
    except torch.OutOfMemoryError as e:
        raise RespondentError(f"{name!r} does not fit the memory of {device}") from e
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as e:
        raise ConfigError(f"cannot load {name!r}: {_line(e)}") from e
    finally:
        transformers.utils.logging.set_verbosity(verbosity)
    # A prompt that is too long is refused before it is run; the tokenizer need not warn of it.
    tokenizer.deprecation_warnings["sequence-length-is-longer-than-the-specified-maximum"] = True
    chat = Chat(tokenizer, name=name)
    config = model.config.get_text_config()
    context, note = _context(config, tokenizer)
    return Loaded(
        model=model,
        chat=chat,
        ends=chat.ends(model.generation_config.eos_token_id if model.generation_config else None),
        identity=Identity(
            model=name,
            revision=weights.revision(folder),
            template=chat.template_hash,
            dtype=dtype,
            server=f"transformers-{transformers.__version__}",
        ),
        context_tokens=context,
        window_note=note,
    )


def device_name() -> str:
    """Return what models will run on, for people: "GPU NVIDIA …", "GPU (mps)", "CPU"."""
    import torch

    if torch.cuda.is_available():
        return f"GPU {torch.cuda.get_device_name(0)}"
    return "GPU (mps)" if torch.backends.mps.is_available() else "CPU"


def _line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _device() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _context(config: Any, tokenizer: Any) -> tuple[int, str]:
    """Return the usable context, and what to say where a sliding window shortens it."""
    longest = int(getattr(config, "max_position_embeddings", None) or 2048)
    longest = min(longest, int(tokenizer.model_max_length))
    window = getattr(config, "sliding_window", None)
    has_kinds = bool(getattr(config, "layer_types", None))
    if window and not has_kinds and window < longest:
        return int(window), (
            f"Conversations are limited to its attention window of {window} tokens in this process."
        )
    return longest, ""


def shown(name: str) -> str:
    """Return the name a model goes by: never a path."""
    folder = Path(name).expanduser()
    return folder.resolve().name if folder.is_dir() or not _HUB_NAME.fullmatch(name) else name


def limits_for(device: Any) -> Limits:
    """Return how much to do at once: by free memory on a GPU, modest on a CPU."""
    if device.type != "cuda":
        return Limits()
    import torch

    free, _ = torch.cuda.mem_get_info(device)
    return Limits(
        max_batch=64,
        max_nodes=2048,
        max_columns=6144,
        rows_bytes=int(free * 0.25),
        kept_bytes=int(free * 0.2),
    )
