"""Tables of run folders that are whole, and what keeps a run from being compared."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, RespondentError, StoreError
from gadfly.eval.gate.table import table_of
from gadfly.eval.judging.verdicts import judged_trials, reader_id
from gadfly.eval.manifest import FILE
from gadfly.eval.plan import reading_versions
from gadfly.eval.seal import BrokenSealError, unsealed
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gadfly.eval.gate.table import Table
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.record import TrialRecord


class NoAnswersError(RespondentError):
    """Nobody answered in the whole of a run: there is nothing to compare."""


def table_of_run(folder: Path) -> Table:
    """Return the table of a run folder: its trials, with the verdicts of its judge in place.

    Raises:
        BrokenSealError: The run is not finished, older, damaged or changed.
        ConfigError: It is no run, or was read otherwise than this Gadfly reads.
        NoAnswersError: Every trial of it failed.
    """
    try:
        store = Store.read(folder)
        try:
            return table_of_store(folder, store)
        finally:
            store.close()
    except StoreError as e:
        raise BrokenSealError(str(e)) from e


def table_of_store(folder: Path, store: Store) -> Table:
    """Return the table of a run folder whose store is open.

    Raises:
        GadflyError: As `table_of_run` does.
        StoreError: The store is damaged.
    """
    manifest, name = unsealed(folder, store), repr(str(folder))
    found = judged_trials(store)
    check_reading(manifest, name)
    check_answers(found.records, name)
    return table_of(
        found.records,
        manifest=manifest,
        created=_day(folder),
        reader=reader_id(found.judging),
        planned=store.n_planned,
    )


def check_reading(manifest: Manifest, name: str) -> None:
    """Make sure that a run was read by the readouts, rules and phrases of this Gadfly.

    Raises:
        ConfigError: It was not: says by which, and what to do.
    """
    now = reading_versions()
    changed = [
        f"{what} {manifest.versions.get(what, '?')} -> {here}"
        for what, here in now.items()
        if manifest.versions.get(what) != here
    ]
    if changed:
        raise ConfigError(
            f"{name} was made by another version of Gadfly "
            f"({manifest.versions.get('gadfly', '?')}), which asked and read in other ways "
            f"({', '.join(changed)}): make it again with this one, or compare with that one"
        )


def check_answers(records: Sequence[TrialRecord], name: str) -> None:
    """Make sure that a run has trials, and that some of them got an answer.

    Raises:
        ConfigError: There is no trial.
        NoAnswersError: Every one failed.
    """
    if not records:
        raise ConfigError(f"{name} has no trials: there is nothing to compare")
    failures = [record.failure for record in records if record.failure is not None]
    if len(failures) == len(records):
        first = failures[0]
        raise NoAnswersError(
            f"{name}: all {len(records)} trials failed ({first.error_type}: {first.message}): "
            "nobody answered, and there is nothing to compare"
        )


def _day(folder: Path) -> str:
    """Return the day the manifest was written last, which is when the run ended."""
    seconds = (folder / FILE).stat().st_mtime
    return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC).date().isoformat()
