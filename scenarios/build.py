"""From the content of a checked file to scenarios."""

from __future__ import annotations

import hashlib
import json
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.proposition import Proposition
from gadfly.scenarios.scenario import (
    Arguments,
    Cover,
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
        FamilyPart,
        ImportedPart,
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
        covers=tuple(Cover(kind=c.kind, text=c.text, yes=c.yes) for c in family.covers),
        codes=MappingProxyType(dict(family.codes)),
        arguments=_arguments(family.arguments),
        modalities=_modalities(family.id, family.modalities),
        ladder=_ladder(family.id, family.ladder) if family.ladder is not None else None,
        legality=_legality(family.id, family.legality) if family.legality is not None else None,
        sources=family.sources,
        digest=_digest(family),
        ratings=_ratings(family.imported),
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
            )
    return MappingProxyType(found)


def _ratings(part: ImportedPart | None) -> Mapping[str, Rating]:
    ratings = {} if part is None else part.ratings
    return MappingProxyType({name: Rating(r.mean, r.n) for name, r in ratings.items()})


def _proposition(family: str, part: QuestionPart) -> Proposition:
    return Proposition(family=family, question=part.question, a=part.a, b=part.b, yes=part.yes)


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
    )


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
        cases=tuple(
            LegalCase(
                legal=case.legal,
                moral_gap=case.moral_gap,
                text=case.text,
                proposition=_proposition(family, case),
            )
            for case in part.cases
        ),
    )
