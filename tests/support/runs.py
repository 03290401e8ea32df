"""Runs of probes on a model, and the trials that come of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from gadfly.eval.session import RunConfig, conduct, plan_of
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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
