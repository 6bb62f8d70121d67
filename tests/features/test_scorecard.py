"""Conditions are read as an editor means them, and a scorecard adds up what `fits` says sign by sign."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.features.lines import FACTS, LineFeatures, own_name, shifted
from cleaner.features.scorecard import Scorecard, SignError, condition, fits, sign

LINES = (
    "Home",
    "",
    "The harbour master opened the gate at six, and the first boats went out early.",
    "- Boats (4)",
    "©",
)
FACT_LINES = st.lists(
    st.sampled_from(
        (*LINES, "“Never,” he said.", "港は閉鎖された。", "More…", "More…")
    ),
    max_size=20,
)


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    (
        ("words at least 3", 3, True), ("words at least 3", 2, False),
        ("words at most 3", 3, True), ("words at most 3", 4, False),
        ("words more than 3", 3, False), ("words more than 3", 3.5, True),
        ("words less than 3", 3, False), ("words less than 3", 2.5, True),
        ("words 2 to 4", 4, True), ("words 2 to 4", 5, False),
        ("words 4", 4, True), ("words 4", 5, False),
        ("stop yes", 1, True), ("stop yes", 0, False),
        ("stop no", 0, True), ("stop no", 1, False),
        ("lower at least 40 %", 40, True),
    ),
)  # fmt: skip
def test_a_condition_says_what_it_says(text: str, value: float, holds: bool) -> None:  # noqa: FBT001 - the table's last column
    ((_, low, high),) = condition(text)
    assert (low <= value <= high) is holds


@pytest.mark.parametrize(
    ("text", "offset", "width", "words"),
    (
        ("words few", 0, 9, "is no condition"),
        ("mood at least 3", 0, 4, "is no line fact"),
        ("words 3, mood yes", 9, 4, "is no line fact"),
        ("words 3,", 8, 1, "is no condition"),
    ),
)
def test_a_condition_that_cannot_be_read_says_where(
    text: str, offset: int, width: int, words: str
) -> None:
    with pytest.raises(SignError, match=words) as caught:
        condition(text)
    assert (caught.value.offset, caught.value.width) == (offset, width)


def test_the_place_of_a_fault_counts_the_points() -> None:
    with pytest.raises(SignError) as caught:
        sign("+1.5 mood yes")
    assert caught.value.offset == 5


def test_a_sign_needs_points() -> None:
    with pytest.raises(SignError, match="write points"):
        sign("words 3")


@given(FACT_LINES)
def test_a_scorecard_adds_what_its_signs_say(lines: list[str]) -> None:
    texts = (
        "+1.5 words at most 3",
        "-2 sentence yes",
        "+0.5 stop no, above stop yes",
        "-0.25 copies at least 2",
    )
    card = Scorecard(signs=tuple(map(sign, texts)))
    facts = LineFeatures(lines)
    expected = [
        sum(one.points for one in card.signs if fits(one.parts, facts, n))
        for n in range(len(facts.filled))
    ]
    assert card.scores(facts) == pytest.approx(expected)
    for place, total in enumerate(expected):
        assert sum(
            reason.points for reason in card.reasons(facts, place)
        ) == pytest.approx(total)


NUMBERS = st.integers(-20, 300).map(lambda tenths: tenths / 10)
PARTS = st.builds(
    "{}{} {}".format,
    st.sampled_from(("", "above ", "2 below ", "9 above ")),
    st.sampled_from(("words", "characters", "stop", "lower", "copies", "text above")),
    st.sampled_from(("yes", "no"))
    | NUMBERS.map("at least {}".format)
    | NUMBERS.map("less than {}".format)
    | NUMBERS.map(str),
)
SIGNS = st.builds(
    "{:+} {}".format,
    st.integers(-9_000, 9_000).map(lambda hundredths: hundredths / 100),
    st.lists(PARTS, min_size=1, max_size=4).map(", ".join),
)


@given(FACT_LINES, st.lists(SIGNS, min_size=1, max_size=60))
def test_sums_are_exact_whatever_the_signs_ask_for(
    lines: list[str], texts: list[str]
) -> None:
    card = Scorecard(signs=tuple(map(sign, texts)))
    facts = LineFeatures(lines)
    places = range(len(facts.filled))
    shown = [
        [one.points for one in card.signs if fits(one.parts, facts, place)]
        for place in places
    ]
    assert card.scores(facts) == [round(fsum(points), 2) for points in shown]
    assert [
        [reason.points for reason in card.reasons(facts, place)] for place in places
    ] == [sorted(points, key=abs, reverse=True) for points in shown]


def test_more_limits_than_a_byte_can_number() -> None:
    card = Scorecard(
        signs=tuple(
            sign(f"+0.1 characters {number} to {2 * number}")
            for number in range(1, 400)
        )
    )
    lines = ["x" * length for length in range(1, 900, 7)]
    expected = [
        sum(number <= len(line) <= 2 * number for number in range(1, 400)) / 10
        for line in lines
    ]
    assert card.scores(LineFeatures(lines)) == expected


def test_a_card_without_signs_has_no_scores() -> None:
    assert Scorecard(signs=()).scores(LineFeatures(LINES)) == []


@pytest.mark.parametrize(
    ("texts", "written"),
    (
        (("+0.1 words 1", "+0.2 characters 4", "-0.3 stop no"), "+0.0"),
        (("+0.3 words 1", "-0.1 characters 4", "-0.2 stop no"), "-0.0"),
        (("+1.4 words 1", "-0.2 stop no, characters 4"), "+1.2"),
        (("+5 words 2",), "+0.0"),
    ),
)
def test_a_sum_is_written_with_its_sign(texts: tuple[str, ...], written: str) -> None:
    card = Scorecard(signs=tuple(map(sign, texts)))
    facts = LineFeatures(["Home", LINES[2]])
    assert card.written(facts, 0, card.scores(facts)[0]) == written


@given(FACT_LINES)
def test_every_fact_has_a_number_for_every_filled_line(lines: list[str]) -> None:
    facts = LineFeatures(lines)
    for name in FACTS:
        assert (
            len(facts.column(name))
            == len(facts.filled)
            == sum(bool(line.strip()) for line in lines)
        )
        assert list(facts.column(f"2 below {name}")) == shifted(facts.column(name), 2)


@pytest.mark.parametrize(
    ("fact", "line", "value"),
    (
        ("words", "The mayor left", 3), ("characters", "  Home ", 4), ("stop", "He left.", 1), ("stop", "Home", 0),
        ("stops", "He left. She stayed. Why?", 3), ("commas", "a, b, c, d", 75), ("lower", "the Mayor of Quay", 50),
        ("upper", "ABcd", 50), ("digits", "12ab", 50), ("quote", "“No”", 1), ("quotes", "He said “no”", 1),
        ("colon", "She wrote:", 1), ("dots", "Read on…", 1), ("separators", "Home | News", 1), ("link", "a@b.example", 1),
        ("bullet", "- Home", 1), ("bullet", "-Home", 0), ("small start", "home", 1), ("indent", "   Home", 3),
        ("doubled", "Harbour master opens Harbour master opens", 1), ("doubled", "The harbour master opens the gate", 0),
        ("headline", "Mayor wins", 1), ("sentence", LINES[2], 1),
    ),
)  # fmt: skip
def test_facts_of_one_line(fact: str, line: str, value: float) -> None:
    assert LineFeatures([line]).column(fact) == [value]


def test_facts_about_the_neighbourhood() -> None:
    facts = LineFeatures(["Home", "", "", LINES[2], "Home", LINES[2]])
    assert facts.column("gap") == [0, 2, 0, 0]
    assert facts.column("copies") == [2, 2, 2, 2]
    assert facts.column("edge") == [0, 1, 1, 0]
    assert facts.column("lines above") == [0, 25, 50, 75]
    assert facts.column("text above") == [0, 0, 50, 50]
    assert facts.column("prose 3") == pytest.approx(
        [66.67, 33.33, 66.67, 33.33], abs=0.01
    )
    assert facts.column("prose words 6") == [30, 15, 30, 15]
    assert facts.column("echo") == [0, 100, 0, 100]


@pytest.mark.parametrize(
    "name", ("mood", "above mood", "3 over words", "above above words")
)
def test_what_is_no_fact_is_an_error(name: str) -> None:
    with pytest.raises(KeyError):
        LineFeatures(["Home"]).column(name)


def test_a_name_is_split_from_its_neighbour() -> None:
    assert own_name("text above") == ("text above", 0)
    assert own_name("3 below words") == ("words", 3)
