"""A size series on real weights: the default model with more and more of its layers left out.

Variants of SmolLM2-135M with the last layers (but one) dropped are made in a temporary folder, a
slice of the argument exchange and of the chains is run on each in process, and `gadfly scaling`
puts the results against the parameters in their own weight files. What is dropped was never
trained to be missing, so this is a series of how a model breaks, not of how models grow.

    python -m benchmarks.layers [--layers N ...] [--limit N] [--out DIR]
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gadfly.bot.weights import smollm2_folder

LAYERS = (10, 15, 20, 25, 30)
PROBES = ("persuasion", "chains", "repeat")
METRICS = ("responsiveness:strong", "repeat_floor:read", "drift", "chain_exact:steps n=1")


def main() -> int:
    """Make the variants, run and compare them; 1 if any of it fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", type=int, nargs="+", default=list(LAYERS))
    parser.add_argument("--limit", type=int, default=4)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        home = options.out or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home.mkdir(parents=True, exist_ok=True)
        runs = []
        for n in options.layers:
            folder = home / f"model-{n}"
            if not folder.is_dir():
                made(folder, n)
            run = home / f"layers-{n}"
            probes = [part for probe in PROBES for part in ("--probe", probe)]
            command = [
                *_gadfly(), "run", "smoke", "--model", f"hf:{folder}", *probes,
                "--readout", "likelihood", "--limit", str(options.limit), "--replicates", "2",
                "--reply-tokens", "32", "--out", str(run), "--json",
            ]  # fmt: skip
            done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
            if done.returncode:
                return 1
            runs.append(str(run))
        metrics = [part for metric in METRICS for part in ("--metric", metric)]
        return subprocess.run([*_gadfly(), "scaling", *runs, *metrics], check=False).returncode


def made(folder: Path, n: int) -> None:
    """Write the default model with `n` of its layers: the first n - 1 and the last."""
    import transformers

    source = smollm2_folder(print)
    model = transformers.AutoModelForCausalLM.from_pretrained(source, dtype="float32")
    layers = model.model.layers
    if not 2 <= n <= len(layers):
        raise SystemExit(f"--layers: {n} is not from 2 to {len(layers)}")
    kept = [*range(n - 1), len(layers) - 1]
    model.model.layers = type(layers)([layers[i] for i in kept])
    for at, layer in enumerate(model.model.layers):
        layer.self_attn.layer_idx = at
    model.config.num_hidden_layers = n
    if getattr(model.config, "layer_types", None):
        model.config.layer_types = model.config.layer_types[:n]
    model.save_pretrained(folder)
    for file in source.glob("*"):
        if (
            file.suffix in (".json", ".jinja", ".txt", ".model")
            and not (folder / file.name).exists()
        ):
            shutil.copy(file, folder)


def _gadfly() -> list[str]:
    return [sys.executable, "-m", "gadfly.eval.cli"]


if __name__ == "__main__":
    sys.exit(main())
