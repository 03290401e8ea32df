"""An OpenAI-compatible server that gives every chat request the same answer, as cheaply as it can.

Runs in a process of its own, on a free port of the loopback; ends when its standard input does, so
that it never outlives whoever started it. `serving` starts one.

    python -m benchmarks.constant_server [PORT] [--vary]

With --vary every answer begins with a number of its own.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MODEL = "constant"
ANSWER = (
    "Yes, I think that it is acceptable. The good it does is plain and the harm is small, and "
    "those who bear it would agree to it if they were asked. I grant that others see this "
    "otherwise, and I would look again at a case in which more were at stake."
)
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


def _http(body: dict[str, Any], status: str = "200 OK") -> bytes:
    raw = json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}"
    return f"{head}\r\n\r\n".encode() + raw


NUMBER = "000000000"
"""Where --vary puts the number of the answer."""
CHAT = _http(
    {
        "id": "chatcmpl-constant",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": f"As to {NUMBER}: {ANSWER}"},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 80, "completion_tokens": 60, "total_tokens": 140},
    }
)
MODELS = _http({"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "us"}]})
MISSING = _http({"error": {"message": "there is nothing here"}}, "404 Not Found")


class Answering(asyncio.Protocol):
    """One connection; requests may come in pieces or several at once."""

    chats = 0
    """Chat requests answered on all connections."""
    varies = False

    def __init__(self) -> None:
        """Begin with nothing received."""
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note where answers go."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        buffer = self._received + data if self._received else data
        while (end := buffer.find(b"\r\n\r\n")) >= 0:
            head = buffer[:end]
            length = _LENGTH.search(head)
            end += 4 + (int(length[1]) if length else 0)
            if len(buffer) < end:
                break
            self._transport.write(answer(head))
            buffer = buffer[end:]
        self._received = buffer


def answer(head: bytes) -> bytes:
    """Return the whole HTTP answer to a request, given its head."""
    if head.startswith(b"POST /v1/chat/completions"):
        Answering.chats += 1
        if Answering.varies:
            return CHAT.replace(NUMBER.encode(), b"%09d" % Answering.chats, 1)
        return CHAT
    if head.startswith(b"GET /v1/models"):
        return MODELS
    if head.startswith(b"GET /chats"):
        return _http({"chats": Answering.chats})
    return MISSING


async def serve(port: int) -> None:
    """Serve until standard input ends; the port is the first line of the output."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answering, "127.0.0.1", port, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A running server."""

    root: str
    """``http://host:port``."""
    pid: int

    @property
    def spec(self) -> str:
        """The model there, as Gadfly names it."""
        return f"{self.root}/v1#{MODEL}"

    def chats(self) -> int:
        """Chat requests it has answered."""
        with urllib.request.urlopen(f"{self.root}/chats", timeout=10) as told:
            return int(json.load(told)["chats"])


@contextmanager
def serving(*options: str) -> Iterator[Constant]:
    """Start a server, and end it."""
    command = [sys.executable, "-m", "benchmarks.constant_server", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline())
        yield Constant(root=f"http://127.0.0.1:{port}", pid=process.pid)
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(timeout=10)


def main() -> None:
    """Serve on the port given, else on a free one."""
    Answering.varies = "--vary" in sys.argv
    asyncio.run(serve(next((int(word) for word in sys.argv[1:] if word.isdecimal()), 0)))


if __name__ == "__main__":
    main()
