"""Engine and store without a network: dialogues with a respondent that answers at once.

Every answer is committed before it is used. The bar over a real socket is another benchmark's;
this one says what engine and store cost by themselves.

    python -m benchmarks.engine [--replicates N]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot.call import Sampling
from gadfly.bot.completion import Completion, Usage
from gadfly.bot.identity import Identity
from gadfly.bot.respondent import Capabilities
from gadfly.eval.plan import Protocol, make_plan
from gadfly.eval.runner import Run
from gadfly.eval.store import Store
from gadfly.eval.suite import everything
from gadfly.probes.catalogue import probes_named
from gadfly.scenarios.catalogue import library

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.call import Call
    from gadfly.eval.plan import Plan

BAR_CALLS_S = 5000.0
BAR_CPU_MS = 0.20
IN_FLIGHT = 128


class Instant:
    """Answers every call at once, differently for each key."""

    spec = "instant"
    capabilities = Capabilities(labels=True, score=True, prefill=True, readout="likelihood")

    async def open(self, talk: Callable[[str], None]) -> Identity:
        """Be ready."""
        return Identity(model="instant")

    async def respond(self, call: Call) -> Completion:
        """Agree."""
        options = call.request.options
        if options:
            return Completion(
                logprobs={o: -1.0 - i for i, o in enumerate(options)},
                lengths=dict.fromkeys(options, 8),
            )
        usage = Usage(prompt_tokens=80, completion_tokens=8)
        return Completion(text=f"Yes, that is right ({call.key.hex()}).", usage=usage)

    async def aclose(self) -> None:
        """Nothing to free."""


def main() -> int:
    """Run E12 on one family many times; print calls a second and CPU per call."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replicates", type=int, default=2000)
    replicates = parser.parse_args().replicates
    plan = make_plan(
        everything(replicates), [library().get("meat.leather")], only=probes_named("persuasion")
    )
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "run")
        try:
            return asyncio.run(measure(plan, store))
        finally:
            store.close()


async def measure(plan: Plan, store: Store) -> int:
    """Run the plan and judge it."""
    run = Run(
        respondent=Instant(),
        store=store,
        plan=plan,
        protocol=Protocol(readout="likelihood", sampling=Sampling()),
        emit=lambda event: None,
        concurrency=IN_FLIGHT,
    )
    await run.open()
    await run.settle(None)
    wall, cpu = time.perf_counter(), time.process_time()
    done = await run.go()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rate, each = done.calls_made / wall, 1000 * cpu / done.calls_made
    print(
        f"{done.calls_made} calls, {rate:,.0f}/s (bar {BAR_CALLS_S:,.0f}), "
        f"{each:.3f} ms CPU per call (bar {BAR_CPU_MS:.2f})"
    )
    return 0 if rate >= BAR_CALLS_S and each <= BAR_CPU_MS else 1


if __name__ == "__main__":
    sys.exit(main())
