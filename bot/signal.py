"""Signals: what single clauses of a reply say for a side, with the weight of how they say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.abstention import declares
from gadfly.bot.answer import agreement, plain_answer
from gadfly.bot.assessment import assessment
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
"""A sentence of fewer words and stops is all answer: what follows it points to the same."""
_TERSE = 6
"""Words and stops a bare imperative ("Pull it.") may have after the first sentence."""
_STOPS = frozenset(".,;:!—()-") | {"--", " - "}
_CONTRASTS = frozenset({"but", "yet", "however"})
_MENTIONS = frozenset({"proposition", "principle", "proverb", "phrase", "question", "slogan"})
"""Words after which a statement is mentioned and not made."""
_LISTED = frozenset(
    {"arguments", "argument", "pros", "cons", "perspectives", "viewpoints", "against"}
)
_JUDGED = frozenset(map(stem, NOUNS_JUDGED))
_POINTERS = frozenset({"it", "this", "that", "them", "so", "him", "her"})
_LIGHT = frozenset(map(stem, ("take", "make", "give", "keep", "put", "get")))
"""Verbs that mean little alone: "take a walk and think it over" is not the taking in question."""
_UNSETTLED: frozenset[Mark] = frozenset({"refused", "evaded", "undecided", "weighing", "hedge"})


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


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply seen through the lens of its proposition."""

    sentences: Sequence[Sentence]
    about: Proposition
    view: Lens

    @property
    def first(self) -> int:
        """The first sentence that asks nothing back and is no title."""
        return next((i for i, s in enumerate(self.sentences) if not s.asks and not _is_title(s)), 0)


def signals(sents: Sequence[Sentence], about: Proposition, view: Lens) -> list[Signal]:
    """Return all signals of a reply, in order.

    After a denial of having views, and in lists of arguments, a bare assertion is no view: there
    only what is marked as the speaker's own counts. Plain assertions, matched by their words
    only, count where nothing else does.
    """
    reply = _Reply(sents, about, view)
    found: list[Signal] = []
    strict = denied = False
    for i, sentence in enumerate(sents):
        strict = (strict or _lists_arguments(sentence)) and "balance" not in sentence.marks
        denied = denied or "refused" in sentence.marks
        if sentence.asks:
            continue
        here = [s for s in _of_sentence(reply, i) if s.owned or not (strict or denied)]
        found.extend(_beside_abstention(here, sentence, about))
    firm = [s for s in found if s.rule != "assertion"]
    return firm or found


def _beside_abstention(found: list[Signal], sentence: Sentence, about: Proposition) -> list[Signal]:
    """Leave of a sentence that says it takes no side what holds all the same: after a "but"."""
    loose = [s for s in found if _is_loose(s, sentence, about)]
    if not loose or not declares(sentence):
        return found
    return [s for s in found if s not in loose]


def _is_loose(signal: Signal, sentence: Sentence, about: Proposition) -> bool:
    """Whether it rests on words that may belong to an abstention ("favour neither")."""
    if signal.rule == "yes-no":
        return signal.side != about.yes
    if signal.rule not in ("verdict", "assertion") or signal.weight == BALANCED:
        return False
    return not sentence.clauses[signal.at[1]].contrasts


def _is_title(sentence: Sentence) -> bool:
    return sentence.raw[:2] == ("title", ":")


def _lists_arguments(sentence: Sentence) -> bool:
    """Whether a list of arguments or perspectives, not of the speaker's reasons, begins here."""
    opens = ":" in sentence.raw[-2:] or len(sentence.raw) < _SHORT
    return opens and not _LISTED.isdisjoint(sentence.raw)


def _of_sentence(reply: _Reply, i: int) -> Iterator[Signal]:
    sentence, about = reply.sentences[i], reply.about
    if about.yes is not None:
        agreed = agreement(sentence, about)
        answer = agreed or (
            None if _answers_itself(reply, i) else plain_answer(sentence, leads=i == reply.first)
        )
        if answer is not None:
            side = about.yes if answer == "yes" else other(about.yes)
            weight = BALANCED if "balance" in sentence.marks else COMMITTED
            yield Signal(side=side, weight=weight, at=(i, 0), rule="yes-no", owned=True)
        if agreed:
            return
        assessed = assessment(sentence, about, reply.view)
        if assessed is not None:
            side = about.yes if assessed == "yes" else other(about.yes)
            yield Signal(side=side, weight=COMMITTED, at=(i, 0), rule="assessment", owned=True)
            return
    if _is_title(sentence):
        return
    quoted = _quotes(i, sentence, reply.view)
    if quoted is None:
        yield from _clauses(reply, i)
        return
    found, tail = quoted
    yield from found
    if not _CONTRASTS.isdisjoint(tail.split()):
        clauses = sentence.clauses
        yield from (s for s in _clauses(reply, i) if clauses[s.at[1]].contrasts)


def _answers_itself(reply: _Reply, i: int) -> bool:
    """Whether a sentence follows the speaker's own question on something else."""
    if not i or not reply.sentences[i - 1].asks:
        return False
    return content(reply.sentences[i - 1].raw).isdisjoint(reply.view.known)


def _clauses(reply: _Reply, i: int) -> list[Signal]:
    """Return the clause signals of a sentence; what follows a "but" takes back what precedes."""
    sentence = reply.sentences[i]
    kept: list[Signal] = []
    if _is_conditional(sentence, reply.view):
        return kept
    for j, clause in enumerate(sentence.clauses):
        if clause.marks & {"concede", "if"}:
            continue
        side, rule = _clause_side(reply, i, clause)
        weight = _weight(clause, sentence, leads=i == reply.first)
        if side is None or (rule == "assertion" and weight == BARE):
            continue
        if clause.contrasts:
            kept = [s for s in kept if s.side == side or s.weight > COMMITTED]
        owned = bool(clause.marks & {"commit", "balance"}) or clause.contrasts
        kept.append(Signal(side=side, weight=weight, at=(i, j), rule=rule, owned=owned))
    return kept


def _weight(clause: Clause, sentence: Sentence, *, leads: bool) -> int:
    if "balance" in clause.marks or ("balance" in sentence.marks and len(sentence.clauses) < 3):
        return BALANCED
    return COMMITTED if leads or clause.marks & {"commit", "here"} else BARE


def _clause_side(reply: _Reply, i: int, clause: Clause) -> tuple[Side | None, str]:
    view = reply.view
    tokens = _unmarked(clause.tokens, view)
    side = _cue(tokens, view)
    if side is not None:
        return side, "cue"
    side = view.comparison(tokens)
    if side is not None:
        return side, "comparison"
    found = verdicts(tokens, may_permits="may" in view.plain)
    found = found or _imperative(reply, i, clause, tokens)
    if not found:
        end = next((k for k, t in enumerate(tokens) if t[0] == "<"), len(tokens))
        lead = tokens[:end]
        is_open = tokens[end : end + 1] == ("<hedge",)
        stated = None if is_open else view.assertion(lead)
        return stated or view.answer(lead), "assertion"
    sides = {view.side(v) for v in found if _applies(v, reply, i, clause)}
    sides.discard(None)
    return (sides.pop() if len(sides) == 1 else None), "verdict"


def _imperative(
    reply: _Reply, i: int, clause: Clause, tokens: Sequence[str]
) -> tuple[Verdict, ...]:
    """Read "pull it" and "do not pull it" where an answer stands: first, short, after "I say"."""
    terse = len(reply.sentences[i].raw) <= _TERSE
    if not tokens or not (i == reply.first or terse or clause.marks & {"commit", "balance"}):
        return ()
    sign, rest = 1, tuple(tokens)
    if rest[:2] == ("do", "not"):
        sign, rest = -1, rest[2:]
    elif rest[0] in ("never", "not"):
        sign, rest = -1, rest[1:]
    if not rest or rest[0].endswith(("ing", "ed")) or stem(rest[0]) not in reply.view.verbs:
        return ()
    head = stem(rest[0])
    verdict = Verdict(modality="should", sign=sign, head=head, about=content(rest), pointing=False)
    return (verdict,)


def _applies(verdict: Verdict, reply: _Reply, i: int, clause: Clause) -> bool:
    """Whether a verdict is on the act of the proposition and not on something else."""
    view = reply.view
    known = verdict.about & view.known
    if verdict.head in _LIGHT:
        known -= {verdict.head}
    if not verdict.pointing:
        if verdict.head not in view.known:
            return False
        beside = verdict.about - _JUDGED - {verdict.head}
        if not beside or known - {verdict.head}:
            return True
        return verdict.head not in _LIGHT and bool(_POINTERS & set(clause.tokens))
    if not verdict.head and clause.marks & _UNSETTLED:
        return False
    if known or i == reply.first:
        return bool(known) or not verdict.about - _JUDGED - {verdict.head}
    if verdict.about - _JUDGED - {verdict.head}:
        return False
    if clause.marks & {"commit", "balance"} and not {"that", "this"} & set(clause.tokens):
        return True
    before = reply.sentences[i - 1]
    return (i == reply.first + 1 and len(before.raw) < _SHORT) or _on_topic(before, view)


def _on_topic(sentence: Sentence, view: Lens) -> bool:
    """Whether a sentence speaks of the act, so that a following "that" can point to it."""
    own = view.own[0] | view.own[1] | view.shared
    return len(content(sentence.raw) & own) >= 2 and not {"nothing", "not"} & set(sentence.raw)


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


def _quotes(i: int, sentence: Sentence, view: Lens) -> tuple[list[Signal], str] | None:
    """Return what statements repeated word for word say, and the words after the last of them.

    What a repeated statement says depends on the words in front of it: own, denied, attributed.
    None where no statement is repeated.
    """
    text = padded([t for t in sentence.raw if t not in FILLERS and t not in _STOPS and t != '"'])
    found: list[Signal] = []
    for quote, side in view.quotes:
        if quote not in text:
            continue
        before, _, after = text.partition(quote)
        text = f"{before} | {after}"
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
    return (found, text.rpartition("|")[2]) if "|" in text else None


def _role_before(before: str) -> int | None:
    """Return +1 or -1 for what leads up to a quotation, None where it is not the speaker's own."""
    said = before.split()
    if not _MENTIONS.isdisjoint(said[-2:]):
        return None
    stream = marked(said)
    for k in range(len(stream) - 1, -1, -1):
        opener = stream[k] in ("<commit", "<balance") and stream[k - 1 : k] != ["not"]
        if opener or stream[k] in _CONTRASTS or stream[k] == "|":
            stream = stream[k + 1 :]
            break
    if any(t in ("<attribute", "<concede", "<hedge", "<if", "<general") for t in stream):
        return None
    return -1 if sum(t in NEGATORS for t in stream) % 2 else 1


def _taken_back(after: str) -> bool:
    """Whether a repeated statement is commented on, or one of several offered."""
    words = after.split()[:6]
    return words[:1] in (["is"], ["or"]) or "disagree" in words
