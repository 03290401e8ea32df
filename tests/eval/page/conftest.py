"""Runs, and their pages, that several tests look at; none of them changes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.run_pages import HOSTILE, Made, made
from support.runs import ask, scripted
from support.sample import agrees

from gadfly.bot.completion import Completion, Usage

if TYPE_CHECKING:
    from gadfly.bot.call import Call

PROBES = ("repeat", "wording", "persuasion", "maintenance", "ladder")


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A simulant that yields a little, asked by every probe that has a figure of its own."""
    folder = tmp_path_factory.mktemp("page") / "simulated"
    ask("sim:calibrated?capitulation=0.3&drift=0.05", folder, *PROBES, limit=3, replicates=2)
    return made(folder)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A respondent whose every reply attacks who reads it."""

    def attack(call: Call) -> Completion:
        if call.request.kind == "reply":
            return Completion(text=HOSTILE, usage=Usage(prompt_tokens=1, completion_tokens=1))
        return agrees(call)

    folder = tmp_path_factory.mktemp("page") / "hostile"
    return made(scripted(folder, "persuasion", "repeat", "maintenance", answer=attack))
