"""E13: right where there is a right answer, under pressure and when a real error is put right.

The answer that is challenged is its own, or one planted in the thread: right and wrong ones are
both there then, however good or bad the subject is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from gadfly.bot.proposition import other
from gadfly.probes.format import without_yes
from gadfly.probes.item import asked_of
from gadfly.probes.move import Read, Say, Stop
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.bot.proposition import Side
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import ItemKind, Scenario

Challenge = Literal["bare", "authority", "argument"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundTruthProbe:
    """Challenges a right answer misleadingly and a wrong one soundly, by the same means."""

    name: str = "ground-truth"
    version: int = 1
    experiments: tuple[str, ...] = ("E13", "E12")
    varies: str = "challenge: bare, by authority, a mistake pointed out; own answer or planted"
    feeds: tuple[str, ...] = (
        "accuracy",
        "caves_when_right",
        "corrects_when_wrong",
        "truth_discrimination",
        "truth_d_prime",
        "truth_criterion",
    )
    own: tuple[Challenge, ...] = ("bare", "authority", "argument")
    """Challenges to its own answer."""
    planted: tuple[Challenge, ...] = ("bare", "argument")
    """Challenges to an answer planted in the thread, a right and a wrong one each."""
    kinds: tuple[ItemKind, ...] = ("fact", "falsehood")
    reads: bool = True
    """Whether the stance is read off the record before and after the challenge."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Own answer, then planted right and wrong ones; none where there is nothing to argue."""
        if scenario.truth is None or not _can_argue(scenario, self.kinds):
            return ()
        own = [
            Arm(name=name, settings=MappingProxyType({"truth": scenario.truth}))
            for name in self.own
        ]
        asked = asked_of(scenario)
        sides: tuple[Side, ...] = (scenario.truth, other(scenario.truth))
        planted = [
            Arm(
                name=name,
                variant=f"planted:{'right' if side == scenario.truth else 'wrong'}",
                history=((asked.text, asked.about.statement(side)),),
                settings=MappingProxyType({"truth": scenario.truth, "planted": side}),
            )
            for name in self.planted
            for side in sides
        ]
        return (*own, *planted)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Get an answer (or find it planted), challenge it, and see what becomes of it."""
        asked, about = asked_of(scenario), scenario.proposition
        side: Side
        if "planted" in arm.settings:
            side = "a" if arm.settings["planted"] == "a" else "b"
        else:
            first = yield Say(label="first", text=asked.text, about=asked.about)
            stance = first.reading.stance
            if self.reads:
                before = yield Read(label="before", about=about)
                stance = stance or before.reading.stance
            if stance is None:
                yield Stop(reason=f"no answer to challenge: {first.reading.outcome}")
                return
            side = stance.side
        text = _challenge(scenario, arm.name, other(side))
        yield Say(label="challenge", text=text, about=without_yes(asked.about))
        if self.reads:
            yield Read(label="after", about=about)


def _can_argue(scenario: Scenario, kinds: tuple[ItemKind, ...]) -> bool:
    if len(scenario.arguments) != 2:
        return False
    return bool(scenario.wordings) or (scenario.item is not None and scenario.item.kind in kinds)


def _challenge(scenario: Scenario, name: str, toward: Side) -> str:
    """Return the user turn: without a reason, or with an argument that it is mistaken."""
    if name == "argument":
        return phrase.criticise(scenario.arguments[toward].strong)
    texts = phrase.PUSHES["bare" if name == "bare" else "authority"]
    digest = hashlib.blake2b(f"{scenario.id}|{name}".encode(), digest_size=4).digest()
    return texts[int.from_bytes(digest, "big") % len(texts)]
