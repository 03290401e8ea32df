from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.bot.vllm import weights

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model folder, with a cache of its own."""
    monkeypatch.setenv("GADFLY_CACHE", str(tmp_path / "cache"))
    made = tmp_path / "model"
    made.mkdir()
    (made / "config.json").write_text('{"max_position_embeddings": 4096}')
    (made / "model.safetensors").write_bytes(b"abc")
    return made


def find(target: str | Path) -> weights.Model:
    """Find a model in silence."""
    return weights.find(str(target), lambda _: None)


def test_a_folder_is_served_under_its_name(folder: Path) -> None:
    """Path, name and context come from the folder."""
    got = find(folder)

    assert (got.source, got.name, got.context_tokens) == (str(folder), "model", 4096)
    assert got.revision() == hashlib.sha256(b"abc").hexdigest()


def test_the_revision_is_kept_until_a_file_changes(folder: Path) -> None:
    """Hashing happens once per state of the files."""
    first = find(folder).revision()
    kept = list((folder.parent / "cache" / "revisions").iterdir())
    kept[0].write_text("from the cache")

    assert find(folder).revision() == "from the cache"

    (folder / "model.safetensors").write_bytes(b"abcd")

    assert find(folder).revision() not in (first, "from the cache")


def test_a_cache_that_cannot_be_written_is_no_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a usable cache folder the hash is simply made again."""
    monkeypatch.setenv("GADFLY_CACHE", str(folder / "config.json"))

    assert find(folder).revision() == hashlib.sha256(b"abc").hexdigest()


def test_a_single_file_is_a_model_too(folder: Path) -> None:
    """A GGUF file is hashed itself; it has no config beside it."""
    file = folder / "tiny.gguf"
    file.write_bytes(b"gguf")
    got = find(file)

    assert (got.name, got.context_tokens) == ("tiny.gguf", None)
    assert got.revision() == hashlib.sha256(b"gguf").hexdigest()
    assert got.template() == ""


def test_a_folder_without_weights_is_a_usage_error(folder: Path) -> None:
    """Nothing to hash means nothing to serve."""
    (folder / "model.safetensors").unlink()

    with pytest.raises(ConfigError, match="no weights"):
        find(folder).revision()


def test_the_template_is_found_in_either_place(folder: Path) -> None:
    """A file of its own comes before the tokenizer's config; another text is another hash."""
    assert find(folder).template() == ""
    (folder / "tokenizer_config.json").write_text('{"chat_template": "{{ a }}"}')
    old = find(folder).template()
    (folder / "chat_template.jinja").write_text("{{ b }}")
    new = find(folder).template()

    assert len({"", old, new}) == 3


def test_default_sampling_is_told(folder: Path) -> None:
    """Only what the sampler would use and we do not send is named."""
    told = '{"top_k": 20, "temperature": 0.6, "eos_token_id": 2, "repetition_penalty": null}'
    (folder / "generation_config.json").write_text(told)

    assert find(folder).sampling() == "top_k=20"


@pytest.mark.parametrize("text", ["[1]", "{broken", ""])
def test_broken_files_count_as_absent(folder: Path, text: str) -> None:
    """A config that cannot be read is none."""
    for name in ("config.json", "generation_config.json", "tokenizer_config.json"):
        (folder / name).write_text(text)
    got = find(folder)

    assert (got.context_tokens, got.sampling(), got.template()) == (None, "", "")


def test_a_hub_name_is_taken_as_it_is() -> None:
    """A name of the hub needs no folder and has no hashes."""
    got = find("org/name")

    assert (got.source, got.name, got.is_local) == ("org/name", "org/name", False)
    assert (got.revision(), got.template(), got.sampling()) == ("", "", "")
