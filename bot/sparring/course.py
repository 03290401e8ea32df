"""The course of a spar: one message after the other, each turning a state into the next.

Pure but for what is injected: the respondent beneath (opening stance, statements) and the weigher.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.bot.message import opening
from gadfly.bot.proposition import other
from gadfly.bot.sparring import prompt
from gadfly.bot.sparring.bank import LEADS
from gadfly.bot.sparring.hearing import (
    MIN_WORDS,
    Heard,
    hear,
    is_near,
    role_of,
    stand_of,
    way_of,
)
from gadfly.bot.sparring.ledger import Claim, Concession, Ledger, OpenQuestion, Reason
from gadfly.bot.sparring.opening import ASSIGNED, read_opening, settled
from gadfly.bot.sparring.question import asserted, of_statements, propose, sentences
from gadfly.bot.sparring.sides import aligned, side_in
from gadfly.bot.sparring.state import Moved, State, Topic
from gadfly.bot.sparring.telling import tell
from gadfly.bot.sparring.weigher import said_before

if TYPE_CHECKING:
    from gadfly.bot.message import Message
    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.respondent import Capabilities
    from gadfly.bot.sparring.opening import Ask
    from gadfly.bot.sparring.state import Kind
    from gadfly.bot.sparring.weigher import Weigher

_WHY: dict[Kind, str] = {
    "asks": "It asked for a view and gave no reason.",
    "insists": "It disagreed and gave no reason; insistence counts for nothing.",
    "strays": "It does not bear on the question.",
    "unclear": "It did not say which side it is for, and could be for either.",
    "concedes": "It gave way and gave no reason.",
    "confronts": "It held two answers against each other and gave no reason for either side.",
    "recalls": "It asked what was said before.",
    "crux": "It asked what would change my mind.",
    "beside": "It asked what would not change my mind.",
    "aside": "It was about something else.",
    "assigns": "It set a role.",
}
_PRESSED = {
    "rank": "rank",
    "feeling": "feeling",
    "number": "the number of those who agree",
    "insistence": "insistence",
}
_GOES_ON = ("but ", "and ", "so ", "then ", "still ", "yet ", "what about ", "why ", "isn't ")
"""How a question begins that is part of an argument."""
_ANSWER_WORDS = 15
"""Most words of an answer to the question whom a reason is for."""
_SAME = 0.95
"""Share of a reason said before from which it is the same again."""
_TAKEN_UP = 0.15
"""Share of an objection's content words in a later message that makes it taken up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Attends to a conversation message by message."""

    ask: Ask
    capabilities: Capabilities
    weigher: Weigher

    async def attend(self, state: State, message: Message, at: int) -> State:
        """Return the state after one more message, the `at`-th of the conversation."""
        if message.role == "system":
            return self._told(state, message.text)
        if message.role == "assistant":
            return _said(state, message.text, at)
        return await self._hear(state, message.text, at)

    async def open_topic(self, state: State, about: Proposition, text: str) -> tuple[State, int]:
        """Return the state with a question opened, and its index; a known one is found again."""
        for i, topic in enumerate(state.topics):
            if topic.about.digest == about.digest:
                return state, i
        opened = await self._opened(state, about, text)
        return replace(state, topics=(*state.topics, opened)), len(state.topics)

    def _told(self, state: State, text: str) -> State:
        way, what = stand_of(text)
        role = role_of(text) or (f"someone who argues {way} {what}" if way else "")
        return replace(state, role=role or state.role, roles=(*state.roles, text))

    async def _opened(self, state: State, about: Proposition, text: str) -> Topic:
        assigned = _assigned(state, about)
        if assigned is not None:
            log_odds = ASSIGNED if assigned == "a" else -ASSIGNED
            how = f"The side was assigned: {state.role}."
            return Topic(about=about, ledger=Ledger(opening=log_odds), text=text, how=how)
        tell("taking a stance of its own")
        read = await read_opening(
            self.ask, self.capabilities, opening(" ".join(state.roles)), about
        )
        log_odds = settled(read, _drawn(about))
        how = f"Read from the model in several wordings and orders: log-odds {read:+.2f}."
        return Topic(about=about, ledger=Ledger(opening=log_odds), text=text, how=how)

    async def _hear(self, state: State, text: str, at: int) -> State:
        heard = hear(text)
        if heard.told:
            state = self._instructed(state, heard)
        about = await self._put(state, heard)
        if about is not None:
            return await self._asked(state, heard, about, at)
        if state.topic is None:
            return _noted(state, Moved(at=at, text=text, kind="aside", why=_WHY["aside"]))
        if heard.told and (heard.devil or heard.stand[0]):
            return self._assign(state, heard, at)
        if heard.told:
            state = await self._reopened(state)
        return await self._discuss(state, heard, text, at)

    async def _reopened(self, state: State) -> State:
        """Settle the stance on the question under discussion anew, for a role taken on since."""
        topic = state.topic
        assert topic is not None
        opened = await self._opened(state, topic.about, topic.text)
        return _with_ledger(state, replace(topic.ledger, opening=opened.ledger.opening))

    def _instructed(self, state: State, heard: Heard) -> State:
        """Take on a role; the questions already open keep their ledgers."""
        role = "devil's advocate" if heard.devil else role_of(heard.told)
        return replace(state, role=role or heard.told, roles=(*state.roles, heard.told))

    async def _put(self, state: State, heard: Heard) -> Proposition | None:
        """Return the proposition a message puts; None where it puts none."""
        if len(heard.listed) >= 2:
            options = [text for _, text in heard.listed]
            return of_statements(_before_list(heard.text), options[0], options[1])
        if heard.stand[0] and state.topic is None:
            opinion = propose(f"I think that {heard.stand[1]}")
            if opinion is not None:
                return opinion
        if heard.question is None and state.topic is None and not heard.told:
            opinion = asserted(heard.text)
            if opinion is not None:
                return opinion
        wanted = state.topic is None and heard.text.rstrip("\"' ").endswith("?")
        able = self.capabilities.readout != "likelihood"
        # A model that can put a question into two statements does so better than the rules.
        if (heard.question is not None or wanted) and able:
            known = _known(state, heard.question)
            if known is not None:
                return known
            asked = heard.question.question if heard.question is not None else heard.text
            tell("reading your question")
            pair = prompt.statements((await self.ask(prompt.state(asked))).text)
            if pair is not None:
                about = of_statements(asked, *pair)
                return replace(about, yes=heard.question.yes if heard.question else None)
        return heard.question

    async def _asked(self, state: State, heard: Heard, about: Proposition, at: int) -> State:
        """Take up a question: a known one, or a new one with a stance of its own."""
        for i, topic in enumerate(state.topics):
            if aligned(about, topic.about) is not None:
                state = replace(state, current=i)
                if heard.devil:
                    return self._assign(state, heard, at)
                moved = Moved(
                    at=at,
                    text=heard.text,
                    kind="asks",
                    before=state.credence,
                    after=state.credence,
                    why=_WHY["asks"],
                )
                return _noted(state, moved)
        state, i = await self.open_topic(state, about, heard.text)
        state = replace(state, current=i)
        if heard.devil:
            return self._assign(state, heard, at)
        topic = state.topics[i]
        moved = Moved(
            at=at, text=heard.text, kind="opens", after=topic.ledger.credence, why=topic.how
        )
        is_opinion = not heard.text.rstrip("\"' ").endswith("?") and not heard.listed
        if is_opinion and not heard.told:
            state = _claimed(state, "a", heard.text, at)
        return _noted(state, moved)

    def _assign(self, state: State, heard: Heard, at: int) -> State:
        """Put the bot on a side: opposite to the one it took, or the one it was told to argue."""
        topic = state.topic
        assert topic is not None
        before = topic.ledger.credence
        side = other(_last_said(state, topic))
        if heard.stand[0]:
            named = side_in(heard.stand[1], topic.about)
            if named is not None:
                side = named if heard.stand[0] == "for" else other(named)
        opened = topic.ledger.put_at(ASSIGNED if side == "a" else -ASSIGNED)
        state = _with_ledger(state, opened, how=f"The side was assigned: {state.role}.")
        moved = Moved(
            at=at,
            text=heard.text,
            kind="assigns",
            before=before,
            after=state.credence,
            why=_WHY["assigns"],
        )
        return _noted(state, moved)

    async def _discuss(self, state: State, heard: Heard, text: str, at: int) -> State:
        """Take in what is said about the question under discussion."""
        topic = state.topic
        assert topic is not None
        state = _with_ledger(state, _taken_up(topic.ledger, text, at))
        plain = _about_the_exchange(heard)
        if plain is not None:
            return self._unmoved(state, text, at, plain)
        if heard.grants and state.moves and state.moves[-1].kind in ("crux", "beside"):
            return self._granted(state, text, at)
        if heard.withdraws and topic.ledger.of("user"):
            return self._withdrawn(state, text, at)
        asked_back = _asked_back(state)
        if asked_back is not None:
            meant = _meant(heard, text, topic)
            if meant is not None:
                return await self._argued(state, hear(asked_back), asked_back, meant, at)
        side = self._side(state, heard)
        if _changes_subject(heard, topic.about):
            return self._unmoved(state, text, at, "aside")
        if heard.argument:
            return await self._argued(state, heard, text, side, at)
        against = other(topic.ledger.side)
        return self._without_reason(state, heard, text, side or against, at)

    def _without_reason(self, state: State, heard: Heard, text: str, side: Side, at: int) -> State:
        """Take in a message that has nothing in it to weigh."""
        if heard.presses:
            how = " and ".join(_PRESSED[name] for name in heard.presses)
            kind: Kind = "insists" if heard.presses == ("insistence",) else "presses"
            return self._unmoved(
                state, text, at, kind, side, f"It leaned on {how} and gave no reason."
            )
        if heard.against:
            return self._unmoved(state, text, at, "insists", side)
        if heard.agrees or heard.concedes:
            state = _with_ledger(
                state, _ledger(state).conceded(Concession(at=at, by="user", text=text))
            )
            return self._unmoved(state, text, at, "concedes", _ledger(state).side)
        return self._unmoved(state, text, at, "asks" if heard.asks else "aside")

    def _side(self, state: State, heard: Heard) -> Side | None:
        """Return the side the user speaks for: as said outright, else as before, else None."""
        topic = state.topic
        assert topic is not None
        own = topic.ledger.side
        earlier = [c.side for c in topic.ledger.claims if c.by == "user"]
        if heard.against:
            return other(own)
        if heard.agrees:
            return own
        named = side_in(heard.argument, topic.about) if heard.argument else None
        return named or (earlier[-1] if earlier else None)

    async def _argued(
        self, state: State, heard: Heard, text: str, side: Side | None, at: int
    ) -> State:
        """Weigh a possible reason and enter it; ask back where nobody can tell its side."""
        topic = state.topic
        assert topic is not None
        ledger, about = topic.ledger, topic.about
        reason = heard.argument
        is_signed = heard.against or heard.agrees or heard.takes
        signed = is_signed or side_in(reason, about) is not None
        signed = signed or _asked_back(state) == text
        if not await self.weigher.bears(about, reason, signed=signed):
            return self._unmoved(state, text, at, "strays", side if signed else None)
        side = side or await self.weigher.direction(about, reason)
        if side is None:
            return self._unmoved(state, text, at, "unclear")
        # What earned no credit cannot be counted twice: put better, it is weighed again.
        counted = [r.text for r in ledger.reasons if r.side == side and r.weight > 0.0]
        novelty = await self.weigher.novelty(reason, counted)
        standing = [r.text for r in ledger.reasons if r.status != "withdrawn"]
        if novelty <= 0.0 or any(said_before(reason, r) >= _SAME for r in standing):
            why = "It had been said before; saying it again adds nothing."
            moved = self._unmoved(state, text, at, "repeats", side, why)
            return _claimed(moved, side, text, at)
        judged = await self.weigher.soundness(about, side, reason)
        entry = Reason(
            at=at,
            by="user",
            side=side,
            text=reason,
            soundness=judged.soundness,
            novelty=novelty,
            why=judged.why,
        )
        before = ledger.credence
        after = ledger.given(entry)
        if entry.verdict == "sound" and side != ledger.side:
            after = after.conceded(Concession(at=at, by="bot", text=reason))
        state = _claimed(_with_ledger(state, after), side, text, at)
        moved_by = Moved(
            at=at,
            text=text,
            kind="argues",
            side=side,
            before=before,
            after=after.credence,
            soundness=judged.soundness,
            novelty=novelty,
            verdict=entry.verdict,
            why=judged.why,
        )
        return _noted(state, moved_by)

    def _withdrawn(self, state: State, text: str, at: int) -> State:
        """Take out the reason whose premise falls: the likest one, of equals the last."""
        ledger = _ledger(state)
        standing = [r for r in ledger.of("user") if r.status != "withdrawn"]
        if not standing:
            return self._unmoved(state, text, at, "withdraws", why="Nothing was left to withdraw.")
        likest = max(reversed(standing), key=lambda r: said_before(text, r.text))
        after = ledger.withdrawn(likest.at)
        state = _with_ledger(state, after)
        moved = Moved(
            at=at,
            text=text,
            kind="withdraws",
            side=likest.side,
            before=ledger.credence,
            after=after.credence,
            why="A premise was taken back, and what it had moved came back with it.",
        )
        return _noted(state, moved)

    def _granted(self, state: State, text: str, at: int) -> State:
        """Follow what it said itself would change its mind; or would not."""
        ledger = _ledger(state)
        if state.moves[-1].kind == "beside":
            why = "It granted what I had called beside the point."
            return self._unmoved(state, text, at, "grants", why=why)
        named = state.replies[-1] if state.replies else text
        side = other(ledger.side)
        entry = Reason(
            at=at,
            by="user",
            side=side,
            text=named,
            soundness=1.0,
            why="It is what I said would change my mind.",
        )
        after = ledger.given(entry)
        state = _with_ledger(state, after)
        moved = Moved(
            at=at,
            text=text,
            kind="grants",
            side=side,
            before=ledger.credence,
            after=after.credence,
            soundness=1.0,
            novelty=1.0,
            verdict="sound",
            why=entry.why,
        )
        return _noted(state, moved)

    def _unmoved(
        self,
        state: State,
        text: str,
        at: int,
        kind: Kind,
        side: Side | None = None,
        why: str = "",
    ) -> State:
        """Enter a message that gives no reason: nothing moves."""
        if side is not None and kind in ("insists", "presses", "concedes"):
            state = _claimed(state, side, text, at)
        p = state.credence
        moved = Moved(
            at=at, text=text, kind=kind, side=side, before=p, after=p, why=why or _WHY[kind]
        )
        return _noted(state, moved)


def _asked_back(state: State) -> str | None:
    """Return the reason of which the bot has just asked whom it is for; None where it has not."""
    last = state.moves[-1] if state.moves else None
    return last.text if last is not None and last.kind == "unclear" else None


def _meant(heard: Heard, text: str, topic: Topic) -> Side | None:
    """Return the side that an answer says a reason is for; None where it is no such answer."""
    if len(text.split()) > _ANSWER_WORDS:
        return None
    own = topic.ledger.side
    way = "against" if heard.against else "for" if heard.agrees else way_of(text)
    if way:
        return own if way == "for" else other(own)
    return side_in(text, topic.about)


def _about_the_exchange(heard: Heard) -> Kind | None:
    """Return what a message does that speaks of the exchange itself, None for any other."""
    kinds: tuple[tuple[bool, Kind], ...] = (
        (heard.recalls, "recalls"),
        (heard.confronts, "confronts"),
        (heard.crux, "crux"),
        (heard.beside, "beside"),
        (heard.reminds, "asks"),
    )
    return next((kind for is_so, kind in kinds if is_so), None)


def _said(state: State, text: str, at: int) -> State:
    """Enter what the bot said: the side, its reasons and its questions to the user."""
    state = replace(state, replies=(*state.replies, text))
    topic = state.topic
    if topic is None or (state.moves and state.moves[-1].kind == "aside"):
        return state
    ledger = topic.ledger
    side = side_in(text, topic.about) or ledger.side
    ledger = ledger.claimed(Claim(at=at, by="bot", side=side, text=text))
    known = list(topic.about.texts)
    known += [move.text for move in state.moves]
    known += [frame for frames in LEADS.values() for frame in frames]
    for part in sentences(text):
        if len(part.split()) < MIN_WORDS or max(said_before(part, t) for t in known) > 0.6:
            continue
        if part.endswith("?"):
            ledger = ledger.asked(OpenQuestion(at=at, by="bot", text=part))
        elif is_reasoned(part):
            ledger = ledger.given(Reason(at=at, by="bot", side=side, text=part))
    return _with_ledger(state, ledger)


def is_reasoned(sentence: str) -> bool:
    """Tell whether a sentence of a reply is about the matter and not about the exchange."""
    low = f" {sentence.lower()} "
    exchange = (" i ", " i'", " me ", " my ", " you ", " your ", " you'")
    return not any(word in low for word in exchange)


def _taken_up(ledger: Ledger, text: str, at: int) -> Ledger:
    """Mark the bot's reasons and questions that a user message takes up."""
    for reason in ledger.of("bot"):
        if reason.status == "standing" and said_before(reason.text, text) >= _TAKEN_UP:
            ledger = ledger.answered(reason.at, "bot")
    for question in ledger.questions:
        if question.answered_at is None and said_before(question.text, text) >= _TAKEN_UP:
            ledger = ledger.taken_up(question.at, at)
    return ledger


def _changes_subject(heard: Heard, about: Proposition) -> bool:
    """Tell whether a message is a question about something else altogether."""
    is_signed = heard.against or heard.agrees or heard.takes or heard.asks
    parts = sentences(heard.text)
    is_question = bool(parts) and all(part.rstrip("\"' ").endswith("?") for part in parts)
    goes_on = heard.text.lower().startswith(_GOES_ON)
    return is_question and not (is_signed or goes_on) and not is_near(heard.text, about.texts)


def _known(state: State, question: Proposition | None) -> Proposition | None:
    """Return the proposition already open on a question put again in the same words."""
    if question is None:
        return None
    for topic in state.topics:
        if topic.text.strip() == question.question or topic.about.question == question.question:
            return topic.about
    return None


def _assigned(state: State, about: Proposition) -> Side | None:
    """Return the side the bot was told to argue before the question was put."""
    for text in reversed(state.roles):
        way, what = stand_of(text)
        if way:
            named = side_in(what, about)
            if named is not None:
                return named if way == "for" else other(named)
    return None


def _last_said(state: State, topic: Topic) -> Side:
    """Return the side the bot's last words on a question took."""
    said = [c.side for c in topic.ledger.claims if c.by == "bot"]
    return said[-1] if said else topic.ledger.side


def _drawn(about: Proposition) -> Side:
    """Return the side taken where a readout is even: drawn by hash, the same for ever."""
    digest = hashlib.blake2b(about.digest.encode(), digest_size=1).digest()
    return "a" if digest[0] % 2 else "b"


def _before_list(text: str) -> str:
    """Return what stands before a list of options."""
    lines = text.splitlines()
    for i, line in enumerate(lines):
        if line.lstrip().startswith(("- ", "* ", "• ")) or line.lstrip()[1:3] in (") ", ". "):
            return " ".join(" ".join(lines[:i]).split()) or text
    return text


def _claimed(state: State, side: Side, text: str, at: int) -> State:
    return _with_ledger(
        state, _ledger(state).claimed(Claim(at=at, by="user", side=side, text=text))
    )


def _ledger(state: State) -> Ledger:
    ledger = state.ledger
    assert ledger is not None
    return ledger


def _with_ledger(state: State, ledger: Ledger, how: str = "") -> State:
    topics = list(state.topics)
    topic = topics[state.current]
    topics[state.current] = replace(topic, ledger=ledger, how=how or topic.how)
    return replace(state, topics=tuple(topics))


def _noted(state: State, moved: Moved) -> State:
    return replace(state, moves=(*state.moves, moved))
