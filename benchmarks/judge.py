"""A judge against two people's labels of 273 answers (rottger_pct): is it fit to read stances?

All of them are judged, those of whose side the rules are sure as well, and read three ways: by the
judge alone, by rules alone, and as reports do, by the judge where the rules are unsure. A judge
that follows the order of the positions is split, and reads nothing. Kappa is of 200 open answers,
clustered on propositions; of 73 answers to forced choices in which nobody argues one side it is
told how many are read as sided.

    python -m benchmarks judge [--judge SPEC] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from support.people import DATA, NO_SIDE, available, open_answers, sideless_answers

from benchmarks.stance import CLASSES, shown
from gadfly.bot.judging import Case
from gadfly.bot.registry import RespondentConfig, make_respondent
from gadfly.bot.steering import read_reply
from gadfly.eval.judging.calibrate import RELIABLE
from gadfly.eval.judging.doubt import Doubt
from gadfly.eval.judging.stage import Docket, JudgeSettings, judge_all
from gadfly.eval.judging.verdicts import SPLIT, Judged, settled, stored_verdicts
from gadfly.eval.scoring.doubtful import is_doubtful, turn_id
from gadfly.eval.stats.agreement import accuracy, confusion, kappa
from gadfly.eval.store import Store
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from support.people import Answer

    from gadfly.bot.judging import Verdict

    Verdicts = Mapping[str, Verdict]


def main() -> int:
    """Print how well each way reads; 1 if the judge's kappa is below .6, 2 without the set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--judge", default="smollm2", metavar="SPEC")
    parser.add_argument("--keep", type=Path, help="what the judge says, to go on from")
    asked = parser.parse_args()
    if not available():
        print(f"needs the rottger_pct set under {DATA} (set GADFLY_DATA)", file=sys.stderr)
        return 2
    with TemporaryDirectory() as passing:
        told, judged = asyncio.run(
            verdicts(asked.judge, (*open_answers(), *sideless_answers()), asked.keep or passing)
        )
    print(f"{judged.judged} of {judged.unsure} answers judged, split on {judged.split}")
    print(f"{'kappa with itself':34}{shown(kappa(judged.looks))}")
    alone = show("the judge alone", lambda answer: by_judge(answer, told))
    show("rules alone", lambda answer: answer.read)
    show("the judge where rules are unsure", lambda answer: as_reports(answer, told))
    print(f"bar: kappa of the judge alone {RELIABLE:.1f}; below it reports call it unreliable")
    return 0 if alone >= RELIABLE else 1


async def verdicts(
    spec: str, answers: Sequence[Answer], folder: Path | str
) -> tuple[Verdicts, Judged]:
    """Return the first look at each answer, by its id, and what judging came to."""
    cases = {
        doubt: Case(about=answer.about, asked=answer.about.question, reply=answer.text)
        for answer in answers
        for doubt in (doubt_of(answer),)
    }
    judge = make_respondent(spec, RespondentConfig(), crib=library_crib)
    store = Store.create(Path(folder))
    try:
        docket = Docket(doubts=tuple(cases), case_of=cases.__getitem__)
        done = await judge_all(judge, docket, store, JudgeSettings(), lambda event: None)
        judged, first = settled(docket.doubts, done.judging, stored_verdicts(store)[1])
        return {reply: verdict for (reply, _), verdict in first.items()}, judged
    finally:
        store.close()
        await judge.aclose()


def doubt_of(answer: Answer) -> Doubt:
    """Return an answer as something to be judged; its proposition is its cluster."""
    return Doubt(
        reply=turn_id(answer.about.digest, answer.text),
        about=answer.about.digest,
        family=answer.about.a,
    )


def by_judge(answer: Answer, told: Verdicts) -> str:
    """Return the side the judge reads, "none", or "split" where it reads nothing."""
    verdict = told.get(doubt_of(answer).reply)
    reading = None if verdict is None else verdict.reading
    if reading is None:
        return SPLIT
    return NO_SIDE if reading.stance is None else reading.stance.side


def as_reports(answer: Answer, told: Verdicts) -> str:
    """Return the side of the rules; where they are unsure and the judge is not, its side."""
    if is_doubtful(read_reply(answer.text, answer.about)):
        found = by_judge(answer, told)
        if found != SPLIT:
            return found
    return answer.read


def show(name: str, read: Callable[[Answer], str]) -> float:
    """Print how one way reads the answers; return its kappa."""
    clusters = defaultdict(list)
    for answer in open_answers():
        clusters[answer.about.a].append((answer.gold, read(answer)))
    agreed, counts = kappa(clusters), confusion(clusters)
    print(f"{name:34}accuracy {shown(accuracy(clusters))}  kappa {shown(agreed)}")
    for gold in CLASSES:
        row = "  ".join(f"{each} {counts[gold, each]:3}" for each in (*CLASSES, SPLIT))
        print(f"    people {gold:5} read as  {row}")
    sideless = [read(answer) for answer in sideless_answers()]
    sided = sum(each in ("a", "b") for each in sideless)
    print(f"    {sided} of {len(sideless)} in which nobody argues one side are read as sided")
    return agreed.value or 0.0


if __name__ == "__main__":
    sys.exit(main())
