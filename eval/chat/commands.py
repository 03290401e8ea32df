"""The slash commands: one list, for the line mode, the terminal UI, the help and the manual."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from gadfly.bot.errors import ConfigError, unknown
from gadfly.bot.foreign import plain, printable
from gadfly.eval.chat import moves
from gadfly.eval.chat.debrief import gauge_words, ledger_text, said_words
from gadfly.eval.chat.export import exported
from gadfly.eval.chat.label import VERDICTS
from gadfly.eval.chat.topic import topic_of
from gadfly.eval.chat.turn import SPOKEN
from gadfly.scenarios import phrase
from gadfly.scenarios.persona import PERSONAS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from gadfly.eval.chat.export import Format
    from gadfly.eval.chat.gauge import Measures
    from gadfly.eval.chat.partner import Partner
    from gadfly.eval.chat.turn import Turn
    from gadfly.scenarios.phrase import PushKind

SLASH = "/"


class Desk(Protocol):
    """What a command works with."""

    @property
    def partner(self) -> Partner:
        """Who is talked to."""
        ...

    def tell(self, text: str) -> None:
        """Show the user text of our own or foreign text; it is made harmless here."""
        ...

    def leave(self) -> None:
        """End the session's window; what was said is kept."""
        ...


@dataclass(frozen=True, slots=True)
class Command:
    """One command."""

    name: str
    arguments: str
    """As shown in its help: "[N] [NAME]"."""
    summary: str
    """What it does, one sentence."""
    run: Callable[[Desk, str], Awaitable[None]] = field(repr=False)
    """Does it, given what stands after its name.

    Raises:
        ConfigError: The arguments are wrong, or it cannot be done now; says what to do.
    """

    @property
    def usage(self) -> str:
        """How it is written: "/fork [N] [NAME]"."""
        return f"{SLASH}{self.name} {self.arguments}".rstrip()


async def perform(desk: Desk, line: str) -> None:
    """Do what a line that begins with a slash says; a unique beginning of a name is enough.

    Raises:
        ConfigError: There is no such command, or it cannot be done.
    """
    name, _, rest = line.removeprefix(SLASH).partition(" ")
    await named(name).run(desk, rest.strip())


def named(name: str) -> Command:
    """Return a command by its name, or by the beginning of one.

    Raises:
        ConfigError: There is none, or there are several.
    """
    by_name = {command.name: command for command in COMMANDS}
    if name in by_name:
        return by_name[name]
    near = [n for n in by_name if name and n.startswith(name)]
    if len(near) > 1:
        raise ConfigError(f"/{name} may be {' or '.join(f'/{n}' for n in near)}: say which")
    if not near:
        raise unknown("command", name, by_name, hint="/help lists them")
    return by_name[near[0]]


async def _help(desk: Desk, rest: str) -> None:
    if rest:
        found = named(rest.removeprefix(SLASH))
        desk.tell(f"{found.usage}: {found.summary}")
        return
    width = max(len(command.usage) for command in COMMANDS)
    desk.tell("\n".join(f"{c.usage:<{width}}  {c.summary}" for c in COMMANDS))


async def _quit(desk: Desk, rest: str) -> None:
    desk.leave()


async def _again(desk: Desk, rest: str) -> None:
    await desk.partner.regenerate(_reply_id(desk, rest))


async def _retry(desk: Desk, rest: str) -> None:
    await desk.partner.retry()


async def _continue(desk: Desk, rest: str) -> None:
    await desk.partner.go_on()


async def _draws(desk: Desk, rest: str) -> None:
    partner = desk.partner
    head = partner.session.branch.head
    draws = [] if head is None else list(partner.session.siblings(head))
    draws = [t for t in draws if t.role == "assistant" and t.status in SPOKEN]
    if not draws:
        raise ConfigError("there is no reply yet")
    if rest:
        partner.choose(draws[_number(rest, len(draws)) - 1].id)
        return
    desk.tell(
        "\n".join(
            f"{'>' if t.id == head else ' '} {i}  {plain(t.text, 90)}"
            for i, t in enumerate(draws, 1)
        )
    )


async def _edit(desk: Desk, rest: str) -> None:
    number, _, text = rest.partition(" ")
    asked, _ = desk.partner.session.exchange(_number(number))
    await desk.partner.edit(asked.id, text)


async def _fork(desk: Desk, rest: str) -> None:
    number, _, name = rest.partition(" ")
    session = desk.partner.session
    at = session.branch.head
    if number.isdigit():
        asked, reply = session.exchange(int(number)) if int(number) else (None, None)
        at = reply.id if reply is not None else (asked.parent if asked is not None else None)
    else:
        name = rest
    branch = desk.partner.fork(at, name)
    turn = session.turns[at].number if at is not None else 0
    desk.tell(f"on branch {branch.name}, after turn {turn}; the others are as they were")


async def _branches(desk: Desk, rest: str) -> None:
    session = desk.partner.session
    if rest:
        desk.partner.switch(rest)
        desk.tell(f"on branch {rest}, {session.last_number()} turns")
        return
    lines = []
    for branch in session.branches:
        here = ">" if branch.name == session.branch.name else " "
        origin = branch.origin
        start = "" if origin is None else f", from turn {session.turns[origin].number}"
        lines.append(f"{here} {branch.name}: {session.last_number(branch.name)} turns{start}")
    desk.tell("\n".join(lines))


async def _ask(desk: Desk, rest: str) -> None:
    await desk.partner.ask(_number(rest or "0", low=0))


async def _paraphrase(desk: Desk, rest: str) -> None:
    session = desk.partner.session
    if rest:
        number = _number(rest)
    else:
        # The next wording that has not been used in this session.
        used = {t.text for t in session.turns.values()}
        topic = session.topic
        if topic is None:
            raise ConfigError(moves.NO_TOPIC)
        fresh = (i for i, w in enumerate(topic.wordings) if i and w.text not in used)
        number = next(fresh, 1)
    await desk.partner.ask(number, branch=True)


async def _wordings(desk: Desk, rest: str) -> None:
    topic = desk.partner.session.topic
    if topic is None:
        raise ConfigError(moves.NO_TOPIC)
    desk.tell("\n".join(f"{i}  {w.text}" for i, w in enumerate(topic.wordings)))


async def _confront(desk: Desk, rest: str) -> None:
    conflicts = desk.partner.conflicts()
    chosen = None
    if rest:
        numbers = tuple(int(w) for w in rest.split() if w.isdigit())
        chosen = next((c for c in conflicts if c.numbers == numbers), None)
        if chosen is None:
            there = ", ".join(f"{c.numbers[0]} {c.numbers[1]}" for c in conflicts) or "none"
            raise ConfigError(f"turns {rest} are not in conflict; pairs that are: {there}")
    await desk.partner.confront(chosen)


async def _push(desk: Desk, rest: str) -> None:
    await desk.partner.push(cast("PushKind", rest or "bare"))


async def _argue(desk: Desk, rest: str) -> None:
    topic = desk.partner.session.topic
    if topic is None:
        raise ConfigError(moves.NO_TOPIC)
    if rest:
        await desk.partner.argue(moves.argument(topic, rest))
        return
    if not topic.arguments:
        raise ConfigError(f"{topic.id!r} has no arguments in the bank: make one yourself")
    lines = [f"A: {topic.about.a}", f"B: {topic.about.b}"]
    for a in topic.arguments:
        wrong = f" ({a.fallacy})" if a.fallacy else ""
        lines.append(f"{a.name}{wrong}: {plain(a.text, 120)}")
    desk.tell("\n".join(lines))


async def _swap(desk: Desk, rest: str) -> None:
    await desk.partner.swap()


async def _devil(desk: Desk, rest: str) -> None:
    await desk.partner.devil()


async def _persona(desk: Desk, rest: str) -> None:
    if not rest:
        now = desk.partner.session.setup.persona or "nobody in particular"
        desk.tell(f"it answers as {now}; known: {', '.join(PERSONAS)}, or any words, or off")
        return
    desk.partner.persona("" if rest == "off" else rest)
    desk.tell("from the next reply on")


async def _system(desk: Desk, rest: str) -> None:
    setup = desk.partner.session.setup
    if not rest:
        desk.tell(setup.prompt or "there is no system prompt")
        return
    desk.partner.use(replace(setup, system="" if rest == "off" else rest))
    desk.tell("from the next reply on")


async def _model(desk: Desk, rest: str) -> None:
    setup = desk.partner.session.setup
    if not rest:
        desk.tell(f"{setup.model} (see `gadfly models` for others)")
        return
    desk.partner.use(replace(setup, model=rest))
    if not await desk.partner.open():
        desk.partner.use(setup)
        desk.tell(f"still {setup.model}")


async def _topic(desk: Desk, rest: str) -> None:
    partner = desk.partner
    if rest:
        partner.set_topic(None if rest == "off" else topic_of(rest))
    topic = partner.session.topic
    if topic is None:
        desk.tell("no question: nothing is measured but repetition")
        return
    desk.tell(f"{topic.id}: {topic.about.question}\nA: {topic.about.a}\nB: {topic.about.b}")


async def _probe(desk: Desk, rest: str) -> None:
    name, _, arm = rest.partition(" ")
    if not name:
        raise ConfigError("say which probe: `gadfly probes list` names them")
    why = await desk.partner.probe(name, arm.strip())
    desk.tell(f"the probe is done{f': {why}' if why else ''}; the keyboard is yours")


async def _meters(desk: Desk, rest: str) -> None:
    if desk.partner.session.head.blind:
        raise ConfigError("the meters are hidden: /blind off shows them")
    found = desk.partner.measures()
    desk.tell("\n".join(meter_line(m) for m in found) or "nothing has been said yet")


async def _why(desk: Desk, rest: str) -> None:
    partner, session = desk.partner, desk.partner.session
    if session.head.blind:
        raise ConfigError("the meters are hidden: /blind off shows them")
    _, reply = session.exchange(_number(rest) if rest else session.last_number())
    if reply is None:
        raise ConfigError("there is no reply in this turn")
    calls = partner.evidence(reply.id)
    found = next(m for m in partner.measures() if m.turn == reply.id)
    lines = [meter_line(found)]
    for call in calls:
        asked = call.conversation.message
        lines += ["", "asked off the record:", asked.text if asked is not None else ""]
        if call.completion.text:
            lines.append(f"answered: {plain(call.completion.text)}")
        lines += [f"  {o}: {v:.2f}" for o, v in sorted(call.completion.logprobs.items())]
    if not calls:
        lines.append("its stance was not read off the record")
    desk.tell("\n".join(lines))


async def _measure(desk: Desk, rest: str) -> None:
    desk.tell(meter_line(await desk.partner.measure(_reply_id(desk, rest))))


async def _blind(desk: Desk, rest: str) -> None:
    if rest not in ("on", "off"):
        raise ConfigError("write /blind on, or /blind off")
    desk.partner.session.set_blind(rest == "on")
    desk.tell("meters are hidden" if rest == "on" else "meters are shown")


async def _label(desk: Desk, rest: str) -> None:
    words, _, note = rest.partition(":")
    if not words.strip():
        raise ConfigError(f"write /label and one of {', '.join(VERDICTS)}; a note after a colon")
    label = desk.partner.label(words, note=note.strip())
    desk.tell(f"branch {label.branch} is labelled {', '.join(label.verdicts)}")


async def _debrief(desk: Desk, rest: str) -> None:
    text = await desk.partner.debrief()
    if rest:
        _save(rest, text)
        desk.tell(f"saved as {rest}")
    else:
        desk.tell(text)


async def _ledger(desk: Desk, rest: str) -> None:
    if desk.partner.session.head.blind:
        raise ConfigError("the meters are hidden: /blind off shows them")
    state = await desk.partner.state()
    if state is None:
        raise ConfigError("only a sparring partner keeps a ledger: /model spar:SPEC")
    desk.tell(ledger_text(state))


async def _show(desk: Desk, rest: str) -> None:
    session = desk.partner.session
    desk.tell("\n\n".join(turn_text(t) for t in session.thread()) or "nothing has been said yet")


async def _export(desk: Desk, rest: str) -> None:
    if not rest:
        raise ConfigError("name the file: .md for Markdown, .jsonl for OpenAI messages")
    layout: Format = "openai" if Path(rest).suffix in (".jsonl", ".json") else "md"
    _save(rest, exported(desk.partner.session, layout))
    desk.tell(f"saved as {rest}")


async def _rename(desk: Desk, rest: str) -> None:
    desk.partner.session.rename(rest)
    desk.tell(f"this session is called {desk.partner.session.title}")


COMMANDS: tuple[Command, ...] = (
    Command("help", "[COMMAND]", "List the commands, or explain one.", _help),
    Command(
        "again", "[N]", "Draw the last reply once more, or that of turn N on a branch.", _again
    ),
    Command("draws", "[I]", "List the draws of the last reply, or go to the I-th.", _draws),
    Command("continue", "", "Continue a reply that was stopped or cut.", _continue),
    Command("retry", "", "Send the last message again that got no reply.", _retry),
    Command("edit", "N TEXT", "Say TEXT in place of your turn N, on a new branch.", _edit),
    Command("fork", "[N] [NAME]", "Go on after turn N (0: afresh) on a new branch.", _fork),
    Command("branches", "[NAME]", "List the branches, or go to one.", _branches),
    Command("ask", "[I]", "Put the question, in wording I.", _ask),
    Command("paraphrase", "[I]", "Put the question in another wording, on a branch.", _paraphrase),
    Command("wordings", "", "List the wordings of the question.", _wordings),
    Command("confront", "[N M]", "Put two answers to it that are in conflict.", _confront),
    Command("push", "[KIND]", f"Disagree without a reason: {', '.join(phrase.PUSHES)}.", _push),
    Command("argue", "[NAME]", "List the arguments of the bank, or put one: strong a.", _argue),
    Command("swap", "", "Swap sides with it.", _swap),
    Command("devil", "", "Have it play devil's advocate.", _devil),
    Command("persona", "[WHO]", "Have it answer as somebody, or off.", _persona),
    Command("system", "[TEXT]", "Show the system prompt, or set it, or off.", _system),
    Command("model", "[SPEC]", "Say who answers, or have another model answer.", _model),
    Command("topic", "[FAMILY]", "Show the question, or take one of the library, or off.", _topic),
    Command("probe", "NAME [ARM]", "Hand the keyboard to a probe, on a branch.", _probe),
    Command("meters", "", "Show what is measured of each reply.", _meters),
    Command("why", "[N]", "Show how the stance of turn N was read.", _why),
    Command("measure", "[N]", "Read the stance of a reply that was not measured.", _measure),
    Command("blind", "on|off", "Hide the meters, or show them.", _blind),
    Command("label", "WHAT [: NOTE]", f"Label the dialogue: {', '.join(VERDICTS)}.", _label),
    Command("debrief", "[FILE]", "Say what the dialogue came to, or save that.", _debrief),
    Command("ledger", "", "Show what a sparring partner has on its ledger.", _ledger),
    Command("show", "", "Show what has been said.", _show),
    Command("export", "FILE", "Save the session: FILE.md, or FILE.jsonl for `score`.", _export),
    Command("rename", "TITLE", "Give the session another title.", _rename),
    Command("quit", "", "Leave; the session is kept.", _quit),
)


def meter_line(m: Measures) -> str:
    """Return what is known of a reply as one line of words."""
    parts = [f"turn {m.number}:"]
    if m.said is not None:
        parts.append(f"says {said_words(m)};")
    parts.append(f"p(A) {gauge_words(m.stance)};")
    if m.credence.value is not None:
        parts.append(f"credence {gauge_words(m.credence)};")
    if m.moved is not None:
        marks = ", ".join(mark.kind for mark in m.moved.by)
        by = f" ({marks})" if marks else ""
        parts.append(f"moved {m.moved.shift:+.2f} since turn {m.moved.since}{by};")
    parts.append(f"repeats itself {gauge_words(m.repetition)};")
    pairs = ", ".join(f"{c.numbers[0]} vs {c.numbers[1]}" for c in m.conflicts)
    parts.append(f"in conflict {gauge_words(m.consistency)}{f': {pairs}' if pairs else ''}")
    if m.confronted:
        parts.append(f"; confronted, it {m.confronted}")
    return " ".join(parts)


def turn_text(turn: Turn) -> str:
    """Return a turn as plain text, with who said it and what became of it."""
    who = "You" if turn.role == "user" else "Model"
    notes = [f"{m.kind} {m.detail}".strip() for m in turn.marks]
    if turn.status not in ("finished", "streaming"):
        notes.append(turn.status)
    noted = f" ({', '.join(notes)})" if notes else ""
    return f"{who} {turn.number}{noted}: {printable(turn.text)}"


def _number(text: str, high: int | None = None, *, low: int = 1) -> int:
    if not text.isdigit() or int(text) < low or (high is not None and int(text) > high):
        there = f"from {low} to {high}" if high is not None else f"from {low}"
        raise ConfigError(f"{text!r} is no number {there}")
    return int(text)


def _reply_id(desk: Desk, rest: str) -> int | None:
    """Return the id of the reply of a turn, None for the last one."""
    if not rest:
        return None
    _, reply = desk.partner.session.exchange(_number(rest))
    if reply is None:
        raise ConfigError(f"there is no reply in turn {rest}")
    return reply.id


def _save(name: str, text: str) -> None:
    path = Path(name).expanduser()
    if path.exists():
        raise ConfigError(f"{name!r} exists: name another file")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as e:
        raise ConfigError(f"cannot write {name!r}: {e.strerror or e}") from e


def completions(start: str) -> Sequence[Command]:
    """Return the commands whose name begins with what was typed after the slash."""
    return [c for c in COMMANDS if c.name.startswith(start.removeprefix(SLASH).strip())]
