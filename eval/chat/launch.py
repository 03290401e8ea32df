"""Starting the terminal UI, which joins the command through an entry point.

A package that brings a UI offers, under the group `gadfly.ui`, a function that is given a `Launch`
and returns an exit code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gadfly.bot.errors import ConfigError
from gadfly.bot.plugins import plugins
from gadfly.bot.registry import RespondentConfig

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gadfly.bot.respondent import ReadoutName
    from gadfly.eval.chat.topic import Topic
    from gadfly.eval.chat.turn import Setup

GROUP = "gadfly.ui"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotating:
    """What is to be labelled by whom."""

    run: Path
    annotator: str
    dialogues: bool = False
    """Whole dialogues, not single replies."""
    n: int
    """How many, by draw."""
    seed: int = 0
    labels: Path | None = None
    """File of labels; in the run folder if None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """What the user asked for on the command line."""

    screen: Literal["start", "chat", "spar", "resume", "annotate"]
    """`start`: bare `gadfly`. `resume`: with `session`, or with "" the list to pick from."""
    setup: Setup | None = None
    """Who answers ("chat", "spar"); None for the default."""
    topic: Topic | None = None
    session: str = ""
    """Id of the session to go on with ("resume")."""
    readout: ReadoutName | None = None
    respondent: RespondentConfig = field(default_factory=RespondentConfig)
    blind: bool = False
    """Meters hidden until the user asks for them."""
    title: str = ""
    annotating: Annotating | None = None
    """What to label ("annotate")."""
    mouse: bool = True
    """False leaves the mouse to the terminal: selecting and scrolling are then its own."""


def find_ui() -> Callable[[Launch], int] | None:
    """Return what starts the terminal UI, None where none is installed.

    Raises:
        ConfigError: One is installed and cannot be loaded.
    """
    return next((start for _, start in plugins(GROUP)), None)


def start_ui(launch: Launch) -> int:
    """Start the terminal UI and return its exit code.

    Raises:
        ConfigError: None is installed.
    """
    start = find_ui()
    if start is None:
        raise ConfigError(
            "no terminal UI is installed (installing gadfly anew brings its own): add --plain to "
            "talk line by line"
        )
    return start(launch)
