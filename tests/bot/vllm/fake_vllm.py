"""Behaves like a vLLM server that is hard to get rid of; standard library only.

Run through a fake interpreter (see conftest). FAKE_VLLM holds words that change its behaviour,
FAKE_VLLM_PIDS a file it writes its process ids to.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOW = os.environ.get("FAKE_VLLM", "").split()
STAY = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def option(name: str) -> str:
    """Return the value of a command-line option."""
    return sys.argv[sys.argv.index(name) + 1]


def say(line: str) -> None:
    """Write a line to the log."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def note(*pids: int) -> None:
    """Write process ids where the test finds them."""
    with Path(os.environ["FAKE_VLLM_PIDS"]).open("a", encoding="utf-8") as file:
        file.writelines(f"{pid}\n" for pid in pids)


class Handler(BaseHTTPRequestHandler):
    """The few endpoints a client needs."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/health":
            self.send({}, 503 if "unwell" in HOW else 200)
        elif self.path == "/version":
            self.send({"version": "9.9"})
        else:
            entry = {"id": option("--served-model-name"), "owned_by": "vllm"}
            self.send({"data": [{**entry, "root": option("--model"), "max_model_len": 99}]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/v1/chat/completions":
            self.send({"detail": "Not Found"}, 404)
            return
        if "die" in str(body["messages"]):
            say("RuntimeError: CPU Generator does not use offset")
            os._exit(0)
        message = {"role": "assistant", "content": "Yes."}
        choice = {"message": message, "finish_reason": "stop"}
        self.send({"choices": [choice], "system_fingerprint": "vllm-9.9-00000000"})

    def send(self, told: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    """Serve, or fail as told."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN if "stubborn" in HOW else signal.SIG_DFL)
    note(os.getpid())
    say("INFO 11-21 09:00:00 [utils.py:1] Starting with dtype=torch.float32")
    if "crash" in HOW:
        say("(EngineCore pid=7) ERROR 11-21 09:00:00 [core.py:9] ValueError: no KV cache left")
        say("RuntimeError: Engine core initialization failed. See root cause above.")
        return
    if "family" in HOW:
        child = subprocess.Popen([sys.executable, "-c", STAY])
        runaway = subprocess.Popen([sys.executable, "-c", STAY], start_new_session=True)
        note(child.pid, runaway.pid)
    taken = Path(os.environ["FAKE_VLLM_PIDS"] + ".taken")
    if "conflict" in HOW and not taken.exists():
        taken.touch()
        say("OSError: [Errno 98] Address already in use")
        return
    if "never" in HOW:
        time.sleep(600)
    ThreadingHTTPServer((option("--host"), int(option("--port"))), Handler).serve_forever()


if __name__ == "__main__":
    main()
