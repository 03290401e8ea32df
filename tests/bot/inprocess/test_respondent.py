from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

import pytest
import torch

from gadfly.bot.call import Call, Request, Sampling, ask_labels, ask_reply, ask_score
from gadfly.bot.errors import (
    ConfigError,
    ContextOverflow,
    MalformedReply,
    RespondentError,
    Unsupported,
)
from gadfly.bot.identity import Identity
from gadfly.bot.inprocess.limits import Limits
from gadfly.bot.inprocess.respondent import InProcess, in_process
from gadfly.bot.message import opening
from gadfly.bot.respondent import Respondent

from .conftest import open_now

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.bot.completion import Completion

GREEDY = Sampling(temperature=0.0, max_tokens=24)
WARM = Sampling(temperature=0.9, max_tokens=24)
THREAD = opening("Be kind.").says("Is it right to lie to a friend?").hears("Now and then.")


def call(request: Request, draw: int = 0) -> Call:
    return Call(request=request, draw=draw).keyed(Identity(model="test"))


def ask(respondent: InProcess, *calls: Call) -> list[Completion]:
    """Ask everything at once."""

    async def everything() -> list[Completion]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(respondent.respond(c)) for c in calls]
        return [task.result() for task in tasks]

    return asyncio.run(everything())


def questions(n: int) -> list[Request]:
    return [ask_reply(opening().says("Why" + " oh why" * i + "?"), GREEDY) for i in range(n)]


def heard(respondent: InProcess, asked: Call) -> tuple[Completion, str, str]:
    """Stream a reply; return it, what was said on the way, and what was thought."""
    said: list[str] = []
    thought: list[str] = []
    done = asyncio.run(respondent.stream(asked, said.append, thought.append))
    return done, "".join(said), "".join(thought)


class TestStream:
    def test_a_stream_is_the_reply_token_by_token(self, tiny: InProcess) -> None:
        """The completion is that of a plain call, and the pieces make up its text."""
        asked = call(ask_reply(THREAD.says("And to a foe?"), WARM))

        done, said, thought = heard(tiny, asked)

        [plain] = ask(tiny, asked)
        assert done.text == plain.text
        assert done.finish == plain.finish
        # A character cut off in the middle by the limit is told by the completion only.
        assert done.text.rstrip("\ufffd").startswith(said.rstrip("\ufffd"))
        assert len(said) >= len(done.text.rstrip("\ufffd")) - 4
        assert thought == ""

    def test_streams_and_batches_run_side_by_side(self, tiny: InProcess) -> None:
        """A stream among plain calls changes none of their texts, nor they its own."""
        calls = [call(request) for request in questions(6)]
        alone = [ask(tiny, c)[0].text for c in calls]

        async def together() -> list[str]:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(tiny.stream(c, lambda _: None) if i % 2 else tiny.respond(c))
                    for i, c in enumerate(calls)
                ]
            return [task.result().text for task in tasks]

        assert asyncio.run(together()) == alone

    def test_a_cancelled_stream_leaves_the_worker_free(self, tiny: InProcess) -> None:
        """Whoever hangs up in mid-answer frees its place, and the next one is answered."""

        async def scene() -> Completion:
            first = asyncio.Event()
            long = call(ask_reply(THREAD.says("Go on."), Sampling(max_tokens=400)))
            task = asyncio.create_task(tiny.stream(long, lambda _: first.set()))
            await first.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return await tiny.respond(call(ask_reply(THREAD.says("Well?"), GREEDY)))

        assert asyncio.run(scene()).text

    def test_only_replies_are_streamed(self, tiny: InProcess) -> None:
        """A read has nothing to hand over piece by piece."""
        with pytest.raises(Unsupported):
            heard(tiny, call(ask_labels(THREAD.says("A or B?"), ("A", "B"), temperature=1.0)))


class TestReply:
    def test_is_a_respondent(self, tiny: InProcess) -> None:
        """It has the shape every respondent has, and can do all three kinds."""
        assert isinstance(tiny, Respondent)
        assert tiny.capabilities.labels
        assert tiny.capabilities.score
        assert tiny.capabilities.context_tokens == 512
        assert tiny.capabilities.readout is None

    def test_greedy_text_is_the_same_alone_and_in_a_crowd(self, tiny: InProcess) -> None:
        """Twelve prompts of mixed lengths give the texts they give one at a time."""
        calls = [call(request) for request in questions(12)]

        together = ask(tiny, *calls)

        alone = [ask(tiny, c)[0] for c in calls]
        assert [c.text for c in together] == [c.text for c in alone]
        assert len({c.text for c in alone}) > 1

    def test_greedy_text_is_that_of_the_model_itself(self, tiny: InProcess) -> None:
        """Token by token, the reply is what the plain forward pass would choose."""
        loaded = tiny._loaded
        assert loaded is not None
        request = ask_reply(THREAD.says("And to a foe?"), GREEDY)
        tokens = list(loaded.chat.prompt(request).tokens)
        start = len(tokens)
        with torch.inference_mode():
            while len(tokens) < start + 24 and tokens[-1] not in loaded.ends:
                logits = loaded.model(input_ids=torch.tensor([tokens]), use_cache=False).logits
                tokens.append(int(logits[0, -1].argmax()))

        [got] = ask(tiny, call(request))

        assert got.text == loaded.chat.decode(tokens[start:])

    def test_seeds_reproduce_and_draws_differ(self, tiny: InProcess) -> None:
        """The same call gives the same text in any company; another draw gives another."""
        request = ask_reply(THREAD.says("And to a foe?"), WARM)

        first = ask(tiny, *(call(request, draw) for draw in range(6)))
        again = ask(tiny, call(request, 3))[0]

        assert again.text == first[3].text
        assert len({c.text for c in first}) == 6

    def test_length_and_usage_are_counted(self, endless: InProcess) -> None:
        """An answer that is cut off says so, and its tokens are counted."""
        sampling = Sampling(temperature=0.0, max_tokens=5)

        [got] = ask(endless, call(ask_reply(opening().says("Go"), sampling)))

        assert got.finish == "length"
        assert got.usage.completion_tokens == 5
        # Marks count one token each, everything else one per byte.
        assert got.usage.prompt_tokens == len("Suser\nGoE\nSassistant\n")
        assert got.latency_ms > 0

    def test_the_end_of_turn_stops_and_is_not_text(self, tiny_folder: Path) -> None:
        """An answer ends with the end-of-turn token, which is counted and not shown."""
        respondent = open_now(in_process(f"hf:{tiny_folder}"))
        loaded = respondent._loaded
        assert loaded is not None
        # The end of the turn becomes by far the likeliest or the unlikeliest next token.
        loaded.model.lm_head.weight.data[256].fill_(50.0)

        found = ask(respondent, *(call(r) for r in questions(8)))
        asyncio.run(respondent.aclose())

        stopped = [c for c in found if c.finish == "stop"]
        assert stopped
        assert all("<|im_end|>" not in c.text for c in found)
        assert all(c.usage.completion_tokens > len(c.text) for c in stopped)

    def test_more_requests_than_rows_all_get_their_turn(self, endless: InProcess) -> None:
        """Eleven requests on four rows are all answered, as they would be alone."""
        calls = [call(request) for request in questions(11)]

        found = ask(endless, *calls)

        assert [c.usage.completion_tokens for c in found] == [24] * 11
        assert found[10].text == ask(endless, calls[10])[0].text

    def test_a_small_memory_serves_one_after_the_other(self, tiny_folder: Path) -> None:
        """When two answers do not fit the budget, the second waits; both are answered."""
        respondent = open_now(
            InProcess(
                "hf:small",
                lambda _: tiny_folder,
                name="small",
                limits=Limits(rows_bytes=1, kept_bytes=0),
            )
        )

        found = ask(respondent, *(call(r) for r in questions(3)))
        asyncio.run(respondent.aclose())

        assert len(found) == 3

    def test_answers_longer_than_their_room_grow(self, endless: InProcess) -> None:
        """Rows of very different lengths that join and leave keep their own texts."""
        calls = [
            call(
                ask_reply(
                    opening().says("Go " * (1 + 20 * (i % 3))),
                    Sampling(temperature=0.0, max_tokens=10 + 60 * (i % 4)),
                )
            )
            for i in range(12)
        ]

        together = ask(endless, *calls)

        assert [c.text for c in together] == [ask(endless, c)[0].text for c in calls]

    def test_a_prefill_is_continued_and_not_repeated(self, tiny: InProcess) -> None:
        """The text starts after what was put into the assistant's mouth."""
        request = ask_reply(opening().says("Go"), GREEDY, prefill="Well, ")

        [got] = ask(tiny, call(request))

        assert not got.text.startswith("Well, ")

    def test_reasoning_opened_by_the_template_is_split_off(self, endless: InProcess) -> None:
        """An answer cut off inside the reasoning the template opened is all reasoning."""
        loaded = endless._loaded
        assert loaded is not None
        loaded.chat._tokenizer.chat_template += "<think>\n"

        [got] = ask(endless, call(ask_reply(opening().says("Go"), GREEDY)))

        assert got.text == ""
        assert got.reasoning != ""


class TestReads:
    def scored_plainly(self, respondent: InProcess, request: Request, option: str) -> float:
        loaded = respondent._loaded
        assert loaded is not None
        prompt, said = loaded.chat.prompt(request).tokens, loaded.chat.encode(option)
        ids = torch.tensor([[*prompt, *said]], device=loaded.model.device)
        with torch.inference_mode():
            scores = loaded.model(input_ids=ids, use_cache=False).logits[0].log_softmax(-1)
        at = range(len(prompt) - 1, len(prompt) + len(said) - 1)
        return sum(float(scores[i, token]) for i, token in zip(at, said, strict=True))

    def test_scores_on_a_kept_prefix_are_those_without(self, tiny: InProcess) -> None:
        """Cold, kept, crowded or alone: a score is that of one plain forward pass."""
        options = ("Lying is right.", "Lying is wrong, mostly.")
        requests = [
            ask_score(THREAD.says(f"{start} is lying right?"), options)
            for start in ("All in all,", "In the end,", "Now,")
        ]

        for _ in range(2):
            for request, got in zip(requests, ask(tiny, *map(call, requests)), strict=True):
                for option in options:
                    expected = self.scored_plainly(tiny, request, option)
                    assert abs(got.logprobs[option] - expected) < 1e-3
                    assert got.lengths[option] == len(option)

    def test_a_prefix_is_computed_once(self, tiny: InProcess) -> None:
        """The second read of a conversation computes only what is new, answers included."""
        worker = tiny._worker
        assert worker is not None
        computed: list[int] = []
        run = worker._network.run
        worker._network.run = lambda pack: (computed.append(len(pack.tokens)), run(pack))[1]  # type: ignore[method-assign,func-returns-value]
        ask(tiny, call(ask_score(THREAD.says("A?"), ("Yes.",))))

        ask(tiny, call(ask_score(THREAD.says("B?"), ("Yes.",))))

        assert computed[0] > 100
        assert computed[1] < 70

    def test_labels_are_the_models_own_distribution(self, tiny: InProcess) -> None:
        """Label log-probabilities are those of the next token at temperature 1."""
        loaded = tiny._loaded
        assert loaded is not None
        labels = ("A", "B", "C")
        request = ask_labels(THREAD.says("Which?"), labels, prefill="It is ", temperature=0.2)

        [got] = ask(tiny, call(request))

        ids = torch.tensor([loaded.chat.prompt(request).tokens])
        with torch.inference_mode():
            scores = loaded.model(input_ids=ids, use_cache=False).logits[0, -1].log_softmax(-1)
        for label in labels:
            expected = float(scores[loaded.chat.encode(label)[0]])
            assert abs(got.logprobs[label] - expected) < 1e-4
        assert got.usage.completion_tokens == 1

    def test_reads_do_not_disturb_answers_under_way(self, tiny: InProcess) -> None:
        """Answers written while reads come and go are those written alone."""
        calls = [call(request) for request in questions(4)]
        reads = [call(ask_score(THREAD.says(f"{i}?"), ("Yes.", "No."))) for i in range(8)]

        mixed = ask(tiny, *calls, *reads)

        assert [c.text for c in mixed[:4]] == [ask(tiny, c)[0].text for c in calls]
        assert all(math.isfinite(c.logprobs["Yes."]) for c in mixed[4:])

    def test_an_empty_reply_has_no_score(self, tiny: InProcess) -> None:
        """Scoring nothing is an error, not zero."""
        with pytest.raises(ExceptionGroup) as raised:
            ask(tiny, call(ask_score(THREAD.says("A?"), ("Yes.", ""))))

        assert raised.group_contains(ConfigError, match="empty")


class TestFaults:
    @pytest.mark.parametrize(
        "request_",
        [
            ask_reply(opening().says("x" * 600), GREEDY),
            ask_reply(opening().says("x"), Sampling(max_tokens=500)),
            ask_score(opening().says("x"), ("y" * 500,)),
            ask_labels(opening().says("x" * 600), ("A", "B"), temperature=0.7),
        ],
    )
    def test_what_does_not_fit_is_refused_with_numbers(
        self, tiny: InProcess, request_: Request
    ) -> None:
        """A request beyond the context names the tokens and the limit."""
        with pytest.raises(ContextOverflow, match=r"\d+ prompt tokens.* 512 tokens"):
            asyncio.run(tiny.respond(call(request_)))

    def test_a_cancelled_waiter_leaves_the_others_alone(self, endless: InProcess) -> None:
        """Cancelling one of three answers frees its row; the others are as they would be."""
        calls = [call(request) for request in questions(3)]

        async def cancel_one() -> list[str]:
            tasks = [asyncio.create_task(endless.respond(c)) for c in calls]
            long = call(ask_reply(opening().says("Go"), Sampling(max_tokens=300)))
            doomed = asyncio.create_task(endless.respond(long))
            first = await tasks[0]
            doomed.cancel()
            with pytest.raises(asyncio.CancelledError):
                await doomed
            return [first.text, *[(await task).text for task in tasks[1:]]]

        texts = asyncio.run(cancel_one())

        assert texts == [ask(endless, c)[0].text for c in calls]

    @pytest.mark.parametrize("stage", ["run", "step"])
    @pytest.mark.parametrize(
        ("error", "said"),
        [(RuntimeError("bad luck"), "bad luck"), (torch.OutOfMemoryError(), "--concurrency")],
    )
    def test_a_failure_reaches_the_waiters_and_passes(
        self,
        tiny: InProcess,
        monkeypatch: pytest.MonkeyPatch,
        stage: str,
        error: Exception,
        said: str,
    ) -> None:
        """Whoever waits for a broken pass is told; the next request is answered."""
        assert tiny._worker is not None

        def fail(*_: object) -> None:
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(tiny._worker._network, stage, fail)
            with pytest.raises(RespondentError, match=said):
                asyncio.run(tiny.respond(call(questions(1)[0])))

        assert ask(tiny, call(questions(1)[0]))

    def test_a_failed_read_spares_the_answers(
        self, tiny: InProcess, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A read that breaks is told so, and later reads work."""
        assert tiny._worker is not None
        request = ask_score(THREAD.says("A?"), ("Yes.",))

        def fail(*_: object) -> None:
            raise RuntimeError("bad luck")

        with monkeypatch.context() as patched:
            patched.setattr(tiny._worker._network, "run", fail)
            with pytest.raises(RespondentError, match="bad luck"):
                asyncio.run(tiny.respond(call(request)))

        assert ask(tiny, call(request))[0].logprobs

    def test_no_number_is_no_answer(self, tiny: InProcess) -> None:
        """A model that overflows gives an error, neither a text nor a score."""
        loaded = tiny._loaded
        assert loaded is not None
        loaded.model.lm_head.weight.data.fill_(torch.nan)

        for request in (questions(1)[0], ask_score(THREAD.says("A?"), ("Yes.",))):
            with pytest.raises(MalformedReply, match="float32"):
                asyncio.run(tiny.respond(call(request)))

    def test_closing_tells_those_who_wait(self, endless: InProcess) -> None:
        """Closing in the middle of an answer ends the wait with an error."""

        async def close_early() -> None:
            long = call(ask_reply(opening().says("Go"), Sampling(max_tokens=480)))
            waiting = [asyncio.create_task(endless.respond(long)) for _ in range(6)]
            await endless.respond(call(questions(1)[0]))
            await endless.aclose()
            for task in waiting:
                with pytest.raises(RespondentError, match="closed"):
                    await task

        asyncio.run(close_early())

    def test_closed_or_never_opened_it_refuses(self, tiny: InProcess) -> None:
        """After closing, as before opening, a call is an error; closing again is not."""
        asyncio.run(tiny.aclose())
        asyncio.run(tiny.aclose())

        with pytest.raises(RespondentError, match="not open"):
            asyncio.run(tiny.respond(call(questions(1)[0])))

    def test_opening_again_changes_nothing(self, tiny: InProcess) -> None:
        """Opening is idempotent, and a closed one opens again."""
        first = asyncio.run(tiny.open(lambda _: None))
        asyncio.run(tiny.aclose())

        assert asyncio.run(tiny.open(lambda _: None)) == first

    def test_closing_after_a_failed_opening_is_fine(self) -> None:
        """A respondent that could not be opened can be closed."""
        respondent = in_process("hf:/no/such/folder")

        with pytest.raises(ConfigError):
            asyncio.run(respondent.open(lambda _: None))
        asyncio.run(respondent.aclose())

    @pytest.mark.parametrize("name", ["hf:", "vllm:x", "smollm3"])
    def test_other_specs_are_refused(self, name: str) -> None:
        """Only the two kinds of this module are built."""
        with pytest.raises(ConfigError, match=name):
            in_process(name)
