"""The argument exchange: which texts, toward which side, and how far it goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.moves import LEANS_A, LEANS_B, NOWHERE, moves, shape
from support.sample import sample

from gadfly.bot.call import Sampling
from gadfly.bot.stance import Reading
from gadfly.eval.plan import Protocol, cost, make_plan
from gadfly.eval.suite import everything
from gadfly.probes.crux import CruxProbe
from gadfly.probes.move import Observation, Read, Say
from gadfly.probes.persuasion import ARMS, CORE, EXCHANGE, PersuasionProbe
from gadfly.probes.series import SeriesProbe
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.probes.move import Move
    from gadfly.probes.probe import Arm, Probe

BROKEN = Reading(readout="sampled", outcome="unreadable")


def arm_of(name: str, probe: Probe = EXCHANGE, variant: str | None = None) -> Arm:
    """Return an arm on the sample."""
    arms = probe.arms(sample())
    return next(a for a in arms if a.name == name and variant in (None, a.variant))


def texts(found: Sequence[Move]) -> list[str]:
    """Return what is said after the first question."""
    return [move.text for move in found if isinstance(move, Say)][1:]


def played(probe: Probe, arm: Arm, readings: Sequence[Reading], code: str = "") -> list[Move]:
    """Return the moves when reads come to these readings in turn, replies to the first."""
    dialogue = probe.ask(sample(), arm)
    found = [next(dialogue)]
    reads = iter(readings)
    while True:
        move = found[-1]
        try:
            if isinstance(move, Read):
                seen = Observation(label=move.label, kind="read", reading=next(reads))
            else:
                seen = Observation(label="", kind="said", reading=readings[0], code=code)
            found.append(dialogue.send(seen))
        except StopIteration:
            return found


def test_the_core_arms_are_the_calls_of_the_core_probe() -> None:
    """Asking the whole exchange beside the core adds nothing to what the core costs."""
    core, whole = PersuasionProbe(), replace(EXCHANGE, names=CORE)

    for one, other in zip(core.arms(sample()), whole.arms(sample()), strict=True):
        assert moves(core, one) == moves(whole, other)
    protocol = Protocol(readout="likelihood", sampling=Sampling())
    suite = replace(everything(1), parts=())
    plans = [
        make_plan(
            replace(suite, parts=tuple(replace(everything(1).parts[0], probe=p) for p in probes)),
            [sample()],
        )
        for probes in ((core,), (core, whole))
    ]
    assert cost(plans[0], protocol) == cost(plans[1], protocol)


def test_every_arm_has_its_name_once_but_those_for_either_side() -> None:
    """All arms are asked of a family that has all texts."""
    assert tuple(dict.fromkeys(a.name for a in EXCHANGE.arms(sample()))) == ARMS


@pytest.mark.parametrize(("reading", "own"), [(LEANS_A, "a"), (LEANS_B, "b")])
def test_an_argument_for_its_own_side_does_not_contradict_it(reading: Reading, own: str) -> None:
    """The strong argument for the side it is on, and the user on the same side."""
    (text,) = texts(moves(EXCHANGE, arm_of("own"), reading))

    assert sample().arguments[own].strong in text  # type: ignore[index]  # "a" or "b"
    assert "other side" not in text
    assert text.endswith(phrase.CLOSING_SAME)


def test_each_kind_of_pressure_is_an_arm() -> None:
    """Four kinds, four different texts; the core's draws one of them."""
    said = {kind: texts(moves(EXCHANGE, arm_of(kind)))[0] for kind in phrase.PRESSURES}

    assert len(set(said.values())) == 4
    assert texts(moves(EXCHANGE, arm_of("pressure")))[0] in said.values()
    assert all(said[kind] in phrase.PUSHES[kind] for kind in phrase.PRESSURES)


@pytest.mark.parametrize("name", ["placebo-again", "bare-again", "pressure-again", "strong-again"])
def test_a_second_push_is_another_one_of_the_kind(name: str) -> None:
    """While it holds it is pushed again, in other words; then the pressure is withdrawn."""
    found = moves(EXCHANGE, arm_of(name))
    first, second, last = texts(found)

    assert first != second
    assert last == phrase.MERITS
    shorter = texts(moves(EXCHANGE, arm_of(name.removesuffix("-again"))))
    assert [first] == shorter


def test_who_has_come_over_is_not_pushed_again() -> None:
    """After a read on the user's side comes the turn that withdraws the pressure."""
    found = played(EXCHANGE, arm_of("bare-again"), [LEANS_A, LEANS_B, LEANS_B])

    assert shape(found) == "first! before? challenge! after? merits! merits?"


def test_a_second_strong_push_is_another_argument_or_presses_the_first() -> None:
    """A further argument of the series while there is one, then a restatement without any."""
    deep = replace(EXCHANGE, pushes=5)
    said = texts(moves(deep, arm_of("strong-again", deep)))

    against = sample().arguments["b"]
    assert [phrase.further(text) for text in against.more] == said[1:3]
    assert said[3:5] == list(phrase.RESTATED)
    assert arm_of("strong-again", deep).variant == "pushes:5"


def test_a_dispute_is_judged_in_either_order_and_names_no_user() -> None:
    """Both positions are there, each first once, and the argument is of whoever it is for."""
    text = sample().arguments["b"].strong
    one, two = texts(moves(EXCHANGE, arm_of("cold-strong")))
    about = sample().proposition

    for said, speaker in ((one, "second"), (two, "first")):
        assert text in said
        assert f"The {speaker} of the two gives this reason" in said
    assert one.index(about.a) < one.index(about.b)
    assert two.index(about.b) < two.index(about.a)
    assert not any(text in said for said in texts(moves(EXCHANGE, arm_of("cold"))))


def test_only_the_fence_sitter_is_argued_with_from_either_side() -> None:
    """No side at first: asked for one, and argued with for each; unreadable is no fence."""
    expected = {
        ("fence-push", "original"): "first! before? pushed! pushed?",
        ("fence-strong", "for:b"): "first! before? challenge! after?",
        ("fence-invalid", "for:a"): "first! before? challenge! after?",
    }
    for (name, variant), path in expected.items():
        arm = arm_of(name, variant=variant)
        assert shape(moves(EXCHANGE, arm, NOWHERE)) == path
        assert shape(moves(EXCHANGE, arm, LEANS_A)) == "first! before?"
        assert shape(moves(EXCHANGE, arm, BROKEN)) == "first! before?"
    (said,) = texts(moves(EXCHANGE, arm_of("fence-strong", variant="for:b"), NOWHERE))
    assert said == phrase.merely(sample().arguments["b"].strong)


def test_a_series_needs_more_than_one_argument_and_an_undercut_its_withdrawal() -> None:
    """Arms whose texts a family lacks are left out; depth is a setting and part of the variant."""
    whole = sample()
    short = {s: replace(a, more=(), withdrawn="") for s, a in whole.arguments.items()}

    assert [a.name for a in SeriesProbe().arms(whole)] == ["series", "undercut"]
    assert SeriesProbe().arms(replace(whole, arguments=short)) == ()
    two = SeriesProbe(turns=2)
    assert shape(moves(two, two.arms(whole)[0])).endswith("turn-2! turn-2?")
    assert two.arms(whole)[0].variant == "turns:2"


def test_the_first_argument_of_a_series_is_the_strong_arms() -> None:
    """Series, undercut and strong share their first challenge: one call."""
    (strong,) = texts(moves(EXCHANGE, arm_of("strong")))

    for arm in SeriesProbe().arms(sample()):
        assert texts(moves(SeriesProbe(), arm))[0] == strong


@pytest.mark.parametrize("code", ["nothing", "disowned"])
def test_nothing_is_granted_where_nothing_was_named(code: str) -> None:
    """Who says that nothing would change its mind is not asked to suppose it."""
    probe = CruxProbe()

    found = played(probe, probe.arms(sample())[0], [LEANS_A, LEANS_A], code)

    assert shape(found) == "first! before? named!"
