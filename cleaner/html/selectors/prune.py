"""Take elements out of a page's tree by the selectors of rules, before there is a text.

The outermost element that a rule picks goes, with everything in it; the text after it stays. Each is accounted for,
unless it holds neither text nor media: empty slots for advertisements say nothing. Rules that only watch are counted. An element that holds most of the page's prose is the article, whatever it is called: it stays, and so do the
elements of a rule that would together take most of it. Prose that comes after enough other prose may go: comments are
often longer than the article above them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cleaner.features import line_shape
from cleaner.html.tree import UNSEEN, drop, text_of
from cleaner.model import Pruned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.element_index import ElementIndex
    from cleaner.html.selectors.select import Found, Selectors

MOST = 0.6
"""Elements with a larger share of the page's prose are taken for the article …"""
BEFORE = 1_500
"""… unless so many characters of prose stand above them: a short article, and then its comments."""
FEW = 500
"""A page with fewer characters in paragraphs has its prose elsewhere: all its text counts."""
_MEDIA = frozenset({"img", "amp-img", "iframe", "video", "audio", "object", "embed"})
_PAGE = frozenset({"html", "body"})
"""Their classes say what the page is like and has: they are not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectorRule:
    """One selector of a rule, and what is known about it before a page is seen."""

    rule: str
    category: str
    selector: str
    stopped: tuple[str, str] | None = None
    """Why the rule may not act (`status`, `confidence`) and the details; None where it may."""
    max_words: int | None = None
    max_chars: int | None = None


class SelectorRules(NamedTuple):
    """The selectors of a rule book for one document."""

    selectors: Selectors
    wants: Sequence[SelectorRule | None]
    """For each selector who wants it; None where the document is not in the rule's scope."""


class Kept(NamedTuple):
    """An element that a rule picked and that stayed."""

    element: Pruned
    why: str
    """`confidence`, `max_words`, `max_chars`, `article`; `status` where the rule only watches."""
    detail: str


class Pruning(NamedTuple):
    """What became of a page's elements."""

    pruned: tuple[Pruned, ...] = ()
    watched: tuple[Pruned, ...] = ()
    """What rules on watch would have taken."""
    refused: tuple[Kept, ...] = ()

    @property
    def flags(self) -> tuple[str, ...]:
        """Return `needs_review:prune` where a rule wanted what looks like the article."""
        return (
            ("needs_review:prune",)
            if any(each.why == "article" for each in self.refused)
            else ()
        )


def prune(page: ElementIndex, wanted: SelectorRules) -> Pruning:
    """Take out of a page's tree what is wanted and may go, and tell what went and what stayed."""
    found = wanted.selectors.find(page)
    if not found:
        return Pruning()
    picks, texts = list(_picks(found, wanted.wants)), _Texts()
    taken, refused = _choose(
        page.root, [pick for pick in picks if pick.want.stopped is None], texts
    )
    stopped = [
        pick for pick in picks if pick.want.stopped and pick.want.stopped[0] != "status"
    ]
    refused += [
        Kept(_account(pick, texts), *pick.want.stopped)
        for pick in _outermost(stopped)
        if pick.want.stopped
    ]
    watches = [
        pick for pick in picks if pick.want.stopped and pick.want.stopped[0] == "status"
    ]
    watched = tuple(
        _account(pick, texts)
        for pick in _outermost(watches)
        if _says_anything(pick.element)
    )
    pruned = tuple(
        _account(pick, texts) for pick in taken if _says_anything(pick.element)
    )
    for pick in taken:
        drop(pick.element)
    return Pruning(pruned, watched, tuple(refused))


class _Texts(dict["HtmlElement", str]):
    """What elements say on one line, each asked once."""

    def __missing__(self, element: HtmlElement) -> str:
        self[element] = text_of(element)
        return self[element]


class _Pick(NamedTuple):
    element: HtmlElement
    want: SelectorRule


def _picks(
    found: Iterable[Found], wants: Sequence[SelectorRule | None]
) -> Iterator[_Pick]:
    """Yield each element with its wants, one for each rule."""
    for element, numbers in found:
        if element.tag in _PAGE or (element.tag in UNSEEN and element.tag != "iframe"):
            continue
        rules: dict[str, SelectorRule] = {}
        for number in numbers:
            if want := wants[number]:
                rules.setdefault(want.rule, want)
        yield from (_Pick(element, want) for want in rules.values())


def _outermost(picks: Iterable[_Pick]) -> Iterator[_Pick]:
    """Yield the picks that do not lie in another one. They come in the order of the page."""
    outer: set[HtmlElement] = set()
    for pick in picks:
        if pick.element not in outer and outer.isdisjoint(pick.element.iterancestors()):
            outer.add(pick.element)
            yield pick


def _choose(
    root: HtmlElement, picks: Sequence[_Pick], texts: _Texts
) -> tuple[list[_Pick], list[Kept]]:
    """Return what goes, and what stays because it is too long for its rule or looks like the article."""
    if not picks:
        return [], []
    prose = _Prose(root)
    barred: list[Kept] = []
    while True:
        taken, refused = _outermost_allowed(picks, prose, texts)
        groups: dict[str, list[_Pick]] = defaultdict(list)
        for pick in taken:
            groups[pick.want.rule].append(pick)
        over = {
            rule
            for rule, group in groups.items()
            if prose.is_most([pick.element for pick in group])
        }
        if not over:
            return taken, [*refused, *barred]
        for rule in sorted(over):
            detail = f"the {len(groups[rule])} elements of the rule hold most of the page's prose together"
            barred += [
                Kept(_account(pick, texts), "article", detail) for pick in groups[rule]
            ]
        picks = [pick for pick in picks if pick.want.rule not in over]


def _outermost_allowed(
    picks: Sequence[_Pick], prose: _Prose, texts: _Texts
) -> tuple[list[_Pick], list[Kept]]:
    """Return the outermost picks to which nothing is to be said, and those that are objected to."""
    taken: dict[HtmlElement, _Pick] = {}
    refused = []
    for pick in picks:
        if pick.element in taken or any(
            each in taken for each in pick.element.iterancestors()
        ):
            continue
        if objection := _objection(pick, prose, texts):
            refused.append((pick, objection))
        else:
            taken[pick.element] = pick
    spared = [
        Kept(_account(pick, texts), *why)
        for pick, why in refused
        if pick.element not in taken
    ]
    return list(taken.values()), spared


def _objection(pick: _Pick, prose: _Prose, texts: _Texts) -> tuple[str, str] | None:
    want = pick.want
    if want.max_words is not None or want.max_chars is not None:
        text = texts[pick.element]
        if (
            want.max_words is not None
            and (words := line_shape.words(text)) > want.max_words
        ):
            return "max_words", f"it has {words} words, more than {want.max_words}"
        if want.max_chars is not None and len(text) > want.max_chars:
            return (
                "max_chars",
                f"it has {len(text)} characters, more than {want.max_chars}",
            )
    if prose.is_most([pick.element]):
        return "article", "it holds most of the page's prose"
    return None


class _Prose:
    """Where the prose of a page stands: characters in paragraphs, or in all elements where there are hardly any."""

    def __init__(self, root: HtmlElement) -> None:
        self._tag = "p"
        self._chars = {each: _length(each.itertext()) for each in root.iter("p")}
        if sum(self._chars.values()) < FEW:
            self._tag = "*"
            self._chars = {
                each: _length(_own(each))
                for each in root.iter("*")
                if each.tag not in UNSEEN
            }
        self._total = sum(self._chars.values())
        self._before: dict[HtmlElement, int] = {}
        above = 0
        for each, chars in self._chars.items():
            self._before[each] = above
            above += chars

    def is_most(self, elements: Sequence[HtmlElement]) -> bool:
        """Tell whether elements, in the order of the page, hold most of its prose, and not below an article."""
        inside = [
            each
            for element in elements
            for each in element.iter(self._tag)
            if each in self._chars
        ]
        held = sum(self._chars[each] for each in inside)
        return (
            bool(held)
            and held > MOST * self._total
            and self._before[inside[0]] < BEFORE
        )


def _says_anything(element: HtmlElement) -> bool:
    """Tell whether an element holds text or media."""
    return any(
        each.tag in _MEDIA
        or (each.tag not in UNSEEN and any(map(str.strip, _own(each))))
        for each in element.iter("*")
    )


def _own(element: HtmlElement) -> Iterator[str]:
    """Yield the text of an element that stands in none of its elements."""
    yield element.text or ""
    for each in element:
        yield each.tail or ""


def _length(texts: Iterable[str]) -> int:
    return sum(map(len, map(str.strip, texts)))


def _account(pick: _Pick, texts: _Texts) -> Pruned:
    element, want = pick
    identity = f"#{element.get('id')}" if element.get("id") else ""
    classes = "".join(f".{name}" for name in (element.get("class") or "").split())
    return Pruned(
        rule=want.rule,
        category=want.category,
        selector=want.selector,
        element=f"{element.tag}{identity}{classes}"[:300],
        line=element.sourceline or 0,
        text=texts[element],
    )
