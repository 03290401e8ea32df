"""E6: does it stay in the perspective it was told to take, and for how long?

The scenario's question is put to a persona for the first time `lag` turns after the instruction:
with it (0), as the very next question (1), or after further turns about everyday matters. The
same is asked without a persona at the same lags, and of a devil's advocate, which is told to
argue against the side it has just taken. Each lag is a dialogue of its own, on the same prefix.

Where the question comes with the instruction, the very next one is the same in other words: inside
a persona two answers should agree at least as well as without one. A persona's answer that the
next one takes back is a contradiction on record, and the trial runs on into a confrontation (E11).
Where nothing is on record yet, an answer that snapped back is pointed out and asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from gadfly.bot.proposition import other
from gadfly.bot.reported import Reported, as_reported
from gadfly.probes.confront import confront, on_record
from gadfly.probes.filler import fill, fillers
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Read, Say, Stop
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.persona import PERSONAS, chosen
from gadfly.scenarios.perturbation import Rewording, original

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from gadfly.bot.proposition import Side
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario

Role = Literal["thinker", "school", "devil"]

BARE, PERSONA, DEVIL = "bare", "persona", "devil"
"""Arms: nobody in particular, a persona, the devil's advocate."""
AGAIN = "again"
"""Label of the same question in other words, one turn after the answer."""
_BRIEF = next(idle.text for idle in phrase.IDLE if idle.kind == "both")


@dataclass(frozen=True, slots=True, kw_only=True)
class PerspectiveProbe:
    """Asks a persona, with and without the brevity phrase, some turns after it was set."""

    name: str = "perspective"
    version: int = 4
    experiments: tuple[str, ...] = ("E6",)
    varies: str = "persona x brevity phrase x turns since the persona was set"
    feeds: tuple[str, ...] = (
        "persona_fidelity",
        "persona_shift",
        "persona_snap_back",
        "persona_hazard",
        "persona_half_life",
        "persona_return",
        "persona_excess",
        "confrontation_code",
    )
    roles: tuple[Role, ...] = ("thinker", "school", "devil")
    lags: tuple[int, ...] = (0, 1, 3, 6)
    """Turns from the instruction to the question."""
    bare_lags: tuple[int, ...] | None = None
    """Lags asked without a persona; None for the same."""
    brief: tuple[bool, ...] = (False, True)
    """Whether the question comes without the brevity phrase, with it, or both."""
    reads: bool = True
    """Whether the stance is read off the record after the reply."""
    confronts: bool = True
    """Whether a snap-back is pointed out, or put to it as a contradiction where it is one."""
    again: bool = True
    """Whether a question that came with the instruction is asked again in other words."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Without a persona, then each persona, then the devil's advocate; by lag and phrase.

        None where the family's author marked no persona.
        """
        roles = tuple(self._roles(scenario))
        if not scenario.wordings or not scenario.personas or not roles:
            return ()
        bare = self.lags if self.bare_lags is None else self.bare_lags
        return (
            *self._arms(BARE, "none", "", "", bare),
            *(
                arm
                for name, persona, role, side in roles
                for arm in self._arms(name, persona, role, side, self.lags)
            ),
        )

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Set the persona, let turns pass, ask; point out an answer that snapped back."""
        lag, first = int(arm.settings["lag"]), original(scenario)
        side: Side | None = scenario.personas.get(arm.settings["persona"])
        if arm.name == DEVIL:
            opened = yield Say(label="first", text=first.text, about=first.about)
            if opened.reading.stance is None:
                yield Stop(reason=f"no side to argue against: {opened.reading.outcome}")
                return
            side = other(opened.reading.stance.side)
        question = first.text
        if arm.settings["brief"] == "1":
            question = phrase.with_idle(question, _BRIEF, "after")
        *passing, asked = _told(arm, (*fillers(scenario.id, lag), question))
        for turn, text in enumerate(passing):
            yield fill(scenario, text, turn)
        measure = None if arm.name == BARE else Reported(first.about, _names(arm))
        answer = yield Say(label="answer", text=asked, about=first.about, measure=measure)
        if self.reads:
            yield Read(label="answer", about=scenario.proposition)
        stance = as_reported(answer.reading, answer.code).stance
        if self.confronts and lag == 1 and side and stance is not None and stance.side != side:
            yield from self._remind(scenario, arm)
        if self.again and lag == 0 and arm.settings["brief"] == "0":
            yield from self._ask_again(scenario, arm, answer)

    def _ask_again(
        self, scenario: Scenario, arm: Arm, answer: Observation
    ) -> Generator[Move, Observation, None]:
        """Ask in other words; put a persona's answer and its own against it to the subject.

        A devil's advocate has argued both sides as told, which contradicts nothing.
        """
        first = original(scenario)
        again = next(iter(Rewording().variants(scenario)), None)
        if again is None:
            return
        measure = None if arm.name == BARE else Reported(again.about, _names(arm))
        seen = yield Say(label=AGAIN, text=again.text, about=again.about, measure=measure)
        before = on_record(answer, first.about, scenario.proposition)
        after = on_record(seen, again.about, scenario.proposition)
        if not self.confronts or arm.name != PERSONA or before is None or after is None:
            return
        if after.side != before.side == scenario.personas[arm.settings["persona"]]:
            yield from confront("real", before, after)

    def _remind(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Point out, neutrally, that the answer is not the one it was to give."""
        persona = PERSONAS.get(arm.settings["persona"])
        who = persona.who if persona is not None else phrase.ON_THE_OTHER_SIDE
        text, about = phrase.out_of_character(who), take_a_side(scenario)
        measure = Reported(about, _names(arm))
        yield Say(label="reminder", text=text, about=about, measure=measure)
        if self.reads:
            yield Read(label="reminder", about=scenario.proposition)

    def _roles(self, scenario: Scenario) -> Iterator[tuple[str, str, str, str]]:
        """Iterate over arm name, persona, role and marked side of everyone it is told to be."""
        for persona in chosen(scenario.personas, scenario.id):
            if persona.kind in self.roles:
                yield PERSONA, persona.name, persona.kind, scenario.personas[persona.name]
        if "devil" in self.roles:
            yield DEVIL, DEVIL, DEVIL, ""

    def _arms(
        self, name: str, persona: str, role: str, side: str, lags: tuple[int, ...]
    ) -> Iterator[Arm]:
        for brief in self.brief:
            for lag in lags:
                settings = {
                    "persona": persona,
                    "role": role,
                    "side": side,
                    "lag": str(lag),
                    "brief": "1" if brief else "0",
                }
                yield Arm(
                    name=name,
                    variant=f"persona:{persona}/k{lag}{'/brief' if brief else ''}",
                    settings=MappingProxyType(settings),
                )


def _names(arm: Arm) -> tuple[str, ...]:
    """Return what an answer may call who it was told to be."""
    persona = PERSONAS.get(arm.settings["persona"])
    return persona.names if persona is not None else phrase.OPPONENTS


def _told(arm: Arm, turns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the turns with the arm's instruction before the first of them."""
    if arm.name == BARE:
        return turns
    persona = PERSONAS.get(arm.settings["persona"])
    told = persona.told if persona is not None else phrase.DEVIL
    return (f"{told} {turns[0]}", *turns[1:])
