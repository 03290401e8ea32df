"""Options that several subcommands share, and how their values are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.errors import ConfigError
from gadfly.bot.registry import RespondentConfig

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def respondent_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how a respondent is reached."""
    options = (
        click.option("--api-key-env", metavar="NAME", help="Variable that holds the API key."),
        click.option("--header", multiple=True, metavar="NAME:VALUE", help="Sent to the server."),
        click.option(
            "--timeout", type=float, default=120.0, show_default=True, help="Per call, s."
        ),
        click.option("--dtype", help="float32, bfloat16 …; default by device."),
        click.option("--vllm-python", metavar="FILE", help="Interpreter that has vLLM."),
        click.option("--vllm-arg", multiple=True, help="Passed to the vLLM server as it is."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def respondent_config(values: dict[str, Any]) -> RespondentConfig:
    """Take the respondent options out of click's values.

    Raises:
        ConfigError: A header is not NAME:VALUE.
    """
    headers = []
    for header in values.pop("header"):
        name, colon, value = header.partition(":")
        if not colon or not name.strip():
            # Not the text itself: without its colon the whole of it may be the secret.
            raise ConfigError("--header: write NAME:VALUE, with a colon between the two")
        headers.append((name.strip(), value.strip()))
    return RespondentConfig(
        api_key_env=values.pop("api_key_env"),
        headers=tuple(headers),
        timeout_s=values.pop("timeout"),
        dtype=values.pop("dtype"),
        vllm_python=values.pop("vllm_python"),
        vllm_args=tuple(values.pop("vllm_arg")),
    )


def parse_sampling(text: str) -> dict[str, Any]:
    """Parse `temperature=.7,top_p=1,max_tokens=256`.

    Raises:
        ConfigError: A name is unknown or a value no number in range.
    """
    kinds: dict[str, tuple[Callable[[str], Any], float, float]] = {
        "temperature": (float, 0.0, 2.0),
        "top_p": (float, 1e-6, 1.0),
        "max_tokens": (int, 1, 1_000_000),
    }
    found: dict[str, Any] = {}
    for item in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = item.partition("=")
        if name not in kinds:
            raise ConfigError(f"--sampling: unknown {name!r}; known: {', '.join(kinds)}")
        kind, low, high = kinds[name]
        try:
            number = kind(value)
        except ValueError:
            number = None
        if number is None or not low <= number <= high:
            raise ConfigError(f"--sampling: {name} must be a number from {low:g} to {high:g}")
        found[name] = number
    return found


def read_system(path: Path | None) -> str:
    """Return the text of a system prompt file, "" for none.

    Raises:
        ConfigError: It cannot be read.
    """
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as e:
        raise ConfigError(f"--system {str(path)!r}: cannot be read ({e})") from e
