"""The form that starts a run: what is asked of whom, what it costs, and then it goes."""

from __future__ import annotations

import asyncio
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from gadfly.bot.errors import ConfigError, GadflyError
from gadfly.bot.registry import DEFAULT
from gadfly.eval.cli.run import intended
from gadfly.eval.suite import SUITES
from gadfly.tui.lines import lines
from gadfly.tui.screens.sheet import Sheet
from gadfly.tui.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from textual.app import ComposeResult

    from gadfly.eval.cli.run import Intended

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("suite", "Suite", "smoke"),
    ("model", "Model", DEFAULT),
    ("limit", "Families", ""),
    ("replicates", "Replicates", ""),
    ("options", "Options", ""),
)
"""Name, label and first value."""
_PLACEHOLDERS: Mapping[str, str] = {
    "limit": "most per probe; the suite's if empty",
    "replicates": "dialogues per arm; the suite's if empty",
    "options": "of `gadfly run`, e.g. --probe persuasion --tag meat",
}
_MODELS = (DEFAULT, "sim:calibrated", "http://127.0.0.1:8000/v1", "vllm:", "hf:", "spar:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is to be started."""

    arguments: tuple[str, ...]
    """After `gadfly`."""
    folder: Path


def arguments_of(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Return the command line of the form's fields, after `gadfly`.

    Raises:
        ConfigError: The options have a quotation mark without its end.
    """
    given = {name: text.strip() for name, text in fields.items()}
    try:
        more = shlex.split(given.get("options", ""))
    except ValueError as e:
        raise ConfigError(f"options: {e}") from e
    named = [
        part
        for name in ("model", "limit", "replicates")
        if given.get(name)
        for part in (f"--{name}", given[name])
    ]
    return ("run", *([given["suite"]] if given.get("suite") else []), *named, *more)


class RunForm(Sheet[Chosen]):
    """Enter shows the plan and its cost; Enter once more starts it."""

    TITLE = "Start a run"
    KEYS: ClassVar[str] = "Tab next field   Enter plan, then start   Esc closes"
    DEFAULT_CSS = """
    RunForm .field { height: 1; margin-bottom: 1; }
    RunForm .field Static { width: 12; }
    RunForm .field Input { width: 1fr; }
    RunForm #purpose { height: auto; color: $text-muted; }
    RunForm #plan { height: auto; margin-top: 1; }
    """

    def __init__(self, first: Mapping[str, str] | None = None) -> None:
        """Begin with the smallest suite on the default model, or with what is given by field."""
        super().__init__()
        self._first = first or {}
        self._planned: tuple[tuple[str, ...], Intended] | None = None

    def compose_sheet(self) -> ComposeResult:
        """Fields, then the plan."""
        suggestions = {"suite": [s.name for s in SUITES], "model": list(_MODELS)}
        for name, label, value in FIELDS:
            with Horizontal(classes="field"):
                yield Static(label, markup=False)
                yield Input(
                    self._first.get(name, value),
                    placeholder=_PLACEHOLDERS.get(name, ""),
                    suggester=SuggestFromList(suggestions[name]) if name in suggestions else None,
                    compact=True,
                    id=name,
                )
        yield Static("", id="purpose", markup=False)
        yield Static("Enter shows what will be asked, and what it costs.", id="plan", markup=False)

    def on_mount(self) -> None:
        """Begin at the suite."""
        self.query_one("#suite").focus()
        self._show_purpose()

    def _fields(self) -> dict[str, str]:
        return {name: self.query_one(f"#{name}", Input).value for name, _, _ in FIELDS}

    def _say(self, *told: str) -> None:
        self.query_one("#plan", Static).update(lines([plain(line) for line in told]))

    def _show_purpose(self) -> None:
        name = self.query_one("#suite", Input).value.strip()
        purposes = {s.name: s.purpose for s in SUITES}
        text = (
            f"{name}: {purposes[name]}"
            if name in purposes
            else f"one of {', '.join(purposes)}; or a scenario file, or a folder of them"
        )
        self.query_one("#purpose", Static).update(plain(text))

    @on(Input.Changed)
    def _changed(self) -> None:
        self._show_purpose()
        if self._planned is not None:
            self._planned = None
            self._say("Enter shows what will be asked, and what it costs.")

    @on(Input.Submitted)
    def _entered(self) -> None:
        try:
            arguments = arguments_of(self._fields())
        except ConfigError as e:
            self._say(str(e))
            return
        if self._planned is not None and self._planned[0] == arguments:
            self.dismiss(Chosen(arguments=arguments, folder=self._planned[1].folder))
            return
        self._say("Planning …")
        self._plan(arguments)

    @work(exclusive=True)
    async def _plan(self, arguments: tuple[str, ...]) -> None:
        try:
            found = await asyncio.to_thread(intended, arguments[1:])
        except GadflyError as e:
            self._say(f"! {e}")
            return
        self._planned = (arguments, found)
        self._say(
            *found.lines,
            f"kept in {found.folder}"
            + ("; what is finished there is not asked again" if found.folder.exists() else ""),
            "",
            "Enter starts it.",
        )
