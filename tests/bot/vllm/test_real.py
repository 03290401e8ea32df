"""The default model in a real vLLM: one server for the whole module, then gone."""

from __future__ import annotations

import asyncio
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from gadfly.bot.call import Call, Request, Sampling, ask_labels, ask_reply, ask_score
from gadfly.bot.errors import ContextOverflow
from gadfly.bot.message import Conversation, opening
from gadfly.bot.vllm import Supervised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gadfly.bot.completion import Completion
    from gadfly.bot.identity import Identity

pytestmark = [
    pytest.mark.server,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        not os.environ.get("GADFLY_VLLM_PYTHON"),
        reason="needs vLLM: set GADFLY_VLLM_PYTHON to the Python of an environment that has it",
    ),
]

ASKED = Conversation().says("Is the sea salty?")
LATER = (
    opening("You are a sailor.")
    .says("Is the sea salty?")
    .hears("Yes, it is.")
    .says("Which letter is your own answer?\n\nA) The sea is salty.\nB) The sea is not salty.")
)
OPTIONS = ("Yes, the sea is salty.", "No, the sea is not salty at all – “fresh” 😀.")


@dataclass
class Real:
    """A running server and the loop its client belongs to."""

    runner: asyncio.Runner
    server: Supervised
    identity: Identity
    group: int

    def ask(self, request: Request, draw: int = 0) -> Completion:
        """Answer one request alone."""
        return self.runner.run(self.server.respond(self.call(request, draw)))

    def ask_all(self, requests: list[Request]) -> list[Completion]:
        """Answer many requests at once, each as a draw of its own."""

        async def all_at_once() -> list[Completion]:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(self.server.respond(self.call(request, draw)))
                    for draw, request in enumerate(requests)
                ]
            return [task.result() for task in tasks]

        return self.runner.run(all_at_once())

    def call(self, request: Request, draw: int = 0) -> Call:
        """Key a request."""
        return Call(request=request, draw=draw).keyed(self.identity)


@pytest.fixture(scope="module")
def real() -> Iterator[Real]:
    """Start the default model once."""
    with asyncio.Runner() as runner:
        server = Supervised("smollm2")
        identity = runner.run(server.open(lambda _: None))
        process = server._process
        assert process is not None
        assert process.pid is not None
        yield Real(runner, server, identity, process.pid)
        runner.run(server.aclose())


def test_it_knows_itself_and_what_it_can_do(real: Real) -> None:
    """A real vLLM has every capability; the identity holds hashes, the format and the build."""
    can, who = real.server.capabilities, real.identity

    assert can.labels
    assert can.score
    assert can.prefill
    assert can.streaming
    assert can.seeds
    assert can.context_tokens == 8192
    assert can.readout == "likelihood"
    assert (who.model, who.dtype) == ("smollm2", "float32")
    assert len(who.revision) == 64
    assert len(who.template) == 16
    assert who.server.startswith("vllm-")


def test_replies_end_where_they_are_cut(real: Real) -> None:
    """A reply of at most five tokens has five and says that it was cut."""
    got = real.ask(ask_reply(ASKED, Sampling(max_tokens=5)))

    assert got.text
    assert got.finish == "length"
    assert got.usage.completion_tokens == 5
    assert got.usage.prompt_tokens > 5


def test_a_draw_repeats_and_another_draw_differs(real: Real) -> None:
    """The seed in each key decides the text."""
    request = ask_reply(ASKED, Sampling(temperature=1.2, max_tokens=20))
    texts = [real.ask(request, draw).text for draw in (0, 0, 1)]

    assert texts[0] == texts[1]
    assert texts[0] != texts[2]


def test_a_stream_says_what_a_reply_says(real: Real) -> None:
    """Greedy decoding gives the same text either way, piece by piece in a stream."""
    request = ask_reply(ASKED, Sampling(temperature=0.0, max_tokens=12))
    heard: list[str] = []
    streamed = real.runner.run(real.server.stream(real.call(request), heard.append))

    assert "".join(heard) == streamed.text == real.ask(request).text
    assert len(heard) > 5
    assert streamed.usage.completion_tokens == 12


def test_a_begun_answer_is_gone_on_with(real: Real) -> None:
    """A prefill is part of the prompt and not of the reply."""
    sampling = Sampling(temperature=0.0, max_tokens=4)
    bare = real.ask(ask_reply(ASKED, sampling))
    begun = real.ask(ask_reply(ASKED, sampling, prefill="1, 2, 3, 4, 5,"))

    assert begun.usage.prompt_tokens > bare.usage.prompt_tokens
    assert begun.text.startswith(" 6")


def test_labels_are_read_where_they_stand(real: Real) -> None:
    """After "Answer:" the letter comes with its space; the bare letter is another token."""
    spaced = real.ask(ask_labels(LATER, (" A", " B"), prefill="Answer:", temperature=0.7))
    bare = real.ask(ask_labels(LATER, ("A", "B"), prefill="Answer:", temperature=0.7))
    mass = [sum(math.exp(v) for v in got.logprobs.values()) for got in (spaced, bare)]

    assert set(spaced.logprobs) == {" A", " B"}
    assert 0.2 < mass[0] <= 1.0
    assert mass[1] < 0.05 * mass[0]


def test_labels_and_scores_agree(real: Real) -> None:
    """A reply of one token scores what reading it as a label gives."""
    words = ("Yes", "No", "The")
    read = real.ask(ask_labels(ASKED, words, temperature=0.7))
    scored = real.ask(ask_score(ASKED, words))

    assert scored.lengths == dict.fromkeys(words, 1)
    assert dict(scored.logprobs) == pytest.approx(dict(read.logprobs), abs=1e-3)


def test_scores_do_not_depend_on_company(real: Real) -> None:
    """A reply scores the same in any order, alone, and while others are being answered."""
    both = real.ask(ask_score(LATER, OPTIONS))
    turned = real.ask(ask_score(LATER, OPTIONS[::-1]))
    crowd = real.ask_all(
        [ask_score(LATER, OPTIONS)] * 4 + [ask_reply(ASKED, Sampling(max_tokens=16))] * 8
    )

    assert dict(both.logprobs) == pytest.approx(dict(turned.logprobs), abs=1e-3)
    assert dict(both.logprobs) == pytest.approx(dict(crowd[0].logprobs), abs=1e-3)
    assert both.logprobs[OPTIONS[0]] > both.logprobs[OPTIONS[1]]


def test_seeded_crowds_and_long_prompts_do_not_kill_it(real: Real) -> None:
    """Many seeded requests at once and a seeded long one are answered, and the server lives."""
    short = ask_reply(ASKED, Sampling(max_tokens=4))
    long = ask_reply(Conversation().says("the sea is salty and " * 700), Sampling(max_tokens=4))

    assert all(got.text for got in real.ask_all([short] * 100))
    assert real.ask(long).usage.prompt_tokens > 3000
    assert real.server.ended() is None


def test_too_long_a_conversation_is_told_apart(real: Real) -> None:
    """What does not fit is a ContextOverflow."""
    with pytest.raises(ContextOverflow, match="does not fit"):
        real.ask(ask_reply(Conversation().says("salt " * 9000), Sampling()))


@pytest.mark.model
def test_reads_agree_with_the_model_in_process(real: Real) -> None:
    """The same weights in float32 give the same label and reply log-probabilities in process."""
    pytest.importorskip("transformers")
    from gadfly.bot.inprocess.respondent import in_process

    requests = [
        ask_score(ASKED, OPTIONS),
        ask_score(LATER, OPTIONS),
        ask_labels(LATER, (" A", " B"), prefill="Answer:", temperature=0.7),
        ask_labels(LATER, ("A", "B"), temperature=0.7),
    ]
    theirs = [real.ask(request) for request in requests]

    async def main() -> list[Completion]:
        model = in_process("smollm2")
        identity = await model.open(lambda _: None)
        try:
            return [await model.respond(Call(request=r).keyed(identity)) for r in requests]
        finally:
            await model.aclose()

    for served, local in zip(theirs, asyncio.run(main()), strict=True):
        assert dict(served.logprobs) == pytest.approx(dict(local.logprobs), abs=1e-3)
        assert served.lengths == local.lengths


def test_closing_leaves_no_process(real: Real) -> None:
    """After closing, the group of the server is empty."""
    real.runner.run(real.server.aclose())

    with pytest.raises(ProcessLookupError):
        os.killpg(real.group, 0)


def test_kill_9_while_it_loads_leaves_no_process(wait: Callable[[Any], bool]) -> None:
    """While it loads vLLM ignores SIGTERM; it goes all the same when its starter is killed."""
    script = """
import asyncio
from gadfly.bot.vllm import Supervised
server = Supervised("smollm2")
def talk(text):
    print(server._process.pid if server._process else 0, text, flush=True)
asyncio.run(server.open(talk))
"""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", script], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    group = next(int(line.split()[0]) for line in process.stdout if " vLLM: " in line)
    process.kill()
    process.communicate()

    def is_gone() -> bool:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        return False

    assert group > 0
    assert wait(is_gone)
