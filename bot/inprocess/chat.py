"""From conversations to token ids and back: one model's chat template and tokenizer.

Used from the event loop's thread only; the worker sees token ids and nothing else.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError, RespondentError, Unsupported

if TYPE_CHECKING:
    from gadfly.bot.call import Request

_CONTEXT = 8
"""Tokens before an answer that the first ones of it are decoded with."""
_ENDS = ("<|im_end|>", "<|eot_id|>", "<|end_of_turn|>", "<end_of_turn>", "<|endoftext|>", "</s>")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request as token ids."""

    text: str
    tokens: tuple[int, ...]
    opens_reasoning: bool
    """The template itself wrote the opening tag of the reasoning."""


class Chat:
    """A tokenizer with a chat template."""

    def __init__(self, tokenizer: Any, *, name: str) -> None:
        if not getattr(tokenizer, "chat_template", None):
            raise ConfigError(
                f"{name!r} has no chat template, so it cannot be asked in turns: use its instruct "
                "variant, or serve it with a template"
            )
        self._tokenizer = tokenizer
        self._name = name
        self.template_hash = hashlib.sha256(str(tokenizer.chat_template).encode()).hexdigest()[:16]

    def ends(self, configured: int | list[int] | None) -> frozenset[int]:
        """Return the tokens that end a turn: the configured ones and known marks.

        Many models are published with the end of the *document* configured and would run on.
        """
        known = [configured] if isinstance(configured, int) else list(configured or ())
        found = {int(token) for token in known}
        if self._tokenizer.eos_token_id is not None:
            found.add(int(self._tokenizer.eos_token_id))
        added = self._tokenizer.get_added_vocab()
        found.update(added[mark] for mark in _ENDS if mark in added)
        return frozenset(found)

    def prompt(self, request: Request) -> Prompt:
        """Render a request up to where the answer (after the prefill) starts.

        Raises:
            RespondentError: There is nothing to answer.
            Unsupported: The model's template refuses this conversation.
        """
        messages = request.conversation.messages
        if not messages or messages[-1].role != "user":
            found = f"ends with {messages[-1].role!r}" if messages else "is empty"
            raise RespondentError(
                f"a conversation has to end with a user message to be answered; this one {found}"
            )
        # Reads are about the reply itself, so a template that can is told not to open reasoning.
        extra = {} if request.kind == "reply" else {"enable_thinking": False}
        from jinja2 import TemplateError

        try:
            text = self._tokenizer.apply_chat_template(
                [{"role": m.role, "content": _clean(m.text)} for m in messages],
                tokenize=False,
                add_generation_prompt=True,
                **extra,
            )
        except TemplateError as e:
            raise Unsupported(
                f"the chat template of {self._name!r} refuses this conversation: {e}"
            ) from e
        opens_reasoning = text.rstrip().endswith("<think>")
        text += _clean(request.prefill)
        return Prompt(text, self.encode(text), opens_reasoning)

    def encode(self, text: str) -> tuple[int, ...]:
        """Return the token ids of a text, special tokens taken as such, none added."""
        return tuple(self._tokenizer.encode(_clean(text), add_special_tokens=False))

    def decode(self, written: list[int], *, after: tuple[int, ...] = ()) -> str:
        """Return the text of written tokens, as it continues the tokens `after`."""
        if not after:
            return str(self._tokenizer.decode(written, skip_special_tokens=True))
        before = self._tokenizer.decode(after, skip_special_tokens=True)
        whole = self._tokenizer.decode([*after, *written], skip_special_tokens=True)
        return str(whole[len(before) :])

    def labels(self, prompt: Prompt, labels: tuple[str, ...]) -> tuple[int, dict[str, int]]:
        """Return how many prompt tokens to feed, and the token that starts each label after them.

        A label is tokenised where it stands: after "Answer:" the label " A" is one token, and
        after "Answer: " the space has to be given back to the label for it to be that token.

        Raises:
            Unsupported: Two labels start with the same token, or one is empty.
        """
        joined = {label: self.encode(prompt.text + label) for label in labels}
        fed = min(_shared(prompt.tokens, tokens) for tokens in joined.values())
        if any(len(tokens) <= fed for tokens in joined.values()):
            raise Unsupported(f"a label is empty: {labels!r}")
        first = {label: tokens[fed] for label, tokens in joined.items()}
        if len(set(first.values())) < len(first):
            raise Unsupported(
                f"labels that start with the same token cannot be told apart by it: {labels!r}"
            )
        return fed, first


class Decoder:
    """Turns the tokens of an answer into text while they are written.

    A character may take several tokens, and some tokenizers drop a leading space unless something
    stands before it, so a token is always decoded together with the ones before it.
    """

    def __init__(self, chat: Chat, after: tuple[int, ...] = ()) -> None:
        """Begin after the tokens `after`, of which no text is told."""
        self._chat = chat
        self._tokens = list(after[-_CONTEXT:])
        self._shown = 0
        """Start of the tokens that are decoded along."""
        self._told = len(self._tokens)
        """Tokens whose text has been told."""

    def feed(self, token: int) -> str:
        """Take one more token and return what can be told now, "" for nothing yet."""
        self._tokens.append(token)
        before = self._chat.decode(self._tokens[self._shown : self._told])
        now = self._chat.decode(self._tokens[self._shown :])
        if len(now) <= len(before) or now.endswith("\ufffd"):
            return ""
        self._shown, self._told = self._told, len(self._tokens)
        return now[len(before) :]


def _shared(left: tuple[int, ...], right: tuple[int, ...]) -> int:
    pairs = enumerate(zip(left, right, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(left), len(right)))


def _clean(text: str) -> str:
    """Replace lone surrogates, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode()
