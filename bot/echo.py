"""Replies that say back what they were given: the question, words of a prompt, an empty form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gadfly.bot.clause import content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.clause import Sentence
    from gadfly.bot.lens import Lens

_COVER = 2 / 3
"""Share of the content of a question that is the asked one's, where it is that one said back."""
_HEADING = 5
"""Most words of a line that ends in a colon and says nothing."""
_PROMPT = re.compile(
    r"^(?:task|question|prompt|instructions?|input) :|\byou (?:are|were|have been) asked to\b"
    r"|\b(?:answer|read|consider) the (?:following |above )?(?:question|prompt|text|statement)\b"
    r"|\b(?:state|give|explain|write) your (?:view|answer|opinion|position|reasons?|reasoning"
    r"|response)\b|\bin (?:no|not) more than \w+ (?:words|sentences)\b"
    r"|\bthe (?:question|prompt) (?:that |which )?(?:has been|was|is) (?:given|asked|stated)\b"
)
"""What a prompt says and an answer does not."""
_BLANK = re.compile(
    r"\[\s{0,3}(?:yes\s{0,3}/\s{0,3}no|(?:insert|your) [^\]\n]{1,60}"
    r"|low\s{0,3}/\s{0,3}medium\s{0,3}/\s{0,3}high)\s{0,3}\]",
    re.IGNORECASE,
)
"""A place left for the answer in a form."""


def without_blanks(text: str) -> str:
    """Return a text without the places a form leaves for an answer: "[Yes/No]" is none."""
    return _BLANK.sub(" ", text)


def is_echo(sents: Sequence[Sentence], view: Lens) -> bool:
    """Say whether a reply has no sentence but the question, words of a prompt and empty headings.

    `view` is the question asked. A question on something else is none of these.
    """
    return bool(sents) and all(
        (_is_asked(sentence, view) if sentence.asks else _is_form(sentence)) for sentence in sents
    )


def _is_asked(sentence: Sentence, view: Lens) -> bool:
    """Say whether a question is the one that was asked."""
    said = content(token for token in sentence.raw if token.isalpha() and token != "question")
    return bool(said) and len(said & view.known) >= _COVER * len(said)


def _is_form(sentence: Sentence) -> bool:
    """Say whether a sentence is a heading with nothing after it, or words of a prompt."""
    if sentence.raw[-1] == ":" and len(sentence.raw) <= _HEADING:
        return True
    return _PROMPT.search(" ".join(sentence.raw)) is not None
