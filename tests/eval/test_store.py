"""The store: what is committed stays, what is damaged is said, one process writes."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.call import Call, Sampling, ask_reply, ask_score
from gadfly.bot.completion import Completion, Usage
from gadfly.bot.errors import ConfigError, IdentityError, StoreError
from gadfly.bot.identity import Identity
from gadfly.bot.message import opening
from gadfly.bot.proposition import Proposition
from gadfly.bot.stance import Cell, Reading, Stance, said
from gadfly.eval.record import Exchange, Failure, Observed, TrialRecord
from gadfly.eval.store import FILE, Store
from gadfly.eval.stored import read_proposition

if TYPE_CHECKING:
    from pathlib import Path

ME = Identity(model="sim:test")


def call(text: str, *, replicate: int = 0, draw: int = 0) -> Call:
    thread = opening("Be kind.").says("Is it so?").hears("Perhaps.").says(text)
    return Call(request=ask_reply(thread, Sampling()), replicate=replicate, draw=draw).keyed(ME)


def record(key: str = "ab" * 16, *, failure: Failure | None = None) -> TrialRecord:
    read = Reading(
        readout="likelihood",
        outcome="answered",
        stance=Stance(0.25, 0.25, 0.75),
        shares={"answered": 1.0},
        cells=(Cell(wording=0, order="none", p=0.25, shares={"answered": 1.0}, n=1),),
    )
    return TrialRecord(
        key=key,
        family="meat.eggs",
        topic="meat",
        stratum="contested",
        tags=("meat",),
        truth=None,
        probe="repeat",
        version=1,
        arm="fresh",
        variant="original",
        replicate=0,
        settings={"kind": "idle"},
        observations=(
            Observed(
                label="first", kind="said", about="00", reading=said("answered", "a"), words=3
            ),
            Observed(label="first", kind="read", about="00", reading=read, calls=("cd" * 16,)),
        ),
        failure=failure,
    )


def test_a_committed_answer_is_found_again_after_reopening(tmp_path: Path) -> None:
    """What `put` returned for is there after the store was closed and opened again."""
    asked = call("Really?")
    answer = Completion(text="Yes — 是", usage=Usage(prompt_tokens=7, completion_tokens=2))
    store = Store.create(tmp_path)
    asyncio.run(store.put(asked, answer))
    store.close()

    again = Store.create(tmp_path)

    assert again.get(asked.key) == answer
    assert again.get(call("Really?", draw=1).key) is None
    again.close()


def test_the_conversation_of_a_call_is_rebuilt_from_its_links(tmp_path: Path) -> None:
    """A stored call gives back its whole conversation, and shared prefixes are stored once."""
    store = Store.create(tmp_path)
    one, two = call("Really?"), call("Truly?")

    async def put_both() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(store.put(one, Completion(text="Yes.")))
            group.create_task(store.put(two, Completion(text="No.")))

    asyncio.run(put_both())
    found = list(store.calls([one.key.hex(), "00" * 16, two.key.hex()]))

    assert [c.conversation for c in found] == [one.request.conversation, two.request.conversation]
    assert [m.role for m in found[0].conversation] == ["system", "user", "assistant", "user"]
    rows = store.db.execute("SELECT count(*) FROM messages").fetchone()[0]
    assert rows == 5  # system, question, reply and the two last turns
    store.close()


def test_scores_and_odd_text_survive_storage(tmp_path: Path) -> None:
    """Log-likelihoods come back exactly; a lone surrogate is replaced, not a crash."""
    request = ask_score(opening().says("Say \ud800 it?"), ("It is so.", "It is not so."))
    asked = Call(request=request).keyed(ME)
    answer = Completion(logprobs={"It is so.": -3.25, "It is not so.": -7.5}, lengths={"x": 3})
    store = Store.create(tmp_path)
    asyncio.run(store.put(asked, answer))

    got = store.get(asked.key)

    assert got is not None
    assert dict(got.logprobs) == {"It is so.": -3.25, "It is not so.": -7.5}
    assert next(store.calls([asked.key.hex()])).fields["options"] == ["It is so.", "It is not so."]
    store.close()


def test_putting_the_same_call_twice_keeps_the_first_answer(tmp_path: Path) -> None:
    """A key is written once: the answer that was used is the answer that stays."""
    store = Store.create(tmp_path)
    asyncio.run(store.put(call("Really?"), Completion(text="first")))
    asyncio.run(store.put(call("Really?"), Completion(text="second")))

    got = store.get(call("Really?").key)

    assert got is not None
    assert got.text == "first"
    assert store.n_calls == 1
    store.close()


def test_writes_that_come_together_are_committed_together(tmp_path: Path) -> None:
    """A lone write is committed at once; under load those of some milliseconds share a commit."""
    store = Store.create(tmp_path)
    commits: list[str] = []
    store.db.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)

    async def put(i: int) -> None:
        for turn in range(4):
            await store.put(call(f"Number {i}, {turn}?"), Completion(text="Yes."))
        await store.put_trial(record(f"{i:032x}"))

    async def put_many() -> None:
        async with asyncio.TaskGroup() as group:
            for i in range(40):
                group.create_task(put(i))
                await asyncio.sleep(0.0001)

    for i in range(3):
        asyncio.run(store.put(call(f"Alone {i}?"), Completion(text="Yes.")))
        assert len(commits) == i + 1
    asyncio.run(put_many())
    assert store.n_calls == 3 + 160
    assert len(commits) < 60
    store.close()


def test_a_write_nobody_waits_for_any_more_is_kept(tmp_path: Path) -> None:
    """A call that was answered is committed by the time the store is closed, come what may."""
    store = Store.create(tmp_path)

    async def go() -> None:
        await store.put(call("First?"), Completion(text="Yes."))
        task = asyncio.create_task(store.put(call("Second?"), Completion(text="No.")))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(go())
    asyncio.run(store.put(call("Third?"), Completion(text="Yes.")))
    store.close()
    again = Store.read(tmp_path)
    assert again.n_calls == 3
    again.close()


def test_conversations_go_on_after_reopening(tmp_path: Path) -> None:
    """What is said after a reopening hangs on the messages stored before, each kept once."""
    store = Store.create(tmp_path)
    asyncio.run(store.put(call("Really?"), Completion(text="Yes.")))
    store.close()
    again = Store.create(tmp_path)
    further = call("Really?").request.conversation.hears("Yes.").says("Why?")
    asked = Call(request=ask_reply(further, Sampling())).keyed(ME)
    asyncio.run(again.put(asked, Completion(text="Because.")))

    assert next(again.calls([asked.key.hex()])).conversation == further
    rows = again.db.execute("SELECT count(*) FROM messages").fetchone()[0]
    assert rows == len(further)
    again.close()


def test_only_trials_of_the_current_plan_enter_a_report(tmp_path: Path) -> None:
    """Trials of an earlier plan stay in the file and out of the records; order is by key."""
    store = Store.create(tmp_path)
    keys = ["03" * 16, "01" * 16, "02" * 16]
    for key in keys:
        asyncio.run(store.put_trial(record(key)))
    store.set_plan(["03" * 16, "01" * 16, "0f" * 16])

    assert [r.key for r in store.trials()] == ["01" * 16, "03" * 16]
    assert store.finished() == {"01" * 16, "03" * 16}
    assert store.n_planned == 3
    store.close()


def test_a_failed_trial_is_recorded_and_not_finished(tmp_path: Path) -> None:
    """A failure comes back as data, and the next run will try the trial again."""
    store = Store.create(tmp_path)
    broken = Failure(stage="subject", error_type="TransportError", message="reset")
    asyncio.run(store.put_trial(record(failure=broken)))
    store.set_plan([record().key])

    assert store.trials()[0].failure == broken
    assert store.finished() == frozenset()
    store.close()


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """Every field of a trial survives storage."""
    store = Store.create(tmp_path)
    asyncio.run(store.put_trial(record()))
    store.set_plan([record().key])

    assert store.trials() == (record(),)
    store.close()


def test_first_replies_of_repeat_come_with_their_words(tmp_path: Path) -> None:
    """They are looked up among the calls; other labels and probes, and lost calls, have none."""
    asked = call("Really?")
    store = Store.create(tmp_path)
    asyncio.run(store.put(asked, Completion(text="Yes.")))
    first = Observed(
        label="first",
        kind="said",
        about="00",
        reading=said("answered", "a"),
        calls=(asked.key.hex(),),
    )
    rest = (replace(first, label="second"), replace(first, calls=("cd" * 16,)))
    for key, probe in (("01" * 16, "repeat"), ("02" * 16, "wording")):
        asyncio.run(store.put_trial(replace(record(key), probe=probe, observations=(first, *rest))))
    store.set_plan(["01" * 16, "02" * 16])

    repeat, wording = store.trials()

    users = [m.text for m in asked.request.conversation if m.role != "assistant"]
    expected = Exchange(asked="\n".join(users), reply="Yes.")
    assert [o.exchange for o in repeat.observations] == [expected, None, None]
    assert [o.exchange for o in wording.observations] == [None, None, None]
    store.close()


def test_a_changed_byte_in_a_record_is_noticed(tmp_path: Path) -> None:
    """A record that does not match its checksum is refused, not reported."""
    store = Store.create(tmp_path)
    asyncio.run(store.put_trial(record()))
    store.set_plan([record().key])
    body = store.db.execute("SELECT body FROM trials").fetchone()[0].replace(b"0.25", b"0.35")
    with store.db:
        store.db.execute("UPDATE trials SET body = ?", (body,))

    with pytest.raises(StoreError, match="does not match its checksum"):
        store.trials()
    store.close()


def test_another_identity_is_refused_and_both_are_shown(tmp_path: Path) -> None:
    """A store made with one respondent refuses another and says what differs."""
    store = Store.create(tmp_path)
    store.claim(ME)
    store.claim(ME)

    with pytest.raises(IdentityError, match=r"model: 'sim:test' != 'sim:other'"):
        store.claim(Identity(model="sim:other"))
    assert store.identity == ME
    store.close()


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    """Another process that wants to write learns the holder's pid; reading still works."""
    store = Store.create(tmp_path)
    asyncio.run(store.put_trial(record()))
    store.set_plan([record().key])
    code = (
        "import sys, pathlib\n"
        "from gadfly.eval.store import Store\n"
        "p = pathlib.Path(sys.argv[1])\n"
        "print(len(Store.read(p).trials()))\n"
        "try:\n    Store.create(p)\n"
        "except Exception as e:\n    print(type(e).__name__, e)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    store.close()

    lines = done.stdout.splitlines()
    assert lines[0] == "1"
    assert lines[1].startswith("StoreLockedError")
    assert f"pid {os.getpid()}" in lines[1]


def test_a_folder_without_a_store_is_no_run(tmp_path: Path) -> None:
    """Reading a folder that holds no store says so."""
    with pytest.raises(ConfigError, match="is not a run"):
        Store.read(tmp_path)


@pytest.mark.parametrize("content", [b"not a database, just some text " * 40, b"SQLite format 3\0"])
def test_a_corrupt_file_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    """Rubbish in place of the store is a clear error, for readers and writers."""
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(StoreError):
        Store.create(tmp_path)
    with pytest.raises(StoreError):
        Store.read(tmp_path)


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    """A SQLite file that is not ours is not written to."""
    db = sqlite3.connect(tmp_path / FILE)
    db.execute("CREATE TABLE other (x)")
    db.commit()
    db.close()

    with pytest.raises(StoreError, match="not a Gadfly store"):
        Store.create(tmp_path)


def test_a_store_of_another_schema_names_the_way_out(tmp_path: Path) -> None:
    """A newer or older schema is refused with what to do."""
    store = Store.create(tmp_path)
    store.db.execute("PRAGMA user_version = 99")
    store.close()

    with pytest.raises(ConfigError, match="schema 99"):
        Store.create(tmp_path)


def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    """A place that cannot be written is an error that says which option helps."""
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(StoreError, match="--out"):
        Store.create(tmp_path / "file" / "run")


def test_a_failed_commit_reaches_the_waiter(tmp_path: Path) -> None:
    """When a commit fails the caller hears of it, and nothing is taken for finished."""
    store = Store.create(tmp_path)
    store.db.execute("PRAGMA max_page_count = 12")

    with pytest.raises(StoreError, match="disk is full"):
        asyncio.run(store.put(call("Really?"), Completion(text="x" * 500_000)))
    assert store.get(call("Really?").key) is None
    asyncio.run(store.put(call("Really?"), Completion(text="Yes.")))
    (found,) = store.calls([call("Really?").key.hex()])
    assert found.conversation == call("Really?").request.conversation
    store.close()


def test_run_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    """Transcripts are private: folder 0700, files 0600."""
    folder = tmp_path / "run"
    store = Store.create(folder)
    store.close()

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / FILE).stat().st_mode & 0o077 == 0


def test_questions_are_kept_with_the_trial_that_asked_them(tmp_path: Path) -> None:
    """A noted proposition is written with the next trial, once, and read back as it was."""
    about = Proposition(
        family="f", question="Is it so?", a="It is.", b="It is not.", yes="a", cues_b=("no way",)
    )
    store = Store.create(tmp_path)
    store.note_proposition(about)
    assert store.propositions() == {}
    asyncio.run(store.put_trial(record()))
    store.note_proposition(about)
    asyncio.run(store.put_trial(record("cd" * 16)))
    store.close()
    again = Store.read(tmp_path)
    assert again.propositions() == {about.digest: about}
    again.close()


def test_a_damaged_proposition_is_told() -> None:
    """Bytes that are no proposition raise, and never a guess."""
    with pytest.raises(StoreError, match="damaged"):
        read_proposition(b'{"question": "Is it?"}')
