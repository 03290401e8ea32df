"""A pytest plugin: a model's profile as a fixture, and an assertion that it got no worse.

Loaded by every pytest that finds it installed, so nothing is imported before a test asks.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from gadfly.eval.gate.result import GateResult
    from gadfly.eval.profile import Profile

MARKER = (
    "gadfly(model, suite, system, **choices): the model under test, the suite and what narrows it "
    "(probes, scenarios, tags, limit, replicates, temperature, readout, seed), for the fixtures "
    "profile and assert_no_regression"
)


class AssertNoRegression(Protocol):
    """What the fixture `assert_no_regression` is."""

    def __call__(
        self,
        candidate: str | None = None,
        *,
        baseline: str | None = None,
        allow_inconclusive: bool | None = None,
        **settings: Any,
    ) -> GateResult:
        """Gate a candidate, fail the test where it is worse or nothing can be told.

        Args:
            candidate: Model, run folder or exported file; the marker's or the option's model if
                left out.
            baseline: Run folder or exported file; that of `--gadfly-baseline` if left out.
            allow_inconclusive: Whether a test may pass on too little data.
            settings: What [gate] of gadfly.toml sets, with underscores; they go before the file's.
        """


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; none has an effect on tests that do not use the fixtures."""
    group = parser.getgroup("gadfly", "questioning chat models")
    group.addoption("--gadfly-model", metavar="SPEC", help="Model under test (`gadfly models`).")
    group.addoption("--gadfly-baseline", metavar="RUN|FILE", help="What it must not be worse than.")
    group.addoption("--gadfly-suite", metavar="SUITE", default="quick", help="Asked for `profile`.")
    group.addoption("--gadfly-system", metavar="FILE", help="File with a system prompt.")
    group.addoption("--gadfly-out", metavar="DIR", default="runs", help="Where runs are kept.")
    group.addoption("--gadfly-api-key-env", metavar="NAME", help="Variable that holds the API key.")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", MARKER)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Who is asked in a test, and what: of its marker, else of the options."""

    model: str
    suite: str
    system: str | None
    out: Path
    key_env: str | None
    choices: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, request: pytest.FixtureRequest, model: str | None = None) -> _Asked:
        """Read marker and options; without a model the test is skipped."""
        options = request.config.option
        marker = request.node.get_closest_marker("gadfly")
        given = dict(zip(("model", "suite", "system"), marker.args, strict=False)) if marker else {}
        given.update(marker.kwargs if marker else {})
        who = model or given.pop("model", None) or options.gadfly_model
        if who is None:
            pytest.skip("no model to question: give --gadfly-model, or mark the test with one")
        given.pop("model", None)
        return cls(
            model=who,
            suite=given.pop("suite", options.gadfly_suite),
            system=given.pop("system", None) or _system(options.gadfly_system),
            out=request.config.rootpath / options.gadfly_out,
            key_env=options.gadfly_api_key_env,
            choices=given,
        )


def _system(name: str | None) -> str | None:
    from gadfly.eval.cli.options import read_system

    return None if name is None else read_system(Path(name))


@pytest.fixture
def profile(request: pytest.FixtureRequest) -> Profile:
    """Return the profile of the model under test; the run is kept, and asked once."""
    from gadfly.bot.registry import RespondentConfig
    from gadfly.eval.cli.runs import folder_name
    from gadfly.eval.judging.verdicts import judged_trials
    from gadfly.eval.profile import profile_of
    from gadfly.eval.session import RunConfig, conduct, plan_of
    from gadfly.eval.store import Store

    asked = _Asked.of(request)
    tuples = {n: tuple(v) for n, v in asked.choices.items() if isinstance(v, list)}
    config = RunConfig(
        model=asked.model,
        suite=asked.suite,
        system=asked.system or "",
        respondent=RespondentConfig(api_key_env=asked.key_env),
        **asked.choices | tuples,
    )
    plan, protocol = plan_of(config)
    folder = asked.out / folder_name(
        plan.suite.name, config.model, plan.hash(protocol), config.readout, str(config.seed)
    )
    _, result = asyncio.run(conduct(config, plan, protocol, folder, lambda event: None))
    if result.failed:
        pytest.fail(f"{result.failed} of {result.planned} trials failed: {result.first_failure}")
    store = Store.read(folder)
    try:
        return profile_of(judged_trials(store).records)
    finally:
        store.close()
