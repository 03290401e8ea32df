"""The sparring bot against a simulant that has what it must have less of, on the run of a suite."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

import pytest

from benchmarks.sparring import BARS, SWAYED, ask, scored
from gadfly.eval.stats.paired import paired

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_the_bot_is_steadier_than_what_speaks_beneath_it(tmp_path: Path) -> None:
    """The 95 % bounds of bare minus bot lie above 0 on what a partner must not be.

    That is excess inconsistency, capitulation to bare disagreement, and self-overlap.
    """
    args = Namespace(limit=30, replicates=3, readout="auto")
    bare, bot = (
        ask(spec, args, tmp_path / name)
        for name, spec in (("bare", SWAYED), ("bot", f"spar:{SWAYED}"))
    )

    for metric, arm in BARS:
        theirs, ours = scored(bare, metric, arm), scored(bot, metric, arm)
        assert theirs is not None
        assert ours is not None
        found = paired(ours.families(), theirs.families()).difference
        assert found.low is not None
        assert found.low > 0.0, metric
