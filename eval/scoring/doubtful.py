"""Turns of dialogues on whose stance the rules are unsure, as a judge is asked about them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from gadfly.bot.judging import Case
from gadfly.eval.judging.doubt import Doubt, is_inferred

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gadfly.bot.stance import Reading
    from gadfly.eval.scoring.asked import Stated
    from gadfly.eval.scoring.scorer import Scored
    from gadfly.eval.scoring.turns import Turn

ASKS = "asks"
"""Rule of a turn that only asks: it takes no side, and nobody need be asked whether it does."""


def is_doubtful(reading: Reading) -> bool:
    """Tell whether the rules are unsure of a turn."""
    if reading.outcome == "unreadable":
        return reading.rule != ASKS
    return is_inferred(reading)


def together(answered: Iterable[Turn]) -> str:
    """Return the words of the turns that a turn answers."""
    return "\n\n".join(turn.text for turn in answered)


def turn_id(asked: str, text: str) -> str:
    """Return 32 hexadecimal digits: a turn and what it answers, wherever they stand."""
    return hashlib.blake2b(f"{asked}\0{text}".encode(), digest_size=16).hexdigest()


def doubtful(
    found: Mapping[str, Sequence[Scored]], on: Stated, chosen: Collection[str]
) -> dict[Doubt, Case]:
    """Return what a judge is to be asked about turns of the chosen speakers, each once."""
    cases: dict[str, tuple[Doubt, Case]] = {}
    for name, turns in found.items():
        for turn in turns:
            if turn.is_doubtful and turn.turn.speaker in chosen:
                asked = together(turns[number - 1].turn for number in turn.answers)
                reply = turn_id(asked, turn.turn.text)
                doubt = Doubt(reply=reply, about=on.about.digest, family=name)
                case = Case(about=on.about, asked=asked, reply=turn.turn.text)
                cases.setdefault(reply, (doubt, case))
    return dict(cases[reply] for reply in sorted(cases))
