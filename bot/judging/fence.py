"""The fence around what is judged: material cannot pass itself off as instructions.

Model output is hostile. It is stripped of control characters and of the tokens of chat templates,
every line of it begins with a bar, and it stands between two lines that name a token made of the
text's own hash: whoever wrote the text could not know the token while writing it.
"""

from __future__ import annotations

import hashlib

from gadfly.bot.cleaning import HEAD_CHARS, TAIL_CHARS, without_controls
from gadfly.bot.reasoning import split_reasoning

BAR = "| "
CUT = "[the middle of a long reply is left out]"
EMPTY = "[nothing]"
_MARKUP = str.maketrans({"<": "‹", ">": "›"})


def token(*parts: str) -> str:
    """Return the fence token of some texts: twelve hexadecimal digits, in none of them.

    >>> token("a reply") == token("a reply") != token("another reply")
    True
    """
    seed = "\0".join(parts).encode("utf-8", "surrogatepass")
    for count in range(1 << 16):
        found = hashlib.blake2b(seed, digest_size=6, salt=count.to_bytes(2, "big")).hexdigest()
        if not any(found in part for part in parts):
            return found
    raise AssertionError("no text holds 65,536 chosen tokens of its own hash")


def fenced(text: str, name: str, mark: str) -> str:
    """Return a text as material: its lines barred, between ``BEGIN name mark`` and ``END ...``."""
    lines = "\n".join(BAR + line for line in neutral(text).split("\n"))
    return f"BEGIN {name} {mark}\n{lines}\nEND {name} {mark}"


def unfenced(text: str, name: str, mark: str) -> str | None:
    """Return the material between the lines that `fenced` made, None where there is none."""
    _, begun, after = text.partition(f"BEGIN {name} {mark}\n")
    inside, ended, _ = after.partition(f"\nEND {name} {mark}")
    if not begun or not ended:
        return None
    return "\n".join(line.removeprefix(BAR) for line in inside.split("\n"))


def neutral(text: str) -> str:
    """Return the words of a text without anything a model or template could take for markup.

    Reasoning before it, escapes, control characters and template tokens go, angle brackets become
    guillemets, blank lines go, and the middle of a text too long to be read with care is left
    out, as it is for the rules.
    """
    text = without_controls(split_reasoning(text)[1])
    if len(text) > HEAD_CHARS + TAIL_CHARS:
        text = f"{text[:HEAD_CHARS]}\n{CUT}\n{text[-TAIL_CHARS:]}"
    text = text.encode("utf-8", "replace").decode().translate(_MARKUP)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line) or EMPTY
