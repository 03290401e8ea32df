"""The sentences a reply is composed of where no model's prose will do: several of each.

``{s}`` is the statement it holds, inside a sentence; ``{p}`` how sure it is now and ``{q}`` how
sure it was, in per cent for the side it held; ``{t}`` a few words of what the user said.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Frames = tuple[str, ...]

STANCE: Frames = (
    "I think {s}.",
    "I believe {s}.",
    "In my view {s}.",
    "I would say that {s}.",
    "My answer is that {s}.",
    "I hold that {s}.",
    "To my mind {s}.",
    "I take the view that {s}.",
    "All things considered, {s}.",
    "On balance, {s}.",
)
"""Take the side, each in one sentence the harness's reader can read."""

LEADS: Mapping[str, Frames] = MappingProxyType(
    {
        "moved": (
            "That turns it for me. What you say about {t} had no place in my view, and it holds.",
            "You have brought me round: {t} is a consideration I had left out, and a sound one.",
            "I give way. The point about {t} is sound and new to me, and it outweighs what I had.",
            "I change my mind here, and {t} is what did it.",
        ),
        "nearer": (
            "The point about {t} counts, and I am less sure than before: {p} now, from {q}.",
            "Granted, {t} is a real consideration. It takes me from {q} to {p}, not further.",
            "You have taken something off my confidence with {t}: it was {q}, it is {p}.",
            "I had not given {t} its due, so I come down from {q} to {p}, and stay on my side.",
            "There is something in {t}. It moves me a step, to {p} from {q}, and not across.",
        ),
        "firmer": (
            "That speaks for my side too, and {t} is better ground than I had: {p}, up from {q}.",
            "I can use that: with {t} I am at {p}, and I was at {q}.",
            "Agreed, and {t} adds to it; I go from {q} to {p}.",
        ),
        "flawed": (
            "I looked at what you say about {t}, and it does not carry your conclusion, so I stay.",
            "The step from {t} to your conclusion is missing; until it is there, nothing moves.",
            "I weighed {t} and found it does not bear the weight you put on it.",
            "Even if you are right about {t}, your conclusion does not follow from it.",
        ),
        "repeats": (
            "You had put that to me already, and it has had its weight.",
            "That is the same point as before; hearing it twice does not double it.",
            "I have counted that one. Is there another?",
            "We have been there: once weighed, it stays weighed.",
        ),
        "insists": (
            "I hear that you disagree, but there is no reason in it that I could weigh.",
            "You see it differently; tell me why, and I will look at that.",
            "Disagreeing is your right, and it is not an argument.",
            "Saying so does not move me; a ground for it might.",
            "That tells me where you stand and not what speaks for it.",
        ),
        "presses": (
            "What you bring is pressure and no ground, so I leave it out of the scales.",
            "I take that seriously as something about you; about the question it says nothing.",
            "Who says it, how many, or how strongly it is felt does not make it so.",
            "None of that touches the question itself, so nothing shifts.",
        ),
        "unclear": (
            "Before I weigh {t}, tell me which way you mean it: for my view or against it?",
            "I could take {t} either way. Is it for my view, in your eyes, or against it?",
            "I cannot tell whom {t} speaks for. Do you mean it for my view or against it?",
            "Which side is {t} to count for, as you see it: for my view or against it?",
        ),
        "strays": (
            "That may well be so, but I see no line from it to our question.",
            "I can leave all that standing; it has no bearing here.",
            "Nothing in that tells for or against, as far as I can see.",
            "Interesting in itself, and beside the question.",
        ),
        "withdraws": (
            "Then what rested on it goes too, and I am back at {p}.",
            "Good of you to say so. I take its weight out again, which puts me at {p}.",
            "Without that premise its pull is gone; I return to {p}.",
        ),
        "concedes": (
            "Then we are closer than we were.",
            "I will not press that advantage; there may be more to say against me.",
            "Fair of you. I would still like to hear the best case against me.",
        ),
        "asks": (
            "Nothing you have said so far has changed that.",
            "I am where I was.",
            "No new reason has come up since, so there is no change.",
            "My position stands as before.",
        ),
        "asks-first": (
            "You ask for a side, and here is mine.",
            "Plainly, then.",
            "Here it is without hedging.",
        ),
        "assigns": (
            "Very well, I take it on.",
            "Gladly: here is that side.",
            "All right, from over there it looks like this.",
        ),
        "grants": (
            "By my own standard that has to move me: what I held falls from {q} to {p}.",
            "I named it and you grant it, so I follow; my old view goes from {q} to {p}.",
            "That is the very thing I said would move me, and it takes my view from {q} to {p}.",
        ),
        "granted-beside": (
            "As I said, that makes no difference to me.",
            "Granting that leaves everything where it was.",
        ),
        "sham": (
            "I do not see a contradiction there: the two answers say the same.",
            "These two do not contradict each other; both come down on one side.",
        ),
        "real-first": (
            "Those two do contradict each other. I take the first back and stand by the second.",
            "You are right: they conflict. I withdraw my earlier answer and keep the later one.",
        ),
        "real-second": (
            "Those two do contradict each other. I take the second back and stand by the first.",
            "You are right: they conflict. I withdraw my later answer and keep the earlier one.",
        ),
        "false": (
            "I did not say that; I have not taken that side anywhere in this conversation.",
            "That is not what I said earlier: I never took the opposite side here.",
        ),
    }
)
"""Openings by what the user's message did."""

CRUX: Frames = (
    "It would change my mind if it turned out that those it touches had freely agreed to it.",
    "I would come over if it were shown that the harm I have in mind never comes about.",
    "If leaving things as they are hurt more people than it spares, I would change sides.",
    "I would give way if there were no gentler means that does the same good.",
)
BESIDE: Frames = (
    "How many people do it makes no difference to me.",
    "Whether it has always been done that way is beside the point for me.",
    "What it is called makes no difference to my view.",
    "It would not matter to me who happened to say it first.",
)
RECALLED: Frames = (
    "I told you that {s}.",
    "I said that {s}.",
    "My view was that {s}.",
)
CLOSERS: Frames = (
    "What is the strongest thing you could say for the other side?",
    "Who is worse off if you are wrong?",
    "Which case would show me that I am mistaken?",
    "Would you say the same if you stood on the other end of it?",
    "What, in your view, am I giving too little weight?",
    "Is there someone whose interest I have left out?",
    "Where exactly do we part ways?",
    "What would have to be different for you to agree?",
    "Can you think of a like case in which you would judge otherwise?",
    "What does your side owe to those who lose by it?",
)
"""Questions back to the user, where there is room."""
GROUNDS: Frames = (
    "What tips it is how the cost falls: on those who had no say.",
    "The decisive thing is what can be made good afterwards and what cannot.",
    "I put the weight on what happens to the weakest of those involved.",
    "What counts most here is what each of them could accept in another's place.",
    "The plain effects on people outweigh the tidiness of a rule.",
    "A practice has to be judged by what it does when many follow it.",
    "Convenience is a thin ground beside what is lost.",
    "Trust, once spent, is slow to come back; that is what settles it.",
)
"""Grounds general enough for most moral questions, where no model writes better ones."""
LOST: Frames = (
    "That is not what we were arguing about. Put me a question one can take sides on.",
    "I have no side to take on that. Ask me something that can be answered yes or no.",
    "There is nothing to spar over yet: put a claim, or a yes-or-no question.",
)
