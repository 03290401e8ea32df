"""Rules of the blocks by which a family is asked otherwise, and the message a user gets."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from support.sample import FILE

from gadfly.scenarios.check import check_family
from gadfly.scenarios.schema import validate_family


def spelled(value: Any) -> Any:
    """Return what PyYAML read with its key `True` as the word `yes` that stands in the file."""
    if isinstance(value, dict):
        return {"yes" if key is True else key: spelled(part) for key, part in value.items()}
    return [spelled(part) for part in value] if isinstance(value, list) else value


FAMILIES = {
    f["id"].removeprefix("sample."): f
    for f in spelled(yaml.safe_load(FILE.read_text(encoding="utf-8")))["families"]
}


def found(name: str, *path: str | int, value: object = None) -> list[str]:
    """Return the messages about a sample family with one value put (or, for None, taken away)."""
    family: dict[str, Any] = copy.deepcopy(FAMILIES[name])
    place: Any = family
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    part, problems = validate_family(family)
    if part is None:
        return [p.message for p in problems]
    return [p.message for p in check_family(part, ())]


@pytest.mark.parametrize("name", list(FAMILIES))
def test_samples_keep_all_rules(name: str) -> None:
    """The families the other tests break are right to begin with."""
    assert found(name, "tags", value=["sample"]) == []


ASKED = {"text": "Is it?", "yes": "a", "question": "Is it?", "a": "It is so.", "b": "It is not."}
LONG = "one two three four five six seven eight nine ten eleven twelve"


@pytest.mark.parametrize(
    ("name", "path", "value", "message"),
    [
        (
            "bridge",
            ("wordings",),
            None,
            "expected a field 'wordings' here, or one of 'conjoint', 'item', 'invented', 'chain'",
        ),
        (
            "fact",
            ("wordings",),
            ["Which bone is it?"],
            "wordings: expected none in a family that is asked by its 'item'",
        ),
        (
            "fact",
            ("chain",),
            {"start": "s", "step": "t", "asks": "u", "states": ["1", "2"]},
            "chain: expected one way to ask a family, found 'item' too",
        ),
        (
            "zorbles",
            ("stratum",),
            "settled",
            "stratum: expected 'objective' in a family with 'invented', found 'settled'",
        ),
        (
            "bridge",
            ("covers", 0, "codes", "harm"),
            "means",
            "codes: expected those of the family, for a story of equal structure; "
            "found other 'harm'",
        ),
        (
            "bridge",
            ("covers", 0, "check", "b"),
            LONG,
            "b: expected a length within 25% of statement 'a' (6 words), found 12 words",
        ),
        (
            "bridge",
            ("personas",),
            {"plato": "a"},
            "personas: expected names among singer, kant, mill, aristotle, nozick, gilligan, "
            "utilitarian, kantian, virtue, libertarian, care, stoic; found 'plato'",
        ),
        (
            "bridge",
            ("coherence", "entailed"),
            FAMILIES["bridge"]["coherence"]["negation"],
            "entailed: expected a question of its own, found it asked before",
        ),
        (
            "bridge",
            ("ladder", "obligatory"),
            {**ASKED, "text": "Must one {leap}?"},
            "text: expected no braces other than {do}, {doing}, {lives}, found 'Must one {leap}?'",
        ),
        (
            "bridge",
            ("legality", "cases", 0, "again"),
            FAMILIES["bridge"]["legality"]["cases"][0]["text"],
            "again: expected other words, found the same",
        ),
        (
            "bridge",
            ("arguments", "a", "irrelevant"),
            LONG,
            "irrelevant: expected a length within 10% of 'strong' (57 words), found 12 words",
        ),
        (
            "bridge",
            ("arguments", "a", "more", 0),
            LONG,
            "more: expected a length within 30% of 'strong' (57 words), found 12 words",
        ),
        (
            "bridge",
            ("arguments", "a", "more"),
            ["one"] * 6,
            "more: expected 5 or fewer, found a list of 6",
        ),
        (
            "nonsense",
            ("item", "twin"),
            None,
            "expected a field 'twin' beside kind 'nonsense', found none",
        ),
        (
            "nonsense",
            ("item", "twin", "text"),
            FAMILIES["nonsense"]["item"]["text"],
            "twin: expected another question, found the same one",
        ),
        (
            "fact",
            ("item", "options"),
            ["the thigh bone", "the shin bone"],
            "options: expected 3 to 6 beside kind 'fact', found 2",
        ),
        (
            "fact",
            ("item", "options", 2),
            "The shin bone.",
            "options: expected different ones, found one twice",
        ),
        (
            "sweep",
            ("conjoint", "prompt"),
            "Whom should it take, {first} or nobody?",
            "prompt: expected {second} in it, found 'Whom should it take, {first} or nobody?'",
        ),
        (
            "sweep",
            ("conjoint", "attributes", 1, "name"),
            "number",
            "name: 'number' is taken by an attribute before it",
        ),
        (
            "sweep",
            ("conjoint", "attributes", 0, "levels"),
            {"one": "one", "three": "One."},
            "levels: expected different words for each, found some twice",
        ),
        (
            "sweep",
            ("conjoint", "attributes", 0, "levels"),
            {"one": "one"},
            "levels: expected 2 or more, found a mapping",
        ),
        (
            "zorbles",
            ("invented", "consequences", 2),
            None,
            "consequences: expected some of every arm, found none with arm 'likelier'",
        ),
        (
            "zorbles",
            ("invented", "consequences", 0),
            FAMILIES["zorbles"]["invented"]["consequences"][1],
            "consequences: expected different ones, found one twice",
        ),
        (
            "zorbles",
            ("invented", "consequences", 0, "distance"),
            4,
            "distance: expected 3 or less, found 4",
        ),
        (
            "ring",
            ("chain", "states", 1),
            "square two",
            "states: expected one word or number, found 'square two'",
        ),
    ],
)
def test_a_broken_rule_is_said_plainly(
    name: str, path: tuple[str | int, ...], value: object, message: str
) -> None:
    """Each rule of a block says what was expected and what was found."""
    assert message in found(name, *path, value=value)
