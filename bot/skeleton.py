"""The skeleton of a reply: what is left of it when the words that carry its matter are blanked.

Function words, words that order a discourse ("hand", "ultimately", "important"), stops and layout
stay; every run of other words becomes one blank. Two replies to different questions that share
stretches of this were built from one template. A stand-in for part-of-speech templates (Shaib et
al. 2024, arXiv:2407.00211) that needs no tagger. English only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gadfly.bot.overlap import copied

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANK = "_"
LENGTH = 6
"""Tokens of a skeleton n-gram."""
LEAST = 4
"""Fewest of them that are neither a blank nor a stop: the rest says nothing of a template."""

_FUNCTION = """
    a about above after again against all also although always am among an and another any anyone
    anything are around as at away be because been before being below between both but by can cannot
    could did do does doing done down during each either else enough even ever every everyone few
    for from had has have having he her here hers herself him himself his how i if in indeed instead
    into is it its itself just less let many may me might mine more most much must my myself neither
    never no nobody none nor not nothing now of off often on once one only or other others our ours
    ourselves out over own perhaps quite rather same several shall she should since so some someone
    something still such than that the their theirs them themselves then there these they this those
    though through to together too toward towards under unless until up upon us very was we well
    were what whatever when where whether which while who whoever whom whose why will with within
    without would yes yet you your yours yourself
"""
_DISCOURSE = """
    accordingly acknowledge additionally admittedly answer argue arguments aspects balance based
    believe case challenge choice clear complex complicated concerns conclude conclusion
    consequently consider consideration considerations context crucial decision depends different
    difficult dilemma ethical essential example fact factors finally first firstly furthermore
    generally
    granted hand hence however important importantly issue key keep lastly likewise matter meanwhile
    mind moral moreover nevertheless nonetheless note nuanced opinion otherwise overall perspective
    perspectives point points question reason reasons recognize recognise regardless remember
    respect response role second secondly short side sides similarly simply situation specific
    specifically sum summary therefore think third thus true truth typically ultimately understand
    valid view views weigh worth
"""
KEPT = frozenset((*_FUNCTION.split(), *_DISCOURSE.split()))

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.?!:;,—]")
_STOPS = frozenset(".?!:;,—")
_TAILS = ("n't", "'s", "'re", "'ve", "'ll", "'d", "'m")
_LAYOUT = (
    (re.compile(r"\s*#{1,6}\s"), "<heading>"),
    (re.compile(r"\s*\d{1,3}[.)]\s"), "<number>"),
    (re.compile(r"\s*[-*•+]\s"), "<bullet>"),
)
_BOLD = re.compile(r"\s*(?:#{1,6}\s+|\d{1,3}[.)]\s+|[-*•+]\s+)?(?:\*\*|__)\S")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+")


def skeletons(text: str, prompt: str = "", *, n_words: int) -> frozenset[tuple[str, ...]]:
    """Return the distinct skeleton n-grams of the first `n_words` words of a reply.

    Stretches of four or more words that the prompt has too are cut out, and no n-gram spans a cut.
    """
    found: set[tuple[str, ...]] = set()
    for stretch in _stretches(text, prompt, n_words):
        for i in range(len(stretch) - LENGTH + 1):
            gram = tuple(stretch[i : i + LENGTH])
            if sum(t != BLANK and t not in _STOPS for t in gram) >= LEAST:
                found.add(gram)
    return frozenset(found)


def _stretches(text: str, prompt: str, n_words: int) -> Iterator[list[str]]:
    """Yield the skeleton between the cuts."""
    tokens = list(_tokens(text))
    said = [t for t in tokens if t[0] != "<" and t not in _STOPS]
    cut = iter(copied(said, prompt))
    stretch: list[str] = []
    seen = 0
    for token in tokens:
        if token[0] == "<" or token in _STOPS:
            stretch.append(token)
            continue
        seen += 1
        if seen > n_words:
            break
        if next(cut):
            yield stretch
            stretch = []
            continue
        blanked = token if _is_kept(token) else BLANK
        if blanked != BLANK or stretch[-1:] != [BLANK]:
            stretch.append(blanked)
    yield stretch


def _tokens(text: str) -> Iterator[str]:
    """Yield words in lower case, stops, and a mark for the layout of each line."""
    for line in text.replace("’", "'").splitlines():
        for pattern, mark in _LAYOUT:
            if pattern.match(line):
                yield mark
        if _BOLD.match(line):
            yield "<bold>"
        yield from _TOKEN.findall(_NUMBER.sub("", line, count=1).lower())


def _is_kept(word: str) -> bool:
    if word in KEPT:
        return True
    return any(word.endswith(tail) and word.removesuffix(tail) in KEPT for tail in _TAILS) or (
        word in ("don't", "won't", "can't", "shan't", "let's")
    )
