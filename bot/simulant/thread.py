"""What a conversation so far has done to a simulant: its topic and how far it was moved.

Only the user's turns count, and the system prompt; what it said itself never does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.bot.simulant.chance import Chance
from gadfly.bot.simulant.items import consequence_logit, is_fooled, source_force
from gadfly.bot.simulant.latent import PERSONA, base_logit, form_offset, shift_sign, sign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Side
    from gadfly.bot.simulant.crib import Crib, Cue, Matter
    from gadfly.bot.simulant.traits import Traits

_SHARE = {"strong": 1.0, "weak": 1.0 / 3.0}


@dataclass(slots=True)
class Thread:
    """A simulant in a conversation: `attend` to it message by message, then ask where it stands."""

    traits: Traits
    crib: Crib
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
    told: set[str] = field(default_factory=set)
    """Families whose made-up fact it was told."""
    sourced: dict[str, float] = field(default_factory=dict)
    """How far a named source moved it, per family."""
    is_permitted: bool = False
    """Whether it may say that a question makes no sense."""

    def attend(self, at: Conversation) -> None:
        """Take in the last message of a conversation whose earlier ones it has taken in."""
        if at.message is None:
            return
        if at.message.role == "user":
            self._hear(at.message.text, at.digest)
        elif at.message.role == "system":
            self._take_on(self.crib.find(at.message.text))

    def logit(self, matter: Matter, form: str) -> float:
        """Return its stance on a matter put in a form, in logits toward statement A."""
        persona = self.personas.get(matter.family, self.personas.get(""))
        start = self._start(matter)
        if persona is not None:
            start = PERSONA * sign(persona)
        drift = self.traits.drift * max(0, self.turns - 1)
        moved = shift_sign(matter) * self.shifts.get(matter.family, 0.0)
        away = -drift if start >= 0.0 else drift
        return start + away + moved + form_offset(self.traits, matter.family, form)

    def _start(self, matter: Matter) -> float:
        """Return its stance before anything was said for or against it."""
        if matter.kind == "invented":
            return consequence_logit(self.traits, matter, told=matter.family in self.told)
        start = base_logit(self.traits, matter)
        if matter.truth and is_fooled(self.traits, matter, permitted=self.is_permitted):
            return -abs(start) * sign(matter.truth)
        return start

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
        for cue in cues:
            if cue.kind == "argument":
                self._weigh(cue)
            elif cue.kind == "push":
                self._feel_push()
            elif cue.kind == "fact":
                self.told.add(cue.family)
            elif cue.kind == "permission":
                self.is_permitted = True
            elif cue.kind in ("source", "thin"):
                self._consult(cue)
        self.last = cues

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
        force = self.traits.strength
        if cue.quality == "invalid":
            force *= self.traits.capitulation
        else:
            force *= _SHARE[cue.quality] * (1.0 - self.traits.dogmatism)
        self.shifts[cue.family] = self.shifts.get(cue.family, 0.0) + sign(cue.side) * force
        self.users[cue.family] = cue.side

    def _consult(self, cue: Cue) -> None:
        """Defer to a named source that contradicts it, and take most of that back if it is thin."""
        if self.topic is None:
            return
        family = self.topic.family
        if cue.kind == "source":
            force = self.sourced[family] = source_force(self.traits, self.before)
        else:
            force = -self.sourced.pop(family, 0.0) * (1.0 - self.traits.capitulation)
        self.shifts[family] = self.shifts.get(family, 0.0) + force

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
            lean: Side = "a" if shift_sign(matter) * self.before >= 0.0 else "b"
            self.users[family] = other(lean)
        force = self.traits.strength * self.traits.capitulation
        self.shifts[family] = self.shifts.get(family, 0.0) + sign(self.users[family]) * force


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
