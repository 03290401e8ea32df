"""`gadfly doctor`: what is installed, what a server can do, what would fail and how to mend it."""

from __future__ import annotations

import asyncio
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from gadfly.bot.errors import GadflyError, RespondentError
from gadfly.bot.foreign import printable
from gadfly.bot.registry import RespondentConfig, make_respondent
from gadfly.eval.cli.options import respondent_config, respondent_options
from gadfly.eval.cli.output import print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.bot.respondent import Capabilities

_BASE = (
    "aiohappyeyeballs", "click", "httptools", "numpy", "orjson", "pydantic", "pyyaml", "rich",
    "scipy",
)  # fmt: skip
_LOCAL = ("torch", "transformers", "gguf", "accelerate")
_FREE_GB = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at."""

    what: str
    state: Literal["ok", "limited", "broken"]
    found: str
    mend: str = ""
    """What to do about it; "" where nothing needs doing."""


@click.command("doctor")
@click.argument("model", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@respondent_options
def command(model: str | None, *, as_json: bool, **values: Any) -> int:
    """Check the installation; with MODEL, reach it and find out what it can do."""
    config = respondent_config(values)
    findings = list(_installation(config))
    code = 2 if any(f.state == "broken" for f in findings) else 0
    if model is not None:
        about, failed = asyncio.run(_respondent(model, config))
        findings += about
        code = failed or code
    if as_json:
        rows = [asdict(f) for f in findings]
        print_json({"schema": 1, "findings": rows})
        return code
    marks = {"ok": "ok     ", "limited": "limited", "broken": "BROKEN "}
    for f in findings:
        click.echo(f"{marks[f.state]}  {f.what}: {printable(f.found)}")
        if f.mend:
            click.echo(f"         -> {f.mend}")
    return code


def _installation(config: RespondentConfig) -> Iterator[Finding]:
    found = f"{platform.python_version()} ({sys.executable})"
    good = sys.version_info >= (3, 11)
    yield Finding(
        what="Python",
        state="ok" if good else "broken",
        found=found,
        mend="" if good else "Gadfly needs Python 3.11 or newer",
    )
    missing = [name for name in _BASE if _version(name) is None]
    yield Finding(
        what="base packages",
        state="broken" if missing else "ok",
        found=f"missing: {', '.join(missing)}" if missing else ", ".join(_versions(_BASE)),
        mend="pip install gadfly" if missing else "",
    )
    yield from _local()
    yield _vllm(config)
    yield _writable("cache", _cache(), "set GADFLY_CACHE to a folder you can write")
    yield _writable("runs", Path("runs"), "change to a folder you can write, or use --out")
    yield _library()


def _local() -> Iterator[Finding]:
    missing = [name for name in _LOCAL if _version(name) is None]
    if missing:
        yield Finding(
            what="in-process models (smollm2, hf:)",
            state="limited",
            found=f"missing: {', '.join(missing)}",
            mend="pip install 'gadfly[local]', or question a served model (http://…)",
        )
        return
    from gadfly.bot.inprocess.load import device_name

    yield Finding(
        what="in-process models (smollm2, hf:)",
        state="ok",
        found=f"{', '.join(_versions(_LOCAL))}; {device_name()}",
    )


def _vllm(config: RespondentConfig) -> Finding:
    python = config.vllm_python or os.environ.get("GADFLY_VLLM_PYTHON")
    here = importlib.util.find_spec("vllm") is not None
    if python and not Path(python).is_file():
        return Finding(
            what="vLLM (vllm:)",
            state="broken",
            found=f"the interpreter {python!r} does not exist",
            mend="correct --vllm-python or GADFLY_VLLM_PYTHON",
        )
    if python or here:
        return Finding(what="vLLM (vllm:)", state="ok", found=python or "in this environment")
    return Finding(
        what="vLLM (vllm:)",
        state="limited",
        found="not in this environment",
        mend="pip install 'gadfly[vllm]', or name an interpreter with --vllm-python",
    )


def _cache() -> Path:
    from gadfly.bot.weights import cache_dir

    return cache_dir()


def _writable(what: str, folder: Path, mend: str) -> Finding:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not os.access(there, os.W_OK):
        return Finding(what=what, state="broken", found=f"{folder} is not writable", mend=mend)
    free = shutil.disk_usage(there).free / 1e9
    short = free < _FREE_GB
    return Finding(
        what=what,
        state="limited" if short else "ok",
        found=f"{folder} ({free:.0f} GB free)",
        mend="free some space: weights take 1 GB, a large run 2 GB" if short else "",
    )


def _library() -> Finding:
    from gadfly.scenarios.catalogue import library

    try:
        known = library()
    except GadflyError as e:
        return Finding(what="scenarios", state="broken", found=str(e), mend="reinstall gadfly")
    return Finding(
        what="scenarios", state="ok", found=f"{len(known.all)} families, digest {known.digest}"
    )


async def _respondent(spec: str, config: RespondentConfig) -> tuple[list[Finding], int]:
    from gadfly.scenarios.crib import library_crib

    said: list[str] = []
    try:
        respondent = make_respondent(spec, config, crib=library_crib)
        try:
            identity = await respondent.open(said.append)
            found = [
                Finding(what="model", state="ok", found=f"{identity.model} ({identity.server})"),
                *_abilities(respondent.capabilities),
            ]
        finally:
            await respondent.aclose()
    except GadflyError as e:
        code = e.exit_code
        mend = "start the server, or correct the address" if isinstance(e, RespondentError) else ""
        return [Finding(what="model", state="broken", found=str(e), mend=mend)], code
    return found, 0


def _abilities(can: Capabilities) -> Iterator[Finding]:
    rows = (
        ("label log-probabilities", can.labels, "the logprob readout is not to be had"),
        ("scoring whole replies", can.score, "the likelihood readout is not to be had"),
        ("continuing a begun answer", can.prefill, "labels are read without a prefilled answer"),
        ("seeds", can.seeds, "sampled replies cannot be repeated outside the store"),
        ("streaming", can.streaming, "replies appear whole in a chat"),
    )
    for what, able, without in rows:
        yield Finding(
            what=what,
            state="ok" if able else "limited",
            found="yes" if able else "no",
            mend="" if able else without,
        )
    if can.context_tokens is not None:
        yield Finding(what="context", state="ok", found=f"{can.context_tokens:,} tokens")
    for note in (*can.why(can.readout), *can.notes):
        yield Finding(what="note", state="limited", found=note)


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _versions(names: tuple[str, ...]) -> list[str]:
    return [f"{name} {_version(name)}" for name in names]
