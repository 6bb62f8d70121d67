"""Options that several commands share, and what is made of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from cleaner.io.readers import MAX_BYTES, READERS, Reading
from cleaner.io.records import Fields
from cleaner.options import CHOICES, CleaningKeywords, CleaningOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.pipeline import Cleaner

    Command = TypeVar("Command", bound=Callable[..., object])

_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


def size(value: str) -> int:
    """Return a number of bytes.

    >>> size("20M"), size("500k"), size("500000")
    (20000000, 500000, 500000)
    """
    found = re.fullmatch(r"(\d+)\s*([kmg]?)b?", value.strip().lower())
    number, unit = found.groups() if found else ("0", "")
    size_in_bytes = int(number) * _UNITS[unit]
    if size_in_bytes == 0:
        message = f"{value!r} is not a size; write 500000, 500k, 20M or 1G"
        raise click.BadParameter(message)
    return size_in_bytes


class Common(CleaningKeywords):
    """Which rules to use and how to read: the options of `run` and `explain`."""

    rules: tuple[Path, ...]
    overrides: tuple[Path, ...]
    keep_going: bool
    url: str | None
    text_field: str | None
    html_field: str | None
    id_field: str | None
    url_field: str | None
    max_bytes: int
    input_format: str | None


def _choice(name: str, help: str) -> Callable[[Command], Command]:  # noqa: A002 - click's word
    """Return the command line option for a field of `CleaningOptions`."""
    return click.option(
        f"--{name}",
        type=click.Choice(CHOICES[name]),
        default=getattr(CleaningOptions, name),
        show_default=True,
        help=help,
    )


_COMMON = (
    click.option("--rules", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
                 help="Rule file or folder instead of the rules that come with the program. Repeatable."),
    click.option("--overrides", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
                 help="Local changes to rules by id: status, sites, exceptions. Repeatable."),
    click.option("--keep-going", is_flag=True, help="Leave faulty rules out, say so, and go on with the others."),
    _choice("level", help="Which rules may act: high confidence only, medium and up, or all."),
    _choice("quotes", help="What to do with quotation marks."),
    _choice("lead", help="Of HTML pages: whether the lead stays in the body, or stands in the standfirst alone."),
    _choice("embeds", help="Of HTML pages: whether posts leave the body, or stay in it as quotations too."),
    click.option("--url", metavar="URL", help="Where the article was found, for one input that does not say so."),
    click.option("--text-field", metavar="NAME",
                 help="Field of a record that holds the text. Default: text, content, body, article, "
                 "articleBody or maintext."),
    click.option("--html-field", metavar="NAME",
                 help="Field that holds HTML; it counts before text. Default: html or raw_html, where no text is."),
    click.option("--id-field", metavar="NAME", help="Field that holds the id. Default: id."),
    click.option("--url-field", metavar="NAME", help="Field that holds the URL. Default: url."),
    click.option("--max-bytes", type=size, default=str(MAX_BYTES), show_default="20M", metavar="SIZE",
                 help="Largest document, a file, a line of JSON, a record of an archive; larger ones are rejected, never cut."),
    click.option("--input-format", type=click.Choice(list(READERS)),
                 help="What the inputs are. Default: as their suffixes say; standard input is guessed."),
)  # fmt: skip


def common(command: Command) -> Command:
    """Give a command the options of `Common`."""
    for option in reversed(_COMMON):
        command = option(command)
    return command


def cleaner_of(options: Common) -> Cleaner:
    """Return the cleaner that the options ask for; faults that `--keep-going` skips are printed. Raise RuleError."""
    from cleaner.pipeline import Cleaner  # noqa: PLC0415 - help must not load the rules' libraries
    from cleaner.rulebook.loading.load import default_rules  # noqa: PLC0415

    cleaner = Cleaner.from_rules(
        list(options["rules"]) or [default_rules()],
        CleaningOptions.among(options),
        overrides=options["overrides"],
        keep_going=options["keep_going"],
    )
    for fault in cleaner.rulebook.faults:
        click.echo(str(fault), err=True)
    return cleaner


def reading_of(options: Common) -> Reading:
    """Return how to read."""
    fields = Fields(
        text=options["text_field"],
        html=options["html_field"],
        id=options["id_field"],
        url=options["url_field"],
    )
    is_text = options["input_format"] == "text"
    return Reading(
        fields=fields,
        max_bytes=options["max_bytes"],
        url=options["url"],
        sniff=not is_text,
    )
