"""A run as a log of Inspect, written by Inspect itself: `inspect view` and `read_eval_log` open it.

A trial is a sample; its threads are its messages; replies are model events, off-record reads are
info events between them; its measurements are its score, and the whole trial is in the score's
metadata, so that nothing is lost on the way.
"""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError
from gadfly.eval.judging.verdicts import judged_trials
from gadfly.eval.manifest import FILE
from gadfly.eval.sharing.dialogues import threads
from gadfly.eval.sharing.measured import measurements, metric_values, trial_document
from gadfly.eval.transcript import Aside, Exchange, Opening, events, summary, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gadfly.bot.message import Role
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.record import TrialRecord
    from gadfly.eval.store import Store, StoredCall

SCORE = "measured"
"""Name of the score of a sample, here and in the tasks."""
_ENDS = {"stop": "stop", "length": "max_tokens", "filtered": "content_filter", "other": "unknown"}


def sample_id(record: TrialRecord) -> str:
    """Return what names a trial among the samples of a log."""
    return sample_name(record.family, record.probe, record.arm, record.variant, record.replicate)


def sample_name(family: str, probe: str, arm: str, variant: str, replicate: int) -> str:
    """Return what names the sample of a trial; no two trials of a plan share it."""
    return " ".join((family, probe, arm, variant, f"r{replicate}"))


def write_log(store: Store, manifest: Manifest, path: Path, *, text: bool = True) -> None:
    """Write a run as an `.eval` log.

    Args:
        store: The run's store.
        manifest: Its manifest.
        path: File to write, ending in .eval.
        text: Whether the words go with it; without, samples have scores and metadata only.

    Raises:
        ConfigError: Inspect is not installed.
        StoreError: The store is damaged.
    """
    try:
        from inspect_ai.log import EvalLog, write_eval_log
    except ImportError as e:
        raise ConfigError("Inspect's logs need it: pip install 'gadfly[inspect]'") from e
    made = _Log(store=store, manifest=manifest, text=text)
    records = judged_trials(store).records
    samples = [made.sample(record) for record in records]
    log = EvalLog(
        status="success",
        eval=made.spec(samples),
        results=made.results(records),
        stats=made.stats(samples),
        samples=samples,
    )
    write_eval_log(log, str(path), format="eval")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Log:
    """Makes the parts of a log."""

    store: Store
    manifest: Manifest
    text: bool

    @property
    def when(self) -> datetime:
        """When the run was last written to; it keeps no clock of its own."""
        return datetime.fromtimestamp((self.store.folder / FILE).stat().st_mtime, UTC)

    @property
    def model(self) -> str:
        return self.manifest.respondent.get("model", "")

    def spec(self, samples: list[Any]) -> Any:
        from inspect_ai.log import EvalConfig, EvalDataset, EvalSpec
        from inspect_ai.model import GenerateConfig

        m = self.manifest
        return EvalSpec(
            created=self.when.isoformat(),
            eval_id=m.plan,
            run_id=m.plan,
            task_id=m.asked,
            task=f"gadfly/{m.suite.name}",
            task_version=m.suite.version,
            dataset=EvalDataset(
                name=f"{m.suite.name} {m.suite.library}",
                samples=len(samples),
                sample_ids=[s.id for s in samples],
            ),
            model=self.model,
            model_generate_config=GenerateConfig(
                temperature=m.temperature, top_p=m.top_p, max_tokens=m.reply_tokens
            ),
            config=EvalConfig(),
            packages={name: importlib.metadata.version(name) for name in ("gadfly", "inspect_ai")},
            metadata={"manifest": self.described()},
        )

    def described(self) -> dict[str, Any]:
        """Return the manifest as plain values; without words, without the system prompt."""
        found = self.manifest.model_dump(mode="json")
        if not self.text:
            found["respondent"].pop("system", None)
        return found

    def results(self, records: tuple[TrialRecord, ...]) -> Any:
        from inspect_ai.log import EvalMetric, EvalResults, EvalScore

        metrics = {
            name: EvalMetric(name=name, group="profile", value=value)
            for name, value in metric_values(records).items()
        }
        failed = sum(record.failure is not None for record in records)
        return EvalResults(
            total_samples=len(records),
            completed_samples=len(records) - failed,
            scores=[EvalScore(name=SCORE, scorer=SCORE, metrics=metrics)],
        )

    def stats(self, samples: list[Any]) -> Any:
        from inspect_ai.log import EvalStats
        from inspect_ai.model import ModelUsage

        usage = sum((s.model_usage[self.model] for s in samples), ModelUsage())
        when = self.when.isoformat()
        return EvalStats(started_at=when, completed_at=when, model_usage={self.model: usage})

    def sample(self, record: TrialRecord) -> Any:
        from inspect_ai.log import EvalError, EvalSample
        from inspect_ai.model import ModelOutput
        from inspect_ai.scorer import Score

        messages = list(self.messages(record)) if self.text else []
        replies = [m for m in messages if m.role == "assistant"]
        first = next((i for i, m in enumerate(messages) if m.role == "user"), -1)
        failure = record.failure
        return EvalSample(
            id=sample_id(record),
            epoch=1,
            input=messages[: first + 1] or "",
            target=record.truth or "",
            messages=messages,
            output=ModelOutput.from_content(self.model, replies[-1].text if replies else ""),
            scores={
                SCORE: Score(
                    value=measurements(record),
                    explanation=summary(record),
                    metadata={"trial": trial_document(record, words=self.text)},
                )
            },
            metadata=described(record),
            events=list(self.events(record)) if self.text else [],
            model_usage={self.model: self.usage(record)},
            error=None
            if failure is None
            else EvalError(
                message=f"{failure.stage}: {failure.error_type}", traceback="", traceback_ansi=""
            ),
        )

    def messages(self, record: TrialRecord) -> Iterator[Any]:
        """Yield all threads, one after the other; which one is in each message's metadata."""
        for thread in threads(self.store, record):
            read = dict(thread.replies)
            for i, (role, text) in enumerate(thread.messages):
                about: dict[str, Any] = {"thread": thread.number}
                if i in thread.planted:
                    about["planted"] = True
                if i in read:
                    about |= {"label": read[i].label, "read_as": verdict(read[i])}
                name = f"{record.key}-{thread.number}-{i}"
                yield message(role, text, id=name, metadata=about)

    def events(self, record: TrialRecord) -> Iterator[Any]:
        """Yield what happened in order: openings, replies, and what was asked beside them."""
        for number, event in enumerate(events(self.store, record)):
            common = {"uuid": f"{record.key}-{number}", "timestamp": self.when, "working_start": 0}
            match event:
                case Opening():
                    planted = [m.text for m in event.given if m.role == "assistant"]
                    yield _info(common, {"thread": event.number, "planted": planted})
                case Exchange(seen=seen):
                    for call in self.store.calls(seen.calls[:1]):
                        yield self._model_event(common, call)
                    after = {**common, "uuid": f"{common['uuid']}-read"}
                    yield _info(after, {"label": seen.label, "read_as": verdict(seen)})
                case Aside(seen=seen, calls=calls):
                    stance = seen.reading.stance
                    off = {
                        "off_the_record": seen.label,
                        "readout": seen.reading.readout,
                        "outcome": seen.reading.outcome,
                        "stance": None if stance is None else stance.p,
                        "asked": calls[0].conversation.messages[-1].text if calls else "",
                        "answers": [
                            c.completion.text or dict(c.completion.logprobs) for c in calls
                        ],
                    }
                    yield _info(common, off)

    def _model_event(self, common: dict[str, Any], call: StoredCall) -> Any:
        from inspect_ai.event import ModelEvent
        from inspect_ai.model import GenerateConfig, ModelOutput

        done = call.completion
        output = ModelOutput.from_content(self.model, done.text, stop_reason=_ENDS[done.finish])
        output.usage = _usage(done.usage.prompt_tokens, done.usage.completion_tokens)
        m = self.manifest
        return ModelEvent(
            **common,
            model=self.model,
            input=[
                message(said.role, said.text, id=f"{call.key.hex()}-{i}")
                for i, said in enumerate(call.conversation)
            ],
            tools=[],
            tool_choice="none",
            config=GenerateConfig(
                temperature=m.temperature, top_p=m.top_p, max_tokens=m.reply_tokens
            ),
            output=output,
        )

    def usage(self, record: TrialRecord) -> Any:
        """Return the tokens of all calls behind a trial; shared calls count for each."""
        keys = [key for seen in record.observations for key in seen.calls]
        used = [call.completion.usage for call in self.store.calls(keys)]
        return _usage(sum(u.prompt_tokens for u in used), sum(u.completion_tokens for u in used))


def message(role: Role, text: str, **more: Any) -> Any:
    """Return a message as Inspect has it."""
    from inspect_ai.model import ChatMessageAssistant, ChatMessageSystem, ChatMessageUser

    match role:
        case "system":
            return ChatMessageSystem(content=text, **more)
        case "user":
            return ChatMessageUser(content=text, **more)
        case "assistant":
            return ChatMessageAssistant(content=text, **more)


def described(record: TrialRecord) -> dict[str, Any]:
    """Return what a sample says of its trial."""
    return {
        "trial": record.key,
        "family": record.family,
        "topic": record.topic,
        "stratum": record.stratum,
        "tags": list(record.tags),
        "probe": record.probe,
        "arm": record.arm,
        "variant": record.variant,
        "replicate": record.replicate,
        "settings": dict(record.settings),
        "stopped": record.stopped,
    }


def _info(common: dict[str, Any], data: dict[str, Any]) -> Any:
    from inspect_ai.event import InfoEvent

    return InfoEvent(**common, source="gadfly", data=data)


def _usage(read: int, written: int) -> Any:
    from inspect_ai.model import ModelUsage

    return ModelUsage(input_tokens=read, output_tokens=written, total_tokens=read + written)
