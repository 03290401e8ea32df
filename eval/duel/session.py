"""A duel from its configuration to its last dialogue, without a screen."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, cast

from gadfly.bot import debate
from gadfly.bot.call import Sampling
from gadfly.bot.readout import make_readout
from gadfly.bot.registry import SHORT_REPLIES, RespondentConfig, make_respondent
from gadfly.eval import calibration
from gadfly.eval.caller import Caller, Limits, Spent
from gadfly.eval.dialogue import Examiner
from gadfly.eval.duel.hold import Table
from gadfly.eval.duel.plan import DUEL, DuelProtocol, make_duel
from gadfly.eval.event import Said
from gadfly.eval.manifest import Chosen, Manifest, ReadoutRecord, SuiteRecord, write_manifest
from gadfly.eval.plan import Protocol, made_with
from gadfly.eval.runner import Crew, RunResult, check_served
from gadfly.eval.seal import seal
from gadfly.eval.store import Store
from gadfly.scenarios.catalogue import library
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gadfly.bot.call import AskedAs
    from gadfly.bot.identity import Identity
    from gadfly.bot.respondent import Capabilities, ReadoutName, Respondent
    from gadfly.eval.duel.hold import Party
    from gadfly.eval.duel.plan import Bout, DuelPlan
    from gadfly.eval.event import Event

REPLY_TOKENS = 120
"""Longest line unless said otherwise; less for respondents known to be slow."""
_PARTIES: tuple[tuple[Party, AskedAs], ...] = (
    ("subject", "subject"),
    ("opponent", "interlocutor"),
    ("reader", "judge"),
)
"""Who sits at the table, and the role each is asked in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuelConfig:
    """What the user asked for, as given."""

    subject: str
    opponent: str
    reader: str = ""
    """Third party whose stance is read beside; the subject, in a thread of its own, for ""."""
    scenarios: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    limit: int | None = None
    rounds: int = 3
    replicates: int = 2
    seed: int = 0
    """Draws who opens and in which wording; the sampling epoch too."""
    temperature: float = 0.7
    reply_tokens: int | None = None
    readout: str = "auto"
    concurrency: int | None = None
    max_calls: int | None = None
    max_tokens: int | None = None
    respondent: RespondentConfig = field(default_factory=RespondentConfig)
    opponent_key_env: str | None = None
    """Variable with the opponent's API key: the subject's is never sent to it."""
    reader_key_env: str | None = None

    @property
    def specs(self) -> tuple[str, str, str]:
        """Who is subject, opponent and reader."""
        return self.subject, self.opponent, self.reader or self.subject

    @property
    def sampling(self) -> Sampling:
        """How lines are drawn."""
        short = min(SHORT_REPLIES.get(_bare(s), REPLY_TOKENS) for s in self.specs[:2])
        return Sampling(
            temperature=self.temperature, max_tokens=self.reply_tokens or min(short, REPLY_TOKENS)
        )

    def options_of(self, party: Party) -> RespondentConfig:
        """Return how a party is reached: keys and headers are the subject's alone."""
        if party == "subject" or (party == "reader" and not self.reader):
            return self.respondent
        key = self.opponent_key_env if party == "opponent" else self.reader_key_env
        return replace(self.respondent, api_key_env=key, headers=())


def duel_of(config: DuelConfig) -> DuelPlan:
    """Return the plan.

    Raises:
        ConfigError: A scenario is unknown or cannot be argued, or nothing is left.
    """
    return make_duel(
        library(),
        scenarios=config.scenarios,
        tags=config.tags,
        limit=config.limit,
        replicates=config.replicates,
        seed=config.seed,
    )


async def conduct(
    config: DuelConfig, plan: DuelPlan, folder: Path, emit: Callable[[Event], None]
) -> tuple[Manifest, RunResult]:
    """Hold all dialogues of a plan, resuming what is there, and seal what came of them.

    Raises:
        GadflyError: A respondent is wrong, gone, or another one than before; what is finished is
            kept.
    """
    respondents = _respondents(config)
    store = Store.create(folder)
    try:
        found = {
            party: await _seated(config, party, role, respondents[party], store, emit)
            for party, role in _PARTIES
        }
        names = cast(
            "tuple[ReadoutName, ReadoutName, ReadoutName]",
            tuple(found[party].readout for party, _ in _PARTIES),
        )
        protocol = DuelProtocol(
            rounds=config.rounds, sampling=config.sampling, readouts=names, epoch=config.seed
        )
        manifest = _manifest(config, plan, protocol, found)
        write_manifest(folder, manifest)
        result = await _go(config, plan, protocol, found, store, emit)
        return seal(folder, store), result
    finally:
        store.close()
        for respondent in respondents.values():
            await respondent.aclose()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seated:
    """A party that was reached."""

    respondent: Respondent
    identity: Identity
    role: AskedAs
    readout: ReadoutName
    reason: str


def _respondents(config: DuelConfig) -> dict[Party, Respondent]:
    """Build who takes part; whoever sits twice, reached the same way, is loaded once."""
    built: dict[tuple[str, RespondentConfig], Respondent] = {}
    found: dict[Party, Respondent] = {}
    for (party, _), spec in zip(_PARTIES, config.specs, strict=True):
        options = config.options_of(party)
        if (spec, options) not in built:
            built[spec, options] = make_respondent(spec, options, crib=library_crib)
        found[party] = built[spec, options]
    return found


async def _seated(
    config: DuelConfig,
    party: Party,
    role: AskedAs,
    respondent: Respondent,
    store: Store,
    emit: Callable[[Event], None],
) -> _Seated:
    """Reach a party, tie the store to it, and settle how its stance is read."""
    identity = await respondent.open(lambda text: emit(Said(f"{party}: {text}")))
    store.claim(identity, role=role)
    can = respondent.capabilities
    name, reason = _readout(config.readout, can)
    check_served(name, can)
    for note in (*can.why(name), *can.notes):
        emit(Said(f"{party}: {note}"))
    return _Seated(respondent=respondent, identity=identity, role=role, readout=name, reason=reason)


def _readout(requested: str, can: Capabilities) -> tuple[ReadoutName, str]:
    """Return the readout asked for, or the one a party needs, or sampled; and why."""
    named = None if requested == "auto" else cast("ReadoutName", requested)
    choice = calibration.settled(named, can)
    if choice is None:
        return "sampled", "the reference instrument"
    return choice.readout, choice.reason


async def _go(
    config: DuelConfig,
    plan: DuelPlan,
    protocol: DuelProtocol,
    seated: dict[Party, _Seated],
    store: Store,
    emit: Callable[[Event], None],
) -> RunResult:
    spent = Spent()
    callers: dict[Party, Caller] = {
        party: Caller(
            respondent=each.respondent,
            identity=each.identity,
            store=store,
            concurrency=config.concurrency or each.respondent.capabilities.concurrency,
            emit=emit,
            limits=Limits(calls=config.max_calls, tokens=config.max_tokens),
            epoch=config.seed,
            asked_as=each.role,
            spent=spent,
        )
        for party, each in seated.items()
    }
    table = Table(
        parties={
            party: Examiner(
                caller=callers[party],
                readout=make_readout(
                    each.readout,
                    temperature=config.temperature,
                    prefill=each.respondent.capabilities.prefill,
                ),
                protocol=Protocol(
                    readout=each.readout, sampling=protocol.sampling, epoch=config.seed
                ),
            )
            for party, each in seated.items()
        },
        rounds=config.rounds,
    )
    slots = min(c.concurrency for c in (callers["subject"], callers["opponent"]))
    crew: Crew[Bout] = Crew(hold=table.hold, store=store, emit=emit, workers=slots)
    planned = list(zip(plan.bouts, plan.keys(protocol), strict=True))
    return await crew.work(planned, list(callers.values()))


def _manifest(
    config: DuelConfig, plan: DuelPlan, protocol: DuelProtocol, seated: dict[Party, _Seated]
) -> Manifest:
    subject = seated["subject"]
    return Manifest(
        plan=plan.hash(protocol),
        chosen=Chosen(
            suite=DUEL,
            scenarios=config.scenarios,
            tags=config.tags,
            limit=config.limit,
            replicates=config.replicates,
        ),
        spec=subject.respondent.spec,
        respondent=asdict(subject.identity),
        suite=SuiteRecord(
            name=DUEL,
            version=debate.VERSION,
            digest=protocol.digest.hex()[:16],
            library=plan.library,
        ),
        readout=ReadoutRecord(
            name=subject.readout,
            requested=config.readout,
            reason=subject.reason,
            fidelity=None,
            notes=tuple(
                f"{party} {each.identity.model} is read by {each.readout} ({each.reason})"
                for party, each in seated.items()
            ),
        ),
        interlocutor=asdict(seated["opponent"].identity),
        reader=asdict(seated["reader"].identity),
        temperature=config.temperature,
        top_p=1.0,
        reply_tokens=protocol.sampling.max_tokens,
        epoch=config.seed,
        versions=made_with(),
    )


def _bare(spec: str) -> str:
    """Return the model under a sparring bot."""
    return spec.removeprefix("spar:")
