from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gadfly.bot.call import Call, Sampling, ask_reply
from gadfly.bot.errors import ConfigError, RespondentError, TransportError
from gadfly.bot.identity import Identity
from gadfly.bot.message import Conversation
from gadfly.bot.respondent import Respondent
from gadfly.bot.vllm import Supervised, VllmSettings, serve

QUICK = VllmSettings(ready_timeout_s=20)


def quiet(_: str) -> None:
    """Hear nothing."""


def asking(text: str) -> Call:
    """Build a call."""
    request = ask_reply(Conversation().says(text), Sampling())
    return Call(request=request).keyed(Identity(model="tiny"))


async def opened(fake: Any, settings: VllmSettings = QUICK) -> Supervised:
    """Start the fake server."""
    server = Supervised(str(fake.model), settings=settings)
    await server.open(quiet)
    return server


def parent(fake: Any, body: str) -> subprocess.Popen[str]:
    """Run a script that starts the fake server, says so, and goes on with `body`."""
    script = f"""
import asyncio, os, sys, time
from gadfly.bot.vllm import Supervised
async def main():
    server = Supervised({str(fake.model)!r})
    await server.open(lambda text: print(text, flush=True))
    print("opened", flush=True)
    {body}
asyncio.run(main())
"""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def heard(process: subprocess.Popen[str], words: str) -> bool:
    """Read the output up to a line with certain words."""
    return process.stdout is not None and any(words in line for line in process.stdout)


class TestLife:
    def test_open_answer_close(self, fake: Any) -> None:
        """It answers, knows who it is, and leaves no process and no log behind."""

        async def main() -> tuple[Identity, str, Path]:
            server = await opened(fake)
            assert isinstance(server, Respondent)
            identity = await server.open(quiet)
            got = await server.respond(asking("Well?"))
            log = server._process.log if server._process else Path()
            await server.aclose()
            await server.aclose()
            return identity, got.text, log

        identity, text, log = asyncio.run(main())

        assert text == "Yes."
        assert identity.model == "tiny-model"
        assert identity.dtype == "float32"
        assert len(identity.revision) == 64
        assert identity.server == "vllm-9.9-00000000"
        assert fake.pids
        assert fake.alive() == []
        assert not log.exists()

    def test_other_weights_are_another_identity(self, fake: Any) -> None:
        """The same folder name with other contents has another revision."""

        async def identify() -> Identity:
            server = await opened(fake)
            identity = await server.open(quiet)
            await server.aclose()
            return identity

        before = asyncio.run(identify())
        (fake.model / "model.safetensors").write_bytes(b"weights, trained some more")
        after = asyncio.run(identify())

        assert before.differences(after)
        assert replace(before, revision=after.revision) == after

    def test_the_default_model_is_read_by_likelihood(
        self, fake: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """`smollm2` means the default model's folder, and brings its own readout."""
        monkeypatch.setattr("gadfly.bot.vllm.weights.smollm2_folder", lambda _: fake.model)

        async def main() -> Supervised:
            server = Supervised("smollm2", settings=QUICK)
            identity = await server.open(quiet)
            assert identity.model == "smollm2"
            assert server.url.endswith("/v1#smollm2")
            assert server.capabilities.readout == "likelihood"
            assert "listed first" in server.capabilities.readout_note
            await server.aclose()
            return server

        assert asyncio.run(main()).spec == "vllm:smollm2"

    def test_stubborn_families_are_ended(self, fake: Any) -> None:
        """A server and child that ignore SIGTERM, and one that left the group, are all killed."""
        fake.behaves("stubborn family")

        async def main() -> None:
            await (await opened(fake)).aclose()

        asyncio.run(main())

        assert len(fake.pids) == 3
        assert fake.alive() == []

    def test_before_open_and_after_close_nothing_is_answered(self, fake: Any) -> None:
        """Without a server there is an error, not an answer."""
        server = Supervised(str(fake.model))

        with pytest.raises(RespondentError, match="not been opened"):
            asyncio.run(server.respond(asking("Well?")))
        with pytest.raises(RespondentError, match="not been opened"):
            asyncio.run(server.stream(asking("Well?"), quiet))

    def test_a_closed_server_can_be_opened_again(self, fake: Any) -> None:
        """Opening after closing starts a new server with the same identity."""

        async def main() -> tuple[Identity, Identity]:
            server = await opened(fake)
            first = await server.open(quiet)
            await server.aclose()
            second = await server.open(quiet)
            await server.aclose()
            return first, second

        first, second = asyncio.run(main())

        assert first == second
        assert len(fake.pids) == 2

    def test_a_named_log_is_kept(self, fake: Any) -> None:
        """A log the user asked for stays."""
        log = fake.folder / "logs" / "vllm.log"

        async def main() -> None:
            await (await opened(fake, replace(QUICK, log=log))).aclose()

        asyncio.run(main())

        assert "Starting" in log.read_text(encoding="utf-8")


class TestDeath:
    def test_a_server_that_dies_in_use_is_reported_with_its_last_words(self, fake: Any) -> None:
        """A call to a server that exits (with status 0) raises at once, quoting its log."""

        async def main() -> None:
            server = await opened(fake)
            try:
                await server.respond(asking("Please die"))
            finally:
                await server.aclose()

        with pytest.raises(TransportError, match=r"stopped by itself.*does not use offset.*log is"):
            asyncio.run(main())
        assert fake.alive() == []

    @pytest.mark.parametrize("how", ["", "stubborn family"])
    def test_kill_9_of_the_parent_ends_everything(self, fake: Any, how: str) -> None:
        """When the starter is killed outright nothing of the server stays."""
        fake.behaves(how)
        process = parent(fake, "time.sleep(600)")
        assert heard(process, "opened")
        process.kill()
        process.communicate()

        assert fake.wait(lambda: not fake.alive())

    def test_kill_9_during_the_start_ends_everything(self, fake: Any) -> None:
        """Nor does it stay when the starter dies while the server is still loading."""
        fake.behaves("stubborn never")
        process = parent(fake, "pass")
        assert heard(process, "starting vLLM")
        assert fake.wait(lambda: fake.pids)
        process.kill()
        process.communicate()

        assert fake.wait(lambda: not fake.alive())

    @pytest.mark.parametrize("body", ["raise ValueError", "os._exit(3)", "sys.exit()"])
    def test_an_error_in_the_parent_ends_everything(self, fake: Any, body: str) -> None:
        """An exception or exit without `aclose` leaves nothing behind."""
        process = parent(fake, body)
        assert heard(process, "opened")
        process.communicate()

        assert fake.wait(lambda: not fake.alive())

    def test_a_forked_child_does_not_keep_it_alive(self, fake: Any) -> None:
        """A child that inherited our end of the pipe does not keep the server after our death."""
        process = parent(fake, "os.fork() and os._exit(0); os.close(1); time.sleep(5); os._exit(0)")
        assert heard(process, "opened")
        process.wait()

        assert fake.wait(lambda: not fake.alive())
        process.communicate()

    def test_ctrl_c_in_the_parent_ends_everything(self, fake: Any) -> None:
        """SIGINT to the starter's process ends the server."""
        process = parent(fake, "await asyncio.sleep(600)")
        assert heard(process, "opened")
        process.send_signal(signal.SIGINT)
        process.communicate()

        assert fake.wait(lambda: not fake.alive())

    def test_a_killed_supervisor_is_noticed_and_replaced(self, fake: Any) -> None:
        """If somebody kills the supervisor, closing still ends the server."""

        async def main() -> None:
            server = await opened(fake)
            process = server._process
            assert process is not None
            assert not process.ended()
            os.kill(process._supervisor.pid, signal.SIGKILL)
            assert await asyncio.to_thread(fake.wait, process.ended)
            await server.aclose()

        asyncio.run(main())

        assert fake.wait(lambda: not fake.alive())


class TestStart:
    def test_a_failed_start_tells_the_root_cause_and_a_remedy(self, fake: Any) -> None:
        """The engine's own error is quoted, not the one about it, with what to do."""
        fake.behaves("crash")

        with pytest.raises(RespondentError) as caught:
            asyncio.run(opened(fake))

        text = str(caught.value)
        assert "did not start: ValueError: no KV cache left" in text
        assert "--max-model-len" in text
        assert fake.alive() == []

    def test_a_start_that_takes_for_ever_is_given_up(self, fake: Any) -> None:
        """A server that never gets healthy is ended after the time limit."""
        fake.behaves("unwell")

        with pytest.raises(RespondentError, match=r"not ready after 1\.5 s"):
            asyncio.run(opened(fake, replace(QUICK, ready_timeout_s=1.5)))
        assert fake.alive() == []

    def test_a_cancelled_start_leaves_nothing(self, fake: Any) -> None:
        """Cancelling `open` ends the half-started server."""
        fake.behaves("never")

        async def main() -> None:
            task = asyncio.create_task(opened(fake))
            assert await asyncio.to_thread(fake.wait, lambda: fake.pids)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(main())

        assert fake.wait(lambda: not fake.alive())

    def test_a_port_taken_meanwhile_is_exchanged(self, fake: Any) -> None:
        """Losing the race for a port costs a second attempt, and says so."""
        fake.behaves("conflict")
        told: list[str] = []

        async def main() -> None:
            server = Supervised(str(fake.model), settings=QUICK)
            await server.open(told.append)
            await server.aclose()

        asyncio.run(main())

        assert any("taken meanwhile" in text for text in told)
        assert len(fake.pids) == 2
        assert fake.alive() == []

    def test_a_port_in_use_is_a_usage_error(self, fake: Any) -> None:
        """A port asked for that somebody listens on is refused before anything starts."""
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            server = Supervised(str(fake.model), settings=QUICK, port=other.getsockname()[1])

            with pytest.raises(ConfigError, match="cannot be had"):
                asyncio.run(server.open(quiet))
        assert fake.pids == []

    def test_progress_is_told(self, fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """While it loads the user hears what it does, without the clutter of a log."""
        monkeypatch.setattr("gadfly.bot.vllm.supervised._TALK_S", 0.0)
        fake.behaves("unwell")
        told: list[str] = []

        async def main() -> None:
            server = Supervised(str(fake.model), settings=replace(QUICK, ready_timeout_s=1.5))
            await server.open(told.append)

        with pytest.raises(RespondentError):
            asyncio.run(main())
        assert told[1:] == ["vLLM: Starting with dtype=torch.float32"]

    @pytest.mark.parametrize("target", ["./nowhere", "/no/where", "no/where/at/all", "tiny"])
    def test_a_missing_folder_is_a_usage_error(self, fake: Any, target: str) -> None:
        """What looks like no hub name and is no folder is refused before anything starts."""
        with pytest.raises(ConfigError, match="no model folder"):
            asyncio.run(Supervised(target).open(quiet))
        assert fake.pids == []


class TestServe:
    def test_it_tells_the_address_and_ends_when_cancelled(self, fake: Any) -> None:
        """`serve` says how to reach the server and takes it down when it is cancelled."""
        told: list[str] = []

        async def main() -> None:
            ready = asyncio.Event()

            def hear(text: str) -> None:
                told.append(text)
                if text.startswith("ready at"):
                    ready.set()

            task = asyncio.create_task(serve(str(fake.model), hear, settings=QUICK))
            await ready.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(main())

        assert "--model 'http://127.0.0.1:" in told[-1]
        assert "/v1#tiny-model'" in told[-1]
        assert fake.alive() == []

    def test_it_fails_when_the_server_does(self, fake: Any) -> None:
        """`serve` does not sit there when its server has died."""

        async def main() -> None:
            def shoot(text: str) -> None:
                if text.startswith("ready at"):
                    os.kill(fake.pids[0], signal.SIGKILL)

            await serve(str(fake.model), shoot, settings=QUICK)

        with pytest.raises(RespondentError, match="stopped by itself"):
            asyncio.run(main())
        assert fake.alive() == []
