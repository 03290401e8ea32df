"""The text banks by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.simulant.courteous import COURTEOUS
from gadfly.bot.simulant.frank import FRANK
from gadfly.bot.simulant.ornate import ORNATE
from gadfly.bot.simulant.plain import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.simulant.bank import Bank

BANKS: Mapping[str, Bank] = MappingProxyType({b.name: b for b in (PLAIN, ORNATE, COURTEOUS, FRANK)})

TUNED = (PLAIN.name, ORNATE.name, FRANK.name)
"""The banks that the rules which read replies were tuned on."""
SEALED = COURTEOUS.name
"""The bank nobody looked at while the rules that read replies were tuned, nor tunes them on; in
the register of a chat assistant."""
