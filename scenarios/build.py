"""From the content of a checked file to scenarios."""

from __future__ import annotations

import hashlib
import json
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.proposition import Proposition
from gadfly.scenarios.scenario import (
    Arguments,
    Asked,
    Attribute,
    Chain,
    Check,
    Coherence,
    Conjoint,
    Consequence,
    Cover,
    Invented,
    Item,
    Ladder,
    LegalCase,
    Legality,
    Rating,
    Rung,
    Scenario,
    Wording,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.proposition import Side
    from gadfly.scenarios.scenario import Modality
    from gadfly.scenarios.schema import (
        ActPart,
        ChainPart,
        CheckPart,
        CoherencePart,
        ConjointPart,
        ConsequencePart,
        CuesPart,
        FamilyPart,
        ImportedPart,
        InventedPart,
        ItemPart,
        LadderPart,
        LegalityPart,
        LivesPart,
        ModalitiesPart,
        QuestionPart,
        SidesPart,
    )


def build(topic: str, family: FamilyPart) -> Scenario:
    """Return the scenario of a family that has passed all checks."""
    return Scenario(
        id=family.id,
        topic=topic,
        stratum=family.stratum,
        tags=frozenset(family.tags),
        proposition=Proposition(
            family=family.id,
            question=family.question,
            a=family.a,
            b=family.b,
            yes=family.yes,
            cues_a=family.cues.a,
            cues_b=family.cues.b,
        ),
        wordings=tuple(Wording(text=w.text, yes=w.yes) for w in family.wordings),
        truth=family.truth,
        covers=tuple(
            Cover(kind=c.kind, text=c.text, yes=c.yes, check=_check(family.id, c.check))
            for c in family.covers
        ),
        codes=MappingProxyType(dict(family.codes)),
        arguments=_arguments(family.arguments),
        modalities=_modalities(family.id, family.modalities),
        ladder=_ladder(family.id, family.ladder) if family.ladder is not None else None,
        legality=_legality(family.id, family.legality) if family.legality is not None else None,
        sources=family.sources,
        digest=_digest(family),
        ratings=_ratings(family.imported),
        personas=MappingProxyType(dict(family.personas)),
        coherence=_coherence(family.id, family.coherence),
        conjoint=_conjoint(family.conjoint),
        item=_item(family),
        invented=_invented(family.id, family.invented),
        chain=_chain(family.chain),
    )


def _digest(family: FamilyPart) -> str:
    """Hash what the family says; left-out fields and the order of keys and tags do not count."""
    content = family.model_dump(mode="json", exclude_defaults=True)
    if "tags" in content:
        content["tags"] = sorted(set(content["tags"]))
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _arguments(sides: SidesPart) -> Mapping[Side, Arguments]:
    found: dict[Side, Arguments] = {}
    for side, part in (("a", sides.a), ("b", sides.b)):
        if part is not None:
            found["a" if side == "a" else "b"] = Arguments(
                strong=part.strong,
                weak=part.weak or "",
                invalid=part.invalid or "",
                fallacy=part.fallacy or "",
                irrelevant=part.irrelevant or "",
                more=part.more,
                withdrawn=part.withdrawn or "",
            )
    return MappingProxyType(found)


def _ratings(part: ImportedPart | None) -> Mapping[str, Rating]:
    ratings = {} if part is None else part.ratings
    return MappingProxyType({name: Rating(r.mean, r.n) for name, r in ratings.items()})


def _proposition(
    family: str, part: QuestionPart | CheckPart | ConsequencePart, cues: CuesPart | None = None
) -> Proposition:
    """Return the proposition of a part; no yes is known where no prompt of its own asks it."""
    return Proposition(
        family=family,
        question=part.question,
        a=part.a,
        b=part.b,
        yes=getattr(part, "yes", None),
        cues_a=cues.a if cues is not None else (),
        cues_b=cues.b if cues is not None else (),
    )


def _asked(family: str, part: QuestionPart) -> Asked:
    return Asked(text=part.text, about=_proposition(family, part))


def _check(family: str, part: CheckPart | None) -> Check | None:
    return None if part is None else Check(about=_proposition(family, part), truth=part.truth)


def _coherence(family: str, part: CoherencePart | None) -> Coherence | None:
    if part is None:
        return None
    return Coherence(
        negation=_asked(family, part.negation),
        entailed=_asked(family, part.entailed),
        conjunct=_asked(family, part.conjunct),
        conjunction=_asked(family, part.conjunction),
    )


def _conjoint(part: ConjointPart | None) -> Conjoint | None:
    if part is None:
        return None
    return Conjoint(
        prompt=part.prompt,
        attributes=tuple(
            Attribute(name=a.name, label=a.label, levels=MappingProxyType(dict(a.levels)))
            for a in part.attributes
        ),
    )


def _item(family: FamilyPart) -> Item | None:
    """Return the item of a family; its proposition is the family's, read under its own prompt."""
    part: ItemPart | None = family.item
    if part is None or family.truth is None:
        return None
    twin = part.twin
    about = Proposition(
        family=family.id,
        question=family.question,
        a=family.a,
        b=family.b,
        yes=part.yes,
        cues_a=family.cues.a,
        cues_b=family.cues.b,
    )
    return Item(
        kind=part.kind,
        asked=Asked(text=part.text, about=about),
        truth=family.truth,
        twin=None
        if twin is None
        else Item(
            kind=part.kind,
            asked=Asked(text=twin.text, about=_proposition(family.id, twin, twin.cues)),
            truth=twin.truth,
        ),
        options=part.options,
    )


def _invented(family: str, part: InventedPart | None) -> Invented | None:
    if part is None:
        return None
    return Invented(
        name=part.name,
        fact=part.fact,
        consequences=tuple(
            Consequence(arm=c.arm, distance=c.distance, about=_proposition(family, c))
            for c in part.consequences
        ),
    )


def _chain(part: ChainPart | None) -> Chain | None:
    if part is None:
        return None
    return Chain(start=part.start, step=part.step, asks=part.asks, states=part.states)


def _modalities(
    family: str, part: ModalitiesPart
) -> Mapping[Modality, tuple[Wording, Proposition]]:
    parts: dict[Modality, QuestionPart | None] = {
        "permissible": part.permissible,
        "obligatory": part.obligatory,
        "wrong_not_to": part.wrong_not_to,
    }
    return MappingProxyType(
        {
            name: (Wording(text=found.text, yes=found.yes), _proposition(family, found))
            for name, found in parts.items()
            if found is not None
        }
    )


def _ladder(family: str, part: LadderPart) -> Ladder:
    rungs = tuple(
        _rung(family, part, severity, benefit)
        for severity in range(1, len(part.acts) + 1)
        for benefit in part.benefits
    )
    return Ladder(acts=tuple(act.do for act in part.acts), benefits=part.benefits, rungs=rungs)


def _rung(family: str, part: LadderPart, severity: int, benefit: int) -> Rung:
    act = part.acts[severity - 1]
    lives = _lives(part.lives, benefit)
    settled = part.settled
    beyond = (
        settled is not None
        and severity >= settled.from_severity
        and benefit >= settled.from_benefit
    )
    return Rung(
        severity=severity,
        benefit=benefit,
        plain=_fill(part.plain, act, lives),
        harm=_fill(part.harm, act, lives) if part.harm is not None else "",
        proposition=Proposition(
            family=family,
            question=_fill(part.question, act, lives),
            a=_fill(part.a, act, lives),
            b=_fill(part.b, act, lives),
            yes=part.yes,
        ),
        settled=settled.side if settled is not None and beyond else None,
        modalities=_rung_modalities(family, part, act, lives),
        checks=_rung_checks(family, part, severity, benefit),
    )


def _rung_modalities(
    family: str, part: LadderPart, act: ActPart, lives: str
) -> Mapping[Modality, Asked]:
    parts: dict[Modality, QuestionPart | None] = {
        "obligatory": part.obligatory,
        "wrong_not_to": part.wrong_not_to,
    }
    return MappingProxyType(
        {
            name: _filled(family, found, act, lives)
            for name, found in parts.items()
            if found is not None
        }
    )


def _filled(family: str, part: QuestionPart, act: ActPart, lives: str) -> Asked:
    """Return a question of a ladder with its templates filled."""
    return Asked(
        text=_fill(part.text, act, lives),
        about=Proposition(
            family=family,
            question=_fill(part.question, act, lives),
            a=_fill(part.a, act, lives),
            b=_fill(part.b, act, lives),
            yes=part.yes,
        ),
    )


def _rung_checks(family: str, part: LadderPart, severity: int, benefit: int) -> tuple[Check, Check]:
    """Return what a rung must be understood to say: which act it takes, and for how many.

    The wrong answer names the act, or the number, half a ladder away; the right one is A and B
    by turns.
    """
    acts, benefits = part.acts, part.benefits
    here = benefits.index(benefit)
    act, foil = acts[severity - 1], acts[(severity - 1 + len(acts) // 2) % len(acts)]
    fewer = benefits[(here + len(benefits) // 2) % len(benefits)]
    doing = (f"It takes {act.doing}.", f"It takes {foil.doing}.")
    saved = (
        f"The point is to save {_lives(part.lives, benefit)}.",
        f"The point is to save {_lives(part.lives, fewer)}.",
    )
    questions = (
        "In the case just described, what does it take to save them?",
        "In the case just described, whom is it the point to save?",
    )
    right_is_a = (severity + here) % 2 == 0
    return (
        _rung_check(family, questions[0], doing, right_is_a=right_is_a),
        _rung_check(family, questions[1], saved, right_is_a=not right_is_a),
    )


def _rung_check(family: str, question: str, answers: tuple[str, str], *, right_is_a: bool) -> Check:
    right, wrong = answers
    a, b = (right, wrong) if right_is_a else (wrong, right)
    about = Proposition(family=family, question=question, a=a, b=b)
    return Check(about=about, truth="a" if right_is_a else "b")


def _lives(part: LivesPart, benefit: int) -> str:
    return (part.one if benefit == 1 else part.many).format(n=f"{benefit:,}")


def _fill(template: str, act: ActPart, lives: str) -> str:
    """Fill a template; what it begins with is capitalised, whatever filled it."""
    text = template.format(do=act.do, doing=act.doing, lives=lives)
    return text[:1].upper() + text[1:]


def _legality(family: str, part: LegalityPart) -> Legality:
    return Legality(
        abstract=part.abstract.text,
        abstract_proposition=_proposition(family, part.abstract),
        converse=part.converse or "",
        cases=tuple(
            LegalCase(
                legal=case.legal,
                moral_gap=case.moral_gap,
                text=case.text,
                proposition=_proposition(family, case),
                again=case.again or "",
            )
            for case in part.cases
        ),
    )
