"""The manifest of a run: what was planned, with what, and which readout was decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from gadfly.bot.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from pathlib import Path

FILE = "manifest.json"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SuiteRecord(_Frozen):
    """The suite as it was when the run was planned."""

    name: str
    version: int
    digest: str
    library: str
    """Digest of the scenarios asked."""


class ReadoutRecord(_Frozen):
    """The readout decided on, and why."""

    name: Literal["sampled", "logprob", "likelihood"]
    requested: str
    reason: str
    fidelity: dict[str, Any] | None
    notes: tuple[str, ...] = ()
    """What the respondent cannot do, in its own words."""


class Chosen(_Frozen):
    """What the plan was made of: the same choices on the same library make it again."""

    suite: str
    """Name of a suite, or the scenario file or folder, as given."""
    probes: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    limit: int | None = None
    replicates: int | None = None


class Seal(_Frozen):
    """What a run ended with; who relies on a run checks that it still is what it was."""

    content: str
    """Hex digest over this manifest, the trials and the words that come with them."""
    verdicts: str
    """Hex digest over who judged and all verdicts; a judging renews it."""


class Manifest(_Frozen):
    """Everything about a run that is not a call or a trial."""

    schema_version: Literal[1] = 1
    plan: str
    """Plan hash: equal hashes were asked the same of the same product."""
    asked: str = ""
    """Hash of the whole plan, of which this run may have some families only, without what belongs
    to the product under test (system prompt, temperature, top_p): runs with equal ones can be
    compared; "" for runs before this was noted."""
    chosen: Chosen | None = None
    """None for runs before this was noted."""
    spec: str
    respondent: dict[str, str]
    """Identity, field by field."""
    suite: SuiteRecord
    readout: ReadoutRecord
    interlocutor: dict[str, str] | None = None
    """Identity of who wrote lines live; None where every line was frozen text."""
    reader: dict[str, str] | None = None
    """Identity of the third party of a duel; None where there was none."""
    temperature: float
    top_p: float
    reply_tokens: int
    epoch: int
    versions: dict[str, str]
    """Of Gadfly, of what it computes with, of its readouts, reader and phrases."""
    seal: Seal | None = None
    """None until the run has ended, and for runs before this was noted."""


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, whole or not at all.

    Raises:
        StoreError: It cannot be written.
    """
    path = folder / FILE
    part = path.with_suffix(".part")
    try:
        part.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
        part.chmod(0o600)
        part.replace(path)
    except OSError as e:
        raise StoreError(f"cannot write {str(path)!r}: {e.strerror}") from e


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a run.

    Raises:
        ConfigError: There is none, or it is of another version.
        StoreError: It cannot be read as one.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as e:
        raise ConfigError(
            f"{str(folder)!r} is not a run: there is no {FILE} in it "
            "(a run that was stopped before it began has none: start it again)"
        ) from e
    except (OSError, UnicodeDecodeError) as e:
        raise StoreError(f"cannot read {str(path)!r}: {e}") from e
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as e:
        first = e.errors()[0]
        where = ".".join(str(p) for p in first["loc"])
        raise StoreError(
            f"{str(path)!r} is not a manifest this Gadfly reads ({where}: {first['msg']}): use "
            "the version that wrote it, or move the folder away and run again"
        ) from e
