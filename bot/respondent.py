"""The seam between Gadfly and whatever answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.call import Call
    from gadfly.bot.completion import Completion
    from gadfly.bot.identity import Identity

ReadoutName = Literal["sampled", "logprob", "likelihood"]
FIRST_OPTION_NOTE = (
    "Stances are read as the likelihood of full statements: asked to choose from a list, this "
    "model takes whatever is listed first."
)
"""Why the default model needs the likelihood readout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a respondent can do, found out once in `open`; `notes` are shown to the user."""

    labels: bool
    """Can report label log-probabilities (requests of kind "labels")."""
    score: bool
    """Can score whole replies (requests of kind "score")."""
    prefill: bool
    """Can continue an answer that was begun for it."""
    streaming: bool = False
    """Can hand over a reply while it is written (`Streaming`)."""
    seeds: bool = False
    """Honours a per-request seed."""
    context_tokens: int | None = None
    """Longest prompt plus answer, where known."""
    concurrency: int = 32
    """Requests in flight that serve it best; a default, the user's setting wins."""
    readout: ReadoutName | None = None
    """The readout this respondent is known to need; `auto` takes it and says so."""
    readout_note: str = ""
    """Why it needs that readout, as a sentence; said where that readout is used."""
    notes: tuple[str, ...] = ()
    """One sentence each: what it cannot do and what that means."""

    def why(self, readout: ReadoutName | None) -> tuple[str, ...]:
        """Return why it needs that readout; nothing where it does not, or nothing is known."""
        return (self.readout_note,) if self.readout_note and readout == self.readout else ()


@runtime_checkable
class Respondent(Protocol):
    """Whatever answers: a served model, an in-process model, a simulant, a sparring bot.

    Safe to call from many tasks of one event loop at once.
    """

    @property
    def spec(self) -> str:
        """The string that names it, with secrets left out."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can do; valid after `open`."""
        ...

    async def open(self, talk: Callable[[str], None]) -> Identity:
        """Load or connect, find out capabilities, and say who it is.

        Idempotent. `talk` is told, in short sentences, what takes time ("loading weights").

        Raises:
            ConfigError: The spec names something that cannot exist (wrong model name).
            RespondentError: It cannot be reached or started.
        """
        ...

    async def respond(self, call: Call) -> Completion:
        """Answer one call.

        Raises:
            RespondentError: No answer could be had; never a made-up one.
        """
        ...

    async def aclose(self) -> None:
        """Free everything; idempotent, safe after a failed `open`."""
        ...


@runtime_checkable
class Streaming(Protocol):
    """A respondent that can hand over a reply while it is written (`Capabilities.streaming`)."""

    async def stream(
        self,
        call: Call,
        on_text: Callable[[str], None],
        on_thought: Callable[[str], None] | None = None,
    ) -> Completion:
        """Answer a call of kind "reply", handing over its text piece by piece as it comes.

        Args:
            call: What is asked; the same completion comes of it as by `respond`.
            on_text: Told each piece, on the event loop. A preview: what counts is the completion,
                and what was told is void when an error is raised.
            on_thought: Told each piece of reasoning that comes before the text.

        Cancelled, it stops the answer at its source.

        Raises:
            Unsupported: It does not stream, or the call asks for no reply.
            RespondentError: No answer could be had, or it broke off.
        """
        ...


@runtime_checkable
class Working(Protocol):
    """A respondent that works at a reply before any of it can be shown, and says at what."""

    async def work(self, call: Call, on_step: Callable[[str], None]) -> Completion:
        """Answer a call of kind "reply", saying in a few words whatever is begun.

        Args:
            call: What is asked; the same completion comes of it as by `respond`.
            on_step: Told each step, on the event loop: "weighing your reason". What follows a
                colon is progress within the step: "writing: 34 words".

        Raises:
            RespondentError: As `Respondent.respond`.
        """
        ...


async def streamed(
    respondent: Respondent,
    call: Call,
    on_text: Callable[[str], None],
    on_thought: Callable[[str], None] | None = None,
    on_step: Callable[[str], None] | None = None,
) -> Completion:
    """Answer a call piece by piece where the respondent can, else all at once.

    One that is `Working` says meanwhile what it does.

    Raises:
        RespondentError: As `Streaming.stream`.
    """
    if on_step is not None and isinstance(respondent, Working):
        completion = await respondent.work(call, on_step)
        on_text(completion.text)
        return completion
    if respondent.capabilities.streaming and isinstance(respondent, Streaming):
        return await respondent.stream(call, on_text, on_thought)
    completion = await respondent.respond(call)
    if completion.text:
        on_text(completion.text)
    return completion
