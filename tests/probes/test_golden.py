"""What every probe asks, in the order it asks it, held against a file per probe.

`GADFLY_WRITE_GOLDEN=1` writes the files anew: do so after a change that was meant, and raise the
version of the probe in the same commit.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.moves import LEANS_A, LEANS_B, NOWHERE, moves, shape
from support.sample import samples

from gadfly.probes.catalogue import PROBES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.probes.probe import Probe

FOLDER = Path(__file__).with_name("golden")
READINGS = (LEANS_A, LEANS_B, NOWHERE)


def golden(probe: Probe) -> str:
    """Return a probe's arms on the samples, their moves, and a digest of every text."""
    return "\n".join((f"version {probe.version}", *_lines(probe), ""))


def _lines(probe: Probe) -> Iterator[str]:
    for scenario in samples():
        for arm in probe.arms(scenario):
            h = hashlib.blake2b(digest_size=8)
            h.update(repr((arm.system, arm.history, sorted(arm.settings.items()))).encode())
            shapes: list[str] = []
            for reading in READINGS:
                found = moves(probe, arm, reading, scenario)
                h.update(repr(found).encode())
                line = shape(found)
                if line not in shapes:
                    shapes.append(line)
            where = f"{scenario.id} {arm.name}/{arm.variant}"
            yield f"{where}: {' | '.join(shapes)} [{h.hexdigest()}]"


@pytest.mark.parametrize("probe", PROBES, ids=lambda p: p.name)
def test_a_probe_asks_what_its_version_asks(probe: Probe) -> None:
    """A probe's arms, moves and texts change only together with its version."""
    file = FOLDER / f"{probe.name}.txt"
    if os.environ.get("GADFLY_WRITE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(golden(probe), encoding="utf-8")

    assert golden(probe) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("probe", PROBES, ids=lambda p: p.name)
def test_arms_of_a_probe_are_told_apart(probe: Probe) -> None:
    """No two arms of a probe on one family share name and variant, and some family has arms."""
    found = [[(a.name, a.variant) for a in probe.arms(s)] for s in samples()]

    assert any(found)
    assert all(len(set(arms)) == len(arms) for arms in found)


def test_every_golden_file_has_its_probe() -> None:
    """A probe that is gone leaves no file behind."""
    assert {f.stem for f in FOLDER.iterdir()} == {p.name for p in PROBES}
