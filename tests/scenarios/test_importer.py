"""What holds of every importer, on sets made here and on the real ones where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.layouts import MAKE, MAP

from gadfly.bot.errors import ConfigError, ScenarioError
from gadfly.bot.steering import read_reply
from gadfly.scenarios.imported import Imported, Options
from gadfly.scenarios.importer import IMPORTERS, importer
from gadfly.scenarios.loader import load_file, problems

DATA = Path(os.environ.get("GADFLY_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))

REAL = {
    "daily_dilemmas": (1059, 301),
    "logicom_warrants": (99, 3),
    "moralchoice": (1347, 20),
    "mt_consistency": (640, 60),
    "off_the_rails": (480, 0),
    "syco_bench": (119, 21),
    "sycon_bench": (394, 6),
    "ukpconvarg1": (16, 988),
    "valueconsistency": (507, 33),
}
"""Families of each real set, and items or parts that stay out."""


def own(layout: str) -> Options:
    """Return the options a layout cannot do without."""
    columns = dict(part.split("=") for part in MAP.split(","))
    return Options(columns=columns) if layout in ("csv", "jsonl") else Options()


def made(layout: str, folder: Path) -> Imported:
    """Import the set made here in a layout."""
    return importer(layout)(MAKE[layout](folder), own(layout))


def write(imported: Imported, folder: Path) -> Path:
    """Write an import as a scenario file."""
    file = folder / "imported.yaml"
    file.write_text(imported.yaml, encoding="utf-8")
    return file


def test_every_layout_but_the_one_that_needs_a_package_is_made_here() -> None:
    """The tests below leave no importer out."""
    assert set(MAKE) | {"hf-datasets"} == set(IMPORTERS)


@pytest.mark.parametrize("layout", sorted(MAKE))
def test_what_is_imported_passes_all_checks(layout: str, tmp_path: Path) -> None:
    """The file an import writes has no problem and holds every family."""
    imported = made(layout, tmp_path / "set")
    file = write(imported, tmp_path)

    assert [str(p) for p in problems(file)] == []
    assert [s.id for s in load_file(file)] == [f["id"] for f in imported.families]


@pytest.mark.parametrize("layout", sorted(MAKE))
def test_replies_in_the_words_of_a_statement_are_read_for_it(layout: str, tmp_path: Path) -> None:
    """Every imported statement, and a yes or no where that answers, is read for its side."""
    file = write(made(layout, tmp_path / "set"), tmp_path)

    for scenario in load_file(file):
        about = scenario.proposition
        for side, word in (("a", "Yes."), ("b", "No.")):
            said = [about.a if side == "a" else about.b]
            said += [word] if about.yes == "a" else []
            for reply in said:
                stance = read_reply(reply, about).stance
                assert stance is not None
                assert stance.side == side


@pytest.mark.parametrize("layout", sorted(MAKE))
def test_each_family_says_where_it_is_from(layout: str, tmp_path: Path) -> None:
    """Upstream id, source and licence stand in each family."""
    imported = made(layout, tmp_path)

    for family in imported.families:
        block = family["imported"]
        assert (block["source"], block["licence"]) == (imported.source, imported.licence)
        assert family["sources"] == [f"{imported.source}: {block['id']} ({imported.licence})"]
        assert family["id"].startswith(f"{imported.topic}.")


@pytest.mark.parametrize("layout", sorted(MAKE))
def test_an_import_is_the_same_every_time(layout: str, tmp_path: Path) -> None:
    """Two imports of one set give the same file, byte for byte."""
    assert made(layout, tmp_path / "a").yaml == made(layout, tmp_path / "b").yaml


@pytest.mark.parametrize("layout", sorted(set(MAKE)))
def test_nothing_at_the_path_is_said(layout: str, tmp_path: Path) -> None:
    """A path with nothing there is a mistake of the user's, and named."""
    with pytest.raises(ConfigError, match="gone"):
        importer(layout)(tmp_path / "gone", own(layout))


@pytest.mark.parametrize("layout", sorted(set(MAKE) - {"csv", "jsonl"}))
def test_a_folder_without_the_set_is_said(layout: str, tmp_path: Path) -> None:
    """A folder with none of the layout's files names what was expected."""
    (tmp_path / "notes.txt").write_text("x")

    with pytest.raises(ConfigError, match="expected"):
        importer(layout)(tmp_path, own(layout))


@pytest.mark.parametrize("layout", sorted(set(MAKE)))
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty|no records|as many lines"),
        (b"caf\xe9 x\n", "UTF-8 text, found the byte 0xe9"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    layout: str, content: bytes, message: str, tmp_path: Path
) -> None:
    """Each file of a set, emptied or in another encoding, is an error at a place in that file."""
    made_at = MAKE[layout](tmp_path)
    for file in [made_at] if made_at.is_file() else sorted(made_at.rglob("*.*")):
        before = file.read_bytes()
        file.write_bytes(content)
        with pytest.raises(ScenarioError, match=message) as raised:
            importer(layout)(made_at, own(layout))
        assert raised.value.line == 1
        file.write_bytes(before)


def test_an_unknown_layout_is_answered_with_near_ones() -> None:
    """A misspelt layout suggests the right one."""
    with pytest.raises(ConfigError, match="did you mean 'moralchoice'"):
        importer("moralchoise")


@pytest.mark.parametrize("layout", sorted(REAL))
def test_real_set_is_imported(layout: str, tmp_path: Path) -> None:
    """Each real set gives as many families as it should, all of them without a problem."""
    if not (DATA / layout).exists():
        pytest.skip(f"the {layout} set is not here (set GADFLY_DATA)")

    imported = importer(layout)(DATA / layout, Options())
    file = write(imported, tmp_path)

    assert (len(imported.families), sum(imported.skipped.values())) == REAL[layout]
    assert [str(p) for p in problems(file)] == []
