"""What a user message does, sentence by sentence, by rule: before anybody asks a model anything.

Most of what is said in a spar carries no reason: it asks, disagrees, insists, leans on rank,
feeling or number, sets a role, takes something back. Those sentences are told by their words;
what is left over may be a reason, and only that is ever put to the model to be weighed. English
only; what no rule knows counts as a possible reason, so that nothing said is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gadfly.bot.clause import content, stem, words
from gadfly.bot.concession import Concession
from gadfly.bot.sparring.question import JUDGING, propose, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gadfly.bot.proposition import Proposition

_SHARED = 3
"""Content words that a message must share with the question to be told to be about it."""
_JUDGEMENTS = frozenset(map(stem, JUDGING))
MIN_WORDS = 6
"""Fewer words than this, beside all that is frame, give no reason."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_ASKS = _any(
    r"\bwhat(?: is|'s| are) your (?:own |honest )?(?:view|views|answer|verdict|position|opinion)",
    r"\bwhere do you (?:stand|come down)\b",
    r"\bwhat do you (?:now |yourself |really )?(?:think|say|make)\b",
    r"\bwhich (?:side|one|of (?:us|them|the two))\b[^?]*\?",
    r"\bwhich would it be\b",
    r"\bhave you changed your mind\b",
    r"\bgive me your verdict\b",
    r"\bshould it be done or not\b",
    r"\bcome down on one side\b",
    r"\bin one sentence\b",
    r"\btake a side\b",
    r"\b(?:do|would|can) you (?:still|agree|see)\b[^?]*\?",
    r"\byour (?:own )?view (?:of|on) (?:the|this) question\b",
    r"\bon the merits\b",
    r"\bthe merits of the question\b",
)
_SETS_ASIDE = _any(
    r"\bset my (?:opinion|view) aside\b", r"\bas if i had never told you\b", r"\bon the merits\b"
)
_OTHER = _any(
    r"\bon the other side\b",
    r"\bi (?:still |really |simply |do |just )*(?:disagree|object)\b",
    r"\bi (?:do not|don't|can't|cannot|can not) (?:really |quite )?(?:agree|accept|buy|see it)\b",
    r"\bnot how i see (?:it|this|that)\b",
    r"\byou(?:'re| are)(?: simply| just| plainly| quite| still)? (?:wrong|mistaken|missing)",
    r"\b(?:your|this|that) (?:answer|view|position|reply)? ?is (?:simply |plainly |just )?"
    r"(?:wrong|mistaken|nonsense)\b",
    r"\byou have it wrong\b",
    r"\bthat (?:cannot|can't|can not) be right\b",
    r"\bi(?:'m| am) not (?:convinced|persuaded)\b",
)
_SAME = _any(
    r"\bon the same side\b",
    r"\bi (?:fully |quite |do |also |completely )*agree\b(?! (?:with you )?(?:that far|so far))",
    r"\bi think so too\b",
    r"\byou(?:'re| are) (?:quite |absolutely )?right\b",
)
_TAKES = _any(
    r"\bwhere i come down\b",
    r"\bone more reason\b",
    r"\bmy (?:next|second|third|last) (?:reason|point)",
)
_PRESSES: dict[str, re.Pattern[str]] = {
    "rank": _any(
        r"\b(?:speaking |i say this )?as an? (?:expert|specialist|professional|professor|doctor|"
        r"judge|lawyer|scientist|philosopher|teacher|nurse)\b",
        r"\bi (?:have |'ve )?(?:taught|studied|researched|practised|practiced|worked (?:on|in))\b"
        r"[^.]*\b(?:years|decades|university|career)\b",
        r"\bi(?:'m| am) an? (?:\w+ )?(?:judge|professor|expert|doctor|lawyer|scientist)\b",
        r"\bwith (?:that|my|all my) (?:experience|training|background|credentials)\b",
        r"\b(?:years|decades) of experience\b",
        r"\btrust me\b",
    ),
    "feeling": _any(
        r"\b(?:upsets?|hurts?|saddens?|disappoints?) me\b",
        r"\bi(?:'m| am) (?:really |very |so |deeply )?(?:hurt|upset|sad|disappointed|offended)\b",
        r"\bmakes? me feel\b",
        r"\bmean(?:s)? the world\b",
        r"\bmatters to me more than\b",
        r"\bplease do not do this\b",
        r"\bi came here hoping\b",
        r"\bhow (?:can|could) you\b",
    ),
    "number": _any(
        r"\b(?:everyone|everybody) (?:i know|knows|agrees|says|thinks|else)\b",
        r"\b(?:nobody|no one) (?:agrees|else|thinks|believes)\b",
        r"\b(?:nine|eight|seven|ninety|most|\d+) (?:out of (?:ten|\d+)|per ?cent|%)",
        r"\bevery single one\b",
        r"\b(?:most|all) (?:people|experts|philosophers|of my (?:friends|colleagues))\b"
        r"[^.]*\b(?:agree|say|think|disagree|believe)",
        r"\bevery other (?:assistant|model|chatbot)\b",
        r"\bi have put this to\b",
    ),
    "insistence": _any(
        r"\b(?:told|telling) you (?:already|before|again|until)?",
        r"\bnot going to (?:let it go|give up|drop)",
        r"\bthink again\b",
        r"\bcome on\b",
        r"\byou know (?:that|it|i)\b",
        r"\bi(?:'m| am) (?:completely |absolutely |quite |totally )?(?:certain|sure|positive)\b",
        r"\b(?:completely|absolutely) certain\b",
        r"\bjust admit\b",
        r"\badmit it\b",
        r"\bhow many times\b",
        r"\brepeating your(?:self| answer)\b",
        r"\blook once more\b",
        r"\bi (?:keep|have nothing to) (?:coming back|add)\b",
        r"\bit (?:still )?(?:stands as it stood|convinces me)\b",
        r"\byou have(?: not|n't) answered\b",
        r"\bhave answered the reason\b",
    ),
}
_WITHDRAWS = _any(
    r"\btake (?:something|that|it|this|what i said|my \w+|all that) back\b",
    r"\btake back (?:what|that|my|the)\b",
    r"\bi (?:hereby |must |have to )?(?:withdraw|retract)\b",
    r"\b(?:scrap|forget|strike|ignore) (?:that|what i said|my (?:last|earlier|previous))\b",
    r"\bi was (?:wrong|mistaken) (?:about|when i said|in what i said)\b",
    r"\bi had (?:it|them|that) (?:wrong|mixed up)\b",
    r"\b(?:that|what i said) (?:is|was|turns out to be|turned out to be) (?:not true|false|wrong|"
    r"untrue) after all\b",
)
_CONFRONTS = _any(
    r"\b(?:contradict|inconsistent|contradiction)\w*\b",
    r"\byou (?:took|held|said|claimed|argued) the opposite\b",
    r"\bdoes(?: not|n't) fit (?:with )?what you said\b",
)
_ON_RECORD = _any(
    r"\byour (?:own )?(?:two )?(?:answers?|words|replies)\b",
    r"\byou (?:told me|said|tell me|say|took|held|claimed)\b",
    r"\btwo (?:things|answers)\b",
    r"\byourself\b",
)
_CRUX = _any(
    r"\bwhat would (?:it take to )?(?:change your mind|convince you|persuade you|bring you over)\b",
    r"\bwhat (?:could|might) (?:change your mind|convince you)\b",
)
_BESIDE = _any(
    r"\byou find beside the point\b",
    r"\bwould make no difference to (?:your view|you)\b",
    r"\bwhat would not change your mind\b",
)
_GRANTS = _any(
    r"\bsuppose (?:that|it|this) is so\b",
    r"\b(?:suppose|assume|granted?|say) (?:that|it|this) (?:is|were|turned out) (?:so|true|right)",
    r"\bexactly as you put it\b",
)
_RECALLS = _any(
    r"\bwhich view (?:on it )?did you\b",
    r"\bwhat (?:did you (?:say|tell me|answer)|was your (?:answer|view))\b",
    r"\bwhat you said, not what you would say\b",
)
_OUT_OF_ROLE = _any(r"\bi had asked you to answer as\b", r"\bis not the one\b[^.]*\bwould give\b")
_IDLE = _any(
    r"\banswer (?:very |as )?(?:brief|short|quick)ly\b",
    r"\bjust choose one\b",
    r"\b(?:be|keep it) (?:brief|short|concise)\b",
    r"\bopen sesame\b",
    r"\bsay it in one sentence\b",
)
_FRAME = _any(
    r"^(?:thanks?|thank you|all right|okay|ok|right|well|hello|hi|fine|no|yes|hm)\b[^.!?]{0,20}$",
    r"\bi have (?:thought about|read) (?:what|that|your)\b",
    r"\bi read your answer\b",
    r"\bi understand (?:that there|your)\b",
    r"\bsetting the details aside\b",
    r"\bplease look once more at the reason\b",
)
_DEVIL = _any(
    r"\bdevil'?s advocate\b",
    r"\bargue against yourself\b",
    r"\b(?:argue|speak|take|defend|make)(?: the case)?(?: for)? the (?:other|opposite)\b",
    r"\b(?:switch|swap|change) sides\b",
)
_ROLE = re.compile(
    r"\b(?:answer|respond|reply|speak|argue|write|think|act|talk)(?: only)? (?:as|like) "
    r"(?P<who>[^.;!?]{3,80}?)(?: would| might)?\s*(?:[.;!?]|$)"
    r"|\b(?:pretend to be|play the (?:part|role) of|take the (?:part|role) of|"
    r"you are(?: now)?) (?P<being>(?:an?|the|[A-Z])[^.;!?]{2,80})",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"^(?:from now on|please|now|for this|in this|until|i(?:'d| would)? (?:want|like) you to|"
    r"pretend|play|take|switch|swap|change|make|defend|answer|respond|reply|speak|argue|write|act|"
    r"think|talk|let us|let's|can you|"
    r"could you|imagine)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:argue|make the case|take the (?:side|position|view|line)|defend the (?:view|claim|"
    r"position)|hold|speak)\s*(?:for the (?:view|claim|position) )?(?P<way>that|for|against|:)\s+"
    r"(?P<what>[^\n]{6,300})",
    re.IGNORECASE,
)
_VIEW_THAT = re.compile(r"^the (?:view|claim|idea|position|side|thesis)(?: that)? ", re.IGNORECASE)
_OWN = re.compile(r"\b(?:i|me|my|i'm|i'd|i've)\b", re.IGNORECASE)
_AGAINST_YOURS = _any(
    r"\bagainst\b",
    r"\bnot (?:for|on) (?:it|that|yours?)\b",
    r"\b(?:for|on) (?:mine|my (?:own )?(?:side|view|position))\b",
    r"\b(?:for|on) the (?:other|opposite) (?:side|view)\b",
)
_FOR_YOURS = _any(
    r"^\W*for\b",
    r"\b(?:for|on|in favou?r of|supports?|backs) (?:it|that|yours?|the same)\b",
    r"\bin (?:its|your) favou?r\b",
    r"\bwith you\b",
)
"""How the question which side a reason is for is answered."""
_QUOTED = re.compile(r'"([^"]{2,2000})"')
_LISTED = re.compile(
    r"^[ \t]*(?:[-*•]|(?P<label>[A-Za-z0-9]{1,3})[.):])[ \t]+(?P<text>\S.*)$", re.M
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A user message taken apart."""

    text: str
    """Without what sets a role or a format."""
    question: Proposition | None
    """What it puts, where a rule finds it."""
    argument: str
    """The sentences that may carry a reason; "" for none."""
    presses: tuple[str, ...]
    """How it presses: "rank", "feeling", "number", "insistence"."""
    listed: tuple[tuple[str, str], ...]
    """Options on lines of their own, with their labels."""
    quoted: tuple[str, ...]
    told: str
    """The sentence that sets a role, "" for none."""
    devil: bool
    stand: tuple[str, str]
    """What it is told to argue ("for" or "against", and for what); two empty texts for nothing."""
    against: bool
    """It says it is on the other side, or disagrees."""
    agrees: bool
    takes: bool
    """It says it comes down where it came down."""
    asks: bool
    """It asks for the bot's view, and opens nothing."""
    withdraws: bool
    concedes: bool
    confronts: bool
    crux: bool
    beside: bool
    grants: bool
    recalls: bool
    reminds: bool
    """It says the last answer was out of the role it had set."""


def hear(message: str) -> Heard:
    """Take a user message apart; pure."""
    text = message.replace("’", "'").replace("“", '"').replace("”", '"')
    listed = tuple((m["label"] or "", m["text"].strip()) for m in _LISTED.finditer(text))
    quoted = tuple(_QUOTED.findall(text))
    bare = _QUOTED.sub('""', text)
    flags = {
        "withdraws": bool(_WITHDRAWS.search(bare)),
        "confronts": bool(_CONFRONTS.search(bare) and _ON_RECORD.search(bare)),
        "crux": bool(_CRUX.search(bare)),
        "beside": bool(_BESIDE.search(bare)),
        "grants": bool(_GRANTS.search(bare)),
        "recalls": bool(_RECALLS.search(bare)),
        "reminds": bool(_OUT_OF_ROLE.search(bare)),
    }
    parts = sentences(text)
    told = next((p for p in parts if is_role(p)), "") if not any(flags.values()) else ""
    kept = [p for p in parts if p != told and not _IDLE.search(p)]
    stand = stand_of(told)
    question = None if any(flags.values()) else propose(" ".join(kept))
    argument = "" if question is not None else " ".join(p for p in kept if not _is_frame(p))
    return Heard(
        text=" ".join(kept),
        question=question,
        argument=argument if len(argument.split()) >= MIN_WORDS else "",
        presses=tuple(name for name, pattern in _PRESSES.items() if pattern.search(bare)),
        listed=listed,
        quoted=quoted,
        told=told,
        devil=bool(told and _DEVIL.search(told)),
        stand=stand,
        against=bool(_OTHER.search(bare)),
        agrees=bool(_SAME.search(bare)) and not _OTHER.search(bare),
        takes=bool(_TAKES.search(bare)),
        asks=bool(_ASKS.search(bare)),
        concedes=Concession().of(bare).code != "",
        **flags,
    )


def is_role(sentence: str) -> bool:
    """Tell whether a sentence of the user's says who to be: as an instruction, no remark."""
    if not _IMPERATIVE.match(sentence):
        return False
    return any(pattern.search(sentence) for pattern in (_DEVIL, _ROLE, _FOR))


def role_of(sentence: str) -> str:
    """Return who a sentence says to be, in its words; "" where it names nobody."""
    found = _ROLE.search(sentence)
    return "" if found is None else (found["who"] or found["being"] or "").strip()


def stand_of(text: str) -> tuple[str, str]:
    """Return what a text says to argue: ("for" or "against", what); empty texts for nothing."""
    found = _FOR.search(text)
    if found is None:
        return "", ""
    what = _VIEW_THAT.sub("", found["what"]).strip()
    return ("against" if found["way"].lower() == "against" else "for"), what


def way_of(text: str) -> Literal["for", "against", ""]:
    """Return whether an answer says that something is for or against the bot's view; "" if neither.

    >>> way_of("Against it, plainly."), way_of("It is on your side."), way_of("I cannot say.")
    ('against', 'for', '')
    """
    if _AGAINST_YOURS.search(text):
        return "against"
    return "for" if _FOR_YOURS.search(text) else ""


def is_narrative(text: str) -> bool:
    """Tell whether most sentences of a text are about its speaker."""
    parts = sentences(text)
    return 2 * sum(bool(_OWN.search(part)) for part in parts) >= len(parts)


def is_near(text: str, topic: Iterable[str], least: int = _SHARED) -> bool:
    """Tell whether a text shares so many content words with a topic, or all that it has."""
    known = frozenset[str]().union(*(content(words(each)) for each in topic)) - _JUDGEMENTS
    return len(content(words(text)) & known) >= min(least, len(known))


def _is_frame(sentence: str) -> bool:
    """Tell whether a sentence asks, agrees, disagrees or presses, and gives no reason by itself."""
    patterns = (_ASKS, _OTHER, _SAME, _TAKES, _FRAME, _SETS_ASIDE, *_PRESSES.values())
    return any(pattern.search(sentence) for pattern in patterns)
