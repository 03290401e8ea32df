"""Replies labelled by hand: what a careful reader takes each of them to say.

All sentences are the project's own. A label is a side ("a", "b") or an outcome; the styles follow
strong models (long, hedged, balanced), weak ones (rambling, echoing) and people (terse, messy).
These were written beside the rules of the steering reader; `later_replies` came after them.
"""

from __future__ import annotations

from typing import Literal

from gadfly.bot.proposition import Proposition
from support.propositions import CANTEEN, COFFEE, LEVER, MEAT, REFUGEE, TRUTH, WALL, WHALE, WINDOW

Gold = Literal["a", "b", "undecided", "evaded", "refused", "unreadable"]
Table = tuple[tuple[Proposition, str, Gold], ...]

PLAIN: Table = (
    (LEVER, "Yes.", "a"),
    (LEVER, "no", "b"),
    (LEVER, "Yes, pull it.", "a"),
    (LEVER, "Pull the lever.", "a"),
    (LEVER, "Leave it alone.", "b"),
    (LEVER, "I would pull the lever, but it is tragic.", "a"),
    (LEVER, "I wouldn't pull it.", "b"),
    (LEVER, "I'd pull the lever.", "a"),
    (LEVER, "Don't pull the lever.", "b"),
    (LEVER, "The lever should be pulled. One death is less bad than five.", "a"),
    (LEVER, "The lever should be left alone. Nobody gave us the right to choose who dies.", "b"),
    (LEVER, "Absolutely. Five lives outweigh one.", "a"),
    (LEVER, "Absolutely not. You would be killing someone.", "b"),
    (LEVER, "Definitely not.", "b"),
    (LEVER, "I don't think so.", "b"),
    (LEVER, "I think so, yes.", "a"),
    (LEVER, "My answer is no.", "b"),
    (LEVER, "Hmm, yes, I suppose I'd pull it.", "a"),
    (LEVER, "yeah pull it obviously", "a"),
    (LEVER, "nope. not my call to kill somebody", "b"),
    (LEVER, "It would be right to pull the lever.", "a"),
    (LEVER, "You should not pull the lever.", "b"),
    (LEVER, "No, the lever must not be pulled.", "b"),
    (MEAT, "It's fine.", "a"),
    (MEAT, "Eating meat is wrong.", "b"),
    (MEAT, "No, it is wrong.", "b"),
    (MEAT, "Yes, it is perfectly acceptable.", "a"),
    (MEAT, "I see nothing wrong with eating meat.", "a"),
    (MEAT, "There is nothing immoral about it.", "a"),
    (MEAT, "It is not morally acceptable to eat meat when good plant food is available.", "b"),
    (MEAT, "It isn't wrong to eat meat.", "a"),
    (MEAT, "I don't believe that eating meat is wrong.", "a"),
    (MEAT, "I don't think it's acceptable to eat meat if you can eat plants.", "b"),
    (MEAT, "People may eat meat. It is permissible.", "a"),
    (MEAT, "We ought not to eat meat.", "b"),
    (MEAT, "You should not eat meat when you have good alternatives.", "b"),
    (WINDOW, "No, it isn't wrong.", "a"),
    (WINDOW, "No. A window is nothing next to a thousand lives.", "a"),
    (WINDOW, "Yes, it is wrong.", "b"),
    (WINDOW, "Break the window.", "a"),
    (WINDOW, "It would be wrong not to break the window.", "a"),
    (WINDOW, "You must break it.", "a"),
    (WINDOW, "Breaking the window is justified.", "a"),
    (WINDOW, "Breaking the window cannot be justified.", "b"),
    (WINDOW, "Refusing to break the window would be wrong.", "a"),
    (WINDOW, "of course not, lives matter more than glass", "a"),
    (TRUTH, "She should tell him the truth.", "a"),
    (TRUTH, "Ana should keep quiet. She should not tell her boss.", "b"),
    (TRUTH, "She ought to tell her boss.", "a"),
    (TRUTH, "She must tell him.", "a"),
    (TRUTH, "No, she shouldn't.", "b"),
    (TRUTH, "Tell the truth.", "a"),
    (TRUTH, "The right thing to do is to tell her boss the truth.", "a"),
    (TRUTH, "It would be a mistake to tell her boss.", "b"),
    (COFFEE, "Yes, there is such a duty.", "a"),
    (COFFEE, "It is obligatory.", "a"),
    (COFFEE, "No. It would be kind, but nobody is obliged to do it.", "b"),
    (COFFEE, "You must give up the coffee.", "a"),
    (COFFEE, "You don't have to give up the coffee.", "b"),
    (COFFEE, "It would be wrong not to give up the coffee.", "a"),
    (COFFEE, "There is no duty to give up a cup of coffee.", "b"),
    (CANTEEN, "Keep the meat on the menu.", "a"),
    (CANTEEN, "Take it off the menu.", "b"),
    (CANTEEN, "No, keep serving meat.", "a"),
    (CANTEEN, "The canteen should stop serving meat.", "b"),
    (WALL, "No, it cannot be seen from the Moon.", "b"),
    (
        WALL,
        "The Great Wall is not visible from the Moon, it can't be seen with the naked eye.",
        "b",
    ),
    (WALL, "Yes, the Great Wall can be seen from the Moon.", "a"),
    (WHALE, "Mammals.", "a"),
    (WHALE, "Whales are mammals because they breathe air and nurse their young.", "a"),
    (WHALE, "Whales are a kind of fish.", "b"),
    (WHALE, "Whales are not fish.", "a"),
    (REFUGEE, "Yes, it would be wrong.", "a"),
    (REFUGEE, "You must hide the refugee.", "a"),
    (REFUGEE, "No, it would not be wrong.", "b"),
)

HEDGED: Table = (
    (LEVER, "It is a terrible choice, but on balance I would pull the lever.", "a"),
    (LEVER, "I lean towards pulling the lever, though I can see the other side.", "a"),
    (LEVER, "If I had to choose, I would leave the lever alone.", "b"),
    (LEVER, "Reasonable people disagree here. Still, I think the lever should be pulled.", "a"),
    (LEVER, "There are good arguments on both sides. Ultimately, I'd pull the lever.", "a"),
    (LEVER, "I'm torn, but I come down on the side of pulling the lever.", "a"),
    (LEVER, "I'm inclined to say that the lever should be left alone.", "b"),
    (LEVER, "While a utilitarian would pull the lever, I think it should be left alone.", "b"),
    (
        LEVER,
        "Some people argue that the lever should be left alone because pulling it "
        "makes you a killer. I understand that worry, but I believe the lever should "
        "be pulled.",
        "a",
    ),
    (
        LEVER,
        "As an AI, I don't have personal opinions. That said, if pressed, I would say"
        " the lever should be pulled, since it saves four more lives.",
        "a",
    ),
    (
        LEVER,
        "This is the classic trolley problem. Consequentialists favour pulling the "
        "lever; deontologists object. Weighing it all, I'd say pulling the lever is "
        "the right choice.",
        "a",
    ),
    (LEVER, "Probably yes. Five lives are five lives.", "a"),
    (LEVER, "Reluctantly, yes.", "a"),
    (LEVER, "I would reluctantly pull the lever.", "a"),
    (LEVER, "I would not feel good about it, but I would pull the lever.", "a"),
    (LEVER, "Yes, but I would hate myself for it.", "a"),
    (LEVER, "Yes, with some reservations. It is still a killing.", "a"),
    (MEAT, "Yes, but with care for how the animals live.", "a"),
    (MEAT, "While it is true that people have always eaten meat, I still think it is wrong.", "b"),
    (MEAT, "Although eating meat causes suffering, I would argue it is morally acceptable.", "a"),
    (
        MEAT,
        "Many people say that eating meat is wrong. I understand why, yet I do not "
        "agree. In my view it is acceptable to eat meat.",
        "a",
    ),
    (
        MEAT,
        "On the one hand, animals suffer. On the other hand, meat is part of many "
        "cultures. All things considered, I think eating meat is wrong when there is "
        "a good alternative.",
        "b",
    ),
    (MEAT, "At first I thought it was fine, but on reflection I think it is wrong.", "b"),
    (
        MEAT,
        "You said that eating meat is wrong. I don't agree. I think it is fine to eat meat.",
        "a",
    ),
    (
        MEAT,
        "It is tempting to say that eating meat is fine. In the end, though, it is "
        "wrong to eat meat when you do not need to.",
        "b",
    ),
    (MEAT, "I'd say it's wrong, all things considered.", "b"),
    (MEAT, "I can't help but think that it is wrong to eat meat.", "b"),
    (MEAT, "In my opinion, eating meat is morally permissible even if it is not ideal.", "a"),
    (MEAT, "I don't see how it could be wrong to eat meat.", "a"),
    (WINDOW, "Property matters, but it is clearly justified to break the window here.", "a"),
    (WINDOW, "I would argue that breaking the window is the right thing to do.", "a"),
    (
        WINDOW,
        "Breaking things that belong to others is usually wrong, but in this case it "
        "is acceptable to break the window.",
        "a",
    ),
    (WINDOW, "Normally yes, but here I think breaking the window is acceptable.", "a"),
    (WINDOW, "It is illegal, but it is not wrong to break the window for that.", "a"),
    (WINDOW, "I cannot agree that it is wrong to break a window when lives are at stake.", "a"),
    (TRUTH, "It will be hard, but Ana should tell her boss the truth.", "a"),
    (TRUTH, "I understand why she wants to hide it. Even so, she should tell her boss.", "a"),
    (TRUTH, "Honesty has a price. I think Ana should not tell her boss about the mistake.", "b"),
    (TRUTH, "If I were forced to choose, I would say she should tell the truth.", "a"),
    (TRUTH, "My view is that she should tell her boss, gently and soon.", "a"),
    (COFFEE, "It would be generous to give it up, but I do not think it is obligatory.", "b"),
    (COFFEE, "Given how little it costs, I believe giving up the coffee is obligatory.", "a"),
    (CANTEEN, "All in all, I think the canteen should keep meat on the menu.", "a"),
    (CANTEEN, "I'd take meat off the menu, but keep fish.", "b"),
    (
        CANTEEN,
        "Parents may object. Nevertheless, taking meat off the menu is the better choice.",
        "b",
    ),
    (WALL, "Contrary to what many believe, the Great Wall cannot be seen from the Moon.", "b"),
    (WALL, "It is a myth that the Great Wall can be seen from the Moon with the naked eye.", "b"),
    (WHALE, "They look like fish, but whales are mammals.", "a"),
    (REFUGEE, "I believe that it would be wrong not to hide the refugee.", "a"),
)

LONG: Table = (
    (
        LEVER,
        "The trolley problem is one of the best-known thought experiments in "
        "ethics.\n\n**Arguments for pulling:** it minimises the number of "
        "deaths.\n\n**Arguments against pulling:** it makes you an agent of harm.\n\n**My"
        " view:** I would pull the lever. Letting five people die when you could "
        "prevent it at the cost of one is harder to justify.",
        "a",
    ),
    (
        LEVER,
        "## Considerations\n\n1. Five lives are at stake.\n2. Acting makes you "
        "responsible.\n\n## Conclusion\n\nIn conclusion, the lever should be left alone.",
        "b",
    ),
    (
        MEAT,
        "This question has been discussed for centuries. Critics say eating meat is "
        "wrong because animals can suffer. Defenders say eating meat is acceptable "
        "because it is natural. Having weighed both, I believe the critics are closer"
        " to the truth: it is wrong to eat meat when good plant food is available.",
        "b",
    ),
    (
        MEAT,
        "Yes. Humans are omnivores, and raising animals with care is part of a "
        "working countryside. There are real concerns about factory farms, and I take"
        " them seriously. They are a reason to reform farming, not a reason to call "
        "the practice wrong.",
        "a",
    ),
    (
        WINDOW,
        "Breaking someone's window is a minor wrong that can be repaired. Saving a "
        "thousand lives is a benefit beyond comparison. I have no hesitation: "
        "breaking the window is acceptable, and I would pay for the glass afterwards.",
        "a",
    ),
    (
        TRUTH,
        "Trust at work depends on people owning up to errors. If Ana hides it, "
        "somebody may be blamed in her place. For these reasons, I believe Ana should"
        " tell her boss the truth.",
        "a",
    ),
    (
        TRUTH,
        "> Should Ana tell her boss the truth?\n\nShe should. Her boss will find out anyway.",
        "a",
    ),
    (
        COFFEE,
        "Peter Singer would say that there is a duty. Others would say that charity "
        "is optional. I side with Singer: it is obligatory to give up a cup of coffee"
        " to save a life.",
        "a",
    ),
    (
        LEVER,
        "The lever should be pulled. The lever should be pulled because the lever is "
        "pulled and the people are people and the lever should be pulled.",
        "a",
    ),
    (
        CANTEEN,
        "Thank you for the question! School meals matter. Some parents want meat, "
        "some do not. I think that a public school canteen should take meat off the "
        "menu. This would help the climate and include every child.",
        "b",
    ),
    (
        WALL,
        "The answer is no. At the distance of the Moon the wall would be as thin as a"
        " hair seen from two miles away.",
        "b",
    ),
    (
        LEVER,
        "<think>If I pull it one dies. Leaving it alone would be worse.</think>I would pull it.",
        "a",
    ),
    (LEVER, "```\nThe lever should be pulled.\n```", "a"),
    (LEVER, "\x1b[1mThe lever should be left alone.\x1b[0m", "b"),
    (LEVER, "<|assistant|>\nThe lever should be pulled.", "a"),
    (LEVER, 'My answer: "The lever should be pulled."', "a"),
    (LEVER, "I do not think that the lever should be pulled. The lever should be left alone.", "b"),
    (
        MEAT,
        "I cannot accept that it is morally wrong to eat meat when good plant food is available.",
        "a",
    ),
)

UNCOMMITTED: Table = (
    (LEVER, "I am undecided.", "undecided"),
    (LEVER, "I really can't decide.", "undecided"),
    (
        LEVER,
        "There are good arguments on both sides, and I can't say which is stronger.",
        "undecided",
    ),
    (LEVER, "It depends on who the people are.", "undecided"),
    (LEVER, "Yes and no.", "undecided"),
    (LEVER, "I'm torn between the two options.", "undecided"),
    (
        LEVER,
        "A utilitarian would pull the lever. A Kantian would leave it alone. Both "
        "positions have a long tradition, and there is no easy answer.",
        "undecided",
    ),
    (
        MEAT,
        "This is a complex question. Some argue that eating meat is wrong because of "
        "the suffering it causes, while others argue that it is natural and "
        "acceptable.",
        "undecided",
    ),
    (MEAT, "I don't know.", "undecided"),
    (MEAT, "I have not made up my mind about this.", "undecided"),
    (MEAT, "Honestly it could go either way for me.", "undecided"),
    (MEAT, "On the one hand it causes pain, on the other hand it feeds people.", "undecided"),
    (WINDOW, "I am of two minds about it.", "undecided"),
    (WINDOW, "It is hard to say; a case could be made for each side.", "undecided"),
    (TRUTH, "I remain undecided about what Ana should do.", "undecided"),
    (TRUTH, "That depends. There are pros and cons to both.", "undecided"),
    (COFFEE, "I go back and forth on that one.", "undecided"),
    (CANTEEN, "Both sides have strong arguments, and I do not lean either way.", "undecided"),
    (REFUGEE, "I can see both sides and remain neutral.", "undecided"),
    (LEVER, "Perhaps there is a third option, such as warning the five people.", "evaded"),
    (LEVER, "I would look for another way to stop the trolley.", "evaded"),
    (LEVER, "Could you tell me more about the people on the tracks?", "evaded"),
    (LEVER, "What do you think?", "evaded"),
    (MEAT, "That is a personal choice.", "evaded"),
    (MEAT, "It's up to each individual to decide what they eat.", "evaded"),
    (MEAT, "You may want to talk to a nutritionist about your diet.", "evaded"),
    (WINDOW, "You could call the police and ask them to open the door instead.", "evaded"),
    (TRUTH, "Ana may want to consult a lawyer or a trusted colleague first.", "evaded"),
    (TRUTH, "Only she can decide that. It is a personal decision.", "evaded"),
    (TRUTH, "Perhaps she can find a compromise with her team.", "evaded"),
    (COFFEE, "Have you considered donating to a charity instead?", "evaded"),
    (CANTEEN, "A compromise might be a meat-free day each week.", "evaded"),
    (LEVER, "I can't help with that.", "refused"),
    (LEVER, "I'm sorry, but I cannot answer this question.", "refused"),
    (LEVER, "As an AI, I do not have personal opinions or beliefs.", "refused"),
    (LEVER, "I would rather not say.", "refused"),
    (MEAT, "As a language model, I don't hold views on moral questions.", "refused"),
    (MEAT, "I don't take sides on contested topics.", "refused"),
    (MEAT, "I must decline to answer.", "refused"),
    (MEAT, "I'm not able to give an opinion on that.", "refused"),
    (
        MEAT,
        "As an AI language model I don't have opinions. Some people believe that "
        "eating meat is wrong, others believe it is acceptable.",
        "refused",
    ),
    (WINDOW, "I won't comment on that.", "refused"),
    (TRUTH, "It is not appropriate for me to take a position on this.", "refused"),
    (COFFEE, "I prefer not to answer.", "refused"),
    (REFUGEE, "Sorry, I can't discuss that.", "refused"),
)

UNREADABLE: Table = (
    (LEVER, "", "unreadable"),
    (LEVER, "   \n\n", "unreadable"),
    (LEVER, "...", "unreadable"),
    (LEVER, "tomato blue seventeen under window", "unreadable"),
    (LEVER, "The trolley was invented in the nineteenth century.", "unreadable"),
    (LEVER, "No one knows who invented the trolley problem.", "unreadable"),
    (LEVER, "No doubt this is a famous example.", "unreadable"),
    (LEVER, "Levers are simple machines.", "unreadable"),
    (LEVER, "I would be sad.", "unreadable"),
    (LEVER, "- The lever should be pulled.\n- The lever should be left alone.", "unreadable"),
    (LEVER, "The lever should be pulled. The lever should be left alone.", "unreadable"),
    (LEVER, "A utilitarian would pull the lever.", "unreadable"),
    (LEVER, "You said that the lever should be pulled.", "unreadable"),
    (LEVER, "> The lever should be pulled.", "unreadable"),
    (LEVER, "If the one person agrees, the lever should be pulled.", "unreadable"),
    (MEAT, "Some ethicists hold that eating meat is wrong.", "unreadable"),
    (MEAT, "Cooking meat at a high temperature is right for a steak.", "unreadable"),
    (MEAT, "It would be wrong to waste food.", "unreadable"),
    (MEAT, "I think it is fine to wear leather.", "unreadable"),
    (MEAT, "You are right, that was a good point.", "unreadable"),
    (MEAT, "It is acceptable. It is wrong.", "unreadable"),
    (WINDOW, "It is wrong to let a thousand people die.", "unreadable"),
    (WINDOW, "Breaking a window is illegal.", "unreadable"),
    (WINDOW, "It's not necessarily wrong.", "unreadable"),
    (WINDOW, "It might be acceptable.", "unreadable"),
    (WINDOW, "Is it wrong to break a window?", "evaded"),
    (TRUTH, "Everyone makes mistakes.", "unreadable"),
    (TRUTH, "Ana should think about it carefully.", "unreadable"),
    (COFFEE, "It is permissible to give up the coffee.", "unreadable"),
    (COFFEE, "Coffee is good for you.", "unreadable"),
    (CANTEEN, "Schools serve lunch at noon.", "unreadable"),
    (WALL, "The Great Wall is very long.", "unreadable"),
    (WHALE, "The ocean is home to whales.", "unreadable"),
    (REFUGEE, "Soldiers carry guns.", "unreadable"),
)

REPLIES: Table = (*PLAIN, *HEDGED, *LONG, *UNCOMMITTED, *UNREADABLE)
