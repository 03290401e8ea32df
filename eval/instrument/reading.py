"""How the rules that read replies fare on each text bank, tuned on or sealed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.bot.simulant.chance import Chance
from gadfly.bot.simulant.voice import Occasion, speak
from gadfly.bot.steering import read_reply
from gadfly.scenarios.catalogue import library

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.simulant.bank import Bank
    from gadfly.bot.stance import Outcome

KINDS: tuple[Outcome, ...] = ("answered", "undecided", "evaded", "refused")
"""What is said, in the order of the page."""
_FAMILIES = 40
_REPLIES = 25
"""For each family, and each side where one is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of replies of one kind, as shares of them."""

    right: float
    wrong: float
    """Read as another side, or as another thing that is no side."""
    unread: float
    """Missing data, and counted as such."""


def readings(bank: Bank) -> dict[Outcome, Reading]:
    """Read replies of each kind in a bank's words to the plain question of contested families."""
    chosen = [s for s in library().all if s.stratum == "contested"][:_FAMILIES]
    found: dict[Outcome, Counter[str]] = {kind: Counter() for kind in KINDS}
    for scenario in chosen:
        about = replace(scenario.proposition, yes=scenario.wordings[0].yes)
        for kind in KINDS:
            for i in range(_REPLIES):
                for side in ("a", "b") if kind == "answered" else (None,):
                    chance = Chance("reading", bank.name, scenario.id, kind, i, side or "")
                    text = speak(bank, kind, side, Occasion(about=about, yes=about.yes), chance)
                    found[kind][_fate(text, about, kind, side)] += 1
    return {
        kind: Reading(**{fate: counts[fate] / counts.total() for fate in _FATES})
        for kind, counts in found.items()
    }


_FATES = ("right", "wrong", "unread")


def _fate(text: str, about: Proposition, kind: Outcome, side: str | None) -> str:
    """Return what became of a reply."""
    got = read_reply(text, about)
    if got.outcome == "unreadable":
        return "unread"
    if got.outcome != kind:
        return "wrong"
    if side is None or got.stance is None:
        return "right"
    return "right" if (got.stance.p > 0.5) == (side == "a") else "wrong"
