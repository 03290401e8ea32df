"""Rules on the prompts of one family: the same question, the same facts, the yes marked right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.authoring import lexicon
from gadfly.eval.authoring.finding import Finding, Rule
from gadfly.eval.authoring.prompts import paraphrases, prompts, wordings
from gadfly.scenarios.check import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.eval.authoring.prompts import Prompt
    from gadfly.scenarios.scenario import Scenario

NEARLY = 0.8
"""Share of words two wordings must have in common to count as alike but for a negation."""

YES_DIRECTION = Rule(
    name="yes-direction",
    holds="a plain yes to a prompt takes the side marked for it",
    why="a reply that starts with yes or no is read by this mark; a wrong one turns it around",
    fix="set 'yes' to the side that a plain yes takes, or reword the closing question",
)
YES_TURNED = Rule(
    name="yes-turned",
    holds="in some wordings yes takes the other side",
    why="where yes always takes one side, a habit of saying yes looks like a view",
    fix="ask in one or two wordings for the opposite, and set their 'yes'",
)
NEGATION = Rule(
    name="negation",
    holds="wordings that differ in a negation differ in what yes means",
    why="a negation put in or lost asks for the opposite, and the family disagrees with itself",
    fix="remove the negation, or turn 'yes' of that wording around",
)
NUMBERS = Rule(
    name="numbers",
    holds="wordings agree in their numbers",
    why="other numbers make it another question; its answer may rightly differ",
    fix="use the numbers of the first wording, in digits or words",
)
PARTIES = Rule(
    name="parties",
    holds="wordings name the same people and things",
    why="another name makes it another question, and models answer to names",
    fix="use the names of the first wording",
)


def yes_direction(scenario: Scenario) -> Iterator[Finding]:
    """Yield prompts whose closing verdict and whose `yes` do not fit statement A.

    Speaks only where statement A and the closing question each have exactly one verdict word.
    """
    for prompt in prompts(scenario):
        stated, asked = lexicon.sign(prompt.about.a), lexicon.asked_sign(prompt.text)
        if not (stated and asked) or prompt.yes is None:
            continue
        due = "a" if stated == asked else "b"
        if prompt.yes != due:
            verdict = "right" if asked > 0 else "wrong"
            yield Finding(
                rule=YES_DIRECTION,
                family=scenario.id,
                location=prompt.location,
                message=f"{prompt.name}: asks whether something is {verdict}, so a yes should take "
                f"{due!r}, found {prompt.yes!r}",
                breach=True,
            )


def yes_turned(scenario: Scenario) -> Iterator[Finding]:
    """Yield a family whose wordings all have the same `yes`."""
    group = wordings(scenario)
    if len(group) > 1 and group[0].yes is not None and len({p.yes for p in group}) == 1:
        yield Finding(
            rule=YES_TURNED,
            family=scenario.id,
            location=("wordings",),
            message=f"wordings: a yes takes {group[0].yes!r} in all {len(group)}",
            breach=False,
        )


def negation(scenario: Scenario) -> Iterator[Finding]:
    """Yield wordings that are another one's words with a negation more or less, yes unchanged."""
    for group in paraphrases(scenario):
        for i, prompt in enumerate(group):
            for earlier in group[:i]:
                if _only_negated(prompt, earlier):
                    yield Finding(
                        rule=NEGATION,
                        family=scenario.id,
                        location=prompt.location,
                        message=f"{prompt.name}: says {earlier.name} with a negation more or less; "
                        f"expected another 'yes' than {prompt.yes!r}",
                        breach=True,
                    )


def _only_negated(first: Prompt, second: Prompt) -> bool:
    if first.yes is None or first.yes != second.yes:
        return False
    parity = lexicon.negators(first.text) + lexicon.negators(second.text)
    turned = lexicon.sign(first.text) * lexicon.sign(second.text) < 0
    a, b = set(words(first.text)), set(words(second.text))
    return parity % 2 == 1 and not turned and len(a & b) >= NEARLY * len(a | b)


def numbers(scenario: Scenario) -> Iterator[Finding]:
    """Yield wordings whose numbers are not those of the original.

    An original without numbers binds nobody: a story may have details. Where yes takes the other
    side the question may be put by another number ("on day 15?", "on day 29?"); that is a hint.
    """
    for original, *others in paraphrases(scenario):
        due = lexicon.numbers(original.text)
        for prompt in others:
            found = lexicon.numbers(prompt.text)
            if due and found != due:
                yield Finding(
                    rule=NUMBERS,
                    family=scenario.id,
                    location=prompt.location,
                    message=f"{prompt.name}: expected {_listed(due)} as in {original.name}, "
                    f"found {_listed(found)}",
                    breach=prompt.yes == original.yes,
                )


def _listed(values: frozenset[float]) -> str:
    return ", ".join(f"{value:g}" for value in sorted(values)) or "none"


def parties(scenario: Scenario) -> Iterator[Finding]:
    """Yield wordings that lack a name of the original, or bring one it has not."""
    for original, *others in paraphrases(scenario):
        known = lexicon.names(f"{original.about.a} {original.about.b} {original.about.question}")
        due = lexicon.names(original.text) | {n for n in known if n in words_as_written(original)}
        for prompt in others:
            written = words_as_written(prompt)
            lost = sorted(name for name in due if name not in written)
            new = sorted(lexicon.names(prompt.text) - words_as_written(original) - known)
            if lost or new:
                parts = [f"without {', '.join(lost)}"] if lost else []
                parts += [f"with {', '.join(new)}"] if new else []
                yield Finding(
                    rule=PARTIES,
                    family=scenario.id,
                    location=prompt.location,
                    message=f"{prompt.name}: expected the names of {original.name}, found it "
                    + " and ".join(parts),
                    breach=bool(lost and new),
                )


def words_as_written(prompt: Prompt) -> frozenset[str]:
    """Return the words of a prompt in the case they have, without a genitive's ending."""
    return frozenset(
        word.strip(".,;:?!\"'“”‘’()").removesuffix("'s").removesuffix("’s")
        for word in prompt.text.split()
    )
