"""Rules that need sentence vectors: paraphrases that neither repeat nor drift.

Similarity is the cosine of two prompts' vectors by the packaged embedder (all-MiniLM-L6-v2). The
band is for a prompt and the *nearest* other prompt of its group: a wording may tell a story that
is far from the bare question as long as another wording stands between them. It was chosen on the
library; ``python -m benchmarks.paraphrases`` prints the distributions, `docs/scenarios.md` shows
them.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from gadfly.eval.authoring.finding import Finding, Rule
from gadfly.eval.authoring.prompts import paraphrases, wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from gadfly.eval.authoring.prompts import Prompt
    from gadfly.scenarios.scenario import Scenario

    Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
    Vectors = Mapping[str, NDArray[np.float64]]

BAND = (0.50, 0.97)
"""Similarity of a prompt to the nearest other one of its group."""
MARGIN = 0.05
"""How much nearer another family's wording must be for a wording to seem to belong there."""
TWINS = 0.90
"""Similarity of two families' first wordings above which they seem to be one question."""

PARAPHRASE = Rule(
    name="paraphrase",
    holds=f"each wording is {BAND[0]:.2f} to {BAND[1]:.2f} similar to the nearest other one",
    why="a wording that repeats another tests nothing; one that drifts asks something else",
    fix="below the band, name the same act and stakes as the others; above it, put it another way",
)
NEIGHBOUR = Rule(
    name="neighbour",
    holds="a wording is nearest to its own family, and a family's question is its own",
    why="two families that ask one thing are counted as independent and are not",
    fix="name what sets this family apart, or join the two",
)


def embedded(scenarios: Sequence[Scenario], embed: Embed) -> Vectors:
    """Return the vector of each text the rules here compare, by the text."""
    texts = sorted({p.text for s in scenarios for group in _groups(s) for p in group})
    vectors = [np.asarray(vector, dtype=np.float64) for vector in embed(texts)]
    return dict(zip(texts, vectors, strict=True))


def paraphrase(scenario: Scenario, vectors: Vectors) -> Iterator[Finding]:
    """Yield prompts outside the band: below it a breach; above it too, where yes is the same."""
    for group in paraphrases(scenario):
        matrix = _similarity(group, group, vectors)
        np.fill_diagonal(matrix, -1.0)
        for i, prompt in enumerate(group):
            nearest = int(matrix[i].argmax())
            found = float(matrix[i, nearest])
            repeats = found > BAND[1] and nearest < i and group[nearest].yes == prompt.yes
            if found < BAND[0] or repeats:
                yield Finding(
                    rule=PARAPHRASE,
                    family=scenario.id,
                    location=prompt.location,
                    message=f"{prompt.name}: expected a similarity of {BAND[0]:.2f} to "
                    f"{BAND[1]:.2f} to the nearest of the others, found {found:.2f} to "
                    f"{group[nearest].name}",
                    breach=True,
                )


def neighbour(scenarios: Sequence[Scenario], vectors: Vectors) -> Iterator[Finding]:
    """Yield wordings nearer to another family's, and families whose first wording is another's.

    Families of one topic are compared, which is where neighbours are.
    """
    topics: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        if scenario.wordings:
            topics.setdefault(scenario.topic, []).append(scenario)
    for group in topics.values():
        yield from _strays(group, vectors)
        for first, second in combinations(group, 2):
            one, two = wordings(first)[:1], wordings(second)[:1]
            found = float(_similarity(one, two, vectors)[0, 0])
            if found > TWINS:
                yield Finding(
                    rule=NEIGHBOUR,
                    family=second.id,
                    location=two[0].location,
                    message=f"wordings 1: expected a question of its own, found a similarity of "
                    f"{found:.2f} to that of {first.id}",
                    breach=False,
                )


def _strays(group: Sequence[Scenario], vectors: Vectors) -> Iterator[Finding]:
    every = [(s.id, prompt) for s in group for prompt in wordings(s)]
    owners = np.array([owner for owner, _ in every], dtype=object)
    everything = [prompt for _, prompt in every]
    for i, (owner, prompt) in enumerate(every):
        found = _similarity([prompt], everything, vectors)[0]
        found[i] = -1.0
        own = found[owners == owner].max()
        others = np.where(owners == owner, -1.0, found)
        nearest = int(others.argmax())
        if own > -1.0 and others[nearest] > own + MARGIN:
            yield Finding(
                rule=NEIGHBOUR,
                family=owner,
                location=prompt.location,
                message=f"{prompt.name}: expected it nearest to its own family ({own:.2f}), found "
                f"it nearer to {owners[nearest]} ({others[nearest]:.2f})",
                breach=False,
            )


def _groups(scenario: Scenario) -> tuple[Sequence[Prompt], ...]:
    return (wordings(scenario), *paraphrases(scenario))


def _similarity(
    rows: Sequence[Prompt], columns: Sequence[Prompt], vectors: Vectors
) -> NDArray[np.float64]:
    left = np.stack([vectors[prompt.text] for prompt in rows])
    right = np.stack([vectors[prompt.text] for prompt in columns])
    return left @ right.T
