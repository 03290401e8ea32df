"""What a model thinks and what it says, told apart while it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadfly.bot.reasoning import Voice, split_reasoning

WHOLE = "<think>It is hard.\nVery.</think>\n\nIt is wrong. <think>quoted</think> So."


def heard(text: str, size: int) -> tuple[str, str]:
    """Feed a text in pieces; return what was said and what was thought."""
    said: list[str] = []
    thought: list[str] = []
    voice = Voice(said.append, thought.append)
    for start in range(0, len(text), size):
        voice.say(text[start : start + size])
    voice.close()
    return "".join(said), "".join(thought)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_reasoning_is_told_apart_however_it_is_cut(size: int) -> None:
    """The tags go, what stands in them is thought, tags quoted later are speech."""
    said, thought = heard(WHOLE, size)

    assert said == "It is wrong. <think>quoted</think> So."
    assert thought == "It is hard.\nVery."


@given(st.text(alphabet="<think>/ ab\n", max_size=40), st.integers(1, 9))
def test_the_preview_agrees_with_what_counts(text: str, size: int) -> None:
    """Whatever comes, what was previewed as speech is the reply, but for blank at its ends."""
    reasoning, reply = split_reasoning(text)
    said, thought = heard(text, size)

    if "</think>" not in text or text.lstrip().startswith("<think>"):
        assert said.strip() == reply.strip()
        assert thought.strip() == reasoning


def test_a_held_beginning_comes_out_in_the_end() -> None:
    """What might have been a tag and was none is said."""
    assert heard("<thi", 1) == ("<thi", "")
