"""What traits do by definition to metrics that are not meant for them, each with its reason."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.eval.instrument.declaration import Law

LAWS: tuple[Law, ...] = ()
_BY_CELL: Mapping[tuple[str, str], Law] = MappingProxyType(
    {(row, law.trait): law for law in LAWS for row in law.rows}
)


def law_of(row: str, trait: str) -> Law | None:
    """Return what a trait does to a row by definition; None where it is to do nothing."""
    return _BY_CELL.get((row, trait))
