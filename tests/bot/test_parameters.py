"""Sizes of models by their own files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from gadfly.bot import weights
from gadfly.bot.parameters import own_config

if TYPE_CHECKING:
    from pathlib import Path


def folder(path: Path, shapes: dict[str, list[int]]) -> Path:
    """Make a model folder with a header of weights and nothing in them."""
    path.mkdir()
    header = json.dumps(
        {"__metadata__": {"format": "pt"}}
        | {n: {"dtype": "F32", "shape": s, "data_offsets": [0, 0]} for n, s in shapes.items()}
    ).encode()
    (path / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header)
    (path / "config.json").write_text('{"model_type": "llama"}')
    return path


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep hashes of weights out of the user's cache."""
    monkeypatch.setenv("GADFLY_CACHE", str(tmp_path / "cache"))


def test_parameters_are_counted_in_the_header_of_the_weights(tmp_path: Path) -> None:
    """Shapes are multiplied out and summed; a sparring bot is as large as what is beneath it."""
    path = folder(tmp_path / "m", {"a": [10, 3], "b": [7]})
    revision = weights.revision(path)

    for spec in (f"hf:{path}", f"vllm:{path}", f"spar:hf:{path}"):
        found = own_config(spec, revision)
        assert found is not None
        assert (found.parameters, found.kind) == (37, "llama")


def test_other_weights_than_those_that_answered_say_nothing(tmp_path: Path) -> None:
    """A folder whose weights were exchanged since the run does not lend it its size."""
    path = folder(tmp_path / "m", {"a": [10, 3]})

    assert own_config(f"hf:{path}", "0" * 64) is None


@pytest.mark.parametrize("spec", ["sim:calibrated", "http://host:1/v1#m", "hf:/no/where", "hf:"])
def test_what_has_no_files_here_has_no_size(spec: str) -> None:
    """Nothing is guessed from a name."""
    assert own_config(spec, "") is None


def test_a_broken_file_is_no_size(tmp_path: Path) -> None:
    """A weights file without a header says nothing, and breaks nothing."""
    path = folder(tmp_path / "m", {"a": [10]})
    (path / "model.safetensors").write_bytes(b"\xff" * 16)

    assert own_config(f"hf:{path}", "") is None
