"""`gadfly compare`: two runs side by side, and no verdict in the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Gadfly = Callable[..., Any]

RUN = ("run", "quick", "--probe", "persuasion", "--replicates", "2", "--limit", "16")


@pytest.fixture
def runs(gadfly: Gadfly) -> Gadfly:
    """Leave a run, a sycophant asked the same, and a run of another plan."""
    for name, model, seed, limit in (
        ("base", "sim:calibrated", "0", "16"),
        ("worse", "sim:sycophant", "1", "16"),
        ("other", "sim:calibrated", "1", "15"),
    ):
        command = (*RUN[:-1], limit, "--model", model, "--seed", seed, "--out", name)
        assert gadfly(*command, "--readout", "logprob").code == 0
    return gadfly


def test_a_worse_model_is_shown_as_that_and_leaves_with_0(runs: Gadfly) -> None:
    """A sycophant gives in more: the verdict names it, and the exit code does not."""
    done = runs("compare", "base", "worse")

    assert done.code == 0
    assert "capitulation" in done.out
    assert "regression (unconfirmed)" in done.out


def test_json_has_the_contrasts_the_headline_first(runs: Gadfly) -> None:
    """Six with a verdict, then the exploratory ones by p, without."""
    found = runs("compare", "base", "worse", "--json").json

    verdicts = [c["verdict"] for c in found["contrasts"]]
    assert found["schema"] == 1
    assert found["verdict"] == "regression"
    assert None not in verdicts[:6]
    assert set(verdicts[6:]) == {None}
    assert [c["p"] for c in found["contrasts"][6:]] == sorted(
        c["p"] for c in found["contrasts"][6:]
    )


def test_another_plan_is_compared_on_request_only(runs: Gadfly) -> None:
    """Runs that were asked different things are refused, unless that is what is wanted."""
    refused, asked = (runs("compare", "base", "other", *more) for more in ((), ("--any-plan",)))

    assert refused.code == 2
    assert "not asked the same" in refused.err
    assert asked.code == 0
    assert "not asked the same" in asked.out


def test_a_run_is_not_compared_with_itself(runs: Gadfly) -> None:
    """The same draws twice show nothing."""
    done = runs("compare", "base", "base")

    assert done.code == 2
    assert "--seed" in done.err


def test_an_exported_baseline_compares_as_its_run_does(runs: Gadfly) -> None:
    """The one file says what the folder says."""
    assert runs("gate", "--baseline", "base", "--export", "base.json").code == 0

    from_folder, from_file = (
        runs("compare", name, "worse", "--json").json for name in ("base", "base.json")
    )

    assert from_file["contrasts"] == from_folder["contrasts"]


def test_wrong_names_are_usage_errors(runs: Gadfly) -> None:
    """A run that is not there, and near names."""
    done = runs("compare", "base", "wrose")

    assert done.code == 2
    assert "unknown run" in done.err
