"""The terminal UI (Textual), the leftmost layer: everything below runs without it."""
