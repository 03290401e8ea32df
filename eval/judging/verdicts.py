"""Verdicts as the store keeps them, and trials with them in place of the rules' readings."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import orjson

from gadfly.bot.errors import StoreError
from gadfly.bot.identity import Identity
from gadfly.bot.judging import DIGEST, Verdict
from gadfly.bot.steering import VERSION as READER_VERSION
from gadfly.eval.judging.doubt import doubts, is_unsure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gadfly.eval.judging.doubt import Doubt
    from gadfly.eval.record import Observed, TrialRecord
    from gadfly.eval.store import Store

SPLIT = "split"
"""Class of a look without a majority."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """Who judged, in which words, for the how-manieth time."""

    judge: Identity
    prompt: str = DIGEST
    epoch: int = 0
    """0, or new for a re-judging."""
    is_subject: bool = False
    """The judge is the very model that was questioned, and somebody insisted."""

    @property
    def id(self) -> str:
        """16 hexadecimal digits: verdicts under another one are never mixed with these."""
        h = hashlib.blake2b(self.judge.digest, digest_size=8)
        h.update(f"{self.prompt}\0{self.epoch}".encode())
        return h.hexdigest()

    @property
    def reader(self) -> str:
        """16 hexadecimal digits of how replies are read: rules, judge and words, not the epoch."""
        return reader_id(self)

    def text(self) -> str:
        """Write it as the store keeps it."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def of(cls, text: str) -> Judging:
        """Read it back.

        Raises:
            StoreError: The text is none.
        """
        try:
            d = json.loads(text)
            return cls(**{**d, "judge": Identity(**d["judge"])})
        except (json.JSONDecodeError, KeyError, TypeError) as e:
            raise StoreError(f"the stored judging is damaged ({type(e).__name__}: {e})") from e


def reader_id(judging: Judging | None) -> str:
    """Return the id of a way of reading replies: a calibration holds for that one only."""
    h = hashlib.blake2b(f"rules {READER_VERSION}".encode(), digest_size=8)
    if judging is not None:
        h.update(judging.judge.digest)
        h.update(judging.prompt.encode())
    return h.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVerdict:
    """One look of a judge at one reply."""

    reply: str
    about: str
    family: str
    look: int
    verdict: Verdict
    calls: tuple[str, ...]
    """Hex keys of the judge's calls, in order."""

    def key(self, judging: Judging) -> bytes:
        """16 bytes: reply, question, judging and look."""
        text = "\0".join((self.reply, self.about, judging.id, str(self.look)))
        return hashlib.blake2b(text.encode(), digest_size=16).digest()

    def body(self) -> bytes:
        """Write it as the store keeps it."""
        v = self.verdict
        return orjson.dumps(
            {
                "reply": self.reply,
                "about": self.about,
                "family": self.family,
                "look": self.look,
                "chosen": v.chosen,
                "shares": dict(v.shares),
                "calls": self.calls,
            }
        )

    @classmethod
    def of(cls, body: bytes) -> StoredVerdict:
        """Read it back.

        Raises:
            StoreError: The bytes are none.
        """
        try:
            d: dict[str, Any] = orjson.loads(body)
            verdict = Verdict(chosen=d.pop("chosen"), shares=MappingProxyType(d.pop("shares")))
            return cls(**{**d, "calls": tuple(d["calls"]), "verdict": verdict})
        except (orjson.JSONDecodeError, KeyError, TypeError) as e:
            raise StoreError(f"a stored verdict is damaged ({type(e).__name__}: {e})") from e


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The trials of a run as a report is to see them, and what judging came to."""

    records: tuple[TrialRecord, ...]
    judging: Judging | None
    unsure: int
    """Replies the rules are unsure of."""
    judged: int
    """Those the judge was asked about and answered."""
    split: int
    """Those of them on which it was split: the rules' reading stays."""
    looks: Mapping[str, Sequence[tuple[str, str]]]
    """(first look, second look) by family, of replies looked at twice; classes or "split"."""


def judged_trials(store: Store) -> Judged:
    """Return the trials of a store with the verdicts of its current judging in place."""
    return with_verdicts(store.trials(), *stored_verdicts(store))


def stored_verdicts(store: Store) -> tuple[Judging | None, tuple[StoredVerdict, ...]]:
    """Return the current judging of a store and its verdicts in key order; (None, ()) without one.

    Raises:
        StoreError: What is stored is damaged.
    """
    text = store.judging
    judging = None if text is None else Judging.of(text)
    found = () if judging is None else tuple(map(StoredVerdict.of, store.verdicts(judging.id)))
    return judging, found


def with_verdicts(
    records: tuple[TrialRecord, ...], judging: Judging | None, found: Iterable[StoredVerdict]
) -> Judged:
    """Put first looks in place of the readings the rules are unsure of; pure.

    A reading the rules are sure of is never touched, nor what a probe did because of one.
    """
    judged, first = settled(doubts(records), judging, found)
    return replace(
        judged,
        records=tuple(_read_again(record, first) for record in records) if first else records,
    )


def settled(
    open_: Sequence[Doubt], judging: Judging | None, found: Iterable[StoredVerdict]
) -> tuple[Judged, Mapping[tuple[str, str], Verdict]]:
    """Return what judging came to, without trials, and the first look at each reply; pure."""
    looks: dict[tuple[str, str], dict[int, Verdict]] = defaultdict(dict)
    for each in found:
        looks[each.reply, each.about][each.look] = each.verdict
    first = {where: by_look[0] for where, by_look in looks.items() if 0 in by_look}
    answered = [d for d in open_ if (d.reply, d.about) in first]
    judged = Judged(
        records=(),
        judging=judging,
        unsure=len(open_),
        judged=len(answered),
        split=sum(first[d.reply, d.about].chosen is None for d in answered),
        looks=_pairs(answered, looks),
    )
    return judged, first


def _pairs(
    answered: Iterable[Doubt], looks: Mapping[tuple[str, str], Mapping[int, Verdict]]
) -> dict[str, list[tuple[str, str]]]:
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for doubt in answered:
        own = looks[doubt.reply, doubt.about]
        if 1 in own:
            pairs[doubt.family].append((own[0].chosen or SPLIT, own[1].chosen or SPLIT))
    return dict(pairs)


def _read_again(record: TrialRecord, first: Mapping[tuple[str, str], Verdict]) -> TrialRecord:
    seen = tuple(_replaced(each, first) for each in record.observations)
    return record if seen == record.observations else replace(record, observations=seen)


def _replaced(seen: Observed, first: Mapping[tuple[str, str], Verdict]) -> Observed:
    verdict = first.get((seen.calls[0], seen.about)) if is_unsure(seen) else None
    reading = None if verdict is None else verdict.reading
    return seen if reading is None else replace(seen, reading=reading)
