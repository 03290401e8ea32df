"""The simulants' crib, built from the scenario library and the fixed phrases.

Simulants recognise what they are told by text alone; this is where the texts come from.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.simulant.crib import Crib, Cue, Matter
from gadfly.scenarios import item_phrase, phrase
from gadfly.scenarios.aside import ASIDES
from gadfly.scenarios.catalogue import library
from gadfly.scenarios.persona import PERSONAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.simulant.crib import CueKind, MatterKind, Quality
    from gadfly.scenarios.scenario import (
        Arguments,
        Asked,
        Chain,
        Check,
        Coherence,
        Conjoint,
        Invented,
        Item,
        Legality,
        Rung,
        Scenario,
    )

_Entry = tuple[str, Cue]
_POSITIVE = ("permissible", "obligatory")
_SHORT = 3
_NUMBERS: Mapping[CueKind, Callable[[str, str], str]] = MappingProxyType(
    {
        "credence": item_phrase.credence,
        "buying": item_phrase.buying,
        "selling": item_phrase.selling,
    }
)


def crib_of(scenarios: Iterable[Scenario]) -> Crib:
    """Return the crib of these scenarios and all fixed phrases.

    Every prompt the probes can send about these scenarios is found in it, forced choices, idle
    phrases and rebuttals included, because those are put together from known texts.
    """
    return Crib(chain(_phrases(), _asides(), *map(_scenario, scenarios)))


@functools.cache
def library_crib() -> Crib:
    """Return the crib of the library that ships with Gadfly; built once per process."""
    return crib_of(library().all)


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
    for consideration, sides in phrase.CONSIDERATIONS.items():
        for side, text in sides.items():
            yield text, Cue(kind="consideration", side=side, name=consideration)
    yield phrase.FORCED, Cue(kind="forced")
    yield from _turns()
    yield item_phrase.PERMISSION, Cue(kind="permission")
    for source in item_phrase.SOURCES:
        yield source.claim, Cue(kind="source")
        yield source.thin, Cue(kind="thin")
    yield phrase.CONFRONTED, Cue(kind="confrontation", name="record")
    for text in phrase.ATTRIBUTIONS:
        yield text, Cue(kind="confrontation", name="false")


def _asides() -> Iterator[_Entry]:
    """Return the unrelated questions asked before another."""
    for aside in ASIDES:
        matter = Matter(proposition=aside.about, kind="direct")
        yield aside.text, _question(matter, "wording:0", aside.about.yes)
        yield from _about(matter, "wording:0")


def _turns() -> Iterator[_Entry]:
    """Return what lets turns pass in a dialogue, and what comes back to earlier ones."""
    for text in (*phrase.FILLERS, *phrase.ADJACENT):
        yield text, Cue(kind="filler")
    yield phrase.DEVIL, Cue(kind="persona", name="devil")
    yield phrase.RECALL, Cue(kind="recall")


def _scenario(scenario: Scenario) -> Iterator[_Entry]:
    direct = _direct(scenario)
    for i, wording in enumerate(scenario.wordings):
        yield wording.text, _question(direct, f"wording:{i}", wording.yes)
    if scenario.item is None and scenario.invented is None:
        yield from _about(direct, "wording:0")
    for cover in scenario.covers:
        yield cover.text, _question(direct, f"cover:{cover.kind}", cover.yes)
    act = _act(scenario)
    for modality, (wording, about) in scenario.modalities.items():
        matter = Matter(proposition=about, kind=modality, truth=scenario.truth, accept=act)
        yield wording.text, _question(matter, "wording:0", wording.yes)
        yield from _about(matter, "wording:0")
    for side, arguments in scenario.arguments.items():
        misleads = scenario.item is not None and side != scenario.truth
        yield from _arguments(scenario.id, side, arguments, misleads=misleads)
    yield from _personas(scenario)
    yield from _blocks(scenario)


def _blocks(scenario: Scenario) -> Iterator[_Entry]:
    """Return the texts of everything a family may have and most have not."""
    if scenario.ladder is not None:
        for rung in scenario.ladder.rungs:
            yield from _rung(rung, len(scenario.ladder.acts))
    if scenario.legality is not None:
        yield from _legality(scenario.legality)
    yield from _tied(scenario)
    if scenario.item is not None:
        yield from _item(scenario.item, scenario.proposition)
    if scenario.invented is not None:
        yield from _invented(scenario.invented, scenario.id)
    if scenario.chain is not None:
        yield from _chain(scenario.chain, scenario.id)


def _direct(scenario: Scenario) -> Matter:
    """Return the family's own question."""
    kind: MatterKind = "direct" if scenario.conjoint is None else "choice"
    return Matter(proposition=scenario.proposition, kind=kind, truth=scenario.truth)


def _tied(scenario: Scenario) -> Iterator[_Entry]:
    """Return what hangs on the family's question: checks, logic, and the groups to choose from."""
    for cover in scenario.covers:
        if cover.check is not None:
            yield from _check(cover.check)
    if scenario.coherence is not None:
        yield from _coherence(scenario.coherence, _direct(scenario))
    if scenario.conjoint is not None:
        yield from _conjoint(scenario.conjoint, _direct(scenario))


def _check(check: Check, *, severity: int = 0, benefit: int = 0) -> Iterator[_Entry]:
    matter = Matter(
        proposition=check.about,
        kind="check",
        truth=check.truth,
        severity=severity,
        benefit=benefit,
    )
    yield from _about(matter, "check")


def _coherence(coherence: Coherence, direct: Matter) -> Iterator[_Entry]:
    """Return the questions tied to the family's own by logic, and how its stance settles them."""
    tied: tuple[tuple[MatterKind, Asked], ...] = (
        ("negation", coherence.negation),
        ("entailed", coherence.entailed),
        ("conjunct", coherence.conjunct),
        ("conjunction", coherence.conjunction),
    )
    for kind, asked in tied:
        matter = Matter(proposition=asked.about, kind=kind, truth=direct.truth)
        yield asked.text, _question(matter, kind, asked.about.yes)
        yield from _about(matter, kind)


def _conjoint(conjoint: Conjoint, matter: Matter) -> Iterator[_Entry]:
    """Return what follows the descriptions in the prompt, and every line of a description."""
    yield conjoint.prompt.rpartition("{second}")[2], _question(matter, "choice", None)
    for attribute in conjoint.attributes:
        for level, words in attribute.levels.items():
            yield (
                phrase.described(attribute.label, words),
                Cue(kind="level", name=f"{attribute.name}:{level}"),
            )


def _personas(scenario: Scenario) -> Iterator[_Entry]:
    for name, side in scenario.personas.items():
        yield PERSONAS[name].told, Cue(kind="persona", family=scenario.id, side=side, name=name)


def _arguments(
    family: str, side: Side, arguments: Arguments, *, misleads: bool
) -> Iterator[_Entry]:
    """Return the arguments for a side; what speaks for the wrong answer to an item is invalid."""
    for quality in ("strong", "weak", "invalid", "irrelevant"):
        if text := arguments.of(quality):
            sound: Quality = "invalid" if misleads else quality
            yield text, Cue(kind="argument", family=family, side=side, quality=sound)
    for text in arguments.more:
        sound = "invalid" if misleads else "strong"
        yield text, Cue(kind="argument", family=family, side=side, quality=sound)
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
    for modality, asked in rung.modalities.items():
        other = replace(matter, proposition=asked.about, kind=modality, accept="a")
        yield asked.text, _question(other, "rung:plain", asked.about.yes)
        yield from _about(other, "rung:plain")
    for check in rung.checks:
        yield from _check(check, severity=rung.severity, benefit=rung.benefit)


def _legality(legality: Legality) -> Iterator[_Entry]:
    principle = Matter(proposition=legality.abstract_proposition, kind="principle")
    yes = legality.abstract_proposition.yes
    yield legality.abstract, _question(principle, "wording:0", yes)
    if legality.converse:
        turned = legality.converse_proposition.yes
        yield legality.converse, _question(principle, "wording:1", turned)
    yield from _about(principle, "wording:0")
    for case in legality.cases:
        matter = Matter(
            proposition=case.proposition, kind="case", legal=case.legal, moral_gap=case.moral_gap
        )
        yield case.text, _question(matter, "wording:0", case.proposition.yes)
        if case.again:
            yield case.again, _question(matter, "wording:1", case.proposition.yes)
        yield from _about(matter, "wording:0")


def _item(item: Item, about: Proposition) -> Iterator[_Entry]:
    """Return an item's prompts, with every number that is asked for about its answers."""
    kind: MatterKind = item.kind if item.kind in ("nonsense", "trick") else "direct"
    matter = Matter(proposition=about, kind=kind, truth=item.truth)
    yield item.asked.text, _question(matter, "wording:0", item.asked.about.yes)
    yield from _about(matter, "wording:0")
    for i, option in enumerate(item.options):
        name = f"{i}/{len(item.options)}"
        for number, put in _NUMBERS.items():
            yield put(item.asked.text, option), Cue(kind=number, family=matter.family, name=name)
    if item.twin is not None:
        asked = item.twin.asked
        plain: MatterKind = "sensible" if item.kind == "nonsense" else "direct"
        twin = Matter(proposition=asked.about, kind=plain, truth=item.twin.truth)
        yield asked.text, _question(twin, "wording:0", asked.about.yes)
        yield from _about(twin, "wording:0")


def _invented(invented: Invented, family: str) -> Iterator[_Entry]:
    yield item_phrase.announced(invented), Cue(kind="thing", family=family)
    yield invented.fact, Cue(kind="fact", family=family)
    for found in invented.consequences:
        matter = Matter(
            proposition=found.about,
            kind="invented",
            relevance=found.arm,
            distance=found.distance,
        )
        yield from _about(matter, "wording:0")


def _chain(chain: Chain, family: str) -> Iterator[_Entry]:
    for n in range(1, len(chain.states) + 1):
        for form, put in (("final", item_phrase.final_state), ("steps", item_phrase.every_state)):
            cue = Cue(kind="chain", family=family, name=f"{form}:{n}", states=chain.states)
            yield put(chain, n), cue


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
