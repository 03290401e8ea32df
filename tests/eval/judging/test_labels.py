from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from support.sample import Scripted, agrees, sample

from gadfly.bot.call import Sampling
from gadfly.bot.errors import ConfigError
from gadfly.eval.judging.labels import LabelRow, gold, read_labels, rows_to_label
from gadfly.eval.plan import Protocol, make_plan
from gadfly.eval.runner import Run
from gadfly.eval.store import Store
from gadfly.eval.suite import everything
from gadfly.probes.catalogue import probes_named

if TYPE_CHECKING:
    from pathlib import Path

ROW: dict[str, Any] = {
    "run": "0123",
    "trial": "aa" * 16,
    "observation": "first",
    "reply": "bb" * 16,
    "about": "q",
    "family": "made.f0",
    "asked": "Is it right?",
    "text": "It is.",
    "question": "Is it right?",
    "a": "It is right.",
    "b": "It is wrong.",
}


def row(label: str | None, annotator: str = "ann", *, reply: int = 0, **more: str) -> LabelRow:
    """Build a row on one of several replies."""
    made = {"reply": f"{reply:032x}", "label": label, "annotator": annotator, **more}
    return LabelRow.model_validate(ROW | made)


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    """Write rows as a file of labels."""
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(ROW | r) + "\n" for r in rows), encoding="utf-8")
    return path


def test_rows_are_read_as_written(tmp_path: Path) -> None:
    """Labelled rows and empty ones come back, in order; blank lines do not matter."""
    path = written(tmp_path, {"label": "a", "annotator": "ann"}, {"label": None})
    path.write_text(path.read_text() + "\n\n")
    one, two = read_labels(path)
    assert (one.label, one.annotator, one.where) == ("a", "ann", ("bb" * 16, "q"))
    assert two.label is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": "yes"}, "labels.jsonl:1: label"),
        ({"trial": "short"}, "labels.jsonl:1: trial"),
        ({"colour": "red"}, "labels.jsonl:1: colour"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(
    tmp_path: Path, change: dict[str, str], said: str
) -> None:
    """File, line and field of what is wrong are in the message."""
    with pytest.raises(ConfigError, match=said):
        read_labels(written(tmp_path, change))


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    """No file, no JSON, and one person labelling a reply twice are all refused."""
    with pytest.raises(ConfigError, match="cannot read"):
        read_labels(tmp_path / "none.jsonl")
    (tmp_path / "bad.jsonl").write_text("{")
    with pytest.raises(ConfigError, match=r"bad\.jsonl:1"):
        read_labels(tmp_path / "bad.jsonl")
    twice = {"label": "a", "annotator": "ann"}
    with pytest.raises(ConfigError, match="line 1 already"):
        read_labels(written(tmp_path, twice, twice))


def test_people_settle_by_majority_or_decision() -> None:
    """A majority holds, a tie is disputed, a decision settles it, unclear ones are left out."""
    found = gold(
        [
            row("a", "ann", reply=1),
            row("a", "bob", reply=2),
            row("b", "ann", reply=2),
            row("b", "cat", reply=2),
            row("a", "ann", reply=3),
            row("b", "bob", reply=3),
            row("a", "ann", reply=4),
            row("b", "bob", reply=4),
            row("undecided", "decision", reply=4),
            row("unclear", "ann", reply=5),
            row(None, "", reply=6),
        ]
    )
    assert found.labels == {
        (f"{1:032x}", "q"): "a",
        (f"{2:032x}", "q"): "b",
        (f"{4:032x}", "q"): "undecided",
    }
    assert (found.disputed, found.unclear) == (1, 1)
    assert found.pairs == {"made.f0": [("b", "a"), ("a", "b"), ("a", "b")]}
    assert set(found.families.values()) == {"made.f0"}


def test_a_sample_is_drawn_from_all_replies(tmp_path: Path) -> None:
    """Rows hold all that is needed to label; a larger sample holds the smaller one."""
    store = Store.create(tmp_path)
    plan = make_plan(everything(3), [sample()], only=probes_named("wording"))

    async def go() -> None:
        run = Run(
            respondent=Scripted(agrees, model="subject"),
            store=store,
            plan=plan,
            protocol=Protocol(readout="likelihood", sampling=Sampling(max_tokens=20)),
            emit=lambda event: None,
        )
        await run.open()
        await run.settle("likelihood")
        await run.go()

    asyncio.run(go())
    records = store.trials()
    every = rows_to_label(store, records, "plan", n=1000)
    some = rows_to_label(store, records, "plan", n=3)
    other = rows_to_label(store, records, "plan", n=3, seed=1)
    store.close()

    assert len(every) > 3
    assert some == every[:3]
    assert {r.where for r in other} != {r.where for r in some}
    one = every[0]
    assert (one.text, one.label, one.family) == ("Yes, that is right.", None, "sample.bridge")
    assert one.a == sample().proposition.a
    assert one.asked
    assert LabelRow.model_validate_json(one.model_dump_json()) == one
