"""The models of one process, each opened once however many dialogues talk to it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gadfly.bot.errors import GadflyError
from gadfly.bot.registry import RespondentConfig, make_respondent
from gadfly.scenarios.catalogue import library
from gadfly.scenarios.crib import crib_of

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

    async def get(
        self, spec: str, talk: Callable[[str], None], *, about: Scenario | None = None
    ) -> Opened:
        """Return the respondent of a spec, opening it the first time.

        `about` is told to simulants, which know only the library otherwise.

        Raises:
            ConfigError: The spec is wrong.
            RespondentError: It cannot be reached or started; a later call tries again.
        """
        # A simulant is made anew for a question of the user's own; anything else is kept.
        key = f"{spec} {about.id}" if about is not None and "sim:" in spec else spec
        if key in self._open:
            return self._open[key]
        if key not in self._made:
            self._made[key] = make_respondent(spec, self.config, crib=lambda: _crib(about))
        respondent = self._made[key]
        identity = await respondent.open(talk)
        self._open[key] = found = Opened(respondent, identity)
        return found

    def add(self, spec: str, respondent: Respondent, identity: Identity) -> None:
        """Take in a respondent that somebody else opened; it is closed with the others."""
        self._made[spec] = respondent
        self._open[spec] = Opened(respondent, identity)

    async def aclose(self) -> None:
        """Close all of them; idempotent."""
        made, self._made, self._open = self._made, {}, {}
        for respondent in made.values():
            with suppress(GadflyError):
                await respondent.aclose()


def with_system(identity: Identity, system: str) -> Identity:
    """Return the identity of a respondent under a system prompt."""
    return replace(identity, system=system)


def _crib(about: Scenario | None) -> Crib:
    known = {s.id: s for s in library().all}
    if about is not None:
        known[about.id] = about
    return crib_of(known.values())
