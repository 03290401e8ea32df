"""Points: what a turn adds to a dialogue, and whether a reply takes it up, by words.

As in `gadfly.bot.engagement`, a point is looked for by its content words; here nobody wrote down
the arguments, so a point is what a turn brings that was not said shortly before it, and the
arguments that were not made are a fixed few on other matters (`BACKGROUND`): they tell how many of
a point's words any long reply would share.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gadfly.bot.clause import content, stem, words
from gadfly.bot.engagement import EXCESS, SHARED
from gadfly.bot.overlap import grams
from gadfly.bot.overlap import words as surface

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Stems = frozenset[str]

LEAST = 3
"""Content words nobody said shortly before, from which a turn makes a point."""
SPAN = 8
"""Turns before a point that are looked at for its words."""
REPEATED = 0.8
"""Share of a turn's content words in an earlier turn of its speaker from which it is that again."""
LONG = 40
"""Content words above which a reply shares two with many a point on its topic."""
MUCH = 0.3
"""Excess from which two words are enough even so: a short point has few."""
COPIED = 8
"""Words in a row that are quotation, marked as such or not."""
PASSAGE = 120
"""Words of a point that are looked at together."""
PASSAGES = 6
"""Of a longer point the first and the last passages only, half of these each."""

_CONTENTION_WORDS = """
    admit agree agreed anymore answer apologise apologize apology argue argument aside ask assume
    believe claim clear clearly come concede confuse confusion consider convince correct correctly
    deny differ disagree dodge enough error everyone explain fact fair fault feel few find fine
    give good great guess honest honestly idea insist keep know lie look lot matter mean mind miss
    mistake mistaken need new nonsense nope obvious obviously okay old opinion persuade please
    point position post question read real really reason rebut refuse repeat reply respond response
    right ridiculous say saying see seriously show side sorry speak stance state stick stop stubborn
    sure surely take talk tell thank thanks think thought thread true try understand use view wait
    want way well word write wrong yeah
"""
CONTENTION = frozenset(map(stem, _CONTENTION_WORDS.split()))
"""Stems of words about the dispute itself: to press somebody in them is to make no point."""

BACKGROUND = (
    "A choir that meets on Thursdays is worth more to a village than its concerts suggest: people "
    "who would never share a table learn each other's names, and a lonely widower has one evening "
    "on which somebody notices that he is missing. The hall costs little to heat, and children "
    "hear music made by hands and lungs rather than by a machine.",
    "Whoever plans a garden for dry summers should begin with the soil. Compost holds water, "
    "mulch keeps the sun off, and deep roots find what a sprinkler wastes. Experts will say that "
    "results take years, but the cost is low, the risk is small, and most plants that fail can be "
    "replaced in autumn.",
    "Night trains ought to come back. A traveller sleeps through the dull part, saves a hotel, and "
    "arrives in the centre of a city early enough for work. It is true that tickets are expensive "
    "and carriages old; yet the evidence from other countries shows that demand follows a decent "
    "timetable.",
    "Handwriting belongs in school even though everybody types. The effort of forming letters "
    "slows a pupil down to the speed of thinking, studies report better memory of what was noted "
    "by pen, and a society in which nobody can sign for themselves depends on devices that break.",
    "Museums should charge nothing at the door. The value of a collection lies in being seen, the "
    "income from tickets is a minor share of any budget, and families who must count their money "
    "stay away first. If crowds become a problem, opening hours in the evening would help more "
    "than a price.",
    "A chess club is no place for engines during play, and it is perfectly possible to enforce "
    "that. Phones stay in a box by the entrance, an umpire may look at any game, and the benefit "
    "of a false win is so slight that the danger of being caught outweighs it for nearly anyone.",
)
"""Arguments on matters that a dialogue is unlikely to be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What one turn added, passage by passage."""

    passages: tuple[Stems, ...]
    """Stems of its words that were not said shortly before."""
    made: Stems
    """All of these."""
    runs: frozenset[tuple[str, ...]]
    """Its runs of `COPIED` words, by which quotation is known."""

    def __bool__(self) -> bool:
        """Say whether it is a point at all."""
        return len(self.made) >= LEAST


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """How far a reply takes up a point."""

    excess: float
    """Share of the point's words in the reply beyond that of arguments nobody made, in [-1, 1];
    of its passages the one most taken up."""
    shared: Stems
    """Stems of the point in the reply."""
    engaged: bool


def stems(text: str) -> Stems:
    """Return the stems of a text's content words, those about the dispute itself left out."""
    return content(words(text)) - CONTENTION


def point(text: str, before: Iterable[Stems], own: Sequence[Stems]) -> Point:
    """Return what a turn adds to what was said `before` it.

    `own` are the stems of all earlier turns of its speaker: what says one of them again adds
    nothing.
    """
    known = frozenset[str]().union(*before)
    all_ = stems(text)
    again = any(len(all_ & earlier) >= REPEATED * len(all_) for earlier in own)
    found = () if again else tuple(stems(part) - known for part in _passages(text))
    made = frozenset[str]().union(*found)
    return Point(passages=found, made=made, runs=frozenset(grams(text, COPIED)))


def taken_up(reply: str, made: Point, known: Stems) -> TakenUp:
    """Measure how far a reply takes up a point; `known` is what everybody says on the matter."""
    said = stems(without_copies(reply, made.runs))
    best = TakenUp(excess=-1.0, shared=said & made.made, engaged=False)
    for passage in made.passages:
        if len(passage) < LEAST:
            continue
        controls = [text - known - passage for text in _background()]
        usual = sum(len(said & control) / len(control) for control in controls) / len(controls)
        excess = len(said & passage) / len(passage) - usual
        if excess > best.excess:
            n = len(said & passage)
            telling = n > SHARED or excess >= MUCH or len(said) <= LONG
            engaged = n >= SHARED and excess >= EXCESS and telling
            best = TakenUp(excess=excess, shared=best.shared, engaged=engaged or best.engaged)
    return best


def without_copies(text: str, runs: frozenset[tuple[str, ...]]) -> str:
    """Return the words of a text without those in any of the runs."""
    if not runs:
        return text
    found = surface(text)
    kept = [True] * len(found)
    for i, run in enumerate(grams(text, COPIED)):
        if run in runs:
            kept[i : i + COPIED] = [False] * COPIED
    return text if all(kept) else " ".join(w for w, k in zip(found, kept, strict=True) if k)


def _passages(text: str) -> list[str]:
    """Cut a text into passages; a short rest belongs to the one before it."""
    found = text.split()
    parts = [found[i : i + PASSAGE] for i in range(0, len(found), PASSAGE)]
    if len(parts) > 1 and len(parts[-1]) < PASSAGE // 3:
        parts[-2:] = [[*parts[-2], *parts[-1]]]
    if len(parts) > PASSAGES:
        parts = [*parts[: PASSAGES // 2], *parts[-(PASSAGES // 2) :]]
    return [" ".join(part) for part in parts]


@cache
def _background() -> tuple[Stems, ...]:
    return tuple(map(stems, BACKGROUND))
