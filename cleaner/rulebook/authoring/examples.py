"""Prove rules by their own examples: each example through the rule alone, live, at the boldest level."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cleaner.metadata import fitting
from cleaner.model import Document
from cleaner.rulebook.engine.fixpoint import reduce
from cleaner.rulebook.rule import Rule
from cleaner.verbs import removing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.rule import Example

Verdict = Literal["ok", "missing", "noisy", "different"]
_CLUTTER = "This line is clutter that another rule knows"
_OTHER = Rule(
    id="another.rule",
    status="live",
    confidence="high",
    verb=removing(_CLUTTER),
)
"""Takes the `<clutter>` lines of examples, for rules that act only where others have found something."""
_FILLER = re.compile(r"^(\s*)<filler (\d+)>\s*$", re.MULTILINE)
_NEUTRAL = (
    "The council met on the second floor of the old town hall and went through the list of open questions before lunch. "
    "A clerk read the figures for the year and two members asked how the repairs to the bridge would be paid."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What became of one example."""

    rule: str
    number: int
    """From 1, in the order of the file."""
    kind: Literal["before", "unchanged"]
    verdict: Verdict
    """ok; missing: the rule did nothing; noisy: it changed what must stay; different: it did something else."""
    diff: str = ""
    file: str = ""
    line: int = 0

    @property
    def ok(self) -> bool:
        """Return whether the example holds."""
        return self.verdict == "ok"


def prove(book: RuleBook, ids: Sequence[str] = ()) -> Iterator[Proof]:
    """Yield the proof of every example of the rules (of those with the given ids), one after the other."""
    for rule in book.rules:
        if rule.status == "retired" or (ids and rule.id not in ids):
            continue
        alone = book.only(rule, _OTHER)
        for number, example in enumerate(rule.examples, 1):
            yield _prove(alone, rule, number, example)


def _prove(book: RuleBook, rule: Rule, number: int, example: Example) -> Proof:
    if rule.verb.EXAMPLE_KIND == "markup":
        return _prove_html(book, rule, number, example)
    if rule.verb.EXAMPLE_KIND == "page":
        return _prove_article(book, rule, number, example)
    return _prove_text(book, rule, number, example)


def _prove_text(book: RuleBook, rule: Rule, number: int, example: Example) -> Proof:
    """Return the proof of an example that is a text."""
    before = fill(example.before)
    document = _document(before, rule)
    reduction = reduce(document, book, "bold", lambda text: _document(text, rule))
    applied = [edit for edit in reduction.applied if edit.rule == rule.id]
    unchanged = example.after is None and not example.captures
    expected = before if example.after is None else fill(example.after)
    learned = _captures(applied) | _captures(reduction.learned)
    missed = {
        field: value
        for field, value in example.captures
        if value not in learned.get(field, ())
    }
    same = reduction.body.rstrip("\n") == expected.rstrip("\n")
    verdict: Verdict = "ok"
    if unchanged and not (same and not applied):
        verdict = "noisy"
    elif not unchanged and not (same and not missed):
        verdict = "missing" if reduction.body == before else "different"
    diff = "" if verdict == "ok" else _diff(expected, reduction.body, missed, learned)
    kind: Literal["before", "unchanged"] = "unchanged" if unchanged else "before"
    return Proof(
        rule=rule.id,
        number=number,
        kind=kind,
        verdict=verdict,
        diff=diff,
        file=rule.file,
        line=example.line,
    )


def _prove_html(book: RuleBook, rule: Rule, number: int, example: Example) -> Proof:
    """Return the proof of an example that is markup: the elements that are left are compared, spaces aside."""
    from cleaner.html.element_index import ElementIndex  # noqa: PLC0415 - loads lxml: only for rules about pages
    from cleaner.html.selectors.prune import prune  # noqa: PLC0415
    from cleaner.rulebook.engine.page_rules import ElementRules  # noqa: PLC0415

    site, language = _inside(rule)
    root = _page(example.before)
    unpruned = _outline(root)
    wanted = ElementRules(book.active).wanted("bold", site=site, language=language)
    prune(ElementIndex(root), wanted)
    expected = unpruned if example.after is None else _outline(_page(example.after))
    return _page_proof(rule, number, example, unpruned, expected, _outline(root))


def _prove_article(book: RuleBook, rule: Rule, number: int, example: Example) -> Proof:
    """Return the proof of a page whose article is written down line by line; `unchanged`: every line of it."""
    from cleaner.html.article.choose import read_facts, take  # noqa: PLC0415 - loads lxml: only for rules about pages
    from cleaner.html.tree import load  # noqa: PLC0415
    from cleaner.rulebook.engine.page_rules import ElementRules  # noqa: PLC0415

    root = load(example.before)
    site, language = _inside(rule)
    _, card = ElementRules(book.active).of_page("bold", site, language)
    everything = read_facts(root).texts
    got = expected = everything
    if card:
        got = [block.text for block in take(root, read_facts(root), card).blocks]
    if example.after is not None:
        expected = [line for line in example.after.split("\n") if line.strip()]
    return _page_proof(rule, number, example, everything, expected, got)


def _page_proof(
    rule: Rule,
    number: int,
    example: Example,
    before: Sequence[str],
    expected: Sequence[str],
    got: Sequence[str],
) -> Proof:
    """Return the proof of an example that is a page, from its lines before the rule, as they should be, and after it."""
    is_unchanged = example.after is None
    verdict: Verdict = "ok"
    diff = ""
    if got != expected:
        diff = _diff("\n".join(expected), "\n".join(got), {}, {})
        verdict = "missing" if got == before else "different"
        if is_unchanged:
            verdict = "noisy"
    return Proof(
        rule=rule.id,
        number=number,
        kind="unchanged" if is_unchanged else "before",
        verdict=verdict,
        diff=diff,
        file=rule.file,
        line=example.line,
    )


def _page(markup: str) -> HtmlElement:
    """Return an example's markup as a page: paragraphs stand above it, so that no element of it is the whole article."""
    from cleaner.html.tree import load  # noqa: PLC0415

    return load(f"<body><p>{_ABOVE}</p>\n{fill(markup)}")


def _outline(root: HtmlElement) -> list[str]:
    """Return a page's elements and texts, each on a line of its own, indented by their depth."""
    lines = []
    walk: list[tuple[HtmlElement, int]] = [(root, 0)]
    while walk:
        element, depth = walk.pop()
        if isinstance(element, str):
            lines += [" " * depth + " ".join(element.split())] * bool(element.strip())
            continue
        if element.text == _ABOVE:
            continue
        attributes = "".join(f' {name}="{value}"' for name, value in element.items())
        lines.append(f"{' ' * depth}<{element.tag}{attributes}>")
        inside = [
            element.text or "",
            *(part for each in element for part in (each, each.tail or "")),
        ]
        walk += [(part, depth + 1) for part in reversed(inside)]
    return lines


def _inside(rule: Rule) -> tuple[str | None, str | None]:
    """Return a site and a language that are in a rule's scope."""
    site = rule.scope.sites[0].removeprefix("*.") if rule.scope.sites else None
    return site, rule.scope.languages[0] if rule.scope.languages else None


def _document(text: str, rule: Rule) -> Document:
    """Return an example as a document inside the rule's scope."""
    site, language = _inside(rule)
    return Document(text=text, site=site, language=language)


def _captures(edits: Sequence[object]) -> dict[str, set[str]]:
    """Return what edits learned, by field, as printed and in the form of the field."""
    learned: dict[str, set[str]] = {}
    for edit in edits:
        match = edit.match  # type: ignore[attr-defined] # edits
        for fact in match.facts:
            fit = fitting(fact.field, fact.value)
            values = fit if isinstance(fit, tuple) else (fit,)
            learned.setdefault(fact.field, set()).update(
                {fact.value, *map(str, values)}
            )
        if match.embed:
            for field in ("platform", "author", "handle", "date", "text", "url"):
                learned.setdefault(field, set()).add(str(getattr(match.embed, field)))
    return learned


def _diff(
    expected: str, got: str, missed: dict[str, str], learned: dict[str, set[str]]
) -> str:
    lines = list(
        difflib.unified_diff(
            expected.split("\n"), got.split("\n"), "expected", "got", lineterm="", n=1
        )
    )
    lines += [
        f"captures {field}: expected {value!r}, got {sorted(learned.get(field, ()))}"
        for field, value in missed.items()
    ]
    return "\n".join(lines)


def fill(text: str) -> str:
    r"""Return an example's text with `<filler N>` lines written out as N neutral words.

    >>> fill("<filler 3>\nAdvertisement").split("\n")
    ['The council met.', 'Advertisement']
    """
    return _FILLER.sub(lambda found: found[1] + neutral(int(found[2])), text).replace(
        "<clutter>", _CLUTTER
    )


def neutral(count: int) -> str:
    """Return a sentence-like line of `count` neutral words, different ones for different counts."""
    stock = _NEUTRAL.split()
    first = count * 7 if count > len(stock) else 0
    words = [stock[(first + number) % len(stock)] for number in range(count)]
    return " ".join(words).rstrip(".") + "."


_ABOVE = neutral(400)
"""What stands above an example that is markup, as an article would."""
