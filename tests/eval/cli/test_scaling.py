"""`gadfly scaling`, as a user runs it: sizes, curves, warnings, wrong inputs."""

from __future__ import annotations

import importlib.util
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Gadfly = Callable[..., Any]

RUN = ("run", "smoke", "--probe", "chains", "--probe", "persuasion", "--replicates", "2")
LADDER = {"r1": 0.4, "r2": 0.3, "r3": 0.2, "r4": 0.12, "r5": 0.05}
SIZES = tuple(
    part for i, name in enumerate(LADDER) for part in ("--size", f"{name}={10 ** (7 + i)}")
)


@pytest.fixture
def runs(gadfly: Gadfly) -> Gadfly:
    """Leave five runs of a simulant that slips the less, the larger it is said to be."""
    for name, slip in LADDER.items():
        model = f"sim:calibrated?slip={slip}"
        done = gadfly(*RUN, "--limit", "12", "--model", model, "--out", name,
                      "--readout", "logprob")  # fmt: skip
        assert done.code == 0
    return gadfly


def test_chains_are_shown_exact_and_graded_on_both_axes(runs: Gadfly) -> None:
    """A planted ability that grows with size is drawn twice, and each score brings the other.

    What the manual tells to type works, too.
    """
    done = runs("scaling", *LADDER, *SIZES, "--metric", "chain_exact:steps n=4")
    page = (Path(__file__).parents[3] / "docs" / "scaling.md").read_text(encoding="utf-8")
    (typed,) = [line for line in page.splitlines() if line.startswith("$ gadfly ")]
    as_written = runs(*shlex.split(typed)[2:])

    assert as_written.code == 0
    assert "responsiveness strong" in as_written.out
    assert done.code == 0
    assert "5 runs by size: r1 10M, r2 100M, r3 1B" in done.out
    assert "chain_exact steps n=4" in done.out
    assert "chain_steps steps n=4" in done.out
    assert done.out.count("logarithmic axis") == 2
    assert "p1^n" in done.out
    assert "confounded" not in done.out


def test_json_has_points_fits_and_verdicts(runs: Gadfly) -> None:
    """Weights sum to 1, each point has its error, and a flat metric is not called a trend."""
    found = runs("scaling", *LADDER, *SIZES, "--metric", "chain_steps:steps n=8",
                 "--metric", "responsiveness:strong", "--json").json  # fmt: skip

    rows = {row["metric"]: row for row in found["series"]}
    assert found["schema"] == 1
    assert found["confounded"] == []
    for row in rows.values():
        assert sum(fit["weight"] for fit in row["fits"]) == pytest.approx(1.0, abs=1e-4)
        assert all(point["error"] > 0.0 for point in row["points"])
        assert row["not_fitted"] == ["logistic"]
    flat = {r["metric"]: {f["family"]: f["weight"] for f in r["fits"]} for r in found["series"]}
    assert flat["chain_steps"]["constant"] < 0.1
    assert flat["responsiveness"]["constant"] > 0.3


def test_runs_that_differ_in_more_than_size_are_said_to(gadfly: Gadfly) -> None:
    """Another plan, another readout, other sampling: each is a warning of its own."""
    common = ("run", "smoke", "--probe", "persuasion", "--model", "sim:calibrated")
    gadfly(*common, "--limit", "4", "--readout", "logprob", "--out", "one")
    gadfly(*common, "--limit", "5", "--readout", "sampled", "--temperature", "0.5", "--out", "two")

    done = gadfly("scaling", "one", "two", "--size", "one=1", "--size", "two=2")

    assert done.code == 0
    assert "were not asked the same" in done.out
    assert "different readouts" in done.out
    assert "drew replies differently" in done.out
    assert "cannot tell: of 2 sizes" in done.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("scaling",), "Missing argument"),
        (("scaling", "nowhere"), "unknown run 'nowhere'"),
        (("scaling", "one"), "say it with --size one=NUMBER"),
        (("scaling", "one", "--size", "one=big"), "write RUN=NUMBER"),
        (("scaling", "one", "--size", "one=-3"), "write RUN=NUMBER"),
        (("scaling", "one", "--size", "one=3", "--size", "one=4"), "given twice"),
        (("scaling", "one", "one", "--size", "one=3"), "named twice"),
        (("scaling", "one", "--size", "two=3"), "unknown run in --size 'two'"),
        (("scaling", "one", "--size", "one=3", "--metric", "charm"), "unknown metric 'charm'"),
    ],
)
def test_wrong_inputs_are_named(gadfly: Gadfly, arguments: tuple[str, ...], says: str) -> None:
    """Each is said in a line, with exit code 2."""
    if "one" in arguments:
        gadfly("run", "smoke", "--probe", "chains", "--limit", "4", "--replicates", "2",
               "--model", "sim:calibrated", "--out", "one")  # fmt: skip

    done = gadfly(*arguments)

    assert done.code == 2
    assert says in done.err


def test_a_picture_needs_the_extra(gadfly: Gadfly, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Altair the remedy is named, before anything is read."""
    real = importlib.util.find_spec

    def missing(name: str, package: str | None = None) -> Any:
        return None if name == "altair" else real(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", missing)

    done = gadfly("scaling", "nowhere", "--png", "x.png")

    assert done.code == 2
    assert "pip install 'gadfly[html]'" in done.err


def test_a_picture_is_drawn(runs: Gadfly, tmp_path: Path) -> None:
    """A PNG file comes of it, of some size."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")

    done = runs("scaling", *LADDER, *SIZES, "--metric", "chain_exact:steps n=4", "--png", "x.png")

    assert done.code == 0
    assert (tmp_path / "x.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert (tmp_path / "x.png").stat().st_size > 10_000
