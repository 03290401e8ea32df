"""A pytest plugin: a model's profile as a fixture, and an assertion that it got no worse.

Loaded by every pytest that finds it installed, so nothing is imported before a test asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from gadfly.bot.registry import RespondentConfig
    from gadfly.eval.gate.live import Bench
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
    group.addoption(
        "--gadfly-judge", metavar="SPEC", help="Model that reads what the rules are unsure of."
    )
    group.addoption(
        "--gadfly-judge-key-env", metavar="NAME", help="Variable with the judge's API key."
    )


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
    judge: str | None
    """Spec of who reads what the rules are unsure of; None for nobody."""
    judge_key_env: str | None
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
            judge=options.gadfly_judge,
            judge_key_env=options.gadfly_judge_key_env,
            choices=given,
        )

    def bench(self, source: Path | None = None) -> Bench | None:
        """Return the judge; in an epoch in which it has not judged the run `source`."""
        from gadfly.eval.cli.judging import judge_of
        from gadfly.eval.gate.live import Bench, fresh_epoch

        spec = self.judge
        if spec is None:
            return None
        if spec == self.model:
            pytest.fail("--gadfly-judge names the model under test: name another", pytrace=False)
        shared = self.respondent
        return Bench(
            make=lambda: judge_of(spec, shared, self.judge_key_env),
            epoch=0 if source is None else fresh_epoch(source),
        )

    @property
    def respondent(self) -> RespondentConfig:
        """How the model under test is reached."""
        from gadfly.bot.registry import RespondentConfig

        return RespondentConfig(api_key_env=self.key_env)


def _system(name: str | None) -> str | None:
    from gadfly.eval.cli.options import read_system

    return None if name is None else read_system(Path(name))


@pytest.fixture
def profile(request: pytest.FixtureRequest) -> Profile:
    """Return the profile of the model under test; the run is kept, and asked once."""
    from gadfly.eval.cli.runs import folder_name
    from gadfly.eval.cli.stopping import ended
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
        respondent=asked.respondent,
        **asked.choices | tuples,
    )
    plan, protocol = plan_of(config)
    folder = asked.out / folder_name(
        plan.suite.name, config.model, plan.hash(protocol), config.readout, str(config.seed)
    )
    _, result = ended(conduct(config, plan, protocol, folder, lambda event: None))
    if result.failed:
        pytest.fail(f"{result.failed} of {result.planned} trials failed: {result.first_failure}")
    _judge(asked.bench(), folder)
    store = Store.read(folder)
    try:
        return profile_of(judged_trials(store).records)
    finally:
        store.close()


def _judge(bench: Bench | None, folder: Path) -> None:
    """Have a run judged; verdicts that are there are kept, and nobody is asked again."""
    from gadfly.bot.errors import GadflyError
    from gadfly.eval.cli.stopping import ended
    from gadfly.eval.seal import seal_verdicts
    from gadfly.eval.store import Store

    if bench is None:
        return
    store = Store.create(folder)
    try:
        ended(bench.judge(store, lambda event: None))
        seal_verdicts(folder, store)
    except GadflyError as e:
        pytest.fail(str(e), pytrace=False)
    finally:
        store.close()


@pytest.fixture
def assert_no_regression(request: pytest.FixtureRequest) -> AssertNoRegression:
    """Return the assertion; whatever it asks is kept, and asked once."""

    def check(
        candidate: str | None = None,
        *,
        baseline: str | None = None,
        allow_inconclusive: bool | None = None,
        **settings: Any,
    ) -> GateResult:
        __tracebackhide__ = True
        against = baseline or request.config.option.gadfly_baseline
        if against is None:
            pytest.skip("nothing to compare with: give --gadfly-baseline, or name a baseline")
        result, allowed = _gated(_Asked.of(request, candidate), against, settings)
        if result.verdict == "regression":
            pytest.fail(_said(result), pytrace=False)
        if result.verdict == "inconclusive" and not (
            allowed if allow_inconclusive is None else allow_inconclusive
        ):
            pytest.fail(_said(result), pytrace=False)
        return result

    return check


def _gated(asked: _Asked, against: str, settings: dict[str, Any]) -> tuple[GateResult, bool]:
    """Return the verdict, and whether gadfly.toml lets an inconclusive one pass."""
    from gadfly.bot.errors import GadflyError
    from gadfly.eval.cli.runs import folder_name
    from gadfly.eval.cli.settings import gate_table
    from gadfly.eval.gate.again import Candidate
    from gadfly.eval.gate.config import gate_config
    from gadfly.eval.gate.run import Gate, read_baseline, stored

    config = gate_config({**gate_table(), **{n.replace("_", "-"): v for n, v in settings.items()}})
    try:
        source = stored(against, asked.out)
        if source is None:
            pytest.fail(f"{against!r} is a model: a baseline is a run, or the file of one")
        gate = Gate(
            source=source,
            baseline=read_baseline(source),
            config=config,
            folder=asked.out / folder_name("gate", asked.model, str(source), repr(asked.system)),
            bench=asked.bench(source),
            emit=lambda event: None,
            tell=lambda text: None,
        )
        path = stored(asked.model, asked.out)
        if path is not None:
            return gate.stored(path), config.allow_inconclusive
        candidate = Candidate(
            spec=asked.model,
            system=asked.system,
            respondent=asked.respondent,
        )
        return gate.live(candidate), config.allow_inconclusive
    except GadflyError as e:
        pytest.fail(str(e), pytrace=False)


def _said(result: GateResult) -> str:
    from gadfly.eval.gate.wording import figures, said

    return "\n".join(
        (
            f"{result.verdict}: {result.reason}",
            *(f"  {said(c)} ({figures(c)})" for c in result.headline if c.verdict != "pass"),
            *result.notes,
        )
    )
