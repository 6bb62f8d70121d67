"""Take elements out of a page's tree by the selectors of rules, before the text is read.

The outermost element that a rule selects goes, with everything in it; the text after it stays. Each is recorded, unless it
holds neither text nor media, like empty slots for advertisements. Rules that only watch are counted. An element that holds
most of the page's prose is the article, whatever it is called: it stays, and so do the elements of a rule that would
together take most of it. Prose that comes after enough other prose may go: comments are often longer than the article
above them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cleaner.features import line_shape
from cleaner.html.tree import UNSEEN, drop, text_of
from cleaner.model import Pruned

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.element_index import ElementIndex
    from cleaner.html.selectors.select import Found, Selectors

MOST = 0.6
"""Elements with a larger share of the page's prose are taken for the article …"""
BEFORE = 1_500
"""… unless this many characters of prose are above them: a short article, and then its comments."""
FEW = 500
"""A page with fewer characters in paragraphs has its prose elsewhere: all its text counts."""
_MEDIA = frozenset({"img", "amp-img", "iframe", "video", "audio", "object", "embed"})
_PAGE = frozenset({"html", "body"})
"""Their classes describe the whole page: selectors do not apply to them."""
_NAME_CHARS = 300
"""Characters of an element's name that a record shows."""


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
    rules: Sequence[SelectorRule | None]
    """The rule of each selector; None where the document is not in the rule's scope."""


class Kept(NamedTuple):
    """An element that a rule selected and that stayed."""

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
        """Return `needs_review:prune` where a rule selected what looks like the article."""
        if any(kept.why == "article" for kept in self.refused):
            return ("needs_review:prune",)
        return ()


def prune(page: ElementIndex, rules: SelectorRules) -> Pruning:
    """Take out of a page's tree what rules select and may take; return what went and what stayed."""
    found = rules.selectors.find(page)
    if not found:
        return Pruning()
    texts = _Texts()
    acting: list[_Pick] = []
    watching: list[_Pick] = []
    stopped: list[_Pick] = []
    for pick in _picks(found, rules.rules):
        if pick.rule.stopped is None:
            acting.append(pick)
        elif pick.rule.stopped[0] == "status":
            watching.append(pick)
        else:
            stopped.append(pick)
    taken, refused = _choose(page.root, acting, texts)
    for pick in _outermost(stopped):
        if pick.rule.stopped:
            why, detail = pick.rule.stopped
            refused.append(Kept(_account(pick, texts), why, detail))
    watched = _accounts(_outermost(watching), texts)
    pruned = _accounts(taken, texts)
    for pick in taken:
        drop(pick.element)
    return Pruning(pruned, watched, tuple(refused))


def _accounts(picks: Iterable[_Pick], texts: _Texts) -> tuple[Pruned, ...]:
    """Return the records of those elements that hold text or media."""
    filled = (pick for pick in picks if _is_filled(pick.element))
    return tuple(_account(pick, texts) for pick in filled)


class _Texts(dict["HtmlElement", str]):
    """The texts of elements on one line, each read once."""

    def __missing__(self, element: HtmlElement) -> str:
        self[element] = text_of(element)
        return self[element]


class _Pick(NamedTuple):
    element: HtmlElement
    rule: SelectorRule


def _picks(
    found: Iterable[Found], rules: Sequence[SelectorRule | None]
) -> Iterator[_Pick]:
    """Yield each element with the rules that select it, each rule once."""
    for element, numbers in found:
        if not _may_go(element):
            continue
        known: dict[str, SelectorRule] = {}
        for number in numbers:
            rule = rules[number]
            if rule:
                known.setdefault(rule.rule, rule)
        for rule in known.values():
            yield _Pick(element, rule)


def _may_go(element: HtmlElement) -> bool:
    if element.tag in _PAGE:
        return False
    return element.tag not in UNSEEN or element.tag == "iframe"


def _outermost(picks: Iterable[_Pick]) -> Iterator[_Pick]:
    """Yield the picks that are not inside another one. They come in the order of the page."""
    outer: set[HtmlElement] = set()
    for pick in picks:
        element = pick.element
        if element in outer:
            continue
        if outer.isdisjoint(element.iterancestors()):
            outer.add(element)
            yield pick


def _choose(
    root: HtmlElement, picks: Sequence[_Pick], texts: _Texts
) -> tuple[list[_Pick], list[Kept]]:
    """Return what goes, and what stays because it is too long for its rule or looks like the article."""
    if not picks:
        return [], []
    prose = _Prose(root)
    suspended: list[Kept] = []
    while True:
        taken, refused = _outermost_allowed(picks, prose, texts)
        groups: dict[str, list[_Pick]] = defaultdict(list)
        for pick in taken:
            groups[pick.rule.rule].append(pick)
        greedy = {rule for rule, group in groups.items() if _is_most(group, prose)}
        if not greedy:
            return taken, [*refused, *suspended]
        for rule in sorted(greedy):
            group = groups[rule]
            detail = f"the {len(group)} elements of the rule hold most of the page's prose together"
            suspended += (
                Kept(_account(pick, texts), "article", detail) for pick in group
            )
        picks = [pick for pick in picks if pick.rule.rule not in greedy]


def _is_most(group: Iterable[_Pick], prose: _Prose) -> bool:
    return prose.is_most([pick.element for pick in group])


def _outermost_allowed(
    picks: Sequence[_Pick], prose: _Prose, texts: _Texts
) -> tuple[list[_Pick], list[Kept]]:
    """Return the outermost picks that may go, and those that may not."""
    taken: dict[HtmlElement, _Pick] = {}
    refused = []
    for pick in picks:
        element = pick.element
        if _is_within(element, taken):
            continue
        if objection := _objection(pick, prose, texts):
            refused.append((pick, objection))
        else:
            taken[element] = pick
    kept = []
    for pick, (why, detail) in refused:
        if pick.element not in taken:
            kept.append(Kept(_account(pick, texts), why, detail))
    return list(taken.values()), kept


def _is_within(element: HtmlElement, others: Container[HtmlElement]) -> bool:
    """Tell whether an element is one of some others, or inside one."""
    if element in others:
        return True
    return any(above in others for above in element.iterancestors())


def _objection(pick: _Pick, prose: _Prose, texts: _Texts) -> tuple[str, str] | None:
    """Return why an element may not go, and the details; None where it may."""
    most_words = pick.rule.max_words
    most_chars = pick.rule.max_chars
    if most_words is not None:
        words = line_shape.words(texts[pick.element])
        if words > most_words:
            return "max_words", f"it has {words} words, more than {most_words}"
    if most_chars is not None:
        chars = len(texts[pick.element])
        if chars > most_chars:
            return "max_chars", f"it has {chars} characters, more than {most_chars}"
    if prose.is_most([pick.element]):
        return "article", "it holds most of the page's prose"
    return None


class _Prose:
    """Where the prose of a page stands: characters in paragraphs, or in all elements where there are hardly any."""

    def __init__(self, root: HtmlElement) -> None:
        self._tag = "p"
        self._chars = _in_paragraphs(root)
        if sum(self._chars.values()) < FEW:
            self._tag = "*"
            self._chars = _in_all_elements(root)
        self._before: dict[HtmlElement, int] = {}
        total = 0
        for element, chars in self._chars.items():
            self._before[element] = total
            total += chars
        self._total = total

    def is_most(self, elements: Sequence[HtmlElement]) -> bool:
        """Tell whether elements, in the order of the page, hold most of its prose, and not below an article."""
        inside: list[HtmlElement] = []
        for element in elements:
            for each in element.iter(self._tag):
                if each in self._chars:
                    inside.append(each)  # noqa: PERF401 - two loops
        held = sum(self._chars[each] for each in inside)
        if not held or held <= MOST * self._total:
            return False
        first = inside[0]
        return self._before[first] < BEFORE


def _in_paragraphs(root: HtmlElement) -> dict[HtmlElement, int]:
    """Return the characters of each paragraph."""
    return {each: _length(each.itertext()) for each in root.iter("p")}


def _in_all_elements(root: HtmlElement) -> dict[HtmlElement, int]:
    """Return the characters that each element has itself, and not in another one."""
    chars = {}
    for element in root.iter("*"):
        if element.tag not in UNSEEN:
            chars[element] = _length(_own(element))
    return chars


def _is_filled(element: HtmlElement) -> bool:
    """Tell whether an element holds text or media."""
    for each in element.iter("*"):
        if each.tag in _MEDIA:
            return True
        if each.tag not in UNSEEN and _length(_own(each)):
            return True
    return False


def _own(element: HtmlElement) -> Iterator[str]:
    """Yield the text of an element that is in none of its elements."""
    yield element.text or ""
    for each in element:
        yield each.tail or ""


def _length(texts: Iterable[str]) -> int:
    return sum(map(len, map(str.strip, texts)))


def _account(pick: _Pick, texts: _Texts) -> Pruned:
    """Return the record of an element that a rule selects."""
    element, rule = pick
    return Pruned(
        rule=rule.rule,
        category=rule.category,
        selector=rule.selector,
        element=_name(element),
        line=element.sourceline or 0,
        text=texts[element],
    )


def _name(element: HtmlElement) -> str:
    """Return tag, id and classes of an element as a selector."""
    name: str = element.tag
    if identity := element.get("id"):
        name += f"#{identity}"
    for each in (element.get("class") or "").split():
        name += f".{each}"
    return name[:_NAME_CHARS]
