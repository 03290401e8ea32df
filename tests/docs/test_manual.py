"""The manual works as written: what can be run is run, what cannot is listed with its reason."""

from __future__ import annotations

import ast
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from support.openai_server import SimulantServer
from support.pages import DOCS, Desk, Shell, blocks, commands, work_through

import gadfly.eval
from gadfly.bot.simulant import simulant
from gadfly.eval.cli.command import cli
from gadfly.eval.sharing.columns import Row
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Iterator


WORKED_THROUGH = ("first", "batch", "reading", "packs", "sharing", "serving", "troubleshooting")
"""Pages whose every block is performed below, those apart that need what a test has not."""
ELSEWHERE = {"tutorial", "scoring", "ci", "duel", "report", "scaling"}
"""Pages with a test of their own that performs them."""
NOT_RUN = {
    ("chat", "a keyboard"): 2,
    ("judging", "two models"): 1,
    ("first", "package"): 2,
    ("first", "weights"): 1,
    ("serving", "gpu"): 3,
    ("serving", "gpus"): 1,
    ("serving", "hub"): 1,
    ("serving", "package"): 1,
    ("serving", "vllm"): 2,
    ("sharing", "inspect"): 2,
}
"""Blocks of commands that no test runs, by page and by what they need. Their commands and options
are held to exist; those for Inspect are performed by tests/eval/sharing where it is installed."""
_REASON = {"chat": "a keyboard", "judging": "two models"}

PAGES = {path.stem: path for path in sorted(DOCS.glob("*.md"))}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with SimulantServer(simulant("sim:calibrated", library_crib())) as running:
        yield f"{running.url}#simulant"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the paths of its environment are those of POSIX")
@pytest.mark.parametrize("page", WORKED_THROUGH)
def test_a_page_works_as_written(page: str, server: str, tmp_path: Path) -> None:
    """Every file and every command of the page, in order, ends and prints as the page shows."""
    if page == "sharing":
        pytest.importorskip("pyarrow", reason="needs gadfly[parquet]")
    installs = page in ("first", "packs")
    shell = Shell.open(tmp_path) if installs else Desk(tmp_path)
    work_through(PAGES[page], shell, server=server)


def test_what_is_not_run_is_known() -> None:
    """Every block of commands in the manual is performed by some test, or listed here."""
    found: dict[tuple[str, str], int] = {}
    for page, path in PAGES.items():
        if page in ELSEWHERE:
            continue
        for block in blocks(path.read_text(encoding="utf-8")):
            if block.language != "console":
                continue
            reason = block.needs or ("" if page in WORKED_THROUGH else _REASON.get(page, "?"))
            if reason:
                found[page, reason] = found.get((page, reason), 0) + 1

    assert found == NOT_RUN


@pytest.mark.parametrize("page", PAGES)
def test_every_command_named_exists(page: str) -> None:
    """Each `gadfly …` in a block, with each option given to it."""
    for block in blocks(PAGES[page].read_text(encoding="utf-8")):
        if block.language != "console":
            continue
        for command, _ in commands(block.text):
            told = command.split("  #")[0].split()
            if told[0] == "gadfly":
                known, given = options(told[1:])
                assert given <= known, command


def options(told: list[str]) -> tuple[set[str], set[str]]:
    """Return the options a command knows, and those given to it."""
    context = cli.make_context("gadfly", ["--help"], resilient_parsing=True)
    command: click.Command = cli
    for word in told:
        inner = command.get_command(context, word) if isinstance(command, click.Group) else None
        if inner is None:
            break
        command = inner
    taken = [command]
    if command is not cli and isinstance(command, click.Group):
        taken += command.commands.values()  # `gadfly judge RUN` is `gadfly judge run RUN`
    known = {o for c in taken for p in c.params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
    return known, {a.partition("=")[0] for a in told if a.startswith("--")}


def test_the_index_lists_every_page() -> None:
    """Once each: what it lists is the navigation."""
    listed = re.findall(r"\]\(([\w-]+)\.md\)", (DOCS / "index.md").read_text(encoding="utf-8"))

    assert sorted(listed) == sorted(set(PAGES) - {"index"})


def test_the_columns_of_a_table_are_explained() -> None:
    """The page on sharing has each column with its type and its words."""
    rows = re.findall(r"^\| `(\w+)` \| ([\w ]+) \| (.+) \|$", read("sharing"), re.MULTILINE)

    assert [(name, words) for name, _, words in rows] == [
        (name, field.description) for name, field in Row.model_fields.items()
    ]


def test_quoted_messages_are_printed_by_the_code() -> None:
    """Each message of the page on troubleshooting is one that is still raised or printed."""
    quoted = re.findall(r"^\*\*`(.+)`\*\*$", read("troubleshooting"), re.MULTILINE)
    known = messages()

    assert len(quoted) > 40
    assert [q for q in quoted if not any(told(q, message) for message in known)] == []


def read(page: str) -> str:
    return PAGES[page].read_text(encoding="utf-8")


def told(quoted: str, message: str) -> bool:
    """Say whether a message begins with, or holds, what is quoted; `…` is any part of either."""
    parts = [re.escape(part) for part in quoted.strip("… ").split("…")]
    return re.search(".*".join(parts), message) is not None


@cache
def messages() -> frozenset[str]:
    """Return every text in the code, `…` for what is filled in."""
    root = Path(next(iter(gadfly.eval.__path__))).parent
    found = set()
    for layer in ("bot", "scenarios", "probes", "eval"):
        for path in (root / layer).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= {text(node) for node in ast.walk(tree) if text(node)}
    return frozenset(found)


def text(node: ast.AST) -> str:
    """Return a string constant as it stands, `…` in the place of what an f-string fills in."""
    match node:
        case ast.Constant(value=str() as value):
            return value
        case ast.JoinedStr(values=parts):
            return "".join(text(part) or "…" for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return text(left) + (text(right) or "…") if text(left) else ""
        case _:
            return ""
