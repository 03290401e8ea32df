"""The sparring bot: holds a position, moves for reasons, and says what moved it.

`SparringBot` is a respondent over any other; `SparringBot.state` is where it stands in a
conversation, `debrief` what a spar came to, as Markdown.
"""

from __future__ import annotations

from gadfly.bot.sparring.debrief import Debrief, debrief, debriefed
from gadfly.bot.sparring.respondent import SparringBot, sparring
from gadfly.bot.sparring.state import Moved, State, Topic

__all__ = [
    "Debrief",
    "Moved",
    "SparringBot",
    "State",
    "Topic",
    "debrief",
    "debriefed",
    "sparring",
]
