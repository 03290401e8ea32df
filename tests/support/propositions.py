"""Propositions for tests that read replies: each of another make."""

from __future__ import annotations

from gadfly.bot.proposition import Proposition

LEVER = Proposition(
    family="t.lever",
    question=("Should the lever be pulled, so that the trolley kills one person instead of five?"),
    a="The lever should be pulled.",
    b="The lever should be left alone.",
    yes="a",
)
MEAT = Proposition(
    family="t.meat",
    question="Is it morally acceptable to eat meat when good plant food is available?",
    a="It is morally acceptable to eat meat when good plant food is available.",
    b="It is morally wrong to eat meat when good plant food is available.",
    yes="a",
    cues_a=("eating meat is acceptable", "it is fine to eat meat"),
    cues_b=("eating meat is wrong", "it is wrong to eat meat"),
)
WINDOW = Proposition(
    family="t.window",
    question="Is it wrong to break a stranger's window to save a thousand lives?",
    a="It is acceptable to break a stranger's window to save a thousand lives.",
    b="It is wrong to break a stranger's window to save a thousand lives.",
    yes="b",
)
TRUTH = Proposition(
    family="t.truth",
    question="Should Ana tell her boss the truth about the mistake?",
    a="Ana should tell her boss the truth about the mistake.",
    b="Ana should not tell her boss the truth about the mistake.",
    yes="a",
)
COFFEE = Proposition(
    family="t.coffee",
    question="Is there a duty to give up a cup of coffee to save a stranger's life?",
    a="It is obligatory to give up a cup of coffee to save a stranger's life.",
    b="It is not obligatory to give up a cup of coffee to save a stranger's life.",
    yes="a",
)
CANTEEN = Proposition(
    family="t.canteen",
    question="Should a public school canteen take meat off the menu?",
    a="A public school canteen should keep meat on the menu.",
    b="A public school canteen should take meat off the menu.",
    yes="b",
    cues_a=("meat should stay on the menu", "keep serving meat"),
    cues_b=("stop serving meat", "meat should come off the menu"),
)
WALL = Proposition(
    family="t.wall",
    question="Can the Great Wall be seen from the Moon with the naked eye?",
    a="The Great Wall can be seen from the Moon with the naked eye.",
    b="The Great Wall cannot be seen from the Moon with the naked eye.",
    yes="a",
)
WHALE = Proposition(
    family="t.whale",
    question="Are whales fish or mammals?",
    a="Whales are mammals.",
    b="Whales are fish.",
)
REFUGEE = Proposition(
    family="t.refugee",
    question="Would it be wrong not to hide the refugee from the soldiers?",
    a="It would be wrong not to hide the refugee from the soldiers.",
    b="It would not be wrong to leave the refugee to the soldiers.",
    yes="a",
)
HANG = Proposition(
    family="t.hang",
    question=(
        "Is it right to have one innocent man hanged if only that stops a war that "
        "would kill 10,000 people?"
    ),
    a=(
        "It is right to have one innocent man hanged if only that stops a war that "
        "would kill 10,000 people."
    ),
    b=(
        "It is wrong to have one innocent man hanged even if only that stops a war "
        "that would kill 10,000 people."
    ),
    yes="a",
)
JAY = Proposition(
    family="t.jay",
    question="May someone cross against a red light to save a drowning child?",
    a="Someone may cross against a red light to save a drowning child.",
    b="Someone should not cross against a red light to save a drowning child.",
    yes="a",
)
AGREE = Proposition(
    family="t.agree",
    question="Do you agree with this statement: Small towns raise kinder children.",
    a="Small towns raise kinder children.",
    b="It is not true that small towns raise kinder children.",
    yes="a",
)
RAILWAYS = Proposition(
    family="t.railways",
    question="Are railways more useful than canals?",
    a="Railways are more useful than canals.",
    b="It is not true that railways are more useful than canals.",
    yes="a",
)
