"""The form that sets the two sides of a comparison up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from gadfly.bot.call import Sampling
from gadfly.bot.errors import ConfigError, GadflyError
from gadfly.bot.registry import DEFAULT
from gadfly.eval.chat.topic import topic_of
from gadfly.eval.chat.turn import Setup
from gadfly.scenarios.catalogue import library
from gadfly.tui.screens.sheet import Sheet
from gadfly.tui.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from gadfly.eval.chat.topic import Topic

LONGEST = 512
"""Tokens of a reply at most."""
FIELDS: tuple[tuple[str, str], ...] = (
    ("model", "Model"),
    ("persona", "Persona"),
    ("temperature", "Temperature"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sides and what they are asked about."""

    a: Setup
    b: Setup
    topic: Topic | None = None
    blind: bool = False
    """Whether names are hidden, and which side is which is drawn."""


def pair_of(fields: Mapping[str, str]) -> Pair:
    """Return the pair of the form's fields: "a-model", "b-persona" …, "question", "blind".

    Raises:
        ConfigError: A field is wrong.
    """
    question = fields.get("question", "").strip()
    return Pair(
        a=_side(fields, "a"),
        b=_side(fields, "b"),
        topic=topic_of(question) if question else None,
        blind=fields.get("blind", "").strip().lower() in ("y", "yes"),
    )


def _side(fields: Mapping[str, str], side: str) -> Setup:
    model = fields.get(f"{side}-model", "").strip()
    if not model:
        raise ConfigError(f"say which model answers on side {side.upper()}")
    text = fields.get(f"{side}-temperature", "").strip() or "0.7"
    try:
        temperature = float(text)
    except ValueError:
        temperature = -1.0
    if not 0.0 <= temperature <= 2.0:
        raise ConfigError(f"temperature of side {side.upper()}: a number from 0 to 2, not {text!r}")
    return Setup(
        model=model,
        persona=fields.get(f"{side}-persona", "").strip(),
        sampling=Sampling(temperature=temperature, max_tokens=LONGEST),
    )


class PairForm(Sheet[Pair]):
    """Answers with two sides."""

    TITLE = "Compare two sides"
    KEYS: ClassVar[str] = "Tab next field   Enter begins   Esc closes"
    DEFAULT_CSS = """
    PairForm .field { height: 1; }
    PairForm .field Static { width: 14; }
    PairForm .field .side { width: 1fr; margin-right: 1; text-style: bold; }
    PairForm .field Input { width: 1fr; margin-right: 1; }
    PairForm .gap { height: 1; }
    PairForm #problem { height: auto; margin-top: 1; }
    """

    def __init__(self, before: Pair | None = None) -> None:
        """Begin with what was set up before."""
        super().__init__()
        first = before or Pair(a=_setup(DEFAULT), b=_setup("spar:" + DEFAULT))
        self._values = {
            **{f"a-{k}": v for k, v in _fields(first.a).items()},
            **{f"b-{k}": v for k, v in _fields(first.b).items()},
            "question": "" if first.topic is None or first.topic.is_free else first.topic.id,
            "blind": "yes" if first.blind else "no",
        }
        self._free = first.topic if first.topic is not None and first.topic.is_free else None

    def compose_sheet(self) -> ComposeResult:
        """Two columns, then what holds for both."""
        with Horizontal(classes="field"):
            yield Static("", markup=False)
            yield Static("side A", classes="side", markup=False)
            yield Static("side B", classes="side", markup=False)
        for name, label in FIELDS:
            with Horizontal(classes="field"):
                yield Static(label, markup=False)
                for side in ("a", "b"):
                    yield Input(
                        self._values[f"{side}-{name}"],
                        compact=True,
                        placeholder=_PLACEHOLDERS.get(name, ""),
                        id=f"{side}-{name}",
                    )
        yield Static("", classes="gap")
        with Horizontal(classes="field"):
            yield Static("Question", markup=False)
            yield Input(
                self._values["question"],
                compact=True,
                placeholder="a family of the library; without one no stance is read",
                suggester=SuggestFromList([s.id for s in library() if s.wordings]),
                id="question",
            )
        with Horizontal(classes="field"):
            yield Static("Blind", markup=False)
            yield Input(self._values["blind"], compact=True, placeholder="yes or no", id="blind")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Begin at the first model."""
        self.query_one("#a-model").focus()

    @on(Input.Submitted)
    def _entered(self) -> None:
        fields = {name: self.query_one(f"#{name}", Input).value for name in self._values}
        try:
            pair = pair_of(fields)
        except GadflyError as e:
            self.query_one("#problem", Static).update(plain(f"! {e}"))
            return
        if pair.topic is None and self._free is not None:
            pair = replace(pair, topic=self._free)
        self.dismiss(pair)


_PLACEHOLDERS = {"persona": "nobody", "temperature": "0.7"}


def _setup(model: str) -> Setup:
    return Setup(model=model, sampling=Sampling(max_tokens=LONGEST))


def _fields(setup: Setup) -> dict[str, str]:
    return {
        "model": setup.model,
        "persona": setup.persona,
        "temperature": f"{setup.sampling.temperature:g}",
    }
