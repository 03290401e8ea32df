"""The commands that show things: report, show, scenarios, probes, models, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.openai_server import SimulantServer, Switches
from support.sample import FILE as SAMPLE

from gadfly.bot.simulant import simulant
from gadfly.eval.store import Store
from gadfly.probes.catalogue import PROBES
from gadfly.scenarios.catalogue import library
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.processes import Done

    Gadfly = Callable[..., Done]

SIM = ("--model", "sim:calibrated")


@pytest.fixture
def run(gadfly: Gadfly) -> Path:
    """A finished smoke run in ./here."""
    assert gadfly("run", "smoke", *SIM, "--out", "here").code == 0
    return Path("here")


def first_key(folder: Path, arm: str) -> str:
    store = Store.read(folder)
    key = next(r.key for r in store.trials() if r.arm == arm)
    store.close()
    return key


def test_report_prints_what_run_printed(gadfly: Gadfly) -> None:
    """The latest run under ./runs is reported again, the same."""
    first = gadfly("run", "smoke", *SIM)

    again = gadfly("report")

    assert again.code == 0
    assert again.out == first.out


def test_report_finds_a_run_by_name_and_suggests_near_ones(gadfly: Gadfly) -> None:
    """A name under ./runs is enough; a misspelt one is answered with near names."""
    gadfly("run", "smoke", *SIM)
    name = next(Path("runs").iterdir()).name

    assert gadfly("report", name, "--json").json["schema"] == 1
    wrong = gadfly("report", name.replace("smoke", "smoek"))
    assert wrong.code == 2
    assert f"did you mean '{name}'" in wrong.err


def test_report_without_any_run_says_how_to_start_one(gadfly: Gadfly) -> None:
    """An empty folder is answered with the command that fills it."""
    done = gadfly("report")

    assert done.code == 2
    assert "gadfly run" in done.err


def test_report_all_has_a_row_for_every_detail(gadfly: Gadfly, run: Path) -> None:
    """`--all` prints more rows than the plain report."""
    plain, everything = gadfly("report", str(run)), gadfly("report", str(run), "--all")

    assert len(everything.out.splitlines()) > len(plain.out.splitlines())


@pytest.mark.parametrize(
    ("damage", "code", "words"),
    [
        (lambda f: f.joinpath("manifest.json").unlink(), 2, "is not a run"),
        (lambda f: f.joinpath("manifest.json").write_text("{", encoding="utf-8"), 4, "manifest"),
        (lambda f: f.joinpath("manifest.json").write_bytes(b"\xff\xfe"), 4, "manifest"),
        (lambda f: f.joinpath("store.sqlite").unlink(), 2, "is not a run"),
        (lambda f: f.joinpath("store.sqlite").write_bytes(b"x" * 5000), 4, "damaged"),
    ],
)
def test_a_damaged_run_is_one_clear_line(
    gadfly: Gadfly, run: Path, damage: Callable[[Path], object], code: int, words: str
) -> None:
    """Missing or rubbish files are named, with what to do."""
    for extra in ("store.sqlite-wal", "store.sqlite-shm"):
        run.joinpath(extra).unlink(missing_ok=True)
    damage(run)

    done = gadfly("report", str(run))

    assert done.code == code
    assert words in done.err


def test_show_lists_trials_and_prints_one(gadfly: Gadfly, run: Path) -> None:
    """The list names every trial's key; a key prints the dialogue with reads off the record."""
    listed = gadfly("show", str(run), "--arm", "strong")
    key = first_key(run, "strong")

    shown = gadfly("show", str(run), key[:8])

    assert listed.code == shown.code == 0
    assert key[:10] in listed.out
    assert "arm strong" in shown.out
    assert shown.out.count("GADFLY") == 2
    assert shown.out.count("SUBJECT") == 2
    assert shown.out.count("off the record") == 2
    assert "So I come down on the other side." in shown.out


def test_show_draws_at_random_by_a_stated_seed(gadfly: Gadfly, run: Path) -> None:
    """The same seed draws the same transcripts, and says which seed it was."""
    one, two, other = (
        gadfly("show", str(run), "--random", "2", "--seed", seed) for seed in ("1", "1", "2")
    )

    assert one.out == two.out != other.out
    assert "2 drawn at random with seed 1" in one.out


def test_show_as_json_holds_the_whole_conversation(gadfly: Gadfly, run: Path) -> None:
    """JSON has observations and, per call, messages and reply."""
    key = first_key(run, "placebo")

    (trial,) = gadfly("show", str(run), key, "--json").json["trials"]

    said = [o for o in trial["observations"] if o["kind"] == "said"]
    messages = trial["calls"][said[-1]["calls"][0]]["messages"]
    assert [m["role"] for m in messages] == ["user", "assistant", "user"]
    assert len(gadfly("show", str(run), "--json").json["trials"]) == 48


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("ffffffffff",), "unknown trial"),
        (("--probe", "nothing"), "no trial of this run matches"),
        (("--failed",), "no trial of this run failed"),
        (("--failed", "--arm", "bare"), "no trial of this run matches"),
    ],
)
def test_show_says_what_it_does_not_find(
    gadfly: Gadfly, run: Path, args: tuple[str, ...], words: str
) -> None:
    """An unknown key or an empty filter is one clear line."""
    done = gadfly("show", str(run), *args)

    assert done.code == 2
    assert words in done.err


def test_hostile_replies_do_not_reach_the_terminal(gadfly: Gadfly, run: Path) -> None:
    """Escape sequences in a stored reply are shown as replacement marks."""
    store = Store.create(run)
    with store.db:
        store.db.execute(
            "UPDATE messages SET text = ? WHERE role = 'user'", ("\x1b[2J\x1b]0;own\x07 hello",)
        )
    store.close()

    shown = gadfly("show", str(run), first_key(run, "strong"))

    assert "\x1b" not in shown.out
    assert "\x07" not in shown.out
    assert "hello" in shown.out


def test_scenarios_are_listed_shown_and_checked(gadfly: Gadfly) -> None:
    """List narrows by tag and stratum; show prints a family; check passes a good file."""
    meat = gadfly("scenarios", "list", "--tag", "meat", "--json").json
    listed = gadfly("scenarios", "list", "--stratum", "objective").out
    shown = gadfly("scenarios", "show", "sample.bridge", "--from", str(SAMPLE))
    checked = gadfly("scenarios", "check", str(SAMPLE))

    assert {row["topic"] for row in meat} == {"meat"}
    lines = listed.splitlines()
    assert lines[0].partition("  ")[2].startswith("objective, ")
    assert lines[1].startswith("    ")
    assert all(line == line.rstrip() for line in lines)
    assert lines[-1].partition(",")[0].endswith(" families")
    assert "reversed warrant" in shown.out
    assert "case, illegal, moral gap 3" in shown.out
    assert checked.code == 0
    assert checked.out.endswith("1 file checked: 0 problems, 0 breaches, 0 hints\n")


@pytest.mark.parametrize(
    ("family", "words"),
    [
        ("bridge", "check  How many villagers use the boat?"),
        ("bridge", "A  Five villagers use the worn boat.  (right)"),
        ("bridge", "for A, irrelevant  An engineer built the beam"),
        ("bridge", "for B, strong 3 of 3  A decision like this"),
        ("bridge", "for A, withdrawn  I have to take something back."),
        ("bridge", "personas  utilitarian A, singer A, kantian B"),
        ("bridge", "coherence, not A  (yes = a)  Would it be a mistake"),
        ("bridge", "ladder, obligatory, gravest rung  You can save one other person"),
        ("bridge", "case, legal, moral gap 0, again  At night anyone may cross"),
        ("nonsense", "nonsense  (yes/no is no answer)  How many kilograms does the colour"),
        ("nonsense", "twin  (yes/no is no answer)  How many kilograms does a full bucket"),
        ("fact", "options, the right one first  the thigh bone | the shin bone"),
        ("zorbles", "implied, distance 0  Do zorbles live in lakes?"),
        ("ring", "step by step: 7, 2, 6, 1, 5, 9, 4, 8"),
        ("sweep", "what they are  human beings | dogs"),
    ],
)
def test_show_prints_every_block_of_a_family(gadfly: Gadfly, family: str, words: str) -> None:
    """Whatever a family can be asked by, its texts are printed and named."""
    shown = gadfly("scenarios", "show", f"sample.{family}", "--from", str(SAMPLE))

    assert words in shown.out


def test_the_questions_of_a_family_are_counted(gadfly: Gadfly) -> None:
    """Items count with their twins, cases again and coherence questions by themselves."""
    rows = gadfly("scenarios", "list", "--from", str(SAMPLE), "--json").json
    counts = {row["family"].removeprefix("sample."): row["variants"] for row in rows}
    listed = gadfly("scenarios", "list", "--from", str(SAMPLE))

    # 3 wordings, 2 stories, 3 modalities, 12 rungs in 4 forms, 1 principle, 4 cases and 1 again,
    # 4 questions of coherence.
    assert counts["bridge"] == 3 + 2 + 3 + 12 * 4 + 1 + 4 + 1 + 4
    assert (counts["nonsense"], counts["trick"], counts["fact"], counts["falsehood"]) == (
        2,
        2,
        1,
        1,
    )
    assert (counts["zorbles"], counts["ring"], counts["sweep"]) == (4, 8, 1)
    assert f"{len(rows)} families, {sum(counts.values())} variants" in listed.out
    assert next(r for r in rows if r["family"] == "sample.ring")["blocks"] == ["chain"]


def test_scenarios_are_shown_and_checked_as_json(gadfly: Gadfly) -> None:
    """The whole family comes as JSON; a wrong file's problems come with their places."""
    whole = gadfly("scenarios", "show", "sample.bridge", "--from", str(SAMPLE), "--json").json
    text = SAMPLE.read_text(encoding="utf-8").replace("stratum: contested", "stratum: contestd")
    Path("own.yaml").write_text(text, encoding="utf-8")
    wrong = gadfly("scenarios", "check", "own.yaml", "--json")

    assert whole["ladder"]["benefits"] == [1, 100, 1000000]
    assert whole["arguments"]["a"]["fallacy"] == "reversed warrant"
    assert whole["tags"] == ["meat"]
    assert wrong.code == 2
    assert (wrong.json["problems"][0]["line"], wrong.json["problems"][0]["column"]) == (6, 14)


def test_a_wrong_scenario_file_is_pointed_at(gadfly: Gadfly) -> None:
    """Check leaves with 2 and names file, line, column and what was expected."""
    text = SAMPLE.read_text(encoding="utf-8").replace("stratum: contested", "stratum: contestd")
    Path("own.yaml").write_text(text, encoding="utf-8")

    done = gadfly("scenarios", "check", "own.yaml")

    assert done.code == 2
    assert "own.yaml:6:14:" in done.err
    assert "'contested'" in done.err
    assert gadfly("scenarios", "check", "nowhere").code == 2
    Path("empty").mkdir()
    assert gadfly("scenarios", "check", "empty").code == 2


def test_scenario_schema_is_json_schema(gadfly: Gadfly) -> None:
    """Editors get a JSON Schema."""
    assert "$defs" in gadfly("scenarios", "schema").json


def test_probes_list_has_the_documented_shape(gadfly: Gadfly) -> None:
    """Every probe has its experiments, what it varies, its calls and what it feeds."""
    rows = gadfly("probes", "list", "--json").json

    assert all(
        set(row) == {"name", "experiments", "varies", "calls_per_scenario", "feeds"} for row in rows
    )
    families = library().all
    asked = {p.name for p in PROBES if any(p.arms(s) for s in families)}
    assert {row["name"] for row in rows if row["calls_per_scenario"] > 0} == asked
    experiments = {e for row in rows for e in row["experiments"]}
    numbers = (*range(1, 15), 16, 17, 18, 21)
    assert experiments == {f"E{n}" for n in numbers}
    assert "persuasion" in gadfly("probes", "list").out


def test_every_metric_a_probe_claims_to_feed_exists(gadfly: Gadfly) -> None:
    """`feeds` names metrics that a report of all probes has."""
    report = gadfly("run", str(SAMPLE), *SIM, "--replicates", "2", "--json").json
    known = {e["metric"] for e in report["estimates"]}

    rows = gadfly("probes", "list", "--json").json

    assert {name for row in rows for name in row["feeds"]} <= known


def test_models_says_how_a_model_is_named(gadfly: Gadfly) -> None:
    """Every kind of spec is listed, and every simulant."""
    done = gadfly("models")
    rows = gadfly("models", "--json").json

    assert "vllm:ORG/NAME" in done.out
    assert "sim:sycophant" in done.out
    assert {"calibrated", "dogmatist", "weathervane"} <= set(rows["simulants"])


def test_doctor_looks_at_the_installation(gadfly: Gadfly) -> None:
    """Everything a run needs is looked at; nothing is broken here."""
    done = gadfly("doctor")
    rows = gadfly("doctor", "--json").json["findings"]

    assert done.code == 0
    assert "scenarios: " in done.out
    assert {"Python", "base packages", "cache", "runs", "scenarios"} <= {r["what"] for r in rows}


def test_doctor_tells_what_a_server_can_do(gadfly: Gadfly) -> None:
    """A server without log-probabilities is reachable, and what that costs is said."""
    sim = simulant("sim:calibrated", library_crib())
    switches = Switches(logprobs=False, prompt_logprobs=False)
    with SimulantServer(sim, switches=switches) as server:
        done = gadfly("doctor", f"{server.url}#simulant")

    assert done.code == 0
    assert "limited  label log-probabilities: no" in done.out
    assert "the logprob readout is not to be had" in done.out


def test_doctor_names_a_dead_server(gadfly: Gadfly) -> None:
    """Nobody listening leaves with 4; a broken interpreter for vLLM with 2."""
    dead = gadfly("doctor", "http://127.0.0.1:9/v1")
    broken = gadfly("doctor", "--vllm-python", "/nowhere/python")

    assert dead.code == 4
    assert "BROKEN   model" in dead.out
    assert broken.code == 2
    assert "correct --vllm-python" in broken.out


def test_a_server_without_logprobs_is_sampled_and_says_so(gadfly: Gadfly) -> None:
    """`auto` falls back to sampled at the start, with the reason in the manifest and report."""
    sim = simulant("sim:calibrated", library_crib())
    switches = Switches(logprobs=False, prompt_logprobs=False)
    with SimulantServer(sim, switches=switches) as server:
        done = gadfly("run", "smoke", "--model", f"{server.url}#simulant", "--json")
        forced = gadfly("run", "smoke", "--model", f"{server.url}#simulant", "--readout", "logprob")

    assert done.code == 0
    assert done.json["readout"] == "sampled"
    assert any("log" in note for note in done.json["notes"])
    assert forced.code == 2
    assert "use `--readout sampled`" in forced.err


def test_a_wrong_model_name_lists_what_is_served(gadfly: Gadfly) -> None:
    """A name the server does not host leaves with 2 and names the one it does."""
    sim = simulant("sim:calibrated", library_crib())
    with SimulantServer(sim) as server:
        done = gadfly("run", "smoke", "--model", f"{server.url}#simulnt")

    assert done.code == 2
    assert "simulant" in done.err


@pytest.mark.slow
def test_a_server_that_dies_leaves_finished_work(gadfly: Gadfly) -> None:
    """The run ends with 4, says how to resume, and the resumed run finishes."""
    sim = simulant("sim:calibrated", library_crib())
    args = ("run", "smoke", "--readout", "sampled", "--out", "here", "--timeout", "5")
    with SimulantServer(sim, switches=Switches(die_after=300)) as server:
        address, port = f"{server.url}#simulant", server.port
        died = gadfly(*args, "--model", address)
    with SimulantServer(sim, port=port):
        resumed = gadfly(*args, "--model", address)

    assert died.code == 4
    assert "resume with:" in died.err
    assert resumed.code == 0


def test_serve_refuses_what_vllm_cannot_host(gadfly: Gadfly) -> None:
    """A simulant or an address is nothing to host; a missing vLLM says how to get it."""
    assert gadfly("serve", "sim:calibrated").code == 2
    done = gadfly("serve", "smollm2", "--vllm-python", "/nowhere/python")
    assert done.code == 2
    assert "/nowhere/python" in done.err


def test_bare_gadfly_prints_help(gadfly: Gadfly) -> None:
    """Without a subcommand the help is printed, with every command in it."""
    done = gadfly()

    assert done.code == 0
    for name in ("run", "report", "show", "scenarios", "probes", "models", "serve", "doctor"):
        assert f"  {name} " in done.out
