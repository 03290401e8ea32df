"""All sessions of a user: where they are, and finding one again."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError, GadflyError, StoreError, StoreLockedError, unknown
from gadfly.bot.foreign import plain
from gadfly.bot.proposition import Proposition
from gadfly.eval.chat import store as kept
from gadfly.eval.chat.session import MAIN, TITLE, Head, Session
from gadfly.eval.chat.topic import Topic, free_topic, topic_of
from gadfly.eval.chat.turn import Branch
from gadfly.eval.store import FILE, Store

if TYPE_CHECKING:
    from gadfly.eval.chat.turn import Setup

_SNIPPET = 40
"""Characters shown on either side of what was searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One line of the list of sessions."""

    id: str
    title: str
    model: str
    topic: str
    """The question; "" without one."""
    persona: str
    created: float
    """Seconds since 1970."""
    changed: float
    """When it was last written to."""
    turns: int
    """Exchanges on the branch in use."""
    branches: int
    labelled: bool
    """Whether its dialogue has a label."""
    snippet: str = ""
    """Where the searched words stand, for a search."""
    problem: str = ""
    """Why it cannot be read; then the rest is empty."""


class Sessions:
    """The folder that sessions are kept in; one folder each, readable by their owner only."""

    def __init__(self, root: Path | None = None) -> None:
        """Use `root`; the user's data folder by default (`data_folder`)."""
        self.root = root or data_folder() / "sessions"

    def new(
        self, setup: Setup, topic: Topic | None = None, *, title: str = "", blind: bool = False
    ) -> Session:
        """Begin a session; `blind` hides the meters until the user asks for them.

        Raises:
            StoreError: It cannot be written.
        """
        id_ = f"{datetime.now().astimezone():%Y%m%d-%H%M}-{secrets.token_hex(3)}"
        self._make_root()
        store = Store.create(self.root / id_)
        kept.prepare(store)
        named = plain(title, TITLE)
        head = Head(
            id=id_,
            title=named or ("" if topic is None else plain(topic.about.question, TITLE)),
            named=bool(named),
            created=time.time(),
            seed=secrets.randbits(31),
            setup=setup,
            blind=blind,
            was_open=not blind,
        )
        session = Session(store, head, topic, _branches={MAIN: Branch(name=MAIN, head=None)})
        kept.write_branches(store, session.branches)
        session.save()
        return session

    def open(self, name: str = "", *, read_only: bool = False) -> Session:
        """Open a session by id, beginning of an id, or title; the latest for "".

        A reply that was being written when its process died is marked as interrupted.

        Raises:
            ConfigError: There is no such session, or several.
            StoreLockedError: Another process has it open (for writing).
            StoreError: It is damaged.
        """
        folder = self.root / self.find(name)
        if read_only:
            return _loaded(Store.read(folder))
        try:
            store = Store.create(folder)
        except StoreLockedError as e:
            raise StoreLockedError(
                f"session {folder.name!r} is open in another window; close it there first, or "
                f"read it with `gadfly sessions show {folder.name}`"
            ) from e
        try:
            kept.prepare(store)
            session = _loaded(store)
            _repair(session)
        except BaseException:
            store.close()
            raise
        return session

    def list(self) -> tuple[Summary, ...]:
        """Return all sessions, the one changed last first; a damaged one says what is wrong."""
        found = [self._summary(id_) for id_ in self._ids()]
        return tuple(sorted(found, key=lambda s: (s.changed, s.id), reverse=True))

    def search(self, words: str) -> tuple[Summary, ...]:
        """Return the sessions in which all of these words occur, the one changed last first.

        Looked for in title, question and everything said, in any case, anywhere in a word.
        """
        wanted = [w.casefold() for w in words.split()]
        found = []
        for summary in self.list():
            if summary.problem:
                continue
            with closing(_loaded(Store.read(self.root / summary.id))) as session:
                texts = [summary.title, summary.topic, *(t.text for t in session.turns.values())]
            lower = [t.casefold() for t in texts]
            if all(any(w in text for text in lower) for w in wanted):
                found.append(_with_snippet(summary, texts, wanted))
        return tuple(found)

    def find(self, name: str = "") -> str:
        """Return the id of a session by id, beginning of an id, or title; the latest for "".

        Raises:
            ConfigError: There is none, or there are several.
        """
        ids = self._ids()
        if not ids:
            raise ConfigError("there is no session yet: begin one with `gadfly spar`")
        if not name:
            return self.list()[0].id
        if name in ids:
            return name
        near = [i for i in ids if i.startswith(name)] or [
            s.id for s in self.list() if s.title.casefold() == name.casefold()
        ]
        if len(near) > 1:
            raise ConfigError(f"{name!r} may be {' or '.join(map(repr, near[:6]))}: say which")
        if not near:
            raise unknown("session", name, ids, hint="see `gadfly sessions list`")
        return near[0]

    def rename(self, name: str, title: str) -> str:
        """Give a session another title and return its id; errors as `open`."""
        with closing(self.open(name)) as session:
            session.rename(title)
            return session.id

    def delete(self, name: str) -> str:
        """Delete a session with everything in it and return its id; errors as `open`."""
        if not name:
            raise ConfigError("say which session to delete")
        id_ = self.find(name)
        # Opening it takes the lock: nobody is writing to what is deleted.
        self.open(id_).close()
        try:
            shutil.rmtree(self.root / id_)
        except OSError as e:
            raise StoreError(f"cannot delete session {id_!r}: {e.strerror or e}") from e
        return id_

    def _ids(self) -> tuple[str, ...]:
        return tuple(sorted(file.parent.name for file in self.root.glob(f"*/{FILE}")))

    def _summary(self, id_: str) -> Summary:
        folder = self.root / id_
        # Reading makes an empty log beside the file; only one with something in it is a change.
        files = (f for f in (folder / FILE, folder / f"{FILE}-wal") if f.exists())
        stats = [f.stat() for f in files]
        changed = max((s.st_mtime for s in stats if s.st_size), default=0.0)
        try:
            with closing(Store.read(folder)) as store:
                d = kept.read_head(store)
                turns, branches, labelled = kept.read_outline(store, d["branch"])
            return Summary(
                id=id_,
                title=d["title"],
                model=d["setup"]["model"],
                topic="" if d["topic"] is None else d["topic"]["proposition"]["question"],
                persona=d["setup"]["persona"],
                created=d["created"],
                changed=changed,
                turns=turns,
                branches=branches,
                labelled=labelled,
            )
        except (GadflyError, KeyError, TypeError, ValueError) as e:
            return Summary(
                id=id_,
                title="",
                model="",
                topic="",
                persona="",
                created=changed,
                changed=changed,
                turns=0,
                branches=0,
                labelled=False,
                problem=str(e),
            )

    def _make_root(self) -> None:
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as e:
            raise StoreError(
                f"cannot make the folder for sessions {str(self.root)!r} ({e.strerror or e}); set "
                "GADFLY_HOME to a folder that can be written"
            ) from e


def data_folder() -> Path:
    """Return the folder Gadfly keeps a user's data in: `GADFLY_HOME`, else the system's own."""
    if own := os.environ.get("GADFLY_HOME"):
        return Path(own).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or "~/AppData/Local").expanduser() / "gadfly"
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/gadfly").expanduser()
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "gadfly"


def _loaded(store: Store) -> Session:
    """Return the session of a store.

    Raises:
        ConfigError: It holds none.
        StoreError: It is damaged.
    """
    d = kept.read_head(store)
    try:
        topic = _topic(d.pop("topic"))
        head = Head(**{**d, "setup": kept.setup_of(d["setup"])})
    except (KeyError, TypeError) as e:
        raise StoreError(f"{str(store.folder)!r}: the session is damaged ({e})") from e
    turns = {t.id: t for t in kept.read_turns(store)}
    children: dict[int | None, list[int]] = {}
    for turn in turns.values():
        children.setdefault(turn.parent, []).append(turn.id)
    branches = {b.name: b for b in kept.read_branches(store)}
    return Session(store, head, topic, turns, children, branches, kept.read_notes(store))


def _topic(d: dict[str, Any] | None) -> Topic | None:
    """Return the topic a session was begun with.

    Its question is as it was then. What the library has for it by now (wordings, arguments)
    comes from the library, and nothing does where the family is gone.
    """
    if d is None:
        return None
    p = d["proposition"]
    about = Proposition(**{**p, "cues_a": tuple(p["cues_a"]), "cues_b": tuple(p["cues_b"])})
    if d["scenario"]:
        try:
            return topic_of(d["scenario"], about)
        except ConfigError:
            pass
    return free_topic(about.question, about.a, about.b, about.yes or "neither")


def _repair(session: Session) -> None:
    """Settle what a process left unfinished when it died."""
    for turn in tuple(session.turns.values()):
        if turn.status == "streaming":
            session.settle(turn)


def _with_snippet(summary: Summary, texts: list[str], wanted: list[str]) -> Summary:
    for text in reversed(texts):
        at = min((i for w in wanted if (i := text.casefold().find(w)) >= 0), default=-1)
        if at >= 0:
            start, end = max(0, at - _SNIPPET), at + _SNIPPET
            cut = " ".join(text[start:end].split())
            shown = f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"
            return Summary(**{**asdict(summary), "snippet": shown})
    return summary
