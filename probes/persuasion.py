"""E12: what moves it. One sampled opening, forked into arms that differ in what the user says.

Every challenge argues against the side the subject leans to (read off the record after its first
reply), ends in the same words, and is about as long as the others. The first reply and the first
read are the same calls in every arm.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, cast, get_args

from gadfly.bot.engagement import Engagement
from gadfly.bot.proposition import other
from gadfly.bot.stance import MISSING
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Read, Say, Stop
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import original
from gadfly.scenarios.scenario import Quality

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.bot.proposition import Side
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.phrase import PushKind
    from gadfly.scenarios.scenario import Scenario

CORE = ("placebo", "bare", "pressure", "invalid", "strong")
"""The arms of the headline contrasts: what a gate asks."""
PUSHED_AGAIN = ("placebo-again", "bare-again", "pressure-again", "strong-again")
"""A second push of the same kind while it holds, then a turn that withdraws the pressure."""
COLD = ("cold", "cold-invalid", "cold-weak", "cold-strong")
"""The same argument as one of two third parties', in a fresh thread; "cold" without any."""
ON_THE_FENCE = ("fence-push", "fence-invalid", "fence-strong")
"""Asked only of those who take no side at first: arguments for either."""
ARMS = (
    "placebo",
    "bare",
    "pressure",
    *phrase.PRESSURES,
    "irrelevant",
    "invalid",
    "weak",
    "strong",
    "own",
    *PUSHED_AGAIN,
    *COLD,
    *ON_THE_FENCE,
)
"""All arms, in the order they are asked."""

_ORDERS: tuple[Side, ...] = ("a", "b")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersuasionProbe:
    """Puts a placebo, disagreement, pressure, bad and good arguments to it, and reads it again."""

    name: str = "persuasion"
    version: int = 2
    experiments: tuple[str, ...] = ("E12",)
    varies: str = "what the user says against it: nothing, insistence, bad and good arguments"
    feeds: tuple[str, ...] = ("responsiveness", "discrimination", "capitulation")
    names: tuple[str, ...] = CORE
    """Arms asked, of `ARMS`. What arms share is asked once, so "strong-again" beside "strong"
    costs only what follows the first challenge."""
    pushes: int = 2
    """Most challenges in the arms that push again."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """The chosen arms; none where there is nothing to argue with.

        An arm needs its argument for both sides: which one it will use is known only later.
        """
        if not can_argue(scenario):
            return ()
        return tuple(
            arm
            for name in ARMS
            if name in self.names and _has(scenario, name)
            for arm in self._arms(scenario, name)
        )

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Ask, read, challenge the side it leans to, read again."""
        first = original(scenario)
        yield Say(label="first", text=first.text, about=first.about)
        before = yield Read(label="before", about=scenario.proposition)
        stance, outcome = before.reading.stance, before.reading.outcome
        if arm.name in ON_THE_FENCE:
            if stance is None and outcome not in MISSING:
                yield from _on_the_fence(scenario, arm)
            return
        if stance is None:
            yield Stop(reason=f"no stance to challenge: {outcome}")
            return
        toward = other(stance.side)
        if arm.name in COLD:
            yield from _cold(scenario, arm, toward)
            return
        yield challenged(scenario, arm, toward)
        after = yield Read(label="after", about=scenario.proposition)
        if arm.name in PUSHED_AGAIN:
            yield from self._again(scenario, arm, toward, after)

    def _arms(self, scenario: Scenario, name: str) -> tuple[Arm, ...]:
        """Return the arm of a name, or one for each side it may argue for."""
        if name in ("fence-invalid", "fence-strong"):
            return tuple(
                Arm(name=name, variant=f"for:{side}", settings=MappingProxyType({"for": side}))
                for side in _ORDERS
            )
        variant = f"pushes:{self.pushes}" if name in PUSHED_AGAIN else "original"
        kind = _pressure(scenario, name)
        settings = MappingProxyType({"kind": kind} if kind else {})
        return (Arm(name=name, variant=variant, settings=settings),)

    def _again(
        self, scenario: Scenario, arm: Arm, toward: Side, after: Observation
    ) -> Generator[Move, Observation, None]:
        """Push on until it takes the user's side, then withdraw the pressure."""
        about = scenario.proposition
        for turn in range(2, self.pushes + 1):
            if _takes(after, toward):
                break
            yield pushed_again(scenario, arm, toward, turn)
            after = yield Read(label=again(turn), about=about)
        yield Say(label="merits", text=phrase.MERITS, about=take_a_side(scenario))
        yield Read(label="merits", about=about)


EXCHANGE = PersuasionProbe(
    name="exchange",
    varies=(
        "what the user says for or against it, again, withdrawn, or as a third party: every arm"
    ),
    feeds=(
        *PersuasionProbe().feeds,
        "asymmetry",
        "own_standard_gap",
        "push_hazard",
        "recovery",
        "immovable_neutrality",
        "engagement",
        "sign_changes",
        "unacknowledged_reversal",
    ),
    names=ARMS,
)
"""The whole protocol; its core arms are the calls of `PersuasionProbe()`."""


def can_argue(scenario: Scenario) -> bool:
    """Tell whether there is an open question with something to be said for either side."""
    return bool(scenario.wordings) and len(scenario.arguments) == 2


def again(turn: int) -> str:
    """Return the label of a further push; the first challenge is turn 1."""
    return "again" if turn == 2 else f"again-{turn}"


def challenged(scenario: Scenario, arm: Arm, toward: Side) -> Say:
    """Return the first user turn of an arm, read for how far it takes the argument up."""
    quality = _quality(arm.name)
    side = other(toward) if arm.name == "own" else toward
    measure = None if quality is None else engagement(scenario, side, quality)
    text = challenge(scenario, arm, toward)
    return Say(label="challenge", text=text, about=take_a_side(scenario), measure=measure)


def challenge(scenario: Scenario, arm: Arm, toward: Side) -> str:
    """Return the user turn of an arm, arguing toward a side (where the arm argues at all)."""
    if arm.name == "own":
        return phrase.support(scenario.arguments[other(toward)].strong)
    quality = _quality(arm.name)
    if quality is not None:
        return phrase.rebut(scenario.arguments[toward].of(quality))
    return _wordless(scenario, arm, 1)


def pushed_again(scenario: Scenario, arm: Arm, toward: Side, turn: int) -> Say:
    """Return a further push of an arm: another text of the kind, or another strong argument."""
    about = take_a_side(scenario)
    if _quality(arm.name) is None:
        return Say(label=again(turn), text=_wordless(scenario, arm, turn), about=about)
    series = scenario.arguments[toward].series
    if turn <= len(series):
        text = phrase.further(series[turn - 1])
        measure = engaged_by(scenario, series[turn - 1])
        return Say(label=again(turn), text=text, about=about, measure=measure)
    text = phrase.RESTATED[(turn - len(series) - 1) % len(phrase.RESTATED)]
    return Say(label=again(turn), text=text, about=about)


def engagement(scenario: Scenario, side: Side, quality: Quality) -> Engagement:
    """Return the measure of engagement with one argument of a family."""
    return engaged_by(scenario, scenario.arguments[side].of(quality))


def engaged_by(scenario: Scenario, argument: str) -> Engagement:
    """Return the measure of engagement with a text, against arguments that are not its twin."""
    about = scenario.proposition
    others = tuple(
        text
        for side in _ORDERS
        if side in scenario.arguments
        for text in (*scenario.arguments[side].series, scenario.arguments[side].weak)
        if text and text != argument
    )
    asked = tuple(w.text for w in scenario.wordings[:1])
    return Engagement(argument=argument, known=(*about.texts, *asked), others=others)


def _on_the_fence(scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
    """Ask for a side, or argue for one; then read."""
    about = take_a_side(scenario)
    if arm.name == "fence-push":
        yield Say(label="pushed", text=phrase.TAKE_A_SIDE, about=about)
        yield Read(label="pushed", about=scenario.proposition)
        return
    side = cast("Side", arm.settings["for"])
    quality: Quality = "strong" if arm.name == "fence-strong" else "invalid"
    text = phrase.merely(scenario.arguments[side].of(quality))
    measure = engagement(scenario, side, quality)
    yield Say(label="challenge", text=text, about=about, measure=measure)
    yield Read(label="after", about=scenario.proposition)


def _cold(scenario: Scenario, arm: Arm, toward: Side) -> Generator[Move, Observation, None]:
    """Put the argument as a third party's, in a fresh thread for each order of the positions."""
    about = scenario.proposition
    quality = _quality(arm.name)
    argument = "" if quality is None else scenario.arguments[toward].of(quality)
    for side in _ORDERS:
        text = phrase.cold(
            about.question,
            about.statement(side),
            about.statement(other(side)),
            argument,
            "first" if toward == side else "second",
        )
        label = f"cold-{side}{other(side)}"
        yield Say(label=label, text=text, about=take_a_side(scenario), fresh=True)
        yield Read(label=label, about=about)


def _wordless(scenario: Scenario, arm: Arm, turn: int) -> str:
    """Return the text of a turn that gives no reason, a different one on each turn."""
    if arm.name.startswith("placebo"):
        texts, salt = phrase.PLACEBOS, "placebo"
    else:
        salt = arm.settings.get("kind", "bare")
        texts = phrase.PUSHES[cast("PushKind", salt)]
    return texts[(_number(scenario.id, salt) + turn - 1) % len(texts)]


def _takes(seen: Observation, side: Side) -> bool:
    """Tell whether a read takes a side."""
    return seen.reading.stance is not None and seen.reading.stance.side == side


def _has(scenario: Scenario, arm: str) -> bool:
    """Tell whether the texts of an arm are there; an imported set may lack a quality."""
    quality = _quality(arm)
    return quality is None or all(a.of(quality) for a in scenario.arguments.values())


def _quality(arm: str) -> Quality | None:
    """Return the quality of the argument an arm puts, None where it argues for nothing."""
    name = arm.removesuffix("-again").removeprefix("cold-").removeprefix("fence-")
    if name == "own":
        return "strong"
    return cast("Quality", name) if name in get_args(Quality) else None


def _pressure(scenario: Scenario, arm: str) -> str:
    """Return the kind of pressure of an arm: its own, or one by hash; "" for none."""
    name = arm.removesuffix("-again")
    if name in phrase.PRESSURES:
        return name
    if name != "pressure":
        return ""
    return phrase.PRESSURES[_number(scenario.id, "pressure") % len(phrase.PRESSURES)]


def _number(*parts: str) -> int:
    return int.from_bytes(hashlib.blake2b("|".join(parts).encode(), digest_size=4).digest(), "big")
