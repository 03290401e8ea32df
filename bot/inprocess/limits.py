"""How much the in-process respondent does at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one worker; the defaults suit a CPU."""

    max_batch: int = 32
    """Answers written side by side."""
    max_nodes: int = 512
    """Tokens computed in one pass before answers start: enough to keep the processor busy."""
    max_columns: int = 1536
    """Tokens attended to in one pass: unrelated sequences in it cost each other this much."""
    rows_bytes: int = 2 << 30
    """Keys and values of running answers."""
    kept_bytes: int = 1 << 30
    """Keys and values of kept prefixes."""
    stops: bool = True
    """False: answers run to their `max_tokens` whatever is said, to measure speed."""
