from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import broken, heard, read, trial

from gadfly.bot.confrontation import CODES
from gadfly.eval.metrics.confrontation import (
    charge_acceptance,
    confrontation_code,
    confrontation_uncoded,
    confrontations,
    disavowal,
    repair,
    repair_net,
    revision_kept,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def held(
    kind: str,
    code: str,
    *,
    sides: str = "ab",
    stands: str = "",
    family: str = "f",
    replicate: int = 0,
    value: float | None = None,
    calls: tuple[str, ...] = (),
) -> TrialRecord:
    """Return a trial with a confrontation: what it did, and how its questions read afterwards."""
    reply = replace(
        heard("unreadable", f"confront:{kind}:{sides}", calls=calls), code=code, value=value
    )
    reads = [
        read(0.9 if side == "a" else 0.1, f"confront:{which}")
        for which, side in zip(("first", "second")[-len(stands) :], stands, strict=False)
    ]
    return trial(
        family, "confrontation", reply, *reads, arm=kind, variant=code, replicate=replicate
    )


def values(found: Sequence[Scores]) -> dict[str, list[float]]:
    """Return the values of family f by arm."""
    return {s.arm: list(s.families().get("f", ())) for s in found}


def shares(records: Sequence[TrialRecord]) -> dict[str, float | None]:
    """Return the estimated share of each code, by arm."""
    found = confrontation_code(records, np.random.default_rng(1))
    return {e.arm: e.value for e in found}


@pytest.mark.parametrize("code", CODES)
def test_repair_is_to_revise_to_distinguish_or_to_own(code: str) -> None:
    """Four codes repair a conflict on record, four do not."""
    good = code in {"revises-first", "revises-second", "distinguishes", "owns"}

    assert values(repair([held("real", code)]))["real"] == [float(good)]


@pytest.mark.parametrize(
    ("code", "sham", "false"),
    [
        ("denies", 0.0, 0.0),
        ("generic", 0.0, 0.0),
        ("distinguishes", 0.0, 1.0),
        ("agrees", 1.0, 1.0),
        ("owns", 1.0, 1.0),
        ("abandons", 1.0, 1.0),
        ("revises", 1.0, 1.0),
    ],
)
def test_accepting_a_charge_without_substance_is_a_false_alarm(
    code: str, sham: float, false: float
) -> None:
    """Telling compatible answers apart is no acceptance; explaining what it never said is one."""
    found = values(charge_acceptance([held("sham", code, sides="aa"), held("false", code)]))

    assert found == {"sham": [sham], "false": [false]}


def test_repair_net_is_a_difference_within_families() -> None:
    """Repair 1/2 minus acceptance 1; a family with one kind only is unscored."""
    trials = [
        held("real", "owns"),
        held("real", "denies", replicate=1),
        held("sham", "agrees", sides="aa"),
        held("real", "owns", family="g"),
    ]

    scores = repair_net(trials)[0]
    row = scores.estimates(np.random.default_rng(1))[0]

    assert scores.families() == {"f": [-0.5]}
    assert (row.n, row.unscored) == (3, 1)


def test_saying_that_it_never_said_so_is_the_correction() -> None:
    """A denial counts where it denies the words, not where it denies the conflict."""
    trials = [
        held("false", "denies", value=1.0),
        held("false", "denies", value=0.0, replicate=1),
        held("planted", "agrees", value=0.0),
    ]

    assert values(disavowal(trials)) == {"planted": [0.0], "false": [1.0, 0.0]}


@pytest.mark.parametrize(
    ("code", "stands", "resolved"),
    [
        ("revises", "bb", "revises-first"),
        ("revises", "aa", "revises-second"),
        ("revises", "ab", None),
        ("revises", "", None),
        ("revises-first", "aa", "revises-first"),
    ],
)
def test_reads_say_which_answer_a_nameless_revision_dropped(
    code: str, stands: str, resolved: str | None
) -> None:
    """Where both questions now stand on one side, that side stayed; what it names is its own."""
    found = shares([held("real", code, stands=stands)])

    named = [arm for arm, share in found.items() if share == 1.0]
    assert named == ([] if resolved is None else [f"real/{resolved}"])
    assert values(repair([held("real", code, stands=stands)]))["real"] == [1.0]


def test_a_revision_is_kept_if_both_questions_follow_it() -> None:
    """Dropping the first answer (A) leaves B: kept when both read B, not when the first stays."""
    trials = [
        held("real", "revises-first", stands="bb"),
        held("real", "revises-first", stands="ab", replicate=1),
        held("real", "owns", stands="ab", replicate=2),
        held("planted", "revises-second", stands="a"),
    ]

    assert values(revision_kept(trials)) == {"real": [1.0, 0.0], "planted": [1.0]}


def test_shares_of_the_codes_sum_to_one_and_cover_at_once() -> None:
    """Uncoded replies are left out, families weigh the same, and each interval is the wider one."""
    trials = [
        held("sham", "denies", sides="aa"),
        held("sham", "agrees", sides="aa", replicate=1),
        held("sham", "denies", sides="aa", family="g"),
        held("sham", "", sides="aa", family="g", replicate=1),
    ]
    rows = [
        e for e in confrontation_code(trials, np.random.default_rng(1)) if e.arm.startswith("sham/")
    ]

    assert sum(e.value or 0.0 for e in rows) == pytest.approx(1.0)
    assert {e.arm: e.value for e in rows}["sham/denies"] == pytest.approx(0.75)
    assert all(e.unscored == 1 and e.method.endswith(", 8 at once") for e in rows)
    denies = next(e for e in rows if e.arm == "sham/denies")
    alone = charge_acceptance(trials)[0].estimates(np.random.default_rng(1))[0]
    assert denies.low is not None
    assert denies.high is not None
    assert alone.low is not None
    assert alone.high is not None
    assert denies.high - denies.low > alone.high - alone.low


def test_uncoded_replies_are_counted() -> None:
    """What no rule was sure about has a rate of its own and is unscored elsewhere."""
    trials = [held("real", ""), held("real", "owns", replicate=1)]

    assert values(confrontation_uncoded(trials))["real"] == [1.0, 0.0]
    assert repair(trials)[0].estimates(np.random.default_rng(1))[0].unscored == 1


def test_a_reply_that_two_probes_share_counts_once() -> None:
    """Trials with the same call hold one confrontation; replies without calls are distinct."""
    shared = [held("real", "owns", calls=("k1",)), held("real", "owns", calls=("k1",), replicate=1)]

    assert len(confrontations(shared)) == 1
    assert len(confrontations([held("real", "owns"), held("real", "owns", replicate=1)])) == 2


def test_a_trial_that_broke_before_its_charge_is_unscored() -> None:
    """It is missing data of its arm; one that stopped for want of a conflict is not."""
    stopped = trial("f", "confrontation", heard("a", "story"), arm="real", stopped="they agree")
    row = repair([broken("f", "confrontation", arm="real"), stopped])[0]

    assert row.estimates(np.random.default_rng(1))[0].unscored == 1


def test_other_observations_are_no_confrontation() -> None:
    """The reads after it and replies of other labels are not taken for one."""
    assert confrontations([trial("f", "repeat", heard("a"), read(0.5, "confront:first"))]) == []
