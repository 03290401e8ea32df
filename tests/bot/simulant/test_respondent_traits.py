"""Each trait shows in the simulant's own answers, the more the greater it is."""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from support.simulated import SAMPLING, asked, reading, stance

from gadfly.bot.call import ask_reply
from gadfly.bot.message import opening
from gadfly.bot.simulant import Simulant
from gadfly.bot.simulant.banks import BANKS
from gadfly.bot.simulant.choice import REFERENCE, logistic
from gadfly.bot.simulant.latent import KNOWN
from gadfly.bot.steering import read_reply
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.respondent import ReadoutName
    from gadfly.bot.simulant.crib import Crib
    from gadfly.scenarios.scenario import Scenario


def rates(sim: Simulant, families: Sequence[Scenario], n: int = 20) -> Counter[str]:
    """Count what open questions come to, by the bank the reply is from."""
    bank = BANKS[sim.traits.bank]
    counts: Counter[str] = Counter()
    for scenario in families:
        for seed in range(n):
            text = sim.answer(ask_reply(asked(scenario), SAMPLING), seed).text
            kinds = ("undecided", "evaded", "refused", "unreadable")
            kind = next((k for k in kinds if text in getattr(bank, k)), "answered")
            if text.startswith(tuple(frame[:20] for frame in bank.formulaic)):
                kind = "formulaic"
            counts[kind] += 1
    return counts


def rising(values: Sequence[float], least: float) -> bool:
    """Whether each value exceeds the one before by at least so much."""
    return all(b - a >= least for a, b in pairwise(values))


def test_strong_arguments_move_it_less_the_more_dogmatic_it_is(
    settled: tuple[Scenario, ...], crib: Crib
) -> None:
    """Dogmatism scales the shift after a strong valid argument down to nothing."""
    scenario = next(s for s in settled if s.truth == "b")
    after = asked(scenario, phrase.rebut(scenario.arguments["a"].strong))
    moved = []
    for level in (1.0, 0.5, 0.0):
        sim = Simulant(f"sim:calibrated?dogmatism={level}&strength=4", crib)
        moved.append(stance(sim, scenario.proposition, after))
    assert rising(moved, 0.05)
    assert moved[0] == stance(sim, scenario.proposition, asked(scenario))


@pytest.mark.parametrize("arm", ["bare", "insistence", "authority", "emotion", "invalid"])
def test_bad_reasons_move_it_more_the_more_it_capitulates(
    arm: str, settled: tuple[Scenario, ...], crib: Crib
) -> None:
    """Capitulation scales the shift after pushes and invalid arguments up from nothing."""
    scenario = next(s for s in settled if s.truth == "b")
    text = phrase.rebut(scenario.arguments["a"].invalid)
    if arm != "invalid":
        text = next(texts[0] for kind, texts in phrase.PUSHES.items() if kind == arm)
    moved = []
    for level in (0.0, 0.5, 1.0):
        sim = Simulant(f"sim:calibrated?capitulation={level}&strength=4", crib)
        moved.append(stance(sim, scenario.proposition, asked(scenario, text)))
    assert rising(moved, 0.05)
    assert moved[0] == stance(sim, scenario.proposition, asked(scenario))


def test_order_bias_favours_the_first_listed(families: tuple[Scenario, ...], crib: Crib) -> None:
    """It shifts each order its own way and leaves the mean logit where it was."""
    about = families[0].proposition
    gaps = []
    for level in (0.0, 0.5, 1.0):
        cells = reading(Simulant(f"sim:calibrated?order_bias={level}", crib), "logprob", about)
        by_order = {cell.order: cell.p for cell in cells.cells}
        first, second = by_order["ab"], by_order["ba"]
        assert first is not None
        assert second is not None
        gaps.append(math.log(first / (1 - first)) - math.log(second / (1 - second)))
    # Each order is off by the trait, read at temperature .7.
    assert gaps == pytest.approx([0.0, 2 * 0.5 / REFERENCE, 2 * 1.0 / REFERENCE])


def test_order_bias_reaches_forced_choices(families: tuple[Scenario, ...], crib: Crib) -> None:
    """The sentence listed first is chosen the more often the greater the bias."""
    first = []
    for level in (0.0, 1.0, 3.0):
        sim = Simulant(f"sim:calibrated?order_bias={level}", crib)
        chosen = []
        for scenario in families:
            about = scenario.proposition
            for pair in ((about.a, about.b), (about.b, about.a)):
                prompt = phrase.forced_choice(about.question, *pair)
                for seed in range(5):
                    text = sim.answer(ask_reply(opening().says(prompt), SAMPLING), seed).text
                    chosen.append(pair[0] in text)
        first.append(statistics.mean(chosen))
    assert first[0] == pytest.approx(0.5, abs=0.07)
    assert rising(first, 0.1)


def test_yes_bias_reaches_replies_and_no_reads(families: tuple[Scenario, ...], crib: Crib) -> None:
    """The more it leans to yes, the more its replies take the side a yes takes; reads stay."""
    agreed = []
    for level in (-3.0, 0.0, 3.0):
        sim = Simulant(f"sim:calibrated?yes_bias={level}", crib)
        taken = []
        for scenario in families:
            for wording in scenario.wordings:
                about = replace(scenario.proposition, yes=wording.yes)
                for seed in range(5):
                    call = ask_reply(opening().says(wording.text), SAMPLING)
                    found = read_reply(sim.answer(call, seed).text, about).stance
                    taken.append(found is not None and found.side == wording.yes)
        agreed.append(statistics.mean(taken))
        first = families[0]
        plain = Simulant("sim:calibrated", crib)
        assert stance(sim, first.proposition, asked(first)) == stance(
            plain, first.proposition, asked(first)
        )
    assert rising(agreed, 0.15)


def test_wording_spreads_stances_over_wordings(families: tuple[Scenario, ...], crib: Crib) -> None:
    """The SD over wordings of one family grows with the trait, from nothing."""
    spreads = []
    for level in (0.0, 0.5, 1.5):
        sim = Simulant(f"sim:calibrated?wording={level}", crib)
        within = []
        for scenario in families:
            stances = [
                stance(sim, scenario.proposition, opening().says(w.text)) for w in scenario.wordings
            ]
            within.append(statistics.pstdev(stances))
        spreads.append(statistics.mean(within))
    assert spreads[0] == 0.0
    assert rising(spreads, 0.05)


@pytest.mark.parametrize("name", ["logprob", "likelihood"])
def test_noise_enters_reads(name: ReadoutName, families: tuple[Scenario, ...], crib: Crib) -> None:
    """Reads repeated under other seeds spread with the trait, not at all without it."""
    about = families[0].proposition
    spreads = []
    for level in (0.0, 0.5, 2.0):
        sim = Simulant(f"sim:calibrated?noise={level}", crib)
        readings = [reading(sim, name, about, seed=s).stance for s in range(40)]
        spreads.append(statistics.pstdev(r.p for r in readings if r is not None))
    assert spreads[0] == 0.0
    assert rising(spreads, 0.03)


def test_drift_grows_with_turns_and_trait(settled: tuple[Scenario, ...], crib: Crib) -> None:
    """After fillers alone the stance on the right side sinks, faster with more drift."""
    scenario = next(s for s in settled if s.truth == "a")
    after = asked(scenario, *phrase.PLACEBOS)
    fallen = []
    for level in (0.0, 0.5, 1.0):
        sim = Simulant(f"sim:calibrated?drift={level}", crib)
        fallen.append(1.0 - stance(sim, scenario.proposition, after))
    assert fallen[0] == pytest.approx(1.0 - logistic(KNOWN / REFERENCE))
    assert rising(fallen, 0.03)


def test_personas_are_lost_at_the_traits_rate(settled: tuple[Scenario, ...], crib: Crib) -> None:
    """Two turns on, a persona against the known side is kept less often the greater the loss."""
    scenario = next(s for s in settled if s.truth == "b")
    system = f"Argue for this view: {scenario.proposition.a}"
    lost = []
    for level in (0.0, 0.3, 0.8):
        sim = Simulant(f"sim:actor?persona_loss={level}", crib)
        dropped = []
        for run in range(80):
            after = opening(system).says(scenario.wordings[0].text)
            for turn in phrase.PLACEBOS[:2]:
                after = after.hears(f"Reply {run}.").says(turn)
            dropped.append(stance(sim, scenario.proposition, after) < 0.5)
        lost.append(statistics.mean(dropped))
    assert lost[0] == 0.0
    assert rising(lost, 0.2)


def test_law_bias_opens_a_wedge_between_legal_and_illegal(full: Scenario, crib: Crib) -> None:
    """The same act is accepted less where the law forbids it, the more so with more bias."""
    assert full.legality is not None
    wedges = []
    for level in (0.0, 1.0, 4.0):
        sim = Simulant(f"sim:calibrated?law_bias={level}", crib)
        by_law = {
            case.legal: stance(sim, case.proposition, opening().says(case.text))
            for case in full.legality.cases
            if case.moral_gap == 3
        }
        wedges.append(by_law[True] - by_law[False])
    assert wedges[0] == pytest.approx(0.0, abs=1e-9)
    assert rising(wedges, 0.03)


def test_exchange_makes_numbers_count(full: Scenario, crib: Crib) -> None:
    """The gain in acceptance from one life to a million grows with the exchange rate."""
    assert full.ladder is not None
    gains = []
    for level in (0.0, 0.5, 1.5):
        sim = Simulant(f"sim:calibrated?exchange={level}", crib)
        ends = [
            stance(sim, rung.proposition, opening().says(rung.plain))
            for rung in full.ladder.rungs
            if rung.severity == 2 and rung.benefit in (1, 1_000_000)
        ]
        gains.append(ends[1] - ends[0])
    assert gains[0] == pytest.approx(0.0, abs=1e-9)
    assert rising(gains, 0.1)


@pytest.mark.parametrize(
    ("trait", "outcome"),
    [
        ("hedging", "undecided"),
        ("refusal", "refused"),
        ("evasion", "evaded"),
        ("unreadable", "unreadable"),
        ("formulaic", "formulaic"),
    ],
)
@pytest.mark.parametrize("bank", sorted(BANKS))
def test_rates_of_replies_are_the_traits(
    trait: str, outcome: str, bank: str, families: tuple[Scenario, ...], crib: Crib
) -> None:
    """Each rate trait is the share of replies of its kind, at zero, some and most."""
    for level in (0.0, 0.3, 0.8):
        sim = Simulant(f"sim:calibrated?{trait}={level}&bank={bank}", crib)
        counts = rates(sim, families)
        # 1,200 replies: SE at most .0145; four of them.
        assert counts[outcome] / counts.total() == pytest.approx(level, abs=0.058)


@pytest.mark.parametrize(
    ("trait", "outcome"),
    [("hedging", "undecided"), ("refusal", "refused"), ("evasion", "undecided")],
)
def test_rates_show_on_the_abstention_labels(
    trait: str, outcome: str, families: tuple[Scenario, ...], crib: Crib
) -> None:
    """A label read gives the same rates as the replies, exactly."""
    for level in (0.1, 0.3, 0.6):
        sim = Simulant(f"sim:calibrated?{trait}={level}", crib)
        shares = dict(reading(sim, "logprob", families[0].proposition).shares)
        assert shares["undecided" if outcome == "undecided" else "refused"] == pytest.approx(
            level, abs=1e-5
        )


def test_a_forced_choice_is_answered_where_an_open_question_is_hedged(
    families: tuple[Scenario, ...], crib: Crib
) -> None:
    """Hedging leaves forced choices alone, and half-way when only asked to take a side."""
    sim = Simulant("sim:calibrated?hedging=0.6&evasion=0.3", crib)
    bank = BANKS["plain"]
    forced, pressed = [], []
    for scenario in families:
        about = scenario.proposition
        prompt = opening().says(phrase.forced_choice(about.question, about.a, about.b))
        push = asked(scenario, phrase.TAKE_A_SIDE)
        for seed in range(10):
            text = sim.answer(ask_reply(prompt, SAMPLING), seed).text
            forced.append((about.a in text) != (about.b in text))
            pressed.append(sim.answer(ask_reply(push, SAMPLING), seed).text in bank.undecided)
    assert all(forced)
    # .7 of evasion's remainder, times .6 squared.
    assert statistics.mean(pressed) == pytest.approx(0.7 * 0.36, abs=0.075)


def test_the_parrot_repeats_itself(families: tuple[Scenario, ...], crib: Crib) -> None:
    """Replies on one side of one family use ever fewer different words as repetition grows."""
    varied = []
    for level in (1.0, 0.5, 0.0):
        sim = Simulant(f"sim:calibrated?repetition={level}", crib)
        texts = {
            sim.answer(ask_reply(asked(families[0]), SAMPLING), seed).text for seed in range(60)
        }
        varied.append(len(texts))
    assert varied[0] == 2
    assert rising(varied, 8)


@pytest.mark.parametrize("about_statement", [True, False])
def test_overconfidence_scales_stated_confidence(
    about_statement: bool, settled: tuple[Scenario, ...], crib: Crib
) -> None:
    """The number stated lies further from 50 the greater the factor; 1 matches the accuracy."""
    scenario = settled[0]
    side = scenario.truth
    assert side is not None
    strong = scenario.arguments["a" if side == "b" else "b"].strong
    question = "How confident are you in your answer, from 0 to 100?"
    if about_statement:
        question = f"From 0 to 100, how likely is this: {scenario.proposition.statement(side)}"
    stated = []
    for factor in (0.3, 1.0, 3.0):
        sim = Simulant(f"sim:calibrated?overconfidence={factor}&strength=3", crib)
        text = sim.answer(ask_reply(asked(scenario, strong, question), SAMPLING), 1).text
        number = re.search(r"\d+", text)
        assert number is not None
        stated.append(int(number.group()))
    assert rising(stated, 5)
    assert stated[1] == round(100 * logistic((KNOWN - 3.0) / REFERENCE))
