"""A run exported: one function for all layouts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from gadfly.bot.errors import ConfigError
from gadfly.eval.manifest import read_manifest
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gadfly.eval.manifest import Manifest

Layout = Literal["inspect", "jsonl", "parquet", "csv", "messages", "sharegpt"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
ENDINGS: dict[Layout, str] = {
    "inspect": ".eval",
    "jsonl": ".jsonl",
    "parquet": ".parquet",
    "csv": ".csv",
    "messages": ".messages.jsonl",
    "sharegpt": ".sharegpt.jsonl",
}


def export(folder: Path, layout: Layout, out: Path, *, text: bool = True) -> None:
    """Write a run in a layout, whole or not at all, readable by its owner only.

    Its folder is made if need be.
    Works on a run that is still going, over the trials finished so far.

    Args:
        folder: Folder of the run.
        layout: What to write.
        out: File to write.
        text: Whether the words go with it.

    Raises:
        ConfigError: No such run; the layout needs a package that is not installed, or is nothing
            but text and none is wanted; the file cannot be written.
        StoreError: The run is damaged.
    """
    if not text and layout in ("messages", "sharegpt"):
        raise ConfigError(f"--to {layout} is nothing but text: leave out --no-text")
    if layout == "inspect" and out.suffix != ".eval":
        raise ConfigError(f"{str(out)!r}: Inspect opens logs that end in .eval")
    manifest = read_manifest(folder)
    store = Store.read(folder)
    part = out.with_name(f".{out.stem}.part{out.suffix}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.touch(mode=0o600)
        _write(store, manifest, layout, part, text=text)
        part.chmod(0o600)
        part.replace(out)
    except OSError as e:
        raise ConfigError(f"{str(out)!r} cannot be written: {e.strerror or e}") from e
    finally:
        store.close()
        part.unlink(missing_ok=True)


def _write(store: Store, manifest: Manifest, layout: Layout, part: Path, *, text: bool) -> None:
    from gadfly.eval.sharing import inspect_log, tables
    from gadfly.eval.sharing.rows import rows

    if layout == "inspect":
        inspect_log.write_log(store, manifest, part, text=text)
    elif layout == "parquet":
        tables.write_parquet(rows(store, manifest, text=text), part)
    else:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(_lines(store, manifest, layout, text=text))


def _lines(store: Store, manifest: Manifest, layout: Layout, *, text: bool) -> Iterator[str]:
    from gadfly.eval.sharing.dialogues import dialogue_lines
    from gadfly.eval.sharing.rows import rows
    from gadfly.eval.sharing.tables import csv_lines, jsonl

    match layout:
        case "jsonl":
            return jsonl(rows(store, manifest, text=text))
        case "csv":
            return csv_lines(rows(store, manifest, text=text))
        case "messages" | "sharegpt":
            return dialogue_lines(store, manifest, layout)
        case _:
            raise ValueError(f"{layout!r} is not written line by line")
