"""Use of a real vLLM server: a slice of `full` against the same server saturated.

Three sides on one server, each for a window after a warm-up: the plan in its own order; as many
independent requests as the server takes, of the lengths the first side recorded and without shared
prefixes; the plan's trials shuffled, which is what its order by prefix is worth. Tokens and the
hit rate of the prefix cache are the server's own counts. Needs GADFLY_VLLM_PYTHON or --server.
What is kept in a folder with --keep is not measured again.

    python -m benchmarks.saturation [--server URL#MODEL] [--window S] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import random
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import aiohttp
import orjson

from benchmarks.server import Counters, can_serve, counters, served
from gadfly.eval.runner import Run
from gadfly.eval.session import RunConfig, plan_of
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from gadfly.bot.respondent import ReadoutName
    from gadfly.bot.server import Served
    from gadfly.eval.plan import Plan, Protocol

BAR = 0.95
IN_FLIGHT = 128
SATURATING = 2 * IN_FLIGHT
"""Independent requests in flight: the server's queue is never empty."""
VOCABULARY = range(1000, 40_000)
SIDES = ("ordered", "independent", "shuffled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What the server did in the window of one side."""

    seconds: float
    counts: dict[str, float]
    busy: float
    """Requests running in the server, mean over the window."""
    lengths: list[tuple[int, int]]
    """Prompt and completion tokens of the calls recorded in the window."""

    @property
    def rate(self) -> float:
        """Prompt and generated tokens a second."""
        return Counters(self.counts).tokens / self.seconds

    @property
    def generated(self) -> float:
        """Generated tokens a second."""
        return self.counts["generation_tokens_total"] / self.seconds

    @property
    def hit_rate(self) -> float:
        """Share of prompt tokens found in the prefix cache."""
        return Counters(self.counts).hit_rate


def main() -> int:
    """Print each side, their ratio and the hit rates; 1 if the bar is missed, 2 without vLLM."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", help="URL#MODEL of a running vLLM")
    parser.add_argument("--dtype", default="bfloat16", help="of the server started here")
    parser.add_argument("--readout", default="logprob")
    parser.add_argument("--window", type=float, default=150.0, help="seconds measured per side")
    parser.add_argument("--warm-up", type=float, default=30.0, help="seconds before that")
    parser.add_argument("--keep", type=Path, help="folder to keep what is measured in")
    args = parser.parse_args()
    if not can_serve(args.server):
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        sides = asyncio.run(measure(args, folder))
    for name, side in sides.items():
        print(
            f"{name}: {side.rate:,.0f} tokens/s ({side.generated:,.0f} generated), "
            f"{side.busy:.0f} requests running, prefix-cache hits {side.hit_rate:.0%}"
        )
    ordered, independent, shuffled = (sides[name] for name in SIDES)
    total, generated = (
        ordered.rate / independent.rate,
        ordered.generated / independent.generated,
    )
    print(
        f"ratio to independent requests: {total:.2f} of all tokens, {generated:.2f} of generated "
        f"ones (bar {BAR:.2f})"
    )
    print(f"hit rate shuffled {shuffled.hit_rate:.0%}, ordered by prefix {ordered.hit_rate:.0%}")
    return 0 if min(total, generated) >= BAR else 1


async def measure(args: argparse.Namespace, folder: Path) -> dict[str, Side]:
    """Return every side, measuring those that are not kept."""
    found = {name: kept(folder / f"{name}.json") for name in SIDES}
    missing = [name for name, side in found.items() if side is None]
    if not missing:
        return cast("dict[str, Side]", found)
    config = RunConfig(suite="full", model="vllm:smollm2", readout=args.readout)
    plan, protocol = plan_of(config)
    mixed = list(plan.trials)
    random.Random(0).shuffle(mixed)
    async with served(args.server, args.dtype) as model:
        for name in missing:
            if name == "independent":
                ordered = cast("Side", found["ordered"])
                work = saturate(model.spec, ordered.lengths)
                side = await window(model.spec, work, args.warm_up, args.window, None)
            else:
                asked = plan if name == "ordered" else replace(plan, trials=tuple(mixed))
                side = await run_side(model, asked, protocol, args)
            (folder / f"{name}.json").write_text(json.dumps(asdict(side)), encoding="utf-8")
            print(f"  {name}: {side.rate:,.0f} tokens/s", flush=True)
            found[name] = side
    return cast("dict[str, Side]", found)


def kept(path: Path) -> Side | None:
    """Return a side that was measured before, None where it was not."""
    return Side(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


async def run_side(model: Served, plan: Plan, protocol: Protocol, args: argparse.Namespace) -> Side:
    """Run the plan into a fresh store until the window has passed."""
    with tempfile.TemporaryDirectory() as temporary:
        store = Store.create(Path(temporary) / "run")
        try:
            run = Run(
                respondent=model,
                store=store,
                plan=plan,
                protocol=protocol,
                emit=lambda event: None,
                concurrency=IN_FLIGHT,
            )
            await run.open()
            await run.settle(cast("ReadoutName", args.readout))
            return await window(
                model.spec, run.go(), args.warm_up, args.window, lambda: lengths_of(store)
            )
        finally:
            store.close()


def lengths_of(store: Store) -> list[tuple[int, int]]:
    """Return prompt and completion tokens of every call so far, in the order of their commit."""
    with store.tables() as db:
        bodies = db.execute("SELECT body FROM calls ORDER BY id").fetchall()
    usages = (orjson.loads(body)["usage"] for (body,) in bodies)
    return [(prompt, completion) for prompt, completion in usages]


async def window(
    spec: str,
    work: Awaitable[object],
    warm_up: float,
    seconds: float,
    recorded: Callable[[], list[tuple[int, int]]] | None,
) -> Side:
    """Keep the server at work, and measure it after the warm-up.

    The warm-up lasts until as many requests are answered as there are in flight, so that the
    first ones, which all come at once, are out of the way.
    """
    task = asyncio.ensure_future(work)
    try:
        first = await asyncio.to_thread(counters, spec)
        answered = 0.0
        while answered < IN_FLIGHT:
            await passed(task, warm_up)
            now = await asyncio.to_thread(counters, spec)
            answered = now.since(first).values["request_success_total"]
        before = await asyncio.to_thread(counters, spec)
        began, n_before = time.perf_counter(), len(recorded()) if recorded else 0
        running = []
        while (left := began + seconds - time.perf_counter()) > 0:
            await passed(task, min(2.0, left))
            now = await asyncio.to_thread(counters, spec)
            running.append(now.values["num_requests_running"])
        after = await asyncio.to_thread(counters, spec)
        took = time.perf_counter() - began
        found = recorded()[n_before:] if recorded else []
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    return Side(
        seconds=took,
        counts=after.since(before).values,
        busy=sum(running) / len(running),
        lengths=found,
    )


async def passed(task: asyncio.Future[object], seconds: float) -> None:
    """Wait so long.

    Raises:
        RuntimeError: The work ended before: the plan is too short for the window.
    """
    done, _ = await asyncio.wait([task], timeout=seconds)
    if done:
        task.result()
        raise RuntimeError("the work ended before the window did; take a shorter --window")


async def saturate(spec: str, lengths: Sequence[tuple[int, int]]) -> None:
    """Send requests of the given lengths, each of random tokens, over and over."""
    url, _, model = spec.partition("#")
    rng = random.Random(1)
    wanted = itertools.cycle(lengths)

    async def ask(session: aiohttp.ClientSession, turns: Iterator[tuple[int, int]]) -> None:
        for prompt, completion in turns:
            body = {
                "model": model,
                "prompt": rng.choices(VOCABULARY, k=max(1, prompt)),
                "max_tokens": max(1, completion),
                "ignore_eos": True,
                "temperature": 0.7,
            }
            async with session.post(f"{url}/completions", json=body) as response:
                if response.status != 200:
                    raise RuntimeError(f"{response.status}: {(await response.text())[:300]}")
                await response.read()

    connector = aiohttp.TCPConnector(limit=SATURATING)
    timeout = aiohttp.ClientTimeout(total=None)
    async with (
        aiohttp.ClientSession(connector=connector, timeout=timeout) as session,
        asyncio.TaskGroup() as group,
    ):
        for _ in range(SATURATING):
            group.create_task(ask(session, wanted))


if __name__ == "__main__":
    sys.exit(main())
