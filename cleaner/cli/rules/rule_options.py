"""The rule book that the options of `clean rules …` ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cleaner.rulebook.book import RuleBook

    Command = TypeVar("Command", bound=Callable[..., object])


class BookOptions(TypedDict):
    """Which rule files, and what to do with faulty ones."""

    rules: tuple[Path, ...]
    overrides: tuple[Path, ...]
    keep_going: bool


_OPTIONS = (
    click.option("--rules", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
                 help="Rule file or folder instead of the rules that come with the program. Repeatable."),
    click.option("--overrides", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
                 help="Local changes to rules by id. Repeatable."),
    click.option("--keep-going", is_flag=True, help="Leave faulty rules out, say so, and go on with the others."),
)  # fmt: skip


def book_options(command: Command) -> Command:
    """Give a command the options of `BookOptions`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def load_book(
    paths: Sequence[Path], overrides: Sequence[Path] = (), *, keep_going: bool = False
) -> RuleBook:
    """Return the rules; raises `RuleError` for faults unless `keep_going`, which prints them."""
    from cleaner.rulebook.loading.load import default_rules, load  # noqa: PLC0415 - help must not load the rules' libraries

    book = load(list(paths) or [default_rules()], overrides=overrides)
    if not (keep_going and book.rules):
        book.require()
    for fault in book.faults:
        click.echo(str(fault), err=True)
    return book
