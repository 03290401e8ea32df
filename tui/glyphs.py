"""The few signs the screens use, with an ASCII set for terminals that cannot show them."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """One set of signs; each is one cell wide."""

    measured: str
    selected: str
    parent: str
    """A point of the branch this one was forked from."""
    unmeasured: str
    """Not measured: nothing was asked."""
    pending: str
    """Being measured."""
    failed: str
    """Tried and not readable."""
    neutral: str
    """Measured: it takes no side."""
    range: str
    """Part of an error bar."""
    zero: str
    axis: str
    link: str
    rise: str
    fall: str
    meter: str
    rest: str
    steps: str
    """Eight rising steps of a one-row trace, lowest first."""
    running: str
    paused: str
    done: str
    broken: str

    @property
    def is_ascii(self) -> bool:
        """Whether every sign is in ASCII."""
        return self.measured.isascii()


UNICODE = Glyphs(
    measured="●",
    selected="◉",
    parent="∘",
    unmeasured="·",
    pending="…",
    failed="×",
    neutral="○",
    range="╎",
    zero="┄",
    axis="│",
    link="─",
    rise="╱",
    fall="╲",
    meter="━",
    rest="╌",
    steps="▁▂▃▄▅▆▇█",
    running="▶",
    paused="‖",
    done="✓",
    broken="✗",
)
ASCII = Glyphs(
    measured="o",
    selected="@",
    parent="'",
    unmeasured=".",
    pending="~",
    failed="x",
    neutral="=",
    range=":",
    zero="-",
    axis="|",
    link="-",
    rise="/",
    fall="\\",
    meter="#",
    rest="-",
    steps="_.,-=+*^",
    running=">",
    paused="=",
    done="+",
    broken="x",
)


def glyphs(*, ascii_only: bool | None = None) -> Glyphs:
    """Return the set to use: the ASCII one where asked for, or where the locale has no UTF-8."""
    if ascii_only is None:
        named = os.environ.get("GADFLY_GLYPHS", "")
        encoding = locale.getpreferredencoding(do_setlocale=False).replace("-", "").lower()
        ascii_only = named == "ascii" or (named != "unicode" and encoding != "utf8")
    return ASCII if ascii_only else UNICODE
