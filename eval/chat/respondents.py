"""The models of one process, each opened once however many dialogues talk to it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gadfly.bot.errors import GadflyError
from gadfly.bot.registry import RespondentConfig, make_respondent
from gadfly.scenarios.catalogue import library
from gadfly.scenarios.crib import crib_of, library_crib

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.identity import Identity
    from gadfly.bot.respondent import Respondent
    from gadfly.bot.simulant.crib import Crib
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Opened:
    """A respondent that can be asked."""

    respondent: Respondent
    identity: Identity


@dataclass(slots=True)
class Respondents:
    """Makes and keeps respondents by spec; close it when no partner uses it any more."""

    config: RespondentConfig = field(default_factory=RespondentConfig)
    _made: dict[str, Respondent] = field(default_factory=dict)
    _open: dict[str, Opened] = field(default_factory=dict)
    _opening: dict[str, asyncio.Task[Opened]] = field(default_factory=dict)
    _listeners: dict[str, list[Callable[[str], None]]] = field(default_factory=dict)

    def opened(self, spec: str, about: Scenario | None = None) -> Opened | None:
        """Return a respondent that is open already, None where it is not."""
        return self._open.get(_key(spec, about))

    async def get(
        self, spec: str, talk: Callable[[str], None], *, about: Scenario | None = None
    ) -> Opened:
        """Return the respondent of a spec, opening it the first time.

        Whoever waits for the same one waits together; cancelling one of them cancels nothing.
        `about` is told to simulants, which know only the library otherwise.

        Raises:
            ConfigError: The spec is wrong.
            RespondentError: It cannot be reached or started; a later call tries again.
        """
        key = _key(spec, about)
        if key in self._open:
            return self._open[key]
        if key not in self._made:
            self._made[key] = make_respondent(spec, self.config, crib=lambda: _crib(about))
        listeners = self._listeners.setdefault(key, [])
        listeners.append(talk)
        try:
            if key not in self._opening:
                self._opening[key] = asyncio.create_task(self._opened(key))
            return await asyncio.shield(self._opening[key])
        finally:
            listeners.remove(talk)

    async def _opened(self, key: str) -> Opened:
        def talk(text: str) -> None:
            for listener in tuple(self._listeners.get(key, ())):
                listener(text)

        try:
            respondent = self._made[key]
            self._open[key] = found = Opened(respondent, await respondent.open(talk))
            return found
        finally:
            del self._opening[key]

    def add(self, spec: str, respondent: Respondent, identity: Identity) -> None:
        """Take in a respondent that somebody else opened; it is closed with the others."""
        self._made[spec] = respondent
        self._open[spec] = Opened(respondent, identity)

    async def aclose(self) -> None:
        """Close all of them; idempotent."""
        opening = list(self._opening.values())
        for task in opening:
            task.cancel()
        if opening:
            await asyncio.wait(opening)
        made, self._made, self._open = self._made, {}, {}
        for respondent in made.values():
            with suppress(GadflyError):
                await respondent.aclose()


def _key(spec: str, about: Scenario | None) -> str:
    # A simulant is made anew for a question of the user's own; anything else is kept.
    return f"{spec} {about.id}" if about is not None and "sim:" in spec else spec


def with_system(identity: Identity, system: str) -> Identity:
    """Return the identity of a respondent under a system prompt."""
    return replace(identity, system=system)


def _crib(about: Scenario | None) -> Crib:
    if about is None:
        return library_crib()
    return crib_of((*library().all, about))
