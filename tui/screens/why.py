"""Where a number comes from: the questions asked off the record, the answers, what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from gadfly.tui.figures import share_text, stance_text
from gadfly.tui.text import one_line, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.chat.gauge import Gauge, Measures
    from gadfly.eval.chat.session import Session
    from gadfly.eval.store import StoredCall
    from gadfly.tui.glyphs import Glyphs

_KINDS = {"interval": "95 % interval", "range": "range over the ways of asking"}
_MOST = 40
"""Calls shown; more than that nobody reads."""


def why_content(
    measures: Measures | None, calls: Sequence[StoredCall], session: Session, signs: Glyphs
) -> Content:
    """Return what is known of a reply, and the calls behind its stance."""
    if measures is None:
        return Content("Nothing is known of this reply yet.")
    rows = [
        *_gauge("Stance", measures.stance, stance_text(measures.stance, signs)),
        *_gauge("Credence", measures.credence, share_text(measures.credence, signs)),
        *_gauge("Repetition", measures.repetition, share_text(measures.repetition, signs)),
        *_gauge("Conflicts", measures.consistency, share_text(measures.consistency, signs)),
    ]
    if measures.outcome:
        rows.append(plain(f"Outcome of the read: {measures.outcome}"))
    if measures.said is not None:
        side = measures.said.stance.side.upper() if measures.said.stance is not None else ""
        takes = f"takes side {side}" if side else f"is {measures.said.outcome}"
        rows.append(plain(f"In so many words the reply {takes} (rule: {measures.said.rule})."))
    for conflict in measures.conflicts:
        rows.append(Content(""))
        rows.append(Content.styled(f"Conflict {conflict.numbers[0]} vs {conflict.numbers[1]}"))
        rows += [plain(f"  “{one_line(quote, 200)}”") for quote in conflict.quotes]
    rows.append(Content(""))
    if session.head.readout:
        reason = f" ({session.head.readout_reason})" if session.head.readout_reason else ""
        rows.append(plain(f"Read by {session.head.readout}{reason}", "dim"))
    rows += _calls(calls)
    return Content("\n").join(rows)


def _gauge(name: str, gauge: Gauge, text: str) -> list[Content]:
    kind = f"  {_KINDS[gauge.spread]}" if gauge.spread in _KINDS else ""
    row = Content.assemble((f"{name:<12}", "bold"), text, (kind, "dim"))
    return [row, plain(f"            {gauge.note}", "dim")] if gauge.note else [row]


def _calls(calls: Sequence[StoredCall]) -> list[Content]:
    if not calls:
        return [Content.styled("No call was made off the record for this reply.", "dim")]
    rows = [
        Content.styled(f"{len(calls)} calls off the record, on a fork of the dialogue:", "bold")
    ]
    for i, call in enumerate(calls[:_MOST], 1):
        messages = call.conversation.messages
        asked = messages[-1].text if messages else ""
        rows.append(Content(""))
        rows.append(Content.styled(f"{i}. asked", "bold"))
        rows.append(plain(asked.strip()))
        rows.append(Content.styled("   answered", "bold"))
        rows.append(plain(_answer(call)))
    if len(calls) > _MOST:
        rows.append(Content.styled(f"and {len(calls) - _MOST} more", "dim"))
    return rows


def _answer(call: StoredCall) -> str:
    done = call.completion
    if done.logprobs:
        best = sorted(done.logprobs.items(), key=lambda item: -item[1])
        return "\n".join(f"   {value:8.2f}  {one_line(option, 120)}" for option, value in best)
    return done.text.strip() or "(nothing)"
