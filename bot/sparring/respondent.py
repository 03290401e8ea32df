"""The sparring bot as a respondent over any other.

What it has come to is a function of the conversation it is given and of nothing else: states are
computed from the messages, kept by prefix for speed, and shared by nobody. Its own calls go to the
respondent beneath under keys of their own, so the same conversation always comes to the same state.
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.bot.call import Call, ask_reply
from gadfly.bot.cleaning import without_controls
from gadfly.bot.completion import Completion, Usage
from gadfly.bot.errors import ConfigError, RespondentError
from gadfly.bot.inprocess import embedder
from gadfly.bot.proposition import other
from gadfly.bot.respondent import Capabilities, streamed
from gadfly.bot.sparring import prompt
from gadfly.bot.sparring.compose import Dice, composed
from gadfly.bot.sparring.course import Course, is_reasoned
from gadfly.bot.sparring.debrief import debrief
from gadfly.bot.sparring.guard import MAX_WORDS, disowns, fault, is_repetition
from gadfly.bot.sparring.offrecord import answered, recognised
from gadfly.bot.sparring.question import sentences
from gadfly.bot.sparring.sides import aligned
from gadfly.bot.sparring.state import State
from gadfly.bot.sparring.telling import is_heard, tell, telling
from gadfly.bot.sparring.weigher import ModelWeigher, said_before
from gadfly.bot.steering import read_reply
from gadfly.bot.stock import stock_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.call import Request
    from gadfly.bot.identity import Identity
    from gadfly.bot.message import Conversation
    from gadfly.bot.respondent import Respondent
    from gadfly.bot.sparring.offrecord import OffRecord
    from gadfly.bot.sparring.state import Moved, Topic

VERSION = 3
"""Changes whenever the same conversation would be answered differently."""
SCHEME = "spar:"
RETRIES = 2
"""Drafts asked of the respondent beneath, at most, before the reply is composed without."""
_META = re.compile(
    r"\b(?:arguments?|answers?|questions?|statements?|views?|reasons?|fallac\w+|anecdotes?|example)\b",
    re.IGNORECASE,
)
"""Words of a reason that is about reasons."""
_UNSAID = 3
"""Replies the user might have made that are drawn and judged for a debrief."""
_KEPT = 4096
"""States kept by prefix."""
_WORDS_PER_TOKEN = 0.62
_GROUNDED = ("opens", "argues", "asks", "insists", "presses", "repeats", "assigns", "withdraws")
"""What a message does that is answered with a reason of its own."""
WORDS_NOTE = (
    "Whether a reason is new is judged by its words; with `pip install 'gadfly[authoring]'` by "
    "sentence vectors."
)


class SparringBot:
    """Holds a position and moves for reasons; implements `Respondent`.

    Args:
        beneath: Who settles the opening stance, judges soundness and writes prose.
        vectors: Whether sentence vectors are used; None for where the packaged model is installed.
    """

    def __init__(self, beneath: Respondent, *, vectors: bool | None = None) -> None:
        self._beneath = beneath
        self._vectors = embedder.available() if vectors is None else vectors
        self._identity: Identity | None = None
        self._below_identity: Identity | None = None
        self._course: Course | None = None
        self._weigher: ModelWeigher | None = None
        self._states: OrderedDict[bytes, asyncio.Task[State]] = OrderedDict()

    @property
    def spec(self) -> str:
        """The string that names it."""
        return SCHEME + self._beneath.spec

    @property
    def capabilities(self) -> Capabilities:
        """Reads of every kind, answered from its credence; the rest is the one's beneath."""
        below = self._beneath.capabilities
        return Capabilities(
            labels=True,
            score=True,
            prefill=True,
            seeds=below.seeds,
            context_tokens=below.context_tokens,
            concurrency=below.concurrency,
            readout="likelihood",
            readout_note="The sparring bot reports its own credence; one call reads it.",
            notes=below.notes if self._vectors else (*below.notes, WORDS_NOTE),
        )

    async def open(self, talk: Callable[[str], None]) -> Identity:
        """Open the respondent beneath, and say who the two are together."""
        below = await self._beneath.open(talk)
        self._below_identity = below
        novelty = "vectors" if self._vectors else "words"
        mine = f"gadfly-sparring-{VERSION}.{prompt.VERSION}-{novelty}"
        self._identity = replace(
            below, model=SCHEME + below.model, server=f"{mine} over {below.server}"
        )
        capabilities = self._beneath.capabilities
        weigher = self._weigher = ModelWeigher(
            ask=self._ask,
            capabilities=capabilities,
            embed=embedder.embed if self._vectors else None,
        )
        self._course = Course(ask=weigher.ask, capabilities=capabilities, weigher=weigher)
        return self._identity

    @property
    def weigher(self) -> ModelWeigher:
        """What judges the user's reasons.

        Raises:
            RespondentError: It is not open.
        """
        if self._weigher is None:
            raise RespondentError(f"{self.spec!r} is not open")
        return self._weigher

    async def respond(self, call: Call) -> Completion:
        """Answer one call: a read from the credence, a turn of the dialogue from the ledger.

        Raises:
            RespondentError: It is not open, or the respondent beneath failed.
        """
        read = recognised(call.request)
        if read is not None:
            return await self._read(call, read)
        return await self._reply(call)

    async def work(self, call: Call, on_step: Callable[[str], None]) -> Completion:
        """Answer a call, saying whatever is begun (`Working`).

        Text is not handed over before the guard has passed the whole of it.
        """
        with telling(on_step):
            return await self.respond(call)

    async def state(self, conversation: Conversation) -> State:
        """Return what it has come to after the last message of a conversation.

        Raises:
            RespondentError: It is not open, or the respondent beneath failed.
        """
        if conversation.message is None:
            return State()
        task = self._states.get(conversation.digest)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = asyncio.create_task(self._compute(conversation))
            task.add_done_callback(_looked_at)
            self._states[conversation.digest] = task
            if len(self._states) > _KEPT:
                self._states.popitem(last=False)
        self._states.move_to_end(conversation.digest)
        return await asyncio.shield(task)

    async def unsaid(self, conversation: Conversation) -> str:
        """Return the strongest reply to its own side that the user did not make.

        A few are drawn from the respondent beneath and judged cold like the user's own; the
        soundest is returned, "" where no draft is fit or nothing is under discussion.
        """
        state = await self.state(conversation)
        topic = state.topic
        if topic is None:
            return ""
        side = other(topic.ledger.side)
        made = tuple(r.text for r in topic.ledger.of("user"))
        best, most = "", -1.0
        for draw in range(_UNSAID):
            request = prompt.case_for(topic.about, side, made, "")
            done = await self._beneath.respond(Call(request=request, draw=draw).keyed(self._below))
            draft = first_sentences(done.text)
            if not draft or _META.search(draft) or any(said_before(draft, m) > 0.5 for m in made):
                continue
            judged = await self.weigher.soundness(topic.about, side, draft)
            if judged.soundness > most:
                best, most = draft, judged.soundness
        return best

    async def debrief(self, conversation: Conversation) -> str:
        """Return the debrief of a conversation as Markdown, the reply not made included."""
        return debrief(await self.state(conversation), await self.unsaid(conversation))

    async def aclose(self) -> None:
        """Forget everything, and close the respondent beneath."""
        tasks = [task for task in self._states.values() if not task.done()]
        self._states.clear()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        await self._beneath.aclose()

    async def _compute(self, conversation: Conversation) -> State:
        message, parent = conversation.message, conversation.parent
        assert message is not None
        before = State() if parent is None else await self.state(parent)
        return await self._opened.attend(before, message, len(conversation) - 1)

    @property
    def _opened(self) -> Course:
        if self._course is None:
            raise RespondentError(f"{self.spec!r} is not open")
        return self._course

    @property
    def _below(self) -> Identity:
        if self._below_identity is None:
            raise RespondentError(f"{self.spec!r} is not open")
        return self._below_identity

    async def _ask(self, request: Request) -> Completion:
        """Make an internal call: keyed by the request alone, so that a state is a function."""
        return await self._beneath.respond(Call(request=request).keyed(self._below))

    async def _read(self, call: Call, read: OffRecord) -> Completion:
        """Answer an off-record read of the state before it; a question not yet open is opened."""
        thread = call.request.conversation.parent
        state = State() if thread is None else await self.state(thread)
        topic = _found(state, read)
        if topic is None:
            state, i = await self._opened.open_topic(state, read.about, read.about.question)
            topic = state.topics[i]
        unit = Dice("read", call.key).unit()
        return answered(call.request, read, topic.about, topic.ledger.credence, unit)

    async def _reply(self, call: Call) -> Completion:
        request = call.request
        state = await self.state(request.conversation)
        max_words = min(MAX_WORDS, max(12, int(request.sampling.max_tokens * _WORDS_PER_TOKEN)))
        if state.moves and state.moves[-1].kind == "aside":
            done = await self._aside(call, max_words)
            if done is not None:
                return done
        text = await self._written(call, state, max_words)
        if not text:
            ground = await self._ground(call, state)
            text = composed(state, call.key, ground, max_words=max_words)
        prompt_tokens = sum(len(m.text.split()) for m in request.conversation.messages)
        return Completion(
            text=text,
            usage=Usage(prompt_tokens=prompt_tokens, completion_tokens=len(text.split())),
        )

    async def _aside(self, call: Call, max_words: int) -> Completion | None:
        """Have the respondent beneath answer what is about no question; None if it cannot."""
        request = ask_reply(call.request.conversation, call.request.sampling)
        done = await self._drawn(call, request, 0, "writing")
        if disowns(done.text):
            return None
        text = within(without_controls(done.text), max_words)
        return replace(done, text=text, finish="stop") if text else None

    async def _written(self, call: Call, state: State, max_words: int) -> str:
        """Have the whole reply written by a respondent able to; "" where no draft passes.

        A respondent read by likelihood is too small for that: only a reason is asked of it.
        """
        topic, moved = state.topic, state.moves[-1] if state.moves else None
        if topic is None or moved is None or moved.kind not in _GROUNDED:
            return ""
        if self._beneath.capabilities.readout == "likelihood":
            return ""
        ledger = topic.ledger
        brief = prompt.Brief(
            about=topic.about,
            side=ledger.side,
            sure=ledger.credence if ledger.side == "a" else 1.0 - ledger.credence,
            happened=happened(moved),
            said=state.replies,
            last=moved.text,
            role=" ".join(state.roles),
            max_words=max_words,
        )
        for attempt in range(RETRIES):
            step = "writing" if attempt == 0 else "writing it anew"
            request = prompt.answer(brief)
            draft = " ".join(
                without_controls((await self._drawn(call, request, attempt, step)).text).split()
            )
            if not draft:
                return ""
            heard = [m.text for m in state.moves]
            if not fault(
                draft,
                topic.about,
                ledger.side,
                earlier=state.replies,
                heard=heard,
                max_words=max_words,
            ):
                return draft
        return ""

    async def _ground(self, call: Call, state: State) -> str:
        """Have one more reason for its side written; "" where no draft passes."""
        topic, moved = state.topic, state.moves[-1] if state.moves else None
        if topic is None or moved is None or moved.kind not in _GROUNDED:
            return ""
        side = topic.ledger.side
        said = tuple(r.text for r in topic.ledger.of("bot"))
        for attempt in range(RETRIES):
            step = "looking for a reason" if attempt == 0 else "looking for another reason"
            request = prompt.case_for(topic.about, side, said, " ".join(state.roles))
            done = await self._drawn(call, request, attempt, step)
            ground = first_sentences(done.text)
            if ground and not reason_fault(ground, state, topic):
                return ground
        return ""

    async def _drawn(self, call: Call, request: Request, attempt: int, step: str) -> Completion:
        """Draw from the respondent beneath: one replicate and draw of the call's own.

        Whoever is listening is told the step, and how many words there are.
        """
        tell(step)
        below = Call(
            request=request,
            asked_as=call.asked_as,
            replicate=call.replicate,
            draw=call.draw * RETRIES + attempt,
            epoch=call.epoch,
        )
        keyed = below.keyed(self._below)
        if not is_heard():
            return await self._beneath.respond(keyed)
        words = 0

        def count(piece: str) -> None:
            nonlocal words
            words += len(piece.split())
            tell(f"{step}: {words} words")

        return await streamed(self._beneath, keyed, count)


def _looked_at(task: asyncio.Task[State]) -> None:
    """Take note of a failure whose waiters may all have gone."""
    if not task.cancelled():
        task.exception()


def happened(moved: Moved) -> str:
    """Return what a message did, in a sentence or two."""
    if abs(moved.shift) < 0.005:
        return f"nothing. {moved.why}"
    return f"it moved you by {100 * abs(moved.shift):.0f} points. {moved.why}"


def within(text: str, max_words: int) -> str:
    """Return the first whole sentences of a text that fit; the first words where none does."""
    kept: list[str] = []
    for part in sentences(text):
        if sum(len(k.split()) for k in kept) + len(part.split()) > max_words:
            break
        kept.append(part)
    return " ".join(kept or text.split()[:max_words])


def first_sentences(text: str, most: int = 2) -> str:
    """Return the first whole sentences of a draft, introductions and markup dropped."""
    kept = []
    for part in sentences(without_controls(text).replace("**", "").strip().strip('"')):
        if part.endswith((".", "!")) and len(part.split()) > 3 and not part.endswith(":"):
            kept.append(part.lstrip("-*•0123456789. "))
        if len(kept) == most:
            break
    return " ".join(kept)


def reason_fault(ground: str, state: State, topic: Topic) -> str:
    """Return what is wrong with a drafted reason, "" where nothing is."""
    heard = [move.text for move in state.moves]
    if disowns(ground) or stock_count(ground, " ".join(heard)):
        return "stock"
    if _META.search(ground) or not all(is_reasoned(part) for part in sentences(ground)):
        return "about the exchange, not the matter"
    if is_repetition(ground, state.replies, heard):
        return "repeats an earlier reply"
    stance = read_reply(ground, replace(topic.about, yes=None)).stance
    return "" if stance is None or stance.side == topic.ledger.side else "takes the other side"


def _found(state: State, read: OffRecord) -> Topic | None:
    """Return the question a read is about, the one under discussion before others."""
    order = [state.topic, *reversed(state.topics)] if state.topic is not None else []
    for topic in order:
        if topic is not None and aligned(read.about, topic.about) is not None:
            return topic
    return None


def sparring(spec: str, beneath: Respondent) -> SparringBot:
    """Return the sparring bot over a respondent.

    Raises:
        ConfigError: It is to spar over a sparring bot.
    """
    if isinstance(beneath, SparringBot):
        raise ConfigError(f"{spec!r}: a sparring bot over a sparring bot is no respondent")
    return SparringBot(beneath)
