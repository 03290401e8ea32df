"""The command: `gadfly …`. One module per subcommand, each imported only when it is used."""

from gadfly.eval.cli.command import main

__all__ = ["main"]
