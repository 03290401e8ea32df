"""Turn a GGUF file into a Transformers folder in float32.

Run as a program of its own (`run`), so that its memory, its progress bars and its warnings stay out
of the user's process.
"""

from __future__ import annotations

import errno
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from gadfly.bot.errors import ConfigError, RespondentError

NEEDS_LOCAL = (
    "a model in this process needs PyTorch and Transformers ({missing} is missing): "
    "pip install 'gadfly[local]'"
)


def run(gguf: Path, folder: Path, *, name: str) -> None:
    """Write model, configuration, tokenizer and chat template of `gguf` into an empty folder.

    Raises:
        ConfigError: `gadfly[local]` is not installed.
        RespondentError: The conversion failed.
        OSError: The disk is full.
    """
    for module in ("torch", "transformers", "gguf", "accelerate"):
        if importlib.util.find_spec(module) is None:
            raise ConfigError(NEEDS_LOCAL.format(missing=module))
    done = subprocess.run(
        [sys.executable, "-m", "gadfly.bot.inprocess.dequantise", str(gguf), str(folder), name],
        env={**os.environ, "HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return
    if os.strerror(errno.ENOSPC) in done.stderr:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    tail = done.stderr.strip().splitlines()[-1:] or [f"left with {done.returncode}"]
    raise RespondentError(f"could not convert {gguf.name}: {tail[0]}")


def convert(gguf: Path, folder: Path, name: str) -> None:
    """Do the work of `run`, in this process."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    model = AutoModelForCausalLM.from_pretrained(
        gguf.parent,
        gguf_file=gguf.name,
        dtype=torch.float32,
        quantization_config=GgufConfig(dequantize=True),
    )
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    context = int(model.config.max_position_embeddings)
    _amend(folder / "config.json", {"_model_name_or_path": name})
    # The generic class loads in every Transformers a server may bring along.
    _amend(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": context},
        drop=("is_local", "local_files_only", "backend"),
    )
    _amend(folder / "generation_config.json", {}, drop=("_from_model_config",))


def _amend(path: Path, changes: dict[str, Any], *, drop: tuple[str, ...] = ()) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    kept = {k: v for k, v in content.items() if k not in drop}
    path.write_text(json.dumps(kept | changes, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
