"""Readers of foreign bytes refuse what they cannot read, and never break."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
KEPT = [(file.parent.name, file) for file in sorted(CORPUS.glob("*/*"))]
TIMES = settings(max_examples=max(150, settings().max_examples), deadline=30_000)

NAMES = st.sampled_from(
    ["choices", "message", "content", "finish_reason", "logprobs", "top_logprobs", "token",
     "logprob", "delta", "usage", "error", "role", "messages", "conversations", "from", "value",
     "schema", "topic", "families", "id", "question", "a", "b", "text", "failure", "settings",
     "observations", "tags", "reading", "stance", "cells", "cues_a", "cues_b"]
)  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
TREES = st.recursive(
    LEAVES,
    lambda t: st.lists(t, max_size=4) | st.dictionaries(NAMES | st.text(max_size=5), t, max_size=5),
    max_leaves=20,
)
WORD = st.sampled_from(
    ["I", "yes", "no", "agree", "disagree", "not", "should", "bridge", "closed", "open", "the",
     "old", "undecided", "A)", "B)", ">", '"', "'", "*", "**", "```", "<think>", "</think>", "On",
     "balance,", "however", "?", "!", ".", ",", ";", ":", "-", "—", "(", ")", "[", "]", "#", "|",
     "\n", "\n\n", "\t", "User:", "AI:", "\u202e", "\x1b[31m", "\x00", "é", "中", "🙂"]
)  # fmt: skip
WORDS = st.lists(WORD, max_size=40).map(" ".join)


@pytest.mark.parametrize(("name", "file"), KEPT, ids=[f"{n}-{f.name}" for n, f in KEPT])
def test_the_corpus_is_read_without_fault(name: str, file: Path) -> None:
    """What fuzzing once found worth keeping is read, or refused, as it should be."""
    TARGETS[name](file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes(name: str) -> None:
    """Bytes at random are refused in the words that are meant for it."""

    @TIMES
    @given(st.binary(max_size=300))
    def holds(data: bytes) -> None:
        TARGETS[name](data)

    holds()


@pytest.mark.parametrize("name", ["scenario", "reply", "transcript", "stored"])
def test_any_json(name: str) -> None:
    """Well-formed nonsense with the right names in it is refused, too."""

    @TIMES
    @given(TREES, st.sampled_from([b"", b"data: "]))
    def holds(tree: object, before: bytes) -> None:
        TARGETS[name](before + json.dumps(tree).encode() + b"\n\n")

    holds()


@pytest.mark.parametrize("name", ["stance", "transcript", "scenario"])
def test_any_words(name: str) -> None:
    """Words of dialogues in any order, with markup and controls between them, have a reading."""

    @TIMES
    @given(WORDS)
    def holds(text: str) -> None:
        TARGETS[name](text.encode())

    holds()
