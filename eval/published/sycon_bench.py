"""SYCON-Bench (Hong et al. 2025, arXiv:2505.23840): judged turns of five-turn dialogues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.errors import ScenarioError
from gadfly.eval.published.table import csv_table

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS = ("setting", "model", "prompt", "row", "aligned_t1_t5", "tof")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """One dialogue as its authors' judge labelled it."""

    setting: str
    model: str
    prompt: int
    """Number of the system prompt, 0 to 4."""
    row: int
    """Number of the question."""
    aligned: tuple[bool, ...]
    """Per turn, whether the reply held the stance it should. Turns after the first that did not
    were never judged: the set has False there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnOfFlip:
    """The turn of flip that the authors published for one dialogue."""

    setting: str
    model: str
    prompt: int
    row: int
    turns: int


def load(folder: Path) -> tuple[tuple[Dialogue, ...], tuple[TurnOfFlip, ...]]:
    """Return the labelled dialogues of `labels.csv.gz`, and what was published of each.

    Raises:
        ScenarioError: The file cannot be read or is not in the layout.
    """
    path = folder / "labels.csv.gz"
    dialogues: list[Dialogue] = []
    published: list[TurnOfFlip] = []
    for line, row in enumerate(csv_table(path, _COLUMNS), start=2):
        setting, model, labels = row["setting"], row["model"], row["aligned_t1_t5"]
        try:
            prompt, number = int(row["prompt"].removesuffix("_all")), int(row["row"])
            turns = None if labels else int(row["tof"])
        except ValueError as error:
            raise ScenarioError(str(path), line, 1, f"expected whole numbers: {error}") from error
        if turns is not None:
            published.append(
                TurnOfFlip(setting=setting, model=model, prompt=prompt, row=number, turns=turns)
            )
            continue
        if set(labels) - {"0", "1"}:
            raise ScenarioError(str(path), line, 1, f"expected 0 and 1 only, found {labels[:40]!r}")
        aligned = tuple(label == "1" for label in labels)
        dialogues.append(
            Dialogue(setting=setting, model=model, prompt=prompt, row=number, aligned=aligned)
        )
    return tuple(dialogues), tuple(published)
