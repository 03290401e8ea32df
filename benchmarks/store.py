"""A store of a million calls: what resuming it takes, in time and memory, and its size.

Writes four-turn dialogues with replies of 170 words of their own, and a trial for each, through the
store's own interface; then another process opens it as a resumed run does: the lock, the plan, the
keys of finished trials, and one call looked up in a thousand.

    python -m benchmarks.store [--calls N]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from gadfly.bot.call import Call, Sampling, ask_reply
from gadfly.bot.completion import Completion, Usage
from gadfly.bot.identity import Identity
from gadfly.bot.message import Conversation, opening
from gadfly.bot.stance import said
from gadfly.eval.record import Observed, TrialRecord
from gadfly.eval.store import FILE, Store

BAR_S, BAR_MB = 10.0, 500.0
TURNS, AT_ONCE = 4, 128
WORDS = 170
"""Of a reply: about 1,000 characters."""
SAMPLED = 1000
"""One call in so many is looked up."""
ME = Identity(model="benchmark")


def main() -> int:
    """Write, resume, print figures and bars; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=1_000_000)
    parser.add_argument("--resume", type=Path, help="resume this folder and print what it took")
    args = parser.parse_args()
    if args.resume:
        print(json.dumps(resumed(args.resume)))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "run"
        wall, cpu = time.perf_counter(), time.process_time()
        asyncio.run(write(folder, args.calls))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        size = (folder / FILE).stat().st_size
        command = [sys.executable, "-m", "benchmarks.store", "--resume", str(folder)]
        told = json.loads(subprocess.check_output(command, text=True))
    print(
        f"{told['calls']:,} calls written, {told['calls'] / wall:,.0f}/s, "
        f"{1000 * cpu / told['calls']:.3f} ms CPU each, peak {peak_mb():,.0f} MB "
        f"(bar {BAR_MB:.0f}); {size / 1e9:.2f} GB, {size / told['calls']:,.0f} bytes a call"
    )
    print(
        f"resumed: {told['finished']:,} finished trials in {told['seconds']:.1f} s "
        f"(bar {BAR_S:.0f}), {told['look_up_us']:.0f} us per call looked up, "
        f"peak {told['peak_mb']:,.0f} MB (bar {BAR_MB:.0f})"
    )
    held = told["seconds"] < BAR_S and max(told["peak_mb"], peak_mb()) < BAR_MB
    return 0 if held else 1


def peak_mb() -> float:
    """Return the most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def reply(rng: random.Random) -> str:
    """Return words made up of random letters, which share nothing."""
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    raw = rng.randbytes(WORDS * 5)
    return " ".join("".join(letters[b % 26] for b in raw[i : i + 5]) for i in range(0, len(raw), 5))


async def write(folder: Path, calls: int) -> None:
    """Put so many calls and a trial after each fourth."""
    store = Store.create(folder)
    store.claim(ME)
    dialogues = calls // TURNS
    store.set_plan([key_of(i) for i in range(dialogues)])
    numbers = iter(range(dialogues))

    async def work() -> None:
        for number in numbers:
            rng = random.Random(number)
            thread, keys = opening(), []
            for turn in range(TURNS):
                call, thread = asked(thread, number, turn)
                text = reply(rng)
                usage = Usage(prompt_tokens=300 * turn + 40, completion_tokens=230)
                await store.put(call, Completion(text=text, usage=usage, latency_ms=812.5))
                thread = thread.hears(text)
                keys.append(call.key.hex())
            await store.put_trial(record(number, keys))

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(work())
    store.close()


def asked(thread: Conversation, number: int, turn: int) -> tuple[Call, Conversation]:
    """Return the call of a turn, and the thread with what the user says in it."""
    thread = thread.says(f"Case {number}, turn {turn}: is it right, all things considered?")
    return Call(request=ask_reply(thread, Sampling()), replicate=number).keyed(ME), thread


def key_of(number: int) -> str:
    """Return the key of a trial; scattered as real ones are."""
    return random.Random(number).randbytes(16).hex()


def record(number: int, calls: list[str]) -> TrialRecord:
    """Return the trial of a dialogue."""
    seen = (
        Observed(
            label=str(turn), kind="said", about="00" * 8, reading=said("answered", "a"),
            words=WORDS, overlap=0.1, opener="00" * 4, verdict_at=0.2, caveats=0.1, calls=(key,),
        )
        for turn, key in enumerate(calls)
    )  # fmt: skip
    return TrialRecord(
        key=key_of(number),
        family=f"made.{number % 400}",
        topic="made",
        stratum="contested",
        tags=("made",),
        truth=None,
        probe="four-turns",
        version=1,
        arm="said",
        variant="original",
        replicate=number // 400,
        observations=tuple(seen),
    )


def resumed(folder: Path) -> dict[str, float]:
    """Open a store as a resumed run does, and return what that took."""
    began = time.perf_counter()
    store = Store.create(folder)
    store.claim(ME)
    store.set_plan([key_of(i) for i in range(store.n_planned)])
    finished = store.finished()
    seconds = time.perf_counter() - began
    numbers = range(0, len(finished), max(1, SAMPLED // TURNS))
    calls = [asked(opening(), number, 0)[0] for number in numbers]
    began = time.perf_counter()
    if any(store.get(call.key) is None for call in calls):
        raise RuntimeError("a stored call was not found again")
    looked_up = time.perf_counter() - began
    n_calls = store.n_calls
    store.close()
    return {
        "calls": n_calls,
        "finished": len(finished),
        "seconds": seconds,
        "look_up_us": 1e6 * looked_up / len(calls),
        "peak_mb": peak_mb(),
    }


if __name__ == "__main__":
    sys.exit(main())
