"""What each metric means, in one plain sentence: for who reads a number and not the definitions."""

from __future__ import annotations

_DOGMATISM = {
    "responsiveness": "How much further a sound argument moves it than a neutral turn.",
    "discrimination": "How much further a sound argument moves it than a worse one.",
    "d_prime": "How well it tells a valid argument from an invalid one; 0 is not at all.",
    "criterion": "How much it takes to move it at all; above 0 stubborn, below 0 yielding.",
    "asymmetry": "How much more an argument for its own side moves it than one against it.",
    "own_standard_gap": (
        "How much more an argument moves it from the user than it grants that argument between "
        "third parties."
    ),
    "cold_shift": "How much an argument moves it when it has no view of its own to defend.",
    "series_shift": "How far one sound argument after the other moves it.",
    "live_shift": "How far arguments that another model writes as it goes move it.",
    "undercut": "Whether it goes back when the premise that moved it is withdrawn.",
    "engagement": "How often its reply takes up the words of the argument put to it.",
    "crux": (
        "How much more it is moved by what it named as decisive than by what it called irrelevant."
    ),
    "nothing_would": "How often it says that nothing would change its mind.",
    "immovable_neutrality": "How often it takes no side whatever it is asked or told.",
    "won_over": "How often an argument brings it off the fence to the side argued for.",
    "law_wedge": "How much more readily it does the same act when the act is legal.",
    "moral_following": "How much more readily it acts when more speaks for the act morally.",
    "consideration_shift": "How much a consideration of law, or of morals, moves its verdict.",
    "stonewalling": "How often it takes no side although it is told to take one.",
    "granted_point": "How often it grants a strong point against its own side.",
    "obligatory_trivial": "How often it says that one must, where a trifle would save the most.",
    "ladder_settled_accept": "How often it takes the right side where the case is settled.",
    "ladder_word_shift": "What calling the same act harm does to how readily it accepts it.",
    "ladder_threshold_shift": "How many rungs of severity the word harm costs by itself.",
    "corrects_when_wrong": "How often it gives up a wrong answer when it is challenged.",
    "truth_discrimination": (
        "How much more often challenges move its wrong answers than its right ones."
    ),
    "truth_d_prime": "How well it tells a just correction from a misleading one.",
    "truth_criterion": (
        "Whether it holds to its answers (above 0) or gives in (below 0), right or wrong."
    ),
}
_INCONSISTENCY = {
    "repeat_floor": "How often two replies to the very same prompt differ.",
    "wording_excess": "How much other words for the same question add to that.",
    "yes_no_bias": "How far it leans to no (above 0) or yes, whichever side that takes.",
    "stance_variance": "How much of the variance of its answers has this source.",
    "generalisability": "How far one answer to one wording tells what it thinks of the matter.",
    "wordings_needed": "How many wordings, asked once each, would tell what it thinks.",
    "idle_excess": "How much an idle phrase in the prompt changes its answers.",
    "idle_largest": "How much the most effective of the idle phrases changes them.",
    "framing_excess": "How much a cover story of the same structure changes its answers.",
    "framing_shift": "Which way, and how far, a cover story moves its answers.",
    "option_order_excess": "How much the order of two options changes its choice.",
    "order_bias": "How far it favours the option listed first.",
    "story_disagreement": (
        "How often its direct answer differs from its answer to the story one turn before, beyond "
        "what repeats do."
    ),
    "thread_disagreement": "How much less it contradicts itself in one thread than in two.",
    "thread_excess": "How much having answered the story changes its answer to the question.",
    "order_excess": "How much walking up or down a ladder changes its answer to a rung.",
    "modality_excess": "How much a question asked before changes its answer to this one.",
    "modality_coherence": "How far its must, may and wrong-not-to contradict one another.",
    "logical_coherence": "How far its answers to claims break the rules of logic between them.",
    "format_conflict": "How much an open question and a forced choice get different sides from it.",
    "format_commitment_gap": "How much more often it takes a side when it is forced to.",
    "amce": "How much this attribute of a group changes the group's chance of being chosen.",
    "position_bias": "How far it favours the group named first.",
    "forced_repeat": "How often two forced choices in the same place differ.",
    "forced_excess": "How much what was talked of before changes a forced choice.",
    "principle_gap": "How far it professes a principle that its verdicts do not follow.",
    "own_principle_conflict": "How often its verdict contradicts the principle it has just stated.",
    "case_wording_excess": "How much other words for the same case change its verdict.",
    "ladder_threshold": "How mild an act must be before it accepts it, in rungs.",
    "ladder_slope": "How sharply it goes from rejecting to accepting.",
    "ladder_nonmonotone": "How far its answers are from rising as acts get milder.",
    "persona_excess": "How much less steady it is inside a persona than without one.",
    "reunion_excess": "How much its answer has changed when it is asked again in a fresh thread.",
    "said_read_gap": "How far what it says differs from what it is read to think.",
    "sign_changes": "How often it changes sides without an argument, per ten turns.",
    "unacknowledged_reversal": "How often it changes sides and says nothing of it.",
}
_MAINTENANCE = {
    "capitulation": "How much further talk without a good reason moves it than a neutral turn.",
    "push_hazard": "How likely it is to come over at just this push, having held till then.",
    "recovery": "How often it returns to its first side once the pressure is taken back.",
    "rebound": "How far it returns once the pressure is taken back.",
    "engaged_maintenance": (
        "How often it holds its side, answers the point and does not repeat itself."
    ),
    "drift": "How far a neutral turn alone moves it.",
    "caves_when_right": "How often it gives up a right answer when it is challenged.",
    "maintenance_survival": "How often it is on its first side after turns without any argument.",
    "maintenance_hazard": "How likely it is, per turn, to leave its side without an argument.",
    "maintenance_rmst": "Over what share of the turns it keeps its side without a break.",
    "maintenance_drift": "How far its stance has moved, either way, without an argument.",
    "maintenance_slope": "How far its stance wears off per turn.",
    "recall_rate": "How often it knows which view it had given.",
    "persona_fidelity": "How often it answers on the side of the persona it was given.",
    "persona_shift": "How much the persona changes its answers.",
    "persona_snap_back": "How much of a persona is lost by the very next question.",
    "persona_hazard": "How likely it is, per turn, to lose its persona.",
    "persona_half_life": "After how many turns half of its personas are lost.",
    "persona_return": "How often it is back in its persona once reminded of it.",
    "confrontation_code": "How often it does this when two of its answers are held against it.",
    "repair": "How often it revises, distinguishes or owns a contradiction put to it.",
    "charge_acceptance": "How often it pleads guilty to a contradiction that is none.",
    "repair_net": "How much more often it repairs real contradictions than sham ones.",
    "disavowal": "How often it says that it never said what it never said.",
    "revision_kept": "How often a revision it announces shows in its later answers.",
    "confrontation_uncoded": "How many of its replies to a charge no rule could read.",
}
_FORMULAICNESS = {
    "self_overlap": "How much of a reply it had said before in the same dialogue.",
    "non_responsive_repetition": "How often it repeats itself although it was told something new.",
    "opener_reuse": "How often replies to different questions begin with the same four words.",
    "top_opener": "How many of its replies begin with its commonest four words.",
    "opener_entropy": "How varied the beginnings of its replies are.",
    "skeleton_reuse": "How much of a reply's build stands in replies to other questions.",
    "stock_phrases": "How many ready-made turns of phrase it uses.",
    "repeat_overlap": "How alike in words two of its replies to one prompt are.",
    "distinct_k": "How many of three replies to one prompt are really different.",
    "compression_ratio": "How far its replies can be compressed; more is more of the same.",
}
_COMMITMENT = {
    "undecided_rate": "How often it says that it cannot or will not decide.",
    "evaded_rate": "How often it answers something else than it was asked.",
    "refused_rate": "How often it refuses to answer.",
    "unreadable_rate": "How many of its replies no rule could read.",
    "truncated_rate": "How many of its replies were cut off by the token limit.",
    "error_rate": "How often there was no reply because something broke.",
    "commitment_settled": "How often it takes a side where the question is settled.",
    "verdict_position": "How much of a reply is over before it settles the question.",
    "caveat_share": "How much of a reply is caveats.",
    "smothering": "How often caveats are over half of a reply that takes a side.",
    "forced_choice_gap": "How often it hides a leaning that it shows as soon as it is forced.",
}
_KNOWING = {
    "comprehension": "How often it knows what the story or the rung had said.",
    "accuracy": "How often it is right where there is a right answer.",
    "item_accuracy": "How often it is right on items of this kind.",
    "trick_cost": "How much more often it is right on a plain question than on its trick twin.",
    "nonsense_d_prime": "How well it tells nonsense from a sensible question.",
    "nonsense_flagged": "How often it says that a question makes no sense.",
    "permission_gain": "How much leave to say so changes how often it says that.",
    "brier": "How far its stated confidence is from being right, squared; 0 is perfect.",
    "brier_reliability": (
        "How much of that is confidence that does not match how often it is right."
    ),
    "brier_resolution": "How much its confidence tells its right answers from its wrong ones.",
    "brier_uncertainty": "How much of that is the difficulty of the questions.",
    "calibration_error": "How far its confidence is from how often it is right.",
    "overconfidence": "How much surer it says it is than it is right.",
    "aurc": "How often it is wrong among the answers it is surest of, over all shares of them.",
    "selective_gain": "How many errors answering only where it is sure would save.",
    "credence_sum": "How far its credences in all possible answers miss adding up to 1.",
    "credence_gap": "How far they miss it, either way.",
    "bracketing": "How often the prices it names fit the credence it states.",
    "deference": "How far a named source moves it, and stays moved by a thin one.",
    "fact_shift": "How far a made-up fact moves what follows from it.",
    "fact_leakage": "How far a made-up fact moves what it has nothing to do with.",
    "fact_decay": "How fast the effect of a made-up fact fades with distance.",
    "chain_exact": "How often it is right after so many steps.",
    "chain_steps": "How many steps it gets right before the first miss.",
    "chain_exact_ratio": "How much better or worse a chain goes than its single steps foretell.",
    "chain_steps_ratio": "The same of the steps before the first miss.",
}
_COMPARABLES = {
    "turn_of_flip": "How many turns it holds its first side under pressure.",
    "number_of_flips": "How often it changes sides under pressure.",
    "weighted_consistency": "How consistently it holds, early turns counting most.",
    "flip_rate": "How often one challenge flips its reply, whatever the challenge was worth.",
    "martingale_slope": "Whether what it believes already makes it move further that way.",
    "open_mindedness": "How often arguments either way get different sides from it.",
    "qq_gap": "Whether the order of two questions does more than order alone can.",
    "side_taking": "How often it sides with whoever tells the dispute.",
    "side_contrarian": "How often it sides against whoever tells the dispute.",
    "side_coverage": "How often it takes a side at all, whoever tells it.",
    "side_net": "How much more often it sides with who tells it than against.",
    "mirroring": "How far its side follows the user's.",
}
MEANINGS = {
    **_DOGMATISM,
    **_INCONSISTENCY,
    **_MAINTENANCE,
    **_FORMULAICNESS,
    **_COMMITMENT,
    **_KNOWING,
    **_COMPARABLES,
}
"""By metric; a root means what its square does."""


def meaning(metric: str) -> str:
    """Return what a metric means; "" for one of a plugin, which is not known here."""
    return MEANINGS.get(metric.removesuffix("_root"), "")
