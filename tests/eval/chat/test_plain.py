"""The line mode, as a user has it: in a pipe, and at a terminal with Ctrl-C."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from support.openai_server import SimulantServer, Switches

from gadfly.bot.simulant import simulant
from gadfly.eval.chat.sessions import Sessions
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

GADFLY = [sys.executable, "-m", "gadfly.eval.cli"]
CONTROL = re.compile(r"\x1b|[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f]")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, for this process and those it starts."""
    monkeypatch.setenv("GADFLY_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path / "data"


@pytest.fixture
def server() -> Iterator[SimulantServer]:
    sim = simulant("sim:calibrated", library_crib())
    with SimulantServer(sim, switches=Switches(word_s=0.1)) as found:
        yield found


def piped(lines: str, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GADFLY, *args],
        input=lines,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_pipe_gives_a_readable_transcript(data: Path) -> None:
    """Both sides, one line each; meters after each reply; no escape; how to go on at the end."""
    done = piped(
        "/ask\nI disagree.\n/nonsense\nIs it, \\\nreally?\n/quit\nnever said\n",
        *("chat", "-m", "sim:calibrated", "--topic", "care.care-home", "--plain"),
    )

    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert any(line.startswith("Model 1: ") for line in lines)
    assert "You 2: I disagree." in lines
    assert "You 3: Is it, " in lines
    assert "really?" in lines
    assert any(re.match(r"\[turn 1: says [AB]; p\(A\) 0\.\d\d \(range ", x) for x in lines)
    assert any(line.startswith("[error: unknown command 'nonsense'") for line in lines)
    assert "never said" not in done.stdout
    assert "gadfly resume" in lines[-1]
    assert CONTROL.search(done.stdout) is None
    assert done.stderr == ""


def test_without_a_terminal_plain_is_taken_by_itself(data: Path) -> None:
    """In a pipe no full screen is tried, so --plain need not be said."""
    done = piped("Hello\n", "chat", "-m", "sim:parrot")

    assert done.returncode == 0, done.stderr
    assert "Model 1: " in done.stdout


def test_the_next_day(data: Path) -> None:
    """What was said is shown on resuming, and the dialogue goes on with the next number."""
    piped("/ask\n", "spar", "-m", "sim:calibrated", "--topic", "care.care-home")
    done = piped("/push\n/debrief\n", "resume")

    assert "You 1: Is it wrong to move" in done.stdout
    assert "Model 2: " in done.stdout
    assert "## By its own ledger" in done.stdout
    assert Sessions(data / "sessions").list()[0].turns == 2


def test_wrong_inputs_end_before_anything_is_kept(data: Path) -> None:
    """Wrong options are usage errors that name what is right; no session is left behind."""
    for args in (
        ("chat", "-m", "sim:calibrated", "--topic", "care.carehome"),
        ("chat", "--question", "Is it?"),
        ("chat", "--argue-for", "a"),
        ("chat", "-m", "nothing"),
        ("spar", "-m", "sim:sycofant"),
        ("chat", "--sampling", "temperature=9"),
        ("chat", "--persona", "x", "--system", "/does/not/exist"),
        ("resume", "nothing"),
        ("sessions", "show", "nothing"),
    ):
        done = piped("Hello\n", *args)
        assert done.returncode == 2, (args, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
    assert Sessions(data / "sessions").list() == ()


def test_a_model_that_fails_is_told_and_the_dialogue_goes_on(data: Path) -> None:
    """A dead server is told with what to do; another model can be taken."""
    done = piped(
        "Hello\n/model sim:parrot\n/retry\n",
        *("chat", "-m", "http://127.0.0.1:9/v1#m", "--plain"),
    )

    assert done.returncode == 0, done.stderr
    assert "nothing answers at http://127.0.0.1:9/v1" in done.stdout
    assert "To do: start the server" in done.stdout
    assert "Model 1: " in done.stdout


class Terminal:
    """A command on a pseudo-terminal."""

    def __init__(self, *args: str) -> None:
        self.child, self.fd = pty.fork()
        if self.child == 0:
            os.environ["TERM"] = "xterm"
            os.execv(GADFLY[0], [*GADFLY, *args])
        self.ahead = ""
        """What came after the text that was last waited for."""

    def until(self, text: str, seconds: float = 60) -> str:
        """Read until a text has come after the one of the last call, and return up to it."""
        end = time.monotonic() + seconds
        while text not in self.ahead:
            left = end - time.monotonic()
            assert left > 0, f"no {text!r} in {self.ahead!r}"
            if select.select([self.fd], [], [], left)[0]:
                try:
                    self.ahead += os.read(self.fd, 4096).decode("utf-8", "replace")
                except OSError:
                    break
        before, there, self.ahead = self.ahead.partition(text)
        assert there, before
        return before + there

    def write(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def code(self) -> int:
        """Read to the end and return the exit code."""
        try:
            while os.read(self.fd, 4096):
                pass
        except OSError:
            pass
        _, status = os.waitpid(self.child, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


def test_ctrl_c_stops_the_reply_and_twice_leaves(data: Path, server: SimulantServer) -> None:
    """At a terminal Ctrl-C keeps what has come and asks for more; twice in a row leaves."""
    terminal = Terminal("chat", "--plain", "-m", server.url, "--topic", "care.care-home")
    terminal.until("You 1: ")
    terminal.write("/ask\r")
    terminal.until("Model 1: ")
    time.sleep(0.5)
    terminal.write("\x03")
    terminal.until("[stopped, kept as it is]")
    terminal.until("You 2: ")
    terminal.write("Say \x1b[31mmore\r")
    terminal.until("Model 2: ")
    terminal.write("\x03")
    terminal.until("You 3: ")
    time.sleep(0.5)
    terminal.write("\x03")
    terminal.until("Ctrl-C again leaves")
    # No quicker than a hand: a signal in the instant before readline waits is seen at the next key.
    time.sleep(0.5)
    terminal.write("\x03")
    terminal.until("the session is kept")
    assert terminal.code() == 130

    session = Sessions(data / "sessions").open(read_only=True)
    statuses = [t.status for t in session.turns.values() if t.role == "assistant"]
    session.close()
    assert statuses == ["stopped", "stopped"]


def test_leaving_asks_for_a_label(data: Path) -> None:
    """On /quit one key labels the whole dialogue."""
    terminal = Terminal("chat", "--plain", "-m", "sim:formulaic", "--topic", "care.care-home")
    terminal.until("You 1: ")
    terminal.write("/ask\r")
    terminal.until("You 2: ")
    terminal.write("/quit\r")
    terminal.until("Enter for nothing: ")
    terminal.write("f\r")
    terminal.until("the session is kept")
    assert terminal.code() == 0

    session = Sessions(data / "sessions").open(read_only=True)
    (label,) = session.labels
    session.close()
    assert label.verdicts == ("formulaic",)
    assert not label.blind


def test_a_closed_terminal_keeps_what_came(data: Path, server: SimulantServer) -> None:
    """SIGHUP in mid-reply ends the program and keeps the text as stopped."""
    terminal = Terminal("chat", "--plain", "-m", server.url, "--topic", "care.care-home")
    terminal.until("You 1: ")
    terminal.write("/ask\r")
    terminal.until("Model 1: ")
    time.sleep(0.5)
    os.kill(terminal.child, 1)
    assert terminal.code() == 130

    session = Sessions(data / "sessions").open()
    reply = session.thread()[-1]
    session.close()
    assert reply.status == "stopped"
    assert reply.text


def test_hostile_replies_print_as_harmless_text(data: Path, tmp_path: Path) -> None:
    """Escapes in a reply, streamed in pieces, reach the terminal as pictures of themselves."""
    from gadfly.eval.chat import plain as module

    # The line mode prints through `foreign.printable` in three places; each is driven here.
    class Out:
        def __init__(self) -> None:
            self.text = ""

        def write(self, text: str) -> None:
            self.text += text

        def flush(self) -> None:
            pass

    out = Out()
    mode = module.LineMode(lambda: None, stdout=out, stderr=out)  # type: ignore[arg-type,return-value]
    mode._is_mid_line = True
    for piece in ("\x1b", "]52;c;aGk=", "\x07 done"):
        mode._stream(piece)
    mode.tell("\x1b[2J")
    mode._note("\x9b31m\r")
    assert CONTROL.search(out.text) is None
    assert "␛]52;c;aGk=␇ done" in out.text
