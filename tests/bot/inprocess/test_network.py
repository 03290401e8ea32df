from __future__ import annotations

from typing import Any

import pytest
import torch
from transformers import (
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    LlamaConfig,
    LlamaForCausalLM,
    MambaConfig,
    MambaForCausalLM,
)

from gadfly.bot.errors import ConfigError
from gadfly.bot.inprocess.network import Network
from gadfly.bot.inprocess.pack import Line, plan
from gadfly.bot.inprocess.prefix import PrefixStore, block_keys

SMALL: dict[str, Any] = {
    "vocab_size": 60,
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 128,
    "initializer_range": 0.5,
}


def llama() -> Any:
    torch.manual_seed(1)
    return LlamaForCausalLM(LlamaConfig(**SMALL)).eval()


def sliding() -> Any:
    torch.manual_seed(1)
    config = Gemma3TextConfig(
        **SMALL,
        head_dim=8,
        sliding_window=7,
        layer_types=["sliding_attention", "full_attention"],
        query_pre_attn_scalar=8,
    )
    return Gemma3ForCausalLM(config).eval()


def plain(model: Any, tokens: tuple[int, ...]) -> torch.Tensor:
    out: torch.Tensor = model(input_ids=torch.tensor([tokens]), use_cache=False).logits[0]
    return out


TRUNK = tuple(range(3, 43))
LINES = [
    Line((*TRUNK, 50, 51, 52), range(40, 43)),
    Line((*TRUNK, 50, 53), range(39, 42)),
    Line((9, 8, 7), range(3)),
]


@pytest.mark.parametrize("make", [llama, sliding])
class TestNetwork:
    def test_a_pack_gives_what_each_line_gives_alone(self, make: Any) -> None:
        """Packed lines have the logits the model's own forward pass gives them."""
        model = make()
        with torch.inference_mode():
            pack = plan(LINES, PrefixStore(0))
            _, logits = Network(model).run(pack)

            for line, rows in zip(LINES, pack.rows, strict=True):
                expected = plain(model, line.tokens)[list(line.wanted)]
                assert (logits[list(rows)] - expected).abs().max() < 1e-4

    def test_a_single_line_gives_what_it_gives_alone(self, make: Any) -> None:
        """One sequence from its start, which goes without a mask, has the same logits."""
        model = make()
        with torch.inference_mode():
            pack = plan(LINES[:1], PrefixStore(0))
            _, logits = Network(model).run(pack)

            expected = plain(model, LINES[0].tokens)[list(LINES[0].wanted)]
            assert (logits - expected).abs().max() < 1e-4

    def test_a_kept_prefix_changes_nothing(self, make: Any) -> None:
        """Lines that start from kept blocks have the same logits as without them."""
        model = make()
        network = Network(model)
        store = PrefixStore(1 << 20)
        with torch.inference_mode():
            first = plan(LINES, store)
            states, expected = network.run(first)
            for key, start in zip(block_keys(TRUNK), range(0, 40, 16), strict=False):
                columns = list(first.paths[0][start : start + 16])
                store.put(key, states[:, :, 0, :, columns])
            again = plan(LINES, store)

            _, logits = network.run(again)

        assert again.kept == 32
        assert (logits - expected).abs().max() < 1e-4

    def test_rows_decode_as_they_would_alone(self, make: Any) -> None:
        """Two rows of different length, side by side, get the logits of the plain pass."""
        model = make()
        network = Network(model)
        long, short = TRUNK[:20], (9, 8, 7)
        with torch.inference_mode():
            states = network.room(2, 21)
            for row, tokens in enumerate((long, short)):
                line = Line(tokens, range(len(tokens) - 1, len(tokens)))
                own, _ = network.run(plan([line], PrefixStore(0)))
                states[:, :, row, :, 20 - len(tokens) : 20] = own[:, :, 0]

            logits = network.step(states, [50, 51], [20, 3], [0, 17])

            assert (logits[0] - plain(model, (*long, 50))[-1]).abs().max() < 1e-4
            assert (logits[1] - plain(model, (*short, 51))[-1]).abs().max() < 1e-4

    def test_a_model_that_agrees_passes_the_check(self, make: Any) -> None:
        """The self-check accepts models it can lay out."""
        Network(make()).check()


class TestCheck:
    def test_a_recurrent_model_is_refused(self) -> None:
        """A model without keys and values is refused with a way out."""
        config = MambaConfig(vocab_size=60, hidden_size=16, num_hidden_layers=1, state_size=4)

        with pytest.raises(ConfigError, match="serve it instead"):
            Network(MambaForCausalLM(config))

    def test_a_model_that_disagrees_is_refused(self) -> None:
        """A wrong layout is noticed before any number comes out of it."""
        model = llama()
        network = Network(model)
        forward = model.forward

        def forgetful(**given: Any) -> Any:
            given.pop("attention_mask", None)
            return forward(**given)

        model.forward = forgetful

        with pytest.raises(ConfigError, match=r"differ by|cannot be answered"):
            network.check()

    def test_a_model_that_takes_no_mask_of_ours_is_refused(self) -> None:
        """An error inside the model becomes a message about the model."""
        model = llama()
        network = Network(model)

        def broken(**_: Any) -> Any:
            raise ValueError("no such mask")

        model.forward = broken

        with pytest.raises(ConfigError, match="no such mask"):
            network.check()
