"""A server that fails in every way known: finished work is kept, and the message names the fix."""

from __future__ import annotations

import time
from contextlib import ExitStack
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from aiohttp import web
from support.fault_scene import Scene
from support.fault_server import (
    Fault,
    FaultServer,
    at,
    changed,
    cut,
    cut_chunks,
    hung_up,
    late,
    message,
    refused,
    sent,
    since,
    stalled,
    trickled,
    worded,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.fault_server import Misdeed
    from support.processes import Commands, Done, Process

    from gadfly.bot.simulant import Simulant

    Mended = Callable[[Scene], Done]
    Gone = Callable[[str], tuple[Scene, Done]]

NOW_AND_THEN = at(3, 17, 40, 90)

PASSING: dict[str, Misdeed] = {
    "429": refused(429),
    "429 and when to come back": refused(429, Retry_After="1"),
    "429 and a date": refused(429, Retry_After=formatdate(usegmt=True)),
    "429 and nonsense": refused(429, Retry_After="soon"),
    "500": refused(500),
    "503": refused(503),
    "503 and when to come back": refused(503, Retry_After="0"),
    "hung up": hung_up,
    "cut": cut,
    "cut in chunks": cut_chunks,
}


@pytest.mark.parametrize("name", PASSING)
def test_what_passes_by_itself_is_not_noticed(name: str, scene: Scene, mended: Mended) -> None:
    """A request that fails once is sent again; the run ends well, and its report is as ever."""
    scene.server.fault = Fault(misdeed=PASSING[name], due=NOW_AND_THEN)

    done = scene.run()

    assert done.code == 0, done.err
    assert scene.server.wrongs == 4
    assert set(scene.answered().values()) == {1}
    mended(scene)


@pytest.mark.parametrize("misdeed", [stalled, trickled])
def test_a_stall_is_waited_out_once(misdeed: Misdeed, scene: Scene, mended: Mended) -> None:
    """A request that gets no whole answer within --timeout is sent once more."""
    scene.server.fault = Fault(misdeed=misdeed, due=at(5))

    done = scene.run("--timeout", "1")

    assert done.code == 0, done.err
    assert scene.server.wrongs == 1
    mended(scene)


def drop(good: dict[str, Any]) -> None:
    good["choices"][0]["logprobs"] = None


def shorten(good: dict[str, Any]) -> None:
    good["choices"][0]["logprobs"]["content"][0]["top_logprobs"] = []


def leave_out(good: dict[str, Any]) -> None:
    del good["choices"][0]["logprobs"]["content"][0]["top_logprobs"][0]


def spoil(good: dict[str, Any]) -> None:
    good["choices"][0]["logprobs"]["content"][0]["top_logprobs"][0]["logprob"] = "NaN"


CALLS = [{"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]

SENSELESS: dict[str, tuple[Misdeed, str]] = {
    "no JSON": (sent(b'{"choices": [{'), "sent something that is no JSON"),
    "nothing": (sent(b""), "sent something that is no JSON"),
    "a list": (sent(b"[]"), "sent JSON that is no object"),
    "a web page": (
        sent(b"<html><title>Sign in</title></html>", kind="text/html"),
        "is this the address of an OpenAI-compatible API?",
    ),
    "deep nesting": (sent(b"[" * 100_000), "sent something that is no JSON"),
    "no choices": (sent(b'{"choices": []}'), "sent a reply without choices"),
    "tool calls": (message(content=None, tool_calls=CALLS), "switch tools off there"),
    "null": (message(content=None), "sent null where the reply should be"),
    "thoughts only": (
        message(content=None, reasoning_content="Let me think."),
        "sent null where the reply should be",
    ),
    "content that is no text": (message(content=7), "sent content that is no text"),
    "another model": (
        changed(lambda good: good.update(model="somebody-else")),
        "'somebody-else'",
    ),
}


@pytest.mark.parametrize("name", SENSELESS)
def test_what_makes_no_sense_breaks_its_dialogue_only(
    name: str, scene: Scene, mended: Mended
) -> None:
    """The others are finished and kept; it leaves with 4, and says what came and what to do."""
    misdeed, words = SENSELESS[name]
    scene.server.fault = Fault(misdeed=misdeed, due=NOW_AND_THEN)

    done = scene.run()

    assert done.code == 4
    assert words in done.err
    assert "the same command tries only these again:\n  gadfly run smoke" in done.err
    assert "Traceback" not in done.err
    assert scene.n_finished > 0
    mended(scene)


LOGPROBS: dict[str, tuple[Misdeed, str]] = {
    "missing": (changed(drop), "sent no log-probabilities"),
    "empty": (changed(shorten), "sent no log-probabilities"),
    "one short": (changed(leave_out), "left out the log-probability of"),
    "not a number": (changed(spoil), "sent a log-probability that is none"),
}


@pytest.mark.parametrize("name", LOGPROBS)
def test_log_probabilities_that_make_no_sense(name: str, scene: Scene, mended: Mended) -> None:
    """Missing, short and senseless ones break their dialogue only, and are never guessed."""
    misdeed, words = LOGPROBS[name]
    scene.readout = "logprob"

    def is_read(number: int, body: dict[str, Any]) -> bool:
        return bool(body.get("logprobs")) and number % 9 == 0

    scene.server.fault = Fault(misdeed=misdeed, due=is_read)

    done = scene.run()

    assert done.code == 4
    assert words in done.err
    mended(scene)


def test_a_bare_nan_is_no_log_probability(scene: Scene, mended: Mended) -> None:
    """NaN as some servers write it, which is no JSON, is read as what it is and not believed."""

    async def misdeed(_: web.Request, good: dict[str, Any]) -> web.StreamResponse:
        spoil(good)
        body = orjson.dumps(good).replace(b'"NaN"', b"NaN")
        return web.Response(body=body, content_type="application/json")

    scene.readout = "logprob"
    scene.server.fault = Fault(
        misdeed=misdeed, due=lambda n, body: bool(body.get("logprobs")) and n % 9 == 0
    )

    done = scene.run()

    assert done.code == 4
    assert "sent a log-probability that is none" in done.err
    mended(scene)


def test_a_full_context_ends_the_long_dialogues_only(scene: Scene, mended: Mended) -> None:
    """Second turns that do not fit are failed trials; first ones are finished and kept."""
    words = "This model's maximum context length is 64 tokens. Please reduce the length."
    scene.server.fault = Fault(misdeed=refused(400, words), due=late)

    done = scene.run()

    assert done.code == 4
    assert "does not fit the model" in done.err
    assert "a server with a longer context" in done.err
    assert scene.n_finished > 0
    mended(scene)


THOUGHT = "<think>First, the sea.</think>"
ODD: dict[str, Misdeed] = {
    "empty": message(content=""),
    "thoughts only, cut": message("length", content=None, reasoning="Let me think on."),
    "thoughts only, tagged": message(content=THOUGHT),
    "withheld": message("content_filter", content=None),
    "no UTF-8": worded(b"I \xff\xfe agree\xc3( \xed\xa0\x80."),
    "nulls": worded(rb"I agree.\u0000\u0000 Yes."),
    "lone surrogates": worded(rb"I agree \ud800."),
    "a megabyte of words": worded(b"On the one hand I agree, on the other I do not. " * 22_000),
    "a megabyte of one word": worded(b"a" * 1_000_000),
    "a megabyte of line ends": worded(rb"\n" * 500_000),
    "a megabyte of brackets": worded(b"(" * 500_000 + b"[" * 500_000),
    "a megabyte of quotes": worded(rb"\"" * 500_000),
    "a megabyte of commas": worded(b"yes, " * 200_000),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_answer_is_an_answer(name: str, scene: Scene) -> None:
    """It is kept, read for what it is in no long time, reported, and never asked for again."""
    scene.server.fault = Fault(misdeed=ODD[name], due=NOW_AND_THEN, is_answer=True)

    began = time.monotonic()
    done = scene.run()
    seconds = time.monotonic() - began
    again = scene.run()

    assert done.code == 0, done.err
    assert scene.server.wrongs == 4
    assert set(scene.committed.values()) == {1}
    assert again.out == done.out
    assert set(scene.answered().values()) == {1}
    assert seconds < 60


GONE: dict[str, tuple[Misdeed, str, tuple[str, ...]]] = {
    "500": (refused(500), "see the server's log", ()),
    "503 and when to come back": (refused(503, Retry_After="1"), "answered 503", ()),
    "429": (refused(429), "lower --concurrency or try again later", ()),
    "stalled": (stalled, "lower --concurrency, or raise --timeout", ("--timeout", "1")),
    "hung up": (hung_up, "restart it and run the same command again", ()),
    "no access": (refused(401), "--api-key-env NAME", ()),
    "no such model": (refused(404), "check the model name", ()),
}


@pytest.fixture(scope="module")
def gone(
    commands: Commands, subject: Simulant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gone]:
    """Runs on servers that fail for good after forty requests; all wait out retries at once."""
    with ExitStack() as stack:
        begun: dict[str, tuple[Scene, Process]] = {}
        for name, (misdeed, _, more) in GONE.items():
            server = stack.enter_context(FaultServer(subject))
            server.fault = Fault(misdeed=misdeed, due=since(40))
            folder = tmp_path_factory.mktemp("gone") / "run"
            scene = Scene(commands, server, folder)
            begun[name] = scene, scene.start("--concurrency", "8", *more)
        yield lambda name: (begun[name][0], begun[name][1].wait())


@pytest.mark.parametrize("name", GONE)
def test_a_server_that_is_gone_for_good_ends_the_run(name: str, gone: Gone, mended: Mended) -> None:
    """It gives up soon, leaves with 4, names the fix, and goes on where it was once mended."""
    scene, done = gone(name)
    _, words, _ = GONE[name]

    assert done.code == 4
    assert words in done.err
    assert "gadfly run smoke" in done.err
    assert scene.server.wrongs < 240
    assert len(scene.committed) >= 8
    mended(scene)
