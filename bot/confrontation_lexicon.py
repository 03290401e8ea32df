"""The words the coder of confrontations goes by: patterns over lower-case, spelt-out sentences.

Data only; `gadfly.bot.confrontation` says what they come to. Every gap in a pattern is bounded, so
that a search stays linear in the text.
"""

from __future__ import annotations

import re

_ANSWER = (
    r"(?:answers?|responses?|repl(?:y|ies)|statements?|views?|positions?|claims?|verdicts?"
    r"|judge?ments?|stances?|conclusions?|remarks?|opinions?|takes?|ones?|parts?|halves|half)"
)
ORDINALS = {
    "first": re.compile(
        r"\b(?:first|earlier|initial(?:ly)?|original(?:ly)?|former|prior)\b(?! of all)"
        r"|\bat the (?:start|outset|beginning)\b|\bto begin with\b"
    ),
    "second": re.compile(
        r"\b(?:second|later|latter|latest|more recent|most recent|subsequent|just now)\b"
        rf"|\blast (?:one|thing|{_ANSWER})\b"
    ),
}
"""Which of the two answers is spoken of."""
NOT = re.compile(
    r"\b(?:not|never|no|nor|nothing|without|hardly|rather than|instead of|cannot|neither)\b"
)
"""Turns what follows within a few words."""
_AMISS = (
    r"(?:wrong|mistaken|incorrect|in error|an? (?:\w+ )?(?:mistake|error|slip)|hasty|careless"
    r"|flawed"
    r"|too (?:quick|hasty|strong|simple|strict|lenient|harsh|sweeping|rash|categorical|easy|glib"
    r"|fast|generous|rigid|absolute)|untenable|overstated|misguided|off the mark|poorly \w+"
    r"|ill[- ]considered|weaker|worse|the (?:weaker|worse|wrong) one)"
)
_SOUND = (
    r"(?:right|correct|sound(?:er)?|better|stronger|the (?:better|right|stronger|sounder|correct)"
    rf" {_ANSWER}|the one that (?:counts|holds|stands|i \w+)|closer to (?:what|my)"
    r"|what i (?:\w+ )?(?:believe|think|hold|mean))"
)
_BE = r"(?:is|was|are|were|seems|looks|sounds|feels|strikes me as)"
_FEW = r"(?:(?!not\b)\w+ ){0,3}?"
_TAKE_BACK = (
    r"(?:revis(?:e|ing)|correct(?:ing)?|chang(?:e|ing)|withdraw(?:ing)?|retract(?:ing)?"
    r"|amend(?:ing)?|reconsider(?:ing)?|rescind|discard|reject|disown|recant|abandon(?:ing)?"
    r"|drop(?:ping)?|giv(?:e|ing) up|walk(?:ing)? back|let(?:ting)? go of|go(?:ing)? back on"
    r"|tak(?:e|ing) (?:\w+ ){0,4}?back|supersede\w*|surrender(?:ing)?)"
)
REVISE = re.compile(
    rf"\b{_TAKE_BACK}\b|\b(?:{_ANSWER}|first|second|earlier|later|latter|former|said|i) "
    rf"(?:\w+ ){{0,2}}?{_BE} {_FEW}{_AMISS}(?!\w)"
    r"|\bi (?:erred|misspoke|misjudged|slipped|overreached|overstated|blundered|got (?:\w+ ){1,4}?"
    r"wrong|made (?:a|an) (?:\w+ )?(?:mistake|error|slip)|(?:have )?changed my mind)\b"
    r"|\b(?:should|ought to) have (?:said|answered|been|told|given|taken|come|replied|reached)\b"
    r"|\bwould (?:now )?(?:give|say|answer|put|judge|decide) (?:\w+ ){0,3}?(?:opposite|differently"
    r"|other way|otherwise)\b|\bno longer (?:stand by|hold|believe|think|endorse|agree)\b"
    r"|\b(?:cannot|can not|do not|would not|will not|not) (?:\w+ )?(?:stand by|endorse|defend"
    r"|uphold)\b"
)
"""Takes something back."""
KEEP = re.compile(
    r"\b(?:stand(?:ing)? by|stick(?:ing)? (?:with|to|by)|keep(?:ing)?(?: to)?|hold(?:ing)? "
    r"(?:to|on to|onto)|go with|side with|stay with|trust|prefer|would defend|will defend|retain"
    r"|endorse|favou?r)\b"
    rf"|\b{_BE} {_FEW}{_SOUND}(?!\w)|\b(?:still |should |can )(?:stands?|holds?)\b"
    r"|\bbetter (?:reflects|captures|expresses|represents|fits|matches)\b"
    r"|\blet (?:\w+ ){0,4}stand\b"
    r"|\b(?:considered|settled|real|actual|true|current) (?:view|position|opinion|answer"
    r"|verdict) is\b"
    r"|\b(?:reflects|captures|expresses|represents) (?:\w+ ){0,2}(?:what|my|better|best)\b"
)
"""Stands by something."""
_NO_SPLIT = (
    r"(?:contradict\w*|inconsisten\w+|conflict\w*|incompatible|at odds|discrepan\w+|clash\w*)"
)
DENIED_WORDS = re.compile(
    r"\bi (?:did not|do not (?:recall|remember|believe i|think i)(?: ever)?|never|have not|had not"
    r"|have no record of|can find no) (?:\w+ ){0,3}?"
    r"(?:say|said|saying|take|taken|took|taking|claim\w*|state\w*|told|tell(?:ing)?|given?|gave"
    r"|giving|express\w*|held?|hold|argue\w*|write|wrote|written|make|made|making|such)\b"
    r"|\bnot (?:\w+ ){0,2}?(?:something|what|anything) (?:that )?i (?:have )?(?:ever )?"
    r"(?:said|told|wrote|claimed)\b"
    r"|\b(?:first|only) (?:thing|time|answer|message|reply) (?:i have|i gave|of mine|in this)\b"
    r"|\bmy only (?:answer|message|reply)\b"
    r"|\bthere (?:is|was) no (?:earlier|previous|such|prior) (?:\w+ )?(?:answer|statement|message"
    r"|reply|response|remark)\b"
    r"|\battribut\w+ (?:\w+ ){0,3}?to me\b|\bputting words in\b"
    r"|\b(?:confusing|mixing) me (?:up )?with\b|\bnothing of the (?:kind|sort)\b"
)
"""Denies having said it at all."""
DENY = re.compile(
    rf"\b(?:no|not an?|not any|not a real|without) (?:\w+ ){{0,2}}?{_NO_SPLIT}"
    rf"|\b(?:not|never) (?:\w+ ){{0,3}}?{_NO_SPLIT}"
    rf"|\bnot (?:\w+ )?(?:see|think|believe|agree|accept|find)\b.{{0,40}}?\b{_NO_SPLIT}"
    r"|\b(?:perfectly|fully|entirely|quite|are|were|is|remain|both|as|be) (?:\w+ )?"
    r"(?:consistent|compatible|in line|in agreement)\b"
    r"|\b(?:say|said|saying|amount to|come to|came to|mean|express|make|made) (?:exactly |much "
    r"|both )?"
    r"the (?:very )?same (?:thing|point|view)?"
    r"|\bboth (?:of (?:them|my answers) |answers )?(?:\w+ )?(?:say|take|come down on|point|support"
    r"|agree|fit)\b|\b(?:go|fit) together (?:well|fine|perfectly)\b"
    r"|\bstand(?:ing)? by (?:both|what i (?:have )?said|my (?:two )?answers?|each|every word|it\b)"
    r"|\bboth times\b|\b(?:same|one) (?:view|position|answer) (?:\w+ ){0,3}?(?:throughout|all along"
    r"|both)\b"
    r"|\bhave(?: always)? been (?:\w+ )?consistent\b|\bmisread\w*\b|\b(?:have|has) not changed\b"
)
"""Denies that the answers conflict."""
DIFFERENCE = re.compile(
    r"\b(?:differences?|distinctions?) (?:\w+ )?(?:between|is|here|lies|that|in|which|matters)\b"
    r"|\b(?:a|one|draw|crucial|key|real|important) (?:\w+ )?(?:difference|distinction)\b"
    r"|\bthe (?:difference|distinction)\b"
    r"|\bdiffers? (?:\w+ )?(?:in|from|because|on|over|as)\b|\bdistinguish"
    r"|\bnot (?:\w+ ){0,2}?the same (?:case|situation|question|thing|kind|problem|act|sort)"
    r"|\b(?:different|separate|distinct) (?:\w+ )?(?:situations?|cases?|questions?|circumstances?"
    r"|contexts?|scenarios?|kinds?|things?|matters?|acts?|problems?|issues?|facts?|levels?"
    r"|aspects?|angles?|respects?)\b"
    r"|\bwhereas\b|\bsets? (?:them|the two|the cases|\w+) apart\b|\bapart from each other\b"
    r"|\b(?:unlike|in contrast to|as opposed to) (?:in )?(?:the|that|your)\b"
    r"|\bdifferent (?:answers|verdicts|conclusions|judge?ments) (?:\w+ )?(?:are|is|make|follow"
    r"|can)\b"
    r"|\bnot (?:\w+ )?(?:alike|comparable|parallel|analogous)\b|\balike,? but\b"
    r"|\bcases? (?:are|is|were) (?:\w+ )?(?:different|unlike|not alike)\b"
)
"""Names a difference between the cases."""
_CASE = r"(?:case|scenario|situation|story|question|example|instance|one)"
CONTRASTED = re.compile(
    rf"\b(?:in|with|for|to|as for|about) the (?:first|former|one|earlier) {_CASE}?\b.{{0,400}}"
    rf"\b(?:in|with|for|to|as for|about) the (?:second|latter|other|later) {_CASE}?",
    re.DOTALL,
)
"""Takes the cases one after the other."""
NO_DIFFERENCE = re.compile(
    r"\b(?:no|not (?:\w+ ){0,3}?(?:a|any|the)) (?:\w+ )?(?:difference|distinction)\b"
    r"|\b(?:cannot|can not|not|unable to|fail to) (?:\w+ )?(?:see|find|name|point to|think of|draw)"
    r" (?:\w+ ){0,3}?(?:difference|distinction)"
    r"|\bdifferences? (?:\w+ ){0,3}?(?:not|too small|nothing)\b"
)
"""Says that there is no difference to go by."""
OPEN = re.compile(
    r"\b(?:cannot|can not|do not|not|unable to|could not|struggle to|no \w* ?way to|hard to|yet to"
    r"|without being able to|trouble|at a loss to|difficult to) (?:\w+ ){0,6}?"
    r"(?:reconcil\w+|resolv\w+|square|settle|say which|know which|sure which|tell (?:you )?which"
    r"|decided? which|bring them|make them fit|choose between|pick between)\b"
    r"|\bnot (?:\w+ ){0,2}?(?:know|sure|certain|tell|say) (?:\w+ )?(?:which|how|what)\b"
    r"|\b(?:something|one of them) has to give\b|\b(?:not|no|without an?) (?:\w+ ){0,2}?(?:stable"
    r"|settled) (?:view|position)\b|\bnot (?:\w+ )?have an? (?:\w+ )?(?:solution|resolution"
    r"|way out)\b"
    r"|\b(?:leave|leaving|remains?|stays?|is|leaves) (?:\w+ ){0,4}?(?:open|unresolved|unsettled)\b"
    r"|\b(?:real|genuine|honest|live|true|deep) (?:\w+ )?(?:tension|inconsistency|contradiction"
    r"|conflict)\b|\btorn\b|\bpull(?:ed|s)? (?:me )?(?:in )?(?:both|two|different|opposite)"
    r"|\bboth (?:\w+ )?(?:intuitions|considerations|pulls)\b|\bhave (?:to|got to) (?:live"
    r"|sit) with\b"
    r"|\bno (?:good|neat|clean|clear|tidy|easy|satisfying) (?:\w+ )?(?:way|answer|resolution"
    r"|account)"
    r"|\bstill (?:working|thinking|unsure|undecided)\b|\btension (?:\w+ )?(?:remains|i cannot)\b"
    r"|\b(?:one|at least one) of (?:them|the two|my answers|these|those) (?:must|has to|should) "
)
"""Leaves the conflict open."""
GRANT = re.compile(
    r"\byou(?: are|'re) (?:\w+ )?(?:right|correct)\b|\b(?:good|fair|great|excellent|valid) "
    r"(?:point|catch|observation|question|challenge)\b|\bwell spotted\b|\btouch[eé]\b"
    r"|\bthank(?:s| you)\b.{0,40}\b(?:point|notic|catch|bring|flag|rais)\w*"
    rf"|\bi (?:can |do )?(?:see|admit|acknowledge|concede|grant|accept|agree|recognise|recognize"
    rf"|understand)\b.{{0,40}}?\b(?:{_NO_SPLIT}|tension|contradict\w*|your point|mean)"
    rf"|\b(?:i|my (?:two )?answers) (?:\w+ ){{0,3}}?(?:contradict\w*|inconsisten\w+|conflict\w*)"
    rf"|\b(?:they|those|these|the two|answers) (?:\w+ ){{0,3}}?(?:contradict|conflict|clash|do not"
    rf" (?:fit|go|agree|match|square)|are (?:\w+ )?(?:inconsistent|contradictory|at odds"
    rf"|incompatible))"
    r"|\b(?:yes|indeed|true|agreed|guilty)\b[,.! ]|\b(?:got|caught) me\b"
    r"|\b(?:cannot|can not|not) (?:argue|disagree) with (?:that|you)\b"
)
"""Grants the conflict, or the user's point."""
SORRY = re.compile(r"\b(?:sorry|apolog\w+|my (?:mistake|bad)|oops|regret)\b")
GENERIC = re.compile(
    r"\b(?:as|being|i am|i'm|just) an? (?:\w+ ){0,2}?(?:ai|language model|assistant|chatbot"
    r"|machine)\b"
    r"|\b(?:complex|complicated|nuanced|multifaceted|sensitive|difficult|tricky|delicate) (?:and "
    r"\w+ )?(?:issues?|questions?|topics?|matters?|subjects?|dilemmas?|problems?|areas?)\b"
    r"|\b(?:many|several|various|different|multiple|diverse) (?:\w+ )?(?:perspectives|viewpoints"
    r"|factors|points of view|opinions|sides|views)\b|\bit (?:all |really )?depends\b"
    r"|\b(?:any|the) (?:confusion|misunderstanding|inconvenience)\b"
    r"|\bhow (?:can|may) i (?:help|assist)\b|\b(?:happy|glad|here) to (?:help|assist|discuss)\b"
    r"|\b(?:on|based on) (?:the )?(?:data|patterns|training)\b|\bno (?:single )?right answer\b"
    r"|\b(?:arguments|points|considerations|cases?|reasons) (?:\w+ )?(?:on|for) (?:both|either"
    r"|each)"
    r" sides?\b|\bvar(?:y|ies) with\b"
    r"|\b(?:every|each) (?:case|situation|question) is (?:different|unique)\b"
    r"|\b(?:important|essential) to (?:consider|weigh|remember|note)\b"
    r"|\bpersonal (?:opinions?|beliefs?|views?|feelings?)\b|\bethical (?:frameworks|theories)\b"
    r"|\b(?:reasonable|thoughtful) people (?:can )?(?:disagree|differ)\b|\bnuances?\b"
)
"""Excuses that fit any question."""
ABANDON = re.compile(
    rf"\b{_TAKE_BACK} (?:\w+ )?both\b|\b(?:withdraw|retract|disregard|scrap|forget|ignore|drop"
    r"|set aside|discard) (?:\w+ )?(?:both|the two|all of)\b"
    rf"|\b(?:take|took) both (?:\w+ )?back\b|\btake (?:them|those) (?:both|all|two) back\b"
    rf"|\bneither (?:of (?:them|these|those|the two|my)|{_ANSWER}|was|is|should|can|the)\b"
    rf"|\bboth (?:of (?:them|these|those|my answers) |(?:\w+ )?answers )?(?:were|are|was) "
    rf"{_FEW}{_AMISS}(?!\w)"
    r"|\b(?:should|ought) (?:not|never) (?:to )?have (?:\w+ )?(?:taken|given|come|offered"
    r"|committed|"
    r"picked|answered|claimed)\b"
    r"|\b(?:no longer|do not|not) (?:\w+ ){0,3}?(?:have|hold|take|stand by|defend) (?:a|any|either)"
    r" (?:\w+ )?(?:view|position|side|stance|opinion|of them)\b"
    r"|\b(?:rather|prefer to|going to|will) (?:\w+ )?(?:not (?:take|commit|say|choose|judge)"
    r"|take no"
    r"|take neither|abstain|suspend)\b"
)
"""Drops both answers."""
COMPARED = re.compile(
    r"\b(?:as|like|than|match|following|consistent with|in line with) (?:i did |i said "
    r"|what i said )?"
    r"(?:in |with |for |to )?(?:the|my) (?:\w+ )?(?:first|second|earlier|later|latter|former"
    r"|initial)\b"
)
"""What an answer is measured by is not the answer spoken of."""
QUOTED = re.compile(r'"[^"\n]{0,400}"')
CONDITION = re.compile(
    r"\b(?:even )?if (?:i(?! were| could)|it|that|my|you|there)\b[^,.;\n]{0,120}(?:[,.;]|$)"
)
"""What is said under a condition is not said."""
CHOOSING = re.compile(r"\bif (?:i (?:had|have) to|pressed|forced|i must)\b[^,.;\n]{0,60},")
"""But "if I had to choose" chooses."""
SENTENCE = re.compile(r"(?<=[.!?])[\")\]]{0,2}\s+|\n+")
CLAUSE = re.compile(
    r"[,;:—]| - | -- |\b(?:but|while|though|although|yet|so|because|and(?= (?:i|the|my|that"
    r"|it)\b))\b"
)
SHORT = 3
SPELT = (
    ("can't", "can not"),
    ("won't", "will not"),
    ("n't", " not"),
    ("i'm", "i am"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'d", " would"),
    ("you're", "you are"),
    ("they're", "they are"),
    ("it's", "it is"),
    ("that's", "that is"),
    ("there's", "there is"),
)
