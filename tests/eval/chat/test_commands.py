"""Every slash command does what its help says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.eval.chat.commands import COMMANDS, completions, named, perform

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gadfly.eval.chat.partner import Partner

Talking = Any


@dataclass
class Desk:
    """Keeps what a command shows."""

    partner: Partner
    shown: list[str] = field(default_factory=list)
    left: bool = False

    def tell(self, text: str) -> None:
        self.shown.append(text)

    def leave(self) -> None:
        self.left = True

    async def __call__(self, line: str) -> str:
        self.shown.clear()
        await perform(self, line)
        return "\n".join(self.shown)


def test_every_command_is_explained() -> None:
    """Names are single words, each has a sentence, and the list has no name twice."""
    names = [c.name for c in COMMANDS]
    assert len(set(names)) == len(names)
    assert all(c.summary.endswith(".") and c.name.isalpha() for c in COMMANDS)


def test_a_beginning_of_a_name_is_enough() -> None:
    """A unique beginning does; several are named; a wrong name has near ones."""
    assert named("conf").name == "confront"
    assert [c.name for c in completions("/re")] == ["retry", "rename"]
    with pytest.raises(ConfigError, match="/retry or /rename"):
        named("re")
    with pytest.raises(ConfigError, match="did you mean 'paraphrase'"):
        named("parafrase")


def test_commands_that_talk(talking: Talking, play: Callable[..., Any]) -> None:
    """Asking, drawing again, choosing, editing, forking, arguing and pushing by name."""

    async def scene() -> None:
        async with talking("sim:weathervane", measures=False) as talk:
            desk, session = Desk(talk.partner), talk.session
            await desk("/ask")
            await desk("/again")
            assert (await desk("/draws")).splitlines()[1].startswith("> 2")
            await desk("/draws 1")
            assert session.thread()[-1].draw == 0
            await desk("/push authority")
            assert session.thread()[2].marks[0].detail == "authority"
            await desk("/edit 2 I see it as you do.")
            assert session.thread()[2].text == "I see it as you do."
            assert "b2: 2 turns, from turn 1" in await desk("/branches")
            await desk("/branches main")
            await desk("/fork 1 aside")
            await desk("/argue b strong")
            assert session.branch.name == "aside"
            assert session.thread()[2].marks[1].detail == "strong b"
            await desk("/fork 0")
            assert session.thread() == ()
            await desk("/branches main")
            await desk("/paraphrase")
            assert session.thread()[-2].text == session.topic.wordings[1].text
            await desk("/paraphrase")
            assert session.thread()[-2].text == session.topic.wordings[2].text
            await desk("/again 1")
            assert session.last_number() == 1
            assert session.thread()[-1].draw == 2

    play(scene())


def test_commands_that_show(talking: Talking, play: Callable[..., Any]) -> None:
    """Help, wordings, arguments, meters, why, topic, persona, system and model show what is."""

    async def scene() -> None:
        async with talking() as talk:
            desk = Desk(talk.partner)
            await desk("/ask")
            await talk.partner.measured()
            listed = await desk("/help")
            assert all(c.usage in listed for c in COMMANDS)
            assert (await desk("/help fork")).startswith("/fork [N] [NAME]:")
            assert "strong a: " in await desk("/argue")
            assert (await desk("/wordings")).startswith("0  Is it wrong")
            assert "turn 1: says" in await desk("/meters")
            assert "asked off the record" in await desk("/why 1")
            assert (await desk("/topic")).startswith("care.care-home: ")
            assert "kant" in await desk("/persona")
            assert await desk("/system") == "there is no system prompt"
            assert (await desk("/model")).startswith("sim:calibrated")
            assert (await desk("/show")).startswith("You 1: Is it wrong")
            assert "You 1" not in await desk("/debrief")
            with pytest.raises(ConfigError, match="spar:SPEC"):
                await desk("/ledger")

    play(scene())


def test_commands_that_set(talking: Talking, play: Callable[..., Any]) -> None:
    """Persona, system prompt, model, topic, title and blind are set and kept."""

    async def scene() -> None:
        async with talking() as talk:
            desk, session = Desk(talk.partner), talk.session
            await desk("/persona kant")
            await desk("/system Be brief.")
            assert session.setup.prompt.startswith("Be brief.\n\nFrom now on")
            await desk("/persona off")
            await desk("/system off")
            assert session.setup.prompt == ""
            assert "still sim:calibrated" in await desk("/model sim:nobody")
            await desk("/model sim:parrot")
            assert session.setup.model == "sim:parrot"
            await desk("/topic off")
            assert session.topic is None
            await desk("/topic care.care-home")
            assert str(session.topic and session.topic.id) == "care.care-home"
            await desk("/rename Mothers and homes")
            assert session.title == "Mothers and homes"
            await desk("/blind on")
            for hidden in ("/meters", "/why", "/ledger"):
                with pytest.raises(ConfigError, match="hidden"):
                    await desk(hidden)
            await desk("/quit")
            assert desk.left

    play(scene())


def test_a_label_says_whether_it_was_blind(talking: Talking, play: Callable[..., Any]) -> None:
    """Labels are kept with a note; one given without the meters ever shown says so."""

    async def scene() -> None:
        async with talking() as talk:
            desk, session = Desk(talk.partner), talk.session
            session.head.blind, session.head.was_open = True, False
            with pytest.raises(ConfigError, match="nothing to label"):
                await desk("/label good")
            await desk("/ask")
            for wrong in ("/label", "/label brilliant", "/label satisfactory dogmatic"):
                with pytest.raises(ConfigError):
                    await desk(wrong)
            await desk("/label d, inc: would not listen")
            await desk("/label satisfactory")
            (label,) = session.labels
            assert (label.verdicts, label.blind) == (("satisfactory",), True)
            await desk("/blind off")
            await desk("/label d, inc: would not listen")
            (label,) = session.labels
            assert label.verdicts == ("dogmatic", "inconsistent")
            assert (label.note, label.blind) == ("would not listen", False)

    play(scene())


def test_files_are_written_and_never_over_others(
    talking: Talking, play: Callable[..., Any], tmp_path: Path
) -> None:
    """Export and debrief write new files, and refuse to write over one that is there."""

    async def scene() -> None:
        async with talking() as talk:
            desk = Desk(talk.partner)
            await desk("/ask")
            for command, name in (("export", "a.md"), ("export", "a.jsonl"), ("debrief", "b.md")):
                await desk(f"/{command} {tmp_path / name}")
                assert (tmp_path / name).read_text(encoding="utf-8")
                with pytest.raises(ConfigError, match="exists"):
                    await desk(f"/{command} {tmp_path / name}")
            with pytest.raises(ConfigError, match="cannot write"):
                await desk(f"/export {tmp_path / 'none' / 'a.md'}")
            with pytest.raises(ConfigError, match="name the file"):
                await desk("/export")

    play(scene())


def test_wrong_arguments_are_told(talking: Talking, play: Callable[..., Any]) -> None:
    """Numbers that are none, turns and pairs that are not there: an error that names what is."""

    async def scene() -> None:
        async with talking() as talk:
            desk = Desk(talk.partner)
            for line in (
                "/again",
                "/draws",
                "/edit x y",
                "/edit 3 y",
                "/fork 7",
                "/branches nowhere",
                "/ask 77",
                "/confront 1 2",
                "/argue excellent a",
                "/probe",
                "/probe nothing",
                "/blind perhaps",
                "/why",
                "/measure 4",
                "/topic nowhere",
                "/help nothing",
            ):
                with pytest.raises(ConfigError):
                    await desk(line)
            assert talk.session.turns == {}

    play(scene())


def test_the_keyboard_is_lent_to_a_probe(talking: Talking, play: Callable[..., Any]) -> None:
    """A probe's moves are said in the session on a branch, its reads taken, its end told."""

    async def scene() -> None:
        async with talking(measures=False) as talk:
            desk, session = Desk(talk.partner), talk.session
            await desk("/ask")
            told = await desk("/probe persuasion strong")
            assert "the keyboard is yours" in told
            assert session.branch.name == "persuasion"
            labels = [t.marks[0].detail for t in session.thread() if t.role == "user"]
            assert labels == ["persuasion strong: first", "persuasion strong: challenge"]
            assert len(session.thread("main")) == 2
            notices = [e.text for e in talk.events if type(e).__name__ == "Notice"]
            assert sum("read off the record" in text for text in notices) == 2
            await desk("/probe persuasion strong")
            assert session.branch.name == "persuasion-2"
            await desk("/probe confrontation planted")
            planted = [t for t in session.thread() if t.status == "planted"]
            assert len(planted) == 4
            assert "by a model" in await desk("/probe persuasion-live")
            with pytest.raises(ConfigError, match="arm of persuasion"):
                await talk.partner.probe("persuasion", "no-such-arm")
            assert not talk.partner.is_probing

    play(scene())


def test_a_probe_can_be_stopped(talking: Talking, play: Callable[..., Any]) -> None:
    """Stopping takes the keyboard back: the reply is kept and nothing more is asked."""
    from gadfly.eval.chat.event import Delta

    async def scene() -> None:
        async with talking(measures=False) as talk:

            def stop(event: Any) -> None:
                talk.events.append(event)
                if isinstance(event, Delta):
                    talk.partner.stop()

            talk.partner._listen = stop
            assert await talk.partner.probe("persuasion", "strong") == "stopped"
            assert [t.status for t in talk.session.thread()] == ["finished", "stopped"]

    play(scene())
