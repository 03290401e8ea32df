"""Pages in a real browser: quiet, drawn, linked, harmless, and as wide as the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.chromium import browser, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from support.run_pages import Made

DRAWN = "[...document.querySelectorAll('figure svg')].filter(e => e.getBoundingClientRect().width)"


@pytest.fixture(scope="module")
def chrome(simulated: Made, hostile: Made) -> Iterator[Browser]:
    """A headless Chromium; tests that ask for one are skipped where there is none.

    The runs are made before: Playwright keeps an event loop going while it is open.
    """
    with browser() as started:
        yield started


def test_it_loads_without_a_word_or_a_request(chrome: Browser, simulated: Made) -> None:
    """Nothing on the console, nothing asked of anyone, every figure drawn with marks in it."""
    seen = opened(chrome, simulated.page)

    assert seen.said == []
    assert seen.asked == []
    panels = sum(len(figure.panels) for figure in simulated.report.all_figures)
    assert seen.run(f"{DRAWN}.length") == panels
    assert seen.run(f"{DRAWN}.every(e => e.querySelectorAll('path, rect, line').length > 2)")


def test_points_lead_to_transcripts(chrome: Browser, simulated: Made) -> None:
    """A point of the plane opens the list behind it, a line of that opens a dialogue."""
    seen = opened(chrome, simulated.page)
    body = "document.querySelector('.t:target .body')"

    assert seen.run(body) is None
    seen.page.locator("#plane .wide svg a[href]").first.click()
    assert seen.run("document.querySelector('.behind:target').offsetHeight") > 0
    seen.page.locator(".behind:target a").first.click()
    assert seen.run(f"{body}.offsetHeight") > 0
    assert seen.run(f"{body}.querySelectorAll('.subject .said, .aside').length") > 0
    assert seen.run("document.querySelectorAll('.t .body').length") > 1
    assert (
        seen.run("[...document.querySelectorAll('.t .body')].filter(e => e.offsetHeight).length")
        == 1
    )
    assert seen.said == []


@pytest.mark.parametrize("fixture", ["simulated", "hostile"])
def test_a_telephone_never_scrolls_sideways(
    chrome: Browser, fixture: str, request: pytest.FixtureRequest
) -> None:
    """At 360 pixels the page is 360 wide, with a transcript open and all figures unfolded."""
    made: Made = request.getfixturevalue(fixture)
    seen = opened(chrome, made.page, width=360)
    seen.run("document.querySelectorAll('details').forEach(e => e.open = true)")

    assert seen.run("document.documentElement.scrollWidth") == 360
    seen.page.locator(".t > .row").first.click()
    assert seen.run("document.documentElement.scrollWidth") == 360
    if fixture == "simulated":
        # The narrow drawings, which have their words as large as the others.
        narrow = f"{DRAWN}.map(e => e.getBoundingClientRect().width)"
        assert all(250 < width <= 340 for width in seen.run(narrow))


def test_figures_follow_light_and_dark(chrome: Browser, simulated: Made) -> None:
    """Words in a figure have the colour of the page's words, whichever scheme is asked for."""
    ink = "getComputedStyle(document.querySelector('figure svg text')).fill"
    paper = "getComputedStyle(document.body).backgroundColor"
    light = opened(chrome, simulated.page, color_scheme="light")
    dark = opened(chrome, simulated.page, color_scheme="dark")

    assert light.run(ink) == "rgb(27, 31, 35)"
    assert dark.run(ink) == "rgb(232, 235, 238)"
    assert light.run(paper) != dark.run(paper)


def test_print_is_dark_on_light_without_closed_transcripts(
    chrome: Browser, simulated: Made
) -> None:
    """On paper the scheme is light even where the screen is dark, and only what is open prints."""
    seen = opened(chrome, simulated.page, color_scheme="dark")
    seen.page.emulate_media(media="print", color_scheme="dark")

    assert seen.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert seen.run("[...document.querySelectorAll('.t')].filter(e => e.offsetHeight).length") == 0


def test_hostile_text_does_nothing(chrome: Browser, hostile: Made) -> None:
    """Every transcript opened: no script has run, nothing was asked for, nothing was hidden."""
    seen = opened(chrome, hostile.page)
    for key in seen.run("[...document.querySelectorAll('.t')].map(e => e.id)")[:12]:
        seen.run(f"location.hash = '#{key}'")
        shown = seen.page.locator(".t:target .subject .said").first
        assert "<script>window.hit=1" in shown.inner_text()

    assert seen.run("window.hit") is None
    assert seen.run("document.scripts.length + document.images.length + frames.length") == 0
    assert seen.run("document.querySelectorAll('.said *').length") == 0
    assert seen.said == []
    assert seen.asked == []
