"""`gadfly run`: plan, progress, report, resuming, and every way it can be told wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.sample import FILE as SAMPLE

from gadfly.eval.cli.stopping import same_command
from gadfly.eval.store import FILE as STORE
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.processes import Done

    Gadfly = Callable[..., Done]

SIM = ("--model", "sim:calibrated")


def only_run() -> Path:
    """Return the one run folder under ./runs."""
    (folder,) = Path("runs").iterdir()
    return folder


def test_a_run_prints_its_plan_and_its_profile(gadfly: Gadfly) -> None:
    """Plan and talk go to stderr, the report to stdout; the run folder is named."""
    done = gadfly("run", "smoke", *SIM)

    assert done.code == 0
    assert "smoke: 48 trials on 4 families" in done.err
    assert "responsiveness" in done.out
    assert f"run folder: {only_run()}" in done.err


def test_the_same_command_again_asks_nothing_and_reports_the_same(gadfly: Gadfly) -> None:
    """A second run makes no call and its report is equal byte for byte."""
    first = gadfly("run", "smoke", *SIM, "--json")
    calls = Store.read(only_run())
    before = calls.n_calls
    calls.close()

    second = gadfly("run", "smoke", *SIM, "--json")

    after = Store.read(only_run())
    assert (first.code, second.code) == (0, 0)
    assert first.out == second.out
    assert after.n_calls == before
    after.close()


def test_json_has_the_documented_shape(gadfly: Gadfly) -> None:
    """The report has the documented fields, and a null value has its reason."""
    report = gadfly("run", "smoke", *SIM, "--json").json

    assert report["schema"] == 1
    assert {"run", "respondent", "suite", "outcomes", "readout_fidelity", "estimates"} <= set(
        report
    )
    fields = {
        *("metric", "construct", "stratum", "arm", "value", "low", "high", "level"),
        *("method", "unit", "n", "clusters", "unscored", "mde", "null_reason", "means"),
    }
    assert all(set(e) == fields for e in report["estimates"])
    assert all((e["value"] is None) == (e["null_reason"] is not None) for e in report["estimates"])


def test_a_live_run_says_who_wrote_and_resumes(gadfly: Gadfly) -> None:
    """The interlocutor is in plan, manifest and report; the same command again asks nobody."""
    probe = ("--probe", "persuasion-live", "--replicates", "2")
    live = ("run", str(SAMPLE), *SIM, *probe, "--interlocutor", "sim:dogmatist?bank=ornate")
    done = gadfly(*live, "--json")
    again = gadfly(*live, "--json")

    assert (done.code, again.code) == (0, 0)
    assert done.out == again.out
    assert "6 lines written live" in done.err
    assert done.json["interlocutor"]["model"] == "sim:dogmatist"
    assert any("written by sim:dogmatist" in note for note in done.json["notes"])
    told = gadfly("report").out
    assert "live by sim:dogmatist" in " ".join(told.split())
    assert "for discovery, not for a gate" in " ".join(told.split())


def test_a_live_probe_without_an_interlocutor_is_refused(gadfly: Gadfly) -> None:
    """Asked for by name it needs one, and the message says how to name it."""
    done = gadfly("run", str(SAMPLE), *SIM, "--probe", "persuasion-live")

    assert done.code == 2
    assert "--interlocutor SPEC" in done.err


def test_a_dry_run_stops_at_the_plan(gadfly: Gadfly) -> None:
    """`--dry-run` prints the plan, asks nobody and leaves nothing."""
    done = gadfly("run", "full", *SIM, "--dry-run")

    assert done.code == 0
    assert "trials" in done.err
    assert not Path("runs").exists()


def test_a_scenario_file_of_ones_own_is_a_suite(gadfly: Gadfly) -> None:
    """A YAML file given as SUITE is asked with every probe that applies."""
    done = gadfly("run", str(SAMPLE), *SIM, "--replicates", "2", "--json")

    assert done.code == 0
    assert {"law_wedge", "ladder_threshold"} <= {e["metric"] for e in done.json["estimates"]}


def test_a_folder_named_like_a_suite_does_not_hide_it(gadfly: Gadfly) -> None:
    """With a folder `smoke` here, `gadfly run smoke` is still the suite; ./smoke is the folder."""
    Path("smoke").mkdir()

    assert "smoke: 48 trials" in gadfly("run", "smoke", *SIM, "--dry-run").err
    assert "no scenario files" in gadfly("run", "./smoke", *SIM, "--dry-run").err


def test_narrowing_options_narrow_the_plan(gadfly: Gadfly) -> None:
    """Probe, tag, limit and replicates leave what was asked for."""
    done = gadfly(
        "run", "quick", *SIM, "--probe", "persuasion", "--tag", "meat", "--limit", "2",
        "--replicates", "2", "--out", "here",
    )  # fmt: skip

    store = Store.read(Path("here"))
    records = store.trials()
    store.close()
    assert done.code == 0
    assert {r.probe for r in records} == {"persuasion"}
    assert {r.topic for r in records} == {"meat"}
    assert len({r.family for r in records}) == 2
    assert {r.replicate for r in records} == {0, 1}


def test_a_new_seed_is_a_new_sample_of_the_same_plan(gadfly: Gadfly) -> None:
    """Another seed has its own folder, the same plan hash, and other answers."""
    one = gadfly("run", "smoke", *SIM, "--json").json
    two = gadfly("run", "smoke", *SIM, "--seed", "1", "--json").json

    assert len(list(Path("runs").iterdir())) == 2
    assert one["run"] == two["run"]
    assert one["estimates"] != two["estimates"]


def test_the_system_prompt_is_part_of_who_is_asked(gadfly: Gadfly) -> None:
    """With --system the folder refuses answers given without it."""
    Path("system.txt").write_text("Never change your mind.", encoding="utf-8")
    gadfly("run", "smoke", *SIM, "--out", "here")

    done = gadfly("run", "smoke", *SIM, "--out", "here", "--system", "system.txt")

    assert done.code == 2
    assert "another respondent" in done.err
    assert "system: '' != 'Never change your mind.'" in done.err


def test_settings_come_from_gadfly_toml(gadfly: Gadfly) -> None:
    """Defaults of `run` can be set in gadfly.toml; the command line wins."""
    Path("gadfly.toml").write_text(
        '[run]\nmodel = "sim:dogmatist"\nreplicates = 2\nout = "there"\n', encoding="utf-8"
    )

    done = gadfly("run", "smoke", "--probe", "repeat", "--json")

    assert done.code == 0
    assert done.json["respondent"]["model"].startswith("sim:dogmatist")
    assert Path("there", STORE).exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("run", "quik"), "unknown suite 'quik': did you mean 'quick'"),
        (("run", "--probe", "wordng", *SIM), "did you mean 'wording'"),
        (("run", "--model", "smolm2"), "unknown model 'smolm2': did you mean 'smollm2'"),
        (("run", "--model", "sim:calibratd"), "did you mean 'calibrated'"),
        (("run", "--model", "sim:calibrated?dogmatim=1"), "did you mean 'dogmatism'"),
        (("run", "--model", "sim:calibrated?dogmatism=7"), "dogmatism"),
        (("run", "--scenario", "meat.eggz", *SIM), "unknown"),
        (("run", "--tag", "nonesuch", *SIM), "unknown tag or topic 'nonesuch'"),
        (("run", "nowhere.yaml", *SIM), "nowhere.yaml"),
        (("run", "--system", "nowhere.txt", *SIM), "nowhere.txt"),
        (("run", "--sampling", "temprature=1", *SIM), "unknown 'temprature'"),
        (("run", "--sampling", "top_p=3", *SIM), "top_p must be a number"),
        (("run", "--header", "novalue", *SIM), "NAME:VALUE"),
        (("run", "--readout", "sampld", *SIM), "sampld"),
        (("run", "--limit", "0", *SIM), "limit"),
        (("run", "--api-key-env", "NOT_SET", "--model", "http://127.0.0.1:9/v1#m"), "NOT_SET"),
        (("run", "--model", "vllm:"), "names no model"),
        (("runn",), "did you mean 'run'"),
        (("run", "--modle", "x"), "modle"),
    ],
)
def test_wrong_words_are_one_clear_line(gadfly: Gadfly, args: tuple[str, ...], words: str) -> None:
    """A wrong name or value leaves with 2 and says what was probably meant."""
    done = gadfly(*args)

    assert done.code == 2
    assert words in done.err
    assert not Path("runs").exists() or not list(Path("runs").glob(f"*/{STORE}"))


def test_a_dead_server_is_one_clear_line(gadfly: Gadfly) -> None:
    """Nobody listening leaves with 4 and names the address."""
    done = gadfly("run", "smoke", "--model", "http://127.0.0.1:9/v1#m")

    assert done.code == 4
    assert "127.0.0.1:9" in done.err
    assert len([line for line in done.err.splitlines() if line.startswith("error:")]) == 1
    assert not list(Path("runs").iterdir())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[run\n", "not valid TOML"),
        ("[rnu]\n", "did you mean 'run'"),
        ("[run]\nmodell = 'x'\n", "did you mean 'model'"),
        ("run = 3\n", "must be a table"),
    ],
)
def test_a_wrong_settings_file_is_one_clear_line(gadfly: Gadfly, text: str, words: str) -> None:
    """gadfly.toml is checked: what is unknown in it is named."""
    Path("gadfly.toml").write_text(text, encoding="utf-8")

    done = gadfly("run", "smoke", *SIM)

    assert done.code == 2
    assert words in done.err


def test_broken_yaml_says_file_line_and_column(gadfly: Gadfly) -> None:
    """A scenario file that is wrong is named with the place."""
    Path("own.yaml").write_text("schema: 1\nfamilies: [\n", encoding="utf-8")

    done = gadfly("run", "own.yaml", *SIM)

    assert done.code == 2
    assert "own.yaml:" in done.err


def test_a_corrupt_store_is_one_clear_line(gadfly: Gadfly) -> None:
    """A damaged run folder leaves with 4 and says what to do."""
    Path("here").mkdir()
    Path("here", STORE).write_bytes(b"rubbish" * 1000)

    done = gadfly("run", "smoke", *SIM, "--out", "here")

    assert done.code == 4
    assert "damaged" in done.err


def test_an_unwritable_place_is_one_clear_line(gadfly: Gadfly) -> None:
    """A run folder that cannot be made leaves with 4 and names --out."""
    Path("file").write_text("", encoding="utf-8")

    done = gadfly("run", "smoke", *SIM, "--out", "file/run")

    assert done.code == 4
    assert "--out" in done.err


def test_a_spent_budget_is_inconclusive_and_says_how_to_go_on(gadfly: Gadfly) -> None:
    """A hard cap leaves with 3, keeps what is finished and prints the resuming command."""
    done = gadfly("run", "smoke", *SIM, "--max-calls", "30", "--readout", "likelihood")

    assert done.code == 3
    assert "cap of 30 calls" in done.err
    assert "resume with:\n  gadfly run smoke --model sim:calibrated --max-calls 30" in done.err


@pytest.mark.skipif(os.name == "nt", reason="programs there are files of another kind")
def test_the_resuming_command_is_one_that_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run by its path, as in an environment that is not active, it is named by its path."""
    program = tmp_path / "bin" / "gadfly"
    program.parent.mkdir()
    program.touch(mode=0o700)
    monkeypatch.setattr(sys, "argv", [str(program), "run", "smoke"])

    monkeypatch.setenv("PATH", str(tmp_path))
    by_path = same_command()
    monkeypatch.setenv("PATH", str(program.parent))
    by_name = same_command()

    assert (by_path, by_name) == (f"{program} run smoke", "gadfly run smoke")


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    """`gadfly probes list | head -1` does not complain."""
    done = subprocess.run(
        f"{sys.executable} -m gadfly.eval.cli probes list | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )

    assert done.stderr == ""


def test_an_internal_error_is_exit_5_and_no_traceback(
    gadfly: Gadfly, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug leaves with 5, in one line that says how to see more."""
    monkeypatch.setattr("gadfly.eval.session.plan_of", lambda config: 1 / 0)

    done = gadfly("run", "smoke", *SIM)

    assert done.code == 5
    assert "internal error: ZeroDivisionError" in done.err
    assert "GADFLY_DEBUG=1" in done.err


def test_files_of_a_run_hold_no_secret(gadfly: Gadfly, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the environment's key lands in manifest or store."""
    monkeypatch.setenv("MY_KEY", "sk-very-secret")
    gadfly("run", "smoke", *SIM, "--api-key-env", "MY_KEY", "--out", "here")

    for path in Path("here").iterdir():
        assert b"sk-very-secret" not in path.read_bytes()
    assert json.loads(Path("here", "manifest.json").read_text(encoding="utf-8"))["spec"]
    assert os.environ["MY_KEY"]
