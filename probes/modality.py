"""E5: permissible? obligatory? wrong not to? Asked fresh, and after something else.

Of the family's own act, and of two rungs of its ladder: the settled corner, where a trifle saves
the most, and what may be done surely must be; and the gravest act for the least benefit.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast, get_args

from gadfly.probes.ladder import rungs_at
from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm
from gadfly.scenarios.scenario import Asked, Modality

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Ladder, Rung, Scenario

Corner = Literal["settled", "gravest"]

_ORDER: tuple[Modality, ...] = get_args(Modality)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalityProbe:
    """Asks each modality of an act fresh, after each other modality, and after the ladder."""

    name: str = "modality"
    version: int = 2
    experiments: tuple[str, ...] = ("E5",)
    varies: str = "modality x (fresh thread, after another modality, after the ladder)"
    feeds: tuple[str, ...] = ("modality_excess", "modality_coherence", "obligatory_trivial")
    family: bool = True
    """Whether the family's own act is asked about, where it has modalities."""
    corners: tuple[Corner, ...] = get_args(Corner)
    """Rungs of the ladder that are asked about."""
    after: bool = True
    """Whether each modality is also asked after the others, and after the ladder."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Every modality fresh and after each other one; after the ladder where there is one."""
        made = list(self._arms(scenario, _own(scenario), "")) if self.family else []
        if scenario.ladder is not None:
            for corner in self.corners:
                rung = corner_of(scenario.ladder, corner)
                if rung is not None:
                    made.extend(self._arms(scenario, _of_rung(rung), corner))
        return tuple(made)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Ask whatever comes before, then the modality itself, then read it."""
        asked = _asked(scenario, arm.settings.get("corner", ""))
        before = arm.name.removeprefix("after-")
        if before == "ladder" and scenario.ladder is not None:
            for rung in rungs_at(scenario.ladder, scenario.ladder.benefits[-2]):
                yield Say(label=f"s{rung.severity}", text=rung.plain, about=rung.proposition)
        elif before != "fresh":
            yield _say(asked[cast("Modality", before)], "before")
        question = asked[cast("Modality", arm.settings["modality"])]
        yield _say(question, "first")
        yield Read(label="first", about=question.about)

    def _arms(
        self, scenario: Scenario, asked: Mapping[Modality, Asked], corner: Corner | Literal[""]
    ) -> list[Arm]:
        """Return the arms about one act; none where it has fewer than two modalities."""
        if len(asked) < 2:
            return []
        made: list[Arm] = []
        for modality in asked:
            befores = ["fresh"]
            if self.after:
                befores.extend(f"after-{m}" for m in asked if m != modality)
                befores.extend(["after-ladder"] if scenario.ladder is not None else [])
            settings = {"modality": modality} | ({"corner": corner} if corner else {})
            made.extend(
                Arm(
                    name=before,
                    variant=f"modality:{modality}" + (f"/{corner}" if corner else ""),
                    settings=MappingProxyType(settings),
                )
                for before in befores
            )
        return made


def corner_of(ladder: Ladder, corner: Corner) -> Rung | None:
    """Return a corner of a ladder; none where its mildest act is not settled to be right.

    "settled" is the mildest act for the largest benefit, "gravest" the gravest for the smallest.
    """
    if corner == "gravest":
        return next(r for r in ladder.rungs if r.severity == 1 and r.benefit == ladder.benefits[0])
    return next(
        (
            r
            for r in ladder.rungs
            if r.severity == len(ladder.acts)
            and r.benefit == ladder.benefits[-1]
            and r.settled == "a"
        ),
        None,
    )


def _asked(scenario: Scenario, corner: str) -> Mapping[Modality, Asked]:
    """Return the questions about the family's own act, or about a corner of its ladder."""
    rung = (
        corner_of(scenario.ladder, cast("Corner", corner)) if scenario.ladder and corner else None
    )
    return _own(scenario) if rung is None else _of_rung(rung)


def _own(scenario: Scenario) -> dict[Modality, Asked]:
    found = {m: scenario.modalities[m] for m in _ORDER if m in scenario.modalities}
    return {m: Asked(text=wording.text, about=about) for m, (wording, about) in found.items()}


def _of_rung(rung: Rung) -> dict[Modality, Asked]:
    """Return a rung's questions; its own is whether the act is permissible."""
    if not rung.modalities:
        return {}
    own = Asked(text=rung.plain, about=rung.proposition)
    return {"permissible": own, **{m: rung.modalities[m] for m in _ORDER if m in rung.modalities}}


def _say(question: Asked, label: str) -> Say:
    return Say(label=label, text=question.text, about=question.about)
