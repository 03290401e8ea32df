"""The stance plot: one scale for ever, gaps where nothing is known, words for who cannot see it."""

from __future__ import annotations

import pytest

from gadfly.tui.glyphs import ASCII, UNICODE, Glyphs
from gadfly.tui.widgets.stance_plot import Point, described, figure, plot, slots, strip

RISE = (
    Point(turn=1, value=-1.0, low=-1.0, high=-0.8, n=4),
    Point(turn=2, state="pending"),
    Point(turn=3, value=0.0, n=4),
    Point(turn=4, value=1.0, n=4, event="C"),
)


def drawn(points: tuple[Point, ...], signs: Glyphs = UNICODE, **size: int) -> list[str]:
    """Return the plot as lines of text."""
    grid = plot(points, signs, width=size.get("width", 40), height=size.get("height", 11))
    return ["".join(char for char, _ in row) for row in grid]


def test_the_scale_never_follows_the_data() -> None:
    """Nearly equal stances lie on nearly one line, however small the range they span."""
    close = tuple(Point(turn=i, value=0.30 + i / 100, n=4) for i in range(1, 5))
    rows = [y for y, line in enumerate(drawn(close)) if UNICODE.measured in line]

    assert len(rows) == 1
    assert drawn(close)[0].startswith("  +1")


def test_ends_of_the_scale() -> None:
    """+1 is on the first row, -1 on the last, 0 between them; the axis names all three."""
    lines = drawn(RISE)

    assert UNICODE.measured in lines[0]
    assert UNICODE.measured in lines[8]
    assert lines[4].startswith("   0")
    assert lines[8].startswith("  -1")


def test_a_gap_is_no_value() -> None:
    """A turn that is not measured has its own sign on the zero line, and no line runs through."""
    lines = drawn(RISE)
    column = next(i for i, char in enumerate(lines[4]) if char == UNICODE.pending)

    assert all(lines[y][column] in " " for y in range(9) if y != 4)


@pytest.mark.parametrize("signs", [UNICODE, ASCII])
@pytest.mark.parametrize(("width", "height"), [(20, 5), (44, 13), (120, 30)])
def test_every_size_is_kept(signs: Glyphs, width: int, height: int) -> None:
    """Whatever the room, every line has its width, the last turn is there and events below it."""
    many = tuple(Point(turn=i, value=(i % 21) / 10 - 1, n=4, event="U") for i in range(1, 90))
    lines = drawn(many, signs, width=width, height=height)

    assert {len(line) for line in lines} == {width}
    assert "89" in lines[-2]
    assert "U" in lines[-1]


def test_ascii_is_ascii() -> None:
    """The ASCII set draws with nothing beyond ASCII."""
    assert all(line.isascii() for line in drawn(RISE, ASCII))
    assert strip(RISE, ASCII, 10).isascii()


def test_a_range_is_drawn() -> None:
    """The range of a stance reaches from its low to its high end."""
    lines = drawn((Point(turn=1, value=0.0, low=-0.5, high=0.5, n=4),))
    rows = [y for y, line in enumerate(lines) if UNICODE.range in line]

    assert rows == [2, 3, 5, 6]


def test_last_turns_stay_where_there_is_no_room() -> None:
    """With more turns than columns the first ones are dropped."""
    shown, each = slots(tuple(Point(turn=i, value=0.0) for i in range(200)), 46)

    assert each == 1
    assert shown[-1].turn == 199
    assert len(shown) == 40


def test_words() -> None:
    """In words a number has its range or its n, and no state is silent or 0."""
    assert figure(Point(turn=3, value=0.5, n=3)) == "+0.50 (n=3 reads)"
    assert described(Point(turn=4, value=-0.2, low=-0.5, high=0.1)) == (
        "turn 4: -0.20 [-0.50, +0.10]"
    )
    assert described(Point(turn=5, state="failed")) == "turn 5: could not be read"
    assert described(Point(turn=6, state="none")) == "turn 6: takes no side"


def test_strip_has_the_same_scale() -> None:
    """The one-row trace puts -1 on the lowest step, +1 on the highest, signs in gaps."""
    assert strip(RISE, UNICODE, 10) == "▁…▅█"
    assert strip(RISE, UNICODE, 2) == "▅█"
