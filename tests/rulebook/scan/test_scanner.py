"""The scan remembers lines, not for ever; hostile lines cost no more than RE2; tables go through JSON; threads share a scan."""

from __future__ import annotations

import json
import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import re2

from cleaner import dates
from cleaner.document import Document
from cleaner.rulebook.book import RuleBook
from cleaner.rulebook.loading.load import default_rules, load, load_text
from cleaner.rulebook.phrases import syntax as phrases
from cleaner.rulebook.phrases.syntax import Vocabulary
from cleaner.rulebook.rule import Rule
from cleaner.rulebook.scan import required_literals as keys
from cleaner.rulebook.scan import scanner
from cleaner.rulebook.scan.compiled_phrase import Phrase
from cleaner.rulebook.scan.confirm import Confirm
from cleaner.rulebook.scan.folded_line import Line
from cleaner.rulebook.scan.folding import fold
from cleaner.rulebook.scan.matcher import Matcher
from cleaner.rulebook.scan.pattern_cache import Programs
from cleaner.rulebook.scan.scan_tables import compile_tables
from cleaner.verbs.api.values import Lines, Spans
from cleaner.verbs.remove_lines import RemoveLines
from cleaner.verbs.remove_text import RemoveText
from tests.rulebook.conftest import rule


@pytest.fixture(scope="module")
def shipped() -> RuleBook:
    return load([default_rules()]).require()


def book_of(*some: str, vocabulary: Vocabulary | None = None) -> RuleBook:
    rules = [
        Rule(id=f"r{number}", status="live", verb=RemoveLines(phrases=Lines((text,))))
        for number, text in enumerate(some)
    ]
    return RuleBook(rules=tuple(rules), vocabulary=vocabulary or Vocabulary())


def test_tables_go_through_json_and_say_the_same(shipped: RuleBook) -> None:
    tables = compile_tables(shipped.active, shipped.vocabulary)
    stored = json.dumps(tables)
    again = Matcher(shipped.active, shipped.vocabulary, json.loads(stored))
    examples = [example.before for one in shipped.active for example in one.examples][
        :200
    ]
    for text in examples:
        assert again.scan(Document(text=text)) == shipped.matcher.scan(
            Document(text=text)
        )
    assert json.dumps(compile_tables(shipped.active, shipped.vocabulary)) == stored


def test_a_scan_of_stored_tables_is_made_in_a_moment(shipped: RuleBook) -> None:
    tables = shipped.matcher.tables
    began = time.process_time()
    Matcher(shipped.active, shipped.vocabulary, tables).compile()
    assert time.process_time() - began < 0.5


def test_a_book_without_phrases_and_one_without_keys() -> None:
    assert book_of().matcher.scan(Document(text="a\n\nb")) == {}
    assert book_of("Read more").matcher.scan(Document(text="a\nREAD  MORE\n ")) == {
        0: {"phrases": [1]}
    }
    assert book_of("<any>").matcher.scan(Document(text="a\n\nb")) == {
        0: {"phrases": [0, 2]}
    }
    assert book_of("<headline>").matcher.scan(Document(text="a\n\nb.\nc")) == {
        0: {"phrases": [0, 3]}
    }


def test_the_same_text_in_two_rules_wakes_both() -> None:
    matcher = book_of("By <name>", "Read more", "By <name>", "READ more").matcher
    assert matcher.scan(Document(text="By Jane Doe\nread more")) == {
        0: {"phrases": [0]},
        1: {"phrases": [1]},
        2: {"phrases": [0]},
        3: {"phrases": [1]},
    }


def test_long_lists_of_names_are_found_as_lines_and_in_them() -> None:
    names = tuple(f"Zeitung {number} für Öffentliches" for number in range(400))
    matcher = book_of(
        "<paper>",
        "(<paper>)",
        "Aus <paper>",
        "<paper> meldet <any>",
        vocabulary=Vocabulary(lists={"paper": names}),
    ).matcher
    text = "ZEITUNG 7 FÜR ÖFFENTLICHES\n(Zeitung 399 für Öffentliches)\naus Zeitung 1  für Öffentliches\nZeitung 2 für Öffentliches meldet dies\nZeitung 400 für Öffentliches"
    assert matcher.scan(Document(text=text)) == {
        number: {"phrases": [number]} for number in range(4)
    }


@pytest.mark.parametrize(
    ("phrase", "line"),
    (
        ("På <any>nyhetsbrev", "På   nyhetsbrev"),
        ("x <any> y", "x   y"),
        ("<any> said", "He  said"),
        ("<account> (<handle>)", "A  B (@ab)"),
        ("<headline> | x", "A\u00a0 | x"),
    ),
)
def test_of_a_run_of_spaces_a_placeholder_may_take_some(phrase: str, line: str) -> None:
    assert re2.fullmatch(phrases.pattern(phrase, Vocabulary()), line) is not None
    assert book_of(phrase).matcher.scan(Document(text=line)) == {0: {"phrases": [0]}}


def test_places_inside_lines_may_begin_in_the_white_space_at_their_ends() -> None:
    one = Rule(
        id="r",
        status="live",
        verb=RemoveText(phrases=Spans((r"/\s+after the break\s+/",))),
    )
    book = RuleBook(rules=(one,))
    line = "  after the break  "
    assert book.matcher.scan(Document(text=line)) == {0: {"phrases": [0]}}
    assert [
        (place.start, place.end)
        for place in book.matcher.phrases_of(0).places("phrases", line)
    ] == [(0, 19)]


def test_what_is_remembered_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "MEMORY_CHARS", 2_000)
    matcher = book_of("Read more", "<any> said").matcher
    scan = matcher._scan
    for number in range(300):
        hits = matcher.scan(
            Document(
                text=f"Read more\nPerson {number} said\nA line of text, the {number}th"
            )
        )
        assert hits == {0: {"phrases": [0]}, 1: {"phrases": [1]}}
        assert sum(map(len, scan._memory)) <= 2_000
    huge = "x" * 5_000
    matcher.scan(Document(text=huge))
    assert set(scan._memory) == {huge}  # as much as one document holds
    matcher.scan(Document(text="Read more"))
    assert set(scan._memory) == {"Read more"}


def test_a_line_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    matcher = book_of("Read more", "By <name>").matcher
    looked: list[str] = []
    look_at = matcher._scan._look_at

    def noted(lines: list[str]) -> list[scanner.Found | None]:
        looked.extend(lines)
        return look_at(lines)

    monkeypatch.setattr(matcher._scan, "_look_at", noted)
    matcher.scan(Document(text="Read more\nBy Ann Lee\nRead more"))
    matcher.scan(Document(text="By Ann Lee\nNew\nRead more"))
    matcher.phrases_of(1).equals("phrases", "By Ann Lee")
    assert looked == ["Read more", "By Ann Lee", "New"]


def test_guards_ask_about_lines_that_nobody_scanned() -> None:
    text = rule(
        "remove_lines: Read more\nwhen:\n  near: |\n    By <name>\n    <any>\n    /\\d+ min/\nexcept: |\n  Read more, <name>"
    )
    book = load_text(text).require().matcher.phrases_of(0)
    assert book.equals("near", "By Jane Doe")
    assert book.equals("near", "anything")
    assert book.equals("except", " read more, Jane Doe ")
    assert not book.equals("except", "read more")
    assert not book.equals("near", "  ")
    assert not book.equals("nothing", "By Jane Doe")


def hostile_lines() -> list[tuple[str, str]]:
    return [
        ("<name> a <name> a <name> a <name> b", "Ab a " * 400 + "b"),
        ("<word> <any> <word> <any> <word> x", "a " * 4_000 + "x"),
        ("<any> a <any> a <any> a <any> b", "a " * 4_000 + "c b"),
        ("<any><any><any><name>!", "Ab " * 1_000 + "!"),
        ("<account> <account> <account> <number>", "a " * 300 + "b"),
        ("<account><account><account><number>", "a" * 200 + "b"),
        ("<date> <any> <date> <any> <date>", "3 May 2024 " * 300 + "x"),
    ]


@pytest.mark.parametrize(
    ("phrase", "line"), hostile_lines(), ids=lambda text: text[:20]
)
def test_hostile_lines_are_left_to_re2(phrase: str, line: str) -> None:
    vocabulary = Vocabulary()
    programs = Programs(vocabulary)
    confirm = Confirm(vocabulary, programs)
    wanted = programs.equals(phrase, line, exact=False)
    made = Phrase(phrase, vocabulary, exact=False, whole_line=True)
    began = time.process_time()
    assert confirm.equals(made, Line(line, fold(line))) == wanted
    assert time.process_time() - began < 1


def test_steps_have_a_budget() -> None:
    vocabulary = Vocabulary()
    confirm = Confirm(vocabulary, Programs(vocabulary))
    phrase = Phrase(
        "<account><account><account><number>", vocabulary, exact=False, whole_line=True
    )
    line = "a" * 60 + "b"
    assert confirm.spans(phrase, Line(line, fold(line))) is None


def test_where_two_answers_fit_re2_chooses() -> None:
    vocabulary = Vocabulary(lists={"one": ("a", "a b")})
    confirm = Confirm(vocabulary, Programs(vocabulary))
    phrase = Phrase("<one> <any>", vocabulary, exact=False, whole_line=True)
    assert confirm.spans(phrase, Line("a b c", "a b c")) == [(0, 1), (2, 5)]
    assert confirm.spans(phrase, Line("a b c", "a b c"), only=True) is None
    assert confirm.spans(phrase, Line("a c", "a c"), only=True) == [(0, 1), (2, 3)]


def test_threads_share_a_scan(
    shipped: RuleBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner, "MEMORY_CHARS", 3_000)
    texts = [example.before for one in shipped.active for example in one.examples][:100]
    wanted = [shipped.matcher.scan(Document(text=text)) for text in texts]
    shared = Matcher(shipped.active, shipped.vocabulary, shipped.matcher.tables)
    with ThreadPoolExecutor(4) as pool:
        assert (
            list(pool.map(lambda text: shared.scan(Document(text=text)), texts * 3))
            == wanted * 3
        )


def test_every_year_holds_a_key() -> None:
    chance = random.Random(1)  # noqa: S311 - the same every time
    digits = [
        chr(code)
        for code in range(0xD800)
        if re2.fullmatch(dates.OWN_DIGITS, chr(code))
    ]
    assert len(digits) == 30
    years = [f"{century}{chance.randint(0, 99):02}" for century in (19, 20)] + [
        "".join(chance.choices(digits, k=4)) for _ in range(50)
    ]
    for year in years:
        assert re2.fullmatch(dates.YEAR, year)
        assert any(key in year for key in keys.YEARS)
    assert not [
        key
        for key in keys.YEARS
        if len(key) == 4 and not re2.fullmatch(dates.YEAR, key)
    ]
