"""Model output made fit to be read by rules: what is markup, escape or quotation goes.

Model output is hostile: every pattern here runs in linear time, and a long text is capped first.
"""

from __future__ import annotations

import re

from gadfly.bot.foreign import ESCAPE
from gadfly.bot.reasoning import split_reasoning

HEAD_CHARS = 4000
TAIL_CHARS = 4000
"""Of a longer reply the first and the last of these many characters are read: verdicts stand at
the beginning or at the end."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TEMPLATE = re.compile(r"<\|[A-Za-z_]{1,24}\|>|\[/?INST\]|</?s>")
_FENCE = re.compile(r"```[A-Za-z]{0,12}")
_QUOTED_LINE = re.compile(r"^[ \t]*>[^\n]*$", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*(?:[-+*•–]|#{1,6})[ \t]+", re.MULTILINE)
_EMPHASIS = re.compile(r"[*`~]+|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])")
_WRAP = re.compile(r"(?<!\n) ?\n ?(?=[a-z])")
_SPACE = re.compile(r"[ \t\xa0]+")
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "…": " ", "–": "—"}
)


def clean(text: str) -> str:
    """Return the words of a reply: no reasoning, escapes, markup or lines quoted with ">".

    Line breaks inside a sentence become spaces, others stay. A text longer than `HEAD_CHARS` +
    `TAIL_CHARS` is read at both ends only.
    """
    text = _FENCE.sub("", without_controls(cap(split_reasoning(text)[1])))
    if ">" in text:
        text = _QUOTED_LINE.sub("", text)
    text = _EMPHASIS.sub("", _BULLET.sub("\n", text.translate(_QUOTES)))
    return _WRAP.sub(" ", _SPACE.sub(" ", text)).strip()


def without_controls(text: str) -> str:
    """Return a text without escapes, control characters and the tokens of chat templates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _TEMPLATE.sub("", _CONTROL.sub("", ESCAPE.sub("", text)))


def cap(text: str) -> str:
    """Return the text, or its head and tail as paragraphs of their own where it is too long."""
    if len(text) <= HEAD_CHARS + TAIL_CHARS:
        return text
    return f"{text[:HEAD_CHARS]}\n\n{text[-TAIL_CHARS:]}"


_SPELT = (
    ("can't", "can not"),
    ("cannot", "can not"),
    ("won't", "will not"),
    ("n't", " not"),
    ("i'm", "i am"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'d", " would"),
    ("you're", "you are"),
    ("they're", "they are"),
    ("it's", "it is"),
    ("that's", "that is"),
    ("there's", "there is"),
)


def spelt_out(low: str) -> str:
    """Return a lower-case text with straight apostrophes, its contractions spelt out.

    >>> spelt_out("that'd be it, i can't say more")
    'that would be it, i can not say more'
    """
    for short, full in _SPELT:
        low = low.replace(short, full)
    return low
