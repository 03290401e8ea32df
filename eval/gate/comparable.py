"""Whether two runs can be compared at all: asked the same, read alike, drawn apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError
from gadfly.eval.gate.result import Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.eval.gate.table import Table
    from gadfly.eval.manifest import Manifest


def check_comparable(
    baseline: Table, candidate: Table, *, same_plan: bool = True
) -> tuple[str, ...]:
    """Return what is to be held against a comparison, in sentences.

    Raises:
        ConfigError: The runs were not asked the same (unless `same_plan` is false), their replies
            were not read alike, or both are the same draws of the same model.
    """
    ours, theirs = baseline.manifest, candidate.manifest
    if ours.respondent == theirs.respondent and ours.epoch == theirs.epoch:
        raise ConfigError(
            "both runs are of the same model in the same sampling epoch: their draws are the same, "
            "and so nothing can differ (run one of them with another --seed)"
        )
    if baseline.reader != candidate.reader:
        raise ConfigError(
            "the replies of the two runs were not read alike: another judge, or another version "
            "of the rules (have both judged by one judge: gadfly judge RUN --judge SPEC)"
        )
    if ours.readout.name != theirs.readout.name:
        raise ConfigError(
            f"stances were read by {ours.readout.name} in the baseline and by "
            f"{theirs.readout.name} in the candidate (run one again with the other's --readout)"
        )
    apart = list(_plans_apart(baseline, candidate))
    if same_plan and apart:
        raise ConfigError(
            f"the two runs were not asked the same: {'; '.join(apart)} "
            "(run the candidate on the baseline's plan)"
        )
    notes = [f"not asked the same: {difference}" for difference in apart]
    notes.extend(_products_apart(ours, theirs))
    for name, table in (("baseline", baseline), ("candidate", candidate)):
        if table.trials < table.planned:
            notes.append(
                f"the {name} is unfinished: {table.trials} of {table.planned} planned trials"
            )
        if table.manifest.interlocutor is not None:
            notes.append(f"lines in the {name} were written live, and differ between runs")
    return tuple(notes)


def side_of(table: Table) -> Side:
    """Say which run a table is of."""
    return Side(
        run=table.manifest.plan,
        respondent=table.manifest.respondent.get("model", table.manifest.spec),
        epoch=table.manifest.epoch,
        created=table.created,
    )


def _products_apart(ours: Manifest, theirs: Manifest) -> Iterator[str]:
    """Yield what of the product under test differs: that is no mismatch, and worth knowing."""
    if ours.respondent.get("system", "") != theirs.respondent.get("system", ""):
        yield "the candidate has another system prompt"
    for what, mine, other in (
        ("temperature", ours.temperature, theirs.temperature),
        ("top_p", ours.top_p, theirs.top_p),
    ):
        if mine != other:
            yield f"{what} is {mine:g} in the baseline and {other:g} in the candidate"


def _plans_apart(baseline: Table, candidate: Table) -> Iterator[str]:
    """Yield what was asked differently; the plan hash speaks where nothing nameable does."""
    ours, theirs = baseline.manifest, candidate.manifest
    same = ours.asked == theirs.asked if ours.asked and theirs.asked else ours.plan == theirs.plan
    if same:
        return
    named = False
    for what, mine, other in (
        (
            "suite",
            f"{ours.suite.name} v{ours.suite.version}",
            f"{theirs.suite.name} v{theirs.suite.version}",
        ),
        ("contents of the suite", ours.suite.digest, theirs.suite.digest),
        ("scenarios", ours.suite.library, theirs.suite.library),
        ("longest reply", f"{ours.reply_tokens} tokens", f"{theirs.reply_tokens} tokens"),
    ):
        if mine != other:
            named = True
            yield f"{what}: {mine} and {other}"
    if not named:
        yield "probes, replicates or a version of Gadfly's texts differ"
