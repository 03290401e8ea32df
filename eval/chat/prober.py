"""Lends the keyboard to a probe: what it says is said in the session, and its reads are taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, assert_never

from gadfly.bot.errors import ConfigError, GadflyError, unknown
from gadfly.bot.foreign import plain
from gadfly.bot.steering import read_reply
from gadfly.eval.chat.session import new_turn
from gadfly.eval.chat.turn import Mark
from gadfly.probes.catalogue import probes_named
from gadfly.probes.move import Consult, Observation, Read, Say, Stop

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.stance import Reading
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.turn import Turn
    from gadfly.probes.probe import Arm, Probe
    from gadfly.scenarios.scenario import Scenario

STOPPED = "stopped"


class Hand(Protocol):
    """What a probe may do with the keyboard."""

    @property
    def session(self) -> Session:
        """Where it is said."""
        ...

    @property
    def is_stopping(self) -> bool:
        """Whether the user wants the keyboard back."""
        ...

    async def say(self, text: str, mark: Mark) -> Turn:
        """Say something on the branch in use, and return the reply."""
        ...

    async def read(self, about: Proposition) -> Reading:
        """Read a stance off the record."""
        ...

    def tell(self, text: str) -> None:
        """Tell the user something."""
        ...


@dataclass(frozen=True, slots=True)
class Lent:
    """One arm of a probe on one scenario, to be held in a session."""

    scenario: Scenario
    probe: Probe
    arm: Arm

    @property
    def name(self) -> str:
        """What marks of its turns say."""
        variant = "" if self.arm.variant == "original" else f"/{self.arm.variant}"
        return f"{self.probe.name} {self.arm.name}{variant}"

    async def hold(self, hand: Hand) -> str:
        """Step the probe to its end, and say why it ended; "" where it came to its own end."""
        session = hand.session
        setup = session.setup
        if self.arm.system:
            system = "\n\n".join(filter(None, (setup.system, self.arm.system)))
            session.use(replace(setup, system=system))
        try:
            self._plant(session)
            return await self._step(hand, session.branch.head)
        finally:
            session.use(setup)

    async def _step(self, hand: Hand, start: int | None) -> str:
        dialogue = self.probe.ask(self.scenario, self.arm)
        answer: Observation | None = None
        try:
            while not hand.is_stopping:
                try:
                    move = dialogue.send(answer) if answer is not None else next(dialogue)
                except StopIteration:
                    return ""
                match move:
                    case Say():
                        if move.fresh:
                            hand.session.fork(start)
                        reply = await hand.say(move.text, Mark("probe", self._label(move.label)))
                        if not reply.is_whole:
                            return reply.problem or reply.status
                        answer = _heard(move, reply)
                    case Read():
                        answer = await _read(hand, move)
                    case Consult():
                        return "the next line would have to be written by a model"
                    case Stop():
                        return move.reason
                    case _:
                        assert_never(move)
            return STOPPED
        except GadflyError as e:
            return plain(str(e))
        finally:
            dialogue.close()

    def _label(self, label: str) -> str:
        return f"{self.name}: {label}"

    def _plant(self, session: Session) -> None:
        """Put the arm's planted turns into the thread; they are shown as planted."""
        for asked, answered in self.arm.history:
            mark = Mark("probe", self._label("planted"))
            turn = session.add(
                new_turn("user", asked, session.branch.head, status="planted", marks=(mark,))
            )
            turn = session.add(new_turn("assistant", answered, turn.id, status="planted"))
            session.move(turn.id)


def chosen(scenario: Scenario, name: str, arm: str) -> Lent:
    """Return an arm of a probe by name: "strong", or "name/variant" where there are several.

    Raises:
        ConfigError: There is none, or the probe has nothing to ask about this scenario.
    """
    probe = probes_named(name)[0]
    arms = probe.arms(scenario)
    if not arms:
        raise ConfigError(f"probe {probe.name!r} has nothing to ask about {scenario.id!r}")
    if not arm:
        return Lent(scenario, probe, arms[0])
    for found in arms:
        if arm in (found.name, f"{found.name}/{found.variant}"):
            return Lent(scenario, probe, found)
    known = [f"{a.name}/{a.variant}" for a in arms]
    raise unknown(f"arm of {probe.name}", arm, known)


def free_name(session: Session, name: str) -> str:
    """Return a name for a branch that is not taken: the given one, or with a number."""
    taken = {branch.name for branch in session.branches}
    tried, number = name, 2
    while tried in taken:
        tried, number = f"{name}-{number}", number + 1
    return tried


def _heard(move: Say, reply: Turn) -> Observation:
    found = None if move.measure is None else move.measure.of(reply.text)
    return Observation(
        label=move.label,
        kind="said",
        reading=read_reply(reply.text, move.about, options=move.options, finish=reply.finish),
        text=reply.text,
        value=None if found is None else found.value,
        code="" if found is None else found.code,
    )


async def _read(hand: Hand, move: Read) -> Observation:
    reading = await hand.read(move.about)
    p = "no side taken" if reading.stance is None else f"p(A) {reading.stance.p:.2f}"
    hand.tell(f"read off the record ({plain(move.label)}): {reading.outcome}, {p}")
    return Observation(label=move.label, kind="read", reading=reading)
