"""The list of trials: two lines each, made and cut to fit when they come into view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.visual import Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from gadfly.eval.transcript import summary
from gadfly.tui.lines import lines
from gadfly.tui.text import one_line, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions

    from gadfly.eval.meters import Meter
    from gadfly.eval.record import TrialRecord


class TrialList(OptionList):
    """Trials to choose from."""

    def show(self, records: Iterable[TrialRecord], by: Meter) -> None:
        """List these trials, each with its value by a meter, none chosen."""
        self.set_options([Option(TrialRow(record, by)) for record in records])

    def on_resize(self) -> None:
        """Keep the chosen trial in view."""
        self.call_after_refresh(self.scroll_to_highlight)


class TrialRow(Visual):
    """The two lines of a trial."""

    def __init__(self, record: TrialRecord, by: Meter) -> None:
        """Make nothing yet: of a long list few rows are ever seen."""
        self._record = record
        self._meter = by

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return its value and family, and below them what it was and came to."""
        record, value = self._record, self._meter.of(self._record)
        figure = "·" if value is None else f"{abs(value):.2f}"
        variant = "" if record.variant == "original" else f" {record.variant}"
        told = f"{record.probe} {record.arm}{variant} r{record.replicate}  {summary(record)}"
        first = plain(f"{figure:>4} {one_line(record.family)}")
        second = plain("     " + one_line(told), "dim")
        room = width - 1  # a column apart from what stands beside the list
        cut = lines([part.truncate(room, ellipsis=True) for part in (first, second)])
        return cut.render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Take the room there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return two lines, whatever the width."""
        return 2
