"""What `gadfly chat`, `spar` and `resume` share: options, and the way into line mode or the UI."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.errors import ConfigError
from gadfly.bot.registry import DEFAULT as DEFAULT_MODEL
from gadfly.eval.cli.options import (
    parse_sampling,
    read_system,
    respondent_config,
    respondent_options,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.registry import RespondentConfig
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.topic import Topic
    from gadfly.eval.chat.turn import Setup

READOUTS = ("auto", "sampled", "logprob", "likelihood")
_SPAR = "spar:"


def talk_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a new dialogue."""
    options = (
        click.option(
            "-m", "--model", default=DEFAULT_MODEL, show_default=True, help="See `gadfly models`."
        ),
        click.option("--topic", metavar="FAMILY", help="A question of the library."),
        click.option("--question", help="A question of your own, with --a and --b."),
        click.option("--a", help="Statement A, a full sentence: one side of the question."),
        click.option("--b", help="Statement B: the other side."),
        click.option("--argue-for", type=click.Choice(["a", "b"]), help="The side it is put on."),
        click.option("--persona", metavar="WHO", help="It answers as: kant, or any words."),
        click.option("--system", type=click.Path(path_type=Path), help="File, a system prompt."),
        click.option(
            "--sampling", metavar="K=V,…", default="", help="temperature, top_p, max_tokens."
        ),
        click.option("--readout", type=click.Choice(READOUTS), default="auto", show_default=True),
        click.option("--title", default="", help="What the session is called in lists."),
        click.option("--blind", is_flag=True, help="Hide the meters until /blind off."),
        *_PLAIN,
    )
    for option in reversed(options):
        command = option(command)
    return respondent_options(command)


no_mouse_option = click.option(
    "--no-mouse", is_flag=True, help="Leave the mouse to the terminal: its own selection, scroll."
)
"""Adds --no-mouse."""
_PLAIN = (
    click.option("--plain", is_flag=True, help="Talk line by line, without the full screen."),
    no_mouse_option,
)


def screen_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --plain and --no-mouse."""
    for option in reversed(_PLAIN):
        command = option(command)
    return command


def begin(screen: str, values: dict[str, Any]) -> int:
    """Begin a dialogue, in line mode or in the UI, and return an exit code.

    Raises:
        ConfigError: An option is wrong, or there is no UI and --plain is not given.
    """
    from gadfly.bot.registry import make_respondent
    from gadfly.eval.chat.plain import LineMode, mode_for
    from gadfly.eval.chat.sessions import Sessions
    from gadfly.scenarios.crib import library_crib

    topic = topic_from(values)
    config = respondent_config(values)
    setup = _setup(values, topic)
    readout = None if values["readout"] == "auto" else values["readout"]
    if mode_for(plain_asked=values["plain"]) == "screen":
        from gadfly.eval.chat.launch import Launch, start_ui

        return start_ui(
            Launch(
                screen="spar" if screen == "spar" else "chat",
                setup=setup,
                topic=topic,
                readout=readout,
                respondent=config,
                blind=values["blind"],
                title=values["title"],
                mouse=not values["no_mouse"],
            )
        )

    # A model nobody can make is a wrong command, and no session to begin.
    make_respondent(setup.model, config, crib=library_crib)

    def make() -> Session:
        return Sessions().new(setup, topic, title=values["title"], blind=values["blind"])

    return LineMode(make, config, readout).run()


def go_on(name: str, config: RespondentConfig, *, plain: bool, mouse: bool = True) -> int:
    """Go on with a session, in line mode or in the UI, and return an exit code.

    Raises:
        ConfigError: There is no such session, or no UI and --plain is not given.
    """
    from gadfly.eval.chat.plain import LineMode, mode_for
    from gadfly.eval.chat.sessions import Sessions

    sessions = Sessions()
    id_ = sessions.find(name) if name else ""
    if mode_for(plain_asked=plain) == "screen":
        from gadfly.eval.chat.launch import Launch, start_ui

        return start_ui(Launch(screen="resume", session=id_, respondent=config, mouse=mouse))
    return LineMode(lambda: sessions.open(id_), config).run()


def topic_from(values: dict[str, Any]) -> Topic | None:
    """Return the question the options state, None for none.

    Raises:
        ConfigError: It is stated in part or twice, or the family is unknown.
    """
    from gadfly.eval.chat.topic import free_topic, topic_of

    question, a, b = (values[name] for name in ("question", "a", "b"))
    stated = [part is not None for part in (question, a, b)]
    if values["topic"] is not None:
        if any(stated):
            raise ConfigError("state the question by --topic or by --question, not by both")
        return topic_of(values["topic"])
    if not any(stated):
        return None
    if not all(stated):
        raise ConfigError("--question, --a and --b go together: the question and its two sides")
    return free_topic(question, a, b)


def sparring(model: str) -> str:
    """Return a spec as that of a sparring partner."""
    return model if model.startswith(_SPAR) else f"{_SPAR}{model}"


def _setup(values: dict[str, Any], topic: Topic | None) -> Setup:
    from dataclasses import replace

    from gadfly.eval.chat import moves
    from gadfly.eval.chat.turn import Setup

    setup = Setup(
        model=values["model"],
        system=read_system(values["system"]),
        persona=" ".join((values["persona"] or "").split()),
    )
    if values["argue_for"] is not None:
        if topic is None:
            raise ConfigError("--argue-for needs the question: add --topic, or --question")
        assigned = moves.assigned(topic.about, values["argue_for"])
        setup = replace(setup, system="\n\n".join(filter(None, (setup.system, assigned))))
    sampling = parse_sampling(values["sampling"])
    return replace(setup, sampling=replace(setup.sampling, **sampling))
