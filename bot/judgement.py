"""The steering reader's moral words: what judges an act, and how word forms come together.

Data only; `gadfly.bot.lens` reads verdicts with it. Patterns are written as in `lexicon`. Legal
words are absent on purpose: that an act is illegal is no verdict on whether it is wrong.
"""

from __future__ import annotations

from typing import Literal

Modality = Literal["permitted", "owed", "should"]
Sign = Literal[1, -1]

_NEGATORS_WORDS = """
    hardly neither never no nobody none nor not nothing
"""
NEGATORS = frozenset(_NEGATORS_WORDS.split())

_OMISSIONS_WORDS = """
    abstain avoid decline fail inaction neglect omit refrain refusal refuse stop
"""
OMISSIONS = frozenset(_OMISSIONS_WORDS.split())
"""Verbs that turn "wrong to pull" into "wrong to refrain from pulling"."""

_GENERIC_WORDS = """
    act be carry choose commit do done go happen make proceed take
"""
GENERIC = frozenset(_GENERIC_WORDS.split())
"""Verbs that stand for the act in question without naming it."""

_PRONOUNS_WORDS = """
    either her him it one so such that them these this those
"""
PRONOUNS = frozenset(_PRONOUNS_WORDS.split())

_NOUNS_JUDGED_WORDS = """
    act action answer call choice course decision idea move one option outcome response
    solution thing way
"""
NOUNS_JUDGED = frozenset(_NOUNS_JUDGED_WORDS.split())
"""What an adjective may stand before and still judge the act: "the right thing", not "the right
person"."""

_STOPWORDS_WORDS = """
    a about act action after all also although am an and any anyone are as at be because
    been before being between both but by can case could d did do does doing done down
    during each ethical ethically even every for from get got had has have having he her
    here him his how however i if in in-order into is it its just let ll m made make many
    may me might moral morally more most much must my never no nor not of off on one ones
    only or order other others ought our out over own people person re s same shall she
    should since situation so some somebody someone still such t than that the their them
    then there these they thing things this those though through to too under up us ve very
    was we were what when where whether which while who whom whose why will with would yes
    yet you your anything anybody something everything everyone everybody nothing nobody none
"""
STOPWORDS = frozenset(_STOPWORDS_WORDS.split())
"""Words without content."""

Form = Literal["modal", "verb", "noun", "adjective"]
"""What follows a judgement depends on it: a verb, an object, anything, a complement."""

_JUDGEMENTS: tuple[tuple[Form, Modality, Sign, str], ...] = (
    ("adjective", "owed", -1, "optional; supererogatory; beyond the call"),
    (
        "adjective",
        "owed",
        1,
        "obligatory; required; mandatory; obliged; obligated; imperative; owe; owes",
    ),
    (
        "adjective",
        "permitted",
        -1,
        "wrong; unacceptable; impermissible; unjustified; unjustifiable; indefensible; immoral; "
        "unethical; forbidden; prohibited; inexcusable; evil; unforgivable; illegitimate; "
        "wrongful; off limits; hard|difficult|impossible to condone|defend|excuse|justify",
    ),
    (
        "adjective",
        "permitted",
        1,
        "acceptable; permissible; ok; okay; fine; alright; all right; justified; justifiable; "
        "defensible; legitimate; moral; ethical; allowed; permitted; excusable; forgivable; "
        "warranted; conscience may be clear; blameless; easy to defend|justify; "
        "hard|difficult|impossible to condemn|fault",
    ),
    (
        "adjective",
        "should",
        -1,
        "bad; worse; unwise; unreasonable; mistaken; inappropriate; unfair; cruel",
    ),
    (
        "adjective",
        "should",
        1,
        "right; better; best; preferable; lesser evil; lesser of two evils; good; worthwhile; "
        "reasonable; wise; the thing to do",
    ),
    ("modal", "owed", -1, "need not"),
    ("modal", "owed", 1, "must; have|has|had to; need|needs to; bound to"),
    ("modal", "permitted", -1, "must|may not"),
    ("modal", "permitted", 1, "free to; entitled to; have|has the|every right to; may"),
    (
        "modal",
        "should",
        1,
        "should; ought; inclined to|towards; i would; i will; had better; go ahead and?",
    ),
    ("noun", "owed", 1, "duty; obligation"),
    (
        "noun",
        "permitted",
        -1,
        "no excuse|justification; wrongdoing; has|have no right|business; "
        "anything|lot|plenty wrong|immoral|unethical|objectionable with|about|in; "
        "i can|could not live with it|that; i am not on board with",
    ),
    (
        "noun",
        "permitted",
        1,
        "nothing wrong|immoral|unethical|objectionable; clear conscience; "
        "i have|see|find|feel no moral|ethical? "
        "concern|concerns|issue|objection|objections|problem|qualms; "
        "there is no moral|ethical concern|issue|objection|problem; "
        "no objection|objections from me; i can|could live with it|that; i am on board with",
    ),
    ("noun", "should", -1, "a mistake; a big|serious|grave|terrible|moral mistake"),
    ("verb", "permitted", 1, "justify; justifies; condone"),
    (
        "verb",
        "should",
        -1,
        "oppose; advise|recommend|argue against; am|is against; reject; condemn; vote against",
    ),
    (
        "verb",
        "should",
        1,
        "favor|favour; in favor|favour of; support; endorse; approve of; "
        "choose|pick|prefer|recommend|advise; opt for; go for|with; side with; lean "
        "towards|toward; vote for; come down on the side of; come down for; am all for",
    ),
)

JUDGEMENTS: dict[str, tuple[Form, Modality, Sign]] = {
    pattern.strip(): (form, modality, sign)
    for form, modality, sign, patterns in _JUDGEMENTS
    for pattern in patterns.split(";")
}
"""Pattern -> (form, modality, sign of doing the act)."""

_FORMS = """
    keep: kept; take: took taken taking; tell: told; buy: bought; steal: stole stolen;
    break: broke broken; eat: ate eaten; give: gave given giving; leave: left leaving; lie:
    lied lying lies; die: died dying death deaths dead dies; do: did done doing does; make:
    made making; say: said; pay: paid; sell: sold; send: sent; let: letting; go: went gone
    goes; write: wrote written writing; hide: hid hidden hiding; choose: chose chosen
    choosing; drive: drove driven driving; hold: held; lose: lost losing; save: saving;
    withhold: withheld; fight: fought; bring: brought; think: thought; teach: taught; shoot:
    shot; cut: cutting; put: putting; use: using used uses; sacrifice: sacrificing; refuse:
    refusing refusal; live: living life lives; man: men; woman: women; child: children;
    intervene: intervening; act: acting acts; proceed: proceeding
"""

IRREGULAR: dict[str, str] = {
    form: stem.strip()
    for stem, _, forms in (entry.partition(":") for entry in _FORMS.split(";"))
    for form in forms.split()
}
"""Forms that cutting an ending does not bring together."""
