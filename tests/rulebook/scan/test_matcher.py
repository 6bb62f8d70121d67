"""The one scan finds what a naive loop over the phrases finds, however cleverly it looks."""

from __future__ import annotations

import random
import re
import time
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
import re2

from cleaner.document import Document
from cleaner.rulebook.authoring import examples
from cleaner.rulebook.book import RuleBook
from cleaner.rulebook.loading.load import default_rules, load, load_text
from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.phrases.phrase import PLACEHOLDER
from cleaner.rulebook.rule import Rule
from cleaner.verbs.api.values import Lines
from cleaner.verbs.remove_lines import RemoveLines
from tests.rulebook.conftest import rule, whole_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.verbs.api.values import Role

PHRASES_TRIED = 1_500
"""Of the shipped ones, drawn anew for each seed: the naive loop takes a second for a few thousand."""
SAMPLES = {
    "any": ("the thing", "Zoë & Ω 😀"),
    "word": ("News", "O’Neill"),
    "number": ("12", "1,200"),
    "time": ("9:14", "14:05 Uhr"),
    "ago": ("38 minutes ago", "vor 3 Stunden"),
    "handle": ("@ab_c", "x.y@z.example"),
    "username": ("@ab",),
    "domain": ("@a.social.example",),
    "hashtag": ("#Größe1",),
    "url": ("https://a.example/b?c=d",),
    "email": ("a.b@c.example",),
    "name": ("Jane Doe", "Ángel de la Ó"),
    "account": ("Ann 😀 Harbour",),
    "headline": ("Mayor wins by 11 votes",),
    "date": ("January 26, 2025", "25. September 2018", "2016年5月28日"),
}
SWAPS = (
    ("k", "\u212a"), ("s", "ſ"), ("i", "İ"), ("i", "ı"), ("I", "ı"), ("'", "’"), ("’", "'"), ("-", "—"), (" ", "\u00a0"),
    (" ", "\t "), ("...", "…"), ("…", "..."), ("ß", "ss"), ("ss", "ß"), ("ß", "ẞ"), ("σ", "ς"), ("é", "e\u0301"),
    ('"', "“"), ("Ω", "\u2126"), (".", ""), (":", ""), ("a", "а"), ("o", "0"),
)  # fmt: skip


def triggers(book: RuleBook) -> Iterator[tuple[int, Rule, Role]]:
    for number, one in enumerate(book.active):
        for role in one.roles():
            if role.name in one.verb.triggers:
                yield number, one, role


def naive(
    book: RuleBook, lines: Sequence[str], chosen: set[tuple[int, str]]
) -> dict[tuple[int, str], set[int]]:
    """Return the lines at which roles match: every phrase by itself, on every line."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    for number, one, role in triggers(book):
        for phrase in role.phrases if (number, role.name) in chosen else ():
            body = syntax.pattern(phrase, book.vocabulary, exact=one.exact)
            pattern = (
                whole_line(body) if role.whole_line else syntax.inside(body, phrase)
            )
            compiled = re2.compile(pattern, options)
            look = compiled.fullmatch if role.whole_line else compiled.search
            some = [line.strip() for line in lines] if role.whole_line else lines
            found[number, role.name].update(
                place for place, line in enumerate(some) if line.strip() and look(line)
            )
    return found


def scanned(
    book: RuleBook, lines: Sequence[str], chosen: set[tuple[int, str]]
) -> dict[tuple[int, str], set[int]]:
    """Return the same from the scan; where a role stands inside lines, from the places in the lines that it names."""
    hits = book.matcher.scan(Document(text="\n".join(lines)))
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    for number, _, role in triggers(book):
        if (number, role.name) in chosen:
            numbers = hits.get(number, {}).get(role.name, [])
            assert numbers == sorted(set(numbers))
            places = book.matcher.phrases_of(number).places
            kept = (
                numbers
                if role.whole_line
                else [n for n in numbers if any(places(role.name, lines[n]))]
            )
            found[number, role.name].update(kept)
    return found


def mutated(line: str, chance: random.Random) -> str:
    """Return a line with some of the changes that typography, sites and mischief make."""
    for _ in range(chance.randint(0, 3)):
        kind = chance.randint(0, 6)
        if kind == 0:
            line = chance.choice((str.upper, str.lower, str.title, str.swapcase))(line)
        elif kind == 1:
            line = chance.choice((" ", "\u00a0", "\u3000", "x", "“", "- ")) + line
        elif kind == 2:
            line += chance.choice((" ", "\u00a0", ".", ":", "x", "”"))
        else:
            old, new = chance.choice(SWAPS)
            if places := [found.start() for found in re.finditer(re.escape(old), line)]:
                place = chance.choice(places)
                line = line[:place] + new + line[place + len(old) :]
    return line.replace("\n", " ")


def filled(phrase: str, book: RuleBook, chance: random.Random) -> str:
    """Return a line that the phrase should match."""
    lists = book.vocabulary.lists
    return PLACEHOLDER.sub(
        lambda found: chance.choice(SAMPLES.get(found[2]) or lists[found[2]]), phrase
    )


@pytest.fixture(scope="module")
def shipped() -> RuleBook:
    return load([default_rules()]).require()


@pytest.mark.parametrize("seed", (1, 2))
def test_the_shipped_rules_are_scanned_as_by_a_naive_loop(
    shipped: RuleBook, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same lines every time
    roles = list(triggers(shipped))
    chance.shuffle(roles)
    chosen: set[tuple[int, str]] = set()
    lines = []
    count = 0
    for number, one, role in roles:
        if count > PHRASES_TRIED:
            break
        count += len(role.phrases)
        chosen.add((number, role.name))
        shown = [
            line
            for example in one.examples
            for line in examples.fill(example.before).split("\n")
            if line.strip()
        ]
        some = chance.sample(role.phrases, min(6, len(role.phrases)))
        lines += [
            filled(phrase, shipped, chance)
            for phrase in some
            if not syntax.is_regex(phrase)
        ]
        lines += chance.sample(shown, min(6, len(shown)))
    lines = [mutated(line, chance) for line in lines]
    wanted = naive(shipped, lines, chosen)
    assert sum(map(len, wanted.values())) > 50
    assert scanned(shipped, lines, chosen) == wanted


PHRASES = (
    "Read more",
    "<any>",
    "<any> said",
    "<name>",
    "By <name>",
    "/.{2,5} x/",
    "/(?:a|b)+/",
    "ß<word>",
    "<headline>",
)


@pytest.mark.parametrize("verb", ("remove_lines", "remove_text"))
def test_odd_phrases_are_too(verb: str) -> None:
    some = "".join(
        rule(f"{verb}: |\n  {phrase}", name=f"r{number}", status="live")
        for number, phrase in enumerate(PHRASES)
    )
    book = load_text(some).require()
    lines = (
        "read MORE",
        "x",
        "He said",
        "“Ann” said",
        "By Jane Doe",
        "ab x",
        "abab",
        "ssx ßy",
        "",
        "  ",
        "𝔘 said",
        "\u3000He said",
    )
    chosen = {(number, role.name) for number, _, role in triggers(book)}
    assert scanned(book, lines, chosen) == naive(book, lines, chosen)


def test_places_are_code_points() -> None:
    book = load_text(rule("remove_text: Ad<word>")).require()
    line = "😀𝔘é Adxé 日本 Adßß"
    assert [
        line[place.start : place.end]
        for place in book.matcher.phrases_of(0).places("phrases", line)
    ] == [
        "Adxé",
        "Adßß",
    ]


def test_of_places_that_overlap_the_first_and_longest_counts() -> None:
    book = load_text(rule("remove_text: |\n  b c\n  a b\n  a b c d\n")).require()
    places = [
        (place.start, place.end)
        for place in book.matcher.phrases_of(0).places("phrases", "a b c d, b c")
    ]
    assert places == [(0, 7), (9, 12)]


def test_neighbouring_places_share_the_space_between_them() -> None:
    book = load_text(rule("remove_text: ad")).require()
    assert len(list(book.matcher.phrases_of(0).places("phrases", "ad ad ad ad"))) == 4


def test_ten_thousand_phrases() -> None:
    words = (
        "Read",
        "Join",
        "Watch",
        "Sign up for",
        "Follow",
        "Weiterlesen:",
        "Größe",
        "Подробнее",
        "続きを",
    )
    some = [
        f"{words[n % len(words)]} story {n} {'of <any>' if n % 10 == 0 else ''}".strip()
        for n in range(10_000)
    ]
    text = "".join(
        rule(
            "remove_lines: |\n"
            + "\n".join(f"  {phrase}" for phrase in some[start : start + 50]),
            name=f"r{start}",
        )
        for start in range(0, len(some), 50)
    )
    book = load_text(text).require()
    began = time.process_time()
    book.matcher.compile()
    assert time.process_time() - began < 5
    lines = [phrase.replace("<any>", "the day").upper() for phrase in some[::7]] + [
        "Read story 10001",
        "x " * 50,
    ]
    hits = book.matcher.scan(Document(text="\n".join(lines)))
    found = {
        number
        for roles in hits.values()
        for numbers in roles.values()
        for number in numbers
    }
    assert found == set(range(len(lines) - 2))


def test_more_phrases_than_one_automaton_can_hold() -> None:
    rules = tuple(
        Rule(
            id=f"r{start}",
            status="live",
            verb=RemoveLines(
                phrases=Lines(
                    f"Read story {n} about the harbour"
                    for n in range(start, start + 500)
                )
            ),
        )
        for start in range(0, 30_000, 500)
    )
    book = RuleBook(rules=rules)
    lines = [f"READ STORY {n} ABOUT THE HARBOUR" for n in range(0, 30_000, 97)]
    hits = book.matcher.scan(Document(text="\n".join(lines)))
    assert {
        number
        for roles in hits.values()
        for numbers in roles.values()
        for number in numbers
    } == set(range(len(lines)))
