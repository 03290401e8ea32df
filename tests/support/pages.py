"""Pages of the manual as a reader works through them: files are made, commands are run.

Blocks with a title are files: written, added at the end (`add`), or changed line by line (`diff`).
Console blocks are run in order; shown output must come, `...` standing for anything. `exit=N` says
how the last command of a block ends. `needs=WORD` marks one that wants what a test has not, and
`server` one that is shown with the address of a server.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from gadfly.eval.cli import main

DOCS = Path(__file__).parents[2] / "docs"
SERVER = "http://127.0.0.1:8000/v1#my-model"
"""How pages name a server."""
_BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block of the page."""

    language: str
    title: str
    """File it is about; "" for a console block."""
    add: bool
    exit: int
    """How its last command should end."""
    needs: str
    """What it wants and a test has not; "" where it can be run."""
    server: bool
    """Whether it speaks to the server whose address stands in it."""
    text: str


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    found = []
    for language, info, text in _BLOCK.findall(page):
        title = re.search(r'title="([^"]+)"', info)
        code = re.search(r"\bexit=(\d+)", info)
        needs = re.search(r"\bneeds=(\w+)", info)
        found.append(
            Block(
                language=language,
                title=title[1] if title else "",
                add=info.split()[-1:] == ["add"],
                exit=int(code[1]) if code else 0,
                needs=needs[1] if needs else "",
                server="server" in info.split(),
                text=text,
            )
        )
    return found


def commands(text: str) -> list[tuple[str, str]]:
    """Return the commands of a console block with the output shown under each."""
    assert text.startswith("$ "), text
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    return [(command, shown) for command, _, shown in (p.partition("\n") for p in parts)]


def alike(shown: str, printed: str) -> bool:
    """Tell whether output is as shown: `...` is anything, in a line or for whole lines."""
    pattern = "".join(
        "(?:.*\n)*" if line == "...\n" else ".*".join(map(re.escape, line.split("...")))
        for line in shown.splitlines(keepends=True)
    )
    tidy = "".join(line.rstrip() + "\n" for line in printed.splitlines())
    return re.fullmatch(pattern, tidy) is not None


def put(block: Block, folder: Path) -> None:
    """Do to a file what its block says."""
    file = folder / block.title
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    if block.language == "diff":
        lines = block.text.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        assert before.count(old) == 1, f"{block.title}: the lines to change are not there once"
        after = before.replace(old, new)
    else:
        after = (before if block.add else "") + block.text
    file.write_text(after, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs commands with an environment of their own over the packages of this one."""

    folder: Path
    python: Path

    @classmethod
    def open(cls, at: Path) -> Shell:
        """Make the environment; what is installed into it stays in it."""
        venv.create(at / "env", symlinks=os.name != "nt")
        found = list((at / "env").glob("lib/python*/site-packages"))
        ours = sysconfig.get_path("purelib")
        (found[0] / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n")
        (at / "work").mkdir()
        return cls(at / "work", at / "env" / "bin" / "python")

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a command as a reader would; its output and errors come as on a terminal."""
        told, _, typed = command.partition(" < ")
        name, *args = shlex.split(re.sub(r"\s#.*", "", told))
        module = {"gadfly": "gadfly.eval.cli", "pip": "pip"}[name]
        return subprocess.run(
            [str(self.python), "-m", module, *args],
            input=(self.folder / typed).read_text(encoding="utf-8") if typed else "",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=self.folder,
            env={
                **os.environ,
                "COLUMNS": "100",
                "PYTHONUNBUFFERED": "1",
                "PIP_NO_INDEX": "1",
                "PIP_NO_BUILD_ISOLATION": "0",  # as pip reads it: do without isolation
                "PIP_DISABLE_PIP_VERSION_CHECK": "1",
                "PIP_QUIET": "1",
            },
        )


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Runs `gadfly` in this process: quicker, for pages that install nothing."""

    folder: Path

    def run(self, command: str) -> Done:
        """Run a command; its output and errors come as on a terminal."""
        name, *args = shlex.split(re.sub(r"\s#.*", "", command))
        assert name == "gadfly", command
        said = io.StringIO()
        with (
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
            mock.patch.object(sys, "argv", [name, *args]),
            mock.patch.object(sys, "stdin", io.StringIO()),
            mock.patch.dict(os.environ, {"COLUMNS": "100"}),
        ):
            try:
                main()
            except SystemExit as left:
                code = left.code
        assert isinstance(code, int)
        return Done(code, said.getvalue())


def work_through(page: Path, shell: Shell | Desk, *, server: str = "") -> None:
    """Make every file and run every command of a page, in order, and hold it to what is shown.

    Args:
        page: The page.
        shell: Where to do it.
        server: Address, with its model, put in the place of `SERVER`.
    """
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.title:
            put(block, shell.folder)
        elif block.language == "console" and not block.needs:
            _run(block, shell, server)


def _run(block: Block, shell: Shell | Desk, server: str) -> None:
    told = commands(block.text)
    for i, (command, shown) in enumerate(told):
        if block.server:
            assert SERVER in block.text, block.text
            done = shell.run(command.replace(SERVER, server))
            printed = done.stdout.replace(server.partition("#")[2], SERVER.partition("#")[2])
        else:
            done = shell.run(command)
            printed = done.stdout
        wanted = block.exit if i == len(told) - 1 else 0
        assert done.returncode == wanted, f"$ {command}\n{printed}"
        assert alike(shown, printed), f"$ {command}\n{printed}\n-- shown:\n{shown}"
