"""One cell's run: a simulant with given traits, asked what a ground asks, and what came of it."""

from __future__ import annotations

import asyncio
import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gadfly.bot.call import Sampling
from gadfly.bot.identity import Identity
from gadfly.bot.simulant import Simulant
from gadfly.bot.simulant.banks import SEALED
from gadfly.bot.simulant.choice import REFERENCE, draw
from gadfly.bot.simulant.respondent import nodes_of
from gadfly.bot.simulant.traits import RANGES, Traits
from gadfly.eval.instrument.matrix import GROUNDS, ROWS, SCORED_BY
from gadfly.eval.metrics import SCORERS
from gadfly.eval.plan import Protocol, make_plan
from gadfly.eval.runner import Run
from gadfly.eval.store import Store
from gadfly.eval.suite import Part, Suite
from gadfly.scenarios.catalogue import library
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.call import Call
    from gadfly.bot.completion import Completion
    from gadfly.bot.message import Conversation
    from gadfly.bot.simulant.chance import Chance
    from gadfly.bot.simulant.choice import Choice
    from gadfly.bot.simulant.crib import Crib
    from gadfly.eval.metrics import Scorer
    from gadfly.eval.plan import Plan
    from gadfly.eval.record import TrialRecord

Values = dict[str, tuple[float, ...]]
"""What a metric found, by family."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A run to make: a ground, and the traits that differ from a plain simulant's."""

    ground: str
    traits: tuple[tuple[str, float], ...]
    """By name."""
    raised: str = ""
    """The trait that is not at its usual level there; "" for none."""
    seed: int = 0
    """Which simulant is asked: all are alike in their traits, and each has stances of its own."""


_SIDES_APART: tuple[Choice, ...] = (
    "a", "undecided", "evaded", "refused", "unreadable", "b",
)  # fmt: skip


_APART = 1_000_003
"""More dialogues than a simulant ever holds of one family."""


class WatchedTraits(Traits):
    """Traits that note which of them are looked at.

    A simulant is a function of what it looks at: a trait it never looked at in a run can be
    anything, and not one answer of that run would change.
    """

    __slots__ = ("looked_at",)
    looked_at: set[str]

    def __post_init__(self) -> None:
        """Begin with none looked at.

        Raises:
            ConfigError: One is out of range.
        """
        object.__setattr__(self, "looked_at", set())
        Traits.__post_init__(self)
        self.looked_at.clear()

    def __getattribute__(self, name: str) -> object:
        """Note a look at a number."""
        if name in RANGES:
            object.__getattribute__(self, "looked_at").add(name)
        return object.__getattribute__(self, name)


class Specimen(Simulant):
    """A simulant whose chances do not depend on its traits.

    Its dice come from what it was asked so far, its seed and the number of the dialogue, and not
    from what it said: two specimens that are asked the same throw the same dice to the end,
    whatever words either found, and what differs between them is what the trait did (common random
    numbers). Of the choices of a reply the two sides lie at the ends of the unit interval, so that
    who refuses, hedges or babbles more often takes the same side where he still takes one.
    """

    def __init__(self, traits: Traits, crib: Crib) -> None:
        super().__init__(f"sim:calibrated?bank={traits.bank}", crib)
        self.traits = traits

    @property
    def identity(self) -> Identity:
        """The same for all traits."""
        return Identity(model="specimen", template=self._crib.digest)

    def _respond(self, call: Call) -> Completion:
        r = call.request
        if r.kind != "reply":
            # A read is shared by all dialogues that came to the same words.
            return super()._respond(call)
        lot = functools.partial(_asked_so_far, call.replicate + _APART * self.traits.seed)
        form = (r.kind, r.prefill, *r.options, str(call.draw), str(call.epoch))
        seed = hashlib.blake2b("\0".join(form).encode(), digest_size=8).digest()
        return self.answer(r, int.from_bytes(seed, "big"), lot)

    def _draw(self, made: Mapping[Choice, float], temperature: float, chance: Chance) -> Choice:
        return draw(made, temperature, chance, _SIDES_APART)


def _asked_so_far(replicate: int, at: Conversation) -> bytes:
    """Return 16 bytes over the number of a dialogue and all that was said to its subject."""
    h = hashlib.blake2b(b"%d" % replicate, digest_size=16)
    for node in nodes_of(at):
        message = node.message
        heard = "" if message is None or message.role == "assistant" else message.text
        raw = heard.encode("utf-8", "surrogatepass")
        h.update(len(raw).to_bytes(4, "big"))
        h.update(raw)
    return h.digest()


def measured(job: Job) -> dict[str, Values]:
    """Run a job and return the values of each of its ground's metrics, by row name.

    A metric that found nothing has no families.
    """
    return _values(job, Traits(bank=SEALED).with_values(_texts(job)))


def surveyed(job: Job) -> tuple[dict[str, Values], frozenset[str]]:
    """Return what `measured` does, and the traits that were looked at."""
    traits = WatchedTraits(bank=SEALED).with_values(_texts(job))
    values = _values(job, traits)
    return values, frozenset(traits.looked_at)


def _texts(job: Job) -> dict[str, str]:
    return {name: repr(value) for name, value in (*job.traits, ("seed", job.seed))}


def _values(job: Job, traits: Traits) -> dict[str, Values]:
    records = _run(job, Specimen(traits, library_crib()))
    rows = {(row.metric, row.arm): row.name for row in ROWS.values() if row.ground == job.ground}
    found: dict[str, Values] = {name: {} for name in rows.values()}
    for scorer in scorers(job.ground):
        for scores in scorer(records):
            name = rows.get((scores.quantity.metric, scores.arm))
            if name is not None:
                found[name] = {f: tuple(values) for f, values in scores.families().items()}
    return found


@functools.cache
def _planned(ground: str) -> tuple[Plan, Protocol]:
    """Return what a ground asks, and how."""
    g = GROUNDS[ground]
    part = Part(probe=g.probe, families=g.limit, replicates=g.replicates, strata=g.strata)
    suite = Suite(name=g.name, version=1, purpose="", parts=(part,), max_tokens=g.tokens)
    plan = make_plan(suite, library().select(tags=g.tags))
    sampling = Sampling(temperature=REFERENCE, top_p=1.0, max_tokens=g.tokens)
    return plan, Protocol(readout="logprob", sampling=sampling)


def _run(job: Job, piece: Specimen) -> tuple[TrialRecord, ...]:
    plan, protocol = _planned(job.ground)
    with TemporaryDirectory(prefix="gadfly-instrument-") as folder:
        return asyncio.run(_asked(plan, protocol, piece, Path(folder)))


async def _asked(
    plan: Plan, protocol: Protocol, piece: Specimen, folder: Path
) -> tuple[TrialRecord, ...]:
    store = Store.create(folder)
    try:
        run = Run(
            respondent=piece, store=store, plan=plan, protocol=protocol, emit=lambda event: None
        )
        await run.open()
        await run.settle("logprob")
        await run.go()
        return store.trials()
    finally:
        store.close()


@functools.cache
def scorers(ground: str) -> tuple[Scorer, ...]:
    """Return the scorers behind the rows of a ground."""
    wanted = {row.metric for row in ROWS.values() if row.ground == ground}
    names = {SCORED_BY.get(metric, metric) for metric in wanted}
    return tuple(scorer for scorer in SCORERS if scorer.__name__ in names)
