"""The command group, and how every ending becomes an exit code.

0 fine; 1 the gate found a regression, nothing else ever; 2 usage or configuration; 3
inconclusive; 4 the model or server failed; 5 internal error; 130 interrupted.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
import traceback
from typing import TextIO

import click

from gadfly.bot.errors import GadflyError, unknown
from gadfly.eval.cli.settings import defaults

COMMANDS: dict[str, str] = {
    "spar": "Argue with an opponent that holds a position and moves for reasons.",
    "chat": "Talk to a model, with its stance and repetition measured.",
    "resume": "Go on with a session of chat or spar.",
    "sessions": "List, search, read, export and delete sessions.",
    "run": "Question a model and report what was found.",
    "gate": "Say whether a candidate is worse than a baseline; leave with the answer.",
    "duel": "Have two models argue, and measure who moves whom.",
    "compare": "Put two runs side by side, contrast by contrast.",
    "scaling": "Put metrics of several runs against the size of the models.",
    "judge": "Have a judge read what the rules are unsure of; calibrate it.",
    "report": "Print the profile of a run again.",
    "show": "Read the transcripts behind a run.",
    "export": "Write a run as tables, dialogues, or a log of Inspect.",
    "annotate": "Label what replies say, by hand; feeds judge calibrate.",
    "score": "Profile any dialogue, of people or models, from a file.",
    "scenarios": "List, show and check scenarios.",
    "probes": "List the probes and what they measure.",
    "models": "Say how a model is named, and what is at hand.",
    "serve": "Host a model with vLLM in the foreground.",
    "instrument": "Check every metric on simulants, whose traits are known.",
    "forget": "Delete a run with everything that was said in it.",
    "doctor": "Check the installation, and a server if one is named.",
}
"""Name of a subcommand, and of the module here whose `command` it is -> one line of help."""

INTERRUPTED = 130
_STDERR = 2


class LazyGroup(click.Group):
    """A group that imports a subcommand only when it is called, so that --help is instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a first use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a subcommand; None for an unknown one."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"gadfly.eval.cli.{cmd_name}")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"{module.__name__}.command is no command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest near names for an unknown subcommand."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            raise unknown("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
)
@click.version_option(package_name="gadfly", prog_name="gadfly")
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
@click.pass_context
def cli(ctx: click.Context, no_mouse: bool) -> None:
    """Gadfly questions chat models and measures whether they reason with you."""
    if ctx.invoked_subcommand is None:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            click.echo(ctx.get_help())
            return
        ctx.exit(_start(ctx, mouse=not no_mouse))
    ctx.default_map = defaults()


def _start(ctx: click.Context, *, mouse: bool) -> int:
    """Start the terminal UI where one is installed, else print the help."""
    from gadfly.eval.chat.launch import Launch, find_ui

    start = find_ui()
    if start is None:
        click.echo(ctx.get_help())
        return 0
    return start(Launch(screen="start", mouse=mouse))


def main() -> None:
    """Run the command and leave with its exit code; no traceback reaches a user."""
    sys.exit(_run())


def _run() -> int:
    try:
        result = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as e:
        e.show()
        return 2
    except click.exceptions.Exit as e:
        return e.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        return INTERRUPTED
    except GadflyError as e:
        _say(f"error: {e}")
        return e.exit_code
    except OSError as e:
        return _unwritten(e)
    except Exception as e:  # noqa: BLE001 - the outermost boundary: an internal error is exit 5
        return _internal(e)
    return result if isinstance(result, int) else 0


def _unwritten(error: OSError) -> int:
    """Return the exit code where output finds no place; an internal error for all others."""
    if isinstance(error, BrokenPipeError):
        code = 0  # whoever read our output has enough of it
    elif error.errno == errno.EIO and not os.isatty(_STDERR):
        code = INTERRUPTED  # the terminal was closed
    elif error.errno == errno.ENOSPC:
        _say("error: the disk is full: free some space and run the same command again")
        code = 4
    else:
        return _internal(error)
    _silence(sys.stdout)
    return code


def _say(text: str) -> None:
    """Write a line to stderr, if anybody is there to read it."""
    try:
        click.echo(text, err=True)
    except OSError:
        _silence(sys.stderr)


def _silence(stream: TextIO) -> None:
    """Keep Python from trying again at shutdown, and complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _internal(error: Exception) -> int:
    if os.environ.get("GADFLY_DEBUG"):
        traceback.print_exc()
    _say(
        f"internal error: {type(error).__name__}: {error} "
        "(please report it; GADFLY_DEBUG=1 shows where)"
    )
    return 5
