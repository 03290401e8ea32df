"""The manual of `chat` and `spar` says what there is."""

from __future__ import annotations

import re
from pathlib import Path

from gadfly.eval.chat.commands import COMMANDS

PAGE = (Path(__file__).parents[2] / "docs" / "chat.md").read_text(encoding="utf-8")


def test_every_command_stands_in_the_manual_word_for_word() -> None:
    """The table of commands is the list of commands, in its order."""
    rows = re.findall(r"^\| `(/.+?)` \| (.+) \|$", PAGE, re.MULTILINE)

    assert [(usage.replace("\\|", "|"), summary) for usage, summary in rows] == [
        (c.usage, c.summary) for c in COMMANDS
    ]


def test_every_option_named_exists() -> None:
    """Options in the table of a new dialogue are those of the command."""
    from gadfly.eval.cli.chat import command

    table = PAGE.split("## Options")[1].split("## Commands")[0]
    named = set(re.findall(r"--[a-z][a-z-]*", table))
    known = {o for p in command.params for o in p.opts}
    assert named <= known
