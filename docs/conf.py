"""The manual as a site: `make docs` builds it, and every warning is an error.

Pages are plain Markdown that reads well where it lies. What is in the navigation, and under which
heading, is what `index.md` lists: a page that it does not list is a warning, and so fails.
"""

from __future__ import annotations

import re
from typing import Any

project = "Gadfly"
author = "The Gadfly maintainers"
extensions = ["myst_parser"]
myst_heading_anchors = 4
nitpicky = True
html_theme = "furo"
html_title = "Gadfly"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_show_copyright = False

_SECTION = re.compile(r"^## (?P<caption>.+)\n(?P<body>(?:(?!## ).*\n?)*)", re.MULTILINE)
_PAGE = re.compile(r"^- \[(?P<title>[^\]]+)\]\((?P<page>[\w-]+)\.md\)", re.MULTILINE)


def _navigation(app: Any, name: str, source: list[str]) -> None:
    """Add a hidden table of contents to each section of the index, made of the links in it."""
    if name != "index":
        return

    def with_toctree(section: re.Match[str]) -> str:
        pages = [f"{p['title']} <{p['page']}>" for p in _PAGE.finditer(section["body"])]
        listed = "\n".join(pages)
        tree = f"```{{toctree}}\n:hidden:\n:caption: {section['caption']}\n\n{listed}\n```\n\n"
        return f"{section[0].rstrip()}\n\n{tree}"

    source[0] = _SECTION.sub(with_toctree, source[0])


def setup(app: Any) -> dict[str, Any]:
    """Make the navigation of the index."""
    app.connect("source-read", _navigation)
    return {"parallel_read_safe": True}
