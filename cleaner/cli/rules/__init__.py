"""`clean rules`: the rules for those who write them."""

from __future__ import annotations

import click

from cleaner.cli.group import CommandGroup

__all__ = ["rules"]


@click.group(
    cls=CommandGroup,
    commands_by_name={
        "list": ("cleaner.cli.rules.listing:list_rules", "List the rules."),
        "show": ("cleaner.cli.rules.show:show", "Show everything about one rule."),
        "lint": (
            "cleaner.cli.rules.check:lint_rules",
            "Check rule files, with line and column of every fault.",
        ),
        "test": (
            "cleaner.cli.rules.check:test_rules",
            "Try the rules on their own examples.",
        ),
        "suggest": (
            "cleaner.cli.rules.suggest:suggest",
            "Learn what a source prints round its articles: draft rules.",
        ),
        "schema": (
            "cleaner.cli.rules.check:schema",
            "Print the JSON Schema of rule files, for editors.",
        ),
    },
)
def rules() -> None:
    """List, show, check and test the rules; learn new ones."""
