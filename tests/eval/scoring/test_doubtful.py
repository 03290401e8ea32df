"""Which turns of a dialogue a judge is asked about, and what its verdicts change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gadfly.bot.identity import Identity
from gadfly.bot.judging import Verdict
from gadfly.eval.judging.verdicts import Judging, StoredVerdict
from gadfly.eval.scoring.asked import stated
from gadfly.eval.scoring.document import ScoreInput, document, scored, with_judge
from gadfly.eval.scoring.turns import Dialogue, Gathered, Turn

if TYPE_CHECKING:
    from gadfly.bot.judging import Class
    from gadfly.eval.scoring.estimates import SpeakerProfile

BRIDGE = stated(
    "Should the town close the old bridge?",
    "The town should close the old bridge.",
    "The town should keep the old bridge.",
)
THREAD = (
    ("Ann", "The town should close the old bridge. An engineer measured cracks in the beam."),
    ("Ben", "The clinic lies across the river, and the ferry is full by eight."),
    ("Ann", "How many of the patients go by ferry?"),
    ("Ben", "My aunt, for one. She would not know what to do."),
)
JUDGING = Judging(judge=Identity(model="judge"))


def rules(*threads: tuple[tuple[str, str], ...], chosen: tuple[str, ...] = ()) -> ScoreInput:
    """Score threads by rules alone."""
    dialogues = tuple(
        Dialogue(
            name=f"d{number}",
            turns=tuple(Turn(speaker=who, text=text, line=1) for who, text in thread),
        )
        for number, thread in enumerate(threads)
    )
    gathered = Gathered(dialogues=dialogues, formats=("text",), digest="")
    return scored(gathered, BRIDGE, chosen=chosen)


def verdicts(source: ScoreInput, chosen: Class | None, *, looks: int = 1) -> list[StoredVerdict]:
    """Return looks at every doubtful turn, all of which come to the same."""
    return [
        StoredVerdict(
            reply=doubt.reply,
            about=doubt.about,
            family=doubt.family,
            look=look,
            verdict=Verdict(
                chosen=chosen, shares={chosen: 1.0} if chosen else {"a": 0.5, "b": 0.5}
            ),
            calls=(),
        )
        for doubt in source.doubtful
        for look in range(looks)
    ]


def ben(source: ScoreInput) -> SpeakerProfile:
    """Return the profile of one of the speakers."""
    return next(own for own in source.profiles if own.speaker == "Ben")


def sides(source: ScoreInput) -> list[str | None]:
    """Return the side of each turn of the first dialogue."""
    return [turn.side for turn in source.found["d0"]]


def test_a_judge_is_asked_what_the_rules_are_unsure_of() -> None:
    """With what the turn answers; not where a side is clear, nor of a turn that only asks."""
    source = rules(THREAD)

    asked = {case.reply: case.asked for case in source.doubtful.values()}
    assert asked == {THREAD[1][1]: THREAD[0][1], THREAD[3][1]: THREAD[2][1]}
    assert {doubt.about for doubt in source.doubtful} == {BRIDGE.about.digest}


def test_only_chosen_speakers_are_judged() -> None:
    """Nobody pays for the turns of whom they did not ask about."""
    assert not rules(THREAD, chosen=("Ann",)).doubtful
    assert len(rules(THREAD, chosen=("Ben",)).doubtful) == 2


def test_the_same_turn_twice_is_asked_about_once() -> None:
    """And what it came to stands in both dialogues."""
    source = rules(THREAD, THREAD)
    judged = with_judge(source, JUDGING, verdicts(source, "b"))

    assert len(source.doubtful) == 2
    assert [t.side for t in judged.found["d1"]] == sides(judged) == ["a", "b", None, "b"]


def test_verdicts_stand_only_where_the_rules_are_unsure() -> None:
    """Moves and rates follow; a clear side is never touched, and the rules' scores stay theirs."""
    source = rules(THREAD)
    judged = with_judge(source, JUDGING, verdicts(source, "a"))

    assert sides(source) == ["a", None, None, None]
    assert sides(judged) == ["a", "a", None, "a"]
    assert [turn.rule for turn in judged.found["d0"]][1::2] == ["judge", "judge"]
    told = ben(judged).outcomes
    assert told is not None
    assert told["answered"] == 2
    rates = [ben(found).get("takes_no_side") for found in (source, judged)]
    assert [rate and rate.value for rate in rates] == [None, 0.0]


@pytest.mark.parametrize("outcome", ["undecided", "evaded", "refused"])
def test_a_verdict_may_be_that_no_side_is_taken(outcome: Class) -> None:
    """It counts as read then."""
    source = rules(THREAD)
    judged = with_judge(source, JUDGING, verdicts(source, outcome))

    assert [turn.outcome for turn in judged.found["d0"]][1::2] == [outcome, outcome]


def test_a_split_judge_changes_nothing() -> None:
    """The rules' reading stays, and the report says how often."""
    source = rules(THREAD)
    judged = with_judge(source, JUDGING, verdicts(source, None))

    assert judged.found == source.found
    assert document(judged)["judging"]["split"] == 2


def test_the_document_says_who_judged_and_how_far_it_agrees_with_itself() -> None:
    """As a report on a run does; without a judge, how much the rules are unsure of."""
    source = rules(THREAD)
    alone = document(source)["judging"]
    one, other = verdicts(source, "a", looks=2), verdicts(source, "b", looks=2)
    found = document(with_judge(source, JUDGING, one[:2] + other[2:]))["judging"]

    assert (alone["judge"], alone["unsure"], alone["judged"]) == (None, 2, 0)
    assert found["judge"]["model"] == "judge"
    assert (found["unsure"], found["judged"]) == (2, 2)
    assert found["self_agreement"]["n"] == 2
    assert found["self_agreement"]["value"] == 1.0
