"""The images of an article, and which elements are captions and credits.

An image is the article's if it does not stand in the page's furniture (navigation, sidebars, teasers that
lead to other pages) and is neither a logo, an icon, an avatar nor a tracker. Nothing is taken out of the tree: whoever
builds blocks of text asks `Pictures.captions` which of them stand under an image.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from cleaner.html.class_stems import Stems
from cleaner.html.embeds.post import lines_of
from cleaner.html.images.credits import (
    CREDIT,
    STEMS,
    is_caption_class,
    plain_caption,
    split_credit,
)
from cleaner.html.images.sources import best_source
from cleaner.model import Image

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from lxml.html import HtmlElement

    from cleaner.html.element_index import ElementIndex, Look

MAX_IMAGES = 100
MAX_SEEN = 2_000
"""Images and captions of one page that are looked at."""
CAPTION_CHARS = 1_500
"""No caption is longer: what is has swallowed the article, because nobody closed it."""
CREDIT_CHARS = 400
"""No element that holds nothing but a credit says more."""
TEASER_CHARS = 600
ALT_CHARS = 1_000
SMALL = 90
"""An image whose markup says that one side has fewer pixels is furniture."""
MAX_BESIDE = 60
"""So many elements of a caption's neighbour are looked at for an image."""
LEVELS = 4
"""So many levels up an image may stand beside its caption."""

_IMAGES = frozenset({"img", "amp-img", "amp-anim"})
_FURNITURE = frozenset({"nav", "footer", "aside", "form", "button", "dialog", "select"})
_ROOMS = frozenset({"article", "main", "body", "html", "section", "table"})
_SEPARATE = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|teasers?|sidebar|comments?|authors?|avatar|bio|newsletter|promo\w*|share|sharing|social|menu|"
    r"widget|footer|popular|trending|logo|icon|masthead|breadcrumb|more-(?:from|news|stories)|read-?more|most-?read|latest|advert\w*|"
    r"sponsor\w*|cookie\w*|product-?card|card-?list|up-?next|also-?(?:like|read))(?:$|[\s_-])",
    re.IGNORECASE,
)
_SEPARATE_STEMS = Stems((
    "related", "recommend", "teaser", "sidebar", "comment", "author", "avatar", "bio", "newsletter", "promo", "share", "sharing",
    "social", "menu", "widget", "footer", "popular", "trending", "logo", "icon", "masthead", "breadcrumb", "more", "read",
    "latest", "advert", "sponsor", "cookie", "product", "card", "next", "also",
))  # fmt: skip
"""One of these is in whatever `_SEPARATE` finds."""
_NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:avatars?|gravatar|logos?|icons?|pixel|track(?:ing|er)|spacer|blank|1x1|placeholder|emojis?|sprites?|badges?|favicon|"
    r"loader|spinner|transparent|clear|feed-?icon)(?=[/_.?-]|$|\d)|\.svg(?:[?#]|$)|/svg/|"
    r"scorecardresearch|doubleclick|google-analytics|facebook\.com/tr|/p(?:v|x)\?|quantserve|vgwort|ivwbox|analytics",
    re.IGNORECASE,
)
_NO_PICTURE_CLASS = re.compile(
    r"avatar|logo|icon|emoji|pixel|tracker|gravatar|smiley|spinner", re.IGNORECASE
)
_PICTURE_FILE = re.compile(
    r"\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)|[?&]attachment_id=|/(?:photo|image|bild|galer)",
    re.IGNORECASE,
)


class Pictures(NamedTuple):
    """The images of a page and the elements that stand under them."""

    images: tuple[Image, ...]
    captions: Mapping[HtmlElement, str]
    """Captions and credits, with `caption` or `credit` for each; parts of a caption are in it too."""


def pictures(page: ElementIndex, *, url: str | None = None) -> Pictures:
    """Return the article's images in the order of the page, and the captions. `url` is the page's."""
    seen = _candidates(page)[:MAX_SEEN]
    captions = {
        element: kind
        for element, kind in seen
        if kind and _stands_under_an_image(element, kind)
    }
    has_room = bool(page.places(("article", "main")))
    under = _by_holder(captions)
    furniture = _Furniture(page)
    found: dict[str, Image] = {}
    for element, kind in seen:
        if kind or len(found) >= MAX_IMAGES:
            continue
        own = _captions_of(element, under)
        if not _is_the_articles(element, furniture, has_caption=bool(own)):
            continue
        if has_room and not own and not _within_article(element):
            continue
        image = _image(element, own, url)
        key = (image.url or "").partition("?")[0]
        if image.url and (
            key not in found
            or (found[key].caption is None and image.caption is not None)
        ):
            found[key] = image
    return Pictures(tuple(found.values()), captions)


def _candidates(page: ElementIndex) -> list[tuple[HtmlElement, str]]:
    """Return images with an empty kind, and what may be a caption or a credit with its kind, in the order of the page."""
    kinds: list[tuple[int, str]] = []
    telling = page.marked(STEMS)
    for look in page.looks:
        if (kind := _kind(look, telling)) is not None:
            kinds += ((place, kind) for place in look.places)
    return [(page.elements[place], kind) for place, kind in sorted(kinds)]


def _kind(look: Look, telling: Container[str]) -> str | None:
    """Return what elements that look so may be, None where they are neither images nor under one."""
    if look.tag in _IMAGES:
        return ""
    if look.tag == "figcaption":
        return "caption"
    return (
        is_caption_class(look.classes or "")
        if look.tag in _CAPTION_TAGS and look.classes in telling
        else None
    )


_CAPTION_TAGS = frozenset(
    {
        "p",
        "div",
        "span",
        "small",
        "cite",
        "em",
        "i",
        "dd",
        "h6",
        "address",
        "label",
        "footer",
    }
)


def _stands_under_an_image(element: HtmlElement, kind: str) -> bool:
    """Tell whether an element that may be a caption stands in a figure or beside an image, and is no longer than one."""
    limit = CREDIT_CHARS if kind == CREDIT else CAPTION_CHARS
    if (
        next(element.iter(*_IMAGES), None) is not None
        or lines_of(element, limit) is None
    ):
        return False
    holder = _holder(element)
    return holder is not None and not (
        holder.tag == "figure" and _is_a_quotation(holder, element)
    )


def _is_a_quotation(figure: HtmlElement, caption: HtmlElement) -> bool:
    """Tell whether what stands under a figure names the speaker of a quotation."""
    names = f"{figure.get('class') or ''} {caption.get('class') or ''}"
    return (
        any(
            each.tag in {"blockquote", "q"}
            for each in islice(figure.iter("*"), MAX_BESIDE)
        )
        or "quote" in names.lower()
    )


def _holder(element: HtmlElement) -> HtmlElement | None:
    """Return what holds a caption and its image: the figure, or the element in which they are neighbours."""
    each = element
    for _ in range(LEVELS):
        parent = each.getparent()
        if parent is None:
            return None
        if parent.tag == "figure":
            return parent
        neighbours = (each.getprevious(), each.getnext())
        if any(other is not None and _shows_an_image(other) for other in neighbours):
            return (
                parent
                if parent.tag not in _ROOMS and len(parent) <= 6  # noqa: PLR2004
                else neighbours[0]
            )
        if parent.tag in _ROOMS:
            return None
        each = parent
    return None


def _shows_an_image(element: HtmlElement) -> bool:
    if element.tag in _IMAGES:
        return True
    return (
        next(element.iter(*_IMAGES), None) is not None
        and not "".join(lines_of(element, CAPTION_CHARS) or ("",))[200:]
    )


def _by_holder(
    captions: Mapping[HtmlElement, str],
) -> dict[HtmlElement, list[HtmlElement]]:
    """Return the outermost captions of each holder."""
    under: dict[HtmlElement, list[HtmlElement]] = {}
    for element in captions:
        if (
            not any(each in captions for each in element.iterancestors())
            and (holder := _holder(element)) is not None
        ):
            under.setdefault(holder, []).append(element)
    return under


def _captions_of(
    image: HtmlElement, under: Mapping[HtmlElement, list[HtmlElement]]
) -> list[HtmlElement]:
    """Return the captions that stand under an image."""
    chain = [image, *islice(image.iterancestors(), LEVELS + 4)]
    found = next((under[each] for each in chain if each in under), [])
    if len(found) <= 2:  # noqa: PLR2004 - a caption and a credit
        return found
    beside = (
        image.getnext(),
        image.getparent().getnext() if image.getparent() is not None else None,
    )
    return [each for each in beside if each is not None and each in found[:MAX_IMAGES]]


def _is_the_articles(
    image: HtmlElement, furniture: _Furniture, *, has_caption: bool
) -> bool:
    """Tell whether an image belongs to the article."""
    if _is_small(image) or _NO_PICTURE_CLASS.search(image.get("class") or ""):
        return False
    parent = image.getparent()
    if parent is not None and furniture.holds(parent):
        return False
    return has_caption or not _leads_elsewhere(image)


class _Furniture:
    """Which elements of a page are not the article's; each is looked at once."""

    def __init__(self, page: ElementIndex) -> None:
        self._known: dict[HtmlElement, bool] = {}
        self._telling = page.marked(_SEPARATE_STEMS)

    def holds(self, element: HtmlElement) -> bool:
        """Tell whether an element stands in navigation, a sidebar, a teaser or the like."""
        chain: list[HtmlElement] = []
        each: HtmlElement | None = element
        verdict = False
        while each is not None and each not in self._known:
            chain.append(each)
            if (
                each.tag in _FURNITURE
                or (each.tag == "header" and not _within_article(each))
                or self._is_one(each)
            ):
                verdict = True
                break
            each = each.getparent()
        else:
            verdict = self._known[each] if each is not None else False
        self._known.update(dict.fromkeys(chain, verdict))
        return verdict

    def _is_one(self, element: HtmlElement) -> bool:
        """Tell whether class or id say that an element is not the article's; what holds the whole page says nothing."""
        if element.tag in _ROOMS - {"section", "table", "article"}:
            return False
        if element.tag == "article" and _is_teaser(element):
            return True
        classes, identity = element.get("class"), element.get("id")
        if classes not in self._telling and identity not in self._telling:
            return False
        return _SEPARATE.search(f"{classes or ''} {identity or ''}"[:300]) is not None


def _is_teaser(article: HtmlElement) -> bool:
    """Tell whether an <article> is the card of another story: short, with a headline that is a link."""
    leads_on = any(
        next(head.iter("a"), None) is not None or head.getparent().tag == "a"
        for head in article.iter("h2", "h3", "h4", "h5")
    )
    return leads_on and lines_of(article, TEASER_CHARS) is not None


def _within_article(element: HtmlElement) -> bool:
    return any(each.tag in {"article", "main"} for each in element.iterancestors())


def _is_small(image: HtmlElement) -> bool:
    sides = [image.get(side) or "" for side in ("width", "height")]
    return any(
        side.isdecimal() and len(side) < 6 and int(side) < SMALL  # noqa: PLR2004
        for side in sides
    )


def _leads_elsewhere(image: HtmlElement) -> bool:
    """Tell whether an image is a link to another page: a teaser, an advertisement."""
    link = next(
        (each for each in islice(image.iterancestors(), LEVELS) if each.tag == "a"),
        None,
    )
    target = (link.get("href") or "") if link is not None else ""
    return (
        bool(target)
        and target[0] != "#"
        and not target.startswith("javascript:")
        and not _PICTURE_FILE.search(target)
    )


def _image(element: HtmlElement, captions: list[HtmlElement], url: str | None) -> Image:
    """Return the record of an image with what stands under it."""
    caption, credit = _words(element, captions)
    alt = " ".join((element.get("alt") or "")[:ALT_CHARS].split())
    return Image(
        url=_absolute(best_source(element), url),
        caption=caption,
        credit=credit,
        alt=alt or None,
    )


def _words(
    element: HtmlElement, captions: list[HtmlElement]
) -> tuple[str | None, str | None]:
    """Return caption and credit from the elements under an image, or from its attributes."""
    said: list[str] = []
    credits_: list[str] = []
    for each in captions:
        parts = [
            part
            for part in each.iter("*")
            if is_caption_class(part.get("class") or "") == CREDIT
        ]
        names = [" ".join(lines_of(part, CAPTION_CHARS) or ()) for part in parts[:1]]
        whole = " ".join(lines_of(each, CAPTION_CHARS) or ())
        credits_ += filter(None, names)
        said.append(whole.replace(names[0], " ", 1) if names else whole)
    caption, credit = split_credit(
        " ".join(" ".join(said).split())
        or plain_caption(element.get("data-caption") or "")
    )
    named = (
        " ".join(dict.fromkeys(credits_))
        or (element.get("data-credit") or element.get("data-copyright") or "").strip()
    )
    return caption, (split_credit(named, is_credit=True)[1] if named else credit)


def _absolute(source: str | None, url: str | None) -> str | None:
    """Return an address that is an image's, absolute where the page's is known."""
    if not source or _NO_PICTURE.search(source[:300]):
        return None
    try:
        address = (
            urljoin(url, source)
            if url
            else ("https:" + source if source.startswith("//") else source)
        )
        return address if urlsplit(address).scheme in {"http", "https", ""} else None
    except ValueError:
        return None
