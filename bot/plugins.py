"""What installed packages offer under an entry-point group."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator


def plugins(group: str) -> Iterator[tuple[str, Any]]:
    """Yield (name, object) of everything offered under a group, in order of name.

    Raises:
        ConfigError: An object cannot be loaded; names the package and what went wrong.
    """
    for entry in sorted(entry_points(group=group), key=lambda e: (e.name, e.value)):
        try:
            yield entry.name, entry.load()
        except Exception as e:
            package = entry.dist.name if entry.dist is not None else "a package"
            raise ConfigError(
                f"{package} offers {entry.name!r} under {group!r}, but {entry.value} cannot be "
                f"loaded ({type(e).__name__}: {e}); mend or uninstall it"
            ) from e
