"""How a session is kept: tables of its own beside the calls of an ordinary store.

One SQLite file per session folder (`eval.store`), readable by its owner only. Everything is
written as it happens; only the text of a reply that is being written lags, by up to a second.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import orjson

from gadfly.bot.call import Sampling
from gadfly.bot.errors import ConfigError, StoreError
from gadfly.eval.chat.turn import Branch, Mark, Setup, Turn
from gadfly.eval.stored import storable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gadfly.eval.store import Store

SESSION = 0
"""Turn of notes that are about the whole session."""
HEAD = "session"
"""Name of the note with the session's own particulars."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS chat_turns (id INTEGER PRIMARY KEY, parent INTEGER,"
    " role TEXT NOT NULL, status TEXT NOT NULL, text TEXT NOT NULL, body BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS chat_branches (name TEXT PRIMARY KEY, position INTEGER NOT NULL,"
    " head INTEGER, origin INTEGER)",
    "CREATE TABLE IF NOT EXISTS chat_notes (turn INTEGER NOT NULL, name TEXT NOT NULL,"
    " body BLOB NOT NULL, PRIMARY KEY (turn, name))",
)


def prepare(store: Store) -> None:
    """Make the tables of a session where they are not there yet."""
    with store.tables() as db:
        for statement in _TABLES:
            db.execute(statement)


def write_head(store: Store, head: dict[str, Any]) -> None:
    """Write the session's particulars."""
    write_note(store, SESSION, HEAD, head)


def read_head(store: Store) -> dict[str, Any]:
    """Return the session's particulars.

    Raises:
        ConfigError: The store is that of a run, not of a session.
        StoreError: They are damaged.
    """
    with store.tables() as db:
        is_session = db.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'chat_notes'"
        ).fetchone()
        row = (
            is_session
            and db.execute(
                "SELECT body FROM chat_notes WHERE turn = ? AND name = ?", (SESSION, HEAD)
            ).fetchone()
        )
    if not row:
        raise ConfigError(f"{str(store.folder)!r} holds no session")
    try:
        head = orjson.loads(row[0])
    except orjson.JSONDecodeError as e:
        raise StoreError(f"{str(store.folder)!r}: the session is damaged ({e})") from e
    if not isinstance(head, dict):
        raise StoreError(f"{str(store.folder)!r}: the session is damaged")
    return head


def read_outline(store: Store, branch: str) -> tuple[int, int, bool]:
    """Return exchanges on a branch, number of branches, and whether any dialogue has a label."""
    with store.tables() as db:
        count = db.execute("SELECT count(*) FROM chat_branches").fetchone()[0]
        row = db.execute(
            "SELECT body FROM chat_turns JOIN chat_branches ON id = head WHERE name = ?", (branch,)
        ).fetchone()
        labelled = db.execute(
            "SELECT 1 FROM chat_notes WHERE name LIKE 'label:%' LIMIT 1"
        ).fetchone()
    return (0 if row is None else orjson.loads(row[0])["number"]), count, labelled is not None


def write_turn(store: Store, turn: Turn) -> None:
    """Write a turn, or what has become of it."""
    d = asdict(turn)
    d["problem"] = storable(turn.problem)
    for name in ("id", "parent", "role", "status", "text"):
        del d[name]
    with store.tables() as db:
        db.execute(
            "INSERT OR REPLACE INTO chat_turns VALUES (?, ?, ?, ?, ?, ?)",
            (
                turn.id,
                turn.parent,
                turn.role,
                turn.status,
                storable(turn.text),
                orjson.dumps(d),
            ),
        )


def write_text(store: Store, turn: int, text: str) -> None:
    """Write what there is of a reply so far."""
    with store.tables() as db:
        db.execute("UPDATE chat_turns SET text = ? WHERE id = ?", (storable(text), turn))


def read_turns(store: Store) -> tuple[Turn, ...]:
    """Return all turns in order of id.

    Raises:
        StoreError: One is damaged.
    """
    with store.tables() as db:
        rows = db.execute(
            "SELECT id, parent, role, status, text, body FROM chat_turns ORDER BY id"
        ).fetchall()
    return tuple(_turn(*row) for row in rows)


def write_branches(store: Store, branches: Iterable[Branch]) -> None:
    """Replace the branches."""
    rows = [(b.name, i, b.head, b.origin) for i, b in enumerate(branches)]
    with store.tables() as db:
        db.execute("DELETE FROM chat_branches")
        db.executemany("INSERT INTO chat_branches VALUES (?, ?, ?, ?)", rows)


def read_branches(store: Store) -> tuple[Branch, ...]:
    """Return the branches in the order they were made."""
    with store.tables() as db:
        rows = db.execute(
            "SELECT name, head, origin FROM chat_branches ORDER BY position"
        ).fetchall()
    return tuple(Branch(name=name, head=head, origin=origin) for name, head, origin in rows)


def write_note(store: Store, turn: int, name: str, value: Any) -> None:
    """Keep something found out about a turn: a reading, a state."""
    with store.tables() as db:
        db.execute(
            "INSERT OR REPLACE INTO chat_notes VALUES (?, ?, ?)", (turn, name, orjson.dumps(value))
        )


def read_notes(store: Store) -> dict[tuple[int, str], Any]:
    """Return everything found out, by turn and name.

    Raises:
        StoreError: A note is damaged.
    """
    with store.tables() as db:
        rows = db.execute("SELECT turn, name, body FROM chat_notes ORDER BY rowid").fetchall()
    try:
        return {(turn, name): orjson.loads(body) for turn, name, body in rows}
    except orjson.JSONDecodeError as e:
        raise StoreError(f"a note of a session is damaged ({e})") from e


def setup_of(d: dict[str, Any]) -> Setup:
    """Read a setup back from its fields."""
    return Setup(**{**d, "sampling": Sampling(**d["sampling"])})


def _turn(*row: Any) -> Turn:
    id_, parent, role, status, text, body = row
    try:
        d = orjson.loads(body)
        return Turn(
            **{
                **d,
                "id": id_,
                "parent": parent,
                "role": role,
                "status": status,
                "text": text,
                "marks": tuple(Mark(**m) for m in d["marks"]),
                "setup": None if d["setup"] is None else setup_of(d["setup"]),
            }
        )
    except (orjson.JSONDecodeError, KeyError, TypeError) as e:
        raise StoreError(f"a stored turn is damaged ({type(e).__name__}: {e})") from e
