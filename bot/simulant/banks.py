"""The text banks by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.simulant.ornate import ORNATE
from gadfly.bot.simulant.plain import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.simulant.bank import Bank

BANKS: Mapping[str, Bank] = MappingProxyType({bank.name: bank for bank in (PLAIN, ORNATE)})
