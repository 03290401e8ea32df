"""What each of two speakers sees of their dialogue."""

from __future__ import annotations

from gadfly.bot.debate import Line, assigned, brief, seen

ASKED = "Is it wrong to keep bees?"
LINES = (
    Line(by="opponent", text="It is, I think."),
    Line(by="subject", text="I do not see why."),
    Line(by="opponent", text="They do not choose it."),
)


def roles(lines: tuple[Line, ...], seat: str, system: str = "") -> tuple[list[str], str]:
    thread, waiting = seen(lines, "subject" if seat == "subject" else "opponent", ASKED, system)
    return [f"{m.role}: {m.text}" for m in thread], waiting


def test_each_sees_its_own_lines_as_its_own_and_the_others_as_a_users() -> None:
    """One dialogue, two threads: the question first, what is still unanswered apart."""
    mine, waiting = roles(LINES, "subject")
    theirs, nothing = roles(LINES, "opponent")

    assert mine[0].startswith(f"user: {ASKED}\n\n")
    assert mine[0].endswith("It is, I think.")
    assert mine[1:] == ["assistant: I do not see why."]
    assert waiting == "They do not choose it."
    assert theirs == [
        f"user: {ASKED}",
        "assistant: It is, I think.",
        "user: I do not see why.",
        "assistant: They do not choose it.",
    ]
    assert nothing == ""


def test_a_brief_is_a_system_prompt_and_is_recognised() -> None:
    """The side comes back out of it; another system prompt is no brief."""
    told = brief("Bees are better off wild.")

    assert roles(LINES[:1], "subject", told)[0] == [f"system: {told}"]
    assert assigned(told) == "bees are better off wild."
    assert assigned("You are a helpful assistant.") is None
