from __future__ import annotations

from typing import Any

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from gadfly.bot.call import Sampling
from gadfly.bot.inprocess.batch import Batch, Row, Write
from gadfly.bot.inprocess.network import Network
from gadfly.bot.inprocess.pack import Line, plan
from gadfly.bot.inprocess.prefix import PrefixStore

LONG, SHORT = tuple(range(3, 43)), (9, 8, 7)


@pytest.fixture
def network() -> Network:
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=60,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        initializer_range=0.5,
    )
    return Network(LlamaForCausalLM(config).eval())


def row(tokens: tuple[int, ...], max_tokens: int = 30) -> Row:
    return Row(Write(tokens, Sampling(temperature=0.0, max_tokens=max_tokens), 0))


def prefilled(network: Network, tokens: tuple[int, ...]) -> tuple[Any, Any]:
    line = Line(tokens, range(len(tokens) - 1, len(tokens)))
    states, logits = network.run(plan([line], PrefixStore(0)))
    return states[:, :, 0], logits


def written_alone(network: Network, tokens: tuple[int, ...], n: int) -> list[int]:
    alone = row(tokens)
    batch = Batch(network, frozenset(), budget_bytes=0)
    states, logits = prefilled(network, tokens)
    batch.join([alone], [states], logits)
    for _ in range(n - 1):
        batch.step()
    return alone.written


def test_garbage_of_an_earlier_row_never_reaches_a_later_one(network: Network) -> None:
    """A row that takes the place of one with broken states writes what it writes alone."""
    with torch.inference_mode():
        batch = Batch(network, frozenset(), budget_bytes=1 << 30)
        states, logits = prefilled(network, LONG)
        kept, broken, later = row(LONG), row(LONG), row(SHORT)
        batch.join([kept, broken], [states, states * torch.nan], logits.expand(2, -1))
        broken.job.future.cancel()
        batch.step()
        states, logits = prefilled(network, SHORT)
        batch.join([later], [states], logits)
        for _ in range(9):
            batch.step()

        assert later.written == written_alone(network, SHORT, 10)
        assert kept.written == written_alone(network, LONG, 11)


def test_a_longer_row_pushes_the_others_aside(network: Network) -> None:
    """A row that joins with more tokens than any running one changes nothing for them."""
    with torch.inference_mode():
        batch = Batch(network, frozenset(), budget_bytes=1 << 30)
        rows = [row(SHORT), row(LONG)]
        for joining in rows:
            states, logits = prefilled(network, joining.job.prompt)
            batch.join([joining], [states], logits)
            batch.step()
        for _ in range(8):
            batch.step()

        assert rows[0].written == written_alone(network, SHORT, 11)
        assert rows[1].written == written_alone(network, LONG, 10)


def test_an_answer_of_one_token_never_runs(network: Network) -> None:
    """A row whose first token is its last is returned by joining."""
    with torch.inference_mode():
        batch = Batch(network, frozenset(), budget_bytes=1 << 30)
        states, logits = prefilled(network, SHORT)
        only = row(SHORT, max_tokens=1)

        assert batch.join([only], [states], logits) == [(only, "length")]
        assert batch.rows == []
        assert batch.step() == []


def test_room_is_counted_to_the_end_of_every_answer(network: Network) -> None:
    """A row has room when all rows fit at their full length; a lone one always has."""
    # 2 rows x (3 prompt + 30 written tokens) x bytes per token
    batch = Batch(network, frozenset(), budget_bytes=2 * 33 * network.token_bytes)

    assert batch.has_room(row(LONG, max_tokens=1000), [])
    assert batch.has_room(row(SHORT), [row(SHORT)])
    assert not batch.has_room(row(SHORT), [row(SHORT, max_tokens=31)])
    assert not batch.has_room(row(SHORT), [row(SHORT), row(SHORT)])
