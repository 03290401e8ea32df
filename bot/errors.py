"""Everything Gadfly raises on purpose, as one tree.

    GadflyError
    ├── ConfigError            the user asked for something that cannot be (exit 2)
    ├── ScenarioError          a scenario file is wrong: path, line, column (exit 2)
    ├── IdentityError          a store belongs to another respondent (exit 2)
    ├── StoreError             the store is locked, foreign, damaged or full (exit 4, or 2)
    │   └── StoreLockedError   another process writes it
    └── RespondentError        the model or its server failed (exit 4)
        ├── TransportError     no usable answer came over the wire
        ├── RateLimited        the server asked us to slow down, past our patience
        ├── NotServed          the server turns us away: no access, no such model
        ├── ContextOverflow    the conversation does not fit the model
        ├── Unsupported        the respondent cannot do what was asked of it
        └── MalformedReply     an answer came and made no sense

An error is raised and stops what cannot go on; a trial that breaks becomes data instead
(`Failure` in `gadfly.eval`). Messages say what happened, to what, and what to do about it.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable


class GadflyError(Exception):
    """Root of all deliberate errors; `exit_code` is what the command leaves with."""

    exit_code: ClassVar[int] = 5


class ConfigError(GadflyError):
    """A name, option or file the user gave cannot be used."""

    exit_code = 2


class ScenarioError(ConfigError):
    """A scenario file is wrong; the message starts with ``path:line:column``."""

    def __init__(self, path: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{path}:{line}:{column}: {message}")
        self.path = path
        self.line = line
        self.column = column


class IdentityError(ConfigError):
    """The respondent behind the spec is not the one the store was made with."""


class StoreError(GadflyError):
    """The store cannot be opened or written."""

    exit_code = 4


class StoreLockedError(StoreError):
    """Another process writes the store."""


class RespondentError(GadflyError):
    """The model or its server failed."""

    exit_code = 4


class TransportError(RespondentError):
    """No usable answer came over the wire: refused, reset, timed out, 5xx."""


class RateLimited(TransportError):
    """The server kept answering 429 until the retry budget was spent."""


class NotServed(RespondentError):
    """The server turns us away: no access, or no such model there (401, 403, 404)."""


class ContextOverflow(RespondentError):
    """The conversation plus the answer does not fit the model's context."""


class Unsupported(RespondentError):
    """The respondent has no way to do this kind of request (says what is missing)."""


class MalformedReply(RespondentError):
    """The server answered with something that is not a completion."""


def unknown(kind: str, name: str, known: Iterable[str], *, hint: str = "") -> ConfigError:
    """Build the error for a bad name: says what is near it, or what there is."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        tail = "did you mean " + " or ".join(repr(n) for n in near) + "?"
    else:
        shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
        tail = f"known: {shown}" if names else "there is none"
    return ConfigError(f"unknown {kind} {name!r}: {tail}" + (f" ({hint})" if hint else ""))
