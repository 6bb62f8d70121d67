"""What the words in an element's class, id and role say about it: families of the vocabulary that sites share.

A class such as `articleRelated-teaser__title` is taken apart into words (`article`, `related`, `teaser`, `title`); each
word may belong to several families. No family decides anything: weighted conditions use them (`rules/html/article.yaml`).
"""

from __future__ import annotations

import re
from enum import IntFlag, auto
from functools import lru_cache


class Family(IntFlag):
    """What class words speak of. Where speed counts, sets of families are plain integers with these bits."""

    RELATED = auto()
    SHARE = auto()
    NEWSLETTER = auto()
    COMMENT = auto()
    AD = auto()
    NAV = auto()
    HEADER = auto()
    FOOTER = auto()
    BYLINE = auto()
    DATE = auto()
    META = auto()
    TAGS = auto()
    CAPTION = auto()
    MEDIA = auto()
    BODY = auto()
    LEAD = auto()
    TITLE = auto()
    COOKIE = auto()
    PAYWALL = auto()
    SIDEBAR = auto()
    HIDDEN = auto()
    BOX = auto()
    LIVE = auto()
    TOOLS = auto()


_WORDS: dict[Family, str] = {
    Family.RELATED: """also artikel articles card cards carousel correlati discover explore feed grid headlines latest lees lire list mehr more
        mostread news next onward podobne popular rail read readalso readmore readnext recommend recommendation recommendations
        recommended related relacionadas relacionados river similar slick slider stories suggested suggestions swiper tease teaser
        teasers trending verwandt verwandte weitere""",
    Family.SHARE: """addthis addtoany compartir facebook follow icons partager share sharebar sharedaddy shares sharethis sharing social
        socials teilen twitter whatsapp""",
    Family.NEWSLETTER: "abo abonnement alert email inscription mail mailchimp newsletter newsletters optin signup subscribe subscription",
    Family.COMMENT: """comentarios comment commentaires comments commenti discussion disqus forum kommentar kommentare reactions reacties
        replies reply respond""",
    Family.AD: """ad ads adsbygoogle adv advert advertisement advertising affiliate anzeige app banner callout commercial cta dfp download
        gpt marketing outbrain partner promo promoted promotion pub publicite reklama sponsor sponsored sponsors taboola werbung""",
    Family.NAV: """anchor breadcrumb breadcrumbs dropdown jump masthead menu menus nav navbar navigation pager pagination paging prev previous
        search sitemap skip tab tabs toc toolbar topbar""",
    Family.HEADER: "head header hero top",
    Family.FOOTER: "bottom colophon copyright disclaimer foot footer impressum imprint legal",
    Family.BYLINE: """about auteur author authors autor autore avatar bio biography by byline bylines contributor profile reporter staff
        vcard writer""",
    Family.DATE: "date dateline dates datetime datum posted pubdate publish published time timestamp updated",
    Family.META: """categories category data details eyebrow info infos kicker label meta metadata overline rubrik section topic topics""",
    Family.TAGS: "hashtag keyword keywords tag taglist tags themes topiclist",
    Family.CAPTION: "bildunterschrift caption captions copyrights credit credits figcaption legend source wp",
    Family.MEDIA: """audio chart embed figure foto gallery image images img lightbox map media photo photos picture player podcast slideshow
        thumb thumbnail video videos""",
    Family.BODY: """article articlebody artikeltext body content contenido contents contenu copy corps cuerpo entry fulltext inhalt main
        paragraph paragraphs post prose richtext story text texte texto""",
    Family.LEAD: """abstract anlauf bajada chapo deck dek description excerpt heading ingress intro introduction lead lede preamble sapo
        shortinfo standfirst subhead subheading subheadline subline subtitle subtitulo summary teasertext vorspann""",
    Family.TITLE: "entrytitle h1 heading headline title titles titel titre titulo",
    Family.COOKIE: "cmp consent cookie cookies didomi gdpr onetrust privacy",
    Family.PAYWALL: """account gate locked login member membership paywall piano plus premium register registration regwall signin subscriber
        subscribers user""",
    Family.SIDEBAR: "aside col column complementary fixed rail right secondary side sidebar sticky widget widgets",
    Family.HIDDEN: """desktop dialog hidden hide invisible mobile modal none noprint offscreen overlay popover popup print screenreader sr tooltip
        visually""",
    Family.BOX: """aside block box bullet component embed factbox facts highlight info infobox inset keypoints module pullquote quote quotes
        summary takeaways""",
    Family.LIVE: "breaking live liveblog ticker update updates",
    Family.TOOLS: """action actions bookmark btn button buttons font icon like likes link links listen print progress rating reading save size
        tools vote""",
}  # fmt: skip
FAMILIES = tuple(name.lower() for name in Family.__members__)
"""The families by name, in the order of their bits."""
_WORD_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")
_MAX_CHARS = 1_000
"""Of class names that are read."""


def _families_of_words() -> dict[str, int]:
    """Return the families of each word of the vocabulary as bits."""
    bits: dict[str, int] = {}
    for family, words in _WORDS.items():
        for word in words.split():
            bits[word] = bits.get(word, 0) | int(family)
    return bits


_BITS = _families_of_words()


@lru_cache(maxsize=1 << 12)
def families(names: str) -> int:
    """Return the families of some class names or ids as the bits of `Family`.

    >>> Family(families("shareBar is-sticky")) == Family.SHARE | Family.SIDEBAR
    True
    """
    bits = 0
    for word in _WORD_BREAK.split(names[:_MAX_CHARS]):
        bits |= _BITS.get(word.lower(), 0)
    return bits
