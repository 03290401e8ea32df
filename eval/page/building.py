"""Pages put together: figures drawn at their widths, templates filled, one file written."""

from __future__ import annotations

import base64
import functools
import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from gadfly.bot.errors import ConfigError
from gadfly.eval.page.drawing import inline, picture
from gadfly.eval.page.look import NARROW, PAGE, PICTURE, SMALL, WIDE, Look

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from gadfly.eval.page.figure import Figure, Link

TEMPLATES = ("base", "parts", "report", "comparison")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPanel:
    """A panel as SVG."""

    title: str
    is_small: bool
    wide: Markup
    narrow: Markup
    """"" for a small one, which is the same everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFigure:
    """A figure as it stands in a page."""

    name: str
    title: str
    says: str
    panels: tuple[DrawnPanel, ...]
    notes: tuple[str, ...]


def drawn(figure: Figure, link: Link) -> DrawnFigure:
    """Draw a figure for a page, each panel for a desktop and for a telephone."""
    panels = []
    for panel in figure.panels:
        name = f"{figure.name}-{panel.name}".strip("-")
        width = SMALL if panel.is_small else WIDE
        wide = Look(width=width, palette=PAGE, is_narrow=panel.is_small)
        narrow = Look(width=NARROW, palette=PAGE, is_narrow=True)
        panels.append(
            DrawnPanel(
                title=panel.title,
                is_small=panel.is_small,
                wide=inline(panel.draw(wide, link), name=name, alt=panel.alt),
                narrow=Markup("")
                if panel.is_small
                else inline(panel.draw(narrow, link), name=f"{name}-n", alt=panel.alt),
            )
        )
    return DrawnFigure(
        name=figure.name,
        title=figure.title,
        says=figure.says,
        panels=tuple(panels),
        notes=figure.notes,
    )


def write_pictures(figures: Sequence[Figure], folder: Path) -> list[Path]:
    """Write each panel of figures as a PNG into a folder, made where it is not there.

    Raises:
        ConfigError: The folder or a file cannot be written.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for figure in figures:
            for panel in figure.panels:
                width = SMALL if panel.is_small else WIDE
                look = Look(width=width, palette=PICTURE, is_narrow=panel.is_small)
                path = folder / f"{figure.name}-{panel.name}".strip("-")
                path = path.with_name(f"{path.name}.png")
                path.write_bytes(picture(panel.draw(look, _nowhere)))
                written.append(path)
    except OSError as e:
        raise ConfigError(f"cannot write pictures to {str(folder)!r}: {e.strerror or e}") from e
    return written


def filled(template: str, **values: Any) -> str:
    """Return a template filled; whatever is no `Markup` is escaped."""
    style = files(__package__).joinpath("style.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(
            style=Markup(style),
            style_hash=f"sha256-{digest}",
            **values,
        )
    )


def write_page(path: Path, text: str) -> None:
    """Write a page, whole or not at all.

    Raises:
        ConfigError: It cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, "utf-8")
        part.replace(path)
    except OSError as e:
        raise ConfigError(f"cannot write {str(path)!r}: {e.strerror or e}") from e


@functools.cache
def _environment() -> Environment:
    here = files(__package__)
    texts: Mapping[str, str] = {
        f"{name}.html.j2": here.joinpath(f"{name}.html.j2").read_text("utf-8") for name in TEMPLATES
    }
    return Environment(
        loader=DictLoader(texts),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _nowhere(trials: Sequence[str], caption: str) -> str:
    """Lead nowhere: pictures have no links."""
    return ""
