"""How calls and trials are written to bytes and read back.

JSON by hand-made mappings rather than a model library: a run has a million of these and each is
written and read once, by this file only. Whatever does not read back as it was written raises
`StoreError`, never a guess.
"""

from __future__ import annotations

from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import orjson

from gadfly.bot.completion import Completion, Usage
from gadfly.bot.errors import StoreError
from gadfly.bot.proposition import Proposition
from gadfly.bot.stance import Cell, Reading, Stance
from gadfly.eval.record import Failure, Observed, TrialRecord

if TYPE_CHECKING:
    from gadfly.bot.call import Call


def call_bytes(call: Call, completion: Completion) -> bytes:
    """Write a call (without its conversation) and its answer."""
    r, s = call.request, call.request.sampling
    return orjson.dumps(
        {
            "kind": r.kind,
            "as": call.asked_as,
            "replicate": call.replicate,
            "draw": call.draw,
            "epoch": call.epoch,
            "sampling": [s.temperature, s.top_p, s.max_tokens],
            "prefill": r.prefill,
            "options": r.options,
            "text": storable(completion.text),
            "reasoning": storable(completion.reasoning),
            "finish": completion.finish,
            "usage": [completion.usage.prompt_tokens, completion.usage.completion_tokens],
            "logprobs": dict(completion.logprobs),
            "lengths": dict(completion.lengths),
            "ms": round(completion.latency_ms, 1),
        }
    )


def read_call(raw: bytes) -> tuple[dict[str, Any], Completion]:
    """Read a call back: its fields as written, and the completion.

    Raises:
        StoreError: The bytes are not a call.
    """
    try:
        d = orjson.loads(raw)
        prompt, completed = d["usage"]
        done = Completion(
            text=d["text"],
            reasoning=d["reasoning"],
            finish=d["finish"],
            usage=Usage(prompt_tokens=prompt, completion_tokens=completed),
            logprobs=MappingProxyType(d["logprobs"]),
            lengths=MappingProxyType(d["lengths"]),
            latency_ms=d["ms"],
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as e:
        raise StoreError(f"a stored call is damaged ({type(e).__name__}: {e})") from e
    return d, done


def trial_bytes(record: TrialRecord) -> bytes:
    """Write a trial record; equal records give equal bytes."""
    return orjson.dumps(
        {
            "key": record.key,
            "family": record.family,
            "topic": record.topic,
            "stratum": record.stratum,
            "tags": sorted(record.tags),
            "truth": record.truth,
            "probe": record.probe,
            "version": record.version,
            "arm": record.arm,
            "variant": record.variant,
            "replicate": record.replicate,
            "settings": dict(record.settings),
            "observations": [_observed(o) for o in record.observations],
            "stopped": record.stopped,
            "failure": None if record.failure is None else asdict(record.failure),
        },
        option=orjson.OPT_SORT_KEYS,
    )


def read_trial(raw: bytes) -> TrialRecord:
    """Read a trial record back.

    Raises:
        StoreError: The bytes are not a trial record.
    """
    try:
        d = orjson.loads(raw)
        failure = d.pop("failure")
        return TrialRecord(
            **{
                **d,
                "tags": tuple(d["tags"]),
                "settings": MappingProxyType(d["settings"]),
                "observations": tuple(_read_observed(o) for o in d["observations"]),
                "failure": None if failure is None else Failure(**failure),
            }
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError) as e:
        raise StoreError(f"a stored trial is damaged ({type(e).__name__}: {e})") from e


def reading_fields(r: Reading) -> dict[str, Any]:
    """Return a reading as plain values."""
    return {
        "readout": r.readout,
        "outcome": r.outcome,
        "stance": None if r.stance is None else [r.stance.p, r.stance.a, r.stance.b],
        "shares": dict(r.shares),
        "cells": [[c.wording, c.order, c.p, dict(c.shares), c.n] for c in r.cells],
        "mass": r.label_mass,
        "rule": r.rule,
    }


def read_reading(d: dict[str, Any]) -> Reading:
    """Return a reading from its plain values; raises KeyError or TypeError for others."""
    return Reading(
        readout=d["readout"],
        outcome=d["outcome"],
        stance=None if d["stance"] is None else Stance(*d["stance"]),
        shares=MappingProxyType(d["shares"]),
        cells=tuple(
            Cell(wording=w, order=o, p=p, shares=MappingProxyType(s), n=n)
            for w, o, p, s, n in d["cells"]
        ),
        label_mass=d["mass"],
        rule=d["rule"],
    )


def _observed(o: Observed) -> dict[str, Any]:
    return {
        "label": o.label,
        "kind": o.kind,
        "about": o.about,
        "words": o.words,
        "overlap": o.overlap,
        "opener": o.opener,
        "verdict_at": o.verdict_at,
        "caveats": o.caveats,
        "value": o.value,
        "code": o.code,
        "owns_change": o.owns_change,
        "calls": o.calls,
        "written": o.written,
        "reading": reading_fields(o.reading),
    }


def _read_observed(d: dict[str, Any]) -> Observed:
    return Observed(
        label=d["label"],
        kind=d["kind"],
        about=d["about"],
        words=d["words"],
        overlap=d["overlap"],
        opener=d["opener"],
        verdict_at=d.get("verdict_at"),
        caveats=d.get("caveats"),
        value=d["value"],
        code=d["code"],
        # Trials written before this was noted lack it.
        owns_change=d.get("owns_change"),
        calls=tuple(d["calls"]),
        written=d["written"],
        reading=read_reading(d["reading"]),
    )


def proposition_bytes(about: Proposition) -> bytes:
    """Write what a reply is read against."""
    return orjson.dumps(asdict(about))


def read_proposition(raw: bytes) -> Proposition:
    """Read a proposition back.

    Raises:
        StoreError: The bytes are not a proposition.
    """
    try:
        d = orjson.loads(raw)
        return Proposition(**{**d, "cues_a": tuple(d["cues_a"]), "cues_b": tuple(d["cues_b"])})
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as e:
        raise StoreError(f"a stored proposition is damaged ({type(e).__name__}: {e})") from e


def storable(text: str) -> str:
    """Return text with lone surrogates replaced, which neither JSON nor SQLite can carry."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
