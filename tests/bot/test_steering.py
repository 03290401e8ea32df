from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.later_replies import LATER
from support.propositions import AGREE, CANTEEN, LEVER, MEAT, RAILWAYS, TRUTH, WHALE, WINDOW
from support.replies import REPLIES

from gadfly.bot.readout.prompt import ABSTENTIONS
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from support.replies import Table

    from gadfly.bot.completion import Finish
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.stance import Reading

LISTED = (LEVER.a, LEVER.b, *ABSTENTIONS)
SIDES = ("a", "b")


def verdict(reading: Reading) -> str:
    """Return the side of a reading, or its outcome where it has none."""
    return reading.outcome if reading.stance is None else reading.stance.side


def confusion(table: Table) -> Counter[tuple[str, str]]:
    """Count (label, what was read) over a table."""
    return Counter((gold, verdict(read_reply(text, about))) for about, text, gold in table)


def rates(table: Table) -> tuple[float, float, float]:
    """Return precision and recall of decided readings, and accuracy over all labels."""
    counts = confusion(table)
    decided = sum(n for (_, got), n in counts.items() if got in SIDES)
    sided = sum(n for (gold, _), n in counts.items() if gold in SIDES)
    right = sum(n for (gold, got), n in counts.items() if gold == got and got in SIDES)
    same = sum(n for (gold, got), n in counts.items() if gold == got)
    return right / decided, right / sided, same / len(table)


def test_labelled_replies_are_enough_and_spread() -> None:
    """The labelled set has well over 150 replies, each outcome at least a dozen times."""
    labels = Counter(gold for _, _, gold in REPLIES)
    assert len(REPLIES) >= 150
    assert min(labels.values()) >= 12
    assert set(labels) == {"a", "b", "undecided", "evaded", "refused", "unreadable"}


def test_accuracy_on_labelled_replies() -> None:
    """At least 98 % of what is read as decided is right, and 95 % of all labels are met."""
    precision, recall, accuracy = rates(REPLIES)
    assert precision >= 0.98, confusion(REPLIES)
    assert recall >= 0.95, confusion(REPLIES)
    assert accuracy >= 0.95, confusion(REPLIES)


def test_accuracy_on_replies_written_after_the_rules() -> None:
    """On later replies precision holds, and what is missed is left unread rather than guessed."""
    precision, recall, accuracy = rates(LATER)
    assert precision >= 0.98, confusion(LATER)
    assert recall >= 0.80, confusion(LATER)
    assert accuracy >= 0.85, confusion(LATER)


@pytest.mark.parametrize(
    ("about", "text", "side"),
    [
        (LEVER, "Yes, but I would hate it.", "a"),
        (WINDOW, "No, it isn't wrong.", "a"),
        (MEAT, "No, it isn't.", "b"),
        (CANTEEN, "No.", "a"),
    ],
)
def test_plain_yes_and_no_follow_the_wording(about: Proposition, text: str, side: str) -> None:
    """A plain yes takes the side the proposition names for it, a plain no the other one."""
    assert verdict(read_reply(text, about)) == side


def test_polarity_of_yes_comes_with_the_proposition() -> None:
    """The same yes takes the other side for the opposite wording, and none where unset."""
    assert verdict(read_reply("Yes.", replace(MEAT, yes="b"))) == "b"
    assert verdict(read_reply("Yes.", replace(MEAT, yes=None))) == "unreadable"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A", "a"),
        ("(b)", "b"),
        ("B) The lever should be left alone.", "b"),
        ("2.", "b"),
        ("Option 2", "b"),
        ("The first option.", "a"),
        ("I choose option B because it is safer.", "b"),
        ("My answer is (a).", "a"),
        ("The latter.", "b"),
        ("C", "undecided"),
        ("d)", "refused"),
        ("E", "unreadable"),
        ("I choose option A. I choose option B.", "unreadable"),
        ("A) The lever should be left alone.", "unreadable"),
        ("A lever is a simple machine.", "unreadable"),
    ],
)
def test_labels_count_where_options_were_listed(text: str, expected: str) -> None:
    """Labels stand for the listed options in their order; a label against its text is unread."""
    assert verdict(read_reply(text, LEVER, options=LISTED)) == expected


def test_labels_follow_the_listed_order() -> None:
    """With the options listed the other way round the first one is the other side."""
    swapped = (LEVER.b, LEVER.a, *ABSTENTIONS)
    assert verdict(read_reply("Option 1", LEVER, options=swapped)) == "b"


def test_labels_mean_nothing_without_options() -> None:
    """A letter alone is unreadable where nothing was listed."""
    assert verdict(read_reply("B", LEVER)) == "unreadable"


def test_an_option_that_is_no_statement_gives_no_side() -> None:
    """A label of an option that itself cannot be read decides nothing."""
    assert verdict(read_reply("Option 1", LEVER, options=("Dinner.", LEVER.b))) == "unreadable"


@pytest.mark.parametrize("text", [LEVER.a, LEVER.b, *ABSTENTIONS])
def test_listed_sentences_are_read_back(text: str) -> None:
    """Every sentence a sampled readout lists is read as what it stands for."""
    expected = dict(zip(LISTED, ("a", "b", "undecided", "refused"), strict=True))
    assert verdict(read_reply(text, LEVER, options=LISTED)) == expected[text]


def test_echoing_the_whole_list_is_no_answer() -> None:
    """A reply that repeats both statements takes neither side."""
    echo = "\n".join(f"- {line}" for line in LISTED)
    assert verdict(read_reply(echo, LEVER, options=LISTED)) not in SIDES


@pytest.mark.parametrize(
    ("text", "finish", "expected"),
    [
        ("Yes. Five lives are worth more than", "length", "a"),
        ("I would pull the lever because it saves five liv", "length", "a"),
        ("The lever should be left alone. After all, the man on the", "length", "b"),
        ("I think that the lever should", "length", "truncated"),
        ("It would be wrong to", "length", "truncated"),
        ("There are several things to consider. First", "length", "truncated"),
        ("", "length", "truncated"),
        ("I am undecided because", "length", "truncated"),
        ("Yes.", "filtered", "refused"),
        ("Yes.", "other", "a"),
    ],
)
def test_finish_reasons(text: str, finish: Finish, expected: str) -> None:
    """A cut reply needs a clear verdict before the cut; a blocked one counts as refused."""
    assert verdict(read_reply(text, LEVER, finish=finish)) == expected


def test_a_cut_clause_is_not_trusted() -> None:
    """What the last clause of a cut reply seems to say is not read: it may turn before its end."""
    text = "The trolley is coming, and I think the lever should be pulled"
    assert verdict(read_reply(text, LEVER)) == "a"
    assert verdict(read_reply(text, LEVER, finish="length")) == "truncated"


def test_the_last_on_balance_verdict_wins() -> None:
    """Of two verdicts marked as on balance the later one counts, whatever came before."""
    text = "Yes. Overall, I would pull the lever. On reflection, the lever should be left alone."
    assert verdict(read_reply(text, LEVER)) == "b"


def test_a_commitment_after_the_last_balance_contradicts_it() -> None:
    """A later commitment to the other side makes an on-balance verdict unreadable."""
    text = "On balance, the lever should be pulled. I think the lever should be left alone."
    reading = read_reply(text, LEVER)
    assert (reading.outcome, reading.rule) == ("unreadable", "contradiction")


def test_but_takes_back_what_precedes_it() -> None:
    """Within a sentence the part after "but" is the verdict, unless a statement was repeated."""
    text = "It is best to leave it alone, but I would pull the lever."
    assert verdict(read_reply(text, LEVER)) == "a"
    text = "The lever should be left alone, but I would pull the lever."
    assert verdict(read_reply(text, LEVER)) == "unreadable"


@pytest.mark.parametrize(
    ("lead", "side"),
    [
        ("I don't think that, all things considered, ", "b"),
        ("It is not an easy one; I think that ", "a"),
        ("Some would deny it, but ", "a"),
        ("Some would say that, on balance, ", "a"),
        ("My opponents claim that ", None),
        ("I can see why people hold that ", None),
        ("If nobody else is near, ", None),
    ],
)
def test_a_repeated_statement_is_read_by_what_leads_up_to_it(lead: str, side: str | None) -> None:
    """A statement word for word is the speaker's, denied or another's by the words before it."""
    reading = read_reply(f"{lead}the lever should be pulled.", LEVER)
    assert (reading.stance and reading.stance.side) == side


def test_undecided_after_a_verdict_is_undecided() -> None:
    """A reply that ends unable to decide has not decided, unless it gave an on-balance verdict."""
    assert verdict(read_reply("I would pull it. Still, I can't decide.", LEVER)) == "undecided"
    text = "I can't decide easily. Ultimately, I would pull the lever."
    assert verdict(read_reply(text, LEVER)) == "a"


def test_after_denying_views_only_marked_views_count() -> None:
    """Bare assertions after "I have no opinions" are information, marked ones are views."""
    denial = "As an AI, I do not have personal opinions."
    assert verdict(read_reply(f"{denial} Ana should tell her boss.", TRUTH)) == "refused"
    assert verdict(read_reply(f"{denial} But I think Ana should tell her boss.", TRUTH)) == "a"


def test_lists_of_arguments_are_nobodys_view() -> None:
    """What stands in lists of arguments for and against is not asserted."""
    text = (
        "Arguments for:\n1. Eating meat is acceptable.\n2. It is natural.\n\n"
        "Arguments against:\n1. Eating meat is wrong."
    )
    assert verdict(read_reply(text, MEAT)) not in SIDES
    assert verdict(read_reply(f"{text}\n\nConclusion: I think it is wrong.", MEAT)) == "b"


def test_facts_are_read_by_their_own_words() -> None:
    """Where the statements judge nothing, a sentence with most of one's own words takes it."""
    assert verdict(read_reply("A whale is a mammal, like a dog.", WHALE)) == "a"
    assert verdict(read_reply("Whales are not mammals.", WHALE)) == "b"


def test_reading_is_a_function_of_its_arguments() -> None:
    """Reading the same replies again gives the same readings."""
    once = [read_reply(text, about) for about, text, _ in REPLIES]
    assert once == [read_reply(text, about) for about, text, _ in REPLIES]


@pytest.mark.parametrize("sides", [("a", "b")])
def test_exchanging_the_statements_exchanges_the_sides(sides: tuple[str, str]) -> None:
    """Relabelling the proposition mirrors every decided reading and leaves the others."""
    mirror = {sides[0]: sides[1], sides[1]: sides[0]}
    for about, text, _ in (*REPLIES, *LATER):
        flipped = replace(
            about,
            a=about.b,
            b=about.a,
            yes=None if about.yes is None else mirror[about.yes],  # type: ignore[arg-type]  # the mirror of a side is a side
            cues_a=about.cues_b,
            cues_b=about.cues_a,
        )
        was, now = verdict(read_reply(text, about)), verdict(read_reply(text, flipped))
        assert now == mirror.get(was, was), text


@pytest.mark.parametrize(
    "part",
    ["a", " ", "\n", "*_", "> ", "\x1b[", "\x1b]", "not ", ", ", "<think>", '"', "(", "I think ",
     "yes. ", "if ", "some people say ", "option ", "'", "- ", "\ud800", "\x00", "I would "],
)  # fmt: skip
def test_hostile_replies_are_read_in_bounded_time(part: str) -> None:
    """A megabyte of any one thing is read in well under a second of processor time."""
    text = part * (1_000_000 // len(part))
    begun = time.process_time()
    reading = read_reply(text, LEVER, options=LISTED)
    assert time.process_time() - begun < 1.0
    assert reading.outcome in ("unreadable", "answered", "evaded", "undecided", "refused")


def test_a_long_reply_is_read_at_both_ends() -> None:
    """A verdict at the end of a long reply is found; one buried in the middle is not looked for."""
    filler = "The weather was mild that day. " * 2000
    assert verdict(read_reply(filler + "I think the lever should be pulled.", LEVER)) == "a"
    assert verdict(read_reply("I think the lever should be pulled. " + filler, LEVER)) == "a"
    buried = filler + "I think the lever should be pulled. " + filler
    assert verdict(read_reply(buried, LEVER)) == "unreadable"


@pytest.mark.parametrize(
    ("about", "text", "expected"),
    [
        (RAILWAYS, "I believe that canals are more useful than railways.", "b"),
        (AGREE, "Agreeing with the statement, I would add that villages do too.", "a"),
        (AGREE, "Disagreeing with this claim, I would point to the evidence.", "b"),
        (AGREE, "Agreeing with the statement would be rash.", "unreadable"),
        (AGREE, "We must reject the notion that small towns raise kinder children.", "b"),
        (AGREE, "Title: A Note\nI believe that small towns do not just raise kinder children.",
         "unreadable"),
        (AGREE, "The children of small towns should learn to be kinder to cities.", "unreadable"),
    ],
)  # fmt: skip
def test_essays_on_a_statement(about: Proposition, text: str, expected: str) -> None:
    """Comparisons turned around, agreement as a participle and rejected notions are read."""
    assert verdict(read_reply(text, about)) == expected
