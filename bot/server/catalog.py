"""Which model a server serves, and what it says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from gadfly.bot.errors import ConfigError, MalformedReply, unknown
from gadfly.bot.server.failure import sanitised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.server.settings import Address
    from gadfly.bot.server.wire import Wire

_NO_CATALOG = frozenset({404, 405, 501})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the catalog of a server."""

    model: str
    revision: str = ""
    """Last part of the folder or name the weights came from, never a path."""
    owner: str = ""
    version: str = ""
    context_tokens: int | None = None

    @property
    def is_vllm(self) -> bool:
        """Whether vLLM serves it, whose fingerprints stay the same until it is restarted."""
        return self.owner == "vllm"


async def look_up(wire: Wire, address: Address, model: str | None) -> Entry:
    """Find the model by its name, or take the only one there is.

    Raises:
        ConfigError: There is no such model, or none was named and there are several.
        RespondentError: The server cannot be reached or refuses.
    """
    response = await wire.ask(address.url("models"), None)
    if response.status in _NO_CATALOG:
        if model is None:
            raise ConfigError(
                f"{address.base} does not list its models; name one as {address.base}#MODEL "
                "(and check that the address ends in /v1)"
            )
        return Entry(model=model)
    entries = _entries(wire.parsed(response), address.base)
    entry = _chosen(entries, model, address.base)
    owner = entry.get("owned_by")
    owner = sanitised(owner, longest=60) if isinstance(owner, str) else ""
    length = entry.get("max_model_len")
    return Entry(
        model=str(entry["id"]),
        revision=_revision(entry.get("root"), str(entry["id"])),
        owner=owner,
        version=await _version(wire, address) if owner == "vllm" else "",
        context_tokens=length if type(length) is int and length > 0 else None,
    )


def _entries(told: dict[str, Any], shown: str) -> list[dict[str, Any]]:
    data = told.get("data")
    if isinstance(data, list):
        found = [e for e in data if isinstance(e, dict) and isinstance(e.get("id"), str)]
        if found:
            return found
        if not data:
            raise ConfigError(f"{shown} serves no model; load one there first")
    raise MalformedReply(
        f"{shown} sent no list of models; is this the address of an OpenAI-compatible API?"
    )


def _chosen(entries: Sequence[dict[str, Any]], model: str | None, shown: str) -> dict[str, Any]:
    names = [sanitised(str(entry["id"]), longest=120) for entry in entries]
    if model is None:
        if len(entries) == 1:
            return entries[0]
        known = ", ".join(sorted(names)[:12]) + (", …" if len(names) > 12 else "")
        raise ConfigError(f"{shown} serves several models; name one as {shown}#MODEL: {known}")
    for entry in entries:
        if entry["id"] == model:
            return entry
    raise unknown("model", model, names, hint=f"served at {shown}")


def _revision(root: object, model: str) -> str:
    if not isinstance(root, str):
        return ""
    name = root.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return "" if name == model else sanitised(name, longest=120)


async def _version(wire: Wire, address: Address) -> str:
    response = await wire.ask(address.url("version", at_root=True), None, retries=1)
    if response.status != 200:
        return ""
    try:
        told = orjson.loads(response.body)
    except ValueError:
        return ""
    version = told.get("version") if isinstance(told, dict) else None
    return sanitised(version, longest=40) if isinstance(version, str) else ""
