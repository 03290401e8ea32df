"""The Compare screen: one prompt, two sides that live and fail by themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.screens import NARROW, WIDE, drive, on_top, text_of, toasts, until
from textual.widgets import Input

from gadfly.bot.call import Sampling
from gadfly.bot.errors import ConfigError
from gadfly.eval.chat.gauge import UNMEASURED, Gauge, Measures
from gadfly.eval.chat.sessions import Sessions
from gadfly.eval.chat.topic import topic_of
from gadfly.eval.chat.turn import Setup
from gadfly.tui.app import GadflyApp
from gadfly.tui.comparison import gaps, same_side, summary
from gadfly.tui.screens.compare import CompareScreen
from gadfly.tui.screens.pair_form import Pair, PairForm, pair_of
from gadfly.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from textual.pilot import Pilot

QUESTION = "meat.leather"


pytestmark = pytest.mark.usefixtures("here")


def setup(model: str) -> Setup:
    return Setup(model=model, sampling=Sampling(max_tokens=64))


def pair(a: str = "sim:calibrated", b: str = "sim:dogmatist", **more: object) -> Pair:
    """Return two sides on a question of the library."""
    both = Pair(a=setup(a), b=setup(b), topic=topic_of(QUESTION))
    return replace(both, **more)  # type: ignore[arg-type]  # test convenience


async def ready(pilot: Pilot[None], sides: Pair | None = None) -> CompareScreen:
    """Wait for the screen; with two sides where they are given."""
    await until(pilot, lambda: isinstance(pilot.app.screen, CompareScreen))
    screen = on_top(pilot.app, CompareScreen)
    if sides is not None:
        screen.begin(sides)
        await until(pilot, lambda: all(pane.talk is not None for pane in screen.panes))
    return screen


async def say(pilot: Pilot[None], text: str) -> None:
    """Send a prompt."""
    prompt = pilot.app.screen.query_one(Prompt)
    prompt.focus()
    prompt.put(text)
    await pilot.press("enter")


def replies(screen: CompareScreen) -> tuple[list[str], list[str]]:
    """Return the finished replies of both sides."""
    a, b = ([t.text for t in p.thread if t.role == "assistant"] for p in screen.panes)
    return a, b


def value(p: float | None, number: int) -> Measures:
    """Return the measures of a reply whose stance is p."""
    stance = UNMEASURED if p is None else Gauge(state="value", value=p, n=4)
    return Measures(
        turn=2 * number,
        number=number,
        said=None,
        stance=stance,
        credence=UNMEASURED,
        repetition=UNMEASURED,
        consistency=UNMEASURED,
    )


def test_gaps_are_of_exchanges_measured_on_both_sides() -> None:
    """The gap is in points of probability; an unmeasured reply gives none."""
    a = [value(0.9, 1), value(None, 2), value(0.6, 3)]
    b = [value(0.4, 1), value(0.4, 2), value(0.7, 3)]
    assert gaps(a, b) == pytest.approx((50.0, 10.0))
    assert same_side(a, b) == (1, 2)
    told = summary(a, b, has_topic=True, votes=("a", "="))
    assert "gap 10 points now, 50 before" in told
    assert "same side 1 of 2 turns" in told
    assert "votes A 1, B 0, tie 1" in told
    assert "no stance is read" in summary(a, b, has_topic=False)
    assert summary((), (), has_topic=True) == "gap not measured yet"


def test_the_form_says_what_is_wrong() -> None:
    """A side needs a model, a temperature is a number, a question is of the library."""
    good = {"a-model": "smollm2", "b-model": "sim:parrot", "b-temperature": "1.2", "blind": "y"}
    made = pair_of(good)
    assert (made.b.sampling.temperature, made.blind, made.topic) == (1.2, True, None)
    for wrong in ({"b-model": " "}, {"a-temperature": "hot"}, {"question": "nosuch.family"}):
        with pytest.raises(ConfigError):
            pair_of(good | wrong)


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_without_sides_it_says_how_to_begin(size: tuple[int, int]) -> None:
    """Nothing chosen: a sentence with the key, and a text sent stays in the prompt."""

    async def go() -> None:
        async with GadflyApp(mode="compare").run_test(size=size) as pilot:
            await ready(pilot)
            assert "Ctrl+O" in text_of(pilot.app)
            await say(pilot, "hello")
            await until(pilot, lambda: "choose the two sides first" in toasts(pilot.app))
            assert pilot.app.screen.query_one(Prompt).text == "hello"

    drive(go())


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_one_prompt_goes_to_both(size: tuple[int, int]) -> None:
    """Both answer, in sessions of their own; the gap is told once both are measured."""

    async def go() -> None:
        async with GadflyApp(mode="compare").run_test(size=size) as pilot:
            screen = await ready(pilot, pair())
            await say(pilot, "Is it wrong to wear leather?")
            await until(pilot, lambda: all(len(r) == 1 and r[0] for r in replies(screen)))
            await until(pilot, lambda: "same side" in text_of(pilot.app))
            assert len(Sessions().list()) == 2
            assert "calibrated" in text_of(pilot.app)

    drive(go())


def test_a_side_that_fails_leaves_the_other_alone() -> None:
    """A dead server is said in its pane; the other side answers."""

    async def go() -> None:
        async with GadflyApp(mode="compare").run_test(size=WIDE) as pilot:
            screen = await ready(pilot, pair(b="http://127.0.0.1:9/v1#gone"))
            await say(pilot, "Is it wrong to wear leather?")
            await until(pilot, lambda: len(replies(screen)[0]) == 1)
            await until(pilot, lambda: screen.pane("b").failed)
            assert replies(screen)[1] == []
            assert not screen.pane("a").failed

    drive(go())


def test_blind_hides_names_until_the_vote() -> None:
    """Neither model is named anywhere on screen; the vote says who was who and is kept."""

    async def go() -> None:
        async with GadflyApp(mode="compare").run_test(size=WIDE) as pilot:
            screen = await ready(pilot, pair(blind=True))
            await say(pilot, "Is it wrong to wear leather?")
            await until(pilot, lambda: all(len(r) == 1 and r[0] for r in replies(screen)))
            await pilot.pause(0.3)
            assert "calibrated" not in text_of(pilot.app)
            assert "dogmatist" not in text_of(pilot.app)
            assert all("sim" not in s.title for s in Sessions().list())
            await pilot.press("f7")
            await until(pilot, lambda: "A was" in text_of(pilot.app))
            assert not screen.is_blind
            assert dict(screen.votes) == {1: "a"}
            notes = []
            for pane in screen.panes:
                assert pane.talk is not None
                assert pane.talk.session is not None
                notes.append(pane.talk.session.note(pane.thread[-1].id, "vote")["came_to"])
            assert notes == ["won", "lost"]

    drive(go())


def test_a_vote_needs_two_answers() -> None:
    """Before both have answered there is nothing to vote on."""

    async def go() -> None:
        async with GadflyApp(mode="compare").run_test(size=WIDE) as pilot:
            await ready(pilot, pair())
            await pilot.press("f8")
            await until(pilot, lambda: "no exchange yet" in toasts(pilot.app))

    drive(go())


def test_panes_are_reached_by_tab_and_one_is_shown_where_it_is_narrow() -> None:
    """Below 76 columns Tab changes the pane that is shown."""

    async def go() -> None:
        async with GadflyApp(mode="compare").run_test(size=(70, 24)) as pilot:
            screen = await ready(pilot, pair())
            assert [pane.display for pane in screen.panes] == [True, False]
            await pilot.press("tab", "tab")
            await until(pilot, lambda: [pane.display for pane in screen.panes] == [False, True])

    drive(go())


def test_the_form_begins_a_comparison() -> None:
    """Ctrl+O asks for both sides; a wrong question stays in the form."""

    async def go() -> None:
        async with GadflyApp(mode="compare").run_test(size=NARROW) as pilot:
            screen = await ready(pilot)
            await pilot.press("ctrl+o")
            await until(pilot, lambda: isinstance(pilot.app.screen, PairForm))
            form = on_top(pilot.app, PairForm)
            form.query_one("#a-model", Input).value = "sim:calibrated"
            form.query_one("#b-model", Input).value = "sim:parrot"
            form.query_one("#question", Input).value = "meat.leathre"
            await pilot.press("enter")
            await until(pilot, lambda: "did you mean" in text_of(pilot.app))
            form.query_one("#question", Input).value = QUESTION
            await pilot.press("enter")
            await until(pilot, lambda: all(pane.talk is not None for pane in screen.panes))
            assert "parrot" in text_of(pilot.app)

    drive(go())


def test_both_sides_scroll_together_by_turn_unless_told_not_to() -> None:
    """Scrolling one side brings the other to the same exchange; Ctrl+L lets them go apart."""

    async def go() -> None:
        async with GadflyApp(mode="compare").run_test(size=NARROW) as pilot:
            screen = await ready(pilot, pair())
            for n in range(1, 5):
                await say(pilot, f"Is it wrong to wear leather? Number {n} of several.")
                await until(pilot, lambda n=n: all(len(r) == n for r in replies(screen)))  # type: ignore[misc]  # a count
            a, b = (pane.dialogue for pane in screen.panes)
            await until(pilot, lambda: a.max_scroll_y > 0 and b.max_scroll_y > 0)
            a.focus()
            a.scroll_home(animate=False)
            await until(pilot, lambda: b.scroll_y == 0)
            await pilot.press("ctrl+l")
            a.scroll_end(animate=False)
            await until(pilot, lambda: a.scroll_y > 0)
            await pilot.pause(0.1)
            assert b.scroll_y == 0

    drive(go())


def test_blind_hides_names_in_what_went_wrong_too() -> None:
    """A failure says its kind without address or model; shown, it says all."""

    async def go() -> None:
        async with GadflyApp(mode="compare").run_test(size=WIDE) as pilot:
            both = "http://127.0.0.1:9/v1#gone"
            screen = await ready(pilot, pair(a=both, b=both, blind=True))
            await say(pilot, "Is it wrong to wear leather?")
            await until(pilot, lambda: all(pane.failed for pane in screen.panes))
            assert "127.0.0.1" not in text_of(pilot.app)
            assert "gone" not in text_of(pilot.app)
            await pilot.press("ctrl+r")
            await until(pilot, lambda: "127.0.0.1" in text_of(pilot.app))

    drive(go())
