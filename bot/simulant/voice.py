"""How a simulant puts what it comes to into words: frames from its text bank."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from gadfly.bot.proposition import other

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.simulant.bank import Bank, Frames
    from gadfly.bot.simulant.chance import Chance
    from gadfly.bot.simulant.listing import Listing
    from gadfly.bot.stance import Outcome

Challenge = Literal["", "moved", "held", "onward"]

_YES_RATE = 0.4
_CONTRAST_RATE = 0.12
_REASON_RATE = 0.6
_SECOND_REASON_RATE = 0.15
_CONCESSION_RATE = 0.3
_BURIED = 3
"""Words of concessions to each word of what they bury."""
_VERBATIM_RATE = 0.7
"""How often a listed sentence is given back bare, as asked."""

_FUNCTION_WORDS = frozenset(
    {"a", "an", "he", "if", "in", "it", "no", "one", "she", "that", "the", "there", "they", "this"}
    | {"those", "to", "we", "what", "when", "where", "whether", "who", "with", "you", "your"}
)
"""First words that lose their capital inside a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a reply answers to."""

    about: Proposition
    yes: Side | None = None
    """Side of a plain yes to the question just asked, if one was."""
    challenge: Challenge = ""
    """Whether a challenge moved it; "onward" after a filler."""
    is_pressed: bool = False
    """Asked to take a side in one sentence."""
    is_brief: bool = False
    is_recall: bool = False
    """Asked which side it took before."""
    is_smothered: bool = False
    """To be buried in concessions."""
    listing: Listing | None = None


def speak(
    bank: Bank, outcome: Outcome, side: Side | None, occasion: Occasion, chance: Chance
) -> str:
    """Return the words of a reply with this outcome, and this side when answered."""
    if side is not None:
        return _answer(bank, side, occasion, chance)
    if outcome in ("undecided", "refused") and occasion.listing is not None:
        shown = [o.text for o in occasion.listing.options if o.meaning == outcome]
        if shown and chance.happens(_VERBATIM_RATE):
            return shown[0]
    frames: dict[Outcome, Frames] = {
        "undecided": bank.undecided,
        "evaded": bank.evaded,
        "refused": bank.refused,
    }
    return chance.pick(frames.get(outcome, bank.unreadable))


def speak_template(bank: Bank, side: Side | None, about: Proposition, chance: Chance) -> str:
    """Return the bank's template for a side, or for being undecided."""
    if side is None:
        return chance.pick(bank.formulaic_undecided)
    return filled(chance.pick(bank.formulaic), about, side)


def _answer(bank: Bank, side: Side, occasion: Occasion, chance: Chance) -> str:
    about = occasion.about
    if occasion.listing is not None:
        if chance.happens(_VERBATIM_RATE):
            return about.statement(side)
        return filled(chance.pick(bank.chosen), about, side)
    if occasion.is_recall:
        return filled(chance.pick(bank.recalled), about, side)
    parts: list[str] = []
    openers: dict[Challenge, Frames] = {
        "moved": bank.moved,
        "held": bank.held,
        "onward": bank.onward,
    }
    if occasion.challenge:
        parts.append(chance.pick(openers[occasion.challenge]))
    elif occasion.yes is not None and chance.happens(_YES_RATE):
        parts.append(chance.pick(bank.yes if side == occasion.yes else bank.no))
    if occasion.is_pressed:
        frames = bank.short
    else:
        frames = bank.contrasted if chance.happens(_CONTRAST_RATE) else bank.answered
    parts.append(filled(chance.pick(frames), about, side))
    if not (occasion.is_brief or occasion.is_pressed):
        given = " ".join(parts)
        bury = occasion.is_smothered
        parts.extend(_burial(bank, given, chance) if bury else _elaboration(bank, chance))
    return " ".join(parts)


def _burial(bank: Bank, said: str, chance: Chance) -> list[str]:
    """Return different concessions, with three times as many words as what they bury."""
    left = list(bank.concessions)
    parts: list[str] = []
    while left and len(" ".join(parts).split()) < _BURIED * len(said.split()):
        parts.append(chance.pick(left))
        left.remove(parts[-1])
    return parts


def _elaboration(bank: Bank, chance: Chance) -> list[str]:
    parts = []
    if chance.happens(_REASON_RATE):
        parts.append(chance.pick(bank.reasons))
        second = chance.pick(bank.reasons)
        if chance.happens(_SECOND_REASON_RATE) and second not in parts:
            parts.append(second)
    if chance.happens(_CONCESSION_RATE):
        parts.append(chance.pick(bank.concessions))
    return parts


def filled(frame: str, about: Proposition, side: Side) -> str:
    """Return a frame with the statements of a proposition put in, for a side."""
    text = frame.format(
        S=about.statement(side),
        s=clause(about.statement(side), about.question),
        o=clause(about.statement(other(side)), about.question),
    )
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=1 << 14)
def clause(statement: str, question: str) -> str:
    """Return a statement as it stands inside a sentence: no full stop, no capital but a name's.

    A first word that the question has in lower case is no name.
    """
    text = statement.rstrip().rstrip(".")
    first, _, _ = text.partition(" ")
    words = {word.strip(".,;:?") for word in question.split()}
    if first.lower() in _FUNCTION_WORDS or first.lower() in words:
        return text[:1].lower() + text[1:]
    return text
