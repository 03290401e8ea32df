"""`gadfly instrument` as a user runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
