"""`gadfly scenarios import`: what it writes and says, and that what it writes runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.layouts import MAKE, MAP

from gadfly.scenarios.importer import IMPORTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.processes import Done

    Gadfly = Callable[..., Done]

RUN = ("--model", "sim:calibrated", "--replicates", "2", "--limit", "3", "--json")


def mapped(layout: str) -> tuple[str, ...]:
    """Return the options a layout cannot do without."""
    return ("--map", MAP) if layout in ("csv", "jsonl") else ()


@pytest.mark.parametrize("layout", sorted(MAKE))
def test_an_imported_set_runs(gadfly: Gadfly, layout: str) -> None:
    """A few families of every layout are asked and reported, with trials and no failure."""
    source = MAKE[layout](Path("set"))
    done = gadfly("scenarios", "import", layout, str(source), "--out", "x.yaml", *mapped(layout))
    assert (done.code, done.err) == (0, "")
    assert gadfly("scenarios", "check", "x.yaml").code == 0

    report = gadfly("run", "x.yaml", *RUN)

    assert report.code == 0
    assert report.json["outcomes"]["error"] == 0
    assert any(e["n"] for e in report.json["estimates"])


def test_what_was_done_is_printed(gadfly: Gadfly) -> None:
    """Families, what was left out and why, source and licence, and what to do next."""
    MAKE["moralchoice"](Path("set"))

    done = gadfly("scenarios", "import", "moralchoice", "set", "--out", "my sets.yaml")

    assert done.out.splitlines() == [
        "4 families written to my sets.yaml",
        "skipped: 1 x low ambiguity, but the labels do not speak for action 1",
        "source: MoralChoice, github.com/ninodimontalcino/moralchoice; licence: MIT",
        "run them: gadfly run 'my sets.yaml' --model …",
    ]


def test_what_was_done_is_printed_as_json(gadfly: Gadfly) -> None:
    """The same facts for a program."""
    MAKE["ukpconvarg1"](Path("set"))

    done = gadfly("scenarios", "import", "ukpconvarg1", "set", "--out", "x.yaml", "--json")

    assert done.json == {
        "schema": 1,
        "layout": "ukpconvarg1",
        "out": "x.yaml",
        "topic": "ukpconvarg1",
        "families": 1,
        "skipped": {
            "an issue with one side in the folder": 1,
            "argument not taken: one strong and one weak are taken of each side": 12,
        },
        "licence": "CC BY 4.0",
        "source": "UKPConvArg1, github.com/UKPLab/acl2016-convincing-arguments",
    }


def test_peoples_ratings_are_shown(gadfly: Gadfly) -> None:
    """`scenarios show` prints what people said beside the story."""
    MAKE["off_the_rails"](Path("set"))
    gadfly("scenarios", "import", "off_the_rails", "set", "--out", "x.yaml")

    shown = gadfly(
        "scenarios", "show", "off-the-rails.mild-cc-evitable-action-yes-0", "--from", "x.yaml"
    )

    assert "people, permissibility  4.5 (n = 2)" in shown.out


def test_a_side_without_an_invalid_argument_is_shown_without(gadfly: Gadfly) -> None:
    """What a set does not have is not printed as an empty line."""
    MAKE["ukpconvarg1"](Path("set"))
    gadfly("scenarios", "import", "ukpconvarg1", "set", "--out", "x.yaml")

    shown = gadfly("scenarios", "show", "ukpconvarg1.cats-or-dogs", "--from", "x.yaml")

    assert "for A, weak" in shown.out
    assert "invalid" not in shown.out


def test_a_file_is_written_over_only_when_told(gadfly: Gadfly) -> None:
    """An existing file stays as it is without --force."""
    MAKE["moralchoice"](Path("set"))
    Path("x.yaml").write_text("mine", encoding="utf-8")
    command = ("scenarios", "import", "moralchoice", "set", "--out", "x.yaml")

    refused = gadfly(*command)
    assert (refused.code, Path("x.yaml").read_text(encoding="utf-8")) == (2, "mine")
    assert "'x.yaml' exists; say --force to write over it" in refused.err

    assert gadfly(*command, "--force").code == 0
    assert "moralchoice.h-1" in Path("x.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("moralchoise", "set"), "unknown layout 'moralchoise': did you mean 'moralchoice'"),
        (("moralchoice", "gone"), "no file or folder at 'gone'"),
        (("csv", "set/own.csv", "--map", "question"), "expected FIELD=COLUMN, found 'question'"),
        (("csv", "set/own.csv", "--map", "a=x,a=y"), "--map: 'a' is given twice"),
        (("csv", "set/own.csv", "--map", "question=left,a=left,b=right"), "could be imported: 4 x"),
        (("csv", "set/own.csv", "--map", MAP, "--out", "no/x.yaml"), "'no/x.yaml' cannot be"),
    ],
)
def test_what_cannot_be_done_is_said(
    gadfly: Gadfly, arguments: tuple[str, ...], message: str
) -> None:
    """Wrong layouts, paths and maps leave with exit code 2 and no file."""
    MAKE["csv"](Path("set"))

    done = gadfly("scenarios", "import", "--out", "x.yaml", *arguments)

    assert done.code == 2
    assert message in done.err
    assert not Path("x.yaml").exists()


def test_the_help_lists_every_layout(gadfly: Gadfly) -> None:
    """No layout can be imported that the help does not name, nor the other way round."""
    text = gadfly("scenarios", "import", "--help").out
    listed = text.split("layouts.")[1].split("PATH is")[0]
    named = re.findall(r"^  ([\w-]+(?:, [\w-]+)*)  ", listed, re.MULTILINE)

    assert sorted(name for row in named for name in row.split(", ")) == sorted(IMPORTERS)
