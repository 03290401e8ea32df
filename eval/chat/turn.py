"""What a session is made of: turns in a tree, branches that name its tips, and the setup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gadfly.bot.call import Sampling
from gadfly.bot.secret import without_secrets
from gadfly.scenarios.persona import PERSONAS

if TYPE_CHECKING:
    from gadfly.bot.completion import Finish

Status = Literal["streaming", "finished", "stopped", "interrupted", "failed", "planted"]
"""`streaming`: being written now. `stopped`: by the user, what had come is kept. `interrupted`:
connection or process died in mid-reply, what had come is kept. `failed`: nothing came. `planted`:
put into the history by a probe, the model never said it."""
WHOLE: frozenset[Status] = frozenset({"finished"})
"""Statuses whose stance is measured by default."""
SPOKEN: frozenset[Status] = frozenset({"finished", "stopped", "interrupted", "planted"})
"""Statuses of replies the dialogue goes on from."""

MarkKind = Literal[
    "fork", "edit", "paraphrase", "push", "confront", "argument", "swap", "persona", "probe"
]
LETTERS: dict[MarkKind, str] = {
    "fork": "F",
    "edit": "E",
    "paraphrase": "P",
    "push": "U",
    "confront": "C",
    "argument": "A",
    "swap": "S",
    "persona": "D",
    "probe": "Q",
}
"""One letter per intervention, for plots and lists."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the user did with a turn, beyond writing it."""

    kind: MarkKind
    detail: str = ""
    """Which one: "wording:2", "strong for a", "3 vs 8", "from 8", "bare"."""

    @property
    def letter(self) -> str:
        """Its letter on the time axis."""
        return LETTERS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Who answers, and how; a change holds from the next reply on."""

    model: str
    """Respondent spec, e.g. "smollm2", "spar:http://127.0.0.1:8000/v1#m"."""
    system: str = ""
    persona: str = ""
    """A name of `scenarios.persona.PERSONAS`, or free words that fit into "answer as ... would"."""
    sampling: Sampling = field(default_factory=lambda: Sampling(max_tokens=512))

    def __post_init__(self) -> None:
        """Keep what is secret in an address out of the session and its exports."""
        object.__setattr__(self, "model", without_secrets(self.model))

    @property
    def prompt(self) -> str:
        """The whole system prompt: the system text, then who to answer as."""
        return "\n\n".join(filter(None, (self.system.strip(), told(self.persona))))


def told(persona: str) -> str:
    """Return the instruction to answer as a persona, "" for none."""
    if not persona:
        return ""
    if persona in PERSONAS:
        return PERSONAS[persona].told
    return f"From now on, until I say otherwise, answer as {persona} would."


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One utterance; immutable once it is no longer streaming."""

    id: int
    """Unique in its session, ascending in time."""
    parent: int | None
    """The turn it follows; None for a first one."""
    role: Literal["user", "assistant"]
    text: str
    status: Status = "finished"
    number: int
    """Exchange number on its thread, from 1: a question and its reply share it. It is what is
    shown, what `/fork 8` means and the x-axis of every plot."""
    marks: tuple[Mark, ...] = ()
    """Interventions; the user's turns only."""
    setup: Setup | None = None
    """What produced a reply; None for the user's turns."""
    request: str = ""
    """Hex digest of what was asked for a reply; equal where the same was asked again."""
    draw: int = 0
    """Which sample of the same request it is: 0 for the first, then one per regeneration."""
    call: str = ""
    """Hex key of the reply's model call in the session's store; "" where none was made."""
    identity: str = ""
    """Hex digest of the identity of who replied."""
    finish: Finish = "stop"
    """"length": cut at the limit of tokens; "filtered": withheld by the provider."""
    problem: str = ""
    """Why it was interrupted or failed."""
    tokens: int = 0
    """Tokens of the reply as the respondent counts them; 0 where it does not say."""
    seconds: float = 0.0
    """From sending to the last token."""
    first_s: float | None = None
    """From sending to the first text; None where none came."""
    made: float = 0.0
    """When it was begun, in seconds since 1970."""

    @property
    def is_whole(self) -> bool:
        """Whether it is a reply that came to its end, and so is measured."""
        return self.role == "assistant" and self.status in WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A name for the tip of a thread."""

    name: str
    """"main", then "b2", "b3" … or what the user called it."""
    head: int | None
    """Its last turn; None while it is empty."""
    origin: int | None = None
    """The turn it was forked from; None for one that begins at the beginning."""
