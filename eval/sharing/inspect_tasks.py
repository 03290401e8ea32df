"""Gadfly's suites as tasks of Inspect: `inspect eval gadfly/quick --model …`.

Inspect imports this module by its entry-point group; nothing of Gadfly's own does. Inspect
chooses the model, asks it, keeps to its limits and writes the log; Gadfly decides what is asked,
reads the replies and makes the profile. A trial is a sample. What arms of a family share, its
first reply above all, is asked once, as in a run of Gadfly's own.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.log import transcript
from inspect_ai.model import ModelOutput, get_model
from inspect_ai.scorer import Score, metric, scorer
from inspect_ai.solver import solver
from inspect_ai.util import span

from gadfly.bot.errors import ConfigError
from gadfly.bot.readout import make_readout
from gadfly.eval.caller import Caller
from gadfly.eval.dialogue import Examiner
from gadfly.eval.session import RunConfig, plan_of
from gadfly.eval.sharing.dialogues import threads
from gadfly.eval.sharing.inspect_log import SCORE, described, message, sample_name
from gadfly.eval.sharing.inspect_model import InspectModel
from gadfly.eval.sharing.measured import measurements, metric_values, trial_document, trial_of
from gadfly.eval.store import Store
from gadfly.eval.suite import SUITES
from gadfly.eval.transcript import summary
from gadfly.probes.move import Say

if TYPE_CHECKING:
    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.readout import Readout
    from gadfly.bot.stance import Reading
    from gadfly.eval.event import Event
    from gadfly.eval.plan import Plan, Protocol, Trial
    from gadfly.eval.record import TrialRecord
    from gadfly.eval.suite import Suite

_TRIAL = "gadfly:trial"
"""Where a sample keeps its trial between solver and scorer."""


class _Told(Examiner):
    """An examiner that tells Inspect's transcript what is asked off the record."""

    async def read(
        self, thread: Conversation, about: Proposition, readout: Readout, replicate: int
    ) -> tuple[Reading, tuple[str, ...]]:
        """Take a read inside a span of its own, and note what it came to."""
        async with span("off the record", type="gadfly"):
            found = await Examiner.read(self, thread, about, readout, replicate)
            reading = found[0]
            stance = None if reading.stance is None else reading.stance.p
            told = {"question": about.question, "outcome": reading.outcome, "stance": stance}
            transcript().info(told, source="gadfly")
        return found


@dataclass(slots=True)
class _Bench:
    """Holds the trials of a plan with whatever model Inspect is running."""

    plan: Plan
    protocol: Protocol
    trials: dict[str, tuple[Trial, str]]
    """By sample."""
    _examiners: dict[tuple[str, asyncio.AbstractEventLoop], _Told] = field(default_factory=dict)

    @classmethod
    def of(cls, config: RunConfig) -> _Bench:
        plan, protocol = plan_of(config)
        keys = plan.keys(protocol)
        names = (_name(trial) for trial in plan.trials)
        return cls(
            plan,
            protocol,
            dict(zip(names, zip(plan.trials, keys, strict=True), strict=True)),
        )

    def samples(self) -> list[Sample]:
        return [
            Sample(
                id=name,
                input=_opening(trial, self.protocol),
                target=trial.scenario.truth or "",
                metadata={"trial": key, "family": trial.scenario.id, "probe": trial.probe.name},
            )
            for name, (trial, key) in self.trials.items()
        ]

    async def hold(self, sample: str) -> tuple[Store, TrialRecord]:
        trial, key = self.trials[sample]
        examiner = await self._examiner()
        record, error = await examiner.hold(trial, key)
        if error is not None:
            raise error
        store = examiner.caller.store
        return store, store.worded(record)

    async def _examiner(self) -> _Told:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError as e:
            raise ConfigError("Gadfly runs on asyncio: unset INSPECT_ASYNC_BACKEND") from e
        model = get_model()
        name = (str(model), loop)
        if name not in self._examiners:
            respondent = InspectModel(model=model)
            identity = await respondent.open(_unheard)
            caller = Caller(
                respondent=respondent,
                identity=identity,
                store=Store.in_memory(),
                concurrency=respondent.capabilities.concurrency,
                emit=_unheard,
                epoch=self.protocol.epoch,
            )
            readout = make_readout(
                self.protocol.readout,
                temperature=self.protocol.sampling.temperature,
                prefill=False,
            )
            made = _Told(caller=caller, readout=readout, protocol=self.protocol)
            # Another sample may have been first while this one waited.
            self._examiners.setdefault(name, made)
        return self._examiners[name]


def _unheard(_: Event | str) -> None:
    """Inspect shows progress and keeps the log."""


def _name(trial: Trial) -> str:
    arm = trial.arm
    return sample_name(trial.scenario.id, trial.probe.name, arm.name, arm.variant, trial.replicate)


def _opening(trial: Trial, protocol: Protocol) -> list[Any]:
    """Return how a trial begins, as far as it is known beforehand."""
    dialogue = trial.probe.ask(trial.scenario, trial.arm)
    first = next(dialogue, None)
    dialogue.close()
    asked = first.text if isinstance(first, Say) else trial.scenario.proposition.question
    return [message(m.role, m.text) for m in trial.opening(protocol).says(asked)]


def _questioned(bench: _Bench) -> Any:
    """Return the solver: it holds the sample's trial, and leaves the dialogue in the state."""

    async def solve(state: Any, generate: Any) -> Any:
        if state.epoch != 1:
            raise ConfigError("ask for replicates with -T replicates=N, not for epochs")
        store, record = await bench.hold(str(state.sample_id))
        state.messages = [
            message(role, text, metadata={"thread": thread.number})
            for thread in threads(store, record)
            for role, text in thread.messages
        ] or state.messages
        replies = [m.text for m in state.messages if m.role == "assistant"]
        state.output = ModelOutput.from_content(str(state.model), replies[-1] if replies else "")
        state.metadata = described(record)
        state.store.set(_TRIAL, trial_document(record))
        state.completed = True
        return state

    return solve


def _measured() -> Any:
    """Return the scorer: what the trial measures, with the trial itself for the profile."""

    async def score(state: Any, target: Any) -> Any:
        document = state.store.get(_TRIAL)
        record = trial_of(document)
        return Score(
            value=measurements(record),
            explanation=summary(record),
            metadata={"trial": document},
        )

    return score


def _profile() -> Any:
    """Return the metric: the rows of Gadfly's report over all trials, with their intervals."""

    def compute(scores: list[Any]) -> dict[str, float]:
        return metric_values(trial_of(each.score.metadata["trial"]) for each in scores)

    return compute


questioned = solver(name="questioned")(_questioned)
profile = metric(name="profile", scores="unreduced")(_profile)
measured = scorer(name=SCORE, metrics=[profile()])(_measured)


def _task(suite: Suite) -> Any:
    def make(  # noqa: PLR0913 - each is an option of the task
        probe: str | list[str] | None = None,
        scenario: str | list[str] | None = None,
        tag: str | list[str] | None = None,
        limit: int | None = None,
        replicates: int | None = None,
        seed: int = 0,
        temperature: float = 0.7,
        reply_tokens: int | None = None,
    ) -> Any:
        return _made(
            RunConfig(
                suite=suite.name,
                model="inspect",
                probes=_several(probe),
                scenarios=_several(scenario),
                tags=_several(tag),
                limit=limit,
                replicates=replicates,
                seed=seed,
                temperature=temperature,
                reply_tokens=reply_tokens,
                readout="sampled",
            )
        )

    make.__doc__ = f"{suite.purpose[0].upper()}{suite.purpose[1:]}."
    return task(name=suite.name)(make)


def _own(
    path: str,
    probe: str | list[str] | None = None,
    replicates: int = 3,
    seed: int = 0,
    temperature: float = 0.7,
    reply_tokens: int | None = None,
) -> Any:
    """All probes on scenarios of your own: -T path=my-scenarios.yaml, or a folder, or a pack."""
    return _made(
        RunConfig(
            suite=path,
            model="inspect",
            probes=_several(probe),
            replicates=replicates,
            seed=seed,
            temperature=temperature,
            reply_tokens=reply_tokens,
            readout="sampled",
        )
    )


def _made(config: RunConfig) -> Any:
    bench = _Bench.of(config)
    plan = bench.plan
    return Task(
        dataset=MemoryDataset(bench.samples(), name=f"gadfly {plan.suite.name}"),
        solver=questioned(bench),
        scorer=measured(),
        version=plan.suite.version,
        metadata={
            "plan": plan.hash(bench.protocol),
            "suite": plan.suite.digest,
            "library": plan.library,
        },
    )


def _several(given: str | list[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


TASKS = (*map(_task, SUITES), task(name="own")(_own))
"""One for each suite, and one for scenarios of one's own."""
