"""Stored trials as dialogues: planted turns, threads, measures, what each reply is about."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support.sample import Scripted, sample

from gadfly.bot.call import Sampling
from gadfly.bot.measure import Measured
from gadfly.eval.cli.show import transcript
from gadfly.eval.plan import Plan, Protocol, Trial
from gadfly.eval.runner import Run
from gadfly.eval.store import Store
from gadfly.eval.suite import everything
from gadfly.eval.transcript import Aside, Exchange, Opening, events, propositions
from gadfly.probes.catalogue import probes_named
from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path
    from typing import TypeVar

    from gadfly.eval.record import TrialRecord
    from gadfly.probes.move import Move, Observation
    from gadfly.probes.probe import Probe
    from gadfly.scenarios.scenario import Scenario

    T = TypeVar("T")

PLANTED = (("Is the bridge old?", "It was built long ago."),)


@dataclass(frozen=True)
class Words:
    """Counts the words of a reply."""

    def of(self, text: str) -> Measured:
        return Measured(value=float(len(text.split())), code="counted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planting:
    """Reads, asks twice in a planted thread, and once in a fresh one."""

    name: str = "planting"
    version: int = 1
    experiments: tuple[str, ...] = ()
    varies: str = "what was said before"
    feeds: tuple[str, ...] = ()

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        return (Arm(name="planted", system="You are brief.", history=PLANTED),)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        about = scenario.proposition
        yield Read(label="cold", about=about)
        yield Say(label="first", text="Close it?", about=about, measure=Words())
        yield Say(label="again", text="Really?", about=about)
        yield Say(label="anew", text="Shall it be closed?", about=about, fresh=True)


def told(folder: Path, probe: Probe, of: Callable[[Store, TrialRecord], T]) -> T:
    """Hold the first trial of a probe on the sample and return what `of` makes of its record."""
    scenario = sample()
    trial = Trial(scenario=scenario, probe=probe, arm=probe.arms(scenario)[0], replicate=0)
    store = Store.create(folder)

    async def hold() -> None:
        run = Run(
            respondent=Scripted(),
            store=store,
            plan=Plan(suite=everything(1), trials=(trial,), library=""),
            protocol=Protocol(readout="likelihood", sampling=Sampling()),
            emit=lambda event: None,
        )
        await run.open()
        await run.settle(None)
        await run.go()

    try:
        asyncio.run(hold())
        (record,) = store.trials()
        return of(store, record)
    finally:
        store.close()


def test_a_trial_is_told_as_threads_and_what_happens_in_them(tmp_path: Path) -> None:
    """Openings stand before their threads, replies beside what was asked, reads apart."""
    found = told(tmp_path, Planting(), lambda store, record: list(events(store, record)))

    first, aside, one, two, second, three = found
    assert isinstance(first, Opening)
    assert isinstance(aside, Aside)
    assert isinstance(second, Opening)
    assert [m.role for m in first.given] == ["system", "user", "assistant"]
    assert (first.number, first.as_before) == (1, False)
    assert (second.number, second.as_before) == (2, True)
    exchanges = [e for e in (one, two, three) if isinstance(e, Exchange)]
    assert [e.asked for e in exchanges] == ["Close it?", "Really?", "Shall it be closed?"]
    assert {e.reply for e in exchanges} == {"Yes, that is right."}


def test_show_marks_what_the_subject_never_said(tmp_path: Path) -> None:
    """Planted turns are told apart and printed once; the fresh thread says how it opens."""
    text = told(tmp_path, Planting(), lambda s, r: "\n".join(transcript(s, r)))

    assert "SYSTEM   You are brief." in text
    assert "PLANTED  It was built long ago." in text
    assert text.count("It was built long ago.") == 1
    assert "[PLANTED: put into the thread as its own words; it never said this]" in text
    assert text.count("new thread") == 1
    assert "— new thread, opened as before —" in text
    assert text.count("SUBJECT") == 3


def test_show_prints_what_a_measure_found(tmp_path: Path) -> None:
    """A reply's value and code stand beside its verdict, and nothing where there is none."""
    text = told(tmp_path, Planting(), lambda s, r: "\n".join(transcript(s, r)))

    first = next(line for line in text.splitlines() if "[first:" in line)
    again = next(line for line in text.splitlines() if "[again:" in line)
    assert first.endswith("; value 4, code counted]")
    assert "value" not in again


def test_what_each_observation_is_about_is_found_again(tmp_path: Path) -> None:
    """Stepping the probe again gives the proposition of every reply and read."""
    (probe,) = probes_named("persuasion")
    found, seen = told(
        tmp_path,
        probe,
        lambda s, r: (propositions(s, r, sample()), {o.about for o in r.observations}),
    )

    assert set(found) == seen
    assert sample().proposition in found.values()


def test_a_trial_of_another_scenario_is_not_guessed_at(tmp_path: Path) -> None:
    """Where the probe would ask something else now, nothing is said to be what it was about."""
    (probe,) = probes_named("repeat")
    found = told(tmp_path, probe, lambda s, r: propositions(s, r, sample("fact")))

    assert not found
