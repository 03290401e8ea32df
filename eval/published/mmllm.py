"""Moral Machine choices of a model (Takemoto 2024, doi 10.1098/rsos.231393; arXiv:2601.17637).

Two rows a dilemma, one for each group, as in Awad et al. 2018 (doi 10.1038/s41586-018-0637-6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.eval.published.table import csv_table, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

NO_SIGNAL, GREEN, RED = 0, 1, 2
"""What the crossing shows the group: nothing, that it may walk, that it may not."""

_NUMBERS = ("Saved", "Intervention", "Barrier", "PedPed", "CrossingSignal")
_SIZE = "DiffNumberOFCharacters"
_COLUMNS = (*_NUMBERS, _SIZE, "AttributeLevel", "ScenarioType")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One group of a dilemma: what it is, and whether the model chose to save it."""

    saved: bool
    level: str
    """Its level of the attribute the dilemma is about, e.g. "Young"."""
    attribute: str
    """That attribute, e.g. "Age"."""
    swerves: bool
    """The car must swerve for this group to die."""
    in_car: bool
    """The group sits in the car; otherwise it walks."""
    both_walk: bool
    """Both groups walk."""
    signal: int
    size_difference: int
    """How many more characters one group has than the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One published effect: saving profiles `wins` says yes of, against the others of `among`."""

    among: Callable[[Profile], bool]
    wins: Callable[[Profile], bool]


def _about(attribute: str, level: str) -> Contrast:
    return Contrast(among=lambda p: p.attribute == attribute, wins=lambda p: p.level == level)


CONTRASTS: Mapping[str, Contrast] = {
    "Intervention": Contrast(among=lambda _: True, wins=lambda p: p.swerves),
    "Relation to AV": Contrast(
        among=lambda p: p.signal == NO_SIGNAL and not p.both_walk, wins=lambda p: not p.in_car
    ),
    "Law": Contrast(
        among=lambda p: p.signal != NO_SIGNAL and p.both_walk, wins=lambda p: p.signal == GREEN
    ),
    "Gender": _about("Gender", "Female"),
    "Fitness": _about("Fitness", "Fit"),
    "Social Status": _about("Social Value", "High"),
    "Age": _about("Age", "Young"),
    "Species": _about("Species", "Hoomans"),
    "No. Characters": _about("Utilitarian", "More"),
}
"""By the name in the published table, which for *No. Characters* holds the size difference with
the largest effect of the four."""
SIZES = "No. Characters"


def load(path: Path) -> tuple[Profile, ...]:
    """Return the profiles of a file of shared responses, in its order.

    Raises:
        ScenarioError: The file cannot be read or is not in the layout.
    """
    found = []
    for row in csv_table(path, _COLUMNS):
        values = {name: int(number(path, row, name)) for name in (*_NUMBERS, _SIZE)}
        found.append(
            Profile(
                saved=values["Saved"] == 1,
                level=row["AttributeLevel"],
                attribute=row["ScenarioType"],
                swerves=values["Intervention"] == 1,
                in_car=values["Barrier"] == 1,
                both_walk=values["PedPed"] == 1,
                signal=values["CrossingSignal"],
                size_difference=values[_SIZE],
            )
        )
    return tuple(found)


def weight(profile: Profile) -> float:
    """Return one over the chance with which the design shows this kind of profile.

    Chances as in the design of Awad et al. 2018 (their supplementary code).
    """
    if profile.in_car:
        return 1.0 / (0.32 if profile.swerves else 0.2)
    on_foot = 0.2 if profile.swerves else 0.32
    place = 0.48 if profile.both_walk else on_foot
    # A group the car would have to swerve for crosses by the other signal when both walk.
    green, red = (0.32, 0.2) if profile.swerves and profile.both_walk else (0.2, 0.32)
    return 1.0 / (place * {NO_SIGNAL: 0.48, GREEN: green, RED: red}[profile.signal])
