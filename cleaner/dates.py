"""Dates and ages as news pages print them, in many languages: patterns for phrases, and dates as ISO 8601.

The patterns are written in the part of regular expressions that RE2 and `re` share, with no capturing groups. Only
absolute dates are read; "38 minutes ago" has no anchor in time and is never turned into a date.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTHS = """
january jan januar janvier enero ene gennaio gen janeiro januari stycznia styczeń styczen tammikuuta leden ledna
    января янв січня ocak ιανουαρίου janv jän jänner जनवरी ianuarie január januára gener ינואר يناير ژانویه มกราคม
    جنوری
february feb februar février fevrier febrero febbraio fevereiro fev februari lutego luty helmikuuta února unora
    февраля фев лютого şubat φεβρουαρίου févr fév फरवरी फ़रवरी februarie február februára febrer פברואר فبراير فوریه
    กุมภาพันธ์ فروری شباط
march mar märz maerz mars marzo março marco maart marts mrt marca marzec maaliskuuta března brezna марта мар березня mart
    μαρτίου मार्च martie március març maret מרץ مارس มีนาคม مارچ آذار
april apr avril abril aprile kwietnia kwiecień kwiecien huhtikuuta dubna апреля апр квітня nisan απριλίου avr abr
    अप्रैल aprilie április אפריל أبريل ابريل إبريل آوریل เมษายน اپریل نيسان
may mai mayo maggio maio mei maja maj toukokuuta května kvetna мая травня mayıs μαΐου mag मई május mája maig מאי مايو
    مه พฤษภาคม مئی أيار
june jun juni juin junio giugno junho czerwca czerwiec kesäkuuta června cervna июня июн червня haziran ιουνίου giu जून
    iunie június júna juny יוני يونيو يونيه ژوئن มิถุนายน حزيران
july jul juli juillet julio luglio julho lipca lipiec heinäkuuta července cervence июля июл липня temmuz ιουλίου juil
    lug जुलाई iulie július júla juliol יולי يوليو يوليه ژوئیه กรกฎาคม جولائی تموز
august aug août aout agosto augusti augustus sierpnia sierpień sierpien elokuuta srpna августа авг серпня ağustos
    αυγούστου ago अगस्त augusztus augusta agustus אוגוסט أغسطس اغسطس اوت สิงหาคม اگست آب
september sep sept septembre septiembre setembro settembre września wrzesnia wrzesień syyskuuta září zari сентября сен
    вересня eylül σεπτεμβρίου set सितंबर सितम्बर septembrie szeptember septembra ספטמבר سبتمبر سپتامبر กันยายน ستمبر
    أيلول
october oct oktober okt octobre octubre ottobre outubro października pazdziernika październik lokakuuta října rijna
    октября окт жовтня ekim οκτωβρίου ott out अक्टूबर अक्तूबर octombrie október októbra אוקטובר أكتوبر اكتوبر اکتبر
    ตุลาคม اکتوبر
november nov novembre noviembre novembro listopada listopad marraskuuta listopadu ноября ноя листопада kasım νοεμβρίου
    नवंबर नवम्बर noiembrie novembra נובמבר نوفمبر نوامبر พฤศจิกายน نومبر
december dec dezember dez décembre decembre diciembre dicembre dezembro grudnia grudzień grudzien joulukuuta prosince
    декабря дек грудня aralık δεκεμβρίου dic déc desember दिसंबर दिसम्बर decembrie decembra desembre דצמבר ديسمبر
    دسامبر ธันวาคม دسمبر
"""


_HUNGARIAN = (
    "január jan február febr március márc április ápr május máj június jún július júl augusztus aug szeptember szept "
    "október okt november nov december dec"
)
"""Only Hungarian puts the year before the name of the month."""
OWN_DIGITS = "[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]"
"""A digit of the Arabic, Persian or Devanagari script."""
YEAR = f"(?:(?:19|20)[0-9][0-9]|{OWN_DIGITS}{{4}})"
"""Every form of a date has the year in four figures."""


@cache
def months() -> dict[str, int]:
    """Return the number of the month for each name, lower case, without a full stop."""
    rows = [row.split() for row in re.sub(r"\n {4}", " ", _MONTHS).strip().split("\n")]
    return {name: number for number, row in enumerate(rows, 1) for name in row}


@cache
def date_pattern() -> str:
    """Return the pattern of a date with day, month and year; a time of day and a zone may follow it.

    >>> bool(re.fullmatch(date_pattern(), "January 26, 2025", re.I)), bool(re.fullmatch(date_pattern(), "May Day"))
    (True, False)
    """
    month = _any_of(months())
    script = _any_of(
        name
        for name in months()
        if unicodedata.name(name[0]).startswith(("ARABIC", "DEVANAGARI"))
    )
    day, year = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:19|20)[0-9]{2}"
    forms = [
        rf"{month} {day}(?:st|nd|rd|th)?,? {year}",
        rf"{day}(?:st|nd|rd|th|er|º|\.)? (?:de |d['’]|ב)?{month},?(?: de| del)? {year}(?: г\.| р\.| года)?",
        rf"{OWN_DIGITS}{{1,2}} {script} {OWN_DIGITS}{{4}}",
        rf"{year}\. {_any_of(_HUNGARIAN.split())} {day}\.?",
        rf"{day} tháng (?:0?[1-9]|1[0-2]),? (?:năm )?{year}",
        rf"{year}[-/.](?:0?[1-9]|1[0-2])[-/.]{day}",
        rf"{day}[-/.](?:0?[1-9]|1[0-2])[-/.]{year}",
        rf"{year}年 ?(?:0?[1-9]|1[0-2])月 ?{day}日",
        rf"{year}년 ?(?:0?[1-9]|1[0-2])월 ?{day}일",
    ]
    return f"(?:{'|'.join(forms)})(?:,?(?: at| um| à| a las| alle(?: ore)?| às| om| o(?: godz\\.)?| kl\\.?| в| saat| ·|,)? {TIME})?"


def _any_of(names: Iterable[str]) -> str:
    return (
        "(?:"
        + "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
        + r")\.?"
    )


TIME = r"(?:[01]?[0-9]|2[0-4])[:.h][0-5][0-9](?:[:.][0-5][0-9])? ?(?:[ap]\.?m\.?|uhr|hrs)?(?: ?(?:gmt|bst|utc|e[sd]?t|p[sd]?t|cest|cet|ist|mez|mesz))?"
"""The pattern of a time of day."""

_UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|sekunden?|minuten?|stunden?|tage?n?|wochen?|"
    r"monate?n?|jahre?n?|secondes?|heures?|jours?|semaines?|mois|ans?|années?|segundos?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|"
    r"años?|anos?|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]|uur|uren|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar|"
    r"minut[yę]?|godzin[yęa]?|godz\.|dni|dzień|tygodni[ea]?|miesi[ąę]c[ey]?|lat[a]?|timm(?:e|ar)|tim(?:er?|me)|dagar?|"
    r"veckor?|uker?|uger?|måneder?|månad(?:er)?|år|minutter?|мин(?:ут[уы]?)?\.?|час(?:а|ов)?|д(?:ень|ня|ней)|मिनट|घंटे?|दिन)"
)
_COUNT = r"(?:[0-9]{1,3}|an?|one|einem?|einer|une?|una?|um[a]?|een|en|ett|et|h\xe1)"
AGO = (
    rf"(?:{_COUNT} {_UNIT} (?:ago|fa|geleden|temu|sedan|siden|назад|पहले|atrás)|[0-9]{{1,3}} ?(?:s|m|h|d|w|mo|y|min|hr)s? ago|"
    rf"(?:vor|il y a|hace|há|for|för) {_COUNT} {_UNIT}(?: siden| sedan)?|just now|gerade eben|yesterday|à l['’]instant)"
)
"""The pattern of an age: "38 minutes ago", "an hour ago", "vor 3 Stunden", "il y a 2 heures", "hace 3 horas" …"""

_NUMERIC = re.compile(r"((?:19|20)\d\d)[-/.年년] ?(\d{1,2})[-/.月월] ?(\d{1,2})")
_VIETNAMESE = re.compile(r"(\d{1,2}) tháng (\d{1,2}),? (?:năm )?((?:19|20)\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.] ?(\d{1,2})[-/.] ?((?:19|20)\d\d)")
_SHORT = re.compile(r"(?<![\d./:-])(\d{1,2})([./])(\d{1,2})\2(\d\d)(?![\d:]|[./-]\d)")


_ISO = re.compile(
    r"\s*((?:19|20)\d\d)([-/.]?)(\d\d)\2(\d\d)"
    r"(?:(?:[T ]|\s+)\s*(\d{1,2}):?([0-5]\d)(?::?([0-5]\d))?(?:[.,]\d{1,9})?\s*(z|utc|gmt|[+-]\d\d:?\d\d|[+-]\d\d)?)?(?!\d)",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:[a-z]{3,9}\.?,? )?(?:(?P<day>\d{1,2})[ -](?P<month>[a-z]{3,9})|(?P<month_>[a-z]{3,9}) (?P<day_>\d{1,2}),?)[ -]"
    r"(?P<year>(?:19|20)\d\d),? (?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))? ?"
    r"(?P<zone>z|utc|gmt(?![+-])|(?:utc|gmt)?[+-]\d\d:?\d\d)",
    re.IGNORECASE,
)


def parse_moment(text: str, *, day_first: bool | None = None) -> str | None:
    """Return the moment that a machine-readable text gives, as ISO 8601 with the offset that it is written with.

    Read are ISO 8601 and what resembles it, dates of mails and feeds, and seconds or milliseconds since 1970 (UTC); of
    other texts the day (see `parse_date`). None where there is no date.

    >>> parse_moment("2026-03-01 08:00+0200"), parse_moment("Sun, 01 Mar 2026 08:00:00 GMT"), parse_moment("1772352000")
    ('2026-03-01T08:00:00+02:00', '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z')
    """
    text = text.strip()[:200]
    if re.fullmatch(r"\d{10}(?:\d{3})?", text, re.ASCII):
        return datetime.fromtimestamp(int(text[:10]), UTC).strftime(
            "%Y-%m-%dT%H:%M:%SZ"
        )
    if found := _ISO.match(text):
        year, _, month, day, hour, minute, second, zone = found.groups()
        return _moment((int(year), int(month), int(day)), (hour, minute, second), zone)
    if found := _MAIL.search(text):
        month = months().get((found["month"] or found["month_"]).lower(), 0)
        day = int(found["day"] or found["day_"])
        return _moment(
            (int(found["year"]), month, day),
            found.group("hour", "minute", "second"),
            found["zone"],
        )
    return parse_date(text, day_first=day_first)


def _moment(
    day: tuple[int, int, int], time: tuple[str | None, ...], zone: str | None
) -> str | None:
    """Return a day, or a day and a time: a time that no clock shows is left away, and so is an offset that no zone has."""
    date_ = _iso(*day)
    hour, minute, second = (int(part or 0) for part in time)
    if not date_ or time[0] is None or hour > 23:  # noqa: PLR2004 - hours of a day
        return date_
    offset = re.sub("utc|gmt|:", "", (zone or "").lower())
    if zone and offset in {"", "z"}:
        offset = "Z"
    elif re.fullmatch(r"[+-](?:0\d|1[0-4])(?:[0-5]\d)?", offset):
        offset = f"{offset[:3]}:{offset[3:] or '00'}"
    else:
        offset = ""
    return f"{date_}T{hour:02}:{minute:02}:{second:02}{offset}"


def parse_date(text: str, *, day_first: bool | None = None) -> str | None:
    """Return the date that a text gives, as `YYYY-MM-DD`; None where there is none, or more than one reading.

    A date in figures whose day and month could change places (03/04/2025) has two readings; `day_first` says which one
    the page means.

    >>> parse_date("July 3, 2025"), parse_date("25. September 2018"), parse_date("11 de febrero de 2025")
    ('2025-07-03', '2018-09-25', '2025-02-11')
    >>> parse_date("2016年5月28日"), parse_date("16 мая 2018 г."), parse_date("03/04/2025")
    ('2016-05-28', '2018-05-16', None)
    >>> parse_date("٢ يونيو ٢٠٢٥"), parse_date("2 ביוני 2025"), parse_date("2 tháng 6, 2025")
    ('2025-06-02', '2025-06-02', '2025-06-02')
    """
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(char, char)) for char in text)
    if found := _VIETNAMESE.search(text):
        return _iso(int(found[3]), int(found[2]), int(found[1]))
    if found := _NUMERIC.search(text):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.search(text):
        day, month, year = map(int, found.groups())
        ambiguous = day <= 12 and month <= 12 and day != month and "." not in found[0]  # noqa: PLR2004 - months
        if ambiguous and day_first is None:
            return None
        if day_first is False and "." not in found[0]:
            day, month = month, day
        return _iso(year, month, day) or _iso(year, day, month)
    return _in_words(text)


def with_whole_years(text: str) -> str:
    """Return a text whose dates in figures have years of four digits: 28.09.19 is 28.09.2019. Years are 1970 to 2069.

    >>> with_whole_years("28.09.19, 10/31/98, 10:15.20")
    '28.09.2019, 10/31/1998, 10:15.20'
    """

    def whole(match: re.Match[str]) -> str:
        century = "20" if match[4] < "70" else "19"
        return f"{match[1]}{match[2]}{match[3]}{match[2]}{century}{match[4]}"

    return _SHORT.sub(whole, text)


def _in_words(text: str) -> str | None:
    words = re.findall(
        r"[^\W\d_](?:[^\W\d_]|[\u0900-\u0963\u0e31-\u0e4e])*|\d+", text.lower()
    )
    words = [
        word.removeprefix("ב") for word in words
    ]  # Hebrew writes "in" and the month as one word
    month = next((months()[word] for word in words if word in months()), None)
    year = next(
        (int(word) for word in words if re.fullmatch(r"(?:19|20)\d\d", word)), None
    )
    day = next((int(word) for word in words if re.fullmatch(r"[0-3]?\d", word)), None)
    return _iso(year, month, day) if month and year and day else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
