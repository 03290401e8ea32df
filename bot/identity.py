"""Who answered: what makes two respondents the same one for a store."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Everything that can change a respondent's answers, as the respondent itself reports it.

    Never host, port, process or path: the same weights elsewhere are the same respondent.
    """

    model: str
    """Model id as served, or the preset's name."""
    revision: str = ""
    """Weights hash or revision; for a server whatever it reports of the kind."""
    template: str = ""
    """Hash of the chat template, where it can be known."""
    dtype: str = ""
    system: str = ""
    """System prompt of the product under test, empty for none."""
    sampling: str = ""
    """Default sampling that applies where a request does not say."""
    server: str = ""
    """Software that answers, with version (e.g. "vllm-0.32.0-1a2b3c4d", "transformers-5.19.0")."""

    @property
    def digest(self) -> bytes:
        """16 bytes over all fields."""
        return _digest(self)

    def differences(self, other: Identity) -> tuple[str, ...]:
        """Name the fields that differ, as ``field: 'mine' != 'theirs'``."""
        mine, theirs = asdict(self), asdict(other)
        return tuple(
            f"{name}: {mine[name]!r} != {theirs[name]!r}"
            for name in mine
            if mine[name] != theirs[name]
        )


@functools.lru_cache(maxsize=64)
def _digest(identity: Identity) -> bytes:
    # Asked for with every call, of the same few identities.
    text = json.dumps(asdict(identity), sort_keys=True, ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
