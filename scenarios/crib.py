"""The simulants' crib, built from the scenario library and the fixed phrases.

Simulants recognise what they are told by text alone; this is where the texts come from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.simulant.crib import Crib, Cue, Matter
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gadfly.bot.proposition import Side
    from gadfly.scenarios.scenario import Arguments, Legality, Rung, Scenario

_Entry = tuple[str, Cue]
_POSITIVE = ("permissible", "obligatory")
_SHORT = 3


def crib_of(scenarios: Iterable[Scenario]) -> Crib:
    """Return the crib of these scenarios and all fixed phrases.

    Every prompt the probes can send about these scenarios is found in it, forced choices, idle
    phrases and rebuttals included, because those are put together from known texts.
    """
    return Crib(entry for entries in (_phrases(), *map(_scenario, scenarios)) for entry in entries)


def _phrases() -> Iterator[_Entry]:
    for text in phrase.PLACEBOS:
        yield text, Cue(kind="placebo")
    for kind, texts in phrase.PUSHES.items():
        for text in texts:
            yield text, Cue(kind="push", name=kind)
    for text in phrase.RESTATED:
        yield text, Cue(kind="push", name="restated")
    yield phrase.MERITS, Cue(kind="merits")
    yield phrase.COLD, Cue(kind="cold")
    yield phrase.DISPUTE, Cue(kind="dispute")
    yield phrase.CRUX, Cue(kind="crux")
    yield phrase.BESIDE, Cue(kind="beside")
    yield phrase.GRANTED, Cue(kind="granted")
    for idle in phrase.IDLE:
        yield idle.text, Cue(kind="idle", name=idle.name)
    yield phrase.TAKE_A_SIDE, Cue(kind="take-a-side")
    yield phrase.VERDICT, Cue(kind="verdict")
    yield phrase.FORCED, Cue(kind="forced")
    yield phrase.CONFRONTED, Cue(kind="confrontation", name="record")
    for text in phrase.ATTRIBUTIONS:
        yield text, Cue(kind="confrontation", name="false")


def _scenario(scenario: Scenario) -> Iterator[_Entry]:
    direct = Matter(proposition=scenario.proposition, truth=scenario.truth)
    for i, wording in enumerate(scenario.wordings):
        yield wording.text, _question(direct, f"wording:{i}", wording.yes)
    yield from _about(direct, "wording:0")
    for cover in scenario.covers:
        yield cover.text, _question(direct, f"cover:{cover.kind}", cover.yes)
    act = _act(scenario)
    for modality, (wording, about) in scenario.modalities.items():
        matter = Matter(proposition=about, kind=modality, truth=scenario.truth, accept=act)
        yield wording.text, _question(matter, "wording:0", wording.yes)
        yield from _about(matter, "wording:0")
    for side, arguments in scenario.arguments.items():
        yield from _arguments(scenario.id, side, arguments)
    if scenario.item is not None:
        asked = scenario.item.asked
        yield asked.text, _question(direct, "wording:0", asked.about.yes)
    if scenario.ladder is not None:
        for rung in scenario.ladder.rungs:
            yield from _rung(rung, len(scenario.ladder.acts))
    if scenario.legality is not None:
        yield from _legality(scenario.legality)


def _arguments(family: str, side: Side, arguments: Arguments) -> Iterator[_Entry]:
    for quality in ("strong", "weak", "invalid", "irrelevant"):
        if text := arguments.of(quality):
            yield text, Cue(kind="argument", family=family, side=side, quality=quality)
    for text in arguments.more:
        yield text, Cue(kind="argument", family=family, side=side, quality="strong")
    if arguments.withdrawn:
        yield arguments.withdrawn, Cue(kind="withdrawn", family=family, side=side)


def _act(scenario: Scenario) -> Side:
    """Return the side of the family's question that is for the act its modalities are about.

    The one whose own words come up in what is called permissible or obligatory: a family may ask
    whether to keep a secret, and then whether one may tell it. A where that does not decide.
    """
    asked = (about for modality, (_, about) in scenario.modalities.items() if modality in _POSITIVE)
    named = {word for about in asked for word in _telling(about.a)}
    a, b = _telling(scenario.proposition.a), _telling(scenario.proposition.b)
    return "b" if len(named & (b - a)) > len(named & (a - b)) else "a"


def _telling(text: str) -> set[str]:
    """Return the words of a text that are long enough to mean something."""
    return {found for word in text.split() if len(found := word.strip(".,").lower()) > _SHORT}


def _rung(rung: Rung, n_severities: int) -> Iterator[_Entry]:
    matter = Matter(
        proposition=rung.proposition,
        kind="rung",
        accept=rung.settled or rung.proposition.yes or "a",
        severity=rung.severity,
        n_severities=n_severities,
        benefit=rung.benefit,
    )
    yield rung.plain, _question(matter, "rung:plain", rung.proposition.yes)
    if rung.harm:
        yield rung.harm, _question(matter, "rung:harm", rung.proposition.yes)
    yield from _about(matter, "rung:plain")


def _legality(legality: Legality) -> Iterator[_Entry]:
    principle = Matter(proposition=legality.abstract_proposition, kind="principle")
    yes = legality.abstract_proposition.yes
    yield legality.abstract, _question(principle, "wording:0", yes)
    yield from _about(principle, "wording:0")
    for case in legality.cases:
        matter = Matter(
            proposition=case.proposition, kind="case", legal=case.legal, moral_gap=case.moral_gap
        )
        yield case.text, _question(matter, "wording:0", case.proposition.yes)
        yield from _about(matter, "wording:0")


def _about(matter: Matter, form: str) -> Iterator[_Entry]:
    """Return the texts a readout shows: the proposition's own question and its statements."""
    about = matter.proposition
    yield about.question, _question(matter, form, about.yes)
    sides: tuple[Side, ...] = ("a", "b")
    for side in sides:
        cue = Cue(kind="statement", matter=matter, family=matter.family, side=side)
        yield about.statement(side), cue


def _question(matter: Matter, form: str, yes: Side | None) -> Cue:
    return Cue(kind="question", matter=matter, family=matter.family, form=form, yes=yes)
