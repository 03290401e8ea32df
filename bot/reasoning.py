"""Split what a reasoning model thought from what it said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

OPEN = "<think>"
CLOSE = "</think>"


def split_reasoning(text: str) -> tuple[str, str]:
    """Return (reasoning, reply) of a raw answer, both stripped; ("", text) where it shows none.

    Only reasoning at the very start counts: tags quoted later belong to the reply. An answer cut
    off while thinking is all reasoning. A closing tag with no opening one is taken as the end of
    reasoning that the chat template opened.
    """
    body = text.lstrip()
    if body.startswith(OPEN):
        reasoning, closed, reply = body[len(OPEN) :].partition(CLOSE)
        return reasoning.strip(), reply.strip() if closed else ""
    before, closed, after = text.partition(CLOSE)
    if closed and OPEN not in before:
        return before.strip(), after.strip()
    return "", text


class Voice:
    """Passes on a raw answer while it is written, what is thought apart from what is said.

    What comes out is a preview: `split_reasoning` of the whole answer is what counts.
    """

    def __init__(
        self, on_text: Callable[[str], None], on_thought: Callable[[str], None] | None = None
    ) -> None:
        self._on_text = on_text
        self._on_thought = on_thought or _ignored
        self._held = ""
        self._is_thinking = False
        self._has_thought = False
        self._is_open = False

    def say(self, text: str) -> None:
        """Pass on text, or hold it as long as it may be a tag of reasoning, or blank before it."""
        if self._is_open:
            self._on_text(text)
            return
        self._held += text
        if self._has_thought:
            if said := self._held.lstrip():
                self._speak(said)
            return
        if not self._is_thinking:
            start = self._held.lstrip()
            if not start.startswith(OPEN):
                if not OPEN.startswith(start):
                    self._speak(self._held)
                return
            self._is_thinking, self._held = True, start[len(OPEN) :]
        thought, closed, said = self._held.partition(CLOSE)
        if not closed:
            # The end of what is held may be the beginning of the closing tag.
            ready = max(0, len(self._held) - len(CLOSE) + 1)
            thought, said = self._held[:ready], self._held[ready:]
        if thought:
            self._on_thought(thought)
        self._held = said
        if closed:
            self._is_thinking, self._has_thought = False, True
            self.say("")

    def think(self, text: str) -> None:
        """Pass on reasoning that the server has split off itself."""
        self._on_thought(text)

    def close(self) -> None:
        """Pass on what was held and turned out to be no tag."""
        if self._is_thinking:
            self._on_thought(self._held)
        elif self._held and not self._has_thought:
            self._on_text(self._held)
        self._held = ""

    def _speak(self, text: str) -> None:
        self._is_open, self._held = True, ""
        self._on_text(text)


def _ignored(_: str) -> None:
    pass
