"""Engine throughput: four-turn dialogues over a real socket, every answer committed before use.

The server gives a constant answer and has a process of its own. Beside it, where `make peer`
has made its environment, inspect_ai holds the same dialogues against the same server. Then the
same dialogues with an answer at hand, and the client alone: what is left between them is where
the time goes. CPU is that of the process that holds the dialogues, in user and system mode.

    python -m benchmarks.engine [--dialogues N] [--repeats N] [--profile FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.constant_server import ANSWER, serving
from benchmarks.dialogues import FAMILY, LATER, FourTurns, first
from gadfly.bot.call import Call, Sampling, ask_reply
from gadfly.bot.completion import Completion, Usage
from gadfly.bot.identity import Identity
from gadfly.bot.message import opening
from gadfly.bot.respondent import Capabilities
from gadfly.bot.server import Served
from gadfly.eval.loop import run_loop
from gadfly.eval.plan import Plan, Protocol, Trial
from gadfly.eval.runner import Run
from gadfly.eval.store import Store
from gadfly.eval.suite import Part, Suite
from gadfly.scenarios.catalogue import library

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.constant_server import Constant
    from gadfly.bot.respondent import Respondent

BAR_CALLS_S = 5000.0
BAR_CPU_MS = 0.20
IN_FLIGHT = 128
TURNS = 1 + len(LATER)
PEER = Path(".venv-inspect/bin/python")
PEER_DIALOGUES = 250
"""It is some fifty times slower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What some calls took."""

    calls: int
    wall_s: float
    cpu_s: float

    @property
    def rate(self) -> float:
        """Calls a second."""
        return self.calls / self.wall_s

    @property
    def cpu_ms(self) -> float:
        """CPU per call."""
        return 1000 * self.cpu_s / self.calls


@dataclass(slots=True)
class Stopwatch:
    """Wall and CPU time of this process from its making."""

    wall: float = field(default_factory=time.perf_counter)
    cpu: float = field(default_factory=time.process_time)

    def took(self, calls: int) -> Took:
        """Return what it has measured."""
        return Took(
            calls=calls,
            wall_s=time.perf_counter() - self.wall,
            cpu_s=time.process_time() - self.cpu,
        )


class Instant:
    """Gives the constant answer at once, without a network."""

    spec = "instant"
    capabilities = Capabilities(labels=False, score=False, prefill=False)

    async def open(self, talk: Callable[[str], None]) -> Identity:
        """Be ready."""
        return Identity(model="instant")

    async def respond(self, call: Call) -> Completion:
        """Answer."""
        return Completion(text=ANSWER, usage=Usage(prompt_tokens=80, completion_tokens=60))

    async def aclose(self) -> None:
        """Nothing to free."""


def plan(dialogues: int, start: int = 0) -> Plan:
    """Return so many dialogues on one family."""
    probe = FourTurns(dialogues=dialogues, start=start)
    part = Part(probe=probe, families=None, replicates=1)
    suite = Suite(name="benchmark", version=1, purpose="throughput", max_tokens=256, parts=(part,))
    scenario = library().get(FAMILY)
    trials = (
        Trial(scenario=scenario, probe=probe, arm=arm, replicate=0) for arm in probe.arms(scenario)
    )
    return Plan(suite=suite, trials=tuple(trials), library="")


async def hold(respondent: Respondent, wanted: Plan, folder: Path) -> Took:
    """Hold the dialogues of a plan into the store of a folder, as a run does.

    Raises:
        RuntimeError: A dialogue failed.
    """
    store = Store.create(folder)
    run = Run(
        respondent=respondent,
        store=store,
        plan=wanted,
        protocol=Protocol(readout="sampled", sampling=Sampling()),
        emit=lambda event: None,
        concurrency=IN_FLIGHT,
    )
    try:
        await run.open()
        watch = Stopwatch()
        done = await run.go()
        took = watch.took(done.calls_made)
    finally:
        store.close()
    if done.finished < done.planned:
        raise RuntimeError(f"{done.failed} dialogues failed: {done.first_failure}")
    return took


async def hold_once(respondent: Respondent, wanted: Plan, folder: Path) -> Took:
    """Hold the dialogues of a plan into a fresh folder, and close the respondent."""
    try:
        took = await hold(respondent, wanted, folder)
    finally:
        await respondent.aclose()
    if took.calls != TURNS * len(wanted.trials):
        raise RuntimeError(f"{took.calls} calls for {len(wanted.trials)} dialogues")
    return took


async def client_alone(spec: str, calls: int) -> Took:
    """Have first turns answered by the client, with as many tasks as may be in flight."""
    respondent = Served(spec)
    identity = await respondent.open(lambda text: None)
    numbers = iter(range(calls))
    sampling = Sampling()

    async def ask() -> None:
        for number in numbers:
            request = ask_reply(opening().says(first(number, "Is it right?")), sampling)
            await respondent.respond(Call(request=request).keyed(identity))

    watch = Stopwatch()
    async with asyncio.TaskGroup() as group:
        for _ in range(IN_FLIGHT):
            group.create_task(ask())
    took = watch.took(calls)
    await respondent.aclose()
    return took


def peer(server: Constant) -> Took | None:
    """Have inspect_ai hold the dialogues; None where it is not installed."""
    if not PEER.exists():
        return None
    question = library().get(FAMILY).proposition.question
    texts = [[first(i, question), *LATER] for i in range(PEER_DIALOGUES)]
    before = server.chats()
    done = subprocess.run(
        [PEER, "benchmarks/inspect_dialogues.py", server.root],
        input=json.dumps(texts),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    if server.chats() - before != told["calls"]:
        raise RuntimeError("inspect_ai did not ask once per turn")
    return Took(calls=told["calls"], wall_s=told["wall_s"], cpu_s=told["cpu_s"])


def main() -> int:
    """Print rates, CPU per call and where it goes; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dialogues", type=int, default=5000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--no-peer", action="store_true", help="leave inspect_ai out")
    parser.add_argument("--profile", help="write a cProfile of one run over the socket there")
    parser.add_argument("--instant", action="store_true", help="profile without the network")
    args = parser.parse_args()
    wanted = plan(args.dialogues)
    with (
        serving() as server,
        serving("--vary") as varying,
        tempfile.TemporaryDirectory() as temporary,
    ):
        folder = Path(temporary)
        if args.profile:
            respondent = Instant() if args.instant else Served(server.spec)
            with cProfile.Profile() as profile:
                run_loop(hold_once(respondent, wanted, folder / "profiled"))
            profile.dump_stats(args.profile)
            return 0
        ours, theirs, instant, client, varied = [], [], [], [], []
        for i in range(args.repeats):
            ours.append(run_loop(hold_once(Served(server.spec), wanted, folder / f"socket{i}")))
            if not args.no_peer and (found := peer(server)) is not None:
                theirs.append(found)
            instant.append(run_loop(hold_once(Instant(), wanted, folder / f"instant{i}")))
            varied.append(run_loop(hold_once(Served(varying.spec), wanted, folder / f"vary{i}")))
            client.append(run_loop(client_alone(server.spec, TURNS * args.dialogues)))
    held = show("over a socket", ours)
    print(f"  bars: {BAR_CALLS_S:,.0f} calls/s, {BAR_CPU_MS:.2f} ms CPU per call")
    if theirs:
        beside = show("inspect_ai, same dialogues, same server", theirs)
        print(f"  ratio: {held.rate / beside.rate:.0f} x the calls a second, ", end="")
        print(f"{beside.cpu_ms / held.cpu_ms:.0f} x less CPU per call")
    else:
        print("  beside it: nothing (`make peer` installs inspect_ai)")
    show("without a network: engine, reader and store", instant)
    show("the HTTP client alone", client)
    show("over a socket, every reply another: each is read anew", varied)
    return 0 if held.rate >= BAR_CALLS_S and held.cpu_ms <= BAR_CPU_MS else 1


def show(what: str, runs: list[Took]) -> Took:
    """Print the run of median CPU per call, and return it."""
    middle = statistics.median_low(took.cpu_ms for took in runs)
    took = next(took for took in runs if took.cpu_ms == middle)
    rates = ", ".join(f"{t.rate:,.0f}" for t in runs)
    print(
        f"{what}: {took.calls:,} calls, {took.rate:,.0f}/s ({rates}), "
        f"{took.cpu_ms:.3f} ms CPU per call"
    )
    return took


if __name__ == "__main__":
    sys.exit(main())
