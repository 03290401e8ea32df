"""Assessments: what a reply says of the proposition itself ("this claim is flawed").

Read where the question asks for agreement with a statement, so that "the proposition" is one side:
to call it true takes that side, to call it false or mistaken the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.clause import content, marked
from gadfly.bot.lexicon import FILLERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.answer import YesNo
    from gadfly.bot.clause import Sentence
    from gadfly.bot.lens import Lens
    from gadfly.bot.proposition import Proposition

_NOUNS = frozenset({"proposition", "statement", "claim", "assertion", "notion", "idea", "premise"})
_POINTING = frozenset({"this", "that", "the"})
_BEING = frozenset({"is", "seems", "remains"})
_HOLDS_WORDS = """
    accurate convincing correct plausible right sound true
"""
_HOLDS = frozenset(_HOLDS_WORDS.split())
_FAILS_WORDS = """
    absurd baseless dangerous deceptive erroneous false flawed harmful inaccurate incorrect
    indefensible misguided misleading mistaken oversimplified simplistic unfounded untenable untrue
    wrong
"""
_FAILS = frozenset(_FAILS_WORDS.split())
_BELITTLES = frozenset(
    {"oversimplifies", "misrepresents", "misunderstands", "perpetuates", "undermines"}
)
_UNDONE = frozenset({"fallacy", "myth", "misconception", "debunking"})
"""Words of a title that take the proposition for a mistake."""
_OWN = 0.5
_SPAN = 40
"""Words after "the notion that" among which its verb is looked for."""
_BESIDE_WORDS = """
    a and also both but deeply fundamentally inherently not often only outdated simply inappropriate
"""
_BESIDE = (frozenset(_BESIDE_WORDS.split()) - {"not", "only"}) | FILLERS
_STOPS = frozenset(".;!?")


def assessment(sentence: Sentence, about: Proposition, view: Lens) -> YesNo | None:
    """Return "yes" where a sentence calls the proposition right, "no" where it calls it wrong.

    None without either, under an attribution or a condition, and where the question does not ask
    for agreement.
    """
    if "agree" not in about.question:
        return None
    tokens = [t for t in sentence.raw if t != '"']
    if tokens[:2] == ["title", ":"]:
        return "no" if not _UNDONE.isdisjoint(tokens) else None
    for k in range(len(tokens) - 2):
        if tokens[k] in _POINTING and tokens[k + 1] in _NOUNS and not _distant(tokens[:k]):
            found = _judged(tokens[k + 2 : k + 2 + _SPAN], view)
            if found is not None:
                return found
    return None


def _distant(before: Sequence[str]) -> bool:
    """Whether what leads up to it makes it somebody else's assessment, or an open one."""
    stream = marked([t for t in before if t not in FILLERS])
    return any(t in ("<attribute", "<concede", "<if", "<hedge", "not") for t in stream)


def _judged(after: Sequence[str], view: Lens) -> YesNo | None:
    """Read "(that …) is flawed" after "the proposition"; what is between must be the statement."""
    for j, token in enumerate(after):
        if token in _STOPS:
            return None
        if token in _BELITTLES or token in _BEING:
            found: YesNo | None = "no" if token in _BELITTLES else _complement(after[j + 1 :])
            if found is not None and _states(after[:j], view):
                return found
    return None


def _complement(after: Sequence[str]) -> YesNo | None:
    """Return what the words after "is" judge: the first adjective past adverbs and "not only"."""
    words = list(after[:8])
    if words[:2] == ["not", "only"]:
        words = words[2:]
    denied = words[:1] == ["not"]
    for word in words[1:] if denied else words:
        if word in _HOLDS:
            return "no" if denied else "yes"
        if word in _FAILS:
            return None if denied else "no"
        if word not in _BESIDE:
            return None
    return None


def _states(between: Sequence[str], view: Lens) -> bool:
    """Whether the words between noun and verb repeat the statement, or there are none."""
    words = content(t for t in between if t.isalnum())
    return not words or len(words & view.known) >= _OWN * len(words)
