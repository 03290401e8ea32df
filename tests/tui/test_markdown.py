"""Laying out replies: growing or whole, the lines are the same, and links are text."""

from __future__ import annotations

import random

import pytest

from gadfly.tui.markdown import Document

LONG = """# What I think

A promise is a *reason*, not a **wall**.

- it binds
  where it can
- it yields

1. first
2. second

> said before

```python
def keep(promise: str) -> bool:
    return True
```

| act | verdict |
|-----|---------|
| lie | wrong   |

See [this page](https://example.org/x) and <b>this</b> &amp; that &#x202e;.

[ref]: https://example.org
"""


def lines(text: str, width: int = 60, *, pieces: int = 0, seed: int = 0) -> list[str]:
    """Return the lines of a text, given whole or in random pieces with looks in between."""
    document = Document()
    if not pieces:
        document.append(text)
    rng = random.Random(seed)
    cuts = sorted(rng.sample(range(1, len(text)), pieces)) if pieces else []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True) if pieces else ():
        document.append(text[start:end])
        document.lines(width)
    return ["".join(s.text for s in line) for line in document.lines(width)]


@pytest.mark.parametrize("seed", range(40))
def test_growing_and_whole_look_the_same(seed: int) -> None:
    """However a reply was cut on its way, its lines are those of the whole text."""
    assert lines(LONG, pieces=5 + seed, seed=seed) == lines(LONG)


def test_links_html_and_entities_are_shown_as_written() -> None:
    """Nothing hides where a link goes; HTML and entities stay what they are; nothing is lost."""
    text = "\n".join(lines(LONG, 120))

    assert "[this page](https://example.org/x)" in text
    assert "<b>this</b> &amp; that &#x202e;." in text
    assert "[ref]: https://example.org" in text


@pytest.mark.parametrize("width", [1, 7, 20, 60, 200])
def test_no_line_is_wider_than_asked(width: int) -> None:
    """Lines fit, down to a column."""
    document = Document(LONG)

    assert max(sum(s.cell_length for s in line) for line in document.lines(width)) <= max(width, 1)


def test_plain_text_is_left_alone() -> None:
    """What the user wrote is wrapped, not read as Markdown."""
    document = Document("**so** _what_?", as_markdown=False)

    assert ["".join(s.text for s in line) for line in document.lines(40)] == ["**so** _what_?"]


def test_a_long_reply_costs_little_to_continue() -> None:
    """Only the block still growing is laid out again when text is added."""
    document = Document("A paragraph of some words.\n\n" * 200)
    before = document.lines(60)
    document.append("and on")
    after = document.lines(60)

    assert after[: len(before)] == before
    assert all(a is b for a, b in zip(after[:300], before[:300], strict=True) if a)
