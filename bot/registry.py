"""Respondents by name: one string everywhere says who is asked."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, unknown
from gadfly.bot.secret import with_secrets, without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gadfly.bot.respondent import Respondent
    from gadfly.bot.simulant.crib import Crib

DEFAULT = "smollm2"
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,40}")

SPECS: tuple[tuple[str, str], ...] = (
    ("smollm2", "SmolLM2-135M-Instruct in process (the default; fetched on first use)"),
    ("hf:ORG/NAME or hf:PATH", "any transformers chat model in process, on CPU or GPU"),
    ("vllm:ORG/NAME or vllm:PATH", "a vLLM server that Gadfly starts, watches and stops"),
    ("http://HOST:PORT/v1#MODEL", "any OpenAI-compatible server (https:// too)"),
    ("sim:NAME?trait=value", "a simulant: a scripted respondent with known traits"),
    ("spar:SPEC", "the sparring bot over any of these: holds a position, moves for reasons only"),
)


SHORT_REPLIES: Mapping[str, int] = MappingProxyType({"smollm2": 64})
"""Reply lengths, in tokens, of respondents too slow for a suite's own: the default model writes
two hundred tokens a second on two cores and rambles on to whatever limit it is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RespondentConfig:
    """What the user may say about the respondent beside its spec."""

    api_key_env: str | None = None
    """Name of the environment variable that holds the API key."""
    headers: tuple[tuple[str, str], ...] = ()
    timeout_s: float = 120.0
    vllm_python: str | None = None
    """Interpreter of the environment vLLM is installed in."""
    vllm_args: tuple[str, ...] = ()
    dtype: str | None = None


def make_respondent(spec: str, config: RespondentConfig, *, crib: Callable[[], Crib]) -> Respondent:
    """Build the respondent a spec names; nothing is loaded or reached before its `open`.

    `crib` is asked for only where a simulant is built: simulants recognise known texts by it.

    Raises:
        ConfigError: The spec is of no known kind, or of a known kind and wrong.
    """
    spec = without_secrets(spec)
    scheme, _, rest = spec.partition(":")
    if scheme in ("http", "https"):
        return _served(spec, config)
    if scheme == "vllm":
        return _supervised(spec, rest, config)
    if scheme == "sim":
        from gadfly.bot.simulant import simulant

        return simulant(spec, crib())
    if scheme == "spar":
        from gadfly.bot.sparring.respondent import sparring

        return sparring(spec, make_respondent(rest, config, crib=crib))
    if spec == "smollm2" or scheme == "hf":
        from gadfly.bot.inprocess.respondent import in_process

        return in_process(spec, dtype=config.dtype)
    known = ["smollm2", "hf:", "vllm:", "http://", "https://", "sim:", "spar:"]
    raise unknown("model", spec, known, hint="see `gadfly models`")


def api_key(config: RespondentConfig) -> str | None:
    """Return the API key from the environment variable the user named.

    Raises:
        ConfigError: The variable is not set.
    """
    if config.api_key_env is None:
        return None
    key = os.environ.get(config.api_key_env)
    if not key:
        # Who gives the key itself in place of a name must not find it in a log.
        is_name = _VARIABLE.fullmatch(config.api_key_env)
        named = f"the variable {config.api_key_env!r}" if is_name else "no variable of that name"
        raise ConfigError(
            f"--api-key-env: {named} is {'not ' if is_name else ''}set; give the name of the "
            "variable that holds the key, never the key itself"
        )
    return key


def _served(spec: str, config: RespondentConfig) -> Respondent:
    from gadfly.bot.server import Served, ServerSettings

    url, _, model = with_secrets(spec).partition("#")
    settings = ServerSettings(
        api_key=api_key(config), headers=config.headers, timeout_s=config.timeout_s
    )
    return Served(url, model or None, settings=settings)


def _supervised(spec: str, model: str, config: RespondentConfig) -> Respondent:
    from gadfly.bot.server import ServerSettings
    from gadfly.bot.vllm import Supervised, VllmSettings

    if not model:
        raise ConfigError(f"{spec!r} names no model: write vllm:PATH or vllm:ORG/NAME")
    settings = VllmSettings(
        python=config.vllm_python,
        arguments=config.vllm_args,
        dtype=config.dtype,
        server=ServerSettings(timeout_s=config.timeout_s),
    )
    return Supervised(model, settings=settings)
