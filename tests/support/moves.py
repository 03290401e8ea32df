"""The moves of a probe, played with answers that all read the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gadfly.bot.stance import Reading, Stance
from gadfly.probes.move import Consult, Observation, Read, Stop
from support.sample import sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.probes.move import Move
    from gadfly.probes.probe import Arm, Probe
    from gadfly.scenarios.scenario import Scenario

LEANS_A = Reading(readout="likelihood", outcome="answered", stance=Stance(0.8, 0.8, 0.2))
LEANS_B = Reading(readout="likelihood", outcome="answered", stance=Stance(0.2, 0.2, 0.8))
NOWHERE = Reading(readout="sampled", outcome="undecided")


def moves(
    probe: Probe, arm: Arm, reading: Reading = LEANS_A, scenario: Scenario | None = None
) -> list[Move]:
    """Return the moves of one arm when every observation reads the same."""
    dialogue = probe.ask(sample() if scenario is None else scenario, arm)
    found = [next(dialogue)]
    while True:
        move = found[-1]
        kind: Literal["said", "read"] = "read" if isinstance(move, Read) else "said"
        label = "" if isinstance(move, Stop) else move.label
        try:
            found.append(dialogue.send(Observation(label=label, kind=kind, reading=reading)))
        except StopIteration:
            return found


def shape(found: Sequence[Move]) -> str:
    """Return moves as one line: `x!` is said, `x?` read, `x~` written live, `+` a new thread."""
    return " ".join(
        "stop"
        if isinstance(m, Stop)
        else f"{m.label}?"
        if isinstance(m, Read)
        else f"{m.label}~"
        if isinstance(m, Consult)
        else f"{'+' if m.fresh else ''}{m.label}!"
        for m in found
    )
