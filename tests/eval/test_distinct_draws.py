"""What a plan asks is what a real server is asked."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest
from support.openai_server import SimulantServer
from support.seeds import committed

from gadfly.bot.simulant import simulant
from gadfly.eval.store import Store
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.openai_server import Seen

SPEC = "sim:calibrated?noise=0.5&bank=ornate"


@pytest.fixture
def server() -> Iterator[SimulantServer]:
    with SimulantServer(simulant(SPEC, library_crib())) as running:
        yield running


def command(server: SimulantServer, folder: Path) -> list[str]:
    return [
        sys.executable, "-m", "gadfly.eval.cli", "run", "smoke", "--readout", "sampled",
        "--model", f"{server.url}#simulant", "--out", str(folder), "--json",
    ]  # fmt: skip


def finish(server: SimulantServer, folder: Path) -> str:
    done = subprocess.run(command(server, folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def seeds(seen: list[Seen]) -> Counter[int]:
    return Counter(s.seed for s in seen if s.seed is not None)


def test_the_server_sees_the_planned_number_of_distinct_draws(
    server: SimulantServer, tmp_path: Path
) -> None:
    """Per read cell and replicate three distinct draws; per question and replicate one reply.

    `smoke` has two replicates: a first question is asked twice with two seeds; every cell of a
    sampled read is drawn three times with three seeds for each dialogue it stands behind.
    """
    finish(server, tmp_path / "run")
    store = Store.read(tmp_path / "run")
    records = store.trials()
    expected: dict[bytes, set[str]] = defaultdict(set)
    for record in records:
        for seen in record.observations:
            for call in store.calls(seen.calls):
                expected[call.conversation.digest].add(call.key.hex())
    store.close()
    planned = Counter(len(keys) for keys in expected.values())
    answered = committed(tmp_path / "run")
    by_messages: dict[bytes, set[int]] = defaultdict(set)
    for one in server.seen:
        if one.seed in answered:
            by_messages[one.messages].add(one.seed or 0)

    assert Counter(len(s) for s in by_messages.values()) == planned
    assert all(count == 1 for seed, count in seeds(server.seen).items() if seed in answered)
    read_cells = [k for r in records for o in r.observations if o.kind == "read" for k in o.calls]
    assert len(read_cells) == sum(12 for r in records for o in r.observations if o.kind == "read")
