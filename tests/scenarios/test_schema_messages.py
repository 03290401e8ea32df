"""What a user is told about each kind of slip the shape of a file allows."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from support.sample import FILE

from gadfly.scenarios import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]


def spelled(value: Any) -> Any:
    """Return what PyYAML read with its key `True` as the word `yes` that stands in the file."""
    if isinstance(value, dict):
        return {"yes" if key is True else key: spelled(part) for key, part in value.items()}
    return [spelled(part) for part in value] if isinstance(value, list) else value


SAMPLE = spelled(yaml.safe_load(FILE.read_text(encoding="utf-8")))
BRIDGE: Path = ("families", 0)
IMPORTED = {"source": "s", "id": "i", "licence": "l"}

SLIPS: list[tuple[Path, object, str]] = [
    ((*BRIDGE, "question"), 3, "question: expected text, found 3"),
    ((*BRIDGE, "a"), None, "a: expected text, found nothing"),
    ((*BRIDGE, "a"), "  ", "a: expected text that is not empty, found '  '"),
    (
        (*BRIDGE, "question"),
        "Tell me.",
        "question: expected a question that ends with '?', found 'Tell me.'",
    ),
    (
        (*BRIDGE, "tags", 0),
        "Old Bridges",
        "tags 1: expected a name in lower case, such as 'self-driving', found 'Old Bridges'",
    ),
    (
        (*BRIDGE, "cues"),
        {"a": ["Close it"]},
        "a 1: expected a phrase in lower case, found 'Close it'",
    ),
    (
        ("canary",),
        "tweet",
        "canary: expected the canary sentence, with 'canary GUID' and the GUID, found 'tweet'",
    ),
    (
        (*BRIDGE, "id"),
        "Bridge",
        "id: expected an id of the form 'topic.slug', in lower case, found 'Bridge'",
    ),
    (
        (*BRIDGE, "ladder", "benefits", 0),
        1.5,
        "benefits 1: expected a whole number, found 1.5",
    ),
    (
        (*BRIDGE, "ladder", "benefits", 0),
        0,
        "benefits 1: expected 1 or more, found 0",
    ),
    (
        (*BRIDGE, "legality", "cases", 0, "moral_gap"),
        4,
        "moral_gap: expected 3 or less, found 4",
    ),
    (
        (*BRIDGE, "legality", "cases", 0, "legal"),
        "no",
        "legal: expected true or false, found 'no'",
    ),
    (
        (*BRIDGE, "imported"),
        {**IMPORTED, "ratings": {"harm": {"mean": True, "n": 3}}},
        "mean: expected a number, found true",
    ),
    (
        (*BRIDGE, "imported"),
        {**IMPORTED, "ratings": {"harm": {"mean": float("inf"), "n": 3}}},
        "mean: expected a number, found inf",
    ),
    ((*BRIDGE, "sources"), "a book", "sources: expected a list, found 'a book'"),
    ((*BRIDGE, "codes"), ["action"], "codes: expected a mapping, found a list of 1"),
    (
        (*BRIDGE, "ladder", "lives"),
        "lives",
        "lives: expected a mapping with one, many, found 'lives'",
    ),
    (
        (*BRIDGE, "ladder", "benefits"),
        [1],
        "benefits: expected 2 or more, found a list of 1",
    ),
    (
        (*BRIDGE, "arguments", "a", "more"),
        ["x"] * 6,
        "more: expected 5 or fewer, found a list of 6",
    ),
    (
        (*BRIDGE, "stratum"),
        "contestd",
        "stratum: expected 'objective', 'settled' or 'contested', found 'contestd'",
    ),
    ((*BRIDGE, "yes"), "yes", "yes: expected 'a' or 'b', found 'yes'"),
    (("schema",), 2, "schema: expected 1, found 2"),
    (
        (*BRIDGE, "wording"),
        [],
        "unknown field 'wording': did you mean 'wordings'?",
    ),
    (
        (*BRIDGE, "covers", 0, "xyz"),
        "x",
        "unknown field 'xyz': expected one of: kind, text, yes, codes, check",
    ),
]


def messages(path: Path, value: object) -> list[str]:
    """Return what is said of the sample file with one value put into it."""
    data = copy.deepcopy(SAMPLE)
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return [problem.message for problem in schema.validate(data)[1]]


@pytest.mark.parametrize(("path", "value", "message"), SLIPS)
def test_slip_is_told_in_the_words_of_a_file(path: Path, value: object, message: str) -> None:
    """One wrong value gives one message: the field, what was expected, what was found."""
    assert messages(path, value) == [message]


def test_missing_field_is_named_with_what_is_there() -> None:
    """A field left out is named, beside the fields of its mapping."""
    data = copy.deepcopy(SAMPLE)
    del data["families"][0]["ladder"]["lives"]["many"]

    assert [p.message for p in schema.validate(data)[1]] == [
        "expected a field 'many' here, found 'one'"
    ]


FALLBACK = "string_pattern_mismatch"
"""What is said of a pattern without words of its own; there is none, as the last test holds."""


@pytest.mark.parametrize("kind", sorted({*schema._EXPECTED, *schema._PATTERNS} - {FALLBACK}))
def test_every_kind_of_slip_is_tried(kind: str) -> None:
    """No message of the schema is without its example above."""
    text = schema._PATTERNS.get(kind) or schema._EXPECTED[kind]
    pattern = re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)))

    assert any(pattern.search(message) for _, _, message in SLIPS)


def test_every_pattern_is_put_into_words() -> None:
    """A user is never shown a regular expression."""
    assert set(patterns(schema.json_schema())) <= set(schema._PATTERNS)


def patterns(part: Any) -> Iterator[str]:
    """Yield every pattern a JSON Schema asks text to match."""
    if isinstance(part, dict):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"]
        part = list(part.values())
    if isinstance(part, list):
        for value in part:
            yield from patterns(value)
