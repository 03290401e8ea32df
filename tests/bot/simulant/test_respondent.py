"""The simulant as a respondent: its answers are pure functions, and readouts recover it."""

from __future__ import annotations

import asyncio
import random
import statistics
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.sample import sample
from support.simulated import BARE, SAMPLING, asked, reading, stance

from gadfly.bot.call import Call, Sampling, ask_labels, ask_reply, ask_score
from gadfly.bot.message import Conversation, opening
from gadfly.bot.readout import make_readout
from gadfly.bot.respondent import Respondent, Streaming, streamed
from gadfly.bot.simulant import PRESETS, Simulant, simulant
from gadfly.bot.simulant.banks import BANKS, TUNED
from gadfly.bot.simulant.choice import REFERENCE, logistic
from gadfly.bot.simulant.crib import Crib, Matter
from gadfly.bot.simulant.latent import base_logit
from gadfly.bot.steering import read_reply
from gadfly.scenarios import item_phrase, phrase
from gadfly.scenarios.crib import crib_of

if TYPE_CHECKING:
    from gadfly.bot.completion import Completion
    from gadfly.scenarios.scenario import Scenario


def test_it_is_a_respondent(crib: Crib) -> None:
    """A simulant opens, answers and closes like any respondent, and says who it is."""

    async def use() -> tuple[str, str]:
        sim = simulant("sim:sycophant?noise=1", crib)
        assert isinstance(sim, Respondent)
        identity = await sim.open(lambda _: None)
        call = Call(request=ask_reply(opening().says("Good morning."), SAMPLING)).keyed(identity)
        done = await sim.respond(call)
        await sim.aclose()
        return identity.model, done.text

    model, text = asyncio.run(use())
    assert model == "sim:sycophant"
    assert text in BANKS["plain"].lost


def test_it_takes_note_of_what_asks_nothing() -> None:
    """A made-up thing that is named, with or without a fact about it, is not asked back about."""
    scenario = sample("zorbles")
    assert scenario.invented is not None
    sim = Simulant("sim:calibrated", crib_of([scenario]))
    for text in (item_phrase.announced(scenario.invented), item_phrase.told(scenario.invented)):
        reply = sim.answer(ask_reply(opening().says(text), SAMPLING), 1)
        assert reply.text in BANKS["plain"].heard


def test_the_identity_tells_every_difference(crib: Crib, families: tuple[Scenario, ...]) -> None:
    """Another trait, bank, world or crib is another respondent; another spelling is the same."""
    specs = ["sim:calibrated", "sim:calibrated?noise=1", "sim:calibrated?bank=ornate"]
    specs += ["sim:calibrated?seed=1", "sim:dogmatist"]
    digests = {Simulant(spec, crib).identity.digest for spec in specs}
    digests.add(Simulant("sim:calibrated", Crib([])).identity.digest)
    assert len(digests) == len(specs) + 1
    assert Simulant("sim:calibrated?noise=0", crib).identity.digest in digests
    assert Simulant("sim:calibrated?noise=0", crib).spec == "sim:calibrated"


def test_answers_are_pure_functions_of_request_and_seed(
    families: tuple[Scenario, ...], crib: Crib
) -> None:
    """Asked in another order, twice, or by another instance, every call has the same answer."""
    spec = "sim:weathervane?hedging=0.2&order_bias=1&drift=0.2"
    requests = []
    for scenario in families[:6]:
        about = scenario.proposition
        requests.append(ask_reply(asked(scenario, BARE), SAMPLING))
        for name in ("sampled", "logprob", "likelihood"):
            asks = make_readout(name).asks(asked(scenario).hears("Hm."), about)
            requests.extend(ask.request for ask in asks)
    calls = [(request, seed) for request in requests for seed in range(3)]
    first = Simulant(spec, crib)
    straight = {i: first.answer(*call) for i, call in enumerate(calls)}
    order = list(range(len(calls)))
    random.Random(5).shuffle(order)
    second = Simulant(spec, crib)
    assert {i: second.answer(*calls[i]) for i in order} == straight
    assert {i: first.answer(*calls[i]) for i in order} == straight
    assert len({straight[i].text for i in straight}) > len(calls) / 10


@pytest.mark.parametrize("spec", ["sim:calibrated", "sim:calibrated?spread=2&bank=ornate"])
def test_labels_recover_the_latent_stance(
    spec: str, families: tuple[Scenario, ...], crib: Crib
) -> None:
    """The logprob readout gives logistic(logit / .7) exactly, with nearly all label mass."""
    sim = Simulant(spec, crib)
    for scenario in families:
        about = scenario.proposition
        found = reading(sim, "logprob", about)
        latent = base_logit(sim.traits, Matter(proposition=about))
        assert found.stance is not None
        assert found.stance.p == pytest.approx(logistic(latent / REFERENCE), abs=1e-9)
        assert found.label_mass == pytest.approx(1.0, abs=1e-3)


def test_likelihood_recovers_the_latent_stance(families: tuple[Scenario, ...], crib: Crib) -> None:
    """The likelihood readout gives logistic(logit) exactly."""
    sim = Simulant("sim:calibrated", crib)
    for scenario in families:
        found = reading(sim, "likelihood", scenario.proposition).stance
        latent = base_logit(sim.traits, Matter(proposition=scenario.proposition))
        assert found is not None
        assert found.p == pytest.approx(logistic(latent), abs=1e-9)


def test_listed_sentences_recover_the_latent_stance(
    families: tuple[Scenario, ...], crib: Crib
) -> None:
    """Draws from listed sentences side with A as often as the label read says."""
    sim = Simulant("sim:calibrated", crib)
    drawn, read = [], []
    for scenario in families:
        about = scenario.proposition
        request = make_readout("sampled").asks(Conversation(), about)[0].request
        texts = [sim.answer(request, seed).text for seed in range(60)]
        drawn.append(statistics.mean(about.a in text for text in texts))
        read.append(stance(sim, about))
        assert all((about.a in text) != (about.b in text) for text in texts)
    # SE of one family's share is below .065; of the mean over 60 families below .0085.
    assert statistics.mean(drawn) == pytest.approx(statistics.mean(read), abs=0.035)
    assert max(abs(d - r) for d, r in zip(drawn, read, strict=True)) < 0.26


def test_what_is_said_is_what_is_read(families: tuple[Scenario, ...], crib: Crib) -> None:
    """Replies to the open question take side A as often as the label read says."""
    sim = Simulant("sim:calibrated?spread=2", crib)
    said, read = [], []
    for scenario in families:
        about = scenario.proposition
        for seed in range(20):
            text = sim.answer(ask_reply(asked(scenario), SAMPLING), seed).text
            cut = min((text.find(c) for c in ("close the", "leave the") if c in text), default=-1)
            last = max(text.rfind("close the"), text.rfind("leave the"))
            if cut == last:  # a contrast names both sides and is left to the reader's own tests
                said.append(text[cut:].startswith("close"))
        read.append(stance(sim, about))
    assert statistics.mean(said) == pytest.approx(statistics.mean(read), abs=0.05)


def test_greedy_replies_have_no_noise(families: tuple[Scenario, ...], crib: Crib) -> None:
    """At temperature 0 the side is the likeliest one, whatever the seed."""
    sim = Simulant("sim:calibrated?noise=5&hedging=0.3", crib)
    about = families[0].proposition
    request = make_readout("sampled", temperature=0.0).asks(Conversation(), about)[0].request
    latent = base_logit(sim.traits, Matter(proposition=about))
    texts = [sim.answer(request, seed).text for seed in range(40)]
    assert all(about.statement("a" if latent > 0 else "b") in text for text in texts)


def test_a_challenge_that_moved_it_is_owned(settled: tuple[Scenario, ...], crib: Crib) -> None:
    """It says it was moved only when it was, and that it holds only when it does."""
    bank = BANKS["plain"]
    scenario = next(s for s in settled if s.truth == "b")
    strong = asked(scenario, phrase.rebut(scenario.arguments["a"].strong))
    for strength, openers in ((10, bank.moved), (0, bank.held)):
        sim = Simulant(f"sim:calibrated?strength={strength}", crib)
        texts = [sim.answer(ask_reply(strong, SAMPLING), seed).text for seed in range(40)]
        assert sum(text.startswith(openers) for text in texts) >= 38
    filler = asked(scenario, phrase.PLACEBOS[0])
    text = sim.answer(ask_reply(filler, SAMPLING), 1).text
    assert text.startswith(bank.onward)


def test_replies_are_cut_at_the_token_limit(families: tuple[Scenario, ...], crib: Crib) -> None:
    """A reply longer than allowed stops at the limit and says so."""
    sim = Simulant("sim:formulaic?formulaic=1", crib)
    done = sim.answer(ask_reply(asked(families[0]), Sampling(max_tokens=7)), 1)
    assert (len(done.text.split()), done.finish, done.usage.completion_tokens) == (7, "length", 7)
    whole = sim.answer(ask_reply(asked(families[0]), SAMPLING), 1)
    assert whole.finish == "stop"
    assert whole.text.startswith(done.text)


def test_a_prompt_with_labels_is_answered_with_a_label(
    families: tuple[Scenario, ...], crib: Crib
) -> None:
    """Sampled where labels are offered, it answers with one of them, or babbles."""
    request = make_readout("logprob").asks(Conversation(), families[0].proposition)[0].request
    sim = Simulant("sim:calibrated?hedging=0.3&evasion=0.2&refusal=0.2&unreadable=0.2", crib)
    texts = [
        sim.answer(ask_reply(request.conversation, SAMPLING), seed).text for seed in range(200)
    ]
    assert {text for text in texts if text in request.options} == set(request.options)
    assert {t for t in texts if t not in request.options} <= set(BANKS["plain"].unreadable)


def test_what_it_does_not_know_has_no_stance(crib: Crib) -> None:
    """Unknown labels are not reported and unknown texts are scored alike per word."""
    sim = Simulant("sim:calibrated", crib)
    talk = opening().says("Tea or coffee?\nA) tea\nB) coffee")
    assert dict(sim.answer(ask_labels(talk, ("A", "B"), temperature=0.7), 1).logprobs) == {}
    scored = sim.answer(ask_score(talk, ("I like tea.", "I like some coffee too.")), 1)
    assert dict(scored.lengths) == {"I like tea.": 3, "I like some coffee too.": 5}
    a, b = scored.logprobs.values()
    assert a / 3 == b / 5


def test_every_preset_speaks_in_every_bank(full: Scenario, crib: Crib) -> None:
    """No combination of preset, bank and question fails."""
    assert full.ladder is not None
    assert full.legality is not None
    texts = [full.covers[0].text, full.ladder.rungs[0].harm, full.legality.cases[0].text]
    texts += [full.legality.abstract, full.modalities["obligatory"][0].text, phrase.VERDICT]
    for name in PRESETS:
        for bank in BANKS:
            sim = Simulant(f"sim:{name}?bank={bank}", crib)
            conversation = opening()
            for seed, text in enumerate(texts):
                conversation = conversation.says(text)
                reply = sim.answer(ask_reply(conversation, SAMPLING), seed).text
                assert reply
                assert "{" not in reply.replace("{}", "")
                conversation = conversation.hears(reply)


@pytest.mark.parametrize("bank", TUNED)
@pytest.mark.parametrize(
    ("rates", "meant"),
    [
        ("spread=1", "answered"),
        ("hedging=1", "undecided"),
        ("evasion=1", "evaded"),
        ("refusal=1", "refused"),
        ("unreadable=1", "unreadable"),
        ("formulaic=1", "answered"),
        ("formulaic=1&hedging=1", "undecided"),
    ],
)
def test_the_steering_reader_reads_what_was_meant(
    bank: str, rates: str, meant: str, families: tuple[Scenario, ...], crib: Crib
) -> None:
    """At least 97 replies of 100 are read as the outcome and the side they were made for."""
    sim = Simulant(f"sim:calibrated?bank={bank}&{rates}", crib)
    greedy = Sampling(temperature=0.0)
    right = []
    for scenario in families[:20]:
        about = scenario.proposition
        latent = base_logit(sim.traits, Matter(proposition=about))
        no_yes = replace(about, yes=None)
        prompts = [(scenario.wordings[1].text, replace(about, yes="b")), (BARE, no_yes)]
        prompts.append((phrase.rebut(scenario.arguments["a"].weak), no_yes))
        for seed, (text, asked_about) in enumerate(prompts):
            talk = asked(scenario).hears("I see.").says(text)
            reply = sim.answer(ask_reply(talk, greedy), seed).text
            found = read_reply(reply, asked_about)
            read = found.stance.side if found.stance is not None else found.outcome
            gain = sim.traits.strength / 3 if seed == 2 else 0.0
            side = "a" if latent + gain > 0.0 else "b"
            right.append(read == (side if meant == "answered" else meant))
    assert statistics.mean(right) >= 0.97


def test_a_stream_is_the_reply_word_by_word(crib: Crib) -> None:
    """The same completion comes of it as of a plain call, and its pieces make up the text."""
    sim = simulant("sim:calibrated", crib)
    call = Call(request=ask_reply(asked(sample()), SAMPLING)).keyed(sim.identity)

    async def scene() -> tuple[Completion, Completion, list[str]]:
        pieces: list[str] = []
        return await streamed(sim, call, pieces.append), await sim.respond(call), pieces

    one, two, pieces = asyncio.run(scene())
    assert isinstance(sim, Streaming)
    assert one == two
    assert "".join(pieces) == one.text
    assert len(pieces) == len(one.text.split())
