"""What a judge made of the replies the rules were unsure of, for who reads a transcript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.foreign import printable
from gadfly.eval.judging.verdicts import stored_verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gadfly.bot.judging import Verdict
    from gadfly.eval.record import Observed
    from gadfly.eval.store import Store


@dataclass(frozen=True, slots=True)
class Looks:
    """The verdicts of a store's current judging."""

    judge: str
    by_reply: Mapping[tuple[str, str], Sequence[Verdict]]
    """By reply and question, first look first."""

    @classmethod
    def of(cls, store: Store) -> Looks:
        """Take those of a store; none where nobody judged."""
        judging, stored = stored_verdicts(store)
        looks: dict[tuple[str, str], list[Verdict]] = {}
        for each in sorted(stored, key=lambda v: v.look):
            looks.setdefault((each.reply, each.about), []).append(each.verdict)
        return cls("" if judging is None else printable(judging.judge.model), looks)

    def on(self, seen: Observed) -> Iterator[str]:
        """Yield a line for each look at a reply; a report goes by the first."""
        looks = self.by_reply.get((seen.calls[0], seen.about), ()) if seen.calls else ()
        for number, look in enumerate(looks):
            chosen = "split" if look.chosen is None else _of_class(look.chosen)
            shares = sorted(look.shares.items(), key=lambda share: (-share[1], share[0]))
            told = ", ".join(f"{_of_class(name)} {share:.0%}" for name, share in shares)
            again = ", looking again" if number else ""
            yield f"judge {self.judge}{again}: {chosen}{told and f' ({told})'}"


def _of_class(name: str) -> str:
    return f"answered {name.upper()}" if name in ("a", "b") else name
