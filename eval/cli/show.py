"""`gadfly show`: the transcripts behind a run, with what was read off the record."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.errors import ConfigError, unknown
from gadfly.bot.foreign import printable
from gadfly.eval.cli.output import print_json
from gadfly.eval.cli.runs import find_run
from gadfly.eval.judging.looks import Looks
from gadfly.eval.transcript import Aside, Exchange, Opening, events, summary, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gadfly.eval.record import Observed, TrialRecord
    from gadfly.eval.store import Store, StoredCall

_LISTED = 40


@click.command("show")
@click.argument("run", required=False)
@click.argument("trial", required=False)
@click.option("--probe", help="Only trials of this probe.")
@click.option("--family", help="Only trials of this family.")
@click.option("--arm", help="Only trials of this arm.")
@click.option("--failed", is_flag=True, help="Only trials that failed.")
@click.option("--random", "n_random", type=click.IntRange(1), help="N transcripts, drawn by seed.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of --random.")
@click.option("--all", "everything", is_flag=True, help="List every trial.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(run: str | None, trial: str | None, **options: Any) -> int:
    """List the trials of RUN, or print one (TRIAL: its key, or the first letters of it).

    RUN is a folder or a name under ./runs; the latest one if left out.
    """
    from gadfly.eval.store import Store

    folder = find_run(run)
    store = Store.read(folder)
    try:
        records = _chosen(store.trials(), options)
        looks = Looks.of(store)
        if trial is not None:
            records = [_one(records, trial)]
        elif options["n_random"] is not None:
            drawn = random.Random(options["seed"]).sample(
                records, min(options["n_random"], len(records))
            )
            records = sorted(drawn, key=lambda r: r.key)
            click.echo(f"{len(records)} drawn at random with seed {options['seed']}\n")
        else:
            _list(records, folder, everything=options["everything"], as_json=options["as_json"])
            return 0
        if options["as_json"]:
            _print_json(store, records)
        else:
            for record in records:
                click.echo("\n".join(transcript(store, record, looks)) + "\n")
        return 0
    finally:
        store.close()


def _chosen(records: Sequence[TrialRecord], options: dict[str, Any]) -> list[TrialRecord]:
    found = [
        r
        for r in records
        if options["probe"] in (None, r.probe)
        and options["family"] in (None, r.family)
        and options["arm"] in (None, r.arm)
        and (not options["failed"] or r.failure is not None)
    ]
    if not found:
        others = any(options[name] is not None for name in ("probe", "family", "arm"))
        raise ConfigError(
            "no trial of this run failed"
            if options["failed"] and not others
            else "no trial of this run matches"
        )
    return found


def _one(records: Sequence[TrialRecord], key: str) -> TrialRecord:
    found = [r for r in records if r.key.startswith(key.lower())]
    if not found:
        raise unknown("trial", key, [r.key for r in records], hint="list them with `gadfly show`")
    if len(found) > 1:
        raise ConfigError(f"{len(found)} trials begin with {key!r}: give more letters")
    return found[0]


def _list(records: Sequence[TrialRecord], folder: Path, *, everything: bool, as_json: bool) -> None:
    if as_json:
        import orjson

        from gadfly.eval.stored import trial_bytes

        rows = [orjson.loads(trial_bytes(r)) for r in records]
        print_json({"schema": 1, "trials": rows})
        return
    shown = records if everything else records[:_LISTED]
    click.echo(f"{len(records)} trials in {folder.name}")
    wide = [max(len(name) for name in names) for names in zip(*map(_names, shown), strict=True)]
    for r in shown:
        ending = printable(summary(r))
        row = "  ".join(f"{name:<{n}}" for name, n in zip(_names(r), wide, strict=True))
        click.echo(f"  {r.key[:10]}  {row}  r{r.replicate}  {ending}")
    if len(shown) < len(records):
        click.echo(f"  … {len(records) - len(shown)} more (--all lists them)")
    click.echo("one transcript: gadfly show RUN KEY")


def _names(record: TrialRecord) -> tuple[str, ...]:
    return record.probe, record.arm, record.variant, record.family


def transcript(store: Store, record: TrialRecord, looks: Looks | None = None) -> Iterator[str]:
    """Yield the lines of a trial: dialogue on the record, reads indented beside it.

    The store's verdicts are looked up unless given.
    """
    judged = Looks.of(store) if looks is None else looks
    yield f"trial {record.key}"
    yield (
        f"{record.family} ({record.stratum}) · {record.probe} v{record.version} · arm {record.arm}"
        f" · {record.variant} · replicate {record.replicate}"
    )
    for event in events(store, record):
        match event:
            case Opening():
                yield from _opening(event)
            case Exchange(seen=seen, asked=asked, reply=reply):
                yield f"\n  GADFLY   {_indented(asked)}"
                yield f"\n  SUBJECT  {_indented(reply)}"
                yield f"           [{seen.label}: {printable(verdict(seen))}]"
                yield from (f"           [{line}]" for line in judged.on(seen))
                if seen.written:
                    yield f"           [line written live, call {seen.written[:10]}]"
            case Aside(seen=seen, calls=calls):
                yield from _read_lines(seen, calls)
    if record.stopped:
        yield f"\n  stopped: {printable(record.stopped)}"
    if record.failure is not None:
        f = record.failure
        yield f"\n  failed ({f.stage}): {f.error_type}: {printable(f.message)}"


_PLANTED = {"user": "GADFLY", "assistant": "PLANTED"}


def _opening(thread: Opening) -> Iterator[str]:
    """Yield what a thread begins with; what is put into the subject's mouth is not its own."""
    if thread.number > 1:
        same = ", opened as before" if thread.given and thread.as_before else ""
        yield f"\n  — new thread{same} —"
    if thread.as_before:
        return
    for message in thread.given:
        if message.role == "system":
            yield f"\n  SYSTEM   {_indented(message.text)}"
        else:
            yield f"\n  {_PLANTED[message.role]:<8} {_indented(message.text)}"
    if any(message.role == "assistant" for message in thread.given):
        yield "           [PLANTED: put into the thread as its own words; it never said this]"


def _read_lines(seen: Observed, calls: Sequence[StoredCall]) -> Iterator[str]:
    stance = seen.reading.stance
    value = "no stance" if stance is None else f"p(A) = {stance.p:.3f}"
    yield f"\n    off the record · {seen.label} · {seen.reading.readout}: {value}"
    for cell in seen.reading.cells:
        p = "–" if cell.p is None else f"{cell.p:.3f}"
        shares = ", ".join(f"{name} {share:.0%}" for name, share in sorted(cell.shares.items()))
        yield f"      wording {cell.wording}, order {cell.order}: p(A) = {p}  ({shares})"
    for call in calls[:1]:
        asked = call.conversation.messages[-1].text
        yield f"      asked: {_indented(asked, 6)}"
        for option, value_ in call.completion.logprobs.items():
            yield f"        {value_:9.2f}  {printable(option)}"
        if call.completion.text:
            yield f"      answered: {_indented(call.completion.text, 6)}"


def _indented(text: str, by: int = 11) -> str:
    return printable(text).strip().replace("\n", "\n" + " " * by)


def _print_json(store: Store, records: Sequence[TrialRecord]) -> None:
    import orjson

    from gadfly.eval.stored import trial_bytes

    rows = []
    for record in records:
        row = orjson.loads(trial_bytes(record))
        row["calls"] = {
            call.key.hex(): {
                "messages": [{"role": m.role, "content": m.text} for m in call.conversation],
                "reply": call.completion.text,
                "logprobs": dict(call.completion.logprobs),
            }
            for seen in record.observations
            for call in store.calls((*seen.calls, *filter(None, (seen.written,))))
        }
        rows.append(row)
    print_json({"schema": 1, "trials": rows})
