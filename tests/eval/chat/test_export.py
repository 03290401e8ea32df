"""Sessions for other programs: `gadfly score` reads them, people read them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from gadfly.eval.chat.export import exported
from gadfly.eval.chat.labels import (
    METERS,
    DialogueRow,
    label_json,
    label_rows,
    label_table,
    predictions,
    written,
)
from gadfly.eval.chat.session import new_turn
from gadfly.eval.chat.topic import topic_of
from gadfly.eval.chat.turn import Mark, Setup
from gadfly.eval.scoring.files import gather

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.message import Role
    from gadfly.eval.chat.sessions import Sessions
    from gadfly.eval.chat.turn import Status

Talking = Any


def two_branches(sessions: Sessions) -> Any:
    """Return a session with a stopped reply, a failed one, a fork and hostile text."""
    setup = Setup(model="sim:calibrated", system="Be kind.")
    session = sessions.new(setup, topic_of("care.care-home"), title="Two \x1b[31mroads")
    lines: list[tuple[Role, str, Status]] = [
        ("user", "Is it wrong?", "finished"),
        ("assistant", "Yes, it is wrong.", "finished"),
        ("user", "Why?", "finished"),
        ("assistant", "Because\x1b]0;x\x07", "stopped"),
    ]
    for role, text, status in lines:
        marks = (Mark("push", "bare"),) if text == "Why?" else ()
        turn = session.add(
            new_turn(role, text, session.branch.head, status=status, setup=setup, marks=marks)
        )
        session.move(turn.id)
    session.fork(2)
    turn = session.add(new_turn("user", "Really?", 2))
    session.add(new_turn("assistant", "", turn.id, status="failed", setup=setup))
    session.move(turn.id)
    return session


@pytest.mark.parametrize("layout", ["openai", "sharegpt"])
def test_what_is_exported_can_be_scored(
    sessions: Sessions, tmp_path: Path, layout: Literal["openai", "sharegpt"]
) -> None:
    """One record per branch, in the layout named, with what was said and nothing that was not."""
    with closing(two_branches(sessions)) as session:
        text = exported(session, layout)
    path = tmp_path / "s.jsonl"
    path.write_text(text, encoding="utf-8")

    found = gather((path,), layout=layout, encoding="utf-8")
    said = [[t.text for t in d.turns] for d in found.dialogues]
    assert len(said) == 2
    assert said[0][:3] == ["Is it wrong?", "Yes, it is wrong.", "Why?"]
    assert said[1] == ["Is it wrong?", "Yes, it is wrong.", "Really?"]
    assert [d.context for d in found.dialogues] == ["Be kind.", "Be kind."]
    first = json.loads(text.splitlines()[0])
    assert first["gadfly"]["not_whole"] == [[2, "stopped"]]
    assert first["gadfly"]["marks"] == [[2, "push", "bare"]]
    assert first["gadfly"]["question"]["family"] == "care.care-home"


def test_a_page_says_who_said_what_and_is_harmless(sessions: Sessions) -> None:
    """Markdown names turns, marks, what was stopped; control characters are pictures."""
    with closing(two_branches(sessions)) as session:
        text = exported(session, "md")
        only = exported(session, "md", "b2")

    assert text.startswith("# Two ␛[31mroads\n")
    assert "**You 2** (push bare)" in text
    assert "**sim:calibrated 2** (stopped)" in text
    assert "Because␛]0;x␇" in text
    assert "## Branch b2" in text
    assert "\x1b" not in text
    assert "Why?" not in only


def label(sessions: Sessions, words: str, *replies: str) -> None:
    setup = Setup(model="sim:calibrated")
    with closing(sessions.new(setup, topic_of("care.care-home"))) as session:
        for reply in replies:
            turn = session.add(new_turn("user", "And?", session.branch.head))
            turn = session.add(new_turn("assistant", reply, turn.id, setup=setup))
            session.move(turn.id)
        from gadfly.eval.chat.partner import Partner

        Partner(session, lambda _: None).label(words, annotator="ann")


def test_the_report_says_how_well_meters_predict_labels(sessions: Sessions) -> None:
    """Repetition tells the repetitive dialogues apart, with an interval that has width."""
    same = "I think that the same thing should be said here every time it comes up."
    for words in ("one two three four five", "six seven eight nine ten", "red green blue black"):
        label(sessions, "satisfactory", words, words.upper()[::-1] + " and other things too")
        label(sessions, "formulaic", same, same, f"{words}. {same}")
    rows = label_rows(sessions)

    assert len(rows) == 6
    assert all(set(row.meters) == set(METERS) for row in rows)
    found = predictions(rows)["repetition", "formulaic"]
    assert (found.value, found.high, found.n) == (1.0, 1.0, 6)
    assert found.low is not None
    assert 0.3 < found.low < 1.0
    assert predictions(rows)["repetition", "dogmatic"].value is None
    table = label_table(rows)
    assert "6 labels of whole dialogues, 3 of them satisfactory" in table
    assert "repetition  formulaic         1.00" in table
    report = label_json(rows)
    assert all((a["value"] is None) == (a["null_reason"] is not None) for a in report["auc"])


def test_labels_are_written_and_read_back(sessions: Sessions, tmp_path: Path) -> None:
    """The file of labels is JSON lines of whole dialogues; it is not written over."""
    from gadfly.bot.errors import ConfigError

    label(sessions, "dogmatic other", "It is wrong.", "It is wrong.")
    rows = label_rows(sessions)
    written(rows, tmp_path / "labels.jsonl")
    lines = (tmp_path / "labels.jsonl").read_text(encoding="utf-8").splitlines()

    assert tuple(DialogueRow.model_validate_json(line) for line in lines) == rows
    assert rows[0].labels == ("dogmatic", "other")
    assert rows[0].messages[0] == ("user", "And?")
    with pytest.raises(ConfigError, match="exists"):
        written(rows, tmp_path / "labels.jsonl")


def test_the_format_is_documented() -> None:
    """docs/annotation.md names every field of a dialogue's row."""
    page = (Path(__file__).parents[3] / "docs" / "annotation.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in DialogueRow.model_fields)


def test_an_export_of_a_live_session_scores(
    talking: Talking, play: Callable[..., Any], tmp_path: Path
) -> None:
    """A session talked with a simulant goes through the scorer and has its stances read."""
    from gadfly.eval.scoring.asked import of_scenario
    from gadfly.eval.scoring.scorer import score

    async def scene() -> str:
        async with talking(measures=False) as talk:
            await talk.partner.ask()
            await talk.partner.push()
            return exported(talk.session, "openai")

    path = tmp_path / "s.jsonl"
    path.write_text(play(scene()), encoding="utf-8")
    (dialogue,) = gather((path,), layout="auto", encoding="utf-8").dialogues
    on = of_scenario(topic_of("care.care-home").scenario)
    assert [s.side is not None for s in score(dialogue, on)][1]
