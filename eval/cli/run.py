"""`gadfly run`: plan, ask, report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.errors import ConfigError
from gadfly.bot.registry import DEFAULT as DEFAULT_MODEL
from gadfly.eval.cli.conducting import exit_code, watched
from gadfly.eval.cli.judging import judge_of, judge_options, judged
from gadfly.eval.cli.options import (
    parse_sampling,
    read_system,
    respondent_config,
    respondent_options,
)
from gadfly.eval.cli.output import counted
from gadfly.eval.cli.progress import clock
from gadfly.eval.cli.runs import RUNS, folder_name
from gadfly.eval.cli.settings import defaults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gadfly.bot.registry import RespondentConfig
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.plan import Plan, Protocol
    from gadfly.eval.runner import RunResult
    from gadfly.eval.session import RunConfig

READOUTS = ("auto", "sampled", "logprob", "likelihood")


@click.command("run")
@click.argument("suite", default="quick")
@click.option(
    "-m", "--model", default=DEFAULT_MODEL, show_default=True, help="See `gadfly models`."
)
@click.option("--probe", multiple=True, help="Only this probe or experiment (repeatable).")
@click.option("--scenario", multiple=True, help="Only this family (repeatable).")
@click.option("--tag", multiple=True, help="Only families with this tag or topic (repeatable).")
@click.option("--limit", type=click.IntRange(1), help="Most families per probe.")
@click.option("--replicates", type=click.IntRange(1), help="Independent dialogues per arm.")
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Sampling epoch."
)
@click.option("--temperature", type=click.FloatRange(0, 2), default=0.7, show_default=True)
@click.option("--sampling", metavar="K=V,…", default="", help="temperature, top_p, max_tokens.")
@click.option("--readout", type=click.Choice(READOUTS), default="auto", show_default=True)
@click.option("--concurrency", type=click.IntRange(1, 4096), help="Calls in flight.")
@click.option("--reply-tokens", type=click.IntRange(1), help="Longest reply; the suite's if unset.")
@click.option("--system", type=click.Path(path_type=Path), help="File with a system prompt.")
@click.option("--max-calls", type=click.IntRange(1), help="Hard cap on model calls.")
@click.option("--max-tokens", type=click.IntRange(1), help="Hard cap on tokens, in and out.")
@click.option("--interlocutor", metavar="SPEC", help="Model that writes live lines (discovery).")
@click.option("--interlocutor-key-env", metavar="NAME", help="Variable with its API key.")
@judge_options
@click.option("--out", type=click.Path(path_type=Path), help="Run folder.")
@click.option("--dry-run", is_flag=True, help="Print the plan and stop.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@respondent_options
def command(**values: Any) -> int:
    """Question a model and report what was found.

    SUITE is smoke, quick (the default), spar-check, essay or full, or a scenario file, a folder of
    them, or an installed pack. The same command again resumes: nothing that was answered is asked
    twice.
    """
    from gadfly.eval.session import plan_of

    dry_run, as_json, out = values.pop("dry_run"), values.pop("as_json"), values.pop("out")
    judge = _judge(values)
    config = _config(values)
    plan, protocol = plan_of(config)
    for line in _plan_lines(plan, protocol, config):
        click.echo(line, err=True)
    if dry_run:
        return 0
    folder: Path = out or _folder(plan, protocol, config)
    manifest, result = _run(config, plan, protocol, folder)
    unjudged = judge(folder, config.respondent) if judge is not None else 0
    from gadfly.eval.cli.report import print_report

    print_report(folder, manifest, as_json=as_json)
    click.echo(f"run folder: {folder}", err=True)
    return exit_code(result, what="trials") or (4 if unjudged else 0)


def _judge(values: dict[str, Any]) -> Callable[[Path, RespondentConfig], int] | None:
    """Take the judge out of click's values; what is returned judges a folder, None without one.

    A judge that is the subject by its very spec is refused here, before anything is asked.
    """
    spec, key_env = values.pop("judge"), values.pop("judge_key_env")
    insisted = values.pop("judge_is_subject")
    if spec is None:
        return None
    if spec == values["model"] and not insisted:
        raise ConfigError(
            "--judge names the model under test: name another one, or insist with "
            "--judge-is-subject"
        )

    def judge(folder: Path, shared: RespondentConfig) -> int:
        from gadfly.eval.judging.stage import JudgeSettings

        settings = JudgeSettings(may_be_subject=insisted)
        return judged(folder, judge_of(spec, shared, key_env), settings).failed

    return judge


def _config(values: dict[str, Any]) -> RunConfig:
    from gadfly.eval.session import RunConfig

    sampling = parse_sampling(values.pop("sampling"))
    respondent = respondent_config(values)
    values["temperature"] = sampling.get("temperature", values["temperature"])
    values["reply_tokens"] = values["reply_tokens"] or sampling.get("max_tokens")
    return RunConfig(
        probes=values.pop("probe"),
        scenarios=values.pop("scenario"),
        tags=values.pop("tag"),
        system=read_system(values.pop("system")),
        top_p=sampling.get("top_p", 1.0),
        respondent=respondent,
        interlocutor=values.pop("interlocutor") or "",
        **values,
    )


_ROUGH = {"smollm2": 150.0, "hf": 150.0, "vllm": 300.0, "http": 300.0, "https": 300.0}
"""Generated tokens a second to plan with, before anything is known; measured while running."""

_READ_IN_TOKENS = 20
"""One off-record read takes about as long as writing this many tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intended:
    """What a command would do, before it does it."""

    folder: Path
    lines: tuple[str, ...]
    """The plan and what it costs, as the command prints them."""


def intended(arguments: Sequence[str]) -> Intended:
    """Return what `gadfly run ARGUMENTS` would ask, and where it would keep it.

    Raises:
        ConfigError: An argument is wrong, or nothing is left to ask.
    """
    from gadfly.eval.session import plan_of

    try:
        context = command.make_context(
            "run", list(arguments), default_map=defaults().get("run", {}), help_option_names=[]
        )
    except click.ClickException as e:
        raise ConfigError(e.format_message()) from e
    values = dict(context.params)
    for name in ("dry_run", "as_json"):
        values.pop(name)
    out = values.pop("out")
    _judge(values)
    config = _config(values)
    plan, protocol = plan_of(config)
    return Intended(
        folder=out or _folder(plan, protocol, config),
        lines=tuple(_plan_lines(plan, protocol, config)),
    )


def _folder(plan: Plan, protocol: Protocol, config: RunConfig) -> Path:
    return RUNS / folder_name(
        plan.suite.name, config.model, plan.hash(protocol), config.readout, str(config.seed)
    )


def _plan_lines(plan: Plan, protocol: Protocol, config: RunConfig) -> Iterator[str]:
    from gadfly.eval.plan import cost

    c = cost(plan, protocol)
    families = counted(len({t.scenario.id for t in plan.trials}), "family", "families")
    lines = f", {c.lines:,} lines written live," if c.lines else ""
    yield (
        f"{plan.suite.name}: {len(plan.trials):,} trials on {families}, about "
        f"{c.replies:,} replies{lines} and {c.reads:,} off-record reads "
        f"(~{c.completion_tokens / 1e3:,.0f}k tokens written, ~{c.prompt_tokens / 1e3:,.0f}k read)"
    )
    rough = _ROUGH.get(config.model.partition(":")[0])
    if rough is not None:
        seconds = (c.completion_tokens + _READ_IN_TOKENS * c.reads) / rough
        yield f"roughly {clock(seconds)} at {rough:.0f} tokens/s; measured as it runs"
    if not any(t.replicate for t in plan.trials):
        yield "one replicate only: no repeat floor, so no excess inconsistency"


def _run(
    config: RunConfig, plan: Plan, protocol: Protocol, folder: Path
) -> tuple[Manifest, RunResult]:
    from gadfly.eval.session import conduct

    return watched(
        lambda emit: conduct(config, plan, protocol, folder, emit),
        folder,
        total=len(plan.trials),
        what="trials",
    )
