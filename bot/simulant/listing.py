"""Options listed in a message: which statements and abstentions, in what order, how labelled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gadfly.bot.proposition import Side
    from gadfly.bot.simulant.crib import Crib, Cue, Matter

Meaning = Literal["a", "b", "undecided", "refused"]

_ABSTENTION = re.compile(
    r"^(?P<label>[^\n]*?)(?P<text>I am (?P<undecided>undecided)\.|I would rather not say\.)\s*$",
    re.MULTILINE,
)
_AROUND_LABEL = " \t.:)(]['\"*-•"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One listed option."""

    label: str
    """What stands before it on its line, without punctuation; empty for a bullet."""
    text: str
    meaning: Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The options a message lists, in order."""

    matter: Matter
    options: tuple[Option, ...]
    first: Side

    @property
    def is_readout(self) -> bool:
        """Whether abstentions are on offer, as in readouts and nowhere else."""
        return any(option.meaning in ("undecided", "refused") for option in self.options)

    @property
    def is_labelled(self) -> bool:
        """Whether each option has a label of its own."""
        labels = [option.label for option in self.options]
        return all(labels) and len(set(labels)) == len(labels)


def find_listing(crib: Crib, text: str, topic: Cue | None) -> Listing | None:
    """Return the two statements of one proposition listed in a message, None if it lists none.

    A statement that several propositions share belongs to the one the message asks about, or
    else to the topic of the conversation. Quotations in a confrontation are no options.
    """
    if any(cue.kind == "confrontation" for cue in crib.find(text)):
        return None
    spans = [s for s in crib.spans(text) if any(c.kind == "statement" for c in s.cues)]
    if len(spans) < 2:
        return None
    matter = matter_of([s.cues for s in spans], crib.find(text), topic)
    if matter is None:
        return None
    placed: list[tuple[int, Option]] = []
    order: list[Side] = []
    for span in spans:
        side = next((c.side for c in span.cues if c.matter == matter), None)
        if side is not None and side not in order:
            order.append(side)
            shown = matter.proposition.statement(side)
            option = Option(label=_label(text, span.start), text=shown, meaning=side)
            placed.append((span.start, option))
    if len(order) < 2:
        return None
    for match in _ABSTENTION.finditer(text):
        meaning: Meaning = "undecided" if match["undecided"] else "refused"
        label = match["label"].strip(_AROUND_LABEL)
        placed.append((match.start(), Option(label=label, text=match["text"], meaning=meaning)))
    options = tuple(option for _, option in sorted(placed, key=lambda found: found[0]))
    return Listing(matter=matter, options=options, first=order[0])


def matter_of(
    statements: list[tuple[Cue, ...]], around: tuple[Cue, ...], topic: Cue | None
) -> Matter | None:
    """Return the proposition these statements belong to: the one asked about, if several can."""
    counts: dict[Matter, int] = {}
    for cues in statements:
        for matter in dict.fromkeys(c.matter for c in cues if c.matter is not None):
            counts[matter] = counts.get(matter, 0) + 1
    asked = {c.matter for c in around if c.kind == "question"}
    current = topic.matter if topic is not None else None
    family = topic.family if topic is not None else None
    return max(
        counts,
        key=lambda m: (counts[m], m in asked, m == current, m.family == family),
        default=None,
    )


def _label(text: str, start: int) -> str:
    line = text.rfind("\n", 0, start) + 1
    return text[line:start].strip(_AROUND_LABEL)
