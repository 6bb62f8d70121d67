"""What the words in an element's class, id and role say about it: families of the vocabulary that sites share.

A class such as `articleRelated-teaser__title` is taken apart into words (`article`, `related`, `teaser`, `title`); each
word may belong to several families. No family decides anything: signs weigh them (`rules/html/article.yaml`).
"""

from __future__ import annotations

import re
from functools import lru_cache

_FAMILIES: dict[str, str] = {
    "related": """also artikel articles card cards carousel correlati discover explore feed grid headlines latest lees lire list mehr more
        mostread news next onward podobne popular rail read readalso readmore readnext recommend recommendation recommendations
        recommended related relacionadas relacionados river similar slick slider stories suggested suggestions swiper tease teaser
        teasers trending verwandt verwandte weitere""",
    "share": """addthis addtoany compartir facebook follow icons partager share sharebar sharedaddy shares sharethis sharing social
        socials teilen twitter whatsapp""",
    "newsletter": "abo abonnement alert email inscription mail mailchimp newsletter newsletters optin signup subscribe subscription",
    "comment": """comentarios comment commentaires comments commenti discussion disqus forum kommentar kommentare reactions reacties
        replies reply respond""",
    "ad": """ad ads adsbygoogle adv advert advertisement advertising affiliate anzeige app banner callout commercial cta dfp download
        gpt marketing outbrain partner promo promoted promotion pub publicite reklama sponsor sponsored sponsors taboola werbung""",
    "nav": """anchor breadcrumb breadcrumbs dropdown jump masthead menu menus nav navbar navigation pager pagination paging prev previous
        search sitemap skip tab tabs toc toolbar topbar""",
    "header": "head header hero top",
    "footer": "bottom colophon copyright disclaimer foot footer impressum imprint legal",
    "byline": """about auteur author authors autor autore avatar bio biography by byline bylines contributor profile reporter staff
        vcard writer""",
    "date": "date dateline dates datetime datum posted pubdate publish published time timestamp updated",
    "meta": """categories category data details eyebrow info infos kicker label meta metadata overline rubrik section topic topics""",
    "tags": "hashtag keyword keywords tag taglist tags themes topiclist",
    "caption": "bildunterschrift caption captions copyrights credit credits figcaption legend source wp",
    "media": """audio chart embed figure foto gallery image images img lightbox map media photo photos picture player podcast slideshow
        thumb thumbnail video videos""",
    "body": """article articlebody artikeltext body content contenido contents contenu copy corps cuerpo entry fulltext inhalt main
        paragraph paragraphs post prose richtext story text texte texto""",
    "lead": """abstract anlauf bajada chapo deck dek description excerpt heading ingress intro introduction lead lede preamble sapo
        shortinfo standfirst subhead subheading subheadline subline subtitle subtitulo summary teasertext vorspann""",
    "title": "entrytitle h1 heading headline title titles titel titre titulo",
    "cookie": "cmp consent cookie cookies didomi gdpr onetrust privacy",
    "paywall": """account gate locked login member membership paywall piano plus premium register registration regwall signin subscriber
        subscribers user""",
    "sidebar": "aside col column complementary fixed rail right secondary side sidebar sticky widget widgets",
    "hidden": """desktop dialog hidden hide invisible mobile modal none noprint offscreen overlay popover popup print screenreader sr tooltip
        visually""",
    "box": """aside block box bullet component embed factbox facts highlight info infobox inset keypoints module pullquote quote quotes
        summary takeaways""",
    "live": "breaking live liveblog ticker update updates",
    "tools": """action actions bookmark btn button buttons font icon like likes link links listen print progress rating reading save size
        tools vote""",
}  # fmt: skip
FAMILIES = tuple(_FAMILIES)
"""The families by name, in the order of their bits."""
_BITS: dict[str, int] = {}
for _number, _words in enumerate(_FAMILIES.values()):
    for _word in _words.split():
        _BITS[_word] = _BITS.get(_word, 0) | 1 << _number
_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")


@lru_cache(maxsize=1 << 12)
def families(names: str) -> int:
    """Return the families of some class names or ids as bits, in the order of `FAMILIES`.

    >>> [name for bit, name in enumerate(FAMILIES) if families("shareBar is-sticky") >> bit & 1]
    ['share', 'sidebar']
    """
    bits = 0
    for word in _BREAK.split(names[:1000]):
        bits |= _BITS.get(word.lower(), 0)
    return bits
