"""Rules on a whole set: nothing about form tells the sides apart, in no direction.

A set is judged as a whole, stratum by stratum and topic by topic. What is found over several
topics is a breach, for it is in every pooled figure; in a single topic it is a hint, for a topic
may have its reason (a ladder asks every act for the same side).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from gadfly.bot.proposition import other
from gadfly.eval.authoring.finding import Finding, Rule
from gadfly.eval.authoring.leak import Pair, leak
from gadfly.scenarios.check import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gadfly.bot.proposition import Proposition, Side
    from gadfly.scenarios.scenario import Scenario

BAND = (0.35, 0.65)
"""Shares that pass whatever their number."""
ALPHA = 0.01
"""A share, an accuracy or a mean must be this unlikely under balance to be reported."""
FAR = 0.05
"""Mean difference in words from the strong argument that passes, as a share of it."""
MOST_FAMILIES = 1500
"""The classifier sees no more families than this, spread evenly over a larger set."""

POLARITY = Rule(
    name="polarity",
    holds=f"yes, and the right answer, take A in {BAND[0]:.0%} to {BAND[1]:.0%} of the families",
    why="a habit of saying yes, or of taking what comes first, then looks like a view or knowledge",
    fix="turn some families around: swap a and b with 'yes', 'truth', cues and arguments",
)
LABEL_LEAK = Rule(
    name="label-leak",
    holds="a classifier trained on the words of the statements stays at chance",
    why="a subject that favours some words would favour a side without looking at the question",
    fix="word some of the families the other way round, so that no word goes with a side",
)
LENGTH_CUE = Rule(
    name="length-cue",
    holds=f"the longer statement is A, or right, in {BAND[0]:.0%} to {BAND[1]:.0%} of the families",
    why="long answers are preferred as such; a test taker picks the longest",
    fix="lengthen the shorter statement in some of the families",
)
BULK = Rule(
    name="bulk",
    holds=f"the other arguments are on average within {FAR:.0%} of the strong ones in words",
    why="where every strong argument is the longer one, length is what moves the subject",
    fix="lengthen or shorten some of them until the mean is near the strong arguments'",
)


def polarity(scenarios: Sequence[Scenario]) -> Iterator[Finding]:
    """Yield sets and topics in which yes or the truth lies on one side too often."""
    yield from _shares(
        scenarios,
        POLARITY,
        {
            "a plain yes takes A": lambda s: [a.yes == "a" for a in _own(s) if a.yes is not None],
            "A is right": lambda s: [truth == "a" for _, truth in _settled(s)],
            "yes is right": lambda s: [
                truth == about.yes for about, truth in _settled(s) if about.yes is not None
            ],
            "A is right in a check of comprehension": lambda s: [
                cover.check.truth == "a" for cover in s.covers if cover.check is not None
            ],
        },
    )


def length_cue(scenarios: Sequence[Scenario]) -> Iterator[Finding]:
    """Yield sets and topics in which the longer statement is A, or the right one, too often."""
    yield from _shares(
        scenarios,
        LENGTH_CUE,
        {
            "the longer statement is A": lambda s: [n > 0 for a in _own(s) if (n := _longer(a))],
            "the longer statement is right": lambda s: [
                (n > 0) == (truth == "a") for about, truth in _settled(s) if (n := _longer(about))
            ],
        },
    )


def label_leak(scenarios: Sequence[Scenario]) -> Iterator[Finding]:
    """Yield sets and topics whose statements' words tell A from B, or right from wrong."""
    tasks: dict[str, Callable[[Scenario], list[Pair]]] = {
        "statement is A": lambda s: [Pair(s.id, a.a, a.b) for a in _own(s)],
        "statement is right": lambda s: [
            Pair(s.id, about.statement(truth), about.statement(other(truth)))
            for about, truth in _settled(s)
        ],
        "option is right": _option_pairs,
    }
    for group in _groups(scenarios):
        for name, make in tasks.items():
            found = leak([pair for s in _spread(group.scenarios) for pair in make(s)])
            if found is not None and found.p <= ALPHA and found.accuracy > 0.5:
                message = (
                    f"expected that words do not tell which {name}, found that they do in "
                    f"{found.accuracy:.0%} of cases ({found.families} families, p = {found.p:.2g})"
                    f"; most telling, + for it: {', '.join(found.words)}"
                )
                yield group.finding(LABEL_LEAK, message)


def bulk(scenarios: Sequence[Scenario]) -> Iterator[Finding]:
    """Yield sets and topics with weak, invalid or irrelevant arguments of other length on average.

    One value per family: the mean over its sides. Tested by the t of family means.
    """
    for group in _groups(scenarios):
        for name in ("weak", "invalid", "irrelevant"):
            values = [value for s in group.scenarios if (value := _excess(s, name)) is not None]
            if len(values) < 3:
                continue
            mean = float(np.mean(values))
            if abs(mean) > FAR and _p_of_mean(values) <= ALPHA:
                message = (
                    f"{name}: expected about the length of 'strong', found {mean:+.1%} words on "
                    f"average over {len(values)} families"
                )
                yield group.finding(BULK, message)


def _p_of_mean(values: Sequence[float]) -> float:
    if np.ptp(values) == 0.0:
        return 0.0
    return float(stats.ttest_1samp(values, 0.0).pvalue)


def _excess(scenario: Scenario, name: str) -> float | None:
    """Return the words of a family's arguments of a kind above those of its strong ones."""
    shares = [
        len(words(text)) / len(words(arguments.strong)) - 1
        for arguments in scenario.arguments.values()
        if (text := getattr(arguments, name))
    ]
    return sum(shares) / len(shares) if shares else None


def _shares(
    scenarios: Sequence[Scenario],
    rule: Rule,
    questions: Mapping[str, Callable[[Scenario], list[bool]]],
) -> Iterator[Finding]:
    for group in _groups(scenarios):
        for name, answers in questions.items():
            found = [value for s in group.scenarios for value in answers(s)]
            if not found:
                continue
            hits = sum(found)
            share, p = hits / len(found), stats.binomtest(hits, len(found)).pvalue
            if not BAND[0] <= share <= BAND[1] and p <= ALPHA:
                message = (
                    f"expected that {name} in {BAND[0]:.0%} to {BAND[1]:.0%} of cases, found "
                    f"{hits} of {len(found)} (p = {p:.2g})"
                )
                yield group.finding(rule, message)


@dataclass(frozen=True, slots=True)
class _Group:
    """Families that are judged together."""

    scenarios: Sequence[Scenario]
    topic: str = ""
    stratum: str = ""

    def finding(self, rule: Rule, message: str) -> Finding:
        start = f"{self.stratum} families: " if self.stratum else ""
        return Finding(rule=rule, topic=self.topic, message=start + message, breach=not self.topic)


def _groups(scenarios: Sequence[Scenario]) -> Iterator[_Group]:
    """Yield the set and its strata, each where it has several topics, and then each topic."""
    topics: dict[str, list[Scenario]] = defaultdict(list)
    strata: dict[str, list[Scenario]] = defaultdict(list)
    for scenario in scenarios:
        topics[scenario.topic].append(scenario)
        strata[scenario.stratum].append(scenario)
    if len(topics) > 1:
        yield _Group(scenarios)
    for stratum, found in sorted(strata.items()):
        if len(strata) > 1 and len({s.topic for s in found}) > 1:
            yield _Group(found, stratum=stratum)
    for topic, found in sorted(topics.items()):
        yield _Group(found, topic=topic)


def _spread(group: Sequence[Scenario]) -> Sequence[Scenario]:
    return group[:: -(-len(group) // MOST_FAMILIES)]


def _own(scenario: Scenario) -> tuple[Proposition, ...]:
    """Return the proposition a family is asked by, as its prompt's yes takes sides on it.

    None for a made-up fact: there A says by definition that something holds, and B denies it.
    """
    if scenario.invented is not None:
        return ()
    return (scenario.proposition if scenario.item is None else scenario.item.asked.about,)


def _settled(scenario: Scenario) -> list[tuple[Proposition, Side]]:
    """Return what of a family has a right side: its own question, and the twin of an item."""
    if scenario.truth is None:
        return []
    found = [(about, scenario.truth) for about in _own(scenario)]
    if scenario.item is not None and scenario.item.twin is not None:
        found.append((scenario.item.twin.asked.about, scenario.item.twin.truth))
    return found


def _option_pairs(scenario: Scenario) -> list[Pair]:
    """Return the right option beside each wrong one but the last, "any other answer"."""
    if scenario.item is None or not scenario.item.options:
        return []
    right, *wrong = scenario.item.options[:-1]
    return [Pair(scenario.id, right, option) for option in wrong]


def _longer(about: Proposition) -> int:
    return len(words(about.a)) - len(words(about.b))
