"""The steering reader: rules that read a stance from one reply, or say that it has none.

The only reader whose verdicts branch a probe, so it is pinned: `VERSION` changes with any rule or
word of it (here and in `signal`, `lens`, `clause`, `label`, `lexicon`, `cleaning`, `echo`,
`assessment`, `sample_speech`, `abstention`, `abstention_lexicon`). It never guesses: what no rule
settles, or rules settle both ways, is *unreadable*.

A clause may speak for a side with a weight: 3 for an on-balance verdict ("ultimately", "if I had
to choose"), 2 for a commitment ("I think", a leading yes, a listed statement repeated, the first
sentence), 1 for a bare assertion. What is attributed ("some argue", "you said"), granted ("while
it is true that"), conditional, hedged or asked speaks for none. The heaviest weight decides; of
on-balance verdicts the last one does; any other contradiction is unreadable.

A reply cut by the token limit is answered only when a verdict of weight 2 or 3 stands before its
last, perhaps unfinished, clause; else it is truncated.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.bot.abstention import DECLARED, abstentions, declares
from gadfly.bot.clause import sentences
from gadfly.bot.cleaning import clean
from gadfly.bot.echo import is_echo, without_blanks
from gadfly.bot.label import chosen
from gadfly.bot.lens import lens
from gadfly.bot.sample_speech import without_sample_speech
from gadfly.bot.signal import BALANCED, BARE, COMMITTED, Signal, signals
from gadfly.bot.stance import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.clause import Sentence
    from gadfly.bot.completion import Finish
    from gadfly.bot.lens import Lens
    from gadfly.bot.lexicon import Mark
    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.stance import Outcome, Reading

VERSION = 7

_SIDELESS: tuple[tuple[Outcome, tuple[str, ...]], ...] = (
    ("undecided", ("undecided",)),
    ("refused", ("refused",)),
    ("evaded", ("deferred", "evaded")),
    ("undecided", ("weighing",)),
    ("evaded", ("background",)),
)
"""Outcomes without a side, with the ways of abstaining that come to them; the first one counts."""


def read_reply(
    text: str, about: Proposition, *, options: tuple[str, ...] = (), finish: Finish = "stop"
) -> Reading:
    """Return the stance or other outcome of one reply; pure, linear in a capped text.

    `about.yes` must fit the wording that was asked; `options` are the sentences the prompt listed,
    in that order. `Reading.rule` names the rule that decided.
    """
    if finish == "filtered":
        return said("refused", rule="filtered")
    cleaned = without_blanks(without_sample_speech(clean(text)))
    sents = sentences(cleaned)
    if finish == "length":
        sents = _without_last_clause(cleaned, sents)
    view = lens(about)
    found = signals(sents, about, view)
    picked = _picked(cleaned, about, options)
    if picked is not None:
        outcome, side = picked
        if side is None and not found:
            return said(outcome, rule="label")
        if side is not None:
            found.append(Signal(side=side, weight=COMMITTED, at=(0, 0), rule="label", owned=True))
    return _decide(sents, found, view, finish)


def _picked(
    text: str, about: Proposition, options: tuple[str, ...]
) -> tuple[Outcome, Side | None] | None:
    """Return what the option named by its label stands for."""
    index = chosen(text, len(options)) if options else None
    if index is None:
        return None
    reading = read_reply(options[index], about)
    if reading.outcome == "unreadable":
        return None
    return reading.outcome, reading.stance.side if reading.stance is not None else None


def _decide(
    sents: Sequence[Sentence], found: Sequence[Signal], view: Lens, finish: Finish
) -> Reading:
    side, rule = _settled(found)
    weight = max((s.weight for s in found), default=0)
    if finish == "length":
        clear = side is not None and weight >= COMMITTED
        return said("answered", side, rule=rule) if clear else said("truncated", rule="cut")
    last = max((s.at for s in found), default=(-1, -1))
    torn = _last(sents, "undecided")
    if torn is not None and (
        side is None or weight == BARE or (torn >= last and weight < BALANCED)
    ):
        return said("undecided", rule="undecided")
    if not found and is_echo(sents, view) and not any(map(declares, sents)):
        return said("unreadable", rule="echo")
    if weight <= BARE or side is None:
        none = _sideless(sents, declared=bool(found))
        if none is not None:
            return none
    if side is not None:
        return said("answered", side, rule=rule)
    return said("unreadable", rule="contradiction" if found else "none")


def _settled(found: Sequence[Signal]) -> tuple[Side | None, str]:
    """Return the side the heaviest signals agree on; the last of the on-balance ones has it."""
    if not found:
        return None, ""
    top = max(s.weight for s in found)
    heaviest = [s for s in found if s.weight == top]
    verdict = heaviest[-1]
    if top == BALANCED:
        later = [s for s in found if s.at > verdict.at and s.weight == COMMITTED]
        agreed = all(s.side == verdict.side for s in later)
    else:
        rivals = heaviest if any(s.owned for s in heaviest) else found
        agreed = all(s.side == verdict.side for s in rivals)
    return (verdict.side, verdict.rule) if agreed else (None, "")


def _sideless(sents: Sequence[Sentence], *, declared: bool) -> Reading | None:
    """Tell apart the ways of not taking a side; None for what shows none of them.

    `declared` asks for those only that say so outright.
    """
    marks: set[str] = set(abstentions(sents))
    if declared:
        marks &= DECLARED
    else:
        marks.update(*(sentence.marks for sentence in sents))
    for outcome, kinds in _SIDELESS:
        rule = next((kind for kind in kinds if kind in marks), None)
        if rule is not None:
            return said(outcome, rule=rule)
    if declared:
        return None
    if sum("attribute" in c.marks for s in sents for c in s.clauses) > 1:
        return said("undecided", rule="attributed")
    if sents and all(s.asks for s in sents):
        return said("evaded", rule="questions")
    return None


def _last(sents: Sequence[Sentence], mark: Mark) -> tuple[int, int] | None:
    """Return the place of the last clause with a mark, questions left out."""
    places = [
        (i, j)
        for i, sentence in enumerate(sents)
        for j, clause in enumerate(sentence.clauses)
        if mark in clause.marks and not sentence.asks
    ]
    return places[-1] if places else None


def _without_last_clause(text: str, sents: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Drop the clause in which a reply was cut; a sentence of one clause goes altogether."""
    if not sents or text.endswith((".", "!", "?")):
        return tuple(sents)
    *whole, last = sents
    if len(last.clauses) < 2:
        return tuple(whole)
    cut = max(1, len(last.raw) - len(last.clauses[-1].tokens))
    return (*whole, replace(last, clauses=last.clauses[:-1], raw=last.raw[:cut]))
