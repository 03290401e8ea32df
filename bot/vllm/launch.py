"""The command line and environment vLLM is started with."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError
from gadfly.bot.vllm.settings import option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gadfly.bot.vllm.installation import Installation
    from gadfly.bot.vllm.settings import VllmSettings
    from gadfly.bot.vllm.weights import Model

_HOST = "127.0.0.1"
_CPU_CONTEXT = 8192
_CPU_BATCH_TOKENS = 32768
_CPU_KVCACHE_GIB = 2
_MODULE = "vllm.entrypoints.openai.api_server"


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """One attempt to start the server."""

    command: tuple[str, ...]
    env: Mapping[str, str]
    root: str
    """``http://host:port``."""
    name: str
    """What the model is called there."""
    dtype: str
    """Number format asked for; empty where vLLM chooses."""
    api_key: str | None = None
    """Key the server will ask for, if the user's arguments or environment give it one."""


def plan(model: Model, installation: Installation, settings: VllmSettings, *, port: int) -> Launch:
    """Return how to start a server for the model; a port in the user's arguments wins.

    Raises:
        ConfigError: An argument that must be a number is none.
    """
    extra = settings.arguments
    host = option(extra, "--host") or _HOST
    number = port_asked(settings) or port
    dtype = settings.dtype or ("float32" if installation.is_cpu else "")
    command = [
        *(installation.python, "-m", _MODULE, "--model", model.source),
        *("--served-model-name", model.name, "--host", host, "--port", str(number)),
        *(("--dtype", dtype) if dtype else ()),
        *(_cpu_arguments(model, settings) if installation.is_cpu else ()),
        *extra,
    ]
    shown = _HOST if host in ("0.0.0.0", "::", "") else f"[{host}]" if ":" in host else host
    return Launch(
        command=tuple(command),
        env=environment(model, is_cpu=installation.is_cpu),
        root=f"http://{shown}:{number}",
        name=option(extra, "--served-model-name") or model.name,
        dtype=option(extra, "--dtype") or dtype,
        api_key=option(extra, "--api-key") or os.environ.get("VLLM_API_KEY"),
    )


def environment(model: Model, *, is_cpu: bool) -> dict[str, str]:
    """Return the server's environment: ours, with defaults that the user's own settings override.

    A model in a folder needs no hub, and asking for one would only delay the start.
    """
    defaults = {"VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1", "PYTHONSAFEPATH": "1"}
    if model.is_local:
        defaults["HF_HUB_OFFLINE"] = "1"
    if is_cpu:
        defaults["VLLM_CPU_KVCACHE_SPACE"] = str(_CPU_KVCACHE_GIB)
        # By default one core is kept free of the work; all of them give half as much again.
        defaults["VLLM_CPU_NUM_OF_RESERVED_CPU"] = "0"
    return defaults | dict(os.environ)


def port_asked(settings: VllmSettings) -> int | None:
    """Return the port the user's own arguments name."""
    return _number(settings.arguments, "--port")


@contextmanager
def reserved(port: int | None) -> Iterator[int]:
    """Keep a port from others until the server listens on it; None takes a free one.

    The server needs many seconds before it binds its port. On Linux a socket that is bound but
    does not listen keeps the port away from programs that ask for any free one, and lets the
    server have it. Elsewhere the port is only known to have been free.

    Raises:
        ConfigError: The port asked for is in use.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            holder.bind((_HOST, port or 0))
        except OSError as error:
            raise ConfigError(f"port {port} cannot be had ({error.strerror})") from error
        number: int = holder.getsockname()[1]
        if sys.platform != "linux":
            holder.close()
        yield number


def _cpu_arguments(model: Model, settings: VllmSettings) -> list[str]:
    """Return what the CPU build needs.

    Compiling costs a minute per start; blocks of 128 tokens would keep short prompts out of the
    prefix cache; and a prefill in chunks kills the engine when the request has a seed, so each
    batch must have room for the longest prompt.
    """
    found = ["--enforce-eager", "--block-size", "32", "--no-enable-chunked-prefill"]
    longest = _number(settings.arguments, "--max-model-len") or model.context_tokens
    if longest is None:
        return found
    if longest > _CPU_CONTEXT and option(settings.arguments, "--max-model-len") is None:
        longest = _CPU_CONTEXT
        found += ["--max-model-len", str(longest)]
    return [*found, "--max-num-batched-tokens", str(max(_CPU_BATCH_TOKENS, longest))]


def _number(arguments: tuple[str, ...], name: str) -> int | None:
    value = option(arguments, name)
    if value is None or value in ("-1", "auto"):
        return None
    scale = {"k": 1000, "K": 1024}.get(value[-1:], 1)
    digits = value[:-1] if scale > 1 else value
    if not digits.isdecimal():
        raise ConfigError(f"{name} must be a whole number, got {value!r}")
    return int(digits) * scale
