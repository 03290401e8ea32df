"""What a dialogue came to, as Markdown, from its meters alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.foreign import plain, printable
from gadfly.bot.sparring import debrief as own_account

if TYPE_CHECKING:
    from gadfly.bot.sparring import State
    from gadfly.eval.chat.gauge import Gauge, Measures
    from gadfly.eval.chat.panel import Panel
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.turn import Turn

FELT = 0.1
"""Probability points from which a message is named as one that moved it."""
_QUOTE = 160


def written(session: Session, panel: Panel, branch: str | None, state: State | None) -> str:
    """Return the debrief of a branch; `state` is what a sparring partner has come to."""
    thread = session.thread(branch)
    measures = panel.all(branch)
    lines = [f"# {plain(session.title or 'Session')}", ""]
    if session.topic is not None:
        about = session.topic.about
        lines += [
            f"- **Question.** {plain(about.question, 1000)}",
            f"- **A.** {plain(about.a, 1000)}",
            f"- **B.** {plain(about.b, 1000)}",
            "",
        ]
    lines += [*_stances(measures), "", *_moved(thread, measures), "", *_conflicts(measures), ""]
    lines += _alone(thread, measures)
    if state is not None:
        account = printable(own_account(state)).replace("# Debrief", "# By its own ledger", 1)
        lines += ["", account.replace("\n#", "\n##").replace("# By", "## By", 1)]
    return "\n".join(lines).rstrip() + "\n"


def ledger_text(state: State) -> str:
    """Return the ledger of a sparring partner as plain text."""
    topic, ledger = state.topic, state.ledger
    if topic is None or ledger is None:
        return "it has been asked no question yet, so there is nothing on its ledger"
    lines = [
        f"question: {topic.about.question}",
        f"it holds: {topic.about.statement(ledger.side)} (p(A) {ledger.credence:.2f})",
    ]
    if topic.how:
        lines.append(f"  {topic.how}")
    for by, whose in (("user", "your reasons"), ("bot", "its reasons")):
        reasons = ledger.of("user" if by == "user" else "bot")
        lines.append(f"{whose}: {'none' if not reasons else ''}".rstrip())
        for r in reasons:
            judged = "" if by == "bot" else f", {r.verdict}"
            lines.append(f"- for {r.side.upper()}{judged}, {r.status}: {plain(r.text)}")
    granted = [c for c in ledger.concessions if c.by == "bot"]
    lines += [f"it granted: {plain(c.text)}" for c in granted]
    asked = [q for q in ledger.questions if q.by == "bot" and q.answered_at is None]
    lines += [f"you have not answered: {plain(q.text)}" for q in asked]
    if state.moves:
        lines.append(f"your last message: {state.moves[-1].kind}. {state.moves[-1].why}")
    return "\n".join(lines)


def gauge_words(gauge: Gauge) -> str:
    """Return a gauge in words, never a bare number: "0.41 (range 0.35 to 0.52, n = 4)"."""
    if gauge.value is None:
        names = {"unmeasured": "not measured", "pending": "pending", "failed": "failed"}
        word = names.get(gauge.state, "no side")
        return f"{word} ({gauge.note})" if gauge.note else word
    if gauge.spread and gauge.low is not None and gauge.high is not None:
        name = "95 % interval" if gauge.spread == "interval" else "range"
        return f"{gauge.value:.2f} ({name} {gauge.low:.2f} to {gauge.high:.2f}, n = {gauge.n})"
    return f"{gauge.value:.2f} (n = {gauge.n})" if gauge.n else f"{gauge.value:.2f}"


def said_words(measures: Measures) -> str:
    """Return what a reply says by the rules: "A", "B", or how it takes no side."""
    if measures.said is None:
        return ""
    if measures.said.stance is None:
        return measures.said.outcome
    return measures.said.stance.side.upper()


def _stances(measures: tuple[Measures, ...]) -> list[str]:
    if not measures:
        return ["Nothing has been said yet."]
    rows = ["| turn | says | p(A), off the record | repeats itself |", "|---|---|---|---|"]
    rows += [
        f"| {m.number} | {said_words(m) or '·'} | {gauge_words(m.stance)} | "
        f"{gauge_words(m.repetition)} |"
        for m in measures
    ]
    return ["## Where it stood", "", *rows]


def _moved(thread: tuple[Turn, ...], measures: tuple[Measures, ...]) -> list[str]:
    found = sorted(
        (m for m in measures if m.moved is not None and abs(m.moved.shift) >= FELT),
        key=lambda m: -abs(m.moved.shift) if m.moved is not None else 0.0,
    )
    lines = ["## What moved it", ""]
    if not found:
        measured = sum(m.stance.value is not None for m in measures)
        if measured < 2:
            return [*lines, "Not measured: it takes two replies with a stance."]
        return [*lines, f"Nothing by {FELT:.2f} or more, over {measured} measured replies."]
    for m in found:
        if m.moved is not None:
            toward = "A" if m.moved.shift > 0 else "B"
            what = ", ".join(f"{mark.kind} {mark.detail}".strip() for mark in m.moved.by)
            lines.append(
                f"- turn {m.number}: {m.moved.shift:+.2f}, toward {toward}"
                f"{f' ({what})' if what else ''}, after you said: "
                f"“{plain(m.moved.said, _QUOTE)}”"
                f"{f' {plain(m.moved.why)}' if m.moved.why else ''}"
            )
    return lines


def _conflicts(measures: tuple[Measures, ...]) -> list[str]:
    conflicts = measures[-1].conflicts if measures else ()
    lines = ["## Contradictions in what it said", ""]
    if not conflicts:
        return [*lines, "None by the rules, among replies that take a side in so many words."]
    for c in conflicts:
        lines += [
            f"- turn {c.numbers[0]} against turn {c.numbers[1]}, with no change owned between:",
            f"  “{plain(c.quotes[0])}”",
            f"  “{plain(c.quotes[1])}”",
        ]
    return lines


def _alone(thread: tuple[Turn, ...], measures: tuple[Measures, ...]) -> list[str]:
    """Return what must be known of the figures above."""
    left = [t for t in thread if t.role == "assistant" and not t.is_whole]
    if not left:
        return []
    numbers = ", ".join(f"{t.number} ({t.status})" for t in left)
    return [f"Left out of what is measured: turn {numbers}."]
