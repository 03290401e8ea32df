"""Draw the next token of each row from its own logits with its own random numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from gadfly.bot.call import Sampling

_HEAD = 1024
"""Tokens looked at first for top-p: sorting a whole vocabulary costs more than the network does."""


def draw(logits: Tensor, sampling: Sequence[Sampling], uniforms: Sequence[float]) -> list[int]:
    """Return one token per row.

    Temperature 0 takes the likeliest. Otherwise the token is found by inverting the cumulative
    distribution at the row's uniform number, so a row's draw depends on its own logits and number
    and on no other row.
    """
    import torch

    tokens: list[int] = logits.argmax(-1).tolist()
    hot = [i for i, s in enumerate(sampling) if s.temperature > 0.0]
    if not hot:
        return tokens
    device = logits.device
    heat = torch.tensor([sampling[i].temperature for i in hot], device=device)
    u = torch.tensor([uniforms[i] for i in hot], device=device)
    probabilities = (logits[hot] / heat[:, None]).softmax(-1)
    whole = [k for k, i in enumerate(hot) if sampling[i].top_p >= 1.0]
    cut = [k for k, i in enumerate(hot) if sampling[i].top_p < 1.0]
    if whole:
        for k, token in zip(whole, _invert(probabilities[whole], u[whole]), strict=True):
            tokens[hot[k]] = token
    if cut:
        top_p = torch.tensor([sampling[hot[k]].top_p for k in cut], device=device)
        for k, token in zip(cut, _nucleus(probabilities[cut], top_p, u[cut]), strict=True):
            tokens[hot[k]] = token
    return tokens


def _invert(probabilities: Tensor, u: Tensor) -> list[int]:
    import torch

    cumulative = probabilities.cumsum(-1)
    target = u[:, None] * cumulative[:, -1:]
    index = torch.searchsorted(cumulative, target, right=True)[:, 0]
    # A target that rounds up to the total would fall off the end.
    last = (probabilities > 0).long().cumsum(-1).argmax(-1)
    found: list[int] = torch.minimum(index, last).tolist()
    return found


def _nucleus(probabilities: Tensor, top_p: Tensor, u: Tensor) -> list[int]:
    """Draw from the smallest set of likeliest tokens that holds `top_p` of the probability."""
    size = probabilities.shape[-1]
    ordered, index = probabilities.topk(min(_HEAD, size), dim=-1)
    if bool((ordered.sum(-1) < top_p).any()) and size > _HEAD:
        ordered, index = probabilities.sort(dim=-1, descending=True)
    before = ordered.cumsum(-1) - ordered
    kept = ordered.masked_fill(before >= top_p[:, None], 0.0)
    return [int(index[row, at]) for row, at in enumerate(_invert(kept, u))]
