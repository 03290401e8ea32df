"""A tiny model with random weights, made here, and the default model, loaded once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from gadfly.bot.inprocess.limits import Limits
from gadfly.bot.inprocess.respondent import InProcess, in_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEMPLATE = (
    "{% for m in messages %}{% if m.role == 'system' and m.content == 'refuse' %}"
    "{{ raise_exception('no such system') }}{% endif %}"
    "{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def byte_tokenizer(template: str | None = TEMPLATE) -> PreTrainedTokenizerFast:
    """Return a tokenizer with one token per byte and the two chat marks."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    raw = Tokenizer(models.BPE(vocab={c: i for i, c in enumerate(alphabet)}, merges=[]))
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=raw, eos_token="<|im_end|>", model_max_length=512
    )
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|im_start|>"]})
    tokenizer.chat_template = template
    return tokenizer


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder of a few kilobytes: two layers, grouped heads, random weights."""
    folder: Path = tmp_path_factory.mktemp("models") / "tiny"
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=258,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=512,
        initializer_range=0.5,
        eos_token_id=256,
        bos_token_id=None,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    byte_tokenizer().save_pretrained(folder)
    return folder


def open_now(respondent: InProcess) -> InProcess:
    """Open a respondent from a test that has no event loop yet."""
    asyncio.run(respondent.open(lambda _: None))
    return respondent


@pytest.fixture
def tiny(tiny_folder: Path) -> Iterator[InProcess]:
    """An opened respondent over the tiny model, with an empty prefix store."""
    respondent = open_now(in_process(f"hf:{tiny_folder}"))
    yield respondent
    asyncio.run(respondent.aclose())


@pytest.fixture
def endless(tiny_folder: Path) -> Iterator[InProcess]:
    """The tiny model, four answers at a time, each running to its max_tokens."""
    respondent = InProcess(
        "hf:endless",
        lambda _: tiny_folder,
        name="endless",
        limits=Limits(max_batch=4, stops=False),
    )
    yield open_now(respondent)
    asyncio.run(respondent.aclose())


@pytest.fixture(scope="session")
def smollm2() -> Iterator[InProcess]:
    """The default model, opened once for all tests."""
    respondent = open_now(in_process("smollm2"))
    yield respondent
    asyncio.run(respondent.aclose())
