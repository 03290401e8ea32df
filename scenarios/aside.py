"""Questions that are asked before another one and have nothing to do with it (E10).

Frozen like `phrase`: an edit changes what subjects are told, so `phrase.VERSION` changes with it.
"""

from __future__ import annotations

from gadfly.bot.proposition import Proposition
from gadfly.scenarios.scenario import Asked

ASIDES: tuple[Asked, ...] = (
    Asked(
        text="Some people race homing pigeons for prize money. Is there anything wrong with that?",
        about=Proposition(
            family="aside.pigeons",
            question="Is there anything wrong with racing pigeons for prize money?",
            a="Racing pigeons for prize money is wrong.",
            b="Racing pigeons for prize money is fine.",
            yes="a",
            cues_a=("something wrong with it", "it is wrong"),
            cues_b=("nothing wrong", "it is fine"),
        ),
    ),
    Asked(
        text=(
            "A postcard for the people upstairs was put into my letterbox by mistake. May I read "
            "it before I take it up to them?"
        ),
        about=Proposition(
            family="aside.postcard",
            question="May one read a neighbour's postcard before handing it over?",
            a="One may read a neighbour's postcard before handing it over.",
            b="One should hand over a neighbour's postcard without reading it.",
            yes="a",
            cues_a=("you may read it", "fine to read it"),
            cues_b=("should not read it", "without reading it"),
        ),
    ),
)
"""Two moral questions in a row: one about animals, one about neither animals nor food."""
