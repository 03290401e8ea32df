"""Dialogues out of files: JSON of two layouts, plain text, and what is wrong with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.eval.scoring.files import gather

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.scoring.turns import Gathered

CHAT = {
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "Close it?"}, {"type": "image_url"}]},
        {"role": "assistant", "content": "Yes."},
        {"role": "tool", "content": "12"},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "user", "name": "Ann", "content": "Why?"},
    ]
}
SHARED = {
    "id": "x1",
    "conversations": [
        {"from": "system", "value": "Be brief."},
        {"from": "human", "value": "Close it?"},
        {"from": "gpt", "value": "Yes."},
        {"from": "Ben", "value": "No."},
    ],
}


def gathered(folder: Path, name: str, *lines: Any, **options: Any) -> Gathered:
    path = folder / name
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return gather([path], **options)


def spoken(found: Gathered) -> list[list[tuple[str, str]]]:
    return [[(t.speaker, t.text) for t in d.turns] for d in found.dialogues]


def test_openai_messages(tmp_path: Path) -> None:
    """Content parts are joined, names are speakers, tools and images are counted and left out."""
    found = gathered(tmp_path, "a.jsonl", CHAT)

    assert spoken(found) == [[("user", "Close it?"), ("assistant", "Yes."), ("Ann", "Why?")]]
    assert found.dialogues[0].context == "Be brief."
    assert found.formats == ("openai",)
    assert found.notes == (
        "Left out: posts of no words, or of nothing but quotation (1).",
        "Left out: parts that are no text, such as tool calls and images (2).",
    )


def test_sharegpt_conversations(tmp_path: Path) -> None:
    """Humans and models have the names they have in OpenAI's layout; others keep their own."""
    found = gathered(tmp_path, "a.jsonl", SHARED)

    assert spoken(found) == [[("user", "Close it?"), ("assistant", "Yes."), ("Ben", "No.")]]
    assert found.dialogues[0].name == "x1"


def test_layouts_may_be_mixed_and_lists_unwrapped(tmp_path: Path) -> None:
    """Each line is taken for what it is; a file may be one JSON list, pretty-printed or not."""
    mixed = gathered(tmp_path, "a.jsonl", CHAT, "", SHARED, CHAT["messages"])
    whole = gathered(tmp_path, "b.json", json.dumps([CHAT, SHARED], indent=2))

    assert [d.name for d in mixed.dialogues] == ["line 1", "x1", "line 4"]
    assert mixed.formats == ("openai", "sharegpt")
    assert spoken(whole) == spoken(mixed)[:2]


def test_names_of_dialogues_are_unique(tmp_path: Path) -> None:
    """Two records of one id are two clusters."""
    found = gathered(tmp_path, "a.jsonl", SHARED, SHARED)

    assert [d.name for d in found.dialogues] == ["x1", "x1 #2"]


@pytest.mark.parametrize(
    ("lines", "at", "says"),
    [
        ((CHAT, '{"messages": [', CHAT), ":2:15: ", "not JSON"),
        (('{"messages": [}', CHAT), ":1:15: ", "not JSON"),
        ((CHAT, "", "5"), ":3: ", "expected an object"),
        ((CHAT, {"text": "hello"}), ":2: ", "expected 'messages' (OpenAI) or 'conversations'"),
        ((CHAT, {"messages": [{"content": "hi"}]}), ":2: messages.0.role: ", "required"),
        ((CHAT, {"conversations": [{"from": "gpt", "value": 3}]}), ":2: ", "conversations.0.value"),
        (("[" * 100_000, CHAT), ":1:", "not JSON"),
        (("",), ":1: ", "empty"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, lines: tuple[Any, ...], at: str, says: str) -> None:
    """Whatever is wrong, the message begins with the file and the line."""
    with pytest.raises(ConfigError) as error:
        gathered(tmp_path, "a.jsonl", *lines)

    assert str(error.value).startswith(f"{tmp_path / 'a.jsonl'}{at}")
    assert says in str(error.value)


def test_another_encoding_has_to_be_named(tmp_path: Path) -> None:
    """What is not UTF-8 is refused with its line; named, it is read; a byte order mark counts."""
    path = tmp_path / "a.txt"
    path.write_bytes("Ann: close it\n\nBen: the caf\u00e9 would die\n".encode("latin-1"))

    with pytest.raises(ConfigError, match=r"a\.txt:3: not utf-8 \(byte 0xe9\)"):
        gather([path])
    with pytest.raises(ConfigError, match="unknown encoding"):
        gather([path], encoding="klingon")
    assert spoken(gather([path], encoding="latin-1"))[0][1][1] == "the caf\u00e9 would die"
    path.write_bytes("Ann: close it\n\nBen: caf\u00e9\n".encode("utf-16"))
    assert spoken(gather([path]))[0][1] == ("Ben", "caf\u00e9")


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    """A missing file and a folder are errors of the user's."""
    with pytest.raises(ConfigError, match="cannot be read"):
        gather([tmp_path / name])


def test_silent_dialogues_are_left_out_and_counted(tmp_path: Path) -> None:
    """A conversation without a word is none; a file of nothing else is an error."""
    silent = {"messages": [{"role": "user", "content": "  \u200b "}]}

    found = gathered(tmp_path, "a.jsonl", silent, CHAT)

    assert [d.name for d in found.dialogues] == ["line 2"]
    assert "Left out: dialogues in which nobody says a word (1)." in found.notes
    with pytest.raises(ConfigError, match="no dialogue with a word"):
        gathered(tmp_path, "a.jsonl", silent)
