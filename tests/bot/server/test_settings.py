from __future__ import annotations

from typing import Any

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.bot.server import Served, ServerSettings
from gadfly.bot.server.settings import address


@pytest.mark.parametrize(
    ("spec", "base", "model"),
    [
        ("http://h:8000/v1#m", "http://h:8000/v1", "m"),
        ("http://h:8000/v1/", "http://h:8000/v1", None),
        ("http://h:8000", "http://h:8000/v1", None),
        ("https://h/openai/v1#org/name%20x", "https://h/openai/v1", "org/name x"),
        ("http://[::1]:80/v1", "http://[::1]:80/v1", None),
        ("http://me:pw@h/v1?version=2#m", "http://h/v1", "m"),
    ],
)
def test_addresses(spec: str, base: str, model: str | None) -> None:
    """An address is taken apart; nothing secret stays in what is shown."""
    found = address(spec)

    assert (base, model) == (found.base, found.model)
    assert "pw" not in repr(found)


def test_what_is_cut_from_sight_is_still_sent() -> None:
    """The query stays in each request, and user and password become a header."""
    found = address("http://me:p%40w@h/v1?version=2")

    assert found.url("models") == "http://h/v1/models?version=2"
    assert found.url("tokenize", at_root=True) == "http://h/tokenize?version=2"
    assert found.basic == "Basic bWU6cEB3"


@pytest.mark.parametrize("spec", ["h:8000", "ftp://h/v1", "http://", "http://h:port/v1", ""])
def test_what_is_no_address(spec: str) -> None:
    """Anything else is a usage error that shows the form."""
    with pytest.raises(ConfigError):
        address(spec)


def test_the_spec_has_no_secrets() -> None:
    """User, password and query never show in the spec."""
    assert Served("http://me:pw@h/v1?key=k", "m").spec == "http://h/v1#m"


def test_two_names_are_one_too_many() -> None:
    """A model named twice must be the same."""
    with pytest.raises(ConfigError, match="two models"):
        Served("http://h/v1#a", "b")


@pytest.mark.parametrize(
    "values",
    [
        {"api_key": "a\nb"},
        {"headers": (("X-A", "b\r\nX-B: c"),)},
        {"headers": (("X A", "b"),)},
        {"connections": 0},
        {"retries": -1},
        {"timeout_s": 0.0},
        {"timeout_s": float("nan")},
    ],
)
def test_settings_that_cannot_be(values: dict[str, Any]) -> None:
    """Line breaks in headers and senseless numbers are refused early."""
    with pytest.raises(ConfigError):
        ServerSettings(**values)


def test_settings_do_not_print_secrets() -> None:
    """The repr holds neither key nor headers."""
    shown = repr(ServerSettings(api_key="hunter2", headers=(("X-Key", "hunter3"),)))

    assert "hunter" not in shown
