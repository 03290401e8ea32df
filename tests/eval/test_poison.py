"""Poison: trials spoilt, shuffled, relabelled and renamed change nothing they should not."""

from __future__ import annotations

import random
from functools import cache, cached_property
from typing import TYPE_CHECKING

import pytest
from support.poison import poisoned, relabelled, renamed
from support.run_trials import run_trials
from support.runs import ask

from gadfly.eval.headline import is_headline
from gadfly.eval.metrics import METRICS
from gadfly.eval.profile import profile_of
from gadfly.eval.scoring.document import scored
from gadfly.eval.scoring.files import gather

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from support.poison import Poison

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics import Metric
    from gadfly.eval.profile import Profile
    from gadfly.eval.record import TrialRecord

pytestmark = pytest.mark.slow

SIMULANT = (
    "sim:calibrated?noise=1&wording=0.7&capitulation=0.3&hedging=0.05&refusal=0.02&evasion=0.02"
    "&unreadable=0.02&drift=0.1&persona_loss=0.1&knowledge=0.8&order_bias=0.5&law_bias=1"
    "&forgetting=0.1&formulaic=0.3&repetition=0.3"
)
SHARE = 0.10
ARM_SHARE = 0.05
HOWS: tuple[Poison, ...] = ("error", "refused", "truncated")

Row = tuple[str, str, str]
Rows = dict[Row, "Estimate"]


class Source:
    """Trials to spoil, and what they give unspoilt."""

    def __init__(self, trials: Sequence[TrialRecord]) -> None:
        self.trials = tuple(trials)

    @cached_property
    def whole(self) -> Profile:
        return profile_of(self.trials)

    @cached_property
    def chief(self) -> tuple[Metric, ...]:
        """The metrics that give these trials a headline."""
        return tuple(m for m in METRICS if headlines(profile_of(self.trials, metrics=(m,))))

    def spoilt(
        self, how: Poison, share: float, among: Callable[[TrialRecord], bool] = lambda record: True
    ) -> Rows:
        spoilt = poisoned(self.trials, how, share, among=among)
        return rows(profile_of(spoilt, metrics=self.chief))


@cache
def made() -> Source:
    """Return made-up trials of most probes."""
    return Source(run_trials(30, 3))


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """Return trials of a simulant with every trait, asked by every probe."""
    folder = tmp_path_factory.mktemp("poison")
    return Source(ask(SIMULANT, folder, suite="full", limit=24, replicates=4))


@pytest.fixture(params=["made", pytest.param("asked", marks=pytest.mark.slow)])
def source(request: pytest.FixtureRequest) -> Source:
    """Return the trials to spoil: made up, or a simulant's over every probe."""
    if request.param == "made":
        return made()
    found: Source = request.getfixturevalue("asked")
    return found


def rows(profile: Profile) -> Rows:
    return {(e.metric, e.stratum, e.arm): e for e in profile.estimates}


def headlines(profile: Profile) -> Rows:
    return {
        where: e
        for where, e in rows(profile).items()
        if is_headline(e.metric, e.arm) and e.stratum == "all" and e.value is not None
    }


AGREEING = ("story_disagreement",)
"""What falls as trials are refused: whoever refuses twice agrees with itself, whoever refuses one
repeat of two does not."""
BY_DEFINITION = {
    "commitment_settled": 0.0,
    "persona_fidelity": 0.0,
    "accuracy": 0.0,
    "comprehension": 0.0,
    "recall_rate": 0.0,
    "maintenance_survival": 0.0,
    "obligatory_trivial": 0.0,
    "stonewalling": 1.0,
    "nonsense_flagged": 0.0,
}
"""Shares in which taking no side is an answer, and what a refusal counts as in each."""


def expected(before: Estimate, how: Poison, share: float) -> float:
    """Return the value a headline ought to have with this share of its trials spoilt."""
    assert before.value is not None
    if how != "refused" or before.metric not in BY_DEFINITION:
        return before.value
    return (1.0 - share) * before.value + share * BY_DEFINITION[before.metric]


def one_arm_each(records: Sequence[TrialRecord], *, last: bool) -> dict[str, str]:
    """Return an arm of each probe: its first or its last by name."""
    arms: dict[str, set[str]] = {}
    for record in records:
        arms.setdefault(record.probe, set()).add(record.arm)
    return {probe: sorted(own)[-1 if last else 0] for probe, own in arms.items()}


@pytest.mark.parametrize("how", HOWS)
def test_spoilt_trials_move_no_headline_by_more_than_it_could_detect(
    source: Source, how: Poison
) -> None:
    """A tenth of all trials, wherever they fall: no headline moves by its MDE.

    What counts refusals moves by as many as there are, and no further.
    """
    before = source.whole
    after = source.spoilt(how, SHARE)

    assert len(headlines(before)) >= 20
    assert not list(_moved(before, after, how, SHARE))


@pytest.mark.parametrize("last", [False, True], ids=["first-arm", "last-arm"])
@pytest.mark.parametrize("how", HOWS)
def test_trials_spoilt_in_one_arm_move_no_headline_either(
    source: Source, how: Poison, *, last: bool
) -> None:
    """One in twenty of the trials of one arm of every probe, none of the others."""
    chosen = one_arm_each(source.trials, last=last)
    before = source.whole
    after = source.spoilt(how, ARM_SHARE, among=lambda r: r.arm == chosen[r.probe])

    assert not list(_moved(before, after, how, ARM_SHARE))


def _moved(
    before: Profile, after: Rows, how: Poison, share: float
) -> Iterator[tuple[Row, float, float | None, float | None]]:
    """Yield headlines that moved by more than their MDE, or the interval where there is none.

    The larger MDE of the two: with half a dozen families either is a rough figure by itself.
    """
    for where, was in headlines(before).items():
        now = after[where].value
        if was.low is None or was.high is None or was.value is None:
            continue
        allowed = was.high - was.low
        if was.mde is not None:
            allowed = max(was.mde, after[where].mde or 0.0)
        least, most = sorted((was.value, expected(was, how, share)))
        if how == "refused" and was.metric in AGREEING:
            least -= 2 * share
        if now is None or not least - allowed <= now <= most + allowed:
            yield where, was.value, now, allowed


def test_what_is_spoilt_is_counted(source: Source) -> None:
    """Errors and truncations are unscored, not zeros: n falls by what unscored rises."""
    before = source.whole
    hows: tuple[Poison, ...] = ("error", "truncated")
    for how in hows:
        after = source.spoilt(how, SHARE)
        for where in (("accuracy", "all", "said"), ("persona_fidelity", "all", "said")):
            was, now = rows(before)[where], after[where]
            assert now.unscored >= was.unscored
            assert now.n + now.unscored == was.n + was.unscored, where


def test_the_order_of_trials_changes_nothing(source: Source) -> None:
    """Shuffled trials give the same profile, to the last digit."""
    shuffled = list(source.trials)
    random.Random(7).shuffle(shuffled)

    assert profile_of(shuffled) == source.whole


RESAMPLED = ("compression_ratio",)
"""Metrics that draw orders of families by their names: other names, other draws."""


def test_other_names_change_no_estimate(source: Source) -> None:
    """Families, topics and keys renamed: values, errors and counts stay.

    Only bootstrap intervals are drawn afresh, and differ by what resampling leaves to chance.
    """
    before, after = rows(source.whole), rows(profile_of(renamed(source.trials)))

    assert before.keys() == after.keys()
    for where, was in before.items():
        now = after[where]
        counts = (was.n, was.clusters, was.unscored, was.null_reason)
        assert (now.n, now.clusters, now.unscored, now.null_reason) == counts, where
        assert (now.low is None) == (was.low is None), where
        if was.value is None:
            continue
        tolerance = 0.05 if was.metric in RESAMPLED else 1e-9
        assert now.value == pytest.approx(was.value, abs=tolerance, rel=tolerance), where
        if was.metric not in RESAMPLED:
            assert (now.mde is None) == (was.mde is None), (where, was, now)
            assert (now.mde or 0.0) == pytest.approx(was.mde or 0.0, abs=1e-9, rel=1e-6), where
        if was.low is not None and was.high is not None:
            drawn = 0.2 * (was.high - was.low) if "bca" in was.method else tolerance
            assert now.low == pytest.approx(was.low, abs=drawn + 1e-9), where
            assert now.high == pytest.approx(was.high, abs=drawn + 1e-9), where


BY_CONVENTION = frozenset(
    {"ladder", "order", "legality", "modality", "coherence", "sweep", "made-up-fact"}
)
"""Probes whose statement A has a meaning (to act, to accept, the first group), and stays."""
UNTIED = ("logical_coherence",)
"""Metrics that tie the plain question, which other probes ask too, to claims that stay."""
FLIPPED = ("framing_shift",)
"""p(A) in one place minus p(A) in another."""


def test_which_statement_is_called_a_changes_nothing(source: Source) -> None:
    """With statements and answers swapped all values stay; a signed shift of p(A) changes sign."""
    swapped = [r if _is_kept(r) else relabelled(r) for r in source.trials]
    before, after = rows(source.whole), rows(profile_of(swapped))

    assert sum(a != b for a, b in zip(source.trials, swapped, strict=True)) > len(swapped) / 3
    assert before.keys() == after.keys()
    for where, was in before.items():
        now = after[where]
        assert (now.n, now.clusters, now.unscored) == (was.n, was.clusters, was.unscored), where
        assert now.null_reason == was.null_reason, where
        if was.value is not None and was.metric not in UNTIED:
            sign = -1.0 if was.metric in FLIPPED else 1.0
            assert now.value == pytest.approx(sign * was.value, abs=1e-9), where


def _is_kept(record: TrialRecord) -> bool:
    """Tell whether statement A of a trial is not to be exchanged."""
    is_plain = record.probe == "coherence" and record.variant == "original"
    return record.probe in BY_CONVENTION and not is_plain


def test_two_swaps_are_none() -> None:
    """Relabelling twice gives the trials back, so nothing was lost in the first."""
    for record in made().trials[:2000]:
        again = relabelled(relabelled(record))
        assert again.settings == record.settings
        assert (again.arm, again.variant, again.truth) == (record.arm, record.variant, record.truth)
        for seen, back in zip(record.observations, again.observations, strict=True):
            assert back.label == seen.label
            assert back.reading.outcome == seen.reading.outcome
            if seen.reading.stance is not None and back.reading.stance is not None:
                assert back.reading.stance.p == pytest.approx(seen.reading.stance.p)


TALK = """
Ann: Should the town close the old bridge? I say it should: an engineer found cracks in the beam.
Ben: On the one hand that is true. On the other hand pupils need the bridge for the school.
Ann: Pupils can take the ferry in summer. It's important to note that beams rust, perhaps quickly.
Ben: The ferry freezes in January, so pupils would walk for an hour along the river.
Ann: Then open it in January alone, for pupils on foot.
Ben: That is a good point, and I am less sure than I was.
"""


def test_speakers_by_other_names_and_dialogues_in_another_order_score_the_same(
    tmp_path: Path,
) -> None:
    """Who is called what, and which dialogue comes first, is nothing to `gadfly score`."""
    other = TALK.replace("ferry", "barge").replace("pupils", "nurses").replace("January", "March")
    texts = {
        "plain": (TALK, other),
        "named": tuple(t.replace("Ann:", "Zoe:").replace("Ben:", "Abe:") for t in (TALK, other)),
        "turned": (other, TALK),
    }
    found = {}
    for name, parts in texts.items():
        path = tmp_path / f"{name}.txt"
        path.write_text("\n===\n".join(parts), encoding="utf-8")
        found[name] = {p.speaker: p for p in scored(gather([path]), None).profiles}

    assert found["plain"].keys() == {"Ann", "Ben"}
    for old, new in (("Ann", "Zoe"), ("Ben", "Abe")):
        for name, who in (("named", new), ("turned", old)):
            for was, now in zip(
                found["plain"][old].estimates, found[name][who].estimates, strict=True
            ):
                assert now.value == pytest.approx(was.value), (name, was.metric)
                assert (now.n, now.unscored) == (was.n, was.unscored), (name, was.metric)
