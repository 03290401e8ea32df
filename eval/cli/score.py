"""`gadfly score`: the profile of any dialogue, of people or models, from a file."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.errors import ConfigError, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.scoring.asked import Stated
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
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--all", "everything", is_flag=True, help="All speakers, every dialogue's turns.")
def command(files: tuple[Path, ...], **options: Any) -> int:
    """Profile the speakers of dialogues: OpenAI or ShareGPT JSON lines, or plain text.

    Says turn by turn which side a speaker takes on the question, whether they move and answer
    what was said, how much they repeat, hedge and fall back on stock constructions. Without a
    question all but the stance is scored.
    """
    from gadfly.eval.scoring.document import score_json, scored
    from gadfly.eval.scoring.files import gather
    from gadfly.eval.scoring.terminal import print_scores

    on = _stated(options)
    gathered = gather(files, layout=options["layout"], encoding=options["encoding"])
    chosen = _chosen(options["speaker"], gathered.dialogues)
    source = scored(gathered, on, chosen=chosen, version=version("gadfly"))
    if options["as_json"]:
        sys.stdout.write(score_json(source).decode())
        return 0
    from rich.console import Console

    print_scores(Console(), source, everything=options["everything"])
    return 0


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
