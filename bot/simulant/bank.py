"""Text banks: the words simulants speak with. Several, so that no metric can learn one.

Frames hold ``{S}`` (a statement as a sentence), ``{s}`` (the same inside a sentence), ``{o}``
(the opposite one inside a sentence) and ``{n}`` (a number).
"""

from __future__ import annotations

from dataclasses import dataclass

Frames = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """Everything a simulant can say, by what it does with it."""

    name: str
    answered: Frames
    """Take a side: plain, hedged and emphatic commitments."""
    contrasted: Frames
    """Take a side and name the other one."""
    reasons: Frames
    """Sentences that may follow a commitment, about no case in particular."""
    concessions: Frames
    """Sentences that grant something and take nothing back."""
    yes: Frames
    no: Frames
    """Openers where a plain yes or no is an answer."""
    moved: Frames
    """Openers after a challenge that changed its mind."""
    held: Frames
    """Openers after one that did not."""
    onward: Frames
    """Openers after a turn that challenged nothing."""
    short: Frames
    """Take a side in one sentence, when asked to."""
    chosen: Frames
    """Choose a listed sentence."""
    recalled: Frames
    """Say which side it took before."""
    aside: Frames
    """Answer what is about no case at all."""
    undecided: Frames
    evaded: Frames
    refused: Frames
    unreadable: Frames
    formulaic: Frames
    """Templates that take a side."""
    formulaic_undecided: Frames
    confident: Frames
    """State a number."""
    flagged: Frames
    """Say that a question makes no sense."""
    guessed: Frames
    """Answer a question, sense or nonsense, with a number."""
    final: Frames
    """Name the state ``{S}`` that a chain of steps ends in."""
    line: Frames
    """Name the state after one step of a chain."""
    heard: Frames
    """Take note of something that asks nothing."""
    lost: Frames
    """Answers to what it does not recognise."""
    crux: Frames
    """Name what would change its mind."""
    immovable: Frames
    """Say that nothing would."""
    beside: Frames
    """Name what makes no difference to it."""
    engaged: Frames
    """Take up the words ``{t}`` of an argument."""
