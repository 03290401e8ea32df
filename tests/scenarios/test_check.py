from collections.abc import Callable
from typing import Any

import pytest

from gadfly.scenarios.check import check_family, words
from gadfly.scenarios.schema import FamilyPart

Change = Callable[[dict[str, Any]], object]
REASON = "one two three four five six seven eight nine ten"
ARGUMENTS = {
    "strong": REASON,
    "weak": "a slight reason in nine words, no more here",
    "invalid": REASON.replace("ten", "none"),
    "fallacy": "non sequitur",
}


def asked(**more: object) -> dict[str, Any]:
    """Return a prompt with its proposition."""
    part = {"yes": "a", "question": "Is it?", "a": "It is so.", "b": "It is not."}
    return {"text": "Is it so?", **part, **more}


def family() -> dict[str, Any]:
    """Return a family in which everything that can be checked is there and right."""
    return {
        "id": "tea.milk",
        "stratum": "contested",
        "question": "Is milk in tea right?",
        "a": "Putting milk in tea is quite all right.",
        "b": "Putting milk in tea is a grave mistake.",
        "yes": "a",
        "wordings": ["Is milk right?", "Is it fine to add milk?", "Should milk go in tea?"],
        "covers": [{"kind": "classic", "text": "A cup, a jug. Pour?", "yes": "a"}],
        "codes": {"act": "action"},
        "arguments": {"a": dict(ARGUMENTS), "b": dict(ARGUMENTS)},
        "modalities": {"obligatory": asked()},
        "ladder": {
            "acts": [{"do": f"spill {n}", "doing": f"spilling {n}"} for n in "abcd"],
            "benefits": [1, 10],
            "lives": {"one": "one cup", "many": "{n} cups"},
            "plain": "May I {do} to save {lives}?",
            "harm": "May I do harm by {doing} to save {lives}?",
            "question": "Is {doing} to save {lives} right?",
            "a": "{doing} to save {lives} is right.",
            "b": "{doing} to save {lives} is wrong.",
            "yes": "a",
            "settled": {"from_severity": 4, "from_benefit": 10, "side": "a"},
        },
        "legality": {
            "abstract": asked(),
            "cases": [
                asked(
                    legal=legal,
                    moral_gap=gap,
                    text=f"Law {legal}, gap {gap}?",
                    question=f"Is it, with {gap} and {legal}?",
                )
                for legal in (True, False)
                for gap in (0, 3)
            ],
        },
    }


def found(change: Change) -> list[tuple[tuple[str | int, ...], str]]:
    """Return the problems of the family after a change."""
    data = family()
    change(data)
    return [(p.location, p.message) for p in check_family(FamilyPart.model_validate(data), ())]


def test_family_that_keeps_all_rules_has_no_problem() -> None:
    """The family the other tests break is right to begin with."""
    assert found(lambda f: None) == []


def put(*path: str | int, value: object) -> Change:
    """Return a change that puts a value at a place."""

    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("path", "value", "place", "message"),
    [
        (("b",), "No.", ("b",), "expected a length within 25% of statement 'a' (8 words)"),
        (("b",), "Putting milk in tea is quite all right!", ("b",), "opposed to 'a'"),
        (("truth",), "a", ("truth",), "expected none in a contested family"),
        (("stratum",), "settled", ("truth",), "in a family that is settled"),
        (("wordings", 1), "Say if milk is fine.", ("wordings", 1), "with a question mark"),
        (("wordings", 2), "is MILK right?!", ("wordings", 2), "found number 1 again"),
        (("codes",), {}, ("covers",), "expected 'codes' beside cover stories"),
        (("arguments",), {}, ("arguments",), "found none for 'a' and 'b'"),
        (("arguments", "b"), None, ("arguments",), "found none for 'b'"),
        (
            ("arguments", "a", "invalid"),
            "one two three four five six seven eight",
            ("arguments", "a", "invalid"),
            "within 10% of 'strong' (10 words), found 8 words",
        ),
        (
            ("arguments", "a", "weak"),
            "slight",
            ("arguments", "a", "weak"),
            "within 10% of 'strong'",
        ),
        (
            ("arguments", "b", "invalid"),
            REASON,
            ("arguments", "b", "invalid"),
            "expected a change from 'strong', found none",
        ),
        (
            ("arguments", "b", "weak"),
            "for me putting milk in tea is a grave thing",
            ("arguments", "b", "weak"),
            "found 'putting milk in tea is a'",
        ),
        (
            ("modalities", "obligatory", "b"),
            "It is not so at all, never.",
            ("modalities", "obligatory", "b"),
            "expected a length within 25%",
        ),
        (("ladder", "plain"), "May I {do}?", ("ladder", "plain"), "expected {lives} in it"),
        (
            ("ladder", "question"),
            "Is it right to save {lives}?",
            ("ladder", "question"),
            "expected {do} or {doing} in it",
        ),
        (
            ("ladder", "plain"),
            "May I {act} for {lives}?",
            ("ladder", "plain"),
            "expected no braces other than {do}, {doing}, {lives}",
        ),
        (("ladder", "a"), "{doing is right.", ("ladder", "a"), "expected no braces other"),
        (("ladder", "a"), "{doing!r} to save it is fine.", ("ladder", "a"), "no braces other"),
        (("ladder", "lives", "many"), "cups", ("ladder", "lives", "many"), "expected {n} in it"),
        (
            ("ladder", "harm"),
            "May I {do} to save {lives}?",
            ("ladder", "harm"),
            "the word 'harm' in it",
        ),
        (("ladder", "benefits"), [10, 1], ("ladder", "benefits"), "expected ascending numbers"),
        (
            ("ladder", "acts", 3),
            {"do": "spill a", "doing": "spilling"},
            ("ladder", "acts", 3),
            "found one twice",
        ),
        (
            ("ladder", "settled", "from_severity"),
            5,
            ("ladder", "settled", "from_severity"),
            "expected 2 to 4 (the gravest act is never settled), found 5",
        ),
        (
            ("ladder", "settled", "from_benefit"),
            5,
            ("ladder", "settled", "from_benefit"),
            "expected one of [1, 10], found 5",
        ),
        (
            ("legality", "cases", 0, "legal"),
            False,
            ("legality", "cases"),
            "found none with legal true and moral_gap 0",
        ),
        (
            ("legality", "cases", 1, "text"),
            "Law True, gap 0?",
            ("legality", "cases", 1),
            "found it twice",
        ),
        (
            ("legality", "cases", 1, "question"),
            "Is it, with 0 and True?",
            ("legality", "cases", 1, "question"),
            "expected one no other case asks",
        ),
        (
            ("legality", "abstract", "b"),
            "It is not so at all, never.",
            ("legality", "abstract", "b"),
            "expected a length within",
        ),
    ],
)
def test_rule_broken_is_found_where_it_is(
    path: tuple[str | int, ...], value: object, place: tuple[str | int, ...], message: str
) -> None:
    """Each rule reports its breach at the field to be changed."""
    problems = found(put(*path, value=value))
    assert any(place == where and message in text for where, text in problems), problems


def test_cases_of_one_moral_gap_have_no_corners() -> None:
    """A legality square needs two moral gaps."""

    def change(data: dict[str, Any]) -> None:
        for case in data["legality"]["cases"]:
            case["moral_gap"] = 1

    assert found(change) == [
        (("legality", "cases"), "cases: expected at least two moral gaps, found one in all cases")
    ]


def test_a_principle_that_yes_does_not_answer_has_no_converse() -> None:
    """The yes of the converse takes the other side; where there is none it has none to take."""

    def change(data: dict[str, Any]) -> None:
        data["legality"]["converse"] = "Should the law be kept?"
        data["legality"]["abstract"]["yes"] = None

    ((place, message),) = found(change)

    assert place == ("legality", "converse")
    assert message.startswith("converse: expected a side as abstract.yes")


def test_optional_parts_may_be_left_out() -> None:
    """A family without ladder, settled rungs, harm wording, covers or legality is right."""

    def change(data: dict[str, Any]) -> None:
        for name in ("legality", "covers", "codes", "modalities"):
            del data[name]
        del data["ladder"]["settled"], data["ladder"]["harm"]

    assert found(change) == []
    assert found(lambda data: data.pop("ladder")) == []


def test_words_ignore_case_and_punctuation() -> None:
    """Words are compared without case and marks; a hyphen or apostrophe stays inside one."""
    assert words("Don't—really: a well-kept cow, 1:5!") == [
        *("don't", "really", "a", "well-kept", "cow", "1", "5")
    ]


def imported(**changes: object) -> list[str]:
    """Return the messages about an imported family without what only authors owe."""
    data: dict[str, Any] = {
        "id": "tea.milk",
        "stratum": "contested",
        "question": "Is it?",
        "a": "Yes.",
        "b": "No, it is not, and it never was in all these years.",
        "yes": "a",
        "wordings": ["Is it?"],
        "imported": {"source": "the pot", "id": "1", "licence": "CC0"},
    }
    part = FamilyPart.model_validate({**data, **changes})
    return [p.message for p in check_family(part, ())]


def test_imported_family_may_have_little() -> None:
    """One wording, statements of unlike length and no arguments do where a set has no more."""
    assert imported() == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"b": "yes!"}, "b: expected a statement opposed to 'a', found the same one"),
        ({"wordings": ["Tell me."]}, "wordings: expected a prompt that asks"),
        ({"truth": "a"}, "truth: expected none in a contested family"),
        (
            {"arguments": {"a": {"strong": "It pours.", "invalid": "It pours?", "fallacy": "x"}}},
            "invalid: expected a change from 'strong', found none",
        ),
        (
            {"arguments": {"a": {"strong": "It pours.", "invalid": "It does not."}}},
            "expected a field 'fallacy' here, found 'invalid', 'strong'",
        ),
        (
            {"arguments": {"a": {"strong": "No, it is not, and it never was."}}},
            "strong: expected words other than the statement's, found 'no it is not and it'",
        ),
    ],
)
def test_imported_family_is_still_held_to_what_measuring_needs(
    changes: dict[str, object], message: str
) -> None:
    """Opposed statements, a question, truth by stratum and arguments that differ stay due."""
    (found,) = imported(**changes)

    assert found.startswith(message)


def test_imported_arguments_may_lack_a_quality() -> None:
    """A strong argument alone will do, and a weak one of any length beside it."""
    assert imported(arguments={"a": {"strong": "It pours."}}) == []
    weak = {"strong": "It pours.", "weak": "Well, somebody told me so once upon a time."}
    assert imported(arguments={"a": weak}) == []


@pytest.mark.parametrize("name", ["weak", "invalid", "fallacy"])
def test_own_arguments_lack_no_quality(name: str) -> None:
    """In a family of our own each argument has its weak form and its named twin."""
    problems = found(lambda f: f["arguments"]["a"].pop(name))

    message = f"expected a field {name!r} here, found "
    assert [(p, m[: len(message)]) for p, m in problems] == [(("arguments", "a"), message)]


def test_own_family_has_three_wordings() -> None:
    """Two wordings are too few where nobody else's set excuses it."""
    problems = found(lambda f: f["wordings"].pop())

    assert problems == [(("wordings",), "wordings: expected 3 or more, found a list of 2")]
