"""The profile of a run: its headlines in words, then the tables, construct by construct."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from gadfly.bot.errors import GadflyError
from gadfly.tui.screens.sheet import Sheet
from gadfly.tui.text import one_line, plain

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from gadfly.eval.profile import Profile
    from gadfly.eval.report_json import ReportInput


class ProfileSheet(Sheet[None]):
    """Computes the profile of a run folder and shows it; works on a run that is still going."""

    KEYS: ClassVar[str] = "j k scroll   e every row   Esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "close", "Close", show=False),
        Binding("e", "everything", "Every row", show=False),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]
    DEFAULT_CSS = """
    ProfileSheet > #sheet {
        width: 100%;
        height: 96%;
        max-height: 96%;
        padding: 0;
        border: none;
        border-top: solid $primary;
        border-bottom: solid $primary;
    }
    ProfileSheet #profile { height: 1fr; scrollbar-size-vertical: 1; }
    ProfileSheet #profile Static { height: auto; width: 1fr; }
    ProfileSheet #headlines { margin-bottom: 1; }
    """

    def __init__(self, folder: Path) -> None:
        """Show the run in `folder`."""
        super().__init__()
        self._folder = folder
        self._everything = False
        self._found: tuple[ReportInput, Profile] | None = None

    @property
    def title_text(self) -> str:
        """Name the run."""
        return f"Profile of {one_line(self._folder.name, 50)}"

    def compose_sheet(self) -> ComposeResult:
        """Two texts, one below the other."""
        with VerticalScroll(id="profile"):
            yield Static("Computing …", id="headlines", markup=False)
            yield Static("", id="tables", markup=False)

    def on_mount(self) -> None:
        """Compute."""
        self._compute()

    @work
    async def _compute(self) -> None:
        try:
            self._found = await asyncio.to_thread(profile_in, self._folder)
        except GadflyError as e:
            self.query_one("#headlines", Static).update(plain(str(e)))
            return
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        from gadfly.eval.report_terminal import report_renderable

        source, profile = self._found
        self.query_one("#headlines", Static).update(headlines(profile))
        report = report_renderable(source, profile=profile, everything=self._everything)
        self.query_one("#tables", Static).update(report)

    def action_everything(self) -> None:
        """Show a row for each stratum and detail, or no longer."""
        self._everything = not self._everything
        self._show()

    def action_scroll(self, by: int) -> None:
        """Scroll by a few lines."""
        self.query_one("#profile").scroll_relative(y=3 * by, animate=False)


def profile_in(folder: Path) -> tuple[ReportInput, Profile]:
    """Read a run and compute its profile; blocking, seconds for a large one.

    Raises:
        GadflyError: The run cannot be read, or has no trial yet.
    """
    from gadfly.bot.errors import ConfigError
    from gadfly.eval.cli.report import report_input
    from gadfly.eval.manifest import read_manifest
    from gadfly.eval.profile import profile_of

    source = report_input(folder, read_manifest(folder))
    if not source.records:
        raise ConfigError(f"{folder.name} has no trial yet: its profile comes with the first ones")
    return source, profile_of(source.records)


def headlines(profile: Profile) -> Content:
    """Return the chief sentences of a profile by construct; says so where there is none."""
    from gadfly.eval.headline import headline

    by_construct: dict[str, list[str]] = {}
    for estimate in profile.estimates:
        if sentence := headline(estimate):
            by_construct.setdefault(estimate.construct, []).append(sentence)
    if not by_construct:
        return plain(
            "No headline can be said yet: none of the chief figures has an interval, which takes "
            "two scenario families or more."
        )
    parts: list[Content] = []
    for construct, sentences in by_construct.items():
        parts.append(Content.styled(construct.capitalize(), "bold"))
        parts += [plain(f"- {sentence}") for sentence in sentences]
        parts.append(Content(""))
    return Content("\n").join(parts)
