"""Secrets in addresses: kept in memory, and never in what is shown or written.

A spec may hold a password or a key (``http://USER:PASSWORD@HOST/v1?key=KEY``). It is cut out where
a spec comes in, so that files, messages, folder names and exports cannot have it; only who opens
the connection puts it back.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from gadfly.bot.errors import ConfigError

STAR = "***"
"""What stands where a secret was."""
NAMED = re.compile(r"auth|key|token|secret|cookie|passw|credential|signature", re.IGNORECASE)
"""Names of headers and parameters whose values are secret."""
_LONG = 20
"""A parameter's value from this length on is taken for a secret, whatever its name."""
_USER = re.compile(r"(?<=://)[^\s#?]*@")
_PARAMETER = re.compile(r"(?<=[?&])([^=&#\s]*)=([^&#\s]*)")

_known: dict[str, str] = {}
"""Specs of this process: without secrets -> with them. The latest wins."""


def without_secrets(spec: str) -> str:
    """Return a spec, or any text with addresses in it, with stars for secrets.

    >>> without_secrets("http://me:pw@host/v1?api-version=3&key=k#m")
    'http://***@host/v1?api-version=3&key=***#m'
    """
    if "://" not in spec:
        return spec
    shown = _PARAMETER.sub(_starred, _USER.sub(f"{STAR}@", spec))
    if shown != spec:
        _known[shown] = spec
    return shown


def with_secrets(spec: str) -> str:
    """Return a spec as it was before `without_secrets` in this process.

    Raises:
        ConfigError: Its secrets are not known: it comes from a file.
    """
    if f"{STAR}@" not in spec and f"={STAR}" not in spec:
        return spec
    if spec not in _known:
        raise ConfigError(
            f"{spec!r} was kept without the password or key in it: name the address anew, in full "
            "(in a dialogue with /model)"
        )
    return _known[spec]


def secrets_of(spec: str) -> tuple[str, ...]:
    """Return what is secret in an address: user, password, parameters, as written and as meant."""
    parts = urlsplit(spec)
    found = [parts.username or "", parts.password or ""]
    found += [m[2] for m in _PARAMETER.finditer(f"?{parts.query}") if _starred(m) != m[0]]
    return tuple(dict.fromkeys(s for f in found for s in (f, unquote(f)) if s))


def _starred(parameter: re.Match[str]) -> str:
    name, value = parameter.groups()
    is_secret = value and (NAMED.search(name) or len(value) >= _LONG)
    return f"{name}={STAR}" if is_secret else parameter[0]
