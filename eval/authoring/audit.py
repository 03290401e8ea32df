"""All authoring rules, and running them on a set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.eval.authoring import (
    arguments,
    balance,
    duplicates,
    ladders,
    options,
    similarity,
    wordings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gadfly.eval.authoring.finding import Finding, Rule
    from gadfly.eval.authoring.similarity import Embed
    from gadfly.scenarios.scenario import Scenario

    OfFamily = Callable[[Scenario], Iterator[Finding]]
    OfSet = Callable[[Sequence[Scenario]], Iterator[Finding]]

FAMILY_RULES: tuple[tuple[Rule, OfFamily], ...] = (
    (wordings.YES_DIRECTION, wordings.yes_direction),
    (wordings.YES_TURNED, wordings.yes_turned),
    (wordings.NEGATION, wordings.negation),
    (wordings.NUMBERS, wordings.numbers),
    (wordings.PARTIES, wordings.parties),
    (duplicates.WORDINGS_ALIKE, duplicates.wordings_alike),
    (arguments.ARGUMENT_SIDES, arguments.argument_sides),
    (arguments.ARGUMENT_LENGTH, arguments.argument_length),
    (arguments.ARGUMENT_FORM, arguments.argument_form),
    (arguments.ARGUMENT_ALIKE, arguments.argument_alike),
    (options.OPTION_LENGTH, options.option_length),
    (ladders.LADDER_ORDER, ladders.ladder_order),
)
"""Rules that look at one family."""

SET_RULES: tuple[tuple[Rule, OfSet], ...] = (
    (balance.POLARITY, balance.polarity),
    (balance.LABEL_LEAK, balance.label_leak),
    (balance.LENGTH_CUE, balance.length_cue),
    (balance.BULK, balance.bulk),
    (duplicates.DUPLICATE, duplicates.duplicates),
)
"""Rules that look at all families together."""

EMBEDDED_RULES: tuple[Rule, ...] = (similarity.PARAPHRASE, similarity.NEIGHBOUR)
"""Rules that need sentence vectors."""

RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (*(r for r, _ in FAMILY_RULES), *(r for r, _ in SET_RULES), *EMBEDDED_RULES)
}
"""Every rule by name, in the order in which they are run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What the rules found in a set, and which of them were not run."""

    findings: tuple[Finding, ...]
    not_run: tuple[Rule, ...]


def audit(scenarios: Sequence[Scenario], embed: Embed | None = None) -> Audit:
    """Run every rule on a set; those that need sentence vectors only where `embed` gives them."""
    found = [f for s in scenarios for _, rule in FAMILY_RULES for f in rule(s)]
    found += [f for _, rule in SET_RULES for f in rule(scenarios)]
    if embed is None:
        return Audit(findings=tuple(found), not_run=EMBEDDED_RULES)
    vectors = similarity.embedded(scenarios, embed)
    found += [f for s in scenarios for f in similarity.paraphrase(s, vectors)]
    found += similarity.neighbour(scenarios, vectors)
    return Audit(findings=tuple(found), not_run=())
