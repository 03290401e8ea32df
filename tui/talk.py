"""One dialogue of a screen: its session, made when something is said, and its partner."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.respondent import ReadoutName
    from gadfly.eval.chat.event import Event
    from gadfly.eval.chat.partner import Partner
    from gadfly.eval.chat.respondents import Respondents
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.sessions import Sessions
    from gadfly.eval.chat.topic import Topic
    from gadfly.eval.chat.turn import Setup


class Kept(Protocol):
    """What all dialogues of a process share; made when first asked for."""

    @property
    def respondents(self) -> Respondents:
        """The models that are open."""
        ...

    @property
    def sessions(self) -> Sessions:
        """The user's sessions."""
        ...


class Talk:
    """What a screen talks to.

    Until a model is reached there is no session, only the setup and the topic it will have; a
    session in which nothing was said is taken away again.
    """

    def __init__(  # noqa: PLR0913 - what a dialogue is made of
        self,
        *,
        setup: Setup,
        listen: Callable[[Event], None],
        app: Kept,
        topic: Topic | None = None,
        readout: ReadoutName | None = None,
        blind: bool = False,
        title: str = "",
    ) -> None:
        """Prepare a new dialogue; nothing is made or reached yet."""
        self._setup = setup
        self._topic = topic
        self._listen = listen
        self._app = app
        self._readout = readout
        self._blind = blind
        self._title = title
        self.session: Session | None = None
        self.partner: Partner | None = None

    @property
    def setup(self) -> Setup:
        """Who answers next."""
        return self.session.setup if self.session is not None else self._setup

    @property
    def topic(self) -> Topic | None:
        """What it is about."""
        return self.session.topic if self.session is not None else self._topic

    @property
    def blind(self) -> bool:
        """Whether meters are hidden."""
        return self.session.head.blind if self.session is not None else self._blind

    @property
    def is_replying(self) -> bool:
        """Whether a reply is being written."""
        return self.partner is not None and self.partner.is_replying

    def begun(self) -> Partner:
        """Return the partner, making the session where there is none yet.

        Raises:
            StoreError: It cannot be written.
        """
        if self.partner is None:
            self._take(
                self._app.sessions.new(
                    self._setup, self._topic, title=self._title, blind=self._blind
                )
            )
        assert self.partner is not None
        return self.partner

    def resume(self, name: str) -> Partner:
        """Open a session that is there and return its partner.

        Raises:
            ConfigError: There is none of that name.
            StoreError: It cannot be opened.
        """
        self._take(self._app.sessions.open(name))
        assert self.partner is not None
        return self.partner

    def _take(self, session: Session) -> None:
        from gadfly.eval.chat.partner import Partner

        self.session = session
        self.partner = Partner(
            session, self._listen, respondents=self._app.respondents, readout=self._readout
        )

    def use(self, setup: Setup) -> None:
        """Have somebody else, or otherwise, answer from the next reply on."""
        self._setup = setup
        if self.partner is not None:
            self.partner.use(setup)

    def set_topic(self, topic: Topic | None) -> None:
        """Talk about something else from here on."""
        self._topic = topic
        if self.partner is not None:
            self.partner.set_topic(topic)

    def hide(self, *, blind: bool) -> None:
        """Hide the meters, or show them."""
        self._blind = blind
        if self.session is not None:
            self.session.head.blind = blind
            self.session.save()

    def shown(self) -> None:
        """Remember that the meters were seen: a label given later is not blind."""
        if self.session is not None and not self.session.head.was_open:
            self.session.head.was_open = True
            self.session.save()

    async def aclose(self) -> None:
        """Stop what is going on and let go of the session; idempotent."""
        partner, session = self.partner, self.session
        if session is not None:
            self._setup, self._topic = replace(session.setup), session.topic
        self.partner = self.session = None
        if partner is not None:
            await partner.aclose()
        if session is not None:
            name, is_empty = session.id, not session.turns
            session.close()
            if is_empty:
                self._app.sessions.delete(name)
