"""Gathering families, and the file they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gadfly.scenarios.imported import Gathering, slug, tidy
from gadfly.scenarios.loader import load_file

if TYPE_CHECKING:
    from pathlib import Path

FAMILY: dict[str, Any] = {
    "stratum": "contested",
    "question": "Is it?",
    "a": "It is.",
    "b": "It is not.",
    "yes": "a",
    "wordings": ["Is it?"],
}


def gathering() -> Gathering:
    return Gathering(topic="tea", source="the pot", licence="CC0")


def test_what_fails_the_checks_is_counted_by_reason() -> None:
    """Like faults add up, without the texts they were found in."""
    gathered = gathering()
    for n in range(3):
        gathered.add(f"x{n}", {**FAMILY, "question": f"Tell me {n}"})
    gathered.add("y", {**FAMILY, "b": "it IS"})

    assert gathered.done().skipped == {
        "fails the check: b: expected a statement opposed to 'a'": 1,
        "fails the check: question: expected a question that ends with '?'": 3,
    }


def test_what_a_reply_could_not_say_is_counted() -> None:
    """Were one statement not read for its side, only replies for the other would count."""
    gathered = gathering()
    gathered.add("x", {**FAMILY, "a": "Does it?", "b": "Or not?"})

    assert gathered.done().skipped == {
        "its statements, said in a reply, would not be read for their sides": 1
    }


def test_the_same_item_again_is_counted() -> None:
    """Two families of one id, or of one question and statements, would be one cluster twice."""
    gathered = gathering()
    gathered.add("X 1", FAMILY)
    gathered.add("x-1", {**FAMILY, "question": "Is it so?"})
    gathered.add("x 2", {**FAMILY, "question": "is IT?"})

    done = gathered.done()
    assert [f["id"] for f in done.families] == ["tea.x-1"]
    assert done.skipped == {
        "the id of an earlier item again": 1,
        "the question and statements of an earlier item again": 1,
    }


@pytest.mark.parametrize(
    "text",
    [
        "1e5",
        "0x1F",
        "yes",
        "null",
        "-3",
        "1.",
        "1_000",
        "on",
        "# no comment",
        "a: b",
        "'",
        "~",
        "é",
    ],
)
def test_texts_read_back_as_they_were(text: str, tmp_path: Path) -> None:
    """A text that looks like a number, a truth value or YAML is still that text when read."""
    gathered = gathering()
    part = {"strong": "The pot says so.", "invalid": "The pan says so.", "fallacy": text}
    gathered.add(text, {**FAMILY, "arguments": {"a": part}}, labels={"x": text})
    imported = gathered.done()
    file = tmp_path / "x.yaml"
    file.write_text(imported.yaml, encoding="utf-8")

    (scenario,) = load_file(file)

    assert scenario.arguments["a"].fallacy == text
    assert scenario.sources == (f"the pot: {text} (CC0)",)


def test_ratings_reach_the_scenario(tmp_path: Path) -> None:
    """People's means and counts are read back with the family."""
    gathered = gathering()
    gathered.add("x", FAMILY, ratings={"harm": {"mean": 3.25, "n": 4}})
    file = tmp_path / "x.yaml"
    file.write_text(gathered.done().yaml, encoding="utf-8")

    (scenario,) = load_file(file)

    assert (scenario.ratings["harm"].mean, scenario.ratings["harm"].n) == (3.25, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H_001", "h-001"),
        ("  A+b  ", "a-b"),
        ("日本", slug("日本")),
        ("x" * 61, "x" * 60 + "-"),
    ],
)
def test_slugs_fit_an_id(text: str, expected: str) -> None:
    """What is left of an id is lower-case; long or foreign ones end in a hash."""
    found = slug(text)

    assert found.startswith(expected)
    assert 0 < len(found) <= 69
    assert slug("日本") != slug("中国")


def test_tidy_leaves_one_line() -> None:
    """Line ends, control characters and doubled spaces become single spaces."""
    assert tidy(" a\x1b[0m\r\n\tb\u2028c  d ") == "a b c d"
