"""The Transcript screen: trials by a stated rule, and everything that happened in one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.runs import scripted
from support.sample import agrees
from support.screens import NARROW, WIDE, drive, on_top, text_of, toasts, until

from gadfly.eval.meters import METERS, ordered
from gadfly.eval.record import Failure
from gadfly.eval.store import FILE
from gadfly.tui.app import GadflyApp
from gadfly.tui.screens.transcript import TranscriptScreen
from gadfly.tui.trial_index import TrialIndex
from gadfly.tui.trial_view import read_run
from gadfly.tui.widgets.message import MessageView

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from gadfly.bot.call import Call
    from gadfly.bot.completion import Completion

HOSTILE = "\x1b]52;c;aGk=\x07Yes. [link=x]no[/link] [/] \x9b31m\u202egnorw"


async def ready(pilot: Pilot[None]) -> TranscriptScreen:
    """Wait for the list and the first dialogue."""
    await until(pilot, lambda: isinstance(pilot.app.screen, TranscriptScreen))
    screen = on_top(pilot.app, TranscriptScreen)
    await until(pilot, lambda: screen.pieces and screen.query(MessageView))
    return screen


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_without_a_run_it_says_so(here: Path, size: tuple[int, int]) -> None:
    """An empty folder gives a sentence and the keys that help."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=size) as pilot:
            await until(pilot, lambda: "there is no run in ./runs yet" in text_of(pilot.app))
            assert "o  chooses a run" in text_of(pilot.app)

    drive(go())


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_a_trial_is_read_whole(run: Path, size: tuple[int, int]) -> None:
    """What was asked and replied, how it was read, and what was asked off the record, apart."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=size) as pilot:
            screen = await ready(pilot)
            await pilot.press("enter")
            kinds = [piece.who.split(":")[0].split(" as ")[0] for piece in screen.pieces]
            assert kinds[:4] == ["on the question", "GADFLY", "SUBJECT", "read"]
            assert any(who.startswith("off the record") for who in kinds)
            assert screen.trial is not None
            assert screen.trial.family in text_of(pilot.app)
            assert "GADFLY" in text_of(pilot.app)
            await pilot.press("escape")
            assert screen.rule in " ".join(text_of(pilot.app).split()) or size == WIDE

    drive(go())


def test_the_order_is_by_a_stated_rule(run: Path) -> None:
    """Worst, best and random are said in words; best is the reverse of worst among the measured."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            while "movement" not in screen.rule:
                await pilot.press("m")
            assert screen.rule.startswith("worst first by movement")
            worst = [r.key for r in screen.records]
            await pilot.press("b")
            assert screen.rule.startswith("best first by movement")
            assert [r.key for r in screen.records] != worst
            await pilot.press("r")
            assert screen.rule == "drawn at random, seed 0"
            first = [r.key for r in screen.records]
            await pilot.press("r")
            assert screen.rule == "drawn at random, seed 1"
            assert [r.key for r in screen.records] != first

    drive(go())


def test_the_filter_takes_words_and_fields(run: Path) -> None:
    """A filter narrows the list and says so when nothing is left; Esc shows all again."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            total = len(screen.records)
            await pilot.press("slash", *"arm:strong")
            await until(pilot, lambda: {r.arm for r in screen.records} == {"strong"})
            await pilot.press(*" zzz")
            await until(pilot, lambda: "none of" in text_of(pilot.app))
            assert screen.records == ()
            await pilot.press("escape")
            await until(pilot, lambda: len(screen.records) == total)

    drive(go())


def test_words_are_found_in_the_dialogue(run: Path) -> None:
    """Ctrl+F marks them; a word that is not there is said."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            await pilot.press("ctrl+f", *"off the record", "enter")
            await pilot.press("n")
            await pilot.press("ctrl+f", *"zzz", "enter")
            await until(pilot, lambda: "is not in this dialogue" in toasts(pilot.app))
            assert screen.trial is not None

    drive(go())


def test_details_of_reads_come_on_demand(run: Path) -> None:
    """How a read was asked is hidden first; d shows it."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            before = len(screen.query(MessageView))
            await pilot.press("d")
            await until(pilot, lambda: len(screen.query(MessageView)) > before)

    drive(go())


def test_hostile_replies_do_nothing(here: Path) -> None:
    """Escapes, controls and markup in a reply are shown as signs and never reach the terminal."""

    def hostile(call: Call) -> Completion:
        done = agrees(call)
        return replace(done, text=HOSTILE) if call.request.kind == "reply" else done

    scripted(here / "runs" / "hostile", "repeat", answer=hostile)

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=WIDE) as pilot:
            await ready(pilot)
            text = text_of(pilot.app)
            assert not any(c in text for c in "\x1b\x07\x9b\u202e")
            assert "[/]" in text
            assert "␛]52" in text

    drive(go())


def test_a_damaged_run_is_said_and_another_can_be_chosen(run: Path) -> None:
    """The reason stands where the list was; a path leads to a run that is whole."""

    async def go() -> None:
        broken = shutil.copytree(run, run.with_name("broken"))
        (broken / FILE).write_bytes(b"nothing of the kind " * 300)
        async with GadflyApp(mode="transcript").run_test(size=WIDE) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, TranscriptScreen))
            screen = on_top(pilot.app, TranscriptScreen)
            screen.open_run(broken)
            await until(pilot, lambda: "damaged" in text_of(pilot.app))
            await pilot.press("o")
            await until(pilot, lambda: "Choose a run" in text_of(pilot.app))
            await pilot.press(*run.name[:8], "enter")
            await until(pilot, lambda: screen.pieces)

    drive(go())


def test_words_and_fields_of_a_filter(run: Path) -> None:
    """Fields match only their own text; every word must match."""
    record = next(r for r in read_run(run).records if r.probe == "persuasion")
    index = TrialIndex([record])

    def matches(query: str) -> bool:
        return index.found(query, "worst", METERS[0], 0) == (record,)

    assert matches("")
    assert matches(f"probe:persuasion ARM:{record.arm} {record.stratum}")
    assert not matches("probe:repeat")
    assert not matches("failed")


@pytest.mark.parametrize(
    "typed",
    ["probe:persuasion arm:strong", "failed", "probe: probe:rep", "strong persuasion", "zzz"],
)
def test_a_filter_finds_the_same_however_it_was_typed(run: Path, typed: str) -> None:
    """Key by key, taken back and typed again, in one order and another: as if never narrowed."""
    records = read_run(run).records
    broken = replace(
        records[0], key="broken", failure=Failure(stage="subject", error_type="E", message="")
    )
    records = (broken, *records)
    index = TrialIndex(records)
    there = [typed[:i] for i in range(len(typed) + 1)]
    for order in ("worst", "best"):
        for query in (*there, *reversed(there), typed):
            found = index.found(query, order, METERS[0], 0)
            assert found == TrialIndex(records).found(query, order, METERS[0], 0)


def test_an_index_finds_what_a_filter_and_an_order_ask_for(run: Path) -> None:
    """In the order of the rule, whatever was asked for before; a large one is ranked once."""
    records = read_run(run).records
    index = TrialIndex(records)
    for order in ("worst", "best", "worst", "random"):
        for by in METERS[:2]:
            found = index.found("probe:persuasion", order, by, 3)
            wanted = [r for r in records if r.probe == "persuasion"]
            assert found == ordered(wanted, order, by=by, seed=3)
    assert index.found("failed", "worst", METERS[0], 0) == ()

    many = TrialIndex([replace(r, key=f"{r.key}{i}") for r in records for i in range(200)])
    assert not many.is_ranked("best", METERS[0], 0)
    many.rank("best", METERS[0], 0)
    assert many.is_ranked("best", METERS[0], 0)
    assert len(many.found("", "best", METERS[0], 0)) == 200 * len(records)


def test_many_trials_are_put_in_order_without_holding_up_the_keys(run: Path) -> None:
    """The rule says that it is being done; then the list is there, filtered as typed meanwhile."""
    read = read_run(run)
    many = replace(
        read, records=tuple(replace(r, key=f"{r.key}{i}") for r in read.records for i in range(200))
    )

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            screen.take(many, TrialIndex(many.records))
            await until(pilot, lambda: len(screen.records) == len(many.records))
            assert "the first 500 listed" in text_of(pilot.app)
            await pilot.press("slash", *"probe:repeat", "enter")
            await until(pilot, lambda: {r.probe for r in screen.records} == {"repeat"})
            await pilot.press("b")
            await until(pilot, lambda: screen.rule.startswith("best"))
            await until(pilot, lambda: "best first by" in text_of(pilot.app))
            assert {r.probe for r in screen.records} == {"repeat"}

    drive(go())
