"""Scenario packs: what is begun is in order, and what is installed is found by its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.scenarios.catalogue import Catalogue
from gadfly.scenarios.packs import begin, catalogue_of, is_own, packs

if TYPE_CHECKING:
    from pathlib import Path


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    """Put a package into sight as an installer would."""
    info = folder / "office_pack-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: office-pack\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[gadfly.scenarios]\noffice-pack = {entry}\n")
    monkeypatch.syspath_prepend(str(folder))


def test_a_pack_that_was_begun_is_in_order(tmp_path: Path) -> None:
    """Its family loads, is named after the pack, and carries a canary of its own."""
    one, two = tmp_path / "office-pack", tmp_path / "other"
    begin(one)
    begin(two)

    (family,) = Catalogue.from_path(one)
    assert family.id == "office-pack.borrowed-ladder"
    guids = {re.search(r"GUID ([0-9a-f-]{36})", p.read_text())[1] for p in tmp_path.rglob("*.yaml")}  # type: ignore[index]  # each has one
    assert len(guids) == 2
    assert "PACK" not in (one / "pyproject.toml").read_text()


def test_an_installed_pack_is_found_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name stands where a folder may; a folder of that name here goes before it."""
    begin(tmp_path / "office-pack")
    installed(tmp_path / "office-pack", monkeypatch, "office_pack")
    monkeypatch.chdir(tmp_path / "office-pack")

    assert packs() == {"office-pack": tmp_path / "office-pack" / "office_pack"}
    assert is_own("office-pack")
    assert [s.id for s in catalogue_of("office-pack")] == ["office-pack.borrowed-ladder"]
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="cannot name a pack"):
        begin(tmp_path / "Not A Name")
    with pytest.raises(ConfigError, match="exists"):
        begin(tmp_path / "office-pack")


def test_an_entry_that_is_no_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module has no folder of its own to look into."""
    (tmp_path / "lone_module.py").write_text("", encoding="utf-8")
    installed(tmp_path, monkeypatch, "lone_module")

    with pytest.raises(ConfigError, match=r"'office-pack' .* is no package with a folder"):
        packs()
