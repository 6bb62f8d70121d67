"""Split captions from credits: "The harbour at dawn. Photo: Ada Example/Agency" is both."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from cleaner.html.class_stems import Stems

CREDIT = "credit"
CREDIT_CHARS = 140
"""No credit is longer."""

_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z]))(?:(?:img|image|photo|foto|picture|media|figure|bild|wp|slide|video|article)?[-_]?caption|cutline|legend[ea]?|"
    r"bildunterschrift|bildtext|bildtekst|billedtekst|leyenda|pie-?(?:de-?)?foto|didascalia|podpis|kuvateksti|onderschrift|bijschrift|"
    r"image-?desc\w*|photo-?desc\w*)(?:$|[\s_-]|(?=\d))"
)
_CREDIT_CLASS = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z]))(?:(?:photo|foto|image|img|picture|bild|caption|media|figure)?[-_]?credits?|fotocredit|copyright|"
    r"photographer|fotograf|(?:image|photo|bild|caption|picture)[-_]{0,2}(?:source|quelle|author|agency|rights|by)|bildquelle|"
    r"bildnachweis|attribution)(?:$|[\s_-]|(?=\d))"
)
STEMS = Stems((
    "caption", "copyr", "cred", "legend", "bild", "foto", "photo", "cutline", "leyenda", "didasc", "podpis", "teksti", "schrift", "image",
    "picture", "attrib",
))  # fmt: skip
"""One of these is in every class that marks a caption."""
_NO_CAPTION_CLASS = re.compile(
    r"footer|byline|(?:^|[\s_-])(?:with|no|has)-caption|caption-?s?-?(?:off|track|menu|button|list)|closed-caption|wp-caption(?:\s|$)|"
    r"vjs-|cookie|cli-|legend-(?:item|list)|card|teaser|copy-(?:link|url|to)|clipboard|ad-?caption|captioned"
)
_LABEL = re.compile(
    r"[(\[]?\s*(?:©|&copy;|\(c\)\s|"
    r"\b(?:(?:photo|image|picture|video|visual|art)\s?(?:credits?|source|courtesy|illustration)|photographs?|photos?|photographie|pictures?|images?|"
    r"illustrations?|graphics?|grafik|screenshots?|cr[ée]dit(?:s|o|os)?(?:\s(?:photos?|foto))?|crediti|symbol(?:bild|foto)|archiv(?:bild|foto)|fotos?|"
    r"fotograf(?:i|ia|ie|ía)?|fotoğraf|bilder?|bildquelle|bildrechte|bildnachweis|quellen?|sources?|fuente|fonte|bron|beeld|źródło|zdroj|"
    r"kuvat?|lähde|bilde|kilde|källa|kaynak|kép|forrás|фото|источник|джерело|φωτογραφία|πηγή|תמונה|צילום|المصدر|تصوير)"
    r"(?:\s(?:by|von|de|di|av|af|par))?\s?[:：=/]\s?|"
    r"\b(?:photo|photographs?|picture|image|illustration|foto)\s(?:by|courtesy\sof|von|par|di)\s|\bFot\.\s|\bcourtesy\s(?:of\s)?|"
    r"(?:写真|撮影|提供|사진|출처|图源|圖源|来源|來源|图|圖)\s?(?:출처\s?)?[:：=＝])",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\b(?:AP|AFP|dpa|EPA|EFE|ANSA|APA|Reuters|Getty|IMAGO|imago|Keystone|Shutterstock|iStock|Alamy|PA Wire|Scanpix|TT|NTB|Lehtikuva|ANP|Belga|"
    r"PAP|ČTK|MTI|Xinhua|Kyodo|Yonhap|TASS|Pixabay|Unsplash|picture alliance|stock\.adobe|Bloomberg|AAP|Sipa|MAXPPP|Europa Press|LaPresse)\b"
)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,140})[)\]]\s*\.?\s*$")
_LAST_WORDS = re.compile(r"(?:^|[.!?»”\"])\s*([^.!?»”\"]{2,80})$")
_NAME_AND_AGENCY = re.compile(r"[^\W\d_][\w' -]{2,40} ?/ ?[A-Z][\w ]{1,30}")
_SPOKEN = re.compile(
    r"^(?:image caption|bildunterschrift|caption|image source|bildbeschreibung|légende|leyenda|toggle caption|hide caption|enlarge(?: this)? image)"
    r"\s?[,:]?\s+",
    re.IGNORECASE,
)
_EDGES = " \t|/,;–—-:·•"
_END_CHARS = 160
"""Characters at the end of a caption where a credit without a label may be."""
_MORE_THAN_A_CREDIT = re.compile(r"[.!?]\s+(?:\S+\s+){5}")


@lru_cache(maxsize=4096)
def is_caption_class(names: str) -> str | None:
    """Return `caption` or `credit` where classes say that an element is one.

    >>> is_caption_class("image__caption"), is_caption_class("figcaption__credit"), is_caption_class("footer-copyright")
    ('caption', 'credit', None)
    """
    lower = names[:300].lower()
    if not STEMS.find(lower):
        return None
    if _NO_CAPTION_CLASS.search(lower):
        return None
    if _CREDIT_CLASS.search(lower):
        return CREDIT
    return "caption" if _CAPTION_CLASS.search(lower) else None


def plain_caption(value: str) -> str:
    """Return a caption that an attribute holds, without the markup in it."""
    return " ".join(re.sub(r"<[^<>]{0,500}>", " ", unescape(value[:3_000])).split())


def split_credit(
    text: str, *, is_credit: bool = False
) -> tuple[str | None, str | None]:
    """Return caption and credit; with `is_credit` all of the text is one.

    >>> split_credit("The harbour at dawn. Photo: Ada Example")
    ('The harbour at dawn.', 'Ada Example')
    >>> split_credit("Der Hafen (Foto: Ada Beispiel/dpa)"), split_credit("© Ada Beispiel")
    (('Der Hafen', 'Ada Beispiel/dpa'), (None, 'Ada Beispiel'))
    >>> split_credit("Le port de Marseille")
    ('Le port de Marseille', None)
    """
    text = _SPOKEN.sub("", text.strip(), count=1)
    if is_credit:
        return None, _bare(text)
    for found in _LABEL.finditer(text):
        rest = text[found.end() :]
        if len(rest) <= CREDIT_CHARS and not _MORE_THAN_A_CREDIT.search(rest):
            caption = _trim(text[: found.start()])
            return caption or None, _bare(rest)
    end = text[-_END_CHARS:]
    bracket = _IN_BRACKETS.search(end)
    if bracket and _names_a_source(bracket[1]):
        caption = _trim(text.removesuffix(bracket[0]))
        return caption or None, _trim(bracket[1])
    last = _LAST_WORDS.search(end)
    if last and _is_a_source(last[1]):
        caption = text.removesuffix(last[1]).rstrip()
        return caption or None, _trim(last[1])
    return text or None, None


def _names_a_source(text: str) -> bool:
    """Tell whether a text in brackets names an agency, or a person and an agency."""
    if _AGENCY.search(text):
        return True
    return "/" in text and text[0].isupper()


def _is_a_source(text: str) -> bool:
    """Tell whether the last words of a caption name an agency, or a person and an agency."""
    if _AGENCY.search(text):
        return True
    return _NAME_AND_AGENCY.fullmatch(text) is not None


def _bare(text: str) -> str | None:
    """Return a credit without the labels before it: "Bildquelle: © Ada" has two."""
    for _ in range(3):
        found = _LABEL.match(text)
        if found is None:
            break
        text = text[found.end() :]
    return _trim(text) or None


def _trim(text: str) -> str:
    """Return a text without separators at its ends, and without a bracket that nothing opens or closes."""
    text = text.strip(_EDGES)
    if text.endswith((").", "].")):
        text = text[:-1]
    text = _without_loose(text, "(", ")")
    return _without_loose(text, "[", "]")


def _without_loose(text: str, opening: str, closing: str) -> str:
    """Return a text without a bracket at its ends that nothing opens or closes."""
    if text.endswith(closing) and text.count(opening) < text.count(closing):
        text = text[:-1].strip(_EDGES)
    if text.startswith(opening) and text.count(opening) > text.count(closing):
        text = text[1:].strip(_EDGES)
    if text.endswith(opening):
        text = text[:-1].strip(_EDGES)
    return text
