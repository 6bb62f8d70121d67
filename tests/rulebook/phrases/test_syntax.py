"""What a phrase matches: literal text tolerant of typography, placeholders, and RE2 where it is asked for."""

from __future__ import annotations

import unicodedata

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.phrases.phrase import PLACEHOLDER
from cleaner.rulebook.phrases.phrase_errors import PhraseError
from cleaner.rulebook.phrases.regex import translate
from cleaner.rulebook.phrases.syntax import Vocabulary
from cleaner.rulebook.scan.relax import relaxed
from tests.rulebook.conftest import whole_line

WORDS = Vocabulary(lists={"paper": ("Herald", "Süddeutsche", "A & B", "O'Neill")})


def matches(phrase: str, line: str, *, exact: bool = False) -> bool:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    pattern = whole_line(syntax.pattern(phrase, WORDS, exact=exact))
    return re2.fullmatch(pattern, line, options) is not None


@pytest.mark.parametrize(
    ("line", "is_found"),
    (
        ("an ad here", True),
        ("(ad)", True),
        ("add", False),
        ("an ad\u0301 here", False),
        ("ad_", False),
        ("\u0301ad", False),
        ("विad", False),
        ("7ad", False),
    ),
)
def test_a_word_is_not_cut_in_two(line: str, is_found: bool) -> None:  # noqa: FBT001 - a column of the table
    pattern = syntax.inside(syntax.pattern("ad", WORDS), "ad")
    assert (re2.search(pattern, line) is not None) is is_found


@pytest.mark.parametrize(
    ("phrase", "line"),
    (
        ("Read more", "READ  MORE"),
        ("Read more", "\u2009read\u00a0more\u3000"),
        ("Today's news", "Today’s news"),
        ("Today’s news", "TODAY'S NEWS"),
        ('"Live" now', "„Live“ now"),
        ("«Live» now", '"Live" now'),
        ("- Herald", "— Herald"),
        ("A–B", "a-b"),
        ("Wait…", "wait..."),
        ("Wait...", "WAIT…"),
        ("Weiße Straße", "WEISSE STRASSE"),
        ("Ωmega ΣΊΓΜΑΣ", "ωmega σίγμας"),
        ("ÉTÉ à la plage", "été À LA PLAGE"),
        ("Подробнее", "ПОДРОБНЕЕ"),
        ("İlan", "ilan"),
        ("ışık", "IŞIK"),
        ("Reklamı geç", "REKLAMI GEÇ"),
        ("記事を読む", "記事を読む"),
        ("और पढ़ें", "और पढ़ें"),
        ("cafe\u0301", "café"),
        (
            "a.b*c (d) [e] {f} $g ^h |i ?j +k \\l",
            "A.B*C (D) [E] {F} $G ^H |I ?J +K \\L",
        ),
        ("100% of 2 < 3", "100% OF 2 < 3"),
        ("<any>", "x"),
        ("<paper>: <any>", "süddeutsche: 😀"),
        ("By <name>", "by Zoë O’Neill-Ştefan"),
        ("<word> <word>", "été O’Neill"),
        ("<number>", "1,200"),
        ("<number> views", "3.5k views"),
        ("<hashtag> <handle>", "#Größe @a_b@c.example"),
        ("<url>", "https://a.example/b?c=d#e"),
        ("<email>", "a.b+c@d.example"),
        ("<time>", "14.05 Uhr"),
        ("<headline>", "Mayor keeps her seat"),
        ("/(?:Foto|Bild): \\w+/", "FOTO: Größe"),
        ("/\\d+ \\s/", "٣ \u00a0"),
    ),
)
def test_matches(phrase: str, line: str) -> None:
    assert matches(phrase, line)


@pytest.mark.parametrize(
    ("phrase", "line"),
    (
        ("Read more", "Read more."),
        ("Read more", "Readmore"),
        ("Read more", "Re ad more"),
        ("Wait...", "Wait.. ."),
        ("Wait...", "waitxxx"),
        ("a.b", "axb"),
        ("<any>", ""),
        ("<word>", "two words"),
        ("<number>", "twelve"),
        ("By <name>", "By jane doe"),
        ("By <name>", "By Jane Doe, who was there"),
        ("<paper>", "Heralds"),
        ("<headline>", "He left."),
        ("<headline>", "Who left?"),
        ("<handle>", "two words"),
        ("<email>", "a.b@c"),
        ("/Foto/", "Foto:"),
        ("ilan", "ılan"),
    ),
)
def test_does_not_match(phrase: str, line: str) -> None:
    assert not matches(phrase, line)


def test_exact_means_exact() -> None:
    assert matches("Today's  Größe…", "Today's  Größe…", exact=True)
    for line in (
        "today's  Größe…",
        "Today’s  Größe…",
        "Today's Größe…",
        "Today's  Größe...",
    ):
        assert not matches("Today's  Größe…", line, exact=True)
    assert matches("By <name>", "By Jane Doe", exact=True)
    assert not matches("By <name>", "BY Jane Doe", exact=True)
    assert not matches("/Foto/", "foto", exact=True)


@pytest.mark.parametrize(
    ("phrase", "code", "offset", "width"),
    (
        ("Größe <nix> x", "L011", 6, 5),
        ("<authors:nix>", "L011", 0, 13),
        ("/é(?=x)/", "L012", 2, 3),
        ("/(?<!é)x/", "L012", 1, 4),
        ("/(é)\\1/", "L012", 4, 2),
        ("/(?P<a>é)(?P=a)/", "L012", 9, 6),
        ("/(?>é)/", "L012", 1, 3),
        ("/\\u00e9/", "L012", 1, 6),
        ("/(é+)*/", "L013", 5, 1),
        ("/((é|x+)+)/", None, 0, 0),
        ("/é)/", "L010", 1, 2),
        ("/[é/", "L010", 1, 2),
        ("/é{3000}/", "L010", 2, 6),
        ("/*é/", "L010", 1, 1),
    ),
)
def test_faults_have_their_place(
    phrase: str, code: str | None, offset: int, width: int
) -> None:
    if code is None:
        assert syntax.pattern(phrase, WORDS)
        return
    with pytest.raises(PhraseError) as caught:
        syntax.pattern(phrase, WORDS)
    assert (caught.value.code, caught.value.offset, caught.value.width) == (
        code,
        offset,
        width,
    )


@pytest.mark.parametrize("body", (r"\\1", r"[\\]1", r"\(\?=x", r"a\{2,\}+"))
def test_what_is_escaped_is_text(body: str) -> None:
    assert translate(body)


TRICKY = st.text(
    alphabet="aAbßẞİiıIkKſsσςΣ'’-—…. \u00a0\u2009é\u0301😀𝔘()[]{}*+?|\\^$/<>_0١",
    max_size=12,
)


@given(TRICKY)
def test_every_literal_matches_itself(text: str) -> None:
    phrase = text.strip()
    if phrase and not syntax.is_regex(phrase) and not PLACEHOLDER.search(phrase):
        assert matches(phrase, unicodedata.normalize("NFC", phrase))


@given(TRICKY, TRICKY)
def test_a_rough_pattern_matches_all_that_the_pattern_does(
    text: str, line: str
) -> None:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    for phrase in (
        text,
        f"{text}<any>",
        f"<name> {text}",
        f"<handle>{text}<date>",
        "/.{1,4}[\\w']{2,9}.?/",
    ):
        if not phrase or (syntax.is_regex(phrase) and phrase == text):
            continue
        try:
            body = whole_line(syntax.pattern(phrase, WORDS))
        except PhraseError:
            continue
        if re2.fullmatch(body, line, options):
            assert re2.fullmatch(relaxed(body), line, options)
