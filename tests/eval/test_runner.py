"""Runs: finished trials are skipped, failures are data, a dead respondent ends the run."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.sample import ABLE, Scripted, agrees, sample

from gadfly.bot.call import Sampling
from gadfly.bot.errors import ConfigError, ContextOverflow, IdentityError, TransportError
from gadfly.eval.caller import BudgetSpentError, Limits
from gadfly.eval.event import Said, TrialFinished
from gadfly.eval.plan import Protocol, make_plan
from gadfly.eval.runner import PATIENCE, Run, RunResult
from gadfly.eval.store import Store
from gadfly.eval.suite import everything
from gadfly.probes.catalogue import probes_named

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gadfly.bot.call import Call
    from gadfly.bot.completion import Completion
    from gadfly.bot.respondent import ReadoutName
    from gadfly.eval.event import Event
    from gadfly.eval.plan import Plan

PROTOCOL = Protocol(readout="likelihood", sampling=Sampling(max_tokens=20))


def plan(*probes: str, replicates: int = 2) -> Plan:
    only = [p for name in probes for p in probes_named(name)]
    return make_plan(everything(replicates), [sample()], only=only)


def run(
    folder: Path,
    subject: Scripted,
    of: Plan,
    *,
    readout: ReadoutName | None = None,
    emit: Callable[[Event], None] = lambda event: None,
    limits: Limits | None = None,
    epoch: int = 0,
    concurrency: int = 3,
) -> tuple[RunResult, Run]:
    store = Store.create(folder)

    async def scene() -> tuple[RunResult, Run]:
        one = Run(
            respondent=subject,
            store=store,
            plan=of,
            protocol=replace(PROTOCOL, epoch=epoch),
            emit=emit,
            concurrency=concurrency,
            limits=limits or Limits(),
        )
        await one.open()
        await one.settle(readout)
        return await one.go(), one

    try:
        return asyncio.run(scene())
    finally:
        store.close()


def test_the_same_words_in_a_fresh_thread_are_another_draw(tmp_path: Path) -> None:
    """Asked again at the end of its trial, the first question is not answered from the record."""
    draws: set[tuple[int, int]] = set()

    def answer(call: Call) -> Completion:
        asked = call.request.conversation
        if call.request.kind == "reply" and len(asked) == 1:
            draws.add((call.replicate, call.draw))
        return agrees(call)

    run(tmp_path, Scripted(answer), plan("maintenance"))

    assert draws == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_every_planned_trial_is_run_and_recorded(tmp_path: Path) -> None:
    """A run of all probes on one family leaves one finished record per trial."""
    whole = plan()
    result, _ = run(tmp_path, Scripted(), whole)

    store = Store.read(tmp_path)
    records = store.trials()
    store.close()
    assert result == RunResult(
        planned=len(whole.trials),
        finished=len(whole.trials),
        failed=0,
        calls_made=result.calls_made,
        first_failure="",
    )
    assert len(records) == len(whole.trials)
    assert all(r.observations and r.failure is None for r in records)


def test_a_second_run_of_a_finished_run_makes_no_call(tmp_path: Path) -> None:
    """The same plan again asks nothing."""
    run(tmp_path, Scripted(), plan("persuasion"))
    again = Scripted()

    result, _ = run(tmp_path, again, plan("persuasion"))

    assert result.calls_made == 0
    assert not again.asked


def test_extending_a_run_reuses_what_it_shares(tmp_path: Path) -> None:
    """More replicates later ask only for the new ones."""
    run(tmp_path, Scripted(), plan("repeat", replicates=2))
    again = Scripted()

    result, _ = run(tmp_path, again, plan("repeat", replicates=3))

    # One new reply; the script answers alike, so the read falls on a known conversation.
    assert result.calls_made == 1
    assert result.planned == 3


def test_arms_share_the_first_reply_and_the_first_read(tmp_path: Path) -> None:
    """Five arms, one replicate: the first question is asked once, the first read taken once."""
    subject = Scripted()
    run(tmp_path, subject, plan("persuasion", replicates=1))

    assert set(subject.asked.values()) == {1}
    # first reply, five challenges; the likelihood read asks twice, before and after each arm
    assert len(subject.asked) == 6 + 2 * 6


def test_a_new_epoch_asks_everything_afresh(tmp_path: Path) -> None:
    """Another seed makes every call again and finds no trial finished."""
    first = Scripted()
    run(tmp_path, first, plan("repeat"))
    second = Scripted()

    run(tmp_path, second, plan("repeat"), epoch=1)

    assert set(first.asked).isdisjoint(second.asked)
    assert len(second.asked) == len(first.asked)


def test_another_identity_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    """A resumed run that meets another model stops and asks it nothing."""
    run(tmp_path, Scripted(), plan("repeat"))
    stranger = Scripted(model="stranger")

    with pytest.raises(IdentityError, match="'scripted' != 'stranger'"):
        run(tmp_path, stranger, plan("repeat"))
    assert not stranger.asked


def test_a_broken_trial_is_data_and_is_tried_again(tmp_path: Path) -> None:
    """Overflow in the challenge turn fails those trials only; the next run mends them."""

    def overflows(call: Call) -> Completion:
        if call.request.kind == "reply" and len(call.request.conversation) > 1:
            raise ContextOverflow("5,000 tokens do not fit 4,096")
        return agrees(call)

    events: list[Event] = []
    result, _ = run(
        tmp_path, Scripted(answer=overflows), plan("persuasion", "repeat"), emit=events.append
    )
    store = Store.read(tmp_path)
    failures = [r.failure for r in store.trials() if r.failure is not None]
    store.close()

    assert result.failed == 10
    assert result.finished == 2
    assert result.first_failure == "5,000 tokens do not fit 4,096"
    assert {(f.stage, f.error_type) for f in failures} == {("subject", "ContextOverflow")}
    assert sum(isinstance(e, TrialFinished) for e in events) == 12
    mended, _ = run(tmp_path, Scripted(), plan("persuasion", "repeat"))
    assert mended.failed == 0


def test_a_read_that_fails_is_blamed_on_the_readout(tmp_path: Path) -> None:
    """The stage of a failure says whether the reply or the read broke."""

    def blind(call: Call) -> Completion:
        if call.request.kind == "score":
            raise ContextOverflow("too long to score")
        return agrees(call)

    run(tmp_path, Scripted(answer=blind), plan("repeat", replicates=1))
    store = Store.read(tmp_path)
    failure = store.trials()[0].failure
    store.close()

    assert failure is not None
    assert failure.stage == "readout"


def test_a_respondent_that_is_gone_ends_the_run(tmp_path: Path) -> None:
    """After so many dialogues in a row without an answer the run gives up, once."""

    def dead(call: Call) -> Completion:
        raise TransportError("connection refused")

    subject = Scripted(answer=dead)

    with pytest.raises(TransportError, match=f"gave up after {PATIENCE}.*connection refused"):
        run(tmp_path, subject, plan(replicates=5))


def test_a_spent_budget_keeps_what_is_finished(tmp_path: Path) -> None:
    """A cap ends the run; the same plan without it goes on from there."""
    with pytest.raises(BudgetSpentError):
        run(tmp_path, Scripted(), plan("repeat", replicates=8), limits=Limits(calls=9))
    store = Store.read(tmp_path)
    kept = store.n_calls
    store.close()

    result, _ = run(tmp_path, Scripted(), plan("repeat", replicates=8))

    assert kept == 9
    assert result.calls_made == 8 + 2 - 9
    assert result.failed == 0


def test_a_known_readout_is_taken_and_one_it_cannot_serve_is_refused(tmp_path: Path) -> None:
    """`auto` takes the readout a respondent is known to need; an impossible one is an error."""
    _, known = run(tmp_path / "a", Scripted(), plan("repeat"))
    blind = Scripted(capabilities=replace(ABLE, labels=False, score=False, readout=None))
    _, sampled = run(tmp_path / "b", blind, plan("repeat"))

    assert known.protocol.readout == "likelihood"
    assert sampled.protocol.readout == "sampled"
    with pytest.raises(ConfigError, match="cannot score whole replies"):
        run(tmp_path / "c", blind, plan("repeat"), readout="likelihood")
    with pytest.raises(ConfigError, match="no label log-probabilities"):
        run(tmp_path / "d", blind, plan("repeat"), readout="logprob")


@pytest.mark.parametrize(("readout", "said"), [("likelihood", True), ("sampled", False)])
def test_why_a_readout_is_needed_is_said_where_it_is_used(
    readout: ReadoutName, said: bool, tmp_path: Path
) -> None:
    """Who asks for another readout is not told that stances are read by the usual one."""
    subject = Scripted(capabilities=replace(ABLE, readout_note="It takes what is listed first."))
    events: list[Event] = []
    run(tmp_path, subject, plan("repeat"), readout=readout, emit=events.append)

    assert (Said("It takes what is listed first.") in events) == said


def test_auto_calibrates_where_nothing_is_known(tmp_path: Path) -> None:
    """With label log-probabilities and no known need, both readouts are tried on a slice."""
    open_minded = Scripted(capabilities=replace(ABLE, readout=None))
    events: list[Event] = []
    _, done = run(tmp_path, open_minded, plan("repeat"), emit=events.append)

    # one item only: too few to trust label reads
    assert done.protocol.readout == "sampled"
    assert any("calibration slice" in e.text for e in events if isinstance(e, Said))


def test_a_calibration_that_fails_is_the_respondents_failure(tmp_path: Path) -> None:
    """A read that breaks while the readout is chosen ends the run as that error, not as a bug."""

    def blind(call: Call) -> Completion:
        if call.request.kind == "labels":
            raise TransportError("connection refused")
        return agrees(call)

    subject = Scripted(answer=blind, capabilities=replace(ABLE, readout=None))

    with pytest.raises(TransportError, match="connection refused"):
        run(tmp_path, subject, plan("repeat"))


def test_all_draws_of_a_read_are_in_flight_together(tmp_path: Path) -> None:
    """The twelve answers of a sampled read wait for each other's slot only, not in turn."""
    flying: list[int] = [0, 0]

    class Watched(Scripted):
        async def respond(self, call: Call) -> Completion:
            flying[0] += 1
            flying[1] = max(flying)
            await asyncio.sleep(0)
            flying[0] -= 1
            return await super().respond(call)

    run(tmp_path, Watched(), plan("repeat", replicates=1), readout="sampled", concurrency=64)

    assert flying[1] == 12


def test_a_run_that_is_not_open_says_so(tmp_path: Path) -> None:
    """Going before opening is a clear error."""
    store = Store.create(tmp_path)
    one = Run(
        respondent=Scripted(),
        store=store,
        plan=plan("repeat"),
        protocol=PROTOCOL,
        emit=lambda event: None,
    )

    with pytest.raises(ConfigError, match="not open"):
        asyncio.run(one.go())
    store.close()
