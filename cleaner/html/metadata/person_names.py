"""Extract the names of authors from the text around them: "By Jane Doe, Senior Reporter", "Text: Karl Kai / Foto: dpa".

A name that a page declares is taken as it is, without what cannot be part of a name. A name that is only printed has to
look like one. Agencies and desks are kept: they may be all the authors that are named.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cleaner import dates

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_LINE = 300
"""Characters of a byline that are read: what is longer is a biography."""
_MAX_NAMES = 30
_MAX_WORDS, _MAX_NAME = 7, 60
_BY = re.compile(
    r"^(?:(?:(?:written|posted|published|reported|created|story|words|text|article|reviewed|edited|photos?|submitted|added|"
    r"veröffentlicht|geschrieben|verfasst|erstellt|eingestellt|gepostet|ein (?:beitrag|artikel|gastbeitrag|kommentar)|"
    r"beitrag|artikel|kommentar|escrito|publicado|redactado|publié|écrit|rédigé|scritto|pubblicato|geplaatst|geschreven|"
    r"napisał|skrevet|skriven|publicerad|publisert) )?"
    r"(?:by|von|vom|par|por|di|da|door|av|af|przez|od|fra|från|a cura di|szerző|yazan|autor|автор|כתב|מאת|بقلم|文|記者|記者：|기자)"
    r"|(?:the )?(?:authors?|autor(?:en|in|innen|es|a|ka)?|autor/in|auteurs?|autore|autori|författare|forfatter|skribent|szerző|"
    r"text|texte|texto|testo|tekst|redaktion|reporter|writer|words|journalist|yazar|автор|авторы|kirjoittaja|foto|"
    r"verfasser|name|credit|publisher|about|über|posted|geschrieben|beitrag|artikel|作者|文章作者|執筆者?)\s*[:：])(?:\s*[:：]\s*|\s+|(?<=[:：]))",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"\s*(?:[,;|/•·、＆&]|\s[-–—]\s|\s(?:and|und|et|y|e|och|og|en|ja|és|i|a|ve|и|та|και|με|with|mit|avec|con|com|met|dan)\s|"
    r"\n)\s*",
    re.IGNORECASE,
)
_SAFE_BREAK = re.compile(
    r"\s*(?:[;|/•、＆&,]|\s(?:and|und|et|och|og|és|и|та|και)\s)\s*", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s*(?:\((?=\D)[^()]*\)|\[[^\[\]]*\]|\s[-–—|@]\s.*|\s(?:für|for|in|im|aus|from|at|on|am|vom|le|el|il|lúc|den|"
    r"updated|published|publié|publicado|veröffentlicht|aktualisiert|last|posted|share|follow|read|min)\s.*|[:：]\s.*|"
    r"\S*@\S*|https?:\S*|\d.*)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:https?:)?//\S+|www\.\S+|\S+@\S+\.\w+|(?<!\w)@\w+", re.IGNORECASE
)
_SHORT = re.compile(r"\b(?:Jr|Sr|[A-Z])\.$")
_PLACEHOLDER = re.compile(r"[a-z_]+(?:\.[a-z_]+){2,}|no \w+")
_TAG = re.compile(r"<[^<>]{1,500}>")
NO_NAMES = frozenset({
    "text", "texte", "texto", "foto", "fotos", "photo", "photos", "bild", "bilder", "datum", "date", "fecha", "published",
    "publicado", "publié", "veröffentlicht", "pubblicato", "privacy", "hace", "last", "quelle", "source", "fuente", "sendung",
    "sponsored", "follow", "folgen", "verfasser", "escrito", "stand", "updated", "aktualisiert", "menu", "suche", "search",
    "share", "teilen", "kommentare", "datenschutz", "impressum", "werbung", "anzeige", "admin", "administrator", "author",
    "autor", "autore", "auteur", "user", "username", "unknown", "anonymous", "anonym", "guest", "gast", "none", "null",
    "undefined", "root", "webmaster", "web", "editor", "editors", "test", "demo", "wpadmin", "superadmin", "super", "staff",
    "redakteur", "system", "default", "by", "von", "profile", "facebook", "twitter", "instagram", "linkedin", "rss", "email",
    "mail", "newsletter", "home", "blog", "news", "kontakt", "contact", "about", "website",
})  # fmt: skip
"""Words in the place of a name that name no one."""
AGENCIES = frozenset({
    "reuters", "ap", "afp", "dpa", "apa", "sda", "efe", "ansa", "tass", "interfax", "pti", "ians", "ani", "belga", "anp", "ntb",
    "ritzau", "stt", "lusa", "pap", "čtk", "ctk", "mti", "agerpres", "xinhua", "kyodo", "jiji", "yonhap", "bernama", "antara",
    "aap", "sid", "kna", "epd", "ots", "upi", "europa press", "agencia efe", "associated press", "the associated press",
    "agence france-presse", "deutsche presse-agentur", "press association", "pa media", "keystone-sda", "dpa-infocom",
})  # fmt: skip
"""News agencies, as bylines name them."""
_DAYS = (
    "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag "
    "freitag samstag sonntag mo di mi do fr sa so lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles "
    "jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica"
)
_ROLE = re.compile(
    r"\b(?:reporter|editor|correspondent|journalist|writer|columnist|producer|director|manager|officer|founder|ceo|professor|"
    r"redakteur(?:in)?|korrespondent(?:in)?|chefredakt\w*|volontär(?:in)?|autorin|leiter(?:in)?|rédact\w+|journaliste|redactor\w*|"
    r"periodista|corresponsal|giornalista|redattore|inviat[oa]|redacteur|verslaggever|journalist\w*|redaktør|"
    r"dziennikarz|korespondent|analyst|contributor|specialist|expert|comments?|kommentare?|views?|minutes?|min|read|share|posts?|"
    r"subscribe|follow|profile|biography|bio|posted|published|updated|read more|mehr|alle|all|view|see|articles?|artikel|beiträge|"
    r"login|menu|date|ago|uhr|today|january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"[\s,|·•–-]*\b(?:(?:{'|'.join(_DAYS.split())})\.?,? )?(?:(?:{'|'.join(sorted(dates.months(), key=len, reverse=True))})\.? \d.*|\d.*)$",
    re.IGNORECASE,
)
_LABELS = NO_NAMES | frozenset({
    "and", "und", "et", "y", "e", "och", "og", "en", "ja", "és", "ve", "и", "written", "by", "words", "par", "por", "di",
    "door", "av", "af", "the", "author", "authors",
})  # fmt: skip
_PARTICLE = frozenset({
    "von", "van", "der", "den", "de", "del", "della", "di", "da", "du", "la", "le", "el", "al", "bin", "ibn", "ben", "zu",
    "zum", "zur", "af", "av", "dos", "das", "do", "y", "e", "ter", "ten", "vom", "o'", "mc", "mac", "und", "st.",
})  # fmt: skip


def declared(values: Iterable[str]) -> list[str]:
    """Return the names that a page declares, one declaration or several.

    >>> declared(["By Jane Doe and John Roe", "https://example.org/people/roe", "admin"])
    ['Jane Doe', 'John Roe']
    """
    found: dict[str, None] = {}
    for value in values:
        text = _plain(value)
        if len(text) > MAX_LINE:
            continue
        for part in _SAFE_BREAK.split(_BY.sub("", text)):
            name = _trim(part)
            if name and _can_be_a_name(name):
                found[name] = None
    return list(found)[:_MAX_NAMES]


def printed(text: str, *, marked: bool = False) -> list[str]:
    """Return the names of lines that a page prints as its byline; none where they do not look like one.

    Where the markup itself says that this is the author (`marked`), a name may be written as users write theirs.

    >>> printed("By Jane Doe, Senior Reporter | 3 July 2025"), printed("Read more about our authors and their work")
    (['Jane Doe'], [])
    """
    if len(text) > MAX_LINE:
        return []
    found: list[str] = []
    for line in filter(None, map(_plain, text.split("\n"))):
        if _is_label(line):
            continue
        here = _in_line(line, marked=marked)
        if not here:
            break
        found += here
    return list(dict.fromkeys(found))[:_MAX_NAMES]


def _is_label(line: str) -> bool:
    """Tell whether a line only means that an author follows, or that another one does."""
    if _BY.fullmatch(line + " "):
        return True
    return line.lower().strip(" :,.|&") in _LABELS


def _in_line(text: str, *, marked: bool) -> list[str]:
    """Return the names in one line."""
    for _ in range(3):
        text = _BY.sub("", text).strip()
    found: list[str] = []
    for part in _BREAK.split(_DATED.sub("", text)):
        bare = _TAIL.sub("", _BY.sub("", part))
        name = _trim(bare)
        if _is_name(name, marked=marked):
            found.append(name)
        elif found or not name:
            continue
        elif not _ROLE.search(name) and _can_be_a_name(name):
            return []
    return found


def _plain(text: str) -> str:
    """Return a text without entities, markup and addresses, on one line."""
    text = html.unescape(text[: 4 * MAX_LINE])
    if "<" in text:
        text = _TAG.sub(" ", text)
    text = _ADDRESS.sub(" ", text)
    return " ".join(text.split())


def _trim(name: str) -> str:
    """Return a name without the signs around it; the full stop of "Jr." and of an initial stays."""
    bare = name.strip(" \t\n.,;:|-–—•·*_()[]\"'“”„«»")
    words = " ".join(bare.split())
    return f"{words}." if _SHORT.search(name.strip()) else words


def _can_be_a_name(name: str) -> bool:
    """Tell whether a name has letters and is no word in the place of a name."""
    low = name.lower()
    if low in NO_NAMES or _PLACEHOLDER.fullmatch(low):
        return False
    return any(map(str.isalpha, name))


def _is_name(name: str, *, marked: bool = False) -> bool:
    """Tell whether a text looks like a name."""
    words = name.split()
    if not words or len(words) > _MAX_WORDS or len(name) > _MAX_NAME:
        return False
    if not _can_be_a_name(name):
        return False
    if name.lower() in AGENCIES:
        return True
    if _ROLE.search(name) or any(map(str.isdigit, name)):
        return False
    if marked and len(words) <= 2:  # noqa: PLR2004 - a user's name, or a first and a last name
        return True
    return all(map(_may_be_in_a_name, words))


def _may_be_in_a_name(word: str) -> bool:
    """Tell whether a word begins with a capital, is a particle, or holds an apostrophe."""
    if not word[0].islower() or "'" in word:
        return True
    return word.lower() in _PARTICLE
