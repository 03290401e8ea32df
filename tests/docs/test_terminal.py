"""The manual's page on the terminal UI names every key there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gadfly.tui.commands import GLOBAL, Command, shown_key
from gadfly.tui.keymap import all_commands
from gadfly.tui.screens.chat_commands import COMMANDS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "terminal.md").read_text(encoding="utf-8")
WITH_KEYS = [command for command in (*COMMANDS, *GLOBAL) if command.key]


@pytest.mark.parametrize("command", WITH_KEYS, ids=lambda command: command.id)
def test_every_key_is_in_the_manual(command: Command) -> None:
    """Each key of the Spar screen and of the application stands in a table of the page."""
    rows = [line for line in PAGE.splitlines() if line.startswith("|")]
    cells = " ".join(row.split("|")[1] for row in rows)
    key = shown_key(command.key).split(" or ")[0]

    assert key in cells or (key[0] == "F" and "F2 to F6" in cells)


def test_every_command_can_be_named_in_a_keymap() -> None:
    """The table of the page on keys is the list of commands, with the keys they come with."""
    page = (DOCS / "keys.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+?)` \| (.*?) ?\| (.+) \|$", page, re.MULTILINE)

    assert rows == [
        (c.id, shown_key(c.key) if c.key else "", c.title) for c in all_commands().values()
    ]


def test_no_key_has_two_meanings() -> None:
    """Where commands hold together no key is given twice."""
    for where in ("screen", "turns"):
        keys = [k for c in (*COMMANDS, *GLOBAL) if c.where == where for k in c.key.split(",") if k]
        assert len(keys) == len(set(keys))
