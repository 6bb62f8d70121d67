"""`clean rules suggest`: learn what a source prints round its articles, and write draft rules for an editor to judge."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import click

from cleaner.batch.plan import make_plan
from cleaner.batch.run import Stop
from cleaner.cli.rules.listing import table
from cleaner.cli.shared_options import size
from cleaner.cli.signals import handled
from cleaner.errors import UsageError
from cleaner.io import atomic
from cleaner.io.file_names import printable
from cleaner.io.readers import MAX_BYTES, READERS, Reading
from cleaner.io.records import Fields
from cleaner.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.batch.plan import Plan
    from cleaner.learn.profile import By, Known, Profile
    from cleaner.learn.propose import Draft, Drafts, Proposals
    from cleaner.learn.write import Written
    from cleaner.pipeline import Cleaner

_EVERY = 1_000
_SHOWN = 10
_HEAD = ("rule", "lines", "documents", "share", "where", "risk")
_EPILOG = """\b
Examples:
  clean rules suggest articles/ -o drafts.yaml             draft rules, one section a site
  clean rules suggest day.jsonl --by publisher -o drafts/  a file for each publisher
  clean rules suggest day.jsonl --profile news.profile     remember what was counted, go on tomorrow
  clean rules suggest --profile news.profile --status watch -o watch.yaml
  clean articles/ -o out/ --rules watch.yaml               count what the rules would take

\b
Exit codes: 0 done, also where nothing repeats; 2 wrong usage; 4 the result cannot be written;
130 interrupted (what was counted is in the profile)."""


class Options(TypedDict):
    """The options of `clean rules suggest`."""

    sources: tuple[str, ...]
    by: By | None
    output: Path | None
    profile: Path | None
    status: Literal["draft", "watch"]
    min_share: float
    min_documents: int
    include_covered: bool
    rules: tuple[Path, ...]
    overwrite: bool
    glob: tuple[str, ...]
    input_format: str | None
    text_field: str | None
    html_field: str | None
    url_field: str | None
    max_bytes: int
    limit: int | None
    quiet: bool


@click.command(epilog=_EPILOG)
@click.argument("sources", nargs=-1, metavar="[CORPUS]...")
@click.option("--by", type=click.Choice(["site", "publisher", "directory"]),
              help="What a source is: the host of the URL, the publisher of the record, or the folder. "
              "Default: the site, and the folder where no URL is known.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE|DIR",
              help="Where the rules go; a folder gets one file for each source. Default: standard output.")  # fmt: skip
@click.option("--profile", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Go on from what was counted before, and save what is counted now. Without a corpus: use what it holds.")  # fmt: skip
@click.option("--status", type=click.Choice(["draft", "watch"]), default="draft", show_default=True,
              help="watch: the rules are counted in runs and change nothing.")  # fmt: skip
@click.option("--min-share", type=click.FloatRange(0, 100), default=5.0, show_default=True, metavar="PERCENT",
              help="Leave out lines that stand in a smaller share of a source's documents.")  # fmt: skip
@click.option("--min-documents", type=click.IntRange(4), default=8, show_default=True, metavar="N",
              help="Leave out sources with fewer documents.")  # fmt: skip
@click.option(
    "--include-covered",
    is_flag=True,
    help="Propose lines too that the rules take already.",
)
@click.option("--rules", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
              help="The rules that need not be proposed again. Default: those that come with the program. Repeatable.")  # fmt: skip
@click.option(
    "--overwrite", is_flag=True, help="Replace drafts that are there already."
)
@click.option(
    "--glob",
    multiple=True,
    metavar="PATTERN",
    help="Which files of a folder. Repeatable.",
)
@click.option(
    "--input-format",
    type=click.Choice(list(READERS)),
    help="What the inputs are, whatever their suffix.",
)
@click.option(
    "--text-field", metavar="NAME", help="Field of a JSON record that holds the text."
)
@click.option(
    "--html-field", metavar="NAME", help="Field that holds HTML; it counts before text."
)
@click.option(
    "--url-field", metavar="NAME", help="Field that holds the URL. Default: url."
)
@click.option("--max-bytes", type=size, default=str(MAX_BYTES), show_default="20M", metavar="SIZE",
              help="Largest document; a larger one is left out.")  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", help="Stop after so many documents."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def suggest(ctx: click.Context, /, **options: Unpack[Options]) -> None:
    """Find lines that repeat in the documents of a source and are no news, and write them as draft rules.

    CORPUS is files, folders, or - for standard input, as for "clean run". Each document is read once. Nothing is removed from
    anything: a draft does nothing before an editor changes its status.
    """
    from cleaner.learn.propose import propose  # noqa: PLC0415 - help must not load the rules' libraries
    from cleaner.learn.write import write  # noqa: PLC0415

    _check_output(options)
    profile = _profile(options)
    stop = Stop()
    if options["sources"]:
        _learn(profile, options, stop)
    proposals = propose(
        profile,
        min_share=options["min_share"] / 100,
        fewest=options["min_documents"],
        include_covered=options["include_covered"],
    )
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    packs = _packs(proposals, options["output"])
    status = options["status"]
    written: list[Written] = []
    for _, name, some in packs:
        written.append(write(some, status=status, today=today, pack=name))
    for (path, _, _), pack in zip(packs, written, strict=True):
        _put(path, pack)
    if not options["quiet"]:
        fewest = options["min_documents"]
        for line in summary(profile, proposals, written, fewest):
            click.echo(line, err=True)
    if stop.signal is not None:
        ctx.exit(128 + stop.signal)


def _check_output(options: Options) -> None:
    """Refuse to write over drafts before any work: they may have been edited."""
    output = options["output"]
    if output is None or options["overwrite"]:
        return
    if output.is_dir():
        existing = next(output.glob("*.yaml"), None)
    else:
        existing = output if output.exists() else None
    if existing is not None:
        message = f"{printable(str(existing))}: exists already, and may have been edited; choose another -o, or --overwrite"
        raise UsageError(message)


def _profile(options: Options) -> Profile:
    """Return the profile to go on from, or a new one."""
    from cleaner.learn import profile as profiles  # noqa: PLC0415 - help must not load the rules' libraries

    path, by = options["profile"], options["by"]
    if path is None or not path.exists():
        if not options["sources"]:
            hint = "name files or folders, or a --profile"
            if path is not None:
                hint = f"{printable(str(path))}: no such profile"
            raise UsageError(f"nothing to learn from: {hint}")
        return profiles.Profile(by=by or "auto")
    profile = profiles.load(path)
    if by is not None and by != profile.by:
        message = f"{printable(str(path))}: was counted by {profile.by}, not by {by}; leave --by out, or name another profile"
        raise UsageError(message)
    return profile


def _learn(profile: Profile, options: Options, stop: Stop) -> None:
    """Read the corpus into the profile."""
    from cleaner.learn.corpus import learn  # noqa: PLC0415 - help must not load the rules' libraries

    plan = make_plan(
        options["sources"], glob=options["glob"], input_format=options["input_format"]
    )
    if not options["quiet"]:
        _print_skipped(plan)
    fields = Fields(
        text=options["text_field"], html=options["html_field"], url=options["url_field"]
    )
    is_text = options["input_format"] == "text"
    reading = Reading(fields=fields, max_bytes=options["max_bytes"], sniff=not is_text)

    def heard(count: int) -> None:
        if count % _EVERY == 0 and not options["quiet"]:
            click.echo(f"clean: {count:,} documents", err=True)

    with handled(stop):
        learn(
            plan,
            profile,
            reading=reading,
            cleaner=_cleaner(options),
            path=options["profile"],
            heard=heard,
            stop=stop,
            limit=options["limit"],
        )


def _print_skipped(plan: Plan) -> None:
    skipped = plan.skipped
    for entry in skipped[:_SHOWN]:
        name = printable(entry.id)
        line = f"clean: skipped {name}: {entry.message}"
        click.echo(line, err=True)
    more = len(skipped) - _SHOWN
    if more > 0:
        click.echo(f"clean: skipped {more} more", err=True)


def _cleaner(options: Options) -> Cleaner:
    from cleaner.pipeline import Cleaner  # noqa: PLC0415 - help must not load the rules' libraries
    from cleaner.rulebook.loading.load import default_rules  # noqa: PLC0415

    return Cleaner.from_rules(list(options["rules"]) or [default_rules()])


def _packs(
    proposals: Proposals, output: Path | None
) -> list[tuple[Path | None, str, Sequence[Drafts]]]:
    """Return what goes into which file: all into one, or one for each source with something to say."""
    if output is None:
        return [(None, "learned", proposals.sources)]
    is_file = bool(output.suffix) and not output.is_dir()
    if is_file:
        return [(output, "learned", proposals.sources)]
    packs: list[tuple[Path | None, str, Sequence[Drafts]]] = []
    for source in proposals.sources:
        if source.drafts:
            path = output / f"{source.slug}.yaml"
            packs.append((path, f"learned-{source.slug}", [source]))
    return packs


def _put(path: Path | None, pack: Written) -> None:
    if path is None:
        click.echo(pack.text)
        return
    atomic.make_folder(path.absolute().parent)
    atomic.write(path, f"{pack.text}\n".encode())


def summary(
    profile: Profile, proposals: Proposals, packs: Sequence[Written], fewest: int
) -> Iterator[str]:
    """Yield the summary: a table of the rules, and what was left out and why."""
    rows = [_row(source, draft) for pack in packs for source, draft in pack.drafts]
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else None
    if rows:
        yield from table([_HEAD, *rows], width)
    yield _totals(profile, proposals, len(rows))
    yield from _left_out(profile)
    if proposals.few:
        names = _names(proposals.few)
        yield f"too few documents (under {fewest}) to learn from: {names}"
    for pack in packs:
        if pack.left_out:
            names = ", ".join(pack.left_out)
            yield f"left out, because they failed their own examples: {names}"


def _totals(profile: Profile, proposals: Proposals, rules: int) -> str:
    doubtful = sum(len(source.doubtful) for source in proposals.sources)
    covered = sum(len(source.covered) for source in proposals.sources)
    documents = plural(profile.documents, "document")
    sources = plural(len(profile.sources), "source")
    return (
        f"{documents} of {sources}: {plural(rules, 'rule')} proposed, "
        f"{plural(doubtful, 'line')} doubtful, {covered:,} removed by rules already"
    )


def _left_out(profile: Profile) -> Iterator[str]:
    copies = sum(known.copies for known in profile.sources.values())
    counts = {
        "documents counted before": profile.repeated,
        "later versions of the same article": copies,
        "documents that cannot be read as text": profile.unreadable,
    }
    parts = [f"{count:,} {what}" for what, count in counts.items() if count]
    if parts:
        yield f"left out: {', '.join(parts)}"
    if profile.homeless:
        by = profile.by
        yield f"{profile.homeless:,} documents have no {by}: they are counted together as “(no {by})”"


def _names(some: Sequence[Known]) -> str:
    names = []
    for known in some[:_SHOWN]:
        name = printable(known.name)
        names.append(f"{name} ({known.documents})")
    more = len(some) - _SHOWN
    if more > 0:
        names.append(f"… {more:,} more")
    return ", ".join(names)


def _row(source: Drafts, draft: Draft) -> tuple[str, ...]:
    from cleaner.learn.write import risks  # noqa: PLC0415 - help must not load the rules' libraries

    documents = [line.documents for line in draft.lines]
    shares = [line.share for line in draft.lines]
    return (
        draft.id,
        str(len(draft.lines)),
        _range(f"{min(documents):,}", f"{max(documents):,}"),
        _range(f"{min(shares):.0%}", f"{max(shares):.0%}"),
        draft.where,
        risks(draft, source.known),
    )


def _range(low: str, high: str) -> str:
    return high if low == high else f"{low}-{high}"
