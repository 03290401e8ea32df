"""What a partner tells whoever watches it: the terminal UI, the line mode, a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gadfly.eval.chat.gauge import Measures
    from gadfly.eval.chat.turn import Turn

FailureKind = Literal["unreachable", "interrupted", "context", "busy", "setup", "store", "refused"]
"""`unreachable`: no answer came. `interrupted`: the connection died in mid-reply. `context`: the
dialogue does not fit the model. `busy`: rate limit. `setup`: wrong model, key or option. `store`:
the session cannot be written. `refused`: the server would not answer for another reason."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth a line."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """A model is being fetched, loaded or reached."""

    model: str
    text: str
    """What is being done, in a short sentence."""
    seconds: float
    """Since it began; the event comes again every second."""
    share: float | None = None
    """How much of it is done, in [0, 1]; None where nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A model can be asked."""

    model: str
    name: str
    """The model as it calls itself."""
    notes: tuple[str, ...] = ()
    """What it cannot do and what that means, a sentence each."""


@dataclass(frozen=True, slots=True)
class Started:
    """The user's turn is on disk and a reply to it is being asked for."""

    asked: Turn
    """The user's turn."""
    reply: Turn
    """The reply, still empty, status "streaming"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """No text of the reply has come yet; comes every second until it does, and at every step."""

    turn: int
    seconds: float
    thought: int = 0
    """Pieces of reasoning that have come meanwhile; 0 where it does not reason, or keeps silent."""
    doing: str = ""
    """What a sparring partner is doing: "weighing your reason", "writing: 34 words"; "" for
    others."""


@dataclass(frozen=True, slots=True)
class Delta:
    """A further piece of the reply, as it came: pass it through `foreign.printable` to show it."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The reply is whole and committed. Its text is what counts, deltas were a preview."""

    reply: Turn


@dataclass(frozen=True, slots=True)
class Stopped:
    """The user stopped the reply; what had come is kept."""

    reply: Turn
    give_back: str = ""
    """The user's text, where nothing had come: the turn is off the branch, the text goes back
    into the prompt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No reply, or none that is whole; what had come is kept."""

    kind: FailureKind
    problem: str
    """What happened, to what."""
    advice: str
    """What to do about it."""
    reply: Turn | None = None
    """None where not even the user's turn could be saved."""
    give_back: str = ""
    """As in `Stopped`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measuring:
    """Off-record reads are under way, or wait for the user's next message to be answered."""

    turn: int
    waiting: int
    """Replies still to be measured, this one included."""
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a reply has changed: at once when it ends, again when its read is in."""

    measures: Measures


@dataclass(frozen=True, slots=True)
class Changed:
    """The tree, the branch in use, the setup or the title is another one now: draw them again."""


Event = (
    Notice
    | Loading
    | Ready
    | Started
    | Waiting
    | Delta
    | Finished
    | Stopped
    | Failed
    | Measuring
    | Measured
    | Changed
)
