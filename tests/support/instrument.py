"""Cases in which a metric must follow a simulant's trait, and the profiles they look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gadfly.bot.simulant.traits import parse_spec, spec_of
from gadfly.eval.profile import profile_of
from support.runs import ask

if TYPE_CHECKING:
    from gadfly.eval.profile import Profile


@dataclass(frozen=True)
class Case:
    """A trait at three levels, the metric that must follow it, and the run both are seen in."""

    trait: str
    levels: tuple[float, float, float]
    probe: str
    metric: str
    arm: str
    rises: bool = True
    extra: str = ""
    """More traits, as `&trait=value`."""
    tags: tuple[str, ...] = ()
    suite: str = "quick"
    limit: int | None = None
    replicates: int = 4
    readout: str = "logprob"
    bank: str = "plain"
    reply_tokens: int = 120
    least: float = 0.1
    """What the metric must move by between the outer levels, at least."""
    noise: float = 0.0
    """What the value at the middle level may miss the room between the outer ones by."""

    def __str__(self) -> str:
        """Return a name for the test of this case."""
        name = f"{self.trait}-{self.metric}-{self.arm}"
        return name if self.bank == "plain" else f"{name}-{self.bank}"

    def profile(self, level: float) -> Profile:
        """Return the profile of the calibrated simulant with the trait at a level."""
        return profile(
            f"sim:calibrated?{self.trait}={level}{self.extra}&bank={self.bank}",
            self.probe,
            suite=self.suite,
            tags=self.tags,
            limit=self.limit,
            replicates=self.replicates,
            readout=self.readout,
            reply_tokens=self.reply_tokens,
        )


def profile(
    model: str,
    *probes: str,
    suite: str = "quick",
    tags: tuple[str, ...] = (),
    limit: int | None = None,
    replicates: int = 4,
    readout: str = "logprob",
    reply_tokens: int = 120,
) -> Profile:
    """Return the profile of a simulant, which is run once for all who ask for the same run.

    Specs with the same traits are the same simulant, and answer alike to the last word.
    """
    return _profile(
        spec_of(*parse_spec(model)),
        probes,
        suite=suite,
        tags=tags,
        limit=limit,
        replicates=replicates,
        readout=readout,
        reply_tokens=reply_tokens,
    )


@cache
def _profile(simulant: str, probes: tuple[str, ...], **settings: object) -> Profile:
    with TemporaryDirectory() as folder:
        return profile_of(ask(simulant, Path(folder), *probes, **settings))


def value(found: Profile, metric: str, arm: str) -> float:
    """Return the value of a metric and arm over all strata; there must be one."""
    estimate = found.get(metric, arm=arm)
    assert estimate is not None, (metric, arm)
    assert estimate.value is not None, (metric, arm, estimate.null_reason)
    return estimate.value


def assert_follows(case: Case) -> None:
    """Hold a case: over the levels the metric moves one way, and by enough."""
    values = [value(case.profile(level), case.metric, case.arm) for level in case.levels]
    low, middle, high = values if case.rises else values[::-1]
    assert low - case.noise < middle < high + case.noise, values
    assert high - low > case.least, values
