"""A session: a tree of turns that is saved as it grows.

Nothing said is ever changed: a fork is a new branch that refers to an old turn, an edit is a fork
with another text, a regeneration a further child of the same turn. Made, opened and listed by
`sessions.Sessions`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError, unknown
from gadfly.bot.foreign import plain
from gadfly.bot.message import opening
from gadfly.eval.chat import store as kept
from gadfly.eval.chat.label import labels_of
from gadfly.eval.chat.turn import SPOKEN, Branch, Mark, Setup, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from gadfly.bot.message import Conversation
    from gadfly.bot.respondent import ReadoutName
    from gadfly.eval.chat.label import DialogueLabel
    from gadfly.eval.chat.topic import Topic
    from gadfly.eval.chat.turn import Status
    from gadfly.eval.store import Store, StoredCall

MAIN = "main"
TITLE = 80
"""Longest title, in characters."""


@dataclass(slots=True, kw_only=True)
class Head:
    """What a session is, beside its turns."""

    id: str
    title: str
    named: bool = False
    """Whether the user gave it its title."""
    created: float
    """Seconds since 1970."""
    seed: int
    """Replicate of all its calls: another session asks the same afresh."""
    setup: Setup
    """Who answers next."""
    branch: str = MAIN
    """The branch in use."""
    readout: ReadoutName | None = None
    """How stance is read; None while it has not been settled."""
    readout_reason: str = ""
    blind: bool = False
    """Whether meters are hidden from the user for now."""
    was_open: bool = False
    """Whether they were ever shown while there was something to see."""


@dataclass(slots=True)
class Session:
    """An open session. Methods run on one event loop; each writes before it returns.

    Opened for reading only it refuses every change with a `StoreError`.
    """

    store: Store
    head: Head
    topic: Topic | None
    _turns: dict[int, Turn] = field(default_factory=dict)
    _children: dict[int | None, list[int]] = field(default_factory=dict)
    _branches: dict[str, Branch] = field(default_factory=dict)
    _notes: dict[tuple[int, str], Any] = field(default_factory=dict)

    # what there is

    @property
    def id(self) -> str:
        """Its id: a date and a few letters."""
        return self.head.id

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self.store.folder

    @property
    def title(self) -> str:
        """What it is called in lists."""
        return self.head.title

    @property
    def setup(self) -> Setup:
        """Who answers next, and how."""
        return self.head.setup

    @property
    def turns(self) -> Mapping[int, Turn]:
        """All turns by id, in order of id."""
        return self._turns

    @property
    def branches(self) -> tuple[Branch, ...]:
        """All branches, in the order they were made."""
        return tuple(self._branches.values())

    @property
    def branch(self) -> Branch:
        """The branch in use."""
        return self._branches[self.head.branch]

    def thread(self, branch: str | None = None) -> tuple[Turn, ...]:
        """Return the turns of a branch, first to last; the branch in use by default.

        Raises:
            ConfigError: There is no such branch.
        """
        return self.path(self.named(branch).head if branch else self.branch.head)

    def path(self, turn: int | None) -> tuple[Turn, ...]:
        """Return the turns from the first to a given one; none for None."""
        found: list[Turn] = []
        while turn is not None:
            found.append(self._turns[turn])
            turn = self._turns[turn].parent
        return tuple(reversed(found))

    def children(self, turn: int | None) -> tuple[Turn, ...]:
        """Return the turns that follow one, oldest first; None asks for the first turns."""
        return tuple(self._turns[i] for i in self._children.get(turn, ()))

    def siblings(self, turn: int) -> tuple[Turn, ...]:
        """Return all draws of a reply (or all first words of a user there), oldest first."""
        return self.children(self._turns[turn].parent)

    def exchange(self, number: int, branch: str | None = None) -> tuple[Turn, Turn | None]:
        """Return the user's turn and the reply of an exchange of a branch, as it is numbered.

        Raises:
            ConfigError: There is no such exchange.
        """
        found = [t for t in self.thread(branch) if t.number == number]
        if not found:
            last = self.last_number(branch)
            there = f"there are 1 to {last}" if last else "nothing has been said yet"
            raise ConfigError(f"no turn {number} on this branch: {there}")
        return found[0], next((t for t in found if t.role == "assistant"), None)

    def last_number(self, branch: str | None = None) -> int:
        """Return the number of the last exchange of a branch, 0 for an empty one."""
        thread = self.thread(branch)
        return thread[-1].number if thread else 0

    def conversation(self, turn: int | None, setup: Setup | None = None) -> Conversation:
        """Return what a model is shown up to a turn, under a setup (the present one)."""
        said = opening((setup or self.setup).prompt)
        for t in self.path(turn):
            if t.role == "user" or t.status in SPOKEN:
                said = said.then(t.role, t.text)
        return said

    def named(self, name: str) -> Branch:
        """Return a branch by name.

        Raises:
            ConfigError: There is none; near names are listed.
        """
        if name not in self._branches:
            raise unknown("branch", name, self._branches)
        return self._branches[name]

    def calls(self, keys: Iterable[str]) -> tuple[StoredCall, ...]:
        """Return model calls of the session by hex key: what was asked, and the answer."""
        return tuple(self.store.calls(keys))

    @property
    def labels(self) -> tuple[DialogueLabel, ...]:
        """Labels of whole dialogues people gave, oldest first."""
        return labels_of(self._notes)

    def note(self, turn: int, name: str) -> Any:
        """Return what was found out about a turn under a name; None for nothing."""
        return self._notes.get((turn, name))

    # what changes

    def rename(self, title: str) -> None:
        """Give it another title.

        Raises:
            ConfigError: The title is empty.
        """
        title = plain(title, TITLE)
        if not title:
            raise ConfigError("a title needs a word")
        self.head.title, self.head.named = title, True
        self.save()

    def save(self) -> None:
        """Write the particulars (`head`) after one of them was changed."""
        kept.write_head(self.store, head_fields(self.head, self.topic))

    def use(self, setup: Setup) -> None:
        """Have somebody else, or otherwise, answer from the next reply on."""
        self.head.setup = setup
        self.save()

    def switch(self, branch: str) -> None:
        """Go to another branch.

        Raises:
            ConfigError: There is no such branch.
        """
        self.head.branch = self.named(branch).name
        self.save()

    def fork(self, turn: int | None, name: str = "") -> Branch:
        """Make a branch that goes on after a turn, and use it; no other branch is touched.

        Raises:
            ConfigError: The name is taken, or there is no such turn.
        """
        if turn is not None and turn not in self._turns:
            raise ConfigError(f"there is no turn {turn} in this session")
        name = " ".join(name.split())
        if name in self._branches:
            raise ConfigError(f"there is a branch {name!r} already")
        branch = Branch(name=name or self._free_name(), head=turn, origin=turn)
        self._branches[branch.name] = branch
        kept.write_branches(self.store, self.branches)
        self.switch(branch.name)
        return branch

    def _free_name(self) -> str:
        number = len(self._branches) + 1
        while f"b{number}" in self._branches:
            number += 1
        return f"b{number}"

    def move(self, head: int | None, branch: str | None = None) -> None:
        """Let a branch end at another turn: its new last one, or another draw of it."""
        found = self.named(branch) if branch else self.branch
        self._branches[found.name] = replace(found, head=head)
        kept.write_branches(self.store, self.branches)

    def drop_branch(self, name: str) -> None:
        """Take a branch out of the list; its turns stay in the session.

        Raises:
            ConfigError: There is no such branch, or it is the last one.
        """
        found = self.named(name)
        if len(self._branches) == 1:
            raise ConfigError("a session keeps at least one branch")
        del self._branches[found.name]
        if self.head.branch == name:
            self.head.branch = next(iter(self._branches))
        kept.write_branches(self.store, self.branches)
        self.save()

    def add(self, turn: Turn) -> Turn:
        """Keep a new turn, which gets its id and number here; the branches are not moved."""
        before = None if turn.parent is None else self._turns[turn.parent]
        number = (before.number if before else 0) + (turn.role == "user" or before is None)
        turn = replace(turn, id=max(self._turns, default=0) + 1, number=number)
        self._write(turn)
        self._children.setdefault(turn.parent, []).append(turn.id)
        if turn.role == "user" and not self.head.named and not self.head.title:
            self.head.title = plain(turn.text, TITLE)
            self.save()
        return turn

    def update(self, turn: Turn) -> Turn:
        """Write what has become of a turn."""
        self._write(turn)
        return turn

    def partial(self, turn: int, text: str) -> None:
        """Write what there is of a reply that is being written."""
        kept.write_text(self.store, turn, text)
        self._turns[turn] = replace(self._turns[turn], text=text)

    def settle(self, turn: Turn) -> Turn:
        """Mark a reply that nobody writes any more: whole if its call is committed, else cut."""
        done = next(iter(self.calls([turn.call])), None) if turn.call else None
        if done is not None:
            return self.update(replace(turn, status="finished", text=done.completion.text))
        cut: Status = "interrupted" if turn.text else "failed"
        if cut == "failed":
            drawn = [t.id for t in self.siblings(turn.id) if t.text]
            before = self._turns[turn.parent].parent if turn.parent is not None else None
            for branch in self.branches:
                if branch.head == turn.id:
                    self.move(drawn[-1] if drawn else before, branch.name)
        return self.update(replace(turn, status=cut, problem="the program ended in mid-reply"))

    def mark(self, turn: int, mark: Mark) -> Turn:
        """Add an intervention to a turn."""
        found = self._turns[turn]
        return self.update(replace(found, marks=(*found.marks, mark)))

    def set_blind(self, blind: bool) -> None:
        """Hide the meters from the user, or show them; that they were shown is kept."""
        self.head.blind = blind
        self.head.was_open = self.head.was_open or not blind
        self.save()

    def keep(self, turn: int, name: str, value: Any) -> None:
        """Keep something found out about a turn, JSON-serialisable."""
        kept.write_note(self.store, turn, name, value)
        self._notes[turn, name] = value

    def close(self) -> None:
        """Let go of the session; idempotent."""
        self.store.close()

    def _write(self, turn: Turn) -> None:
        kept.write_turn(self.store, turn)
        self._turns[turn.id] = turn


def new_turn(
    role: Any, text: str, parent: int | None, *, status: Status = "finished", **more: Any
) -> Turn:
    """Return a turn to be added; id and number are given to it then."""
    return Turn(id=0, number=0, role=role, text=text, parent=parent, status=status, **more)


def head_fields(head: Head, topic: Topic | None) -> dict[str, Any]:
    """Return the particulars of a session as plain values."""
    about = None
    if topic is not None:
        about = {
            "scenario": "" if topic.is_free else topic.id,
            "digest": topic.scenario.digest,
            "proposition": asdict(topic.about),
        }
    return {**asdict(head), "topic": about}
