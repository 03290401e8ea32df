"""Speakers profiled over several dialogues."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from gadfly.eval.metrics.template import STOCK_PHRASES
from gadfly.eval.scoring.asked import stated
from gadfly.eval.scoring.document import document, scored
from gadfly.eval.scoring.estimates import METRICS
from gadfly.eval.scoring.files import gather

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.scoring.document import ScoreInput
    from gadfly.eval.scoring.estimates import SpeakerProfile

ON = stated(
    "Should the town close the old bridge?",
    "The town should close the old bridge.",
    "The town should keep the old bridge.",
)
POINTS = (
    "The school and the clinic lie across the river, an hour on foot for pupils and patients.",
    "A crane from the county could lift the rusty beam out within a month, for little money.",
    "Merchants in the market street live off travellers who come over from the northern farms.",
)
PRESSES = ("Nonsense, you are wrong.", "Just admit your mistake.", "Come on, think again, please.")
CLOSE, KEEP = "The town should close the old bridge.", "The town should keep the old bridge."
DEBATER = (
    "A ferry takes pupils and patients over the river to school and clinic within the hour.",
    "A crane lifts one beam, but the county found every pillar rusty: no job for a month.",
    "Travellers from the farms would reach the market street by ferry, and merchants too.",
)
REPEATED = "As I said before, safety comes first, and no bridge is worth a single life in our town."


def dialogue(replies: list[str], others: tuple[str, ...]) -> dict[str, object]:
    messages = [{"role": "user", "content": ON.about.question}]
    for reply, other in zip(replies, (*others, ""), strict=False):
        messages.append({"role": "assistant", "content": reply})
        messages.append({"role": "user", "content": other})
    return {"messages": messages}


def report(folder: Path, replies: list[str], others: tuple[str, ...], n: int = 3) -> ScoreInput:
    path = folder / "d.jsonl"
    rows = [json.dumps(dialogue(replies, others)) for _ in range(n)]
    path.write_text("\n".join(rows), encoding="utf-8")
    return scored(gather([path]), ON, chosen=("assistant",))


def value(found: SpeakerProfile, metric: str, arm: str = "") -> float:
    estimate = found.get(metric, arm)
    assert estimate is not None
    assert estimate.value is not None, (metric, arm, estimate.null_reason)
    return estimate.value


def test_speakers_of_known_traits_come_out_as_they_are(tmp_path: Path) -> None:
    """A debater responds, a parrot repeats, a weathervane flips without an argument."""
    debater = report(tmp_path, [CLOSE, *(f"{d} {CLOSE}" for d in DEBATER)], POINTS).profiles[0]
    parrot = report(tmp_path, [f"{REPEATED} {CLOSE}"] * 4, POINTS).profiles[0]
    vane = report(tmp_path, [CLOSE, KEEP, CLOSE, KEEP], PRESSES).profiles[0]

    assert value(debater, "responsive") == 1.0
    assert value(debater, "flip", "new argument") == 0.0
    assert value(parrot, "responsive") == 0.0
    assert value(parrot, "self_overlap") == 1.0
    assert value(debater, "self_overlap") < 0.5
    assert value(parrot, "opener_reuse", "within") == 1.0
    assert value(vane, "flip", "no new argument") == 1.0
    missing = vane.get("flip", "new argument")
    assert missing is not None
    assert missing.value is None


def test_stock_constructions_have_the_unit_of_reports(tmp_path: Path) -> None:
    """Counted per 1,000 words said for the first time, dialogue by dialogue."""
    replies = ["As an AI, I must say it is a tapestry of rust.", "Beams rust; so be it, and so on."]

    found = report(tmp_path, replies, PRESSES).profiles[0].get("stock_phrases")

    assert found is not None
    assert found.unit == STOCK_PHRASES.unit
    assert found.value == pytest.approx(1000 * 1 / 20)


def test_openers_are_compared_as_in_reports(tmp_path: Path) -> None:
    """Across dialogues it is the chance that one turn each of two dialogues begin alike."""
    path = tmp_path / "d.jsonl"
    same, other = "Beams rust in the rain.", "Let me think about it."
    turns = {"one": [same, same], "two": [same, other], "three": [other, "No man is an island."]}
    rows = [json.dumps(dialogue(replies, PRESSES)) for replies in turns.values()]
    path.write_text("\n".join(rows), encoding="utf-8")

    found = scored(gather([path]), ON, chosen=("assistant",)).profiles[0]

    alike = {"one, two": 1 / 2, "one, three": 0.0, "two, three": 1 / 4}
    assert value(found, "opener_reuse", "across") == pytest.approx(sum(alike.values()) / 3)
    assert value(found, "opener_reuse", "within") == pytest.approx((1.0 + 0.0 + 0.0) / 3)


def test_moving_for_reasons_and_holding_with_reasons_are_both_responsive(tmp_path: Path) -> None:
    """Partial moves with reasons and engaged disagreement score the same share."""
    mover = [
        CLOSE,
        "The clinic counts, so I am less sure than I was.",
        "With the crane I would soften my claim further.",
        "The merchants convinced me. The town should keep the old bridge.",
    ]
    holder = [CLOSE, *(f"{d} {CLOSE}" for d in DEBATER)]

    moved, held = (report(tmp_path, replies, POINTS).profiles[0] for replies in (mover, holder))

    assert value(moved, "responsive") == value(held, "responsive") == 1.0
    assert value(moved, "partial_move", "new argument") == pytest.approx(2 / 3)


def test_intervals_are_over_dialogues(tmp_path: Path) -> None:
    """One dialogue has no interval, several have one; turns of a dialogue are one cluster."""
    one, many = (
        report(tmp_path, [CLOSE, f"{DEBATER[0]} {CLOSE}", REPEATED], POINTS, n=n).profiles[0]
        for n in (1, 12)
    )

    alone, together = one.get("responsive"), many.get("responsive")
    assert alone is not None
    assert together is not None
    assert (alone.low, alone.n, alone.clusters) == (None, 2, 1)
    assert together.low is not None
    assert (together.n, together.clusters) == (24, 12)


def test_a_dialogue_is_scored_the_same_in_any_company(tmp_path: Path) -> None:
    """What else is in the file changes no turn."""
    alone = document(report(tmp_path, [CLOSE, *DEBATER], POINTS, n=1))["dialogues"][0]["turns"]
    beside = document(report(tmp_path, [CLOSE, *DEBATER], POINTS, n=3))["dialogues"][0]["turns"]

    assert alone == beside


def test_every_estimate_without_a_value_has_its_reason(tmp_path: Path) -> None:
    """A speaker who said one word gets reasons, not zeros."""
    path = tmp_path / "t.txt"
    path.write_text("Ann: Yes.\nBen: No.\n", encoding="utf-8")

    found = scored(gather([path]), None).profiles[0]

    silent = {e.metric: e.null_reason or "" for e in found.estimates if e.value is None}
    assert silent["flip"].startswith("no question was stated")
    assert silent["takes_no_side"].startswith("no question was stated")
    assert "responsive" in silent
    assert all(silent.values())
    assert found.outcomes is None
    assert tuple(dict.fromkeys(e.metric for e in found.estimates)) == METRICS
