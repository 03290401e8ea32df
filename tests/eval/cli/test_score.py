"""`gadfly score` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.fault_server import Fault, FaultServer, refused

from gadfly.bot.simulant import simulant
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.processes import Done

    Gadfly = Callable[..., Done]

QUESTION = (
    *("--question", "Should the town close the old bridge?"),
    *("--a", "The town should close the old bridge."),
    *("--b", "The town should keep the old bridge."),
)
THREAD = (
    "Ann: The town should close the old bridge. An engineer measured cracks in the beam.\n\n"
    "Ben: The town should keep the old bridge. The clinic lies across the river.\n\n"
    "Ann: Patients of the clinic can cross the river by ferry.\n"
)


def wide(done: Done) -> str:
    return " ".join(done.out.split())


def test_a_thread_is_printed(gadfly: Gadfly) -> None:
    """Header, turns, one table a speaker, and how to read them, within the terminal."""
    Path("t.txt").write_text(THREAD, encoding="utf-8")

    done = gadfly("score", "t.txt", *QUESTION)

    assert done.code == 0
    assert "side A The town should close the old bridge." in wide(done)
    assert "Ann: 2 turns, 24 words, 1 dialogue" in wide(done)
    assert "responsive 100.0% - 1/1 0 ?" in wide(done)
    assert max(map(len, done.out.splitlines())) <= 100


def test_json_has_speakers_and_turns(gadfly: Gadfly) -> None:
    """The document is versioned, without text or path, and says what each turn came to."""
    Path("t.txt").write_text(THREAD, encoding="utf-8")

    done = gadfly("score", "t.txt", *QUESTION, "--json")

    found = done.json
    assert found["schema"] == 1
    assert [s["speaker"] for s in found["speakers"]] == ["Ann", "Ben"]
    assert [t["side"] for t in found["dialogues"][0]["turns"]] == ["a", "b", None]
    assert found["dialogues"][0]["responsive"] == {"Ann": 1.0, "Ben": 0.0}
    assert found["question"]["yes"] == "a"
    assert "engineer" not in done.out
    assert "t.txt" not in done.out


def test_without_a_question_it_says_what_is_left_out(gadfly: Gadfly) -> None:
    """A note and the reasons say that stances were not scored."""
    Path("t.txt").write_text(THREAD, encoding="utf-8")

    done = gadfly("score", "t.txt")

    assert "No question was stated: stances, and with them moves and flips" in wide(done)
    assert gadfly("score", "t.txt", "--json").json["question"] is None


def test_the_question_may_be_a_family_of_the_library(gadfly: Gadfly) -> None:
    """`--scenario` takes question and statements from there; an unknown id is answered."""
    Path("t.txt").write_text(THREAD, encoding="utf-8")

    done = gadfly("score", "t.txt", "--scenario", "meat.leather", "--json")

    assert done.json["question"]["a"]
    wrong = gadfly("score", "t.txt", "--scenario", "meat.lether")
    assert wrong.code == 2
    assert "meat.leather" in wrong.err


def test_one_speaker_can_be_chosen(gadfly: Gadfly) -> None:
    """A name in any case, or a role by another name; a name nobody has is answered."""
    Path("t.txt").write_text(THREAD, encoding="utf-8")
    record = {"conversations": [{"from": "human", "value": "Hi."}, {"from": "gpt", "value": "Ho."}]}
    Path("s.jsonl").write_text(json.dumps(record), encoding="utf-8")

    chosen = gadfly("score", "t.txt", "--speaker", "BEN", "--json").json

    assert [s["speaker"] for s in chosen["speakers"]] == ["Ben"]
    assert {t["speaker"] for t in chosen["dialogues"][0]["turns"]} == {"Ben"}
    gpt = gadfly("score", "s.jsonl", "--speaker", "gpt", "--json").json
    assert [s["speaker"] for s in gpt["speakers"]] == ["assistant"]
    wrong = gadfly("score", "t.txt", "--speaker", "Bem")
    assert wrong.code == 2
    assert "did you mean 'Ben'" in wrong.err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (QUESTION[:2], "--question, --a and --b go together"),
        ((*QUESTION, "--scenario", "meat.leather"), "not by both"),
        (("--format", "openai"), "t.txt:1:1: not JSON"),
        (("--encoding", "klingon"), "unknown encoding"),
    ],
)
def test_misuse_is_explained(gadfly: Gadfly, args: tuple[str, ...], says: str) -> None:
    """Options that cannot be are errors of usage, with what to do about it."""
    Path("t.txt").write_text(THREAD, encoding="utf-8")

    done = gadfly("score", "t.txt", *args)

    assert done.code == 2
    assert says in done.err


def test_a_broken_line_is_named(gadfly: Gadfly) -> None:
    """Wrong JSON on line 2 is an error that names the file and the line."""
    good = json.dumps({"messages": [{"role": "user", "content": "Hi."}]})
    Path("c.jsonl").write_text(f'{good}\n{{"messages": [,]}}\n', encoding="utf-8")

    done = gadfly("score", "c.jsonl")

    assert done.code == 2
    assert "c.jsonl:2:15: not JSON" in done.err


def test_hostile_text_drives_nothing(gadfly: Gadfly) -> None:
    """Names and words with markup, escapes and surrogates are printed as text, or not at all."""
    name = "[red]\x1b]0;x\x07Eve\u202e[/]"
    messages = [
        {
            "role": "user",
            "name": name,
            "content": "\x1b[2J[bold]close[/bold] \ud800 <script>x</script>",
        },
        {"role": "assistant", "content": "[/]" * 50 + " keep it"},
    ]
    Path("c.jsonl").write_text(json.dumps({"id": name, "messages": messages}), encoding="utf-8")

    done = gadfly("score", "c.jsonl", *QUESTION, "--all")
    as_json = gadfly("score", "c.jsonl", *QUESTION, "--json")

    assert done.code == as_json.code == 0
    for sign in ("\x1b", "\x07", "\u202e"):
        assert sign not in done.out + as_json.out
    assert "[red]" in done.out
    assert [s["speaker"] for s in as_json.json["speakers"]] == ["[red]Eve[/]", "assistant"]


def test_a_judge_reads_what_the_rules_are_unsure_of(gadfly: Gadfly) -> None:
    """Its side stands where there was none, and what is kept is not asked for again."""
    Path("t.txt").write_text(THREAD, encoding="utf-8")
    alone = gadfly("score", "t.txt", *QUESTION, "--json").json
    command = ("score", "t.txt", *QUESTION, "--judge", "sim:calibrated", "--keep", "kept", "--json")
    first, second = gadfly(*command), gadfly(*command)

    assert alone["judging"]["judge"] is None
    assert alone["judging"]["unsure"] == 1
    assert first.code == second.code == 0
    assert first.json["judging"]["judged"] == 1
    assert [t["rule"] for t in first.json["dialogues"][0]["turns"]][2] == "judge"
    assert first.json == second.json
    assert "(0 calls)" in second.err
    assert "(0 calls)" not in first.err


def test_without_a_folder_nothing_is_left_behind(gadfly: Gadfly) -> None:
    """What the judge said is gone, and the next time it is asked again."""
    Path("t.txt").write_text(THREAD, encoding="utf-8")
    command = ("score", "t.txt", *QUESTION, "--judge", "sim:calibrated")
    done = [gadfly(*command) for _ in range(2)]

    assert done[0].out == done[1].out
    assert "(0 calls)" not in done[1].err
    assert [path.name for path in Path().iterdir()] == ["t.txt"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--judge", "sim:calibrated"), "state the question"),
        ((*QUESTION, "--keep", "kept"), "name one with --judge SPEC"),
        ((*QUESTION, "--judge", "nobody"), "unknown model 'nobody'"),
    ],
)
def test_a_judge_that_cannot_be_asked_is_refused(
    gadfly: Gadfly, options: tuple[str, ...], told: str
) -> None:
    """Before anything is asked or made."""
    Path("t.txt").write_text(THREAD, encoding="utf-8")
    done = gadfly("score", "t.txt", *options)

    assert done.code == 2
    assert told in done.err
    assert [path.name for path in Path().iterdir()] == ["t.txt"]


def test_a_run_is_no_folder_to_keep_verdicts_on_dialogues_in(gadfly: Gadfly) -> None:
    """Its own judging would be put aside by them."""
    Path("t.txt").write_text(THREAD, encoding="utf-8")
    gadfly("run", "smoke", "--model", "sim:calibrated", "--limit", "1", "--out", "run")
    done = gadfly("score", "t.txt", *QUESTION, "--judge", "sim:calibrated", "--keep", "run")

    assert done.code == 2
    assert "'run' holds a run" in done.err


def test_a_judge_that_fails_leaves_the_rules_reading(gadfly: Gadfly) -> None:
    """The scores are printed all the same, 4 says that some are missing, and a retry adds them."""
    Path("t.txt").write_text(THREAD, encoding="utf-8")
    fault = Fault(
        misdeed=refused(400, "too long"), due=lambda _, body: "by ferry" in json.dumps(body)
    )
    with FaultServer(simulant("sim:calibrated", library_crib()), fault) as server:
        command = ("score", "t.txt", *QUESTION, "--judge", f"{server.url}#simulant", "--json")
        lost = gadfly(*command)
        kept = gadfly(*command, "--keep", "kept")
        server.fault = None
        whole = gadfly(*command, "--keep", "kept")

    assert lost.code == kept.code == 4
    assert lost.json["judging"]["judged"] == 0
    assert [t["side"] for t in lost.json["dialogues"][0]["turns"]] == ["a", "b", None]
    assert "1 of them have no verdict: " in lost.err
    assert "too long" in lost.err
    assert "tries only these again" not in lost.err
    assert "tries only these again" in kept.err
    assert whole.code == 0
    assert whole.json["judging"]["judged"] == 1
