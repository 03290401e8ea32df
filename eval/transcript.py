"""A stored trial as a dialogue: who said what in which thread, and what was asked beside it.

Records keep no text; it is found again through the keys of their calls. What the subject never
said, because the probe planted it as the beginning of a thread, is told apart from what it did.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.probes.catalogue import all_probes
from gadfly.probes.filler import LABEL as FILLER
from gadfly.probes.move import Observation, Read, Say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gadfly.bot.message import Message
    from gadfly.bot.proposition import Proposition
    from gadfly.eval.record import Observed, TrialRecord
    from gadfly.eval.store import Store, StoredCall
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The beginning of a thread."""

    number: int
    """1 for the first thread of a trial."""
    given: tuple[Message, ...]
    """System prompt and planted turns, in order; the subject said none of them."""
    as_before: bool
    """Whether an earlier thread of the trial began with the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Something said to the subject on the record, and its reply."""

    seen: Observed
    asked: str
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """An off-record read: a question on a fork that the dialogue never sees."""

    seen: Observed
    calls: tuple[StoredCall, ...]
    """Its calls as far as they are kept, in cell and draw order."""


def events(store: Store, record: TrialRecord) -> Iterator[Opening | Exchange | Aside]:
    """Yield what happened in a trial, in order; an opening before the first event of a thread."""
    told = threads = 0
    opened: list[tuple[Message, ...]] = []
    for seen in record.observations:
        calls = tuple(store.calls(seen.calls))
        messages = calls[0].conversation.messages if calls else ()
        if messages and (not threads or (seen.kind == "said" and len(messages) <= told)):
            threads += 1
            given = messages[:-1]
            yield Opening(number=threads, given=given, as_before=given in opened)
            opened.append(given)
        if seen.kind == "read":
            yield Aside(seen=seen, calls=calls)
            continue
        reply = calls[0].completion.text if calls else ""
        yield Exchange(seen=seen, asked=messages[-1].text if messages else "", reply=reply)
        told = len(messages) + 1


def summary(record: TrialRecord) -> str:
    """Return what a trial came to in one line: its readings in order, and what broke it."""
    if record.failure is not None:
        return record.failure.error_type
    return " → ".join(_brief(o) for o in record.observations) or record.stopped or "nothing"


def verdict(seen: Observed) -> str:
    """Say what a reply was read as, by which rule, and what else was found in it."""
    r = seen.reading
    if seen.gave_other:
        return f"measured {seen.found}"
    side = f" {r.stance.side.upper()}" if r.stance is not None else ""
    return f"{r.outcome}{side}" + (f", by {r.rule}" if r.rule else "") + _measured(seen, "; ")


def _brief(seen: Observed) -> str:
    if seen.label.startswith(FILLER):
        return "·"
    stance = seen.reading.stance
    if seen.kind == "read" and stance is not None:
        return f"p={stance.p:.2f}"
    if seen.gave_other:
        return seen.found
    came_to = seen.reading.outcome if stance is None else stance.side.upper()
    return f"{came_to}{_measured(seen, ' ')}"


def _measured(seen: Observed, before: str) -> str:
    """Return what else a reply was read for, "" for nothing."""
    found = [f"value {seen.value:.3g}"] if seen.value is not None else []
    stance = seen.reading.stance
    if seen.code and (stance is None or seen.code != stance.side):
        found.append(f"code {seen.code}")
    return before + ", ".join(found) if found else ""


def propositions(
    store: Store, record: TrialRecord, scenario: Scenario
) -> Mapping[str, Proposition]:
    """Return what the observations of a trial are about, by digest, by stepping its probe again.

    Holds what can be found: nothing where the probe, its version or the scenario is another one
    than that of the trial.
    """
    probe = next((p for p in all_probes() if p.name == record.probe), None)
    if probe is None or probe.version != record.version:
        return {}
    arms = (a for a in probe.arms(scenario) if (a.name, a.variant) == (record.arm, record.variant))
    arm = next(arms, None)
    if arm is None:
        return {}
    found: dict[str, Proposition] = {}
    dialogue = probe.ask(scenario, arm)
    answer: Observation | None = None
    for seen in record.observations:
        try:
            move = dialogue.send(answer) if answer is not None else next(dialogue)
        except StopIteration:
            break
        if not isinstance(move, Say | Read) or move.about.digest != seen.about:
            break
        found[seen.about] = move.about
        calls = tuple(store.calls(seen.calls)) if seen.kind == "said" else ()
        answer = Observation(
            label=seen.label,
            kind=seen.kind,
            reading=seen.reading,
            text=calls[0].completion.text if calls else "",
            value=seen.value,
            code=seen.code,
        )
    dialogue.close()
    return found
