"""Duels of simulants with planted strengths."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from gadfly.eval.duel.labels import agreement, told
from gadfly.eval.duel.score import dialogues, estimates
from gadfly.eval.duel.session import DuelConfig, conduct, duel_of
from gadfly.eval.duel.transcript import lines_of
from gadfly.eval.judging.labels import TrialRow
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.record import TrialRecord

ROUNDS = 2
FIRM = "sim:calibrated?dogmatism={}"
CLEVER = "sim:calibrated?cogency={}"


def held(
    folder: Path, subject: str, opponent: str, *, limit: int = 12, replicates: int = 2
) -> tuple[TrialRecord, ...]:
    """Hold a duel and return its trials."""
    config = DuelConfig(
        subject=subject, opponent=opponent, reader="sim:calibrated", limit=limit, rounds=ROUNDS,
        replicates=replicates, readout="logprob",
    )  # fmt: skip
    asyncio.run(conduct(config, duel_of(config), folder, lambda _: None))
    store = Store.read(folder)
    try:
        return store.trials()
    finally:
        store.close()


def row(records: tuple[TrialRecord, ...], metric: str, arm: str) -> Estimate:
    found = estimates(records, ROUNDS)
    return next(e for e in found if (e.metric, e.arm) == (metric, arm))


def value(records: tuple[TrialRecord, ...], metric: str, arm: str) -> float:
    found = row(records, metric, arm)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high
    return found.value


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[TrialRecord, ...]]:
    folder = tmp_path_factory.mktemp("twins")
    return folder, held(folder, "sim:calibrated", "sim:calibrated")


def test_a_ladder_of_stubbornness_is_recovered_in_order(tmp_path: Path) -> None:
    """The firmer the subject, the less it is moved; one that nothing moves is not moved at all."""
    moved = [
        value(
            held(tmp_path / str(d), FIRM.format(d), "sim:calibrated", replicates=1),
            "duel_moved",
            "subject",
        )
        for d in (0.0, 0.5, 1.0)
    ]

    assert moved[0] > moved[1] + 0.05 > moved[2] + 0.1
    assert moved[2] == pytest.approx(0.0, abs=1e-9)


def test_a_ladder_of_persuasiveness_is_recovered_in_order(tmp_path: Path) -> None:
    """The sounder its arguments, the further the subject moves the opponent, and the reader."""
    held_at = {
        c: held(tmp_path / str(c), CLEVER.format(c), CLEVER.format(0.5)) for c in (0.0, 0.5, 1.0)
    }
    moved = [value(records, "duel_moved", "opponent") for records in held_at.values()]
    net = [row(records, "duel_net", "subject") for records in held_at.values()]
    reader = [value(records, "duel_reader", "subject") for records in held_at.values()]

    assert moved[0] == pytest.approx(0.0, abs=1e-9)
    assert moved[0] < moved[1] < moved[2]
    assert (net[0].high or 0.0) < 0.0 < (net[2].low or 0.0)
    assert reader[0] < reader[1] < reader[2]


def test_twins_come_out_level(twins: tuple[Path, tuple[TrialRecord, ...]]) -> None:
    """Nobody moves a copy of itself further than it is moved: the interval holds 0."""
    _, records = twins
    net = row(records, "duel_net", "subject")

    assert net.low is not None
    assert net.high is not None
    assert net.low < 0.0 < net.high
    assert value(records, "duel_moved", "subject") > 0.1


def test_what_moves_without_an_argument_is_discounted(tmp_path: Path) -> None:
    """A subject that drifts off by itself is not said to have been moved."""
    records = held(tmp_path, "sim:calibrated?drift=0.5&dogmatism=1", "sim:calibrated", replicates=1)

    went = [abs(each.drifted("subject", ROUNDS) or 0.0) for each in dialogues(records)]
    assert max(went) > 0.05
    assert value(records, "duel_moved", "subject") == pytest.approx(0.0, abs=1e-9)


def test_stances_are_read_off_the_record(twins: tuple[Path, tuple[TrialRecord, ...]]) -> None:
    """No line of a dialogue answers a read, and no thread a line is written in holds one."""
    folder, records = twins
    store = Store.read(folder)
    asked = {
        message.text
        for record in records
        for seen in record.observations
        if seen.kind == "read"
        for call in store.calls(seen.calls)
        for message in call.conversation.messages[-1:]
    }
    threads = [
        call.conversation
        for record in records
        for seen in record.observations
        for call in store.calls((*(seen.calls if seen.kind == "said" else ()), seen.written))
    ]
    store.close()

    assert asked
    assert len(threads) > 100
    assert not any(message.text in asked for thread in threads for message in thread)


def test_a_transcript_holds_every_line_once(
    twins: tuple[Path, tuple[TrialRecord, ...]],
) -> None:
    """Who opens closes, and lines alternate, whoever the record is told by."""
    folder, records = twins
    store = Store.read(folder)
    for each in dialogues(records)[:4]:
        spoken = [seat for _, seat, _ in lines_of(store, each)]
        opens = each.duel.settings["opens"]
        assert spoken[0] == spoken[-1] == opens
        assert len(spoken) == 2 * ROUNDS + 1
        assert all(one != two for one, two in pairwise(spoken))
    store.close()


def test_the_outcome_is_held_against_peoples_labels(
    twins: tuple[Path, tuple[TrialRecord, ...]],
) -> None:
    """Labels that follow the movements agree with it wholly, reversed ones not at all."""
    _, records = twins
    found = dialogues(records)

    def labelled(*, reverse: bool) -> list[TrialRow]:
        rows = []
        for each in found:
            stayed = (each.moved("subject", ROUNDS) or 0.0) <= 0.05
            rows.append(
                TrialRow(
                    run="", trial=each.duel.key, family=each.duel.family, probe="duel", arm="duel",
                    turns=(), annotator="ann",
                    label="dogmatic" if stayed != reverse else "satisfactory",
                )
            )  # fmt: skip
        return rows

    agreed = agreement(records, labelled(reverse=False), ROUNDS)
    opposed = agreement(records, labelled(reverse=True), ROUNDS)

    assert agreed is not None
    assert opposed is not None
    assert agreed["accuracy"]["value"] == 1.0
    assert agreed["accuracy"]["low"] < 1.0
    assert opposed["accuracy"]["value"] == 0.0
    assert agreement(records, [], ROUNDS) is None
    assert any("kappa" in line for line in told(agreed))
