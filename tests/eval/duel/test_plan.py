"""The plan of a duel: sides, openings, keys, cost."""

from __future__ import annotations

from collections import Counter

import pytest

from gadfly.bot.call import Sampling
from gadfly.bot.errors import ConfigError
from gadfly.eval.duel.plan import DuelPlan, DuelProtocol, make_duel
from gadfly.scenarios.catalogue import library

PROTOCOL = DuelProtocol(
    rounds=2,
    sampling=Sampling(temperature=0.7, max_tokens=120),
    readouts=("logprob", "logprob", "logprob"),
    epoch=0,
)


def plan(*scenarios: str, limit: int | None = None, seed: int = 0) -> DuelPlan:
    return make_duel(library(), scenarios=scenarios, tags=(), limit=limit, replicates=4, seed=seed)


def test_sides_are_swapped_and_each_opens_as_often() -> None:
    """A dialogue and its swap are put in the same words, and the same side opens both."""
    found: dict[tuple[str, int], list[tuple[str, str, int]]] = {}
    for bout in plan().bouts:
        if bout.arm == "duel":
            found.setdefault((bout.scenario.id, bout.replicate), []).append(
                (bout.side, bout.opens, bout.wording)
            )

    assert len(found) == 12 * 4
    for one, two in found.values():
        assert {one[0], two[0]} == {"a", "b"}
        assert {one[1], two[1]} == {"subject", "opponent"}
        assert one[2] == two[2]
    drawn = [pair[0][1:] for pair in found.values()]
    assert {opens for opens, _ in drawn} == {"subject", "opponent"}
    assert {0, 1, 2} <= {wording for _, wording in drawn}


def test_another_seed_opens_otherwise() -> None:
    """Openings are drawn by the seed, and the same again by the same."""
    one, again, other = plan(), plan(), plan(seed=1)

    assert one == again
    assert one.hash(PROTOCOL) != other.hash(PROTOCOL)
    assert {b.scenario.id for b in one.bouts} == {b.scenario.id for b in other.bouts}


def test_each_hears_as_many_lines_of_the_other() -> None:
    """Whoever opens closes; both have heard one line a round at each read."""
    bout = plan(limit=1).bouts[0]
    speakers = bout.speakers(3)

    assert Counter(speakers)[bout.opens] == 4
    assert len(speakers) == 7
    assert speakers[0] == speakers[-1] == bout.opens


def test_keys_differ_by_everything_that_is_planned() -> None:
    """No two dialogues of a plan have a key in common; another protocol has others."""
    keys = plan().keys(PROTOCOL)

    assert len(set(keys)) == len(keys) == 12 * 4 * 2 * 3


@pytest.mark.parametrize(
    ("scenario", "says"),
    [("meat.no-such", "unknown scenario"), ("trolley.footbridge", "cannot be argued|unknown")],
)
def test_what_cannot_be_argued_is_refused(scenario: str, says: str) -> None:
    """An unknown family, and one without two sides, are named."""
    with pytest.raises(ConfigError, match=says):
        plan(scenario)


def test_a_settled_family_is_refused_with_its_stratum() -> None:
    """Only contested questions are argued, and the message says what this one is."""
    settled = next(s for s in library() if s.stratum == "settled")

    with pytest.raises(ConfigError, match="this is settled"):
        plan(settled.id)
