from pathlib import Path

import pytest
import yaml

from gadfly.bot.errors import ScenarioError
from gadfly.scenarios.loader import MAX_DEPTH, inspect, load, load_file, problems

HEAD = """\
schema: 1
canary: "test data; canary GUID 00000000-0000-0000-0000-000000000000"
topic: tea
families:
"""
FAMILY = """\
  - id: tea.milk-first
    stratum: objective
    question: "Does milk go in first?"
    a: "Milk goes in first."
    b: "Milk goes in last."
    yes: a
    truth: b
    wordings:
      - "Does milk go in first?"
      - {text: "Should the milk wait until the tea is in?", yes: b}
      - "Is the milk poured before the tea?"
"""


def write(folder: Path, text: str | bytes, name: str = "tea.yaml") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def places(path: Path) -> list[tuple[int, int]]:
    """Return line and column of each problem."""
    return [(p.line, p.column) for p in problems(path)]


def test_small_file_becomes_a_scenario(tmp_path: Path) -> None:
    """A file with one minimal family loads, its plain wordings taking the family's yes."""
    (scenario,) = load_file(write(tmp_path, HEAD + FAMILY))
    assert scenario.id == "tea.milk-first"
    assert scenario.topic == "tea"
    assert scenario.truth == "b"
    assert [w.yes for w in scenario.wordings] == ["a", "b", "a"]
    assert problems(tmp_path / "tea.yaml") == ()


def test_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    """A file saved with a byte-order mark loads like one without."""
    assert load_file(write(tmp_path, b"\xef\xbb\xbf" + (HEAD + FAMILY).encode()))


def test_plain_yes_and_no_are_words(tmp_path: Path) -> None:
    """Words that YAML 1.1 took for booleans or times stay text."""
    text = FAMILY + "    codes: {consent: no, numbers: 1:5}\n"
    (scenario,) = load_file(write(tmp_path, HEAD + text))
    assert dict(scenario.codes) == {"consent": "no", "numbers": "1:5"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("12", "found 12"),
        ("-1.5e3", "found -1500.0"),
        ("true", "found true"),
        ("", "found nothing"),
        ("[x, y]", "found a list of 2"),
        ("{x: y}", "found a mapping"),
    ],
)
def test_values_that_are_no_text_are_named(tmp_path: Path, value: str, shown: str) -> None:
    """Where text is due, the message says what was found instead."""
    text = FAMILY.replace('"Milk goes in first."', value)
    (problem,) = problems(write(tmp_path, HEAD + text))
    assert str(problem).endswith(f":8:{8 if value else 7}: a: expected text, {shown}")


def test_number_too_long_stays_text(tmp_path: Path) -> None:
    """A number of absurd length is not converted; it is text where text is due."""
    text = FAMILY.replace('"Milk goes in first."', "9" * 5000)
    (problem,) = problems(write(tmp_path, HEAD + text))
    assert "b: expected a length" in str(problem)


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("    yes: a\n", "", (5, 5), "expected a field 'yes' here, found 'id', 'stratum'"),
        ("    truth: b", "    trooth: b", (11, 5), "unknown field 'trooth': did you mean 'truth'?"),
        ("    truth: b", "    truth: c", (11, 12), "truth: expected 'a' or 'b', found 'c'"),
        ("id: tea.", "id: pot.", (5, 9), "id: expected one that starts with 'tea.', found 'pot."),
        ("tea.milk-first", "tea.Milk", (5, 9), "id: expected an id of the form 'topic.slug'"),
        ("first?", "first", (7, 15), "question: expected a question that ends with '?'"),
        ("yes: b}", "yes: b, x: 1}", (14, 69), "unknown field 'x': expected one of: text, yes"),
    ],
)
def test_problem_points_at_its_place(
    tmp_path: Path, old: str, new: str, place: tuple[int, int], message: str
) -> None:
    """A value, a missing and an unknown field are each reported where an author would look."""
    path = write(tmp_path, HEAD + FAMILY.replace(old, new, 1))
    found = {(p.line, p.column): str(p) for p in problems(path)}
    assert place in found, str(found)
    assert f"tea.yaml:{place[0]}:{place[1]}: " in found[place]
    assert message in found[place]


def test_first_problem_is_raised_with_the_number_of_others(tmp_path: Path) -> None:
    """Loading raises the first problem in the file and says how many more there are."""
    text = FAMILY.replace("truth: b", "truth: c").replace("objective", "subjective")
    path = write(tmp_path, HEAD + text)
    with pytest.raises(ScenarioError, match=r"tea.yaml:6:14: stratum: .* \(and 1 more problem\)$"):
        load_file(path)
    path = write(tmp_path, HEAD + text.replace("yes: a", "yes: maybe"))
    with pytest.raises(ScenarioError, match=r"\(and 2 more problems\)$"):
        load_file(path)


def test_rules_are_checked_in_whole_families_of_a_broken_file(tmp_path: Path) -> None:
    """A malformed family does not hide that a well-formed one breaks a rule."""
    broken = FAMILY.replace("milk-first", "other").replace("objective", "subjective")
    unruly = FAMILY.replace("truth: b", "truth: null")
    found = [str(p) for p in problems(write(tmp_path, HEAD + unruly + broken))]
    assert len(found) == 2
    assert "truth: expected 'a' or 'b' in a family that is objective" in found[0]
    assert "stratum: expected" in found[1]


def test_families_of_the_wrong_type_are_one_problem(tmp_path: Path) -> None:
    """A file whose families are no list, or that is no mapping, is told so."""
    (problem,) = problems(write(tmp_path, HEAD.replace("families:", "families: none")))
    assert "families: expected a list, found 'none'" in str(problem)
    (problem,) = problems(write(tmp_path, "- just a list"))
    assert ":1:1: file: expected a mapping with schema, canary, topic, families" in str(problem)


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"", (1, 1), "the file is empty"),
        (b"# only a comment\n", (1, 1), "the file is empty"),
        (b"a: 1\nb: \xff\n", (2, 4), "expected UTF-8 text, found the byte 0xff"),
        ("ä: 1\nb: ü\x07\n".encode(), (2, 5), "found the character U+0007"),
        (b"a: [1, 2", (2, 1), "not YAML: "),
        (b"a: 1\n\tb: 2", (2, 1), "not YAML: "),
        (b"a: b: c", (1, 5), "not YAML: mapping values are not allowed"),
        (b"a: 1\nb: 2\na: 3\n", (3, 1), "duplicate key 'a', first on line 1"),
        (b"a: &x [1]\nb: *x\n", (2, 4), "expected no aliases, found '*x'"),
        (b"&x a: {*x : 1}", (1, 8), "expected a name as key"),
        (b"a: !!python/object/apply:os.getcwd []", (1, 4), "expected no tags, found"),
        (b"[1, 2]: x", (1, 1), "expected a name as key"),
        (b"a: 1\n---\nb: 2\n", (2, 1), "expected one document, found a second"),
        (b"[" * 5000, (1, MAX_DEPTH + 1), f"expected at most {MAX_DEPTH} levels of nesting"),
    ],
)
def test_what_is_no_plain_yaml_is_refused(
    tmp_path: Path, content: bytes, place: tuple[int, int], message: str
) -> None:
    """Broken, foreign, hostile and ambiguous YAML each gets its own error at its own place."""
    path = write(tmp_path, content)
    found = problems(path)
    assert message in str(found[0])
    assert (found[0].line, found[0].column) == place
    with pytest.raises(ScenarioError):
        load_file(path)


def test_alias_bomb_is_refused_without_swelling(tmp_path: Path) -> None:
    """Nested aliases are refused where they stand and never expanded."""
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 20)]
    found = problems(write(tmp_path, "\n".join(lines)))
    assert len(found) == 19 * 9


@pytest.mark.parametrize(
    ("name", "message"),
    [("folder", "expected a file, found a folder"), ("missing.yaml", "cannot be read: No")],
)
def test_path_that_cannot_be_read_is_a_scenario_error(
    tmp_path: Path, name: str, message: str
) -> None:
    """A folder and a missing file are reported like any other wrong file."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(ScenarioError, match=f"{name}:1:1: {message}"):
        load_file(tmp_path / name)


def test_same_id_in_two_files_names_both(tmp_path: Path) -> None:
    """An id used in two files is reported at its second place, naming the first file."""
    first = write(tmp_path, HEAD + FAMILY, "one.yaml")
    second = write(tmp_path, "\n" + HEAD + FAMILY, "two.yaml")
    assert len(load([first])) == 1
    with pytest.raises(ScenarioError, match=r"two.yaml:6:9: id: 'tea.milk-first' .*one.yaml"):
        load([first, second])


def test_places_of_what_was_loaded_are_known(tmp_path: Path) -> None:
    """Family, field and list entry are found by id and path; what is missing, by what is around."""
    found = inspect(write(tmp_path, "\n" + HEAD + FAMILY))

    assert (found.problems, [s.id for s in found.scenarios]) == ((), ["tea.milk-first"])
    assert found.places is not None
    family = "tea.milk-first"
    assert found.places.of(family) == (6, 5)
    assert found.places.of(family, ("wordings", 1)) == (15, 9)
    assert found.places.of(family, ("wordings", 1, "text")) == (15, 16)
    assert found.places.of(family, ("wordings", 0, "text")) == (14, 9)
    assert found.places.of(family, ("ladder", "acts", 3)) == (6, 5)
    assert found.places.topic() == (4, 1)


def test_imported_families_are_known(tmp_path: Path) -> None:
    """A family with an imported block is told from one without."""
    block = "    imported: {source: s, id: i, licence: l}\n"
    other = FAMILY.replace("milk-first", "milk-last")
    places = inspect(write(tmp_path, HEAD + FAMILY + block + other)).places

    assert places is not None
    assert places.imported("tea.milk-first")
    assert not places.imported("tea.milk-last")


def test_file_with_problems_has_no_scenarios(tmp_path: Path) -> None:
    """What cannot be loaded whole is not inspected in part."""
    found = inspect(write(tmp_path, HEAD + FAMILY.replace("truth: b", "truth: c")))

    assert len(found.problems) == 1
    assert (found.scenarios, found.places) == ((), None)


def test_same_id_in_one_file_is_a_problem(tmp_path: Path) -> None:
    """An id used twice in a file is reported at its second place."""
    path = write(tmp_path, HEAD + FAMILY + FAMILY)
    assert places(path) == [(16, 9)]
    assert "is taken by family 1 of this file" in str(problems(path)[0])


def test_loads_without_the_c_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pure Python parser gives the same scenarios as the C one."""
    path = write(tmp_path, HEAD + FAMILY)
    fast = load_file(path)
    monkeypatch.setattr("gadfly.scenarios.loader._LOADER", yaml.SafeLoader)
    assert load_file(path) == fast
