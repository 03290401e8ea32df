"""Sessions for other programs and for people: OpenAI and ShareGPT JSON lines, Markdown.

The JSON lines are what `gadfly score` reads. One record per branch; what got no reply is left out,
and replies that were stopped or broke off stand there as far as they came, and are named.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import orjson

from gadfly.bot.foreign import plain, printable
from gadfly.eval.chat.debrief import gauge_words, said_words
from gadfly.eval.chat.panel import Panel
from gadfly.eval.chat.turn import SPOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gadfly.eval.chat.gauge import Measures
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.turn import Branch, Turn

Format = Literal["md", "openai", "sharegpt"]
_SHARED = {"system": "system", "user": "human", "assistant": "gpt"}


def exported(session: Session, layout: Format, branch: str | None = None) -> str:
    """Return a session in a format: all its branches, or one.

    Raises:
        ConfigError: There is no such branch.
    """
    return _WRITERS[layout](session, branch)


def openai_lines(session: Session, branch: str | None = None) -> str:
    """Return `messages` records, one line per branch."""

    def record(messages: list[tuple[str, str]]) -> dict[str, Any]:
        return {"messages": [{"role": role, "content": text} for role, text in messages]}

    return _lines(session, branch, record)


def sharegpt_lines(session: Session, branch: str | None = None) -> str:
    """Return `conversations` records, one line per branch."""

    def record(messages: list[tuple[str, str]]) -> dict[str, Any]:
        found = [{"from": _SHARED[role], "value": text} for role, text in messages]
        return {"conversations": found}

    return _lines(session, branch, record)


def markdown(session: Session, branch: str | None = None) -> str:
    """Return a session as a Markdown page: what was said, marked, with the meters of each reply."""
    panel = Panel(session)
    lines = [f"# {plain(session.title or 'Session')}", "", *_particulars(session), ""]
    for found, thread in _threads(session, branch):
        measures = {m.turn: m for m in panel.all(found.name)}
        if len(session.branches) > 1:
            lines += [f"## Branch {plain(found.name)}", ""]
        for turn in thread:
            lines += [*_turn(turn, measures.get(turn.id)), ""]
    for label in session.labels:
        words = ", ".join(label.verdicts)
        by = f" by {plain(label.annotator)}" if label.annotator else ""
        note = f": {plain(label.note, 1000)}" if label.note else ""
        lines += [f"**Label of {plain(label.branch)}{by}:** {words}{note}", ""]
    return "\n".join(lines).rstrip() + "\n"


_WRITERS: Mapping[Format, Callable[[Session, str | None], str]] = {
    "md": markdown,
    "openai": openai_lines,
    "sharegpt": sharegpt_lines,
}


def _threads(session: Session, branch: str | None) -> Iterator[tuple[Branch, Sequence[Turn]]]:
    """Yield each branch that has something in it, or the named one."""
    chosen = session.branches if branch is None else (session.named(branch),)
    for found in chosen:
        if found.head is not None:
            yield found, session.path(found.head)


def _lines(
    session: Session,
    branch: str | None,
    record: Callable[[list[tuple[str, str]]], dict[str, Any]],
) -> str:
    found = []
    for named, thread in _threads(session, branch):
        spoken = [t for t in thread if t.role == "user" or t.status in SPOKEN]
        first = next((t.setup for t in spoken if t.setup is not None), session.setup)
        messages = [("system", first.prompt)] if first.prompt else []
        messages += [(t.role, t.text) for t in spoken]
        row = {"id": f"{session.id}/{named.name}", **record(messages)}
        row["gadfly"] = _about(session, spoken)
        found.append(orjson.dumps(row).decode())
    return "".join(f"{line}\n" for line in found)


def _about(session: Session, thread: Sequence[Turn]) -> dict[str, Any]:
    """Return what is beside the words: question, models, marks, what is not whole."""
    topic = session.topic
    question = None
    if topic is not None:
        about = topic.about
        question = {"family": about.family, "question": about.question, "a": about.a, "b": about.b}
    return {
        "title": session.title,
        "question": question,
        "models": list(dict.fromkeys(t.setup.model for t in thread if t.setup is not None)),
        "marks": [[t.number, m.kind, m.detail] for t in thread for m in t.marks],
        "not_whole": [
            [t.number, t.status] for t in thread if t.role == "assistant" and not t.is_whole
        ],
    }


def _particulars(session: Session) -> list[str]:
    setup, topic = session.setup, session.topic
    began = datetime.fromtimestamp(session.head.created).astimezone()
    lines = [f"- {began:%Y-%m-%d %H:%M}, session `{session.id}`", f"- model: `{setup.model}`"]
    if setup.prompt:
        lines.append(f"- system prompt: {plain(setup.prompt, 2000)}")
    if topic is not None:
        lines += [
            f"- question: {plain(topic.about.question, 1000)}",
            f"- A: {plain(topic.about.a, 1000)}",
            f"- B: {plain(topic.about.b, 1000)}",
        ]
    if session.head.readout:
        lines.append(f"- stance read by: {session.head.readout} ({session.head.readout_reason})")
    return lines


def _turn(turn: Turn, measures: Measures | None) -> list[str]:
    if turn.role == "user":
        marks = ", ".join(f"{m.kind} {m.detail}".strip() for m in turn.marks)
        head = f"**You {turn.number}**" + (f" ({marks})" if marks else "")
        return [head, "", printable(turn.text)]
    model = turn.setup.model if turn.setup is not None else "planted"
    head = f"**{plain(model)} {turn.number}**"
    if turn.status != "finished":
        head += f" ({turn.status}{f': {plain(turn.problem)}' if turn.problem else ''})"
    lines = [head, "", printable(turn.text)]
    if measures is not None and measures.said is not None:
        stance, repeats = gauge_words(measures.stance), gauge_words(measures.repetition)
        said = f"says {said_words(measures)}"
        lines += ["", f"> {said} · p(A) {stance} · repeats itself {repeats}"]
    return lines
