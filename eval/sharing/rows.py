"""A stored run as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gadfly.eval.judging.verdicts import judged_trials
from gadfly.eval.sharing.columns import TEXTS, Row
from gadfly.eval.transcript import Aside, Exchange, Opening, events

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gadfly.bot.proposition import Proposition
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.record import Observed, TrialRecord
    from gadfly.eval.store import Store, StoredCall


def rows(store: Store, manifest: Manifest, *, text: bool = True) -> Iterator[Row]:
    """Yield the rows of a run, trial by trial in key order.

    Readings are those of the report: the rules', with the verdicts of a judge in place.

    Args:
        store: The run's store.
        manifest: Its manifest.
        text: Whether the words go with it; without, the columns `TEXTS` are null.

    Raises:
        StoreError: The store is damaged.
    """
    about = store.propositions()
    run: dict[str, Any] = {"run": manifest.plan, "model": manifest.respondent.get("model", "")}
    for record in judged_trials(store).records:
        for row in _of_trial(store, record, run, about):
            yield row if text else row.model_copy(update=dict.fromkeys(TEXTS))


def _of_trial(
    store: Store,
    record: TrialRecord,
    run: Mapping[str, Any],
    about: Mapping[str, Proposition],
) -> Iterator[Row]:
    common = {**run, **_identity(record)}
    thread = turn = position = 0
    for event in events(store, record):
        match event:
            case Opening(number=number):
                thread, turn = number, 0
                continue
            case Exchange(seen=seen, asked=asked, reply=reply):
                turn += 1
                calls = tuple(store.calls(seen.calls))
            case Aside(seen=seen, calls=calls):
                asked = calls[0].conversation.messages[-1].text if calls else ""
                reply = calls[0].completion.text if calls else ""
        found = _observed(seen, calls, about.get(seen.about))
        place: dict[str, Any] = {"position": position, "thread": thread, "turn": turn}
        yield Row(**common, **place, **found, asked=asked, reply=reply)
        position += 1
    if record.failure is not None:
        yield Row(**common, position=position, thread=thread, turn=turn, **_broken(record))


def _identity(record: TrialRecord) -> dict[str, Any]:
    return {
        "trial": record.key,
        "family": record.family,
        "topic": record.topic,
        "stratum": record.stratum,
        "tags": record.tags,
        "truth": record.truth,
        "probe": record.probe,
        "probe_version": record.version,
        "arm": record.arm,
        "variant": record.variant,
        "replicate": record.replicate,
        "settings": dict(record.settings),
        "stopped": record.stopped,
        "failure": None if record.failure is None else record.failure.error_type,
    }


def _observed(
    seen: Observed, calls: Sequence[StoredCall], about: Proposition | None
) -> dict[str, Any]:
    reading, stance = seen.reading, seen.reading.stance
    said = seen.kind == "said"
    return {
        "role": "reply" if said else "read",
        "label": seen.label,
        "asked_about": seen.about,
        "question": None if about is None else about.question,
        "statement_a": None if about is None else about.a,
        "statement_b": None if about is None else about.b,
        "readout": reading.readout,
        "outcome": seen.came_to,
        "stance": None if stance is None else stance.p,
        "side": None if stance is None else stance.side,
        "decisive_a": None if stance is None else stance.a,
        "decisive_b": None if stance is None else stance.b,
        "label_mass": reading.label_mass,
        "rule": reading.rule,
        "code": seen.code,
        "value": seen.value,
        "words": seen.words,
        "overlap": seen.overlap,
        "verdict_at": seen.verdict_at,
        "caveats": seen.caveats,
        "owns_change": seen.owns_change,
        "finish": calls[0].completion.finish if said and calls else None,
        "prompt_tokens": sum(c.completion.usage.prompt_tokens for c in calls),
        "completion_tokens": sum(c.completion.usage.completion_tokens for c in calls),
        "calls": seen.calls,
        "written": seen.written or None,
    }


def _broken(record: TrialRecord) -> dict[str, Any]:
    """Return the columns of a failure; its message stays behind, which may hold hosts and paths."""
    stage = "" if record.failure is None else record.failure.stage
    return {**_NOTHING, "role": "failure", "label": stage, "outcome": "error"}


_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("asked_about", "readout", "rule", "code"), ""),
    **dict.fromkeys(("words", "prompt_tokens", "completion_tokens"), 0),
    **dict.fromkeys(("stance", "side", "decisive_a", "decisive_b", "label_mass", "value")),
    **dict.fromkeys(("overlap", "verdict_at", "caveats", "owns_change", "finish", "written")),
    **dict.fromkeys(TEXTS),
    "calls": (),
}
