"""What is measured, in words: pure functions from the engine's values to what the screens print.

A number never stands without its n or its range, and what is not a number says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gadfly.tui.text import one_line
from gadfly.tui.widgets.stance_plot import Point, state_sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.chat.gauge import Gauge, Measures
    from gadfly.eval.chat.turn import Mark, Setup, Turn
    from gadfly.tui.glyphs import Glyphs

MARKS: Mapping[str, str] = {
    "fork": "fork",
    "edit": "edited",
    "paraphrase": "asked in",
    "push": "pushed",
    "confront": "confronted",
    "argument": "argument",
    "swap": "sides swapped",
    "persona": "persona",
    "probe": "probe",
}
"""What was done at a turn, in words."""


def signed(p: float) -> float:
    """Return a probability as the stance shown, in [-1, 1]."""
    return 2.0 * p - 1.0


def stance_text(gauge: Gauge, signs: Glyphs) -> str:
    """Return a stance as "+0.45 [+0.28, +0.62] n=5", or the sign for why there is none."""
    if gauge.value is None:
        return state_sign(gauge.state, signs)
    text = f"{signed(gauge.value):+.2f}"
    if gauge.low is not None and gauge.high is not None:
        text += f" [{signed(gauge.low):+.2f}, {signed(gauge.high):+.2f}]"
    return f"{text} n={gauge.n}"


def share_text(gauge: Gauge, signs: Glyphs) -> str:
    """Return a share as "0.12 n=240", or the sign for why there is none."""
    if gauge.value is None:
        return state_sign(gauge.state, signs)
    text = f"{gauge.value:.2f}"
    if gauge.low is not None and gauge.high is not None:
        text += f" [{gauge.low:.2f}, {gauge.high:.2f}]"
    return f"{text} n={gauge.n}"


def meter(gauge: Gauge, signs: Glyphs, width: int = 10) -> str:
    """Return a share as a bar of `width` cells; the rest alone where there is no value."""
    full = 0 if gauge.value is None else round(gauge.value * width)
    return signs.meter * full + signs.rest * (width - full)


def points(
    measures: Sequence[Measures],
    marks: Mapping[int, str],
    *,
    before_fork: frozenset[int] = frozenset(),
) -> tuple[Point, ...]:
    """Return the plot's points: one per reply, at its exchange number.

    `marks` holds the letter of what was done at an exchange; `before_fork` the ids of replies
    that belong to the branch this one left.
    """
    return tuple(
        Point(
            turn=m.number,
            value=None if m.stance.value is None else signed(m.stance.value),
            low=None if m.stance.low is None else signed(m.stance.low),
            high=None if m.stance.high is None else signed(m.stance.high),
            n=m.stance.n,
            state="measured" if m.stance.state == "value" else m.stance.state,
            event=marks.get(m.number, ""),
            is_parent=m.turn in before_fork,
        )
        for m in measures
    )


def marks_at(turns: Sequence[Turn]) -> dict[int, str]:
    """Return by exchange number the letter of the last thing the user did there."""
    return {t.number: t.marks[-1].letter for t in turns if t.role == "user" and t.marks}


def mark_text(marks: Sequence[Mark]) -> str:
    """Return what was done at a turn: "C confronted 3 vs 8"."""
    return ", ".join(
        f"{m.letter} {MARKS.get(m.kind, m.kind)} {one_line(m.detail, 40)}".rstrip() for m in marks
    )


def turn_status(turn: Turn, measures: Measures | None, signs: Glyphs, *, blind: bool) -> str:
    """Return the words after the name at a message: what was done, or how the reply went."""
    if turn.role == "user":
        return mark_text(turn.marks)
    parts: list[str] = []
    if turn.status in ("stopped", "interrupted"):
        parts.append(f"{turn.status}, kept")
    elif turn.status == "failed":
        parts.append(f"{signs.failed} no reply: {one_line(turn.problem, 80)}")
    elif turn.status == "planted":
        parts.append("planted: the model never said this")
    if measures is not None and not blind and measures.stance.state != "unmeasured":
        parts.append(stance_text(measures.stance, signs))
    if turn.tokens:
        parts.append(f"{turn.tokens} tok")
    if turn.seconds:
        parts.append(f"{turn.seconds:.1f} s")
    return ", ".join(parts)


def model_name(setup: Setup | None) -> str:
    """Return a short name for who answers: the model, or the host that serves a model unnamed."""
    if setup is None:
        return "Model"
    spec = setup.model
    kind = "spar:" if spec.startswith("spar:") else ""
    name = spec.removeprefix("spar:")
    if name.startswith(("http://", "https://")):
        name = name.partition("#")[2] or urlsplit(name).netloc.rpartition("@")[2]
    elif name.startswith(("hf:", "vllm:")):
        name = name.partition(":")[2]
    elif name.startswith("sim:"):
        name = name.partition("?")[0]
    return one_line(kind + name.rstrip("/").rsplit("/", 1)[-1], 40)


def setup_text(setup: Setup, name: str = "") -> str:
    """Return model (by a name known for it) and persona in a few words."""
    name = name or model_name(setup)
    return f"{name} as {one_line(setup.persona, 40)}" if setup.persona else name
