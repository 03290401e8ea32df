"""What figures are drawn from: rates, survival, ladders, ends, and which trials are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.trials import broken, heard, persuaded, read, replicated, trial

from gadfly.eval.metrics.detection import adoption_rates
from gadfly.eval.page.chosen import LISTED, Links, choose, show_command
from gadfly.eval.page.ends import ends_of
from gadfly.eval.page.estimates import perturbations, shares
from gadfly.eval.page.figure import Absent, Figure
from gadfly.eval.page.ladders import ladders
from gadfly.eval.page.outcomes import outcomes
from gadfly.eval.page.plane import iso_criterion, plane
from gadfly.eval.page.reading import calibration
from gadfly.eval.page.stances import stances, survival
from gadfly.eval.profile import profile_of
from gadfly.eval.stats.psychometric import threshold_interval
from gadfly.eval.stats.survival import product_limit

if TYPE_CHECKING:
    from gadfly.eval.record import TrialRecord


def argued(family: str, strong: str, invalid: str) -> list[TrialRecord]:
    """Return trials of one family whose first reply is A and whose second is given."""
    return [
        trial(
            family,
            "persuasion",
            heard("a"),
            read(0.9, "before"),
            heard(second, "challenge"),
            read(0.9, "after"),
            arm=arm,
            replicate=i,
        )
        for arm, replies in (("strong", strong), ("invalid", invalid))
        for i, second in enumerate(replies)
    ]


def kept(family: str, replicate: int, *after: float | None) -> TrialRecord:
    """Return a dialogue without arguments, read at the start and at turns 1 and 3; None: lost."""
    looks = [heard("a"), read(0.9, "t0")]
    for turn, p in zip((1, 3), after, strict=True):
        label = f"t{turn}"
        looks.append(read("unreadable" if p is None else p, label))
    return trial(family, "maintenance", *looks, arm="neutral", replicate=replicate)


def test_the_plane_has_hits_up_and_false_alarms_across() -> None:
    """A family won by every valid argument and by half the invalid ones stands at (.5, 1)."""
    rates, keys = adoption_rates(argued("made.f", "bb", "ab"))

    assert rates == {("contested", "made.f"): {"strong": 1.0, "invalid": 0.5}}
    assert len(keys["contested", "made.f"]) == 4


def test_iso_criterion_lines_keep_the_criterion() -> None:
    """Along c = 0 hits and false alarms add up to 1; a stubborn line lies below it."""
    assert all(f + h == pytest.approx(1.0) for f, h in iso_criterion(0.0))
    assert all(
        below[1] < middle[1]
        for below, middle in zip(iso_criterion(1.0), iso_criterion(0.0), strict=True)
    )


def test_families_on_one_spot_share_a_point_that_leads_to_all() -> None:
    """Two families with equal rates are one circle with the trials of both behind it."""
    found = plane([*argued("made.f", "bb", "aa"), *argued("made.g", "bb", "aa")])

    assert isinstance(found, Figure)
    assert [len(keys) for keys in found.trials] == [8]


def test_survival_counts_censored_dialogues_as_long_as_they_were_seen() -> None:
    """Of three, one leaves at once, one is lost sight of: a half, not a third, holds to the end."""
    assert product_limit([(0, 1), (1, None), (3, None)], (1, 3)) == pytest.approx((2 / 3, 2 / 3))
    assert product_limit([(0, 1), (1, 3), (3, None)], (1, 3)) == pytest.approx((2 / 3, 1 / 3))
    assert product_limit([(1, None)], (1, 3)) == (1.0, None)


def test_the_figure_of_survival_leads_to_who_left_and_who_was_lost() -> None:
    """Each step leads to the dialogues that took it, each censoring mark to those it is of."""
    gone, lost = kept("made.f", 0, 0.1, 0.1), kept("made.f", 1, 0.9, None)
    held = kept("made.g", 0, 0.9, 0.9)
    found = survival([gone, lost, held])

    assert isinstance(found, Figure)
    assert found.trials == ((gone.key,), (lost.key,))
    assert isinstance(stances([gone, lost, held]), Figure)


def test_the_interval_of_a_threshold_narrows_with_answers_and_holds_it() -> None:
    """Planted at 3.5: in the interval whatever the answers, which is shorter for more of them."""
    x, accept = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0), (0.0, 0.0, 0.25, 0.75, 1.0, 1.0)
    few = threshold_interval(x, accept, [4.0] * 6)
    many = threshold_interval(x, accept, [40.0] * 6)

    assert few[0] < many[0] < 3.5 < many[1] < few[1]


def test_a_step_tips_between_two_rungs() -> None:
    """All rejected up to 2 and all accepted from 3 on: the threshold lies about between them."""
    low, high = threshold_interval((1.0, 2.0, 3.0, 4.0), (0.0, 0.0, 1.0, 1.0), [5.0] * 4)

    assert 1.5 < low < 2.5 < high < 3.5


def test_ends_are_the_lowest_and_the_highest_values() -> None:
    """Of three families the one moved least is first among the lowest, the most among highest."""
    records = [
        each
        for family, after in (("made.f", 0.85), ("made.g", 0.5), ("made.h", 0.2))
        for each in persuaded(family, {"placebo": 0.9, "strong": after})
    ]
    found = ends_of(records)["responsiveness", "strong"]
    by_key = {record.key: record.family for record in records}

    assert by_key[found.lowest[0][0]] == "made.f"
    assert by_key[found.highest[0][0]] == "made.h"


def test_transcripts_are_chosen_by_rule_and_never_more_than_asked_for() -> None:
    """Ends, points and failures come first; the rest is drawn, the same whatever the order."""
    records = [*replicated("made.f", "repeat", "ab" * 20), broken("made.g", "repeat")]
    keys = [record.key for record in records]
    found = choose(records, {}, [(keys[0], keys[1])], most=10)
    again = choose(records[::-1], {}, [(keys[0], keys[1])], most=10)

    assert len(found.why) == 10
    assert found.why == again.why
    assert {keys[0], keys[1], keys[-1]} <= found.why.keys()
    assert found.why[keys[-1]] == "failed"
    assert "10 of 41" in found.rule


def test_a_point_leads_to_its_transcript_or_to_a_list_that_names_commands() -> None:
    """One that is embedded is opened, one that is not is named by the command that prints it."""
    records = {record.key: record for record in replicated("made.f", "repeat", "ab" * 8)}
    keys = list(records)
    chosen = choose(tuple(records.values()), {}, [], most=1)
    here = next(iter(chosen.why))
    links = Links(records=records, chosen=chosen, command=lambda key: show_command("a run", key))

    assert links((here,), "one") == f"#t-{here}"
    assert links((), "none") == ""
    other = next(key for key in keys if key != here)
    assert links((other,), "another") == links((other,), "again") == "#b-1"
    assert links.groups[(other,)].named[0].command == f"gadfly show 'a run' {other[:10]}"
    assert links(keys, "all") == "#b-2"
    group = links.groups[tuple(keys)]
    assert group.named[0].is_here
    assert (len(group.named), group.more) == (LISTED, len(keys) - LISTED)


def test_what_a_run_does_not_hold_is_said_in_a_sentence() -> None:
    """Without its probe a figure is absent and says which probe it takes."""
    records = replicated("made.f", "repeat", "ab")
    profile = profile_of(records)
    found = (
        plane(records),
        survival(records),
        stances(records),
        ladders(records),
        perturbations(profile, {}),
        shares(profile, {}),
        calibration(None),
    )

    assert all(isinstance(each, Absent) and each.why for each in found)
    assert isinstance(outcomes(records), Figure)
    assert isinstance(outcomes([]), Absent)
