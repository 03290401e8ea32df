"""Figures: what is drawn, how it is read, and the trials behind its points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.eval.headline import number

if TYPE_CHECKING:
    from gadfly.eval.page.look import Look, Spec

Link = Callable[[Sequence[str], str], str]
"""Turns the keys of trials, and what they are behind, into where a point leads to; "" nowhere."""
Draw = Callable[["Look", Link], "Spec"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One drawing of a figure."""

    draw: Draw
    alt: str
    """What it shows, in a sentence for who cannot see it."""
    name: str = ""
    """Tells it from others of its figure; part of a file name."""
    title: str = ""
    is_small: bool = False
    """One of many: drawn once, at the width of a telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Drawings that show one thing."""

    name: str
    """Its anchor, and the name of its picture."""
    title: str
    says: str
    """How it is read."""
    panels: tuple[Panel, ...]
    trials: tuple[tuple[str, ...], ...]
    """Keys of the trials behind each point, in the order of points."""
    notes: tuple[str, ...] = ()
    """What else must be known of it, one sentence each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A figure a run has no data for."""

    title: str
    why: str
    """One sentence."""


def ranged(value: float, low: float | None, high: float | None, unit: str) -> str:
    """Write a value with its interval.

    >>> ranged(0.45, 0.4, 0.5, "points")
    '+45.0 [+40.0, +50.0]'
    """
    if low is None or high is None:
        return f"{number(value, unit)} (no interval)"
    return f"{number(value, unit)} [{number(low, unit)}, {number(high, unit)}]"
