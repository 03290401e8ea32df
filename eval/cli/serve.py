"""`gadfly serve`: a vLLM server in the foreground, gone when this is."""

from __future__ import annotations

import asyncio
from typing import Any

import click

from gadfly.bot.errors import ConfigError
from gadfly.bot.foreign import printable
from gadfly.bot.secret import without_secrets
from gadfly.eval.cli.options import respondent_config, respondent_options
from gadfly.eval.cli.stopping import stop_on_signals


@click.command("serve")
@click.argument("model")
@click.option("--port", type=click.IntRange(1, 65535), help="A free one if unset.")
@respondent_options
def command(model: str, port: int | None, **values: Any) -> int:
    """Host MODEL (a folder, ORG/NAME, or smollm2) with vLLM until Ctrl-C."""
    from gadfly.bot.vllm import VllmSettings, serve

    config = respondent_config(values)
    name = model.removeprefix("vllm:")
    if name.startswith(("sim:", "http:", "https:", "hf:")):
        raise ConfigError(
            f"{without_secrets(model)!r} is nothing vLLM can host: give a folder or ORG/NAME"
        )
    settings = VllmSettings(
        python=config.vllm_python, arguments=config.vllm_args, dtype=config.dtype
    )

    async def until_stopped() -> None:
        stop_on_signals()
        await serve(
            name, lambda t: click.echo(printable(t), err=True), settings=settings, port=port
        )

    try:
        asyncio.run(until_stopped())
    except (KeyboardInterrupt, asyncio.CancelledError):
        click.echo("stopped; the server and its port are free again", err=True)
    return 0
