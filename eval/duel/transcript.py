"""The dialogues of a duel as text for people, with all stances beside the rounds."""

from __future__ import annotations

import hashlib
import textwrap
from typing import TYPE_CHECKING

from gadfly.bot.foreign import printable
from gadfly.bot.proposition import other

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gadfly.bot.debate import Seat
    from gadfly.eval.duel.score import Dialogue
    from gadfly.eval.store import Store
    from gadfly.scenarios.scenario import Scenario

FILE = "dialogues.md"
_WIDTH = 92


def drawn(found: Sequence[Dialogue], seed: int) -> Dialogue | None:
    """Return the dialogue that is shown: the first by hash of seed and key; None of none."""
    return min(
        found,
        key=lambda d: hashlib.blake2b(f"{seed} {d.duel.key}".encode(), digest_size=8).digest(),
        default=None,
    )


def lines_of(store: Store, dialogue: Dialogue) -> list[tuple[int, Seat, str]]:
    """Return (round, who, what was said) in order; round 0 is the opening.

    Lines whose calls are not in the store are left out.
    """
    opens: Seat = "subject" if dialogue.duel.settings["opens"] == "subject" else "opponent"
    found: dict[tuple[int, Seat], str] = {}
    for seen in dialogue.duel.observations:
        name, _, number = seen.label.rpartition("-")
        at = int(number)
        if seen.kind == "said":
            found[at, "subject"] = _text(store, seen.calls[0])
            if seen.written and opens == "opponent":
                found[at - 1, "opponent"] = _text(store, seen.written)
            elif seen.written:
                found[at, "opponent"] = _text(store, seen.written)
        elif name == "opponent" and seen.written and opens == "opponent":
            found[at, "opponent"] = _text(store, seen.written)
    first = {opens: 1, "subject" if opens == "opponent" else "opponent": 0}
    order = sorted(found, key=lambda where: (where[0], first[where[1]]))
    return [(at, seat, found[at, seat]) for at, seat in order]


def transcript(
    store: Store, dialogue: Dialogue, scenario: Scenario, names: tuple[str, str], rounds: int
) -> Iterator[str]:
    """Yield a dialogue line by line: who argued what, and where all stood after each round."""
    about, duel = scenario.proposition, dialogue.duel
    side = dialogue.side
    yield f"{duel.family}, replicate {duel.replicate} (gadfly show RUN {duel.key[:10]})"
    yield f"question: {scenario.wordings[int(duel.settings['wording'])].text}"
    yield f"SUBJECT  {printable(names[0])}: {about.statement(side)}"
    yield f"OPPONENT {printable(names[1])}: {about.statement(other(side))}"
    at = -1
    for turn, seat, text in lines_of(store, dialogue):
        if turn != at:
            yield from _standing(dialogue, at)
            at = turn
        yield ""
        yield from _wrapped(seat.upper(), text)
    yield from _standing(dialogue, at)
    came = dialogue.outcome(rounds)
    if came is not None:
        yield ""
        yield "level" if came == "level" else f"moved the other further: {came}"


def _standing(dialogue: Dialogue, at: int) -> Iterator[str]:
    """Yield where everybody stands after a round, as shares of their own side."""
    found = [
        f"{party} {value:.2f}"
        for party in ("subject", "opponent", "reader")
        if (value := dialogue.own(party, max(at, 0))) is not None
    ]
    if at != 0 and found:
        when = "before" if at < 0 else f"after round {at}"
        yield ""
        yield f"    off the record, {when} (probability of one's own side; reader: of the"
        yield f"    subject's): {', '.join(found)}"


def _text(store: Store, key: str) -> str:
    return next((call.completion.text for call in store.calls([key])), "(not in the store)")


def _wrapped(name: str, text: str) -> Iterator[str]:
    first = f"{name:<9}"
    for part in printable(text).strip().splitlines() or [""]:
        for line in textwrap.wrap(part, _WIDTH - len(first)) or [""]:
            yield f"{first}{line}"
            first = " " * len(first)
