"""Permissible, obligatory, wrong not to (E5): the same in any order, and coherent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import KINDS, decisive, whole
from gadfly.eval.metrics.disagreement import MISSING, UNREPEATED, Groups, Tally, excess_scores
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe
from gadfly.eval.stats.cross_fit import cross_fitted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.metrics.answer import Kind
    from gadfly.eval.record import TrialRecord

FRESH = "fresh"
AFTER = ("permissible", "obligatory", "wrong_not_to", "ladder")
CORNERS = ("settled", "gravest")
"""Rungs asked about beside the family's own act."""

MODALITY_EXCESS = Quantity.probability(
    "modality_excess", "inconsistency", "modality", root="modality_excess_root"
)
MODALITY_COHERENCE = Quantity.points("modality_coherence", "inconsistency", "modality")
OBLIGATORY_TRIVIAL = Quantity.rate("obligatory_trivial", "dogmatism", "modality")
ONE_MODALITY = "one modality of the pair was not answered twice"


SQUARE = {
    "equivalence": ("obligatory", "wrong_not_to"),
    "implication": ("obligatory", "permissible"),
}
"""Which two modalities are tied, by the name of the tie."""


def modality_excess(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score a modality asked after something else against the same asked in a fresh thread.

    Over the family's own act and the corners of its ladder; by what came before, and by corner.
    """
    trials = of_probe(records, "modality")
    found: list[Scores] = []
    for kind in KINDS:
        groups = Groups(kind, whole)
        for record in trials:
            groups.put(record, record.arm, question=record.variant)
        found.append(excess_scores(groups, MODALITY_EXCESS, kind, baseline=FRESH))
        found.extend(
            excess_scores(
                groups,
                MODALITY_EXCESS,
                f"{kind}/after-{before}",
                baseline=FRESH,
                chosen=f"after-{before}".__eq__,
            )
            for before in AFTER
        )
        for corner in CORNERS:
            here = Groups(kind, whole)
            for record in trials:
                if record.settings.get("corner") == corner:
                    here.put(record, record.arm, question=record.variant)
            found.append(excess_scores(here, MODALITY_EXCESS, f"{kind}/{corner}", baseline=FRESH))
    return tuple(found)


def modality_coherence(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score two incoherences of fresh answers, each 0 for a coherent subject.

    "equivalence": |p(obligatory) - p(wrong not to)|, which ask the same. "implication":
    p(obligatory) - p(permissible) where that is above 0, for what must be done may be done. Both
    are cross-fitted: the sign comes from all replicates but one, the size from that one, so that
    noise alone gives 0 on average; a single family's value may therefore be negative. Over the
    family's own act and the corners of its ladder; by corner too.
    """
    trials = [record for record in of_probe(records, "modality") if record.arm == FRESH]
    found: list[Scores] = []
    for kind in KINDS:
        for name, pair in SQUARE.items():
            found.append(_gap(trials, kind, name, pair))
            found.extend(
                _gap(
                    [r for r in trials if r.settings.get("corner") == corner],
                    kind,
                    name,
                    pair,
                    corner,
                )
                for corner in CORNERS
            )
    return tuple(found)


def obligatory_trivial(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share that says one must, where a trifle would save the most.

    Asked fresh; also after each other question, and by "wrong not to", which asks the same. An
    answer that takes no side does not say so.
    """
    trials = [r for r in of_probe(records, "modality") if r.settings.get("corner") == "settled"]
    found: list[Scores] = []
    for kind in KINDS:
        found.append(_must(trials, kind, FRESH, "obligatory", kind))
        found.append(_must(trials, kind, FRESH, "wrong_not_to", f"{kind}/wrong_not_to"))
        found.extend(
            _must(trials, kind, f"after-{before}", "obligatory", f"{kind}/after-{before}")
            for before in AFTER
            if before != "obligatory"
        )
    return tuple(found)


def _must(trials: Sequence[TrialRecord], kind: Kind, arm: str, modality: str, row: str) -> Scores:
    """Score the share of side A (one must) among the answers to one modality after something."""
    scores = Scores(OBLIGATORY_TRIVIAL, row, detail="/" in row)
    for record in trials:
        if record.arm != arm or record.settings["modality"] != modality:
            continue
        seen = record.get("first", kind)
        vector = None if seen is None else whole(seen.reading)
        if vector is None:
            scores.miss(record.stratum, (record.key,), MISSING)
        else:
            scores.add(record.stratum, record.family, vector[0], (record.key,))
    return scores


def _gap(
    trials: Sequence[TrialRecord],
    kind: Kind,
    name: str,
    modalities: tuple[str, str],
    corner: str = "",
) -> Scores:
    """Score the cross-fitted gap between two modalities, act by act."""
    groups = Groups(kind, decisive)
    for record in trials:
        modality = record.settings["modality"]
        if modality in modalities:
            groups.put(record, modality, question=record.settings.get("corner", ""))
    row = f"{kind} {name}"
    scores = groups.start(MODALITY_COHERENCE, f"{row}/{corner}" if corner else row)
    for (stratum, family, _), variants in groups.questions():
        keys = [key for modality in sorted(variants) for key in variants[modality].trials]
        ps = _paired_answers(variants, modalities)
        if len(ps) < 2:
            scores.miss(stratum, keys, ONE_MODALITY if len(variants) < 2 else UNREPEATED)
        else:
            value = cross_fitted(ps, one_sided=name == "implication")
            scores.add(stratum, family, value, keys)
    return scores


def _paired_answers(variants: Mapping[str, Tally], modalities: tuple[str, str]) -> list[float]:
    """Return differences of p, the i-th answer of one modality with the i-th of the other."""
    if any(modality not in variants for modality in modalities):
        return []
    first, second = (variants[modality].answers for modality in modalities)
    return [a - b for a, b in zip(first, second, strict=False)]
