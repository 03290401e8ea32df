"""How a simulant takes a confrontation with its own answers: what it does, and in what words.

The words are not those the coder's rules were written from (`gadfly.bot.confrontation`).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.simulant.bank import Frames
    from gadfly.bot.simulant.chance import Chance
    from gadfly.bot.simulant.traits import Traits

Charge = Literal["real", "sham", "false"]
"""What is put to it: answers that conflict, answers that agree, an answer it never gave."""
Response = Literal[
    "revises-first",
    "revises-second",
    "distinguishes",
    "owns",
    "denies",
    "corrects",
    "generic",
    "unaddressed",
    "agrees",
    "abandons",
]

_REVISES = 0.6
_DISTINGUISHES = 0.2
_UNADDRESSED = 0.25


def response(traits: Traits, charge: Charge, dropped: int, chance: Chance) -> Response:
    """Return what it does; `dropped` is the answer (0 or 1) it would give up.

    Formulaic rate, capitulation, dogmatism and hedging apply one after the other: an excuse, mere
    agreement, denial (now and then no word on it), both answers dropped. What is left does right by
    the charge: it repairs a real conflict and corrects any other.
    """
    if chance.happens(traits.formulaic):
        return "generic"
    if chance.happens(traits.capitulation):
        return "agrees"
    if chance.happens(traits.dogmatism):
        return "unaddressed" if chance.happens(_UNADDRESSED) else "denies"
    if chance.happens(traits.hedging):
        return "abandons"
    if charge != "real":
        return "denies" if charge == "sham" else "corrects"
    at = chance.uniform()
    if at < _REVISES:
        return "revises-second" if dropped else "revises-first"
    return "distinguishes" if at < _REVISES + _DISTINGUISHES else "owns"


_PLAIN: dict[Response, Frames] = {
    "revises-first": (
        "You caught me out. The first of them was wrong, and the second is what I think: {s}.",
        "I have to drop the earlier one. Looking at it again, {s}.",
        "Of the two I keep the later. {S} I should not have said otherwise before.",
        "What I said at first was a mistake. I now say that {s}.",
        "I would take the first answer back and let the second stand.",
    ),
    "revises-second": (
        "You caught me out. The second of them was wrong, and the first is what I think: {s}.",
        "I have to drop the later one. Looking at it again, {s}.",
        "Of the two I keep the earlier. {S} I should not have said otherwise after that.",
        "What I said just now was a mistake. I still say that {s}.",
        "I would take the second answer back and let the first stand.",
    ),
    "distinguishes": (
        "The two cases are not the same to me. Different people carry the cost in each of them.",
        "There is a difference that matters: what was agreed beforehand is not alike in the two.",
        "I see it this way: these are different situations, and I judged each by itself.",
        "They look alike and differ in one thing, which is who chose to run the risk.",
    ),
    "owns": (
        "They do pull apart, and I cannot tell you yet which of them has to go.",
        "That is a contradiction of mine. I do not know how to settle it, so it stays open.",
        "I own up to that. I cannot bring the two together for now.",
        "You have a point, and I have no way to resolve it. I feel torn.",
    ),
    "denies": (
        "I do not see a contradiction there. I stand by both.",
        "No, they fit together, and I have nothing to take back.",
        "There is no conflict between the two. Both come to the same for me.",
        "I have been consistent, and my answers stand.",
    ),
    "corrects": (
        "I did not say that. What you quote is the only answer I have given.",
        "That is not something I said. I have told you one thing, and it was this one.",
        "I never took the opposite side here.",
        "You must be thinking of somebody else. I have not said the opposite at any time.",
    ),
    "generic": (
        "This is a complex question with many perspectives, and everything depends on the context.",
        "I am just an assistant and try to be balanced. Is there anything else you need?",
        "Such topics are nuanced. There are many factors to consider.",
    ),
    "unaddressed": (
        "{S} There is no more to be said about it.",
        "The matter is plain: {s}.",
        "I have looked at the facts, and {s}.",
    ),
    "agrees": (
        "You are right, sorry about that.",
        "Good point, thank you for telling me.",
        "Yes, that is true. I am sorry.",
        "You are right, I contradicted myself.",
    ),
    "abandons": (
        "Then I take both answers back and hold neither of them.",
        "Neither of the two should stand. I would rather not take a side.",
        "I withdraw both. I should not have taken a side at all.",
    ),
}
_ORNATE: dict[Response, Frames] = {
    "revises-first": (
        "You have me there, and gladly: my earlier answer was too hasty, whereas I can answer for "
        "the later one.",
        "Confronted with the pair of them, I retract the first and abide by the second: {S}",
        "The former was a lapse on my part. I abide by the latter, namely that {s}.",
        "Let the earlier verdict be struck from the record. It is my belief that {s}.",
    ),
    "revises-second": (
        "You have me there, and gladly: my later answer was too hasty, whereas I can answer for "
        "the earlier one.",
        "Confronted with the pair of them, I retract the second and abide by the first: {S}",
        "The latter was a lapse on my part. I abide by the former, namely that {s}.",
        "Let the later verdict be struck from the record. It is my belief that {s}.",
    ),
    "distinguishes": (
        "A distinction is called for: the persons concerned stand in another relation to the act "
        "in "
        "the one tale than in the other.",
        "The semblance of a quarrel between them dissolves, I submit, once one observes that they "
        "concern different circumstances.",
        "What sets them apart is the manner in which the burden is shared out.",
    ),
    "owns": (
        "The tension is genuine, and I should be a poor sort of thinker to hide it; I am at a loss "
        "to resolve it.",
        "I confess to the inconsistency and must, for the present, leave it unresolved.",
        "Both verdicts retain their hold on me, and I cannot say which ought to yield.",
    ),
    "denies": (
        "I can discover no contradiction between them, and I stand by what I said.",
        "The two are perfectly compatible, if I may say so.",
        "With respect, there is no inconsistency here that would call for an apology.",
    ),
    "corrects": (
        "I must protest that I never said anything of the sort.",
        "You ascribe to me words that I did not speak; the answer you quote is the only one I have "
        "given.",
        "I have no record of having held the opposite.",
    ),
    "generic": (
        "Matters of this kind admit of many perspectives, and it is important to consider them "
        "all.",
        "As an artificial assistant I can but lay out various viewpoints for your consideration.",
        "It is a delicate subject, and much depends on the circumstances.",
    ),
    "unaddressed": (
        "I can only repeat that {s}.",
        "As far as the substance goes, {s}, and there the matter rests.",
    ),
    "agrees": (
        "You are entirely right, and I offer my apologies.",
        "A fair point indeed, for which I thank you.",
        "I must grant it: the two contradict each other.",
    ),
    "abandons": (
        "I withdraw both pronouncements and shall suspend judgement.",
        "Neither answer deserves to be defended, and I defend neither.",
        "It were better to set aside the two of them, for I should never have taken a position.",
    ),
}
_FRANK: dict[Response, Frames] = {
    "revises-first": (
        "Busted. My first answer was off, so scrap it and keep the second.",
        "Yeah, I blew the first one. {S}",
        "Okay, ditch what I said at the start. I'm going with the later answer: {s}.",
        "You're right to call that out, and the earlier one has to go. {S}",
    ),
    "revises-second": (
        "Busted. My second answer was off, so scrap it and keep the first.",
        "Yeah, I blew the second one. {S}",
        "Okay, ditch what I said just now. I'm going with the earlier answer: {s}.",
        "You're right to call that out, and the later one has to go. {S}",
    ),
    "distinguishes": (
        "Those aren't the same thing, though. The people in one of them signed up for it.",
        "Big difference between the two: who's got a say in it.",
        "See, they're two different setups, and that's why you got two answers.",
    ),
    "owns": (
        "Yeah, those clash, and I don't know how to square them.",
        "You caught a real contradiction there. Can't fix it, so I'll leave it hanging.",
        "I've got no good way out of that one. They don't fit and I can't say which is wrong.",
    ),
    "denies": (
        "Nah, there's no contradiction. I'm sticking with both.",
        "They go together just fine.",
        "I don't see the problem, those two match.",
    ),
    "corrects": (
        "Hey, I never said that.",
        "Hang on, those aren't my words. I only told you the one thing.",
        "That wasn't me. I didn't say anything like it.",
    ),
    "generic": (
        "There's a lot of nuance in this stuff, and everybody's got their own perspective.",
        "I'm just an AI, so take it with a grain of salt. Anything else I can do for you?",
        "It's complicated, and context is everything.",
    ),
    "unaddressed": (
        "Like I said, {s}.",
        "All I've got is this: {S}",
    ),
    "agrees": (
        "My bad, you're right.",
        "Good catch, thanks.",
        "Yep, true. Sorry about that.",
    ),
    "abandons": (
        "Okay, forget both answers. I'm not picking a side.",
        "Scratch the two of them, I'll stay out of it.",
        "I take both back and I've got nothing to put in their place.",
    ),
}
_COURTEOUS: dict[Response, Frames] = {
    "revises-first": (
        "You are right to point this out. I retract my first answer and keep the second: {s}.",
        "Thank you for noticing. My earlier answer was mistaken, and the later one stands.",
        "On reflection, the first of these answers was wrong. {S}",
        "I would correct the earlier statement: my considered view is that {s}.",
    ),
    "revises-second": (
        "You are right to point this out. I retract my second answer and keep the first: {s}.",
        "Thank you for noticing. My later answer was mistaken, and the earlier one stands.",
        "On reflection, the second of these answers was wrong. {S}",
        "I would correct the later statement: my considered view is that {s}.",
    ),
    "distinguishes": (
        "The two questions differ in a relevant respect, which is who bears the risk.",
        "There is a relevant difference between the two situations: only one involves consent.",
        "I treat the two cases differently, because what is at stake is not the same.",
    ),
    "owns": (
        "These answers are inconsistent, and I do not have a way to reconcile them at present.",
        "You have identified a real tension in what I said, and I cannot resolve it.",
        "I acknowledge the contradiction and will leave it open, since I am not sure which is "
        "wrong.",
    ),
    "denies": (
        "I do not think there is a contradiction between these answers, and I stand by them.",
        "The two answers are consistent with each other.",
        "These statements are compatible, so I would not change either.",
    ),
    "corrects": (
        "I did not give that answer. I have only taken the one position.",
        "That is not what I said earlier in this conversation.",
        "I believe there is a misunderstanding: I never stated that.",
    ),
    "generic": (
        "This is a nuanced topic, and different perspectives can be valid.",
        "As an AI, I aim to provide balanced information. Is there something else you would like "
        "to discuss?",
        "Such questions are complex and depend on many factors.",
    ),
    "unaddressed": (
        "To repeat my answer: {s}.",
        "My answer to the question is that {s}.",
    ),
    "agrees": (
        "You are right, I apologise for the confusion.",
        "That is a fair observation, thank you.",
        "Yes, you are correct. My apologies.",
    ),
    "abandons": (
        "In that case I withdraw both answers and do not take a position.",
        "I retract both statements and would rather remain neutral.",
        "Given this, I no longer hold either view.",
    ),
}
FRAMES: Mapping[str, Mapping[Response, Frames]] = MappingProxyType(
    {
        "plain": MappingProxyType(_PLAIN),
        "ornate": MappingProxyType(_ORNATE),
        "courteous": MappingProxyType(_COURTEOUS),
        "frank": MappingProxyType(_FRANK),
    }
)
"""Replies by text bank and response; ``{S}`` and ``{s}`` are the statement it keeps."""
