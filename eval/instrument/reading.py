"""How the rules that read replies fare on each text bank, tuned on or sealed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.bot.clarity import is_caveat
from gadfly.bot.confrontation import Confrontation
from gadfly.bot.crux import CRUX
from gadfly.bot.proposition import other
from gadfly.bot.simulant.chance import Chance
from gadfly.bot.simulant.confronted import FRAMES
from gadfly.bot.simulant.voice import Occasion, filled, speak
from gadfly.bot.steering import read_reply
from gadfly.scenarios.catalogue import library

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.simulant.bank import Bank
    from gadfly.bot.stance import Outcome
    from gadfly.scenarios.scenario import Scenario

KINDS: tuple[Outcome, ...] = ("answered", "undecided", "evaded", "refused")
"""What is said, in the order of the page."""
SIDES: tuple[Side, ...] = ("a", "b")
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
    found: dict[Outcome, Counter[str]] = {kind: Counter() for kind in KINDS}
    for scenario in _contested():
        about = replace(scenario.proposition, yes=scenario.wordings[0].yes)
        for kind in KINDS:
            for i in range(_REPLIES):
                for side in ("a", "b") if kind == "answered" else (None,):
                    chance = Chance("reading", bank.name, scenario.id, kind, i, side or "")
                    text = speak(bank, kind, side, Occasion(about=about, yes=about.yes), chance)
                    found[kind][_fate(text, about, kind, side)] += 1
    return {kind: _shares(counts) for kind, counts in found.items()}


def rarer(bank: Bank) -> dict[str, Reading]:
    """Read what a bank says when it is confronted, what would change its mind, and its caveats."""
    confronted = Counter(
        _coded(frame, response, about, first)
        for response, frames in FRAMES[bank.name].items()
        for frame in frames
        for about in (scenario.proposition for scenario in _contested())
        for first in SIDES
    )
    closed, named = (
        Counter(_fate_of_crux(frame, meant) for frame in frames)
        for meant, frames in (("nothing", bank.immovable), ("named", bank.crux))
    )
    caveats = Counter("right" if is_caveat(sentence) else "unread" for sentence in bank.concessions)
    kinds = {
        "confronted": confronted, "nothing would": closed, "something would": named,
        "caveat": caveats,
    }  # fmt: skip
    return {kind: _shares(counts) for kind, counts in kinds.items()}


def _fate_of_crux(frame: str, meant: str) -> str:
    """Return what became of a reply to "what would change your mind?"."""
    code = CRUX.of(frame).code
    return "unread" if not code else "right" if code == meant else "wrong"


def _contested() -> list[Scenario]:
    return [s for s in library().all if s.stratum == "contested"][:_FAMILIES]


def _shares(counts: Counter[str]) -> Reading:
    return Reading(**{fate: counts[fate] / counts.total() for fate in _FATES})


def _coded(frame: str, response: str, about: Proposition, first: Side) -> str:
    """Return what became of a reply to two answers, the earlier of which took `first`."""
    second = other(first)
    kept = second if response == "revises-first" else first
    found = Confrontation(about=about, first=first, second=second).of(filled(frame, about, kept))
    if not found.code:
        return "unread"
    meant = {"corrects": "denies", "unaddressed": "generic"}.get(response, response)
    return "right" if found.code == meant else "wrong"


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
