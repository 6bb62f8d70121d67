"""Lint: what the schema cannot see. Each message has an id; `docs/lint.md` has a paragraph for each.

Faults that keep a rule from loading come from `load` (L001–L024); these here are warnings from L101 on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from cleaner.errors import Fault
from cleaner.model import Document
from cleaner.rulebook.engine.evaluate import find
from cleaner.rulebook.loading import parse_file, rule_files
from cleaner.rulebook.loading.load import load
from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.phrases.syntax import Vocabulary
from cleaner.rulebook.scan.pattern_cache import re2_options
from cleaner.verbs.api.verb import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.rule import Rule

SHORT = 12
"""Fewer literal letters than this inside a line match what nobody meant."""
BESIDE_ANY = 8
MANY_ANY = 2
LARGE = 20_000
"""Instructions from which on a pattern costs five milliseconds and more in the first document that asks for it."""
_META = re.compile(r"[\\^$.|?*+()\[\]{}]")
_FIELD = re.compile(r"(?:id|rule|before|after|unchanged):\s")
"""A list item that is no phrase: a comment may follow it."""
_SPACED_HASH = re.compile(r"^\s*-\s+(?P<text>[^'\"|>].*?)\s+#\s?(?P<tail>\S.*)$")

Complaint = tuple[str, str]


def lint(
    paths: Sequence[str | Path],
    overrides: Sequence[str | Path] = (),
    *,
    today: str = "",
    clean: Mapping[str, str] | None = None,
) -> tuple[Fault, ...]:
    """Return every fault and warning of some rule files.

    `today` (YYYY-MM-DD) is compared with `expires`. `clean` holds texts by name that are known to be clean: a rule that
    would change one of them is named.
    """
    book = load(paths, overrides=overrides, check_selectors=True)
    found = list(book.faults)
    for rule in book.rules:
        for check in CHECKS:
            found += [_warning(rule, *complaint) for complaint in check(rule)]
        if today and rule.expires and rule.expires < today:
            found.append(
                _warning(
                    rule,
                    "L108",
                    f"expired on {rule.expires}: retire it, or give it a new day",
                )
            )
    found += _shared_examples(book)
    found += _known_clean(book, clean or {})
    found += [_unread(path) for path in rule_files.unread(paths)]
    sources = {str(path): parse_file.read(path) for path in rule_files.find(paths)}
    found += [fault for source in sources.values() for fault in _lost_hashes(source)]
    found += _large_patterns(book, sources)
    return tuple(
        sorted(
            found, key=lambda fault: (fault.file, fault.line, fault.column, fault.code)
        )
    )


def _warning(rule: Rule, code: str, message: str) -> Fault:
    return Fault(
        file=rule.file,
        line=rule.line,
        column=1,
        code=code,
        message=message,
        rule=rule.id,
        severity="warning",
    )


def _short_phrases(rule: Rule) -> Iterator[Complaint]:
    """A phrase inside a line has to be long, or to stand near something, or on some sites only."""
    if (
        rule.verb.SHORT_PHRASES
        or rule.when.near
        or rule.scope.sites
        or rule.when.first_lines
        or rule.when.last_lines
    ):
        return
    for role in rule.verb.roles():
        for phrase in () if role.whole_line else role.phrases:
            if not syntax.is_regex(phrase) and syntax.bare_length(phrase) < SHORT:
                yield (
                    "L101",
                    f"“{phrase}” is short for a place inside a line: give it `near:`, `scope.sites`, or more words",
                )


def _one_common_word(rule: Rule) -> Iterator[Complaint]:
    """A label of one word is a sub-head elsewhere where it takes more than itself."""
    if (
        not rule.verb.TAKES_MORE_THAN_ITS_LINE
        or rule.when.near
        or rule.scope.sites
        or rule.when.followed_by
    ):
        return
    for role in rule.verb.roles():
        for phrase in role.phrases:
            if len(phrase.split()) == 1 and "<" not in phrase:
                yield (
                    "L102",
                    f"“{phrase}” is one common word, and the rule takes more than that line: give it a guard",
                )


def _any_placeholders(rule: Rule) -> Iterator[Complaint]:
    for role in rule.roles():
        for phrase in role.phrases:
            count = phrase.count("<any>") + phrase.count(":any>")
            if count > MANY_ANY:
                yield "L103", f"“{phrase}” has {count} <any>: at most {MANY_ANY}"
            elif (
                count
                and syntax.bare_length(phrase) < BESIDE_ANY
                and "<" in phrase.replace("<any>", "", count)
            ):
                continue
            elif (
                count and syntax.bare_length(phrase) < BESIDE_ANY and not _guarded(rule)
            ):
                yield (
                    "L104",
                    f"“{phrase}” has fewer than {BESIDE_ANY} letters beside <any>: it takes almost any line",
                )


def _guarded(rule: Rule) -> bool:
    return bool(
        rule.when.max_chars
        or rule.when.max_words
        or rule.when.near
        or rule.verb.PHRASES_IN_SEQUENCE
    )


def _plain_regex(rule: Rule) -> Iterator[Complaint]:
    for role in rule.roles():
        for phrase in role.phrases:
            if syntax.is_regex(phrase) and not _META.search(phrase[1:-1]):
                yield (
                    "L105",
                    f"{phrase} has nothing of a regular expression: write it as a phrase, without slashes",
                )
            elif syntax.is_regex(phrase) and r"\b" in phrase:
                yield (
                    "L106",
                    rf"{phrase}: RE2's \b sees ASCII letters only: “é” is no letter to it",
                )


CHECKS: tuple[Callable[[Rule], Iterator[Complaint]], ...] = (
    _short_phrases,
    _one_common_word,
    _any_placeholders,
    _plain_regex,
)


def _shared_examples(book: RuleBook) -> list[Fault]:
    """Warn of two rules that show the same example: one of them would not be missed."""
    seen: dict[str, Rule] = {}
    found = []
    for rule in book.rules:
        for example in rule.examples:
            if example.after is None:
                continue
            other = seen.setdefault(example.before.strip(), rule)
            if other is not rule:
                fault = _warning(
                    rule,
                    "L110",
                    f"its example is also one of '{other.id}', which satisfies it alone",
                )
                found.append(replace(fault, line=example.line or rule.line))
    return found


def _known_clean(book: RuleBook, texts: Mapping[str, str]) -> list[Fault]:
    """Warn of rules that would take something from a text that is known to be clean."""
    found = []
    for name, text in texts.items():
        findings = find(book, Document(text=text), "bold")
        for edit in (*findings.edits, *findings.watched):
            if (rule := book.get(edit.rule)) is not None:
                gone = quoted(text[edit.start : edit.end])
                found.append(
                    _warning(
                        rule,
                        "L109",
                        f"would take {gone} from {name}, which is known to be clean",
                    )
                )
    return found


def _large_patterns(
    book: RuleBook, sources: Mapping[str, parse_file.RuleFile]
) -> Iterator[Fault]:
    """Warn of regular expressions that are large once RE2 has compiled them, each at its place in its file."""
    for rule in book.rules:
        large = (
            phrase
            for role in rule.roles()
            for phrase in dict.fromkeys(role.phrases)
            if syntax.is_regex(phrase)
            and _instructions(phrase, rule.exact, role.whole_line) > LARGE
        )
        for phrase in large:
            message = (
                f"{phrase} makes more than {LARGE:,} instructions: repeat letters with + instead of a count, "
                r"or say what may not stand there ([^ -@] for [\p{L}])"
            )
            yield _placed(
                _warning(rule, "L113", message), phrase, sources.get(rule.file)
            )


@cache
def _instructions(phrase: str, exact: bool, whole_line: bool) -> int:  # noqa: FBT001 - a cache knows places only
    """Return the size of a regular expression as the engine compiles it; what RE2 finds too large has no bound."""
    import re2  # noqa: PLC0415 - only rules with a regular expression need it

    body = syntax.pattern(phrase, Vocabulary(), exact=exact)
    source = (
        rf"\A{syntax.whole_line(f'(?P<found_>{body})')}\z"
        if whole_line
        else syntax.inside(body, phrase)
    )
    try:
        size: int = re2.compile(source, options=re2_options()).programsize
    except re2.error:
        return syntax.UNBOUNDED
    finally:
        re2.purge()  # it would keep the last 128 patterns, whatever their size
    return size


def _placed(fault: Fault, phrase: str, source: parse_file.RuleFile | None) -> Fault:
    """Return a fault of a rule at the line that holds a phrase, where the phrase stands in the file as it is."""
    for number, line in enumerate(source.lines if source else (), 1):
        if number >= fault.line and phrase in line:
            return replace(
                fault,
                line=number,
                column=line.index(phrase) + 1,
                width=len(phrase),
                source=line,
            )
    return fault


def _unread(path: Path) -> Fault:
    return Fault(
        file=str(path),
        line=1,
        column=1,
        code="L111",
        message="is not read: rules end in .yaml or .yml, vocabulary lies in vocab/*.txt",
        severity="warning",
    )


def _lost_hashes(file: parse_file.RuleFile) -> Iterator[Fault]:
    """Warn of list items that lose their end to a YAML comment: `- Read more #R4Today`."""
    for number, line in enumerate(file.lines, 1):
        if (found := _SPACED_HASH.match(line)) and not _FIELD.match(found["text"]):
            message = f"YAML takes “#{found['tail']}” as a comment, the phrase ends before it: use a | block"
            fault = file.fault(
                "L112",
                message,
                None,
                line=number,
                column=found.start("tail"),
                width=len(found["tail"]) + 1,
            )
            if "<" not in found["tail"]:
                yield replace(fault, severity="warning")
