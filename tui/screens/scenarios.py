"""The Scenarios screen: what can be asked, family by family, and what is wrong with a file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static, Tree

from gadfly.bot.errors import GadflyError
from gadfly.eval.chat.topic import Topic
from gadfly.eval.cli.family import blocks, family_lines, variants
from gadfly.tui.commands import Command
from gadfly.tui.lines import lines
from gadfly.tui.screens.base import ScreenBase
from gadfly.tui.screens.sheet import TextSheet
from gadfly.tui.shelf import Shelf, shelf
from gadfly.tui.text import one_line, plain
from gadfly.tui.widgets.line import LineInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widgets.tree import TreeNode

    from gadfly.bot.errors import ScenarioError
    from gadfly.scenarios.scenario import Scenario

    Leaf = Scenario | ScenarioError | None


class ScenariosScreen(ScreenBase):
    """A tree of topics and families, and all of the one that is chosen."""

    MODE = "scenarios"
    HELP_TEXT: ClassVar[str] = (
        "A family is one question with everything it can be varied with: wordings, cover stories, "
        "a ladder from grave to mild, arguments good and bad for either side, personas. Put one to "
        "a model live with s: its wordings and arguments are then at hand on the Spar screen."
    )
    ACTIONS = (
        Command(id="family-spar", title="Talk about this family with a model", action="spar",
                key="s", footer="Spar"),
        Command(id="family-run", title="Run a suite on this family only", action="run", key="r",
                footer="Run"),
        Command(id="family-filter", title="Filter the families", action="filter", key="slash",
                footer="Filter"),
        Command(id="family-check", title="Check the files by the authoring rules",
                action="check", key="c", footer="Check"),
        Command(id="family-open", title="Show a file or folder of your own", action="open",
                key="o", footer="Folder"),
        Command(id="family-library", title="Show the library", action="library", key="l",
                footer="Library"),
        Command(id="family-read", title="Read the chosen family", action="read",
                key="right"),
        Command(id="family-down", title="Next", action="move(1)", key="j", in_palette=False),
        Command(id="family-up", title="Previous", action="move(-1)", key="k", in_palette=False),
        Command(id="family-back", title="Back to the list", action="back", key="escape,left",
                in_palette=False),
    )  # fmt: skip
    DEFAULT_CSS = """
    ScenariosScreen #families { width: 38; border-right: solid $panel; padding: 0; }
    ScenariosScreen.-wide #families { width: 46; }
    ScenariosScreen #family { width: 1fr; padding: 0 1; }
    ScenariosScreen #family Static { height: auto; }
    ScenariosScreen #family, ScenariosScreen #families { scrollbar-size-vertical: 1; }
    ScenariosScreen #state { height: auto; padding: 1 2; }
    """

    def __init__(self, source: Path | None = None) -> None:
        """Show the library, or a file or folder."""
        super().__init__()
        self._source = source
        self._shelf: Shelf | None = None
        self._filter = ""
        self._shown: Scenario | None = None

    def compose_body(self) -> ComposeResult:
        """The tree on the left, the family on the right."""
        yield Static("Reading the library …", id="state", markup=False)
        with Vertical():
            with Horizontal():
                tree: Tree[Leaf] = Tree("", id="families")
                tree.show_root = False
                tree.guide_depth = 2
                yield tree
                with VerticalScroll(id="family"):
                    yield Static("", id="told", markup=False)
            yield LineInput()

    def on_mount(self) -> None:
        """Read."""
        self._read(self._source)

    @property
    def shelf(self) -> Shelf | None:
        """What is browsed; None before it is read."""
        return self._shelf

    @property
    def family(self) -> Scenario | None:
        """The family that is shown."""
        return self._shown

    @property
    def families(self) -> Tree[Leaf]:
        """The list."""
        return self.query_one("#families", Tree)

    @work(exclusive=True, group="shelf")
    async def _read(self, source: Path | None) -> None:
        try:
            self._shelf = await asyncio.to_thread(shelf, source)
        except GadflyError as e:
            if self._shelf is None:
                self._state(str(e), "l  shows the library")
            else:
                self.toast(str(e), "warning")
            return
        self._filter = ""
        self._state()
        self._fill()
        self.families.focus()

    def _state(self, *told: str) -> None:
        box = self.query_one("#state", Static)
        box.update(lines([plain(line) for line in told]))
        box.display = bool(told)

    def _fill(self) -> None:
        found = self._shelf
        if found is None:
            return
        shown = found.matching(self._filter)
        tree = self.families
        tree.clear()
        topics: dict[str, TreeNode[Leaf]] = {}
        if found.problems:
            node = tree.root.add(_label(f"! {len(found.problems)} problems"), expand=True)
            for problem in found.problems:
                label = f"! {Path(problem.path).name}:{problem.line}"
                node.add_leaf(_label(label), data=problem)
        many = len({s.topic for s in shown}) > 1 and not self._filter
        for s in shown:
            if s.topic not in topics:
                count = sum(other.topic == s.topic for other in shown)
                label = f"{one_line(s.topic, 40)} ({count})"
                topics[s.topic] = tree.root.add(_label(label), expand=not many)
            name = s.id.removeprefix(f"{s.topic}.")
            topics[s.topic].add_leaf(_label(name), data=s)
        self.header.about = f"{len(shown)} families, {one_line(found.name, 50)}"
        if not shown and not found.problems:
            self._tell([plain(f"No family matches “{self._filter}”. / changes that.")])
            return
        self.call_after_refresh(self._to_first)

    def _to_first(self) -> None:
        """Go to the first family or problem, and show it."""
        tree = self.families
        node = next((n for n in _walk(tree.root) if n.data is not None), None)
        if node is None:
            return
        parent = node.parent
        if parent is not None and not parent.is_expanded:
            parent.expand()
        self._show(node.data)
        if tree.last_line >= 0:  # asked for, the tree numbers its lines: a node has none before
            tree.move_cursor(node)

    @on(Tree.NodeHighlighted)
    def _chosen(self, event: Tree.NodeHighlighted[Leaf]) -> None:
        self._show(event.node.data)

    @on(Tree.NodeSelected)
    def _entered(self, event: Tree.NodeSelected[Leaf]) -> None:
        if event.node.data is not None:
            self.action_read()

    def _show(self, data: Leaf) -> None:
        if data is None:
            return
        if isinstance(data, Exception):
            self._shown = None
            self._tell([plain("This file cannot be used", "bold"), "", plain(str(data))])
            return
        self._shown = data
        self._tell(list(told(data)))

    def _tell(self, parts: list[Content | str]) -> None:
        self.query_one("#told", Static).update(lines(parts))
        self.query_one("#family", VerticalScroll).scroll_home(animate=False)

    # doing

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        if by > 0:
            self.families.action_cursor_down()
        else:
            self.families.action_cursor_up()

    def action_read(self) -> None:
        """Go to the text of the family."""
        self.query_one("#family").focus()

    def action_back(self) -> None:
        """Go back to the list."""
        self.families.focus()

    def action_spar(self) -> None:
        """Talk about the family with a model."""
        if self._shown is None:
            self.toast("choose a family first", "warning")
            return
        if not self._shown.wordings:
            self.toast(
                f"{self._shown.id} is asked in a way of its own, not argued about", "warning"
            )
            return
        self._go_to_spar(Topic(self._shown))

    @work
    async def _go_to_spar(self, topic: Topic) -> None:
        from gadfly.tui.screens.chat import ChatScreen

        await self.app.switch_mode("chat")
        for screen in self.app.screen_stack:
            if isinstance(screen, ChatScreen):
                await screen.deeds.put(topic)

    def action_run(self) -> None:
        """Fill the form that starts a run with this family."""
        if self._shown is None:
            self.toast("choose a family first", "warning")
            return
        self._go_to_runs(self._shown.id)

    @work
    async def _go_to_runs(self, family: str) -> None:
        from gadfly.tui.screens.runs import RunsScreen

        source = None if self._shelf is None else self._shelf.source
        await self.app.switch_mode("runs")
        for screen in self.app.screen_stack:
            if isinstance(screen, RunsScreen):
                screen.start_on(family, source)

    def action_check(self) -> None:
        """Check the files by the rules `gadfly scenarios check` has."""
        if self._shelf is not None:
            self._check(self._shelf)

    @work(exclusive=True, group="check")
    async def _check(self, found: Shelf) -> None:
        self.toast("checking …")
        text = await asyncio.to_thread(findings, found)
        self.app.push_screen(TextSheet("Findings", text))

    # the line below

    def action_filter(self) -> None:
        """Type words that a family must have."""
        self.query_one(LineInput).ask(
            "filter", "words in id, tags, stratum or question; Esc shows all", self._filter
        )

    def action_open(self) -> None:
        """Type the path of a scenario file or folder."""
        self.query_one(LineInput).ask("open", "path of a scenario file, or of a folder")

    def action_library(self) -> None:
        """Show what ships with Gadfly."""
        self._read(None)

    @on(LineInput.Typed)
    def _typed(self, event: LineInput.Typed) -> None:
        if event.asked == "filter":
            self._filter = event.text
            self._fill()

    @on(LineInput.Left)
    def _left(self, event: LineInput.Left) -> None:
        if event.asked == "filter" and event.text is None:
            self._filter = ""
            self._fill()
        if event.asked == "open" and event.text:
            self._read(Path(event.text).expanduser())
        self.families.focus()


def told(s: Scenario) -> Iterator[Content | str]:
    """Yield everything one family can be asked, made fit to be shown."""
    yield plain(s.id, "bold")
    tags = f" · {', '.join(sorted(s.tags))}" if s.tags else ""
    yield plain(f"{s.stratum}{tags} · {variants(s)} questions · {', '.join(blocks(s))}", "dim")
    for line in list(family_lines(s))[1:]:
        indent = len(line) - len(line.lstrip())
        name, gap, text = line.strip().partition("  ")
        if gap:
            yield ""
            yield plain(" " * max(0, indent - 2) + name, "bold")
            yield plain(text.strip())
        else:
            yield plain(line)


def findings(found: Shelf) -> Content:
    """Check the files of a shelf and return what came of it; blocking, seconds for the library."""
    from gadfly.eval.cli import findings as rules

    with found.readable() as files:
        checked = rules.check(files)
        parts = [plain(str(problem)) for problem in checked.problems]
        parts += [plain(line) for line in rules.told(checked)]
    if missing := rules.not_run(checked):
        parts.append(plain(missing))
    hints = len(checked.findings) - checked.breaches
    parts.append(
        plain(
            f"{len(files)} files: {len(checked.problems)} problems, {checked.breaches} breaches, "
            f"{hints} hints",
            "bold",
        )
    )
    return lines(parts)


def _label(text: str) -> Text:
    return Text(one_line(text, 60), no_wrap=True)


def _walk(node: TreeNode[Leaf]) -> Iterator[TreeNode[Leaf]]:
    for child in node.children:
        yield child
        yield from _walk(child)
