"""Inspect opens our logs and runs our suites."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from support.leftovers import let_go

from gadfly.eval.manifest import read_manifest
from gadfly.eval.sharing.files import export
from gadfly.eval.sharing.measured import metric_values, trial_of
from gadfly.eval.store import Store

from .conftest import gadfly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.inspect, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
inspect_ai = pytest.importorskip("inspect_ai", reason="needs gadfly[inspect]")


@pytest.fixture(autouse=True, scope="module")
def streams_left_open() -> Iterator[None]:
    """Let go here of what Inspect leaves open, so that no other test is blamed for it."""
    yield
    let_go()


@pytest.fixture(scope="module")
def log(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The run as Inspect reads it back."""
    from inspect_ai.log import read_eval_log

    out = tmp_path_factory.mktemp("logs") / "run.eval"
    export(run, "inspect", out)
    return read_eval_log(str(out))


def test_a_log_holds_every_trial_as_it_was(run: Path, log: Any) -> None:
    """Read back by Inspect, each sample's score holds its trial; nothing was lost on the way."""
    store = Store.read(run)
    trials = {t.key: t for t in store.trials()}
    store.close()
    found = [trial_of(s.scores["measured"].metadata["trial"]) for s in log.samples]

    assert {t.key: t for t in found} == trials
    assert log.eval.task == f"gadfly/{read_manifest(run).suite.name}"
    assert log.results.total_samples == len(trials)


def test_a_log_has_dialogues_and_what_was_asked_beside_them(run: Path, log: Any) -> None:
    """Messages are the threads; replies are model events, reads info events with p(A)."""
    sample = next(s for s in log.samples if s.metadata["probe"] == "persuasion")
    events = [e for e in sample.events if e.event in ("model", "info")]
    reads = [e.data for e in events if e.event == "info" and "off_the_record" in e.data]
    replies = [m for m in sample.messages if m.role == "assistant"]

    assert [e.output.completion for e in events if e.event == "model"] == [m.text for m in replies]
    assert [r["off_the_record"] for r in reads] == ["before", "after"]
    assert all(0 <= r["stance"] <= 1 and r["asked"] for r in reads if r["stance"] is not None)
    assert sample.scores["measured"].value["movement"] is not None


def test_a_log_has_the_report_as_its_metrics(run: Path, log: Any) -> None:
    """The rows of the report, with their bounds."""
    store = Store.read(run)
    wanted = metric_values(store.trials())
    store.close()

    (score,) = log.results.scores
    assert {name: m.value for name, m in score.metrics.items()} == pytest.approx(wanted)
    assert any(name.endswith(" low") for name in wanted)


def test_a_log_without_text_has_none(run: Path, tmp_path: Path) -> None:
    """Scores and measurements go along; no message, event or exchange does."""
    from inspect_ai.log import read_eval_log

    done = gadfly("export", str(run), "--to", "inspect", "--no-text", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    log = read_eval_log(str(tmp_path / "run.eval"))

    assert not any(s.messages or s.events or s.output.completion for s in log.samples)
    assert not any(s.scores["measured"].metadata["trial"]["exchanges"] for s in log.samples)


def answer(messages: list[Any], tools: Any, choice: Any, config: Any) -> Any:
    """Reply to a forced choice with the second option, to all else with yes."""
    from inspect_ai.model import ModelOutput, ModelUsage

    text = messages[-1].text
    assert config.max_tokens
    assert config.seed is not None
    said = ModelOutput.from_content("mockllm/model", "B" if "\nB" in text else "Yes, it is.")
    # Without it Inspect's mock would fetch a tokenizer to count with.
    said.usage = ModelUsage(input_tokens=10, output_tokens=5, total_tokens=15)
    return said


def test_inspect_runs_a_suite(tmp_path: Path) -> None:
    """With a model of Inspect's own: every trial a sample, scored, and the profile its metrics."""
    from inspect_ai.model import get_model

    from gadfly.eval.sharing.inspect_tasks import TASKS

    smoke = TASKS[0]
    model = get_model("mockllm/model", custom_outputs=answer)
    (log,) = inspect_ai.eval(
        smoke(replicates=2), model=model, log_dir=str(tmp_path), display="none"
    )

    assert log.status == "success", log.error
    records = [trial_of(s.scores["measured"].metadata["trial"]) for s in log.samples]
    assert {r.probe for r in records} >= {"repeat", "persuasion"}
    (score,) = log.results.scores
    values = {name: m.value for name, m in score.metrics.items()}
    assert values == pytest.approx(metric_values(records))
    shared = [r for r in records if r.probe == "persuasion" and r.replicate == 0]
    firsts = {(r.family, r.observations[0].calls) for r in shared}
    assert len(firsts) == len({r.family for r in shared}) < len(shared)
    reads = [e for s in log.samples for e in s.events if e.event == "info"]
    assert {e.source for e in reads} == {"gadfly"}


def test_epochs_are_refused(tmp_path: Path) -> None:
    """An epoch of Inspect's would be the same dialogue again: replicates are ours."""
    from gadfly.eval.sharing.inspect_tasks import TASKS

    (log,) = inspect_ai.eval(
        TASKS[0](replicates=1, limit=1, probe="repeat"), model="mockllm/model", epochs=2,
        log_dir=str(tmp_path), display="none",
    )  # fmt: skip

    assert log.status == "error"
    assert "-T replicates=N" in log.error.message


BY_NAME = """
from inspect_ai import eval
from inspect_ai.model import ModelOutput, ModelUsage, get_model

def answer(*_):
    said = ModelOutput.from_content("mockllm/model", "I cannot say.")
    said.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
    return said

(log,) = eval(
    "gadfly/spar-check",
    model=get_model("mockllm/model", custom_outputs=answer),
    task_args={"limit": 1, "replicates": 1, "probe": "persuasion"},
    log_dir="logs",
    display="none",
)
print(log.status, log.eval.task, len(log.samples))
"""


def test_inspect_finds_the_suites_by_name(tmp_path: Path) -> None:
    """`gadfly/spar-check` is found by its entry point where Gadfly is installed."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BY_NAME],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert done.stdout.strip() == "success gadfly/spar-check 5", done.stdout + done.stderr
    assert len(list(tmp_path.glob("logs/*.eval"))) == 1
