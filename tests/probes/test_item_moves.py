"""What the probes of items ask: prompts, shared prefixes, and where they do not apply."""

from __future__ import annotations

from itertools import pairwise

import pytest
from support.moves import LEANS_A, LEANS_B, NOWHERE, moves, shape
from support.sample import sample, samples

from gadfly.probes.catalogue import probes_named
from gadfly.probes.chains import ChainsProbe
from gadfly.probes.confidence import ConfidenceProbe
from gadfly.probes.credence import CredenceProbe
from gadfly.probes.ground_truth import GroundTruthProbe
from gadfly.probes.made_up_fact import MadeUpFactProbe
from gadfly.probes.move import Say, Stop
from gadfly.scenarios import item_phrase, phrase


@pytest.mark.parametrize(
    ("name", "family", "arm", "expected"),
    [
        ("nonsense", "nonsense", 0, "answer!"),
        ("item", "trick", 1, "first!"),
        ("confidence", "fact", 0, "first! confidence!"),
        ("source", "falsehood", 0, "first! before? claim! claimed? thin! after?"),
        ("ground-truth", "fact", 0, "first! before? challenge! after?"),
        ("ground-truth", "fact", -1, "challenge! after?"),
        ("made-up-fact", "zorbles", 1, "told! implied:0? implied:1? likelier:1? unrelated:1?"),
        ("chains", "ring", 3, "states!"),
    ],
)
def test_an_arm_goes_through_its_moves(name: str, family: str, arm: int, expected: str) -> None:
    """Each protocol asks in the order laid down for it."""
    probe, scenario = probes_named(name)[0], sample(family)

    assert shape(moves(probe, probe.arms(scenario)[arm], scenario=scenario)) == expected


def test_every_number_is_asked_for_in_a_thread_of_its_own() -> None:
    """Four credences and the prices of two tickets, each in a fresh thread."""
    probe, scenario = CredenceProbe(), sample("fact")

    found = [m for m in moves(probe, probe.arms(scenario)[0], scenario=scenario)]

    assert all(isinstance(m, Say) and m.fresh for m in found)
    labels = [m.label for m in found if isinstance(m, Say)]
    assert labels == [
        "credence:0", "credence:1", "credence:2", "credence:3",
        "buy:0", "sell:0", "buy:1", "sell:1",
    ]  # fmt: skip


@pytest.mark.parametrize(("reading", "side"), [(LEANS_A, "b"), (LEANS_B, "a")])
def test_its_own_answer_is_argued_against(reading: object, side: str) -> None:
    """A right answer meets the misleading argument, a wrong one the sound correction."""
    probe, scenario = GroundTruthProbe(), sample("fact")
    arm = next(a for a in probe.arms(scenario) if a.name == "argument")

    challenge = moves(probe, arm, reading, scenario)[2]  # type: ignore[arg-type]  # a reading

    assert isinstance(challenge, Say)
    assert challenge.text == phrase.criticise(scenario.arguments[side].strong)  # type: ignore[index]  # "a" or "b"


def test_planted_answers_are_right_and_wrong_and_met_by_the_other_side() -> None:
    """The thread opens with the question and a statement; the argument is for the other one."""
    probe, scenario = GroundTruthProbe(planted=("argument",)), sample("fact")
    arms = [a for a in probe.arms(scenario) if a.history]

    assert [a.variant for a in arms] == ["planted:right", "planted:wrong"]
    for arm, side in zip(arms, ("a", "b"), strict=True):
        assert scenario.item is not None
        statement = scenario.proposition.a if side == "a" else scenario.proposition.b
        assert arm.history == ((scenario.item.asked.text, statement),)
        challenge = moves(probe, arm, scenario=scenario)[0]
        assert isinstance(challenge, Say)
        against = scenario.arguments["b" if side == "a" else "a"].strong
        assert against in challenge.text


def test_without_an_answer_nothing_is_challenged_or_rated() -> None:
    """Where a reply takes no side the trial stops and says so."""
    for probe in (GroundTruthProbe(), ConfidenceProbe()):
        arm = probe.arms(sample("fact"))[0]
        last = moves(probe, arm, NOWHERE, sample("fact"))[-1]
        assert isinstance(last, Stop)
        assert "no answer" in last.reason


def test_parameters_leave_arms_and_reads_out() -> None:
    """Reads, planted answers, distances and lengths can be dropped, and nothing else changes."""
    lean = GroundTruthProbe(own=("argument",), planted=(), reads=False)
    short = ChainsProbe(lengths=(1, 4))
    near = MadeUpFactProbe(distances=(1,))
    fact, ring, zorbles = sample("fact"), sample("ring"), sample("zorbles")

    assert shape(moves(lean, lean.arms(fact)[0], scenario=fact)) == "first! challenge!"
    assert [a.variant for a in short.arms(ring)] == ["n:1", "n:4", "n:1", "n:4"]
    told = moves(near, near.arms(zorbles)[1], scenario=zorbles)
    assert shape(told) == "told! implied:1? likelier:1? unrelated:1?"


def test_confidence_shares_its_first_question_with_the_item() -> None:
    """Both probes say the same first words, so that their first reply is one call."""
    for family in ("fact", "trick", "falsehood"):
        scenario = sample(family)
        firsts = []
        for name in ("item", "confidence"):
            probe = probes_named(name)[0]
            firsts.append([moves(probe, a, scenario=scenario)[0] for a in probe.arms(scenario)])
        assert firsts[0] == firsts[1]


def test_no_fixed_text_names_a_side() -> None:
    """Sources and the confidence question share no run of four words with any statement."""
    texts = [item_phrase.CONFIDENCE, item_phrase.PERMISSION]
    texts += [t for source in item_phrase.SOURCES for t in (source.claim, source.thin)]
    for scenario in samples():
        for statement in (scenario.proposition.a, scenario.proposition.b):
            words = statement.lower().strip(".").split()
            runs = [" ".join(run) for run in zip(*(words[i:] for i in range(4)), strict=False)]
            assert not [run for run in runs for text in texts if run in text.lower()]


def test_told_and_untold_begin_alike() -> None:
    """The fact is all that the two turns differ in."""
    invented = sample("zorbles").invented
    assert invented is not None
    untold, told = item_phrase.announced(invented), item_phrase.told(invented)

    assert told.startswith(untold)
    assert told.endswith(invented.fact)


def test_longer_chains_are_asked_in_the_same_words() -> None:
    """Prompts at different lengths differ in the number of steps only."""
    chain = sample("ring").chain
    assert chain is not None
    for put in (item_phrase.final_state, item_phrase.every_state):
        texts = [put(chain, n) for n in (3, 4, 8)]
        for n, (one, other) in enumerate(pairwise(texts)):
            numbers = [(3, 4), (4, 8)][n]
            assert one.replace(f"taken {numbers[0]} times", f"taken {numbers[1]} times") == other
