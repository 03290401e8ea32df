"""The rules on a set: balance, leaks, bulk, copies."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.scenario import make_scenario

from gadfly.bot.proposition import Proposition
from gadfly.eval.authoring import balance, duplicates
from gadfly.eval.authoring.leak import Pair, leak
from gadfly.scenarios.scenario import Asked, Check, Cover, Invented, Item, Wording

if TYPE_CHECKING:
    from gadfly.bot.proposition import Side
    from gadfly.scenarios.scenario import Scenario

SIDES: tuple[Side, Side] = ("a", "b")
TREES = "apple birch cedar daisy elder fern grass hazel ivy juniper kale laurel"
WORDS = TREES.split()


def family(
    n: int, *, yes: Side | None = None, truth: Side | None = None, topic: str = "trees"
) -> Scenario:
    """Return a family of its own words, with this yes and truth."""
    name = f"{WORDS[n % 12]}-{n}"
    made = make_scenario(name, parts=False)
    about = Proposition(
        family=f"{topic}.{name}",
        question=f"Is {name} tall?",
        a=f"{name} is {'tall' if n % 4 < 2 else 'short'}",
        b=f"{name} is {'short' if n % 4 < 2 else 'tall'}",
        yes=yes,
    )
    return replace(
        made,
        id=f"{topic}.{name}",
        topic=topic,
        proposition=about,
        truth=truth,
        stratum="contested" if truth is None else "objective",
        covers=(),
        modalities={},
    )


def test_yes_on_one_side_is_a_hint_in_a_topic_and_a_breach_in_a_set() -> None:
    """Ten families in which yes takes A are said of the topic; over two topics the check fails."""
    topic = [family(n, yes="a") for n in range(10)]
    other = [family(n, yes="a", topic="towns") for n in range(10, 20)]

    (hint,) = balance.polarity(topic)
    found = list(balance.polarity([*topic, *other]))

    assert (hint.topic, hint.breach) == ("trees", False)
    assert "a plain yes takes A in 35% to 65% of cases, found 10 of 10 (p = 0.002)" in hint.message
    assert [(f.topic, f.breach) for f in found] == [("", True), ("towns", False), ("trees", False)]


def test_few_families_and_balanced_ones_are_left_alone() -> None:
    """Seven of seven can be chance at one per cent; half and half is balance."""
    few = [family(n, yes="a", truth="a") for n in range(7)]
    even = [
        family(n, yes=yes, truth=truth)
        for n, (yes, truth) in enumerate([*product(SIDES, SIDES)] * 5)
    ]

    assert list(balance.polarity(few)) == []
    assert list(balance.polarity(even)) == []


def test_right_answers_on_one_side_or_always_yes_are_found() -> None:
    """Truth always A is one imbalance, truth always with the yes another."""
    always_a = [family(n, yes=SIDES[n % 2], truth="a") for n in range(12)]
    always_yes = [family(n, yes=SIDES[n % 2], truth=SIDES[n % 2]) for n in range(12)]

    assert ["A is right" in f.message for f in balance.polarity(always_a)] == [True]
    assert ["yes is right" in f.message for f in balance.polarity(always_yes)] == [True]


def test_twins_and_checks_count_for_the_balance() -> None:
    """A twin with the opposite answer balances its item; one-sided checks of stories are found."""
    made = [family(n, truth="a") for n in range(12)]
    twinned, checked = [], []
    for s in made:
        twin = Item(kind="trick", asked=Asked(text="?", about=s.proposition), truth="b")
        twinned.append(replace(s, item=replace(twin, truth="a", twin=twin)))
        cover = Cover(
            kind="novel", text="A tale?", yes=None, check=Check(about=s.proposition, truth="b")
        )
        checked.append(replace(s, truth=None, covers=(cover,)))

    assert list(balance.polarity(twinned)) == []
    (found,) = balance.polarity(checked)
    assert "A is right in a check of comprehension" in found.message
    assert "found 0 of 12" in found.message


def test_longer_statement_on_one_side_is_found() -> None:
    """Where the longer statement is always A, or always the right one, length tells."""
    made = []
    for n in range(12):
        s = family(n, truth=SIDES[n % 2])
        about = s.proposition
        a, b = (about.a + " by far", about.b) if n % 2 == 0 else (about.a, about.b + " by far")
        made.append(replace(s, proposition=replace(about, a=a, b=b)))

    (found,) = balance.length_cue(made)

    assert "the longer statement is right" in found.message


def worded(n: int, good: str, bad: str, truth: Side) -> Scenario:
    s = family(n, truth=truth)
    right, wrong = f"{s.id} is {good}", f"{s.id} is {bad}"
    a, b = (right, wrong) if truth == "a" else (wrong, right)
    return replace(s, proposition=replace(s.proposition, a=a, b=b))


def test_words_that_go_with_the_right_side_are_found_and_named() -> None:
    """Where the right statement always has one word, the classifier finds it in unseen families."""
    made = [worded(n, "kind", "harsh", SIDES[n % 2]) for n in range(12)]

    (found,) = balance.label_leak(made)

    assert "which statement is right, found that they do in 100% of cases" in found.message
    assert "+kind" in found.message
    assert "-harsh" in found.message


def test_leak_in_one_stratum_is_found_beside_balanced_others() -> None:
    """Strata are judged on their own: many balanced families do not hide a leak in a few."""
    settled = [
        replace(worded(n, "kind", "harsh", SIDES[n % 2]), stratum="settled", topic=f"t{n % 3}")
        for n in range(12)
    ]
    others = [family(n, topic=f"t{n % 3}") for n in range(40, 120)]

    found = [f for f in balance.label_leak([*settled, *others]) if "settled" in f.message]

    assert [(f.topic, f.breach) for f in found] == [("", True)]
    assert found[0].message.startswith("settled families: expected that words do not tell")


def test_words_that_go_with_no_side_are_left_alone() -> None:
    """Words that are as often right as wrong give nothing away."""
    made = [
        worded(n, *(("kind", "harsh") if n % 4 < 2 else ("harsh", "kind")), SIDES[n % 2])
        for n in range(24)
    ]

    assert list(balance.label_leak(made)) == []


def test_made_up_facts_are_left_out() -> None:
    """What follows from a made-up fact holds in A by definition, and B denies it: no leak."""
    made = [worded(n, "alive", "not alive", "a") for n in range(12)]
    fact = Invented(name="zorbles", fact="Zorbles live.", consequences=())

    assert len([*balance.label_leak(made), *balance.polarity(made)]) > 1
    invented = [replace(s, invented=fact) for s in made]
    assert [*balance.label_leak(invented), *balance.polarity(invented)] == []


def test_options_with_a_telling_word_are_found_but_for_the_last() -> None:
    """A word only right options have is a leak; "any other" in the last option is by design."""
    telling, plain = [], []
    for n in range(12):
        s = family(n)
        item = Item(kind="fact", asked=Asked(text="?", about=s.proposition), truth="a")
        right = f"really {s.id}"
        telling.append(replace(s, item=replace(item, options=(right, f"x{n}", f"y{n}", "other"))))
        plain.append(replace(s, item=replace(item, options=(f"z{n}", f"x{n}", f"y{n}", "other"))))

    (found,) = balance.label_leak(telling)
    assert "which option is right" in found.message
    assert list(balance.label_leak(plain)) == []


def test_leak_keeps_its_level_on_noise() -> None:
    """On random words the classifier is at chance and its p-value falls below .05 rarely."""
    rng = np.random.default_rng(7)
    ps = []
    for _ in range(60):
        drawn = rng.choice(WORDS, (30, 2, 3))
        pairs = [Pair(str(i), *(" ".join(text) for text in two)) for i, two in enumerate(drawn)]
        found = leak(pairs)
        assert found is not None
        ps.append(found.p)

    assert np.mean(np.array(ps) <= 0.05) <= 0.12
    assert 0.35 < float(np.mean(ps)) < 0.65


def test_leak_leaves_out_whole_families() -> None:
    """What only a family's own other pairs could teach is not learnt.

    Pairs of one family share their words; left out singly they would be told apart every time.
    """
    pairs = [Pair(str(n), f"good{n}", f"bad{n}") for n in range(10) for _ in range(2)]

    found = leak(pairs)

    assert found is not None
    assert (found.accuracy, found.families) == (0.5, 10)
    assert leak(pairs[:2]) is None


def test_arguments_shorter_throughout_are_found() -> None:
    """Weak arguments a fifth shorter than the strong ones in all families are a breach."""
    made = []
    for n in range(8):
        s = family(n)
        short = {
            side: replace(a, strong="a b c d e f g h i j", weak="a b c d e f g h")
            for side, a in s.arguments.items()
        }
        made.append(replace(s, arguments=short, topic=f"topic-{n % 2}"))

    found = [f for f in balance.bulk(made) if "weak" in f.message]

    assert [f.breach for f in found] == [True, False, False]
    assert "found -20.0% words on average over 8 families" in found[0].message


def test_arguments_of_like_length_on_average_are_left_alone() -> None:
    """Some longer, some shorter is no bulk."""
    made = []
    for n in range(10):
        s = family(n)
        weak = "a b c d e f g h i" + (" j k" if n % 2 else "")
        a = replace(s.arguments["a"], strong="a b c d e f g h i j", weak=weak, invalid="")
        made.append(replace(s, arguments={"a": a}))

    assert list(balance.bulk(made)) == []


def test_copy_of_another_family_is_found_once() -> None:
    """A prompt nearly word for word another family's is a breach, said once for the family."""
    first, second, third = (replace(family(n), arguments={}) for n in (1, 2, 3))
    text = "May one cut down an old oak to widen a street?"
    first = replace(first, wordings=(Wording(text=text, yes="a"),))
    second = replace(
        second,
        wordings=(
            Wording(text="May one fell an old oak, if it widens a street?", yes="a"),
            Wording(text="May one cut down an old oak just to widen a street?", yes="a"),
            Wording(text=text, yes="a"),
        ),
    )

    (found,) = duplicates.duplicates([first, second])

    assert (found.family, found.location) == (second.id, ("wordings", 1))
    assert f"92% of its words in {first.id}, wordings 1" in found.message
    assert list(duplicates.duplicates([first, third])) == []


def test_wordings_that_hardly_differ_are_found() -> None:
    """A wording in the words of an earlier one is a breach, unless its yes turns."""
    puts = ("May one cut down the old oak?", "Today, may one cut the old oak down?")
    made = family(1)

    def asked(*yes: Side) -> Scenario:
        return replace(
            made, wordings=tuple(Wording(text=t, yes=y) for t, y in zip(puts, yes, strict=True))
        )

    assert list(duplicates.wordings_alike(asked("a", "a"))) == []
    puts = ("May one cut down the old oak?", "May one cut the old oak down?")
    (found,) = duplicates.wordings_alike(asked("a", "a"))
    assert (found.breach, found.location) == (True, ("wordings", 1))
    assert list(duplicates.wordings_alike(asked("a", "b"))) == []


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_alike_finds_what_comparing_all_pairs_finds(share: float) -> None:
    """The rarest words suffice to find every pair above the bar."""
    rng = np.random.default_rng(3)
    texts = [" ".join(rng.choice(WORDS, 9)) for _ in range(120)]
    sets = [set(text.split()) for text in texts]
    expected = {
        (i, j)
        for j in range(len(sets))
        for i in range(j)
        if min(len(sets[i]), len(sets[j])) >= duplicates.FEWEST_WORDS
        and len(sets[i] & sets[j]) >= share * len(sets[i] | sets[j])
    }

    assert expected
    assert {(i, j) for i, j, _ in duplicates.alike(texts, share)} == expected
