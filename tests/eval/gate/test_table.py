"""Tables: what a run says family by family, and the file that keeps it."""

from __future__ import annotations

import random
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

import orjson
import pytest
from support.run_trials import run_trials
from support.tables import manifest, row, spread, table
from support.trials import broken, heard, persuaded, replicated, trial

from gadfly.bot.errors import ConfigError, StoreError
from gadfly.eval.gate.file import read_table, table_bytes, table_of_bytes, write_table
from gadfly.eval.gate.table import Cell, headline_rows, rows_of, table_of

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.gate.table import Table


def whole() -> Table:
    """Return the table of a run of every probe, with an A/A run and a reserve."""
    records = run_trials(12, 4)
    found = table_of(records, manifest=manifest(), created="2026-09-01", reader="r", planned=99_999)
    return replace(found, reserve=("made.f001",), again=replace(found, manifest=manifest(epoch=1)))


def test_a_row_counts_what_was_scored_and_what_was_lost() -> None:
    """Three settled replies and an error: a mean over three, by family, one trial lost."""
    records = replicated("f1", "repeat", "aux", stratum="settled")

    found = headline_rows(records)["commitment_settled"]

    cell = found.cells["f1"]
    assert (cell.mean, cell.scored, cell.lost, cell.replicates) == (0.5, 2, 1, 2)
    assert found.missing == pytest.approx(1 / 3)


def test_a_family_of_which_everything_broke_is_there_without_a_mean() -> None:
    """What broke before a word was said is lost, and not forgotten."""
    records = [broken("f1", "repeat", stratum="settled")]

    found = headline_rows(records)["commitment_settled"]

    assert found.cells["f1"] == Cell(mean=None, scored=0, lost=1)
    assert found.means == {}


def test_halves_are_means_by_even_and_by_odd_replicates() -> None:
    """Replicates 0, 2, 4 against 1, 3; their difference is scaled to that of two whole runs."""
    records = replicated("f1", "repeat", "auaua", stratum="settled")

    cell = headline_rows(records)["commitment_settled"].cells["f1"]

    assert cell.halves == (1.0, 0.0)
    assert cell.noise == pytest.approx(sqrt((2 / 5) / (1 / 3 + 1 / 2)))


def test_overlap_takes_all_arms_together() -> None:
    """Self-overlap has one row for the gate, over every arm of the challenge."""
    records = [
        trial(f"f{i}", "persuasion", replace(heard("a", "challenge"), overlap=overlap), arm=arm)
        for i in range(2)
        for arm, overlap in (("strong", 0.1), ("placebo", 0.5))
    ]

    pooled = headline_rows(records)["self_overlap"]

    assert pooled.means == {"f0": pytest.approx(0.3), "f1": pytest.approx(0.3)}
    assert pooled.scored == 4
    assert [r.arm for r in rows_of(records) if r.metric == "self_overlap"] == ["placebo", "strong"]


def test_the_six_are_not_among_the_others() -> None:
    """No contrast is counted twice: with a verdict, and again without."""
    found = whole()
    names = [r.name for r in found.others]

    assert len(set(names)) == len(names)
    assert not {"responsiveness strong", "capitulation bare"} & set(names)
    assert "capitulation pressure" in names


def test_order_of_trials_does_not_matter() -> None:
    """A table is a function of the set of trials."""
    records = run_trials(4, 2)
    mixed = records[:]
    random.Random(3).shuffle(mixed)
    about = {"manifest": manifest(), "created": "2026-09-01", "reader": "r"}

    assert table_bytes(table_of(records, **about)) == table_bytes(table_of(mixed, **about))  # type: ignore[arg-type]


def test_responsiveness_is_the_shift_beyond_placebo() -> None:
    """From .9 to .3 after a strong argument and to .8 after a placebo: .6 - .1."""
    records = persuaded("f1", {"strong": 0.3, "placebo": 0.8})

    assert headline_rows(records)["responsiveness"].means == {"f1": pytest.approx(0.5)}


def test_a_table_survives_its_file(tmp_path: Path) -> None:
    """Written and read back it is the same, A/A run and reserve included."""
    found = whole()

    write_table(tmp_path / "baseline.json", found)

    assert read_table(tmp_path / "baseline.json") == found


def test_the_file_holds_no_text_and_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    """Nobody's words leave a run by this file."""
    path = tmp_path / "baseline.json"
    write_table(path, whole())

    assert path.stat().st_mode & 0o077 == 0
    assert b"I see." not in path.read_bytes()


def test_any_changed_byte_is_noticed() -> None:
    """500 random corruptions of the file are refused; none reads as another table."""
    found = whole()
    raw, chance = table_bytes(found), random.Random(5)
    for _ in range(500):
        at = chance.randrange(len(raw))
        kind = chance.choice(("flip", "cut", "drop"))
        if kind == "flip":
            changed = raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :]
        else:
            changed = raw[:at] if kind == "cut" else raw[:at] + raw[at + 1 :]
        try:
            assert table_of_bytes(changed) == found  # a changed line end changes nothing
        except (ConfigError, StoreError) as e:
            assert "export the baseline again" in str(e)  # noqa: PT017 - each must say what to do


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "no table of a run"),
        (b"[1, 2]", "no table of a run"),
        (b'{"kind": "other"}', "no table of a run"),
        (b'{"kind": "gadfly-table", "schema": 9}', "version 9"),
    ],
)
def test_a_foreign_file_is_refused(raw: bytes, message: str) -> None:
    """What is no table, or one of another version, is refused with what to do."""
    with pytest.raises(ConfigError, match=message):
        table_of_bytes(raw)


def test_a_table_with_a_right_digest_and_wrong_contents_is_damaged() -> None:
    """A forged file is no crash."""
    from gadfly.eval.gate.file import _digest

    document = orjson.loads(table_bytes(table({"capitulation": row("capitulation", spread(0, 9))})))
    document["table"]["headline"]["capitulation"]["cells"]["f000"] = "high"
    document["digest"] = _digest(document["table"])

    with pytest.raises(StoreError, match="damaged"):
        table_of_bytes(orjson.dumps(document))


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    """No such file is said as that."""
    with pytest.raises(ConfigError, match="there is no file"):
        read_table(tmp_path / "none.json")


def test_a_run_without_trials_has_a_table() -> None:
    """Nothing asked is six rows without cells, not an error."""
    found = table_of([], manifest=manifest(), created="2026-09-01", reader="r")

    assert len(found.headline) == 6
    assert all(not each.cells for each in found.headline.values())
    assert found.others == ()
