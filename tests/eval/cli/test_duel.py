"""`gadfly duel`, as a user runs it."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.openai_server import SimulantServer
from support.seeds import committed

from gadfly.bot.simulant import simulant
from gadfly.eval.store import Store
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Callable

    Gadfly = Callable[..., Any]

DUEL = (
    "duel", "sim:calibrated", "sim:calibrated?dogmatism=0.8", "--readout", "logprob",
    "--rounds", "2", "--replicates", "1", "--limit", "3",
)  # fmt: skip


def test_a_plan_is_printed_first_and_a_dry_run_stops_there(gadfly: Gadfly, tmp_path: Path) -> None:
    """Dialogues, replies and reads are counted, and no folder is made."""
    done = gadfly(*DUEL, "--dry-run", "--out", "x")

    assert done.code == 0
    assert "6 dialogues of 2 rounds on 3 families, sides swapped, and 12 with a placebo" in done.err
    assert "--reader SPEC names another" in done.err
    assert done.out == ""
    assert not (tmp_path / "x").exists()


def test_the_plan_counts_what_is_called(gadfly: Gadfly, tmp_path: Path) -> None:
    """As many replies are made as the plan says."""
    done = gadfly(*DUEL, "--out", "x")
    store = Store.read(tmp_path / "x")
    made = sum(
        call.fields["kind"] == "reply"
        for (key,) in store.db.execute("SELECT key FROM calls").fetchall()
        for call in store.calls([key.hex()])
    )
    store.close()

    assert f"about {made} replies" in done.err


def test_people_get_a_table_an_outcome_and_a_transcript(gadfly: Gadfly, tmp_path: Path) -> None:
    """The difference has its interval, few families are called a look, a dialogue is shown."""
    done = gadfly(*DUEL, "--out", "x")

    assert done.code == 0
    assert "difference: above 0, SUBJECT moves more" in done.out
    assert "outcome:" in done.out
    assert "3 families: a look, not a finding." in done.out
    assert "one of 6 dialogues, drawn by the seed:" in done.out
    assert "off the record, after round 2" in done.out
    text = (tmp_path / "x" / "dialogues.md").read_text()
    assert text.count("question: ") == 6
    shown = gadfly("show", "x", "--arm", "duel")
    assert shown.code == 0


def test_json_has_estimates_with_intervals_and_every_dialogue(gadfly: Gadfly) -> None:
    """No bare number: each estimate has its ends, its clusters and its misses; a rerun is equal."""
    first, again = (gadfly(*DUEL, "--out", "x", "--json").json for _ in range(2))

    assert first == again
    assert first["schema"] == 1
    assert len(first["dialogues"]) == 6
    for row in first["estimates"]:
        assert {"value", "low", "high", "clusters", "unscored", "mde"} <= row.keys()
    moved = {e["arm"]: e for e in first["estimates"] if e["metric"] == "duel_moved"}
    assert moved["subject"]["value"] > moved["opponent"]["value"]
    assert first["dialogues"][0]["stances"]["reader"][2] is not None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("duel", "sim:calibrated"), "Missing argument 'B'"),
        (("duel", "sim:calibrated", "sim:nobody"), "unknown simulant 'nobody'"),
        (("duel", "sim:calibrated", "wizard"), "unknown model 'wizard'"),
        ((*DUEL, "--reader", "sim:nobody"), "unknown simulant 'nobody'"),
        ((*DUEL, "--scenario", "meat.nothing"), "unknown scenario"),
        ((*DUEL, "--rounds", "0"), "0 is not in the range"),
        ((*DUEL, "--opponent-key-env", "GADFLY_NONE_SUCH"), ""),
    ],
)
def test_wrong_inputs_are_named(gadfly: Gadfly, arguments: tuple[str, ...], says: str) -> None:
    """Whatever is wrong is said in a line, with exit code 2; an unused key is no error."""
    done = gadfly(*arguments)

    assert done.code == (2 if says else 0)
    assert says in done.err


def test_the_command_of_the_manual_works_as_written(gadfly: Gadfly) -> None:
    """What docs/duel.md tells to type is typed."""
    page = (Path(__file__).parents[3] / "docs" / "duel.md").read_text(encoding="utf-8")
    (typed,) = [line for line in page.splitlines() if line.startswith("$ gadfly ")]

    done = gadfly(*shlex.split(typed)[2:])

    assert done.code == 0
    assert "outcome:" in done.out


def test_another_opponent_does_not_get_into_the_same_folder(gadfly: Gadfly) -> None:
    """A folder belongs to who argued in it; both are shown."""
    gadfly(*DUEL, "--out", "x")

    done = gadfly("duel", "sim:calibrated", "sim:sycophant", *DUEL[3:], "--out", "x")

    assert done.code == 2
    assert "another interlocutor" in done.err


def test_a_cap_stops_it_and_the_same_command_goes_on(gadfly: Gadfly) -> None:
    """What was answered under the cap is kept; without it the duel ends as if never stopped."""
    whole = gadfly(*DUEL, "--out", "y", "--json").json

    stopped = gadfly(*DUEL, "--out", "x", "--max-calls", "60")
    resumed = gadfly(*DUEL, "--out", "x", "--json")

    assert stopped.code == 3
    assert "finished and kept; resume with" in stopped.err
    assert resumed.json == whole


def test_killed_it_makes_no_committed_call_again(tmp_path: Path) -> None:
    """Killed at a served model, it ends with every call asked once after its commit."""
    crib = library_crib()
    with SimulantServer(simulant("sim:calibrated?noise=0.5", crib)) as server:
        folder = tmp_path / "x"
        url = f"{server.url}#simulant"
        command = [
            sys.executable, "-m", "gadfly.eval.cli", "duel", url, url, *DUEL[3:],
            "--out", str(folder), "--json",
        ]  # fmt: skip
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while len(server.seen) < 60 and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.wait()
        before, mark = committed(folder), len(server.seen)

        done = subprocess.run(command, capture_output=True, text=True, check=False)

        assert done.returncode == 0, done.stderr
        assert 0 < len(before) < len(committed(folder))
        assert not before.keys() & {s.seed for s in server.seen[mark:]}
