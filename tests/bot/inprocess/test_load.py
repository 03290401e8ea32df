from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
import torch
from transformers import AutoConfig

from gadfly.bot.errors import ConfigError, RespondentError
from gadfly.bot.inprocess import load
from gadfly.bot.inprocess.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path


def silent(_: str) -> None:
    """Say nothing."""


class TestFind:
    def test_a_folder_is_taken_as_it_is(self, tiny_folder: Path) -> None:
        """A folder with a model in it needs no look-up."""
        assert load.find(str(tiny_folder), silent) == tiny_folder

    def test_a_folder_without_a_model_is_refused(self, tmp_path: Path) -> None:
        """An empty folder is named with what it lacks."""
        with pytest.raises(ConfigError, match=r"config\.json"):
            load.find(str(tmp_path), silent)

    def test_what_is_neither_folder_nor_hub_name_is_refused(self) -> None:
        """A path that does not exist is not looked up anywhere."""
        with pytest.raises(ConfigError, match="no such model folder"):
            load.find("/no/such/folder", silent)

    def test_no_network_is_a_respondents_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A hub model that is not here and cannot be fetched says what to do instead."""
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)

        with pytest.raises(RespondentError, match="hf:FOLDER"):
            load.find("nobody/never-there", silent)


class TestLoad:
    def test_identity_has_hashes_and_no_path(self, tiny_folder: Path) -> None:
        """The identity of a folder is its name, its weights' hash and its template's hash."""
        identity = load.load(tiny_folder, "tiny", None, silent).identity

        assert identity.model == "tiny"
        assert len(identity.revision) == 64
        assert identity.dtype == "float32"
        assert identity.server.startswith("transformers-")
        assert str(tiny_folder.parent) not in repr(identity)

    def test_an_unknown_dtype_is_refused(self, tiny_folder: Path) -> None:
        """A dtype that is none lists those there are."""
        with pytest.raises(ConfigError, match="bfloat16"):
            load.load(tiny_folder, "tiny", "float7", silent)

    def test_a_broken_folder_is_a_configuration_error(
        self, tiny_folder: Path, tmp_path: Path
    ) -> None:
        """A configuration of no known kind is refused in one line."""
        broken = tmp_path / "broken"
        shutil.copytree(tiny_folder, broken)
        (broken / "config.json").write_text('{"model_type": "nothing"}', encoding="utf-8")

        with pytest.raises(ConfigError, match="cannot load 'broken'"):
            load.load(broken, "broken", None, silent)

    def test_a_window_without_layer_kinds_limits_the_context(
        self, tiny_folder: Path, tmp_path: Path
    ) -> None:
        """A model whose every layer slides is limited to its window, and says so."""
        folder = tmp_path / "windowed"
        shutil.copytree(tiny_folder, folder)
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        changed = config | {
            "model_type": "mistral",
            "architectures": ["MistralForCausalLM"],
            "sliding_window": 64,
        }
        (folder / "config.json").write_text(json.dumps(changed), encoding="utf-8")
        assert AutoConfig.from_pretrained(folder).sliding_window == 64

        loaded = load.load(folder, "windowed", None, silent)

        assert loaded.context_tokens == 64
        assert "64 tokens" in loaded.window_note

    def test_a_full_memory_is_said_as_such(
        self, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Running out of memory while loading is the respondent's failure."""

        def full(*_: object, **__: object) -> None:
            raise torch.OutOfMemoryError

        monkeypatch.setattr("transformers.AutoModelForCausalLM.from_pretrained", full)

        with pytest.raises(RespondentError, match="does not fit"):
            load.load(tiny_folder, "tiny", None, silent)


class TestRequireLocal:
    def test_missing_torch_names_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without PyTorch the message says what to install."""
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

        with pytest.raises(ConfigError, match=r"gadfly\[local\]"):
            load.require_local()


class TestLimits:
    def test_a_gpu_takes_its_limits_from_free_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Kept prefixes and running answers share what is free."""
        monkeypatch.setattr("torch.cuda.mem_get_info", lambda _: (1000, 2000))

        limits = load.limits_for(torch.device("cuda"))

        assert (limits.rows_bytes, limits.kept_bytes) == (250, 200)

    def test_a_cpu_takes_the_defaults(self) -> None:
        """On a CPU the bounds are fixed."""
        assert load.limits_for(torch.device("cpu")) == Limits()


class TestDeviceName:
    @pytest.mark.parametrize(
        ("cuda", "mps", "expected"),
        [(True, False, "GPU H1"), (False, True, "GPU (mps)"), (False, False, "CPU")],
    )
    def test_says_what_models_run_on(
        self, monkeypatch: pytest.MonkeyPatch, cuda: bool, mps: bool, expected: str
    ) -> None:
        """The device is named for people."""
        monkeypatch.setattr("torch.cuda.is_available", lambda: cuda)
        monkeypatch.setattr("torch.cuda.get_device_name", lambda _: "H1")
        monkeypatch.setattr("torch.backends.mps.is_available", lambda: mps)

        assert load.device_name() == expected


class TestShown:
    def test_a_folder_goes_by_its_name(self, tiny_folder: Path) -> None:
        """A path is never part of an identity."""
        assert load.shown(str(tiny_folder)) == "tiny"

    def test_a_hub_model_goes_by_its_full_name(self) -> None:
        """Organisation and name identify a hub model."""
        assert load.shown("org/name") == "org/name"
