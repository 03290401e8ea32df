"""The manual as a site: it builds without a warning, and asks nobody for anything."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.chromium import browser, opened
from support.pages import DOCS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
_FETCHED = re.compile(
    r"<(?:script|img|iframe)\b[^>]*\bsrc=\"([^\"]+)|<link\b[^>]*\bhref=\"([^\"]+)"
)


def build(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Build as `make docs` does."""
    how = ("-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html")
    return subprocess.run(
        [sys.executable, *how, str(source), str(out)], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx", reason="needs the docs group")
    out = tmp_path_factory.mktemp("site")
    done = build(DOCS, out)
    assert done.returncode == 0, done.stderr
    return out


def test_the_site_builds_and_is_whole(site: Path) -> None:
    """Every page is there and in the navigation; no file comes from elsewhere."""
    pages = {path.stem: path.read_text(encoding="utf-8") for path in site.glob("*.html")}
    written = {path.stem for path in DOCS.glob("*.md")}
    assert written <= set(pages)
    navigation = pages["index"].split('class="sidebar-tree"')[1].split("</aside>")[0]
    linked = set(re.findall(r'href="([\w-]+)\.html"', navigation))
    assert written - {"index"} <= linked
    fetched = {a or b for page in pages.values() for a, b in _FETCHED.findall(page)}
    assert [url for url in fetched if url.startswith(("http:", "https:", "//"))] == []


def test_the_site_is_read_on_a_telephone(site: Path) -> None:
    """No page is wider than the window, and no command is cut at its edge."""
    wide = """() => [...document.querySelectorAll("html, .highlight-console pre")]
        .filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent.slice(0, 80))"""
    with browser() as chrome:
        for page in ("index", "metrics", "serving", "ci"):
            shown = opened(chrome, site / f"{page}.html", width=390)
            assert shown.run(wide) == [], page


def test_a_page_that_the_index_lacks_stops_the_build(tmp_path: Path) -> None:
    """Warnings are errors: nothing is lost from the navigation in silence."""
    pytest.importorskip("sphinx", reason="needs the docs group")
    source = tmp_path / "docs"
    source.mkdir()
    for name in ("conf.py", "site.css"):
        (source / name).write_bytes((DOCS / name).read_bytes())
    (source / "index.md").write_text("# Index\n\n## Part\n\n- [One](one.md): a page\n")
    (source / "one.md").write_text("# One\n")
    assert build(source, tmp_path / "good").returncode == 0

    (source / "two.md").write_text("# Two\n")
    assert "isn't included in any toctree" in build(source, tmp_path / "bad").stderr
