"""What lines look like, in many scripts."""

from __future__ import annotations

import sys

import pytest

from cleaner.features import line_shape

SENTENCES = (
    "The harbour master opened the gate at six, before anyone else was awake.",
    "“Nobody has slept,” she told the council late on Monday, “and nobody will.”",
    "Er habe das nicht gewusst, sagte der Hafenmeister am Montag vor dem Rat!",
    "¿Quién abrió la puerta del puerto a las seis de la mañana del lunes?",
    "Начальник порта открыл ворота в шесть часов утра, раньше всех остальных…",
    "港湾局長は月曜日の朝六時に門を開け、最初の船が出港したと述べた。",
    "बंदरगाह के प्रमुख ने सुबह छह बजे फाटक खोला और पहली नावें निकल गईं।",
    "فتح مدير الميناء البوابة في الساعة السادسة صباحا قبل أن يستيقظ أي شخص آخر؟",
    "He said it was over (and so it was, as everybody knew by then.)",
)
HEADLINES = (
    "Mayor keeps her seat by eleven votes",
    "Who's REALLY to blame?",
    "Bürgermeisterin bleibt!",
    "市長、再選",
    "Мэр остаётся",
    "Related Articles",
)


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences(line: str) -> None:
    assert line_shape.is_sentence(line)
    assert line_shape.ends_like_sentence(line)


@pytest.mark.parametrize("line", HEADLINES)
def test_headlines(line: str) -> None:
    assert line_shape.is_headline(line)
    assert not line_shape.is_sentence(line)


@pytest.mark.parametrize(
    "line",
    (
        "",
        "  ",
        "He left.",
        "Red, green,",
        "They asked:",
        "x" * 141,
        "彼は去った。",
        "…",
    ),
)
def test_no_headlines(line: str) -> None:
    assert not line_shape.is_headline(line)


@pytest.mark.parametrize(
    "line",
    (
        "",
        "He left.",
        "Mayor keeps her seat by eleven votes, and the other one does not",
    ),
)
def test_no_sentences(line: str) -> None:
    assert not line_shape.is_sentence(line)


@pytest.mark.parametrize(
    ("text", "count"),
    (
        ("", 0),
        ("one", 1),
        ("one  two\u00a0three\nfour", 4),
        ("東京の朝", 3),
        ("😀 😀", 2),
        ("Tokyo 東京の朝 news", 5),
    ),
)
def test_words(text: str, count: int) -> None:
    assert line_shape.words(text) == count


@pytest.mark.parametrize(
    "text",
    ("", "one", " one", "one ", "a |  | b", "Sir Keir met", "Tokyo 東京の朝 news"),
)
def test_words_are_the_same_where_spaces_are_counted(text: str) -> None:
    assert line_shape.spaced_words(text, text.count(" ")) == line_shape.words(text)


@pytest.mark.parametrize(
    "space", [char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()]
)
@pytest.mark.parametrize("filling", ("ferry", "fährt", "👩‍🚀", "\ud800"))
def test_every_kind_of_space_parts_words_in_long_texts_too(
    space: str, filling: str
) -> None:
    for text in (
        space.join([filling] * 90),
        f"{space}{filling}{space * 300}{filling} {filling}\n",
        space * 400,
    ):
        assert line_shape.words(text) == len(text.split())


@pytest.mark.parametrize(
    ("one", "other"),
    (
        ("Who’s THERE? ", "who's there?"),
        ("“Go” – now", '"go" - NOW'),
        ("a\u00a0b", "A  B"),
        ("STRASSE", "straße"),
    ),
)
def test_fold_forgets_typography(one: str, other: str) -> None:
    assert line_shape.fold(one) == line_shape.fold(other)


@pytest.mark.parametrize(
    ("one", "other"), (("ab", "a b"), ("Mayor", "Major"), ("1", "2"), ("a.", "a"))
)
def test_fold_forgets_nothing_else(one: str, other: str) -> None:
    assert line_shape.fold(one) != line_shape.fold(other)


def test_walls() -> None:
    assert line_shape.is_wall("The ferry was late. " * 80)
    assert not line_shape.is_wall("The ferry was late. " * 50)
    assert not line_shape.is_wall("ferry" * 400)
