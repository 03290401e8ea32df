"""Verdicts: what the answers of a judge to both orders come to."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from gadfly.bot.stance import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.bot.stance import Reading

Class = Literal["a", "b", "undecided", "evaded", "refused"]
CLASSES: tuple[Class, ...] = get_args(Class)
RULE = "judge"
"""`Reading.rule` of what a judge read."""
_MOST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a judge makes of one reply."""

    chosen: Class | None
    """None where the judge is split: no class has more than half over both orders."""
    shares: Mapping[Class, float]
    """Mean over the two orders; empty where an order could not be read."""

    @property
    def reading(self) -> Reading | None:
        """The reading to put in place of the rules', None where the judge is split."""
        if self.chosen is None:
            return None
        if self.chosen == "a" or self.chosen == "b":
            return said("answered", self.chosen, rule=RULE)
        return said(self.chosen, rule=RULE)


def settle(orders: Sequence[Mapping[Class, float] | None]) -> Verdict:
    """Return the verdict of a look: the class with more than half of the mean over both orders.

    Each order weighs the same; one that could not be read leaves the judge split.

    >>> settle([{"a": 1.0}, {"a": 0.4, "b": 0.6}]).chosen
    'a'
    >>> settle([{"a": 1.0}, {"b": 1.0}]).chosen is None
    True
    """
    read = [shares for shares in orders if shares]
    if not orders or len(read) < len(orders):
        return Verdict(chosen=None, shares=MappingProxyType({}))
    means = {c: sum(shares.get(c, 0.0) for shares in read) / len(read) for c in CLASSES}
    top = max(CLASSES, key=lambda c: means[c])
    return Verdict(
        chosen=top if means[top] > _MOST + 1e-9 else None,
        shares=MappingProxyType({c: share for c, share in means.items() if share > 0.0}),
    )
