"""Counts over the words of texts: how many different ones, and how many of a list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def moving_type_token_ratio(tokens: Sequence[str], window: int) -> float | None:
    """Return the mean share of different tokens over all windows of that length, in (0, 1].

    MATTR (Covington & McFall 2010): independent of the text's length, which a plain ratio is not.
    A text shorter than one window is one; None for no tokens.

    >>> moving_type_token_ratio(("a", "b", "a", "a"), 2)  # ab, ba, aa
    0.8333333333333334

    Raises:
        ValueError: `window` is below 1.
    """
    if window < 1:
        raise ValueError(f"a window needs at least 1 token, got {window}")
    if not tokens:
        return None
    size = min(window, len(tokens))
    inside = Counter(tokens[:size])
    types = total = len(inside)
    for left, entered in zip(tokens, tokens[size:], strict=False):
        inside[left] -= 1
        types -= inside[left] == 0
        types += inside[entered] == 0
        inside[entered] += 1
        total += types
    return total / (len(tokens) - size + 1) / size


def per_thousand(tokens: Sequence[str], listed: Collection[str]) -> float | None:
    """Return how many of a thousand tokens are on a list; None for no tokens.

    >>> per_thousand(("a", "b", "a", "a"), {"b"})
    250.0
    """
    if not tokens:
        return None
    return 1000.0 * sum(token in listed for token in tokens) / len(tokens)
