"""The command line: options → library call → echo. The only place that prints, exits, and catches `CleanerError`.

Exit codes: 0 all accounted for · 1 finished with rejects and `--strict`, or a rule failed its examples · 2 wrong usage
or faulty rules, before any work · 3 the accounts do not balance · 4 results cannot be written · 130/143 interrupted.
"""

from __future__ import annotations

import click

from cleaner._version import __version__
from cleaner.cli.group import CommandGroup

__all__ = ["main"]


@click.group(
    cls=CommandGroup,
    commands_by_name={
        "run": (
            "cleaner.cli.run_command:run",
            "Clean files, folders or standard input.",
        ),
        "explain": (
            "cleaner.cli.explain:explain",
            "Show what was removed from an article, and why.",
        ),
        "status": (
            "cleaner.cli.status:status",
            "Say what an output folder holds, and how the last run ended.",
        ),
        "retry": ("cleaner.cli.retry:retry", "Do once more what was rejected."),
        "rules": ("cleaner.cli.rules:rules", "List, show, check and test the rules."),
    },
    default="run",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="A file or folder that is called like a command is written with its path: clean ./rules -o out",
)
@click.version_option(__version__, prog_name="clean", message="%(prog)s %(version)s")
def main() -> None:
    """Take the clutter out of scraped news articles, and keep an account of every word that went.

    \b
    clean seeds/ -o out/                      every article in a folder
    clean article.txt                         one article, to the terminal
    clean - -f jsonl < in.jsonl > out.jsonl   as a filter, one record a line
    clean explain article.txt                 what would go, and which rule says so
    clean rules list                          what the rules are

    "clean SOURCES…" is short for "clean run SOURCES…"; its options are in "clean run --help".
    """  # noqa: D301 - click wants the control character
