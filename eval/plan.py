"""The plan of a run: which trials, in which order, and what they will cost.

A plan is a pure function of suite, scenarios and settings: the same on every machine, before any
model is reached. Trials of one (family, replicate) stand together, because they share their first
reply and long prefixes after it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.bot.call import Sampling
from gadfly.bot.errors import ConfigError
from gadfly.bot.interlocutor import SAMPLING as LINES
from gadfly.bot.interlocutor import VERSION as LINE_VERSION
from gadfly.bot.message import opening
from gadfly.bot.readout import VERSION as READOUT_VERSION
from gadfly.bot.stance import Reading, Stance
from gadfly.bot.steering import VERSION as READER_VERSION
from gadfly.probes.catalogue import all_probes
from gadfly.probes.live import LiveProbe
from gadfly.probes.move import Consult, Observation, Read, Say
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gadfly.bot.message import Conversation
    from gadfly.bot.respondent import ReadoutName
    from gadfly.eval.suite import Part, Suite
    from gadfly.probes.move import Move
    from gadfly.probes.probe import Arm, Probe
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """Everything beside the trial itself that determines what is asked and how it is read."""

    readout: ReadoutName
    sampling: Sampling
    """How replies of the main thread are drawn; reads have settings of their own."""
    system: str = ""
    """System prompt of the product under test."""
    epoch: int = 0
    """Sampling epoch: another one asks the same plan afresh."""
    interlocutor: str = ""
    """Who writes lines live: the spec, and once it is reached its identity; "" for nobody."""

    def digest(self, *, with_epoch: bool) -> bytes:
        """16 bytes; the plan is compared without the epoch, trials are kept with it."""
        text = repr(
            (
                self.readout,
                (self.sampling.temperature, self.sampling.top_p, self.sampling.max_tokens),
                self.system,
                self.epoch if with_epoch else "",
                READOUT_VERSION,
                READER_VERSION,
                phrase.VERSION,
                # Frozen text is the same whoever else might have written.
                *((self.interlocutor, LINE_VERSION) if self.interlocutor else ()),
            )
        )
        return hashlib.blake2b(text.encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One trial to be run."""

    scenario: Scenario
    probe: Probe
    arm: Arm
    replicate: int

    def opening(self, protocol: Protocol) -> Conversation:
        """Return the opening thread: the product's system prompt, then what the arm plants."""
        thread = opening("\n\n".join(t for t in (protocol.system, self.arm.system) if t))
        for asked, answered in self.arm.history:
            thread = thread.says(asked).hears(answered)
        return thread

    def key(self, protocol: bytes) -> str:
        """Hex key over scenario content, variant, probe and version, arm, replicate, protocol."""
        h = hashlib.blake2b(protocol, digest_size=16)
        parts = (
            self.scenario.id,
            self.scenario.digest,
            self.arm.variant,
            self.probe.name,
            str(self.probe.version),
            self.arm.name,
            self.arm.system,
            repr(self.arm.history),
            str(self.replicate),
        )
        for part in parts:
            h.update(part.encode())
            h.update(b"\0")
        return h.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a plan asks for, before anything is known about the replies."""

    replies: int
    """Free-text replies on the record, shared ones counted once."""
    reads: int
    """Off-record reads, shared ones counted once."""
    prompt_tokens: int
    completion_tokens: int
    lines: int = 0
    """Lines an interlocutor writes, a call each beside the reply to it."""

    def calls(self, per_read: int) -> int:
        """Model calls in all, given how many a read takes."""
        return self.replies + self.lines + self.reads * per_read


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All trials of a run."""

    suite: Suite
    trials: tuple[Trial, ...]
    library: str
    """Digest of the scenarios asked."""

    @property
    def is_live(self) -> bool:
        """Whether an interlocutor writes lines in any of its trials."""
        return any(isinstance(t.probe, LiveProbe) for t in self.trials)

    def keys(self, protocol: Protocol) -> tuple[str, ...]:
        """Trial keys, in plan order."""
        digest = protocol.digest(with_epoch=True)
        return tuple(t.key(digest) for t in self.trials)

    def hash(self, protocol: Protocol) -> str:
        """Hex hash of what is asked; equal plans can be compared, whatever their epoch."""
        digest = protocol.digest(with_epoch=False)
        h = hashlib.blake2b(digest_size=8)
        for key in sorted(t.key(digest) for t in self.trials):
            h.update(key.encode())
        return h.hexdigest()

    def asked(self, protocol: Protocol) -> str:
        """Hex hash of what is asked, whoever is asked: the subject's own settings left out.

        A system prompt and the sampling of a product are the product's; how long a reply may be
        is ours.
        """
        longest = protocol.sampling.max_tokens
        ours = Sampling(temperature=0.0, max_tokens=longest)
        return self.hash(replace(protocol, system="", sampling=ours))


def make_plan(
    suite: Suite,
    scenarios: Sequence[Scenario],
    *,
    only: Sequence[Probe] = (),
    replicates: int | None = None,
    limit: int | None = None,
    live: bool = False,
) -> Plan:
    """Make the plan of a suite over scenarios.

    Args:
        suite: What to ask.
        scenarios: The families to choose from.
        only: Probes to keep, by name; a named probe the suite lacks is added over all families.
        replicates: Replaces every part's number.
        limit: Most families per part.
        live: Whether there is an interlocutor; probes that need one are left out without.

    Raises:
        ConfigError: Nothing is left to ask.
    """
    ranked = rank(scenarios)
    wanted = [
        part
        for part in _parts(suite, only, replicates)
        if live or not isinstance(part.probe, LiveProbe)
    ]
    found: dict[tuple[str, ...], Trial] = {}
    for part in wanted:
        most = min((n for n in (part.families, limit) if n is not None), default=None)
        applicable = [
            s
            for s in ranked
            if (not part.strata or s.stratum in part.strata) and part.probe.arms(s)
        ]
        for scenario in applicable[:most]:
            for arm in part.probe.arms(scenario):
                for r in range(part.replicates):
                    trial = Trial(scenario=scenario, probe=part.probe, arm=arm, replicate=r)
                    name = (scenario.id, part.probe.name, arm.name, arm.variant, str(r))
                    found[name] = trial
    if not found:
        raise ConfigError("nothing to ask: no chosen probe applies to any chosen scenario")
    order = {p.name: i for i, p in enumerate(all_probes())}
    trials = sorted(found.values(), key=lambda t: (t.scenario.id, t.replicate, order[t.probe.name]))
    h = hashlib.blake2b(digest_size=8)
    for digest in sorted({t.scenario.digest for t in trials}):
        h.update(digest.encode())
    return Plan(suite=suite, trials=tuple(trials), library=h.hexdigest())


def reading_versions() -> dict[str, str]:
    """Return the versions of what asks and reads, as manifests note them."""
    return {
        "readouts": str(READOUT_VERSION),
        "reader": str(READER_VERSION),
        "phrases": str(phrase.VERSION),
    }


def made_with() -> dict[str, str]:
    """Return the versions a run is made with, as its manifest notes them."""
    return {
        "gadfly": importlib.metadata.version("gadfly"),
        "python": platform.python_version(),
        **reading_versions(),
    }


def rank(scenarios: Iterable[Scenario]) -> tuple[Scenario, ...]:
    """Order families so that any first n are spread over topics: by turns, by hash inside one."""
    by_topic: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        by_topic.setdefault(scenario.topic, []).append(scenario)
    turns: list[tuple[int, bytes, Scenario]] = []
    for topic in sorted(by_topic):
        for i, scenario in enumerate(sorted(by_topic[topic], key=lambda s: _hash(s.id))):
            turns.append((i, _hash(topic), scenario))
    return tuple(s for *_, s in sorted(turns, key=lambda t: t[:2]))


def cost(plan: Plan, protocol: Protocol) -> Cost:
    """Count replies and reads by walking every trial with canned answers.

    Tokens are rough (4 characters each, replies at 70 % of the longest allowed); what trials
    share is counted once.
    """
    canned = Reading(readout="said", outcome="answered", stance=Stance(1.0, 1.0, 0.0))
    seen: set[tuple[bytes, int, str]] = set()
    replies = reads = prompt = lines = 0
    mean_reply = round(0.7 * protocol.sampling.max_tokens)
    for trial in plan.trials:
        start = thread = trial.opening(protocol)
        dialogue = trial.probe.ask(trial.scenario, trial.arm)
        answer: Observation | None = None
        times: Counter[bytes] = Counter()
        while True:
            try:
                move: Move = dialogue.send(answer) if answer is not None else next(dialogue)
            except StopIteration:
                break
            if isinstance(move, Say | Consult):
                if isinstance(move, Consult):
                    lines += (line := (thread.digest, trial.replicate, move.brief)) not in seen
                    prompt += (line not in seen) * sum(len(m.text) for m in thread) // 4
                    seen.add(line)
                    thread = thread.says(f"{move.label}: {move.brief}")
                else:
                    thread = (start if move.fresh else thread).says(move.text)
                draw = times[thread.digest]
                times[thread.digest] += 1
                name = (thread.digest, trial.replicate, f"say {draw}")
                if name not in seen:
                    replies += 1
                    prompt += sum(len(m.text) for m in thread) // 4
                thread = thread.hears("…")
                kind = "said"
            elif isinstance(move, Read):
                name = (thread.digest, trial.replicate, move.about.digest)
                reads += name not in seen
                kind = "read"
            else:
                break
            seen.add(name)
            answer = Observation(label=move.label, kind=kind, reading=canned)  # type: ignore[arg-type]  # one of two literals
    return Cost(
        replies=replies,
        reads=reads,
        prompt_tokens=prompt,
        completion_tokens=replies * mean_reply + lines * round(0.7 * LINES.max_tokens),
        lines=lines,
    )


def _parts(suite: Suite, only: Sequence[Probe], replicates: int | None) -> Iterable[Part]:
    names = {p.name for p in only}
    kept = [p for p in suite.parts if not only or p.probe.name in names]
    have = {p.probe.name for p in kept}
    most = max((p.replicates for p in suite.parts), default=3)
    extra = [
        replace(suite.parts[0], probe=p, families=None, replicates=most)
        for p in only
        if p.name not in have
    ]
    for part in (*kept, *extra):
        yield part if replicates is None else replace(part, replicates=replicates)


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
