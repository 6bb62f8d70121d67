"""What the index names is a little too much, never too little: each phrase by itself is what it is compared with."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.document import Document
from cleaner.rulebook.book import RuleBook
from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.phrases.syntax import Vocabulary
from cleaner.rulebook.rule import Rule
from cleaner.verbs.api.values import Lines
from cleaner.verbs.remove_lines import RemoveLines
from tests.rulebook.scan.test_matcher import naive, scanned, triggers

WORDS = Vocabulary(
    lists={
        "paper": ("Herald", "Süddeutsche", "A & B", "O’Neill"),
        "spot": ("oben", "续", "— unten"),
    }
)
PIECES = (
    "Straße", "STRASSE", "straẞe", "ﬁn", "fin", "İlan", "ilan", "ılan", "ILAN", "kelvin", "\u212aelvin", "ſo", "so", "ΣΑΣ",
    "σας", "caf\u0065\u0301", "café", "和", "続きを", "और", "पढ़ें", "don't", "donʼt", "don’t", "don`t", "a_b", "…", "...", "....",
    ".…", "-", "—", "― ", "«", "“", '"', "©", "• ", "(", ")", ": ", " / ", "|", " ", "  ", "\u00a0", "\u2009", "\u3000", "\t",
    "\u200b", "\u0345", "ι", "\u1fbe", "2024", "May 3, 2024", "9:14", "12", "@ann", "a@b.example", "Jane Doe", "Herald", "x",
    "\u0130", "\x0b", "\x1c", "😀", "#tag", ".", "!", "?", "+", "[", "\\", "\u2028", "\x85",
)  # fmt: skip
HOLES = (
    "<any>", "<word>", "<number>", "<date>", "<time>", "<ago>", "<name>", "<paper>", "<spot>", "<account>", "<email>",
    "<headline>", "<title:headline>", "<published:date>",
)  # fmt: skip
REGEXES = (
    r"/.{1,9}(?:Foto|Bild): ?\w+/", r"/(?:a|)Herald.*/", r"/(?<who>Herald|Straße) x/", r"/[[:alpha:]]]erald/", r"/\x48erald/",
    r"/\x{48}erald \pL+/", r"/Hera?ld{1,2}/", r"/(?i)Herald/", r"/(?-i:HERALD|Herald)s?/", r"/(?:Her){1,3}ald/", r"/© ?[A-Z].*/",
    r"/[Hh]erald[ :–-]{1,3}\d+/", r"/(?:Herald){0,1} x/", r"/.*Her(?:ald|me)+s?/", r"/Herald$/", r"/^(?:Jane|Ann) .*/",
)  # fmt: skip
GROUPS = 40


def book_of(some: list[str], *, exact: bool = False) -> RuleBook:
    rules = tuple(
        Rule(
            id=f"r{number}",
            status="live",
            exact=exact,
            verb=RemoveLines(phrases=Lines((text,))),
        )
        for number, text in enumerate(some)
    )
    return RuleBook(rules=rules, vocabulary=WORDS)


def compared(some: list[str], lines: list[str], *, exact: bool = False) -> int:
    book = book_of(some, exact=exact)
    chosen = {(number, role.name) for number, _, role in triggers(book)}
    wanted = {key: found for key, found in naive(book, lines, chosen).items() if found}
    assert {
        key: found for key, found in scanned(book, lines, chosen).items() if found
    } == wanted
    return sum(map(len, wanted.values()))


def made(chance: random.Random) -> str:
    parts = chance.choices(PIECES, k=chance.randint(1, 5))
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        parts.insert(chance.randint(0, len(parts)), chance.choice(HOLES))
    return chance.choice(("", " ")).join(parts).strip()


def answered(phrase: str, chance: random.Random) -> str:
    line = re.sub(r"<(?:\w+:)?(\w+)>", lambda _: chance.choice(PIECES), phrase)
    for _ in range(chance.randint(0, 2)):
        old = chance.choice(line) if line else ""
        line = line.replace(
            old,
            chance.choice((old.upper(), old.lower(), old.swapcase(), old + old, " ")),
            1,
        )
    return (
        chance.choice(("", " ", "\u00a0", "\x1c"))
        + line.replace("\n", " ")
        + chance.choice(("", "  ", "\x0b", "."))
    )


@pytest.mark.parametrize("exact", (False, True))
@pytest.mark.parametrize("seed", range(4))
def test_made_phrases_are_found_as_each_by_itself(seed: int, exact: bool) -> None:  # noqa: FBT001
    chance = random.Random(seed)  # noqa: S311 - the same every time
    hits = 0
    for _ in range(GROUPS):
        some = [
            text
            for text in (made(chance) for _ in range(12))
            if text and not syntax.is_regex(text)
        ]
        lines = [answered(text, chance) for text in some for _ in range(3)]
        hits += compared(some, lines, exact=exact)
    assert hits > 100


def test_regular_expressions_too() -> None:
    chance = random.Random(5)  # noqa: S311 - the same every time
    lines = [
        "Herald", "aHerald", "herald x", " x", "Straße x", "zerald", "x]erald", "Herald ab", "Heralds", "HERALD", "hEralD",
        "HerHerald", "Hermes", "Heralds Herme", "xx Foto: abc", "xxBild:d", "© AFP", "©dpa", "Herald: 12", "herald–3", "Jane x",
    ]  # fmt: skip
    lines += ["".join(chance.choices((*PIECES, *lines), k=3)) for _ in range(200)]
    assert compared(list(REGEXES), lines) > 20


@given(
    st.lists(st.sampled_from((*PIECES, *HOLES)), min_size=1, max_size=6),
    st.lists(st.sampled_from(PIECES), max_size=6),
)
def test_any_phrase_and_any_line(parts: list[str], line: list[str]) -> None:
    phrase = "".join(parts).strip()
    if phrase and not syntax.is_regex(phrase):
        compared([phrase], ["".join(line), phrase, "".join(line).upper()])


def test_long_runs_of_spaces_hide_nothing() -> None:
    assert (
        compared(
            ["<date> | <time>", "By us"],
            [f"May 3, 2024{' ' * 900}|{' ' * 900}9:14", f"By{' ' * 900}us"],
        )
        == 2
    )


def test_the_cost_of_a_scan_hardly_grows_with_the_number_of_rules() -> None:
    chance = random.Random(3)  # noqa: S311 - the same every time
    syllables = ("ka", "lo", "mi", "ter", "sun", "vel", "dor", "pan", "rit", "gos")
    lexicon = ["".join(chance.choices(syllables, k=3)) for _ in range(800)]
    document = Document(
        text="\n".join(" ".join(chance.choices(lexicon, k=30)) for _ in range(300))
    )
    some = [" ".join(chance.choices(lexicon, k=4)) for _ in range(10_000)]
    matchers = [
        book_of(
            [
                f"{text} <any>" if n % 5 == 0 else text
                for n, text in enumerate(some[:count])
            ]
        ).matcher
        for count in (100, 10_000)
    ]
    times: list[list[float]] = [[], []]
    for _ in range(100):  # in turns, so that whoever else is at work disturbs both
        for matcher, taken in zip(matchers, times, strict=True):
            began = time.process_time()
            matcher.scan(document)
            taken.append(time.process_time() - began)
    few, many = map(min, times)
    assert many < 4 * few
