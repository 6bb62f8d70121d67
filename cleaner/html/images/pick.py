"""Pick the images of an article, and the elements that are captions and credits.

An image is the article's if it is outside the page's furniture (navigation, sidebars, teasers that lead to other pages)
and is neither a logo, an icon, an avatar nor a tracker. Nothing is taken out of the tree: `Pictures.captions` has the
elements under images for the code that builds blocks of text.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from cleaner.html.embeds.post import lines_of
from cleaner.html.images.credits import (
    CREDIT,
    STEMS,
    is_caption_class,
    plain_caption,
    split_credit,
)
from cleaner.html.images.furniture import Furniture, is_within_article
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
"""No caption is longer: a longer one was never closed and has swallowed the article."""
CREDIT_CHARS = 400
"""No element that holds nothing but a credit is longer."""
ALT_CHARS = 1_000
SMALL = 90
"""An image with fewer pixels on one side, by its markup, is furniture."""
_SIDE_DIGITS = 5
"""A side with more digits is not read."""
_SOME_TEXT = 200
"""Characters of text that show that an element is more than an image."""
_MAX_NEIGHBOURS = 6
"""Children of an element that holds an image and its caption."""
MAX_BESIDE = 60
"""Elements of a figure that are examined for a quotation."""
LEVELS = 4
"""Levels up where an image may be next to its caption."""

_IMAGES = frozenset({"img", "amp-img", "amp-anim"})
_CAPTION_TAGS = frozenset({
    "p", "div", "span", "small", "cite", "em", "i", "dd", "h6", "address", "label", "footer",
})  # fmt: skip
_ROOMS = frozenset({"article", "main", "body", "html", "section", "table"})
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
    under = _by_holder(captions)
    has_article = bool(page.places(("article", "main")))
    furniture = Furniture(page)
    found: dict[str, Image] = {}
    for element, kind in seen:
        if kind or len(found) >= MAX_IMAGES:
            continue
        own = _captions_of(element, under)
        if not _is_the_articles(element, furniture, has_caption=bool(own)):
            continue
        if has_article and not own and not is_within_article(element):
            continue
        _add(found, _image(element, own, url))
    return Pictures(tuple(found.values()), captions)


def _add(found: dict[str, Image], image: Image) -> None:
    """Add an image under its address without parameters, unless it is there already with no worse a caption."""
    if not image.url:
        return
    key, _, _ = image.url.partition("?")
    if key in found:
        adds_a_caption = found[key].caption is None and image.caption is not None
        if not adds_a_caption:
            return
    found[key] = image


def _candidates(page: ElementIndex) -> list[tuple[HtmlElement, str]]:
    """Return images with an empty kind, and what may be a caption or a credit with its kind, in the order of the page."""
    telling = page.marked(STEMS)
    kinds: list[tuple[int, str]] = []
    for look in page.looks:
        kind = _kind(look, telling)
        if kind is not None:
            kinds += ((place, kind) for place in look.places)
    kinds.sort()
    elements = page.elements
    return [(elements[place], kind) for place, kind in kinds]


def _kind(look: Look, telling: Container[str]) -> str | None:
    """Return what elements that look so may be, None where they are neither images nor under one."""
    if look.tag in _IMAGES:
        return ""
    if look.tag == "figcaption":
        return "caption"
    if look.tag in _CAPTION_TAGS and look.classes in telling:
        return is_caption_class(look.classes or "")
    return None


def _stands_under_an_image(element: HtmlElement, kind: str) -> bool:
    """Tell whether an element that may be a caption is in a figure or next to an image, and is no longer than one."""
    if _holds_an_image(element):
        return False
    limit = CREDIT_CHARS if kind == CREDIT else CAPTION_CHARS
    if lines_of(element, limit) is None:
        return False
    holder = _holder(element)
    if holder is None:
        return False
    return holder.tag != "figure" or not _is_a_quotation(holder, element)


def _holds_an_image(element: HtmlElement) -> bool:
    return next(element.iter(*_IMAGES), None) is not None


def _is_a_quotation(figure: HtmlElement, caption: HtmlElement) -> bool:
    """Tell whether the caption of a figure names the speaker of a quotation."""
    for each in islice(figure.iter("*"), MAX_BESIDE):
        if each.tag in {"blockquote", "q"}:
            return True
    names = f"{figure.get('class') or ''} {caption.get('class') or ''}"
    return "quote" in names.lower()


def _holder(element: HtmlElement) -> HtmlElement | None:
    """Return what holds a caption and its image: the figure, or the element in which they are neighbours."""
    each = element
    for _ in range(LEVELS):
        parent = each.getparent()
        if parent is None:
            return None
        if parent.tag == "figure":
            return parent
        before = each.getprevious()
        if _shows_an_image(before) or _shows_an_image(each.getnext()):
            is_box = parent.tag not in _ROOMS and len(parent) <= _MAX_NEIGHBOURS
            return parent if is_box else before
        if parent.tag in _ROOMS:
            return None
        each = parent
    return None


def _shows_an_image(element: HtmlElement | None) -> bool:
    """Tell whether an element is an image or holds one, with little text."""
    if element is None:
        return False
    if element.tag in _IMAGES:
        return True
    if not _holds_an_image(element):
        return False
    text = "".join(lines_of(element, CAPTION_CHARS) or ())
    return len(text) <= _SOME_TEXT


def _by_holder(
    captions: Mapping[HtmlElement, str],
) -> dict[HtmlElement, list[HtmlElement]]:
    """Return the outermost captions of each holder."""
    under: dict[HtmlElement, list[HtmlElement]] = {}
    for element in captions:
        if any(above in captions for above in element.iterancestors()):
            continue
        holder = _holder(element)
        if holder is not None:
            under.setdefault(holder, []).append(element)
    return under


def _captions_of(
    image: HtmlElement, under: Mapping[HtmlElement, list[HtmlElement]]
) -> list[HtmlElement]:
    """Return the captions under an image."""
    found: list[HtmlElement] = []
    for each in (image, *islice(image.iterancestors(), LEVELS + 4)):
        if each in under:
            found = under[each]
            break
    if len(found) <= 2:  # noqa: PLR2004 - a caption and a credit
        return found
    neighbours = [image.getnext()]
    parent = image.getparent()
    if parent is not None:
        neighbours.append(parent.getnext())
    return [each for each in neighbours if each in found[:MAX_IMAGES]]


def _is_the_articles(
    image: HtmlElement, furniture: Furniture, *, has_caption: bool
) -> bool:
    """Tell whether an image belongs to the article."""
    if _is_small(image):
        return False
    if _NO_PICTURE_CLASS.search(image.get("class") or ""):
        return False
    parent = image.getparent()
    if parent is not None and furniture.holds(parent):
        return False
    return has_caption or not _leads_elsewhere(image)


def _is_small(image: HtmlElement) -> bool:
    for name in ("width", "height"):
        side = image.get(name) or ""
        if side.isdecimal() and len(side) <= _SIDE_DIGITS and int(side) < SMALL:
            return True
    return False


def _leads_elsewhere(image: HtmlElement) -> bool:
    """Tell whether an image is a link to another page: a teaser, an advertisement."""
    for each in islice(image.iterancestors(), LEVELS):
        if each.tag == "a":
            target = each.get("href") or ""
            break
    else:
        return False
    if not target or target.startswith(("#", "javascript:")):
        return False
    return not _PICTURE_FILE.search(target)


def _image(element: HtmlElement, captions: list[HtmlElement], url: str | None) -> Image:
    """Return the record of an image with what is under it."""
    caption, credit = _words(element, captions)
    alt = (element.get("alt") or "")[:ALT_CHARS]
    return Image(
        url=_absolute(best_source(element), url),
        caption=caption,
        credit=credit,
        alt=" ".join(alt.split()) or None,
    )


def _words(
    element: HtmlElement, captions: list[HtmlElement]
) -> tuple[str | None, str | None]:
    """Return caption and credit from the elements under an image, or from its attributes."""
    texts: list[str] = []
    credits_: dict[str, None] = {}
    for each in captions:
        whole = _text(each)
        own = _credit_in(each)
        if own is not None:
            whole = whole.replace(own, " ", 1)
            credits_[own] = None
        texts.append(whole)
    text = " ".join(" ".join(texts).split())
    caption, credit = split_credit(
        text or plain_caption(element.get("data-caption") or "")
    )
    credits_.pop("", None)
    named = " ".join(credits_) or _declared_credit(element)
    if named:
        _, credit = split_credit(named, is_credit=True)
    return caption, credit


def _text(element: HtmlElement) -> str:
    return " ".join(lines_of(element, CAPTION_CHARS) or ())


def _credit_in(caption: HtmlElement) -> str | None:
    """Return the text of the first credit in a caption, None where there is none."""
    for part in caption.iter("*"):
        if is_caption_class(part.get("class") or "") == CREDIT:
            return _text(part)
    return None


def _declared_credit(image: HtmlElement) -> str:
    """Return the credit in an image's attributes."""
    text = image.get("data-credit") or image.get("data-copyright") or ""
    return str(text).strip()


def _absolute(source: str | None, url: str | None) -> str | None:
    """Return an address that is an image's, absolute where the page's is known."""
    if not source or _NO_PICTURE.search(source[:300]):
        return None
    if not url and source.startswith("//"):
        source = "https:" + source
    try:
        address = urljoin(url, source) if url else source
        scheme = urlsplit(address).scheme
    except ValueError:
        return None
    return address if scheme in {"http", "https", ""} else None
