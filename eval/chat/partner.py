"""The partner of a dialogue, without a screen: sends, streams, stops, forks, measures.

The terminal UI and the line mode are clients of it. All methods run on one event loop; one reply
is written at a time, and reads off the record wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gadfly.bot.proposition import Side
    from gadfly.bot.registry import RespondentConfig
    from gadfly.bot.respondent import Capabilities, ReadoutName
    from gadfly.eval.chat.event import Event
    from gadfly.eval.chat.gauge import Conflict, Measures
    from gadfly.eval.chat.respondents import Respondents
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.topic import Argument, Topic
    from gadfly.eval.chat.turn import Branch, Mark, Setup, Turn
    from gadfly.eval.store import StoredCall
    from gadfly.scenarios.phrase import PushKind


class Partner:
    """One dialogue that is going on.

    Every method that asks for a reply returns the reply's turn when it has ended, well or badly:
    what went wrong is in its `status` and in the event that said so. Only what the user can mend
    by asking otherwise is raised (`ConfigError`), before anything is sent.
    """

    def __init__(
        self,
        session: Session,
        listen: Callable[[Event], None],
        *,
        respondents: Respondents | None = None,
        config: RespondentConfig | None = None,
        readout: ReadoutName | None = None,
        measures: bool = True,
    ) -> None:
        """Build a partner; nothing is reached before `open`.

        Args:
            session: What is said is kept here; the partner does not close it.
            listen: Told every event, on the event loop; must not block.
            respondents: Models that are open already, shared with other partners; its own if None.
            config: How models are reached (keys, timeouts).
            readout: How stance is read; None decides by what the model can do, once.
            measures: Whether replies are measured off the record of their own accord.
        """
        raise NotImplementedError

    # state

    @property
    def session(self) -> Session:
        """What has been said."""
        raise NotImplementedError

    @property
    def is_replying(self) -> bool:
        """Whether a reply is being asked for or written."""
        raise NotImplementedError

    @property
    def capabilities(self) -> Capabilities | None:
        """What the present model can do; None before it is open."""
        raise NotImplementedError

    def measures(self, branch: str | None = None) -> tuple[Measures, ...]:
        """Return what is known of each reply of a branch, in order; stopped ones are among them."""
        raise NotImplementedError

    def conflicts(self, branch: str | None = None) -> tuple[Conflict, ...]:
        """Return the pairs of answers on a branch that are in conflict, the latest first."""
        raise NotImplementedError

    # beginning and end

    async def open(self) -> bool:
        """Reach the present model, telling `Loading` and `Ready` or `Failed`; False if it failed.

        Called by `send` where it has not been; called again, it tries again.
        """
        raise NotImplementedError

    async def aclose(self) -> None:
        """Stop everything; idempotent. A reply that is being written is kept as stopped."""
        raise NotImplementedError

    # replies

    async def send(self, text: str, *, marks: Sequence[Mark] = ()) -> Turn:
        """Say something on the branch in use and have it replied to.

        Raises:
            ConfigError: Nothing is said, or a reply is being written.
        """
        raise NotImplementedError

    def stop(self) -> bool:
        """Stop the reply that is being written, and a probe; False where there is neither."""
        raise NotImplementedError

    async def regenerate(self, turn: int | None = None) -> Turn:
        """Draw a reply once more, as a sibling (the last reply by default); a failed one, too.

        The last reply's branch moves to the new draw (`choose` goes back); an earlier one's is
        left as it is and a new branch is made.
        """
        raise NotImplementedError

    async def retry(self) -> Turn:
        """Send the last message again that got no reply at all."""
        raise NotImplementedError

    async def go_on(self, turn: int | None = None) -> Turn:
        """Have a stopped or interrupted reply continued where it broke off (the last by default).

        Raises:
            ConfigError: The reply is whole, or the model cannot continue a given text.
        """
        raise NotImplementedError

    def choose(self, turn: int) -> None:
        """Go back to another draw of the last reply."""
        raise NotImplementedError

    async def edit(self, turn: int, text: str, *, name: str = "") -> Turn:
        """Say something else in place of an earlier message of the user's, on a new branch."""
        raise NotImplementedError

    def fork(self, turn: int | None, name: str = "") -> Branch:
        """Make a branch that goes on after a turn (None: from the beginning), and use it."""
        raise NotImplementedError

    def use(self, setup: Setup) -> None:
        """Have another model, persona or sampling answer from the next reply on."""
        raise NotImplementedError

    def set_topic(self, topic: Topic | None) -> None:
        """Talk about something else from here on, as far as meters are concerned."""
        raise NotImplementedError

    # interventions

    async def ask(self, wording: int = 0, *, branch: bool = False) -> Turn:
        """Put the question of the topic, in one of its wordings; on a branch from the beginning.

        With `branch` the fork is from the turn before the last exchange, so that the present
        thread stays as it is.
        """
        raise NotImplementedError

    def challenge(self, conflict: Conflict) -> str:
        """Return the text that puts a conflict to the partner, for the user to edit."""
        raise NotImplementedError

    async def confront(self, conflict: Conflict | None = None, text: str = "") -> Turn:
        """Put two of its answers to it that are in conflict: the latest pair by default.

        Raises:
            ConfigError: No two answers on this branch are in conflict.
        """
        raise NotImplementedError

    async def argue(self, argument: Argument) -> Turn:
        """Put an argument of the topic's bank, ending as every challenge ends."""
        raise NotImplementedError

    async def push(self, kind: PushKind = "bare") -> Turn:
        """Disagree without a reason: bare, insistence, authority, emotion, consensus."""
        raise NotImplementedError

    async def swap(self) -> Turn:
        """Swap sides: it is to argue for the side opposite to the one it is on."""
        raise NotImplementedError

    async def devil(self) -> Turn:
        """Have it play devil's advocate, and put the question again."""
        raise NotImplementedError

    def persona(self, who: str) -> None:
        """Have it answer as somebody from the next reply on; "" takes the persona away."""
        raise NotImplementedError

    async def probe(self, name: str, arm: str = "", *, here: bool = False) -> str:
        """Hand the keyboard to a probe: what it says is said in the session, on a new branch.

        Args:
            name: Of a probe (`gadfly probes list`).
            arm: Name of one of its arms, "name/variant" for one of several; the first by default.
            here: Go on from the branch in use instead of from the beginning.

        Returns:
            Why it ended: "" when it came to its end.
        """
        raise NotImplementedError

    # measuring and looking closer

    async def measure(self, turn: int | None = None) -> Measures:
        """Measure a reply now (the last one by default), however it ended, and wait for it."""
        raise NotImplementedError

    async def measured(self) -> None:
        """Wait until nothing is left to be measured."""
        raise NotImplementedError

    def cancel_measuring(self) -> None:
        """Drop every read that is under way or waiting; what is in is kept."""
        raise NotImplementedError

    def evidence(self, turn: int) -> tuple[StoredCall, ...]:
        """Return the model calls behind a reply's stance: prompts, options, answers."""
        raise NotImplementedError

    def reasoning(self, turn: int) -> str:
        """Return what the model thought before a reply, "" where it showed nothing."""
        raise NotImplementedError

    def label(
        self, verdicts: str, *, note: str = "", annotator: str = "", branch: str | None = None
    ) -> None:
        """Label a whole dialogue: "satisfactory", or what was wrong ("dogmatic formulaic").

        Raises:
            ConfigError: That is no label, or nothing has been said yet.
        """
        raise NotImplementedError

    async def debrief(self, branch: str | None = None) -> str:
        """Return what the dialogue came to, as Markdown: what moved it, conflicts, open points."""
        raise NotImplementedError

    def side(self) -> Side | None:
        """Return the side it is on by what was last read or said; None where it took none."""
        raise NotImplementedError
