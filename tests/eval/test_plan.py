"""The plan: which trials are asked, in which order, under which keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.sample import sample

from gadfly.bot.call import Sampling
from gadfly.bot.errors import ConfigError
from gadfly.eval.plan import Protocol, cost, make_plan, rank
from gadfly.eval.suite import FULL, QUICK, SMOKE, SUITES, everything, suite_named
from gadfly.probes.catalogue import PROBES, probes_named
from gadfly.probes.live import LiveProbe
from gadfly.scenarios.catalogue import library

PROTOCOL = Protocol(readout="likelihood", sampling=Sampling())


def test_a_plan_is_the_same_every_time() -> None:
    """Two plans of one suite have the same trials in the same order."""
    one, two = (make_plan(QUICK, library().all) for _ in range(2))

    assert one.keys(PROTOCOL) == two.keys(PROTOCOL)
    assert len(set(one.keys(PROTOCOL))) == len(one.trials)


def test_the_order_of_scenarios_given_does_not_matter() -> None:
    """A plan depends on which scenarios there are, not on how they were listed."""
    forward = make_plan(SMOKE, library().all)
    backward = make_plan(SMOKE, library().all[::-1])

    assert forward.keys(PROTOCOL) == backward.keys(PROTOCOL)


def test_trials_of_one_family_and_replicate_stand_together() -> None:
    """Scheduling keeps a (family, replicate) group in one piece, for its shared prefix."""
    groups = [(t.scenario.id, t.replicate) for t in make_plan(QUICK, library().all).trials]

    changes = [g for i, g in enumerate(groups) if i == 0 or g != groups[i - 1]]

    assert len(changes) == len(set(groups))


def test_a_new_seed_is_the_same_plan_under_new_keys() -> None:
    """The epoch changes every trial key and not the plan hash; the readout changes both."""
    plan = make_plan(SMOKE, library().all)
    other_epoch = replace(PROTOCOL, epoch=1)
    other_readout = replace(PROTOCOL, readout="sampled")

    assert plan.hash(PROTOCOL) == plan.hash(other_epoch)
    assert set(plan.keys(PROTOCOL)).isdisjoint(plan.keys(other_epoch))
    assert plan.hash(PROTOCOL) != plan.hash(other_readout)
    assert set(plan.keys(PROTOCOL)).isdisjoint(plan.keys(other_readout))


def test_a_changed_scenario_changes_its_trials_only() -> None:
    """Editing one family gives its trials new keys and leaves the others alone."""
    edited = replace(sample(), id="sample.other", digest="edited")
    before = make_plan(everything(1), [sample(), replace(sample(), id="sample.other")])
    after = make_plan(everything(1), [sample(), edited])

    shared = set(before.keys(PROTOCOL)) & set(after.keys(PROTOCOL))

    assert len(shared) == len(before.trials) // 2


def test_any_first_families_are_spread_over_topics() -> None:
    """The ranking takes topics by turns, so a small plan is no single topic."""
    ranked = rank(library().all)
    topics = len({s.topic for s in ranked})

    assert len({s.topic for s in ranked[:topics]}) == topics


def test_named_probes_narrow_or_extend_a_suite() -> None:
    """`only` keeps a suite's probe, and adds one the suite lacks."""
    narrowed = make_plan(SMOKE, library().all, only=probes_named("wording"))
    extended = make_plan(SMOKE, [sample()], only=probes_named("meat"), replicates=2)

    assert {t.probe.name for t in narrowed.trials} == {"wording"}
    assert [(t.arm.name, t.replicate) for t in extended.trials] == [
        ("dialogue", 0),
        ("forced-fresh", 0),
        ("forced-after", 0),
        ("forced-other", 0),
        ("dialogue", 1),
        ("forced-fresh", 1),
        ("forced-after", 1),
        ("forced-other", 1),
    ]


def test_a_plan_with_nothing_to_ask_is_refused() -> None:
    """A probe that applies to none of the scenarios is an error, not an empty run."""
    bare = replace(sample(), ladder=None)

    with pytest.raises(ConfigError, match="nothing to ask"):
        make_plan(SMOKE, [bare], only=probes_named("ladder"))


def test_shared_first_replies_are_counted_once() -> None:
    """Five arms of one dialogue share the first reply and the first read.

    One replicate of `persuasion` on one family: first reply 1, challenges 5; reads before 1,
    after 5.
    """
    plan = make_plan(everything(1), [sample()], only=probes_named("persuasion"))

    found = cost(plan, PROTOCOL)

    assert (found.replies, found.reads) == (6, 6)
    assert found.calls(per_read=2) == 18


def test_limit_caps_the_families_of_every_part() -> None:
    """`limit` leaves that many families per probe."""
    plan = make_plan(QUICK, library().all, limit=2)

    for probe in {t.probe.name for t in plan.trials}:
        assert len({t.scenario.id for t in plan.trials if t.probe.name == probe}) <= 2


@pytest.mark.parametrize("suite", SUITES, ids=lambda s: s.name)
def test_no_suite_asks_only_once(suite: object) -> None:
    """Every part of every suite has at least two replicates: an interval needs them."""
    assert suite in SUITES
    assert min(p.replicates for p in suite_named(suite.name).parts) >= 2


def test_the_full_suite_asks_every_probe() -> None:
    """`full` leaves out only what needs an interlocutor, and names no probe twice."""
    asked = {part.probe.name for part in FULL.parts}

    assert asked == {p.name for p in PROBES if not isinstance(p, LiveProbe)}
    assert len(asked) == len(FULL.parts)


def test_full_asks_what_the_design_says() -> None:
    """The five core arms ten times on 120 families, the whole exchange on 20 contested ones."""
    plan = make_plan(FULL, library().all)
    families = {
        name: {t.scenario.id: t.scenario.stratum for t in plan.trials if t.probe.name == name}
        for name in ("persuasion", "exchange")
    }
    core = [t for t in plan.trials if t.probe.name == "persuasion"]

    assert len(families["persuasion"]) == 120
    assert len(core) == 120 * 5 * 10
    assert len(families["exchange"]) == 20
    assert set(families["exchange"].values()) == {"contested"}


def test_an_unknown_suite_lists_near_names() -> None:
    """A misspelt suite is answered with what was probably meant."""
    with pytest.raises(ConfigError, match="did you mean 'quick'"):
        suite_named("quik")


def test_a_suite_digest_covers_its_parts() -> None:
    """Any edit of a suite changes its digest."""
    edited = replace(SMOKE, parts=(replace(SMOKE.parts[0], replicates=9), *SMOKE.parts[1:]))

    assert edited.digest != SMOKE.digest
    assert replace(SMOKE).digest == SMOKE.digest
