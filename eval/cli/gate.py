"""`gadfly gate`: is a candidate worse than its baseline? Leaves with the answer."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.errors import ConfigError
from gadfly.bot.secret import without_secrets
from gadfly.eval.cli.judging import judge_of, judge_options
from gadfly.eval.cli.options import (
    parse_sampling,
    read_system,
    respondent_config,
    respondent_options,
)
from gadfly.eval.cli.output import print_json, size
from gadfly.eval.cli.progress import Watches
from gadfly.eval.cli.runs import RUNS, folder_name
from gadfly.eval.cli.settings import add_gate_table, gate_table
from gadfly.eval.cli.stopping import same_command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.eval.gate.again import Candidate
    from gadfly.eval.gate.config import GateConfig
    from gadfly.eval.gate.live import Bench
    from gadfly.eval.gate.result import GateResult
    from gadfly.eval.gate.table import Table

EXIT = {"pass": 0, "regression": 1, "inconclusive": 3}
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("gate")
@click.option("--baseline", metavar="RUN|FILE", help="Run folder, or the file it was exported to.")
@click.option("--candidate", metavar="RUN|FILE|SPEC", help="A run, or a model to be asked now.")
@click.option(
    "--baseline-model", metavar="SPEC", help="Ask the baseline's model, too, in turns with it."
)
@click.option("--baseline-key-env", metavar="NAME", help="Variable with that model's API key.")
@click.option("--system", type=_FILE, help="System prompt; the baseline's if unset.")
@click.option(
    "--sampling", metavar="K=V,…", default="", help="temperature, top_p; the baseline's if unset."
)
@click.option("--concurrency", type=click.IntRange(1, 4096), help="Calls in flight.")
@click.option("--max-calls", type=click.IntRange(1), help="Hard cap on calls of each run.")
@click.option("--max-tokens", type=click.IntRange(1), help="Hard cap on tokens of each run.")
@judge_options
@click.option("--sequential/--fixed", default=None, help="Stop as soon as all is settled.")
@click.option("--strict", is_flag=True, default=None, help="Refuse margins that cannot be seen.")
@click.option("--allow-inconclusive", is_flag=True, default=None, help="Leave with 0, not 3.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where what is asked is kept."
)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option("--junit", type=_FILE, help="Write it as JUnit XML, too.")
@click.option("--markdown", type=_FILE, help="Write it as Markdown, too.")
@click.option("--summary", is_flag=True, help="Add it to the summary of a GitHub step, too.")
@click.option("--init", is_flag=True, help="Write a commented [gate] into gadfly.toml, and stop.")
@click.option("--simulate", is_flag=True, help="Say how often this gate would err, and stop.")
@click.option("--calibrate", is_flag=True, help="Ask the baseline's own model again, and stop.")
@click.option("--export", type=_FILE, help="Write the baseline as one file, and stop.")
@respondent_options
def command(**values: Any) -> int:
    """Compare a candidate with a baseline, and leave with the verdict.

    Leaves with 0 for a pass (not worse, within the margins), 1 for a regression (a live candidate
    is asked again before it is called that), 3 where the data cannot tell, 2 for wrong usage or
    runs that cannot be compared, 4 where the model or server failed.
    """
    if values["init"]:
        return _init()
    from gadfly.eval.gate.run import read_baseline

    config = _config(values)
    source = _baseline(values["baseline"])
    baseline = read_baseline(source)
    if values["export"] is not None:
        return _export(baseline, values["export"])
    if values["simulate"]:
        return _simulate(baseline, config, as_json=values["as_json"])
    if values["calibrate"]:
        return _calibrate(source, baseline, config, values)
    if values["candidate"] is None:
        raise ConfigError("say who is to be compared: --candidate RUN|FILE|SPEC")
    began = time.monotonic()
    result = _gate(source, baseline, config, values)
    return _tell(result, config, values, time.monotonic() - began)


def _init() -> int:
    from gadfly.eval.gate.config import STARTER

    click.echo(f"written: {add_gate_table(STARTER)}", err=True)
    return 0


def _config(values: dict[str, Any]) -> GateConfig:
    """Return [gate] of gadfly.toml with the options over it."""
    from gadfly.eval.gate.config import gate_config

    table = gate_table()
    for name in ("sequential", "strict", "allow_inconclusive", "max_calls", "max_tokens"):
        given = values.pop(name)
        if given is not None:
            table[name.replace("_", "-")] = given
    return gate_config(table, where="[gate]")


def _baseline(name: str | None) -> Path:
    from gadfly.eval.gate.run import stored

    if name is None:
        raise ConfigError("say what it is to be compared with: --baseline RUN|FILE")
    path = stored(name, RUNS)
    if path is None:
        shown = without_secrets(name)
        raise ConfigError(
            f"--baseline {shown}: a baseline is a run or the file of one, not a model: make it by "
            f"`gadfly run SUITE --model {shown} --out baseline` (--baseline-model {shown} then "
            "asks it again, in turns with the candidate)"
        )
    return path


def _export(baseline: Table, path: Path) -> int:
    from gadfly.eval.gate.file import write_table

    write_table(path, baseline)
    click.echo(
        f"{path}: {len(baseline.families)} families, {size(path.stat().st_size)}, "
        f"{'with' if baseline.again else 'without'} an A/A run, no text of any dialogue",
        err=True,
    )
    return 0


def _simulate(baseline: Table, config: GateConfig, *, as_json: bool) -> int:
    from gadfly.eval.gate.judge import margin_of
    from gadfly.eval.gate.simulate import simulate
    from gadfly.eval.gate.told import simulated_document, simulated_lines

    same = simulate(baseline, config)
    margins = {n: margin_of(n, baseline.headline[n], config) for n in same.each_alarm}
    worse = {
        name: simulate(baseline, config, worse={name: margin})
        for name, margin in margins.items()
        if margin is not None
    }
    if as_json:
        print_json(simulated_document(same, worse, config))
    else:
        click.echo("\n".join(simulated_lines(same, worse, baseline)))
    return 0


def _calibrate(source: Path, baseline: Table, config: GateConfig, values: dict[str, Any]) -> int:
    from gadfly.eval.gate.run import calibrated

    values["candidate"] = values["candidate"] or baseline.manifest.spec
    candidate = _candidate(values, config)
    folder = values["out"] or _folder(source, candidate, "again")
    with _kept() as watches:
        calibrated(source, baseline, candidate, folder, _bench(values, source), watches)
    click.echo(f"the A/A run is kept with {source}", err=True)
    return 0


def _gate(source: Path, baseline: Table, config: GateConfig, values: dict[str, Any]) -> GateResult:
    """Compare, asking whoever is live; say first what can be seen."""
    from gadfly.eval.gate.run import Gate, stored

    path = stored(values["candidate"], RUNS)
    candidate = _candidate(values, config)
    folder = values["out"] or _folder(source, candidate, "gate")
    with _kept() as watches:
        gate = Gate(
            source=source,
            baseline=baseline,
            config=config,
            folder=folder,
            bench=_bench(values, source),
            emit=watches,
            tell=watches.say,
            beside=_beside(values, config),
        )
        gate.announce(live=path is None)
        return gate.live(candidate) if path is None else gate.stored(path)


def _candidate(values: dict[str, Any], config: GateConfig) -> Candidate:
    from gadfly.eval.gate.again import Candidate

    sampling = parse_sampling(values["sampling"])
    if "max_tokens" in sampling:
        raise ConfigError(
            "--sampling: the longest reply belongs to what is asked, and is the baseline's"
        )
    return Candidate(
        spec=without_secrets(values["candidate"]),
        system=None if values["system"] is None else read_system(values["system"]),
        temperature=sampling.get("temperature"),
        top_p=sampling.get("top_p"),
        respondent=respondent_config(dict(values)),
        concurrency=values["concurrency"],
        max_calls=config.max_calls,
        max_tokens=config.max_tokens,
    )


def _beside(values: dict[str, Any], config: GateConfig) -> Candidate | None:
    """Return the baseline's own model where it is to be asked, too, as the baseline was.

    Of the candidate's options it shares those that say how a model is started, no header or key.
    """
    from gadfly.eval.gate.again import Candidate

    spec = values["baseline_model"]
    if spec is None:
        return None
    shared = respondent_config(dict(values))
    return Candidate(
        spec=without_secrets(spec),
        respondent=replace(shared, api_key_env=values["baseline_key_env"], headers=()),
        concurrency=values["concurrency"],
        max_calls=config.max_calls,
        max_tokens=config.max_tokens,
    )


def _bench(values: dict[str, Any], source: Path) -> Bench | None:
    """Return the judge, in an epoch the baseline was not judged in; None where none is named."""
    from gadfly.eval.gate.live import Bench, fresh_epoch

    spec, insisted = values["judge"], values["judge_is_subject"]
    if spec is None:
        return None
    if spec in (values["candidate"], values["baseline_model"]) and not insisted:
        raise ConfigError(
            "--judge names a side of the comparison itself: name another model, or insist with "
            "--judge-is-subject"
        )
    shared, key_env = respondent_config(dict(values)), values["judge_key_env"]
    return Bench(
        make=lambda: judge_of(spec, shared, key_env),
        epoch=fresh_epoch(source),
        may_be_subject=insisted,
    )


def _folder(source: Path, candidate: Candidate, kind: str) -> Path:
    """Return where what is asked is kept by default: the same for the same command."""
    product = (candidate.system, candidate.temperature, candidate.top_p)
    return RUNS / folder_name(kind, candidate.spec, str(source), repr(product))


@contextlib.contextmanager
def _kept() -> Iterator[Watches]:
    """Watch runs; on any other ending than a good one say what is kept and how to go on."""
    done = False
    with Watches() as watches:
        try:
            yield watches
            done = True
        finally:
            if not done and watches.finished:
                click.echo(
                    f"{watches.finished} trials are finished and kept; go on with:\n"
                    f"  {same_command()}",
                    err=True,
                )


def _tell(result: GateResult, config: GateConfig, values: dict[str, Any], seconds: float) -> int:
    """Write the verdict wherever it was asked for, and return the exit code."""
    from gadfly.eval.gate import github
    from gadfly.eval.gate.junit import junit

    fails = not config.allow_inconclusive
    if values["as_json"]:
        print_json(result.document())
    else:
        _print(result)
    if values["junit"] is not None:
        _write(values["junit"], junit(result, seconds=seconds, inconclusive_fails=fails))
    if values["markdown"] is not None:
        _write(values["markdown"], github.markdown(result).encode())
    if values["summary"]:
        github.summarise(github.markdown(result))
    if github.running():
        for line in github.workflow_commands(result, inconclusive_fails=fails):
            click.echo(line, err=True)
    return 0 if result.verdict == "inconclusive" and not fails else EXIT[result.verdict]


def _print(result: GateResult) -> None:
    from rich.console import Console

    from gadfly.eval.gate.terminal import print_result

    print_result(Console(), result)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as e:
        raise ConfigError(f"{str(path)!r} cannot be written: {e.strerror}") from e
