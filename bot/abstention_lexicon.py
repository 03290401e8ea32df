"""Ways of taking no side, composed of word families: who may not or cannot do what, and to what.

Data only; `gadfly.bot.abstention` matches with it. Patterns are regular expressions over one
segment of a sentence: lower-case words without adverbs, one blank between two, contractions spelt
out. A family is a bracketed alternation; patterns are built of families so that what is learnt of
one modal or one verb holds for all. Gaps are bounded, so that matching stays linear.
"""

from __future__ import annotations

import re

_BAR = re.compile(r" ?\| ?")


def _any(words: str) -> str:
    """Return an alternation of phrases separated by semicolons."""
    return f"(?:{'|'.join(_BAR.sub('|', ' '.join(p.split())) for p in words.split(';'))})"


def _gap(n: int) -> str:
    """Return a pattern for up to n words."""
    return rf"(?:[a-z']+ ){{0,{n}}}?"


_TO = r"(?:(?!(?:which|what|who|that|the|an?|one|any|no|either|whether)\b)[a-z']+ ){0,2}?"
"""Up to two words before a verb; no noun follows them."""
_I = r"(?:\bi |^)"
"""First person, or the segment's beginning where it is left out ("can't decide, sorry")."""
_END = r"(?= |$)"

CANNOT = _any(
    r"""can not; could not; can never; am unable to; am not able to; feel unable to; do not feel
    able to; am incapable of; am at a loss to; am hard pressed to; wish i could; have no way to;
    have no way of; do not know how to; am powerless to; fail to; have failed to; struggle to;
    struggle with; am struggling to; have yet to; am yet to; do not seem able to; have not managed
    to; have not been able to; am not in a position to; am in no position to; lack the [a-z]+ to;
    can hardly; find it [a-z]+ to; find it too [a-z]+ to; (?:have|am having|have had) (?:[a-z]+
    )?(?:trouble| difficulty|problems); do not (?:think|believe|feel|see how|find|suppose) (?:that
    )?(?:i|myself) (?:can|could|am able to|would be able to|able to); am not sure (?:that )?i can;
    there is no way i can; it is beyond me to; will never; may never; will not ever"""
)
"""Inability."""
CHOOSE = _any(
    r"""decide; deciding; choose; choosing; pick; picking; settle; settling; land; favou?r;
    favou?ring; prefer; rank; ranking; commit to; come down; coming down; make up my mind; making
    up my mind; make a (?:choice|decision); make that (?:choice|decision); determine; conclude;
    resolve; resolve it; say which; tell which; tell you which; say who; judge which; judge
    between; lean; find my way; arrive at; reach a; reach any; give a
    (?:clear|firm|definite|definitive|straight); come to a; be (?:persuaded|convinced) by either;
    put one; place one; see which; distinguish between; adjudicate; call it; call this; tip the"""
)
"""Choosing between answers."""
BETWEEN = _any(
    r"""either; one; any; a; an; which; what; whether; between; it; this; that; them; the two;
    here; sides?; on; for; to; at; from; over; these; conclusion; firm; my mind; scales?; balance;
    [.]?$"""
)
WONT = _any(
    r"""will not(?: be)?; shall not(?: be)?; am not
    (?:going|willing|prepared|inclined|keen|allowed|
    permitted|supposed|meant|able|authori[sz]ed|equipped|qualified|designed|built|made|trained| at
    liberty|free|ready|in a position|about) ?(?:to|on)?(?: be)?; am not; am
    (?:unwilling|reluctant| hesitant|loath|unable|forbidden|programmed not|designed not|built
    not|made not|trained not|told not|instructed not|supposed not|asked not|meant not) to; would
    (?:rather|prefer|sooner) not(?: to)?; should (?:rather|prefer) not(?: to)?; would
    (?:prefer|like|choose|want) not to; would not (?:want|like|wish|care|feel comfortable|be
    comfortable)(?: to)?; prefer not to; do not (?:want|wish|
    care|like|intend|plan|mean|propose|feel able|feel comfortable|feel qualified|feel
    entitled|feel at liberty|tend|usually)(?: to)?; choose not to; try not to; tend not to; aim
    not to; ought not to; (?:have|has) (?:decided|chosen|opted|been told|been asked) not to; make
    it [a-z ]{1,20} not to; can not; could not; may not; must not; should not; do not
    (?:think|believe|feel) (?:that )?(?:i|it) (?:should|can|could|ought to|am able to|is right|is
    proper|is appropriate|would be right|would be appropriate|is my place|is my role|is wise|is
    fair) ?(?:for me|of me)?(?: to)?; do not; never; refuse to; decline to; refrain from; abstain
    from; avoid; am avoiding; keep from; steer clear of; stay away from; shy away from; am not
    comfortable(?: with)?; am uncomfortable(?: with)?; feel uncomfortable(?: with)?; feel
    uneasy(?: about)?; am wary of; lack the [a-z]+ to; have no
    (?:business|right|wish|desire|intention|standing|authority) (?:to|of); am in no position to;
    not; would be (?:wrong|overstepping) (?:for me )?to; am hesitant about; keep away from; hold
    back from; keep clear of; stop short of; am careful not to; be careful not to; make a point of
    not; make a point of never"""
)
"""Unwillingness, want of leave, and inability."""
_OWN = r"(?:(?!(?:that|this|the|your|their|his|her|its|those|these)\b)[a-z']+ ){0,5}?"
"""What may stand before "opinion" or "side": nothing that points to one already uttered."""
SPEAK = (
    "(?:"
    + "|".join(
        (
            r"answer(?:ing)?(?! (?:for|to)\b)(?: |$)",
            r"(?:comment|remark|opine|pontificat|editoriali[sz])(?:e|ing)?\b",
            r"repl(?:y|ying)\b(?! with)",
            r"respond(?:ing)?\b(?! with)",
            r"(?:discuss|address|debat)(?:e|ing)? (?:this|that|it|the|such|these|those|in|here|on"
            r"|my)\b",
            r"(?:discuss|address|debat)(?:e|ing)?$",
            r"weigh(?:ing)? in\b",
            r"(?:speak|speaking|talk|talking) (?:to|on|about|of) (?:this|that|it|the|such|these)\b",
            r"engag(?:e|ing) (?:with|in|on) (?:this|that|the|it|such|these|with)\b",
            r"engag(?:e|ing)$",
            r"(?:get|getting|be|being|become) (?:drawn|involved|into|dragged|pulled)\b",
            r"go(?:ing)? (?:there|into)\b",
            r"touch(?:ing)? (?:this|that|it)\b",
            rf"tak(?:e|ing) {_OWN}(?:sides?|positions?|stances?|stand)\b",
            rf"(?:pick|choos|tak)(?:e|ing)? {_OWN}sides?\b",
            r"(?:pick|choos)(?:e|ing)? one\b",
            r"(?:judge|judging) (?:this|that|it|such|here|on|between)\b",
            r"(?:judge|judging)$",
            r"pass(?:ing)? judge?ment\b",
            rf"mak(?:e|ing) {_OWN}(?:judge?ments?|pronouncements?|calls?)\b",
            r"(?:giv|offer|shar|express|stat|voic|provid|hold|form|ventur|volunteer|advanc|issu"
            r"|render|"
            rf"disclos|reveal|hav|hazard|air)(?:e|ing)? {_OWN}(?:opinions?|views?|answers?"
            rf"|verdicts?|"
            r"judge?ments?|positions?|preferences?|beliefs?|stances?|thoughts?|comments?|takes?|"
            r"recommendations?|guidance|assessments?|response|advice|guess)\b",
            r"help(?:ing)? (?:you )?(?:with (?:this|that|it)|here|out|on)\b",
            r"be of (?:[a-z]+ )?(?:help|assistance|use|service)\b",
            r"assist(?:ing)?\b",
            r"participat(?:e|ing)\b",
            r"take part in (?:this|the|that|such) (?:debate|discussion|exercise|question"
            r"|conversation)",
            r"say(?:ing)? (?:anything|more|what i think)\b",
            r"tell you what i think\b",
            r"(?:get|getting) (?:involved|into (?:it|this|that))\b",
            r"be the judge\b",
            r"endors(?:e|ing) (?:either|one|any|a)\b",
            rf"(?:push|impos|advocat)(?:e|ing)? {_OWN}(?:opinions?|views?|positions?|answers?"
            rf"|sides?)\b",
        )
    )
    + ")"
)
"""Saying what one thinks."""
_UNSURE = _any(
    r"""unsure; uncertain; undecided; torn; conflicted; ambivalent; divided; split; on the fence;
    of two minds; in two minds; of both minds; pulled both; pulled in; drawn both; drawn to both;
    drawn in; equally drawn; equally inclined; agnostic; neutral; impartial; indifferent;
    wavering; vacillating; at a loss; undetermined; irresolute; hesitant to
    (?:say|choose|pick|decide); in doubt; unpersuaded; unconvinced (?:by (?:either|both)|either
    way); not (?:yet )?(?:sure|certain)(?! (?:that|whether| if|it|i|this)); not (?:yet
    )?(?:decided|convinced by either|persuaded by either|leaning|settled| committed|inclined
    either); stuck between; caught between; hovering; open on; open about; of a divided mind; no
    more certain; in the middle; somewhere in the middle; open to (?:either|both); on a par; on
    par"""
)
_QUESTION = _any(
    r"""questions?; topics?; issues?; subjects?; problems?; dilemmas?; scenarios?; debates?;
    matters?; puzzles?; cases?; themes?; thought experiments?; conundrums?; situations?"""
)
_BOTH = _any("both; each; either; the two; all")
_POSITIONS = _any(
    r"""sides?; positions?; views?; answers?; options?; ways?; directions?; perspectives?;
    choices?; possibilities; alternatives?; arguments?; statements?; responses?; poles?;
    courses?"""
)
_FIRM = _any(
    r"""firm; strong; settled; clear; definite; definitive; particular; fixed; final; ready;
    confident; considered; worked out; decided; single; good; real; favou?rite; clear cut;
    conclusive; stable"""
)
_VIEW = _any(
    r"""views?; opinions?; positions?; stance; preferences?; leanings?; lean; conclusion; answer;
    verdict; feelings?; convictions?; intuitions?; judge?ment; decision; side; inclination; idea;
    footing; ground"""
)

UNDECIDED: tuple[str, ...] = (
    # cannot choose
    rf"{_I}(?:would |will |do |should )?{CANNOT} {_gap(5)}(?:reach|arrive at|come to|form|find|see"
    rf"|give) "
    rf"(?:a|an|any|my) {_gap(2)}(?:conclusion|verdict|decision|winner|preference|judge?ment)\b",
    rf"{_I}(?:would |will |do |should )?{CANNOT} {_gap(5)}(?:say|saying|claim|maintain) (?:that )?"
    r"(?:one|either|which|any)\b",
    rf"\b(?:not|lack) {_gap(2)}(?:enough|sufficient) (?:[a-z]+ )?to (?:{CHOOSE}|judge|say)\b",
    r"\b(?:leaves|leave|left|has|have|makes) me (?:feeling |rather |quite )?"
    rf"{_UNSURE}\b",
    r"\bleave (?:it|this|that|things|the (?:question|matter|issue)) open\b",
    r"\b(?:balance|scales?) (?:[a-z]+ )?(?:never|not|refuses?|will not|wo not) (?:[a-z]+ "
    r"){0,2}?tips?\b",
    rf"{_I}(?:would |will |do |should )?{CANNOT} {_gap(5)}{CHOOSE}(?:$| {_gap(2)}{BETWEEN}{_END})",
    rf"{_I}(?:would |will |do |should )?{CANNOT} {_gap(3)}(?:see|tell|say|know|judge|determine"
    rf"|work out) "
    r"(?:which|who is right|what is right|where i)\b",
    rf"{_I}{CANNOT} {_gap(2)}(?:give|offer|provide|state) {_gap(2)}{_FIRM} {_VIEW}\b",
    r"\bnot (?:think|believe|find|see|feel) (?:that )?(?:either|one|any) .{0,40}(?:is|are|wins?"
    r"|prevails?|"
    r"stands?|better|superior|stronger)\b",
    r"\b(?:less|no more|never) (?:sure|certain|confident|settled)\b(?! than)|\bnothing (?:tips"
    r"|settles"
    r"|decides)\b",
    r"\b(?:might|could|may) be (?:either|one$|both$)|\bthe other (?:one )?(?:starts|begins|looks"
    r"|seems|"
    r"pulls)\b|\bin the middle (?:on|about|of) (?:this|that|it)\b|\bknife(?: s)? edge\b",
    r"\b(?:find|call|consider|think) .{0,24}\bbalanced\b|\bequally [a-z]+$",
    rf"\bmy (?:[a-z]+ )?(?:{_VIEW}) (?:would be|is|has to be|must be) (?:neither|both|a maybe"
    rf"|maybe)\b",
    rf"\bnot {_gap(5)}{_FIRM} {_VIEW}\b",
    r"\bno (?:option|answer|side|view|position|choice|resolution)\b.{0,12} i (?:would |can |could "
    r")?(?:[a-z]+ )?"
    r"(?:prefer|choose|pick|favou?r|have)\b|\b(?:dilemma|question|problem)\b.{0,24}\b(?:no|without "
    r"an?) "
    r"(?:resolution|answer|solution)\b",
    r"\b(?:evidence|arguments?|picture|reasons|considerations|signals) (?:is|are) (?:[a-z]+ "
    r")?(?:mixed|"
    r"inconclusive|balanced)\b|\b(?:are|is|stand) on (?:a )?par\b",
    r"\bi (?:would rather|will|would prefer to|prefer to|choose) not (?:to )?(?:commit|decide"
    r"|choose|settle|"
    r"conclude)(?:$| (?:yet|here|now|either|to either|between))",
    r"\bnot (?:feel|lean|think|care|incline|tend) (?:[a-z]+ )?one way or (?:the )?(?:other"
    r"|another)\b",
    rf"\bi (?:[a-z]+ )?(?:describe|call|consider|count|find) myself (?:as )?{_UNSURE}\b",
    r"\bleave (?:this|that|it) (?:one |question )?open\b",
    r"\bno (?:decisive|conclusive|settled|universal|satisfying|good|clear) (?:answer|verdict"
    r"|conclusion)\b",
    r"\bnot (?:[a-z]+ )?(?:obvious|clear|evident|apparent) (?:to me )?(?:which|what|who|where|that "
    r"(?:either|one))\b",
    r"\bneither (?:[a-z]+ ){1,2}(?:outweighs?|prevails?|wins?|convinces?|persuades?|stands out)\b",
    r"\bi would be (?:lying|pretending) if i (?:said|claimed)\b",
    r"^(?:can not|could not|unable to|hard to|difficult to|impossible to|tough to) "
    rf"{CHOOSE}(?:$| {_gap(2)}{BETWEEN}{_END})",
    r"(?:it is|is|seems|feels|proves) (?:too |so |not )?(?:hard|difficult|impossible|tricky|tough"
    r"|easy)"
    rf" (?:for me )?to (?:{CHOOSE}|say|know|tell|call|judge)\b",
    r"^i wish i could (?:choose|decide|pick|say)",
    r"^(?:choosing|deciding|picking|to choose|to decide) .{0,40}(?:beyond me|too (?:hard|much)|"
    r"impossible|more than i can)",
    r"\bthere is no way (?:that )?i can (?:settle|choose|decide|pick)",
    # no firm view
    rf"{_I}(?:do not|can not say (?:that )?i|can not claim to|never|would not say (?:that )?i) "
    rf"(?:have|hold) {_gap(3)}{_FIRM} {_gap(2)}{_VIEW}\b",
    rf"\b(?:no|not a|without a|lack a) {_gap(1)}{_FIRM} {_gap(1)}{_VIEW}\b(?! (?:that|against))",
    r"\bno (?:leaning|inclination|preference|idea (?:which|what|where|who)|clue (?:which|what"
    r"|where)|"
    r"winner|verdict|conclusion)\b",
    rf"{_I}(?:have not|had not|have yet to|have never|am yet to) {_gap(1)}(?:formed?|reach(?:ed)?|"
    rf"arrived?|come|developed?|settled?|made?|found|find|landed?|decided?|concluded?|resolved?"
    rf"|chosen|"
    r"picked)\b",
    rf"{_I}have yet to be (?:persuaded|convinced|won)",
    # uncertain
    rf"{_I}(?:am|remain|feel|stay|stand|would be|have been|find myself|end up|come out) "
    rf"(?!not (?!yet|sure|certain|decided|conv|pers|lean|settl|commit|incl))(?:so |rather |a bit "
    rf"|a "
    rf"little |too |left )?{_UNSURE}\b",
    rf"{_I}(?:do not|can not|could not|would not) (?:know|tell|say|tell you|be able to (?:say"
    rf"|tell)) "
    r"(?:for (?:sure|certain) )?(?:yet|which|where i (?:stand|am|land|come)|what (?:the (?:right"
    r"|best|"
    r"correct)|to (?:think|say|make))|how to (?:choose|decide|answer)|who is right|what is right"
    r"|$)",
    rf"{_I}do not lean\b",
    rf"{_I}(?:keep|am|kept|have been) (?:on )?(?:going back|going to and fro|wavering|changing my "
    rf"mind|"
    r"vacillating|flipping|swinging|switching|oscillating|hesitating)",
    r"\bmy (?:mind|views?|opinions?|thinking|intuitions?|feelings?|judge?ment|instincts?|thoughts?|"
    rf"sympathies) (?:on [a-z]+ |about [a-z]+ )?(?:is|are|goes|go|pulls?|points?|keeps?|remains?"
    rf"|stays?|"
    rf"swings?) {_gap(3)}(?:not (?:yet )?(?:settled|made|formed|fixed)|unsettled|undecided|open|"
    r"divided|split|back and forth|to and fro|both ways|both directions|mixed|two ways|in flux)\b",
    r"\bmixed (?:feelings|views|emotions|minds?)\b",
    r"\bjury is out\b",
    r"\bbeats me\b|\bwho knows$",
    r"\bsome days i (?:think|believe|lean|say|feel|am)\b",
    r"^(?:undecided|torn|unsure|uncertain|conflicted|ambivalent|no idea|not sure|dunno)\b",
    r"\bi could be (?:persuaded|convinced|swayed|won over) (?:by |to )?(?:either|both)\b",
    r"\bnot (?:at all )?clear to me\b|\bit is unclear (?:to me )?which\b",
    r"\bi (?:would|will) (?:need|have|want) (?:to think|to reflect|more time|time)\b",
    # even
    r"\b(?:dead heat|too close to call|fifty fifty|50 50|(?:flip|toss|flipping|tossing) (?:of )?a "
    r"coin|"
    r"coin (?:flip|toss)|toss up|evenly? (?:split|balanced|matched|divided|poised)|equally "
    r"(?:balanced|"
    r"matched|weighted|persuasive|plausible|convincing|valid|strong|defensible|good|bad))\b",
    r"(?:it is|it|that is|this is|call it|call this|me as|out as|ends? in|like|^) (?:basically "
    r")?(?:a|"
    r"an even|even) (?:tie|draw|toss up|wash|stalemate|deadlock|standoff|split)\b",
    rf"\b(?:{_POSITIONS}|considerations|two|both|scales|reasons|it|they|things) {_gap(3)}(?:cancel "
    r"(?:out|each)|(?:about|come out|roughly) (?:even|equal|level|the same)|balance (?:out|each)|"
    r"(?:weigh|count) (?:about )?the same)\b",
    r"\b(?:about |roughly |much )?the same weight\b",
    r"\b(?:is|are|seems?|looks?|feels?) (?:to me )?(?:about |roughly |too |so )?(?:even|balanced"
    r"|level)\b",
    r"\b(?:neither|no) (?:of (?:the two|them|these) |(?:option|answer|side|position|view|choice"
    r"|one|"
    r"argument|case|alternative|response) )?(?:here )?(?:is|seems?|strikes|looks?|feels?|appears?|"
    r"convinces?|persuades?|wins?|has|stands out|comes?|outweighs?|prevails?|satisf[a-z]+)"
    r" (?!(?:to )?(?:wrong|true|false)$)",
    r"\bneither .{0,24}(?:convinces|persuades|wins|satisfies)\b",
    # withheld
    r"\b(?:withhold|withholding|suspend|suspending|reserve|reserving|defer|deferring|postpone|hold|"
    r"holding) (?:off (?:on )?)?(?:my |all |any |a |from )?(?:judge?ment|verdict|judging|deciding|"
    r"decision)\b",
    rf"{_I}(?:will |would |am going to |shall |prefer to |choose to )(?:rather )?(?:stay|remain|be"
    rf"|keep) "
    r"(?:neutral|undecided|agnostic|in the middle|on the fence)\b",
)
"""Says that no side is taken because none wins."""

WEIGHING: tuple[str, ...] = (
    rf"\b{_BOTH} (?:of (?:the|these|them|those) )?{_gap(1)}{_POSITIONS}\b",
    r"\b(?:for|in|of|to|with|by|about|on|see|understand) (?:both|either|each)$",
    rf"\b(?:both|each|either) {_gap(3)}(?:have|has|carry|makes?|seems?|are|is|strikes?|looks?"
    rf"|feels?|"
    rf"holds?) {_gap(3)}(?:merits?|weight|force|appeal|strengths?|points?|something|reasonable|"
    r"plausible|defensible|persuasive|compelling|convincing|valid|strong|understandable|legitimate|"
    r"fair|sense|said|right)\b",
    r"\b(?:for|of|in|to|with) (?:both|each|either)\b(?! other)|\bone way or (?:the )?(?:other"
    r"|another)\b",
    r"\b(?:much|lot|something|plenty|deal|things?) to (?:be said|like|recommend|say) (?:for|on|in"
    r"|about) "
    r"(?:both|each|either)\b",
    r"\bno (?:clear|simple|easy|obvious|right|single|straightforward|definitive|one|perfect|clean|"
    r"clear cut|objectively) (?:[a-z]+ )?(?:answers?|choices?|solutions?|winner|way|resolution)\b",
    r"\bnot a (?:clear|simple|easy|obvious|right|single|straightforward|definitive) (?:[a-z]+ )?(?:"
    r"answer|choice|solution|winner|question|case|matter|one)\b",
    r"\b(?:hard|difficult|tough|tricky|thorny|delicate|close|knotty|vexed|thorny|open|contested) "
    r"(?:[a-z]+ )?(?:question|call|one|choice|case|issue|dilemma|problem|matter)\b",
    r"\b(?:depends?|hinges|turns) (?:on|upon|entirely|largely|heavily)\b|\bit depends\b",
    r"\b(?:thoughtful|reasonable|sensible|good|decent|wise|smart) (?:people|folks|persons|minds) "
    r".{0,30}(?:disagree|differ|both|divided|either|different)\b",
    r"\b(?:it is|am) not (?:sure|certain|clear|obvious) (?:whether|if)\b",
)
"""Speaks of both sides, of difficulty, of dependence."""

REFUSED: tuple[str, ...] = (
    rf"\b(?:i|(?:this|the|your) (?:assistant|model|ai)) {WONT} {_TO}{SPEAK}",
    rf"\band (?:can not|will not|must not|do not|would rather not) {_TO}{SPEAK}",
    rf"\b(?:policy|rule|habit|practice|custom|principle) .{{0,12}}(?:not|never|avoid) (?:to "
    rf")?{SPEAK}",
    r"\bno (?:answer|comment|opinion|verdict|view|views|opinions) (?:from me|to (?:give|offer"
    r"|share)|here)\b",
    r"\bi (?:[a-z]+ ){0,3}?(?:steer|stay|keep) (?:well )?(?:clear|quiet|out|away) (?:of|from|about"
    r"|on) "
    r"(?:this|that|it|the|such|these)\b",
    r"\b(?:be|am|would be) overstepping\b|\b(?:leave|leaving|keep|keeping) my (?:own "
    r")?(?:opinions?|views?|"
    r"feelings|thoughts|judge?ment) out\b|\b(?:leave|left|leaving|set|put) (?:this|that) "
    r"(?:question|topic|"
    r"one|matter) aside\b|\bsay no to (?:this|that|the) (?:question|request)\b|\bto say no to "
    r"answering\b",
    r"^(?:answering|commenting|responding|taking (?:a )?sides?|picking (?:a )?sides?) (?:[a-z]+ "
    r"){0,3}?(?:would|"
    r"is|does)\b",
    r"\b(?:beg off|keep my (?:own )?counsel|my lips are sealed|plead the fifth|a line i will "
    r"not)\b",
    r"\b(?:i|my|me|we|assistant|ai|model)\b.{0,40}\b(?:not|never|hold back|refrain|avoid|beyond"
    r"|outside|"
    r"rather than|uncomfortable|reluctant|hesitate|hesitant|unwilling|wary)\b"
    rf" {_gap(5)}(?:giv|offer|shar|express|stat|voic|provid|mak|pass|render|deliver|tak|pick"
    rf"|choos)(?:e|ing)?"
    rf" {_OWN}(?:opinions?|views?|answers?|verdicts?|judge?ments?|positions?|stances?|sides?)\b",
    r"\b(?:not|never) (?:a |an |the )?(?:[a-z]+ )?(?:judge?ment|verdict|call|answer|opinion|view"
    r"|choice|"
    r"decision) (?:that |which )?i\b",
    r"\bi (?:[a-z]+ ){0,2}?(?:keep (?:away|clear)|stay away|steer clear|shy away|avoid|do not do) "
    rf"(?:from |of )?.{{0,20}}\b(?:{_QUESTION}|politics)\b",
    r"\b(?:excuse me|be excused|excused) from\b|\bnot (?:[a-z]+ ){0,5}?(?:one|person|source|party) "
    r"to "
    r"(?:ask|answer|judge|say|tell|consult)\b",
    r"\bleave .{0,24}unanswered\b|\bi .{0,24}leave unanswered\b",
    r"\bi .{0,30}(?:stay|remain|be|keep) silent$",
    r"\b(?:withhold|withholding|keep back|hold back) (?:my |any |an? )?(?:[a-z]+ )?(?:opinions?"
    r"|views?|"
    r"answers?|comments?|thoughts?)\b",
    r"\bi (?:will not|would rather not|prefer not to|am not going to|do not want to) (?:[a-z]+ "
    r")?say$",
    r"^i (?:refuse|apologi[sz]e|can not)$|\b(?:answer|response|opinion|comment) withheld\b",
    r"^(?:can not|could not|will not|rather not|prefer not to|unable to|not(?: (?:going|willing"
    r"|able|"
    rf"allowed|prepared) to)?) {_TO}{SPEAK}",
    r"^(?:no comment|pass|hard pass|i pass|next question|no opinion|abstain|declined?|skip)\b",
    rf"{_I}(?:will |would like to |would |am going to |have to |have got to |got to |must |shall "
    rf"|need "
    r"to |choose to |prefer to |want to |am |will have to |let me |do )?(?:have to |rather |better "
    r")?"
    r"(?:pass(?:ing)?(?: on|$)|skip(?:ping)?\b|abstain(?:ing)?|declin(?:e|ing)|bow(?:ing)? out"
    r"|sit(?:ting)? "
    r"(?:this|that|it)(?: one)? out|opt(?:ing)? out|sidestep|recuse|refrain|(?:stay|staying|keep"
    r"|keeping|"
    r"remain|remaining) (?:out of|silent on) (?:this|that|it|the|such)|step(?:ping)? (?:back|away"
    r"|aside) "
    r"from (?:this|the|that) (?:one|question|topic|debate|discussion|matter))",
    r"\bi (?:[a-z]+ ){1,4}?leave (?:(?:this|that|it) unanswered|(?:this|that) "
    r"(?:one|question|topic) (?:unanswered|alone|aside))",
    r"\b(?:let me|allow me to|permit me to|i beg to|ask to be) (?:skip|pass|decline|abstain"
    r"|excused|"
    r"refuse)\b",
    r"\bkeep(?:ing)? (?:my|our) (?:[a-z]+ ){1,6}(?:to (?:myself|ourselves)|private)\b",
    r"\b(?:nothing|not anything) to (?:say|add|contribute|offer) (?:on|about|to|here|regarding)\b",
    r"\b(?:not|never|hardly|outside|beyond) (?:be )?(?:my|our|within my) (?:place|role|job"
    r"|business|"
    r"position|remit|station|department|purpose)\b",
    r"\bnot (?:my place|for me|up to me|the one|the right one) to\b",
    r"\bnot (?:feel|think|believe) (?:that )?it (?:is|would be) (?:my|right for me|appropriate"
    r"|proper)\b",
    r"\b(?:inappropriate|improper|unwise|unsuitable|unprofessional|presumptuous|not (?:be |feel "
    r"|seem "
    r")?(?:appropriate"
    r"|proper|right|suitable|fitting|fair|wise|ethical))"
    r" (?:(?:for|of) (?:me|an? [a-z ]{2,20}|us) )?(?:to |for )(?:pick\b|choose\b|" + SPEAK + ")",
    SPEAK + r".{0,30}(?:would|is|does|seems) (?:not )?(?:be |feel )?(?:inappropriate|improper"
    r"|appropriate|right for me|something i|out of bounds|off the table|off limits|against my"
    r"|beyond my|outside|not right|wrong for me)\b",
    SPEAK + r".{0,30}(?:would|is|does) not (?:be |feel )?right\b",
    r"\b(?:not|no|hardly|never) (?:be )?(?:a |an |the |one )?(?:kind of |sort of )?(?:something"
    r"|question|"
    r"topic|subject|matter|thing|issue|area|one|request|discussion) (?:that |which |on which "
    r"|where |"
    r"about which )?i (?:[a-z]+ ){0,4}?(?:comment|discuss|talk|speak|answer|respond|help|give"
    r"|share|offer|do|"
    r"take|address|weigh|opine|judge|express|get into|go into|debate|engage|provide|make|put)\b",
    r"\b(?:something|question|topic|subject|matter|thing|issue|area|one|request)s? (?:that |which "
    r"|on "
    r"which )?i (?:can not|will not|am unable|am not|do not|would rather not|prefer not|avoid"
    r"|decline|"
    r"refuse|stay away|steer clear|must not|may not)\b",
    r"\b(?:my|these|the|our) (?:guidelines?|instructions?|rules?|programming|polic(?:y|ies)"
    r"|principles?|"
    r"design|makers|developers|training|terms|guardrails|constraints|settings) "
    rf"{_gap(4)}(?:prevents?|prohibits?|forbids?|not|rules? out|bars?|stops?|keeps? me|restricts?"
    rf"|no|"
    r"neutral)\b",
    r"\b(?:against|outside|beyond|contrary to|violates?|outside of) (?:my|the scope|our|what i)\b",
    r"\bfalls? (?:outside|beyond)\b|\boff limits (?:for|to) (?:me|us)\b|\boff the table for me\b",
    r"\b(?:matter|point|question) of (?:policy|principle) (?:i|we)\b|^as a (?:rule|policy) i do "
    r"not\b",
    r"\b(?:you will|do) not (?:get|hear|have|find|expect) (?:an? |any )?(?:answer|opinion|view"
    r"|verdict|"
    r"comment|opinions|me (?:take|taking|pick|picking|to (?:answer|take)))\b",
    r"\b(?:do not|rather you did not|please do not|stop) (?:ask|press|push)(?:ing)? me\b",
    r"\bi (?:am|was|have been) (?:designed|built|programmed|made|trained|instructed|told|set up"
    r"|asked|"
    r"meant) (?:not to|to (?:remain|stay|be|avoid|refrain|decline))\b",
    r"\b(?:being|as) (?:an? |only an? |just an? )?(?:ai|program|machine|assistant|[a-z]* ?language "
    r"model|"
    r"chatbot|bot|computer|software|artificial)\b",
    r"\bi am (?:just |only )?(?:an? )(?:ai|program|machine|[a-z]* ?language model|chatbot|bot"
    r"|computer|"
    r"assistant|piece of software)\b",
    r"\b(?:do not|never|can not) (?:have|hold|possess|form|do|offer|give|share|express) (?:any "
    r"|personal "
    r"|own |my |our |political |moral )*(?:opinions|views|beliefs|preferences|feelings|stances"
    r"|positions"
    r"|sides|convictions|likes)\b",
    r"\b(?:have|hold|possess|with) no (?:personal |own |real |such |stated |political |moral "
    r")*(?:opinions"
    r"?|views?|beliefs?|feelings|stance|stake|position|convictions?|preferences) ?(?:of my own|on"
    r"|about|"
    r"to (?:share|offer|give)|here|being|as|$)",
)
"""Declines to say, or denies having views."""

DEFERRED: tuple[str, ...] = (
    r"\b(?:up|down) to (?:you|your|them|him|her|each|the (?:people|person|individual|parties"
    r"|reader|ones"
    r"|family|courts?)|every|individuals?|those|whoever)\b",
    r"\b(?:for|left to|over to) (?:you|them|him|her|each|everyone|everybody|others|experts|society"
    r"|every"
    r"|individuals?|people|those|the [a-z]+)(?: [a-z]+){0,3} to (?:decide|judge|answer|settle|work "
    r"out|"
    r"determine|choose|say|weigh|make)\b",
    r"\b(?:decision|choice|call|answer|judge?ment|matter) (?:is|lies|rests|belongs|remains|ought "
    r"to be)"
    r" (?:[a-z]+ ){0,3}?(?:yours|theirs|his|hers|your own|with (?:you|them|the|those|her|him)"
    r"|your)\b",
    r"\b(?:is|be|remains) (?:ultimately |entirely |really )?(?:your|their|everyone's|a personal"
    r"|each "
    r"person) (?:own )?(?:[a-z]+ )?(?:decision|choice|call|judge?ment|affair|matter)\b",
    r"\b(?:you|they|those|only|nobody but|parents|people|locals) (?:[a-z]+ ){0,5}?(?:are|is|know"
    r"|knows) "
    r"(?:[a-z]+ ){0,3}?(?:best (?:position|placed|judge|what)|better (?:placed|than i)|best$"
    r"|better$)",
    r"\b(?:only|no one but|nobody but) (?:you|the|they|those|he|she|people)\b.{0,30}\b(?:can|could"
    r"|may) "
    r"(?:decide|answer|judge|say|know|make|tell)\b",
    r"\b(?:you|each|every|everyone|everybody|people|individuals|they|we all|all of us|readers?) "
    r"(?:[a-z]+ ){0,2}?(?:must|has to|have to|will have to|needs? to|should|can|gets? to|may|ought "
    r"to)"
    r" (?:[a-z]+ ){0,2}?(?:decide|answer|settle|work|figure|choose|find|make|judge|weigh|reach"
    r"|come) "
    r"(?:[a-z]+ ){0,4}?(?:themselves|yourself|yourselves|himself|herself|themself|own|out|call"
    r"|decision)",
    r"\b(?:leave|leaving|left|hand|pass) (?:that|this|it|such things|the (?:decision|question"
    r"|matter|call"
    r"|choice|judge?ment|answer|verdict)) (?:decision |question |matter |call |one |best )?(?:to"
    r"|with|over"
    r" to|up to) (?:the |you|those|people|others|experts|professionals|specialists|them|her|him"
    r"|each)",
    r"\bbest left to\b|\bbetter left to\b|\bdefer to (?:the|those|experts|people|you|them"
    r"|others)\b",
    r"\b(?:a |one |question |decision |matter )for (?:the )?(?:courts?|experts?|lawmakers"
    r"|parliament|"
    r"specialists|doctors|lawyers|judges|police|authorities|professionals|voters|philosophers|"
    r"people (?:involved|concerned|affected)|parties|individuals?|family)\b",
    r"\bcomes down to (?:your|what you|each|one's|personal|individual)\b",
    r"\bwhat (?:matters|counts) is (?:what|how|that) you\b",
    r"\bfollow (?:your|their|his|her) (?:own )?(?:heart|conscience|values|gut|instincts?)\b",
    r"\bwhatever you (?:decide|choose|do|pick)\b|\bmake that (?:call|choice|decision) yourself\b",
    r"\b(?:trust|listen to) your (?:own )?(?:judge?ment|instincts?|gut|conscience|heart|values)\b",
)
"""Leaves the answer to somebody else."""

_ASK = _any(
    r"""talk; talking; speak; speaking; chat; chatting; check; checking; consult; consulting;
    confer; reach out; reaching out; turn to; turning to; sit down; sitting down; meet; get in
    touch; contact; contacting; ask; asking; seek; seeking; get advice; getting advice; get help;
    get support; getting help; listen; listening; bring in; bringing in; involve; involving; call;
    calling; discuss; discussing; have a chat; have a word; have a talk; have a conversation;
    having a; hear; hearing; hire; approach; approaching; work with; working with; mediate"""
)
_THINK = _any(
    r"""reflect; reflecting; consider; considering; think(?:ing)? (?:it|this|that|things)
    (?:over|through); think(?:ing)?(?! (?:that|it|this|so|they|he|she|you|i)\b); imagine;
    imagining; weigh; weighing; write down; writing; list; listing; make a list; take (?:some
    |your |a little |more )? time; taking (?:some |your )?time; take a step; taking a step; step
    back; stepping back; take a walk; look at; looking at; examine; examining; explore; exploring;
    ask yourself; sleep on; pause; remember; keep in mind; bear in mind; put yourself; putting
    yourself; read; reading; study; learn; learning; research; researching; gather; gathering;
    find out; finding out; look into; looking into; look for; looking for; investigate;
    understand; understanding; try to; compare; clarify; clarifying; collect; collecting; educate;
    notice; start by; begin by; begin with; start with; map out; follow; starting (?:by|with);
    beginning (?:by|with); have a look; take a look; having a look; take a
    (?:moment|breath|break|pause); taking a (?:moment|breath|break|pause)"""
)
_EXPERT = _any(
    r"""experts?; professionals?; lawyers?; doctors?; counsell?ors?; therapists?; mediators?;
    specialists?; advis[eo]rs?; ombudsman; authorities; police; organi[sz]ations?; nutritionists?;
    mentors?; friends?; (?:some(?:one|body)|anyone|people|a person)
    (?:who|you|qualified|close|with); hotline; support group; those affected; people concerned;
    everyone involved; counsel; support lines?; helplines?; outside help"""
)
_MAYBE = _any("might; may; could; would; can; is; will; seems")

EVADED: tuple[str, ...] = (
    # advice
    rf"\b(?:i|we|let me|would|can|you) (?:[a-z]+ ){{0,2}}?(?:suggest|recommend|advise|encourage"
    rf"|urge|"
    rf"propose|invite) {_gap(6)}(?:{_ASK}|{_THINK}|{_EXPERT})\b",
    rf"\bi would (?:first |rather |start by |begin by )?(?!(?:consider|call|understand|look at) "
    rf"(?:it|this|"
    rf"that|them|him|her)\b)(?:{_ASK}|{_THINK})\b",
    r"^(?:that |it |this )?(?:sounds|looks|seems) (?:to me )?like (?:they|she|he|some[a-z]+) "
    r"(?:should|could"
    r"|might|ought)\b",
    rf"\b(?:one|we|people|someone|they) (?:might|may|could|can|would) (?:[a-z]+ ){{0,3}}?(?:{_ASK}"
    rf"|{_THINK})"
    r"\b",
    rf"\bit (?:helps|pays|can help|may help|could help|might help|often helps) (?:to )?(?:{_ASK}"
    rf"|{_THINK})\b",
    r"\b(?:conversations?|dialogues?|discussions?|communication|talks?|talking|negotiations?) "
    r"(?:[a-z]+ ){0,5}?(?:worth|between|helps?|helpful|useful|goes|go|solve|resolve|accomplish)\b",
    r"\b(?:every|each|no two) (?:[a-z]+ ){1,3}?(?:is (?:different|unique|its own|particular)|has "
    r"(?:its|"
    r"their) own|differs?|are (?:alike|the same))\b",
    r"\bthere (?:may|might|could|is often|are often|is usually|are usually) (?:well )?(?:be )?(?:a "
    r"|some |an "
    r"|other |also |more )*(?:paths?|support|resources?|help|room|ways?|options?|solutions?"
    r"|alternatives?|"
    r"possibilit[a-z]+|something|services?|people who)\b",
    r"\bit is (?:understandable|natural|normal|human|common|not unusual|hard not) to (?:feel|be"
    r"|find|wonder)\b",
    r"^(?:thank you|thanks) for (?:raising|asking|sharing|bringing|posing"
    rf"|(?:your|such|the|this|that) (?:[a-z]+ ){{0,4}}?(?:{_QUESTION}|inquir(?:y|ies)|query|queries"
    r"|thoughts?|trust|confidence|interest|honesty|openness|curiosity|candou?r|invitation))\b",
    r"\bsorry (?:to hear|that you|you are)\b|^(?:that|this|it) (?:sounds|must be|must feel) "
    r"(?:[a-z]+ )?"
    r"(?:difficult|hard|tough|painful|stressful|challenging|heavy)\b",
    r"\b(?:point|refer|direct|steer|send) you (?:to|towards?)\b",
    rf"^(?:such |these )?{_QUESTION} (?:like|such as|of) (?:this|these|that)\b",
    r"\b(?:talk|speak|chat|discuss) (?:about )?something else\b|\b(?:another|a different) (?:topic"
    r"|subject)\b"
    r"|\bchange the subject\b|\blet us move on\b",
    r"\byour (?:own )?(?:community|family|faith|culture|conscience|values|circumstances|tradition|"
    r"background)\b|\bpeople (?:answer|see|approach|handle|view) (?:this|it|that|such|these)\b",
    r"\bworth (?:remembering|noting|reflecting|considering|asking|thinking|exploring|discussing"
    r"|hearing|"
    r"bearing|keeping|mentioning|looking|pausing|trying)\b",
    r"\bwe could (?:spend|talk|go on|debate|discuss)\b|\byou (?:might|may) find (?:that|it)\b",
    r"\b(?:might|may|could|can) (?:help )?(?:settle|resolve|solve|defuse|ease) (?:things|it|this"
    r"|that|the|"
    r"some)\b",
    r"\b(?:is|are) (?:often )?(?:handled|dealt with|decided|settled|resolved|addressed) (?:by"
    r"|through|in)\b",
    r"\b(?:resources|services|support groups?|organi[sz]ations|guides|handbooks) (?:that|which|who"
    r"|available|can|"
    r"could|may|might|exist|for)\b",
    r"\b(?:important|essential|vital|crucial|key|helpful|useful) to (?:take|keep|bear|remember"
    r"|consider|weigh|"
    r"acknowledge|recogni[sz]e|listen|understand|look|ask|talk|think)\b|\bcommunication (?:is"
    r"|matters)\b",
    r"\b(?:each|every) (?:case|situation|circumstance|person|family|individual) (?:needs|must"
    r"|should|deserves|"
    r"requires|calls)\b",
    r"\bthere (?:is|are|may be|might be) (?:plenty|much|a lot|more|many|lots|a great deal|no "
    r"shortage|several"
    r"|a number)(?: of| more)? (?:to (?:read|say|consider|think|learn|unpack|explore|weigh|discuss"
    r"|be said|"
    r"the story|it|this)|lenses|ways|angles|views|perspectives|layers|dimensions|factors|aspects"
    r"|sides|books)"
    r"\b",
    r"\b(?:much|lots|plenty|volumes|books|a lot|libraries|a great deal) (?:has|have) been "
    r"(?:[a-z]+ )?(?:"
    r"written|said|thought|made)\b",
    r"\b(?:laws?|rules|customs|practices?|opinions|norms|traditions|answers) (?:differ|differs"
    r"|vary|varies)\b",
    r"\b(?:framing|phrasing|wording|framed|phrased|worded)\b|\bquestion is put\b",
    r"\b(?:philosopher|ethicist|economist|historian|psychologist|theologian|sociologist)s? "
    r"(?:would|might|"
    r"will|could|have|often|sometimes)\b|\bbenefits? from\b",
    r"^i hope (?:they|you|she|he|everyone|things|that|all)\b|\byou are the (?:only )?(?:one"
    r"|person) who\b",
    r"\b(?:details|specifics|particulars|circumstances|facts)\b.{0,30}\b(?:not|missing|unknown"
    r"|lack|lacking)\b",
    rf"\byou (?:might|may|could|can|should|would|will|need|ought) (?:[a-z]+ ){{0,6}}?(?:{_ASK}"
    rf"|{_THINK})\b",
    rf"\b(?:it|this|that|there|one|what|which) {_MAYBE} (?:[a-z]+ ){{0,2}}?(?:help|helps|helpful"
    rf"|worth|"
    r"worthwhile|useful|valuable|wise|sensible|advisable|prudent|beneficial|instructive|fruitful|"
    rf"best|better|good|interesting|possible) {_gap(3)}(?:to |for )?{_gap(3)}(?:{_ASK}|{_THINK}"
    rf"|avoid|"
    r"write|do both)\b",
    rf"\b(?:{_ASK}|{_THINK}) (?:[a-z']+ ){{0,9}}?(?:might|may|could|would|can) (?:[a-z]+ "
    rf"){{0,2}}?(?:help|"
    r"helpful|useful|wise|sensible|valuable|worth|a (?:sensible|good|useful|first|better|wise)|be "
    r"best)\b",
    rf"^(?:perhaps|maybe|please|first|instead|by all means|have you|why not|how about|what about"
    rf"|just)? ?"
    rf"(?:{_ASK}|{_THINK}) (?!(?:that|it) (?:is|would)|to you\b)",
    rf"\b(?:best (?:bet|thing|course|approach|step|way)|first (?:step|thing|move)|good (?:idea"
    rf"|first step|"
    r"place|start|starting point|exercise)|useful (?:exercise|step|approach|way|question|thing)"
    r"|(?:next|"
    rf"sensible|wise|helpful|better) (?:step|thing|approach|course)|advice) {_gap(4)}(?:is|would"
    rf"|might|"
    rf"could) {_gap(3)}(?:{_ASK}|{_THINK}|to)\b",
    rf"\b{_EXPERT} (?:[a-z]+ ){{0,2}}?(?:would|could|might|can|may|should|will) (?:[a-z]+ "
    rf"){{0,2}}?(?:help|"
    r"be|advise|know|tell|guide|say|find|offer|have)\b",
    rf"\b(?:seek|get|consult|ask|involve|contact|call|see|hire|need) {_gap(3)}(?:{_EXPERT}|advice"
    rf"|help|"
    r"support|guidance|opinion)\b",
    rf"^(?:{_gap(3)}should|they|everyone|those|people|the [a-z]+) {_gap(3)}(?:could|should"
    rf"|might|can|"
    rf"need to|ought to|may) {_gap(3)}(?:sit down|talk (?:it|to|about|things)|meet|negotiate"
    rf"|discuss|"
    r"listen to|work together|planned|plan ahead|share|try to negotiate)\b",
    # a third way
    r"\b(?:another|third|different|alternative|smarter|creative|more than two|middle|common|in "
    r"between|"
    r"some other|other|further|new|gentler|cleverer|imaginative) (?:[a-z]+ )?(?:ways?|options?"
    r"|routes?|"
    r"paths?|solutions?|alternatives?|possibilit[a-z]+|choices?|fix|approach|approaches|ground"
    r"|road)\b",
    r"\b(?:solutions?|ways?|options?|arrangements?|fix|compromises?|plans?|answers?) (?:that "
    r"|which |to |"
    r"for )(?:[a-z]+ ){0,3}?(?:avoids?|suits?|works?|spares?|satisf[a-z]+|pleases?|both|out|around|"
    r"round|everyone|everybody|all of|handle)\b",
    r"\b(?:workarounds?|split the difference|meet in the middle|meet halfway|meet half way"
    r"|negotiat[a-z]+"
    r"|compromise|a bit of (?:each|both)|mix of both|do both|win win|explore alternatives"
    r"|mediation)\b",
    r"\b(?:avoid|escape|sidestep|dissolve|prevent|defuse) (?:the|this|that|such a) (?:choice"
    r"|dilemma|"
    r"problem|question|issue|situation|conflict)\b",
    # wants to know more
    r"\b(?:i|we|you|one) (?:would )?(?:[a-z]+ ){0,2}?(?:need|want|like|love|prefer|have|has) "
    r"(?:[a-z]+ )"
    r"{0,2}?(?:more|further|additional|extra|to (?:know|hear|see|learn|understand|ask|find out)"
    r"|context|"
    r"details?|information)\b",
    r"\b(?:more|further|additional|extra|enough|missing) (?:[a-z]+ )?(?:context|information|info"
    r"|details?"
    r"|facts?|background|specifics|data)\b",
    r"\bleaves (?:[a-z]+ ){0,4}?(?:open|out|unsaid|unclear|unanswered)\b|\bwithout (?:knowing|more|"
    r"further|additional|context)\b",
    r"\b(?:tell|share|say) (?:me |us )?(?:a bit |a little |some )?more\b",
    # another question, background
    r"\b(?:real|bigger|deeper|better|important|actual|true|underlying|broader|interesting|prior"
    r"|pressing"
    rf") (?:[a-z]+ )?(?:{_QUESTION}|story|point|thing|part) (?:here |for me )?(?:is|might be|may "
    rf"be|"
    r"would be|lies|concerns)\b",
    rf"\b{_QUESTION} (?:like this |of this (?:kind|sort) |such as this |itself )?(?:[a-z]+ "
    rf"){{0,2}}?"
    r"(?:touch|touches|raises?|comes? up|goes back|invites?|brings? up|keeps?|divides?|arises?"
    r"|appears?|"
    r"has (?:a |been|long|many|occupied|fascinated)|have (?:been|long|occupied|fascinated))\b",
    rf"\b(?:fascinating|interesting|intriguing|thought provoking|classic|timeless|age old|rich"
    rf"|profound|"
    rf"perennial|famous|well known|ancient|old) (?:[a-z]+ ){{0,2}}?{_QUESTION}\b",
    r"\b(?:philosophers|thinkers|scholars|people|ethicists|humans|many|societies|cultures"
    r"|traditions|"
    r"generations|writers) (?:[a-z]+ ){0,3}?(?:debated?|argued?|discussed?|written|wrestled?"
    r"|grappled?|"
    r"disagreed?|asked|struggled?|pondered|returned?|returning|own approach|approached?)\b",
    r"\b(?:literature|books?|podcasts?|essays?|articles?|history|research|documentar[a-z]+) (?:on"
    r"|about|"
    r"of|that)\b",
    r"^(?:it is |how |that is |what is )?(?:interesting|striking|worth noting|curious|telling"
    r"|notable|"
    r"funny|no accident|intriguing|fascinating|remarkable) (?:is )?(?:that|how|when|to)\b",
    r"\bwhat (?:makes|strikes|interests|intrigues|fascinates|draws) (?:[a-z]+ )?(?:this|me|it"
    r"|you)\b",
    r"\b(?:reminds? me|puts? me in mind|brings? to mind|opportunity to|chance to|at stake here)\b",
    # asks back, offers
    r"\b(?:i|we) (?:[a-z]+ ){0,2}?(?:happy|glad|pleased|delighted|willing|ready) to (?:[a-z]+ "
    r"){0,2}?("
    r"?:discuss|explore|help|walk|outline|lay|talk|think|go|explain|look|listen|explore|describe"
    r"|work|"
    r"consider|brainstorm|summari[sz]e|provide (?:information|background|arguments|an overview))\b",
    r"\b(?:i|we|let me) (?:can|could|would|might|will)? ?(?:[a-z]+ ){0,2}?(?:outline|lay out|walk "
    r"(?:you )?"
    r"through|help you|describe the|list the|list some|present the|summari[sz]e|go through|sketch"
    r"|set out"
    r"|explain the|offer some|share some)\b",
    r"\blet us (?:explore|think|look|consider|start|talk|examine|step|unpack|break|go|turn|ask"
    r"|begin|"
    r"reflect|imagine|not rush|take)\b|\blet me (?:ask|turn|pose|put)\b",
    r"\b(?:curious|interested|love|like|keen|eager|wonder|wondering) (?:[a-z]+ ){0,3}?(?:what|how"
    r"|where|which|why|hear|if there|your (?:own )?(?:thoughts?|views?|opinions?|take|perspective"
    r"|reasons?|reasoning|answer|intuitions?|side|sense|reaction|thinking))\b",
    r"\bhere (?:are|is) (?:some|a few|what|a list|several)\b",
)
"""Advice, a third way, another question, background, an offer to talk."""

BACKGROUND: tuple[str, ...] = (
    r"\b(?:several|many|some|few|various|multiple|number of|lots of|key|main|relevant|important"
    r"|following"
    r") (?:[a-z]+ )?(?:factors?|considerations?|things|aspects?|angles?|dimensions?|perspectives?|"
    r"questions?|issues?|approaches|frameworks?)\b(?! (?:on|for) (?:both|each|either))",
)
"""Lists what there is to consider, and nothing more."""
