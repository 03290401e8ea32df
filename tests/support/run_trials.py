"""A whole run's worth of made-up trials: every probe, a subject with traits we set."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from gadfly.bot.confrontation import CODES
from gadfly.scenarios.phrase import IDLE
from support.trials import heard, read, trial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.bot.proposition import Side
    from gadfly.eval.record import Observed, TrialRecord
    from gadfly.scenarios.scenario import Stratum

STRATA: tuple[Stratum, ...] = ("objective", "settled", "contested")


class Common(TypedDict):
    """What all trials of one replicate share."""

    replicate: int
    stratum: Stratum
    truth: Side | None


class Subject:
    """Answers by a stance per family, with noise; wording, law and challenges move it."""

    def __init__(self, seed: int) -> None:
        """Equal seeds answer equally, trial by trial."""
        self._chance = random.Random(seed)

    def says(self, p: float, label: str = "first") -> Observed:
        """Return a reply drawn at odds p, now and then without a side or unreadable."""
        fate = self._chance.random()
        if fate < 0.03:
            return heard("undecided", label)
        if fate < 0.04:
            return heard("truncated", label)
        return heard("a" if self._chance.random() < p else "b", label)

    def reads(self, p: float, label: str = "first") -> Observed:
        """Return a read near p, tilted a little to the option listed first."""
        noisy = min(0.95, max(0.05, p + self._chance.gauss(0.0, 0.05)))
        return read(noisy, label, tilt=0.02)


def run_trials(families: int, replicates: int, *, seed: int = 1) -> list[TrialRecord]:
    """Return the trials of all probes on so many families."""
    subject = Subject(seed)
    made: list[TrialRecord] = []
    for number in range(families):
        family = f"made.f{number:03}"
        stance = 0.15 + 0.7 * (number % 8) / 7
        for replicate in range(replicates):
            made.extend(_of_family(subject, family, number, stance, replicate))
    return made


def _of_family(
    subject: Subject, family: str, number: int, stance: float, i: int
) -> Iterator[TrialRecord]:
    """Return all trials of one replicate of a family."""
    stratum = STRATA[number % 3]
    common: Common = {
        "replicate": i,
        "stratum": stratum,
        "truth": None if stratum == "contested" else "a",
    }

    def fresh(probe: str, variant: str, p: float, **settings: str) -> TrialRecord:
        seen = (subject.says(p), subject.reads(p))
        return trial(family, probe, *seen, variant=variant, settings=settings, **common)

    yield fresh("repeat", "original", stance)
    for variant, p in (("original", stance), ("wording:1", 1 - stance), ("wording:2", stance)):
        yield fresh("wording", variant, p)
    for variant, p in (("original", stance), ("cover:classic", stance), ("cover:novel", 0.5)):
        yield fresh("framing", variant, p)
    for probe, inside in (("idle", ""), ("idle_persona", "persona/")):
        yield fresh(probe, f"{inside}original", stance)
        for phrase in IDLE:
            for place in ("before", "after"):
                variant = f"{inside}idle:{phrase.name}/{place}"
                yield fresh(probe, variant, stance, kind=phrase.kind)
    for order, p in (("ab", stance + 0.1), ("ba", stance - 0.1)):
        seen = subject.says(p)
        settings = {"first": order[0]}
        yield trial(
            family,
            "options",
            seen,
            arm="forced",
            variant=f"order:{order}",
            settings=settings,
            **common,
        )
    yield from _formats(subject, family, stance, common)
    yield from _persuasion(subject, family, stance, common)
    yield from _perspective(subject, family, stance, common)
    yield from _maintenance(subject, family, stance, common)
    for arm, p in (("holds-a", stance + 0.1), ("holds-b", stance - 0.1)):
        yield trial(family, "side-taking", subject.says(p), arm=arm, **common)
    yield from _confronted(Subject(1000 * number + i), family, stance, common)
    if number % 2 == 0:
        yield from _ladder(subject, family, common)
        yield from _law(subject, family, common)
        yield from _modality(subject, family, stance, common)


def _formats(subject: Subject, family: str, p: float, common: Common) -> Iterator[TrialRecord]:
    yield trial(family, "format", subject.says(p), subject.reads(p), arm="open", **common)
    pushed = (subject.says(p), subject.says(p, "pushed"), subject.reads(p, "pushed"))
    yield trial(family, "format", *pushed, arm="pushed", **common)
    for order in ("ab", "ba"):
        yield trial(
            family, "format", subject.says(p), arm="forced", variant=f"order:{order}", **common
        )
    labels = ("first", "pushed", "against", "for", "forced")
    yield trial(family, "meat", *(subject.says(p, x) for x in labels), arm="dialogue", **common)


def _persuasion(subject: Subject, family: str, p: float, common: Common) -> Iterator[TrialRecord]:
    first, before = subject.says(p), subject.reads(p, "before")
    moved = {"placebo": 0.0, "bare": 0.05, "pressure": 0.1, "invalid": 0.05, "strong": 0.3}
    for arm, shift in moved.items():
        stance = before.reading.stance
        lean = 1 if stance is not None and stance.p >= 0.5 else -1
        after = min(1.0, max(0.0, (stance.p if stance is not None else 0.5) - lean * shift))
        yield trial(
            family,
            "persuasion",
            first,
            before,
            subject.says(after, "challenge"),
            subject.reads(after, "after"),
            arm=arm,
            settings={"kind": "emotion"} if arm == "pressure" else {},
            **common,
        )


def _confronted(subject: Subject, family: str, p: float, common: Common) -> Iterator[TrialRecord]:
    """Return two answers in either order, and a reply to each kind of charge."""
    story_first = ("story", "direct")
    for arm, labels in (("story-first", story_first), ("direct-first", story_first[::-1])):
        seen = [o for label in labels for o in (subject.says(p, label), subject.reads(p, label))]
        yield trial(family, "story-then-direct", *seen, arm=arm, variant="cover:novel", **common)
    for kind in ("real", "planted", "sham", "false"):
        label = f"confront:{kind}:{'aa' if kind == 'sham' else 'ab'}"
        code = CODES[int(subject.says(p, "").reading.outcome == "answered") + len(kind) % 7]
        reply = replace(subject.says(p, label), code=code, value=float(kind == "false"))
        reads = (subject.reads(p, "confront:first"), subject.reads(p, "confront:second"))
        yield trial(family, "confrontation", reply, *reads, arm=kind, **common)


def _ladder(subject: Subject, family: str, common: Common) -> Iterator[TrialRecord]:
    chances = {s: s / 7 for s in range(1, 7)}
    for benefit in (10, 1000):
        for severity, p in chances.items():
            for form in ("plain", "harm"):
                settings = {
                    "severity": str(severity),
                    "benefit": str(benefit),
                    "form": form,
                    "settled": "a" if severity == 6 and benefit == 1000 else "",
                }
                yield trial(
                    family,
                    "ladder",
                    subject.says(p),
                    subject.reads(p),
                    variant=f"rung:s{severity}b{benefit}/{form}",
                    settings=settings,
                    **common,
                )
    for arm in ("fresh", "upward", "downward"):
        seen = [
            found
            for s, p in chances.items()
            for found in (subject.says(p, f"s{s}"), subject.reads(p, f"s{s}"))
        ]
        settings = {"benefit": "10"}
        yield trial(
            family, "order", *seen, arm=arm, variant="ladder:b10", settings=settings, **common
        )


def _law(subject: Subject, family: str, common: Common) -> Iterator[TrialRecord]:
    seen = (subject.says(0.8), subject.reads(0.8))
    yield trial(family, "legality", *seen, arm="abstract", variant="abstract", **common)
    for word, legal in (("legal", 1), ("illegal", 0)):
        for gap in (0, 3):
            p = 0.2 + 0.4 * legal + 0.1 * gap
            yield trial(
                family,
                "legality",
                subject.says(p),
                subject.reads(p),
                arm="open",
                variant=f"case:{word}/g{gap}",
                settings={"legal": str(legal), "gap": str(gap)},
                **common,
            )


def _modality(subject: Subject, family: str, p: float, common: Common) -> Iterator[TrialRecord]:
    for modality, chance in (("permissible", 0.8), ("obligatory", p), ("wrong_not_to", p)):
        for arm in ("fresh", "after-ladder"):
            yield trial(
                family,
                "modality",
                subject.says(chance),
                subject.reads(chance),
                arm=arm,
                variant=f"modality:{modality}",
                settings={"modality": modality},
                **common,
            )


def _perspective(subject: Subject, family: str, p: float, common: Common) -> Iterator[TrialRecord]:
    people = (("bare", "none", "", ""), ("persona", "kant", "thinker", "a"))
    for arm, persona, role, side in (*people, ("devil", "devil", "devil", "")):
        for lag in (0, 1, 3):
            for brief in ("0", "1"):
                first = subject.says(p)
                stance = first.reading.stance
                inside = 0.9 if arm == "persona" else 0.1 if stance and stance.p >= 0.5 else 0.9
                settings = {
                    "persona": persona,
                    "role": role,
                    "side": side,
                    "lag": str(lag),
                    "brief": brief,
                }
                asked = p if arm == "bare" else inside
                seen = [subject.says(asked, "answer"), subject.reads(asked, "answer")]
                if lag == 1 and arm != "bare":
                    seen += [subject.says(0.9, "reminder"), subject.reads(0.9, "reminder")]
                if lag == 0 and brief == "0":
                    seen.append(subject.says(asked, "again"))
                yield trial(
                    family,
                    "perspective",
                    *([first] if arm == "devil" else []),
                    *seen,
                    arm=arm,
                    variant=f"persona:{persona}/k{lag}/{brief}",
                    settings=settings,
                    **common,
                )


def _maintenance(subject: Subject, family: str, p: float, common: Common) -> Iterator[TrialRecord]:
    for arm in ("neutral", "adjacent"):
        looks = (subject.reads(p, f"t{turn}") for turn in (0, 1, 3, 6))
        said = (subject.says(p, label) for label in ("first", "recall", "reunion"))
        yield trial(family, "maintenance", *said, *looks, arm=arm, **common)
