from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.crux import NAMED_NOTHING, crux, nothing_would

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def arms(found: tuple[Scores, ...]) -> dict[str, list[float]]:
    return {s.arm: [v for group in s.families().values() for v in group] for s in found}


def granted(arm: str, after: float | None, code: str = "named", i: int = 0) -> TrialRecord:
    """Return a trial that named something, and the read after that was granted."""
    named = replace(heard("unreadable", "named"), code=code)
    end = () if after is None else (heard("a", "granted"), read(after, "after"))
    seen = (heard("a"), read(0.9, "before"), named, *end)
    return trial("f", "crux", *seen, arm=arm, replicate=i)


def test_the_crux_counts_beyond_what_it_called_irrelevant() -> None:
    """Moved by .6 by its crux and by .1 by what makes no difference: .5."""
    found = arms(crux([granted("crux", 0.3), granted("beside", 0.8)]))

    assert found["crux-beside"] == pytest.approx([0.5], abs=1e-12)
    assert found["crux"] == pytest.approx([0.6], abs=1e-12)
    assert found["beside"] == pytest.approx([0.1], abs=1e-12)


def test_who_names_nothing_has_no_shift_and_a_rate() -> None:
    """One in two says nothing would; its crux cannot be granted, and the report says why."""
    trials = [granted("crux", None, "nothing"), granted("crux", 0.3, i=1)]
    (alone, *_) = crux(trials[:1])

    assert arms(nothing_would(trials))["said"] == [1.0, 0.0]
    assert arms(nothing_would(trials))["said/disowned"] == [0.0, 0.0]
    assert arms(crux(trials))["crux"] == pytest.approx([0.6], abs=1e-12)
    assert alone.estimates(np.random.default_rng(1))[0].null_reason == NAMED_NOTHING
