"""Rules in a few words."""

from __future__ import annotations

import textwrap

from cleaner.rulebook.phrases.syntax import SPACE

RULE = """\
- id: {id}
  name: A rule under test
  why: It stands here to be tried, and for nothing else.
  category: other
  status: {status}
  confidence: {confidence}
{verb}
  examples:
  - {{before: x, after: y}}
  - {{unchanged: z}}
"""


def rule(
    verb: str,
    *,
    name: str = "test.rule",
    status: str = "live",
    confidence: str = "high",
) -> str:
    """Return a rule with this verb and its guards (YAML at the left margin)."""
    body = textwrap.indent(textwrap.dedent(verb).strip("\n"), "  ")
    return RULE.format(id=name, status=status, confidence=confidence, verb=body)


def whole_line(body: str) -> str:
    """Return the pattern of a line that is nothing but a phrase's pattern, white space around it aside."""
    return f"{SPACE}*(?:{body}){SPACE}*"
