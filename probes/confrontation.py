"""E11: what it does when two of its answers are put to it, and whether it believes everything.

*Real*: a cover story and the direct question, answered against each other. *Sham*: the same two
questions, answered alike, called a contradiction in the same words. *Planted*: two conflicting
answers in its history that it never gave, either way round. *False*: an opposite answer is laid
at its door. Every trial puts to it only what is on record, but for the last, which tests just that.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.bot.quotation import settling
from gadfly.probes.confront import OnRecord, asked_again, confront, on_record
from gadfly.probes.move import Say, Stop
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import CoverStory, Rewording, original, pick

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from gadfly.bot.proposition import Side
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.perturbation import Variant
    from gadfly.scenarios.scenario import Scenario

NO_SIDE = "an answer took no side"
AGREE = "its two answers agree"
CONFLICT = "its two answers conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfrontationProbe:
    """Confronts the subject with conflicts: its own, planted, sham and falsely attributed."""

    name: str = "confrontation"
    version: int = 4
    experiments: tuple[str, ...] = ("E11",)
    varies: str = "what is put to it as its contradiction: real, planted, sham, never said"
    feeds: tuple[str, ...] = ("confrontation_code", "repair", "charge_acceptance", "repair_net")
    names: tuple[str, ...] = ("real", "sham", "planted", "false")
    limit: int | None = None
    """Most pairs of questions per scenario in the arms real and sham; None for all."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Real and sham for each pair of questions, planted for one pair, false for none.

        The arms real and sham share all their calls up to the confrontation, which one of them
        holds; the other stops and says why.
        """
        if not scenario.wordings:
            return ()
        return tuple(arm for arm in self._arms(scenario) if arm.name in self.names)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Get two answers on record, as the arm has them, and put them to it."""
        if arm.name == "planted":
            yield from confront("planted", *_planted(scenario, arm))
            return
        direct = original(scenario)
        if arm.name == "false":
            seen = yield Say(label="direct", text=direct.text, about=direct.about)
            said = on_record(seen, direct.about, scenario.proposition)
            if said is None:
                yield Stop(reason=NO_SIDE)
                return
            yield from confront("false", OnRecord(about=said.about, side=other(said.side)), said)
            return
        pair = _pair(scenario, arm.variant)
        seen = yield Say(label="story", text=pair.text, about=pair.about)
        first = on_record(seen, pair.about, asked_again(pair))
        seen = yield Say(label="direct", text=direct.text, about=direct.about)
        second = on_record(seen, direct.about, scenario.proposition)
        if first is None or second is None:
            yield Stop(reason=NO_SIDE)
        elif first.side != second.side:
            if arm.name == "real":
                yield from confront("real", first, second)
            else:
                yield Stop(reason=CONFLICT)
        elif arm.name == "sham":
            yield from confront("sham", first, second)
        else:
            yield Stop(reason=AGREE)

    def _arms(self, scenario: Scenario) -> Iterator[Arm]:
        every = _pairs(scenario)
        for pair in pick(every, self.limit):
            for name in ("real", "sham"):
                yield Arm(name=name, variant=pair.spec, settings=pair.settings)
        if every:
            pair = every[_number(scenario.id) % len(every)]
            for sides in ("ab", "ba"):
                yield Arm(
                    name="planted",
                    variant=f"{pair.spec}/{sides}",
                    history=_history(scenario, pair, sides),
                    settings=MappingProxyType({"sides": sides}),
                )
        yield Arm(name="false")


def _pairs(scenario: Scenario) -> tuple[Variant, ...]:
    """Return what goes before the direct question: its cover stories, else another wording."""
    return CoverStory().variants(scenario) or Rewording().variants(scenario)[:1]


def _pair(scenario: Scenario, variant: str) -> Variant:
    spec = variant.partition("/")[0]
    return next(v for v in _pairs(scenario) if v.spec == spec)


def _history(scenario: Scenario, pair: Variant, sides: str) -> tuple[tuple[str, str], ...]:
    """Return the planted turns: both questions, each with a short answer for its side."""
    direct = original(scenario)
    plain = direct.about.yes if pair.about.yes == direct.about.yes else None
    return tuple(
        (asked.text, _planted_answer(asked, side, plain, turn))
        for turn, (asked, side) in enumerate(zip((pair, direct), sides, strict=True))
    )


def _planted_answer(asked: Variant, side: str, plain: Side | None, turn: int) -> str:
    """Return a yes or no where it means the same for both questions, else a statement.

    "Yes" against "yes" is no conflict that anybody could see.
    """
    if plain is None:
        statement = asked.about.statement("a" if side == "a" else "b")
        return phrase.PLANTED_SIDE.format(statement=statement)
    yes, no = phrase.PLANTED[turn]
    return yes if side == plain else no


def _planted(scenario: Scenario, arm: Arm) -> tuple[OnRecord, OnRecord]:
    """Return the planted answers as they stand on record."""
    pair, direct = _pair(scenario, arm.variant), original(scenario)
    (_, first), (_, second) = arm.history
    sides: tuple[Side, Side] = ("a", "b") if arm.settings["sides"] == "ab" else ("b", "a")
    return (
        OnRecord(
            about=asked_again(pair), side=sides[0], words=settling(first, pair.about, sides[0])
        ),
        OnRecord(
            about=scenario.proposition,
            side=sides[1],
            words=settling(second, direct.about, sides[1]),
        ),
    )


def _number(family: str) -> int:
    digest = hashlib.blake2b(f"{family}|planted".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big")
