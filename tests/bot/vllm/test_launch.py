from __future__ import annotations

import socket

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.bot.vllm.installation import Installation
from gadfly.bot.vllm.launch import Launch, environment, plan, reserved
from gadfly.bot.vllm.settings import VllmSettings, option
from gadfly.bot.vllm.weights import Model

CPU = Installation(python="/py", version="9.9", is_cpu=True)
GPU = Installation(python="/py", version="9.9", is_cpu=False)
TINY = Model(source="/models/tiny", name="tiny", context_tokens=2048)


def planned(
    *arguments: str, model: Model = TINY, on: Installation = CPU, dtype: str | None = None
) -> Launch:
    """Plan a launch with extra arguments."""
    return plan(model, on, VllmSettings(arguments=arguments, dtype=dtype), port=7)


def test_the_cpu_build_gets_what_it_needs() -> None:
    """On the CPU reads repeat (float32), seeds do not kill, short prompts are cached."""
    assert planned().command == (
        *("/py", "-m", "vllm.entrypoints.openai.api_server", "--model", "/models/tiny"),
        *("--served-model-name", "tiny", "--host", "127.0.0.1", "--port", "7"),
        *("--dtype", "float32", "--enforce-eager", "--block-size", "32"),
        *("--no-enable-chunked-prefill", "--max-num-batched-tokens", "32768"),
    )


def test_the_gpu_build_keeps_its_defaults() -> None:
    """On a GPU only the address and the name are ours, and a dtype if one was asked for."""
    assert "--dtype" not in planned(on=GPU).command
    assert planned(on=GPU).dtype == ""
    assert planned(on=GPU, dtype="bfloat16").command[-2:] == ("--dtype", "bfloat16")


@pytest.mark.parametrize(
    ("context", "arguments", "length", "batch"),
    [
        (131072, (), "8192", "32768"),
        (131072, ("--max-model-len", "65536"), "65536", "65536"),
        (131072, ("--max-model-len=64k",), "64k", "64000"),
        (131072, ("--max-model-len", "auto"), "auto", "131072"),
        (None, (), None, None),
        (None, ("--max-model-len", "40000"), "40000", "40000"),
    ],
)
def test_a_batch_has_room_for_the_longest_prompt(
    context: int | None, arguments: tuple[str, ...], length: str | None, batch: str | None
) -> None:
    """Without chunked prefill a batch is at least as long as the context; long ones are cut."""
    model = Model(source="/m", name="m", context_tokens=context)
    command = planned(*arguments, model=model).command

    assert option(command, "--max-model-len") == length
    assert option(command, "--max-num-batched-tokens") == batch


def test_the_users_arguments_come_last_and_win() -> None:
    """Further arguments follow ours and decide address, name, format and key."""
    arguments = ("--port=81", "--host", "0.0.0.0", "--dtype", "bfloat16", "--api-key", "k")
    got = planned(*arguments, "--served-model-name", "other")

    assert got.command[-9:] == (*arguments, "--served-model-name", "other")
    assert (got.root, got.name, got.dtype, got.api_key) == (
        "http://127.0.0.1:81",
        "other",
        "bfloat16",
        "k",
    )
    assert planned("--host", "::1").root == "http://[::1]:7"


@pytest.mark.parametrize("argument", ["--port=x", "--max-model-len=", "--max-model-len=-5"])
def test_numbers_must_be_numbers(argument: str) -> None:
    """A word where a number belongs is refused before anything starts."""
    with pytest.raises(ConfigError, match="whole number"):
        planned(argument)


def test_the_environment_can_be_overridden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our settings are defaults; the hub is left alone only for models in a folder."""
    for name in ("VLLM_CPU_KVCACHE_SPACE", "HF_HUB_OFFLINE", "VLLM_CPU_NUM_OF_RESERVED_CPU"):
        monkeypatch.delenv(name, raising=False)
    local = environment(TINY, is_cpu=True)
    monkeypatch.setenv("VLLM_CPU_KVCACHE_SPACE", "9")
    remote = environment(Model(source="o/n", name="o/n", is_local=False), is_cpu=True)

    assert local["HF_HUB_OFFLINE"] == local["VLLM_NO_USAGE_STATS"] == "1"
    assert local["VLLM_CPU_NUM_OF_RESERVED_CPU"] == "0"
    assert "HF_HUB_OFFLINE" not in remote
    assert remote["VLLM_CPU_KVCACHE_SPACE"] == "9"


def test_a_reserved_port_goes_to_the_server_only() -> None:
    """While a port is kept the server can listen on it; a port in use is refused."""
    with reserved(None) as port, socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", port))
        server.listen()

        with pytest.raises(ConfigError, match=f"port {port} cannot be had"), reserved(port):
            pass
