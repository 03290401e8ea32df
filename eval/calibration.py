"""`--readout auto`: decide once, on a calibration slice that is run first."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from gadfly.bot.call import ask_reply
from gadfly.bot.message import opening
from gadfly.bot.readout import make_readout
from gadfly.bot.readout.fidelity import decide, item
from gadfly.eval.dialogue import worst
from gadfly.scenarios.perturbation import original

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.readout.fidelity import Item
    from gadfly.bot.respondent import Capabilities, ReadoutName
    from gadfly.eval.dialogue import Examiner
    from gadfly.scenarios.scenario import Scenario

SLICE = 40
"""Items read both ways, fewer where the plan has fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The readout of a run, why it is that one, and how well it agrees with the sampled one."""

    readout: ReadoutName
    reason: str
    fidelity: dict[str, Any] | None
    """Figures of the calibration slice; None where none was run."""


def settled(requested: ReadoutName | None, can: Capabilities) -> Choice | None:
    """Return the choice where no calibration is needed, None where one is.

    A readout asked for is taken; else the one the respondent is known to need; else sampled where
    it reports no label log-probabilities.
    """
    if requested is not None:
        return Choice(readout=requested, reason="asked for", fidelity=None)
    if can.readout is not None:
        return Choice(
            readout=can.readout, reason="this respondent is known to need it", fidelity=None
        )
    if not can.labels:
        return Choice(
            readout="sampled",
            reason="the respondent reports no log-probabilities",
            fidelity=None,
        )
    return None


async def calibrate(examiner: Examiner, scenarios: Sequence[Scenario], *, prefill: bool) -> Choice:
    """Read each scenario both ways after its first reply, and decide by `fidelity.decide`.

    Raises:
        RespondentError: The slice could not be asked; nothing is decided then.
    """
    chosen = sorted((s for s in scenarios if s.wordings), key=lambda s: s.digest)[:SLICE]
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_both(examiner, s, prefill=prefill)) for s in chosen]
    except ExceptionGroup as e:
        raise worst(e) from e
    found = decide([task.result() for task in tasks])
    return Choice(readout=found.choice, reason=found.reason, fidelity=asdict(found))


async def _both(examiner: Examiner, scenario: Scenario, *, prefill: bool) -> Item:
    protocol = examiner.protocol
    asked = opening(protocol.system).says(original(scenario).text)
    _, first = await examiner.caller.call(ask_reply(asked, protocol.sampling), replicate=0)
    thread = asked.hears(first.text)
    about = scenario.proposition
    logprob = make_readout("logprob", temperature=protocol.sampling.temperature, prefill=prefill)
    sampled = make_readout("sampled", temperature=protocol.sampling.temperature)
    one, _ = await examiner.read(thread, about, logprob, 0)
    many, _ = await examiner.read(thread, about, sampled, 0)
    return item(one, many)
