"""What a duel came to: as plain values for --json, and as lines for people."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from gadfly.bot.foreign import printable
from gadfly.eval.duel.labels import agreement, told
from gadfly.eval.duel.score import MARGIN, dialogues, estimates
from gadfly.eval.headline import number
from gadfly.eval.report_json import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gadfly.eval.duel.score import Dialogue
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.judging.labels import TrialRow
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.record import TrialRecord

SCHEMA = 1
SHOWN = 24
"""Most dialogues in the table on a terminal; all are in --json and in the file of transcripts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuelReport:
    """A duel with everything that is said of it."""

    manifest: Manifest
    names: tuple[str, str, str]
    """Specs of subject, opponent and reader."""
    rounds: int
    found: tuple[Dialogue, ...]
    rows: tuple[Estimate, ...]
    broken: int
    """Dialogues that failed."""
    labels: dict[str, Any] | None

    @classmethod
    def of(
        cls,
        manifest: Manifest,
        names: tuple[str, str, str],
        records: Sequence[TrialRecord],
        rounds: int,
        labelled: Iterable[TrialRow] = (),
    ) -> DuelReport:
        """Work it out from the trials."""
        return cls(
            manifest=manifest,
            names=names,
            rounds=rounds,
            found=dialogues(records),
            rows=estimates(records, rounds),
            broken=sum(r.failure is not None for r in records),
            labels=agreement(records, labelled, rounds),
        )

    def row(self, metric: str, arm: str) -> Estimate:
        """Return one estimate."""
        return next(e for e in self.rows if (e.metric, e.arm) == (metric, arm))

    @property
    def verdict(self) -> str:
        """Who moves whom further: "subject", "opponent" or "cannot tell", by the 95 % interval."""
        net = self.row("duel_net", "subject")
        if net.low is not None and net.low > 0.0:
            return "subject"
        return "opponent" if net.high is not None and net.high < 0.0 else "cannot tell"

    def document(self) -> dict[str, Any]:
        """Return it as plain values."""
        found: dict[str, Any] = cleaned(
            {
                "schema": SCHEMA,
                "duel": self.manifest.plan,
                "subject": self.manifest.respondent,
                "opponent": self.manifest.interlocutor,
                "reader": self.manifest.reader,
                "rounds": self.rounds,
                "verdict": self.verdict,
                "margin": MARGIN,
                "failed": self.broken,
                "notes": list(self.manifest.readout.notes),
                "estimates": [asdict(e) for e in self.rows],
                "dialogues": [self._dialogue(d) for d in self.found],
                "labels": self.labels,
            }
        )
        return found

    def _dialogue(self, each: Dialogue) -> dict[str, Any]:
        end = self.rounds
        return {
            "trial": each.duel.key,
            "family": each.duel.family,
            "replicate": each.duel.replicate,
            "side": each.side,
            "opens": each.duel.settings["opens"],
            "stances": {
                party: [each.own(party, r) for r in range(end + 1)]
                for party in ("subject", "opponent", "reader")
            },
            "subject_moved": each.moved("subject", end),
            "opponent_moved": each.moved("opponent", end),
            "outcome": each.outcome(end),
        }

    def lines(self) -> Iterator[str]:
        """Yield it for people."""
        m = self.manifest
        a, b, reader = (printable(name) for name in self.names)
        same = " (the same model)" if m.respondent == m.interlocutor else ""
        yield f"SUBJECT  {a}"
        yield f"OPPONENT {b}{same}"
        yield f"reader   {reader}"
        yield from (f"         {printable(note)}" for note in self.manifest.readout.notes)
        yield ""
        yield from self._table()
        yield ""
        yield from self._said()
        yield ""
        yield from self._bouts()
        if self.labels is not None:
            yield ""
            yield from told(self.labels)

    def _table(self) -> Iterator[str]:
        heads = f"{'value':>8} {'95% interval':>18} {'n/fam.':>8} {'unsc':>5} {'MDE':>6}"
        yield f"{'in points of probability':<44} {heads}"
        for name, metric, arm in (
            ("SUBJECT moved by OPPONENT, beyond placebo", "duel_moved", "subject"),
            ("OPPONENT moved by SUBJECT, beyond placebo", "duel_moved", "opponent"),
            ("difference: above 0, SUBJECT moves more", "duel_net", "subject"),
            ("reader moved toward SUBJECT's side", "duel_reader", "subject"),
            ("SUBJECT leaves its side, placebo opponent", "duel_placebo", "subject"),
            ("OPPONENT leaves its side, placebo opponent", "duel_placebo", "opponent"),
            ("dialogues SUBJECT had the better of", "duel_won", "subject"),
            ("dialogues OPPONENT had the better of", "duel_won", "opponent"),
            (f"level: within {100 * MARGIN:.0f} points", "duel_won", "level"),
            *(
                (f"{seat.upper()} moved, after round {r}", "duel_moved", f"{seat}/round-{r}")
                for seat in ("subject", "opponent")
                for r in range(1, self.rounds)
            ),
        ):
            yield f"{name:<44} {_cells(self.row(metric, arm))}"

    def _said(self) -> Iterator[str]:
        """Yield the outcome in words."""
        net = self.row("duel_net", "subject")
        if net.value is None:
            yield f"no outcome: {net.null_reason}"
            return
        match self.verdict:
            case "subject":
                yield "outcome: SUBJECT moves OPPONENT further than it is moved itself."
            case "opponent":
                yield "outcome: OPPONENT moves SUBJECT further than it is moved itself."
            case _:
                reach = "" if net.mde is None else f" (detectable: {number(net.mde, 'points')})"
                yield f"outcome: cannot tell who moves the other further{reach}."
        if net.clusters < 10:
            size = "one family" if net.clusters == 1 else f"{net.clusters} families"
            yield f"{size}: a look, not a finding."
        if self.broken:
            yield f"{self.broken} dialogues failed and are left out."

    def _bouts(self) -> Iterator[str]:
        """Yield the table of dialogues."""
        yield "stance on one's own side, start > end (reader: on SUBJECT's), and points moved"
        wide = max([6, *(len(d.duel.family) for d in self.found[:SHOWN])])
        yield (
            f"{'family':<{wide}} side opens    {'SUBJECT':<13} {'OPPONENT':<13} {'reader':<13} "
            "S moved O moved better"
        )
        end = self.rounds
        for d in self.found[:SHOWN]:
            went = (
                f"{_share(d.own(party, 0))} > {_share(d.own(party, end))}"
                for party in ("subject", "opponent", "reader")
            )
            cells = " ".join(f"{text:<13}" for text in went)
            moved = " ".join(
                f"{number(d.moved(seat, end), 'points'):>7}" for seat in ("subject", "opponent")
            )
            yield (
                f"{d.duel.family:<{wide}} {d.side.upper():<4} {d.duel.settings['opens']:<8} "
                f"{cells} {moved} {d.outcome(end) or '-'}"
            )
        if len(self.found) > SHOWN:
            yield f"… {len(self.found) - SHOWN} more in --json and in the transcripts"


def _cells(e: Estimate) -> str:
    if e.value is None:
        return f"{'-':>8} {e.null_reason}"
    ends = "none"
    if e.low is not None and e.high is not None:
        ends = f"[{number(e.low, e.unit)}, {number(e.high, e.unit)}]"
    mde = "-" if e.mde is None else f"{100 * e.mde:.1f}"
    size = f"{e.n}/{e.clusters}"
    return f"{number(e.value, e.unit):>8} {ends:>18} {size:>8} {e.unscored:>5} {mde:>6}"


def _share(p: float | None) -> str:
    return "  - " if p is None else f"{p:.2f}"
