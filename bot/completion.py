"""What a respondent answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Finish = Literal["stop", "length", "filtered", "other"]

_NONE: Mapping[str, float] = MappingProxyType({})
_NO_LENGTHS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens of one call as the respondent counts them; 0 where it does not say."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """The answer to one call."""

    text: str = ""
    """Reply without reasoning; without the prefill."""
    reasoning: str = ""
    """Reasoning split off before anything is parsed; stored, never scored."""
    finish: Finish = "stop"
    """"length" means truncated, "filtered" means the provider blocked it."""
    usage: Usage = field(default_factory=Usage)
    logprobs: Mapping[str, float] = field(default_factory=lambda: _NONE)
    """"labels": option -> log-probability of the label as first token (-inf is never stored: an
    option the server did not report is absent). "score": option -> summed log-likelihood."""
    lengths: Mapping[str, int] = field(default_factory=lambda: _NO_LENGTHS)
    """"score": option -> number of tokens scored."""
    latency_ms: float = 0.0
