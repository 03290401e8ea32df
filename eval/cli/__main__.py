"""`python -m gadfly.eval.cli` is the command, for environments without scripts on the path."""

from gadfly.eval.cli import main

if __name__ == "__main__":
    main()
