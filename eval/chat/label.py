"""What people say of a whole dialogue: satisfactory, or not and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from gadfly.bot.errors import ConfigError, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

Verdict = Literal["satisfactory", "formulaic", "dogmatic", "inconsistent", "other"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""One is praise, the others say what was wrong."""
NOTE = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogueLabel:
    """One person's label of one dialogue."""

    branch: str
    head: int
    """The last turn of the dialogue that was labelled."""
    verdicts: tuple[Verdict, ...]
    """Either "satisfactory" alone, or all that was wrong."""
    annotator: str = ""
    note: str = ""
    blind: bool = False
    """Whether the meters were hidden all along."""
    made: float = 0.0
    """Seconds since 1970."""


def verdicts_of(words: str) -> tuple[Verdict, ...]:
    """Read verdicts as a user writes them: names or their first letters, any separator.

    Raises:
        ConfigError: A word is no verdict, there is none, or praise and blame are mixed.
    """
    found: list[Verdict] = []
    for word in words.replace(",", " ").split():
        near = [v for v in VERDICTS if v.startswith(word.lower())]
        if not near:
            raise unknown("label", word, VERDICTS)
        found.append(near[0])
    chosen = tuple(dict.fromkeys(found))
    if not chosen or ("satisfactory" in chosen and len(chosen) > 1):
        raise ConfigError(
            f"say what it was: satisfactory alone, or any of {', '.join(VERDICTS[1:])}"
        )
    return chosen


def label_fields(label: DialogueLabel) -> dict[str, Any]:
    """Return a label as plain values."""
    return asdict(label)


def labels_of(notes: Mapping[tuple[int, str], Any]) -> tuple[DialogueLabel, ...]:
    """Return the labels among the notes of a session, oldest first."""
    found = [
        DialogueLabel(**{**d, "verdicts": tuple(d["verdicts"])})
        for (_, name), d in notes.items()
        if name.startswith(f"{NOTE}:")
    ]
    return tuple(sorted(found, key=lambda label: label.made))
