"""Names that look like paths lead nowhere: nothing outside the folders meant for it is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.pages import Desk
from support.sample import FILE as SAMPLE

from gadfly.bot.call import Sampling
from gadfly.eval.chat.sessions import Sessions
from gadfly.eval.chat.turn import Setup

if TYPE_CHECKING:
    from pathlib import Path

OUT = ("../outside", "..", "../../outside/evil", "/outside", "a/../../outside", "..\\outside")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A folder to work in, with one session at home; beside it what nobody may touch."""
    monkeypatch.setenv("GADFLY_HOME", str(tmp_path / "home"))
    sessions = Sessions(tmp_path / "home" / "sessions")
    sessions.new(Setup(model="sim:calibrated", sampling=Sampling())).close()
    for folder in ("work", "outside"):
        (tmp_path / folder).mkdir()
    (tmp_path / "outside" / "kept").write_text("kept")
    return Desk(tmp_path / "work")


def outside(desk: Desk) -> set[Path]:
    """Return what there is beside the folder that is worked in, and the home."""
    root = desk.folder.parent
    mine = (desk.folder, root / "home")
    return {p for p in root.rglob("*") if not any(p.is_relative_to(m) for m in mine)}


@pytest.mark.parametrize("name", OUT)
@pytest.mark.parametrize("command", ["sessions show", "sessions delete --yes", "resume --plain"])
def test_a_session_is_no_path(desk: Desk, command: str, name: str) -> None:
    """A session is found by its id or title only; nothing else is read or deleted."""
    before = outside(desk)

    done = desk.run(f"gadfly {command} '{name}'")

    assert done.returncode == 2, done.stdout
    assert "session" in done.stdout
    assert outside(desk) == before


@pytest.mark.parametrize("name", OUT)
def test_a_model_names_no_folder(desk: Desk, name: str) -> None:
    """Whatever a model is called, its run lies under ./runs."""
    before = outside(desk)

    done = desk.run(f"gadfly run smoke --model 'http://127.0.0.1:9/v1#{name}' --limit 1")

    assert done.returncode == 4, done.stdout
    assert outside(desk) == before
    assert all(p.parent == desk.folder / "runs" for p in desk.folder.glob("runs/*"))
    assert {p.name for p in desk.folder.iterdir()} <= {"runs"}


@pytest.mark.parametrize("name", OUT)
def test_a_family_is_no_path(desk: Desk, name: str) -> None:
    """A scenario file that calls a family so is refused with its line."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if line.startswith("  - id: "))
    lines[at] = f"  - id: '{name}'\n"
    (desk.folder / "bad.yaml").write_text("".join(lines), encoding="utf-8")

    done = desk.run("gadfly run bad.yaml --model sim:calibrated")

    assert done.returncode == 2
    assert f"bad.yaml:{at + 1}:" in done.stdout
