"""Rules of a scenario file that compare fields with one another.

Each promises something the measurement rests on: statements of like length so that length does
not decide between them, arguments that differ in quality and not in bulk, ladders and legality
squares whose corners are filled.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from gadfly.scenarios.persona import PERSONAS
from gadfly.scenarios.schema import MIN_WORDINGS, SPECIAL, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gadfly.scenarios.schema import (
        ArgumentsPart,
        ChainPart,
        ConjointPart,
        FamilyPart,
        InventedPart,
        ItemPart,
        LadderPart,
        LegalityPart,
        LibraryFile,
        Location,
        QuestionPart,
    )

STATEMENT_SLACK = 0.25
"""Largest difference of two statements' word counts, as a share of the longer."""
TWIN_SLACK = 0.10
"""The same for a strong argument and the invalid, weak or irrelevant text beside it."""
MORE_SLACK = 0.30
"""The same for a strong argument and a further one of its series."""
ECHO_WORDS = 6
"""An argument shares no run of this many words with a statement of its family."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ACT = frozenset({"do", "doing"})


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation."""
    return [w.lower() for w in _WORD.findall(text)]


def check_file(file: LibraryFile) -> Iterator[Problem]:
    """Yield what is wrong with a well-formed file."""
    seen: dict[str, int] = {}
    for index, family in enumerate(file.families):
        here: Location = ("families", index)
        if not family.id.startswith(f"{file.topic}."):
            yield Problem(
                (*here, "id"),
                f"id: expected one that starts with '{file.topic}.', found {family.id!r}",
            )
        if family.id in seen:
            yield Problem(
                (*here, "id"),
                f"id: {family.id!r} is taken by family {seen[family.id] + 1} of this file",
            )
        seen.setdefault(family.id, index)
        yield from check_family(family, here)


def check_family(family: FamilyPart, here: Location) -> Iterator[Problem]:
    """Yield what is wrong with a well-formed family; `here` is its place in the file.

    An imported family is not held to the style of our own: its statements may differ in length,
    it may have one wording, no arguments, or arguments without a twin.
    """
    yield from _statements(family.a, family.b, here, slack=1 if family.imported else None)
    yield from _truth(family, here)
    yield from _wordings(family, here)
    yield from _covers(family, here)
    yield from _arguments(family, here)
    yield from _personas(family, here)
    if family.coherence is not None:
        yield from _coherence(family, (*here, "coherence"))
    yield from _special(family, here)
    for name in ("permissible", "obligatory", "wrong_not_to"):
        part: QuestionPart | None = getattr(family.modalities, name)
        if part is not None:
            yield from _statements(part.a, part.b, (*here, "modalities", name))
    if family.ladder is not None:
        yield from _ladder(family.ladder, (*here, "ladder"))
    if family.legality is not None:
        yield from _legality(family.legality, (*here, "legality"))


def _apart(first: str, second: str) -> float:
    n, m = len(words(first)), len(words(second))
    return abs(n - m) / max(n, m, 1)


def _statements(a: str, b: str, here: Location, *, slack: float | None = None) -> Iterator[Problem]:
    allowed = STATEMENT_SLACK if slack is None else slack
    if words(a) == words(b):
        yield Problem((*here, "b"), "b: expected a statement opposed to 'a', found the same one")
    elif _apart(a, b) > allowed:
        yield Problem(
            (*here, "b"),
            f"b: expected a length within {allowed:.0%} of statement 'a' "
            f"({len(words(a))} words), found {len(words(b))} words",
        )


def _truth(family: FamilyPart, here: Location) -> Iterator[Problem]:
    if family.stratum == "contested" and family.truth is not None:
        yield Problem((*here, "truth"), "truth: expected none in a contested family")
    if family.stratum != "contested" and family.truth is None:
        yield Problem(
            (*here, "truth"), f"truth: expected 'a' or 'b' in a family that is {family.stratum}"
        )


def _wordings(family: FamilyPart, here: Location) -> Iterator[Problem]:
    if family.special:
        if family.wordings:
            yield Problem(
                (*here, "wordings"),
                f"wordings: expected none in a family that is asked by its {family.special!r}",
            )
        return
    least = MIN_WORDINGS if family.imported is None else 1
    if len(family.wordings) < least:
        there = "wordings" in family.model_fields_set
        yield Problem(
            (*here, "wordings") if there else here,
            f"wordings: expected {least} or more, found a list of {len(family.wordings)}"
            if there
            else "expected a field 'wordings' here, or one of "
            + ", ".join(repr(name) for name in SPECIAL),
        )
    seen: dict[tuple[str, ...], int] = {}
    for index, wording in enumerate(family.wordings):
        place: Location = (*here, "wordings", index)
        if "?" not in wording.text:
            yield Problem(place, "wordings: expected a prompt that asks, with a question mark")
        key = tuple(words(wording.text))
        if key in seen:
            yield Problem(
                place, f"wordings: expected different ones, found number {seen[key] + 1} again"
            )
        seen.setdefault(key, index)


def _covers(family: FamilyPart, here: Location) -> Iterator[Problem]:
    if family.covers and not family.codes:
        yield Problem(
            (*here, "covers"),
            "covers: expected 'codes' beside cover stories, to say what structure they share",
        )
        return
    for index, cover in enumerate(family.covers):
        place: Location = (*here, "covers", index)
        if cover.codes and cover.codes != family.codes:
            differ = sorted(
                name
                for name in {*cover.codes, *family.codes}
                if cover.codes.get(name) != family.codes.get(name)
            )
            yield Problem(
                (*place, "codes"),
                "codes: expected those of the family, for a story of equal structure; "
                f"found other {' and '.join(repr(name) for name in differ)}",
            )
        if cover.check is not None:
            yield from _statements(cover.check.a, cover.check.b, (*place, "check"))


def _personas(family: FamilyPart, here: Location) -> Iterator[Problem]:
    for name in family.personas:
        if name not in PERSONAS:
            yield Problem(
                (*here, "personas", name),
                f"personas: expected names among {', '.join(PERSONAS)}; found {name!r}",
                at_key=True,
            )


def _coherence(family: FamilyPart, here: Location) -> Iterator[Problem]:
    seen = {(family.question, family.a, family.b)}
    for name in ("negation", "entailed", "conjunct", "conjunction"):
        part: QuestionPart = getattr(family.coherence, name)
        yield from _statements(part.a, part.b, (*here, name))
        if (part.question, part.a, part.b) in seen:
            yield Problem(
                (*here, name), f"{name}: expected a question of its own, found it asked before"
            )
        seen.add((part.question, part.a, part.b))


def _special(family: FamilyPart, here: Location) -> Iterator[Problem]:
    named = [name for name in SPECIAL if getattr(family, name) is not None]
    if len(named) > 1:
        yield Problem(
            (*here, named[1]),
            f"{named[1]}: expected one way to ask a family, found {named[0]!r} too",
        )
    if family.item is not None:
        yield from _item(family.item, (*here, "item"))
    if family.conjoint is not None:
        yield from _conjoint(family.conjoint, (*here, "conjoint"))
    if family.invented is not None:
        yield from _invented(family.invented, (*here, "invented"))
    if family.chain is not None:
        yield from _chain(family.chain, (*here, "chain"))
    if family.stratum != "objective" and named and named[0] != "conjoint":
        yield Problem(
            (*here, "stratum"),
            f"stratum: expected 'objective' in a family with {named[0]!r}, "
            f"found {family.stratum!r}",
        )


def _item(item: ItemPart, here: Location) -> Iterator[Problem]:
    twinned = item.kind in ("nonsense", "trick")
    if twinned and item.twin is None:
        yield Problem(here, f"expected a field 'twin' beside kind {item.kind!r}, found none")
    if item.twin is not None:
        yield from _statements(item.twin.a, item.twin.b, (*here, "twin"))
        if words(item.twin.text) == words(item.text):
            yield Problem((*here, "twin"), "twin: expected another question, found the same one")
    if item.kind == "fact" and not 3 <= len(item.options) <= 6:
        place = (*here, "options") if item.options else here
        yield Problem(
            place, f"options: expected 3 to 6 beside kind 'fact', found {len(item.options)}"
        )
    told = [tuple(words(option)) for option in item.options]
    for index, option in enumerate(told):
        if option in told[:index]:
            yield Problem(
                (*here, "options", index), "options: expected different ones, found one twice"
            )


def _conjoint(part: ConjointPart, here: Location) -> Iterator[Problem]:
    slots = (frozenset({"first"}), frozenset({"second"}))
    yield from _template(part.prompt, slots, slots[0] | slots[1], (*here, "prompt"))
    names = [a.name for a in part.attributes]
    for index, attribute in enumerate(part.attributes):
        place: Location = (*here, "attributes", index)
        if attribute.name in names[:index]:
            yield Problem(
                (*place, "name"), f"name: {attribute.name!r} is taken by an attribute before it"
            )
        if len({tuple(words(text)) for text in attribute.levels.values()}) < len(attribute.levels):
            yield Problem(
                (*place, "levels"), "levels: expected different words for each, found some twice"
            )


def _invented(part: InventedPart, here: Location) -> Iterator[Problem]:
    arms = {c.arm for c in part.consequences}
    for arm in ("implied", "likelier", "unrelated"):
        if arm not in arms:
            yield Problem(
                (*here, "consequences"),
                f"consequences: expected some of every arm, found none with arm {arm!r}",
            )
    seen: set[tuple[str, str, str]] = set()
    for index, c in enumerate(part.consequences):
        place: Location = (*here, "consequences", index)
        yield from _statements(c.a, c.b, place)
        if (c.question, c.a, c.b) in seen:
            yield Problem(place, "consequences: expected different ones, found one twice")
        seen.add((c.question, c.a, c.b))


def _chain(part: ChainPart, here: Location) -> Iterator[Problem]:
    for index, state in enumerate(part.states):
        if len(state.split()) != 1:
            yield Problem(
                (*here, "states", index),
                f"states: expected one word or number, found {state!r}",
            )


def _arguments(family: FamilyPart, here: Location) -> Iterator[Problem]:
    sides = {"a": family.arguments.a, "b": family.arguments.b}
    absent = [side for side, found in sides.items() if found is None]
    needed = family.imported is None and not family.special
    if family.stratum != "objective" and absent and needed:
        yield Problem(
            (*here, "arguments"),
            f"arguments: expected both sides in a family that is {family.stratum}, "
            f"found none for {' and '.join(repr(s) for s in absent)}",
        )
    for side, part in sides.items():
        if part is not None:
            yield from _argument_set(part, family, (*here, "arguments", side))


def _argument_set(part: ArgumentsPart, family: FamilyPart, here: Location) -> Iterator[Problem]:
    free = family.imported is not None
    needed: tuple[str, ...] = () if free or family.special else ("weak", "invalid", "fallacy")
    for name in (*needed, *(("fallacy",) if part.invalid is not None and not needed else ())):
        if getattr(part, name) is None:
            there = ", ".join(repr(field) for field in sorted(part.model_fields_set))
            yield Problem(here, f"expected a field {name!r} here, found {there}")
    for name in ("invalid", "weak", "irrelevant"):
        text: str | None = getattr(part, name)
        if text is not None:
            yield from _beside(text, part.strong, 1 if free else TWIN_SLACK, (*here, name))
    for index, further in enumerate(part.more):
        place: Location = (*here, "more", index)
        yield from _beside(further, part.strong, 1 if free else MORE_SLACK, place, "more")
    texts = {n: getattr(part, n) or "" for n in ("strong", "weak", "invalid", "irrelevant")}
    told: list[tuple[Location, str]] = [((name,), text) for name, text in texts.items()]
    told += [(("more", index), further) for index, further in enumerate(part.more)]
    for where, said in told:
        for statement in (family.a, family.b):
            found = echo(said, statement)
            if found:
                yield Problem(
                    (*here, *where),
                    f"{where[0]}: expected words other than the statement's, found {found!r}",
                )


def _beside(
    text: str, strong: str, slack: float, here: Location, name: str = ""
) -> Iterator[Problem]:
    name = name or str(here[-1])
    if words(text) == words(strong):
        yield Problem(here, f"{name}: expected a change from 'strong', found none")
    elif _apart(strong, text) > slack:
        yield Problem(
            here,
            f"{name}: expected a length within {slack:.0%} of 'strong' ({len(words(strong))} "
            f"words), found {len(words(text))} words",
        )


def echo(argument: str, claim: str) -> str:
    """Return the first run of words both have, long enough to be an echo; else nothing."""
    text, statement = words(argument), words(claim)
    size = min(ECHO_WORDS, len(statement))
    runs = {tuple(statement[i : i + size]) for i in range(len(statement) - size + 1)}
    for i in range(len(text) - size + 1):
        if tuple(text[i : i + size]) in runs:
            return " ".join(text[i : i + size])
    return ""


def _names(template: str) -> set[str] | None:
    """Return the names in braces in a template; None if its braces are broken."""
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError:
        return None
    if any(spec or conversion for _, _, spec, conversion in parsed):
        return None
    return {name for _, name, _, _ in parsed if name is not None}


def _template(
    text: str, needed: Sequence[frozenset[str]], allowed: frozenset[str], here: Location
) -> Iterator[Problem]:
    names, field = _names(text), here[-1]
    if names is None or not names <= allowed:
        options = ", ".join(f"{{{n}}}" for n in sorted(allowed))
        yield Problem(here, f"{field}: expected no braces other than {options}, found {text!r}")
        return
    for group in needed:
        if not group & names:
            wanted = " or ".join(f"{{{n}}}" for n in sorted(group))
            yield Problem(here, f"{field}: expected {wanted} in it, found {text!r}")


def _ladder(ladder: LadderPart, here: Location) -> Iterator[Problem]:
    lives = frozenset({"lives"})
    for name in ("plain", "harm", "question"):
        text: str | None = getattr(ladder, name)
        if text is not None:
            yield from _template(text, (_ACT, lives), _ACT | lives, (*here, name))
    for name in ("a", "b"):
        yield from _template(getattr(ladder, name), (), _ACT | lives, (*here, name))
    yield from _template(ladder.lives.one, (), frozenset({"n"}), (*here, "lives", "one"))
    n = frozenset({"n"})
    yield from _template(ladder.lives.many, (n,), n, (*here, "lives", "many"))
    if ladder.harm is not None and "harm" not in ladder.harm.lower():
        yield Problem((*here, "harm"), "harm: expected a prompt with the word 'harm' in it")
    if list(ladder.benefits) != sorted(set(ladder.benefits)):
        yield Problem(
            (*here, "benefits"),
            f"benefits: expected ascending numbers, found {list(ladder.benefits)}",
        )
    acts = [tuple(words(act.do)) for act in ladder.acts]
    for index, act in enumerate(acts):
        if act in acts[:index]:
            yield Problem((*here, "acts", index), "acts: expected different ones, found one twice")
    yield from _statements(ladder.a, ladder.b, here)
    yield from _rung_modalities(ladder, here)
    yield from _settled(ladder, here)


def _rung_modalities(ladder: LadderPart, here: Location) -> Iterator[Problem]:
    lives = frozenset({"lives"})
    for modality in ("obligatory", "wrong_not_to"):
        part: QuestionPart | None = getattr(ladder, modality)
        if part is not None:
            place: Location = (*here, modality)
            for name in ("text", "question"):
                yield from _template(
                    getattr(part, name), (_ACT, lives), _ACT | lives, (*place, name)
                )
            for name in ("a", "b"):
                yield from _template(getattr(part, name), (), _ACT | lives, (*place, name))
            yield from _statements(part.a, part.b, place)


def _settled(ladder: LadderPart, here: Location) -> Iterator[Problem]:
    if ladder.settled is None:
        return
    place: Location = (*here, "settled")
    if not 2 <= ladder.settled.from_severity <= len(ladder.acts):
        yield Problem(
            (*place, "from_severity"),
            f"from_severity: expected 2 to {len(ladder.acts)} (the gravest act is never settled), "
            f"found {ladder.settled.from_severity}",
        )
    if ladder.settled.from_benefit not in ladder.benefits:
        yield Problem(
            (*place, "from_benefit"),
            f"from_benefit: expected one of {list(ladder.benefits)}, "
            f"found {ladder.settled.from_benefit}",
        )


def _legality(legality: LegalityPart, here: Location) -> Iterator[Problem]:
    yield from _statements(legality.abstract.a, legality.abstract.b, (*here, "abstract"))
    if legality.converse is not None and legality.abstract.yes is None:
        message = "converse: expected a side as abstract.yes (a yes takes the other), found null"
        yield Problem((*here, "converse"), message)
    texts: set[str] = set()
    asked: set[tuple[str, ...]] = set()
    for index, case in enumerate(legality.cases):
        place: Location = (*here, "cases", index)
        yield from _statements(case.a, case.b, place)
        if case.again is not None and words(case.again) == words(case.text):
            yield Problem((*place, "again"), "again: expected other words, found the same")
        if case.text in texts:
            yield Problem(place, "cases: expected different ones, found it twice")
        elif (case.question, case.a, case.b) in asked:
            # Observations are matched by question and statements, whatever the prompt was.
            yield Problem(
                (*place, "question"), "question: expected one no other case asks, found it twice"
            )
        texts.add(case.text)
        asked.add((case.question, case.a, case.b))
    gaps = sorted({case.moral_gap for case in legality.cases})
    if len(gaps) < 2:
        yield Problem(
            (*here, "cases"), "cases: expected at least two moral gaps, found one in all cases"
        )
        return
    filled = {(case.legal, case.moral_gap) for case in legality.cases}
    for legal in (True, False):
        for gap in (gaps[0], gaps[-1]):
            if (legal, gap) not in filled:
                yield Problem(
                    (*here, "cases"),
                    f"cases: expected all four corners, found none with legal "
                    f"{str(legal).lower()} and moral_gap {gap}",
                )
