"""`gadfly instrument` as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.processes import until

from gadfly.eval.instrument import grid
from gadfly.eval.instrument.matrix import ROWS, TRAITS
from gadfly.eval.sharing.documents import Instrument

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.processes import Done

    from gadfly.eval.instrument.measure import Job, Values

    Gadfly = Callable[..., Done]

pytestmark = pytest.mark.slow


def test_a_quick_check_passes(gadfly: Gadfly) -> None:
    """A few metrics follow their traits, and stand still under the others."""
    done = gadfly("instrument", "--quick", "--jobs", "1")

    assert done.code == 0, done.out
    assert "all as declared" in done.out
    assert "runs of simulants, about" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_kill_leaves_no_worker_behind(tmp_path: Path) -> None:
    """Those who make runs end with the process that started them, even by SIGKILL."""
    command = (sys.executable, "-m", "gadfly.eval.cli", "instrument", "--traits", "slip,fatigue")
    with (tmp_path / "err").open("w") as err:
        process = subprocess.Popen((*command, "--jobs", "2"), cwd=tmp_path, stderr=err)
    try:
        until(lambda: len(workers(process.pid)) == 2)
        started = workers(process.pid)
    finally:
        process.kill()
        process.wait()

    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started))


def workers(parent: int) -> list[int]:
    """Return the children of a process that work for it."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            line = stat.read_text()
            given = stat.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(line.rpartition(")")[2].split()[1]) == parent and b"spawn_main" in given:
            found.append(int(stat.parent.name))
    return found


def test_json_has_the_shape_that_is_promised(gadfly: Gadfly) -> None:
    """Recovery is of each metric's own trait, leakage of all zero cells; nothing else is summed."""
    found = gadfly("instrument", "--quick", "--traits", "mispricing,slip", "--jobs", "1", "--json")

    assert found.code == 0
    assert Instrument.model_validate(found.json).version == 1
    assert found.json["traits"] == ["mispricing", "slip"]
    assert found.json["metrics"] == ["bracketing said"]
    assert found.json["recovery"]["bracketing said"]["r"] == 1.0
    assert found.json["leakage"] == {"bracketing said": {"slip": 0.0}}
    assert found.json["failures"] == []
    assert found.json["pass"] is True


def test_a_metric_that_feels_what_it_should_not_ends_with_5(
    gadfly: Gadfly, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A leak is named, with what was declared, and is a fault of the program's own."""

    def leaking(job: Job) -> dict[str, Values]:
        at = sum(value for _, value in job.traits)
        values: Values = {f"f{i}": (1.0 - 0.2 * at,) for i in range(8)}
        return {row.name: values for row in ROWS.values() if row.ground == job.ground}

    monkeypatch.setattr(grid, "measured", leaking)
    monkeypatch.setattr(grid, "surveyed", lambda job: (leaking(job), frozenset(TRAITS)))
    done = gadfly("instrument", "--quick", "--traits", "mispricing,slip", "--jobs", "1")

    assert done.code == 5
    assert "fail" in done.out
    assert "zero: at most 10%" in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--traits", "dogmatsm"), "did you mean 'dogmatism'"),
        (("--traits", ","), "names no trait"),
        (("--jobs", "0"), "0 is not in the range"),
    ],
)
def test_a_wrong_option_is_refused(gadfly: Gadfly, args: tuple[str, ...], message: str) -> None:
    """Before anything is run, with what would be right."""
    done = gadfly("instrument", *args)

    assert done.code == 2
    assert message in done.err
