"""`report --html`, `compare --html` and `--png`, as a user would ask for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gadfly.eval.page import needs

if TYPE_CHECKING:
    from collections.abc import Callable

    Gadfly = Callable[..., Any]

RUN = ("run", "quick", "--probe", "persuasion", "--replicates", "2", "--limit", "6")


@pytest.fixture
def run(gadfly: Gadfly) -> Gadfly:
    """Leave a small run of a simulant in `base`."""
    done = gadfly(*RUN, "--model", "sim:calibrated", "--readout", "logprob", "--out", "base")
    assert done.code == 0
    return gadfly


def test_a_page_is_written_and_said_to_be(run: Gadfly) -> None:
    """The file is there, nothing is printed on stdout, stderr says where and how much it holds."""
    done = run("report", "base", "--html", "page.html")
    text = Path("page.html").read_text("utf-8")

    assert (done.code, done.out) == (0, "")
    assert "page.html" in done.err
    assert "60 of 60 transcripts" in done.err
    assert text.startswith("<!doctype html>")
    assert not Path("page.html.part").exists()


def test_pictures_and_json_may_be_had_as_well(run: Gadfly) -> None:
    """With --png the figures are files, and --json prints the report all the same."""
    done = run("report", "base", "--png", "pictures", "--json")

    assert done.code == 0
    assert done.json["schema"] == 1
    assert Path("pictures/plane.png").stat().st_size > 1000


def test_two_runs_have_a_page_with_transcripts_of_both(run: Gadfly) -> None:
    """Verdict, figures of contrasts, and for each a way to dialogues of either side."""
    more = ("--model", "sim:sycophant", "--seed", "1", "--readout", "logprob", "--out", "worse")
    assert run(*RUN, *more).code == 0
    done = run("compare", "base", "worse", "--html", "both.html", "--png", "pictures")
    text = Path("both.html").read_text("utf-8")

    assert (done.code, done.out) == (0, "")
    assert 'id="t-baseline-' in text
    assert 'id="t-candidate-' in text
    assert "gadfly show worse" in text
    assert 'href="#b-1"' in text
    assert Path("pictures/headlines.png").exists()


@pytest.mark.parametrize("asked", [("--html", "no/such/folder/page.html"), ("--png", "taken")])
def test_what_cannot_be_written_is_said_plainly(run: Gadfly, asked: tuple[str, str]) -> None:
    """A folder that is not there, a name that is a file: exit 2, and the name of it."""
    Path("taken").write_text("a file", "utf-8")
    done = run("report", "base", *asked)

    assert done.code == 2
    assert asked[1] in done.err


def test_a_lean_install_names_the_extra(run: Gadfly, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what draws, a page is refused before anything is read, and the extra is named."""
    monkeypatch.setattr(needs, "MODULES", ("altair", "no_such_module"))
    for command in (("report", "base"), ("compare", "base", "base")):
        done = run(*command, "--html", "page.html")

        assert done.code == 2
        assert "no_such_module" in done.err
        assert "pip install 'gadfly[html]'" in done.err


def test_an_unknown_run_is_unknown_with_a_page_too(run: Gadfly) -> None:
    """It is refused as ever, and no file is left."""
    done = run("report", "bases", "--html", "page.html")

    assert done.code == 2
    assert "unknown run 'bases'" in done.err
    assert not Path("page.html").exists()
