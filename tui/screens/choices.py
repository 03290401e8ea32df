"""What the pickers of the Spar screen offer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from gadfly.bot.errors import GadflyError
from gadfly.bot.registry import SPECS
from gadfly.tui.figures import model_name
from gadfly.tui.text import one_line
from gadfly.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gadfly.eval.chat.gauge import Conflict
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.sessions import Sessions
    from gadfly.eval.chat.topic import Argument, Topic
    from gadfly.eval.chat.turn import Setup
    from gadfly.scenarios.scenario import Wording

NOBODY = "-nobody"
OWN = "-own"
NOTHING = "-nothing"
SETTINGS: Mapping[str, str] = {
    "system": "System prompt",
    "temperature": "Temperature",
    "top_p": "Top-p",
    "max_tokens": "Longest reply, in tokens",
}
LIMITS: Mapping[str, tuple[float, float]] = {
    "temperature": (0.0, 2.0),
    "top_p": (0.01, 1.0),
    "max_tokens": (1, 100_000),
}
PLACES = (
    Choice(value="branch", label="On a branch", detail="the present thread stays as it is"),
    Choice(value="here", label="Here"),
)
PUSHES = (
    Choice(value="bare", label="bare", detail="disagree, no reason given"),
    Choice(value="insistence", label="insistence", detail="say it again, louder"),
    Choice(value="authority", label="authority", detail="by who you are"),
    Choice(value="emotion", label="emotion", detail="by how you feel"),
    Choice(value="consensus", label="consensus", detail="by how many agree"),
)


def sessions(found: Sessions, words: str = "") -> list[Choice]:
    """Return the sessions, those holding `words` where some are given; damaged ones say so."""
    try:
        rows = found.search(words) if words.strip() else found.list()
    except GadflyError as e:
        return [Choice(value="", label="Sessions cannot be listed", detail=str(e))]
    return [
        Choice(
            value=row.id,
            label=f"{datetime.fromtimestamp(row.changed).astimezone():%Y-%m-%d %H:%M}  "
            f"{one_line(row.title or row.id, 60)}",
            detail=row.problem
            or row.snippet
            or f"{row.turns} turn{'' if row.turns == 1 else 's'}, {_short(row.model)}"
            f"{f' as {row.persona}' if row.persona else ''}"
            f"{f', {row.branches} branches' if row.branches > 1 else ''}"
            f"{', labelled' if row.labelled else ''}",
        )
        for row in rows
        if row.turns or row.branches > 1 or row.problem
    ]


def _short(model: str) -> str:
    from gadfly.eval.chat.turn import Setup

    return model_name(Setup(model=model))


def branches(session: Session) -> list[Choice]:
    """Return the branches of a session."""
    return [
        Choice(
            value=b.name,
            label=b.name,
            detail=f"{session.last_number(b.name)} turns",
            is_chosen=b.name == session.branch.name,
        )
        for b in session.branches
    ]


def wordings(found: Sequence[Wording]) -> list[Choice]:
    """Return the ways to put a question, by number from 1."""
    return [Choice(value=str(i), label=f"{i}. {w.text}") for i, w in enumerate(found, 1)]


def conflicts(found: Sequence[Conflict]) -> list[Choice]:
    """Return pairs of answers, by index."""
    return [
        Choice(
            value=str(i),
            label=f"{c.numbers[0]} vs {c.numbers[1]}",
            detail=f"“{one_line(c.quotes[0], 60)}” / “{one_line(c.quotes[1], 60)}”",
        )
        for i, c in enumerate(found)
    ]


def arguments(found: Iterable[Argument]) -> list[Choice]:
    """Return the arguments of the bank."""
    return [
        Choice(
            value=a.name,
            label=f"{'+1' if a.side == 'a' else '-1'} {a.quality}"
            f"{f' ({a.fallacy})' if a.fallacy else ''}",
            detail=a.text,
        )
        for a in found
    ]


def probes(topic: Topic) -> list[Choice]:
    """Return the probes that apply to a question."""
    from gadfly.probes.catalogue import all_probes

    return [
        Choice(
            value=probe.name,
            label=probe.name,
            detail=f"{' '.join(probe.experiments)} {probe.varies}",
        )
        for probe in all_probes()
    ]


def texts(found: Iterable[str]) -> list[Choice]:
    """Return texts to choose from, each once."""
    return [Choice(value=text, label=one_line(text, 110)) for text in dict.fromkeys(found)]


def models(now: str, found: Sessions) -> list[Choice]:
    """Return models: the present one, those of earlier sessions, and how others are named."""
    from gadfly.bot.simulant import PRESETS

    try:
        used = [row.model for row in found.list() if row.model]
    except GadflyError:
        used = []
    simple = [spec for spec, _ in SPECS if " " not in spec and ":" not in spec]
    known = [now, *used, *simple, *(f"spar:{spec}" for spec in simple)]
    choices = [
        Choice(
            value=spec, label=spec, is_chosen=spec == now, detail="in use" if spec == now else ""
        )
        for spec in dict.fromkeys(known)
    ]
    return choices + [
        Choice(value=f"sim:{name}", label=f"sim:{name}", detail="a simulant: scripted, no model")
        for name in sorted(PRESETS)
        if f"sim:{name}" not in known
    ]


def personas(now: str) -> list[Choice]:
    """Return the personas."""
    from gadfly.scenarios.persona import PERSONAS

    own = [] if not now or now in PERSONAS else [Choice(value=now, label=now, is_chosen=True)]
    return [
        Choice(value=NOBODY, label="nobody", detail="as itself", is_chosen=not now),
        *own,
        *(
            Choice(value=name, label=persona.who, detail=persona.kind, is_chosen=name == now)
            for name, persona in PERSONAS.items()
        ),
    ]


def questions(now: Topic | None) -> list[Choice]:
    """Return the questions of the library that can be talked about."""
    from gadfly.scenarios.catalogue import library

    return [
        Choice(
            value=OWN, label="your own question", detail="with two statements to choose between"
        ),
        Choice(value=NOTHING, label="none", detail="talk about anything", is_chosen=now is None),
        *(
            Choice(
                value=s.id,
                label=one_line(s.proposition.question, 110),
                detail=f"{s.id}  {s.stratum}",
                is_chosen=now is not None and s.id == now.id,
            )
            for s in library()
            if s.wordings
        ),
    ]


def setup(now: Setup, topic: Topic | None) -> list[Choice]:
    """Return the parts of a setup with their present values."""
    s = now.sampling
    return [
        Choice(value="model", label="Model", detail=now.model),
        Choice(value="persona", label="Persona", detail=now.persona or "nobody"),
        Choice(
            value="topic",
            label="Question",
            detail=topic.about.question if topic is not None else "none",
        ),
        Choice(value="system", label=SETTINGS["system"], detail=now.system or "none"),
        Choice(value="temperature", label=SETTINGS["temperature"], detail=f"{s.temperature:g}"),
        Choice(value="top_p", label=SETTINGS["top_p"], detail=f"{s.top_p:g}"),
        Choice(value="max_tokens", label=SETTINGS["max_tokens"], detail=str(s.max_tokens)),
    ]
