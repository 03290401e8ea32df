"""Putting two answers on record to the subject: a piece of protocol other probes run on into.

    if story.side != direct.side:
        yield from confront("real", story, direct)

The turn quotes the subject's own words and says that the two contradict each other, in the same
words whether they do or not; then both questions are read again off the record. What metrics need
is in the labels: `confront:KIND:SIDES` for the reply (sides of the earlier and the later answer),
`confront:first` and `confront:second` for the reads.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gadfly.bot.confrontation import Confrontation
from gadfly.bot.quotation import settling
from gadfly.probes.move import Read, Say
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.bot.proposition import Proposition, Side
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.perturbation import Variant

Kind = Literal["real", "planted", "sham", "false"]
"""A conflict of its own making; one planted in its history; two answers that agree, called a
contradiction; an opposite answer it never gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """An answer the subject gave, or one it is said to have given."""

    about: Proposition
    """Its question as it is to be read again; sides of both answers must mean the same."""
    side: Side
    words: str = ""
    """The sentence that settled it; empty for one it never gave."""


def on_record(seen: Observation, asked: Proposition, again: Proposition) -> OnRecord | None:
    """Return a reply as an answer on record; None where it took no side.

    `asked` is what the reply was read against, `again` its question as it is to be read again.
    """
    stance = seen.reading.stance
    if stance is None:
        return None
    return OnRecord(about=again, side=stance.side, words=settling(seen.text, asked, stance.side))


def asked_again(variant: Variant) -> Proposition:
    """Return the proposition to read off the record for a story: its prompt is the question."""
    return replace(variant.about, question=variant.text)


def confront(kind: Kind, first: OnRecord, second: OnRecord) -> Generator[Move, Observation, None]:
    """Put two answers to the subject as a contradiction, then read both questions again.

    `first` came earlier. In a false attribution it was never given, and only the question of
    `second` is read. Where both answers are to one question it is read once, as the second.
    """
    number = _number(second.about.family)
    if kind == "false":
        text = phrase.attribute(number, second.words)
    else:
        text = phrase.confront(number, first.words, second.words)
    about = replace(second.about, yes=None)
    yield Say(
        label=f"confront:{kind}:{first.side}{second.side}",
        text=text,
        about=about,
        measure=Confrontation(about=about, first=first.side, second=second.side),
    )
    if kind != "false" and first.about.digest != second.about.digest:
        yield Read(label="confront:first", about=first.about)
    yield Read(label="confront:second", about=second.about)


def _number(family: str) -> int:
    digest = hashlib.blake2b(f"{family}|confront".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big")
