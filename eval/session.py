"""A run from its configuration to its last trial, without a screen."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, cast

from gadfly.bot.call import Sampling
from gadfly.bot.errors import ConfigError
from gadfly.bot.registry import SHORT_REPLIES, RespondentConfig, make_respondent
from gadfly.bot.secret import without_secrets
from gadfly.eval.caller import Limits
from gadfly.eval.manifest import (
    FILE,
    Chosen,
    Manifest,
    ReadoutRecord,
    SuiteRecord,
    read_manifest,
    write_manifest,
)
from gadfly.eval.plan import Plan, Protocol, made_with, make_plan
from gadfly.eval.runner import Run, RunResult
from gadfly.eval.seal import seal
from gadfly.eval.store import Store
from gadfly.eval.suite import SUITES, everything, suite_named
from gadfly.probes.catalogue import probes_named
from gadfly.probes.live import LiveProbe
from gadfly.scenarios.catalogue import library
from gadfly.scenarios.crib import crib_of, library_crib
from gadfly.scenarios.packs import catalogue_of, is_own

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from gadfly.bot.respondent import ReadoutName, Respondent
    from gadfly.bot.simulant.crib import Crib
    from gadfly.eval.event import Event
    from gadfly.probes.probe import Probe


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig:
    """What the user asked for, as given."""

    suite: str
    """Name of a suite, or a scenario file, or a folder of them, or an installed pack."""
    model: str
    probes: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Tags or topics; any of them."""
    limit: int | None = None
    replicates: int | None = None
    seed: int = 0
    """Sampling epoch."""
    temperature: float = 0.7
    top_p: float = 1.0
    reply_tokens: int | None = None
    """The suite's own where None; shorter for respondents known to be slow."""
    readout: str = "auto"
    concurrency: int | None = None
    system: str = ""
    max_calls: int | None = None
    max_tokens: int | None = None
    respondent: RespondentConfig = field(default_factory=RespondentConfig)
    interlocutor: str = ""
    """Spec of who writes lines live; "" for nobody."""
    interlocutor_key_env: str | None = None
    """Variable with its API key: the subject's is never sent to it."""

    def __post_init__(self) -> None:
        """Keep what is secret in an address out of plans, files and folder names."""
        object.__setattr__(self, "model", without_secrets(self.model))
        object.__setattr__(self, "interlocutor", without_secrets(self.interlocutor))


def plan_of(config: RunConfig) -> tuple[Plan, Protocol]:
    """Return the plan, and the protocol with a provisional readout where it is "auto".

    Raises:
        ConfigError: A suite, probe, scenario or tag is unknown, or nothing is left to ask.
    """
    named = config.suite in {s.name for s in SUITES}
    own = not named and is_own(config.suite)
    suite = everything() if own else suite_named(config.suite)
    catalogue = catalogue_of(config.suite) if own else library()
    chosen = catalogue.select(ids=config.scenarios, tags=config.tags)
    plan = make_plan(
        suite,
        chosen,
        only=_probes(config),
        replicates=config.replicates,
        limit=config.limit,
        live=bool(config.interlocutor),
    )
    if config.interlocutor and not plan.is_live:
        raise ConfigError(
            "--interlocutor: no dialogue of this plan is written live "
            f"(add --probe {LiveProbe().name})"
        )
    protocol = Protocol(
        readout="sampled" if config.readout == "auto" else cast("ReadoutName", config.readout),
        sampling=Sampling(
            temperature=config.temperature,
            top_p=config.top_p,
            max_tokens=config.reply_tokens
            or min(SHORT_REPLIES.get(config.model, suite.max_tokens), suite.max_tokens),
        ),
        system=config.system,
        epoch=config.seed,
        interlocutor=config.interlocutor,
    )
    return plan, protocol


def _probes(config: RunConfig) -> list[Probe]:
    """Return the probes asked for by name.

    Raises:
        ConfigError: There is no such probe, or one needs an interlocutor and there is none.
    """
    live = LiveProbe().name
    if live in config.probes and not config.interlocutor:
        raise ConfigError(
            f"probe {live!r} has its lines written by a model: name it with --interlocutor SPEC"
        )
    return [p for name in config.probes for p in probes_named(name)]


def respondent_of(config: RunConfig, plan: Plan) -> Respondent:
    """Build the respondent of a run; a simulant knows the library and the plan's scenarios.

    Raises:
        ConfigError: The spec is wrong.
    """

    def crib() -> Crib:
        known = {s.id: s for s in library().all}
        own = {t.scenario.id: t.scenario for t in plan.trials}
        if all(known.get(name) is scenario for name, scenario in own.items()):
            return library_crib()
        return crib_of((known | own).values())

    return make_respondent(config.model, config.respondent, crib=crib)


def interlocutor_of(config: RunConfig, plan: Plan) -> Respondent | None:
    """Build the interlocutor of a run, None where nothing is written live.

    Of the subject's options it shares those that say how a model is started, and no header or key.

    Raises:
        ConfigError: The spec is wrong.
    """
    if not config.interlocutor:
        return None
    shared = replace(config.respondent, api_key_env=config.interlocutor_key_env, headers=())
    return respondent_of(replace(config, model=config.interlocutor, respondent=shared), plan)


async def conduct(
    config: RunConfig,
    plan: Plan,
    protocol: Protocol,
    folder: Path,
    emit: Callable[[Event], None],
) -> tuple[Manifest, RunResult]:
    """Run a plan into a folder, resuming what is there, and seal what it ends with.

    Raises:
        GadflyError: As `Run` does; whatever is finished is kept.
    """
    async with opened(config, plan, protocol, folder, emit) as (run, _):
        result = await run.go()
        return seal(folder, run.store), result


@contextlib.asynccontextmanager
async def opened(
    config: RunConfig,
    plan: Plan,
    protocol: Protocol,
    folder: Path,
    emit: Callable[[Event], None],
    *,
    whole: Plan | None = None,
) -> AsyncIterator[tuple[Run, Manifest]]:
    """Reach the respondent and settle the readout: the run is then ready to `go`.

    The manifest is written; it has no seal until `seal` gives it one. `whole` is the plan that
    `plan` is a part of, where only some families of it are asked: the two can be compared. Where
    nothing was answered, the folder made for it goes again.

    Raises:
        GadflyError: As `Run.open` and `Run.settle` do.
    """
    respondent = respondent_of(config, plan)
    interlocutor = interlocutor_of(config, plan)
    with _stored(folder) as store:
        try:
            run = Run(
                respondent=respondent,
                store=store,
                plan=plan,
                protocol=protocol,
                emit=emit,
                concurrency=config.concurrency,
                limits=Limits(calls=config.max_calls, tokens=config.max_tokens),
                interlocutor=interlocutor,
            )
            await run.open()
            yield run, await _settle(run, config, folder, whole or plan)
        finally:
            await respondent.aclose()
            if interlocutor is not None:
                await interlocutor.aclose()


@contextlib.contextmanager
def _stored(folder: Path) -> Iterator[Store]:
    """Open the store of a run; a folder made for it in which nothing was answered goes again."""
    is_new = not folder.exists()
    store = Store.create(folder)
    try:
        yield store
    finally:
        is_bare = is_new and store.n_calls == 0 and not (folder / FILE).exists()
        store.close()
        if is_bare:
            shutil.rmtree(folder, ignore_errors=True)


async def _settle(run: Run, config: RunConfig, folder: Path, whole: Plan) -> Manifest:
    """Decide the readout, or keep what this folder decided before, and write the manifest."""
    requested = None if config.readout == "auto" else cast("ReadoutName", config.readout)
    before = read_manifest(folder).readout if (folder / FILE).exists() else None
    if before is not None and before.requested == config.readout:
        await run.settle(before.name)
        readout = before
    else:
        choice = await run.settle(requested)
        can = run.respondent.capabilities
        readout = ReadoutRecord(
            name=choice.readout,
            requested=config.readout,
            reason=choice.reason,
            fidelity=choice.fidelity,
            notes=(*can.why(choice.readout), *can.notes),
        )
    if run.identity is None:
        raise ConfigError("the run is not open")
    manifest = Manifest(
        plan=run.plan.hash(run.protocol),
        asked=whole.asked(run.protocol),
        chosen=Chosen(
            suite=config.suite,
            probes=config.probes,
            scenarios=config.scenarios,
            tags=config.tags,
            limit=config.limit,
            replicates=config.replicates,
        ),
        spec=run.respondent.spec,
        respondent=asdict(run.identity),
        suite=SuiteRecord(
            name=run.plan.suite.name,
            version=run.plan.suite.version,
            digest=run.plan.suite.digest,
            library=run.plan.library,
        ),
        readout=readout,
        interlocutor=None
        if run.interlocutor_identity is None
        else asdict(run.interlocutor_identity),
        temperature=run.protocol.sampling.temperature,
        top_p=run.protocol.sampling.top_p,
        reply_tokens=run.protocol.sampling.max_tokens,
        epoch=run.protocol.epoch,
        versions=made_with(),
    )
    write_manifest(folder, manifest)
    return manifest
