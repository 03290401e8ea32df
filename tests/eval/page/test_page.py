"""The page as a file: what is in it, what is left out, and that foreign text stays text."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from typing import TYPE_CHECKING

from support.run_pages import made

from gadfly.eval.page.chosen import choose
from gadfly.eval.page.report import embedded
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from support.run_pages import Made


def test_the_policy_allows_the_page_its_own_style_and_nothing_else(simulated: Made) -> None:
    """Everything is forbidden but the one style sheet, which is named by its hash."""
    style = re.search("<style>(.*?)</style>", simulated.text, re.DOTALL)
    policy = re.search('Content-Security-Policy" content="([^"]*)"', simulated.text)

    assert style is not None
    assert policy is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert html.unescape(policy[1]).startswith(
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
    )


def test_every_figure_of_such_a_run_is_there(simulated: Made) -> None:
    """Each probe asked has its figure; the calibration nobody made is said to be missing."""
    names = [figure.name for figure in simulated.report.figures]

    assert names == [
        *("plane", "survival", "stances", "ladders", "perturbations", "variance", "outcomes")
    ]
    assert [absent.title for absent in simulated.report.absent] == [
        "Readings against people's labels"
    ]
    assert "nobody has labelled its replies" in simulated.text


def test_every_link_leads_somewhere_in_the_page(simulated: Made) -> None:
    """All addresses are fragments, and an element has each as its id, once."""
    addresses = set(re.findall(r'href="([^"]*)"', simulated.text))
    ids = re.findall(r' id="([^"]*)"', simulated.text)

    assert addresses
    assert all(address.startswith("#") for address in addresses)
    assert {address[1:] for address in addresses} <= set(ids)
    assert len(ids) == len(set(ids))


def test_forks_are_shown_off_the_record(simulated: Made) -> None:
    """What was asked beside a dialogue is marked as such, apart from what was said in it."""
    assert 'class="piece aside"' in simulated.text
    assert "Off the record: asked on a fork the dialogue never sees" in simulated.text


def test_the_same_trials_give_the_same_bytes(simulated: Made, tmp_path: Path) -> None:
    """A page has no clock, path or chance in it."""
    assert made(simulated.folder, tmp_path / "again.html").text == simulated.text


def test_no_more_transcripts_than_allowed_and_the_rest_named_by_command(
    simulated: Made, tmp_path: Path
) -> None:
    """With room for five, five are there; points lead on to commands for the others."""
    few = made(simulated.folder, tmp_path / "few.html", most=5)

    assert few.text.count('<article class="t"') == 5
    assert "5 of" in few.text
    assert re.search(r"<code>gadfly show simulated [0-9a-f]{10}</code>", few.text)


def test_long_transcripts_are_fewer(simulated: Made) -> None:
    """Transcripts stop where their words would make the page too large."""
    records = {r.key: r for r in simulated.report.source.records}
    wanted = choose(tuple(records.values()), {}, [])
    store = Store.read(simulated.folder)
    try:
        said, chosen = embedded(store, records, wanted, run="r", budget=10_000)
    finally:
        store.close()

    assert 0 < len(said) < len(records)
    assert set(chosen.why) == {each.key for each in said}


def test_hostile_text_is_text(hostile: Made) -> None:
    """No tag a model wrote is a tag of the page, and no control character is in it."""
    tags = set(re.findall(r"<(\w+)", hostile.text))

    assert not tags & {"script", "img", "iframe", "object", "link", "base", "form"}
    assert "&lt;script&gt;window.hit=1" in hostile.text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]", hostile.text)
    assert "{{ 7*7 }}" in hostile.text
