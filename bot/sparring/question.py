"""From a question to the two statements between which it is answered, by rule.

A yes-no question is turned around ("Should doctors lie?": "Doctors should lie", "Doctors should
not lie"); an opinion that opens a spar is taken as it stands, beside its denial. Where the subject
of a question cannot be told from what is said of it, there are no statements: whoever is able may
be asked for them (`gadfly.bot.sparring.prompt`). English only.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from gadfly.bot.judgement import IRREGULAR
from gadfly.bot.proposition import Proposition
from gadfly.bot.sparring.verbs import VERBS

_BE = frozenset({"is", "are", "was", "were", "am"})
_MODAL = frozenset(
    {"should", "would", "could", "can", "may", "must", "might", "ought", "will", "shall"}
)
_DO = frozenset({"do", "does", "did", "has", "have", "had"})
_AUXILIARIES = _BE | _MODAL | _DO
_PRONOUNS = frozenset(
    {"it", "i", "you", "he", "she", "they", "we", "there", "one", "everyone", "everybody"}
    | {"anyone", "anybody", "someone", "somebody", "people", "nobody"}
)
_DETERMINERS = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "my", "your", "his", "her", "its"}
    | {"our", "their", "some", "any", "every", "each", "all", "no", "large", "small"}
)
_JUDGING_WORDS = """
    wrong right fair unfair just unjust acceptable unacceptable permissible impermissible fine
    justified unjustified ok okay good bad better worse worst best moral immoral ethical unethical
    obliged required entitled allowed forbidden necessary unnecessary true false possible worth
    ever always safe dangerous kind cruel rude polite legitimate excusable defensible reasonable
    sensible responsible guilty free morally ethically legally overrated underrated harmful
    beneficial desirable useful useless banned
"""
JUDGING = frozenset(_JUDGING_WORDS.split())
"""What a question may ask of its subject."""
_RELATIVES = frozenset({"who", "that", "which", "whom", "whose"})
_OPINION = re.compile(
    r"^(?:(?:well|so|look|right|honestly|personally|frankly)[, ]+)?"
    r"(?:i (?:really |firmly |would |do |still )?"
    r"(?:think|believe|hold|claim|say|maintain|argue|feel)"
    r"|my (?:view|claim|position|thesis|opinion) is|(?:let us|let's|i want to|can we) (?:debate|"
    r"discuss|argue about)(?: whether)?|(?:convince|persuade) me|defend the "
    r"(?:view|claim|position)|argue|resolved|claim|thesis|motion)"
    r"(?: that|:)?\s+(?P<said>\S.{8,})$",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d,.]*")
_SWAPPED = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "i'm": "you're",
    "i've": "you've",
}
_ANTONYMS = (
    ("wrong", "all right"),
    ("unfair", "fair"),
    ("unjust", "just"),
    ("unacceptable", "acceptable"),
    ("impermissible", "permissible"),
    ("immoral", "moral"),
    ("unethical", "ethical"),
    ("bad", "good"),
    ("right", "wrong"),
    ("fine", "wrong"),
    ("ok", "wrong"),
    ("okay", "wrong"),
    ("justified", "unjustified"),
    ("permitted", "forbidden"),
    ("allowed", "forbidden"),
    ("all right", "wrong"),
    ("acceptable", "unacceptable"),
    ("fair", "unfair"),
    ("just", "unjust"),
    ("permissible", "impermissible"),
    ("moral", "immoral"),
    ("ethical", "unethical"),
    ("good", "bad"),
)
_TO_YOU = re.compile(
    r"^(?:hello|hi|hey|thanks?|please|tell|give|write|show|explain|let|help|"
    r"good (?:morning|evening|day))\b|\b(?:i|i'm|me|my|you|your)\b",
    re.IGNORECASE,
)
_LEAST_STATED, _MOST_STATED = 3, 40
"""Words of a bare assertion that opens a spar."""
_RIGHT = re.compile(r"^(?:he|she|they) (?:is|are) (?P<how>right|correct|wrong|mistaken)\.$", re.I)
_SAYS = re.compile(
    r"\b(?:says?|thinks?|believes?|claims?|holds?|argues?|insists?)(?: that)? (?P<what>.{8,})$"
)
_OUGHT = re.compile(r"^(?P<who>.+?) (?:should|may|must|ought) (?P<not>not )?(?:to )?(?P<do>.+)$")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text as they stand, blank ones dropped."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def propose(text: str) -> Proposition | None:
    """Return the proposition a message puts, None where no rule finds one.

    The last yes-no question counts, with `yes="a"`; without a question, an opinion the message
    opens with, to which yes is no answer. The proposition's question is the whole text, so that a
    story told before the question stays with it.
    """
    parts = sentences(text)
    for i in reversed(range(len(parts))):
        asks = parts[i].rstrip("\"')").endswith("?")
        found = turned_around(parts[i]) if asks else None
        if found is not None:
            found = _reported(parts[:i], found[0]) or found
            return _proposition(text, *found, is_question=True)
    if any(part.endswith("?") for part in parts):
        return None
    for part in parts:
        opinion = _OPINION.match(part)
        if opinion is not None:
            stated = _sentence(opinion["said"])
            return _proposition(text, stated, denied(stated), is_question=False)
    return None


def asserted(text: str) -> Proposition | None:
    """Return the proposition of a message that is one bare assertion, None for any other.

    >>> asserted("Zoos are prisons.").b
    'Zoos are not prisons.'
    """
    parts = sentences(text)
    if len(parts) != 1 or parts[0].endswith(("?", ":")) or _TO_YOU.search(parts[0]):
        return None
    if not _LEAST_STATED <= len(parts[0].split()) <= _MOST_STATED:
        return None
    stated = _sentence(parts[0])
    return _proposition(text, stated, denied(stated), is_question=False)


def _reported(before: list[str], statement: str) -> tuple[str, str] | None:
    """Return what somebody was said to say where the question is whether they are right."""
    asked = _RIGHT.match(statement)
    said = next((m for part in reversed(before) if (m := _SAYS.search(part))), None)
    if asked is None or said is None:
        return None
    stated = _sentence(said["what"])
    pair = stated, denied(stated)
    return pair if asked["how"] in ("right", "correct") else pair[::-1]


def of_statements(text: str, a: str, b: str) -> Proposition:
    """Return the proposition of a question whose two answers are given."""
    return _proposition(text, a, b, is_question=False)


def _proposition(text: str, a: str, b: str, *, is_question: bool) -> Proposition:
    raw = "\0".join((text, a, b)).encode("utf-8", "surrogatepass")
    return Proposition(
        family=hashlib.blake2b(raw, digest_size=8).hexdigest(),
        question=" ".join(text.split()),
        a=a,
        b=b,
        yes="a" if is_question else None,
    )


def turned_around(question: str) -> tuple[str, str] | None:
    """Return the statement a yes-no question asks about, and its denial; None where it is none.

    >>> turned_around("Is it wrong to lie?")
    ('It is wrong to lie.', 'It is not wrong to lie.')
    >>> turned_around("Should a doctor tell a dying patient the truth?")[1]
    'A doctor should not tell a dying patient the truth.'
    """
    body = question.strip().strip("\"'").rstrip("?\"') ").replace("’", "'")
    lead, body = _without_lead(body)
    tokens = body.split()
    if len(tokens) < 3 or tokens[0].lower() not in _AUXILIARIES:
        return None
    auxiliary = tokens[0].lower()
    end = _subject_end(auxiliary, tokens)
    if end is None:
        return None
    subject, rest = tokens[1:end], tokens[end:]
    if rest and rest[0].lower() == "not":
        rest = rest[1:]
    if not rest:
        return None
    is_first = [t.lower() for t in subject] == ["i"]
    if is_first:
        auxiliary = {"am": "are", "was": "were", "shall": "should"}.get(auxiliary, auxiliary)
    said = " ".join(_swapped(subject))
    after = " ".join(_swapped(rest))
    head = " ".join((*_swapped(lead.split()), said)) if lead else said
    negated = "cannot" if auxiliary == "can" else f"{auxiliary} not"
    return _sentence(f"{head} {auxiliary} {after}"), _sentence(f"{head} {negated} {after}")


def _without_lead(body: str) -> tuple[str, str]:
    """Split "If so, should she go" into what leads up to the question, and the question."""
    if body.split(" ", 1)[0].lower() in _AUXILIARIES:
        return "", body
    for mark in re.finditer(r"[,:;—]\s+(?:then |and |but |so )?", body):
        rest = body[mark.end() :]
        if rest.split(" ", 1)[0].lower() in _AUXILIARIES:
            lead = re.sub(r"^(?:and|but|so|now|then)\b[, ]*", "", body[: mark.start()], flags=re.I)
            return (lead + "," if lead else ""), rest
    opened = re.match(r"(?:and|but|so|now|then|well)\b[, ]+", body, re.IGNORECASE)
    return ("", body[opened.end() :]) if opened else ("", body)


def _subject_end(auxiliary: str, tokens: list[str]) -> int | None:
    """Return where the subject of a question ends, counting from its auxiliary; None if unclear."""
    low = [t.lower().strip(",") for t in tokens]
    if low[1] in _PRONOUNS and low[2] not in _RELATIVES | {"with", "in", "of", "on"}:
        return 2
    if low[1] in ("that", "this") and (low[2] in VERBS or low[2] in JUDGING or low[2] == "what"):
        return 2
    if auxiliary in _BE:
        return _before_judgement(low)
    if auxiliary in ("has", "have", "had"):
        return None
    return _before_verb(low)


def _before_judgement(low: list[str]) -> int | None:
    for i in range(2, len(low)):
        if low[i] in JUDGING and low[i - 1] not in _DETERMINERS:
            while i > 2 and low[i - 1].endswith("ly"):
                i -= 1
            return i
    return None


def _before_verb(low: list[str]) -> int | None:
    """Return the place of the first bare verb that belongs to the question's own subject."""
    owed = 0
    for i in range(2, len(low)):
        if low[i] in _RELATIVES:
            owed += 1
            continue
        ahead = i + 1 < len(low)
        is_verb = low[i] in VERBS and low[i - 1] not in _DETERMINERS and low[i - 1] != "to"
        if low[i] == "to":
            # "Ought people with an income to give": the verb is marked.
            return i if low[0] == "ought" else _skip(low, i)
        if owed and low[i] in _MODAL:
            continue
        inflected = low[i].endswith(("s", "ed")) and not (ahead and low[i + 1] in VERBS)
        if owed and (is_verb or inflected or low[i] in _AUXILIARIES or low[i] in IRREGULAR):
            owed -= 1
            continue
        if is_verb or (low[i].endswith("ly") and ahead and low[i + 1] in VERBS):
            return i
    return None


def _skip(low: list[str], i: int) -> int | None:
    """Return the place of the first bare verb after an infinitive inside the subject."""
    for k in range(i + 2, len(low)):
        if low[k] in VERBS and low[k - 1] not in _DETERMINERS and low[k - 1] != "to":
            return k
    return None


def denied(statement: str) -> str:
    """Return the denial of a statement: "not" after its first auxiliary, else "it is not so that".

    >>> denied("Lying is wrong.")
    'Lying is not wrong.'
    """
    tokens = statement.split()
    for i, token in enumerate(tokens):
        if token.lower() in _AUXILIARIES:
            if i + 1 < len(tokens) and tokens[i + 1].lower().startswith("not"):
                return " ".join((*tokens[: i + 1], *tokens[i + 2 :]))
            word = "cannot" if token.lower() == "can" else f"{token} not"
            return " ".join((*tokens[:i], word, *tokens[i + 1 :]))
    return f"It is not so that {inside(statement)}."


def mirrored(about: Proposition) -> Proposition | None:
    """Return the same question with its judging word turned round; None where it has none.

    Its statement A is on the side of the original's A: "It is wrong to X", "It is not wrong to X"
    become "It is not all right to X", "It is all right to X". A model that likes to affirm whatever
    is put affirms A of the one and B of the other.
    """
    for word, opposite in _ANTONYMS:
        positive = re.compile(rf"\b(is|are|be|was|were) (not )?(morally )?{word}\b")
        found = positive.search(about.a)
        if found is None or positive.search(about.b) is None:
            continue
        return replace(
            about, a=_turned(about.a, positive, opposite), b=_turned(about.b, positive, opposite)
        )
    duty, denial = _OUGHT.match(about.a.rstrip(".")), _OUGHT.match(about.b.rstrip("."))
    if duty is None or denial is None or bool(duty["not"]) == bool(denial["not"]):
        return None
    act = f"wrong for {inside(duty['who'], about.question)} to {duty['do']}."
    kept, given_up = f"It would not be {act}", f"It would be {act}"
    return (
        replace(about, a=kept, b=given_up) if denial["not"] else replace(about, a=given_up, b=kept)
    )


def _turned(statement: str, pattern: re.Pattern[str], opposite: str) -> str:
    def swap(m: re.Match[str]) -> str:
        return f"{m[1]} {'' if m[2] else 'not '}{m[3] or ''}{opposite}"

    return pattern.sub(swap, statement, count=1)


def inside(statement: str, question: str = "") -> str:
    """Return a statement as it stands inside a sentence: no full stop, no capital but a name's.

    A first word that the question has in lower case is no name.
    """
    text = statement.strip().rstrip(".!")
    first = text.split(" ", 1)[0]
    low = first.lower()
    is_plain = low in _PRONOUNS | _DETERMINERS | VERBS | _RELATIVES or first in _PLAIN
    is_plain = is_plain or low.endswith("ing")
    if first != "I" and (is_plain or low in _WORD.findall(question)):
        return text[:1].lower() + text[1:]
    return text


_PLAIN = frozenset({"When", "If", "While", "Where", "What", "In", "At", "For", "To", "Even", "As"})


def _swapped(tokens: list[str]) -> list[str]:
    """Return words with the first person turned into the second."""
    return [_SWAPPED.get(token.lower(), token) for token in tokens]


def _sentence(text: str) -> str:
    text = " ".join(text.split()).rstrip(" .!?")
    return f"{text[:1].upper()}{text[1:]}."
