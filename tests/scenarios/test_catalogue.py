from pathlib import Path

import pytest

from gadfly.bot.errors import ConfigError, ScenarioError
from gadfly.scenarios.build import build
from gadfly.scenarios.catalogue import Catalogue, library
from gadfly.scenarios.schema import FamilyPart

FILE = """\
schema: 1
canary: "test data; canary GUID 00000000-0000-0000-0000-000000000000"
topic: {topic}
families:
  - id: {topic}.one
    stratum: objective
    question: "Is it?"
    a: "It is so."
    b: "It is not."
    yes: a
    truth: a
    wordings: ["Is it?", "So is it?", "Is it so?"]
"""


def family(topic: str, slug: str, *, text: str = "It is so.", tag: str = "x") -> FamilyPart:
    """Return a small family."""
    return FamilyPart.model_validate(
        {
            "id": f"{topic}.{slug}",
            "stratum": "objective" if slug == "0" else "contested",
            "tags": [tag],
            "question": "Is it?",
            "a": text,
            "b": "It is not.",
            "yes": "a",
            "wordings": ["Is it?", "So is it?", "Is it so?"],
        }
    )


def catalogue() -> Catalogue:
    """Return twelve families of tea, six of milk and two of sugar, in no order."""
    sizes = {"tea": 12, "milk": 6, "sugar": 2}
    made = [
        build(topic, family(topic, str(i), tag="even" if i % 2 == 0 else "odd"))
        for topic, size in sizes.items()
        for i in reversed(range(size))
    ]
    return Catalogue(made)


def test_families_are_in_order_of_id() -> None:
    """Whatever order they came in, families are listed by id."""
    found = catalogue()
    assert [s.id for s in found] == sorted(s.id for s in found.all)
    assert len(found) == 20
    assert found.topics == ("milk", "sugar", "tea")
    assert found.tags == ("even", "odd")


def test_family_is_got_by_id_and_a_wrong_id_lists_near_ones() -> None:
    """An unknown id is a usage error that names ids like it."""
    found = catalogue()
    assert found.get("tea.3").id == "tea.3"
    with pytest.raises(ConfigError, match=r"unknown scenario 'sugar.2': did you mean 'sugar"):
        found.get("sugar.2")


def test_conditions_are_met_together() -> None:
    """Several conditions narrow the choice, several values of one widen it."""
    found = catalogue()
    ids = {s.id for s in found.select(tags=["sugar", "even"], strata=["objective"])}
    assert ids == {"milk.0", "sugar.0", "tea.0"}
    assert {s.topic for s in found.select(tags=["sugar", "milk"])} == {"sugar", "milk"}
    assert [s.id for s in found.select(ids=["tea.1", "milk.1"])] == ["milk.1", "tea.1"]
    assert found.select() == found.all


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"tags": ["teas"]}, "unknown tag or topic 'teas': did you mean 'tea'"),
        ({"tags": ["ever"]}, "unknown tag or topic 'ever': did you mean 'even'"),
        ({"strata": ["settle"]}, "unknown stratum 'settle': did you mean 'settled'"),
        ({"ids": ["zzz"]}, "unknown scenario 'zzz'"),
        ({"tags": ["sugar"], "ids": ["tea.1"]}, "no scenario meets all"),
    ],
)
def test_condition_that_cannot_be_met_is_a_usage_error(
    wanted: dict[str, list[str]], message: str
) -> None:
    """A name that does not exist is refused, never silently met by nothing."""
    with pytest.raises(ConfigError, match=message):
        catalogue().select(**wanted)  # type: ignore[arg-type]  # wrong on purpose


def test_digest_changes_with_content_and_members() -> None:
    """The digest tells catalogues apart by what they hold, not by the order it came in."""
    one, two = build("tea", family("tea", "1")), build("tea", family("tea", "2"))
    changed = build("tea", family("tea", "2", text="It is thus."))
    assert Catalogue([one, two]).digest == Catalogue([two, one]).digest
    assert len({Catalogue(c).digest for c in ([one], [one, two], [one, changed])}) == 3


def test_file_or_folder_of_a_user_is_read(tmp_path: Path) -> None:
    """A file gives its families, a folder those of its files and its folders', hidden apart."""
    (tmp_path / "below" / "further").mkdir(parents=True)
    (tmp_path / "below" / "further" / "b.yml").write_text(
        FILE.format(topic="milk"), encoding="utf-8"
    )
    (tmp_path / ".old").mkdir()
    (tmp_path / ".old" / "c.yaml").write_text("broken: [", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(FILE.format(topic="tea"), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no scenario", encoding="utf-8")
    (tmp_path / "deeper.yaml").mkdir()
    assert [s.id for s in Catalogue.from_path(tmp_path / "a.yaml")] == ["tea.one"]
    assert [s.id for s in Catalogue.from_path(tmp_path)] == ["milk.one", "tea.one"]


def test_path_without_scenarios_is_a_usage_error(tmp_path: Path) -> None:
    """A missing path and a folder without scenario files say so."""
    with pytest.raises(ConfigError, match="no scenario files"):
        Catalogue.from_path(tmp_path)
    with pytest.raises(ConfigError, match="no scenario file or folder"):
        Catalogue.from_path(tmp_path / "none")
    (tmp_path / "a.yaml").write_text("", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"a.yaml:1:1: the file is empty"):
        Catalogue.from_path(tmp_path)


def test_library_is_read_once() -> None:
    """The packaged library loads and is the same object each time."""
    assert library() is library()
    assert len(library()) > 0
