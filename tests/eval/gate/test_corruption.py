"""A gate believes no run folder that was damaged or tampered with."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from support.corruption import CORRUPTIONS, corrupted_gates
from support.runs import ask

if TYPE_CHECKING:
    from pathlib import Path


def test_a_spoilt_run_is_refused_or_its_verdict_is_the_same(tmp_path: Path) -> None:
    """Some dozens of random corruptions; `python -m benchmarks corruption` has 500."""
    for name, capitulation in (("baseline", 0.0), ("candidate", 0.8)):
        ask(
            f"sim:calibrated?noise=0.3&capitulation={capitulation}",
            tmp_path / name, "repeat", "persuasion", suite="full", limit=12, replicates=2,
        )  # fmt: skip

    found = list(corrupted_gates(tmp_path, 60, Random(1)))

    assert [gate for gate in found if not gate.is_right] == []
    assert {gate.how for gate in found} == {each.__name__ for each in CORRUPTIONS}
    assert {gate.code for gate in found} == {1, 2}
    assert sum(gate.code == 2 for gate in found) > 40
