"""The terminal UI in a real pseudo-terminal: first paint, and key to paint while a reply streams.

PYTHONPATH=tests python -m benchmarks.tui [--starts N] [--keys N] [--trials N]

First paint is from starting the interpreter with the bare `gadfly` to the first frame with the
header on it, modules compiled before, as an installation leaves them. Key to paint
is from writing a key to the terminal to the moment all that was typed so far stands in what the
terminal was sent since; meanwhile replies of 4,000 tokens come in at 500 tokens a second under 40
finished messages.
The filter of the Transcript screen is typed without a terminal, over 100,000 trials.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import os
import pty
import random
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.startup import as_installed, wall_ms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.eval.chat.turn import Turn
    from gadfly.tui.app import GadflyApp
    from gadfly.tui.screens.chat import ChatScreen

PAINT_MS, P50_MS, P95_MS = 500.0, 20.0, 100.0
FROZEN, TOKENS_S = 40, 500
REPLY = 4000
"""Tokens of a reply; then the next one begins."""
COLUMNS, ROWS = 120, 40
_ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x1b\][^\x07]*\x07")
_WORDS = (
    *("a", "promise", "that", "yields", "to", "every", "small", "harm", "promises", "nothing"),
    *("and", "*so*", "it", "binds"),
)


def main() -> int:
    """Print the figures beside their bars; 1 if one is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--starts", type=int, default=10)
    parser.add_argument("--keys", type=int, default=150)
    parser.add_argument("--trials", type=int, default=100_000)
    parser.add_argument("--child", choices=["stream"])
    asked = parser.parse_args()
    if asked.child:
        run_stream()
        return 0
    with tempfile.TemporaryDirectory() as folder:
        starts = [start_ms(Path(folder)) for _ in range(asked.starts + 1)][1:]
    paint, bare = (statistics.median(ms) for ms in zip(*starts, strict=True))
    print(
        f"first paint {paint:.0f} ms (bar {PAINT_MS:.0f}); Python and Textual alone "
        f"{bare:.0f} ms, ratio {paint / bare:.2f}"
    )
    delays = sorted(key_to_paint_ms(asked.keys))
    p50, p95 = delays[len(delays) // 2], delays[int(len(delays) * 0.95)]
    print(
        f"key to paint at {TOKENS_S} tokens/s, {FROZEN} finished messages, {len(delays)} keys: "
        f"p50 {p50:.0f} ms (bar {P50_MS:.0f}), p95 {p95:.0f} ms (bar {P95_MS:.0f})"
    )
    typed = sorted(asyncio.run(filter_ms(asked.trials)))
    longest = typed[-1]
    print(
        f"filter of {asked.trials:,} trials, {len(typed)} keys: "
        f"median {typed[len(typed) // 2]:.0f} ms, longest {longest:.0f} ms (bar {P95_MS:.0f})"
    )
    held = paint < PAINT_MS and p50 < P50_MS and p95 < P95_MS and longest < P95_MS
    return 0 if held else 1


class Terminal:
    """A child in a pseudo-terminal."""

    def __init__(self, *args: str, env: Mapping[str, str]) -> None:
        """Start Python with these arguments."""
        self.began = time.perf_counter()
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            colours = {name: value for name, value in env.items() if name != "NO_COLOR"}
            os.execve(
                sys.executable, [sys.executable, *args], {**colours, "TERM": "xterm-256color"}
            )
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(self, seconds: float) -> bytes:
        """Return what came within some seconds, as soon as anything did."""
        ready, _, _ = select.select([self.handle], [], [], seconds)
        return os.read(self.handle, 65536) if ready else b""

    def until(self, text: bytes, seconds: float) -> float | None:
        """Return when `text` has been sent, escapes aside; None if it is not in time."""
        seen, end = b"", time.perf_counter() + seconds
        while time.perf_counter() < end:
            seen += self.read(0.05)
            if text in _ESCAPES.sub(b"", seen):
                return time.perf_counter()
        return None

    def drain(self, seconds: float) -> None:
        """Read for some seconds; a child whose output nobody reads comes to a stop."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    def close(self) -> None:
        """End the child."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)


def start_ms(folder: Path) -> tuple[float, float]:
    """Return the time from start to the first frame, and that of Python and Textual alone."""
    env = as_installed(folder)
    terminal = Terminal("-m", "gadfly.eval.cli", env={**env, "GADFLY_HOME": str(folder / "home")})
    try:
        painted = terminal.until(b"F2", 20.0)
    finally:
        terminal.close()
    if painted is None:
        raise RuntimeError("the screen was not painted in 20 s")
    code = "import textual.app, textual.screen, textual.widgets._text_area"
    return 1000 * (painted - terminal.began), wall_ms([sys.executable, "-c", code], env)


def key_to_paint_ms(keys: int) -> list[float]:
    """Return the delay of each key, typed at uneven intervals while a reply streams."""
    terminal = Terminal("-m", "benchmarks.tui", "--child", "stream", env=os.environ)
    rng, delays, typed = random.Random(7), [], b""
    try:
        if terminal.until(b"Answering", 30.0) is None:
            raise RuntimeError("the reply did not begin in 30 s")
        for i in range(keys):
            terminal.drain(rng.uniform(0.03, 0.15))
            if i % 40 == 0:
                typed = b""
                os.write(terminal.handle, b"\x15")
                terminal.drain(1.0)
            typed += b"qwfpgjluyarstdhneio"[i % 19 : i % 19 + 1]
            began = time.perf_counter()
            os.write(terminal.handle, typed[-1:])
            painted = terminal.until(typed, 5.0)
            delays.append(1000 * ((painted or time.perf_counter()) - began))
    finally:
        terminal.close()
    return delays


async def filter_ms(trials: int) -> list[float]:
    """Return the time from each key of a filter to the list being painted anew."""
    from support.runs import ask

    from gadfly.tui.app import GadflyApp
    from gadfly.tui.screens.transcript import TranscriptScreen
    from gadfly.tui.trial_index import TrialIndex
    from gadfly.tui.trial_view import read_run
    from gadfly.tui.widgets.line import LineInput

    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        await asyncio.to_thread(ask, "sim:calibrated", run, suite="quick", replicates=1)
        read = read_run(run)
        copies = -(-trials // len(read.records))
        records = [replace(r, key=f"{r.key}{i:04x}") for i in range(copies) for r in read.records]
        many = replace(read, records=tuple(records[:trials]))
        app = GadflyApp(mode="transcript")
        async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
            await pilot.pause(0.5)
            screen = app.screen
            assert isinstance(screen, TranscriptScreen)
            screen.take(many, TrialIndex(many.records))
            while not screen.records:
                await pilot.pause(0.1)
            await pilot.press("slash")
            line, delays, typed = screen.query_one(LineInput), [], ""
            for key in "probe:persuasion arm:strong":
                painted, typed = asyncio.Event(), typed + key
                began = time.perf_counter()
                line.insert_text_at_cursor(key)
                while screen.filter != typed:  # noqa: ASYNC110 - nobody tells when
                    await asyncio.sleep(0)
                screen.call_after_refresh(painted.set)
                await painted.wait()
                delays.append(1000 * (time.perf_counter() - began))
                await pilot.pause()
            if not all(r.arm == "strong" for r in screen.records):
                raise RuntimeError("the filter did not reach the list")
            return delays


def run_stream() -> None:
    """Run the application in this process, with sessions of its own and a reply that goes on."""
    from gadfly.eval.chat.sessions import Sessions
    from gadfly.tui.app import GadflyApp

    with tempfile.TemporaryDirectory() as folder:
        app = GadflyApp(sessions=Sessions(Path(folder)))
        app.call_later(_stream, app)
        app.run()


async def _stream(app: GadflyApp) -> None:
    from gadfly.eval.chat.session import new_turn
    from gadfly.eval.chat.turn import Setup
    from gadfly.tui.screens.chat import ChatScreen

    while not isinstance(app.screen, ChatScreen) or not app.screen.is_mounted:  # noqa: ASYNC110 - nobody tells when
        await asyncio.sleep(0.05)
    screen = app.screen
    setup = Setup(model="stream")
    turns = []
    for i in range(FROZEN):
        role = "assistant" if i % 2 else "user"
        text = " ".join(_WORDS * 8)
        turn = new_turn(role, text, i or None, setup=setup if i % 2 else None)
        turns.append(replace(turn, id=i + 1, number=i // 2 + 1))
    screen.dialogue.show(turns)
    screen.run_worker(_feed(screen, turns[-2], turns[-1]), exit_on_error=True)


async def _feed(screen: ChatScreen, asked: Turn, reply: Turn) -> None:
    """Stream replies of `REPLY` tokens one after another, each a turn later."""
    from gadfly.eval.chat import event as told

    rng = random.Random(1)
    while True:
        last = reply.id
        asked = replace(asked, id=last + 1, parent=last, number=asked.number + 1)
        reply = replace(reply, id=last + 2, parent=last + 1, text="", number=asked.number)
        screen.listen(told.Started(asked, reply))
        pieces: list[str] = []
        began = time.perf_counter()
        while len(pieces) < REPLY:
            due = min(REPLY, int((time.perf_counter() - began) * TOKENS_S))
            while len(pieces) < due:
                pieces.append(rng.choice(_WORDS) + ("\n\n" if rng.random() < 0.02 else " "))
                screen.listen(told.Delta(reply.id, pieces[-1]))
            await asyncio.sleep(1 / TOKENS_S)
        reply = replace(reply, text="".join(pieces))
        screen.listen(told.Finished(reply))


if __name__ == "__main__":
    sys.exit(main())
