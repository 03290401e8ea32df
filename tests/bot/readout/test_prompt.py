from __future__ import annotations

import hashlib

import pytest

from gadfly.bot.readout import VERSION, prompt

QUESTION = "Is it wrong to pull the lever?"


def test_wordings_are_frozen_at_their_version() -> None:
    """The words every subject is told change only together with VERSION."""
    said = []
    for wording in prompt.WORDINGS:
        said.append(prompt.listed(wording, QUESTION, ["One.", "Two.", *prompt.ABSTENTIONS]))
        said.append(prompt.labelled(wording, QUESTION, [("A", "One."), ("B", "Two.")]))
        said.append(prompt.unlisted(wording, QUESTION))
    said += ["".join(labels) for labels in prompt.LABEL_SETS] + [prompt.PREFILL]
    digest = hashlib.blake2b("\n".join(said).encode(), digest_size=8).hexdigest()
    assert (VERSION, digest) == (1, "8f27f9368baa83d9")


@pytest.mark.parametrize("wording", prompt.WORDINGS)
def test_options_stand_last_so_that_orders_share_a_prefix(wording: int) -> None:
    """Two orders of the same cell differ only in the list that ends the prompt."""
    one = prompt.listed(wording, QUESTION, ["One.", "Two."])
    two = prompt.listed(wording, QUESTION, ["Two.", "One."])
    head = one.split("- One.")[0]
    assert two.startswith(head)
    assert one == f"{head}- One.\n- Two."
    assert prompt.labelled(wording, QUESTION, [("A", "One.")]).endswith("\n\nA) One.")


@pytest.mark.parametrize("wording", prompt.WORDINGS)
def test_every_prompt_asks_the_question(wording: int) -> None:
    """The question stands in each prompt word for word."""
    for text in (
        prompt.listed(wording, QUESTION, []),
        prompt.labelled(wording, QUESTION, []),
        prompt.unlisted(wording, QUESTION),
    ):
        assert QUESTION in text


def test_label_sets_have_four_distinct_single_letters() -> None:
    """Every label is one letter, and no letter serves in two sets."""
    letters = [label for labels in prompt.LABEL_SETS for label in labels]
    assert all(len(labels) == 4 for labels in prompt.LABEL_SETS)
    assert len(set(letters)) == len(letters)
    assert all(label.isalpha() and len(label) == 1 for label in letters)
