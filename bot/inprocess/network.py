"""Run the network on keys and values laid out by us: packs of sequences, and decoding rows.

The only module that knows how Transformers wants its masks and its cache. Everything is in one
tensor of shape (layer, key or value, row, head, column, channel). Owned by one worker thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError, MalformedReply

if TYPE_CHECKING:
    from torch import Tensor

    from gadfly.bot.inprocess.pack import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What of a model's configuration decides the layout of its keys and values."""

    layers: int
    heads: int
    channels: int
    window: int | None
    """Sliding window of the layers that have one, where masks can be given per layer type."""

    @classmethod
    def of(cls, config: Any) -> Shape:
        """Read the shape from a Transformers configuration."""
        attention_heads = int(config.num_attention_heads)
        heads = getattr(config, "num_key_value_heads", None) or attention_heads
        channels = getattr(config, "head_dim", None) or config.hidden_size // attention_heads
        kinds = getattr(config, "layer_types", None) or ()
        window = getattr(config, "sliding_window", None) if "sliding_attention" in kinds else None
        return cls(
            layers=int(config.num_hidden_layers),
            heads=int(heads),
            channels=int(channels),
            window=window,
        )


def _layer(states: Tensor, past: int) -> Any:
    """Return one layer of the cache as Transformers sees it: a view of ours, filled in place."""
    from transformers.cache_utils import DynamicLayer

    def update(keys: Tensor, values: Tensor, *_: Any, **__: Any) -> tuple[Tensor, Tensor]:
        states[0][..., past:, :] = keys
        states[1][..., past:, :] = values
        return states[0], states[1]

    layer = DynamicLayer()
    layer.keys, layer.values = states[0][..., :past, :], states[1][..., :past, :]
    layer.is_initialized = True
    layer.update = update
    return layer


class Network:
    """A causal language model and the layout of its keys and values."""

    def __init__(self, model: Any) -> None:
        self._model = model
        try:
            self.shape = Shape.of(model.config.get_text_config())
        except AttributeError as e:
            raise ConfigError(_UNFIT.format(why=str(e))) from e
        self.dtype = model.dtype
        self.device = model.device
        self.token_bytes = (
            self.shape.layers * self.shape.heads * self.shape.channels * 2 * model.dtype.itemsize
        )
        """Bytes of keys and values per token."""

    def room(self, rows: int, columns: int) -> Tensor:
        """Return room for keys and values, all zero: a masked column still has to be a number."""
        import torch

        return torch.zeros(self._layout(rows, columns), dtype=self.dtype, device=self.device)

    def _layout(self, rows: int, columns: int) -> tuple[int, ...]:
        s = self.shape
        return (s.layers, 2, rows, s.heads, columns, s.channels)

    def run(self, pack: Pack) -> tuple[Tensor, Tensor]:
        """Compute a pack; return its keys and values, and the wanted logits in float32."""
        import torch

        kept, new = pack.kept, len(pack.tokens)
        layout = self._layout(1, kept + new)
        states = torch.empty(layout, dtype=self.dtype, device=self.device)
        if kept:
            torch.cat(pack.blocks, dim=3, out=states[:, :, 0, :, :kept])
        # One sequence from its start needs no mask, and the kernels then skip what is to come.
        masks = self._tree_masks(pack) if kept or len(pack.runs) > 1 else None
        logits = self._forward(
            torch.tensor([pack.tokens]),
            torch.tensor([pack.positions]),
            states,
            masks=masks,
            keep=torch.tensor(pack.logits),
        )
        return states, logits[0]

    def _tree_masks(self, pack: Pack) -> tuple[Tensor, Tensor]:
        """Return which columns each node sees: its ancestors and itself; and of those the near."""
        import torch

        kept, new = pack.kept, len(pack.tokens)
        sees = torch.zeros((new, kept + new), dtype=torch.bool)
        for run in pack.runs:
            if run.ancestors:
                sees[run.start : run.stop, list(run.ancestors)] = True
            own = slice(kept + run.start, kept + run.stop)
            sees[run.start : run.stop, own] = torch.ones(
                (run.stop - run.start,) * 2, dtype=torch.bool
            ).tril()
        near = sees
        if self.shape.window is not None:
            at = torch.zeros(kept + new, dtype=torch.long)
            for path in pack.paths:
                at[list(path)] = torch.arange(len(path))
            near = sees & (at[kept:, None] - at[None, :] < self.shape.window)
        return sees[None, None], near[None, None]

    def step(
        self, states: Tensor, tokens: list[int], positions: list[int], padding: list[int]
    ) -> Tensor:
        """Decode one token per row into the last column of `states`; return logits (row, token).

        `padding` is the number of columns at the left of each row that are not its own.
        """
        import torch

        columns = states.shape[4]
        at = torch.arange(columns)
        sees = at[None, :] >= torch.tensor(padding)[:, None]
        near = sees
        if self.shape.window is not None:
            near = sees & (columns - 1 - at < self.shape.window)[None, :]
        logits = self._forward(
            torch.tensor(tokens)[:, None],
            torch.tensor(positions)[:, None],
            states,
            masks=(sees[:, None, None], near[:, None, None]),
            keep=torch.tensor([0]),
        )
        return logits[:, 0]

    def _forward(
        self,
        tokens: Tensor,
        positions: Tensor,
        states: Tensor,
        *,
        masks: tuple[Tensor, Tensor] | None,
        keep: Tensor,
    ) -> Tensor:
        from transformers import Cache

        past = states.shape[4] - tokens.shape[1]
        layers = [_layer(layer, past) for layer in states]
        mask: Any = None
        if masks is not None:
            mask = self._additive(masks[0])
            if self.shape.window is not None:
                mask = {"full_attention": mask, "sliding_attention": self._additive(masks[1])}
        out = self._model(
            input_ids=tokens.to(self.device),
            attention_mask=mask,
            position_ids=positions.to(self.device),
            past_key_values=Cache(layers=layers),
            logits_to_keep=keep.to(self.device),
            use_cache=True,
        )
        logits = out.logits.float()
        # A pass that overflowed is no number throughout: one column shows it at no cost.
        if bool(logits[..., 0].isnan().any()):
            raise MalformedReply(
                f"the model computes no numbers in {self.dtype}; load it in float32 or bfloat16"
            )
        return logits

    def _additive(self, sees: Tensor) -> Tensor:
        """Return a mask to add to attention scores: the form every attention kernel takes."""
        import torch

        mask = torch.zeros(sees.shape, dtype=self.dtype, device=self.device)
        return mask.masked_fill_(~sees.to(self.device), torch.finfo(self.dtype).min)

    def check(self) -> None:
        """Refuse a model whose own forward pass disagrees with ours.

        Models with recurrent layers, shared keys and values or other caches cannot be laid out as
        is done here; a wrong number would be worse than a refusal.

        Raises:
            ConfigError: They disagree, or ours fails.
        """
        import torch

        from gadfly.bot.inprocess.pack import Line, plan
        from gadfly.bot.inprocess.prefix import PrefixStore

        tokens = tuple(range(5, 29))
        lines = [Line(tokens, range(20, 24)), Line((*tokens[:12], *tokens[3:9]), range(15, 18))]
        apart = 0.0
        try:
            with torch.inference_mode():
                for together in (lines, lines[:1]):
                    pack = plan(together, PrefixStore(0))
                    ours = self.run(pack)[1].log_softmax(-1)
                    for line, rows in zip(together, pack.rows, strict=True):
                        ids = torch.tensor([line.tokens], device=self.device)
                        plain = self._model(input_ids=ids, use_cache=False).logits[0].float()
                        theirs = plain[list(line.wanted)].log_softmax(-1)
                        apart = max(apart, (ours[list(rows)] - theirs).abs().max().item())
        except (RuntimeError, TypeError, ValueError, KeyError, AttributeError, IndexError) as e:
            raise ConfigError(_UNFIT.format(why=f"{type(e).__name__}: {e}")) from e
        if not apart < (0.01 if self.dtype == torch.float32 else 1.0):
            raise ConfigError(_UNFIT.format(why=f"log-probabilities differ by {apart:.3g}"))


_UNFIT = (
    "this kind of model cannot be answered in this process ({why}); serve it instead "
    "(vllm:NAME, or any OpenAI-compatible server)"
)
