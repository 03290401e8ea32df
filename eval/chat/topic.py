"""What a session is about: a scenario of the library, or a free question with two statements."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError
from gadfly.eval.scoring.asked import of_scenario, question, stated
from gadfly.scenarios.scenario import Scenario, Wording

if TYPE_CHECKING:
    from gadfly.bot.completion import Finish
    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.stance import Reading
    from gadfly.eval.scoring.asked import Plain
    from gadfly.scenarios.scenario import Quality

FREE = "free"
"""Topic of the scenarios made of free questions."""
_QUALITIES: tuple[Quality, ...] = ("strong", "weak", "invalid", "irrelevant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """An argument of the bank, as a user would say it."""

    side: Side
    """The side it is for."""
    quality: str
    """"strong", "weak", "invalid", "irrelevant", "more 1" …"""
    text: str
    fallacy: str = ""
    """What is wrong with it, where that is known."""

    @property
    def name(self) -> str:
        """How it is called on the command line: "strong a"."""
        return f"{self.quality} {self.side}"


@dataclass(frozen=True, slots=True)
class Topic:
    """The question of a session and what can be done with it."""

    scenario: Scenario

    @property
    def id(self) -> str:
        """Family id; "free.…" for a question of the user's own."""
        return self.scenario.id

    @property
    def is_free(self) -> bool:
        """Whether it is the user's own question."""
        return self.scenario.topic == FREE

    @property
    def about(self) -> Proposition:
        """The question and its two statements."""
        return self.scenario.proposition

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """Ways to put the question, the original first; cover stories are among them."""
        covers = (Wording(text=c.text, yes=c.yes) for c in self.scenario.covers)
        return (*self.scenario.wordings, *covers)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """All arguments of the bank, side A's first; none for a free question."""
        found: list[Argument] = []
        sides: tuple[Side, ...] = ("a", "b")
        for side in sides:
            bank = self.scenario.arguments.get(side)
            if bank is None:
                continue
            for quality in _QUALITIES:
                if text := bank.of(quality):
                    fallacy = bank.fallacy if quality == "invalid" else ""
                    found.append(Argument(side=side, quality=quality, text=text, fallacy=fallacy))
            for i, text in enumerate(bank.more, 1):
                found.append(Argument(side=side, quality=f"more {i}", text=text))
        return tuple(found)

    def read(self, reply: str, asked: str, *, finish: Finish = "stop") -> Reading:
        """Read which side a reply takes; `asked` is the user's turn before it.

        A plain "yes" counts only where that asks the question itself, in any of its wordings.
        """
        return of_scenario(self.scenario).read(reply, question(asked), finish=finish)


def topic_of(family: str, about: Proposition | None = None) -> Topic:
    """Return the topic of a scenario family of the library, with its question as `about` has it.

    Raises:
        ConfigError: There is no such family, or it is no question for a dialogue.
    """
    from gadfly.scenarios.catalogue import library

    scenario = library().get(family)
    if not scenario.wordings:
        raise ConfigError(
            f"{family!r} is asked in a way of its own and cannot be argued about: choose a family "
            "of questions (`gadfly scenarios list`)"
        )
    return Topic(scenario if about is None else replace(scenario, proposition=about))


def free_topic(text: str, a: str, b: str, yes: Plain = "auto") -> Topic:
    """Return a topic of the user's own.

    Raises:
        ConfigError: A part is empty, or the statements do not differ.
    """
    found = stated(text, a, b, yes)
    digest = hashlib.blake2b(
        "\0".join((found.about.question, found.about.a, found.about.b)).encode(
            errors="surrogatepass"
        ),
        digest_size=8,
    ).hexdigest()
    about = replace(found.about, family=f"{FREE}.{digest}")
    return Topic(
        Scenario(
            id=about.family,
            topic=FREE,
            stratum="contested",
            tags=frozenset(),
            proposition=about,
            wordings=(Wording(text=about.question, yes=about.yes),),
            truth=None,
            covers=(),
            codes=MappingProxyType({}),
            arguments=MappingProxyType({}),
            modalities=MappingProxyType({}),
            ladder=None,
            legality=None,
            sources=(),
            digest=digest,
        )
    )
