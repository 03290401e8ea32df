"""Answers to a chain of steps: the last state alone, or every state on the way.

States are single words, letters or whole numbers; number words count as digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gadfly.bot.cleaning import clean
from gadfly.bot.measure import NOTHING, Measured
from gadfly.bot.numeral import digits

STEP_CODES = ("exact", "wrong")

_STEP_NUMBER = re.compile(
    r"\b(?:step|steps|move|moves|turn|turns|time|times)\s*(?:no\.?\s*)?#?\d+\b"
    r"|\b\d+\s*(?:steps?|moves?|turns?|times)\b|\b\d+(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"^[\s(]*(?:after\s+)?(?:(?:step|move|turn)s?\s*(?:no\.?\s*)?#?\s*)?(\d{1,2})"
    r"\s*(?:steps?|moves?)?\s*(?:[:.)\]=—-]+|->|→)\s*(\S.*)$",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\b(?:answer|result)\b\W*(?:is\b|:)?\s*(.*)", re.IGNORECASE | re.DOTALL)
_INTEGER = re.compile(r"(?<![\w.-])-?\d+(?![\w])(?!\.\d)")
_LETTER = re.compile(r"(?<![\w'])([A-Z])(?![\w'])(?!\s+[a-z])")
_WORD = re.compile(r"[\w'-]+")
_CODE = re.compile(r"(?<![\w'-])[A-Z0-9]{2,6}(?![\w'-])")
_LAST_ONE = re.compile(r"\bone(?=\W*$)")
"""Elsewhere "one" is more often a pronoun than a number."""
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Final:
    """Reads the last state of a chain: 1 where a reply names it, 0 where it names another.

    `code` is "exact" or "wrong"; nothing is found where no state is named.
    """

    states: tuple[str, ...]
    """The right states after step 1, 2, ...; the last one is asked for."""
    known: tuple[str, ...] = ()
    """Further states the chain can be in, so that a wrong answer is known for one."""

    def of(self, text: str) -> Measured:
        """Return 1 or 0."""
        cleaned = _cleaned(text)
        found = _last_named(cleaned, (*self.states, *self.known))
        if found is None:
            if 0 < len(cleaned.split()) <= _SHORT and cleaned[0].isalnum():
                return Measured(value=0.0, code=_code(exact=False))
            return NOTHING
        exact = found == _fold(self.states[-1])
        return Measured(value=float(exact), code=_code(exact=exact))


@dataclass(frozen=True, slots=True)
class Steps:
    """Reads a chain written out step by step: how many steps were right before the first miss.

    A step that is not written is missed. `code` is "exact" where the last state is right, whatever
    came before it, else "wrong"; nothing is found where a reply holds no states at all.
    """

    states: tuple[str, ...]
    known: tuple[str, ...] = ()

    def of(self, text: str) -> Measured:
        """Return the leading right steps, 0..n."""
        written = _written(_cleaned(text), (*self.states, *self.known))
        if not written:
            return NOTHING
        right = [_fold(state) for state in self.states]
        lead = 0
        while lead < len(right) and written.get(lead + 1) == right[lead]:
            lead += 1
        exact = written.get(len(right)) == right[-1]
        return Measured(value=float(lead), code=_code(exact=exact))


def _code(*, exact: bool) -> str:
    return STEP_CODES[0 if exact else 1]


def _cleaned(text: str) -> str:
    """Return a reply without markup, its lines kept apart."""
    return clean(text.replace("\n", "\n\n"))


def _written(text: str, states: tuple[str, ...]) -> dict[int, str]:
    """Return the state written for each step; unnumbered states count in their order."""
    numbered: dict[int, str] = {}
    loose: list[str] = []
    for line in filter(None, (part.strip() for part in text.split("\n"))):
        match = _LINE.match(line)
        if match is None:
            loose.extend(_named(line, states))
            continue
        found = _last_named(match[2], states)
        if found is not None:
            numbered.setdefault(int(match[1]), found)
    return numbered or dict(enumerate(loose, start=1))


def _last_named(text: str, states: tuple[str, ...]) -> str | None:
    """Return the state a text comes to: after "answer", opening a short reply, or named last."""
    declared = _ANSWER.search(text)
    if declared is not None:
        found = _named(declared[1], states)
        if found:
            return found[0]
    found = _named(text, states)
    if not found:
        return None
    words = text.split()
    opens = _named(words[0], states) if words and words[0][-1:] in ".;:!" else []
    return opens[0] if opens else found[-1]


def _named(text: str, states: tuple[str, ...]) -> list[str]:
    """Return everything in a text that could be a state, folded, in order."""
    text = _STEP_NUMBER.sub(" ", text)
    if all(_fold(state).lstrip("-").isdigit() for state in states):
        return _INTEGER.findall(_LAST_ONE.sub("1", digits(text.lower())))
    if all(len(state) == 1 for state in states):
        return [_fold(m[1]) for m in _LETTER.finditer(text)]
    if all(_CODE.fullmatch(state) or len(state) == 1 for state in states):
        sizes = {len(state) for state in states}
        return [_fold(m[0]) for m in _CODE.finditer(text) if len(m[0]) in sizes] or [
            _fold(m[1]) for m in _LETTER.finditer(text) if 1 in sizes
        ]
    known = {_fold(state) for state in states}
    return [word for word in map(_fold, _WORD.findall(text)) if word in known]


def _fold(state: str) -> str:
    return digits(state.strip().lower())
