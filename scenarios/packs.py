"""Scenario packs: installed packages that bring scenario files, and a folder to begin one from.

A pack is a package named under the entry-point group `gadfly.scenarios`; the scenario files in its
folder are its families. Its name stands wherever a scenario file or a folder may.
"""

from __future__ import annotations

import re
import uuid
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError
from gadfly.bot.plugins import plugins
from gadfly.scenarios.catalogue import SUFFIXES, Catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP = "gadfly.scenarios"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TEMPLATE = "template"


def packs() -> Mapping[str, Path]:
    """Return the folder of every installed pack, by name.

    Raises:
        ConfigError: A pack cannot be loaded, or is no package; names it and what is wrong.
    """
    found: dict[str, Path] = {}
    for name, module in plugins(GROUP):
        folders = list(getattr(module, "__path__", ()))
        if len(folders) != 1:
            raise ConfigError(
                f"{name!r} under {GROUP!r} is no package with a folder: name one in the entry point"
            )
        found[name] = Path(folders[0])
    return found


def is_own(source: str) -> bool:
    """Tell whether scenarios are named by a file, a folder or a pack, rather than by a suite."""
    path = Path(source)
    return path.suffix in SUFFIXES or path.is_dir() or source in packs()


def catalogue_of(source: str) -> Catalogue:
    """Return the families of a scenario file, a folder of them, or an installed pack.

    What lies in the working folder goes before a pack of the same name.

    Raises:
        ScenarioError: A file is wrong, or an id is used twice.
        ConfigError: There is no such file, folder or pack, or no scenario file in it.
    """
    path = Path(source)
    return Catalogue.from_path(path if path.exists() else packs().get(source, path))


def begin(folder: Path) -> tuple[Path, ...]:
    """Write the beginning of a pack into a new folder, whose name is the pack's.

    Returns the files written; the canary in them is new each time.

    Raises:
        ConfigError: The name cannot be a pack's, or the folder exists or cannot be made.
    """
    name = folder.name
    if not _NAME.fullmatch(name):
        raise ConfigError(
            f"{name!r} cannot name a pack: use small letters, digits and single hyphens, "
            "beginning with a letter"
        )
    words = {"PACK-NAME": name, "PACK_NAME": name.replace("-", "_"), "NEW-GUID": str(uuid.uuid4())}
    made = {
        "pyproject.toml": "pyproject.toml",
        f"{words['PACK_NAME']}/__init__.py": "__init__.txt",
        f"{words['PACK_NAME']}/scenarios.yaml": "scenarios.yaml",
    }
    template = resources.files("gadfly.scenarios") / _TEMPLATE
    try:
        folder.mkdir(parents=True)
        for target, source in made.items():
            text = (template / source).read_text(encoding="utf-8")
            for placeholder, word in words.items():
                text = text.replace(placeholder, word)
            (folder / target).parent.mkdir(exist_ok=True)
            (folder / target).write_text(text, encoding="utf-8")
    except FileExistsError as e:
        raise ConfigError(f"{str(folder)!r} exists: name a new folder") from e
    except OSError as e:
        raise ConfigError(f"{str(folder)!r} cannot be written: {e.strerror or e}") from e
    return tuple(folder / target for target in made)
