"""`gadfly score`: the profile of any dialogue, of people or models, from a file."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.errors import ConfigError, unknown
from gadfly.eval.cli.judging import judge_naming, judge_of, sitting, tell, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.respondent import Respondent
    from gadfly.eval.scoring.asked import Stated
    from gadfly.eval.scoring.document import ScoreInput
    from gadfly.eval.scoring.turns import Dialogue


@click.command("score")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--question", help="The question on which stances are read.")
@click.option("--a", help="Statement A, a full sentence: one side of the question.")
@click.option("--b", help="Statement B: the other side.")
@click.option(
    "--yes",
    type=click.Choice(["auto", "a", "b", "neither"]),
    default="auto",
    show_default=True,
    help="What a plain yes to the question takes; auto: A where yes is an answer at all.",
)
@click.option("--scenario", metavar="FAMILY", help="A family of the library, in place of these.")
@click.option("--speaker", multiple=True, metavar="NAME", help="Profile only this speaker (again).")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["auto", "openai", "sharegpt", "text"]),
    default="auto",
    show_default=True,
    help="How the files are written.",
)
@click.option("--encoding", default="utf-8", show_default=True, help="Their encoding.")
@judge_naming
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Keep what the judge says, and go on from it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--all", "everything", is_flag=True, help="All speakers, every dialogue's turns.")
def command(files: tuple[Path, ...], **options: Any) -> int:
    """Profile the speakers of dialogues: OpenAI or ShareGPT JSON lines, or plain text.

    Says turn by turn which side a speaker takes on the question, whether they move and answer
    what was said, how much they repeat, hedge and fall back on stock constructions. Without a
    question all but the stance is scored. With --judge a model reads the turns of whose stance the
    rules are unsure.
    """
    from gadfly.eval.scoring.document import score_json, scored
    from gadfly.eval.scoring.files import gather
    from gadfly.eval.scoring.terminal import print_scores

    on = _stated(options)
    gathered = gather(files, layout=options["layout"], encoding=options["encoding"])
    chosen = _chosen(options["speaker"], gathered.dialogues)
    source = scored(gathered, on, chosen=chosen, version=version("gadfly"))
    failed = 0
    if options["judge"] is None and options["keep"] is not None:
        raise ConfigError("--keep keeps what a judge says: name one with --judge SPEC")
    if options["judge"] is not None:
        source, failed = _judged(source, options)
    if options["as_json"]:
        sys.stdout.write(score_json(source).decode())
        return 4 if failed else 0
    from rich.console import Console

    print_scores(Console(), source, everything=options["everything"])
    return 4 if failed else 0


def _judged(source: ScoreInput, options: dict[str, Any]) -> tuple[ScoreInput, int]:
    """Return the scores with a judge's readings, and how many turns it failed on.

    Raises:
        ConfigError: No question is stated, the judge's spec is wrong, or the folder holds a run.
        GadflyError: As `judge_all` does; what a kept folder holds is kept.
    """
    from tempfile import TemporaryDirectory

    from gadfly.bot.registry import RespondentConfig
    from gadfly.eval.cli.stopping import ended

    if source.on is None:
        raise ConfigError("a judge reads stances: state the question, or the --scenario")
    judge = judge_of(options["judge"], RespondentConfig(), options["judge_key_env"])
    keep: Path | None = options["keep"]
    if keep is not None:
        return ended(_asked(source, judge, keep, kept=True))
    with TemporaryDirectory(prefix="gadfly-") as passing:
        return ended(_asked(source, judge, Path(passing), kept=False))


async def _asked(
    source: ScoreInput, judge: Respondent, folder: Path, *, kept: bool
) -> tuple[ScoreInput, int]:
    from gadfly.eval.judging.stage import Docket, JudgeSettings, judge_all
    from gadfly.eval.judging.verdicts import stored_verdicts
    from gadfly.eval.scoring.document import with_judge

    async with sitting(folder, judge) as store:
        if store.identity is not None:
            raise ConfigError(f"{str(folder)!r} holds a run: name another folder to --keep")
        docket = Docket(doubts=tuple(source.doubtful), case_of=source.doubtful.__getitem__)
        result = told(await judge_all(judge, docket, store, JudgeSettings(), tell), kept=kept)
        return with_judge(source, result.judging, stored_verdicts(store)[1]), result.failed


def _stated(options: dict[str, Any]) -> Stated | None:
    """Return the question the options state, None for none.

    Raises:
        ConfigError: It is stated in part or twice, or the family is unknown.
    """
    from gadfly.eval.scoring.asked import of_scenario, stated

    question, a, b = (options[name] for name in ("question", "a", "b"))
    there = [part is not None for part in (question, a, b)]
    if options["scenario"] is not None:
        if any(there):
            raise ConfigError("state the question by --scenario or by --question, not by both")
        from gadfly.scenarios.catalogue import library

        return of_scenario(library().get(options["scenario"]))
    if not any(there):
        return None
    if not all(there):
        raise ConfigError("--question, --a and --b go together: the question and its two sides")
    return stated(question, a, b, yes=options["yes"])


def _chosen(names: Sequence[str], dialogues: Sequence[Dialogue]) -> tuple[str, ...]:
    """Return speakers as the files spell them.

    Raises:
        ConfigError: One does not speak in them.
    """
    from gadfly.eval.scoring.records import SPEAKERS
    from gadfly.eval.scoring.turns import key

    there = {key(turn.speaker): turn.speaker for d in dialogues for turn in d.turns}
    found = []
    for name in names:
        same = key(name) if key(name) in there else SPEAKERS.get(key(name), "")
        if same not in there:
            raise unknown("speaker", name, there.values())
        found.append(there[same])
    return tuple(dict.fromkeys(found))
