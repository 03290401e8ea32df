import json
import subprocess
import sys
from pathlib import Path

import pytest

from gadfly.scenarios import loader, schema

CHECKED_IN = Path(schema.__file__).parent / "scenario.schema.json"


def test_checked_in_schema_is_current() -> None:
    """The JSON Schema beside the library is the one the models give."""
    assert json.loads(CHECKED_IN.read_text(encoding="utf-8")) == schema.json_schema()


def test_module_writes_the_schema() -> None:
    """Running the module prints the checked-in file, byte for byte."""
    done = subprocess.run(
        [sys.executable, "-m", "gadfly.scenarios.schema"], capture_output=True, check=True
    )
    assert done.stdout == CHECKED_IN.read_bytes()


def test_schema_knows_fields_by_their_name_in_files() -> None:
    """Editors are offered `schema`, and told that a wording may be plain text."""
    found = schema.json_schema()
    assert set(found["required"]) == {"schema", "canary", "topic", "families"}
    assert found["$defs"]["WordingPart"]["anyOf"][0]["type"] == "string"


def test_short_list_is_a_problem_only_when_it_is_short() -> None:
    """A list is called too short for what it holds, not for entries that are wrong themselves."""
    head = {"schema": 1, "canary": f"canary GUID {'0' * 36}", "topic": "tea"}
    _, empty = schema.validate({**head, "families": []})
    assert [p.message for p in empty] == ["families: expected 1 or more, found a list of 0"]
    _, wrong = schema.validate({**head, "families": [3]})
    assert [p.location for p in wrong] == [("families", 0)]
    assert "families 1: expected a mapping with id, stratum" in wrong[0].message


def test_long_text_is_cut_in_messages() -> None:
    """A message quotes no more than the start of a long text."""
    _, (problem, *_) = schema.validate({"topic": "X" * 500})
    assert problem.location == ("schema",)
    _, found = schema.validate({"topic": "X" * 500})
    message = next(p.message for p in found if p.location == ("topic",))
    assert "…" in message
    assert len(message) < 200


def test_number_out_of_range_names_the_range() -> None:
    """A number outside its range is told the bound."""
    case = {"legal": True, "moral_gap": 9}
    family = {"legality": {"cases": [case]}, "ladder": {"benefits": [0]}}
    _, found = schema.validate({"families": [family]})
    messages = [p.message for p in found]
    assert "moral_gap: expected 3 or less, found 9" in messages
    assert "benefits 1: expected 1 or more, found 0" in messages


def test_wordings_of_the_wrong_type_are_left_to_the_models() -> None:
    """Wordings that are no list are reported as such."""
    _, found = schema.validate({"families": [{"wordings": "one"}]})
    assert "wordings: expected a list, found 'one'" in [p.message for p in found]


def test_well_formed_families_are_found_in_anything() -> None:
    """Looking for good families in content of any shape never fails."""
    assert list(schema.valid_families(None)) == []
    assert list(schema.valid_families({"families": 3})) == []
    assert list(schema.valid_families({"families": [{}, 4]})) == []


def test_schema_asks_authors_for_what_imported_families_may_lack() -> None:
    """Editors are told of three wordings and whole arguments, unless a family is imported."""
    rule = schema.json_schema()["$defs"]["FamilyPart"]
    freed = [block["required"] for block in rule["if"]["not"]["anyOf"]]
    assert freed == [["imported"], *([name] for name in schema.SPECIAL)]
    assert rule["then"]["properties"]["wordings"] == {"minItems": schema.MIN_WORDINGS}


@pytest.mark.parametrize("mean", ["'3'", "true", ".inf", "three"])
def test_a_rating_is_a_number(mean: str, tmp_path: Path) -> None:
    """A mean in quotes, a truth value or no finite number is said to be no number."""
    file = tmp_path / "x.yaml"
    block = f"{{source: s, id: i, licence: l, ratings: {{harm: {{mean: {mean}, n: 3}}}}}}"
    file.write_text(
        "schema: 1\ncanary: canary GUID 00000000-0000-0000-0000-000000000000\ntopic: tea\n"
        "families:\n- {id: tea.x, stratum: contested, question: Is it?, a: Is., b: Is not.,\n"
        f"   yes: a, wordings: [Is it?], imported: {block}}}\n",
        encoding="utf-8",
    )
    (problem,) = loader.problems(file)
    assert "mean: expected a number, found" in str(problem)
