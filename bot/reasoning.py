"""Split what a reasoning model thought from what it said."""

from __future__ import annotations

_OPEN = "<think>"
_CLOSE = "</think>"


def split_reasoning(text: str) -> tuple[str, str]:
    """Return (reasoning, reply) of a raw answer, both stripped; ("", text) where it shows none.

    Only reasoning at the very start counts: tags quoted later belong to the reply. An answer cut
    off while thinking is all reasoning. A closing tag with no opening one is taken as the end of
    reasoning that the chat template opened.
    """
    body = text.lstrip()
    if body.startswith(_OPEN):
        reasoning, closed, reply = body[len(_OPEN) :].partition(_CLOSE)
        return reasoning.strip(), reply.strip() if closed else ""
    before, closed, after = text.partition(_CLOSE)
    if closed and _OPEN not in before:
        return before.strip(), after.strip()
    return "", text
