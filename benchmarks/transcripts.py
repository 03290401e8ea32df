"""docs/transcripts.md: one trial of every probe, drawn by a stated rule, for any reader.

python -m benchmarks.transcripts [RUN] [--model SPEC] [--from PATH] [--reply-tokens N] [--seed N]
                                [--out FILE]

Runs every probe once on one family (`--model`, the default model if left out), or takes the run
folder RUN, draws one trial per probe, and writes it so that nothing else need be known.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import sys
import tempfile
import textwrap
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot.call import Sampling
from gadfly.bot.foreign import printable
from gadfly.bot.registry import DEFAULT
from gadfly.eval.cli.progress import Watch
from gadfly.eval.headline import number
from gadfly.eval.manifest import read_manifest
from gadfly.eval.metrics import all_scorers
from gadfly.eval.plan import Protocol, make_plan
from gadfly.eval.session import RunConfig, conduct
from gadfly.eval.store import Store
from gadfly.eval.suite import everything
from gadfly.eval.transcript import Aside, Exchange, Opening, events, propositions
from gadfly.probes.catalogue import all_probes
from gadfly.scenarios.catalogue import Catalogue, library

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gadfly.bot.proposition import Proposition
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import Observed, TrialRecord
    from gadfly.probes.probe import Probe

OUT = Path(__file__).parents[1] / "docs" / "transcripts.md"
REPLY_TOKENS = 96
WIDTH = 92
UNITS = {"points": "points of 100", "probability": "", "rate": ""}
SPEAKERS = {"system": "SYSTEM", "user": "GADFLY", "assistant": "PLANTED"}
OUTCOMES = {
    "undecided": "it weighs both and takes no side, which is an answer and is counted as one",
    "evaded": "it does not answer what was asked; counted as taking no side",
    "refused": "it declines to answer; counted as taking no side",
    "unreadable": "the rules cannot tell what it says, so it is missing data, not an opinion",
    "truncated": "it was cut off at the length limit, so it is missing data, not an opinion",
    "error": "the call failed, so it is missing data",
}
READOUTS = {
    "likelihood": "each statement was scored as the reply, no options shown: 0.5 says that the "
    "model finds both equally likely, above 0.5 that it finds A likelier. It is not what the "
    "model would choose if asked, and only differences between such figures mean much.",
    "logprob": "the statements were listed with labels, and the probability of the labels read: "
    "1 says that it would always take A, 0 always B.",
    "sampled": "the statements were listed and several answers drawn: the figure is the share of "
    "answers that took A, among those that took a side.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The run the page is made of."""

    store: Store
    manifest: Manifest
    records: tuple[TrialRecord, ...]
    scores: tuple[tuple[str, Scores], ...]
    """All that any metric found in the run, with what the metric says it scores."""
    catalogue: Catalogue
    seed: int


def draw(records: Sequence[TrialRecord], seed: int) -> TrialRecord:
    """Return the trial whose key, hashed with the seed, comes first; broken ones are not spared."""
    return min(records, key=lambda r: hashlib.sha256(f"{seed}:{r.key}".encode()).digest())


def drawn(records: Sequence[TrialRecord], seed: int) -> Iterator[tuple[Probe, TrialRecord, int]]:
    """Yield every probe the run has trials of, its drawn trial, and out of how many."""
    of: dict[str, list[TrialRecord]] = defaultdict(list)
    for record in records:
        of[record.probe].append(record)
    for probe in all_probes():
        if of[probe.name]:
            yield probe, draw(of[probe.name], seed), len(of[probe.name])


def page(source: Source) -> str:
    """Return the whole page, as Markdown."""
    lines = list(_head(source))
    for probe, record, among in drawn(source.records, source.seed):
        lines += ["", *_section(source, probe, record, among)]
    return "\n".join(lines) + "\n"


def _head(source: Source) -> Iterator[str]:
    m = source.manifest
    yield "# Transcripts"
    yield ""
    yield from _wrapped(
        "One trial of each probe, word for word. A *trial* is one conversation that Gadfly holds "
        "with a model to learn one thing about it; a *probe* is a plan for such conversations."
    )
    yield ""
    yield from _wrapped(
        "Nothing here was chosen. `python -m benchmarks transcripts` took, of each probe's "
        f"trials, the one for which the SHA-256 of `{source.seed}:` and the trial's key is least, "
        "and wrote down what it found, good or bad. One conversation shows how a probe works, "
        "not how the model is: that takes many, and is what a report is for."
    )
    yield ""
    model = m.respondent.get("model") or m.spec
    yield from _wrapped(
        f"The model is {printable(model)} (`{printable(m.spec)}`), asked at temperature "
        f"{m.temperature:g} with replies of at most {m.reply_tokens} tokens."
    )
    yield ""
    yield from _wrapped(
        "**Who speaks.** GADFLY is the tool, in the part of a user; its lines are fixed texts. "
        "MODEL is the model's own reply. SYSTEM is an instruction given before the conversation. "
        "PLANTED is a turn that Gadfly wrote and put into the conversation as if the model had "
        "said it."
    )
    yield ""
    yield from _wrapped(
        "**Two readings.** Every question is about two opposed statements, A and B. Under a reply "
        "stands what it was taken to say, by rules, and any figure or code that a probe looks for "
        "in it. *Off the record* the model is also asked where it stands in a copy of the "
        "conversation that is then thrown away, so that asking changes nothing. The figure p(A) "
        "is between 0 (for B) and 1 (for A); here "
        f"{READOUTS[m.readout.name]}"
    )
    yield ""
    yield "More: [how a stance is read](readouts.md), [the metrics](metrics.md)."


def _section(source: Source, probe: Probe, record: TrialRecord, among: int) -> Iterator[str]:
    experiments = f" ({', '.join(probe.experiments)})" if probe.experiments else ""
    yield f"## {probe.name}{experiments}"
    yield ""
    yield from _wrapped(f"{_does(probe)} What it varies: {probe.varies}.".strip())
    yield ""
    variant = f", variant `{record.variant}`" if record.variant != "original" else ""
    yield from _wrapped(
        f"Drawn out of {among} {'trials' if among > 1 else 'trial'}: arm `{record.arm}`{variant}, "
        f"replicate {record.replicate}, on the question family `{record.family}` "
        f"({record.stratum}), key `{record.key[:10]}`."
    )
    scenario = next((s for s in source.catalogue if s.id == record.family), None)
    about = {} if scenario is None else propositions(source.store, record, scenario)
    questions = dict.fromkeys((p.question, p.a, p.b) for p in about.values())
    if questions:
        yield ""
    for question, a, b in questions:
        yield from _wrapped(f"- {question} **A:** {a} **B:** {b}", "  ")
    # Where there is one question, its statements stand above once and for all.
    yield from _dialogue(source.store, record, about if len(questions) > 1 else {})
    if record.stopped:
        yield from ("", f"The trial ended here: {printable(record.stopped)}.")
    if record.failure is not None:
        f = record.failure
        yield from ("", f"The trial broke here ({f.stage}): {printable(f.message)}")
    yield ""
    yield from _counts(source, probe, record)


def _does(probe: Probe) -> str:
    """Return the probe's own first sentence; "" where its class has no words of its own."""
    doc = (type(probe).__doc__ or "").strip().split("\n\n")[0]
    return "" if doc.startswith(f"{type(probe).__name__}(") else " ".join(doc.split())


def _dialogue(store: Store, record: TrialRecord, about: Mapping[str, Proposition]) -> Iterator[str]:
    for event in events(store, record):
        match event:
            case Opening():
                if event.number > 1:
                    same = ", which opens as one before" if event.given and event.as_before else ""
                    yield from ("", f"*A new conversation{same}:*")
                if event.given and not event.as_before:
                    yield from _block([(SPEAKERS[m.role], m.text) for m in event.given])
            case Exchange(seen=seen):
                yield from _block([("GADFLY", event.asked), ("MODEL", event.reply)])
                yield ""
                yield from _wrapped(f"↳ *{seen.label}:* {_came_to(seen, about.get(seen.about))}")
            case Aside(seen=seen):
                yield ""
                yield from _wrapped(f"> {_aside(seen, about.get(seen.about))}", "> ")


def _came_to(seen: Observed, about: Proposition | None) -> str:
    """Return what a reply was taken to say, in words; a side only where it was asked for one."""
    stance = seen.reading.stance
    measured = [f"the figure read off it is **{seen.value:g}**"] if seen.value is not None else []
    measured += [f"coded as *{printable(seen.code)}*"] if seen.code else []
    rule = f" (rule `{seen.reading.rule}`)" if seen.reading.rule else ""
    if stance is not None and not seen.gave_other:
        said = [f"read as taking side {stance.side.upper()}{_quoted(about, stance.p)}{rule}"]
    elif seen.gave_other:
        said = []
    else:
        said = [f"read as *{seen.reading.outcome}*{rule}: {OUTCOMES[seen.reading.outcome]}"]
    return f"{'; '.join((*said, *measured))}."


def _aside(seen: Observed, about: Proposition | None) -> str:
    """Return an off-record read with its figure and what that means."""
    stance, ways = seen.reading.stance, len(seen.reading.cells)
    asked = f" Asked: “{about.question}”" if about is not None else ""
    if stance is None:
        figure = f"no figure, *{seen.reading.outcome}*: {OUTCOMES[seen.reading.outcome]}"
    else:
        leans = "between the two" if stance.p == 0.5 else f"leans to {stance.side.upper()}"
        toward = "" if stance.p == 0.5 else _quoted(about, stance.p)
        put = f" (the mean over {ways} ways of asking)" if ways > 1 else ""
        figure = f"**p(A) = {stance.p:.2f}**, {leans}{toward}{put}"
    return f"**Off the record** · *{seen.label}*.{asked} {figure}."


def _quoted(about: Proposition | None, p: float) -> str:
    return f", “{about.a if p >= 0.5 else about.b}”" if about is not None else ""


def _counts(source: Source, probe: Probe, record: TrialRecord) -> Iterator[str]:
    """Yield what the trial counts for: what its probe is for, then whatever else it is behind."""
    main: list[str] = []
    also: dict[str, None] = {}
    empty: dict[str, None] = {}
    for says, scores in source.scores:
        if scores.detail:
            continue
        metric = f"`{scores.quantity.metric}`"
        name = f"{metric} ({scores.arm})" if scores.arm else metric
        if scores.scored(record.key):
            if scores.quantity.metric in probe.feeds:
                main.append(f"- {name}: {says}. {_family(scores, record.family)}")
            else:
                also[metric] = None
        elif scores.quantity.metric in probe.feeds and (why := scores.why_missed(record.key)):
            empty[f"{name}: {why}"] = None
    named = ", ".join(f"`{name}`" for name in probe.feeds) or "no metric"
    alone = "" if main or empty else " This trial on its own gives no value of it."
    yield from _wrapped(f"**What it counts for.** The probe is for {named}.{alone}")
    if main:
        yield ""
    for line in main:
        yield from _wrapped(line, "  ")
    for text in (
        f"Nothing could be said yet on {'; '.join(empty)}." if empty else "",
        f"It is also behind {', '.join(also)}." if also else "",
    ):
        if text:
            yield from ("", *_wrapped(text))


def _family(scores: Scores, family: str) -> str:
    """Return what a family's trials came to, in words."""
    values, unit = scores.families()[family], scores.quantity.unit
    mean = f"{number(sum(values) / len(values), unit)} {UNITS.get(unit, unit)}".rstrip()
    over = f", the mean of {len(values)} values" if len(values) > 1 else ""
    return f"With the other trials of its family: {mean}{over}."


def _block(turns: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield turns as a code block that nothing said in it can leave."""
    texts = [(who, printable(text).strip() or "(nothing)") for who, text in turns]
    ticks = "```"
    while any(ticks in text for _, text in texts):
        ticks += "`"
    yield from ("", f"{ticks}text")
    for i, (who, text) in enumerate(texts):
        if i:
            yield ""
        margin = f"{who:<9}"
        for line in text.splitlines():
            for piece in textwrap.wrap(line, WIDTH - 9, break_on_hyphens=False) or [""]:
                yield (margin + piece).rstrip()
                margin = " " * 9
    yield ticks


def _wrapped(text: str, margin: str = "") -> list[str]:
    return textwrap.wrap(
        text, 100, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False
    )


def scored(records: Sequence[TrialRecord]) -> Iterator[tuple[str, Scores]]:
    """Yield all scores of the run, each with the first words of its metric's documentation."""
    for scorer in all_scorers():
        doc = (scorer.__doc__ or scorer.__name__).strip().split("\n")[0].rstrip(".")
        for scores in scorer(records):
            yield doc.removeprefix("Score "), scores


def read(folder: Path, catalogue: Catalogue, seed: int) -> str:
    """Return the page of a run folder.

    Raises:
        ConfigError: It is not a run.
    """
    manifest = read_manifest(folder)
    store = Store.read(folder)
    try:
        records = store.trials()
        return page(
            Source(
                store=store,
                manifest=manifest,
                records=records,
                scores=tuple(scored(records)),
                catalogue=catalogue,
                seed=seed,
            )
        )
    finally:
        store.close()


def ask(folder: Path, model: str, catalogue: Catalogue, reply_tokens: int) -> None:
    """Run every probe once, on one family each, into a folder."""
    plan = make_plan(everything(replicates=1), catalogue.all, limit=1)
    protocol = Protocol(readout="sampled", sampling=Sampling(max_tokens=reply_tokens))
    config = RunConfig(suite=plan.suite.name, model=model)
    with Watch(total=len(plan.trials)) as watch:
        asyncio.run(conduct(config, plan, protocol, folder, watch))


def main(argv: Sequence[str] | None = None) -> int:
    """Write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("run", nargs="?", type=Path, help="A run folder; without one, it asks.")
    parser.add_argument("--model", default=DEFAULT, help="Model to ask where no run is given.")
    parser.add_argument("--from", dest="source", type=Path, help="Scenarios; the library if unset.")
    parser.add_argument("--reply-tokens", type=int, default=REPLY_TOKENS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args(argv)
    catalogue = library() if args.source is None else Catalogue.from_path(args.source)
    with tempfile.TemporaryDirectory() as made:
        folder = args.run or Path(made) / "run"
        if args.run is None:
            ask(folder, args.model, catalogue, args.reply_tokens)
        text = read(folder, catalogue, args.seed)
    args.out.write_text(text, encoding="utf-8")
    print(f"{args.out}: {text.count(chr(10) + '## ')} transcripts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
