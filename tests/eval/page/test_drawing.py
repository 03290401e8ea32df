"""Drawings: they show, link within the page, and do nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import vl_convert

from gadfly.eval.page.building import write_pictures
from gadfly.eval.page.drawing import DrawingError, inline
from gadfly.eval.page.figure import Figure, Panel
from gadfly.eval.page.forest import Forest, Row, Rule
from gadfly.eval.page.look import PAGE, Look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EVIL = "</text><script>alert(1)</script>' \"onload=x"


def forest() -> Forest:
    """Return two rows, one of them named by an attacker."""
    rows = (
        Row(label="calm", value=1.0, low=0.0, high=2.0, told="1 [0, 2]", trials=("k",), mde=1.5),
        Row(label=EVIL, value=3.0, low=None, high=None, told="3", people=2.0),
    )
    return Forest(rows=rows, axis="points", rules=(Rule(at=0.0, label="nothing"),))


def link(trials: Sequence[str], caption: str) -> str:
    """Lead to the first trial."""
    return f"#t-{trials[0]}"


def test_a_point_is_a_link_with_a_tooltip_and_nothing_else_is() -> None:
    """Of two points the one with trials leads to them; a title says what each is."""
    root = ET.fromstring(
        inline(forest().draw(Look(width=600, palette=PAGE), link), name="f", alt="Two values.")
    )
    spaced = "{http://www.w3.org/2000/svg}"
    links = [each.get("href") for each in root.iter(f"{spaced}a")]
    titles = [each.text for each in root.iter(f"{spaced}title")]

    assert [address for address in links if address] == ["#t-k"]
    assert "calm: 1 [0, 2]" in titles
    assert root.get("aria-label") == "Two values."


def test_a_drawing_has_nothing_that_runs_or_loads() -> None:
    """No script, style, handler or address of another place, whatever a label says."""
    text = str(inline(forest().draw(Look(width=600, palette=PAGE), link), name="f", alt=EVIL))
    root = ET.fromstring(text)

    assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {
        *("svg", "g", "path", "text", "tspan", "rect", "line", "a", "defs", "clipPath", "title")
    }
    assert not [
        name
        for each in root.iter()
        for name in each.attrib
        if name.startswith("on") or name == "style"
    ]
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_ids_of_two_drawings_never_meet() -> None:
    """Clip paths are named after their drawing, and what refers to them follows."""
    text = str(inline(forest().draw(Look(width=600, palette=PAGE), link), name="one", alt=""))

    assert 'id="one-clip' in text
    assert "url(#one-clip" in text
    assert "url(#clip" not in text


def test_an_element_we_do_not_draw_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing with a script in it never reaches a page."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    monkeypatch.setattr(vl_convert, "vegalite_to_svg", lambda spec, **given: svg)

    with pytest.raises(DrawingError, match="script"):
        inline({}, name="f", alt="")


def test_pictures_are_png_named_after_their_figure(tmp_path: Path) -> None:
    """Each panel has its file, twice as large as it is drawn in a page."""
    panel = Panel(draw=forest().draw, alt="", name="part")
    figure = Figure(name="whole", title="", says="", panels=(panel,), trials=())
    (path,) = write_pictures([figure], tmp_path / "new")

    assert path.name == "whole-part.png"
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20]) > 1200
