"""The smoke suite against a real vLLM server that Gadfly starts, watches and stops."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from gadfly.probes.catalogue import PROBES
from gadfly.probes.live import LiveProbe

PYTHON = os.environ.get("GADFLY_VLLM_PYTHON")
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not PYTHON, reason="GADFLY_VLLM_PYTHON names no interpreter with vLLM"),
    pytest.mark.timeout(900),
]


def vllm_processes() -> set[int]:
    """Return the pids of all vLLM servers and their workers on this machine."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if b"vllm.entrypoints" in line or b"VLLM::" in line:
                found.add(int(entry.name))
    return found


def gadfly(*args: str) -> list[str]:
    return [sys.executable, "-m", "gadfly.eval.cli", *args]


def test_smoke_on_a_real_server_ends_with_a_profile(tmp_path: Path) -> None:
    """`gadfly run smoke --model vllm:smollm2` reports, and leaves no process behind."""
    before = vllm_processes()
    done = subprocess.run(
        gadfly("run", "smoke", "--model", "vllm:smollm2", "--reply-tokens", "24", "--json"),
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert done.returncode == 0, done.stderr
    report = orjson.loads(done.stdout)
    assert report["readout"] == "likelihood"
    assert report["trials"] == 48
    assert report["failures"] == []
    assert report["respondent"]["dtype"] == "float32"
    assert vllm_processes() <= before


def test_every_probe_runs_on_a_real_server(tmp_path: Path) -> None:
    """`gadfly run full` on one family a probe, by one-token reads: no probe fails, none is left."""
    done = subprocess.run(
        gadfly(
            *("run", "full", "--model", "vllm:smollm2", "--readout", "logprob", "--limit", "1"),
            *("--dtype", "bfloat16"),
            *("--replicates", "1", "--reply-tokens", "16", "--json"),
        ),
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert done.returncode == 0, done.stderr
    report = orjson.loads(done.stdout)
    assert report["failures"] == []
    asked = {row["probe"] for row in report["coverage"]}
    assert asked == {p.name for p in PROBES if not isinstance(p, LiveProbe)}
    assert all(row["failed"] == 0 for row in report["coverage"])


def test_serve_hosts_until_it_is_told_to_stop(tmp_path: Path) -> None:
    """`gadfly serve smollm2` says its address, answers `doctor`, and ends clean on Ctrl-C."""
    before = vllm_processes()
    log = tmp_path / "serve.log"
    with log.open("w", encoding="utf-8") as talk:
        server = subprocess.Popen(gadfly("serve", "smollm2"), stderr=talk, cwd=tmp_path)
        until = time.monotonic() + 300
        while "ready at" not in log.read_text(encoding="utf-8") and time.monotonic() < until:
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=0.5)
                pytest.fail(log.read_text(encoding="utf-8"))
        address = log.read_text(encoding="utf-8").split("--model '")[1].split("'")[0]
        doctor = subprocess.run(
            gadfly("doctor", address), capture_output=True, text=True, check=False, cwd=tmp_path
        )
        server.send_signal(signal.SIGINT)
        code = server.wait(timeout=60)

    assert doctor.returncode == 0, doctor.stdout
    assert "scoring whole replies: yes" in doctor.stdout
    assert code == 0
    assert "stopped; the server and its port are free again" in log.read_text(encoding="utf-8")
    assert vllm_processes() <= before
