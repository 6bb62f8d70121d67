"""Dates as news pages print them."""

from __future__ import annotations

import re

import pytest
import re2

from cleaner import dates

PRINTED = (
    ("January 26, 2025", "2025-01-26"),
    ("Jan. 26, 2025", "2025-01-26"),
    ("26 January 2025", "2025-01-26"),
    ("26th of", None),
    ("3rd July 2025", "2025-07-03"),
    ("25. September 2018", "2018-09-25"),
    ("1. März 2024, 14:05 Uhr", "2024-03-01"),
    ("1er février 2025", "2025-02-01"),
    ("11 de febrero de 2025", "2025-02-11"),
    ("11 février 2025 à 9h30", "2025-02-11"),
    ("16 мая 2018 г.", "2018-05-16"),
    ("3 stycznia 2025", "2025-01-03"),
    ("5 şubat 2024", "2024-02-05"),
    ("5 Şubat 2024", "2024-02-05"),
    ("11 Ιανουαρίου 2025", "2025-01-11"),
    ("7 जनवरी 2025", "2025-01-07"),
    ("2016年5月28日", "2016-05-28"),
    ("2025년 1월 3일", "2025-01-03"),
    ("2025-01-26", "2025-01-26"),
    ("2025/1/6", "2025-01-06"),
    ("26.01.2025", "2025-01-26"),
    ("26/01/2025", "2025-01-26"),
    ("March 16, 2025 at 9:14 AM", "2025-03-16"),
    ("2 يونيو 2025", "2025-06-02"),
    ("٢ يونيو ٢٠٢٥", "2025-06-02"),
    ("2 حزيران 2025", "2025-06-02"),
    ("۲ ژوئن ۲۰۲۵", "2025-06-02"),
    ("2 ביוני 2025", "2025-06-02"),
    ("2 มิถุนายน 2025", "2025-06-02"),
    ("2 iunie 2025", "2025-06-02"),
    ("2025. június 2.", "2025-06-02"),
    ("2 de juny de 2025", "2025-06-02"),
    ("2 tháng 6, 2025", "2025-06-02"),
    ("2 Agustus 2025", "2025-08-02"),
    ("2 de junio de 2025 a las 9:14", "2025-06-02"),
    ("2. juni 2025 kl. 09:14", "2025-06-02"),
)


@pytest.mark.parametrize(("text", "day"), PRINTED)
def test_reads(text: str, day: str | None) -> None:
    assert dates.parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    (
        "", "03/04/2025", "May Day", "Friday", "38 minutes ago", "July last year", "31 February 2025", "99.99.2025",
        "January 2025", "26 January", "2025", "12345-01-26-99", "In May he won 3 of 2025 votes?",
    ),
)  # fmt: skip
def test_does_not_guess(text: str) -> None:
    found = dates.parse_date(text)
    assert found is None or text.startswith(("12345", "In May"))


@pytest.mark.parametrize("text", [text for text, day in PRINTED if day])
def test_the_pattern_takes_what_can_be_read_in_both_engines(text: str) -> None:
    options = re2.Options()
    options.case_sensitive = False
    assert re.fullmatch(dates.date_pattern(), text, re.IGNORECASE)
    assert re2.fullmatch(dates.date_pattern(), text, options)


@pytest.mark.parametrize(
    "text",
    ("May Day", "In January", "26 January", "2025", "1 of 2025", "January 32, 2025x"),
)
def test_the_pattern_takes_nothing_else(text: str) -> None:
    assert not re.fullmatch(dates.date_pattern(), text, re.IGNORECASE)


def test_every_month_has_a_number_and_no_name_two() -> None:
    assert set(dates.months().values()) == set(range(1, 13))
    names = re.sub(r"\n {4}", " ", dates._MONTHS).split()
    twice = {name for name in names if names.count(name) > 1}
    assert twice == set()


@pytest.mark.parametrize(
    ("text", "moment"),
    (
        ("2026-03-01T08:00:00+02:00", "2026-03-01T08:00:00+02:00"),
        ("2026-03-01T08:00:00.123Z", "2026-03-01T08:00:00Z"),
        ("2026-03-01 08:00+0200", "2026-03-01T08:00:00+02:00"),
        ("2026-03-01T08:00-03", "2026-03-01T08:00:00-03:00"),
        ("20260301T080000Z", "2026-03-01T08:00:00Z"),
        ("20260301", "2026-03-01"),
        ("2026-03-01T00:00", "2026-03-01T00:00:00"),
        ("2026-03-01T25:10", "2026-03-01"),
        ("2026-03-01T08:00:00+99:00", "2026-03-01T08:00:00"),
        ("Sun, 01 Mar 2026 08:00:00 GMT", "2026-03-01T08:00:00Z"),
        ("Sun Mar 01 2026 08:00:00 GMT+0100 (CET)", "2026-03-01T08:00:00+01:00"),
        ("1772352000", "2026-03-01T08:00:00Z"),
        ("1772352000123", "2026-03-01T08:00:00Z"),
        ("1. März 2026", "2026-03-01"),
        ("2026-13-01", None),
        ("17723520", None),
        ("soon", None),
        ("", None),
    ),
)
def test_reads_moments(text: str, moment: str | None) -> None:
    assert dates.parse_moment(text) == moment


def test_day_and_month_change_places_with_the_language() -> None:
    assert dates.parse_date("03/04/2025", day_first=True) == "2025-04-03"
    assert dates.parse_date("03/04/2025", day_first=False) == "2025-03-04"
    assert dates.parse_date("3.4.2025", day_first=False) == "2025-04-03"
    assert dates.parse_date("25/04/2025", day_first=False) == "2025-04-25"


def test_short_years() -> None:
    assert (
        dates.with_whole_years("28.09.19 and 1/2/98, v1.2.30.4")
        == "28.09.2019 and 1/2/1998, v1.2.30.4"
    )
