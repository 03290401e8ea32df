"""One dialogue of a screen: its session, made when something is said, and its partner."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

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


class Talk:
    """What a screen talks to.

    Until something is said there is no session, only the setup and the topic it will have: an
    empty session would only stand in the list.
    """

    def __init__(  # noqa: PLR0913 - what a dialogue is made of
        self,
        *,
        setup: Setup,
        listen: Callable[[Event], None],
        respondents: Respondents,
        sessions: Sessions,
        topic: Topic | None = None,
        readout: ReadoutName | None = None,
        blind: bool = False,
        title: str = "",
    ) -> None:
        """Prepare a new dialogue; nothing is made or reached yet."""
        self._setup = setup
        self._topic = topic
        self._listen = listen
        self._respondents = respondents
        self._sessions = sessions
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
            session = self._sessions.new(self._setup, self._topic, title=self._title)
            session.head.blind = self._blind
            session.save()
            self._take(session)
        assert self.partner is not None
        return self.partner

    def resume(self, name: str) -> Partner:
        """Open a session that is there and return its partner.

        Raises:
            ConfigError: There is none of that name.
            StoreError: It cannot be opened.
        """
        self._take(self._sessions.open(name))
        assert self.partner is not None
        return self.partner

    def _take(self, session: Session) -> None:
        from gadfly.eval.chat.partner import Partner

        self.session = session
        self.partner = Partner(
            session, self._listen, respondents=self._respondents, readout=self._readout
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

    async def aclose(self) -> None:
        """Stop what is going on and let go of the session; idempotent."""
        partner, session = self.partner, self.session
        if session is not None:
            self._setup, self._topic = replace(session.setup), session.topic
        self.partner = self.session = None
        if partner is not None:
            await partner.aclose()
        if session is not None:
            session.close()
