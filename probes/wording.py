"""Probes that ask one question in a fresh thread, put in different ways.

E14 (again), wording, E2 (cover stories), E7 (idle phrases) and option order differ only in the
perturbation: say it, then read the stance off the record. The original is an arm of each, and the
same call in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.probes.ladder import CHECKED
from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm
from gadfly.scenarios.persona import chosen_one
from gadfly.scenarios.perturbation import (
    CoverStory,
    IdlePhrase,
    OptionOrder,
    Perturbation,
    Rewording,
    Variant,
    in_persona,
    original,
    pick,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshThread:
    """Asks every variant in a fresh thread: one reply, then a read on a fork of it."""

    name: str
    experiments: tuple[str, ...]
    varies: str
    feeds: tuple[str, ...]
    perturbation: Perturbation | None
    """None asks the original again and again (the repeat floor)."""
    arm: str = "fresh"
    reads: bool = True
    """Whether the stance is read off the record after the reply."""
    limit: int | None = None
    """Most variants per scenario beside the original; drawn by hash, None for all."""
    version: int = 1
    with_original: bool = True
    persona: bool = False
    """Whether it is asked inside a persona, one per family of those its author marked."""
    checks: bool = False
    """Whether it is read off the record what the subject took a story to say."""
    notes_yes: bool = False
    """Whether the record says which side a plain "yes" to the prompt takes."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """One arm per variant, the original first; none where there is no variant."""
        return tuple(self._arm(v) for v in self._variants(scenario))

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Say the variant's prompt, then read the stance, then what was understood."""
        variant = next(v for v in self._variants(scenario) if v.spec == arm.variant)
        yield Say(label="first", text=variant.text, about=variant.about, options=variant.options)
        if self.reads:
            yield Read(label="first", about=scenario.proposition)
        if arm.name == CHECKED and variant.check is not None:
            yield Read(label="check:story", about=variant.check.about)

    def _arm(self, variant: Variant) -> Arm:
        if self.notes_yes and variant.about.yes is not None:
            noted = MappingProxyType({**variant.settings, "yes": variant.about.yes})
            return Arm(name=self.arm, variant=variant.spec, settings=noted)
        if not self.checks or variant.check is None:
            return Arm(name=self.arm, variant=variant.spec, settings=variant.settings)
        settings = {**variant.settings, "check:story": variant.check.truth}
        return Arm(name=CHECKED, variant=variant.spec, settings=MappingProxyType(settings))

    def _variants(self, scenario: Scenario) -> tuple[Variant, ...]:
        if not scenario.wordings:
            return ()
        first = (original(scenario),) if self.with_original else ()
        if self.perturbation is None:
            return first
        made = pick(self.perturbation.variants(scenario), self.limit)
        if not made:
            return ()
        persona = chosen_one(scenario.personas, scenario.id)
        if not self.persona:
            return (*first, *made)
        return tuple(in_persona(v, persona) for v in (*first, *made)) if persona else ()


REPEAT = FreshThread(
    name="repeat",
    experiments=("E14",),
    varies="nothing: the same question in independent runs",
    feeds=("repeat_floor", "accuracy", "undecided_rate"),
    perturbation=None,
)
WORDING = FreshThread(
    name="wording",
    experiments=("E14",),
    varies="the words of the question, not its meaning",
    feeds=("wording_excess", "yes_no_bias", "stance_variance", "generalisability"),
    perturbation=Rewording(),
    notes_yes=True,
    version=2,
)
FRAMING = FreshThread(
    name="framing",
    experiments=("E2",),
    varies="direct wording, the classic story, a new story of equal moral structure",
    feeds=("framing_excess", "framing_shift", "comprehension"),
    perturbation=CoverStory(),
    version=2,
)
IDLE = FreshThread(
    name="idle",
    experiments=("E7",),
    varies="an idle phrase, by kind and position",
    feeds=("idle_excess", "idle_largest"),
    perturbation=IdlePhrase(),
)
IDLE_PERSONA = FreshThread(
    name="idle_persona",
    experiments=("E7",),
    varies="an idle phrase, by kind and position, on a prompt that sets a persona",
    feeds=("idle_excess", "idle_largest"),
    perturbation=IdlePhrase(),
    arm="persona",
    persona=True,
)
OPTIONS = FreshThread(
    name="options",
    experiments=("E9",),
    varies="which of the two statements is listed first",
    feeds=("option_order_excess", "order_bias"),
    perturbation=OptionOrder(),
    arm="forced",
    reads=False,
    with_original=False,
)
