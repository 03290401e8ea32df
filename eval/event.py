"""What a run tells whoever watches it: the command, a log, the UI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gadfly.eval.record import TrialRecord


@dataclass(frozen=True, slots=True)
class Said:
    """Something worth a line: weights loading, a server starting, a readout chosen."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted:
    """The respondent is open and the readout settled; trials begin."""

    planned: int
    finished: int
    """Trials finished by earlier runs of this plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFinished:
    """A call was answered and committed, or found in the store."""

    reused: bool
    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class TrialFinished:
    """A trial ended, well or badly."""

    record: TrialRecord


Event = Said | RunStarted | CallFinished | TrialFinished
