"""One dialogue, scored turn by turn: stance, moves, what is taken up, what is said again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.overlap import grams, opener, words
from gadfly.bot.proposition import other
from gadfly.bot.stance import MISSING, said
from gadfly.eval.scoring.asked import question
from gadfly.eval.scoring.doubtful import ASKS, is_doubtful, together, turn_id
from gadfly.eval.scoring.moves import converted, grants, partly, says_moved
from gadfly.eval.scoring.phrases import phrases
from gadfly.eval.scoring.points import SPAN, point, stems, taken_up
from gadfly.eval.scoring.turns import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gadfly.bot.overlap import Gram
    from gadfly.bot.proposition import Side
    from gadfly.bot.stance import Outcome, Reading
    from gadfly.eval.scoring.asked import Stated
    from gadfly.eval.scoring.moves import Move
    from gadfly.eval.scoring.phrases import Phrases
    from gadfly.eval.scoring.points import Point, Stems, TakenUp
    from gadfly.eval.scoring.turns import Dialogue, Turn

RECENT = 3
"""Turns of others since one's own last that a turn may answer without saying which."""
MATCHED = 0.6
"""Share of a quotation that must stand in the turn it is taken from."""
LINE = 8
"""Words from which a line that another speaker wrote too is a quotation of theirs."""
START = 300
"""Characters of a turn in which it may say whom it addresses."""
REMEMBERED = 200
"""Turns of one's own a turn is compared with, for saying the same again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What was found in one turn. None: it could not be told, or there was nothing to tell."""

    number: int
    """From 1 within its dialogue."""
    turn: Turn
    words: int
    answers: tuple[int, ...]
    """Numbers of the turns it answers."""
    outcome: Outcome | None
    """None without a stated question."""
    side: Side | None
    rule: str
    is_doubtful: bool
    """Whether the rules are unsure of its stance, and no judge has read it."""
    move: Move | None
    """None for a speaker's first turn, and without a stated question."""
    before: Side | None
    """The side the speaker had last taken before."""
    new_argument: bool | None
    """Whether others made a point since the speaker's last turn; None before anybody else spoke."""
    excess: float | None
    """How far it takes up the point it answers (`points.TakenUp`); None where it answers none."""
    engaged: bool | None
    responsive: bool | None
    """Engages the point it answers, or moves and names something of it."""
    overlap: float | None
    """Share of its 4-grams in earlier turns of its speaker, those of others left out."""
    opener: str
    """Digest of its first four words, "" where there are fewer."""
    phrases: Phrases

    @property
    def tells(self) -> bool:
        """Say whether a stance or the lack of one could be read."""
        return self.outcome is not None and self.outcome not in MISSING


@dataclass(slots=True)
class _Speaker:
    """What is remembered of a speaker."""

    bit: int
    """Marks their 4-grams."""
    last: int = -1
    """Index of their last turn."""
    side: Side | None = None
    undecided: bool = False
    """Took no side after the last one they took."""
    stems: list[Stems] = field(default_factory=list)
    said: set[tuple[str, ...]] = field(default_factory=set)
    engaged: set[int] = field(default_factory=set)
    """Turns of others whose point they have taken up."""


@dataclass(slots=True)
class _Memory:
    """What is remembered of a dialogue while it is read."""

    known: Stems
    """What everybody says on the matter."""
    judged: Mapping[str, Reading]
    """What a judge made of turns the rules are unsure of, by `turn_id`."""
    turns: list[Turn] = field(default_factory=list)
    speakers: dict[str, _Speaker] = field(default_factory=dict)
    stems: list[Stems] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    sides: list[Side | None] = field(default_factory=list)
    """Side of the speaker after each turn."""
    grams: list[set[Gram]] = field(default_factory=list)
    by_gram: dict[Gram, int] = field(default_factory=dict)
    """4-gram -> bits of the speakers who said it."""
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Words of a longer line -> bits of the speakers who wrote it."""

    def others(self, name: str, since: int) -> list[int]:
        """Return the turns of others after one of a speaker's."""
        return [i for i in range(since + 1, len(self.turns)) if self.turns[i].speaker != name]

    def point_before(self, at: int, name: str) -> int:
        """Return the last turn before a place in which a speaker made a point, -1 for none."""
        own = (i for i in range(at - 1, -1, -1) if self.turns[i].speaker == name)
        return next((i for i in own if self.points[i]), -1)


def score(
    dialogue: Dialogue, on: Stated | None, judged: Mapping[str, Reading] = MappingProxyType({})
) -> tuple[Scored, ...]:
    """Score every turn of a dialogue; stances only where a question is stated. Pure.

    What a judge made of a turn (by `turn_id`) stands where the rules are unsure of it, and nowhere
    else.
    """
    return tuple(_scores(dialogue, on, judged))


def _scores(
    dialogue: Dialogue, on: Stated | None, judged: Mapping[str, Reading]
) -> Iterator[Scored]:
    texts = [dialogue.context]
    if on is not None:
        texts += [on.about.question, on.about.a, on.about.b]
    if dialogue.turns:
        texts.append(question(dialogue.turns[0].text))
    memory = _Memory(known=frozenset[str]().union(*map(stems, texts)), judged=judged)
    for turn in dialogue.turns:
        speaker = memory.speakers.setdefault(turn.speaker, _Speaker(1 << len(memory.speakers)))
        own = _own(turn, memory, speaker.bit)
        found = _scored(own, memory, speaker, on)
        yield found
        _remember(own, found, memory, speaker)


def _scored(turn: Turn, memory: _Memory, speaker: _Speaker, on: Stated | None) -> Scored:
    since = memory.others(turn.speaker, speaker.last)
    answers = _answers(turn, memory, speaker, since)
    takes = _takes(turn, memory, speaker, answers)
    engaged = any(t.engaged for t in takes) if takes else None
    reading = _reading(turn, memory, speaker, on, (since, answers))
    if memory.judged and reading is not None and is_doubtful(reading):
        asked = together(memory.turns[i] for i in answers)
        reading = memory.judged.get(turn_id(asked, turn.text), reading)
    side = None if reading is None or reading.stance is None else reading.stance.side
    move = None if reading is None else _move(turn, speaker, reading)
    told = speaker.last >= 0 and says_moved(turn.text)
    moved = (told or move not in (None, "none")) and any(t.shared for t in takes)
    return Scored(
        number=len(memory.turns) + 1,
        turn=turn,
        words=len(words(turn.text)),
        answers=tuple(i + 1 for i in answers),
        outcome=None if reading is None else reading.outcome,
        side=side,
        rule="" if reading is None else reading.rule,
        is_doubtful=reading is not None and is_doubtful(reading),
        move=move,
        before=speaker.side,
        new_argument=any(memory.points[i] for i in since) if since else None,
        excess=max(t.excess for t in takes) if takes else None,
        engaged=engaged,
        responsive=None if engaged is None else engaged or moved,
        overlap=_overlap(turn, memory, speaker),
        opener=opener(turn.text),
        phrases=phrases(turn.text, speaker.said, "\n".join(memory.turns[i].text for i in since)),
    )


def _takes(turn: Turn, memory: _Memory, speaker: _Speaker, answers: Sequence[int]) -> list[TakenUp]:
    """Return how far a turn takes up each point it answers, and earlier ones still open.

    Open is the point before by who is answered, as long as the speaker has not taken it up.
    """
    made = [i for i in answers if memory.points[i]]
    if not made:
        return []
    earlier = [memory.point_before(min(made), memory.turns[i].speaker) for i in made]
    candidates = [*made, *(i for i in dict.fromkeys(earlier) if i not in {-1, *speaker.engaged})]
    found = [taken_up(turn.text, memory.points[i], memory.known) for i in candidates]
    speaker.engaged.update(i for i, taken in zip(candidates, found, strict=True) if taken.engaged)
    return found


def _own(turn: Turn, memory: _Memory, bit: int) -> Turn:
    """Return a turn without lines that another speaker wrote before, where others are left."""
    lines = turn.text.split("\n")
    copied = [bool(memory.lines.get(_line(line), 0) & ~bit) for line in lines]
    rest = "\n".join(line for line, c in zip(lines, copied, strict=True) if not c).strip()
    if not any(copied) or not words(rest):
        return turn
    taken = "\n".join(line for line, c in zip(lines, copied, strict=True) if c)
    return replace(turn, text=rest, quoted=f"{turn.quoted}\n{taken}".strip())


def _line(text: str) -> tuple[str, ...]:
    found = words(text)
    return tuple(found) if len(found) >= LINE else ()


def _answers(turn: Turn, memory: _Memory, speaker: _Speaker, since: Sequence[int]) -> list[int]:
    """Return the turns a turn answers: those it quotes or addresses, its parent, or the latest."""
    others = memory.others(turn.speaker, -1)
    if quoted := _source(turn.quoted, memory, others):
        return quoted
    for name in (*turn.addressed, *_address(turn.text, memory.speakers)):
        said = [i for i in others if key(memory.turns[i].speaker) == key(name)]
        if said:
            return said[-1:]
    if turn.indent:
        parents = [i for i in range(len(memory.turns)) if memory.turns[i].indent < turn.indent]
        if parents and parents[-1] in others:
            return parents[-1:]
    if speaker.last < 0 and since:
        return sorted({since[0], since[-1]})
    return list(since[-RECENT:])


def _source(quoted: str, memory: _Memory, others: Sequence[int]) -> list[int]:
    """Return the latest turn of another speaker that holds most of a quotation."""
    n = 4 if len(words(quoted)) >= 4 else 1
    wanted = set(grams(quoted, n))
    if not wanted:
        return []
    for i in reversed(others):
        there = memory.grams[i] if n == 4 else set(grams(memory.turns[i].text, n))
        if len(wanted & there) >= MATCHED * len(wanted):
            return [i]
    return []


def _address(text: str, names: Iterable[str]) -> list[str]:
    """Return whom a turn addresses near its beginning, as in "@Ann", "Ann, no" or "Yes, Ann"."""
    start = text[:START]
    low = start.casefold()
    return [
        name
        for name in names
        if key(name) in low
        and re.search(
            rf"@{re.escape(name)}\b|(?:^|,)\s*{re.escape(name)}\s*(?:[,.:;!?\u2014]|$)",
            start,
            re.IGNORECASE,
        )
    ]


def _reading(
    turn: Turn,
    memory: _Memory,
    speaker: _Speaker,
    on: Stated | None,
    at: tuple[Sequence[int], Sequence[int]],
) -> Reading | None:
    """Read the stance of a turn; who only says to be convinced has come to the other's side."""
    if on is None:
        return None
    since, answers = at
    asked = next((q for i in reversed(since) if (q := question(memory.turns[i].text))), "")
    reading = on.read(turn.text, asked if memory.turns else None)
    if reading.rule in ("questions", "echo") and not asked:
        return said("unreadable", rule=ASKS)
    if reading.stance is None and converted(turn.text):
        sides = {memory.sides[i] for i in (answers or since)}
        if speaker.side is not None and sides - {None} == {other(speaker.side)}:
            return said("answered", other(speaker.side), rule="persuaded")
    return reading


def _move(turn: Turn, speaker: _Speaker, reading: Reading) -> Move | None:
    """Return how far a speaker has moved since their last turn."""
    if speaker.last < 0:
        return None
    side = None if reading.stance is None else reading.stance.side
    if side is not None and speaker.side is not None and side != speaker.side:
        return "flip"
    left = speaker.side is not None and not speaker.undecided and reading.outcome == "undecided"
    took = side is not None and speaker.undecided
    if left or took or partly(turn.text):
        return "partial"
    return "grants" if grants(turn.text) else "none"


def _overlap(turn: Turn, memory: _Memory, speaker: _Speaker) -> float | None:
    """Return what `bot.overlap.self_overlap` does, from the 4-grams gathered so far."""
    if speaker.last < 0:
        return None
    bits = (memory.by_gram.get(gram, 0) for gram in grams(turn.text, 4))
    own = [bool(by & speaker.bit) for by in bits if not by & ~speaker.bit]
    return sum(own) / len(own) if own else None


def _remember(turn: Turn, found: Scored, memory: _Memory, speaker: _Speaker) -> None:
    here = stems(turn.text)
    before = (memory.known, *memory.stems[-SPAN:])
    memory.points.append(point(turn.text, before, speaker.stems[-REMEMBERED:]))
    memory.stems.append(here)
    memory.turns.append(turn)
    run = grams(turn.text, 4)
    memory.grams.append(set(run))
    for gram in run:
        memory.by_gram[gram] = memory.by_gram.get(gram, 0) | speaker.bit
    for line in turn.text.split("\n"):
        if words_of := _line(line):
            memory.lines[words_of] = memory.lines.get(words_of, 0) | speaker.bit
    speaker.stems.append(here)
    speaker.last = len(memory.turns) - 1
    if found.side is not None:
        speaker.side, speaker.undecided = found.side, False
    elif found.outcome == "undecided":
        speaker.undecided = True
    memory.sides.append(speaker.side)
