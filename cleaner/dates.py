"""Dates and ages as news pages print them, in many languages: patterns for phrases, and dates as ISO 8601.

The patterns are written in the part of regular expressions that RE2 and `re` share, with no capturing groups. Only
absolute dates are read; "38 minutes ago" has no anchor in time and is never turned into a date.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

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


OWN_DIGITS = "[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]"
"""A digit of the Arabic, Persian or Devanagari script."""


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
    month = "(?:" + "|".join(sorted(map(re.escape, months()), key=lambda name: (-len(name), name))) + r")\.?"
    day, year = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:19|20)[0-9]{2}"
    forms = [
        rf"{month} {day}(?:st|nd|rd|th)?,? {year}",
        rf"{day}(?:st|nd|rd|th|er|º|\.)? (?:de |d['’]|ב)?{month},?(?: de| del)? {year}(?: г\.| р\.| года)?",
        rf"{OWN_DIGITS}{{1,2}} {month} {OWN_DIGITS}{{4}}",
        rf"{year}\. {month} {day}\.?",
        rf"{day} tháng (?:0?[1-9]|1[0-2]),? (?:năm )?{year}",
        rf"{year}[-/.](?:0?[1-9]|1[0-2])[-/.]{day}",
        rf"{day}[-/.](?:0?[1-9]|1[0-2])[-/.]{year}",
        rf"{year}年 ?(?:0?[1-9]|1[0-2])月 ?{day}日",
        rf"{year}년 ?(?:0?[1-9]|1[0-2])월 ?{day}일",
    ]
    return f"(?:{'|'.join(forms)})(?:,?(?: at| um| à| a las| alle(?: ore)?| às| om| o(?: godz\\.)?| kl\\.?| в| saat| ·|,)? {TIME})?"


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
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)")


def parse_date(text: str) -> str | None:
    """Return the date that a text gives, as `YYYY-MM-DD`; None where there is none, or more than one reading.

    A date in figures whose day and month could change places (03/04/2025) has two readings.

    >>> parse_date("July 3, 2025"), parse_date("25. September 2018"), parse_date("11 de febrero de 2025")
    ('2025-07-03', '2018-09-25', '2025-02-11')
    >>> parse_date("2016年5月28日"), parse_date("16 мая 2018 г."), parse_date("03/04/2025")
    ('2016-05-28', '2018-05-16', None)
    >>> parse_date("٢ يونيو ٢٠٢٥"), parse_date("2 ביוני 2025"), parse_date("2 tháng 6, 2025")
    ('2025-06-02', '2025-06-02', '2025-06-02')
    """
    text = "".join(str(unicodedata.decimal(char, char)) for char in text)
    if found := _VIETNAMESE.search(text):
        return _iso(int(found[3]), int(found[2]), int(found[1]))
    if found := _NUMERIC.search(text):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.search(text):
        day, month, year = map(int, found.groups())
        ambiguous = day <= 12 and month <= 12 and day != month and "." not in found[0]  # noqa: PLR2004 - months
        return None if ambiguous else _iso(year, month, day) or _iso(year, day, month)
    return _in_words(text)


def _in_words(text: str) -> str | None:
    words = re.findall(r"[^\W\d_](?:[^\W\d_]|[\u0900-\u0963\u0e31-\u0e4e])*|\d+", text.lower())
    words = [word.removeprefix("ב") for word in words]  # Hebrew writes "in" and the month as one word
    month = next((months()[word] for word in words if word in months()), None)
    year = next((int(word) for word in words if re.fullmatch(r"(?:19|20)\d\d", word)), None)
    day = next((int(word) for word in words if re.fullmatch(r"[0-3]?\d", word)), None)
    return _iso(year, month, day) if month and year and day else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
