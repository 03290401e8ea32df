"""Two sides beside each other in words: gap of stances, how often on one side, votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.chat.gauge import Measures


def gaps(a: Sequence[Measures], b: Sequence[Measures]) -> tuple[float, ...]:
    """Return the distance of stances at each exchange both sides are measured at, in order.

    In points of probability, 0 to 100.
    """
    theirs = {m.number: m.stance.value for m in b}
    found = []
    for m in a:
        own, other = m.stance.value, theirs.get(m.number)
        if own is not None and other is not None:
            found.append(100 * abs(own - other))
    return tuple(found)


def same_side(a: Sequence[Measures], b: Sequence[Measures]) -> tuple[int, int]:
    """Return at how many exchanges both lean to one side, and how many were measured on both."""
    theirs = {m.number: m.stance.value for m in b}
    pairs = [
        (m.stance.value, theirs.get(m.number))
        for m in a
        if m.stance.value is not None and theirs.get(m.number) is not None
    ]
    same = sum((one > 0.5) == (other > 0.5) for one, other in pairs if other is not None)
    return same, len(pairs)


def summary(
    a: Sequence[Measures],
    b: Sequence[Measures],
    *,
    has_topic: bool,
    is_blind: bool = False,
    votes: Sequence[str] = (),
) -> str:
    """Return the line below both sides."""
    parts: list[str] = []
    if is_blind:
        parts.append("meters are hidden until you vote")
    elif not has_topic:
        parts.append("no question chosen, so no stance is read (Ctrl+O)")
    elif found := gaps(a, b):
        before = f", {found[-2]:.0f} before" if len(found) > 1 else ""
        same, n = same_side(a, b)
        parts += [f"gap {found[-1]:.0f} points now{before}", f"same side {same} of {n} turns"]
    else:
        parts.append("gap not measured yet")
    if votes:
        counts = [sum(v == side for v in votes) for side in ("a", "b", "=")]
        parts.append(f"votes A {counts[0]}, B {counts[1]}, tie {counts[2]}")
    return "  |  ".join(parts)
