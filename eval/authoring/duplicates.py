"""No text twice in a set: families are separate clusters, and near copies would count twice.

Word sets are compared, so order and repetition do not matter. All pairs above the bar are found
without comparing all pairs: two sets with Jaccard similarity t or more share one of the
(1 - t) n + 1 rarest words of each (prefix filtering, Bayardo, Ma & Srikant 2007).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import ceil
from typing import TYPE_CHECKING

from gadfly.eval.authoring.arguments import argument_texts
from gadfly.eval.authoring.finding import Finding, Rule
from gadfly.eval.authoring.prompts import named, paraphrases, prompts
from gadfly.scenarios.check import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gadfly.scenarios.scenario import Scenario

ALIKE = 0.8
"""Share of words two texts have in common that makes them copies of one another."""
SAME = 0.9
"""The same for two wordings of one question, which share its words by nature."""
FEWEST_WORDS = 5
"""Texts of fewer different words are not compared."""

DUPLICATE = Rule(
    name="duplicate",
    holds="no prompt or argument is, nearly word for word, another family's",
    why="families are counted as independent; a copy counts one answer twice",
    fix="drop one of the two, or join their families",
)
WORDINGS_ALIKE = Rule(
    name="wordings-alike",
    holds="wordings differ in more than a word or two",
    why="what hardly differs hardly tests: the effect of wording is understated",
    fix="put the question in another form: from the asker's side, as a story, or the other way",
)


def duplicates(scenarios: Sequence[Scenario]) -> Iterator[Finding]:
    """Yield families with a prompt or argument nearly that of an earlier one, once per family."""
    texts = [
        (s.id, location, text)
        for s in scenarios
        for location, text in (
            *((p.location, p.text) for p in prompts(s)),
            *((location, text) for _, location, text in argument_texts(s)),
        )
    ]
    told: set[str] = set()
    for earlier, later, share in alike([text for _, _, text in texts], ALIKE):
        (first, there, _), (second, here, _) = texts[earlier], texts[later]
        if first != second and second not in told:
            told.add(second)
            yield Finding(
                rule=DUPLICATE,
                family=second,
                location=here,
                message=f"{named(here)}: expected a text of its own, found {share:.0%} of its "
                f"words in {first}, {named(there)}",
                breach=True,
            )


def wordings_alike(scenario: Scenario) -> Iterator[Finding]:
    """Yield wordings that put a question the same way in nearly the same words as an earlier."""
    for group in paraphrases(scenario):
        for i, j, share in alike([prompt.text for prompt in group], SAME):
            if group[i].yes == group[j].yes:
                yield Finding(
                    rule=WORDINGS_ALIKE,
                    family=scenario.id,
                    location=group[j].location,
                    message=f"{group[j].name}: expected other words than {group[i].name}, found "
                    f"{share:.0%} of them the same",
                    breach=True,
                )


def alike(texts: Sequence[str], share: float) -> list[tuple[int, int, float]]:
    """Return the pairs (i < j) of texts whose word sets have a Jaccard similarity of `share`."""
    sets = [frozenset(words(text)) for text in texts]
    frequency = Counter(word for found in sets for word in found)
    seen: dict[str, list[int]] = defaultdict(list)
    pairs = []
    for j, own in enumerate(sets):
        if len(own) < FEWEST_WORDS:
            continue
        rare = sorted(own, key=lambda word: (frequency[word], word))
        prefix = rare[: len(rare) - ceil(share * len(rare)) + 1]
        for i in sorted({i for word in prefix for i in seen[word]}):
            jaccard = len(own & sets[i]) / len(own | sets[i])
            if jaccard >= share:
                pairs.append((i, j, jaccard))
        for word in prefix:
            seen[word].append(j)
    return pairs
