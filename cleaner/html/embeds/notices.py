"""Recognise the notice in place of an embed that needs the reader's consent: "Recommended external content", "We need your consent".

A notice is recognised by how its text begins; these beginnings are the ones of placeholders, not of cookie banners. What
else is in its box is about loading, agreeing and third parties, or it is not part of the box.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BOX_CHARS = 1_200
"""No placeholder has more."""
MIN_CHARS = 9
BOX_LINES = 12
LABEL_CHARS = 60
_OPENINGS = frozenset({
    "emp", "ext", "an ", "hie", "die", "auf", "zum", "ihr", "dei", "um ", "we ", "rec", "thi", "all", "to ", "you", "ple", "ce ", "cet",
    "pou", "afi", "con", "par", "est", "¿pe", "per", "que", "dee", "dit", "om ", "aan", "aby", "tre", "mat", "för", "for", "eks", "näh",
    "jot", "pro", "k z", "bu ", "что", "вне", "щоб", "このコ", "이 콘", "htt",
})  # fmt: skip
"""The first three characters of all beginnings, and of an address."""
_BEGINNINGS = re.compile(
    r"""\s*(?:
      Empfohlene[rn]?\ (?:externe[rn]?|redaktionelle[rn]?)\ Inhalte? | Externe[rn]?\ Inhalt(?:e)?(?:\ (?:von|nicht|anzeigen|laden|aktivieren)\b|$)
    | An\ dieser\ Stelle\ (?:finden|würden|befindet|möchten|wird|steht|ist|sehen)\ .{0,120}(?:extern|Inhalt|Drittanbieter|Embed|Tweet|Beitrag)
    | Hier\ (?:würde|sollte|finden\ Sie|steht)\ .{0,60}(?:externe|Inhalt\ von|Drittanbieter)
    | Dieser\ Inhalt\ (?:stammt\ von|wird\ von|von\ einem\ Drittanbieter|ist\ extern) | Aufgrund\ Ihrer\ .{0,40}(?:Cookie|Datenschutz)
    | Zum\ (?:Anzeigen|Laden|Abspielen|Betrachten)\ .{0,60}(?:Inhalt|Video|Beitrag|Tweet|Einwilligung|Cookies)
    | (?:Ihre|Deine)\ (?:Zustimmung|Einwilligung|Datenschutz-?Einstellungen|Privatsphäre-Einstellungen)\ .{0,80}(?:Inhalt|Laden|laden|anzu)
    | Um\ (?:diese[ns]?|den|das)\ (?:Inhalt|Video|Beitrag|Tweet|Post|Element)\ .{0,80}(?:Cookies|Zustimmung|akzept|aktivier|zustimm)
    | We\ need\ your\ consent\ to\ (?:load|show|display|embed|play|present|open)\b | We\ ask\ for\ your\ permission\ before\ | Recommended\ (?:external|editorial)\ content
    | This\ (?:article|page|story)\ (?:contains|includes)\ (?:content|a\ video|features)\ (?:provided|hosted|from)\b
    | (?:This|External)\ content\ (?:is\ (?:provided\ by|hosted\ (?:by|on)|blocked|not\ available)\b|isn['’]t\ available|could\ not\ be\ loaded)
    | Allow\ .{1,40}\ content\?
    | To\ (?:view|see|watch|display|load|show)\ this\ (?:content|video|post|tweet|embed|element|media)\b.{0,80}(?:cookie|consent|accept|enable|allow|permi|prefer|setting)
    | You\ need\ to\ (?:accept|enable|allow)\ .{0,60}(?:cookies|content) | Please\ (?:accept|enable|allow)\ .{0,40}cookies\ to\ (?:view|watch|see|load)
    | (?:Ce|Cet)\ (?:contenu|vidéo|élément)\ (?:est\ (?:bloqué|fourni|hébergé|issu)|externe|n['’]a\ pas\ pu|ne\ peut|provient\ de|embarqué)
    | (?:Pour|Afin\ de)\ (?:voir|visualiser|afficher|lire|consulter|accéder\ à|regarder)\ (?:ce|cette|cet|le|la)\ (?:contenu|vidéo|publication|tweet|média|post)\b
    | Contenu\ (?:externe|bloqué|embarqué)$ | Cet\ article\ contient\ du\ contenu
    | Para\ (?:ver|poder\ (?:ver|visualizar)|visualizar|acceder\ a)\ (?:este|esta|o)\ (?:contenido|vídeo|video|publicación|tuit|conteúdo|post)\b
    | Este\ (?:contenido|artículo)\ (?:está\ (?:bloqueado|alojado)|contiene\ contenido\ proporcionado|no\ está\ disponible|es\ proporcionado)
    | ¿Permitir\ (?:el\ )?contenido\ de | Este\ (?:conteúdo|artigo)\ (?:está\ bloqueado|contém\ conteúdo|é\ fornecido|não\ está\ disponível)
    | Per\ (?:vedere|visualizzare|guardare)\ (?:questo|il)\ (?:contenuto|video|post|tweet)\b | Questo\ contenuto\ (?:è\ (?:ospitato|bloccato|fornito)|non\ è)
    | Contenuto\ (?:esterno|bloccato|non\ disponibile)\b
    | (?:Deze|Dit)\ (?:inhoud|content|bericht|video)\ (?:is\ geblokkeerd|kan\ (?:helaas\ )?niet|wordt\ (?:geladen|getoond)|komt\ van)
    | Om\ (?:deze|dit|de)\ (?:inhoud|content|video|bericht|tweet)\ .{0,60}(?:cookies|toestemming|accepteren) | Aanbevolen\ externe\ (?:inhoud|content)
    | Aby\ (?:zobaczyć|wyświetlić|obejrzeć)\ .{0,60}(?:treść|treści|wpis|wideo|film) | (?:Treść|Materiał)\ zewnętrzn[ay]
    | För\ att\ (?:visa|se|kunna\ se)\ (?:det\ här|detta|den\ här)\ .{0,80}(?:cookies|kakor|samtycke|godkänn) | Externt\ innehåll
    | For\ (?:at|å)\ (?:se|vise|kunne\ se)\ (?:dette|denne|det)\ .{0,80}(?:cookies|samtykke|informasjonskapsler|acceptere|godta) | Eksternt\ in[dn]hold
    | (?:Nähdäksesi|Jotta\ voit)\ .{0,80}(?:evästeet|sisäl) | (?:Pro|K)\ zobrazení\ .{0,60}(?:obsahu|cookies|souhlas) | Externí\ obsah
    | Bu\ içeriği\ (?:görmek|görüntülemek) | Чтобы\ (?:просмотреть|увидеть|посмотреть)\ .{0,40}(?:контент|публикац|cookie|куки)
    | Внешний\ контент | Щоб\ (?:переглянути|побачити)\ .{0,40}(?:контент|допис|cookie)
    | このコンテンツ(?:を表示|は) | 이\ 콘텐츠를\ (?:보려면|표시)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_SPEAKS_OF_LOADING = re.compile(
    r"cookie|consent|privacy|permission|third[- ]part|extern|accept|settings|preferences|personal data|load|allow|agree|enable|"
    r"einverstanden|zustimm|einwillig|datenschutz|privatsphäre|drittanbieter|drittplattform|personenbezogen|inhalt|anzeigen|laden|"
    r"confidentialité|contenu|accepte|autoris|tiers|consentement|contenido|privacidad|aceptar|permitir|terceros|conteúdo|aceitar|"
    r"contenuto|accett|consenso|terze parti|inhoud|toestemming|voorwaarden|treść|zgod|prywatno|akceptuj|samtyc?k|innehåll|indhold|"
    r"innhold|godkänn|godta|accepter|evästee|sisält|souhlas|obsah|soubor|izin|içeri|kabul|согла|контент|куки|настро|згод|"
    r"同意|表示|許可|동의|콘텐츠|twitter|instagram|facebook|youtube|tiktok|bluesky|\bx\b",
    re.IGNORECASE,
)
_QUOTES = re.compile('["“”„«»‘‹›「」]')
_SENTENCE_ENDS = (".", "!", "?", ":", "”", '"', "“", "»", "。")
_PLATFORMS = {
    "twitter": r"twitter|\bX(?:\.com)?\b(?=\s|$|-|\)|,|\.)", "instagram": "instagram", "facebook": "facebook|\\bmeta\\b", "youtube": "youtube",
    "tiktok": r"tik\s?tok", "bluesky": "bluesky", "threads": r"\bThreads\b", "telegram": "telegram", "vimeo": "vimeo", "reddit": "reddit",
    "spotify": "spotify", "soundcloud": "soundcloud", "datawrapper": "datawrapper", "flourish": "flourish", "infogram": "infogram",
    "google": r"google\s?maps", "pinterest": "pinterest", "dailymotion": "dailymotion", "opinary": "opinary", "podigee": "podigee",
    "giphy": "giphy", "linkedin": "linkedin", "twitch": "twitch", "truth-social": r"truth\s?social", "mastodon": "mastodon",
}  # fmt: skip
_PLATFORM = re.compile(
    "|".join(
        f"(?P<{name.replace('-', '_')}>(?i:{words}))"
        for name, words in _PLATFORMS.items()
    )
)


def begins_a_notice(text: str) -> bool:
    """Tell whether a text begins as the placeholder of a blocked embed does.

    >>> begins_a_notice("We need your consent to load this video"), begins_a_notice("We need your vote")
    (True, False)
    """
    return len(text) <= BOX_CHARS and _BEGINNINGS.match(text) is not None


def may_begin(text: str) -> bool:
    """Tell from the first text of an element whether it is worth reading whole."""
    return len(text) >= MIN_CHARS and text.lstrip()[:3].lower() in _OPENINGS


def is_part(lines: Sequence[str], *, in_box: bool = False) -> bool:
    """Tell whether the lines next to a widget are its own: a notice, and labels that name a platform or a choice.

    In the box of a notice the lines may be about loading and agreeing without beginning as a notice does.

    >>> is_part(("Twitter",)), is_part(("We need your consent to load this post.", "Your privacy settings allow it.", "Accept"))
    (True, True)
    >>> is_part(("The minister wants to accept it.",))
    False
    """
    if len(lines) > BOX_LINES:
        return False
    is_notice = in_box or begins_a_notice(" ".join(lines))
    for line in lines:
        is_own = _is_label(line) or (is_notice and _speaks_twice(line))
        if not is_own:
            return False
    return True


def stands_alone(text: str) -> bool:
    """Tell whether a notice is one even without a box round it: a bare label, or a sentence that is about little else.

    >>> stands_alone("Externer Inhalt"), stands_alone("To view this content they had to accept defeat, “he said”.")
    (True, False)
    """
    if _is_label(text):
        return True
    return _speaks_twice(text) and not _QUOTES.search(text)


def _speaks_twice(text: str) -> bool:
    if len(text) > BOX_CHARS // 2:
        return False
    words = _SPEAKS_OF_LOADING.findall(text.lower())
    return len(set(words)) > 1


def _is_label(line: str) -> bool:
    if len(line) > LABEL_CHARS or line.endswith(_SENTENCE_ENDS):
        return False
    return _SPEAKS_OF_LOADING.search(line) is not None


def platform_named(text: str) -> str | None:
    """Return the platform that a box names first.

    >>> platform_named("Externer Inhalt von Instagram"), platform_named("This content is hosted elsewhere")
    ('instagram', None)
    """
    found = _PLATFORM.search(text)
    if not found or not found.lastgroup:
        return None
    return found.lastgroup.replace("_", "-")
