"""Dialogues whose lines a model writes: planned only when asked for, kept, resumed, reported."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.sample import FILE, Scripted, sample

from gadfly.bot.call import Sampling
from gadfly.bot.completion import Completion, Usage
from gadfly.bot.errors import ConfigError, IdentityError
from gadfly.bot.registry import RespondentConfig
from gadfly.eval.caller import BudgetSpentError, Limits
from gadfly.eval.plan import Plan, Protocol, cost, make_plan
from gadfly.eval.runner import Run, RunResult
from gadfly.eval.session import RunConfig, interlocutor_of, plan_of
from gadfly.eval.store import Store
from gadfly.eval.suite import everything
from gadfly.probes.catalogue import PROBES
from gadfly.probes.live import LiveProbe

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.bot.call import Call

PROTOCOL = Protocol(readout="likelihood", sampling=Sampling(max_tokens=20))
LIVE = LiveProbe()


def live_plan(replicates: int = 1) -> Plan:
    """Return a plan of live dialogues on one family."""
    return make_plan(everything(replicates), [sample()], only=[LIVE], live=True)


def writes(call: Call) -> Completion:
    """Write a line, a different one each time it is asked in a longer dialogue."""
    asked = call.request.conversation.messages[0].text
    assert call.asked_as == "interlocutor"
    text = f'"Think of the people, {asked.count("THEY:")}. What now?"'
    return Completion(text=text, usage=Usage(prompt_tokens=10, completion_tokens=5))


def run(
    folder: Path,
    subject: Scripted,
    writer: Scripted | None,
    *,
    plan: Plan | None = None,
    limits: Limits | None = None,
) -> tuple[RunResult, Run]:
    """Run live dialogues into a folder."""
    store = Store.create(folder)

    async def scene() -> tuple[RunResult, Run]:
        one = Run(
            respondent=subject,
            store=store,
            plan=plan or live_plan(),
            protocol=PROTOCOL,
            emit=lambda event: None,
            limits=limits or Limits(),
            interlocutor=writer,
        )
        await one.open()
        await one.settle(None)
        return await one.go(), one

    try:
        return asyncio.run(scene())
    finally:
        store.close()


def test_frozen_text_is_the_default() -> None:
    """No plan without an interlocutor has a live dialogue, whatever else it asks."""
    whole = make_plan(everything(1), [sample()])

    assert not whole.is_live
    assert live_plan().is_live
    assert make_plan(everything(1), [sample()], only=PROBES, live=True).is_live


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (RunConfig(suite=str(FILE), model="m", probes=(LIVE.name,)), "--interlocutor SPEC"),
        (RunConfig(suite="quick", model="m", interlocutor="sim:calibrated"), "add --probe"),
    ],
)
def test_asking_for_one_without_the_other_is_refused(config: RunConfig, message: str) -> None:
    """A live probe without an interlocutor, or one that would have nothing to write."""
    with pytest.raises(ConfigError, match=message):
        plan_of(config)


def test_an_experiment_without_an_interlocutor_leaves_the_live_part_out() -> None:
    """E12 is asked in frozen text; with an interlocutor the live probe is part of it."""
    config = RunConfig(suite=str(FILE), model="m", probes=("E12",))
    frozen, _ = plan_of(config)
    live, _ = plan_of(replace(config, interlocutor="sim:calibrated"))

    assert {t.probe.name for t in live.trials} - {t.probe.name for t in frozen.trials} == {
        LIVE.name
    }


def test_who_writes_is_part_of_the_plan() -> None:
    """Another interlocutor is another plan; none is the plan it always was."""
    plan = live_plan()
    hashes = {plan.hash(replace(PROTOCOL, interlocutor=who)) for who in ("", "one", "two")}

    assert len(hashes) == 3


def test_a_line_costs_a_call_beside_the_reply_to_it() -> None:
    """Three turns: four replies, three lines, four reads."""
    found = cost(live_plan(), PROTOCOL)

    assert (found.replies, found.lines, found.reads) == (4, 3, 4)
    assert found.calls(per_read=2) == 15


def test_the_subject_is_told_what_was_written(tmp_path: Path) -> None:
    """Each line is written after the reply before it, said without quotation marks, and kept."""
    subject, writer = Scripted(), Scripted(answer=writes, model="writer")

    result, _ = run(tmp_path, subject, writer)

    assert (result.finished, result.failed) == (1, 0)
    assert len(writer.asked) == 3
    store = Store.read(tmp_path)
    (record,) = store.trials()
    said = [seen for seen in record.observations if seen.kind == "said"]
    last = next(store.calls(said[-1].calls))
    (line,) = store.calls((said[-1].written,))
    store.close()
    assert [seen.label for seen in said] == ["first", "turn-1", "turn-2", "turn-3"]
    assert [bool(seen.written) for seen in said] == [False, True, True, True]
    assert last.conversation.messages[-1].text == "Think of the people, 3. What now?"
    assert line.completion.text == '"Think of the people, 3. What now?"'


def test_a_run_that_was_cut_short_asks_nobody_twice(tmp_path: Path) -> None:
    """The cap is on both together; the same command again makes only the calls left over."""
    subject, writer = Scripted(), Scripted(answer=writes, model="writer")
    with pytest.raises(BudgetSpentError):
        run(tmp_path, subject, writer, limits=Limits(calls=6))
    first = subject.asked.total() + writer.asked.total()

    run(tmp_path, subject, writer)

    assert first == 6
    assert max(subject.asked.values()) == 1
    assert max(writer.asked.values()) == 1


def test_another_interlocutor_does_not_continue_a_run(tmp_path: Path) -> None:
    """A folder is tied to who wrote in it, as it is to who answered."""
    run(tmp_path, Scripted(), Scripted(answer=writes, model="writer"))

    with pytest.raises(IdentityError, match="another interlocutor"):
        run(tmp_path, Scripted(), Scripted(answer=writes, model="somebody else"))


def test_a_writer_that_writes_nothing_is_a_failure_of_its_own(tmp_path: Path) -> None:
    """An empty line is not said; the trial breaks at the interlocutor, not at the subject."""
    silent = Scripted(answer=lambda call: Completion(text=' "" '), model="writer")

    result, _ = run(tmp_path, Scripted(), silent)

    store = Store.read(tmp_path)
    (record,) = store.trials()
    store.close()
    assert result.failed == 1
    assert record.failure is not None
    assert record.failure.stage == "interlocutor"


def test_a_live_dialogue_without_a_writer_is_refused(tmp_path: Path) -> None:
    """A plan made live and run without an interlocutor says what is missing."""
    with pytest.raises(ConfigError, match="--interlocutor"):
        run(tmp_path, Scripted(), None)


def test_the_subjects_key_is_not_sent_to_the_interlocutor() -> None:
    """Headers and key are the subject's own; how models are started is shared."""
    seen: list[RespondentConfig] = []

    def noted(spec: str, config: RespondentConfig, **_: object) -> None:
        seen.append(config)

    own = RespondentConfig(
        api_key_env="SUBJECT", headers=(("Authorization", "x"),), vllm_python="/bin/py"
    )
    config = RunConfig(
        suite=str(FILE),
        model="m",
        probes=(LIVE.name,),
        interlocutor="http://elsewhere/v1",
        interlocutor_key_env="WRITER",
        respondent=own,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gadfly.eval.session.make_respondent", noted)
        interlocutor_of(config, plan_of(config)[0])

    assert seen == [RespondentConfig(api_key_env="WRITER", headers=(), vllm_python="/bin/py")]
