"""Runs of probes on a model, and the trials that come of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from gadfly.bot.call import Sampling
from gadfly.eval.manifest import Manifest, ReadoutRecord, SuiteRecord, write_manifest
from gadfly.eval.plan import Protocol, make_plan
from gadfly.eval.runner import Run
from gadfly.eval.session import RunConfig, conduct, plan_of
from gadfly.eval.store import Store
from gadfly.eval.suite import everything
from gadfly.probes.catalogue import probes_named
from support.sample import Scripted, agrees, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from gadfly.bot.call import Call
    from gadfly.bot.completion import Completion
    from gadfly.eval.record import TrialRecord


SETTINGS: Mapping[str, object] = {"suite": "quick", "readout": "logprob", "reply_tokens": 120}
"""What is not asked for otherwise."""


def ask(model: str, folder: Path, *probes: str, **settings: object) -> tuple[TrialRecord, ...]:
    """Run probes on a model into a folder and return the trials."""
    config = RunConfig(
        model=model,
        probes=probes,
        **{**SETTINGS, **settings},  # type: ignore[arg-type]  # test convenience
    )
    plan, protocol = plan_of(config)
    asyncio.run(conduct(config, plan, protocol, folder, lambda event: None))
    store = Store.read(folder)
    try:
        return store.trials()
    finally:
        store.close()


def scripted(
    folder: Path, *probes: str, answer: Callable[[Call], Completion] = agrees, replicates: int = 2
) -> Path:
    """Run probes on the made-up families and a respondent that answers by a function."""

    async def go() -> None:
        store = Store.create(folder)
        run = Run(
            respondent=Scripted(answer),
            store=store,
            plan=make_plan(
                everything(),
                samples(),
                only=[p for name in probes for p in probes_named(name)],
                replicates=replicates,
            ),
            protocol=Protocol(readout="likelihood", sampling=Sampling()),
            emit=lambda event: None,
        )
        await run.open()
        await run.go()
        store.close()

    asyncio.run(go())
    write_manifest(
        folder,
        Manifest(
            plan="0" * 16,
            spec="scripted",
            respondent={"model": "scripted"},
            suite=SuiteRecord(name="everything", version=1, digest="0", library="0"),
            readout=ReadoutRecord(name="likelihood", requested="auto", reason="", fidelity=None),
            temperature=0.7,
            top_p=1.0,
            reply_tokens=96,
            epoch=0,
            versions={},
        ),
    )
    return folder
