from __future__ import annotations

import pytest

from gadfly.bot.clause import build_trie, content, longest, marked, padded, sentences, stem, words


def test_patterns_have_alternatives_options_and_wildcards() -> None:
    """Bars, question marks and stars in a pattern match as described, the longest first."""
    trie = build_trie([("i think|say that?", "own"), ("i think", "short"), ("as * says", "his")])
    assert longest(trie, ["i", "say", "that", "so"], 0) == (3, "own")
    assert longest(trie, ["i", "think", "so"], 0) == (2, "own")
    assert longest(trie, ["as", "kant", "says"], 0) == (3, "his")
    assert longest(trie, ["so", "i"], 0) == (0, None)
    assert longest(trie, ["i"], 1) == (1, None)


def test_words_spell_out_contractions_and_drop_fillers() -> None:
    """Contractions become two words, possessives one, fillers and stops go."""
    assert words("I really don't think it's Ana's, can't be!") == (
        "i", "do", "not", "think", "it", "is", "ana", "can", "not", "be",
    )  # fmt: skip
    assert words("They'd won't let's cannot y'all") == (
        "they", "would", "will", "not", "let", "us", "can", "not", "y",
    )  # fmt: skip


def test_weakened_denials_stay_recognisable() -> None:
    """A denial like "not entirely" is left open and must not become a plain "not"."""
    assert words("It is not entirely wrong") == ("it", "is", "not", "necessarily", "wrong")


@pytest.mark.parametrize(
    "forms",
    [
        ("pull", "pulls", "pulled", "pulling"),
        ("stop", "stopped", "stopping"),
        ("take", "takes", "took", "taken", "taking"),
        ("penalise", "penalize", "penalised", "penalizing"),
        ("lie", "lies", "lied", "lying"),
        ("hide", "hid", "hidden", "hiding"),
    ],
)
def test_forms_of_a_verb_share_a_stem(forms: tuple[str, ...]) -> None:
    """All forms of a verb, and both spellings of it, come to the same stem."""
    assert len({stem(form) for form in forms}) == 1


def test_content_leaves_function_words_out() -> None:
    """Only words that carry content are counted, by their stems."""
    assert content(["should", "the", "levers", "be", "pulled", "?"]) == {"lever", "pull"}


def test_marks_replace_phrases_and_denials() -> None:
    """Marked phrases become marks, a denial "not", an idiom nothing."""
    assert marked(["in", "my", "view", "it", "is", "fine"]) == ["<commit", "it", "is", "fine"]
    assert marked(["i", "do", "not", "think", "it", "is", "fine"]) == ["not", "it", "is", "fine"]
    assert marked(["it", "is", "no", "doubt", "fine"]) == ["it", "is", "fine"]


def test_a_parenthetical_opener_does_not_split_its_clause() -> None:
    """Commas around "in my view" go, but the one that ends a concession stays."""
    (one,) = sentences("It would, in my view, be wrong.")
    assert [c.tokens for c in one.clauses] == [("it", "would", "be", "wrong")]
    (two,) = sentences("While it is bad, in my view, it is right.")
    assert [("concede" in c.marks, c.tokens[-1]) for c in two.clauses] == [
        (True, "bad"),
        (False, "right"),
    ]


def test_open_possibility_is_a_hedge_unless_denied() -> None:
    """A mere "could be" leaves a verdict open; "I do not see how it could be" denies it."""
    assert "hedge" in sentences("it could be wrong")[0].marks
    assert "hedge" not in sentences("i do not see how it could be wrong")[0].marks


def test_sentences_know_questions_and_contrasts() -> None:
    """Questions are told from statements, and what follows a "but" is marked as contrast."""
    asks, tells = sentences("Is it? It is bad, but, it is right.")
    assert asks.asks
    assert not tells.asks
    assert [c.contrasts for c in tells.clauses] == [False, True]


def test_and_splits_before_a_new_subject_only() -> None:
    """An "and" begins a new clause where a subject follows; "do so" is one phrase."""
    assert len(sentences("It is wrong and I know.")[0].clauses) == 2
    assert len(sentences("Cut and run.")[0].clauses) == 1
    assert len(sentences("Rest and")[0].clauses) == 1
    assert len(sentences("It is right to do so.")[0].clauses) == 1
    assert len(sentences("He asked so they went.")[0].clauses) == 2


def test_numbering_and_empty_parts_are_no_sentences() -> None:
    """Leading numbers go, and what holds stops only is no sentence."""
    (only,) = sentences("1. Pull it.\n...\n!!")
    assert only.raw == ("pull", "it", ".")
    assert sentences("") == ()


def test_abbreviations_do_not_end_sentences() -> None:
    """The stops of "e.g." and "Mr." end nothing."""
    assert len(sentences("Ask Mr. Poe, e.g. now.")) == 1


def test_padded_words_are_found_whole() -> None:
    """A padded sequence is found in another only at word boundaries."""
    assert padded(["pull"]) in padded(["we", "pull", "it"])
    assert padded(["pull"]) not in padded(["pulley"])
