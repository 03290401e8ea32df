"""A real browser to open pages in: Debian's Chromium, driven through Playwright."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str:
    """Return the Chromium to drive, and skip the test where there is none."""
    found = os.environ.get("GADFLY_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("no Chromium: install it, or name one in GADFLY_CHROMIUM")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a headless Chromium, and end it."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = executable()
    with playwright.sync_playwright() as p:
        started = p.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield started
        finally:
            started.close()


@dataclass
class Opened:
    """A page of a file, and everything it said and asked for on the way."""

    page: Page
    said: list[str] = field(default_factory=list)
    """Console messages, errors of scripts, and dialogues it opened."""
    asked: list[str] = field(default_factory=list)
    """Addresses it requested, its own left out."""

    def run(self, script: str) -> Any:
        """Evaluate a script of the test's in the page."""
        return self.page.evaluate(script)


def opened(chrome: Browser, file: Path, *, width: int = 1000, **media: Any) -> Opened:
    """Open a file in a page of its own."""
    address = file.as_uri()
    page = chrome.new_page(viewport={"width": width, "height": 800}, **media)
    found = Opened(page=page)
    page.on("console", lambda message: found.said.append(message.text))
    page.on("pageerror", lambda error: found.said.append(str(error)))
    page.on("dialog", lambda dialog: found.said.append(dialog.message))
    page.on("request", lambda asked: found.asked.append(asked.url))
    page.goto(address)
    found.asked.remove(address)
    return found
