"""What a page needs beyond the base install."""

from __future__ import annotations

import importlib.util

from gadfly.bot.errors import ConfigError

MODULES = ("altair", "jinja2", "vl_convert")


def check_needs() -> None:
    """Make sure that everything a page is made with is installed.

    Raises:
        ConfigError: Something is not; says what to install.
    """
    absent = [name for name in MODULES if importlib.util.find_spec(name) is None]
    if absent:
        raise ConfigError(
            f"a page or picture needs {', '.join(absent)}, which the base install leaves out: "
            "pip install 'gadfly[html]'"
        )
