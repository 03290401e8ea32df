"""What a conversation so far has done to a simulant: its topic and how far it was moved.

Only the user's turns count, and the system prompt; what it said itself never does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.bot.simulant.chance import Chance
from gadfly.bot.simulant.latent import PERSONA, base_logit, form_offset, shift_sign, sign, worth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Side
    from gadfly.bot.simulant.crib import Crib, Cue, Matter
    from gadfly.bot.simulant.traits import Traits

_LAWFUL = 2.0
"""Law bias, in logits, of one whom considerations of law move as much as moral ones."""
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
    described: float = 0.0
    """How much more the first of two groups last described is worth to it than the second."""

    def attend(self, at: Conversation) -> None:
        """Take in the last message of a conversation whose earlier ones it has taken in."""
        if at.message is None:
            return
        if at.message.role == "user":
            self._hear(at.message.text, at.digest)
        elif at.message.role == "system":
            self._take_on(self.crib.find(at.message.text))

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
        start = base_logit(self.traits, matter)
        if persona is not None:
            start = PERSONA * sign(persona)
        drift = self.traits.drift * max(0, self.turns - 1)
        moved = shift_sign(matter) * self.shifts.get(matter.family, 0.0)
        away = -drift if start >= 0.0 else drift
        return start + away + moved + form_offset(self.traits, matter.family, form)

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
        for cue in cues:
            if cue.kind == "argument":
                self._weigh(cue)
            elif cue.kind == "consideration":
                self._consider(cue)
            elif cue.kind == "push":
                self._feel_push()
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

    def _consider(self, cue: Cue) -> None:
        """Take in what morals or the law say on the case in hand: by what weighs more with it."""
        if self.topic is None or self.topic.matter is None or cue.side is None:
            return
        lawful = self.traits.law_bias / (_LAWFUL + self.traits.law_bias)
        share = lawful if cue.name == "legal" else 1.0 - lawful
        force = self.traits.strength * (1.0 - self.traits.dogmatism) * share
        family = self.topic.matter.family
        self.shifts[family] = self.shifts.get(family, 0.0) + sign(cue.side) * force
        self.users[family] = cue.side

    def _look_at(self, levels: list[str]) -> None:
        """Compare two groups: all that is said of the first stands before the second's."""
        if levels:
            half = len(levels) // 2
            values = [worth(self.traits, level) for level in levels]
            self.described = sum(values[:half]) - sum(values[half:])

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
