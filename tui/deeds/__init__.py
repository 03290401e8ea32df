"""What the user does on the Spar screen: one method per command, `do_` and its name.

They ask for what is missing. What is written in full after a slash is done by the engine's own
commands (`eval.chat.commands`), the same as in line mode. What the user can mend is raised as a
`GadflyError` and said in the status line.
"""

from __future__ import annotations

from gadfly.tui.deeds.asking import Asking
from gadfly.tui.deeds.keeping import Keeping
from gadfly.tui.deeds.looking import Looking
from gadfly.tui.deeds.saying import Saying
from gadfly.tui.deeds.setting import Setting


class Deeds(Keeping, Saying, Asking, Setting, Looking):
    """All commands of the screen."""
