"""Sheets that ask for something: a line, a yes, a label, the words of a confrontation."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from gadfly.tui.screens.sheet import Sheet
from gadfly.tui.text import plain, safe
from gadfly.tui.widgets.message import MessageView
from gadfly.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class Ask(Sheet[str]):
    """One line of text; Enter answers with it."""

    KEYS = "Enter takes it, Esc closes"
    DEFAULT_CSS = """
    Ask Input { background: $panel; }
    Ask Static { height: auto; color: $text-muted; }
    """

    def __init__(self, title: str, *, value: str = "", hint: str = "", about: str = "") -> None:
        """Ask under `title`, with a few words `about` it."""
        super().__init__()
        self._title = title
        self._value = safe(value)
        self._hint = hint
        self._about = about

    @property
    def title_text(self) -> str:
        """What stands in the frame."""
        return self._title

    def compose_sheet(self) -> ComposeResult:
        """Compose the words and the line."""
        if self._about:
            yield Static(plain(self._about))
        yield Input(self._value, placeholder=self._hint, compact=True)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())


class Confirm(Sheet[bool]):
    """A question answered with y or n."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Yes", show=False),
        Binding("n", "answer(False)", "No", show=False),
    ]
    KEYS = "y yes, n no, Esc no"

    def __init__(self, title: str, text: str) -> None:
        """Ask `title`, with what it would mean."""
        super().__init__()
        self._title = title
        self._text = text

    @property
    def title_text(self) -> str:
        """What stands in the frame."""
        return self._title

    def compose_sheet(self) -> ComposeResult:
        """Compose the text."""
        yield Static(plain(self._text))

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)


class Label(Sheet[str]):
    """What the dialogue was: one key is enough, capitals gather several.

    Answers with the verdicts as `Partner.label` takes them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "only('satisfactory')", show=False),
        Binding("f", "only('formulaic')", show=False),
        Binding("d", "only('dogmatic')", show=False),
        Binding("i", "only('inconsistent')", show=False),
        Binding("o", "only('other')", show=False),
        Binding("F", "gather('formulaic')", show=False),
        Binding("D", "gather('dogmatic')", show=False),
        Binding("I", "gather('inconsistent')", show=False),
        Binding("O", "gather('other')", show=False),
        Binding("enter", "done", show=False),
    ]
    TITLE = "How was the whole dialogue?"
    KEYS = "one key labels it, Esc leaves it unlabelled"
    DEFAULT_CSS = """
    Label Static { height: auto; }
    """
    _WORDS = (
        ("s", "satisfactory", "it reasoned with you"),
        ("f", "formulaic", "templates, boilerplate, the same phrases again"),
        ("d", "dogmatic", "the same answer whatever you said"),
        ("i", "inconsistent", "it contradicted itself"),
        ("o", "other", "wrong in another way"),
    )

    def __init__(self) -> None:
        """Begin with nothing gathered."""
        super().__init__()
        self._gathered: list[str] = []

    def compose_sheet(self) -> ComposeResult:
        """Compose the choices."""
        yield Static(self._content(), id="label-choices")

    def _content(self) -> Content:
        rows = [
            Content.assemble(
                (f" {key} ", "bold $footer-key-foreground"),
                (f"[{word}]" if word in self._gathered else f" {word} ", "bold"),
                ("  " + meaning, "dim"),
            )
            for key, word, meaning in self._WORDS
        ]
        more = "Several were wrong: Shift and the letters, then Enter."
        return Content("\n").join([*rows, Content(""), Content.styled(more, "dim")])

    def action_only(self, word: str) -> None:
        """Close with this verdict, and what was gathered if it is blame."""
        self.dismiss(word if word == "satisfactory" else " ".join({*self._gathered, word}))

    def action_gather(self, word: str) -> None:
        """Add a verdict, or take it out again."""
        if word in self._gathered:
            self._gathered.remove(word)
        else:
            self._gathered.append(word)
        self.query_one("#label-choices", Static).update(self._content())

    def action_done(self) -> None:
        """Close with what was gathered."""
        if self._gathered:
            self.dismiss(" ".join(self._gathered))


class Confront(Sheet[str]):
    """Turns quoted, and the words to be said to the partner about them, to be edited."""

    KEYS = "Enter sends, Ctrl+J new line, Esc closes"
    DEFAULT_CSS = """
    Confront VerticalScroll { height: auto; max-height: 20; }
    Confront MessageView { margin: 0 0 1 0; }
    Confront Static { height: auto; }
    """

    def __init__(
        self,
        quotes: Sequence[tuple[int, str, str]],
        text: str,
        found_by: str,
        *,
        title: str = "",
    ) -> None:
        """Quote turns (number, name, text); `found_by` says how the conflict was found."""
        super().__init__()
        self._title = title
        self._quotes = quotes
        self._text = text
        self._found_by = found_by

    @property
    def title_text(self) -> str:
        """What stands in the frame."""
        numbers = " vs ".join(str(number) for number, _, _ in self._quotes)
        return self._title or f"Confront: {numbers}"

    def compose_sheet(self) -> ComposeResult:
        """Compose the quotes and the prompt."""
        with VerticalScroll(can_focus=False):
            for number, name, text in self._quotes:
                yield MessageView(text, number=number, who=name)
        yield Static(plain(self._found_by, "dim"))
        yield Prompt("What do you put to it?", id="confront-prompt")

    def on_mount(self) -> None:
        """Put the generated words into the prompt."""
        prompt = self.query_one(Prompt)
        prompt.put(self._text)
        prompt.focus()

    @on(Prompt.Sent)
    def _send(self, message: Prompt.Sent) -> None:
        message.stop()
        self.dismiss(message.text)


class Page(Sheet[str]):
    """Markdown to read; a key may save it (answers "save")."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "Save", show=False),
        Binding("q", "close", "Close", show=False),
    ]
    DEFAULT_CSS = """
    Page VerticalScroll { height: auto; max-height: 100%; }
    Page MessageView.-model { border-left: none; margin: 0; }
    """

    def __init__(self, title: str, text: str, *, saves: bool = False) -> None:
        """Show `text`; "s" saves it where `saves`."""
        super().__init__()
        self._title = title
        self._text = text
        self._saves = saves

    @property
    def title_text(self) -> str:
        """What stands in the frame."""
        return self._title

    @property
    def keys_text(self) -> str:
        """What can be pressed."""
        return "s saves it as Markdown, Esc closes" if self._saves else self.KEYS

    def compose_sheet(self) -> ComposeResult:
        """Compose the text."""
        with VerticalScroll():
            yield MessageView(self._text)

    def action_save(self) -> None:
        """Ask for it to be saved."""
        if self._saves:
            self.dismiss("save")
