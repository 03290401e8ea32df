"""Replies put together from the ledger, sentence by sentence, never one template.

Every choice is by a hash of the conversation, and among the candidates the one is taken that
repeats least of what was said before. What is composed always takes the side of the credence, in
words the steering reader can read.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.bot.clause import content, words
from gadfly.bot.overlap import self_overlap
from gadfly.bot.sparring import bank
from gadfly.bot.sparring.question import inside, mirrored
from gadfly.bot.sparring.sides import side_in
from gadfly.bot.sparring.weigher import FIGURE
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.sparring.bank import Frames
    from gadfly.bot.sparring.state import Moved, State, Topic

_ASKS_BACK = 3
"""Of five replies, those that end with a question back."""
_WHY_WORDS = 25
"""Longest reason for a verdict that is said."""
_WHOLE, _GIST = 9, 5
"""Most words of a clause of the user's that is quoted whole, and quoted of a longer one."""
_TRIES = 24
"""Compositions compared; the one that repeats least is said."""
_SETTING = re.compile(r"^(.{8,}?),? (?:when|if|where|because|so that|while|without) .*$")
"""A statement up to the circumstances it names."""
_ACT = re.compile(r"^(It (?:is|would be) (?:not )?(?:\w+ ){1,3}?\w+) (?:to|for|that) .*$")
"""A judgement up to the act it is of."""
_STEP = 0.005
"""Change of credence below which nothing has moved."""


class Dice:
    """Choices by hash: the same for the same key, whenever they are made."""

    def __init__(self, *parts: str | bytes | int) -> None:
        raw = b"\0".join(p if isinstance(p, bytes) else str(p).encode() for p in parts)
        self._key = raw
        self._n = 0

    def number(self, below: int) -> int:
        """Return the next number from 0 to below - 1."""
        self._n += 1
        digest = hashlib.blake2b(self._key + b"|%d" % self._n, digest_size=8).digest()
        return int.from_bytes(digest, "big") % below

    def pick(self, frames: Frames) -> str:
        """Return one of the frames."""
        return frames[self.number(len(frames))]

    def unit(self) -> float:
        """Return the next number in [0, 1)."""
        return self.number(1 << 53) / (1 << 53)


def composed(state: State, key: bytes, ground: str, *, max_words: int) -> str:
    """Return a reply to the last message, with `ground` as its reason where there is one.

    The side it takes is the state's. Longer than `max_words` is what has no reason, then no
    question back; the lead and the stance always stay.
    """
    said, heard = state.replies, tuple(move.text for move in state.moves)
    best, least = "", 2.0
    for attempt in range(_TRIES):
        draft = _draft(state, Dice(key, attempt), ground, max_words)
        if not _stands(draft, state):
            continue
        share = self_overlap(draft, said, heard) or 0.0
        if share < least:
            best, least = draft, share
        if least == 0.0:
            break
    return best or _plainly(state)


def lead_of(moved: Moved, state: State) -> str:
    """Return the name of the frames that answer what a message did."""
    topic = state.topic
    match moved.kind:
        case "argues" | "grants" if topic is not None:
            return _lead_of_reason(moved, topic, state)
        case "asks" if len(state.replies) == 0:
            return "asks-first"
        case "confronts":
            return _charge(state)
        case _:
            return moved.kind if moved.kind in bank.LEADS else ""


def _lead_of_reason(moved: Moved, topic: Topic, state: State) -> str:
    before, after = moved.before or 0.5, moved.after or 0.5
    if moved.kind == "grants":
        return "grants" if abs(after - before) > _STEP else "granted-beside"
    if abs(after - before) <= _STEP:
        return "flawed"
    was: Side = "a" if before >= 0.5 else "b"
    if was != topic.ledger.side:
        return "moved"
    return "firmer" if moved.side == was else "nearer"


def _draft(state: State, dice: Dice, ground: str, max_words: int) -> str:
    """Return one way of putting it: lead, stance, ground, question back."""
    topic, moved = state.topic, state.moves[-1]
    if topic is None:
        return dice.pick(bank.LOST)
    side = topic.ledger.side
    if moved.kind == "recalls":
        first = topic.about.statement(_first_side(topic, side))
        return _filled(dice.pick(bank.RECALLED), first, topic.about)
    parts = []
    lead = bank.LEADS.get(lead_of(moved, state))
    if lead:
        parts.append(_lead(dice.pick(lead), moved, topic))
        parts += _why(moved, state)
    is_asked = moved.kind in ("opens", "assigns") or not state.replies
    ways = worded(topic.about, side, is_first=is_asked)
    stance = _filled(dice.pick(bank.STANCE), ways[dice.number(len(ways))], topic.about)
    if moved.kind == "opens" and topic.about.yes is not None:
        parts.append("Yes." if side == topic.about.yes else "No.")
    if moved.kind in ("crux", "beside"):
        parts.append(dice.pick(bank.CRUX if moved.kind == "crux" else bank.BESIDE))
    else:
        parts.append(stance)
    if moved.kind == "unclear":
        return " ".join((stance, *parts[:1]))
    room = max_words - sum(len(part.split()) for part in parts)
    reason = ground or (dice.pick(bank.GROUNDS) if moved.kind in ("opens", "assigns") else "")
    if reason and len(reason.split()) <= room:
        parts.append(reason)
        room -= len(reason.split())
    closer = dice.pick(bank.CLOSERS)
    asks = dice.number(5) < _ASKS_BACK
    if asks and len(closer.split()) <= room and moved.kind not in ("crux", "beside", "confronts"):
        parts.append(closer)
    return " ".join(parts)


def _why(moved: Moved, state: State) -> list[str]:
    """Return why a reason was judged so, where a model said it and it was not said before."""
    why = moved.why
    is_said = any(why in reply for reply in state.replies)
    if moved.kind != "argues" or is_said or why.startswith(FIGURE) or len(why.split()) > _WHY_WORDS:
        return []
    return [why]


def _stands(draft: str, state: State) -> bool:
    """Tell whether a composition takes the side it should; where it takes none none is asked."""
    topic, moved = state.topic, state.moves[-1]
    if topic is None or moved.kind in ("crux", "beside", "recalls"):
        return True
    stance = read_reply(draft, replace(topic.about, yes=None)).stance
    return stance is not None and stance.side == topic.ledger.side


def _plainly(state: State) -> str:
    """Return the stance and nothing else: what is left where no composition can be read."""
    topic = state.topic
    if topic is None:
        return bank.LOST[0]
    side = topic.ledger.side
    yes = "" if topic.about.yes is None else ("Yes. " if side == topic.about.yes else "No. ")
    return f"{yes}I think {inside(topic.about.statement(side), topic.about.question)}."


def _lead(frame: str, moved: Moved, topic: Topic) -> str:
    held: Side = "a" if (moved.before or topic.ledger.credence) >= 0.5 else "b"
    if moved.kind in ("withdraws",):
        held = topic.ledger.side
    after, before = _credence(moved.after, held), _credence(moved.before, held)
    is_small = "{q}" in frame and f"{after:.0%}" == f"{before:.0%}"
    places = 1 if is_small else 0
    return frame.format(
        t=gist(moved.text, topic.about.texts),
        p=f"{after:.{places}%}",
        q=f"{before:.{places}%}",
    )


def _credence(p: float | None, side: Side) -> float:
    return 0.5 if p is None else p if side == "a" else 1.0 - p


def _filled(frame: str, statement: str, about: Proposition) -> str:
    text = frame.format(s=inside(statement, about.question))
    return text[:1].upper() + text[1:]


def worded(about: Proposition, side: Side, *, is_first: bool) -> tuple[str, ...]:
    """Return ways of stating a side: as it is, and later on turned round or without the setting.

    >>> from gadfly.bot.sparring.question import propose
    >>> worded(propose("May one lie when a life hangs on it?"), "b", is_first=False)[1:3]
    ('It would be wrong for one to lie when a life hangs on it.', 'One may not lie.')
    """
    turned = None if is_first else mirrored(about)
    # A double negation ("not wrong" for "right") says less than the statement does.
    other_way = "" if turned is None else turned.statement(side)
    whole = [
        about.statement(side),
        *([other_way] if other_way and " not " not in other_way else []),
    ]
    cut = [
        f"{found[1]}." for text in whole for how in (_SETTING, _ACT) if (found := how.match(text))
    ]
    return tuple(whole if is_first else whole + cut)


def gist(text: str, known: Iterable[str]) -> str:
    """Return a few words in a row of what the user said, in quotation marks: its newest stretch.

    The stretch with most content words that the question did not have already; the first such. A
    clause that is short enough is quoted whole.

    >>> gist("Nobody would raise them if the skin paid nothing.", ["Is it wrong to buy leather?"])
    '"Nobody would raise them if the skin paid nothing"'
    """
    old = frozenset[str]().union(*(content(words(t)) for t in known))
    clauses = [c.strip() for c in re.split(r"[.,;:!?\n—()\"]", text) if c.strip()]
    best, score = "that", 0
    for clause in clauses:
        found = clause.split()
        size = len(found) if len(found) <= _WHOLE else _GIST
        for i in range(len(found) - size + 1):
            stretch = found[i : i + size]
            new = len(content(words(" ".join(stretch))) - old)
            if new > score:
                best, score = f'"{" ".join(stretch)}"', new
    return best


def _first_side(topic: Topic, side: Side) -> Side:
    """Return the side the bot took when it was first asked."""
    said = [c.side for c in topic.ledger.claims if c.by == "bot"]
    return said[0] if said else side


def _charge(state: State) -> str:
    """Return what a confrontation comes to: a real conflict, a sham, or words never said."""
    topic, moved = state.topic, state.moves[-1]
    assert topic is not None
    quoted = _quotes(moved.text)
    if len(quoted) < 2:
        own = [c.side for c in topic.ledger.claims if c.by == "bot"]
        return "false" if len(set(own)) < 2 else "real-first"
    sides = [_side_of_quote(text, state) for text in quoted[:2]]
    if sides[0] is None or sides[1] is None or sides[0] == sides[1]:
        return "sham" if sides[0] == sides[1] and sides[0] is not None else "real-first"
    return "real-second" if sides[0] == topic.ledger.side else "real-first"


def _side_of_quote(text: str, state: State) -> Side | None:
    """Return the side of a quoted answer: as it was taken on record, else as it reads."""
    topic = state.topic
    assert topic is not None
    return side_in(text, topic.about) or (
        next(
            (
                c.side
                for t in state.topics
                for c in t.ledger.claims
                if c.by == "bot" and text.strip(" .") in c.text
            ),
            None,
        )
    )


def _quotes(text: str) -> Sequence[str]:
    return re.findall(r'"([^"]{2,2000})"', text.replace("“", '"').replace("”", '"'))
