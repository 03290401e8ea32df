"""The readers of foreign bytes, as functions that raise only where a reader breaks its word.

A reader may refuse with the errors its docstring names, and must come to an end soon; any other
exception is a fault. Used with a kept corpus, by Hypothesis, and by a coverage-guided fuzzer.
"""

from __future__ import annotations

import contextlib
import functools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from gadfly.bot.clarity import clarity
from gadfly.bot.errors import ConfigError, RespondentError, StoreError
from gadfly.bot.proposition import Proposition
from gadfly.bot.server.reply import alternatives, read_reply
from gadfly.bot.server.settings import ServerSettings, address
from gadfly.bot.server.sse import Stream
from gadfly.bot.server.wire import Response, Wire
from gadfly.bot.steering import read_reply as read_stance
from gadfly.eval.scoring.files import gather
from gadfly.eval.store import FILE, Store
from gadfly.eval.stored import read_call, read_proposition, read_trial
from gadfly.scenarios.loader import inspect

if TYPE_CHECKING:
    from collections.abc import Callable

    Target = Callable[[bytes], None]

SHOWN = "http://host/v1"
ABOUT = Proposition(
    family="fuzz",
    question="Should the old bridge be closed?",
    a="The old bridge should be closed.",
    b="The old bridge should stay open.",
)
_OFFSET_BYTES = 3


@functools.cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="gadfly-fuzz-"))


def scenario(data: bytes) -> None:
    """A scenario file has scenarios or problems, each with a place."""
    path = _folder() / "scenario.yaml"
    path.write_bytes(data)
    found = inspect(path)
    assert not (found.problems and found.scenarios)
    for problem in found.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        str(problem).encode()


def reply(data: bytes) -> None:
    """A server's reply, whole or streamed, is a completion or an error of the respondent."""
    wire = Wire(address(SHOWN), ServerSettings())
    with contextlib.suppress(RespondentError):
        told = wire.parsed(Response(200, data))
        with contextlib.suppress(RespondentError):
            alternatives(told, SHOWN)
        done = read_reply(told, SHOWN, 0.0)
        (done.text + done.reasoning).encode()
    str(wire.error(Response(400, data))).encode()
    stream = Stream(SHOWN, lambda _: None)
    with contextlib.suppress(RespondentError):
        for start in range(0, len(data), 7):
            stream.feed(data[start : start + 7])
        stream.completion(0.0).text.encode()


def stance(data: bytes) -> None:
    """Whatever a model writes has one outcome, and clarity between 0 and 1."""
    text = data.decode("utf-8", "surrogateescape")
    reading = read_stance(text, ABOUT, options=(ABOUT.a, ABOUT.b))
    assert reading == read_stance(text, ABOUT, options=(ABOUT.a, ABOUT.b))
    clear = clarity(text, ABOUT, reading)
    assert clear.caveats is None or 0.0 <= clear.caveats <= 1.0


def transcript(data: bytes) -> None:
    """A dialogue file has dialogues that somebody speaks in, or is refused."""
    for name in ("transcript.txt", "transcript.jsonl"):
        path = _folder() / name
        path.write_bytes(data)
        with contextlib.suppress(ConfigError):
            assert all(dialogue.turns for dialogue in gather([path]).dialogues)


def stored(data: bytes) -> None:
    """A stored row reads back, or is said to be damaged."""
    for read in (read_call, read_trial, read_proposition):
        with contextlib.suppress(StoreError):
            read(data)


@functools.cache
def _pristine() -> bytes:
    folder = _folder() / "pristine"
    with contextlib.closing(Store.create(folder)) as store:
        store.set_plan(["ab" * 16])
        store.db.execute(
            "INSERT INTO calls (key, message, body) VALUES (x'ab', 1, ?)", (orjson.dumps({}),)
        )
        store.db.commit()
    return (folder / FILE).read_bytes()


def store(data: bytes) -> None:
    """A store with some bytes overwritten is read, or refused as damaged or foreign."""
    at = int.from_bytes(data[:_OFFSET_BYTES], "big") % len(_pristine())
    raw = bytearray(_pristine())
    raw[at : at + len(data) - _OFFSET_BYTES] = data[_OFFSET_BYTES:]
    folder = _folder() / "store"
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_bytes(raw)
    with contextlib.suppress(StoreError, ConfigError):
        found = Store.read(folder)
        with contextlib.closing(found):
            found.trials()
            list(found.calls(["ab"]))
            found.n_ended()


TARGETS: dict[str, Target] = {
    "scenario": scenario,
    "reply": reply,
    "stance": stance,
    "transcript": transcript,
    "stored": stored,
    "store": store,
}
