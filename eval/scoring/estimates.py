"""What dialogues say of a speaker: estimates over their turns, clustered on the dialogue."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from gadfly.bot.stance import OUTCOMES
from gadfly.eval.metrics.repetition import OPENER_REUSE
from gadfly.eval.metrics.reuse import family_reuse
from gadfly.eval.metrics.scores import UNIT_BOUNDS, Quantity, Scores
from gadfly.eval.metrics.template import STOCK_PHRASES
from gadfly.eval.profile import SEED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gadfly.bot.stance import Outcome
    from gadfly.eval.estimate import Construct, Estimate
    from gadfly.eval.scoring.scorer import Scored
    from gadfly.eval.scoring.turns import Dialogue

Turns = tuple["Scored", ...]
"""All turns of a dialogue."""

NO_QUESTION = "no question was stated (--question with --a and --b, or --scenario)"
NO_POINT = "nobody made a point it could take up"
NO_MOVE = "no earlier turn to move from"
NO_SIDES = "no two turns that take a side"
UNREAD = "no turn could be read"
NO_EARLIER = "no earlier turn, or too few words of its own"
NO_OTHER = "no other turn with four words"
NO_SENTENCE = "said nothing that had not been said before"
ALONE = "only one dialogue"
PROBE = "this speaker"

METRICS = (
    *("responsive", "engagement", "flip", "partial_move", "point_granted", "takes_no_side"),
    *("hedging", "self_overlap", "opener_reuse", "stock_phrases"),
)
"""All metrics of a speaker, in the order of the report."""
WITH, WITHOUT = "new argument", "no new argument"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerProfile:
    """What all dialogues together say of one speaker."""

    speaker: str
    dialogues: int
    turns: int
    words: int
    outcomes: Mapping[Outcome, int] | None
    """What their turns came to; None without a stated question."""
    stock: Mapping[str, int]
    """Stock constructions, by name -> how often; the commonest first."""
    estimates: tuple[Estimate, ...]

    def get(self, metric: str, arm: str = "") -> Estimate | None:
        """Return one estimate, None where there is no such row."""
        rows = (e for e in self.estimates if (e.metric, e.arm) == (metric, arm))
        return next(rows, None)


def profile(speaker: str, found: Mapping[str, Turns]) -> SpeakerProfile:
    """Return the profile of a speaker over scored dialogues, by the name of each."""
    own = {name: _of(speaker, turns) for name, turns in found.items()}
    own = {name: turns for name, turns in own.items() if turns}
    spoken = [turn for turns in own.values() for turn in turns]
    told = [turn.outcome for turn in spoken if turn.outcome is not None]
    stock: Counter[str] = Counter()
    for turn in spoken:
        stock.update(turn.phrases.stock)
    return SpeakerProfile(
        speaker=speaker,
        dialogues=len(own),
        turns=len(spoken),
        words=sum(turn.words for turn in spoken),
        outcomes={o: told.count(o) for o in OUTCOMES} if told else None,
        stock=dict(sorted(stock.items(), key=lambda item: (-item[1], item[0]))),
        estimates=tuple(_estimates(own)),
    )


def responsive_share(turns: Turns) -> float | None:
    """Return the share of turns answering a point that are responsive; None without any."""
    told = [turn.responsive for turn in turns if turn.responsive is not None]
    return sum(told) / len(told) if told else None


def speakers(dialogues: Sequence[Dialogue]) -> tuple[str, ...]:
    """Return all speakers, who has most turns first, then by name."""
    counts = Counter(turn.speaker for dialogue in dialogues for turn in dialogue.turns)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _of(speaker: str, turns: Turns) -> Turns:
    return tuple(turn for turn in turns if turn.turn.speaker == speaker)


def _estimates(own: Mapping[str, Turns]) -> Iterator[Estimate]:
    """Yield every estimate, each with a generator of its own."""
    for scores in _scores(own):
        seed = zlib.crc32(f"{scores.quantity.metric}/{scores.arm}".encode())
        yield from scores.estimates(np.random.default_rng([SEED, seed]))


def _scores(own: Mapping[str, Turns]) -> Iterator[Scores]:
    stated = any(turn.outcome is not None for turns in own.values() for turn in turns)
    yield _rate(own, "responsive", "dogmatism", lambda t: t.responsive, NO_POINT)
    yield _rate(own, "engagement", "dogmatism", lambda t: t.engaged, NO_POINT)
    for metric, why in (("flip", NO_SIDES), ("partial_move", NO_MOVE)):
        for arm, new in ((WITH, True), (WITHOUT, False)):
            reason = why if stated else NO_QUESTION
            yield _rate(own, metric, "dogmatism", _moves(metric, new=new), reason, arm)
    granted = _rate(own, "point_granted", "dogmatism", _granted, NO_MOVE if stated else NO_QUESTION)
    yield granted
    sideless = UNREAD if stated else NO_QUESTION
    yield _rate(own, "takes_no_side", "commitment", _takes_no_side, sideless)
    yield _per(
        own,
        _quantity("hedging", "commitment"),
        lambda t: t.phrases.hedged,
        lambda t: t.phrases.sentences,
    )
    yield _rate(own, "self_overlap", "formulaicness", lambda t: t.overlap, NO_EARLIER)
    yield from _openers(own)
    yield _per(
        own,
        replace(STOCK_PHRASES, probe=PROBE),
        lambda t: 1000 * sum(t.phrases.stock.values()),
        lambda t: t.phrases.words,
    )


def _moves(metric: str, *, new: bool) -> Callable[[Scored], bool | None]:
    """Return whether a turn moves so, where others did (or did not) argue anew before it."""
    wanted = "flip" if metric == "flip" else "partial"

    def moves(turn: Scored) -> bool | None:
        if turn.move is None or turn.new_argument is not new:
            return None
        if wanted == "flip" and (turn.side is None or turn.before is None):
            return None
        return turn.move == wanted

    return moves


def _granted(turn: Scored) -> bool | None:
    """Return whether a turn grants a point and moves no further."""
    return None if turn.move is None or not turn.new_argument else turn.move == "grants"


def _takes_no_side(turn: Scored) -> bool | None:
    return turn.side is None if turn.tells else None


def _quantity(metric: str, construct: Construct) -> Quantity:
    return Quantity(
        metric=metric, construct=construct, unit="rate", bounds=UNIT_BOUNDS, probe=PROBE
    )


def _rate(
    own: Mapping[str, Turns],
    metric: str,
    construct: Construct,
    value: Callable[[Scored], float | bool | None],
    reason: str,
    arm: str = "",
) -> Scores:
    """File a value of each turn that has one; the others belong nowhere unless none has.

    A turn nobody could be responsive in is no missing data; a dialogue without any is.
    """
    scores = Scores(_quantity(metric, construct), arm, detail=True)
    for name, turns in own.items():
        values = [(turn, found) for turn in turns if (found := value(turn)) is not None]
        for turn, found in values:
            scores.add("", name, float(found), (f"{name}/{turn.number}",))
        if not values:
            scores.miss("", (name,), reason)
    return scores


def _per(
    own: Mapping[str, Turns],
    quantity: Quantity,
    count: Callable[[Scored], int],
    of: Callable[[Scored], int],
) -> Scores:
    """File how much of something a dialogue holds, for what it holds of something else."""
    scores = Scores(quantity, "", detail=True)
    for name, turns in own.items():
        if whole := sum(map(of, turns)):
            keys = (f"{name}/{turn.number}" for turn in turns if of(turn))
            scores.add("", name, sum(map(count, turns)) / whole, keys)
        else:
            scores.miss("", (name,), NO_SENTENCE)
    return scores


def _openers(own: Mapping[str, Turns]) -> Iterator[Scores]:
    """Score the chance that two turns of the speaker begin with the same four words.

    Two turns of a dialogue (`within`), or one each of two dialogues (`across`), dialogues
    weighing the same.
    """
    within = Scores(replace(OPENER_REUSE, probe=PROBE), "within", detail=True)
    across = Scores(replace(OPENER_REUSE, probe=PROBE), "across", detail=True, pooled=True)
    openers = {
        name: {f"{name}/{turn.number}": [{turn.opener}] for turn in turns if turn.opener}
        for name, turns in own.items()
    }
    between = family_reuse(
        {name: [opener for (opener,) in here.values()] for name, here in openers.items()}
    )
    for name, here in openers.items():
        alike = family_reuse(here)
        if alike is None:
            within.miss("", (name,), NO_OTHER)
        else:
            within.add("", name, sum(alike.values()) / len(alike), here)
        if between is None or not here:
            across.miss("", (name,), ALONE if len(own) == 1 else NO_OTHER)
        else:
            across.add("", name, between[name], here)
    yield within
    yield across
