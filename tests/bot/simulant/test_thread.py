from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.sample import sample
from support.simulated import enter

from gadfly.bot.message import Conversation, opening
from gadfly.bot.simulant.crib import Crib, Cue, Matter
from gadfly.bot.simulant.latent import KNOWN, PERSONA
from gadfly.bot.simulant.traits import Traits
from gadfly.scenarios import phrase
from gadfly.scenarios.crib import crib_of

if TYPE_CHECKING:
    from gadfly.scenarios.scenario import Scenario

BARE, AGAIN = phrase.PUSHES["bare"][:2]


def talk(*turns: str, system: str = "") -> Conversation:
    """Return a conversation of these user turns, each answered."""
    conversation = opening(system)
    for turn in turns:
        conversation = conversation.says(turn).hears(f"Well. {len(conversation)}")
    return conversation


def stance(traits: Traits, crib: Crib, matter: Matter, conversation: Conversation) -> float:
    """Return the logit after a conversation."""
    thread = enter(traits, crib, conversation)
    return thread.logit(matter, thread.form)


@pytest.fixture
def firm(settled: tuple[Scenario, ...]) -> Scenario:
    """A family on which side B is right: the simulant starts at -KNOWN."""
    return next(s for s in settled if s.truth == "b")


@pytest.fixture
def matter(firm: Scenario) -> Matter:
    """What the firm family is about."""
    return Matter(proposition=firm.proposition, truth="b")


def test_arguments_move_by_their_quality_and_its_traits(
    firm: Scenario, matter: Matter, crib: Crib
) -> None:
    """Strong moves by the strength left by dogmatism, weak by a third, invalid by capitulation."""
    traits = Traits(strength=2.0, dogmatism=0.4, capitulation=0.3)
    first = firm.wordings[0].text
    moved = {
        quality: stance(
            traits, crib, matter, talk(first, phrase.rebut(firm.arguments["a"].of(quality)))
        )
        + KNOWN
        for quality in ("strong", "weak", "invalid")
    }
    assert moved == pytest.approx({"strong": 1.2, "weak": 0.4, "invalid": 0.6})
    toward_b = stance(traits, crib, matter, talk(first, firm.arguments["b"].strong))
    assert toward_b == pytest.approx(-KNOWN - 1.2)


def test_pushes_go_against_where_it_stands(firm: Scenario, matter: Matter, crib: Crib) -> None:
    """Bare disagreement and every pressure move it by capitulation, toward the other side."""
    first = firm.wordings[0].text
    for kind, texts in phrase.PUSHES.items():
        for text in texts:
            after = stance(Traits(capitulation=0.5), crib, matter, talk(first, text))
            assert after == pytest.approx(-KNOWN + 1.0), kind
    assert stance(Traits(), crib, matter, talk(first, BARE)) == -KNOWN


def test_a_user_who_keeps_disagreeing_stays_on_the_same_side(
    firm: Scenario, matter: Matter, crib: Crib
) -> None:
    """A second push goes on in the first one's direction, even after it has given in."""
    traits = Traits(capitulation=1.0, strength=4.0)
    after = stance(traits, crib, matter, talk(firm.wordings[0].text, BARE, AGAIN))
    assert after == pytest.approx(-KNOWN + 8.0)


def test_a_push_after_an_argument_is_for_the_arguments_side(
    firm: Scenario, matter: Matter, crib: Crib
) -> None:
    """Whoever argued for B and disagrees is still for B, though the simulant is for B too."""
    traits = Traits(capitulation=1.0)
    talked = talk(firm.wordings[0].text, firm.arguments["b"].weak, BARE)
    assert stance(traits, crib, matter, talked) < -KNOWN - 2.0


def test_fillers_and_its_own_replies_move_nothing(
    firm: Scenario, matter: Matter, crib: Crib
) -> None:
    """Placebo turns and what it said itself leave the stance where it was."""
    traits = Traits(capitulation=1.0)
    said = opening().says(firm.wordings[0].text).hears(firm.proposition.a)
    for filler in phrase.PLACEBOS:
        assert stance(traits, crib, matter, said.says(filler)) == -KNOWN


def test_drift_leads_away_from_where_it_set_out_from_the_second_turn_on(
    firm: Scenario, matter: Matter, crib: Crib
) -> None:
    """Each turn after the first moves it by the trait."""
    traits = Traits(drift=0.5)
    turns = [firm.wordings[0].text, *phrase.PLACEBOS[:2]]
    stances = [stance(traits, crib, matter, talk(*turns[: n + 1])) for n in range(3)]
    assert stances == pytest.approx([-KNOWN, -KNOWN + 0.5, -KNOWN + 1.0])


def test_what_is_said_about_one_family_does_not_move_another(
    firm: Scenario, families: tuple[Scenario, ...], crib: Crib
) -> None:
    """Arguments stay with their family."""
    other = Matter(proposition=families[0].proposition)
    turns = (families[0].wordings[0].text, firm.arguments["a"].strong)
    assert stance(Traits(), crib, other, talk(*turns)) == stance(
        Traits(), crib, other, talk(turns[0])
    )


def test_a_statement_in_the_system_prompt_is_a_persona(
    firm: Scenario, matter: Matter, crib: Crib
) -> None:
    """Told to argue for a statement, it takes that side, on that family only."""
    system = f"Argue for this: {firm.proposition.a}"
    assert stance(Traits(), crib, matter, talk(firm.wordings[0].text, system=system)) == PERSONA


def test_a_persona_cue_may_hold_for_all_families(firm: Scenario, matter: Matter) -> None:
    """A persona without a family is for its side everywhere."""
    crib = Crib([("you are a contrarian", Cue(kind="persona", side="a", name="contrarian"))])
    assert stance(Traits(), crib, matter, talk("Hm?", system="You are a contrarian.")) == PERSONA


def test_a_dropped_persona_stays_dropped(firm: Scenario, matter: Matter, crib: Crib) -> None:
    """Personas survive the first turn, are lost at the trait's rate after, and never return."""
    system = f"Argue for this: {firm.proposition.a}"
    survived = [0, 0, 0]
    for run in range(300):
        conversation = opening(system).says(firm.wordings[0].text)
        kept = []
        for turn in range(3):
            kept.append(stance(Traits(persona_loss=0.4), crib, matter, conversation) > 0.0)
            conversation = conversation.hears(f"Reply {run}.").says(phrase.PLACEBOS[turn])
        assert kept == sorted(kept, reverse=True)
        survived = [n + k for n, k in zip(survived, kept, strict=True)]
    # 300 runs: 1, .6, .36 with SE .028; four of them.
    assert survived[0] == 300
    assert survived[1] / 300 == pytest.approx(0.6, abs=0.12)
    assert survived[2] / 300 == pytest.approx(0.36, abs=0.12)


def test_the_form_is_all_that_surrounds_the_latest_question(firm: Scenario, crib: Crib) -> None:
    """Wording, idle phrases with their place, stories and forced choices each make a form."""
    prompt = firm.wordings[1].text
    about = firm.proposition
    forms = [
        enter(Traits(), crib, opening().says(text)).form
        for text in (
            prompt,
            phrase.with_idle(prompt, "Open sesame.", "before"),
            phrase.with_idle(prompt, "Open sesame.", "after"),
            phrase.forced_choice(about.question, about.a, about.b),
            firm.covers[1].text,
        )
    ]
    assert forms == [
        "wording:1",
        "idle:sesame+wording:1",
        "wording:1+idle:sesame",
        "wording:0+forced",
        "cover:novel",
    ]


def test_irrelevance_moves_like_an_invalid_argument() -> None:
    """What has the form of an argument only is granted by capitulation."""
    bridge = sample()
    crib = crib_of([bridge])
    about, first = Matter(proposition=bridge.proposition), bridge.wordings[0].text
    start = stance(Traits(), crib, about, talk(first))
    for text in (bridge.arguments["a"].irrelevant, bridge.arguments["a"].invalid):
        after = stance(Traits(capitulation=0.5), crib, about, talk(first, phrase.rebut(text)))
        assert after == pytest.approx(start + 1.0)


def test_on_the_merits_a_share_of_the_yielding_falls_away(
    firm: Scenario, matter: Matter, crib: Crib
) -> None:
    """What pushes won goes by the trait; what a good argument won stays."""
    traits = Traits(capitulation=1.0, recovery=0.25)
    first = firm.wordings[0].text
    assert stance(traits, crib, matter, talk(first, BARE, phrase.MERITS)) == pytest.approx(
        -KNOWN + 1.5
    )
    argued = talk(first, firm.arguments["a"].strong, phrase.MERITS)
    assert stance(traits, crib, matter, argued) == pytest.approx(-KNOWN + 2.0)


def test_third_parties_are_judged_by_its_own_standard(
    firm: Scenario, matter: Matter, crib: Crib
) -> None:
    """Cold, a dogmatist grants a valid argument its force and a sycophant an invalid one none."""
    about = firm.proposition
    for traits in (Traits(dogmatism=1.0), Traits(capitulation=1.0)):
        said = firm.arguments["a"]
        for argument, moved in ((said.strong, 2.0), (said.weak, 2.0 / 3.0), (said.invalid, 0.0)):
            text = phrase.cold(about.question, about.a, about.b, argument, "first")
            assert stance(traits, crib, matter, talk(text)) == pytest.approx(-KNOWN + moved)


def test_a_granted_crux_moves_it_and_a_granted_irrelevance_does_not(
    firm: Scenario, matter: Matter, crib: Crib
) -> None:
    """Its crux has the force of a strong argument, the other that of an invalid one."""
    first = firm.wordings[0].text
    traits = Traits(dogmatism=0.5, capitulation=0.25)
    crux = talk(first, phrase.CRUX, phrase.GRANTED)
    beside = talk(first, phrase.BESIDE, phrase.GRANTED)
    assert stance(traits, crib, matter, crux) == pytest.approx(-KNOWN + 1.0)
    assert stance(traits, crib, matter, beside) == pytest.approx(-KNOWN + 0.5)
    assert stance(traits, crib, matter, talk(first, phrase.GRANTED)) == -KNOWN


def test_a_withdrawn_premise_takes_back_what_it_did() -> None:
    """The strong argument's shift goes and that of a further one stays; once only."""
    bridge = sample()
    crib = crib_of([bridge])
    side = bridge.arguments["a"]
    about = Matter(proposition=bridge.proposition)
    start, two, back, twice = (
        stance(Traits(), crib, about, talk(bridge.wordings[0].text, *turns))
        for turns in (
            (),
            (side.strong, side.more[0]),
            (side.strong, side.more[0], phrase.retract(side.withdrawn)),
            (side.strong, side.withdrawn, side.withdrawn),
        )
    )
    assert (two - start, back - start, twice - start) == pytest.approx((4.0, 2.0, 0.0))


def test_empty_conversations_and_unknown_words_are_harmless(matter: Matter, crib: Crib) -> None:
    """Nothing known was said, so nothing has changed; a push at nothing pushes nothing."""
    thread = enter(Traits(capitulation=1.0), crib, talk("Good morning.", BARE))
    assert thread.topic is None
    assert thread.shifts == {}
    assert thread.form_for(matter, "wording:0") == "wording:0"
