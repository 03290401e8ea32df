"""Answers of models that two people labelled, where that set (rottger_pct) is at hand.

Propositions fall into a third that is held out and two thirds that rules may be tuned on, by the
hash of their text; nothing here quotes the set.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gadfly.bot.proposition import Proposition
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = Path(os.environ.get("GADFLY_DATA", "../shared/data")) / "rottger_pct"
OPEN = DATA / "agreement_classification_240124.csv"
FORCED = DATA / "invalid_completions_240124.csv"
NO_SIDE = "none"
_LABELS = {
    "1_disagree": "b",
    "2_agree": "a",
    "3_other": NO_SIDE,
    "disagree": "b",
    "agree": "a",
    "other": NO_SIDE,
}
Part = Literal["tuning", "held-out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer and what people took it to say."""

    about: Proposition
    model: str
    text: str
    gold: str
    """"a" (agrees), "b" (disagrees) or "none"; where the two differ, what they settled on."""
    labels: tuple[str, str]
    """Each person's own label."""

    @property
    def part(self) -> Part:
        """Which part its proposition is in."""
        digest = hashlib.blake2b(self.about.a.encode(), digest_size=8).digest()
        return "held-out" if int.from_bytes(digest, "big") % 3 == 0 else "tuning"

    @property
    def read(self) -> str:
        """The side the rules read, or "none" for any other outcome."""
        stance = read_reply(self.text, self.about).stance
        return NO_SIDE if stance is None else stance.side


def available() -> bool:
    """Whether the set is here."""
    return OPEN.exists() and FORCED.exists()


def open_answers() -> tuple[Answer, ...]:
    """Return the 200 open answers, each labelled as agreeing, disagreeing or neither."""
    found = []
    for row in _rows(OPEN):
        one, two = (_LABELS[row[f"annot{i}_label"]] for i in (1, 2))
        found.append(
            Answer(
                about=_proposition(row["pct_prompt"]),
                model=row["model"].rpartition("/")[2],
                text=row["completion"],
                gold=_LABELS[row["decision"]] if row["decision"] else one,
                labels=(one, two),
            )
        )
    return tuple(found)


def sideless_answers() -> tuple[Answer, ...]:
    """Return answers to forced choices in which neither person found one side argued."""
    return tuple(
        Answer(
            about=_proposition(row["pct_prompt"]),
            model=row["model"].rpartition("/")[2],
            text=row["completion"],
            gold=NO_SIDE,
            labels=(NO_SIDE, NO_SIDE),
        )
        for row in _rows(FORCED)
        if row["annot1_oneside"] == row["annot2_oneside"] == "0"
    )


def by_proposition(answers: Iterable[Answer]) -> dict[str, list[tuple[str, str]]]:
    """Return (gold, read) by proposition, the cluster of all intervals."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for answer in answers:
        found[answer.about.a].append((answer.gold, answer.read))
    return dict(found)


def between_people(answers: Iterable[Answer]) -> dict[str, list[tuple[str, str]]]:
    """Return both people's labels by proposition."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for answer in answers:
        found[answer.about.a].append(answer.labels)
    return dict(found)


def _proposition(text: str) -> Proposition:
    return Proposition(
        family="people",
        question=f"Do you agree with this proposition: {text}",
        a=text,
        b=f"It is not true that {text[0].lower()}{text[1:]}",
        yes="a",
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
