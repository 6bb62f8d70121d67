"""The pages among the innocent shapes of `growth.py`: one element that comes again and again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.growth_shapes import (
    NOUNS,
    STORY,
    Shape,
    Unit,
    headline,
    paragraph,
    person,
    sentence,
)

if TYPE_CHECKING:
    from random import Random

_START = "<!DOCTYPE html><html lang='en'><head><title>The bridge stays closed</title>"
_STORY = "".join(f"<p>{line}</p>" for line in STORY)
_HEAD = f"{_START}</head><body><article><h1>The bridge stays closed</h1>{_STORY}"
_TAIL = "</article></body></html>"
_NEST = 100
"""Elements inside one another; parsers give up at some 250."""


def _link(dice: Random, number: int) -> str:
    return f'<a href="/{dice.choice(NOUNS)}/{number}">{headline(dice, number)}</a>'


def _post(dice: Random, number: int) -> str:
    name = person(dice)
    return (
        f'<blockquote class="twitter-tweet"><p>{sentence(dice, number)}</p>&mdash; {name} (@{name.split()[0]}{number}) '
        f'<a href="https://twitter.com/{name.split()[0]}/status/{number}">May {number % 28 + 1}, 2024</a></blockquote>\n'
    )


def _figure(dice: Random, number: int) -> str:
    return (
        f'<figure><img src="/pictures/{number}.jpg" alt="{headline(dice, number)}">'
        f"<figcaption>{sentence(dice, number)}</figcaption></figure>\n"
    )


def _card(dice: Random, number: int) -> str:
    return (
        f'<div class="card"><a href="/{number}"><img src="/{number}.jpg" alt=""><h3>{headline(dice, number)}</h3></a>'
        f"<p>{sentence(dice, number)}</p><span>{number % 24} hours ago</span></div>\n"
    )


def _table(dice: Random, number: int) -> str:
    return f"<table><tr><th>{person(dice)}</th><td>{number}</td></tr><tr><th>{person(dice)}</th><td>{number}</td></tr></table>\n"


def _row(dice: Random, number: int) -> str:
    return f"<tr><td>{number}</td><td>{person(dice)}</td><td>{dice.randint(1, 99)}</td></tr>\n"


def _classes(dice: Random, number: int) -> str:
    names = " ".join(f"{dice.choice(NOUNS)}-{dice.randint(1, 50)}" for _ in range(20))
    return f'<p class="{names}">{sentence(dice, number)}</p>\n'


def _entry(dice: Random, number: int) -> str:
    entry = {
        "@type": "ListItem",
        "position": number,
        "name": headline(dice, number),
        "url": f"https://example.org/{number}",
    }
    return ("," if number > 1 else "") + json.dumps(entry)


def _item(name: str) -> Unit:
    """Return a unit of one element with a sentence in it."""
    return lambda dice, number: f"<{name}>{sentence(dice, number)}</{name}>\n"


_PAGES: dict[str, Unit | tuple[str, Unit, str]] = {
    "paragraphs": lambda dice, number: f"<p>{paragraph(dice, number)}</p>\n",
    "same paragraph": lambda dice, number: f"<p>{STORY[0]}</p>\n",  # noqa: ARG005 - the signature of every unit
    "article again and again": lambda dice, number: f"{_STORY}\n",  # noqa: ARG005
    "one paragraph": ("<p>", lambda dice, number: sentence(dice, number) + " ", "</p>"),
    "paragraphs that are not closed": lambda dice, number: (
        f"<p>{sentence(dice, number)}\n"
    ),
    "lines with br": (
        "<p>",
        lambda dice, number: f"{sentence(dice, number)}<br>\n",
        "</p>",
    ),
    "two br a paragraph": (
        "<div>",
        lambda dice, number: f"{paragraph(dice, number)}<br><br>\n",
        "</div>",
    ),
    "plain text in a div": (
        "<div>",
        lambda dice, number: paragraph(dice, number) + "\n\n",
        "</div>",
    ),
    "paragraphs in divs": lambda dice, number: (
        f"<div><div><p>{paragraph(dice, number)}</p></div></div>\n"
    ),
    "divs for paragraphs": _item("div"),
    "headings": lambda dice, number: f"<h2>{headline(dice, number)}</h2>\n",
    "headings and paragraphs": lambda dice, number: (
        f"<h2>{headline(dice, number)}</h2><p>{paragraph(dice, number)}</p>\n"
    ),
    "links in a list": (
        "<ul>",
        lambda dice, number: f"<li>{_link(dice, number)}</li>\n",
        "</ul>",
    ),
    "links in lists": lambda dice, number: (
        "<ul>"
        + "".join(f"<li>{_link(dice, 8 * number + place)}</li>" for place in range(8))
        + "</ul>\n"
    ),
    "links in one paragraph": (
        "<p>",
        lambda dice, number: _link(dice, number) + "\n",
        "</p>",
    ),
    "links in paragraphs": lambda dice, number: (
        f"<p>{sentence(dice, number)} {_link(dice, number)}.</p>\n"
    ),
    "depth": lambda dice, number: (
        "<div>" * _NEST + f"<p>{sentence(dice, number)}</p>" + "</div>" * _NEST + "\n"
    ),
    "paragraph at each depth": lambda dice, number: (
        "".join(
            f"<div><p>{sentence(dice, _NEST * number + place)}</p>"
            for place in range(_NEST)
        )
        + "</div>" * _NEST
    ),
    "tables": _table,
    "tables that are not closed": lambda dice, number: (
        f"<table><tr><td>{sentence(dice, number)}\n"
    ),
    "one table": ("<table>", _row, "</table>"),
    "figures": _figure,
    "figures and paragraphs": lambda dice, number: (
        f"{_figure(dice, number)}<p>{paragraph(dice, number)}</p>\n"
    ),
    "pictures": lambda dice, number: (
        f'<img src="/{number}.jpg" srcset="/{number}-2.jpg 2x" alt="{headline(dice, number)}">\n'
    ),
    "posts": _post,
    "posts and paragraphs": lambda dice, number: (
        f"<p>{paragraph(dice, number)}</p>{_post(dice, number)}"
    ),
    "players": lambda dice, number: (
        f'<p>{sentence(dice, number)}</p><iframe src="https://www.youtube.com/embed/v{number}"></iframe>\n'
    ),
    "cards": _card,
    "comments of readers": lambda dice, number: (
        f'<div class="comment"><b>{person(dice)}</b> <time>{number % 24} hours ago</time><p>{sentence(dice, number)}</p></div>\n'
    ),
    "remarks in the markup": lambda dice, number: (
        f"<!-- {headline(dice, number)} --><p>{sentence(dice, number)}</p>\n"
    ),
    "scripts": lambda dice, number: (
        f"<script>var v{number} = '{headline(dice, number)}';</script>\n"
    ),
    "one script": (
        "<script>",
        lambda dice, number: f"var v{number} = '{headline(dice, number)}';\n",
        "</script>",
    ),
    "one large attribute": (
        '<div data-state="',
        lambda dice, number: headline(dice, number) + " ",
        '"></div>',
    ),
    "large attributes": lambda dice, number: (
        f'<p style="{"color: red; " * 40}" data-state="{headline(dice, number)}">{sentence(dice, number)}</p>\n'
    ),
    "many attributes": lambda dice, number: (
        f"<p {' '.join(f'data-a{place}={number}' for place in range(20))}>{sentence(dice, number)}</p>\n"
    ),
    "many classes": _classes,
    "definition lists": (
        "<dl>",
        lambda dice, number: (
            f"<dt>{person(dice)}</dt><dd>{sentence(dice, number)}</dd>\n"
        ),
        "</dl>",
    ),
    "select with options": (
        "<select>",
        lambda dice, number: f"<option>{person(dice)} {number}</option>\n",
        "</select>",
    ),
    "form fields": lambda dice, number: (
        f'<label>{person(dice)} <input name="f{number}"></label>\n'
    ),
    "list items": ("<ul>", _item("li"), "</ul>"),
    "nested lists": lambda dice, number: (
        "<ul><li>" * 20 + sentence(dice, number) + "</li></ul>" * 20 + "\n"
    ),
    "inline spans": (
        "<p>",
        lambda dice, number: f"<span>{dice.choice(NOUNS)}{number}</span> ",
        "</p>",
    ),
    "bold words": lambda dice, number: (
        f"<p>{sentence(dice, number)} <b>{person(dice)}</b> <i>{number}</i>.</p>\n"
    ),
    "small tags": lambda dice, number: "<b>a</b>",  # noqa: ARG005
    "quotations": _item("blockquote"),
    "preformatted": (
        "<pre>",
        lambda dice, number: sentence(dice, number) + "\n",
        "</pre>",
    ),
    "entities": lambda dice, number: (
        f"<p>{sentence(dice, number).replace(' ', '&nbsp;')} &amp; &ldquo;{number}&rdquo;</p>\n"
    ),
    "sections": lambda dice, number: (
        f"<section><h2>{headline(dice, number)}</h2><p>{sentence(dice, number)}</p></section>\n"
    ),
    "articles": lambda dice, number: (
        f"<article><h2>{headline(dice, number)}</h2><p>{paragraph(dice, number)}</p></article>\n"
    ),
    "text without spaces": lambda dice, number: (  # noqa: ARG005
        f"<p>{'港町の橋は春まで閉じられる。' * 4}第{number}号。</p>\n"
    ),
    "white space": lambda dice, number: " " * 80 + "\n",  # noqa: ARG005
}
_IN_HEAD: dict[str, tuple[str, Unit, str]] = {
    "entries of JSON-LD": (
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"ItemList","itemListElement":[',
        _entry,
        "]}</script>",
    ),
    "meta tags": (
        "",
        lambda dice, number: (
            f'<meta property="article:tag" content="{headline(dice, number)}">\n'
        ),
        "",
    ),
    "style sheet": (
        "<style>",
        lambda dice, number: f".{dice.choice(NOUNS)}{number} {{ color: red }}\n",
        "</style>",
    ),
}


def _in_body(name: str, made: Unit | tuple[str, Unit, str]) -> Shape:
    before, unit, after = made if isinstance(made, tuple) else ("", made, "")
    return Shape(name, "page", unit, _HEAD + before, after + _TAIL)


def _in_head(name: str, made: tuple[str, Unit, str]) -> Shape:
    before, unit, after = made
    return Shape(
        name,
        "page",
        unit,
        _START + before,
        f"{after}</head><body><article>{_STORY}{_TAIL}",
    )


PAGES = (
    *(_in_body(name, made) for name, made in _PAGES.items()),
    *(_in_head(name, made) for name, made in _IN_HEAD.items()),
)
