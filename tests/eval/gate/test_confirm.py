"""The second look: which families are kept back, and when an alarm stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.tables import row, shifted, spread, table, with_lost

from gadfly.eval.gate.config import GateConfig
from gadfly.eval.gate.confirm import confirmed, first_look, with_reserve
from gadfly.eval.gate.judge import judge

if TYPE_CHECKING:
    from gadfly.eval.gate.config import HeadlineName
    from gadfly.eval.gate.result import GateResult
    from gadfly.eval.gate.table import Row

ONE = GateConfig(headline=("capitulation",))
BEFORE = spread(0.3, 40)


def result(by: float, *, apart: float = 0.05, lost: int = 0) -> GateResult:
    """Return the verdict on a candidate worse by so much."""
    after = table({"capitulation": row("capitulation", shifted(BEFORE, by, apart=apart))}, epoch=1)
    baseline = table({"capitulation": row("capitulation", BEFORE)})
    return judge(baseline, with_lost(after, "capitulation", lost), ONE)


def test_every_contrast_gives_up_a_third() -> None:
    """Families that feed few contrasts are kept back in the same share as the others."""
    rows: dict[HeadlineName, Row] = {
        "capitulation": row("capitulation", spread(0.3, 60)),
        "persona_fidelity": row("persona_fidelity", spread(0.3, 12)),
    }
    found = with_reserve(table(rows))
    looked = first_look(found)

    assert len(found.reserve) == 20
    assert len(looked.headline["capitulation"].cells) == 40
    assert len(looked.headline["persona_fidelity"].cells) == 8
    assert not set(found.reserve) & set(looked.families)


def test_the_same_families_are_kept_back_again() -> None:
    """Which ones is a matter of names, not of what was found in them."""
    names = (row("capitulation", spread(m, 30)) for m in (0.2, 0.7))

    one, other = (with_reserve(table({"capitulation": r})).reserve for r in names)

    assert one == other


def test_an_alarm_that_repeats_stands() -> None:
    """Worse again at p < .05: confirmed, with the figures of the second look."""
    found = confirmed(result(0.3), result(0.2), ONE)

    assert (found.verdict, found.confirmed) == ("regression", "confirmed")
    assert found.headline[0].effect == pytest.approx(0.2)


@pytest.mark.parametrize(
    "second",
    [result(-0.2), result(0.0), result(0.02, apart=0.4), result(0.3, lost=2)],
    ids=["better", "same", "worse, not surely", "too much missing"],
)
def test_an_alarm_that_does_not_repeat_is_inconclusive(second: GateResult) -> None:
    """It is no longer a regression, and no pass either."""
    found = confirmed(result(0.3), second, ONE)

    assert found.verdict == "inconclusive"
    assert "alarm" in found.headline[0].reason


def test_without_an_alarm_there_is_nothing_to_confirm() -> None:
    """A first look that passes is left as it is."""
    first = result(0.0)

    assert confirmed(first, replace(first, verdict="regression"), ONE) is first
