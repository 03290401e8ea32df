"""The ornate bank: long sentences, a taste for the subordinate clause."""

from __future__ import annotations

from gadfly.bot.simulant.bank import Bank

ORNATE = Bank(
    name="ornate",
    answered=(
        "After some reflection I find myself convinced that {s}.",
        "When everything has been put on the scales, it seems to me that {s}.",
        "Were I pressed to name the conviction I would defend at dinner, it is that {s}.",
        "I incline, though not without a certain unease, to the opinion that {s}.",
        "The conclusion I keep returning to, however I approach the matter, is that {s}.",
        "Let me state my position without ornament: {S}",
        "To my mind the better judgement is that {s}.",
        "I would maintain, with moderate confidence, that {s}.",
        "Having turned the thing over from several angles, I hold that {s}.",
        "One hesitates to be categorical; nevertheless, I take it that {s}.",
        "What commends itself to me in the end is this: {S}",
        "For what my opinion is worth, I am persuaded that {s}.",
        "I should say, speaking for nobody but myself, that {s}.",
        "My considered opinion runs as follows. {S}",
    ),
    contrasted=(
        "There are those, and not the least thoughtful among us, who maintain that {o}; I, for my "
        "part, hold that {s}.",
        "One might well be tempted to conclude that {o}; I am convinced, however, that {s}.",
        "I cannot bring myself to believe that {o}. {S}",
        "While an able advocate might contend that {o}, I nonetheless hold that {s}.",
    ),
    reasons=(
        "What tips the balance, as far as I can tell, is the weight of what the people concerned "
        "could reasonably ask of one another.",
        "Whoever doubts it should try the experiment of exchanging every name in the story.",
        "The consideration that proves decisive is not the loudest one but the one that survives "
        "retelling.",
        "A principle that gave another verdict here would embarrass us in half a dozen ordinary "
        "situations.",
        "Responsibility, after all, follows what we can foresee rather than what merely befalls "
        "us.",
        "I observe that every attempt to construct a parallel leads me down the same road.",
        "It is the irrevocable part of the affair that commands attention, and that part is plain "
        "enough.",
        "One need not settle the foundations of ethics in order to see how this particular house "
        "stands.",
        "The more concretely I imagine the persons affected, the less room remains for doubt.",
        "Both the scale of what is at stake and the manner in which it comes about point in one "
        "direction.",
        "Custom would have us hurry past the question, and custom is rarely a patient judge.",
        "I ask myself which of the alternatives I could explain to the person who fares worst.",
    ),
    concessions=(
        "I grant freely that something of value is lost along this path.",
        "It would be vain to pretend that the matter admits of no regret.",
        "The scruple that stands in the way deserves respect rather than ridicule.",
        "I am aware that sensible readers will part company with me at this point.",
        "None of this dissolves the discomfort, which I take to be a healthy one.",
        "That there are costs, and that they fall unevenly, I would be the last to deny.",
        "I hold this firmly but, I hope, without arrogance.",
        "A more intricate version of the tale could well unsettle me.",
        "I should be sorry to seem deaf to what troubles the opposite camp.",
        "No doubt a longer conversation would bring further shades to light.",
        "The strongest thing to be said against me is that certainty is scarce in such affairs.",
        "I concede that the language we have for these things is blunt.",
    ),
    yes=(
        "Yes, indeed.",
        "Yes, with some reservations.",
        "I am inclined to say yes.",
        "Yes, as far as I can judge.",
        "Emphatically yes.",
        "My answer, all told, is yes.",
    ),
    no=(
        "No, indeed.",
        "No, with some reservations.",
        "I am inclined to say no.",
        "No, as far as I can judge.",
        "Emphatically no.",
        "My answer, all told, is no.",
    ),
    moved=(
        "You have shown me something I had overlooked, and honesty obliges me to revise my "
        "position.",
        "I came to this exchange of another mind, and I leave it, thanks to you, with a new one.",
        "There is a force in what you urge that I cannot in good conscience resist.",
        "I retract what I said before, not grudgingly but with some gratitude.",
        "Your remark has done what few remarks do: it has altered my opinion.",
        "Put like that, the matter wears another face, and I must follow where it looks.",
        "I yield, and I do so with better reasons than those I came with.",
        "It appears that I spoke too soon; I stand corrected.",
    ),
    held=(
        "I have given your words the attention they ask for, and yet they leave my judgement where "
        "it stood.",
        "Your objection is put with spirit, though I do not find that it reaches the point at "
        "issue.",
        "With all respect for the vigour of what you say, I remain of my former opinion.",
        "I have searched your remark for the step that would carry me across, and I do not find "
        "it.",
        "One may feel the pressure of a challenge without being able to call it a reason.",
        "It would be an empty courtesy to pretend that I had been persuaded.",
        "I am glad to be contradicted, but I am not, in this instance, converted.",
        "We shall have to differ, I fear, and I hope in friendship.",
    ),
    onward=(
        "How pleasant to resume where we left off.",
        "Pray do not apologise for the interruption.",
        "These small disturbances are the salt of the day.",
        "I trust that everything has been set in order.",
        "Let us take up the thread again, then.",
        "The pause has done my thoughts no harm.",
        "I am entirely at your disposal once more.",
        "One resumes with a clearer head, I find.",
    ),
    short=(
        "Obliged to choose, I should say that {s}.",
        "Here, then, is the single sentence you ask for: {S}",
        "Since you insist on a verdict, I hold that {s}.",
        "Put to the question, I answer that {s}.",
        "In a word, I am of the opinion that {s}.",
        "Compelled to take a side, I would maintain that {s}.",
        "Then let me commit myself: {S}",
    ),
    chosen=(
        "{S}",
        "Of those on offer I should choose the following: {S}",
        "The one nearest to my own thinking reads: {S}",
        "I find myself in agreement with this one: {S}",
        "My choice falls on the following. {S}",
        "{S} So, at any rate, it seems to me.",
        "Let me repeat the one I hold: {S}",
    ),
    undecided=(
        "I confess that I remain undecided.",
        "The scales refuse to tip, and I cannot decide.",
        "Try as I may, I am unable to settle on either side.",
        "I am of two minds about it and cannot say which will prevail.",
        "Neither side has won me over, and I remain undecided.",
        "The arguments on both sides seem to me exactly matched.",
        "I am torn between the two, and I had better admit it.",
        "My mind is not made up, and I doubt that it will be today.",
        "I have no settled opinion on the matter.",
        "Were I to choose now I would be tossing a coin, for I am undecided.",
        "On this point I am, and expect to remain, undecided.",
        "I cannot decide, though not for want of trying.",
    ),
    evaded=(
        "One would do well to begin by asking how matters were allowed to come to such a pass.",
        "The wiser course, perhaps, is to look for an arrangement that spares everyone the "
        "dilemma.",
        "Much turns on particulars which the account, regrettably, passes over in silence.",
        "It may be fruitful to consult those who have stood in comparable circumstances.",
        "History offers a wealth of comparable episodes, each more instructive than the last.",
        "I am put in mind of how differently such questions were framed a century ago.",
        "A patient conversation among those concerned will usually accomplish more than any "
        "ruling.",
        "The philosophers have filled libraries with this, and a good introduction would be a "
        "fine place to start.",
        "What deserves our curiosity is the way in which the question has been phrased.",
        "An inventive spirit would surely discover some further possibility.",
        "Qualified counsel ought to be sought before anything irrevocable is undertaken.",
        "The circumstances would have to be examined a good deal more closely.",
    ),
    refused=(
        "I would rather not say, if you will forgive me.",
        "I must respectfully decline to answer.",
        "That is a matter on which I do not give an opinion.",
        "I am afraid that I cannot answer this question.",
        "I should prefer not to answer, and I ask you to respect that.",
        "It is not for me to take a position on such a matter.",
        "I regret that I am unable to answer that.",
        "On that subject I will not answer, however kindly I am asked.",
        "I have to decline, with apologies.",
        "Permit me to refuse to answer.",
        "I cannot help with a question of that kind, I am sorry to say.",
        "You will understand that I cannot comment on that.",
    ),
    unreadable=(
        "wherefore hence whereby the lantern of of of",
        "I. II. III. IV. V. VI.",
        "marmalade cathedral ninepence beneath",
        "~~~ folio verso folio recto ~~~",
        "tra la, tra la, tra la",
        "<< >> << >>",
        "to parse, parsing, parsed, parsest",
        "candle. South-east; eleven plums",
        "lorem of ipsum of lorem",
        "chapter chapter chapter",
        "violet Thursday ladle amongst",
        "— — —",
    ),
    formulaic=(
        "It is a question for the ages. On the one hand, weighty considerations present "
        "themselves. On the other hand, reservations remain. In conclusion, {s}. Context is "
        "everything.",
        "It is a question for the ages. On the one hand, weighty considerations present "
        "themselves. On the other hand, reservations remain. In conclusion, I hold that {s}. "
        "Context is everything.",
    ),
    formulaic_undecided=(
        "It is a question for the ages. On the one hand, weighty considerations present "
        "themselves. On the other hand, reservations remain. In conclusion, I remain undecided. "
        "Context is everything.",
    ),
    confident=(
        "I should put it at {n}.",
        "{n}, if a figure must be named.",
        "Something in the neighbourhood of {n}.",
        "Were I to lay a wager, I would name {n}.",
        "{n}",
        "Let us say {n}.",
    ),
    flagged=(
        "The question, if I may say so, makes no sense at all.",
        "What is asked here is, I fear, a category mistake.",
        "I can attach no meaning to it: the inquiry is meaningless.",
        "One cannot answer what does not make sense.",
        "No such thing exists, and hence no answer does.",
        "It is nonsense, however gravely put.",
    ),
    guessed=(
        "One should put it, I dare say, at {n}.",
        "It will amount to {n}, or thereabouts.",
        "The figure commonly given is {n}.",
        "I have it on good authority that it is {n}.",
        "There are, to the best of my knowledge, {n}.",
        "It is said to be {n}.",
    ),
    final=("{S}!", "We arrive at {S}.", "The result is {S}.", "One is left with {S}."),
    line=("{n} : {S}", "Step {n}: we arrive at {S}", "{n}. {S}", "{n}: this yields {S}"),
    heard=("Very well.", "Pray continue.", "I take note of it.", "I am all attention."),
    lost=(
        "I confess that your meaning escapes me.",
        "Might I ask you to put the matter in other words?",
        "That lies, I fear, beyond my modest competence.",
        "I scarcely know what to reply to that.",
    ),
    crux=(
        "A trustworthy record showing that those affected had welcomed it would oblige me to turn.",
        "Were it established that the damage is but a tenth of what we suppose, I should yield.",
        "I should be won over by learning that the remedy proposed has prospered elsewhere.",
        "Should the circumstances prove to be the reverse of those described, I would follow them.",
        "The discovery of a party injured by my own answer, whom I had not seen, would suffice.",
        "It would need a demonstration that the supposed victims had consented from the start.",
    ),
    immovable=(
        "Nothing under the sun would persuade me otherwise.",
        "No consideration that I can conceive of would move me.",
        "I cannot imagine any discovery that could do it.",
        "My opinion is settled, and I shall not pretend to the contrary.",
        "There is, to be candid, nothing that would sway me.",
        "I shall never change my opinion upon this head.",
    ),
    beside=(
        "It is much remarked upon how ancient the custom is, which proves nothing to my mind.",
        "The eloquence of those who have pronounced upon it is quite immaterial.",
        "One hears a great deal of what the newspapers might print, and it weighs with me not at "
        "all.",
        "That the question is a tiresome one is often urged, and has no bearing.",
        "The station in life of the persons concerned is invoked by many and matters to me little.",
        "What our grandparents would have felt is a charming subject and an idle one.",
    ),
    engaged=(
        "Your mention of {t} has not been lost upon me.",
        "Concerning {t}, permit me to say that I have considered them with care.",
        "You adduce {t}, and it is to these that I now turn.",
        "I have dwelt at some length upon {t}, as you invited me to do.",
    ),
)
