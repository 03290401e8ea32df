"""Signals: what single clauses of a reply say for a side, with the weight of how they say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.clause import content, marked, padded, stem
from gadfly.bot.judgement import NEGATORS, NOUNS_JUDGED
from gadfly.bot.lexicon import FILLERS
from gadfly.bot.proposition import other
from gadfly.bot.verdict import Verdict, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gadfly.bot.clause import Clause, Sentence
    from gadfly.bot.lens import Lens
    from gadfly.bot.lexicon import Mark
    from gadfly.bot.proposition import Proposition, Side

BALANCED = 3
COMMITTED = 2
BARE = 1

_SHORT = 7
"""A first sentence of fewer words and stops is all answer: what follows it points to the same."""

_YES = frozenset(["yes", "yeah", "yep", "yup", "absolutely", "definitely", "certainly"])
_NO = frozenset(["no", "nope", "nah", "never"])
_OPENERS = frozenset(
    [
        "well",
        "hmm",
        "hm",
        "oh",
        "um",
        "ok",
        "okay",
        "so",
        "short",
        "answer",
        "honestly",
        "ultimately",
        "ah",
        "and",
    ]
)
_AFTER_BARE_NO = frozenset(["i", "it", "you", "they", "he", "she", "we", "that", "this", "there"])
_RULES_OF_THUMB = frozenset("normally usually generally typically ordinarily legally".split())
_STOPS = frozenset(".,;:!—()-") | {"--", " - "}
_MENTIONS = frozenset("proposition principle proverb phrase question slogan".split())
"""Words after which a statement is mentioned and not made."""
_LISTED = frozenset("arguments argument pros cons perspectives viewpoints against".split())
_SILENT: frozenset[Mark] = frozenset({"concede"})
_UNSETTLED: frozenset[Mark] = frozenset({"refused", "evaded", "undecided", "weighing", "hedge"})
_JUDGED = frozenset(map(stem, NOUNS_JUDGED))
_THEIRS = frozenset(
    [
        "statement",
        "proposition",
        "idea",
        "notion",
        "assertion",
        "claim",
        "sentiment",
        "view",
        "this",
        "that",
        "it",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One clause's word for a side."""

    side: Side
    weight: int
    at: tuple[int, int]
    """Sentence and clause."""
    rule: str
    owned: bool
    """Marked as the speaker's own, and not only by its place."""


def signals(sents: Sequence[Sentence], about: Proposition, view: Lens) -> list[Signal]:
    """Return all signals of a reply, in order.

    After a denial of having views, and in lists of arguments, a bare assertion is no view: there
    only what is marked as the speaker's own counts.
    """
    found: list[Signal] = []
    strict = False
    for i, sentence in enumerate(sents):
        strict = (strict or _lists_arguments(sentence)) and "balance" not in sentence.marks
        if sentence.asks or sentence.raw[:2] == ("title", ":"):
            continue
        here = _of_sentence(i, sents, about, view)
        denied = any("refused" in s.marks for s in sents[: i + 1])
        found.extend(s for s in here if s.owned or not (strict or denied))
    firm = [s for s in found if s.rule != "assertion"]
    return firm or found


def _lists_arguments(sentence: Sentence) -> bool:
    """Whether a list of arguments or perspectives, not of the speaker's reasons, begins here."""
    opens = ":" in sentence.raw[-2:] or len(sentence.raw) <= 6
    return opens and not _LISTED.isdisjoint(sentence.raw)


def _of_sentence(
    i: int, sents: Sequence[Sentence], about: Proposition, view: Lens
) -> Iterator[Signal]:
    sentence = sents[i]
    if about.yes is not None:
        agreed = _agreement(sentence, about)
        answer = agreed or _yes_no(i, sentence)
        if answer is not None:
            side = about.yes if answer == "yes" else other(about.yes)
            weight = BALANCED if "balance" in sentence.marks else COMMITTED
            yield Signal(side=side, weight=weight, at=(i, 0), rule="yes-no", owned=True)
        if agreed:
            return
    quoted = _quotes(i, sentence, view)
    yield from _clauses(i, sents, view) if quoted is None else quoted


def _clauses(i: int, sents: Sequence[Sentence], view: Lens) -> Iterator[Signal]:
    """Yield the clause signals of a sentence; what follows a "but" takes back what precedes it."""
    sentence = sents[i]
    if _is_conditional(sentence, view):
        return
    kept: list[Signal] = []
    for j, clause in enumerate(sentence.clauses):
        if clause.marks & _SILENT or "if" in clause.marks:
            continue
        side, rule = _clause_side(i, clause, sents, view)
        if side is None:
            continue
        if clause.contrasts:
            kept = [s for s in kept if s.side == side or s.weight > COMMITTED]
        weight = _weight(i, clause, sentence)
        if rule == "assertion" and weight == BARE:
            continue
        owned = bool(clause.marks & {"commit", "balance"}) or clause.contrasts
        kept.append(Signal(side=side, weight=weight, at=(i, j), rule=rule, owned=owned))
    yield from kept


def _clause_side(
    i: int, clause: Clause, sents: Sequence[Sentence], view: Lens
) -> tuple[Side | None, str]:
    tokens = _unmarked(clause.tokens, view)
    side = _cue(tokens, view)
    if side is not None:
        return side, "cue"
    found = verdicts(tokens, may_permits="may" in view.plain)
    found = found or _imperative(i, clause, tokens, view)
    if not found:
        lead = tokens[: next((k for k, t in enumerate(tokens) if t[0] == "<"), len(tokens))]
        return view.assertion(lead), "assertion"
    sides = {view.side(v) for v in found if _applies(v, i, clause, sents, view)}
    sides.discard(None)
    return (sides.pop() if len(sides) == 1 else None), "verdict"


def _applies(
    verdict: Verdict, i: int, clause: Clause, sents: Sequence[Sentence], view: Lens
) -> bool:
    """Whether a verdict is on the act of the proposition and not on something else."""
    known = verdict.about & view.known
    strange = verdict.about - view.known - _JUDGED - {verdict.head}
    if not verdict.pointing:
        if verdict.head not in view.known:
            return False
        beside = verdict.about - {verdict.head}
        return not beside or bool(known - {verdict.head}) or _points(clause)
    if (strange and not known) or (not verdict.head and clause.marks & _UNSETTLED):
        return False
    if i == 0 or known:
        return True
    if clause.marks & {"commit", "balance"} and not {"that", "this"} & set(clause.tokens):
        return True
    return (i == 1 and len(sents[0].raw) < _SHORT) or _on_topic(sents[i - 1], view)


def _on_topic(sentence: Sentence, view: Lens) -> bool:
    """Whether a sentence speaks of the act, so that a following "that" can point to it."""
    own = view.own[0] | view.own[1] | view.shared
    return len(content(sentence.raw) & own) >= 2 and not {"nothing", "not"} & set(sentence.raw)


def _points(clause: Clause) -> bool:
    return bool({"it", "this", "that", "them", "so", "him", "her"} & set(clause.tokens))


def _imperative(i: int, clause: Clause, tokens: Sequence[str], view: Lens) -> tuple[Verdict, ...]:
    """Read "pull it" and "do not pull it" where an answer stands: first, or after "I would say"."""
    if not tokens or not (i == 0 or clause.marks & {"commit", "balance"}):
        return ()
    sign, rest = 1, tokens
    if rest[:2] == ("do", "not"):
        sign, rest = -1, rest[2:]
    elif rest[0] in ("never", "not"):
        sign, rest = -1, rest[1:]
    if not rest or rest[0].endswith(("ing", "ed")) or stem(rest[0]) not in view.verbs:
        return ()
    head = stem(rest[0])
    verdict = Verdict(modality="should", sign=sign, head=head, about=content(rest), pointing=False)
    return (verdict,)


def _weight(i: int, clause: Clause, sentence: Sentence) -> int:
    if "balance" in clause.marks or ("balance" in sentence.marks and len(sentence.clauses) < 3):
        return BALANCED
    return COMMITTED if i == 0 or clause.marks & {"commit", "here"} else BARE


def _unmarked(tokens: tuple[str, ...], view: Lens) -> tuple[str, ...]:
    """Drop marks of kinds that the proposition itself uses ("sometimes", "in some cases")."""
    if not view.marks:
        return tokens
    return tuple(t for t in tokens if t[0] != "<" or t[1:] not in view.marks)


def _is_conditional(sentence: Sentence, view: Lens) -> bool:
    """Whether a verdict hangs on a condition the question did not state."""
    for clause in sentence.clauses:
        if "if" in clause.marks and "concede" not in clause.marks:
            named = content(t for t in clause.tokens if t[0] != "<")
            if len(named & view.known) * 2 < len(named):
                return True
    return False


def _cue(tokens: Sequence[str], view: Lens) -> Side | None:
    """Return the side of an author's cue, turned by negations in front of it."""
    if not view.cues:
        return None
    text = padded(tokens)
    for cue, side in view.cues:
        at = text.find(cue)
        if at >= 0:
            before = text[:at].split()
            if any(t[0] == "<" for t in before):
                return None
            return other(side) if sum(t in NEGATORS for t in before) % 2 else side
    return None


def _quotes(i: int, sentence: Sentence, view: Lens) -> list[Signal] | None:
    """Return what statements repeated word for word say, None where there are none.

    What a repeated statement says depends on the words in front of it: own, denied, attributed.
    """
    text = padded([t for t in sentence.raw if t not in FILLERS and t not in _STOPS and t != '"'])
    found: list[Signal] | None = None
    for quote, side in view.quotes:
        if quote not in text:
            continue
        before, _, after = text.partition(quote)
        text = f"{before} | {after}"
        found = found or []
        turned = _role_before(before)
        if turned is None or _taken_back(after):
            continue
        found.append(
            Signal(
                side=side if turned > 0 else other(side),
                weight=BALANCED if "balance" in sentence.marks else COMMITTED,
                at=(i, 0),
                rule="statement",
                owned=True,
            )
        )
    return found


def _role_before(before: str) -> int | None:
    """Return +1 or -1 for what leads up to a quotation, None where it is not the speaker's own."""
    said = before.split()
    if said[-1:] and (said[-1] in _MENTIONS or said[-2:-1] and said[-2] in _MENTIONS):
        return None
    stream = marked(said)
    for k in range(len(stream) - 1, -1, -1):
        if stream[k] in ("<commit", "<balance", "but", "yet", "however", "|", ";", ":"):
            stream = stream[k + 1 :]
            break
    if any(t in ("<attribute", "<concede", "<hedge", "<if", "<general") for t in stream):
        return None
    return -1 if sum(t in NEGATORS for t in stream) % 2 else 1


def _taken_back(after: str) -> bool:
    words = after.split()[:6]
    return (
        words[:1] == ["is"]
        or "disagree" in words
        or words[:2] == ["or", "|"]
        or words[:1] == ["or"]
    )


def _yes_no(i: int, sentence: Sentence) -> str | None:
    """Return "yes" or "no" where the sentence leads with it, or names it as its answer."""
    if {"yes", "no"} <= sentence.marks:
        return None
    for answer in ("yes", "no"):
        if answer in sentence.marks and not sentence.marks & {"attribute", "if"}:
            return answer
    tokens = [t for t in sentence.raw if t != '"']
    while tokens and (tokens[0] in _OPENERS or tokens[0] in _STOPS or _is_manner(tokens)):
        tokens = tokens[1:]
    if i > 0 and len(tokens) > 4 and "balance" not in sentence.marks:
        return None
    return _lead(tokens)


def _is_manner(tokens: Sequence[str]) -> bool:
    """Whether an adverb of manner leads: "probably yes", "reluctantly, no"."""
    if tokens[0] in _RULES_OF_THUMB:
        return False
    return tokens[0].endswith("ly") and bool({"yes", "no"} & set(tokens[1:3]))


def _lead(tokens: Sequence[str]) -> str | None:
    follower = tokens[1] if len(tokens) > 1 else "."
    if not tokens:
        return None
    if "yes" in tokens[:4] and "no" in tokens[:4]:
        return None
    if tokens[0] in ("absolutely", "definitely", "certainly", "not", "of") and "not" in tokens[:3]:
        stops = tokens[3:4] == [] or any(t in _STOPS for t in tokens[1:4]) or len(tokens) < 4
        short = tokens[0] != "not" or tokens[:3] == ["not", "at", "all"]
        return "no" if stops and short else None
    if tokens[0] in _YES and (follower in _STOPS or tokens[0] in ("yes", "yeah", "yep", "yup")):
        return "yes"
    if tokens[0] in _NO and (follower in _STOPS or follower in _AFTER_BARE_NO):
        return "no" if tokens[0] != "never" or follower in _STOPS else None
    return None


def _agreement(sentence: Sentence, about: Proposition) -> str | None:
    """Read "I (dis)agree (with this statement)" where the question asks for agreement."""
    if "agree" not in about.question:
        return None
    tokens = sentence.raw
    for k, token in enumerate(tokens):
        if token not in ("agree", "disagree") or "i" not in tokens[max(0, k - 4) : k]:
            continue
        rest = [t for t in tokens[k + 1 : k + 5] if t not in FILLERS and t not in ("the", "with")]
        if rest and rest[0] not in _STOPS and rest[0] not in _THEIRS:
            return None
        denied = "not" in tokens[max(0, k - 4) : k]
        return "yes" if (token == "agree") != denied else "no"
    return None
