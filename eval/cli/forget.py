"""`gadfly forget`: delete a run with everything that was said in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gadfly.bot.errors import ConfigError
from gadfly.eval.cli.output import size
from gadfly.eval.cli.runs import find_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@click.command("forget")
@click.argument("run")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(run: str, *, yes: bool) -> int:
    """Delete RUN, a folder or a name under ./runs, with all that was asked and said.

    Only what Gadfly itself put there is deleted; other files stay, and are named. What you have
    exported is yours to delete.
    """
    from gadfly.eval.store import writer_of

    folder = find_run(run)
    own = sorted(set(_own(folder)))
    if not own:
        raise ConfigError(f"{str(folder)!r} is not a run: there is nothing of Gadfly's in it")
    writer = writer_of(folder)
    if writer is not None:
        raise ConfigError(f"{str(folder)!r} is being written by process {writer}: stop it first")
    held = size(sum(path.stat().st_size for path in own))
    if not yes:
        click.confirm(f"delete {folder} ({len(own)} files, {held}) for good?", abort=True)
    try:
        for path in own:
            path.unlink(missing_ok=True)
        left = sorted(path.name for path in folder.iterdir())
        if not left:
            folder.rmdir()
    except OSError as e:
        raise ConfigError(f"{str(folder)!r} cannot be deleted: {e.strerror or e}") from e
    click.echo(f"deleted {folder}" if not left else f"left in {folder}: {', '.join(left)}")
    return 0


def _own(folder: Path) -> Iterator[Path]:
    """Yield the files of a run that Gadfly made; links are theirs who made them."""
    from gadfly.eval import launching, manifest, store
    from gadfly.eval.gate.run import AGAIN
    from gadfly.eval.judging.calibrate import FILE as CALIBRATION
    from gadfly.eval.judging.sheet import DIALOGUES, REPLIES

    names = (
        *(store.FILE, f"{store.FILE}-wal", f"{store.FILE}-shm", store.LOCK),
        *(manifest.FILE, launching.FILE, launching.LOG),
        *(AGAIN, CALIBRATION, DIALOGUES, REPLIES),
    )
    if not any((folder / name).is_file() for name in (store.FILE, manifest.FILE, launching.FILE)):
        return
    for name in names:
        path = folder / name
        if path.is_file() and not path.is_symlink():
            yield path
