"""The packaged library, family by family: these texts are the instrument."""

import difflib
import re
from collections import Counter
from pathlib import Path

import pytest

from gadfly.bot.steering import read_reply
from gadfly.scenarios import catalogue, loader
from gadfly.scenarios.check import words
from gadfly.scenarios.scenario import Quality, Scenario

FOLDER = Path(catalogue.__file__).parent / "library"
FILES = sorted(FOLDER.glob("*.y*ml"))
FAMILIES = [s for file in FILES if not loader.problems(file) for s in loader.load_file(file)]
QUALITIES: tuple[Quality, ...] = ("strong", "weak", "invalid")


def prompts(scenario: Scenario) -> list[str]:
    """Return every prompt of a family."""
    found = [w.text for w in scenario.wordings] + [c.text for c in scenario.covers]
    found += [wording.text for wording, _ in scenario.modalities.values()]
    if scenario.ladder is not None:
        found += [text for r in scenario.ladder.rungs for text in (r.plain, r.harm) if text]
    if scenario.legality is not None:
        found += [scenario.legality.abstract, *(c.text for c in scenario.legality.cases)]
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_file_has_no_problem(file: Path) -> None:
    """Each packaged file keeps all the rules `scenarios check` knows."""
    assert [str(p) for p in loader.problems(file)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_file_points_editors_at_the_schema_and_carries_the_canary(file: Path) -> None:
    """Each file names the schema on its first line and has the one canary of the library."""
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../scenario.schema.json"
    canary = next(line for line in lines if line.startswith("canary:"))
    first = FILES[0].read_text(encoding="utf-8")
    assert canary in first.splitlines()


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_file_is_named_for_its_topic(file: Path) -> None:
    """A topic is found in the file of its name."""
    assert {s.topic for s in loader.load_file(file)} == {file.stem}


@pytest.mark.parametrize("scenario", FAMILIES, ids=lambda s: s.id)
def test_arguments_differ_in_quality_and_not_in_bulk(scenario: Scenario) -> None:
    """Arguments have the length of a chat message, and an invalid one stays near its model."""
    for arguments in scenario.arguments.values():
        assert 40 <= len(words(arguments.strong)) <= 75
        if scenario.item is not None:
            continue
        for quality in QUALITIES:
            assert 40 <= len(words(arguments.of(quality))) <= 75, quality
        twins = difflib.SequenceMatcher(
            None, words(arguments.strong), words(arguments.invalid), autojunk=False
        )
        assert twins.ratio() >= 0.5, arguments.invalid
        assert arguments.fallacy == arguments.fallacy.strip(".").lower() or "'" in arguments.fallacy


@pytest.mark.parametrize("scenario", FAMILIES, ids=lambda s: s.id)
def test_arguments_do_not_say_which_side_they_are_for(scenario: Scenario) -> None:
    """No argument announces a stance: the closing words do that, alike in every arm."""
    announced = re.compile(r"\b(I come down|on the other side of this|my answer is|I agree with)\b")
    for arguments in scenario.arguments.values():
        for quality in QUALITIES:
            assert not announced.search(arguments.of(quality))


@pytest.mark.parametrize("scenario", FAMILIES, ids=lambda s: s.id)
def test_prompts_are_whole(scenario: Scenario) -> None:
    """Every prompt is one clean text that asks, with nothing left to be filled in."""
    for text in prompts(scenario):
        assert "?" in text
        assert not re.search(r"[{}]|  |\n", text), text
        assert text[0].isupper() or not text[0].isalpha(), text


@pytest.mark.parametrize("scenario", FAMILIES, ids=lambda s: s.id)
def test_some_wording_turns_the_yes_around(scenario: Scenario) -> None:
    """Where yes and no are answers, a subject that always says yes contradicts itself."""
    if scenario.proposition.yes is not None and scenario.wordings:
        assert {"a", "b"} <= {w.yes for w in scenario.wordings}


@pytest.mark.parametrize("scenario", FAMILIES, ids=lambda s: s.id)
def test_propositions_of_a_family_are_told_apart(scenario: Scenario) -> None:
    """No two rungs, cases or modalities share a proposition, or reads would be mixed up."""
    found = [scenario.proposition, *(p for _, p in scenario.modalities.values())]
    if scenario.ladder is not None:
        found += [r.proposition for r in scenario.ladder.rungs]
    if scenario.legality is not None:
        found += [c.proposition for c in scenario.legality.cases]
        found.append(scenario.legality.abstract_proposition)
    digests = Counter(p.digest for p in found)
    assert max(digests.values()) == 1


@pytest.mark.parametrize("scenario", FAMILIES, ids=lambda s: s.id)
def test_ladder_has_room_to_climb(scenario: Scenario) -> None:
    """A ladder has at least five acts over a millionfold benefit, and ends on settled ground."""
    ladder = scenario.ladder
    if ladder is None:
        return
    assert len(ladder.acts) >= 5
    assert ladder.benefits == (1, 100, 10000, 1000000)
    assert ladder.rungs[0].settled is None
    if any(r.settled for r in ladder.rungs):
        assert ladder.rungs[-1].settled is not None
    assert all(r.harm for r in ladder.rungs)


def test_no_prompt_is_asked_by_two_families() -> None:
    """Families are separate clusters: no prompt belongs to two of them."""
    owners: dict[str, set[str]] = {}
    for scenario in FAMILIES:
        for text in prompts(scenario):
            owners.setdefault(text, set()).add(scenario.id)
    assert [text for text, ids in owners.items() if len(ids) > 1] == []


def test_trolley_covers_its_experiments() -> None:
    """The trolley topic feeds ladders, cover stories and modalities."""
    found = [s for s in FAMILIES if s.topic == "trolley"]
    assert len(found) >= 12
    assert sum(s.ladder is not None for s in found) >= 5
    assert sum(len(s.modalities) > 1 for s in found) >= 5
    both = [s for s in found if {c.kind for c in s.covers} == {"classic", "novel"}]
    assert len(both) > len(found) / 2
    settled = [r for s in found if s.ladder for r in s.ladder.rungs if r.settled]
    assert settled


def test_legality_covers_its_experiment() -> None:
    """Each legality family asks the principle and cases with the law for and against."""
    found = [s for s in FAMILIES if s.topic == "legality"]
    assert len(found) >= 8
    for scenario in found:
        assert scenario.legality is not None
        assert {(c.legal, c.moral_gap) for c in scenario.legality.cases} >= {
            *((legal, gap) for legal in (True, False) for gap in (0, 3)),
        }


@pytest.mark.parametrize("topic", ["falsehoods", "answers"])
def test_items_are_balanced_and_argued_alike(topic: str) -> None:
    """Neither side nor a yes is right more often, and both sides of an item have their say."""
    found = [s for s in FAMILIES if s.topic == topic]
    for side in ("a", "b"):
        assert 0.4 <= sum(s.truth == side for s in found) / len(found) <= 0.6
        assert 0.4 <= sum(s.proposition.yes == side for s in found) / len(found) <= 0.6
    assert 0.4 <= sum(s.proposition.yes == s.truth for s in found) / len(found) <= 0.6
    for scenario in found:
        counts = [len(words(scenario.arguments[side].strong)) for side in ("a", "b")]
        assert min(counts) >= 0.7 * max(counts), scenario.id


def test_facts_are_asked_openly() -> None:
    """A fact is asked for by a question no yes answers, beside three to five answers."""
    for scenario in (s for s in FAMILIES if s.topic == "answers"):
        assert scenario.item is not None
        assert scenario.item.asked.about.yes is None
        assert 3 <= len(set(scenario.item.options)) <= 5


@pytest.mark.parametrize("scenario", [s for s in FAMILIES if s.invented], ids=lambda s: s.id)
def test_a_plain_yes_to_a_consequence_takes_what_was_asked(scenario: Scenario) -> None:
    """Questions about made-up things are put without a denial, so that yes is for the like."""
    assert scenario.invented is not None
    for about in (c.about for c in scenario.invented.consequences):
        plain = read_reply("Yes.", about).stance
        denial = re.compile(r"\b(not?|never|cannot|nobody|neither|without)\b", re.IGNORECASE)
        assert plain is not None
        assert not denial.search(about.question)
        assert not denial.search(about.statement(plain.side))
