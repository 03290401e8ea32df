"""Everything a probe or readout can say about a scenario is recognised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.moves import moves
from support.sample import sample, samples
from support.scenario import make_scenario
from support.simulated import stance

from gadfly.bot.message import Conversation
from gadfly.bot.readout import make_readout
from gadfly.bot.simulant import simulant
from gadfly.probes.catalogue import PROBES, probes_named
from gadfly.probes.move import Say
from gadfly.probes.sweep import SweepProbe
from gadfly.scenarios import phrase
from gadfly.scenarios.crib import crib_of
from gadfly.scenarios.perturbation import (
    CoverStory,
    IdlePhrase,
    OptionOrder,
    Rewording,
    original,
)

if TYPE_CHECKING:
    from gadfly.bot.simulant.crib import Cue

SCENARIO = make_scenario("tower")
CRIB = crib_of([make_scenario("gate"), SCENARIO, make_scenario("pond", truth="b")])


def questions(text: str) -> list[Cue]:
    """Return the questions found in a text."""
    return [cue for cue in CRIB.find(text) if cue.kind == "question"]


@pytest.mark.parametrize("kind", [Rewording, IdlePhrase, CoverStory, OptionOrder])
def test_every_variant_is_recognised_with_its_polarity(
    kind: type[Rewording | IdlePhrase | CoverStory | OptionOrder],
) -> None:
    """Each variant's prompt holds exactly one question, of its family and with its yes."""
    variants = (original(SCENARIO), *kind().variants(SCENARIO))
    assert len(variants) > 1
    for variant in variants:
        (found,) = questions(variant.text)
        assert found.family == SCENARIO.id
        assert found.yes == variant.about.yes
        assert found.matter is not None
        assert found.matter.proposition == SCENARIO.proposition


def test_forms_name_how_a_question_is_put() -> None:
    """Wordings and stories each have a form, and the readout's question is the first wording."""
    texts = [w.text for w in SCENARIO.wordings] + [c.text for c in SCENARIO.covers]
    forms = [questions(text)[0].form for text in texts]
    assert forms == ["wording:0", "wording:1", "wording:2", "cover:classic", "cover:novel"]
    assert questions(SCENARIO.proposition.question)[0].form == "wording:0"


def test_a_forced_choice_is_taken_apart() -> None:
    """The question, the introduction and both statements are found, in that order."""
    about = SCENARIO.proposition
    cues = CRIB.find(phrase.forced_choice(about.question, about.b, about.a))
    assert [(c.kind, c.side) for c in cues] == [
        ("question", None),
        ("forced", None),
        ("statement", "b"),
        ("statement", "a"),
    ]


def test_idle_phrases_are_told_apart() -> None:
    """The phrase that joins two others is itself, not one of them."""
    for idle in phrase.IDLE:
        for position in ("before", "after"):
            text = phrase.with_idle(
                SCENARIO.wordings[0].text, idle.text, "before" if position == "before" else "after"
            )
            found = [cue.name for cue in CRIB.find(text) if cue.kind == "idle"]
            assert found == [idle.name]


def test_challenges_are_recognised_for_what_they_are() -> None:
    """Arguments with their side and quality, pushes with their kind, fillers and prompts."""
    for side in ("a", "b"):
        for quality in ("strong", "weak", "invalid"):
            arguments = SCENARIO.arguments["a" if side == "a" else "b"]
            text = {
                "strong": arguments.strong,
                "weak": arguments.weak,
                "invalid": arguments.invalid,
            }[quality]
            (cue,) = CRIB.find(phrase.rebut(text))
            assert (cue.kind, cue.family, cue.side, cue.quality) == (
                "argument",
                SCENARIO.id,
                side,
                quality,
            )
    for kind, texts in phrase.PUSHES.items():
        for text in texts:
            assert [(c.kind, c.name) for c in CRIB.find(text)] == [("push", kind)]
    for text in phrase.PLACEBOS:
        assert [c.kind for c in CRIB.find(text)] == ["placebo"]
    assert [c.kind for c in CRIB.find(phrase.TAKE_A_SIDE)] == ["take-a-side"]
    assert [c.kind for c in CRIB.find(phrase.VERDICT)] == ["verdict"]


def test_rungs_carry_their_stakes() -> None:
    """Severity, benefit and the accepting side come with both forms of a rung."""
    assert SCENARIO.ladder is not None
    for rung in SCENARIO.ladder.rungs:
        for text, form in ((rung.plain, "rung:plain"), (rung.harm, "rung:harm")):
            # Families share rung texts here; the crib lists the candidates of all.
            found = [c for c in questions(text) if c.family == SCENARIO.id]
            assert len(found) == 1
            matter = found[0].matter
            assert matter is not None
            assert found[0].form == form
            assert (matter.kind, matter.accept) == ("rung", "a")
            assert (matter.severity, matter.n_severities) == (rung.severity, 4)
            assert matter.benefit == rung.benefit


def test_cases_carry_law_and_moral_gap() -> None:
    """Each corner of the legality square is told from the others; the principle is no case."""
    assert SCENARIO.legality is not None
    corners = set()
    for case in SCENARIO.legality.cases:
        matter = next(c.matter for c in questions(case.text) if c.family == SCENARIO.id)
        assert matter is not None
        assert (matter.kind, matter.legal, matter.moral_gap) == ("case", case.legal, case.moral_gap)
        corners.add((matter.legal, matter.moral_gap))
    assert len(corners) == 4
    principle = next(
        c.matter for c in questions(SCENARIO.legality.abstract) if c.family == SCENARIO.id
    )
    assert principle is not None
    assert principle.kind == "principle"


def test_the_converse_of_a_principle_is_the_principle_with_its_yes_turned() -> None:
    """The same matter in another wording, to which a yes takes the side a no took before."""
    legality = SCENARIO.legality
    assert legality is not None
    plain, turned = (
        next(c for c in questions(text) if c.family == SCENARIO.id)
        for text in (legality.abstract, legality.converse)
    )

    assert turned.matter == plain.matter
    assert (plain.yes, turned.yes) == ("a", "b")
    assert legality.converse_proposition.digest == legality.abstract_proposition.digest


def test_modalities_are_matters_of_their_own() -> None:
    """Each modality is recognised with its proposition and the truth of its family."""
    truth = make_scenario("well", truth="a")
    crib = crib_of([truth])
    for modality, (wording, about) in truth.modalities.items():
        (cue,) = crib.find(wording.text)
        assert cue.matter is not None
        assert (cue.matter.kind, cue.matter.proposition) == (modality, about)
        assert cue.matter.truth == "a"


def test_readout_prompts_hold_the_statements() -> None:
    """Both listing readouts show both statements; the likelihood prompt shows none."""
    for name, shown in (("sampled", 2), ("logprob", 2), ("likelihood", 0)):
        readout = make_readout(
            "sampled" if name == "sampled" else "logprob" if name == "logprob" else "likelihood"
        )
        for ask in readout.asks(Conversation(), SCENARIO.proposition):
            message = ask.request.conversation.message
            assert message is not None
            kinds = [cue.kind for cue in CRIB.find(message.text)]
            assert kinds == ["question"] + ["statement"] * shown


def test_a_ladder_or_law_free_scenario_is_enough() -> None:
    """Parts a scenario does not have are not missed."""
    bare = make_scenario("hut", parts=False)
    assert crib_of([bare]).find(bare.wordings[0].text)[0].family == bare.id


def test_an_argument_a_set_does_not_have_is_not_filed() -> None:
    """Where an imported set has no invalid argument, the strong one is known all the same."""
    half = {side: replace(part, invalid="", weak="") for side, part in SCENARIO.arguments.items()}
    crib = crib_of([replace(SCENARIO, arguments=half)])

    (cue,) = crib.find(half["a"].strong)
    assert (cue.kind, cue.quality) == ("argument", "strong")


def test_modalities_follow_the_side_that_is_for_the_act() -> None:
    """Where statement A is against the act, the stance on its modalities counts from B."""
    about = SCENARIO.proposition
    turned = replace(SCENARIO, proposition=replace(about, a=about.b, b=about.a, yes="b"))
    for scenario, side in ((SCENARIO, "a"), (turned, "b")):
        for wording, _ in scenario.modalities.values():
            matter = crib_of([scenario]).find(wording.text)[0].matter
            assert matter is not None
            assert matter.accept == side


def test_everything_the_probes_say_of_the_samples_is_recognised() -> None:
    """A question, or what else it is, is found in every prompt that has a matter of its own."""
    crib = crib_of(samples())
    for probe in PROBES:
        for scenario in samples():
            for arm in probe.arms(scenario):
                for move in moves(probe, arm, scenario=scenario):
                    if isinstance(move, Say) and move.label not in ("confidence", "reminder"):
                        assert crib.find(move.text), (probe.name, arm, move.text)


def test_a_described_choice_holds_every_level_in_order() -> None:
    """Levels of the first group stand before those of the second, whatever their order there."""
    scenario = sample("sweep")
    probe = SweepProbe(pairs=8)
    for arm in probe.arms(scenario):
        (said,) = moves(probe, arm, scenario=scenario)
        assert isinstance(said, Say)
        found = [c.name for c in crib_of([scenario]).find(said.text) if c.kind == "level"]
        for half, group in ((found[:3], "first"), (found[3:], "second")):
            assert sorted(half) == sorted(
                f"{name}:{arm.settings[f'{group}:{name}']}" for name in ("number", "species", "kin")
            )


def test_checks_with_the_same_statements_belong_to_the_rung_talked_about() -> None:
    """Kill against steal is right one way on one rung, the other way on another."""
    scenario = sample()
    assert scenario.ladder is not None
    sim = simulant("sim:calibrated", crib_of([scenario]))
    for rung in scenario.ladder.rungs:
        thread = Conversation().says(rung.plain)
        for check in rung.checks:
            p = stance(sim, check.about, thread)
            assert (p > 0.9) if check.truth == "a" else (p < 0.1)


def test_every_prompt_of_the_item_probes_is_recognised() -> None:
    """Items, numbers asked for, sources, facts and chains each have a cue of their kind."""
    crib = crib_of(samples())
    kinds = {
        "nonsense": {"question"},
        "item": {"question"},
        "credence": {"credence", "buying", "selling"},
        "source": {"question", "source", "thin"},
        "made-up-fact": {"thing", "fact"},
        "chains": {"chain"},
        "ground-truth": {"question", "push", "argument"},
    }
    for name, expected in kinds.items():
        (probe,) = probes_named(name)
        found = {
            cue.kind
            for scenario in samples()
            for arm in probe.arms(scenario)
            for move in moves(probe, arm, scenario=scenario)
            if isinstance(move, Say)
            for cue in crib.find(move.text)
        }
        assert expected <= found, name


def test_a_misleading_argument_about_an_item_is_no_valid_one() -> None:
    """What speaks for the wrong answer to a question of fact moves by yielding only."""
    fact = next(s for s in samples() if s.id == "sample.fact")
    crib = crib_of(samples())

    quality = {side: crib.find(fact.arguments[side].strong)[0].quality for side in ("a", "b")}

    assert quality == {"a": "strong", "b": "invalid"}
