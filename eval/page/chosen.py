"""Which transcripts a page embeds, by rule, and where its points lead to."""

from __future__ import annotations

import hashlib
import shlex
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from gadfly.bot.foreign import plain, printable
from gadfly.eval.transcript import summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gadfly.eval.page.ends import Ends
    from gadfly.eval.record import TrialRecord

MOST = 2000
"""Transcripts in one page."""
SEED = 0
LISTED = 8
"""Trials named behind one point."""
_KEY = 10
"""Letters of a trial's key that name it, as `gadfly show` lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The transcripts of a page, by key, each with why it is there."""

    why: Mapping[str, str]
    trials: int
    """How many the run has."""

    @property
    def rule(self) -> str:
        """What was chosen, in a sentence."""
        if len(self.why) == self.trials:
            return f"All {self.trials:,} transcripts of the run are here."
        return (
            f"{len(self.why):,} of {self.trials:,} transcripts are here: the lowest and highest "
            "values of every headline, those behind points of figures, trials that failed, and "
            f"others drawn at random (seed {SEED}). None was picked by hand."
        )


def choose(
    records: Sequence[TrialRecord],
    ends: Mapping[tuple[str, str], Ends],
    points: Iterable[tuple[str, ...]],
    *,
    most: int = MOST,
) -> Chosen:
    """Choose transcripts: both ends of every headline, points, failures, and a random rest.

    Headlines and points take turns, so that all have some before any has many; ends and points
    fill three quarters at most, that chance has a say too.
    """
    why: dict[str, str] = {}
    wanted = _ends(ends), _first(points), _failed(records)
    for key, reason in chain.from_iterable(wanted):
        if len(why) >= most * 3 // 4:
            break
        why.setdefault(key, reason)
    for record in sorted(records, key=lambda r: _lot(r.key)):
        if len(why) >= most:
            break
        why.setdefault(record.key, f"drawn at random (seed {SEED})")
    return Chosen(why=why, trials=len(records))


def _ends(ends: Mapping[tuple[str, str], Ends]) -> Iterator[tuple[str, str]]:
    """Yield trials from both ends of every metric, the outermost of each first."""
    sides = [
        [(keys, f"{which} value of {metric.replace('_', ' ')} {arm}".rstrip()) for keys in side]
        for (metric, arm), each in ends.items()
        for which, side in (("lowest", each.lowest), ("highest", each.highest))
    ]
    for row in zip_longest(*sides):
        for found in row:
            if found is not None:
                keys, reason = found
                yield from ((key, reason) for key in keys[:2])


def _first(points: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield the first trial of every point, then the second, and so on up to those listed."""
    for row in zip_longest(*(keys[:LISTED] for keys in points)):
        yield from ((key, "behind a point of a figure") for key in row if key is not None)


def _failed(records: Sequence[TrialRecord]) -> Iterator[tuple[str, str]]:
    broken = sorted((r.key for r in records if r.failure is not None), key=_lot)
    yield from ((key, "failed") for key in broken)


def _lot(key: str) -> bytes:
    return hashlib.sha256(f"{SEED}:{key}".encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A trial behind a point."""

    key: str
    says: str
    command: str
    """What prints its transcript."""
    is_here: bool
    """Whether its transcript is in the page; else the command is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The trials behind one point."""

    anchor: str
    caption: str
    named: tuple[Named, ...]
    more: int
    """How many are not named."""


@dataclass(slots=True)
class Links:
    """Where points lead to: a transcript, or the list of those behind the point."""

    records: Mapping[str, TrialRecord]
    """By what names them in the page."""
    chosen: Chosen
    command: Callable[[str], str]
    """Turns such a name into the command that prints the transcript."""
    groups: dict[tuple[str, ...], Group] = field(default_factory=dict)

    def __call__(self, trials: Sequence[str], caption: str) -> str:
        """Return the address of what is behind a point; "" where nothing is."""
        keys = tuple(dict.fromkeys(key for key in trials if key in self.records))
        if not keys:
            return ""
        if len(keys) == 1 and keys[0] in self.chosen.why:
            return f"#t-{keys[0]}"
        known = self.groups.get(keys)
        if known is None:
            known = self.groups[keys] = self._group(keys, caption)
        return f"#{known.anchor}"

    def _group(self, keys: tuple[str, ...], caption: str) -> Group:
        # Those that are here come first, whatever their place.
        ordered = sorted(keys, key=lambda key: key not in self.chosen.why)
        return Group(
            anchor=f"b-{len(self.groups) + 1}",
            caption=caption,
            named=tuple(
                Named(
                    key=key,
                    says=printable(named(self.records[key])),
                    command=self.command(key),
                    is_here=key in self.chosen.why,
                )
                for key in ordered[:LISTED]
            ),
            more=max(0, len(keys) - LISTED),
        )


def show_command(run: str, key: str) -> str:
    """Return the command that prints a trial of a run, as it can be pasted into a shell."""
    return f"gadfly show {shlex.quote(plain(run))} {key[:_KEY]}"


def named(record: TrialRecord) -> str:
    """Say which trial it is and what it came to, in one line."""
    where = f"{record.family}, {record.probe} {record.arm} {record.variant}, r{record.replicate}"
    return f"{where}: {summary(record)}"
