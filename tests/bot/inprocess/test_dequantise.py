from __future__ import annotations

import errno
import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from gadfly.bot.errors import ConfigError, RespondentError
from gadfly.bot.inprocess import dequantise

gguf = pytest.importorskip("gguf")

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = "{{ messages[0].content }}"


@pytest.fixture
def tiny_gguf(tmp_path: Path) -> Path:
    """A GGUF file of one layer, quantised where SmolLM2's is."""
    path = tmp_path / "tiny.gguf"
    generator = np.random.default_rng(0)
    tokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", *"abcdefgh", "ab"]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(64)
    writer.add_embedding_length(32)
    writer.add_block_count(1)
    writer.add_feed_forward_length(64)
    writer.add_head_count(2)
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(tokens)
    writer.add_token_merges(["a b"])
    writer.add_token_types([3, 3, 3] + [1] * 9)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_pad_token_id(2)
    writer.add_chat_template(TEMPLATE)
    shapes = {"attn_q": (32, 32), "attn_k": (16, 32), "attn_v": (16, 32), "attn_output": (32, 32)}
    shapes |= {"ffn_gate": (64, 32), "ffn_up": (64, 32), "ffn_down": (32, 64)}
    kind = gguf.GGMLQuantizationType.Q4_1
    for name, shape in shapes.items():
        raw = generator.normal(size=shape).astype(np.float32)
        writer.add_tensor(f"blk.0.{name}.weight", gguf.quants.quantize(raw, kind), raw_dtype=kind)
    for name in ("blk.0.attn_norm", "blk.0.ffn_norm", "output_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(32, dtype=np.float32))
    embedding = generator.normal(size=(len(tokens), 32)).astype(np.float32)
    writer.add_tensor("token_embd.weight", embedding)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_a_gguf_becomes_a_folder_in_float32(tiny_gguf: Path, tmp_path: Path) -> None:
    """Weights, tokenizer and chat template are there, and the folder names no path."""
    folder = tmp_path / "made"
    folder.mkdir()

    dequantise.run(tiny_gguf, folder, name="Tiny")

    model = AutoModelForCausalLM.from_pretrained(folder, dtype="auto")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    assert model.dtype == torch.float32
    assert model(torch.tensor([[3, 4]])).logits.shape == (1, 2, 12)
    assert tokenizer.chat_template == TEMPLATE
    assert tokenizer.encode("ab", add_special_tokens=False) == [11]
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert config["_model_name_or_path"] == "Tiny"
    assert str(tmp_path) not in json.dumps(config)


def test_a_file_that_is_no_gguf_is_refused(tmp_path: Path) -> None:
    """What the converter stumbled over is passed on in one line."""
    (tmp_path / "bad.gguf").write_bytes(b"no")

    with pytest.raises(RespondentError, match=r"could not convert bad\.gguf"):
        dequantise.run(tmp_path / "bad.gguf", tmp_path, name="bad")


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without what converting needs, the message says what to install."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(ConfigError, match=r"gadfly\[local\]"):
        dequantise.run(tmp_path / "x.gguf", tmp_path, name="x")


def test_a_full_disk_is_told_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """When the converter runs out of space, the caller gets the same error as anyone."""
    said = f"SafetensorError: {os.strerror(errno.ENOSPC)} (os error 28)"

    def full(*given: Any, **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(given, 1, "", said)

    monkeypatch.setattr(subprocess, "run", full)

    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as raised:
        dequantise.run(tmp_path / "x.gguf", tmp_path, name="x")
    assert raised.value.errno == errno.ENOSPC
