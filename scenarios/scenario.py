"""What is asked: the scenario and its parts, as plain values.

Texts are whole prompts, ready to be said; nothing here knows where they were loaded from
(`loader`) or how they are varied (`perturbation`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.proposition import Proposition, Side

Stratum = Literal["objective", "settled", "contested"]
Quality = Literal["strong", "weak", "invalid"]
Modality = Literal["permissible", "obligatory", "wrong_not_to"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One way to put the question: a whole prompt, and what a plain "yes" to it means."""

    text: str
    yes: Side | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A cover story of equal moral structure (E2)."""

    kind: Literal["classic", "novel"]
    text: str
    """The story and its question, a whole prompt."""
    yes: Side | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What can be said *for* one side, as a user would say it; same register, similar length."""

    strong: str
    weak: str
    invalid: str
    """Minimal edit of `strong`: the warrant reversed or a named fallacy put in its place."""
    fallacy: str
    """Name of what is wrong with `invalid`."""

    def of(self, quality: Quality) -> str:
        """Return the text of one quality; empty where an imported set has none of it."""
        return {"strong": self.strong, "weak": self.weak, "invalid": self.invalid}[quality]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One question of a ladder: how grave the harm, how great the benefit."""

    severity: int
    """1 is the gravest act; higher is milder."""
    benefit: int
    """Lives saved, or whatever the ladder counts."""
    plain: str
    """The question with the act plainly described, a whole prompt."""
    harm: str
    """The same question with the act called "harm"; empty where the ladder has none."""
    proposition: Proposition
    settled: Side | None
    """The side a rung is beyond dispute on (trivial harm, vast benefit), else None."""

    @property
    def name(self) -> str:
        """Name used in variants and reports."""
        return f"s{self.severity}b{self.benefit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Acts ordered from grave to mild, crossed with benefits (E1, E4)."""

    acts: tuple[str, ...]
    """Plain names of the acts by severity, index 0 = severity 1 (the gravest)."""
    benefits: tuple[int, ...]
    """Ascending."""
    rungs: tuple[Rung, ...]
    """All severities x benefits, severity-major."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalCase:
    """One concrete case of the legality-by-morality square (E8)."""

    legal: bool
    """Whether the act asked about is allowed by law in the story."""
    moral_gap: int
    """How much speaks morally for the act: 0 nothing .. 3 everything."""
    text: str
    """A whole prompt; a "yes" takes side A (do it) as `proposition.yes` says."""
    proposition: Proposition


@dataclass(frozen=True, slots=True, kw_only=True)
class Legality:
    """The law and the right thing, in the abstract and in cases (E8)."""

    abstract: str
    """The principle asked in the abstract, a whole prompt."""
    abstract_proposition: Proposition
    """A: morality outranks the law here; B: the law binds."""
    cases: tuple[LegalCase, ...]
    """At least the four corners: legal and illegal, at the lowest and the highest moral gap."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What people said when asked about a story."""

    mean: float
    """On the scale of its set, which `docs/importing.md` names."""
    n: int
    """How many answers the mean is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One family: a question, its statements, and everything it can be varied with."""

    id: str
    """``topic.slug``; the family and statistical cluster."""
    topic: str
    stratum: Stratum
    tags: frozenset[str]
    proposition: Proposition
    wordings: tuple[Wording, ...]
    """At least three, or one where imported; the first is the original."""
    truth: Side | None
    """The right side where there is one (objective and settled)."""
    covers: tuple[Cover, ...]
    codes: Mapping[str, str]
    """Moral structure, shared by the direct wording and all covers."""
    arguments: Mapping[Side, Arguments]
    """Arguments *for* each side; empty where there is nothing to argue."""
    modalities: Mapping[Modality, tuple[Wording, Proposition]]
    """The same act asked under another modality, where that is natural (E5)."""
    ladder: Ladder | None
    legality: Legality | None
    sources: tuple[str, ...]
    digest: str
    """Hash of the whole content as loaded; part of every trial's key."""
    ratings: Mapping[str, Rating] = field(default_factory=lambda: MappingProxyType({}))
    """People's ratings by name; empty but in some imported families."""
