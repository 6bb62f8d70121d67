"""`clean rules lint`, `test` and `schema`: whether the rules are well made and do what they say."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from cleaner.cli.rules.rule_options import load_book
from cleaner.errors import UsageError
from cleaner.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.errors import Fault

_PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
_KEEP_GOING = click.option(
    "--keep-going",
    is_flag=True,
    help="Leave faulty rules out, say so, and test the others.",
)


@click.command("lint")
@_PATHS
@click.option(
    "--overrides",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check these too.",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True,
              help="github writes workflow commands, which show up beside the lines of a pull request.")  # fmt: skip
@click.pass_context
def lint_rules(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    overrides: tuple[Path, ...],
    form: str,
) -> None:
    """Check rule files and folders (default: the rules that come with the program).

    Exits with 2 where a rule cannot be used; warnings alone do not fail.
    """
    from cleaner.rulebook.authoring.lint import lint  # noqa: PLC0415 - help must not load the rules' libraries
    from cleaner.rulebook.loading.load import default_rules  # noqa: PLC0415

    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    faults = lint(list(paths) or [default_rules()], overrides, today=today)
    for line in _faults(faults, form):
        click.echo(line)
    has_errors = any(fault.severity == "error" for fault in faults)
    ctx.exit(2 if has_errors else 0)


def _faults(faults: Sequence[Fault], form: str) -> Iterator[str]:
    if form == "json":
        objects = [dataclasses.asdict(fault) for fault in faults]
        yield orjson.dumps(objects, option=orjson.OPT_INDENT_2).decode()
    elif form == "github":
        yield from map(_command, faults)
    else:
        yield from map(str, faults)
        counts = Counter(fault.severity for fault in faults)
        errors = plural(counts["error"], "error")
        warnings = plural(counts["warning"], "warning")
        yield f"{errors}, {warnings}"


def _command(fault: Fault) -> str:
    """Return a fault as a workflow command of GitHub.

    >>> from cleaner.errors import Fault
    >>> _command(Fault(file="a,b.yaml", line=3, column=1, code="L001", message="50% off"))
    '::error file=a%2Cb.yaml,line=3,col=1,title=L001::50%25 off'
    """
    level = "error" if fault.severity == "error" else "warning"
    file = _escape(fault.file)
    properties = {
        "file": file.replace(":", "%3A").replace(",", "%2C"),
        "line": fault.line,
        "col": fault.column,
        "title": fault.code,
    }
    pairs = [f"{name}={value}" for name, value in properties.items()]
    message = _escape(fault.message)
    return f"::{level} {','.join(pairs)}::{message}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


@click.command("test")
@_PATHS
@click.option(
    "--rule", "ids", multiple=True, metavar="ID", help="Only this rule. Repeatable."
)
@_KEEP_GOING
@click.pass_context
def test_rules(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    ids: tuple[str, ...],
    keep_going: bool,
) -> None:
    """Try the rules on their own examples (default: the rules that come with the program).

    Each example is ok, missing (the rule did nothing), noisy (it changed what must stay) or different. Exits with 1 where one is
    not ok.
    """
    from cleaner.rulebook.authoring.examples import prove  # noqa: PLC0415 - help must not load the rules' libraries

    book = load_book(paths, keep_going=keep_going)
    known = {rule.id for rule in book.rules}
    unknown = sorted(set(ids) - known)
    if unknown:
        message = f"no rule {', '.join(unknown)}; clean rules list shows all"
        raise UsageError(message)
    verdicts: Counter[str] = Counter()
    for proof in prove(book, ids):
        verdicts[proof.verdict] += 1
        if not proof.ok:
            place = f"{proof.file}:{proof.line}"
            example = f"{proof.rule}, example {proof.number}"
            click.echo(f"{place}: {example}: {proof.verdict}")
            click.echo(proof.diff)
    click.echo(_counted(verdicts))
    ctx.exit(0 if set(verdicts) <= {"ok"} else 1)


def _counted(verdicts: Counter[str]) -> str:
    """Return how many examples have which verdict, `ok` first."""
    total = plural(verdicts.total(), "example")
    counts: list[str] = []
    for verdict, count in verdicts.items():
        if verdict == "ok":
            counts.insert(0, f"{count} ok")
        else:
            counts.append(f"{count} {verdict}")
    listed = ", ".join(counts)
    return f"{total}: {listed or 'none'}"


@click.command()
def schema() -> None:
    """Print the JSON Schema of rule files: editors complete and check rules with it."""
    from cleaner.rulebook.loading.schema import json_schema  # noqa: PLC0415 - help must not load pydantic

    click.echo(orjson.dumps(json_schema(), option=orjson.OPT_INDENT_2).decode())
