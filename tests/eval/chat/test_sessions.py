"""Sessions on disk: listed, found, renamed, deleted, repaired; private to their owner."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from support.openai_server import SimulantServer, Switches

from gadfly.bot.errors import ConfigError, StoreError, StoreLockedError
from gadfly.bot.simulant import simulant
from gadfly.eval.chat.session import new_turn
from gadfly.eval.chat.sessions import Sessions, data_folder
from gadfly.eval.chat.topic import topic_of
from gadfly.eval.chat.turn import Setup
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gadfly.eval.chat.session import Session

SETUP = Setup(model="sim:calibrated")


def said(session: Session, *texts: str) -> None:
    """Put an exchange into a session without a model."""
    for i, text in enumerate(texts):
        role = "assistant" if i % 2 else "user"
        turn = session.add(new_turn(role, text, session.branch.head, setup=SETUP))
        session.move(turn.id)


def test_turns_are_numbered_by_exchange(sessions: Sessions) -> None:
    """A message and its reply share a number, on every branch from its own beginning."""
    with closing(sessions.new(SETUP)) as session:
        said(session, "one", "first", "two", "second")
        session.fork(2)
        said(session, "other")
        assert [t.number for t in session.thread("main")] == [1, 1, 2, 2]
        assert [t.number for t in session.thread()] == [1, 1, 2]
        assert [t.text for t in session.exchange(2, "main") if t] == ["two", "second"]
        with pytest.raises(ConfigError, match="1 to 2"):
            session.exchange(3)


def test_a_session_is_its_owners_only(sessions: Sessions) -> None:
    """Folders and files can be read and written by their owner and nobody else."""
    with closing(sessions.new(SETUP)) as session:
        said(session, "hello", "hello")
        files = [sessions.root, session.folder, *session.folder.iterdir()]
        assert all(not stat.S_IMODE(f.stat().st_mode) & 0o077 for f in files)


def test_sessions_are_listed_the_latest_first(sessions: Sessions) -> None:
    """The list says what each is about, with whom, how long, and in which order."""
    with closing(sessions.new(SETUP, topic_of("care.care-home"))) as first:
        said(first, "one", "two")
    with closing(sessions.new(replace(SETUP, persona="kant"))) as second:
        said(second, "What is   freedom?", "It is much.", "And?", "So.")
    os.utime(first.folder / "store.sqlite", (1, 1))
    found = sessions.list()
    assert [s.id for s in found] == [second.id, first.id]
    assert (found[0].title, found[0].turns, found[0].persona) == ("What is freedom?", 2, "kant")
    assert found[1].topic.startswith("Is it wrong to move")
    assert sessions.find() == second.id


def test_search_finds_all_words_in_any_case(sessions: Sessions) -> None:
    """All words must occur somewhere in what was said; a snippet shows one of them."""
    with closing(sessions.new(SETUP)) as session:
        said(session, "Über Straßen und BRÜCKEN", "Nothing of the sort.")
    with closing(sessions.new(SETUP)) as other:
        said(other, "Bridges only", "Yes.")
    (found,) = sessions.search("brücken NOTHING")
    assert found.id == session.id
    assert "Nothing" in found.snippet
    assert sessions.search("brücken bridges") == ()


def test_a_session_is_found_by_a_beginning_or_its_title(sessions: Sessions) -> None:
    """The beginning of an id is enough where it is the only one; near names are listed."""
    first, second = sessions.new(SETUP, title="Care"), sessions.new(SETUP, title="Meat")
    first.close()
    second.close()
    assert sessions.find("care") == first.id
    assert sessions.find(second.id[:-2]) == second.id
    with pytest.raises(ConfigError, match="say which"):
        sessions.find(first.id[:4])
    with pytest.raises(ConfigError, match="sessions list"):
        sessions.find("../../etc")
    with pytest.raises(ConfigError, match="say which"):
        sessions.delete("")


def test_renaming_and_deleting(sessions: Sessions) -> None:
    """A renamed session keeps its title; a deleted one is gone with its folder."""
    with closing(sessions.new(SETUP)) as session:
        said(session, "one", "two")
    sessions.rename(session.id, "  A new   name ")
    assert sessions.list()[0].title == "A new name"
    with pytest.raises(ConfigError, match="word"):
        sessions.rename(session.id, "  ")
    sessions.delete(session.id)
    assert not session.folder.exists()
    with pytest.raises(ConfigError, match="no session yet"):
        sessions.find()


def test_one_window_writes_a_session(sessions: Sessions) -> None:
    """A second one is told so, and can read it; deleting it meanwhile is refused."""
    with closing(sessions.new(SETUP)) as session:
        said(session, "one", "two")
        with pytest.raises(StoreLockedError, match="open in another window"):
            sessions.open(session.id)
        with pytest.raises(StoreLockedError):
            sessions.delete(session.id)
        with closing(sessions.open(session.id, read_only=True)) as reader:
            assert [t.text for t in reader.thread()] == ["one", "two"]
            with pytest.raises(StoreError):
                reader.rename("x")


def test_a_damaged_session_is_listed_as_such(sessions: Sessions) -> None:
    """One broken file does not hide the others, and says what is wrong with it."""
    with closing(sessions.new(SETUP)) as good:
        said(good, "one", "two")
    with closing(sessions.new(SETUP)) as bad:
        said(bad, "three", "four")
    (bad.folder / "store.sqlite").write_bytes(b"no database at all" * 100)
    for name in ("store.sqlite-wal", "store.sqlite-shm"):
        (bad.folder / name).unlink(missing_ok=True)
    found = {s.id: s.problem for s in sessions.list()}
    assert found[good.id] == ""
    assert "damaged" in found[bad.id]
    assert [s.id for s in sessions.search("one")] == [good.id]


def test_a_run_is_no_session(sessions: Sessions, tmp_path: Path) -> None:
    """A store without a session in it is refused by name."""
    from gadfly.eval.store import Store

    Store.create(sessions.root / "run").close()
    with pytest.raises(ConfigError, match="no session"):
        sessions.open("run", read_only=True)


def test_a_full_disk_gives_the_message_back(
    sessions: Sessions, talking: Any, play: Callable[..., Any]
) -> None:
    """What cannot be written is not sent; the failure says so and hands the text back."""
    from gadfly.eval.chat.event import Failed

    async def scene() -> None:
        async with talking() as talk:
            talk.session.store.db.execute("PRAGMA max_page_count = 1")
            with pytest.raises(StoreError, match="full"):
                await talk.partner.send("x" * 1_000_000)
            (failed,) = talk.told(Failed)
            assert (failed.kind, failed.reply) == ("store", None)
            assert failed.give_back.startswith("xxx")
            assert not talk.partner.is_replying
            talk.session.store.db.execute("PRAGMA max_page_count = 1000000")

    play(scene())


def test_the_data_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """GADFLY_HOME wins; else the system's own place for such data."""
    monkeypatch.setenv("GADFLY_HOME", str(tmp_path / "own"))
    assert Sessions().root == tmp_path / "own" / "sessions"
    monkeypatch.delenv("GADFLY_HOME")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_folder() == tmp_path / "gadfly"


CHILD = """
import asyncio, sys
from pathlib import Path
from gadfly.eval.chat.partner import Partner
from gadfly.eval.chat.sessions import Sessions
from gadfly.eval.chat.topic import topic_of
from gadfly.eval.chat.turn import Setup

async def main():
    session = Sessions(Path(sys.argv[1])).new(Setup(model=sys.argv[2]), topic_of("care.care-home"))
    partner = Partner(session, lambda e: print(type(e).__name__, flush=True), measures=False)
    await partner.ask()

asyncio.run(main())
"""


def test_kill_9_loses_no_more_than_the_last_second(sessions: Sessions) -> None:
    """A process killed in mid-reply leaves the message and all but the last second of the text."""
    sim = simulant("sim:calibrated", library_crib())
    with SimulantServer(sim, switches=Switches(word_s=0.1)) as server:
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(sessions.root), server.url],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        deltas = 0
        while deltas < 20:
            line = child.stdout.readline()
            assert line, "the child ended early"
            deltas += line.strip() == "Delta"
        time.sleep(0.05)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        # At ten words a second, no more than ten of those that had come may be gone.
        with closing(sessions.open()) as session:
            asked, reply = session.thread()
            assert asked.text.startswith("Is it wrong")
            assert reply.status == "interrupted"
            assert deltas - 10 <= len(reply.text.split()) <= deltas + 2
            assert reply.problem
        child.stdout.close()


def test_an_answer_committed_before_its_turn_is_found_again(
    sessions: Sessions, talking: Any, play: Callable[..., Any]
) -> None:
    """Killed between the commit of the call and that of the turn, the reply is whole on opening."""

    async def scene() -> Any:
        async with talking() as talk:
            reply = await talk.partner.ask()
            with talk.session.store.tables() as db:
                db.execute(
                    "UPDATE chat_turns SET status = 'streaming', text = 'cut' WHERE id = ?",
                    (reply.id,),
                )
            return str(reply.text)

    text: str = play(scene())
    with closing(sessions.open()) as session:
        assert session.thread()[-1].status == "finished"
        assert session.thread()[-1].text == text


def test_a_message_without_any_reply_is_off_the_branch_on_opening(sessions: Sessions) -> None:
    """Killed before the first word, the message is kept and the branch ends before it."""
    with closing(sessions.new(SETUP)) as session:
        said(session, "one", "two", "three")
        reply = session.add(
            new_turn("assistant", "", session.branch.head, status="streaming", setup=SETUP)
        )
        session.move(reply.id)
    with closing(sessions.open()) as again:
        assert [t.text for t in again.thread()] == ["one", "two"]
        assert again.turns[reply.id].status == "failed"
        assert again.turns[3].text == "three"


def test_the_tables_are_beside_an_ordinary_store(sessions: Sessions) -> None:
    """Calls and session are in one SQLite file of the same shape as a run's."""
    with closing(sessions.new(SETUP)) as session:
        db = sqlite3.connect(session.folder / "store.sqlite")
        names = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        db.close()
    assert {"calls", "messages", "chat_turns", "chat_branches", "chat_notes"} <= names
