"""Seals: what a run ended with, so that whoever relies on it notices any change since."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError, StoreError
from gadfly.eval.manifest import FILE, Manifest, Seal, read_manifest, write_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.store import Store


class BrokenSealError(ConfigError):
    """A run is not, or no longer, what it ended with."""


def seal(folder: Path, store: Store, *, plan: str | None = None) -> Manifest:
    """Write into the manifest of a run what it has come to, and return it.

    `plan` is the hash of what it was asked in the end, where that grew on the way.

    Raises:
        ConfigError: There is no manifest.
        StoreError: Manifest or store cannot be read or written.
    """
    known = read_manifest(folder)
    bare = known.model_copy(update={"seal": None, "plan": plan or known.plan})
    write_manifest(folder, bare)
    found = Seal(
        content=_content(folder, store),
        verdicts=store.verdicts_digest().hex(),
    )
    return _sealed(folder, bare, found)


def seal_verdicts(folder: Path, store: Store) -> None:
    """Renew the part of a seal that is about verdicts; a run without a seal is left as it is.

    Raises:
        ConfigError: There is no manifest.
        StoreError: Manifest or store cannot be read or written.
    """
    manifest = read_manifest(folder)
    if manifest.seal is not None:
        renewed = {"verdicts": store.verdicts_digest().hex()}
        _sealed(folder, manifest, manifest.seal.model_copy(update=renewed))


def unsealed(folder: Path, store: Store) -> Manifest:
    """Return the manifest of a run that is whole and what it ended with.

    Raises:
        BrokenSealError: It has not ended, or was made before runs were sealed, or something has
            changed since it ended; says which, and what to do.
        ConfigError: There is no manifest.
        StoreError: Manifest or store cannot be read.
    """
    manifest, name = read_manifest(folder), repr(str(folder))
    found = manifest.seal
    if found is None and not manifest.asked:
        raise BrokenSealError(
            f"{name} was made by an older Gadfly, which did not note what a comparison needs: "
            "make it again"
        )
    if found is None:
        raise BrokenSealError(
            f"{name} is not finished: the command that began it finishes it, when run again"
        )
    if found.content != _content(folder, store):
        raise BrokenSealError(
            f"{name} is not what it ended with: its manifest or its trials were changed, damaged "
            "or taken away since; restore it from a copy, or make it again"
        )
    if found.verdicts != store.verdicts_digest().hex():
        raise BrokenSealError(
            f"{name}: its judge's verdicts are not those its judging ended with; "
            "finish the judging (`gadfly judge` again), or restore the run from a copy"
        )
    return manifest


def _sealed(folder: Path, manifest: Manifest, found: Seal) -> Manifest:
    sealed = manifest.model_copy(update={"seal": found})
    write_manifest(folder, sealed)
    return sealed


def _content(folder: Path, store: Store) -> str:
    """Return the hex digest of manifest and trials as they are now.

    Taken of what is in the files, not of what this version makes of it: a later version of Gadfly
    finds the same.
    """
    path = folder / FILE
    try:
        fields: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as e:
        raise StoreError(f"cannot read {str(path)!r}: {e}") from e
    fields.pop("seal", None)
    h = hashlib.blake2b(json.dumps(fields, sort_keys=True).encode(), digest_size=16)
    h.update(store.digest())
    return h.hexdigest()
