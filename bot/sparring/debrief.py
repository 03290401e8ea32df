"""The debrief: what moved the bot, what did not, and where the two still differ.

A pure function of a state, rendered as Markdown: nothing is asked of any model.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.bot.readout.likelihood import logistic
from gadfly.bot.sparring.question import inside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gadfly.bot.proposition import Side
    from gadfly.bot.sparring.ledger import Claim, Reason
    from gadfly.bot.sparring.state import Moved, State, Topic

_LEAST = 0.005
"""Change of credence below which a message moved nothing."""
_SETTING = ("assigns", "asks", "aside", "recalls", "crux", "beside", "unclear")
"""What neither argues nor presses is no part of the account."""
_SHOWN = 160
"""Characters of a message shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """What a spar came to."""

    topic: Topic | None
    moved: tuple[Moved, ...]
    """User messages that moved it, the strongest first."""
    unmoved: tuple[Moved, ...]
    """The other ones on the question, in order."""
    contradictions: tuple[tuple[Claim, Claim], ...]
    """Pairs of the user's own claims that took opposite sides, one after the other."""
    unanswered: tuple[Reason, ...]
    """Reasons of the bot's that the user never took up."""
    flawed: tuple[Reason, ...]
    """Reasons of the user's judged flawed."""
    unsaid: str
    """The strongest reply the user did not get to, "" where none was looked for."""
    differ: bool
    """Whether the user's last side is not the bot's."""


def debriefed(state: State, unsaid: str = "") -> Debrief:
    """Return what a spar came to, on the question under discussion.

    Args:
        state: Where the bot stands at the end.
        unsaid: The strongest reply the user did not get to (`SparringBot.unsaid`).
    """
    topic = state.topic
    if topic is None:
        return Debrief(
            topic=None,
            moved=(),
            unmoved=(),
            contradictions=(),
            unanswered=(),
            flawed=(),
            unsaid="",
            differ=False,
        )
    on_topic = [m for m in state.moves if m.before is not None and m.kind not in _SETTING]
    moved = sorted((m for m in on_topic if abs(m.shift) > _LEAST), key=lambda m: -abs(m.shift))
    claims = [c for c in topic.ledger.claims if c.by == "user"]
    unanswered = tuple(r for r in topic.ledger.of("bot") if r.status == "standing")
    side = topic.ledger.side
    return Debrief(
        topic=topic,
        moved=tuple(moved),
        unmoved=tuple(m for m in on_topic if abs(m.shift) <= _LEAST),
        contradictions=tuple((one, two) for one, two in pairwise(claims) if one.side != two.side),
        unanswered=unanswered,
        flawed=tuple(r for r in topic.ledger.of("user") if r.verdict == "flawed"),
        unsaid=unsaid,
        differ=bool(claims) and claims[-1].side != side,
    )


def debrief(state: State, unsaid: str = "") -> str:
    """Return the debrief of a spar as Markdown; see `debriefed`."""
    found = debriefed(state, unsaid)
    if found.topic is None:
        return "# Debrief\n\nNo question was argued: there is nothing to look back on.\n"
    parts = ["# Debrief", _outcome(state, found)]
    parts += _section(
        "What moved me", (_moved(m, found.topic) for m in found.moved), "Nothing you said moved me."
    )
    parts += _section("What did not, and why", (_still(m) for m in found.unmoved), "")
    parts += _section(
        "Contradictions in what you said",
        (
            f"{_quote(one.text)} (message {one.at + 1}) was for "
            f"“{_stated(found.topic, one.side)}”; {_quote(two.text)} (message {two.at + 1}) was "
            f"for “{_stated(found.topic, two.side)}”"
            for one, two in found.contradictions
        ),
        "None that I could see.",
    )
    parts += _section(
        "Objections of mine you left unanswered",
        (f"{r.text} (message {r.at + 1})" for r in found.unanswered),
        "None.",
    )
    parts += _section(
        "Flawed reasons you used",
        (f"{_quote(r.text)} {r.why}" for r in found.flawed),
        "None.",
    )
    parts += _section(
        "The strongest reply you did not get to",
        [found.unsaid] if found.unsaid else [],
        "",
    )
    parts += _section("Where we still differ", _cruxes(found), "")
    return "\n".join(parts).rstrip() + "\n"


def _outcome(state: State, found: Debrief) -> str:
    topic = found.topic
    assert topic is not None
    first = logistic(topic.ledger.opening)
    side = topic.ledger.side
    start, end = (p if side == "a" else 1.0 - p for p in (first, topic.ledger.credence))
    role = f" I spoke as {state.role}." if state.role else ""
    return (
        f"\n**Question:** {topic.about.question}\n\n"
        f"**Where I stand:** {topic.about.statement(side)} ({end:.0%} sure; {start:.0%} when we "
        f"began).{role} {topic.how}\n"
    )


def _section(title: str, items: Iterable[str], otherwise: str) -> list[str]:
    lines = [f"- {item}" for item in items]
    if not lines and not otherwise:
        return []
    return [f"## {title}", "", *(lines or [otherwise]), ""]


def _moved(moved: Moved, topic: Topic) -> str:
    toward: Side = "a" if moved.shift > 0 else "b"
    return (
        f"{_quote(moved.text)} (message {moved.at + 1}): {100 * abs(moved.shift):.0f} points "
        f"towards “{_stated(topic, toward)}” {moved.why}"
    )


def _still(moved: Moved) -> str:
    return f"{_quote(moved.text)} (message {moved.at + 1}). {moved.why}"


def _cruxes(found: Debrief) -> list[str]:
    topic = found.topic
    assert topic is not None
    side = topic.ledger.side
    if not found.differ:
        return ["By the end we were on the same side, or you took none."]
    lines = [f"I hold that {_inside(topic, side)}; you hold that {_inside(topic, other(side))}."]
    open_reasons = [
        r
        for r in topic.ledger.of("user", other(side))
        if r.status != "withdrawn" and r.verdict != "sound"
    ]
    lines += [f"You rest on {_quote(r.text)} I do not grant it: {r.why}" for r in open_reasons[:3]]
    lines += [f"I rest on this, which stands: {r.text}" for r in found.unanswered[-2:]]
    if len(lines) == 1:
        lines.append("No reason stands between us: how much each consideration weighs does.")
    return lines


def _stated(topic: Topic, side: Side) -> str:
    return topic.about.statement(side)


def _inside(topic: Topic, side: Side) -> str:
    return inside(topic.about.statement(side), topic.about.question)


def _quote(text: str) -> str:
    plain = " ".join(text.split())
    shown = plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1].rsplit(" ", 1)[0] + " …"
    return f"“{shown}”"
