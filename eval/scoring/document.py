"""Scored dialogues as JSON (docs/scoring.md): no text, no path, no clock."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson

from gadfly.eval.judging.summary import summary
from gadfly.eval.judging.verdicts import settled
from gadfly.eval.report_json import cleaned
from gadfly.eval.scoring.doubtful import doubtful
from gadfly.eval.scoring.estimates import profile, responsive_share, speakers
from gadfly.eval.scoring.scorer import score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gadfly.bot.judging import Case
    from gadfly.eval.judging.doubt import Doubt
    from gadfly.eval.judging.verdicts import Judged, Judging, StoredVerdict
    from gadfly.eval.scoring.asked import Stated
    from gadfly.eval.scoring.estimates import SpeakerProfile, Turns
    from gadfly.eval.scoring.scorer import Scored
    from gadfly.eval.scoring.turns import Gathered

SCHEMA = 1
NO_STANCE = (
    "No question was stated: stances, and with them moves and flips, are not scored; everything "
    "else is."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreInput:
    """Everything a report on dialogues is made of."""

    gathered: Gathered
    on: Stated | None
    """The stated question; None where there is none."""
    found: Mapping[str, Turns]
    """All turns of each dialogue, scored."""
    profiles: tuple[SpeakerProfile, ...]
    notes: tuple[str, ...]
    """What a reader must know, one sentence each."""
    version: str
    doubtful: Mapping[Doubt, Case]
    """Turns on whose stance the rules are unsure, without a judge."""
    judged: Judged | None
    """What judging came to; None without a question."""


def scored(
    gathered: Gathered, on: Stated | None, *, chosen: Sequence[str] = (), version: str = ""
) -> ScoreInput:
    """Score all dialogues, and profile the chosen speakers (all of them for none). Pure."""
    found = {dialogue.name: score(dialogue, on) for dialogue in gathered.dialogues}
    names = tuple(chosen) or speakers(gathered.dialogues)
    open_ = {} if on is None else doubtful(found, on, names)
    notes = (*gathered.notes, *((NO_STANCE,) if on is None else ()))
    return ScoreInput(
        gathered=gathered,
        on=on,
        found=found,
        profiles=tuple(profile(name, found) for name in names),
        notes=notes,
        version=version,
        doubtful=open_,
        judged=None if on is None else settled(tuple(open_), None, ())[0],
    )


def with_judge(
    source: ScoreInput, judging: Judging, verdicts: Iterable[StoredVerdict]
) -> ScoreInput:
    """Put first looks of a judge in place of the readings the rules are unsure of. Pure."""
    judged, first = settled(tuple(source.doubtful), judging, verdicts)
    readings = {reply: verdict.reading for (reply, _), verdict in first.items()}
    told = {reply: reading for reply, reading in readings.items() if reading is not None}
    found = {
        dialogue.name: score(dialogue, source.on, told) for dialogue in source.gathered.dialogues
    }
    return replace(
        source,
        found=found,
        profiles=tuple(profile(own.speaker, found) for own in source.profiles),
        judged=judged,
    )


def judging_of(source: ScoreInput) -> dict[str, Any] | None:
    """Return what judging came to, as a report on a run has it; None without a question."""
    if source.judged is None:
        return None
    return summary(source.judged, None, run="", epoch=0)


def document(source: ScoreInput) -> dict[str, Any]:
    """Return the report as plain values.

    Raises:
        ValueError: A number is not finite.
    """
    about = None if source.on is None else source.on.about
    chosen = {found.speaker for found in source.profiles}
    made: dict[str, Any] = cleaned(
        {
            "schema": SCHEMA,
            "gadfly": source.version,
            "source": source.gathered.digest,
            "formats": list(source.gathered.formats),
            "question": None
            if about is None
            else {"text": about.question, "a": about.a, "b": about.b, "yes": about.yes},
            "judging": judging_of(source),
            "notes": list(source.notes),
            "speakers": [_speaker(found) for found in source.profiles],
            "dialogues": [_dialogue(name, turns, chosen) for name, turns in source.found.items()],
        }
    )
    return made


def score_json(source: ScoreInput) -> bytes:
    """Return the report as UTF-8 JSON: keys sorted, two spaces of indent, a newline at the end."""
    options = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(document(source), option=options)


def _speaker(found: SpeakerProfile) -> dict[str, Any]:
    return {
        "speaker": found.speaker,
        "dialogues": found.dialogues,
        "turns": found.turns,
        "words": found.words,
        "outcomes": None if found.outcomes is None else dict(found.outcomes),
        "stock": dict(found.stock),
        "estimates": [asdict(estimate) for estimate in found.estimates],
    }


def _dialogue(name: str, turns: Turns, chosen: set[str]) -> dict[str, Any]:
    shares = {
        who: responsive_share(tuple(t for t in turns if t.turn.speaker == who))
        for who in sorted({t.turn.speaker for t in turns} & chosen)
    }
    return {
        "dialogue": name,
        "responsive": shares,
        "turns": [_turn(turn) for turn in turns if turn.turn.speaker in chosen],
    }


def _turn(turn: Scored) -> dict[str, Any]:
    return {
        "turn": turn.number,
        "speaker": turn.turn.speaker,
        "line": turn.turn.line,
        "words": turn.words,
        "answers": list(turn.answers),
        "outcome": turn.outcome,
        "side": turn.side,
        "rule": turn.rule,
        "move": turn.move,
        "new_argument": turn.new_argument,
        "excess": turn.excess,
        "engaged": turn.engaged,
        "responsive": turn.responsive,
        "overlap": turn.overlap,
        "sentences": turn.phrases.sentences,
        "new_words": turn.phrases.words,
        "hedged": turn.phrases.hedged,
        "stock": dict(turn.phrases.stock),
    }
