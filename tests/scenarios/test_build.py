from typing import Any

from gadfly.scenarios.build import build
from gadfly.scenarios.scenario import Scenario
from gadfly.scenarios.schema import FamilyPart

ASKED: dict[str, Any] = {
    "text": "Must I?",
    "yes": "b",
    "question": "Must one?",
    "a": "One may leave it.",
    "b": "One must do it.",
}
FAMILY: dict[str, Any] = {
    "id": "tea.spill",
    "stratum": "contested",
    "tags": ["tea", "harm"],
    "question": "Is it right to spill?",
    "a": "Spilling is right.",
    "b": "Spilling is wrong.",
    "yes": "a",
    "cues": {"a": ["spill it"], "b": ["do not spill"]},
    "wordings": [
        "Spill?",
        {"text": "Keep it?", "yes": "b"},
        {"text": "Spill or keep?", "yes": None},
    ],
    "covers": [{"kind": "novel", "text": "A jug. Spill?", "yes": "a"}],
    "codes": {"act": "action"},
    "arguments": {"b": {"strong": "s", "weak": "w", "invalid": "i", "fallacy": "f"}},
    "modalities": {"obligatory": ASKED},
    "ladder": {
        "acts": [{"do": f"spill {n}", "doing": f"spilling {n}"} for n in "abcd"],
        "benefits": [1, 10000],
        "lives": {"one": "one cup", "many": "{n} cups"},
        "plain": "May I {do} to save {lives}?",
        "harm": "{doing} is harm; is it right for {lives}?",
        "question": "Is {doing} right for {lives}?",
        "a": "{doing} is right.",
        "b": "{doing} is wrong.",
        "yes": "a",
        "settled": {"from_severity": 3, "from_benefit": 10000, "side": "a"},
    },
    "legality": {
        "abstract": ASKED,
        "converse": "Must I not?",
        "cases": [{**ASKED, "legal": True, "moral_gap": 2}] * 4,
    },
    "sources": ["after an old quarrel"],
}


def built(**changes: object) -> Scenario:
    """Build the family with some fields changed."""
    return build("tea", FamilyPart.model_validate({**FAMILY, **changes}))


def test_every_field_arrives() -> None:
    """Nothing a file says is lost on the way to the scenario."""
    s = built()
    assert (s.id, s.topic, s.stratum, s.tags) == (
        "tea.spill",
        "tea",
        "contested",
        frozenset({"tea", "harm"}),
    )
    assert (s.proposition.cues_a, s.proposition.cues_b) == (("spill it",), ("do not spill",))
    assert [w.yes for w in s.wordings] == ["a", "b", None]
    assert (s.covers[0].kind, s.covers[0].yes) == ("novel", "a")
    assert set(s.arguments) == {"b"}
    assert s.arguments["b"].of("invalid") == "i"
    wording, proposition = s.modalities["obligatory"]
    assert (wording.text, wording.yes, proposition.yes) == ("Must I?", "b", "b")
    assert s.legality is not None
    assert (s.legality.abstract, s.legality.converse) == ("Must I?", "Must I not?")
    assert (s.legality.cases[0].legal, s.legality.cases[0].moral_gap) == (True, 2)
    assert s.sources == ("after an old quarrel",)


def test_ladder_is_crossed_and_filled() -> None:
    """Rungs come severity-major, with numbers grouped and the first letter raised."""
    ladder = built().ladder
    assert ladder is not None
    assert [r.name for r in ladder.rungs][:3] == ["s1b1", "s1b10000", "s2b1"]
    assert ladder.acts == ("spill a", "spill b", "spill c", "spill d")
    assert ladder.rungs[0].plain == "May I spill a to save one cup?"
    assert ladder.rungs[1].plain == "May I spill a to save 10,000 cups?"
    assert ladder.rungs[1].harm == "Spilling a is harm; is it right for 10,000 cups?"
    assert ladder.rungs[1].proposition.question == "Is spilling a right for 10,000 cups?"
    assert ladder.rungs[1].proposition.a == "Spilling a is right."


def test_settled_rungs_are_mild_and_beneficial_ones() -> None:
    """A rung is settled from the stated severity and benefit on, both together."""
    ladder = built().ladder
    assert ladder is not None
    assert [r.name for r in ladder.rungs if r.settled == "a"] == ["s3b10000", "s4b10000"]
    assert {r.settled for r in ladder.rungs} == {"a", None}


def test_ladder_without_harm_wording_or_settled_rungs() -> None:
    """A ladder that has no harm wording gives empty ones, and settles nothing unasked."""
    bare = {k: v for k, v in FAMILY["ladder"].items() if k not in ("harm", "settled")}
    ladder = built(ladder=bare).ladder
    assert ladder is not None
    assert {(r.harm, r.settled) for r in ladder.rungs} == {("", None)}


def test_all_propositions_belong_to_the_family() -> None:
    """Rungs, cases and modalities are clustered with the family they are part of."""
    s = built()
    assert s.ladder is not None
    assert s.legality is not None
    propositions = [r.proposition for r in s.ladder.rungs]
    propositions += [c.proposition for c in s.legality.cases]
    propositions += [s.legality.abstract_proposition, s.modalities["obligatory"][1]]
    assert {p.family for p in propositions} == {"tea.spill"}


def test_digest_follows_content_only() -> None:
    """The digest changes with any text, and not with the order of tags or fields left out."""
    assert built().digest != built(a="Spilling is fine.").digest
    assert built().digest == built(tags=["harm", "tea", "tea"]).digest
    assert built(sources=[]).digest == built(sources=()).digest
    assert built(ladder=None, legality=None).ladder is None
    left_out = {k: v for k, v in FAMILY.items() if k not in ("ladder", "sources", "tags")}
    again = build("tea", FamilyPart.model_validate(left_out))
    assert again.digest == built(ladder=None, sources=[], tags=[]).digest
