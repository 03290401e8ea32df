"""A spar in a real terminal (tmux), with a real model: said, forked, confronted, left, resumed.

python -m benchmarks.spar_screen [--model SPEC] [--size 80x24] [--shots FOLDER]

Types what a user would type into `gadfly spar` and looks at the screen as tmux has it. Every step
waits for what must be on the screen; one that does not come ends the walk with the screen as it is
and exit code 1. With --shots each screen is kept as text. Needs tmux.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

SAID = (
    "People with dementia wander off at night and fall; a home has somebody awake at every hour. "
    "So I come down on the other side.",
    "I do not agree with you. I still do not.",
    "A daughter who has to give up her work and her sleep is no kind nurse after two years.",
    "Everybody I know thinks you are wrong about this.",
    "What would change your mind?",
    "I take back what I said about the daughter: she had help all along.",
)
TOPIC = "care.care-home"
DONE = r"Measured\.|Answered |could not be read"
SLOW_S = 240.0
_SENT_S = 0.5
"""Within which a message that was typed is on its way."""


class Missing(Exception):
    """Something did not come to the screen in time."""


class Screen:
    """A program in a tmux session of its own."""

    def __init__(self, size: str, shots: Path | None) -> None:
        """Take a name; `start` makes the session."""
        self.name = f"gadfly-{os.getpid()}"
        self.columns, self.rows = size.split("x")
        self.shots, self.taken = shots, 0

    def start(self, home: Path, *args: str) -> None:
        """Run `gadfly ARGS` with sessions kept in `home`."""
        kept = {"GADFLY_HOME": str(home), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
        command = [
            "env", *(f"{name}={value}" for name, value in kept.items()),
            sys.executable, "-m", "gadfly.eval.cli", *args,
        ]  # fmt: skip
        self._tmux(
            "new-session", "-d", "-s", self.name, "-x", self.columns, "-y", self.rows,
            f"{shlex.join(command)}; echo left with $?; sleep 600",
        )  # fmt: skip

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names."""
        self._tmux("send-keys", "-t", self.name, *keys)

    def type(self, text: str) -> None:
        """Type a text and send it."""
        self._tmux("send-keys", "-t", self.name, "-l", text)
        self.press("Enter")

    def text(self) -> str:
        """Return what is on the screen."""
        return self._tmux("capture-pane", "-t", self.name, "-p")

    def status(self) -> str:
        """Return the line above the prompt."""
        lines = self.text().splitlines()
        return next((above for above, line in pairwise(lines) if line.startswith("▊▔")), "")

    def until(self, pattern: str, seconds: float = 20.0, *, gone: bool = False) -> str:
        """Wait for something to be on the screen, or to be gone, and return the screen."""
        end = time.monotonic() + seconds
        while True:
            text = self.text()
            if bool(re.search(pattern, " ".join(text.split()))) != gone:
                return text
            if time.monotonic() > end:
                raise Missing(f"{pattern!r} {'stayed' if gone else 'did not come'}:\n{text}")
            time.sleep(0.1)

    def shot(self, name: str) -> None:
        """Keep the screen as it is."""
        self.taken += 1
        if self.shots is not None:
            self.shots.mkdir(parents=True, exist_ok=True)
            path = self.shots / f"{self.taken:02}-{name}.txt"
            path.write_text(self.text(), encoding="utf-8")

    def close(self) -> None:
        """End the session, whatever runs in it."""
        self._tmux("kill-session", "-t", self.name, check=False)

    def _tmux(self, *args: str, check: bool = True) -> str:
        done = subprocess.run(
            ["tmux", "-L", self.name, *args], capture_output=True, text=True, check=check
        )
        return done.stdout


def walk(screen: Screen, home: Path, model: str) -> None:
    """Spar, fork, confront, look back, leave; then go on with it."""
    screen.start(home, "spar", "-m", model, "--topic", TOPIC)
    screen.until("Enter on an empty prompt puts the question", 60)
    screen.shot("start")
    screen.press("Enter")
    answered(screen, "question")
    for number, text in enumerate(SAID, 2):
        screen.type(text)
        answered(screen, f"said-{number}")
    fork(screen)
    screen.press("Escape")
    screen.until("Confront|Reword")
    screen.press("x")
    screen.until("Enter sends|no two|nothing|no conflict|conflict", 20)
    screen.shot("confront")
    screen.press("Escape")
    screen.press("i")
    screen.type("/debrief")
    screen.until("Debrief", SLOW_S)
    screen.shot("debrief")
    screen.press("Escape")
    screen.until("Debrief", gone=True)
    leave(screen)
    screen.close()
    screen.start(home, "resume")
    screen.until("Care home|care home|exchange|turns|Sessions|session", 30)
    screen.shot("sessions")
    screen.press("Enter")
    screen.until(r"b2|\bYou \d", 30)
    screen.shot("resumed")
    screen.type("Where do you stand now, and what moved you?")
    answered(screen, "went-on")
    leave(screen)


def fork(screen: Screen) -> None:
    """Go on from an earlier turn, on a branch, and say something there."""
    screen.press("Escape")
    screen.until("Fork")
    screen.press("k", "k", "k", "k")
    screen.shot("turns")
    screen.press("f")
    screen.until(r"\bb2\b", 20)
    screen.type("Nobody asked the person herself, and it is her life.")
    answered(screen, "fork")


def answered(screen: Screen, name: str) -> None:
    """Wait until a reply is there and its stance is read; print what it said it was doing."""
    began = time.monotonic()
    time.sleep(_SENT_S)
    steps: list[str] = []
    while not re.search(DONE, status := screen.status()):
        step = re.match(r" *It is ([^,]+)", status)
        if step is not None and step[1] not in steps:
            steps.append(step[1])
        if status.startswith(" !") or time.monotonic() - began > SLOW_S:
            raise Missing(f"no reply to {name}:\n{screen.text()}")
        time.sleep(0.05)
    screen.shot(name)
    print(f"  {name}: {time.monotonic() - began:.1f} s  {', '.join(steps)}", flush=True)


def leave(screen: Screen) -> None:
    """Quit, and label the dialogue where that is asked."""
    screen.press("C-q")
    shown = screen.until("satisfactory|left with", 20)
    screen.shot("leaving")
    if "left with" not in shown:
        screen.press("s")
    screen.until("left with 0", 30)


def main() -> int:
    """Walk through it; 1 where something did not come to the screen, 2 without tmux."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="smollm2")
    parser.add_argument("--size", default="80x24")
    parser.add_argument("--shots", type=Path)
    asked = parser.parse_args()
    if shutil.which("tmux") is None:
        print("needs tmux", file=sys.stderr)
        return 2
    screen = Screen(asked.size, asked.shots)
    with tempfile.TemporaryDirectory() as home:
        try:
            walk(screen, Path(home), asked.model)
        except Missing as e:
            print(f"! {e}", file=sys.stderr)
            return 1
        finally:
            screen.close()
    print("  all of it came to the screen")
    return 0


if __name__ == "__main__":
    sys.exit(main())
