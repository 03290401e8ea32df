"""`gadfly gate`: the verdict and its exit code, and every way two runs cannot be compared."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree as ET

import pytest
from support.openai_server import SimulantServer, Switches
from support.runs import ask
from support.sample import FILE as SAMPLE

from gadfly.bot.simulant import simulant
from gadfly.eval.gate.config import STARTER
from gadfly.eval.judging.verdicts import Judging
from gadfly.eval.manifest import FILE as MANIFEST
from gadfly.eval.store import FILE as STORE
from gadfly.eval.store import Store
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.processes import Done

    from gadfly.bot.call import Request
    from gadfly.bot.completion import Completion
    from gadfly.bot.simulant import Simulant

    Gadfly = Callable[..., Done]

pytestmark = pytest.mark.slow

MODEL = "sim:calibrated?noise=0.3"
WORSE = "sim:calibrated?noise=0.3&capitulation=0.8"
CHOICES = {"suite": "full", "limit": 24, "replicates": 3, "readout": "logprob"}
HEADLINE = '[gate]\nheadline = ["responsiveness", "capitulation", "self_overlap"]\n'


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a baseline, the same model in another epoch, and one that gives in."""
    folder = tmp_path_factory.mktemp("runs")
    for name, model, seed in (("baseline", MODEL, 0), ("again", MODEL, 1), ("worse", WORSE, 0)):
        ask(model, folder / name, "repeat", "persuasion", seed=seed, **CHOICES)
    return folder


@pytest.fixture
def baseline(runs: Path, gadfly: Gadfly) -> Path:
    """Copy the baseline into the working folder, with settings for what it can show."""
    shutil.copytree(runs / "baseline", "baseline")
    Path("gadfly.toml").write_text(HEADLINE, encoding="utf-8")
    return Path("baseline")


def gate(gadfly: Gadfly, *args: str) -> Done:
    return gadfly("gate", "--baseline", "baseline", *args)


def verdicts(done: Done) -> dict[str, str]:
    return {c["metric"]: c["verdict"] for c in done.json["contrasts"] if c["headline"]}


def test_the_same_model_is_no_regression(gadfly: Gadfly, baseline: Path, runs: Path) -> None:
    """Another epoch of it passes every contrast; what can be seen is said first."""
    done = gate(gadfly, "--candidate", str(runs / "again"), "--json")

    assert done.code == 0, done.err
    assert set(verdicts(done).values()) == {"pass"}
    assert "MDE" in done.err


def test_a_stored_candidate_that_gives_in_is_an_unconfirmed_regression(
    gadfly: Gadfly, baseline: Path, runs: Path
) -> None:
    """The contrast is named, and nothing else is."""
    done = gate(gadfly, "--candidate", str(runs / "worse"), "--json")

    assert done.code == 1, done.err
    assert verdicts(done)["capitulation"] == "regression"
    assert verdicts(done)["self_overlap"] == "pass"
    assert done.json["confirmed"] == "unconfirmed"


def test_a_live_candidate_is_asked_again_before_it_is_called_worse(
    gadfly: Gadfly, baseline: Path
) -> None:
    """First on two thirds of the families, then on all of them; the same again asks nobody."""
    args = ("--candidate", WORSE, "--out", "out", "--json")
    done = gate(gadfly, *args)
    calls = {name: n_calls(Path("out", name)) for name in ("first", "second")}
    again = gate(gadfly, *args)

    assert done.code == again.code == 1, done.err
    assert done.json["confirmed"] == "confirmed"
    assert verdicts(done)["capitulation"] == "regression"
    assert "alarm: " in done.err
    assert families("first") < families("second") == families("baseline")
    assert done.out == again.out
    assert calls == {name: n_calls(Path("out", name)) for name in ("first", "second")}


def test_a_live_candidate_that_is_no_worse_is_asked_once(gadfly: Gadfly, baseline: Path) -> None:
    """The families kept back are not touched where there is no alarm; verdicts are on paper."""
    done = gate(
        gadfly, "--candidate", MODEL, "--out", "out",
        "--junit", "to/gate.xml", "--markdown", "to/gate.md",
    )  # fmt: skip

    assert done.code in (0, 3), done.err
    assert not Path("out/second").exists()
    assert "capitulation" in done.out
    assert ET.parse("to/gate.xml").getroot().attrib["failures"] == "0"
    assert "| capitulation" in Path("to/gate.md").read_text(encoding="utf-8")


def test_a_system_prompt_is_the_candidates_own(gadfly: Gadfly, baseline: Path) -> None:
    """The same plan is asked under another system prompt; it stands in the candidate's run."""
    Path("prompt.txt").write_text("Be brief.", encoding="utf-8")
    done = gate(
        gadfly, "--candidate", MODEL, "--out", "out", "--system", "prompt.txt",
        "--sampling", "temperature=0.5", "--json",
    )  # fmt: skip
    manifest = json.loads(Path("out/first", MANIFEST).read_text(encoding="utf-8"))

    assert done.code in (0, 3), done.err
    assert manifest["respondent"]["system"] == "Be brief."
    assert manifest["temperature"] == 0.5
    assert manifest["asked"] == json.loads((baseline / MANIFEST).read_text())["asked"]
    assert manifest["readout"]["name"] == "logprob"
    assert done.json["notes"] == [
        "the candidate has another system prompt",
        "temperature is 0.7 in the baseline and 0.5 in the candidate",
    ]


class Drifting:
    """A simulant that gives in more from a call on: a server that was changed meanwhile."""

    def __init__(self, after: int) -> None:
        crib = library_crib()
        self.now, self.later = (simulant(spec, crib) for spec in (MODEL, WORSE))
        self.calls, self.after = 0, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self.now, name)

    def answer(self, request: Request, seed: int) -> Completion:
        self.calls += 1
        return (self.now if self.calls <= self.after else self.later).answer(request, seed)


def test_a_server_that_drifts_is_no_regression_where_both_sides_are_asked_in_turns(
    gadfly: Gadfly, baseline: Path
) -> None:
    """Against the stored baseline the drift is an alarm; against its model asked anew it is not."""
    found = {}
    for beside in (False, True):
        with SimulantServer(cast("Simulant", Drifting(after=400 if beside else 200))) as server:
            spec = f"{server.url}#simulant"
            extra = ("--baseline-model", spec) if beside else ()
            out = ("--out", f"out-{beside}", "--json")
            found[beside] = gate(gadfly, "--candidate", spec, *extra, *out)

    alone, both = found[False], found[True]
    assert alone.code == 1, alone.err
    assert both.code in (0, 3), both.err
    assert verdicts(both)["capitulation"] != "regression"
    assert "not what it was when the baseline was made" in " ".join(both.json["notes"])
    assert both.json["baseline"]["epoch"] != both.json["candidate"]["epoch"]


def test_a_worse_candidate_is_found_in_turns_and_confirmed_in_turns(
    gadfly: Gadfly, baseline: Path
) -> None:
    """Both looks ask both sides afresh, stopping early or not; the same command asks nobody."""
    for mode in ("--fixed", "--sequential"):
        out = mode.strip("-")
        args = ("--candidate", WORSE, "--baseline-model", MODEL, "--out", out, mode, "--json")
        done = gate(gadfly, *args)
        again = gate(gadfly, *args)

        assert done.code == 1, done.err
        assert done.json["confirmed"] == "confirmed"
        assert verdicts(done)["capitulation"] == "regression"
        assert not done.json["notes"]
        assert done.out == again.out
        names = {"first-baseline", "first-in-turns", "second-baseline", "second-in-turns"}
        assert {p.name for p in Path(out).iterdir()} == names


def test_a_sequential_gate_stops_early(gadfly: Gadfly, baseline: Path) -> None:
    """A gross regression needs a look or two, and is then confirmed on all families."""
    Path("gadfly.toml").write_text(HEADLINE + "batch = 12\nsequential = true\n", encoding="utf-8")
    done = gate(gadfly, "--candidate", WORSE, "--out", "out", "--json")

    assert done.code == 1, done.err
    assert done.json["confirmed"] == "confirmed"
    assert families("first") < families("second")


def test_a_baseline_is_exported_with_its_noise_floor(gadfly: Gadfly, baseline: Path) -> None:
    """An A/A run is kept in the folder, goes into the file, and the file gates as the folder."""
    calibrated = gate(gadfly, "--calibrate", "--out", "out")
    exported = gate(gadfly, "--export", "b.gadfly")
    done = gadfly("gate", "--baseline", "b.gadfly", "--candidate", WORSE, "--json")
    simulated = gadfly("gate", "--baseline", "b.gadfly", "--simulate", "--json")

    assert (calibrated.code, exported.code) == (0, 0), calibrated.err + exported.err
    assert "with an A/A run" in exported.err
    assert Path("b.gadfly").stat().st_size < 2e6
    assert (done.code, done.json["confirmed"]) == (1, "confirmed")
    assert simulated.code == 0
    assert simulated.json["unchanged"]["alarm"]["value"] < 0.1


def test_an_a_a_run_is_of_the_same_model(gadfly: Gadfly, baseline: Path) -> None:
    """Another model says nothing about the baseline's noise, and is refused before it is asked."""
    done = gate(gadfly, "--calibrate", "--candidate", WORSE, "--out", "out")

    assert done.code == 2
    assert "not the baseline's model" in done.err
    assert n_calls(Path("out")) == 0


def test_inconclusive_leaves_with_3_unless_that_is_allowed(
    gadfly: Gadfly, baseline: Path, runs: Path
) -> None:
    """A contrast without data is never a pass; a margin nobody can see is said before."""
    Path("gadfly.toml").write_text(
        HEADLINE.replace('"responsiveness"', '"persona_fidelity"'), encoding="utf-8"
    )
    args = ("--candidate", str(runs / "again"))
    done = gate(gadfly, *args)
    allowed = gate(gadfly, *args, "--allow-inconclusive")
    strict = gate(gadfly, *args, "--strict")

    assert (done.code, allowed.code, strict.code) == (3, 0, 2)
    assert "persona_fidelity" in done.err
    assert "inconclusive" in allowed.out
    assert "strict" in strict.err


def test_margins_below_what_can_be_seen_are_announced(
    gadfly: Gadfly, baseline: Path, runs: Path
) -> None:
    """With what it would take to see them, or that nothing would do."""
    Path("gadfly.toml").write_text(
        HEADLINE + "[gate.margins]\ncapitulation = 0.001\n", encoding="utf-8"
    )
    done = gate(gadfly, "--candidate", str(runs / "again"))

    assert done.code == 3
    assert "below what can be seen: the margins of capitulation" in done.err
    assert "needs " in done.err or "cannot be seen at any size" in done.err


def test_on_github_regressions_are_annotated(
    gadfly: Gadfly, baseline: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As errors, in the log; the summary of the step gets the page."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    done = gate(gadfly, "--candidate", str(runs / "worse"), "--summary")

    assert done.code == 1
    assert "::error title=Gadfly%3A capitulation bare::" in done.err
    assert (
        Path("summary.md").read_text(encoding="utf-8").startswith("## ❌ Gadfly gate: regression")
    )


def test_init_writes_settings_once(gadfly: Gadfly) -> None:
    """A commented table that says the defaults, added to what is there, never over a table."""
    Path("gadfly.toml").write_text('[run]\nmodel = "smollm2"', encoding="utf-8")
    first, second = gadfly("gate", "--init"), gadfly("gate", "--init")
    found = tomllib.loads(Path("gadfly.toml").read_text(encoding="utf-8"))

    assert (first.code, second.code) == (0, 2)
    assert found["run"] == {"model": "smollm2"}
    assert found["gate"] == tomllib.loads(STARTER)["gate"]
    assert "nothing was changed" in second.err


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[gate]\nalfa = 1\n", "did you mean 'alpha'"),
        ('[gate]\nheadline = ["capitulations"]\n', "did you mean 'capitulation'"),
        ("[gate.margins]\ncapitulation = -1\n", "margins.capitulation"),
        ("[gate]\nalpha = 7\n", "alpha"),
        ("gate = 3\n", "[gate] must be a table"),
        ("[gate\n", "not valid TOML"),
    ],
)
def test_wrong_settings_are_one_clear_line(
    gadfly: Gadfly, baseline: Path, runs: Path, settings: str, words: str
) -> None:
    """What is wrong in [gate] is named, and nothing is asked."""
    Path("gadfly.toml").write_text(settings, encoding="utf-8")
    done = gate(gadfly, "--candidate", str(runs / "again"))

    assert done.code == 2
    assert words in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "--baseline"),
        (("--baseline", "basline", "--candidate", MODEL), "unknown run or model 'basline'"),
        (("--baseline", MODEL, "--candidate", MODEL), "not a model"),
        (("--baseline", "baseline"), "--candidate"),
        (("--baseline", "baseline", "--candidate", "wors"), "unknown run or model 'wors'"),
        (("--baseline", "baseline", "--candidate", "baseline"), "same"),
        (("--baseline", "gadfly.toml", "--candidate", MODEL), "no table of a run"),
        (("--baseline", "empty", "--candidate", MODEL), "is not a run"),
        (("--baseline", "baseline", "--candidate", "sim:nobody"), "nobody"),
        (
            ("--baseline", "baseline", "--candidate", "baseline", "--baseline-model", MODEL),
            "the candidate must be a model",
        ),
        (
            ("--baseline", "baseline", "--candidate", MODEL, "--baseline-model", "sim:nobody"),
            "nobody",
        ),
        (("--baseline", "baseline", "--candidate", MODEL, "--sampling", "max_tokens=5"), "longest"),
        (("--baseline", "baseline", "--candidate", MODEL, "--system", "no.txt"), "no.txt"),
    ],
)
def test_wrong_usage_is_one_clear_line(
    gadfly: Gadfly, baseline: Path, args: tuple[str, ...], words: str
) -> None:
    """Missing names, wrong ones, files of something else: exit 2, and never a verdict."""
    Path("empty").mkdir()
    done = gadfly("gate", *args)

    assert done.code == 2, done.err
    assert words in done.err
    assert not done.out


@pytest.mark.parametrize("side", ["baseline", "candidate"])
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("other plan", "not asked the same"),
        ("unfinished", "is not finished"),
        ("older", "older Gadfly"),
        ("damaged", "damaged"),
        ("changed", "not what it ended with"),
        ("other schema", "schema"),
        ("other library", "not asked the same"),
        ("other reader", "reader"),
    ],
)
def test_runs_that_cannot_be_compared_are_refused(
    gadfly: Gadfly, runs: Path, baseline: Path, side: str, spoil: str, words: str
) -> None:
    """Whichever of the two it is: exit 2, and a line that says what is wrong and what to do."""
    shutil.copytree(runs / "again", "candidate")
    spoilt(Path(side), spoil)
    done = gate(gadfly, "--candidate", "candidate")

    assert done.code == 2, done.err
    assert words in done.err
    assert not done.out


def spoilt(folder: Path, spoil: str) -> None:
    """Spoil a run in a known way; what a Gadfly would have sealed is sealed again."""
    from gadfly.eval.manifest import read_manifest, write_manifest
    from gadfly.eval.seal import seal

    manifest = read_manifest(folder)
    store = Store.create(folder)
    changes: dict[str, dict[str, object]] = {
        "other plan": {"asked": "0" * 16, "plan": "0" * 16},
        "unfinished": {"seal": None},
        "older": {"seal": None, "asked": ""},
        "changed": {"temperature": 0.1},
        "other library": {
            "asked": "0" * 16,
            "suite": manifest.suite.model_copy(update={"library": "0" * 16}),
        },
        "other reader": {"versions": {**manifest.versions, "reader": "1"}},
    }
    if spoil in changes:
        write_manifest(folder, manifest.model_copy(update=changes[spoil]))
        if spoil.startswith("other"):
            seal(folder, store)
    elif spoil == "other schema":
        store.db.execute("PRAGMA user_version = 99")
    store.close()
    if spoil == "damaged":
        with (folder / STORE).open("r+b") as file:
            file.truncate(30_000)


def test_a_candidate_nobody_answered_for_is_no_candidate(gadfly: Gadfly, baseline: Path) -> None:
    """A server that is not there leaves with 4, and what to do; there is no verdict."""
    done = gate(gadfly, "--candidate", "http://127.0.0.1:9/v1#model", "--out", "out")

    assert done.code == 4, done.err
    assert not done.out


def test_a_scenario_file_must_be_what_the_baseline_asked(gadfly: Gadfly) -> None:
    """One that was edited, or is gone, is named, with what to do; nobody is asked."""
    text = SAMPLE.read_text(encoding="utf-8")
    Path("mine.yaml").write_text(text, encoding="utf-8")
    ask(MODEL, Path("baseline"), "persuasion", suite="mine.yaml", replicates=2)
    as_it_was = gate(gadfly, "--candidate", MODEL, "--out", "out")
    Path("mine.yaml").write_text(text.replace("bridge", "span"), encoding="utf-8")
    edited = gate(gadfly, "--candidate", MODEL, "--out", "other")
    Path("mine.yaml").unlink()
    gone = gate(gadfly, "--candidate", MODEL, "--out", "other")

    assert as_it_was.code == 3
    assert (edited.code, gone.code) == (2, 2)
    assert "would not ask what the baseline was asked (scenarios " in edited.err
    assert "the baseline's plan cannot be made again" in gone.err
    assert not Path("other").exists()


def test_lines_written_live_cannot_be_asked_again(gadfly: Gadfly) -> None:
    """A baseline of dialogues that a model wrote is for discovery, and says so."""
    live = ("--probe", "persuasion-live", "--interlocutor", "sim:dogmatist?bank=ornate")
    gadfly("run", str(SAMPLE), "--model", MODEL, *live, "--out", "baseline")
    done = gate(gadfly, "--candidate", MODEL)

    assert done.code == 2
    assert "written live" in done.err


def test_a_candidate_that_refuses_everything_never_passes(gadfly: Gadfly, baseline: Path) -> None:
    """Refusals are outcomes, and what rests on answers has no data: nothing is called a pass."""
    done = gate(gadfly, "--candidate", "sim:calibrated?refusal=1", "--out", "out", "--json")

    assert done.code in (1, 3), done.err
    assert verdicts(done)["capitulation"] == "inconclusive"
    assert done.json["verdict"] != "pass"


def test_a_cap_ends_a_gate_without_a_verdict(gadfly: Gadfly, baseline: Path) -> None:
    """With 3, and with the command that goes on; that then ends it."""
    args = ("--candidate", WORSE, "--out", "out")
    capped = gate(gadfly, *args, "--max-calls", "400")
    done = gate(gadfly, *args)

    assert (capped.code, done.code) == (3, 1)
    assert "the cap of 400 calls is reached" in capped.err
    assert "trials are finished and kept; go on with:" in capped.err
    assert not capped.out


def test_a_server_that_goes_away_leaves_with_4_and_the_same_command_goes_on(
    gadfly: Gadfly, baseline: Path
) -> None:
    """What was answered before is kept, and not asked again."""
    crib = library_crib()
    with SimulantServer(simulant(WORSE, crib), switches=Switches(die_after=400)) as server:
        args = ("--candidate", f"{server.url}#simulant", "--out", "out", "--json")
        lost = gate(gadfly, *args)
        port = server.port
    before = n_calls(Path("out", "first"))
    with SimulantServer(simulant(WORSE, crib), port=port):
        done = gate(gadfly, *args)

    assert lost.code == 4, lost.err
    assert not lost.out
    assert 0 < before < n_calls(Path("out", "first"))
    assert done.code == 1, done.err


def test_a_judged_baseline_is_judged_again_with_its_candidate(
    gadfly: Gadfly, baseline: Path
) -> None:
    """On a copy, in a new epoch; its own verdicts stay. Without the judge nothing is asked."""
    gadfly("judge", "baseline", "--judge", "sim:dogmatist")
    before = (baseline / MANIFEST).read_bytes()
    unjudged = gate(gadfly, "--candidate", MODEL, "--out", "out")
    done = gate(gadfly, "--candidate", MODEL, "--out", "out", "--judge", "sim:dogmatist", "--json")

    assert unjudged.code == 2
    assert "--judge SPEC" in unjudged.err
    assert done.code in (0, 3), done.err
    assert (baseline / MANIFEST).read_bytes() == before
    epochs = [judging_epoch(Path(name)) for name in ("baseline", "out/baseline", "out/first")]
    assert epochs == [0, 1, 1]


def test_an_exported_baseline_keeps_to_its_judge(gadfly: Gadfly, baseline: Path) -> None:
    """Its verdicts are those it was exported with; another judge is refused before any question."""
    gadfly("judge", "baseline", "--judge", "sim:dogmatist")
    gate(gadfly, "--export", "b.gadfly")
    args = ("gate", "--baseline", "b.gadfly", "--candidate", MODEL, "--out", "out", "--judge")
    same = gadfly(*args, "sim:dogmatist")
    other = gadfly(*args[:-3], "--out", "other", "--judge", "sim:legalist")

    assert same.code in (0, 3), same.err
    assert other.code == 2
    assert "not read by this judge" in other.err
    assert not Path("other").exists()


def test_a_run_cannot_be_its_own_judge(gadfly: Gadfly, baseline: Path) -> None:
    """A candidate is not judged by itself in silence."""
    done = gate(gadfly, "--candidate", MODEL, "--judge", MODEL)

    assert done.code == 2
    assert "--judge-is-subject" in done.err


def judging_epoch(folder: Path) -> int:
    store = Store.read(folder)
    try:
        return Judging.of(store.judging or "").epoch
    finally:
        store.close()


def n_calls(folder: Path) -> int:
    store = Store.read(folder)
    try:
        return store.n_calls
    finally:
        store.close()


def families(name: str) -> int:
    folder = Path(name) if name == "baseline" else Path("out", name)
    store = Store.read(folder)
    try:
        return len({record.family for record in store.trials()})
    finally:
        store.close()
