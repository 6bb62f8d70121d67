"""A click group that loads a command when it is called, knows a default command, and turns errors into exit codes."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from cleaner.errors import CleanerError, OutputError, RuleError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

EXIT_CODES = {UsageError: 2, RuleError: 2, OutputError: 4, CleanerError: 1}
INTERRUPTED = 130


def _exit_code(error: CleanerError) -> int:
    """Return the exit code of the first kind that an error is of."""
    for kind, code in EXIT_CODES.items():
        if isinstance(error, kind):
            return code
    return 1


class CommandGroup(click.Group):
    """Commands by name: the location of each (`module:name`) and its line of help, so that help loads none of them."""

    def __init__(
        self,
        *,
        commands_by_name: Mapping[str, tuple[str, str]],
        default: str | None = None,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(**settings)
        self._commands = commands_by_name
        self._default = default

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order in which they were given."""
        return list(self._commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a command."""
        if cmd_name not in self._commands:
            return None
        location, _ = self._commands[cmd_name]
        module, _, name = location.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the list of commands from the table."""
        rows = [(name, text) for name, (_, text) in self._commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before anything that is neither a command nor an option of the group."""
        known = set(self._commands)
        for option in self.get_params(ctx):
            known.update(option.opts)
        if self._default and args and args[0] not in known:
            args = [self._default, *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run the command; an error that the library raised on purpose becomes its message and an exit code."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # an article may hold what the terminal cannot show
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except CleanerError as error:
            prefix = "" if isinstance(error, RuleError) else "clean: "
            click.echo(f"{prefix}{error}", err=True)
            ctx.exit(_exit_code(error))
        except KeyboardInterrupt:
            click.echo("clean: interrupted", err=True)
            ctx.exit(INTERRUPTED)
