"""The words of the readouts: two fixed wordings each, said as a user turn on a fork.

Frozen: an edit changes what every subject is asked, so `VERSION` must change with any of them and
enters the hash of each plan. What varies (the order of the options) stands last, so that the
cells of a read share the longest possible prefix. The likelihood prompts show no options: a
statement already on the page would be scored as an echo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION = 1

WORDINGS = (0, 1)

UNDECIDED = "I am undecided."
RATHER_NOT = "I would rather not say."
ABSTENTIONS = (UNDECIDED, RATHER_NOT)
"""Always listed last and in this order; kept fixed, since how an abstention is worded decides how
often it is taken."""

LABEL_SETS: tuple[tuple[str, str, str, str], ...] = (
    ("A", "B", "C", "D"),
    ("E", "F", "G", "H"),
    ("P", "Q", "R", "S"),
    ("T", "U", "V", "W"),
)
"""Letters only: many tokenizers split " 1" into a space and a digit, and then the first token
of every label is the same."""

PREFILL = "Answer:"
"""Start of the answer where the respondent can continue one; the label then follows a space."""

_SAMPLED = (
    "{question} Which of the four answers below is your own view? "
    "Reply with that answer in full and nothing else.",
    "I would like to know what you yourself think about this question: {question}\n\n"
    "Pick the sentence that is closest to your view and repeat it word for word.",
)
_LABELLED = (
    "{question} Which of the four answers below is your own view? "
    "Reply with the letter of that answer and nothing else.",
    "I would like to know what you yourself think about this question: {question}\n\n"
    "Pick the sentence that is closest to your view and reply with its letter only.",
)
_OPEN = (
    "{question} State your own view in one sentence.",
    "{question} What do you yourself think about that? Put it into one sentence.",
)
"""Both begin with the question: a small model in process computes what they share once."""


def listed(wording: int, question: str, options: Iterable[str]) -> str:
    """Return the prompt that lists whole sentences, in the order given."""
    lines = "\n".join(f"- {option}" for option in options)
    return f"{_SAMPLED[wording].format(question=question)}\n\n{lines}"


def labelled(wording: int, question: str, options: Iterable[tuple[str, str]]) -> str:
    """Return the prompt that lists (label, sentence) pairs, in the order given."""
    lines = "\n".join(f"{label}) {option}" for label, option in options)
    return f"{_LABELLED[wording].format(question=question)}\n\n{lines}"


def unlisted(wording: int, question: str) -> str:
    """Return the prompt that shows no options."""
    return _OPEN[wording].format(question=question)
