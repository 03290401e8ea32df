"""A model of Inspect's as a respondent: the engine asks, Inspect generates."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gadfly.bot.completion import Completion, Finish, Usage
from gadfly.bot.errors import Unsupported
from gadfly.bot.identity import Identity
from gadfly.bot.reasoning import split_reasoning
from gadfly.bot.respondent import Capabilities
from gadfly.eval.sharing.inspect_log import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.call import Call

_MANY = 4096
"""Calls in flight: Inspect keeps to its own limits."""
_FINISH: dict[str, Finish] = {
    "stop": "stop",
    "max_tokens": "length",
    "model_length": "length",
    "content_filter": "filtered",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectModel:
    """Asks a model through Inspect: its providers, retries, limits, cache and log."""

    model: Any
    """An `inspect_ai.model.Model`."""

    @property
    def spec(self) -> str:
        """The model as Inspect names it."""
        return str(self.model)

    @property
    def capabilities(self) -> Capabilities:
        """What any model of Inspect's can do: reply."""
        return Capabilities(labels=False, score=False, prefill=False, seeds=True, concurrency=_MANY)

    async def open(self, talk: Callable[[str], None]) -> Identity:
        """Say who it is; Inspect has opened it."""
        return Identity(
            model=self.spec, server=f"inspect-ai-{importlib.metadata.version('inspect-ai')}"
        )

    async def respond(self, call: Call) -> Completion:
        """Answer one call.

        Errors are Inspect's own, for it to deal with: it has retried, and fails the sample.

        Raises:
            Unsupported: The call asks for log-probabilities.
        """
        from inspect_ai.model import GenerateConfig

        request, sampling = call.request, call.request.sampling
        if request.kind != "reply":
            raise Unsupported("models of Inspect are asked for replies only")
        done = await self.model.generate(
            [message(said.role, said.text) for said in request.conversation],
            config=GenerateConfig(
                temperature=sampling.temperature,
                # Some providers refuse to be given both.
                top_p=None if sampling.top_p == 1.0 else sampling.top_p,
                max_tokens=sampling.max_tokens,
                seed=call.seed,
            ),
        )
        return completion(done)

    async def aclose(self) -> None:
        """Leave it open: Inspect closes it."""


def completion(done: Any) -> Completion:
    """Return what came of a `ModelOutput` of Inspect's, reasoning split off."""
    content = done.choices[0].message.content if done.choices else ""
    parts = [] if isinstance(content, str) else content
    thought = "\n".join(part.reasoning for part in parts if part.type == "reasoning")
    split, text = split_reasoning(done.completion)
    usage = done.usage
    return Completion(
        text=text,
        reasoning=thought or split,
        finish=_FINISH.get(done.stop_reason, "other"),
        usage=Usage()
        if usage is None
        else Usage(prompt_tokens=usage.input_tokens, completion_tokens=usage.output_tokens),
        latency_ms=1000 * (done.time or 0.0),
    )
