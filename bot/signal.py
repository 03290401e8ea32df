"""Signals: what single clauses of a reply say for a side, with the weight of how they say it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.bot.abstention import declares
from gadfly.bot.answer import agreement, plain_answer
from gadfly.bot.assessment import assessment
from gadfly.bot.clause import content, marked, padded, stem
from gadfly.bot.judgement import NEGATORS, NOUNS_JUDGED, OMISSIONS
from gadfly.bot.lexicon import FILLERS
from gadfly.bot.proposition import other
from gadfly.bot.verdict import Verdict, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gadfly.bot.answer import YesNo
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
_CLOSING = 12
"""Words and stops a last sentence may have to point to the act without a word of it before."""
_ELSEWHERE: frozenset[Mark] = frozenset({"attribute", "concede", "if", "general"})
_STOPS = frozenset(".,;:!—()-") | {"--", " - "}
_CONTRASTS = frozenset({"but", "yet", "however"})
_MENTIONS = frozenset({"proposition", "principle", "proverb", "phrase", "question", "slogan"})
"""Words after which a statement is mentioned and not made."""
_LISTED = frozenset({"arguments", "argument", "pros", "cons", "perspectives", "viewpoints"})
_FOR_AND_AGAINST = frozenset({"for", "against"})
_JUDGED = frozenset(map(stem, NOUNS_JUDGED))
_MANNER = frozenset(map(stem, ("without", "hesitation", "doubt", "qualms", "regret", "gladly")))
_DOING = frozenset(("do", it) for it in ("it", "that", "this", "so"))
_POINTERS = frozenset({"it", "this", "that", "them", "so", "him", "her"})
_SUMS_UP = frozenset((that, "is", "what", "i") for that in ("that", "this", "it"))
"""What "that is what I would do" points to stands in front of it."""
_DETERMINERS = frozenset(("the", "a", "an", "such", "his", "her", "their", "our", "my", "your"))
_LEAVING = frozenset(map(stem, (*OMISSIONS, "leave", "let", "without")))
"""What a following "it" may point to instead of the act."""
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
    named = frozenset(sentence.raw)
    return opens and (not _LISTED.isdisjoint(named) or named >= _FOR_AND_AGAINST)


def _of_sentence(reply: _Reply, i: int) -> Iterator[Signal]:
    sentence, about = reply.sentences[i], reply.about
    if about.yes is not None:
        agreed = agreement(sentence, about)
        answer = plain_answer(sentence, leads=i == reply.first)
        meant = _taken(about, agreed) if agreed else answer and _meant(reply, i, answer)
        if meant is not None:
            weight = BALANCED if "balance" in sentence.marks else COMMITTED
            yield Signal(side=meant, weight=weight, at=(i, 0), rule="yes-no", owned=True)
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


def _meant(reply: _Reply, i: int, answer: YesNo) -> Side | None:
    """Return the side that "yes" or "no" takes, which may answer the speaker's own question.

    "Is it ideal? No." is on something else; "Is it wrong? No." is a verdict in two sentences.
    """
    about, view = reply.about, reply.view
    before = reply.sentences[i - 1] if i else None
    if before is None or not before.asks:
        return _taken(about, answer)
    verdict = _asked_of_it(before)
    if verdict is not None:
        sign = verdict.sign if answer == "yes" else -verdict.sign
        return view.side(replace(verdict, sign=sign))
    return None if content(before.raw).isdisjoint(view.known) else _taken(about, answer)


def _taken(about: Proposition, answer: YesNo) -> Side | None:
    if about.yes is None:
        return None
    return about.yes if answer == "yes" else other(about.yes)


def _asked_of_it(question: Sentence) -> Verdict | None:
    """Return the verdict of "is it right?", asked of the act by a pronoun."""
    tokens = [t for t in question.raw if t not in _STOPS and t not in FILLERS and t != "?"]
    while tokens and tokens[0] in ("but", "and", "so", "now"):
        tokens = tokens[1:]
    if len(tokens) > _TERSE or tokens[:1] not in (["is"], ["was"]):
        return None
    if tokens[1:2] not in (["it"], ["that"], ["this"]):
        return None
    found = verdicts((tokens[1], tokens[0], *tokens[2:]))
    if len(found) != 1 or not found[0].pointing or found[0].about - _JUDGED:
        return None
    return found[0]


def _clauses(reply: _Reply, i: int) -> list[Signal]:
    """Return the clause signals of a sentence; what follows a "but" takes back what precedes."""
    sentence = reply.sentences[i]
    kept: list[Signal] = []
    if _is_conditional(sentence, reply.view):
        return kept
    for j, clause in enumerate(sentence.clauses):
        if clause.marks & {"concede", "if"}:
            continue
        if clause.contrasts and _ranks(clause) and "worse" not in reply.view.plain:
            kept = [s for s in kept if s.weight > COMMITTED]
            continue
        if j and not kept and clause.tokens[:4] in _SUMS_UP:
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


def _ranks(clause: Clause) -> bool:
    """Whether "but five is worse" begins here: of two evils, and on neither a verdict."""
    tokens = clause.tokens
    if "worse" not in tokens or "than" in tokens:
        return False
    behind = tokens[tokens.index("worse") + 1 :]
    return behind[:1] == ("to",) or _POINTERS.isdisjoint(tokens)


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
    if terse and rest[:2] in _DOING:
        about = content(rest)
        return (Verdict(modality="should", sign=sign, head="do", about=about, pointing=True),)
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
    if verdict.pointing:
        return _points(verdict, known, reply, i, clause)
    if verdict.head not in view.known:
        return False
    beside = verdict.about - _JUDGED - {verdict.head}
    if not beside or known - {verdict.head}:
        return True
    return verdict.head not in _LIGHT and bool(_POINTERS & set(clause.tokens))


def _points(verdict: Verdict, known: frozenset[str], reply: _Reply, i: int, clause: Clause) -> bool:
    """Whether what a verdict points to ("it", "do so") is the act."""
    view = reply.view
    if not verdict.head and clause.marks & _UNSETTLED:
        return False
    beside = verdict.about - _JUDGED - _MANNER - {verdict.head}
    if known or i == reply.first:
        return bool(known) or not beside
    if beside:
        return False
    if clause.marks & {"commit", "balance"} and not {"that", "this"} & set(clause.tokens):
        return True
    before = reply.sentences[i - 1]
    if content(before.raw) & (_LEAVING - view.known):
        return False
    if (i == reply.first + 1 and len(before.raw) < _SHORT) or _on_topic(before, view):
        return True
    bare = len(clause.tokens) == 1 and (verdict.sign > 0 or len(reply.sentences[i].clauses) > 1)
    return not bare and _closes(reply, i, clause)


def _closes(reply: _Reply, i: int, clause: Clause) -> bool:
    """Whether a short last sentence points to the act, for want of anything else it could mean.

    A lone "fine" or "right" may be no more than a sigh, and is not asked about.
    """
    before, sentence = reply.sentences[i - 1], reply.sentences[i]
    if any(not s.asks for s in reply.sentences[i + 1 :]) or len(sentence.raw) > _CLOSING:
        return False
    if before.asks or not before.marks.isdisjoint(_ELSEWHERE):
        return False
    said = set(clause.tokens)
    return "do" in said or not ({"that", "this"} & said or before.raw[0] in _DETERMINERS)


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
