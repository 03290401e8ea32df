"""What several subcommands need to have a run judged."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.foreign import printable
from gadfly.bot.registry import RespondentConfig, make_respondent
from gadfly.eval.cli.stopping import ended
from gadfly.eval.event import Said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from gadfly.bot.respondent import Respondent
    from gadfly.eval.event import Event
    from gadfly.eval.judging.stage import JudgeResult, JudgeSettings
    from gadfly.eval.store import Store


def judge_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options by which the judge of a run is named."""
    own = "Let a model judge its own replies."
    return judge_naming(click.option("--judge-is-subject", is_flag=True, help=own)(command))


def judge_naming(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options by which a judge is named, whoever spoke."""
    options = (
        click.option(
            "--judge", metavar="SPEC", help="Model that reads what the rules are unsure of."
        ),
        click.option("--judge-key-env", metavar="NAME", help="Variable with the judge's API key."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def judge_of(spec: str, shared: RespondentConfig, key_env: str | None) -> Respondent:
    """Build a judge; of the subject's options it shares no key and no header.

    Raises:
        ConfigError: The spec is wrong.
    """
    from gadfly.scenarios.crib import library_crib

    own = replace(shared, api_key_env=key_env, headers=())
    return make_respondent(spec, own, crib=library_crib)


def judged(folder: Path, judge: Respondent, settings: JudgeSettings) -> JudgeResult:
    """Judge a run folder, and say on stderr what came of it.

    Raises:
        GadflyError: As `judge_run` does; verdicts that are there are kept.
    """
    return told(ended(_judged(folder, judge, settings)))


def told(result: JudgeResult, *, kept: bool = True) -> JudgeResult:
    """Say on stderr what came of a judging, verdicts of which are kept or not, and return it."""
    click.echo(
        f"judged {result.judged:,} of {result.doubtful:,} replies the rules are unsure of "
        f"({result.calls_made:,} calls)",
        err=True,
    )
    if result.failed:
        again = "; the same command tries only these again" if kept else ""
        click.echo(
            f"error: {result.failed} of them have no verdict: "
            f"{printable(result.first_failure)}{again}",
            err=True,
        )
    return result


async def _judged(folder: Path, judge: Respondent, settings: JudgeSettings) -> JudgeResult:
    from gadfly.eval.judging.stage import judge_run
    from gadfly.eval.seal import seal_verdicts

    async with sitting(folder, judge) as store:
        result = await judge_run(judge, store, settings, tell)
        seal_verdicts(folder, store)
        return result


@asynccontextmanager
async def sitting(folder: Path, judge: Respondent) -> AsyncIterator[Store]:
    """Open the folder a judge's verdicts are kept in; close it and the judge at the end."""
    from gadfly.eval.store import Store

    store = Store.create(folder)
    try:
        yield store
    finally:
        store.close()
        await judge.aclose()


def tell(event: Event) -> None:
    """Say on stderr what takes time."""
    if isinstance(event, Said):
        click.echo(printable(event.text), err=True)
