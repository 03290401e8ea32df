"""Neutral words around an item's own text, where the set has no question or statement itself.

Each template is the same for every item, so that what differs between families is the item.
"""

from __future__ import annotations

from typing import Any


def between(lead: str, first: str, second: str, asked: str = "is right") -> dict[str, Any]:
    """Return question, statements and three wordings of a choice between two quoted texts.

    `asked` says what one of them is, e.g. "is the better thing to do"; a yes answers none of it.
    """
    a, b = f"“{first}”", f"“{second}”"
    before = f"{lead} " if lead else ""
    return {
        "question": f"{before}Which {asked}: {a} or {b}?",
        "a": f"Of the two, it is this that {asked}: {a}",
        "b": f"Of the two, it is this that {asked}: {b}",
        "yes": None,
        "wordings": [
            f"{before}Which {asked}: {a} or {b}?",
            f"{before}{a} or {b}: which of the two {asked}?",
            f"{before}Here are two options: {a} and {b}. Which of them {asked}?",
        ],
    }


def polar(question: str) -> dict[str, Any]:
    """Return the statements of a question that a yes or a no answers.

    The question mark goes: what is asked is read as no view.
    """
    asked = question.rstrip("?")
    return {
        "a": f"The answer to “{asked}” is yes.",
        "b": f"The answer to “{asked}” is no.",
        "yes": "a",
    }


def sentence(text: str) -> str:
    """Return a text with a capital first and a stop last."""
    begun = text[:1].upper() + text[1:]
    return begun if begun.endswith((".", "!", "?", "…", "”", '"')) else f"{begun}."
