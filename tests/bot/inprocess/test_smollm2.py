from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.call import Call, Sampling, ask_labels, ask_reply, ask_score
from gadfly.bot.identity import Identity
from gadfly.bot.message import opening

if TYPE_CHECKING:
    from gadfly.bot.call import Request
    from gadfly.bot.completion import Completion
    from gadfly.bot.inprocess.respondent import InProcess

pytestmark = pytest.mark.model


def ask(respondent: InProcess, *requests: Request) -> list[Completion]:
    async def everything() -> list[Completion]:
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(respondent.respond(Call(request=r).keyed(Identity(model="m"))))
                for r in requests
            ]
        return [task.result() for task in tasks]

    return asyncio.run(everything())


def test_it_knows_what_it_needs(smollm2: InProcess) -> None:
    """The default model says that it is read by likelihood, and why."""
    able = smollm2.capabilities

    assert able.readout == "likelihood"
    assert able.context_tokens == 8192
    assert "listed first" in able.readout_note


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "What is the capital of France?",
            "The capital of France is Paris.",
            "The capital of France is Berlin.",
        ),
        (
            "Is the earth round or flat?",
            "The earth is round.",
            "The earth is flat.",
        ),
        (
            "Is ice hot or cold?",
            "Ice is cold.",
            "Ice is hot.",
        ),
    ],
)
def test_the_true_statement_is_the_likelier_one(
    smollm2: InProcess, question: str, right: str, wrong: str
) -> None:
    """With no options shown, the likelihood of a plain fact is above that of its opposite."""
    [got] = ask(smollm2, ask_score(opening().says(question), (wrong, right)))

    assert got.lengths[right] == got.lengths[wrong]
    assert got.logprobs[right] > got.logprobs[wrong]


def test_a_greedy_answer_is_the_same_in_a_crowd(smollm2: InProcess) -> None:
    """In float32, prompts of mixed lengths give the same texts together as alone."""
    sampling = Sampling(temperature=0.0, max_tokens=12)
    requests = [
        ask_reply(opening().says("Is it right" + " to lie to a friend" * i + "?"), sampling)
        for i in range(5)
    ]

    together = ask(smollm2, *requests)

    assert [c.text for c in together] == [ask(smollm2, r)[0].text for r in requests]


def test_a_reply_ends_by_itself(smollm2: InProcess) -> None:
    """A short factual answer stops at the end of the turn, which is not part of its text."""
    sampling = Sampling(temperature=0.0, max_tokens=40)

    [got] = ask(smollm2, ask_reply(opening().says("What is the capital of France?"), sampling))

    assert got.text == "The capital of France is Paris."
    assert got.finish == "stop"
    assert got.usage.prompt_tokens == 37  # the default system prompt of the template included


@pytest.mark.parametrize(
    ("prefill", "labels"), [("Answer:", (" A", " B")), ("Answer: ", ("A", "B"))]
)
def test_a_label_is_read_as_the_token_it_is_in_place(
    smollm2: InProcess, prefill: str, labels: tuple[str, ...]
) -> None:
    """Wherever the space is put, the label is read as " A", which holds most of the mass."""
    question = "Is ice cold? Reply with one letter.\nA: yes\nB: no"
    request = ask_labels(opening().says(question), labels, prefill=prefill, temperature=0.7)

    [got] = ask(smollm2, request)

    assert max(got.logprobs.values()) > -2.0
