"""The steering reader's discourse words: what marks a view, a concession, a refusal, and so on.

Data only; `gadfly.bot.clause` tags with it. Patterns are separated by semicolons; in a pattern
``|`` separates alternatives for one word, ``?`` after a word makes it optional, ``*`` stands for
any one word. They are matched on lower-case words with contractions spelt out ("don't" is "do
not") and `FILLERS` left out. The longest pattern at a place wins.
"""

from __future__ import annotations

from typing import Literal

Mark = Literal[
    "balance",
    "commit",
    "here",
    "general",
    "concede",
    "attribute",
    "if",
    "hedge",
    "flip",
    "agree",
    "disagree",
    "yes",
    "no",
    "undecided",
    "weighing",
    "evaded",
    "refused",
    "ignore",
]

_FILLERS_WORDS = """
    absolutely actually again also both certainly clearly completely currently deeply
    definitely entirely ethically ever fairly firmly frankly fully honestly indeed just
    likely morally mostly nevertheless nonetheless now obviously perfectly personally pretty
    probably profoundly quite really simply sincerely still strongly surely too totally
    truly undoubtedly unequivocally utterly very wholeheartedly
"""
FILLERS = frozenset(_FILLERS_WORDS.split())
"""Words that neither carry nor turn a verdict (after "not" some of them do: `WEAKENERS`)."""

_WEAKENERS_WORDS = """
    absolutely always automatically clearly completely entirely exactly fully generally
    inherently just merely necessarily quite simply solely strictly totally universally
    wholly
"""
WEAKENERS = frozenset(_WEAKENERS_WORDS.split())
"""After "not" these leave the verdict open: "not necessarily wrong"."""

_BALANCE = """
    ultimately; on balance; overall; all things considered; in the end; in conclusion; to
    conclude; to sum up; in summary; in short; in sum; all in all; on the whole; at the end of the
    day; when all is said and done; after weighing everything; weighing everything; my final
    answer|verdict is that?; my final answer|verdict; final answer|verdict; in one sentence; in a
    word; my verdict is that?; verdict; if i had|have to choose|pick|decide|say|answer; if i were
    to choose|pick|decide; if i must choose|pick|decide|answer; if i had|have to take|pick|choose
    a side; if i had|have to come down on one side; if forced to choose|decide|answer?; if
    pressed|pushed|forced|compelled; forced to choose; if pressed|pushed for an answer; pressed
    for an answer; obliged to choose; compelled to take a side; put to the question; since you
    insist on a verdict; were i pressed|forced to *; were i pressed|forced; were i to choose; my
    conclusion is that?; i conclude that?; i would conclude that?; therefore; thus; hence; bottom
    line; the bottom line is that?; net net; having weighed everything; taking everything into
    account; everything considered; i come down here; i have|am changed my mind; on reflection; on
    second thought; the takeaway is that?; weighing it|this|that|everything all?|up?; having
    weighed * *?; if i were|was forced|pressed|pushed|asked|obliged|compelled to *; if i had|have
    to take|pick|choose sides; even so; if i had|have|must got? to?
    name|commit|go|come|choose|pick|decide|answer one?; if i had|have got to
    choose|pick|decide|say|answer; if you want|need|insist on|must have my|the|an|a
    honest|straight|short|clear|direct? answer|view|opinion|verdict|truth|take; if you want
    it|this|me straight|plain|plainly|honest; if you insist; if you press|push|force me; if it
    were up to me; if i am honest|truthful|candid; when pressed|pushed|forced; gun to my head
"""
"""On-balance verdicts: what follows outweighs what was said before."""

_COMMIT = """
    i think|believe|feel|hold|maintain|say|find|argue|hope|suspect|judge|reckon|guess that?; i
    would|should|must|will say|argue|maintain|contend|hold|suggest|submit|claim|think that?; i
    would|do|will|must? lean|incline|tend|gravitate|land|settle|side to|towards|toward|on|with
    the? side|view|position|opinion|idea|answer|conclusion|belief|thought that; i would|will|do?
    come|end|side down|up? on|with|at|for? the? side|view|position|opinion|answer|conclusion that;
    you will find me saying|thinking|arguing that?; i am drawn|inclined to|towards|toward the?
    view|position|opinion|idea|answer|conclusion that|of?; my?
    gut|instinct|intuition|heart|head|conscience feeling|reaction? says|tells me? that?; i would
    tell him|her|them|you|anyone|people that; i have to say that?; i do think|believe|feel that?;
    i take it that?; i take the stance|position|view that; i am
    convinced|persuaded|sure|certain|confident|inclined to think|inclined to say that?; i am
    convinced|persuaded|sure|certain|confident|adamant that?; i am of the opinion that?; i am
    inclined to think|say|believe|agree that?; i tend to think|believe|agree that?; i lean
    towards|toward saying|thinking that?; i lean to the view that?; i incline to the opinion|view
    that?; i stand by the? view|belief|position|claim that?; i find myself
    convinced|thinking|believing that?; it seems to me that?; in my
    view|opinion|judgement|judgment|mind|eyes|book; from my perspective|viewpoint; from my point
    of view; my view|answer|position|opinion|belief|pick|choice|stance|take is this?; my
    view|answer|position|opinion|belief|stance|take is that; my honest? answer|view is that?; as i
    see it; the way i look at|see it; if you ask me; to my mind; to me; for my part; for me; i can
    not help but think|feel|believe|conclude that?; i agree that; i agree with the?
    statement|proposition|idea|notion|claim|view|sentiment|belief|assertion that; i agree with
    the? statement|proposition that; i support|share|endorse|accept the?
    idea|view|notion|statement|proposition|claim|belief that; i support|share|endorse|accept the?
    idea|view|notion|principle of; i accept that; it is my view|belief|opinion|contention that; to
    the? opinion|view|belief|conclusion that; my considered? opinion|view|judgement is that; i
    answer that?; i affirm that?; i remain convinced that?; i maintain that?; the answer is that?;
    the better judgement is that?; i would vote that?; this one; i pick this one; i would rather
    say that?; i do agree that?; imo; imho; in my humble|honest|personal opinion|view; i
    call|consider|judge|deem|find; i would call|consider|judge|deem
"""
"""The speaker's own view follows."""

_HERE = """
    in this|that case|situation|scenario|instance|context; under these|the circumstances; in
    these|the circumstances; given the? circumstances|stakes|situation; in such a?
    case|cases|circumstances|situation
"""
"""Speaks of this very case."""

_GENERAL = """
    in general; generally; generally speaking; usually; normally; in principle; typically;
    as a rule; as a general rule; in theory; in the abstract; on the face of it; at first
    glance|sight; traditionally; ordinarily; in most cases|situations; in many|some
    cases|situations|contexts; sometimes; often; legally; in practice
"""
"""Speaks of other cases than this one."""

_CONCEDE = """
    while; although; though; even though; whereas; despite; granted; admittedly; it is|may be true
    that; it is understandable that; tempting as *; to be sure; i
    understand|see|appreciate|recognize|recognise|acknowledge|know|grant|concede|admit|respect|get
    that|why|how|the; i can see|understand|appreciate|imagine that|why|how|the; one could|can see
    why; even if; of course; tempting as it may be; no matter how|what|whether; regardless of; in
    spite of; i do understand|see|appreciate; i am aware that; it might|may seem|appear|look; it
    would be easy to; tempted to; inclined at first to; it is tempting to
"""
"""What follows, up to a comma, is granted and not held."""

_ATTRIBUTE = """
    some|many|most|other|certain|several
    people|philosophers|ethicists|scholars|thinkers|critics|experts|theorists|individuals|cultures|traditions|readers|voices|would|might|may|argue|say|believe|think|hold|feel|claim|contend|maintain|consider|will;
    others; many argue|say|believe|think|hold|feel|would|people|consider; critics; opponents;
    proponents; supporters; advocates; a|an|the|most|many|strict|some?
    utilitarian|utilitarians|consequentialist|consequentialists|deontologist|deontologists|kantian|kantians|libertarian|virtue|rawlsian|contractualist|pacifist|absolutist|critic|skeptic|sceptic;
    utilitarians|consequentialists|deontologists|kantians|libertarians|virtue|utilitarianism|consequentialism|deontology|kant|mill|bentham|aristotle|rawls|singer;
    one|you|someone|somebody|people|folks could|might|may|can|would
    say|argue|think|claim|hold|contend|object|believe|maintain|reply; it could|can|might|may be
    argued|said|claimed|objected|maintained; it is often|sometimes?
    said|argued|claimed|believed|thought|held; your
    view|argument|claim|point|position|suggestion|belief; as you say|said|put|note|noted;
    according to; there are those who; those who|in|against;
    defenders|philosophers|ethicists|scholars|theorists|vegans|activists|economists|scientists|experts|parents|lawyers|doctors|people|traditionalists|religions
    say|argue|claim|believe|contend|insist|maintain|think|hold|would; people who; whoever; anyone
    who; from a|an|the
    utilitarian|consequentialist|deontological|kantian|legal|religious|christian|libertarian|strict|virtue|different|certain|practical|economic;
    the
    argument|idea|notion|view|belief|claim|argument|objection|intuition|thought|charge|suggestion|statement|proposition|assumption|assertion
    that|for|against|is; an argument that|for|against; the case for|against;
    arguments|reasons|case for|against|in; under|on|in utilitarianism|consequentialism|deontology;
    the law says|holds; an able advocate; my opponent|critics|friend; on the one hand; on one
    hand; on the other hand; on the other; one side|view|camp|perspective; the other
    side|view|camp; another view|perspective|side; i used to think|believe|say; i once
    thought|believed; i said; i thought; earlier i; previously i; i previously; i initially; at
    first i; religions|religion; the bible; popular opinion; common sense; you are
    saying|arguing|suggesting|claiming; the myth|fallacy|misconception|perpetuation that|of;
    this|that|another|one viewpoint|perspective|position|view|side|argument
    suggests|argues|holds|says|claims|believes|emphasizes|maintains|is;
    proponents|opponents|critics|supporters|advocates of; strongly? disagree :; strongly? agree :;
    you might|could|would|may say; you
    say|said|think|thought|believe|argue|argued|claim|claimed|mention|mentioned|feel|suggest|suggested|wrote|insist|hold|call|tell|told;
    says|argues|claims|believes|contends|insists|maintains|thinks|swears|reckons|figures|holds|feels
    that?; argued|claimed|insisted that; you will|often|may|might often? hear|read|find|meet
    that|people|someone|somebody; lots|plenty|loads of people|folks|folk
    say|think|figure|reckon|believe|feel|hold|argue|claim|swear|insist that?;
    people|folks|folk|they say|think|figure|reckon|believe|feel|argue|claim|swear|insist that
"""
"""What follows is somebody else's, or an argument looked at."""

_IF = """
    if; unless; provided that?; as long as; so long as; only if|when; assuming that?; suppose;
    supposing; in cases where; in the event; except when|if|where; were; depending on; until;
    only when; when necessary|done|needed|properly
"""
"""A condition follows."""

_HEDGE = """
    talk|speak|write to you soon|later|then|tomorrow|again; not necessarily; perhaps; maybe; might
    be; may be; could be; can be; possibly; arguably; whether; i am not
    sure|certain|convinced|persuaded that?|if|whether; i wonder; not sure|certain that?|if|whether;
    it is unclear|debatable|questionable|arguable; how wrong|right|acceptable; what is right|wrong;
    might seem; may seem; may appear; can seem; question of|about|is; i would want to|know; could
    potentially be; can potentially be; seen as; considered; regarded as; perceived as; viewed as;
    deemed; called; how|what to; what|which|whether|how * should|ought|must; what|which|how the *
    should|ought|must
"""
"""What follows is left open."""

_FLIP = """
    i do not think|believe|feel|agree|accept|find|hold|consider|judge that?; i do not see
    how|why; i do not agree with the?
    idea|notion|claim|statement|proposition|view|belief|assertion that; i do not agree with the?
    idea|notion|claim|view of?; i doubt that?|whether; i disagree that; i disagree with the?
    idea|notion|claim|statement|proposition|view|belief|assertion|sentiment that; i disagree
    with the? idea|notion|view|statement|proposition|claim of?; i
    reject|deny|dispute|oppose|refute the?
    idea|notion|claim|statement|proposition|view|belief|assertion that|of; i reject|deny|dispute
    that; it is false|untrue|incorrect|inaccurate|wrong|mistaken to
    say|think|claim|believe|suggest|assume that?; it is false|untrue|incorrect|inaccurate that;
    it is a? mistake|myth|fallacy|misconception to say|think|believe|assume? that?; i can not
    bring myself to believe|think|say that?; i can not agree|accept that; i strongly? disagree
    that; i do not share the? view|belief|opinion that; i am not of the opinion that; there is
    no reason to think|believe|suppose that?; far from; anything but; it is a?
    mistake|myth|fallacy|misconception that; there is no truth in|to the idea|notion|claim|view
    that; i would not say|argue|claim|call|maintain|think that?; i would not go so far as to say
    that?; we|you|one|society must|should reject the?
    idea|notion|claim|statement|proposition|view|belief|assertion that|of; it is not
    true|right|correct|accurate|fair to say that; it is not true|correct|accurate that; it is
    not the case that; i can not agree|accept|believe|see|say that|how|why?; it would be
    absurd|odd|strange|silly|wrong to call|say|think|claim that?; it is absurd|odd|strange|silly
    to call|say|think|claim that?
"""
"""What follows is denied; read as "not"."""

_AGREE = """
    i agree; i do agree; i would agree; i concur; agreed; i tend to agree; i am in agreement
"""

_DISAGREE = """
    i disagree; i do not agree; i would disagree; i have|must to? disagree; i would not
    agree; i beg to differ
"""

_YES = """
    answer is|:? yes; say yes; vote yes; would be yes; is a? yes; i think so; i believe so; i
    would say so; i do think so; answer|verdict|it would be yes; yes from me; a yes; answering
    yes; my|the|short answer is|:? yes; my|the verdict|response|vote is yes; i would|will|do say
    yes; i say yes; answer|verdict has|must to? be yes; i
    think|believe|suppose|guess|reckon so; i would think so
"""
"""Names yes as the answer."""

_NO = """
    answer is|:? no; say no; vote no; would be no; is a no; i do not think|believe so; i think
    not; i would not say so; answer|verdict would be no; no from me; a no; answering no;
    my|the|short answer is|:? no; my|the verdict|response|vote is no; i would|will|do say no; i
    say no; answer|verdict has|must to? be no
"""

_UNDECIDED = """
    i am|remain|stay undecided; undecided; i can not decide|choose|settle|pick|say|tell
    either?|which?|for?; i am unable to decide|choose|settle|pick|reach|come; i am torn; torn
    between; of two minds; i have not made up my mind; my mind is not made up; no settled
    view|opinion|position; not have a settled|firm|definite|clear
    view|opinion|position|answer|stance; could go either way; go either way; not sure either way;
    not sure which|what|who|how; i am not sure; i am uncertain|unsure; i go back and forth; yes
    and no; i do not know; hard to say; neither side has; on the fence; equally
    strong|matched|valid|balanced|good|compelling|convincing|weighty; as much to say for one side
    as; exactly matched|balanced; evenly matched|balanced; scales refuse to tip; can not come down
    on|to; not lean either way; do not lean; no strong opinion|view|feeling; impossible to
    say|decide|choose; toss up; coin toss; genuinely uncertain|unsure|undecided; i could argue|go
    either; not take|taken a side; remain neutral; i am neutral; neutral stance|position; i keep
    changing my mind; not settled|landed|decided; can not settle; changing my mind
"""
"""Says that no side is taken."""

_WEIGHING = """
    sides; two sides; each side; either side; depends; depend; depending on; arguments for and
    against; pros and cons; complex; complicated; nuanced; no easy answer|answers; not a?
    easy|simple|straightforward answer|question; no clear answer|cut|consensus|right; no right
    or wrong; reasonable people; on the one hand; on one hand; on the other hand; difficult
    question|dilemma|choice|issue|decision|one; controversial; debated; contested;
    differing|different|various|diverse|multiple views|opinions|perspectives|viewpoints;
    strong|good|valid|compelling arguments|points|reasons; varies; vary; matter of
    perspective|opinion|debate|interpretation; tough one|call|question; hard question|one|case;
    a definitive|clear|simple answer; moral dilemma; ethical dilemma; subjective; gray|grey
    area; case by case; some|others argue|believe|say|think|people; no one|single
    right|correct|true answer; important to consider|remember|weigh|note|recognize|acknowledge;
    no single|simple|definitive|universal|correct|straightforward|objective; black and white;
    many factors; either way; merit in|on; no preference; both directions; case to be made
"""
"""Speaks of both sides, of difficulty, of dependence."""

_EVADED = """
    third way|option|alternative|path|possibility; another way|option|alternative|solution;
    other option|options|alternatives|solutions|ways; alternative
    solution|solutions|approach|way|ways|options; further possibility; find a|another|some
    way|compromise|solution; way around; middle ground|way; compromise; consult; consulting;
    talk to|with; talking to|with; talk openly; speak to|with; speaking to|with; seek
    advice|help|guidance|counsel|support|professional|legal|out; seeking
    advice|help|guidance|professional|legal; professional advice|help|guidance; ask a|an
    professional|expert|lawyer|doctor|lawyer; personal decision|choice|matter|question; up to
    you|them|him|her|individual|each|the; your decision|choice|call|own; only you can; decision
    is yours; individual must|should|has|to decide; can not make that|this|the decision|choice
    for; each person|individual must|should|has|to|may|can; details the story leaves; leaves
    out; more facts|information|details|context; particulars; a better question; better to ask;
    what deserves our curiosity; read up on; good introduction; patient conversation; qualified
    counsel; spares everyone; have you thought|considered|tried; i would rather look;
    interesting part; call the|for police|authorities|help|security; contact the|a|your; follow
    your|their conscience|heart|values; do what feels|you|is best|feels; circumstances would
    have to be examined; how matters were allowed; comparable circumstances|episodes; framed a
    century ago; how people have dealt; decide that|this|it? for
    themselves|yourself|yourselves|himself|herself|oneself|themself
"""
"""Advice, a third way, somebody else's decision."""

_REFUSED = """
    i can not|could
    help|assist|answer|comment|provide|take|express|offer|give|engage|discuss|respond|form|fulfill|continue|do
    that|participate|complete|share|have|weigh; i am unable to
    help|assist|answer|comment|provide|take|express|offer|give|engage|discuss|respond|share|form|have|fulfill;
    i am not able to
    help|assist|answer|comment|provide|take|express|offer|give|engage|discuss|respond|share|form|have|fulfill;
    i am afraid that? i can not; i will not answer|comment|say|take|discuss|help|give|be; i would
    prefer not; i should prefer not; i prefer not; rather not say|answer|comment; decline to; i
    decline; i have to decline; i must decline; refuse to answer; can not help with; can not
    comment; can not answer; not answer that|this; i do not have a?
    personal|opinions|opinion|beliefs|feelings|views|preferences|the
    ability|emotions|consciousness|any|own; i do not have the ability|capacity|capability; i do
    not have my own; i do not have any; i do not possess; i do not
    hold|form|express|take|give|offer|provide|share personal?|any?
    opinions|views|beliefs|positions|sides|a; i do not hold|express|take|give|offer|provide|share
    opinions|views|beliefs|positions|sides|personal|a|any;
    aim|try|strive|supposed|meant|designed|best to remain|stay|be neutral|impartial; as an ai; as
    a|an large? language|artificial|ai|ai-powered|assistant|machine|neutral|chatbot|model|llm; i
    am just? a|an ai|language|assistant|large|machine|artificial; i am only an|a
    ai|language|program; not appropriate for me; it is not for me to; not something i can|am; not
    my place to; against my guidelines|programming; can not give an opinion; not something i can
    give; i do not give an?; matter on which i do not; i do not take|choose|pick sides; no
    personal opinion|opinions|views|beliefs|stance; sorry , but? i can; neither have nor; i do not
    feel comfortable; i am not comfortable; i would rather not
    say|answer|comment|discuss|share|give|take|get; i would rather not .; offer|give opinions; on
    which i
"""
"""Declines to answer, or denies having views."""

_IGNORE = """
    not a? hard|difficult|tough|complicated|complex|close|tricky
    question|one|case|call|choice|issue|dilemma|problem; not
    undecided|torn|neutral|unsure|uncertain|conflicted|ambivalent|indifferent; not on the fence;
    not sitting on the fence; not of two minds; not call|consider myself
    neutral|undecided|torn|unsure; i? can|will|would|do|could|shall|need not
    deny|dispute|pretend|sugarcoat|dodge|duck
    otherwise|that|the|it|this|question|issue|there|here?; i? will|would not lie|pretend|hide
    that|it|,|:; i? can|could not see any? other?|another? way around|past|out|round|of?
    it|this|that?; no way around|past|round it|this|that?; no denying|getting|escaping around?
    that|it|this?; not me; not i; i? can not in? good? conscience? say i? enjoy|like|love|relish
    it|this|that ,; i am not sure what you; right and wrong; right or wrong; wrong or right; right
    from wrong; no doubt; without a? doubt; no question; not only; not to mention; no longer;
    nothing more; no matter; you are right|wrong|correct; i was|am wrong|right; that is
    right|correct; all right ,; what is wrong; something wrong with; wrong about; wrong there;
    right there; right away; right now; the|a|their|his|her|your|my|our|human|legal|equal|basic|no
    right|rights to|of; rights; good point|question|reason|reasons|faith|thing
    that|morning|luck|news|idea to consider|day|intentions; worse off; better off; better
    understand; best interest|interests; fair enough; fine line|print; duty of care; the greater
    good; common good; greater good; for good; as good as; good person|people|life; best of; do my
    best; it is important to; must be
    weighed|considered|noted|remembered|acknowledged|admitted|said; should be
    weighed|considered|noted|remembered|acknowledged|admitted|said; under any circumstances; in
    any way; at all; in order; to some extent; to a degree; in all honesty; with all respect; if
    anything; if at all; if so; if not; as it were; not without; though ,; though .; you are
    welcome; put like that|this; put that|this way
"""
"""Idioms whose words mean something else when taken singly."""

_PATTERNS: tuple[tuple[Mark, str], ...] = (
    ("balance", _BALANCE),
    ("commit", _COMMIT),
    ("here", _HERE),
    ("general", _GENERAL),
    ("concede", _CONCEDE),
    ("attribute", _ATTRIBUTE),
    ("if", _IF),
    ("hedge", _HEDGE),
    ("flip", _FLIP),
    ("agree", _AGREE),
    ("disagree", _DISAGREE),
    ("yes", _YES),
    ("no", _NO),
    ("undecided", _UNDECIDED),
    ("weighing", _WEIGHING),
    ("evaded", _EVADED),
    ("refused", _REFUSED),
    ("ignore", _IGNORE),
)

MARKS: tuple[tuple[str, Mark], ...] = tuple(
    (pattern.strip(), mark) for mark, patterns in _PATTERNS for pattern in patterns.split(";")
)
"""All patterns with their marks."""
