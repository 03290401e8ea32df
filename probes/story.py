"""E3: the direct question right after its cover story, in one conversation, and the other way.

What it answered one turn before stands on the record, so an answer that disagrees with it is the
subject's own contradiction, and the trial runs on into a confrontation (E11). The first answer of
each order is the fresh-thread value of its question; nothing is asked twice for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.probes.confront import asked_again, confront, on_record
from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm
from gadfly.scenarios.perturbation import CoverStory, original, pick

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.confront import OnRecord
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryProbe:
    """Asks a cover story and the direct question one after the other, in both orders."""

    name: str = "story-then-direct"
    version: int = 4
    experiments: tuple[str, ...] = ("E3",)
    varies: str = "whether the direct question follows its cover story, precedes it, or is alone"
    feeds: tuple[str, ...] = (
        "story_disagreement",
        "thread_disagreement",
        "thread_excess",
        "confrontation_code",
    )
    orders: tuple[str, ...] = ("story-first", "direct-first")
    reads: bool = True
    """Whether the stance is read off the record after each of the two answers."""
    confronts: bool = True
    """Whether two answers that conflict are put to it."""
    limit: int | None = None
    """Most cover stories per scenario, drawn by hash; None for all."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """One arm per cover story and order; none where there is no cover story."""
        if not scenario.wordings:
            return ()
        covers = pick(CoverStory().variants(scenario), self.limit)
        return tuple(
            Arm(name=order, variant=cover.spec, settings=cover.settings)
            for cover in covers
            for order in self.orders
        )

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Ask both, read after each, and put a conflict of the two answers to it."""
        story = next(v for v in CoverStory().variants(scenario) if v.spec == arm.variant)
        direct = original(scenario)
        story_first = arm.name == "story-first"
        given: list[OnRecord | None] = []
        for label in ("story", "direct") if story_first else ("direct", "story"):
            variant = story if label == "story" else direct
            again = asked_again(story) if label == "story" else scenario.proposition
            seen = yield Say(label=label, text=variant.text, about=variant.about)
            given.append(on_record(seen, variant.about, again))
            if self.reads:
                yield Read(label=label, about=scenario.proposition)
        first, second = given
        if not self.confronts or first is None or second is None:
            return
        if first.side != second.side:
            yield from confront("real", first, second)
