"""Everything the user can do, said once: keys, slash commands, palette and help come from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingsMap
from textual.command import DiscoveryHit, Hit, Provider

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from textual.command import Hits


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing to do."""

    id: str
    """Unique; what a keymap names it by. Words joined by hyphens."""
    title: str
    """As the palette and the help show it, in the imperative."""
    action: str
    """Textual action, run on the screen ("fork", "app.quit")."""
    key: str = ""
    """Keys in Textual's spelling, comma between alternatives; "" for none."""
    footer: str = ""
    """Short label in the footer; "" where it is not shown there."""
    slash: str = ""
    """Name after the slash in the prompt; "" where it has none."""
    takes: str = ""
    """What the slash command takes after its name, as help shows it ("[TURN]")."""
    priority: bool = False
    """Whether the key counts before what has the focus."""
    in_palette: bool = True
    where: str = "screen"
    """What has its key: the screen, or a widget that makes its own bindings from `bindings`."""

    @property
    def binding(self) -> Binding | None:
        """Its key binding, if it has keys."""
        if not self.key:
            return None
        return Binding(
            self.key,
            self.action,
            self.footer or self.title,
            show=bool(self.footer),
            priority=self.priority,
            id=self.id,
            tooltip=self.title,
        )


def bindings(commands: Iterable[Command], where: str = "screen") -> list[Binding]:
    """Return the bindings of those commands that have keys there."""
    return [
        binding
        for command in commands
        if command.where == where and (binding := command.binding) is not None
    ]


def mapped(commands: Iterable[Command], keymap: Mapping[str, str]) -> tuple[Command, ...]:
    """Return commands with the user's keys in place of their own."""
    return tuple(replace(c, key=keymap[c.id]) if c.id in keymap else c for c in commands)


def given(
    bound: BindingsMap, commands: Iterable[Command], keymap: Mapping[str, str]
) -> BindingsMap:
    """Return bindings with those of commands that have a key only because the user gave one.

    Keys of all others are changed by the keymap of the application.
    """
    keyless = [command for command in commands if not command.key]
    return BindingsMap.merge([bound, BindingsMap(bindings(mapped(keyless, keymap)))])


GLOBAL: tuple[Command, ...] = (
    Command(id="mode-chat", title="Go to Spar", action="app.mode('chat')", key="f2",
            priority=True),
    Command(id="mode-compare", title="Go to Compare", action="app.mode('compare')", key="f3",
            priority=True),
    Command(id="mode-runs", title="Go to Runs", action="app.mode('runs')", key="f4",
            priority=True),
    Command(id="mode-transcript", title="Go to Transcript", action="app.mode('transcript')",
            key="f5", priority=True),
    Command(id="mode-scenarios", title="Go to Scenarios", action="app.mode('scenarios')",
            key="f6", priority=True),
    Command(id="help", title="Show help for this screen", action="app.help", key="f1",
            footer="Help", slash="help", priority=True),
    Command(id="help-mark", title="Show help for this screen", action="app.help",
            key="question_mark", in_palette=False),
    Command(id="theme", title="Choose a theme", action="app.change_theme", slash="theme"),
    Command(id="screenshot", title="Save a picture of the screen (SVG)",
            action="app.screenshot"),
    Command(id="quit", title="Quit", action="app.leave", key="ctrl+q", slash="quit",
            priority=True),
)  # fmt: skip


class Palette(Provider):
    """The command palette: every command of the screen and of the application."""

    async def discover(self) -> Hits:
        """List everything, in the order it is declared."""
        for command in self._commands():
            yield DiscoveryHit(command.title, self._runner(command), help=_keys(command))

    async def search(self, query: str) -> Hits:
        """List what matches."""
        matcher = self.matcher(query)
        for command in self._commands():
            if (score := matcher.match(command.title)) > 0:
                yield Hit(
                    score,
                    matcher.highlight(command.title),
                    self._runner(command),
                    text=command.title,
                    help=_keys(command),
                )

    def _commands(self) -> list[Command]:
        own: tuple[Command, ...] = getattr(self.screen, "ACTIONS", ())
        keymap: Mapping[str, str] = getattr(self.app, "keymap", {})
        return [command for command in mapped((*own, *GLOBAL), keymap) if command.in_palette]

    def _runner(self, command: Command) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await self.screen.run_action(command.action)

        return run


def _keys(command: Command) -> str:
    parts = [shown_key(command.key)] if command.key else []
    if command.slash:
        parts.append(f"/{command.slash} {command.takes}".strip())
    return "   ".join(parts)


KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "equals_sign": "=",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}
"""Keys that readers know under another name than Textual's."""


def shown_key(keys: str) -> str:
    """Return keys as a reader writes them.

    >>> shown_key("ctrl+o,f9")
    'Ctrl+O or F9'
    """
    return " or ".join(_shown(key) for key in keys.split(","))


def _shown(key: str) -> str:
    *modifiers, last = key.strip().split("+")
    name = KEY_NAMES.get(last, last)
    if modifiers or (len(name) > 1 and name == last):
        name = name.upper() if len(name) == 1 else name[:1].upper() + name[1:]
    return "+".join([*(m.capitalize() for m in modifiers), name])
