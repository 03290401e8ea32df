"""`gadfly models`: how a model is named, and what is at hand on this machine."""

from __future__ import annotations

import importlib.util
import os
from typing import Any

import click

from gadfly.bot.registry import SPECS
from gadfly.eval.cli.output import print_json


@click.command("models")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(*, as_json: bool) -> int:
    """Say how a model is named, and what is at hand."""
    rows = [{"spec": spec, "is": text, "here": _here(spec)} for spec, text in SPECS]
    simulants = _simulants()
    if as_json:
        shown: dict[str, Any] = {"schema": 1, "specs": rows, "simulants": simulants}
        print_json(shown)
        return 0
    for row in rows:
        click.echo(f"{row['spec']:<28} {row['is']}\n{'':<28} {row['here']}")
    click.echo(f"\nsimulants: {', '.join('sim:' + name for name in simulants)}")
    return 0


def _here(spec: str) -> str:
    if spec.startswith(("smollm2", "hf:")):
        missing = [m for m in ("torch", "transformers") if importlib.util.find_spec(m) is None]
        if missing:
            return f"not here: {' and '.join(missing)} missing; pip install 'gadfly[local]'"
        if spec.startswith("smollm2"):
            from gadfly.bot.weights import GGUF_BYTES, MODEL_NAME, cache_dir

            cached = any(cache_dir().glob(f"**/{MODEL_NAME}*/config.json"))
            later = f"weights come on first use ({GGUF_BYTES / 1e6:.0f} MB)"
            return f"ready, {'weights cached' if cached else later}"
        return "ready"
    if spec.startswith("vllm"):
        python = os.environ.get("GADFLY_VLLM_PYTHON")
        if python:
            return f"uses {python}"
        if importlib.util.find_spec("vllm") is not None:
            return "ready"
        return "not here: pip install 'gadfly[vllm]', or name an interpreter with --vllm-python"
    return "ready"


def _simulants() -> list[str]:
    from gadfly.bot.simulant import PRESETS

    return sorted(PRESETS)
