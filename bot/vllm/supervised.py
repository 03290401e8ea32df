"""A model in a vLLM server that Gadfly starts, watches and stops."""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot.errors import RespondentError
from gadfly.bot.respondent import FIRST_OPTION_NOTE
from gadfly.bot.server import Served, is_healthy
from gadfly.bot.vllm import installation, launch, log, weights
from gadfly.bot.vllm.process import Process
from gadfly.bot.vllm.settings import VllmSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.call import Call
    from gadfly.bot.completion import Completion
    from gadfly.bot.identity import Identity
    from gadfly.bot.respondent import Capabilities
    from gadfly.bot.vllm.installation import Installation
    from gadfly.bot.vllm.launch import Launch
    from gadfly.bot.vllm.weights import Model

    Talk = Callable[[str], None]

_PORTS_TRIED = 3
_POLL_S = 0.25
_TALK_S = 2.0


class Supervised:
    """A vLLM server of our own; implements `Respondent`.

    Args:
        target: ``smollm2``, a model folder, or ``ORG/NAME`` on the hub.
        settings: Interpreter, number format, further arguments.
        port: Port to listen on; None takes a free one.

    The server ends with `aclose`, and with this process however it ends.
    """

    def __init__(
        self, target: str, *, settings: VllmSettings | None = None, port: int | None = None
    ) -> None:
        self._target = target
        self._settings = settings or VllmSettings()
        self._port = port
        self._opening = asyncio.Lock()
        self._identity: Identity | None = None
        self._process: Process | None = None
        self._served: Served | None = None
        self._is_default = False
        self._log_is_ours = False

    @property
    def spec(self) -> str:
        """``vllm:TARGET``."""
        return f"vllm:{self._target}"

    @property
    def url(self) -> str:
        """Spec under which others can reach the same server; valid after `open`."""
        return self._ready().spec

    @property
    def capabilities(self) -> Capabilities:
        """What the server can do; valid after `open`."""
        can = self._ready().capabilities
        if not self._is_default:
            return can
        return replace(can, readout="likelihood", readout_note=FIRST_OPTION_NOTE)

    async def open(self, talk: Talk) -> Identity:
        """Start the server, wait until it answers, and say who it is.

        Takes half a minute on a CPU. On failure or cancellation nothing is left running.

        Raises:
            ConfigError: There is no vLLM, no such model, or an argument is wrong.
            RespondentError: It did not start; the message has the cause from its log.
        """
        async with self._opening:
            if self._identity is None:
                try:
                    self._identity = await self._start(talk)
                finally:
                    if self._identity is None:
                        await self._shut(keep_log=True)
            return self._identity

    async def respond(self, call: Call) -> Completion:
        """Answer one call; see `Served.respond`."""
        return await self._ready().respond(call)

    async def stream(
        self,
        call: Call,
        on_text: Callable[[str], None],
        on_thought: Callable[[str], None] | None = None,
    ) -> Completion:
        """Answer one call piece by piece; see `Served.stream`."""
        return await self._ready().stream(call, on_text, on_thought)

    async def aclose(self) -> None:
        """Stop the server and wait until none of its processes is left; idempotent."""
        self._identity = None
        await self._shut(keep_log=self.ended() is not None)

    def ended(self) -> str | None:
        """Return why the server is gone, None as long as it lives or was not started."""
        if self._process is None or not self._process.ended():
            return None
        return _failure("vLLM stopped by itself", self._process)

    async def end(self) -> str:
        """Wait until the server stops by itself, and return why it did."""
        if self._process is not None:
            await self._process.wait()
        return self.ended() or f"{self.spec} was closed"

    async def _start(self, talk: Talk) -> Identity:
        loop = asyncio.get_running_loop()

        def say(text: str) -> None:
            loop.call_soon_threadsafe(talk, text)

        found = await asyncio.to_thread(installation.find, self._settings.python)
        model = await asyncio.to_thread(weights.find, self._target, say)
        self._is_default = model.is_default
        started = await self._started(model, found, talk)
        served = Served(
            f"{started.root}/v1",
            started.name,
            settings=replace(
                self._settings.server, api_key=self._settings.server.api_key or started.api_key
            ),
            died=self.ended,
        )
        self._served = served
        identity = await served.open(talk)
        return await self._identified(identity, model, started)

    async def _identified(self, identity: Identity, model: Model, started: Launch) -> Identity:
        tail = [] if self._process is None else await asyncio.to_thread(self._process.head)
        return replace(
            identity,
            revision=await asyncio.to_thread(model.revision) or identity.revision,
            template=model.template(),
            dtype=log.dtype(tail) or started.dtype or "auto",
            sampling=model.sampling(),
        )

    async def _started(self, model: Model, found: Installation, talk: Talk) -> Launch:
        """Start the server, on another port when somebody takes the first one meanwhile."""
        asked = launch.port_asked(self._settings) or self._port
        for attempt in range(_PORTS_TRIED):
            with launch.reserved(asked) as port:
                wanted = launch.plan(model, found, self._settings, port=port)
                talk(_announcement(model, found, wanted))
                self._process = process = Process(
                    wanted.command, env=wanted.env, log=self._log_file()
                )
                try:
                    await self._until_ready(process, wanted.root, talk)
                except RespondentError:
                    is_last = attempt == _PORTS_TRIED - 1 or asked is not None
                    if is_last or not log.has_port_conflict(process.tail()):
                        raise
                else:
                    return wanted
            talk("its port was taken meanwhile; trying another one")
            await process.stop()
        raise RespondentError("no port could be had for vLLM")

    async def _until_ready(self, process: Process, root: str, talk: Talk) -> None:
        """Wait until the server answers.

        Raises:
            RespondentError: It ended, whatever its status, or took too long.
        """
        begun = told_at = time.monotonic()
        told = ""
        while not await is_healthy(root):
            now = time.monotonic()
            if process.ended():
                raise RespondentError(_failure("vLLM did not start", process))
            if now - begun > self._settings.ready_timeout_s:
                took = f"vLLM was not ready after {self._settings.ready_timeout_s:g} s"
                raise RespondentError(_failure(took, process))
            if now - told_at > _TALK_S:
                told_at = now
                line = log.progress(process.tail())
                if line and line != told:
                    told = line
                    talk(f"vLLM: {line}")
            await asyncio.sleep(_POLL_S)
        # Somebody else's server may have answered on a port that ours did not get.
        if process.ended():
            raise RespondentError(_failure("vLLM did not start", process))

    def _log_file(self) -> Path:
        if self._settings.log is not None:
            self._settings.log.parent.mkdir(parents=True, exist_ok=True)
            return self._settings.log
        self._log_is_ours = True
        handle, name = tempfile.mkstemp(prefix="gadfly-vllm-", suffix=".log")
        os.close(handle)
        return Path(name)

    async def _shut(self, *, keep_log: bool) -> None:
        served, self._served = self._served, None
        process, self._process = self._process, None
        if process is not None:
            process.release()
        if served is not None:
            await served.aclose()
        if process is None:
            return
        await process.stop()
        if process.survivors:
            raise RespondentError(
                f"{process.survivors} processes of vLLM could not be ended (group {process.pid})"
            )
        if self._log_is_ours and not keep_log:
            with contextlib.suppress(OSError):
                process.log.unlink()

    def _ready(self) -> Served:
        if self._served is None:
            raise RespondentError(f"{self.spec} has not been opened")
        return self._served


async def serve(
    target: str,
    talk: Talk,
    *,
    settings: VllmSettings | None = None,
    port: int | None = None,
) -> None:
    """Serve a model until cancelled, telling its address once it is ready.

    Raises:
        ConfigError: There is no vLLM, no such model, or an argument is wrong.
        RespondentError: It did not start, or stopped by itself.
    """
    server = Supervised(target, settings=settings, port=port)
    try:
        await server.open(talk)
        url = server.url
        talk(f"ready at {url.partition('#')[0]}; ask it with --model {url!r}; Ctrl-C stops it")
        raise RespondentError(await server.end())
    finally:
        await server.aclose()


def _announcement(model: Model, found: Installation, wanted: Launch) -> str:
    kind = "CPU" if found.is_cpu else "GPU"
    dtype = f" in {wanted.dtype}" if wanted.dtype else ""
    return (
        f"starting vLLM {found.version} ({kind} build) with {model.name}{dtype}; "
        "this takes half a minute or more"
    )


def _failure(what: str, process: Process) -> str:
    lines = process.tail()
    why, advice = log.cause(lines), log.remedy(lines)
    if why:
        text = f"{what}: {why}"
    elif lines:
        text = f"{what}; its last words: {log.plain(lines[-1])}"
    else:
        text = f"{what} and wrote nothing"
    return text + (f". Remedy: {advice}" if advice else "") + f" (its log is {process.log})"
