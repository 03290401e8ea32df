"""What a user can set about a served model, and the taking apart of its address."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from gadfly.bot.errors import ConfigError
from gadfly.bot.secret import NAMED, secrets_of

_LONGEST_S = 1_000_000
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """How a server is spoken to; secrets in it never appear in a repr, a spec or a message."""

    api_key: str | None = field(default=None, repr=False)
    """Sent as a bearer token."""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Sent with every request; those that look harmless are part of the identity."""
    timeout_s: float = 120.0
    """Longest wait for one request, from sending to the last byte (streams: five times that)."""
    connect_timeout_s: float = 10.0
    retries: int = 4
    """Further attempts after a failure that may pass: transport errors, 408, 409, 429, 5xx."""
    retry_cap_s: float = 30.0
    """Longest pause between two attempts, whatever `Retry-After` asks for."""
    connections: int = 128
    """Requests in flight at most; more callers wait their turn outside the timeout."""
    seeds: bool = True
    """Send a seed where the server takes one."""

    def __post_init__(self) -> None:
        """Refuse what cannot be sent."""
        values = [self.api_key or "", *(part for pair in self.headers for part in pair)]
        if any(_CONTROL.search(value) for value in values):
            raise ConfigError("an API key or header contains a line break or control character")
        if not all(_TOKEN.fullmatch(name) for name, _ in self.headers):
            # Not the name itself: what was meant as a value may stand in its place.
            raise ConfigError(
                "--header: a header's name has letters, digits and hyphens only, no space"
            )
        if self.connections < 1 or self.retries < 0:
            raise ConfigError("connections must be at least 1 and retries at least 0")
        waits = (self.timeout_s, self.connect_timeout_s, self.retry_cap_s)
        if not all(0 < wait <= _LONGEST_S for wait in waits):
            raise ConfigError(f"timeouts must be between 0 and {_LONGEST_S:,} seconds")

    @property
    def headers_hash(self) -> str:
        """Eight hex digits over the headers that are no secrets; empty when there are none."""
        told = sorted((n.lower(), v) for n, v in self.headers if not NAMED.search(n))
        if not told:
            return ""
        return hashlib.blake2b(repr(told).encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A server's base address, apart from what is secret in it."""

    base: str
    """Without trailing slash, user, query and fragment; what is shown to people."""
    query: str = field(default="", repr=False)
    basic: str = field(default="", repr=False)
    """Value of a basic `Authorization` header made of the user and password in the address."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What must not be repeated to anybody: user, password, secret parameters."""
    model: str | None = None
    """The fragment."""

    @property
    def root(self) -> str:
        """The base without its ``/v1``: where vLLM keeps what OpenAI does not have."""
        return self.base.removesuffix("/v1")

    def url(self, path: str, *, at_root: bool = False) -> str:
        """Return the full address of an endpoint, with the query of the base."""
        start = self.root if at_root else self.base
        return f"{start}/{path}" + (f"?{self.query}" if self.query else "")


def address(spec: str) -> Address:
    """Take ``http://user:password@host:port/v1?query#model`` apart; no path means ``/v1``.

    Raises:
        ConfigError: It is no http address.
    """
    try:
        parts = urlsplit(spec)
        port = parts.port
    except ValueError:
        # Not its own words: where a password is not quoted as it should be, they repeat it.
        raise ConfigError(
            "not an address of a server: its host or port makes no sense (in a password, write "
            "%40 for @, %2F for /, %23 for #)"
        ) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(
            "a server is named as http://HOST:PORT/v1#MODEL (the #MODEL may be left out when it "
            "serves one model)"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host + (f":{port}" if port is not None else "")
    basic = ""
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        basic = "Basic " + base64.b64encode(pair.encode()).decode()
    return Address(
        base=f"{parts.scheme}://{netloc}{parts.path.rstrip('/') or '/v1'}",
        query=parts.query,
        basic=basic,
        secrets=secrets_of(spec),
        model=unquote(parts.fragment) or None,
    )
