"""`clean run`: clean files, folders or standard input."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Unpack

import click

from cleaner.batch.metrics import prometheus
from cleaner.batch.plan import Plan, make_plan
from cleaner.batch.rejects import Rejects
from cleaner.batch.report import Report
from cleaner.batch.run import RunContext
from cleaner.cli.execute import Effort, Request, execute, order_of, processes_for
from cleaner.cli.outputs import OutputOptions, destination_of, sink_of
from cleaner.cli.progress import RunOutput
from cleaner.cli.shared_options import Common, cleaner_of, common, reading_of, size
from cleaner.cli.summary import summary
from cleaner.errors import OutputError, UsageError
from cleaner.io import atomic
from cleaner.io.compression.output_parts import COMPRESSIONS
from cleaner.io.remote import is_url
from cleaner.io.writers import FORMATS

_EPILOG = """\b
Examples:
  clean seeds/ -o out/                        NAME.txt and NAME.json for each article
  clean seeds/ --dry-run                      only say what would happen
  clean day.jsonl -o out/ -f jsonl            all records into out/part-00000.jsonl
  clean - -f jsonl < in.jsonl > out.jsonl     as a filter; the summary goes to standard error
  clean pages/ -o out/ --glob "2024/**/*.html"  some of the files
  clean crawl.warc.gz -o out/                 each page of a web archive

\b
Exit codes: 0 all accounted for; 1 something was rejected and --strict; 2 wrong usage
or faulty rules, nothing done; 3 the accounts do not balance; 4 results cannot be
written; 130/143 interrupted. The first Ctrl-C finishes the document in hand, the
second stops at once."""


class Options(Common, OutputOptions):
    """The options of `clean run`."""

    sources: tuple[str, ...]
    glob: tuple[str, ...]
    limit: int | None
    strict: bool
    quiet: bool
    json_log: bool
    jobs: int | None
    timeout: float | None
    max_memory: int | None
    force: bool
    metrics: Path | None


@click.command(epilog=_EPILOG)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCES…")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    help="Output folder; - for standard output, which is the default for one input.",
)
@click.option(
    "-f",
    "--format",
    type=click.Choice(list(FORMATS)),
    help="Default: text; on standard output jsonl for records.",
)
@click.option(
    "--compress",
    type=click.Choice(list(COMPRESSIONS)),
    help="Compress parts: part-00000.jsonl.zst. Default: not.",
)
@click.option(
    "--glob",
    multiple=True,
    metavar="PATTERN",
    help="Which files of a folder: *.txt, 2024/**/*.md. Repeatable.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Stop after N documents."
)
@click.option("--dry-run", is_flag=True, help="Read, clean and report; write nothing.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Worker processes. Default: one for each core, and none for less than 2 MB.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="How long a worker may take for one document, 10 by default; then it is rejected. 0: for ever.",
)
@click.option(
    "--max-memory",
    type=size,
    metavar="SIZE",
    help="How much memory a worker may take: 4G by default.",
)
@click.option(
    "--metrics",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the counts in Prometheus text format, too.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Do everything again, also what has not changed since the last run.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 where anything was rejected.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option(
    "--json-log",
    is_flag=True,
    help="One JSON object for each document on standard error, and one at the end.",
)
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the report and the rejects go. Default: .clean in the output folder; nowhere on standard output.",
)
@common
@click.pass_context
def run(ctx: click.Context, /, **options: Unpack[Options]) -> None:
    """Clean files, folders (with all that is below them) or standard input (-).

    Reads .txt .md .html .json .jsonl .csv .tsv .parquet .warc .wet, each also .gz .zst .bz2 .xz, and URLs of stores
    (s3://…). Whatever is not read or cannot be cleaned is counted, with its reason: in the summary, in report.json and in
    rejects.jsonl.
    """
    is_one = _is_one_document(options["sources"])
    if options["output"] is None and not (is_one or options["dry_run"]):
        _plan(options, None)  # missing inputs are reported before a missing output
    destination = destination_of(options, is_one=is_one)
    plan = _plan(options, destination.local)
    effort = Effort(
        options["jobs"], options["timeout"], options["max_memory"], options["force"]
    )
    to_folder = destination.folder is not None
    processes = processes_for(ctx, plan, effort, to_folder=to_folder)
    cleaner = cleaner_of(options)
    context = RunContext(
        sink=sink_of(destination, plan, dry=options["dry_run"]),
        rejects=Rejects(destination.state),
        reading=reading_of(options),
        report=Report(dry=options["dry_run"]),
        limit=options["limit"],
    )
    output = _output(options, to_stdout=not to_folder)
    request = Request(destination, effort, processes, order_of(ctx), output)
    began = monotonic()
    failure = execute(cleaner, plan, context, request)
    code = _exit_code(context, failure, strict=options["strict"])
    if options["metrics"]:
        seconds = monotonic() - began
        atomic.write(options["metrics"], prometheus(context.report, seconds, code))
    _finish(context, request, code, has_failed=failure is not None)
    if failure:
        click.echo(f"clean: {failure}", err=True)
    ctx.exit(code)


def _output(options: Options, *, to_stdout: bool) -> RunOutput:
    return RunOutput(
        quiet=options["quiet"],
        json_log=options["json_log"],
        to_stderr=to_stdout and not options["dry_run"],
    )


def _is_one_document(sources: tuple[str, ...]) -> bool:
    """Return whether the sources are one file, or standard input."""
    if len(sources) != 1:
        return False
    return not Path(sources[0]).is_dir() and not is_url(sources[0])


def _plan(options: Options, folder: Path | None) -> Plan:
    plan = make_plan(
        options["sources"],
        output=folder,
        format=options["format"] or "text",
        glob=options["glob"],
        input_format=options["input_format"],
    )
    count = len(plan.inputs)
    if options["url"] and count > 1:
        raise UsageError(f"--url is for one document, and there are {count:,} inputs")
    return plan


def _finish(
    context: RunContext, request: Request, code: int, *, has_failed: bool
) -> None:
    """Print how the run went."""
    state = request.destination.state
    if has_failed or not (state and (state / "report.json").exists()):
        state = None
    lines = summary(
        context.report,
        folder=request.destination.folder,
        state=state,
        stopped=context.stop.signal,
    )
    request.output.finish(context.report, code, lines)


def _exit_code(
    context: RunContext, failure: OutputError | None, *, strict: bool
) -> int:
    if failure:
        return 4
    if context.stop.signal:
        return 128 + context.stop.signal
    if not context.report.balanced:
        return 3
    return 1 if strict and context.report.rejected else 0
