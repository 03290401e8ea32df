"""Under the header: what keeps the user from working, until it is mended."""

from __future__ import annotations

from textual.widgets import Static

from gadfly.tui.text import safe


class Banner(Static):
    """One or two lines that stay; hidden while there is nothing to say."""

    DEFAULT_CSS = """
    Banner {
        display: none;
        height: auto;
        max-height: 4;
        padding: 0 1;
        background: $panel;
        color: $warning;
        text-style: bold;
    }
    Banner.-shown { display: block; }
    """

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__("", markup=False)

    def say(self, text: str) -> None:
        """Show `text` (outside text is welcome); "" hides the banner."""
        self.update(safe(f"! {text}") if text else "")
        self.set_class(bool(text), "-shown")
