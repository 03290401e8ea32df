"""Whether a reply names something that would change its mind, or says that nothing would.

By words: a multinomial logistic regression on the words of a reply, on pairs of words next to each
other or one apart, and on the words and pairs of its last sentence, fitted with an L2 penalty on
replies written for the purpose (`benchmarks/crux.py`, which also says how it does on replies it was
not fitted on; docs/judging.md). A crux that is named as something that could never be ("only if two
and two were five") counts as saying that nothing would.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.cleaning import clean, spelt_out
from gadfly.bot.measure import NOTHING, Measured

if TYPE_CHECKING:
    from collections.abc import Mapping

CRUX_CODES = ("nothing", "disowned", "named")
KINDS = (*CRUX_CODES, "")
"""Codes, and what answers the question in no way."""
WEIGHTS = "crux.json"
SCALE = 100
"""Weights are stored as whole numbers of this part."""
SURE = MappingProxyType({"nothing": 0.7, "disowned": 0.7, "named": 0.8})
"""How probable a code has to be to be given. "named" more, so that about as many open minds as
closed ones are left without a code, and the share of closed ones among the rest is that of all."""

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|[.,;:!?]")
_END = re.compile(r"(?<=[.;!?])\s+|\n+")


def features(text: str) -> frozenset[str]:
    """Return what the regression goes by: "<" and ">" are the ends, "$" marks the last sentence."""
    plain = spelt_out(clean(text).lower())
    words = ["<", *_TOKEN.findall(plain), ">"]
    found = set(words)
    found |= {f"{a} {b}" for a, b in itertools.pairwise(words)}
    found |= {f"{a} _ {b}" for a, b in zip(words, words[2:], strict=False)}
    sentences = [each for each in map(_TOKEN.findall, _END.split(plain)) if each]
    if len(sentences) > 1:
        last = ["<", *sentences[-1]]
        found |= {f"${a}" for a in last}
        found |= {f"${a} {b}" for a, b in itertools.pairwise(last)}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Crux:
    """Codes a reply to "what would change your mind?".

    "nothing" (it says that nothing would), "disowned" (it says it has no view to change, and names
    nothing), "named" (a condition, a finding, an argument that would), or "" where it does not
    answer that or no code is sure (`SURE`).
    """

    def of(self, text: str) -> Measured:
        """Return the code."""
        p = probabilities(text)
        code = max(p, key=lambda kind: p[kind])
        return Measured(code=code) if code and p[code] >= SURE[code] else NOTHING


CRUX = Crux()


def probabilities(text: str) -> dict[str, float]:
    """Return how probable each of `KINDS` is for a reply."""
    weights, bias = _weights()
    known = [weights[feature] for feature in sorted(features(text)) if feature in weights]
    norm = sqrt(max(1, len(known))) * SCALE
    logits = [b / SCALE + sum(w[i] for w in known) / norm for i, b in enumerate(bias)]
    top = max(logits)
    shares = [exp(x - top) for x in logits]
    return {kind: share / sum(shares) for kind, share in zip(KINDS, shares, strict=True)}


@cache
def _weights() -> tuple[Mapping[str, tuple[int, ...]], tuple[int, ...]]:
    """Return the weights of each feature, and those of none, by kind."""
    stored = json.loads(files("gadfly.bot").joinpath(WEIGHTS).read_text(encoding="utf-8"))
    return {name: tuple(row) for name, row in stored["weights"].items()}, tuple(stored["bias"])
