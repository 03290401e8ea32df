"""The store of a run: every finished call and trial, in one SQLite file.

A call is finished when it is committed, and its answer is used only then. Under load the writes of
a few milliseconds are committed together. One process writes (an operating-system lock says
which); any number may read. Reports read the `trials` table and never replay.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import sqlite3
import sys
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, IdentityError, StoreError, StoreLockedError
from gadfly.bot.filelock import taken
from gadfly.bot.identity import Identity
from gadfly.bot.message import Conversation, Message
from gadfly.eval.record import Exchange
from gadfly.eval.stored import (
    call_bytes,
    proposition_bytes,
    read_call,
    read_proposition,
    read_trial,
    storable,
    trial_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gadfly.bot.call import AskedAs, Call
    from gadfly.bot.completion import Completion
    from gadfly.bot.proposition import Proposition
    from gadfly.eval.record import TrialRecord

SCHEMA = 1
FILE = "store.sqlite"
LOCK = "lock"
_LOG_PAGES = 8000
"""Pages (4 kB) the log may hold before it is worked into the file, for which all must wait."""
_NODES_KEPT = 200_000
_GATHER_S = 0.005
_MANY = 8
"""Where so many writes come in `_GATHER_S`, the next commit is so much later: what comes in
meanwhile is committed together. Otherwise a write is committed at once."""
WORDED = ("repeat", "first")
"""Probe and label of the replies whose words come with their trials."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE messages (
    id INTEGER PRIMARY KEY, digest BLOB NOT NULL, parent INTEGER, role TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE UNIQUE INDEX messages_digest ON messages (digest);
CREATE TABLE calls (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL, message INTEGER NOT NULL, body BLOB NOT NULL
);
CREATE UNIQUE INDEX calls_key ON calls (key);
CREATE TABLE trials (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL, finished INTEGER NOT NULL, body BLOB NOT NULL,
    checksum BLOB NOT NULL
);
CREATE UNIQUE INDEX trials_key ON trials (key);
CREATE TABLE plan (position INTEGER PRIMARY KEY, key BLOB NOT NULL);
"""
_LATER_TABLES = """
CREATE TABLE IF NOT EXISTS propositions (digest TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS verdicts (
    key BLOB PRIMARY KEY, judging TEXT NOT NULL, body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS verdicts_judging ON verdicts (judging);
"""
"""Tables that stores of the first runs lack; nothing depends on their being there."""
_OF_SQLITE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What its calls raise: the second where a damaged file makes it quote bytes that are no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCall:
    """A call as the store has it."""

    key: bytes
    conversation: Conversation
    fields: dict[str, object]
    """kind, as, replicate, draw, epoch, sampling, prefill, options … as written."""
    completion: Completion


@dataclass(slots=True)
class Store:
    """An open store; use `Store.create` or `Store.read`. Methods run on one event loop."""

    folder: Path
    db: sqlite3.Connection
    writable: bool
    _lock: int | None = None
    _calls: list[tuple[Call, Completion]] = field(default_factory=list)
    _trials: list[TrialRecord] = field(default_factory=list)
    _waiting: list[asyncio.Future[None]] = field(default_factory=list)
    """Whoever put one of the calls and trials that are to be committed."""
    _due_on: asyncio.AbstractEventLoop | None = None
    """The loop on which the next commit is due."""
    _committed_at: float = 0.0
    """When the last one was, by the monotonic clock."""
    _wait_s: float = 0.0
    """How long after that the next one may be at the earliest."""
    _nodes: dict[bytes, int] = field(default_factory=dict)
    """Rows of messages, by digest."""
    _last_node: int | None = None
    """Last row of the messages; None where it is to be looked up."""
    _has_all_nodes: bool = False
    """Whether `_nodes` has every message there is, so that none need be looked up."""
    _asked_about: dict[str, Proposition] = field(default_factory=dict)
    """Propositions seen so far, those not yet written in `_to_write`."""
    _to_write: set[str] = field(default_factory=set)

    @classmethod
    def create(cls, folder: Path) -> Store:
        """Open for writing, making the folder and the file where there is none.

        Raises:
            StoreError: Another process holds it, or it cannot be written, or it is damaged.
            ConfigError: It was written by another version of Gadfly.
        """
        _make_folder(folder)
        lock = _take_lock(folder)
        with contextlib.ExitStack() as undo:
            undo.callback(os.close, lock)
            db = _connect(folder / FILE, read_only=False)
            undo.callback(db.close)
            with _translated(folder):
                db.execute("PRAGMA journal_mode=WAL")
                db.execute("PRAGMA synchronous=NORMAL")
                db.execute(f"PRAGMA wal_autocheckpoint={_LOG_PAGES}")
                if db.execute("PRAGMA user_version").fetchone()[0] == 0:
                    _initialise(db)
                _check(db, folder)
                _extend(db)
                is_new = db.execute("SELECT 1 FROM messages LIMIT 1").fetchone() is None
            undo.pop_all()
        return cls(folder, db, writable=True, _lock=lock, _has_all_nodes=is_new)

    @classmethod
    def read(cls, folder: Path) -> Store:
        """Open for reading only; works while another process writes.

        Raises:
            ConfigError: There is no store there, or one of another version.
            StoreError: It is damaged.
        """
        file = folder / FILE
        if not file.is_file():
            raise ConfigError(f"{str(folder)!r} is not a run: there is no {FILE} in it")
        with contextlib.ExitStack() as undo:
            db = _connect(file, read_only=True)
            undo.callback(db.close)
            with _translated(folder):
                _check(db, folder)
            undo.pop_all()
        return cls(folder, db, writable=False)

    @classmethod
    def in_memory(cls) -> Store:
        """Open a store that is gone with this process, for runs that another program keeps."""
        db = sqlite3.connect(":memory:", check_same_thread=False)
        _initialise(db)
        _extend(db)
        return cls(Path("(memory)"), db, writable=True)

    def close(self) -> None:
        """Commit what is pending and let go of the lock; idempotent."""
        if self._calls or self._trials:
            self._flush()
        self.db.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @contextlib.contextmanager
    def tables(self) -> Iterator[sqlite3.Connection]:
        """Let the caller read and write tables of its own, in one transaction.

        Raises:
            StoreError: SQLite refuses; names the fix.
        """
        with _translated(self.folder), self.db:
            yield self.db

    # identity and manifest

    def claim(self, identity: Identity, *, role: AskedAs = "subject") -> None:
        """Tie the store to a respondent in a role, or check that it is the same one as before.

        Raises:
            IdentityError: The store was made with another respondent; shows both.
        """
        name = "identity" if role == "subject" else f"identity:{role}"
        text = self._meta(name)
        if text is None:
            self._set_meta(name, json.dumps(asdict(identity), sort_keys=True))
            return
        known = Identity(**json.loads(text))
        if known != identity:
            changed = "; ".join(known.differences(identity))
            raise IdentityError(
                f"{str(self.folder)!r} holds answers of another "
                f"{'respondent' if role == 'subject' else role} ({changed}): "
                "use another --out folder, or bring the first one back"
            )

    @property
    def identity(self) -> Identity | None:
        """The respondent whose answers are kept, None before `claim`."""
        text = self._meta("identity")
        return None if text is None else Identity(**json.loads(text))

    def set_plan(self, keys: Sequence[str]) -> None:
        """Replace the current plan; only its trials enter a report."""
        with _translated(self.folder), self.db:
            self.db.execute("DELETE FROM plan")
            self.db.executemany(
                "INSERT INTO plan VALUES (?, ?)",
                ((i, bytes.fromhex(k)) for i, k in enumerate(keys)),
            )

    # calls

    def get(self, key: bytes) -> Completion | None:
        """Return the answer to a committed call, None if it was never made."""
        try:
            row = self.db.execute("SELECT body FROM calls WHERE key = ?", (key,)).fetchone()
        except _OF_SQLITE as e:
            raise _told(self.folder, e) from e
        return None if row is None else read_call(row[0])[1]

    async def put(self, call: Call, completion: Completion) -> None:
        """Commit a call and its answer; returns once it is committed.

        Raises:
            StoreError: It could not be written (disk full, folder gone).
        """
        self._calls.append((call, completion))
        await self._committed()

    async def _committed(self) -> None:
        """Wait until what was put so far is committed."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._waiting.append(done)
        if self._due_on is not loop:
            self._due_on = loop
            wait_s = self._committed_at + self._wait_s - time.monotonic()
            if wait_s > 0.0:
                loop.call_later(wait_s, self._flush)
            else:
                loop.call_soon(self._flush)
        await done

    def _flush(self) -> None:
        """Commit what is pending, and tell those who wait for it."""
        calls, self._calls = self._calls, []
        trials, self._trials = self._trials, []
        waiting, self._waiting = self._waiting, []
        self._due_on = None
        error: Exception | None = None
        try:
            if calls or trials:
                with _translated(self.folder), self.db:
                    self._write_calls(calls)
                    self._write_trials(trials)
                if trials:
                    self._to_write.clear()
        except Exception as e:  # noqa: BLE001  # whatever it is, those who wait must learn of it
            error = e
            self._forget_nodes()
        if len(self._nodes) > _NODES_KEPT:
            self._forget_nodes()
        now = time.monotonic()
        is_busy = len(waiting) * _GATHER_S >= _MANY * (now - self._committed_at)
        self._committed_at, self._wait_s = now, _GATHER_S if is_busy else 0.0
        for waiter in waiting:
            if waiter.done():
                continue
            if error is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(error)

    def _write_calls(self, calls: Sequence[tuple[Call, Completion]]) -> None:
        new: list[tuple[int, bytes, int | None, str, str]] = []
        rows = [
            (call.key, self._node(call.request.conversation, new), call_bytes(call, done))
            for call, done in calls
        ]
        self.db.executemany(
            "INSERT INTO messages (id, digest, parent, role, text) VALUES (?, ?, ?, ?, ?)", new
        )
        self.db.executemany(
            "INSERT OR IGNORE INTO calls (key, message, body) VALUES (?, ?, ?)", rows
        )

    def _node(
        self, conversation: Conversation, new: list[tuple[int, bytes, int | None, str, str]]
    ) -> int:
        """Return the row of a conversation's last message; what is not there yet goes to `new`."""
        missing: list[Conversation] = []
        node: Conversation | None = conversation
        row: int | None = None
        while node is not None and node.message is not None:
            row = self._nodes.get(node.digest) or self._find_node(node.digest)
            if row is not None:
                break
            missing.append(node)
            node = node.parent
        if missing and self._last_node is None:
            found = self.db.execute("SELECT max(id) FROM messages").fetchone()
            self._last_node = found[0] or 0
        for link in reversed(missing):
            message = link.message or Message("user", "")
            self._last_node = (self._last_node or 0) + 1
            new.append((self._last_node, link.digest, row, message.role, storable(message.text)))
            row = self._nodes[link.digest] = self._last_node
        return row or 0

    def _forget_nodes(self) -> None:
        self._nodes.clear()
        self._has_all_nodes = False
        self._last_node = None

    def _find_node(self, digest: bytes) -> int | None:
        if self._has_all_nodes:
            return None
        found = self.db.execute("SELECT id FROM messages WHERE digest = ?", (digest,)).fetchone()
        if found is None:
            return None
        self._nodes[digest] = found[0]
        return int(found[0])

    def calls(self, keys: Iterable[str]) -> Iterator[StoredCall]:
        """Yield stored calls by hex key, with their conversations; unknown keys are skipped."""
        for key in keys:
            raw = bytes.fromhex(key)
            with _translated(self.folder):
                row = self.db.execute(
                    "SELECT message, body FROM calls WHERE key = ?", (raw,)
                ).fetchone()
            if row is None:
                continue
            fields, completion = read_call(row[1])
            yield StoredCall(
                key=raw,
                conversation=self._conversation(row[0]),
                fields=fields,
                completion=completion,
            )

    def _conversation(self, row: int | None) -> Conversation:
        chain: list[Message] = []
        while row:
            with _translated(self.folder):
                found = self.db.execute(
                    "SELECT parent, role, text FROM messages WHERE id = ?", (row,)
                ).fetchone()
            if found is None:
                raise StoreError(f"{str(self.folder)!r}: a stored conversation has a gap")
            row = found[0]
            chain.append(Message(found[1], found[2]))
        conversation = Conversation()
        for message in reversed(chain):
            conversation = conversation.then(message.role, message.text)
        return conversation

    @property
    def n_calls(self) -> int:
        """Number of committed calls."""
        with _translated(self.folder):
            return int(self.db.execute("SELECT count(*) FROM calls").fetchone()[0])

    # trials

    async def put_trial(self, record: TrialRecord) -> None:
        """Commit a trial: finished, or failed (then a later run tries it again).

        Raises:
            StoreError: It could not be written.
        """
        self._trials.append(record)
        await self._committed()

    def _write_trials(self, trials: Sequence[TrialRecord]) -> None:
        rows = [
            (bytes.fromhex(r.key), r.failure is None, body, _checksum(body))
            for r in trials
            for body in (trial_bytes(r),)
        ]
        self.db.executemany(
            "INSERT OR REPLACE INTO trials (key, finished, body, checksum) VALUES (?, ?, ?, ?)",
            rows,
        )
        if trials and self._to_write:
            new = [(d, proposition_bytes(self._asked_about[d])) for d in sorted(self._to_write)]
            self.db.executemany("INSERT OR IGNORE INTO propositions VALUES (?, ?)", new)

    def note_proposition(self, about: Proposition) -> None:
        """Keep what a reply is read against, so that a judge can be told later.

        Written with the next trial.
        """
        if about.digest not in self._asked_about:
            self._asked_about[about.digest] = about
            self._to_write.add(about.digest)

    def propositions(self) -> dict[str, Proposition]:
        """Return the propositions of the run by digest; empty for a run of an older Gadfly."""
        if not self._has("propositions"):
            return {}
        with _translated(self.folder):
            rows = self.db.execute("SELECT digest, body FROM propositions").fetchall()
        return {digest: read_proposition(body) for digest, body in rows}

    # verdicts of a judge

    def put_verdict(self, key: bytes, judging: str, body: bytes) -> None:
        """Commit a verdict under its key and the judging it belongs to."""
        with _translated(self.folder), self.db:
            self.db.execute(
                "INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?)", (key, judging, body)
            )

    def verdicts(self, judging: str) -> tuple[bytes, ...]:
        """Return the verdicts of a judging, in key order."""
        if not self._has("verdicts"):
            return ()
        with _translated(self.folder):
            rows = self.db.execute(
                "SELECT body FROM verdicts WHERE judging = ? ORDER BY key", (judging,)
            ).fetchall()
        return tuple(body for (body,) in rows)

    def set_judging(self, text: str) -> None:
        """Say which judging reports are to use."""
        self._set_meta("judging", text)

    @property
    def judging(self) -> str | None:
        """The judging reports are to use, as it was set; None where nobody judged."""
        return self._meta("judging")

    def _has(self, table: str) -> bool:
        with _translated(self.folder):
            row = self.db.execute(
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
            ).fetchone()
        return row is not None

    def finished(self) -> frozenset[str]:
        """Return the keys of finished trials of the current plan."""
        with _translated(self.folder):
            rows = self.db.execute(
                "SELECT trials.key FROM plan JOIN trials USING (key) WHERE finished"
            )
            return frozenset(row[0].hex() for row in rows)

    def trials(self) -> tuple[TrialRecord, ...]:
        """Return the records of the current plan, in key order, finished and failed.

        Replies of `WORDED` have their words with them.

        Raises:
            StoreError: A record does not match its checksum.
        """
        records: list[TrialRecord] = []
        with _translated(self.folder):
            rows = self.db.execute(
                "SELECT trials.key, body, checksum FROM plan JOIN trials USING (key) "
                "ORDER BY trials.key"
            )
            for key, body, checksum in rows:
                if _checksum(body) != checksum:
                    raise StoreError(
                        f"{str(self.folder)!r}: trial {key.hex()} does not match its checksum; "
                        "the file was changed or damaged"
                    )
                records.append(read_trial(body))
        return tuple(map(self.worded, records))

    def digest(self) -> bytes:
        """Return 16 bytes over the plan, its trials and the words that come with them."""
        h = hashlib.blake2b(digest_size=16)
        with _translated(self.folder):
            rows = self.db.execute(
                "SELECT plan.key, finished, body FROM plan LEFT JOIN trials USING (key) "
                "ORDER BY plan.key"
            )
            for row in rows:
                h.update(repr(row).encode())
        for record in self.trials():
            for seen in record.observations:
                if seen.exchange is not None:
                    h.update(repr((seen.exchange.asked, seen.exchange.reply)).encode())
        return h.digest()

    def verdicts_digest(self) -> bytes:
        """Return 16 bytes over who judged and all verdicts."""
        h = hashlib.blake2b(repr(self.judging).encode(), digest_size=16)
        if self._has("verdicts"):
            with _translated(self.folder):
                for row in self.db.execute("SELECT * FROM verdicts ORDER BY key"):
                    h.update(repr(row).encode())
        return h.digest()

    def worded(self, record: TrialRecord) -> TrialRecord:
        """Return a trial with the words that a metric needs, looked up among the calls."""
        if record.probe != WORDED[0]:
            return record
        seen = tuple(
            replace(o, exchange=self._exchange(o.calls))
            if (o.kind, o.label) == ("said", WORDED[1])
            else o
            for o in record.observations
        )
        return replace(record, observations=seen)

    def _exchange(self, calls: Sequence[str]) -> Exchange | None:
        """Return what was said in a call, None where the call is not there."""
        for call in self.calls(calls):
            asked = [m.text for m in call.conversation.messages if m.role != "assistant"]
            return Exchange(asked="\n".join(asked), reply=call.completion.text)
        return None

    def trials_after(self, row: int) -> tuple[tuple[TrialRecord, ...], int]:
        """Return the records of the current plan written after a row, and the last row.

        Row 0 is before all of them. For whoever follows a run: nothing is read twice.

        Raises:
            StoreError: A record is damaged.
        """
        with _translated(self.folder):
            rows = self.db.execute(
                "SELECT trials.id, body FROM plan JOIN trials USING (key) WHERE trials.id > ? "
                "ORDER BY trials.id",
                (row,),
            ).fetchall()
        return tuple(read_trial(body) for _, body in rows), rows[-1][0] if rows else row

    def n_ended(self) -> tuple[int, int]:
        """Return how many trials of the current plan are finished, and how many failed."""
        with _translated(self.folder):
            rows = self.db.execute(
                "SELECT finished, count(*) FROM plan JOIN trials USING (key) GROUP BY finished"
            ).fetchall()
        counts = {bool(finished): int(count) for finished, count in rows}
        return counts.get(True, 0), counts.get(False, 0)

    @property
    def n_planned(self) -> int:
        """Number of trials in the current plan."""
        with _translated(self.folder):
            return int(self.db.execute("SELECT count(*) FROM plan").fetchone()[0])

    def _meta(self, name: str) -> str | None:
        with _translated(self.folder):
            row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def _set_meta(self, name: str, value: str) -> None:
        with _translated(self.folder), self.db:
            self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def writer_of(folder: Path) -> int | None:
    """Return the process that is writing the store of a folder, None where nobody is.

    The lock is only tried where the process it names is alive, so that looking on never keeps a
    run from starting.
    """
    try:
        handle = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return None
    try:
        os.lseek(handle, 1, os.SEEK_SET)
        pid = int(os.read(handle, 64).decode("ascii", "replace").removeprefix("pid "))
        return pid if _is_alive(pid) and not taken(handle) else None
    except ValueError:
        return None
    finally:
        os.close(handle)


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        return True  # signal 0 is no question there
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as e:
        raise StoreError(
            f"cannot make the run folder {str(folder)!r}: {e.strerror}; choose another with --out"
        ) from e
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError(f"the run folder {str(folder)!r} is not writable; choose another --out")


def _take_lock(folder: Path) -> int:
    path = folder / LOCK
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as e:
        raise StoreError(
            f"the run folder {str(folder)!r} is not writable ({e.strerror}); choose another --out"
        ) from e
    if not taken(handle):
        os.lseek(handle, 1, os.SEEK_SET)
        holder = os.read(handle, 64).decode("ascii", "replace").strip()
        os.close(handle)
        raise StoreLockedError(
            f"{str(folder)!r} is being written by another process ({holder or 'unknown'}); "
            "wait for it, or follow it with `gadfly report`"
        )
    os.ftruncate(handle, 0)
    os.write(handle, f" pid {os.getpid()}".encode())
    return handle


def _connect(file: Path, *, read_only: bool) -> sqlite3.Connection:
    with _translated(file.parent):
        if not read_only and not file.exists():
            file.touch(mode=0o600)
        uri = f"{file.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"
        if read_only and _is_archived(file):
            uri += "&immutable=1"
        return sqlite3.connect(uri, uri=True, timeout=10)


def _is_archived(file: Path) -> bool:
    """Return whether nobody can be writing: SQLite need not make, and could not, files to share."""
    log = file.with_name(f"{FILE}-wal")
    return not os.access(file.parent, os.W_OK) and not (log.exists() and log.stat().st_size)


def _initialise(db: sqlite3.Connection) -> None:
    """Make the tables of a new store, all or none: a process may die in between."""
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return
    with db:
        db.execute("BEGIN IMMEDIATE")
        _execute(db, _TABLES)
        db.execute("INSERT INTO meta VALUES ('made-by', 'gadfly')")
        db.execute(f"PRAGMA user_version = {SCHEMA}")


def _extend(db: sqlite3.Connection) -> None:
    """Add what stores of earlier versions lack."""
    with db:
        db.execute("BEGIN IMMEDIATE")
        _execute(db, _LATER_TABLES)


def _execute(db: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


def _check(db: sqlite3.Connection, folder: Path) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    known = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "meta" in known and version != SCHEMA:
        raise ConfigError(
            f"{str(folder / FILE)!r} has schema {version}, this Gadfly reads {SCHEMA}: "
            "use the version that wrote it, or another --out"
        )
    if not {"meta", "messages", "calls", "trials", "plan"} <= known:
        raise StoreError(f"{str(folder / FILE)!r} is not a Gadfly store")


@contextlib.contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except _OF_SQLITE as e:
        raise _told(folder, e) from e


def _told(folder: Path, error: sqlite3.DatabaseError | UnicodeDecodeError) -> StoreError:
    """Return what an error of SQLite's comes to, naming the fix."""
    if not isinstance(error, sqlite3.OperationalError) or "decode" in str(error):
        return StoreError(
            f"store in {str(folder)!r} is damaged ({error}): move the folder away and run again, "
            "or restore it from a copy"
        )
    words = str(error)
    if "full" in words:
        fix = "the disk is full: free some space and run the same command again"
    elif "readonly" in words or "unable to open" in words:
        fix = "it cannot be written: check its permissions, or choose another --out"
    elif "locked" in words:
        fix = "another program holds it: close that and run the same command again"
    else:
        fix = "run the same command again; if it stays, choose another --out"
    return StoreError(f"store in {str(folder)!r}: {words}: {fix}")


def _checksum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=8).digest()
