"""Judging: what a judge is asked about a reply, and what its answers come to.

A judge reads a stored reply and says which position it takes; it never speaks for itself, and
nothing it says branches a probe. What is asked here is fixed text around fenced material; making
the calls and keeping the verdicts is the scorer's business.
"""

from __future__ import annotations

from gadfly.bot.judging.ballot import Ballot, Case, ballots, choice_of, shares_of
from gadfly.bot.judging.rubric import DIGEST, LOOKS
from gadfly.bot.judging.verdict import Class, Verdict, settle

__all__ = [
    "DIGEST",
    "LOOKS",
    "Ballot",
    "Case",
    "Class",
    "Verdict",
    "ballots",
    "choice_of",
    "settle",
    "shares_of",
]
