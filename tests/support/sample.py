"""One made-up scenario family with every block, and a respondent that answers from a script."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot.completion import Completion, Usage
from gadfly.bot.identity import Identity
from gadfly.bot.respondent import Capabilities
from gadfly.scenarios.loader import load_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.call import Call
    from gadfly.scenarios.scenario import Scenario

FILE = Path(__file__).with_name("sample.yaml")


def sample(name: str = "bridge") -> Scenario:
    """Return the family `sample.NAME`."""
    return next(s for s in samples() if s.id == f"sample.{name}")


def samples() -> tuple[Scenario, ...]:
    """Return all made-up families: every block and every kind of item is in one of them."""
    return load_file(FILE)


def agrees(call: Call) -> Completion:
    """Answer every call for the first side: yes, the first option, the first statement."""
    options = call.request.options
    if call.request.kind == "reply":
        usage = Usage(prompt_tokens=10, completion_tokens=5)
        return Completion(text="Yes, that is right.", usage=usage)
    return Completion(
        logprobs={o: -1.0 - i for i, o in enumerate(options)}, lengths=dict.fromkeys(options, 5)
    )


ABLE = Capabilities(labels=True, score=True, prefill=True, seeds=True, readout="likelihood")


@dataclass
class Scripted:
    """A respondent that answers by a function and counts what it is asked."""

    answer: Callable[[Call], Completion] = agrees
    model: str = "scripted"
    capabilities: Capabilities = ABLE
    spec: str = "scripted"
    asked: Counter[bytes] = field(default_factory=Counter)
    closed: bool = False

    async def open(self, talk: Callable[[str], None]) -> Identity:
        """Be who `model` says."""
        talk("opening")
        return Identity(model=self.model)

    async def respond(self, call: Call) -> Completion:
        """Answer by the function."""
        self.asked[call.key] += 1
        return self.answer(call)

    async def aclose(self) -> None:
        """Note that it was closed."""
        self.closed = True
