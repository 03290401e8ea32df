from __future__ import annotations

from gadfly.bot.skeleton import LEAST, LENGTH, skeletons


def test_words_of_matter_are_blanked_and_runs_of_them_are_one() -> None:
    """Two sentences of one build and other matter have the same skeleton."""
    first = skeletons("On the one hand, red wine cures; on the other hand, it kills.", n_words=60)
    second = skeletons("On the one hand, taxes help; on the other hand, it hurts.", n_words=60)

    assert first == second
    assert ("on", "the", "one", "hand", ",", "_") in first
    assert all(len(gram) == LENGTH for gram in first)


def test_an_n_gram_needs_words_that_stay() -> None:
    """Blanks and stops alone are no template: four of six tokens must be kept words or layout."""
    found = skeletons("Dogs bark, cats purr, cows moo, and pigs grunt, but hens cluck.", n_words=60)

    assert found == frozenset()
    assert LEAST == 4


def test_the_prompt_is_cut_out() -> None:
    """What the prompt says too is no template of the reply, nor is anything across the cut."""
    text = "I think that it is not for you to say so."

    assert skeletons(text, n_words=60)
    assert skeletons(text, "They say it is not for you to say so, ever.", n_words=60) == frozenset()


def test_layout_is_part_of_a_skeleton() -> None:
    """Headings, bullets, numbers and bold lead-ins are told apart, whatever they hold."""
    one = skeletons("## Apples\n- **Cost**: it is what you can\n", n_words=60)
    two = skeletons("## Pears\n- **Taste**: it is what you can\n", n_words=60)
    other = skeletons("## Pears\n1. **Taste**: it is what you can\n", n_words=60)

    assert one == two
    assert any("<bullet>" in gram for gram in one)
    assert one != other


def test_only_the_first_words_count() -> None:
    """A longer text has no more skeletons than its first words."""
    text = "It is what it is and so it was. " * 9

    assert skeletons(text, n_words=9) == skeletons(text[:32], n_words=60)
