"""What a stance costs: one-token reads against sampled answers that a judge reads.

The same dialogues (a question, an argument against one side) are measured before and after the
argument both ways. The spread of the shift over the dialogues of a family, in which the noise of
the dialogues is included, says how many dialogues bring the standard error of a family's mean
shift to .02; times what a dialogue's two reads take, that is tokens generated and seconds. Each
way has the server to itself and keeps it busy. The judge is the same model: what it says matters
less here than what it takes. Needs GADFLY_VLLM_PYTHON or --server.

    python -m benchmarks.reads [--server URL#MODEL] [--families N] [--dialogues N]
"""

from __future__ import annotations

import argparse
import asyncio
import math
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from benchmarks.server import can_serve, served
from gadfly.bot.call import Sampling, ask_reply
from gadfly.bot.judging.ballot import Case, ballots, shares_of
from gadfly.bot.message import opening
from gadfly.bot.readout import Answer
from gadfly.bot.readout.logprob import Logprob
from gadfly.bot.readout.sampled import Sampled
from gadfly.eval.caller import Caller
from gadfly.eval.plan import rank
from gadfly.eval.store import Store
from gadfly.scenarios.catalogue import library

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Sequence

    from gadfly.bot.call import Request
    from gadfly.bot.completion import Completion
    from gadfly.bot.message import Conversation
    from gadfly.bot.readout import Ask, Readout
    from gadfly.scenarios.scenario import Scenario

T = TypeVar("T")

BAR = 20.0
TARGET_SE = 0.02
IN_FLIGHT = 128
REPLY = Sampling(temperature=0.7, max_tokens=128)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One dialogue, before and after the argument."""

    scenario: Scenario
    replicate: int
    before: Conversation
    after: Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One way of measuring: the shift of each dialogue by family, and what all of it took."""

    shifts: dict[str, list[float | None]]
    """None where either read has no stance."""
    tokens: int
    """Tokens generated."""
    seconds: float

    @property
    def variance(self) -> float:
        """Variance of the shift over a family's dialogues, mean over families."""
        found = [[s for s in own if s is not None] for own in self.shifts.values()]
        return statistics.fmean(statistics.variance(own) for own in found if len(own) > 1)

    @property
    def n(self) -> int:
        """Dialogues measured."""
        return sum(len(own) for own in self.shifts.values())

    @property
    def share(self) -> float:
        """Share of the dialogues that have a shift."""
        return sum(s is not None for own in self.shifts.values() for s in own) / self.n

    @property
    def needed(self) -> float:
        """Dialogues of a family until the standard error of its mean shift is `TARGET_SE`.

        At least one that has a shift.
        """
        return max(1.0, self.variance / TARGET_SE**2) / self.share


class Meter:
    """Makes calls and counts what they took."""

    def __init__(self, caller: Caller) -> None:
        """Begin at nothing."""
        self.caller = caller
        self.tokens = 0

    async def ask(self, request: Request, replicate: int, draw: int = 0) -> Completion:
        """Make one call."""
        _, done = await self.caller.call(request, replicate=replicate, draw=draw)
        self.tokens += done.usage.completion_tokens
        return done


def main() -> int:
    """Print what each way takes, and the ratio; 1 if the bar is missed, 2 without vLLM."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", help="URL#MODEL of a running vLLM")
    parser.add_argument("--dtype", default="bfloat16", help="of the server started here")
    parser.add_argument("--families", type=int, default=8)
    parser.add_argument("--dialogues", type=int, default=5, help="per family")
    args = parser.parse_args()
    if not can_serve(args.server):
        return 2
    read, sampled, dialogues = asyncio.run(measure(args))
    for name, found in (("one-token reads", read), ("sampled answers, judged", sampled)):
        print(
            f"{name}: shift SD {math.sqrt(found.variance):.3f} within families, "
            f"{found.share:.0%} of {found.n} dialogues have a shift; "
            f"{found.tokens / found.n:,.0f} tokens and {found.seconds / found.n:.2f} s per dialogue"
        )
        print(
            f"  SE {TARGET_SE} of a family's mean shift: {found.needed:.0f} dialogues, "
            f"{found.needed * found.tokens / found.n:,.0f} tokens generated, "
            f"{found.needed * found.seconds / found.n:,.1f} s"
        )
    tokens, seconds = (needed(sampled, of) / needed(read, of) for of in ("tokens", "seconds"))
    own = [f.needed * (f.tokens / f.n + dialogues) for f in (sampled, read)]
    print(
        f"ratio: {tokens:,.0f} x fewer tokens (bar {BAR:.0f}), {seconds:.1f} x fewer seconds; "
        f"the dialogues' own {dialogues:.0f} tokens each counted in: {own[0] / own[1]:.1f} x"
    )
    return 0 if tokens >= BAR else 1


def needed(found: Measured, of: str) -> float:
    """Return the tokens or seconds of as many dialogues as are needed."""
    return found.needed * float(getattr(found, of)) / found.n


async def measure(args: argparse.Namespace) -> tuple[Measured, Measured, float]:
    """Hold the dialogues and measure them both ways; also the tokens of one dialogue."""
    chosen = [s for s in rank(library().all) if s.arguments and s.wordings][: args.families]
    async with served(args.server, args.dtype) as model:
        identity = await model.open(lambda text: None)
        with tempfile.TemporaryDirectory() as temporary:
            store = Store.create(Path(temporary) / "run")
            caller = Caller(
                respondent=model,
                identity=identity,
                store=store,
                concurrency=IN_FLIGHT,
                emit=lambda event: None,
            )
            try:
                meter = Meter(caller)
                threads = await together(
                    hold(meter, s, r) for s in chosen for r in range(args.dialogues)
                )
                labels = Logprob(temperature=0.7, prefill=model.capabilities.prefill)
                read = await timed(caller, threads, labels, judge=False)
                sampled = await timed(caller, threads, Sampled(temperature=0.7), judge=True)
            finally:
                store.close()
    return read, sampled, meter.tokens / len(threads)


async def together(work: Iterable[Coroutine[None, None, T]]) -> list[T]:
    """Await everything at once; results in the order given."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one) for one in work]
    return [task.result() for task in tasks]


async def hold(meter: Meter, scenario: Scenario, replicate: int) -> Thread:
    """Ask the question, then argue for side B."""
    asked = opening().says(scenario.wordings[0].text)
    before = asked.hears((await meter.ask(ask_reply(asked, REPLY), replicate)).text)
    pushed = before.says(scenario.arguments["b"].strong)
    after = pushed.hears((await meter.ask(ask_reply(pushed, REPLY), replicate)).text)
    return Thread(scenario=scenario, replicate=replicate, before=before, after=after)


async def timed(
    caller: Caller, threads: Sequence[Thread], readout: Readout, *, judge: bool
) -> Measured:
    """Measure every dialogue before and after the argument."""
    meter = Meter(caller)
    began = time.perf_counter()
    points = [(t, point) for t in threads for point in (t.before, t.after)]
    found = await together(stance(meter, readout, t, point, judge=judge) for t, point in points)
    seconds = time.perf_counter() - began
    shifts: dict[str, list[float | None]] = defaultdict(list)
    for thread, first, last in zip(threads, found[::2], found[1::2], strict=True):
        shift = None if first is None or last is None else last - first
        shifts[thread.scenario.id].append(shift)
    return Measured(shifts=dict(shifts), tokens=meter.tokens, seconds=seconds)


async def stance(
    meter: Meter, readout: Readout, thread: Thread, point: Conversation, *, judge: bool
) -> float | None:
    """Read one stance; by a judge from every drawn answer, where there is one."""
    about, replicate = thread.scenario.proposition, thread.replicate
    asks = readout.asks(point, about)
    drawn = await together(
        together(meter.ask(ask.request, replicate, draw) for draw in range(ask.draws))
        for ask in asks
    )
    if not judge:
        answers = [Answer(a, tuple(done)) for a, done in zip(asks, drawn, strict=True)]
        reading = readout.read(about, answers)
        return None if reading.stance is None else reading.stance.p
    cases = [
        Case(about=about, asked=question(ask), reply=done.text)
        for ask, cell in zip(asks, drawn, strict=True)
        for done in cell
    ]
    verdicts = Counter(await together(verdict(meter, case) for case in cases))
    sided = verdicts["a"] + verdicts["b"]
    return verdicts["a"] / sided if sided else None


def question(ask: Ask) -> str:
    """Return what an answer replies to."""
    message = ask.request.conversation.message
    return "" if message is None else message.text


async def verdict(meter: Meter, case: Case) -> str:
    """Return the class both orders of a judge's look come to; "" where there is none."""
    both = ballots(case, 0)
    told = await together(meter.ask(ballot.by_labels(), 0) for ballot in both)
    total: dict[str, float] = defaultdict(float)
    for ballot, done in zip(both, told, strict=True):
        for found, share in (shares_of(ballot, done) or {}).items():
            total[found] += share
    return max(total, key=total.__getitem__, default="")


if __name__ == "__main__":
    sys.exit(main())
