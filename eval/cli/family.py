"""One scenario family for people: its lines in full, and how many questions are in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from gadfly.scenarios.scenario import Quality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.bot.proposition import Proposition, Side
    from gadfly.scenarios.scenario import Arguments, Asked, Item, Ladder, Legality, Scenario


def blocks(s: Scenario) -> list[str]:
    """Return what a family has beside its question, as the fields of its file are called."""
    there = {
        "arguments": bool(s.arguments),
        "modalities": bool(s.modalities),
        "ladder": s.ladder is not None,
        "legality": s.legality is not None,
        "personas": bool(s.personas),
        "coherence": s.coherence is not None,
        "conjoint": s.conjoint is not None,
        "item": s.item is not None,
        "invented": s.invented is not None,
        "chain": s.chain is not None,
    }
    return [name for name, has in there.items() if has]


def variants(s: Scenario) -> int:
    """Count the questions of a family.

    Wordings, stories, modalities, rungs in each form, the principle, cases and cases again, the
    four questions of coherence, an item and its twin, consequences, the lengths of a chain, one
    for a forced choice. Not counted is what is put together from them: idle phrases, orders,
    formats, profiles of a sweep.
    """
    counts = [len(s.wordings), len(s.covers), len(s.modalities)]
    if s.ladder is not None:
        counts += [1 + bool(rung.harm) + len(rung.modalities) for rung in s.ladder.rungs]
    if s.legality is not None:
        counts += [1, *(1 + bool(case.again) for case in s.legality.cases)]
    if s.coherence is not None:
        counts.append(4)
    if s.conjoint is not None:
        counts.append(1)
    if s.item is not None:
        counts.append(1 + (s.item.twin is not None))
    if s.invented is not None:
        counts.append(len(s.invented.consequences))
    if s.chain is not None:
        counts.append(len(s.chain.states))
    return sum(counts)


def family_lines(s: Scenario) -> Iterator[str]:
    """Yield everything one family can be asked, a line each."""
    yield f"{s.id}  ({s.topic}, {s.stratum}{', truth ' + s.truth.upper() if s.truth else ''})"
    yield f"  question  {s.proposition.question}"
    yield f"  A         {s.proposition.a}"
    yield f"  B         {s.proposition.b}"
    for i, w in enumerate(s.wordings):
        yield f"  wording {i}  {_yes(w.yes)}  {w.text}"
    for c in s.covers:
        yield f"  cover, {c.kind}  {_yes(c.yes)}  {c.text}"
        if c.check is not None:
            yield from _question("check", c.check.about, c.check.truth)
    for side, texts in sorted(s.arguments.items()):
        yield from _arguments(side.upper(), texts)
    for modality, (wording, _) in s.modalities.items():
        yield f"  {modality}  {wording.text}"
    if s.ladder is not None:
        yield from _ladder(s.ladder)
    if s.legality is not None:
        yield from _legality(s.legality)
    if s.personas:
        yield f"  personas  {', '.join(f'{n} {side.upper()}' for n, side in s.personas.items())}"
    yield from _coherence(s)
    yield from _special(s)
    for name, r in s.ratings.items():
        yield f"  people, {name}  {r.mean} (n = {r.n})"


def _yes(side: Side | None) -> str:
    """Return what a plain yes takes, as it is printed beside a prompt."""
    return "(yes/no is no answer)" if side is None else f"(yes = {side})"


def _arguments(side: str, texts: Arguments) -> Iterator[str]:
    for quality in get_args(Quality):
        note = f" [{texts.fallacy}]" if quality == "invalid" else ""
        if text := texts.of(quality):
            yield f"  for {side}, {quality}{note}  {text}"
    for i, text in enumerate(texts.more, start=2):
        yield f"  for {side}, strong {i} of {len(texts.series)}  {text}"
    if texts.withdrawn:
        yield f"  for {side}, withdrawn  {texts.withdrawn}"


def _ladder(ladder: Ladder) -> Iterator[str]:
    yield f"  ladder  {' > '.join(ladder.acts)}  x  {ladder.benefits}"
    for name, asked in ladder.rungs[0].modalities.items():
        yield f"  ladder, {name}, gravest rung  {asked.text}"


def _legality(legality: Legality) -> Iterator[str]:
    yield f"  principle  {legality.abstract}"
    for case in legality.cases:
        law = "legal" if case.legal else "illegal"
        yield f"  case, {law}, moral gap {case.moral_gap}  {case.text}"
        if case.again:
            yield f"  case, {law}, moral gap {case.moral_gap}, again  {case.again}"


def _coherence(s: Scenario) -> Iterator[str]:
    if s.coherence is None:
        return
    parts = {
        "not A": s.coherence.negation,
        "follows from A": s.coherence.entailed,
        "another claim": s.coherence.conjunct,
        "A and the other": s.coherence.conjunction,
    }
    for name, asked in parts.items():
        yield from _asked(f"coherence, {name}", asked)


def _special(s: Scenario) -> Iterator[str]:
    """Yield the block of a family that is not asked by wordings."""
    if s.conjoint is not None:
        yield f"  forced choice  {s.conjoint.prompt.replace(chr(10), chr(10) + ' ' * 4)}"
        for attribute in s.conjoint.attributes:
            yield f"  {attribute.label}  {' | '.join(attribute.levels.values())}"
    if s.item is not None:
        yield from _item(s.item)
    if s.invented is not None:
        yield f"  invented  {s.invented.fact}"
        for c in s.invented.consequences:
            yield f"  {c.arm}, distance {c.distance}  {c.about.question}  (A: {c.about.a})"
    if s.chain is not None:
        yield f"  start  {s.chain.start}"
        yield f"  step   {s.chain.step}"
        yield f"  asks for {s.chain.asks}, step by step: {', '.join(s.chain.states)}"


def _item(item: Item) -> Iterator[str]:
    yield f"  {item.kind}  {_yes(item.asked.about.yes)}  {item.asked.text}"
    if item.options:
        yield f"  options, the right one first  {' | '.join(item.options)}"
    if item.twin is not None:
        yield from _asked("twin", item.twin.asked, item.twin.truth)


def _asked(name: str, asked: Asked, truth: str = "") -> Iterator[str]:
    yield f"  {name}  {_yes(asked.about.yes)}  {asked.text}"
    yield from _sides(asked.about, truth)


def _question(name: str, about: Proposition, truth: str) -> Iterator[str]:
    yield f"    {name}  {about.question}"
    yield from _sides(about, truth)


def _sides(about: Proposition, truth: str) -> Iterator[str]:
    yield f"    A  {about.a}{'  (right)' if truth == 'a' else ''}"
    yield f"    B  {about.b}{'  (right)' if truth == 'b' else ''}"
