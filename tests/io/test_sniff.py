"""HTML is told from text; where there is a doubt it is text."""

from __future__ import annotations

import time

import pytest

from cleaner.io.sniff import is_markup, is_page

PARAGRAPHS = "<p>The ferry left at six.</p>\n<p>It came back with <a href='/crew'>half its crew</a>.</p>"


@pytest.mark.parametrize(
    "page",
    (
        "<!DOCTYPE html><html><body>x",
        "\ufeff\n <!doctype HTML PUBLIC '-//W3C//DTD XHTML 1.0'>\n<html>",
        '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><head/>',
        "<!-- saved from (0014)about:internet -->\n<HTML lang=en>\n<HEAD>",
        "<head><title>x</title></head><p>y",
        "<style>p {}</style><!doctype html><html><p>x</p></html>\n",
    ),
)
def test_a_page_is_known_by_its_beginning(page: str) -> None:
    assert is_page(page)
    assert is_page(page.encode())
    assert is_page(page.removeprefix("\ufeff").encode("utf-16"))
    assert is_markup(page)


@pytest.mark.parametrize(
    "text",
    (
        "",
        "\n",
        "<html> is the root element of every page.",
        "<head> and <body> are its children.",
        "The first line is <!doctype html>, and <html> follows.",
        '<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>',
        "<htmlx><p>x</p>",
        "<p>A fragment, and no page.</p>",
        "End with </html>",
    ),
)
def test_other_texts_are_no_pages(text: str) -> None:
    assert not is_page(text)
    assert not is_page(text.encode())


@pytest.mark.parametrize(
    "fragment",
    (
        PARAGRAPHS,
        f"<div class='body'>\n<h2>Harbour</h2>{PARAGRAPHS}<br></div>",
        f"<!-- wp:paragraph -->\n{PARAGRAPHS}\n<!-- /wp:paragraph -->",
        "<ul><li>The ferry left.<li>It came back.</ul><p>Nobody knows why.</p>",
        "<p>One paragraph is a fragment where nothing stands outside.</p>",
        "<div>The ferry left at six.<br><br>It came back at nine.</div>",
        "<p>渡し船は六時に出た。</p><p>九時に戻ってきた。</p>",
        "<figure><img src='a.jpg'><figcaption>The ferry</figcaption></figure>"
        + PARAGRAPHS,
    ),
)
def test_fragments_of_block_elements_are_html(fragment: str) -> None:
    assert is_markup(fragment)


@pytest.mark.parametrize(
    "text",
    (
        "",
        "The ferry left at six.",
        "I <3 ferries, and a < b > c.",
        "The ferry left at six.<br>It came back at nine.",
        "The ferry left at <b>six</b>, said <i>the Gazette</i>.",
        "Write <p>One.</p><p>Two.</p> and the browser shows two paragraphs, each with a blank line before it.",
        "<p> opens a paragraph and <div> a block. Close the first with </p> and the other with </div>.",
        "<p>One.</p><p>Two.</p>\nThat is all that it takes to write a page of two paragraphs, our course begins with it.",
        "```html\n<p>One.</p>\n<p>Two.</p>\n```",
        "<note><to>Ann</to><from>Ben</from><body>Come at six.</body></note>",
        '<?xml version="1.0"?><item><p>One.</p><p>Two.</p></item>',
        "<item><p>One.</p></item><item><p>Two.</p></item>",
        "<b>The ferry</b> left at <i>six</i>.",
        "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;",
        "<jane@example.org> wrote: I saw it leave. </p></p>",
        "</p></p></div>",
        "<<<<>>>> </a>",
        "<p></p>",
    ),
)
def test_texts_that_only_mention_tags_are_text(text: str) -> None:
    assert not is_markup(text)


@pytest.mark.parametrize(
    "text",
    ("<p " * 300_000, "<p>" * 300_000 + "</", "<!--" * 300_000, "<p" + " " * 300_000 + "</", "<p></p>" * 300_000,
     "<p><div>" * 100_000 + "</p>" * 100_000, "<" * 1_000_000 + "</", " " * 1_000_000 + "</p>"),
    ids=lambda text: text[:12],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    begin = time.perf_counter()
    is_markup(text)
    is_page(text.encode())
    assert time.perf_counter() - begin < 2
