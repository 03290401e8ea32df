"""How much of a text was said before: shared n-grams, and the longest common subsequence."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Gram = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, punctuation and markup dropped."""
    return _WORD.findall(_plain(text))


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def grams(text: str, n: int) -> list[Gram]:
    """Return the n-grams of a text in order, repeated ones as often as they occur."""
    found = words(text)
    return list(zip(*(found[i:] for i in range(n)), strict=False))


def self_overlap(
    text: str, earlier: Sequence[str], quoted: Sequence[str] = (), n: int = 4
) -> float | None:
    """Return the share of the text's n-grams that occur in any earlier text, in [0, 1].

    Every occurrence counts. N-grams that also occur in a `quoted` text (what the user said) are
    left out of both counts: taking up the other's words is no repetition of one's own. None where
    nothing can be said: no earlier text, or no n-gram left.

    >>> self_overlap("one two three four six", ["zero one two three four five"])
    0.5

    Raises:
        ValueError: `n` is below 1.
    """
    if n < 1:
        raise ValueError(f"n-grams need n >= 1, got {n}")
    if not earlier:
        return None
    taken = _all_grams(quoted, n)
    own = [gram for gram in _kept(text, n)[0] if gram not in taken]
    if not own:
        return None
    known = _all_grams(earlier, n)
    return sum(map(known.__contains__, own)) / len(own)


def opener(text: str, n: int = 4) -> str:
    """Return a digest of the text's first `n` words, "" where it has fewer.

    Replies to different questions that share it began in the same words.
    """
    first = [m.group() for m in islice(_WORD.finditer(_plain(text)), n)]
    if len(first) < n:
        return ""
    return hashlib.blake2b(" ".join(first).encode(), digest_size=4).hexdigest()


def head(text: str, quoted: str = "", *, n_words: int, n: int = 4) -> list[str]:
    """Return the first words of a text that are its own: at most `n_words` of them.

    A word is not its own where it stands in an n-gram that the `quoted` text (the prompt) has too.

    >>> head("You ask whether pigs can fly: they cannot", "whether pigs can fly", n_words=3)
    ['you', 'ask', 'they']
    """
    found = words(text)
    return [w for w, is_taken in zip(found, copied(found, quoted, n), strict=True) if not is_taken][
        :n_words
    ]


def copied(found: Sequence[str], quoted: str, n: int = 4) -> list[bool]:
    """Return of each word whether it stands in an n-gram that the quoted text has too."""
    taken = set(grams(quoted, n))
    marks = [False] * len(found)
    for i in range(len(found) - n + 1):
        if taken and tuple(found[i : i + n]) in taken:
            marks[i : i + n] = [True] * n
    return marks


def rouge_l(first: Sequence[str], second: Sequence[str]) -> float:
    """Return ROUGE-L of two word lists: F1 over their longest common subsequence (Lin 2004).

    In [0, 1]; 0 where either is empty. Takes time in the product of the lengths.

    >>> rouge_l("a b c d".split(), "a x c".split())
    0.5714285714285714
    """
    if not first or not second:
        return 0.0
    row = [0] * (len(second) + 1)
    for word in first:
        diagonal = 0
        for j, other in enumerate(second, 1):
            above = row[j]
            row[j] = diagonal + 1 if word == other else max(above, row[j - 1])
            diagonal = above
    return 2 * row[-1] / (len(first) + len(second))


def _all_grams(texts: Iterable[str], n: int) -> frozenset[Gram]:
    return frozenset().union(*(_kept(text, n)[1] for text in texts))


@lru_cache(maxsize=1024)
def _kept(text: str, n: int) -> tuple[tuple[Gram, ...], frozenset[Gram]]:
    """Return the n-grams of a text, in order and as a set.

    Kept, because each turn of a dialogue is compared with all before it.
    """
    found = tuple(grams(text, n))
    return found, frozenset(found)
