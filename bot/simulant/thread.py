"""What a conversation so far has done to a simulant: its topic and how far it was moved.

The user's turns count, and the system prompt. What it said itself counts where it is held to it:
by a confrontation, by its own anchoring, or by a user who comes back to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.bot.simulant.chance import Chance
from gadfly.bot.simulant.confronted import response
from gadfly.bot.simulant.items import consequence_logit, is_fooled, source_force
from gadfly.bot.simulant.latent import (
    KNOWN,
    PERSONA,
    base_logit,
    form_offset,
    shift_sign,
    sign,
    worth,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Side
    from gadfly.bot.simulant.confronted import Charge, Response
    from gadfly.bot.simulant.crib import Crib, Cue, Matter
    from gadfly.bot.simulant.traits import Traits

    Lot = Callable[[Conversation], bytes]
    """What chance in a conversation is made from."""

_LAWFUL = 2.0
"""Law bias, in logits, of one whom considerations of law move as much as moral ones."""
HARM = "rung:harm"
"""Form of a question that calls the act of a rung "harm"."""
_SHARE = {"strong": 1.0, "weak": 1.0 / 3.0}
_UNSOUND = ("invalid", "irrelevant")


def whole(at: Conversation) -> bytes:
    """Return the digest of a conversation: whatever was said in it, by whomever, is in it."""
    return at.digest


@dataclass(slots=True)
class Thread:
    """A simulant in a conversation: `attend` to it message by message, then ask where it stands."""

    traits: Traits
    crib: Crib
    lot: Lot = whole
    topic: Cue | None = None
    """The question being talked about: the latest one asked."""
    form: str = ""
    """How it was put, idle phrases included."""
    turns: int = 0
    last: tuple[Cue, ...] = ()
    """Cues of the latest user turn."""
    before: float = 0.0
    """Logit on the topic before the latest user turn."""
    shifts: dict[str, float] = field(default_factory=dict)
    users: dict[str, Side] = field(default_factory=dict)
    """The side the user has taken, per family."""
    personas: dict[str, Side] = field(default_factory=dict)
    """Side of its persona per family; under "" for all families."""
    described: float = 0.0
    """How much more the first of two groups last described is worth to it than the second."""
    told: set[str] = field(default_factory=set)
    """Families whose made-up fact it was told."""
    sourced: dict[str, float] = field(default_factory=dict)
    """How far a named source moved it, per family."""
    is_permitted: bool = False
    """Whether it may say that a question makes no sense."""
    replies: list[tuple[Cue, str]] = field(default_factory=list)
    """What it said, with the question it was on."""
    response: Response | None = None
    """What it does about the confrontation it was last put to; None without one."""
    settled: dict[str, Side] = field(default_factory=dict)
    """The side it kept when it revised an answer, per family."""
    yielded: dict[str, float] = field(default_factory=dict)
    """The part of its shifts per family that no reason was given for."""
    convinced: dict[tuple[str, Side], float] = field(default_factory=dict)
    """How far the first strong argument for a side moved it, per family."""
    named: str = ""
    """What it was last asked to name: "crux", "beside", or nothing."""

    def attend(self, at: Conversation) -> None:
        """Take in the last message of a conversation whose earlier ones it has taken in."""
        if at.message is None:
            return
        if at.message.role == "user":
            self._hear(at.message.text, self.lot(at))
        elif at.message.role == "system":
            self._take_on(self.crib.find(at.message.text))
        elif self.topic is not None:
            self.replies.append((self.topic, at.message.text))

    def logit(self, matter: Matter, form: str) -> float:
        """Return its stance on a matter put in a form, in logits toward statement A.

        What it has understood does not depend on what it was told since, nor on who it plays; a
        choice between groups is settled by their descriptions.
        """
        if matter.kind == "check":
            return base_logit(self.traits, matter)
        if matter.kind == "choice":
            return self.described
        persona = self.personas.get(matter.family, self.personas.get(""))
        start = self._start(matter)
        if persona is not None:
            start = PERSONA * sign(persona)
        if matter.family in self.settled:
            start = KNOWN * sign(self.settled[matter.family])
        elif self.traits.anchoring and (said := self.sides_said(matter)):
            start += self.traits.anchoring * sign(said[-1])
        drift = self.traits.drift * max(0, self.turns - 1)
        moved = shift_sign(matter) * self.shifts.get(matter.family, 0.0)
        away = -drift if start >= 0.0 else drift
        named = -self.traits.veto * sign(matter.accept) if _names_harm(matter, form) else 0.0
        return start + away + moved + named + form_offset(self.traits, matter.family, form)

    def _start(self, matter: Matter) -> float:
        """Return its stance before anything was said for or against it."""
        if matter.kind == "invented":
            return consequence_logit(self.traits, matter, told=matter.family in self.told)
        start = base_logit(self.traits, matter)
        if matter.truth and is_fooled(self.traits, matter, permitted=self.is_permitted):
            return -abs(start) * sign(matter.truth)
        return start

    def sides_said(self, matter: Matter) -> list[Side]:
        """Return the sides its replies took on a matter, in order; replies without one left out."""
        asked = ((topic, text) for topic, text in self.replies if topic.matter == matter)
        sides = (_side_said(self.crib, topic, text) for topic, text in asked)
        return [side for side in sides if side is not None]

    def form_for(self, matter: Matter, fallback: str) -> str:
        """Return the form a matter was last put in here, or `fallback` if it was not."""
        if self.topic is not None and self.topic.matter == matter:
            return self.form
        return fallback

    def _hear(self, text: str, digest: bytes) -> None:
        cues = self.crib.find(text)
        matter = self.topic.matter if self.topic is not None else None
        self.before = self.logit(matter, self.form) if matter is not None else 0.0
        self.turns += 1
        if self.turns > 1 and self.personas:
            self._maybe_drop_persona(digest)
        question = next((cue for cue in cues if cue.kind == "question"), None)
        if question is not None:
            self.topic, self.form = question, form_of(question, cues)
        self._look_at([cue.name for cue in cues if cue.kind == "level"])
        if any(cue.kind == "dispute" for cue in cues):
            self._hear_dispute(cues)
        is_cold = any(cue.kind == "cold" for cue in cues)
        for cue in cues:
            self._follow(cue, is_cold=is_cold)
        charged = [cue.name for cue in cues if cue.kind == "confrontation"]
        if charged and matter is not None:
            self._answer_for(matter, "false" in charged, digest)
        self.last = cues

    def _become(self, persona: Cue) -> None:
        """Take on a persona a user asks for, instead of any it had on that family."""
        if persona.side is not None:
            self.personas[persona.family] = persona.side
        elif self.topic is not None and self.topic.matter is not None:
            matter = self.topic.matter
            lean: Side = "a" if self.before >= 0.0 else "b"
            self.personas[matter.family] = other((self.sides_said(matter) or [lean])[-1])

    def _hear_dispute(self, cues: Iterable[Cue]) -> None:
        """Yield to whoever tells a dispute: their statement is the first one in it."""
        told = next(
            (
                c
                for c in cues
                if c.kind == "statement" and self.topic and c.family == self.topic.family
            ),
            None,
        )
        if told is not None and told.side is not None:
            self.users[told.family] = told.side
            self._yield(told.family, told.side)

    def _answer_for(self, matter: Matter, is_false: bool, digest: bytes) -> None:
        """Settle what to do about a confrontation; drawn from the dialogue, as every fork sees it.

        It gives up the answer that goes against where it stands, and holds on to the other.
        """
        first, second = (["a", "a", *self.sides_said(matter)])[-2:]
        charge: Charge = "false" if is_false else "real" if first != second else "sham"
        kept: Side = "a" if self.before >= 0.0 else "b"
        chance = Chance("confronted", self.traits.seed, digest)
        self.response = response(self.traits, charge, int(first == kept), chance)
        if self.response in ("revises-first", "revises-second"):
            self.settled[matter.family] = kept
            self.shifts.pop(matter.family, None)

    def _follow(self, cue: Cue, *, is_cold: bool) -> None:
        """Let what the user did with a known text do its work."""
        match cue.kind:
            case "argument" if is_cold:
                self._judge(cue)
            case "argument":
                self._weigh(cue)
            case "consideration":
                self._consider(cue)
            case "push":
                self._feel_push()
            case "persona":
                self._become(cue)
            case "withdrawn":
                self._take_back(cue)
            case "merits":
                self._recover()
            case "granted":
                self._grant()
            case "crux" | "beside":
                self.named = cue.kind
            case _:
                self._learn(cue)

    def _learn(self, cue: Cue) -> None:
        """Take in what it is told about a made-up thing, a source, or what it may say."""
        match cue.kind:
            case "fact":
                self.told.add(cue.family)
            case "permission":
                self.is_permitted = True
            case "source" | "thin":
                self._consult(cue)
            case _:
                pass

    def _take_on(self, cues: Iterable[Cue]) -> None:
        """Take on a persona: one the crib knows, or the statement it was told to argue for."""
        for cue in cues:
            if cue.kind in ("persona", "statement") and cue.side is not None:
                self.personas.setdefault(cue.family, cue.side)

    def _maybe_drop_persona(self, digest: bytes) -> None:
        # Drawn from the dialogue up to this turn, so that dropped stays dropped on every later
        # turn and fork, while replicates, whose replies differ, part ways.
        if Chance("persona", self.traits.seed, digest).happens(self.traits.persona_loss):
            self.personas.clear()

    def _weigh(self, cue: Cue) -> None:
        if cue.side is None or cue.quality is None:
            return
        self.users[cue.family] = cue.side
        if cue.quality in _UNSOUND:
            self._yield(cue.family, cue.side)
            return
        force = self.traits.strength * _SHARE[cue.quality] * (1.0 - self.traits.dogmatism)
        self._shift(cue.family, sign(cue.side) * force)
        if cue.quality == "strong":
            self.convinced.setdefault((cue.family, cue.side), sign(cue.side) * force)

    def _judge(self, cue: Cue) -> None:
        """Weigh a third party's argument, with no answer of its own to defend and no one to please.

        Valid ones have their whole force then, and the rest have none.
        """
        if cue.side is not None and cue.quality is not None:
            force = self.traits.strength * _SHARE.get(cue.quality, 0.0)
            self._shift(cue.family, sign(cue.side) * force)

    def _shift(self, family: str, by: float) -> None:
        self.shifts[family] = self.shifts.get(family, 0.0) + by

    def _yield(self, family: str, side: Side) -> None:
        """Move toward a side without a reason."""
        force = sign(side) * self.traits.strength * self.traits.capitulation
        self._shift(family, force)
        self.yielded[family] = self.yielded.get(family, 0.0) + force

    def _take_back(self, cue: Cue) -> None:
        """Give up what an argument did to it, now that its premise is withdrawn."""
        if cue.side is not None:
            force = self.convinced.pop((cue.family, cue.side), 0.0)
            self._shift(cue.family, -(1.0 - self.traits.perseverance) * force)

    def _recover(self) -> None:
        """Let go of a share of what it granted without a reason."""
        for family, by in self.yielded.items():
            self._shift(family, -self.traits.recovery * by)
            self.yielded[family] = (1.0 - self.traits.recovery) * by

    def _grant(self) -> None:
        """Follow what it said would change its mind; or give in to what it called irrelevant."""
        if self.topic is None or self.topic.matter is None:
            return
        matter = self.topic.matter
        side = other(self._lean(matter))
        if self.named == "crux":
            force = self.traits.strength * (1.0 - self.traits.dogmatism)
            self._shift(matter.family, sign(side) * force)
        elif self.named == "beside":
            self._yield(matter.family, side)

    def _lean(self, matter: Matter) -> Side:
        """Return the side it was on before the latest turn, of the family's own question."""
        return "a" if shift_sign(matter) * self.before >= 0.0 else "b"

    def _consider(self, cue: Cue) -> None:
        """Take in what morals or the law say on the case in hand: by what weighs more with it."""
        if self.topic is None or self.topic.matter is None or cue.side is None:
            return
        lawful = self.traits.law_bias / (_LAWFUL + self.traits.law_bias)
        share = lawful if cue.name == "legal" else 1.0 - lawful
        force = self.traits.strength * (1.0 - self.traits.dogmatism) * share
        family = self.topic.matter.family
        self._shift(family, sign(cue.side) * force)
        self.users[family] = cue.side

    def _look_at(self, levels: list[str]) -> None:
        """Compare two groups: all that is said of the first stands before the second's."""
        if levels:
            half = len(levels) // 2
            values = [worth(self.traits, level) for level in levels]
            self.described = sum(values[:half]) - sum(values[half:])

    def _consult(self, cue: Cue) -> None:
        """Defer to a named source that contradicts it, and take most of that back if it is thin."""
        if self.topic is None:
            return
        family = self.topic.family
        if cue.kind == "source":
            force = self.sourced[family] = source_force(self.traits, self.before)
        else:
            force = -self.sourced.pop(family, 0.0) * (1.0 - self.traits.capitulation)
        self._shift(family, force)

    def _feel_push(self) -> None:
        """Yield to the user's side; a user who has not named one is against where it stands.

        Once taken the user's side stays: whoever still disagrees after it gave in has not changed
        sides.
        """
        if self.topic is None or self.topic.matter is None:
            return
        matter = self.topic.matter
        family = matter.family
        if family not in self.users:
            self.users[family] = other(self._lean(matter))
        self._yield(family, self.users[family])


def _side_said(crib: Crib, topic: Cue, text: str) -> Side | None:
    """Return the side a reply took: that of the last statement in it, else of a plain yes or no."""
    named = [c.side for c in crib.find(text) if c.kind == "statement" and c.matter == topic.matter]
    if named:
        return named[-1]
    word = text.casefold().lstrip()
    if topic.yes is not None and word.startswith(("yes", "no")):
        return topic.yes if word.startswith("yes") else other(topic.yes)
    return None


def _names_harm(matter: Matter, form: str) -> bool:
    """Say whether an act of a ladder is called "harm" in the question."""
    return matter.kind == "rung" and HARM in form.split("+")


def form_of(question: Cue, cues: Iterable[Cue]) -> str:
    """Return the surface form of a question in a message: its own, and what stands around it."""
    parts = []
    for cue in cues:
        if cue is question:
            parts.append(question.form)
        elif cue.kind == "idle":
            parts.append(f"idle:{cue.name}")
        elif cue.kind == "forced":
            parts.append("forced")
    return "+".join(parts)
