"""Colours: two themes that stay apart for every kind of colour vision, and what others lack.

Blue and orange of the Okabe-Ito palette carry the two sides; position, glyph and word say it too.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

DARK = Theme(
    name="gadfly-dark",
    primary="#56B4E9",
    secondary="#8FA9B8",
    accent="#E69F00",
    warning="#E69F00",
    error="#F28E5C",
    success="#56B4E9",
    foreground="#E4E4E4",
    background="#121212",
    surface="#1A1A1A",
    panel="#242424",
    dark=True,
    variables={"block-cursor-text-style": "bold", "footer-key-foreground": "#56B4E9"},
)
LIGHT = Theme(
    name="gadfly-light",
    primary="#00588F",
    secondary="#4A5A66",
    accent="#A84300",
    warning="#A84300",
    error="#A84300",
    success="#00588F",
    foreground="#1A1A1A",
    background="#F4F4F0",
    surface="#EAEAE4",
    panel="#DEDED6",
    dark=False,
    variables={"block-cursor-text-style": "bold", "footer-key-foreground": "#00588F"},
)
THEMES = (DARK, LIGHT)
FIRST = DARK.name
COLOURLESS = "ansi-dark"
"""Taken where NO_COLOR asks for none: the terminal's own two, told apart by weight and reverse."""

_SIDES: Mapping[str, tuple[str, str]] = {
    "ansi": ("ansi_cyan", "ansi_yellow"),
    "dark": ("#56B4E9", "#E69F00"),
    "light": ("#00588F", "#A84300"),
}


def side_colours(theme: Theme) -> dict[str, str]:
    """Return the variables `agree` and `disagree`, in colours that can be told apart there."""
    agree, disagree = _SIDES["ansi" if theme.ansi else "dark" if theme.dark else "light"]
    return {"agree": agree, "disagree": disagree}


def first_theme(known: Collection[str]) -> str:
    """Return the theme to start with: GADFLY_THEME's where there is such a one."""
    named = os.environ.get("GADFLY_THEME", "")
    return named if named in known else FIRST
