"""Pages of runs, and a reply that attacks who reads one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.eval.cli.report import report_input
from gadfly.eval.manifest import read_manifest
from gadfly.eval.page.building import write_page
from gadfly.eval.page.report import Report, report_of, report_page
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    "Yes, that is right. </p></article><script>window.hit=1;alert(1)</script>"
    "<img src=x onerror=\"window.hit=2\"><a href='javascript:window.hit=3'>click</a>"
    "<iframe src='data:text/html,<script>parent.hit=4</script>'></iframe>"
    "<svg onload=window.hit=5><style>@import url(http://example.invalid/a.css);*{display:none}"
    "</style><!-- ]]> &lt;script&gt; \u202etxet\u2066 \x1b[31m \x07 {{ 7*7 }} {% raw %} "
    "<meta http-equiv=refresh content='0;url=http://example.invalid/'>"
)


@dataclass(frozen=True)
class Made:
    """A run folder, what its page is made of, and the page."""

    folder: Path
    report: Report
    page: Path
    text: str


def made(folder: Path, page: Path | None = None, *, most: int = 2000) -> Made:
    """Make the page of a run folder, in a file, or beside it where none is named."""
    manifest = read_manifest(folder)
    report = report_of(report_input(folder, manifest))
    store = Store.read(folder)
    try:
        text, _ = report_page(report, store, run=folder.name, most=most)
    finally:
        store.close()
    page = page or folder.with_suffix(".html")
    write_page(page, text)
    return Made(folder=folder, report=report, page=page, text=text)
