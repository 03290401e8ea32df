"""Tables of upstream sets: rows with their lines, and errors at the place."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.errors import ConfigError, ScenarioError
from gadfly.scenarios.tabular import csv_rows, json_rows, lines, members

if TYPE_CHECKING:
    from pathlib import Path


def wrote(folder: Path, text: str) -> Path:
    file = folder / "t.csv"
    file.write_text(text, encoding="utf-8", newline="")
    return file


def test_rows_know_their_lines(tmp_path: Path) -> None:
    """A record begins where it begins, whatever line ends its neighbours hold; blanks count."""
    file = wrote(tmp_path, 'a,b\r\n1,"x\ny"\r\n\r\n2,z\r\n')

    rows = csv_rows(file, ("a", "b"))

    assert [(r.line, r["a"], r["b"]) for r in rows] == [(2, "1", "x\ny"), (5, "2", "z")]


def test_a_byte_order_mark_is_no_part_of_a_column(tmp_path: Path) -> None:
    """Spreadsheets put one first."""
    assert csv_rows(wrote(tmp_path, "\ufeffa\n1\n"), ("a",))[0]["a"] == "1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "t.csv:1:1: the file is empty"),
        ("a,b\n", "t.csv:1:1: the file has no records"),
        ("a\n1\n", "t.csv:1:1: no column 'b': expected a, b; found a"),
        ("a,b\n1,2\n3\n", "t.csv:3:1: expected 2 fields, found 1"),
        ("a,b\n1," + "x" * 200_000 + "\n", "t.csv:2:1: not CSV: field larger"),
        (",".join(f"c{n}" for n in range(12)) + "\n", "found c0, .* c7 and 4 more"),
    ],
)
def test_a_broken_csv_is_an_error_at_its_line(text: str, message: str, tmp_path: Path) -> None:
    """What is empty, short, wide or not CSV is said with its place."""
    with pytest.raises(ScenarioError, match=message):
        csv_rows(wrote(tmp_path, text), ("a", "b"))


def test_a_header_can_be_given(tmp_path: Path) -> None:
    """A file that does not name its columns begins with its first record."""
    assert csv_rows(wrote(tmp_path, "1,2\n"), (), header=("x", "y"))[0]["y"] == "2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n\n", "the file has no records"),
        ('{"a": 1}\n{"a": \n', "t.csv:2:7: not JSON"),
        ('{"a": 1}\n\n[1]\n', "t.csv:3:1: expected a JSON object"),
        ('{"b": 1}\n', "t.csv:1:1: no column 'a': expected a; found b"),
        ("[" * 100_000, "t.csv:1:1: not JSON"),
    ],
)
def test_broken_json_lines_are_an_error_at_their_line(
    text: str, message: str, tmp_path: Path
) -> None:
    """What is not an object with the fields is said with its place."""
    with pytest.raises(ScenarioError, match=message):
        json_rows(wrote(tmp_path, text), ("a",))


def test_json_lines_skip_blank_ones(tmp_path: Path) -> None:
    """An empty line between objects is no object; separators inside a text end no line."""
    rows = json_rows(wrote(tmp_path, '{"a": "x\u2028y"}\n\n{"a": 2}'), ("a",))

    assert [(r.line, r["a"]) for r in rows] == [(1, "x\u2028y"), (3, 2)]


def test_lines_keep_empty_ones(tmp_path: Path) -> None:
    """Lines are matched by number with those of other files."""
    assert lines(wrote(tmp_path, "a\n\nb\n")) == ("a", "", "b")
    with pytest.raises(ScenarioError, match="the file is empty"):
        lines(wrote(tmp_path, "\n"))


def test_members_are_found_by_name(tmp_path: Path) -> None:
    """A file is itself; a folder gives what matches, once and in order; else it says what is."""
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).write_text("x")

    assert [f.name for f in members(tmp_path, "*.csv", "a.*")] == ["a.csv", "b.csv"]
    assert members(tmp_path / "c.txt", "*.csv") == (tmp_path / "c.txt",)
    with pytest.raises(ConfigError, match=r"expected \*\.json in .*, found a\.csv, b\.csv, c\.txt"):
        members(tmp_path, "*.json")
    with pytest.raises(ConfigError, match="no file or folder"):
        members(tmp_path / "gone", "*")


def test_the_longest_field_is_ours_to_set(tmp_path: Path) -> None:
    """A package that raised the csv module's own limit changes nothing."""
    before = csv.field_size_limit(10_000_000)
    try:
        with pytest.raises(ScenarioError, match="field larger"):
            csv_rows(wrote(tmp_path, "a,b\n1," + "x" * 200_000 + "\n"), ("a",))
    finally:
        csv.field_size_limit(before)
