"""The respondent over a model in this process."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.bot import weights
from gadfly.bot.completion import Completion, Usage
from gadfly.bot.errors import ConfigError, ContextOverflow, RespondentError, Unsupported
from gadfly.bot.inprocess import load
from gadfly.bot.inprocess.batch import Write
from gadfly.bot.inprocess.chat import Decoder
from gadfly.bot.inprocess.limits import Limits
from gadfly.bot.inprocess.pack import Line
from gadfly.bot.inprocess.worker import Read, Worker
from gadfly.bot.reasoning import OPEN, Voice, split_reasoning
from gadfly.bot.respondent import FIRST_OPTION_NOTE, Capabilities

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gadfly.bot.call import Call, Request
    from gadfly.bot.identity import Identity
    from gadfly.bot.inprocess.chat import Prompt
    from gadfly.bot.respondent import ReadoutName

    Source = Callable[[Callable[[str], None]], Path]


class InProcess:
    """A chat model answered by Transformers in this process; implements `Respondent`.

    Answers that are asked for at the same time are written side by side, and prefixes of
    conversations are kept, so many callers at once cost far less than one after the other. A
    row's text depends on its own seed only, up to rounding: in float32 practically always.
    """

    def __init__(
        self,
        spec: str,
        source: Source,
        *,
        name: str,
        readout: ReadoutName | None = None,
        dtype: str | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._spec = spec
        self._source = source
        self._name = name
        self._readout = readout
        self._dtype = dtype
        self._limits = limits
        self._used = limits or Limits()
        self._loaded: load.Loaded | None = None
        self._worker: Worker | None = None
        self._opening = asyncio.Lock()

    @property
    def spec(self) -> str:
        """The string that names it."""
        return self._spec

    @property
    def capabilities(self) -> Capabilities:
        """What it can do; `context_tokens` is known after `open`."""
        window = self._loaded.window_note if self._loaded is not None else ""
        return Capabilities(
            labels=True,
            score=True,
            prefill=True,
            streaming=True,
            seeds=True,
            context_tokens=self._loaded.context_tokens if self._loaded else None,
            concurrency=self._used.max_batch,
            readout=self._readout,
            readout_note=FIRST_OPTION_NOTE if self._readout == "likelihood" else "",
            notes=(window,) if window else (),
        )

    async def open(self, talk: Callable[[str], None]) -> Identity:
        """Find the weights (downloading them the first time), load them, start the worker.

        Raises:
            ConfigError: `gadfly[local]` is not installed, or this is no model that can be loaded.
            RespondentError: The weights cannot be had.
        """
        async with self._opening:
            if self._loaded is not None:
                return self._loaded.identity
            loop = asyncio.get_running_loop()

            def say(text: str) -> None:
                loop.call_soon_threadsafe(talk, text)

            load.require_local()
            loaded, self._worker = await asyncio.to_thread(self._start, say)
            self._loaded = loaded
            return loaded.identity

    def _start(self, talk: Callable[[str], None]) -> tuple[load.Loaded, Worker]:
        from gadfly.bot.inprocess.network import Network

        loaded = load.load(self._source(talk), self._name, self._dtype, talk)
        network = Network(loaded.model)
        network.check()
        self._used = self._limits or load.limits_for(network.device)
        ends = loaded.ends if self._used.stops else frozenset[int]()
        return loaded, Worker(network, ends, self._used)

    async def respond(self, call: Call) -> Completion:
        """Answer one call.

        Raises:
            ContextOverflow: Prompt and answer do not fit the context; nothing was computed.
            Unsupported: The labels cannot be told apart, or the chat template refuses.
            RespondentError: It is not open, or the computation failed.
        """
        if self._loaded is None or self._worker is None:
            raise RespondentError(f"{self._spec!r} is not open")
        started = time.perf_counter()
        request = call.request
        prompt = self._loaded.chat.prompt(request)
        if request.kind == "reply":
            found = await self._reply(self._worker, self._loaded, call, prompt)
        elif request.kind == "labels":
            found = await self._labels(self._worker, self._loaded, request, prompt)
        else:
            found = await self._score(self._worker, self._loaded, request, prompt)
        return replace(found, latency_ms=(time.perf_counter() - started) * 1000.0)

    async def stream(
        self,
        call: Call,
        on_text: Callable[[str], None],
        on_thought: Callable[[str], None] | None = None,
    ) -> Completion:
        """Answer one call token by token; see `respondent.Streaming`.

        Raises:
            ContextOverflow, Unsupported, RespondentError: As `respond`.
        """
        if self._loaded is None or self._worker is None:
            raise RespondentError(f"{self._spec!r} is not open")
        if call.request.kind != "reply":
            raise Unsupported(f"{self._spec!r} streams replies only")
        started = time.perf_counter()
        prompt = self._loaded.chat.prompt(call.request)
        voice = Voice(on_text, on_thought)
        if prompt.opens_reasoning:
            voice.say(OPEN)
        begun = prompt.tokens if call.request.prefill else ()
        decoder = Decoder(self._loaded.chat, begun)
        loop = asyncio.get_running_loop()

        def hear(token: int) -> None:
            if piece := decoder.feed(token):
                voice.say(piece)

        def on_token(token: int) -> None:
            # The loop may have been closed in mid-answer.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(hear, token)

        found = await self._reply(self._worker, self._loaded, call, prompt, on_token)
        return replace(found, latency_ms=(time.perf_counter() - started) * 1000.0)

    async def _reply(
        self,
        worker: Worker,
        loaded: load.Loaded,
        call: Call,
        prompt: Prompt,
        on_token: Callable[[int], None] | None = None,
    ) -> Completion:
        sampling = call.request.sampling
        self._fits(loaded, len(prompt.tokens), sampling.max_tokens)
        job = Write(prompt.tokens, sampling, call.seed, on_token=on_token)
        worker.submit(job)
        written, finish = await asyncio.wrap_future(job.future)
        said = written[:-1] if finish == "stop" else written
        text = loaded.chat.decode(said, after=prompt.tokens if call.request.prefill else ())
        reasoning, reply = split_reasoning(OPEN * prompt.opens_reasoning + text)
        return Completion(
            text=reply,
            reasoning=reasoning,
            finish=finish,
            usage=Usage(prompt_tokens=len(prompt.tokens), completion_tokens=len(written)),
        )

    async def _labels(
        self, worker: Worker, loaded: load.Loaded, request: Request, prompt: Prompt
    ) -> Completion:
        fed, first = loaded.chat.labels(prompt, request.options)
        self._fits(loaded, len(prompt.tokens), 1)
        line = Line(prompt.tokens[:fed], range(fed - 1, fed))
        job = Read((line,), ((tuple(first.values()),),))
        worker.submit(job)
        [[values]] = await asyncio.wrap_future(job.future)
        return Completion(
            logprobs=dict(zip(first, values, strict=True)),
            usage=Usage(prompt_tokens=fed, completion_tokens=1),
        )

    async def _score(
        self, worker: Worker, loaded: load.Loaded, request: Request, prompt: Prompt
    ) -> Completion:
        start = len(prompt.tokens)
        # Tokenised by itself: that is how the model would have to say it after the prompt.
        texts = {option: loaded.chat.encode(option) for option in request.options}
        for option, tokens in texts.items():
            if not tokens:
                raise ConfigError(f"a reply to score is empty: {option!r}")
            self._fits(loaded, start, len(tokens))
        job = Read(
            tuple(
                Line(prompt.tokens + t[:-1], range(start - 1, start + len(t) - 1))
                for t in texts.values()
            ),
            tuple(tuple((token,) for token in t) for t in texts.values()),
        )
        worker.submit(job)
        found = await asyncio.wrap_future(job.future)
        return Completion(
            logprobs={
                option: sum(value for (value,) in values)
                for option, values in zip(texts, found, strict=True)
            },
            lengths={option: len(tokens) for option, tokens in texts.items()},
            usage=Usage(prompt_tokens=start + sum(len(t) for t in texts.values())),
        )

    def _fits(self, loaded: load.Loaded, prompt: int, answer: int) -> None:
        if prompt + answer > loaded.context_tokens:
            raise ContextOverflow(
                f"{prompt} prompt tokens and {answer} for the answer do not fit the "
                f"{loaded.context_tokens} tokens of {self._spec!r}"
            )

    async def aclose(self) -> None:
        """Stop the worker and free the model; whoever still waits gets a RespondentError."""
        async with self._opening:
            worker, self._worker, self._loaded = self._worker, None, None
            if worker is not None:
                await asyncio.to_thread(worker.close)


def in_process(name: str, *, dtype: str | None = None) -> InProcess:
    """Build the respondent of `smollm2` or `hf:NAME`; nothing is loaded before `open`.

    Raises:
        ConfigError: The spec is neither.
    """
    if name == "smollm2":
        return InProcess(
            name,
            weights.smollm2_folder,
            name=weights.MODEL_NAME,
            readout="likelihood",
            dtype=dtype,
        )
    scheme, _, rest = name.partition(":")
    if scheme != "hf" or not rest:
        raise ConfigError(f"not a model for this process: {name!r}; use smollm2 or hf:NAME")
    return InProcess(name, lambda talk: load.find(rest, talk), name=load.shown(rest), dtype=dtype)
