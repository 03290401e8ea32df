"""What an import yields, and how an importer gathers it.

A family enters only if it passes the checks of the scenario format; everything that stays out is
counted under its reason, so that the numbers of an import add up.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError
from gadfly.bot.foreign import legible, plain
from gadfly.bot.proposition import Proposition
from gadfly.bot.steering import read_reply
from gadfly.scenarios.check import check_family, words
from gadfly.scenarios.loader import dump
from gadfly.scenarios.schema import validate_family

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.proposition import Side
    from gadfly.scenarios.schema import FamilyPart, Problem

_SLUG_LENGTH = 60
_TOPIC = re.compile(r"[a-z][a-z0-9-]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The families of an import, in upstream order, and what was left out."""

    families: tuple[Mapping[str, Any], ...]
    """As they stand in a scenario file."""
    skipped: Mapping[str, int]
    """Upstream items (or, where the reason says so, parts of them) left out, by reason."""
    licence: str
    source: str
    topic: str
    """What all ids begin with."""

    @property
    def yaml(self) -> str:
        """The scenario file; the same import always gives the same text."""
        guid = uuid.uuid5(uuid.NAMESPACE_URL, self.source)
        canary = f"Imported from {self.source}; not for training. canary GUID {guid}"
        return dump(self.topic, canary, self.families)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user may say beyond layout and path; layouts of published sets need none of it."""

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Fields of a family to the columns that hold them."""
    split: str = "train"
    stratum: str = ""
    topic: str = ""
    source: str = ""
    licence: str = ""


class Gathering:
    """Collects the families of one import."""

    def __init__(self, *, topic: str, source: str, licence: str) -> None:
        """Begin with none.

        Raises:
            ConfigError: `topic` cannot begin an id.
        """
        if not _TOPIC.match(topic):
            raise ConfigError(
                f"the topic {topic!r} cannot begin an id: expected lower-case letters, digits "
                "and '-', such as 'self-driving'"
            )
        self._topic = topic
        self._source = source
        self._licence = licence
        self._families: list[Mapping[str, Any]] = []
        self._skipped: Counter[str] = Counter()
        self._ids: set[str] = set()
        self._asked: set[tuple[str, ...]] = set()

    def skip(self, reason: str, count: int = 1) -> None:
        """Count upstream items that stay out."""
        self._skipped[reason] += count

    def add(
        self,
        upstream: str,
        family: Mapping[str, Any],
        *,
        labels: Mapping[str, str] | None = None,
        ratings: Mapping[str, Mapping[str, float]] | None = None,
    ) -> None:
        """Take in a family known upstream by an id, if it passes the checks; else count it."""
        provenance: dict[str, Any] = {
            "source": self._source,
            "id": upstream,
            "licence": self._licence,
        }
        provenance |= {"labels": dict(labels)} if labels else {}
        provenance |= {"ratings": dict(ratings)} if ratings else {}
        whole = {
            "id": f"{self._topic}.{slug(upstream)}",
            **family,
            "sources": [f"{self._source}: {upstream} ({self._licence})"],
            "imported": provenance,
        }
        reason = self._fault(whole)
        if reason:
            self.skip(reason)
            return
        self._ids.add(whole["id"])
        self._asked.add(_asked(whole))
        self._families.append(whole)

    def done(self) -> Imported:
        """Return what was gathered."""
        return Imported(
            families=tuple(self._families),
            skipped=MappingProxyType(dict(sorted(self._skipped.items()))),
            licence=self._licence,
            source=self._source,
            topic=self._topic,
        )

    def _fault(self, family: Mapping[str, Any]) -> str:
        part, problems = validate_family(family)
        found = problems if part is None else tuple(check_family(part, ()))
        if found:
            return _reason(found[0])
        if part is not None and not _readable(part):
            return "its statements, said in a reply, would not be read for their sides"
        if family["id"] in self._ids:
            return "the id of an earlier item again"
        return "the question and statements of an earlier item again" * (
            _asked(family) in self._asked
        )


def slug(text: str) -> str:
    """Return a text as the last part of an id; long or foreign ones end in a hash of the whole."""
    kept = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if kept and len(kept) <= _SLUG_LENGTH:
        return kept
    digest = hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
    return f"{kept[:_SLUG_LENGTH].strip('-')}-{digest}".strip("-")


def tidy(text: str) -> str:
    """Return a text on one line, without terminal escapes and doubled spaces."""
    return plain(legible(text), None)


def swapped(upstream: str) -> bool:
    """Tell by hash of an id whether the two sides of an item change places.

    Sets that always put the right side first would otherwise be answered by "the first".
    """
    return bool(hashlib.blake2b(upstream.encode(), digest_size=1).digest()[0] & 1)


def _readable(part: FamilyPart) -> bool:
    """Tell whether a reply that repeats a statement is read for its side, and so for both.

    Were one side read and the other not, only replies for the one would count.
    """
    about = Proposition(family=part.id, question=part.question, a=part.a, b=part.b, yes=part.yes)
    sides: tuple[Side, ...] = ("a", "b")
    for side in sides:
        stance = read_reply(about.statement(side), about).stance
        if stance is None or stance.side != side:
            return False
    return True


def _asked(family: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(" ".join(words(family[name])) for name in ("question", "a", "b"))


def _reason(problem: Problem) -> str:
    """Return what a problem is about, without the text it was found in, so that like ones add."""
    return "fails the check: " + problem.message.split(", found ")[0]
