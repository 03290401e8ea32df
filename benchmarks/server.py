"""What the benchmarks of a real vLLM server share: starting it, and reading its counters."""

from __future__ import annotations

import os
import sys
import urllib.request
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.server import Served, ServerSettings
from gadfly.bot.vllm import Supervised, VllmSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

COUNTERS = (
    "prompt_tokens_total",
    "generation_tokens_total",
    "prefix_cache_queries_total",
    "prefix_cache_hits_total",
    "request_success_total",
    "num_requests_running",
    "num_requests_waiting",
)


def can_serve(url: str | None) -> bool:
    """Tell whether there is a server to measure, saying what is missing where there is none."""
    if url or os.environ.get("GADFLY_VLLM_PYTHON"):
        return True
    print(
        "set GADFLY_VLLM_PYTHON to an interpreter that has vLLM, or name a server with --server",
        file=sys.stderr,
    )
    return False


@asynccontextmanager
async def served(url: str | None, dtype: str) -> AsyncIterator[Served]:
    """Reach the server at an address, or start one with the default model, and end it."""
    ours = None
    if url is None:
        ours = Supervised("smollm2", settings=VllmSettings(dtype=dtype))
        await ours.open(lambda text: print(f"  {text}", flush=True))
        url = ours.url
    model = Served(url, settings=ServerSettings(timeout_s=900.0))
    try:
        await model.open(lambda text: None)
        yield model
    finally:
        await model.aclose()
        if ours is not None:
            await ours.aclose()


@dataclass(frozen=True, slots=True)
class Counters:
    """vLLM's counters at one time, by name without the prefix; summed over engines."""

    values: dict[str, float]

    def since(self, before: Counters) -> Counters:
        """Return how much each grew."""
        return Counters({name: value - before.values[name] for name, value in self.values.items()})

    @property
    def tokens(self) -> float:
        """Prompt and generated tokens."""
        return self.values["prompt_tokens_total"] + self.values["generation_tokens_total"]

    @property
    def hit_rate(self) -> float:
        """Share of prompt tokens found in the prefix cache."""
        asked = self.values["prefix_cache_queries_total"]
        return self.values["prefix_cache_hits_total"] / asked if asked else 0.0


def counters(spec: str) -> Counters:
    """Read the counters of the vLLM at an address.

    Raises:
        RuntimeError: It reports none: it is no vLLM.
    """
    root = spec.partition("#")[0].removesuffix("/v1")
    with urllib.request.urlopen(f"{root}/metrics", timeout=30) as told:
        lines = told.read().decode().splitlines()
    values = dict.fromkeys(COUNTERS, 0.0)
    for line in lines:
        name = line.removeprefix("vllm:").partition("{")[0].partition(" ")[0]
        if line.startswith("vllm:") and name in values:
            values[name] += float(line.rpartition(" ")[2])
    if not any(line.startswith("vllm:") for line in lines):
        raise RuntimeError(f"{spec} reports no counters of vLLM's")
    return Counters(values)
