"""What can be done on the Spar screen."""

from __future__ import annotations

from functools import partial

from gadfly.tui.commands import Command

TURNS = "turns"
"""Commands whose keys hold while a turn is chosen."""


def _on_screen(  # noqa: PLR0913 - a command has as many parts
    name: str,
    title: str,
    key: str = "",
    footer: str = "",
    slash: str | None = None,
    takes: str = "",
    *,
    priority: bool = False,
    in_palette: bool = True,
    where: str = "screen",
) -> Command:
    return Command(
        id=f"chat-{name.replace('_', '-')}",
        title=title,
        action=f"screen.do('{name}')",
        key=key,
        footer=footer,
        slash=name if slash is None else slash,
        takes=takes,
        priority=priority,
        in_palette=in_palette,
        where=where,
    )


_on_turn = partial(_on_screen, where=TURNS)


COMMANDS: tuple[Command, ...] = (
    _on_screen("escape", "Stop the reply and keep its text; else choose a turn", key="escape",
               footer="Stop/Turns", slash="stop"),
    _on_screen("meters", "Show all meters", key="ctrl+t", footer="Meters"),
    _on_screen("setup", "Change model, persona, question or sampling", key="ctrl+o",
               footer="Setup"),
    _on_screen("sessions", "Go on with another session, or search them", key="ctrl+s",
               footer="Sessions", takes="[WORDS]"),
    _on_screen("new", "Begin a new dialogue with the same setup", key="ctrl+n", priority=True),
    _on_screen("find", "Find words in this dialogue", key="ctrl+f", takes="WORDS",
               priority=True),
    _on_screen("follow", "Go to the end and follow it", key="ctrl+end,f8", slash="end"),
    _on_screen("page_up", "Scroll up", key="pageup,shift+up", slash="", in_palette=False,
               priority=True),
    _on_screen("page_down", "Scroll down", key="pagedown,shift+down", slash="",
               in_palette=False, priority=True),
    _on_screen("recall", "Search what you sent before", key="ctrl+r", slash="", priority=True),
    _on_screen("retry", "Send the last message again that got no reply", key="f9"),
    _on_turn("edit", "Say something else in place of this message (on a new branch)", key="e",
             footer="Edit", takes="[N]"),
    _on_turn("fork", "Make a branch that goes on from here", key="f", footer="Fork",
             takes="[N]"),
    _on_turn("again", "Have the reply drawn once more", key="r", footer="Again",
             takes="[N]"),
    _on_turn("paraphrase", "Ask the question in another wording", key="p", footer="Reword",
             takes="[N]"),
    _on_turn("confront", "Put two of its answers that conflict to it", key="x",
             footer="Confront"),
    _on_turn("why", "Show where the number at this turn comes from", key="w", footer="Why",
             takes="[N]"),
    _on_turn("continue", "Have a stopped reply continued", key="c", takes="[N]"),
    _on_turn("copy", "Copy this turn", key="y", footer="Copy", takes="[N]"),
    _on_turn("copy-all", "Copy the whole dialogue", key="Y"),
    _on_turn("draw", "Go to the next draw of this reply", key="d", slash=""),
    _on_turn("measure", "Measure this reply now", key="m", takes="[N]"),
    _on_turn("thoughts", "Show what the model thought before this reply", key="z",
             takes="[N]"),
    _on_turn("label", "Label the whole dialogue", key="a", takes="[WORDS]"),
    _on_turn("previous_branch", "Go to the branch before", key="left_square_bracket",
             slash="", in_palette=False),
    _on_turn("next_branch", "Go to the next branch", key="right_square_bracket",
             slash="", in_palette=False),
    _on_turn("find_next", "Go to the next place found", key="n", slash=""),
    _on_turn("find_last", "Go to the last place found before this", key="N", slash=""),
    _on_turn("find_here", "Find words in this dialogue", key="slash", slash="",
             in_palette=False),
    _on_turn("write", "Go back to the prompt", key="i", slash="",
             in_palette=False),
    _on_screen("branches", "Go to a branch", takes="[NAME]"),
    _on_screen("argue", "Put an argument of the library to it", takes="[strong a]"),
    _on_screen("push", "Disagree without a reason", takes="[bare]"),
    _on_screen("swap", "Swap sides: it is to argue the opposite"),
    _on_screen("devil", "Have it play devil's advocate"),
    _on_screen("probe", "Hand the keyboard to a probe", takes="[NAME]"),
    _on_screen("model", "Choose who answers", takes="[SPEC]"),
    _on_screen("persona", "Choose whom it answers as", takes="[WHO]"),
    _on_screen("topic", "Choose what it is about", takes="[FAMILY]"),
    _on_screen("debrief", "Show what the dialogue came to"),
    _on_screen("export", "Save the dialogue (.md or .jsonl)", takes="[FILE]"),
    _on_screen("blind", "Hide the meters, or show them"),
    _on_screen("rename", "Give the session another title", takes="TITLE"),
)  # fmt: skip


MOVES: tuple[Command, ...] = (
    Command(id="turn-before", title="Turn before", action="step(-1)", key="up,k", where=TURNS),
    Command(id="turn-next", title="Next turn", action="step(1)", key="down,j", where=TURNS),
    Command(id="turn-first", title="First turn", action="step(-100000)", key="home,g",
            where=TURNS),
    Command(id="turn-last", title="Last turn, following the end", action="last", key="end,G",
            where=TURNS),
)  # fmt: skip
"""Keys that choose another turn."""
