"""Probes and metrics of other packages are found by their entry points, or said to be broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PROBE = """
from dataclasses import dataclass

from gadfly.probes.move import Say
from gadfly.probes.probe import Arm


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    name: str = "{name}"
    version: int = 1
    experiments: tuple[str, ...] = ()
    varies: str = "how often it is asked in one thread"
    feeds: tuple[str, ...] = ("twice",)

    def arms(self, scenario):
        return (Arm(name="thread"),) if scenario.wordings else ()

    def ask(self, scenario, arm):
        for label in ("first", "second"):
            yield Say(label=label, text=scenario.wordings[0].text, about=scenario.proposition)


TWICE = Twice()


def twice(records):
    from gadfly.eval.metrics.scores import UNIT_BOUNDS, Quantity, Scores, of_probe

    quantity = Quantity(
        metric="twice", construct="inconsistency", unit="rate", bounds=UNIT_BOUNDS, probe="twice"
    )
    scores = Scores(quantity, "said")
    for record in of_probe(records, "twice"):
        sides = [o.reading.stance.side for o in record.observations if o.reading.stance]
        if len(sides) == 2:
            differ = float(sides[0] != sides[1])
            scores.add(record.stratum, record.family, differ, (record.key,))
        else:
            scores.miss(record.stratum, (record.key,), "no side")
    return (scores,)
"""


def offer(folder: Path, entries: str, source: str = "") -> None:
    """Put a package with these entry points where Python looks for packages."""
    (folder / "twice_plugin.py").write_text(source)
    info = folder / "twice_plugin-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: twice-plugin\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(entries)


def gadfly(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the command with the package in sight."""
    found = os.pathsep.join((str(folder), os.environ.get("PYTHONPATH", "")))
    return subprocess.run(
        [sys.executable, "-m", "gadfly.eval.cli", *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": found},
    )


def test_a_probe_and_its_metric_come_with_a_package(tmp_path: Path) -> None:
    """A probe of another package is listed and run by name, and its metric reported."""
    entries = (
        "[gadfly.probes]\ntwice = twice_plugin:TWICE\n"
        "[gadfly.metrics]\ntwice = twice_plugin:twice\n"
    )
    offer(tmp_path, entries, PROBE.format(name="twice"))

    listed = gadfly(tmp_path, "probes", "list", "--json")
    run = gadfly(
        tmp_path,
        *("run", "smoke", "--model", "sim:calibrated", "--probe", "twice", "--limit", "3"),
        *("--replicates", "2", "--out", "runs", "--json"),
    )

    assert listed.returncode == 0, listed.stderr
    assert {"name": "twice", "feeds": ["twice"]}.items() <= json.loads(listed.stdout)[-1].items()
    assert run.returncode == 0, run.stderr
    rows = [e for e in json.loads(run.stdout)["estimates"] if e["metric"] == "twice"]
    assert (rows[0]["stratum"], rows[0]["n"]) == ("all", 6)


@pytest.mark.parametrize(
    ("entries", "source", "expected"),
    [
        (
            "[gadfly.probes]\ntwice = twice_plugin:GONE\n",
            "",
            "twice-plugin offers 'twice' under 'gadfly.probes', but twice_plugin:GONE cannot be "
            "loaded (AttributeError",
        ),
        (
            "[gadfly.probes]\ntwice = twice_plugin:TWICE\n",
            "TWICE = 2",
            "plugin 'twice' is no probe: it has no name, version",
        ),
        (
            "[gadfly.probes]\ntwice = twice_plugin:TWICE\n",
            PROBE.format(name="repeat"),
            "plugin 'twice': the probe name 'repeat' is taken",
        ),
    ],
)
def test_a_broken_plugin_is_one_clear_line(
    entries: str, source: str, expected: str, tmp_path: Path
) -> None:
    """What a package offers and cannot be used is named, as a fault of configuration."""
    offer(tmp_path, entries, source)

    done = gadfly(tmp_path, "probes", "list")

    assert done.returncode == 2
    assert expected in done.stderr


def test_a_metric_that_cannot_be_called_is_one_clear_line(tmp_path: Path) -> None:
    """A scorer that is no function ends the report as a fault of configuration."""
    offer(tmp_path, "[gadfly.metrics]\ntwice = twice_plugin:TWICE\n", "TWICE = 2")

    done = gadfly(
        tmp_path,
        *("run", "smoke", "--model", "sim:calibrated", "--limit", "1", "--out", "runs"),
    )

    assert done.returncode == 2
    assert "plugin 'twice' is no scorer: it cannot be called" in done.stderr
