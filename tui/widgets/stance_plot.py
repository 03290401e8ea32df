"""Stance over turns, on a scale that never moves: -1 (disagrees) to +1 (agrees)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from gadfly.tui.glyphs import Glyphs

State = Literal["measured", "none", "unmeasured", "pending", "failed"]
_GUTTER = 5
_TALLEST_SLOT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The stance at one turn, or why there is none."""

    turn: int
    """Number printed beside the message in the transcript."""
    value: float | None = None
    """In [-1, 1]; present exactly when `state` is "measured"."""
    low: float | None = None
    high: float | None = None
    """95 % range; None where there is none to give."""
    n: int | None = None
    """Reads the value rests on."""
    state: State = "measured"
    event: str = ""
    """One capital letter for what was done at this turn (P, U, C, F ...)."""
    is_parent: bool = False
    """Whether the turn belongs to the branch this one left."""


Cell = tuple[str, str]
"""A character and its style."""
_WORDS: dict[str, str] = {
    "none": "takes no side",
    "unmeasured": "not measured",
    "pending": "being measured",
    "failed": "could not be read",
}


def state_sign(state: str, signs: Glyphs) -> str:
    """Return the sign for a state without a value."""
    return {
        "none": signs.neutral,
        "unmeasured": signs.unmeasured,
        "pending": signs.pending,
    }.get(state, signs.failed)


def described(point: Point) -> str:
    """Return a point in words: what a reader hears who cannot see the plot."""
    if point.state != "measured" or point.value is None:
        return f"turn {point.turn}: {_WORDS.get(point.state, '')}"
    return f"turn {point.turn}: {figure(point)}"


def figure(point: Point) -> str:
    """Return value and range, or value and number of reads; never a bare number.

    >>> figure(Point(turn=3, value=0.456, low=0.28, high=0.62))
    '+0.46 [+0.28, +0.62]'
    """
    if point.value is None:
        return described(point)
    if point.low is not None and point.high is not None:
        return f"{point.value:+.2f} [{point.low:+.2f}, {point.high:+.2f}]"
    reads = "read" if point.n == 1 else "reads"
    return f"{point.value:+.2f} (n={point.n} {reads})" if point.n else f"{point.value:+.2f} (n=?)"


def strip(points: Sequence[Point], signs: Glyphs, width: int) -> str:
    """Return the last `width` points as one row of steps on the same fixed scale."""
    return "".join(
        state_sign(point.state, signs)
        if point.value is None
        else signs.steps[min(7, max(0, int((point.value + 1) * 4)))]
        for point in points[-width:]
    )


def slots(points: Sequence[Point], width: int) -> tuple[Sequence[Point], int]:
    """Return the points that fit beside the gutter, the last ones, and the columns each takes."""
    room = max(1, width - _GUTTER - 1)
    each = max(1, min(_TALLEST_SLOT, room // max(1, len(points))))
    return points[-(room // each) :], each


def plot(
    points: Sequence[Point], signs: Glyphs, *, width: int, height: int, selected: int | None = None
) -> list[list[Cell]]:
    """Draw the points as rows of cells; the last two rows are turn numbers and events.

    `height` counts all rows and is at least 5. Only measured neighbours are connected; a turn
    without a value leaves a gap, its sign on the zero line.
    """
    rows = max(3, height - 2) | 1
    shown, each = slots(points, width)
    grid: list[list[Cell]] = [[(" ", "")] * width for _ in range(rows + 2)]
    _frame(grid, rows, width, signs)
    columns = [_GUTTER + 1 + i * each + each // 2 for i in range(len(shown))]
    for i in range(1, len(shown)):
        _connect(grid, rows, shown[i - 1 : i + 1], columns[i - 1 : i + 1], signs)
    for point, x in zip(shown, columns, strict=True):
        _mark(grid, rows, point, x, signs, here=point.turn == selected)
    _foot(grid, rows, list(zip(shown, columns, strict=True)), each)
    return grid


def _row(value: float, rows: int) -> int:
    return round((1 - max(-1.0, min(1.0, value))) / 2 * (rows - 1))


def _frame(grid: list[list[Cell]], rows: int, width: int, signs: Glyphs) -> None:
    names = {0: "  +1 ", rows // 2: "   0 ", rows - 1: "  -1 "}
    for y in range(rows):
        label = names.get(y, " " * _GUTTER)
        for x, char in enumerate(label[:width]):
            grid[y][x] = (char, "dim")
        if width > _GUTTER:
            grid[y][_GUTTER] = (signs.axis, "dim")
    for x in range(_GUTTER + 1, width):
        grid[rows // 2][x] = (signs.zero, "dim")


def _connect(
    grid: list[list[Cell]],
    rows: int,
    pair: Sequence[Point],
    columns: Sequence[int],
    signs: Glyphs,
) -> None:
    left, right = pair
    if left.value is None or right.value is None:
        return
    x0, x1 = columns
    y0, y1 = _row(left.value, rows), _row(right.value, rows)
    style = "dim" if left.is_parent else ""
    for x in range(x0 + 1, x1):
        y = round(y0 + (y1 - y0) * (x - x0) / (x1 - x0))
        sign = signs.link if y0 == y1 else signs.fall if y1 > y0 else signs.rise
        grid[y][x] = (sign, style)


def _mark(
    grid: list[list[Cell]], rows: int, point: Point, x: int, signs: Glyphs, *, here: bool
) -> None:
    if point.value is None:
        grid[rows // 2][x] = (state_sign(point.state, signs), "bold reverse" if here else "bold")
        return
    if point.low is not None and point.high is not None:
        for y in range(_row(point.high, rows), _row(point.low, rows) + 1):
            grid[y][x] = (signs.range, "dim")
    side = "$agree" if point.value > 0 else "$disagree" if point.value < 0 else ""
    sign = signs.selected if here else signs.parent if point.is_parent else signs.measured
    grid[_row(point.value, rows)][x] = (sign, f"bold {side}".strip())


def _foot(grid: list[list[Cell]], rows: int, shown: Sequence[tuple[Point, int]], each: int) -> None:
    free = 0
    last = len(shown) - 1
    for i, (point, x) in enumerate(shown):
        label = str(point.turn)
        is_named = i in (0, last) or point.turn % 5 == 0
        start = max(_GUTTER + 1, x - len(label) + 1)
        clear = i == last or x + each * 2 + 1 < shown[last][1] or len(label) <= each
        if is_named and clear and start > free:
            for offset, char in enumerate(label):
                grid[rows][start + offset] = (char, "dim")
            free = start + len(label)
        if point.event:
            grid[rows + 1][x] = (point.event[0], "reverse")


class StancePlot(Widget, can_focus=True):
    """The plot as a widget: left and right (or a click) choose the turn."""

    DEFAULT_CSS = """
    StancePlot { height: 13; width: 1fr; }
    StancePlot:focus { background: $boost; }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Previous turn", show=False),
        Binding("right,l", "step(1)", "Next turn", show=False),
    ]

    class TurnChosen(Message):
        """The user went to a turn on the plot."""

        def __init__(self, turn: int) -> None:
            super().__init__()
            self.turn = turn

    def __init__(self, signs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002 - Textual's
        """Draw with `signs`; begin without points."""
        super().__init__(id=id)
        self._signs = signs
        self._points: tuple[Point, ...] = ()
        self._selected: int | None = None

    @property
    def points(self) -> tuple[Point, ...]:
        """What is drawn."""
        return self._points

    def show(self, points: Sequence[Point], selected: int | None = None) -> None:
        """Draw these points, with one turn marked."""
        self._points, self._selected = tuple(points), selected
        self.refresh()

    def render(self) -> Content:
        """Draw in the room there is."""
        if not self._points:
            return Content.styled("No turn yet.", "dim")
        grid = plot(
            self._points,
            self._signs,
            width=self.size.width,
            height=self.size.height,
            selected=self._selected,
        )
        return Content("\n").join([_joined(row) for row in grid])

    def action_step(self, by: int) -> None:
        """Go to the turn beside the one selected."""
        turns = [point.turn for point in self._points]
        if not turns:
            return
        at = turns.index(self._selected) if self._selected in turns else len(turns) - 1
        self.post_message(self.TurnChosen(turns[max(0, min(len(turns) - 1, at + by))]))

    def on_click(self, event: events.Click) -> None:
        """Choose the turn under the mouse."""
        shown, each = slots(self._points, self.size.width)
        at = (event.x - _GUTTER - 1) // each
        if 0 <= at < len(shown):
            self.post_message(self.TurnChosen(shown[at].turn))


def _joined(row: Sequence[Cell]) -> Content:
    parts: list[tuple[str, str]] = []
    for char, style in row:
        if parts and parts[-1][1] == style:
            parts[-1] = (parts[-1][0] + char, style)
        else:
            parts.append((char, style))
    return Content.assemble(*parts)
