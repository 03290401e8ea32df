"""Answers by label: "B", "(2)", "Option 1", "the first one", where options were listed."""

from __future__ import annotations

import re

_NAMES = {
    "a": 0,
    "b": 1,
    "c": 2,
    "d": 3,
    "1": 0,
    "2": 1,
    "3": 2,
    "4": 3,
    "first": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "former": 0,
    "latter": 1,
    "one": 0,
    "two": 1,
    "three": 2,
    "four": 3,
}
_KIND = r"(?:option|answer|choice|statement|sentence|number)"
_START = re.compile(
    rf"""^[\s"'(\[:-]{{0,4}}
    (?:(?:my|the|final|best)\s+){{0,2}}
    (?:(?P<kind>{_KIND})\s*(?:is\s*|would\s+be\s*)?[:#]?\s*(?:{_KIND}\s+)?)?
    (?P<open>["'(\[])?(?P<name>[a-dA-D1-4]|first|second|third|fourth|former|latter|one|two)
    (?P<close>["')\].:,])?(?=\s|$|[.,:;!)])(?P<noun>\s+{_KIND}|\s+one)?""",
    re.VERBOSE | re.IGNORECASE,
)
_GROUP = re.compile(
    r"""^[\s"'(\[:-]{0,4}(?:(?:my|the|final|best)\s+){0,2}
    (?:(?P<order>first|second)\s+group|group\s+(?P<name>[ab12]|one|two))
    ["')\]]*\s*(?:$|[.,:;!\n])""",
    re.VERBOSE | re.IGNORECASE,
)
"""A group named and nothing said of it: "The second group has a dog" is no choice."""
_PICK = re.compile(
    rf"""\b(?:i(?:'d|\s+would|\s+will|'ll)?\s+(?:choose|pick|select|prefer|take|go\s+(?:with|for)|
    opt\s+for|side\s+with|agree\s+with|lean\s+towards?|say)|(?:my|the)\s+(?:answer|choice|pick)\s+is)
    \s*:?\s*(?:the\s+)?(?P<kind>{_KIND}\s+)?["'(\[]?
    (?P<name>[a-d1-4]|first|second|third|fourth|former|latter)\b(?P<close>["')\].:,])?
    (?P<noun>\s+{_KIND}|\s+one|\s+group)?""",
    re.VERBOSE | re.IGNORECASE,
)


def chosen(text: str, n: int) -> int | None:
    """Return the index of the option a cleaned reply names by its label, None where it names none.

    Looks at the beginning, then for "I choose ..."; two different picks are none. A bare "a" or
    "one" is a word like others: it counts with a bracket, a stop or "option" beside it, or alone.
    """
    picks = {_NAMES[m["name"].lower()] for m in _PICK.finditer(text) if _is_label(m, text)}
    start = _START.match(text)
    if start is not None and _is_label(start, text):
        picks.add(_NAMES[start["name"].lower()])
    group = _GROUP.match(text)
    if group is not None:
        picks.add(_NAMES[(group["order"] or group["name"]).lower()])
    picks = {pick for pick in picks if pick < n}
    return picks.pop() if len(picks) == 1 else None


def _is_label(match: re.Match[str], text: str) -> bool:
    marked = bool(match["kind"] or match["close"] or match["noun"])
    alone = len(text) - match.end("name") <= 1 or text[match.end("name")] == "\n"
    if match["name"].lower() in ("first", "second", "third", "fourth"):
        return bool(match["kind"] or match["noun"]) or alone
    return marked or alone
