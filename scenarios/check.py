"""Rules of a scenario file that compare fields with one another.

Each promises something the measurement rests on: statements of like length so that length does
not decide between them, arguments that differ in quality and not in bulk, ladders and legality
squares whose corners are filled.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from gadfly.scenarios.schema import MIN_WORDINGS, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gadfly.scenarios.schema import (
        ArgumentsPart,
        FamilyPart,
        LadderPart,
        LegalityPart,
        LibraryFile,
        Location,
        QuestionPart,
    )

STATEMENT_SLACK = 0.25
"""Largest difference of two statements' word counts, as a share of the longer."""
TWIN_SLACK = 0.10
"""The same for a strong argument and its invalid twin."""
WEAK_SLACK = 0.30
"""The same for a strong argument and the weak one."""
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
    if family.covers and not family.codes:
        yield Problem(
            (*here, "covers"),
            "covers: expected 'codes' beside cover stories, to say what structure they share",
        )
    yield from _arguments(family, here)
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
    if len(family.wordings) < MIN_WORDINGS and family.imported is None:
        yield Problem(
            (*here, "wordings"),
            f"wordings: expected {MIN_WORDINGS} or more, found a list of {len(family.wordings)}",
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


def _arguments(family: FamilyPart, here: Location) -> Iterator[Problem]:
    sides = {"a": family.arguments.a, "b": family.arguments.b}
    absent = [side for side, found in sides.items() if found is None]
    if family.stratum != "objective" and absent and family.imported is None:
        yield Problem(
            (*here, "arguments"),
            f"arguments: expected both sides in a family that is {family.stratum}, "
            f"found none for {' and '.join(repr(s) for s in absent)}",
        )
    for side, part in sides.items():
        if part is not None:
            yield from _argument_set(part, family, (*here, "arguments", side))


def _argument_set(part: ArgumentsPart, family: FamilyPart, here: Location) -> Iterator[Problem]:
    imported = family.imported is not None
    for name in ("weak", "invalid", "fallacy"):
        wanted = name == "fallacy" and part.invalid is not None
        if getattr(part, name) is None and (wanted or not imported):
            there = ", ".join(repr(field) for field in sorted(part.model_fields_set))
            yield Problem(here, f"expected a field {name!r} here, found {there}")
    for name, slack in (("invalid", TWIN_SLACK), ("weak", WEAK_SLACK)):
        text: str | None = getattr(part, name)
        if text is not None:
            yield from _weaker(text, part.strong, 1 if imported else slack, (*here, name))
    for name in ("strong", "weak", "invalid"):
        for statement in (family.a, family.b):
            found = echo(getattr(part, name) or "", statement)
            if found:
                yield Problem(
                    (*here, name),
                    f"{name}: expected words other than the statement's, found {found!r}",
                )


def _weaker(text: str, strong: str, slack: float, here: Location) -> Iterator[Problem]:
    name = here[-1]
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
    yield from _settled(ladder, here)


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
    texts: set[str] = set()
    asked: set[tuple[str, ...]] = set()
    for index, case in enumerate(legality.cases):
        place: Location = (*here, "cases", index)
        yield from _statements(case.a, case.b, place)
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
