"""What several commands print in one way."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from gadfly.eval.cli.output import counted, print_entry


@pytest.mark.parametrize("width", [20, 40, 80])
def test_an_entry_keeps_to_the_screen(width: int) -> None:
    """Its name begins the first line; all else is under it, indented, no wider than the screen."""
    out = StringIO()
    print_entry(Console(file=out, width=width), "name", "with [five] words beside", "a text " * 9)
    head, *rest = out.getvalue().splitlines()

    assert head.startswith("name  with")
    assert all(line.startswith("    ") for line in rest)
    assert all(len(line) <= width and line == line.rstrip() for line in (head, *rest))
    assert (
        " ".join([head, *rest]).split()
        == ("name with [five] words beside " + "a text " * 9).split()
    )


def test_one_is_not_counted_in_the_plural() -> None:
    """One family, two families, no hints, a thousand with its comma."""
    assert counted(1, "family", "families") == "1 family"
    assert counted(2, "family", "families") == "2 families"
    assert counted(0, "hint") == "0 hints"
    assert counted(1200, "hint") == "1,200 hints"
