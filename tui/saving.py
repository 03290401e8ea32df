"""Files the user asks for."""

from __future__ import annotations

import os
from pathlib import Path

from gadfly.bot.errors import ConfigError


def saved_text(text: str, name: str) -> str:
    """Write a text to a new file, readable by its owner only; return its path.

    Raises:
        ConfigError: There is such a file already, or it cannot be written.
    """
    path = Path(name).expanduser()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text if text.endswith("\n") else f"{text}\n")
    except FileExistsError:
        raise ConfigError(f"there is a file {str(path)!r} already") from None
    except (OSError, ValueError) as e:
        raise ConfigError(f"cannot write {str(path)!r}: {getattr(e, 'strerror', None) or e}") from e
    return str(path)
