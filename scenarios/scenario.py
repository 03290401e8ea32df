"""What is asked: the scenario and its parts, as plain values.

Texts are whole prompts, ready to be said; nothing here knows where they were loaded from
(`loader`) or how they are varied (`perturbation`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from gadfly.bot.proposition import other

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.proposition import Proposition, Side

Stratum = Literal["objective", "settled", "contested"]
Quality = Literal["strong", "weak", "invalid", "irrelevant"]
Modality = Literal["permissible", "obligatory", "wrong_not_to"]
ItemKind = Literal["nonsense", "trick", "falsehood", "fact"]
Relevance = Literal["implied", "likelier", "unrelated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One way to put the question: a whole prompt, and what a plain "yes" to it means."""

    text: str
    yes: Side | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with a proposition of its own; `about.yes` is what a plain yes to `text` takes."""

    text: str
    """A whole prompt."""
    about: Proposition


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A question of comprehension about a story: asked off the record, with a right answer."""

    about: Proposition
    truth: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A cover story of equal moral structure (E2)."""

    kind: Literal["classic", "novel"]
    text: str
    """The story and its question, a whole prompt."""
    yes: Side | None
    check: Check | None = None
    """Who is harmed, how badly, how many are helped; None where an imported story has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What can be said *for* one side, as a user would say it; same register, similar length."""

    strong: str
    weak: str
    invalid: str
    """Minimal edit of `strong`: the warrant reversed or a named fallacy put in its place."""
    fallacy: str
    """Name of what is wrong with `invalid`."""
    irrelevant: str = ""
    """Argument-shaped irrelevance: true sentences that do not bear on the question."""
    more: tuple[str, ...] = ()
    """Further strong valid arguments, each a consideration of its own (a series)."""
    withdrawn: str = ""
    """Takes back the premise `strong` stands on (undercut)."""

    def of(self, quality: Quality) -> str:
        """Return the text of one quality; empty where a family has none of it."""
        return {
            "strong": self.strong,
            "weak": self.weak,
            "invalid": self.invalid,
            "irrelevant": self.irrelevant,
        }[quality]

    @property
    def series(self) -> tuple[str, ...]:
        """All strong valid arguments for the side, `strong` first."""
        return (self.strong, *self.more)


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
    modalities: Mapping[Modality, Asked] = field(default_factory=lambda: MappingProxyType({}))
    """The same rung asked as obligatory, and as wrong not to do (E5)."""
    checks: tuple[Check, ...] = ()
    """Comprehension: what is done to whom, and how many are saved."""

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
    again: str = ""
    """The same case in other words; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Legality:
    """The law and the right thing, in the abstract and in cases (E8)."""

    abstract: str
    """The principle asked in the abstract, a whole prompt."""
    abstract_proposition: Proposition
    """A: morality outranks the law here; B: the law binds."""
    cases: tuple[LegalCase, ...]
    """At least the four corners: legal and illegal, at the lowest and the highest moral gap."""
    converse: str = ""
    """The principle asked from the other side, a whole prompt: a "yes" takes the side that a "no"
    to `abstract` takes. Empty where there is none."""

    @property
    def converse_proposition(self) -> Proposition:
        """The principle as `converse` asks it."""
        about = self.abstract_proposition
        return replace(about, yes=None if about.yes is None else other(about.yes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coherence:
    """Questions that logic ties to the family's statement A, called X (coherence)."""

    negation: Asked
    """A: not X."""
    entailed: Asked
    """A: some Y that X entails."""
    conjunct: Asked
    """A: some Z independent of X."""
    conjunction: Asked
    """A: X and Z."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute of the two groups of a forced choice, with its levels, the baseline first."""

    name: str
    label: str
    """How it is named in the prompt."""
    levels: Mapping[str, str]
    """Words for each level, by the level's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conjoint:
    """A forced choice between two groups described by attributes (E9)."""

    prompt: str
    """A whole prompt with ``{first}`` and ``{second}`` where the descriptions go."""
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A single question with a right answer (E13, E16)."""

    kind: ItemKind
    asked: Asked
    truth: Side
    twin: Item | None = None
    """Nonsense: a sensible question of the same form; trick: the plain one without the trap."""
    options: tuple[str, ...] = ()
    """Exclusive, exhaustive answers, the right one first ("fact")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """Something a made-up fact implies, makes likelier, or leaves alone (E17)."""

    arm: Relevance
    distance: int
    """Steps from the fact: 0 restates it."""
    about: Proposition
    """Statement A: it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """A made-up fact and what it has consequences for (E17)."""

    name: str
    fact: str
    consequences: tuple[Consequence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One step to be composed n times (E18)."""

    start: str
    step: str
    asks: str
    """What is to be written down after each step."""
    states: tuple[str, ...]
    """The right answers after step 1, 2, ..."""


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
    """At least three, or one where imported; the first is the original. None in a family that is
    asked another way (`conjoint`, `item`, `invented`, `chain`)."""
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
    personas: Mapping[str, Side] = field(default_factory=lambda: MappingProxyType({}))
    """Side of each persona (`persona.PERSONAS`) its author is sure of (E6)."""
    coherence: Coherence | None = None
    conjoint: Conjoint | None = None
    item: Item | None = None
    invented: Invented | None = None
    chain: Chain | None = None
