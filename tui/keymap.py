"""Keys of the user's own: `[keys]` of `gadfly.toml`, or the file that `GADFLY_KEYS` names.

Commands are named by their ids, keys as they are shown. What could not work is refused before the
screen is drawn: a name of nothing, a key no terminal sends, two commands on one key.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.keys import Keys, _character_to_key
from textual.widgets import TextArea

from gadfly.bot.errors import ConfigError, unknown
from gadfly.eval.cli.settings import keys_table
from gadfly.tui.commands import GLOBAL, KEY_NAMES, Command, mapped, shown_key
from gadfly.tui.screens.chat_commands import MOVES
from gadfly.tui.widgets.prompt import PROMPT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gadfly.tui.screens.base import ScreenBase

_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
_NAMED = frozenset(key.value for key in Keys if re.fullmatch(r"[a-z][a-z0-9]+", key.value))
"""Keys that have a name and no character."""
_BY_SIGN = {shown.lower(): name for name, shown in KEY_NAMES.items()}
_SAME = {
    "ctrl+m": "Enter",
    "ctrl+i": "Tab",
    "ctrl+h": "Backspace",
    "ctrl+left_square_bracket": "Esc",
}
"""What a terminal sends for two keys alike."""
_TAKEN = {"ctrl+c": "copying and stopping", "ctrl+p": "the list of all commands"}
_TYPING = frozenset(
    key
    for binding in TextArea.BINDINGS
    if isinstance(binding, Binding)
    for key in binding.key.split(",")
) | {"enter", "backspace", "delete"}
"""Keys that edit a text: a prompt takes them before its screen does."""


def read_keymap() -> dict[str, str]:
    """Return the user's keys by the id of what they do, as Textual spells them; {} for none.

    Raises:
        ConfigError: A command or key is unknown, cannot be sent or is taken: says which, and where
            it stands.
    """
    table, where = keys_table()
    if not table:
        return {}
    known = all_commands()
    found: dict[str, str] = {}
    for name, keys in table.items():
        if name not in known:
            raise unknown(f"command in {where}", name, known, hint="docs/keys.md lists them")
        found[name] = _keys(keys, f"{where}: {name}")
    _check(found, where)
    return found


def all_commands() -> dict[str, Command]:
    """Return everything that has a key or can be given one, by id."""
    return {command.id: command for scope in _scopes() for command in scope}


def textual_key(text: str) -> str:
    """Return a key as Textual spells it.

    >>> textual_key("Ctrl+O"), textual_key("?"), textual_key("PgUp"), textual_key("shift+g")
    ('ctrl+o', 'question_mark', 'pageup', 'G')

    Raises:
        ConfigError: It is none, or one that cannot be told from another.
    """
    *modifiers, last = text.split("+") if len(text) > 1 and not text.endswith("+") else [text]
    held = [modifier.strip().lower() for modifier in modifiers]
    for modifier in held:
        if modifier not in _MODIFIERS:
            raise unknown("modifier", modifier, _MODIFIERS)
    last = last.strip()
    if len(last) == 1 and "shift" in held and last.isalpha():
        held.remove("shift")
        last = last.upper()
    if len(last) == 1:
        key = _character_to_key(last.lower() if held else last)
    else:
        key = _BY_SIGN.get(last.lower(), last.lower())
        if key not in _NAMED and key not in KEY_NAMES:
            raise unknown("key", text, [*_NAMED, *KEY_NAMES], hint="as in ctrl+o, f7, G or ?")
    whole = "+".join([*sorted(held), key])
    if whole in _SAME:
        raise ConfigError(f"{text!r} cannot be told from {_SAME[whole]} in a terminal")
    return whole


def _keys(keys: object, where: str) -> str:
    if not isinstance(keys, str) or not keys.strip():
        raise ConfigError(f'{where}: a key is a text, as in "ctrl+o" or "f7, ctrl+o"')
    try:
        return ",".join(textual_key(key.strip()) for key in _split(keys))
    except ConfigError as e:
        raise ConfigError(f"{where}: {e}") from e


def _split(keys: str) -> list[str]:
    """Return the keys of a list; a comma by itself is a key."""
    return [keys] if keys.strip() == "," else keys.split(",")


def _check(found: Mapping[str, str], where: str) -> None:
    """Make sure that every key reaches what it is for, and that no two commands share one."""
    for scope in _scopes():
        holds: dict[str, Command] = {}
        types = any(command.where == PROMPT[0].where for command in scope)
        for command in mapped(scope, found):
            if not command.key:
                continue
            for key in command.key.split(","):
                if command.id in found:
                    _check_reaches(command, key, where, types=types)
                other = holds.setdefault(key, command)
                if other.action != command.action and {other.id, command.id} & found.keys():
                    raise ConfigError(
                        f"{where}: {other.id} and {command.id} would both be on {shown_key(key)!r}"
                    )


def _check_reaches(command: Command, key: str, where: str, *, types: bool) -> None:
    if key in _TAKEN:
        raise ConfigError(f"{where}: {command.id}: {shown_key(key)} is for {_TAKEN[key]}")
    is_typed = "+" not in key and key not in _NAMED
    if command.priority and is_typed:
        raise ConfigError(
            f"{where}: {command.id}: {shown_key(key)!r} would be taken out of what you type: "
            "give it with ctrl, or a function key"
        )
    if types and command.where == "screen" and not command.priority and key in _TYPING:
        raise ConfigError(
            f"{where}: {command.id}: {shown_key(key)} edits text in the prompt, and would not "
            "reach it there"
        )


def _scopes() -> tuple[tuple[Command, ...], ...]:
    """Return what has a key at one and the same time: for each screen, and with a turn chosen."""
    from gadfly.tui.screens.chat import ChatScreen
    from gadfly.tui.screens.compare import CompareScreen
    from gadfly.tui.screens.runs import RunsScreen
    from gadfly.tui.screens.scenarios import ScenariosScreen
    from gadfly.tui.screens.transcript import TranscriptScreen

    def of(screen: type[ScreenBase], *more: Command) -> tuple[Command, ...]:
        own: Iterable[Command] = (c for c in screen.ACTIONS if c.where == "screen")
        return (*GLOBAL, *own, *more)

    return (
        of(ChatScreen, *PROMPT),
        (*GLOBAL, *ChatScreen.ACTIONS, *MOVES),
        of(CompareScreen, *PROMPT),
        of(RunsScreen),
        of(TranscriptScreen),
        of(ScenariosScreen),
    )
