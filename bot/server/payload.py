"""Builds request bodies from calls; what a server can do decides which fields are sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gadfly.bot.call import Call
    from gadfly.bot.message import Conversation

TOP = 20
"""Most alternatives OpenAI's API and vLLM report per token."""

CONTINUE: dict[str, Any] = {"continue_final_message": True, "add_generation_prompt": False}
"""Makes vLLM and its kin go on with the last assistant message instead of starting a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What one server understands, as found out when it was opened."""

    model: str
    limit_field: str = "max_tokens"
    """Newer hosted models take only ``max_completion_tokens``."""
    sends_seed: bool = False
    sends_usage_option: bool = False
    """Whether streams accept ``stream_options`` (the token counts come last)."""
    top: int = 0
    """Alternatives reported per token; 0 where there are no log-probabilities."""
    exact_ids: bool = False
    """Whether `logprob_token_ids` works: log-probabilities of exactly the tokens asked for."""
    constrains: bool = False
    """Whether ``structured_outputs`` holds a reply to one of a few."""

    def base(self, conversation: Conversation, limit: int) -> dict[str, Any]:
        """Return the fields of every request."""
        return {
            "model": self.model,
            "messages": messages(conversation),
            self.limit_field: limit,
        }

    def reply(self, call: Call) -> dict[str, Any]:
        """Return the body for a free-text reply."""
        request = call.request
        sampling = request.sampling
        body = self.base(request.conversation, sampling.max_tokens)
        body["temperature"] = sampling.temperature
        body["top_p"] = sampling.top_p
        if self.sends_seed and sampling.temperature > 0.0:
            body["seed"] = call.seed
        if self.constrains and request.options:
            body["structured_outputs"] = {"choice": list(request.options)}
        return _begun(body, request.prefill)

    def labels(self, call: Call, ids: tuple[int, ...]) -> dict[str, Any]:
        """Return the body for a one-token read, of given token ids or of the likeliest tokens."""
        request = call.request
        body = self.base(request.conversation, 1)
        body["temperature"] = 0.0
        body["logprobs"] = True
        if ids:
            body["logprob_token_ids"] = ids
            body["return_tokens_as_token_ids"] = True
        else:
            body["top_logprobs"] = self.top
        return _begun(body, request.prefill)

    def score(self, conversation: Conversation, option: str) -> dict[str, Any]:
        """Return the body that has one whole reply scored as part of the prompt."""
        body = self.base(conversation, 1)
        body["temperature"] = 0.0
        body["prompt_logprobs"] = 0
        return _begun(body, option)

    def tokenize(self, conversation: Conversation, begun: str = "") -> dict[str, Any]:
        """Return the body that has the prompt of a conversation tokenized."""
        body = {"model": self.model, "messages": messages(conversation)}
        return _begun(body, begun)


def messages(conversation: Conversation) -> list[dict[str, str]]:
    """Return the conversation as the wire has it."""
    return [{"role": m.role, "content": m.text} for m in conversation.messages]


def _begun(body: dict[str, Any], start: str) -> dict[str, Any]:
    """Add the start of an answer to a body, if there is one."""
    if start:
        body["messages"].append({"role": "assistant", "content": start})
        body.update(CONTINUE)
    return body
