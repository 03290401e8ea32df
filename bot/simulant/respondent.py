"""The simulant: a respondent whose latent traits are numbers we set.

A pure function of the messages and the call's seed: the same in process and behind a server, in
any order, on any machine.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.completion import Completion, Usage
from gadfly.bot.errors import Unsupported
from gadfly.bot.identity import Identity
from gadfly.bot.respondent import Capabilities
from gadfly.bot.simulant.banks import BANKS
from gadfly.bot.simulant.chance import Chance
from gadfly.bot.simulant.choice import (
    REFERENCE,
    chances,
    draw,
    label_logprobs,
    logistic,
    statement_logprobs,
    unknown_logprob,
)
from gadfly.bot.simulant.confronted import FRAMES
from gadfly.bot.simulant.debater import argued
from gadfly.bot.simulant.items import speak_item
from gadfly.bot.simulant.judge import judged
from gadfly.bot.simulant.latent import sign
from gadfly.bot.simulant.listing import Listing, find_listing, matter_of
from gadfly.bot.simulant.sparred import sparred
from gadfly.bot.simulant.thread import Thread, whole
from gadfly.bot.simulant.traits import SCHEME, parse_spec, spec_of
from gadfly.bot.simulant.voice import Challenge, Occasion, filled, speak, speak_template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gadfly.bot.call import Call, Request
    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Side
    from gadfly.bot.simulant.choice import Choice
    from gadfly.bot.simulant.confronted import Response
    from gadfly.bot.simulant.crib import Crib, Cue, Matter
    from gadfly.bot.simulant.thread import Lot
    from gadfly.bot.stance import Outcome

VERSION = 3
"""Changes whenever the same call would be answered differently."""

_ASKS_NUMBER = re.compile(
    r"\b0\s*(?:to|and|-|–)\s*100\b|\bhow (?:sure|confident|certain) are you\b", re.IGNORECASE
)
_PIECE = re.compile(r"\s*\S+")
_ANY = 90
_FELT = 0.25
"""Logits by which it must be moved to say so."""
_ITEMS = ("credence", "buying", "selling", "chain")
_READ_FORMS = ("wording:0", "rung:plain")
"""Forms of the question a read shows of itself; another one shown is the one that is meant."""
_TAKEN = 7
"""Most words it takes up from an argument."""
_LONG = 6
"""Letters of a word worth taking up."""
_BRIEF = ("brief", "brief-choose")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """Where a simulant stands when a request reaches it."""

    thread: Thread
    matter: Matter | None
    logit: float
    """Toward statement A of `matter`, noise and order bias included."""
    listing: Listing | None
    cues: tuple[Cue, ...]
    """Cues of the last message."""
    chance: Chance
    argument: str = ""
    """The argument in the last message, "" for none."""


class Simulant:
    """Answers as its traits say, in text and with log-probabilities.

    Args:
        spec: ``sim:NAME?trait=value&...``.
        crib: The texts it recognises.

    Raises:
        ConfigError: The spec names an unknown preset or trait, or a value out of range.
    """

    def __init__(self, spec: str, crib: Crib) -> None:
        self.name, self.traits = parse_spec(spec)
        self._crib = crib
        self._bank = BANKS[self.traits.bank]

    @property
    def spec(self) -> str:
        """Canonical spec: the preset and what differs from it."""
        return spec_of(self.name, self.traits)

    @property
    def capabilities(self) -> Capabilities:
        """Everything."""
        return Capabilities(
            labels=True, score=True, prefill=True, streaming=True, seeds=True, concurrency=256
        )

    @property
    def identity(self) -> Identity:
        """Preset, all traits, version, and the crib it answers by."""
        traits = "&".join(f"{name}={value}" for name, value in self.traits.items())
        return Identity(
            model=SCHEME + self.name,
            revision=traits,
            template=self._crib.digest,
            server=f"gadfly-simulant-{VERSION}",
        )

    async def open(self, talk: Callable[[str], None]) -> Identity:
        """Say who it is; there is nothing to load."""
        return self.identity

    async def respond(self, call: Call) -> Completion:
        """Answer one call."""
        return self._respond(call)

    async def stream(
        self,
        call: Call,
        on_text: Callable[[str], None],
        on_thought: Callable[[str], None] | None = None,
    ) -> Completion:
        """Answer one call word by word; it does not reason. See `respondent.Streaming`."""
        if call.request.kind != "reply":
            raise Unsupported(f"{self.spec} streams replies only")
        done = self._respond(call)
        for word in _PIECE.findall(done.text):
            on_text(word)
            await asyncio.sleep(0)
        return done

    async def aclose(self) -> None:
        """Do nothing: it holds nothing."""

    def _respond(self, call: Call) -> Completion:
        return self.answer(call.request, call.seed)

    def answer(self, request: Request, seed: int, lot: Lot = whole) -> Completion:
        """Answer a request, with chance as `seed` and the `lot` of the conversation have it."""
        as_judge = judged(request, seed, self.traits)
        if as_judge is not None:
            return as_judge
        beneath = sparred(request, seed, self.traits, self._crib, self._bank)
        if beneath is not None:
            return beneath
        line = argued(request, seed, self.traits, self._crib, self._bank)
        if line is not None:
            return line
        standing = self._stand(request, seed, lot)
        match request.kind:
            case "reply":
                return self._reply(request, standing)
            case "labels":
                return self._labels(request, standing)
            case "score":
                return _score(request, standing)

    def listing(self, conversation: Conversation) -> Listing | None:
        """Return the options the last message lists, None if it lists none."""
        nodes = nodes_of(conversation)
        thread = Thread(self.traits, self._crib)
        for node in nodes[:-1]:
            thread.attend(node)
        return find_listing(self._crib, _text(conversation), thread.topic)

    def _stand(self, request: Request, seed: int, lot: Lot) -> _Standing:
        conversation = request.conversation
        chance = Chance(seed, lot(conversation))
        thread = Thread(self.traits, self._crib, lot)
        for node in nodes_of(conversation)[:-1]:
            thread.attend(node)
        text = _text(conversation)
        cues = self._crib.find(text)
        listing = find_listing(self._crib, text, thread.topic)
        if any(cue.kind in ("cold", "dispute") for cue in cues):
            # The positions of a dispute are no options to choose from.
            listing = None
        if request.kind == "reply" and not (listing is not None and listing.is_readout):
            thread.attend(conversation)
        matter, form = self._subject(request, thread, listing, cues)
        logit = thread.logit(matter, form) if matter is not None else 0.0
        # The draw is taken whether it is used or not, so that a noisy simulant and a quiet one
        # say the same words on the same side.
        jitter = chance.normal()
        if request.kind != "reply" or request.sampling.temperature > 0.0:
            logit += self.traits.noise * jitter
        if listing is not None:
            logit += self.traits.order_bias * sign(listing.first)
        elif matter is not None and matter.kind == "choice":
            logit += self.traits.order_bias
        elif request.kind == "reply" and matter is not None:
            logit += self.traits.yes_bias * _yes_sign(matter, cues)
        return _Standing(
            thread=thread,
            matter=matter,
            logit=logit,
            listing=listing,
            cues=cues,
            chance=chance,
            argument=self._argument(text),
        )

    def _argument(self, text: str) -> str:
        """Return the known argument in a message, as it stands there."""
        for span in self._crib.spans(text):
            if any(cue.kind == "argument" for cue in span.cues):
                return text[span.start : span.end]
        return ""

    def _subject(
        self, request: Request, thread: Thread, listing: Listing | None, cues: tuple[Cue, ...]
    ) -> tuple[Matter | None, str]:
        """Return what is asked about, and the form it was put in."""
        matter = listing.matter if listing is not None else None
        if matter is None and request.kind == "score":
            statements = [
                tuple(c for c in self._crib.find(option) if c.kind == "statement")
                for option in request.options
            ]
            matter = matter_of(statements, cues, thread.topic)
        asked = next((c for c in cues if c.kind == "question"), None)
        if matter is None:
            topic = thread.topic if request.kind == "reply" or asked is None else asked
            matter = topic.matter if topic is not None else None
        if matter is None:
            return None, ""
        fallback = asked.form if asked is not None else ""
        is_read = request.kind != "reply" or (listing is not None and listing.is_readout)
        if is_read and fallback and (thread.response is not None or fallback not in _READ_FORMS):
            return matter, fallback
        return matter, thread.form_for(matter, fallback)

    def _reply(self, request: Request, standing: _Standing) -> Completion:
        temperature = request.sampling.temperature
        text = self._item(standing) or self._number(standing, _text(request.conversation))
        kinds = {cue.kind for cue in standing.cues}
        if not text:
            text = self._named(standing)
        if not text and "filler" in kinds and "question" not in kinds:
            text = standing.chance.pick(self._bank.aside)
        if not text and standing.matter is None:
            is_told = any(cue.kind in ("thing", "fact") for cue in standing.cues)
            text = standing.chance.pick(self._bank.heard if is_told else self._bank.lost)
        if not text and standing.matter is not None:
            choice = self._draw(self._chances(standing), temperature, standing.chance)
            if "recall" in kinds and not standing.chance.happens(self.traits.forgetting):
                choice = next(iter(standing.thread.sides_said(standing.matter)), "undecided")
            text = self._words(choice, standing.matter, standing)
        words = text.split()
        limit = request.sampling.max_tokens
        is_cut = len(words) > limit
        n_prompt = sum(len(m.text.split()) for m in request.conversation.messages)
        return Completion(
            text=" ".join(words[:limit]) if is_cut else text,
            finish="length" if is_cut else "stop",
            usage=Usage(prompt_tokens=n_prompt, completion_tokens=min(len(words), limit)),
        )

    def _draw(self, made: Mapping[Choice, float], temperature: float, chance: Chance) -> Choice:
        return draw(made, temperature, chance)

    def _chances(self, standing: _Standing) -> dict[Choice, float]:
        hedging, evasion = self.traits.hedging, self.traits.evasion
        listing = standing.listing
        chooses = standing.matter is not None and standing.matter.kind == "choice"
        if chooses or (listing is not None and not listing.is_readout):
            hedging = evasion = 0.0
        elif _is_pressed(standing.cues):
            hedging *= self.traits.hedging
        return chances(self.traits, standing.logit, hedging=hedging, evasion=evasion)

    def _words(self, choice: Choice, matter: Matter, standing: _Standing) -> str:
        side: Side | None = choice if choice == "a" or choice == "b" else None
        about, chance, listing = matter.proposition, standing.chance, standing.listing
        if listing is not None and listing.is_labelled and listing.is_readout:
            meaning = "undecided" if choice == "evaded" else choice
            labels = [option.label for option in listing.options if option.meaning == meaning]
            return labels[0] if labels else chance.pick(self._bank.unreadable)
        answer = standing.thread.response
        is_charged = any(cue.kind == "confrontation" for cue in standing.cues)
        if answer is not None and is_charged and choice not in ("refused", "unreadable"):
            return self._account(answer, matter, standing)
        if listing is None and side is not None and matter.kind in ("nonsense", "sensible"):
            # Whoever takes a question for sense does not say so: he answers it.
            is_sense = (side == matter.truth) == (matter.kind == "sensible")
            frames = self._bank.guessed if is_sense else self._bank.flagged
            return chance.pick(frames).format(n=2 + int(chance.uniform() * _ANY))
        is_template = chance.happens(self.traits.formulaic)
        is_repeat = chance.happens(self.traits.repetition)
        if is_repeat:
            chance = Chance("words", self.traits.seed, matter.family, choice)
        if is_template and listing is None and (side is not None or choice == "undecided"):
            return speak_template(self._bank, side, about, chance)
        outcome: Outcome = "answered" if choice == "a" or choice == "b" else choice
        occasion = _occasion(matter, side, standing)
        if self.traits.smothering and chance.happens(self.traits.smothering):
            occasion = replace(occasion, is_smothered=True)
        said = speak(self._bank, outcome, side, occasion, chance)
        return f"{said} {taken_up}" if (taken_up := self._taken_up(standing)) else said

    def _named(self, standing: _Standing) -> str:
        """Return what would change its mind, or make no difference, where that is asked."""
        kinds = {cue.kind for cue in standing.cues}
        if "crux" in kinds:
            is_closed = standing.chance.happens(self.traits.dogmatism)
            return standing.chance.pick(self._bank.immovable if is_closed else self._bank.crux)
        return standing.chance.pick(self._bank.beside) if "beside" in kinds else ""

    def _taken_up(self, standing: _Standing) -> str:
        """Return a sentence with words of the argument just put to it, at the trait's rate."""
        if not self.traits.engagement or standing.listing is not None or not standing.argument:
            return ""
        if not standing.chance.happens(self.traits.engagement):
            return ""
        words = [w.strip(".,;:!?\"'").lower() for w in standing.argument.split()]
        long = list(dict.fromkeys(w for w in words if len(w) >= _LONG))
        while len(long) > _TAKEN:
            long.remove(standing.chance.pick(long))
        listed = f"{', '.join(long[:-1])} and {long[-1]}" if len(long) > 1 else " ".join(long)
        return standing.chance.pick(self._bank.engaged).format(t=listed) if listed else ""

    def _account(self, answer: Response, matter: Matter, standing: _Standing) -> str:
        """Return what it says to a confrontation."""
        chance = standing.chance
        if chance.happens(self.traits.repetition):
            chance = Chance("words", self.traits.seed, matter.family, answer)
        side: Side = "a" if standing.logit >= 0.0 else "b"
        return filled(chance.pick(FRAMES[self._bank.name][answer]), matter.proposition, side)

    def _item(self, standing: _Standing) -> str:
        """Return a credence, a price or the states of a chain where one is asked for."""
        asked = next((c for c in standing.cues if c.kind in _ITEMS), None)
        return "" if asked is None else speak_item(self.traits, self._bank, asked, standing.chance)

    def _number(self, standing: _Standing, text: str) -> str:
        """Return a stated confidence where a number is asked for, else nothing."""
        if standing.matter is None or not _ASKS_NUMBER.search(text):
            return ""
        logit = self.traits.overconfidence * standing.logit / REFERENCE
        sides = [c.side for c in standing.cues if c.kind == "statement" and c.side is not None]
        p = logistic(logit * sign(sides[0])) if len(sides) == 1 else logistic(abs(logit))
        return standing.chance.pick(self._bank.confident).format(n=round(100 * p))

    def _labels(self, request: Request, standing: _Standing) -> Completion:
        logprobs = label_logprobs(self._chances(standing))
        meanings: dict[str, Choice] = {}
        if standing.listing is not None:
            for option in standing.listing.options:
                meanings[option.label or option.text] = option.meaning
        found = {
            label: logprobs[meanings[label.strip()]]
            for label in request.options
            if label.strip() in meanings
        }
        return Completion(logprobs=MappingProxyType(found))


def _score(request: Request, standing: _Standing) -> Completion:
    lengths = {option: max(1, len(option.split())) for option in request.options}
    logprobs = {option: unknown_logprob(n) for option, n in lengths.items()}
    if standing.matter is not None:
        a, b = standing.matter.proposition.a, standing.matter.proposition.b
        of_a, of_b = statement_logprobs(standing.logit, len(a.split()), len(b.split()))
        for option in request.options:
            if option.strip() == a:
                logprobs[option] = of_a
            elif option.strip() == b:
                logprobs[option] = of_b
    return Completion(logprobs=MappingProxyType(logprobs), lengths=MappingProxyType(lengths))


def _yes_sign(matter: Matter, cues: tuple[Cue, ...]) -> int:
    """Return +1 where a yes to the question just asked takes side A, -1 for B, 0 for neither."""
    asked = next((c for c in cues if c.kind == "question" and c.matter == matter), None)
    return 0 if asked is None or asked.yes is None else sign(asked.yes)


def _occasion(matter: Matter, side: Side | None, standing: _Standing) -> Occasion:
    asked = next((c for c in standing.cues if c.kind == "question" and c.matter == matter), None)
    is_recall = any(c.kind == "recall" for c in standing.cues)
    # To "which of us is right?" or "which view did you give?" a yes is no answer.
    has_no_yes = is_recall or any(c.kind == "dispute" for c in standing.cues)
    return Occasion(
        about=matter.proposition,
        yes=None if asked is None or has_no_yes else asked.yes,
        challenge=_challenge(matter, side, standing),
        is_pressed=_is_pressed(standing.cues),
        is_brief=any(c.kind == "idle" and c.name in _BRIEF for c in standing.cues),
        is_recall=is_recall,
        listing=standing.listing,
    )


def _challenge(matter: Matter, side: Side | None, standing: _Standing) -> Challenge:
    """Return how a reply takes up what the user just said.

    "Moved" needs a cause: what the user said shifted it toward the side it now takes. A reply
    that falls on the other side by chance does not claim to have been persuaded.
    """
    kinds = {cue.kind for cue in standing.cues}
    if "placebo" in kinds:
        return "onward"
    if "cold" in kinds:
        return ""
    if side is None or not kinds & {"argument", "push", "consideration"}:
        return ""
    before = standing.thread.before
    gain = sign(side) * (standing.thread.logit(matter, standing.thread.form) - before)
    if sign(side) * before < 0.0:
        return "moved" if gain >= _FELT else ""
    return "held" if gain <= 0.0 else ""


def _is_pressed(cues: tuple[Cue, ...]) -> bool:
    return any(cue.kind in ("take-a-side", "verdict") for cue in cues)


def nodes_of(conversation: Conversation) -> list[Conversation]:
    """Return the conversation after each of its messages, first to last."""
    nodes: list[Conversation] = []
    node: Conversation | None = conversation
    while node is not None and node.message is not None:
        nodes.append(node)
        node = node.parent
    nodes.reverse()
    return nodes


def _text(conversation: Conversation) -> str:
    return conversation.message.text if conversation.message is not None else ""
