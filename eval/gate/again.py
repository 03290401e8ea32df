"""The baseline's own plan once more: for a candidate, for an A/A run, for a confirmation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError
from gadfly.bot.registry import RespondentConfig
from gadfly.eval.plan import reading_versions
from gadfly.eval.session import RunConfig, plan_of

if TYPE_CHECKING:
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.plan import Plan, Protocol

FIRST, AGAINST_ITSELF, CONFIRMATION = 1, 2, 3
"""Sampling epochs of a candidate's first look, of an A/A run and of a confirmation, counted from
the baseline's: the same each time, so that a command that was stopped finds what it had."""
BESIDE_FIRST, BESIDE_CONFIRMATION = 4, 5
"""Those of the baseline's own model where it is asked in turns with the candidate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Who is to be asked, and what of the product under test differs from the baseline's."""

    spec: str
    system: str | None = None
    """System prompt; the baseline's where None, "" for none."""
    temperature: float | None = None
    """The baseline's where None."""
    top_p: float | None = None
    """The baseline's where None."""
    respondent: RespondentConfig = field(default_factory=RespondentConfig)
    concurrency: int | None = None
    max_calls: int | None = None
    max_tokens: int | None = None


def again(manifest: Manifest, candidate: Candidate, *, epoch: int) -> RunConfig:
    """Return how the plan of a run is asked of somebody, `epoch` sampling epochs later.

    Readout, suite, choices and lengths of replies are the run's own.

    Raises:
        ConfigError: The run does not say how it was planned, or lines in it were written live.
    """
    chosen = manifest.chosen
    if chosen is None:
        raise ConfigError(
            "the baseline was made by an older Gadfly, which did not note how it was planned: "
            "make it again"
        )
    if manifest.interlocutor is not None:
        raise ConfigError(
            "lines of the baseline were written live by a model: such runs are for discovery, "
            "and nobody can be asked the same again; make a baseline without --interlocutor"
        )
    return RunConfig(
        suite=chosen.suite,
        model=candidate.spec,
        probes=chosen.probes,
        scenarios=chosen.scenarios,
        tags=chosen.tags,
        limit=chosen.limit,
        replicates=chosen.replicates,
        seed=manifest.epoch + epoch,
        temperature=_or(candidate.temperature, manifest.temperature),
        top_p=_or(candidate.top_p, manifest.top_p),
        reply_tokens=manifest.reply_tokens,
        readout=manifest.readout.name,
        concurrency=candidate.concurrency,
        system=manifest.respondent.get("system", "")
        if candidate.system is None
        else candidate.system,
        max_calls=candidate.max_calls,
        max_tokens=candidate.max_tokens,
        respondent=candidate.respondent,
    )


def plan_again(manifest: Manifest, config: RunConfig) -> tuple[Plan, Protocol]:
    """Make the plan of a run again, and make sure that it is the same.

    Raises:
        ConfigError: Something that is asked has changed since: names what, and what to do.
    """
    try:
        plan, protocol = plan_of(config)
    except ConfigError as e:
        raise ConfigError(f"the baseline's plan cannot be made again: {e}") from e
    if plan.asked(protocol) == manifest.asked:
        return plan, protocol
    now = {
        "suite": f"{plan.suite.name} {plan.suite.digest}",
        "scenarios": plan.library,
        **reading_versions(),
    }
    was = {
        "suite": f"{manifest.suite.name} {manifest.suite.digest}",
        "scenarios": manifest.suite.library,
        **manifest.versions,
    }
    changed = ", ".join(
        f"{name} {was.get(name, '?')} -> {now[name]}" for name in now if was.get(name) != now[name]
    )
    raise ConfigError(
        f"this Gadfly would not ask what the baseline was asked ({changed or 'its probes differ'}; "
        f"the baseline was made by Gadfly {manifest.versions.get('gadfly', '?')}): "
        "make the baseline again with this version and the scenarios as they are, or use those it "
        "was made with"
    )


def part_of(plan: Plan, families: frozenset[str]) -> Plan:
    """Return the trials of a plan that ask some families only.

    Raises:
        ConfigError: Nothing is left.
    """
    kept = tuple(t for t in plan.trials if t.scenario.id in families)
    if not kept:
        raise ConfigError("nothing to ask: none of the families is in the plan")
    return replace(plan, trials=kept)


def _or(given: float | None, otherwise: float) -> float:
    return otherwise if given is None else given
