"""The ladder: how grave a harm for how great a benefit (E1), and its order (E4)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast, get_args

from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm
from gadfly.scenarios.scenario import Asked

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Ladder, Rung, Scenario

Form = Literal["plain", "harm", "obligatory"]
CHECKED = "checked"
"""Arm name where comprehension is read too: other moves, and so other trials."""
CHECKS = ("act", "saved")
"""What a rung's checks are about: what is done, and how many are saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderProbe:
    """Asks every rung in a thread of its own, the act plainly described or named "harm"."""

    name: str = "ladder"
    version: int = 2
    experiments: tuple[str, ...] = ("E1",)
    varies: str = "severity of the harm x lives saved; the act described or named harm"
    feeds: tuple[str, ...] = (
        "ladder_threshold",
        "ladder_slope",
        "ladder_nonmonotone",
        "ladder_threshold_shift",
        "ladder_settled_accept",
        "comprehension",
    )
    benefits: int | None = None
    """Most benefit levels asked, spread from lowest to highest; None for all."""
    harm_form: bool = True
    """Whether the form that names the act "harm" is asked too."""
    reads: bool = True
    """Whether the stance is read off the record after each reply."""
    checks: bool = False
    """Whether it is read off the record what the subject took the rung to say."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """One arm per rung and form."""
        if scenario.ladder is None:
            return ()
        wanted = spread(scenario.ladder.benefits, self.benefits)
        made: list[Arm] = []
        for rung in scenario.ladder.rungs:
            if rung.benefit not in wanted:
                continue
            made.append(_arm(rung, "plain", checks=self.checks))
            if self.harm_form and rung.harm:
                made.append(_arm(rung, "harm", checks=self.checks))
        return tuple(made)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Say the rung, then read the stance, then what was understood."""
        rung = rung_named(scenario, arm.variant.removeprefix("rung:").split("/")[0])
        text = rung.harm if arm.settings["form"] == "harm" else rung.plain
        yield Say(label="first", text=text, about=rung.proposition)
        if self.reads:
            yield Read(label="first", about=rung.proposition)
        if arm.name == CHECKED:
            for name, check in zip(CHECKS, rung.checks, strict=False):
                yield Read(label=f"check:{name}", about=check.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderProbe:
    """Walks a ladder upward, downward, and with each rung in a fresh thread."""

    name: str = "order"
    version: int = 2
    experiments: tuple[str, ...] = ("E4",)
    varies: str = "the order in which the rungs of a ladder are asked; question type"
    feeds: tuple[str, ...] = ("order_excess",)
    forms: tuple[Form, ...] = get_args(Form)
    """Question types: plain, the act named "harm", and whether one must."""
    reads: bool = True
    """Whether the stance is read off the record after each reply."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Fresh, upward (mild to grave) and downward, at the second-highest benefit, by type."""
        if scenario.ladder is None:
            return ()
        benefit = scenario.ladder.benefits[-2]
        rungs = rungs_at(scenario.ladder, benefit)
        return tuple(
            Arm(
                name=name,
                variant=f"ladder:b{benefit}/{form}",
                settings=MappingProxyType({"benefit": str(benefit), "form": form}),
            )
            for form in self.forms
            if all(_asked(rung, form) is not None for rung in rungs)
            for name in ("fresh", "upward", "downward")
        )

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Say each rung and read it; upward starts at the mildest act."""
        rungs = rungs_at(_ladder(scenario), int(arm.settings["benefit"]))
        walk = tuple(reversed(rungs)) if arm.name == "upward" else rungs
        for rung in walk:
            asked = _asked(rung, cast("Form", arm.settings["form"]))
            if asked is None:
                raise ValueError(f"rung {rung.name!r} has no form {arm.settings['form']!r}")
            label = f"s{rung.severity}"
            yield Say(label=label, text=asked.text, about=asked.about, fresh=arm.name == "fresh")
            if self.reads:
                yield Read(label=label, about=asked.about)


def _asked(rung: Rung, form: Form) -> Asked | None:
    """Return a rung's question of one type; None where its ladder has none."""
    if form == "obligatory":
        return rung.modalities.get("obligatory")
    text = rung.harm if form == "harm" else rung.plain
    return Asked(text=text, about=rung.proposition) if text else None


def spread(levels: tuple[int, ...], limit: int | None) -> tuple[int, ...]:
    """Return at most `limit` levels, evenly spread, always with the highest."""
    if limit is None or limit >= len(levels):
        return levels
    if limit == 1:
        return levels[-1:]
    last = len(levels) - 1
    return tuple(levels[round(i * last / (limit - 1))] for i in range(limit))


def rungs_at(ladder: Ladder, benefit: int) -> tuple[Rung, ...]:
    """Return the rungs of one benefit level, gravest first."""
    return tuple(r for r in ladder.rungs if r.benefit == benefit)


def rung_named(scenario: Scenario, name: str) -> Rung:
    """Return a rung by its name, e.g. "s3b1000"."""
    return next(r for r in _ladder(scenario).rungs if r.name == name)


def _ladder(scenario: Scenario) -> Ladder:
    if scenario.ladder is None:
        raise ValueError(f"scenario {scenario.id!r} has no ladder")
    return scenario.ladder


def _arm(rung: Rung, form: str, *, checks: bool) -> Arm:
    settings = {
        "severity": str(rung.severity),
        "benefit": str(rung.benefit),
        "form": form,
        "settled": rung.settled or "",
    }
    if checks:
        named = zip(CHECKS, rung.checks, strict=False)
        settings |= {f"check:{name}": check.truth for name, check in named}
    return Arm(
        name=CHECKED if checks else "fresh",
        variant=f"rung:{rung.name}/{form}",
        settings=MappingProxyType(settings),
    )
