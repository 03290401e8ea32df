"""The page on scenario files knows every field there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gadfly.scenarios import schema

if TYPE_CHECKING:
    from pydantic import BaseModel

PAGE = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
CELLS = "\n".join(line for line in PAGE.splitlines() if line.startswith("| `"))


@pytest.mark.parametrize(
    "part",
    [
        schema.FamilyPart,
        schema.ArgumentsPart,
        schema.CoverPart,
        schema.CheckPart,
        schema.LadderPart,
        schema.CasePart,
        schema.CoherencePart,
        schema.ConjointPart,
        schema.ItemPart,
        schema.InventedPart,
        schema.ChainPart,
        schema.ModalitiesPart,
    ],
)
def test_the_table_names_every_field(part: type[BaseModel]) -> None:
    """A field that is added to the schema is explained, or at least named, in the tables."""
    missing = [
        name
        for name in part.model_fields
        if not re.search(rf"\b{name.replace('_', '[_ ]')}\b", CELLS)
    ]

    assert missing == []
