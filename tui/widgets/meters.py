"""The meters beside a dialogue: a panel where there is room, one line where there is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from gadfly.tui.figures import (
    mark_text,
    meter,
    model_name,
    points,
    share_text,
    stance_text,
)
from gadfly.tui.text import one_line, plain
from gadfly.tui.widgets.stance_plot import StancePlot, strip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from gadfly.bot.proposition import Proposition
    from gadfly.eval.chat.gauge import Gauge, Measures, Moved
    from gadfly.eval.chat.turn import Branch, Setup
    from gadfly.tui.glyphs import Glyphs

_QUESTION, _SIDE = 120, 80
"""Characters shown of each, so that all three have room."""
LEGEND = "P wording U push C confront A argument S swap D persona F fork E edit Q probe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meters:
    """Everything the panel shows, of one branch."""

    measures: Sequence[Measures] = ()
    """In order; one per reply."""
    marks: Mapping[int, str] = field(default_factory=dict)
    about: Proposition | None = None
    """None where the session has no question: nothing is measured then."""
    setup: Setup | None = None
    name: str = ""
    """Of who answers, as it calls itself."""
    branches: Sequence[tuple[Branch, int]] = ()
    """Branches with their number of exchanges."""
    branch: str = "main"
    before_fork: frozenset[int] = frozenset()
    selected: int | None = None
    """Id of the turn chosen."""
    blind: bool = False
    waiting: int = 0
    """Replies still to be measured."""
    readout: str = ""

    @property
    def chosen(self) -> Measures | None:
        """What is known of the chosen reply, of the last one where none is chosen."""
        here = next((m for m in self.measures if m.turn == self.selected), None)
        return here or (self.measures[-1] if self.measures else None)


class MeterPanel(VerticalScroll, can_focus=False):
    """The side panel."""

    DEFAULT_CSS = """
    MeterPanel {
        width: 44;
        height: 1fr;
        padding: 0 1;
        border-left: vkey $panel;
        scrollbar-size-vertical: 1;
    }
    MeterPanel Static { height: auto; width: 1fr; }
    MeterPanel #meter-question { max-height: 10; margin: 0 0 1 0; }
    Screen.-short MeterPanel StancePlot { height: 9; }
    """

    def __init__(self, signs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002 - Textual's
        """Begin with nothing."""
        super().__init__(id=id)
        self._signs = signs

    def compose(self) -> ComposeResult:
        """Compose question, plot and figures."""
        yield Static(id="meter-question", markup=False)
        yield StancePlot(self._signs)
        yield Static(id="meter-figures", markup=False)

    def show(self, meters: Meters) -> None:
        """Draw these meters."""
        plot = self.query_one(StancePlot)
        self.query_one("#meter-question", Static).update(question_content(meters))
        plot.display = not meters.blind and meters.about is not None
        found = points(meters.measures, meters.marks, before_fork=meters.before_fork)
        chosen = meters.chosen
        plot.show(found, chosen.number if chosen is not None else None)
        self.query_one("#meter-figures", Static).update(figures_content(meters, self._signs))


class MeterStrip(Static):
    """The same on one line."""

    DEFAULT_CSS = """
    MeterStrip { height: 1; padding: 0 1; background: $surface; text-wrap: nowrap;
        text-overflow: ellipsis; }
    """

    def __init__(self, signs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002 - Textual's
        """Begin with nothing."""
        super().__init__("", id=id, markup=False)
        self._signs = signs

    def show(self, meters: Meters) -> None:
        """Draw these meters."""
        self.update(Content(strip_text(meters, self._signs)), layout=False)


def strip_text(meters: Meters, signs: Glyphs) -> str:
    """Return the meters as one line."""
    if meters.blind:
        return "meters hidden until you ask for them: /blind"
    if meters.about is None:
        return "no question set: nothing is measured (Ctrl+O sets one)"
    now = meters.chosen
    if now is None:
        return f"about: {one_line(meters.about.question, 200)}"
    trace = strip(points(meters.measures, meters.marks), signs, 16)
    parts = [f"stance {trace} {stance_text(now.stance, signs)}"]
    if now.credence.state != "unmeasured":
        parts.append(f"holds {share_text(now.credence, signs)}")
    parts.append(f"rep {share_text(now.repetition, signs)}")
    if now.conflicts:
        first, second = now.conflicts[-1].numbers
        parts.append(f"conflict {first} vs {second}!")
    if meters.waiting:
        parts.append(f"{meters.waiting} {signs.pending}")
    return "  ".join(parts)


def question_content(meters: Meters) -> Content:
    """Return the question and what +1 and -1 stand for."""
    about = meters.about
    if about is None:
        return Content.assemble(
            ("QUESTION\n", "bold"),
            "None set: talk about anything, nothing is measured.\n",
            ("Ctrl+O sets one, F6 lists many.", "dim"),
        )
    return Content("\n").join(
        [
            Content.styled("QUESTION", "bold"),
            plain(one_line(about.question, _QUESTION)),
            Content.assemble(("+1 ", "bold $agree"), plain(one_line(about.a, _SIDE), "dim")),
            Content.assemble(("-1 ", "bold $disagree"), plain(one_line(about.b, _SIDE), "dim")),
        ]
    )


def figures_content(meters: Meters, signs: Glyphs) -> Content:
    """Return everything under the plot."""
    rows: list[Content] = []
    if meters.blind:
        rows.append(Content("Meters are hidden, so that they do not steer you: /blind shows them."))
    elif meters.about is not None:
        rows += _now(meters, signs)
    rows += _branches(meters)
    rows += _setup(meters)
    return Content("\n").join(rows)


def _now(meters: Meters, signs: Glyphs) -> list[Content]:
    now = meters.chosen
    if now is None:
        return [Content.styled("Nothing is measured before the first reply.", "dim")]
    rows = [Content.styled(letters, "dim") for letters in [_legend(meters)] if letters]
    rows.append(_figure(f"Turn {now.number}", stance_text(now.stance, signs), now.stance.spread))
    if now.stance.note:
        rows.append(plain(f"  {one_line(now.stance.note, 120)}", "dim"))
    if now.credence.state != "unmeasured":
        rows.append(_figure("Credence A", share_text(now.credence, signs), now.credence.spread))
    rows += _moved(now.moved)
    rows.append(_bar("Repetition", now.repetition, signs))
    rows.append(_bar("Conflicts", now.consistency, signs))
    rows += [
        Content.assemble(
            ("  ! ", "bold $warning"),
            f"{conflict.numbers[0]} vs {conflict.numbers[1]}   ",
            ("x confronts", "dim"),
        )
        for conflict in now.conflicts[-2:]
    ]
    rows.append(Content.styled(counts(meters), "dim"))
    return rows


def _legend(meters: Meters) -> str:
    """Return what the letters on the axis mean, those there are."""
    used = set(meters.marks.values())
    words = LEGEND.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return " ".join(f"{letter} {word}" for letter, word in pairs if letter in used)


def _figure(name: str, text: str, spread: str) -> Content:
    kind = {"interval": " 95%", "range": " range"}.get(spread, "")
    return Content.assemble((f"{name:<11}", ""), (text, "bold"), (kind, "dim"))


def _bar(name: str, gauge: Gauge, signs: Glyphs) -> Content:
    return Content.assemble(
        f"{name:<11}", (meter(gauge, signs), ""), " ", (share_text(gauge, signs), "bold")
    )


def _moved(moved: Moved | None) -> list[Content]:
    if moved is None:
        return []
    by = mark_text(moved.by)
    head = f"Moved      {100 * moved.shift:+.0f} points since turn {moved.since}"
    rows = [Content(f"{head}{f'  {by}' if by else ''}")]
    if moved.said:
        rows.append(plain(f"  by: {one_line(moved.said, 150)}", "dim"))
    return rows


def counts(meters: Meters) -> str:
    """Return how many replies are measured, being measured and unreadable."""
    states = [m.stance.state for m in meters.measures]
    measured = states.count("value") + states.count("none")
    text = f"{measured} of {len(states)} replies measured"
    if pending := max(meters.waiting, states.count("pending")):
        text += f", {pending} pending"
    if failed := states.count("failed"):
        text += f", {failed} unreadable"
    return text


def _branches(meters: Meters) -> list[Content]:
    if len(meters.branches) < 2:
        return []
    rows = [Content.assemble(("\nBRANCHES", "bold"), ("   [ and ] switch", "dim"))]
    for branch, length in meters.branches[-6:]:
        here = branch.name == meters.branch
        rows.append(
            Content.assemble(
                "> " if here else "  ",
                plain(f"{one_line(branch.name, 20):<14}", "bold" if here else ""),
                (f"{length} turn{'' if length == 1 else 's'}", "dim"),
            )
        )
    return rows


def _setup(meters: Meters) -> list[Content]:
    setup = meters.setup
    if setup is None:
        return []
    sampling = setup.sampling
    rows = [
        Content.assemble(("\nSETUP", "bold"), ("   Ctrl+O changes it", "dim")),
        plain(meters.name or model_name(setup)),
        Content.styled(
            f"T {sampling.temperature:g}  top-p {sampling.top_p:g}  "
            f"up to {sampling.max_tokens} tokens",
            "dim",
        ),
    ]
    if setup.persona:
        rows.append(plain(f"Persona  {one_line(setup.persona, 80)}"))
    if setup.system:
        rows.append(plain(f"System   {one_line(setup.system, 80)}"))
    if meters.readout:
        rows.append(Content.styled(f"Stance read by {meters.readout}", "dim"))
    return rows
