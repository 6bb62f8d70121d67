"""Elements go by rules, are accounted for, and the article stays whatever it is called."""

from __future__ import annotations

import pytest

from cleaner.html.element_index import ElementIndex
from cleaner.html.selectors.prune import SelectorRule, SelectorRules, prune
from cleaner.html.selectors.select import Selectors
from cleaner.html.tree import load, text_of
from cleaner.model import Pruned

SENTENCE = "The ferry leaves at noon from the northern pier, and it comes back at six with the mail. "


def rules_of(*selectors: tuple[str, str] | SelectorRule | None) -> SelectorRules:
    """Return the rules of some selectors: pairs of a rule's id and a selector."""
    full = [
        SelectorRule(rule=each[0], category="promo", selector=each[1])
        if isinstance(each, tuple)
        else each
        for each in selectors
    ]
    return SelectorRules(
        Selectors([each.selector if each else "nobody" for each in full]), full
    )


def paragraphs(count: int) -> str:
    return f"<p>{SENTENCE * 2}</p>" * count


def test_the_outermost_element_goes_and_the_text_after_it_stays() -> None:
    root = load(
        f'{paragraphs(10)}<p>One <span id="q" class="x y">two <b class="x">three</b></span> four</p>'
    )
    pruning = prune(ElementIndex(root), rules_of(("a", ".x")))
    assert text_of(root).endswith("One four")
    line = pruning.pruned[0].line
    account = Pruned(
        rule="a",
        category="promo",
        selector=".x",
        element="span#q.x.y",
        line=line,
        text="two three",
    )
    assert pruning.pruned == (account,)
    assert pruning.flags == ()


def test_the_line_is_that_of_the_markup() -> None:
    root = load(f'<html>\n<body>\n{paragraphs(10)}\n<div class="x">Two</div>')
    assert prune(ElementIndex(root), rules_of(("a", ".x"))).pruned[0].line == 4


def test_the_first_rule_that_may_act_is_credited() -> None:
    stopped = SelectorRule(
        rule="a", category="promo", selector=".x", stopped=("confidence", "low")
    )
    root = load(f'{paragraphs(10)}<p class="x">Two</p>')
    pruning = prune(
        ElementIndex(root), rules_of(None, stopped, ("b", "p.x"), ("c", ".x"))
    )
    assert [each.rule for each in pruning.pruned] == ["b"]
    assert [(each.element.rule, each.why, each.detail) for each in pruning.refused] == [
        ("a", "confidence", "low")
    ]


def test_rules_on_watch_are_counted_and_change_nothing() -> None:
    watch = SelectorRule(
        rule="w",
        category="promo",
        selector="div",
        stopped=("status", "the rule is on watch"),
    )
    root = load(f"{paragraphs(10)}<div>One<div>Two</div></div>")
    before = text_of(root)
    pruning = prune(ElementIndex(root), rules_of(watch))
    assert text_of(root) == before
    assert [each.text for each in pruning.watched] == ["One Two"]
    assert (pruning.pruned, pruning.refused) == ((), ())


def test_rules_out_of_scope_want_nothing() -> None:
    root = load("<p>One</p>")
    assert (
        prune(ElementIndex(root), SelectorRules(Selectors(["p"]), [None])).pruned == ()
    )
    assert text_of(root) == "One"


def test_what_holds_neither_text_nor_media_goes_without_a_record() -> None:
    root = load(
        f'{paragraphs(10)}<div class="x"> <i></i><script>1</script></div><div class="x"><img src="a"></div>'
    )
    pruning = prune(ElementIndex(root), rules_of(("a", ".x")))
    assert [each.element for each in pruning.pruned] == ["div.x"]
    assert root.findall(".//div") == []


def test_scripts_and_the_page_itself_are_not_asked() -> None:
    root = load(
        '<html class="x"><body class="x"><script class="x">1</script><p>One</p></body></html>'
    )
    pruning = prune(ElementIndex(root), rules_of(("a", ".x")))
    assert pruning == ((), (), ())
    assert [each.tag for each in root.iter()][-2:] == ["script", "p"]


@pytest.mark.parametrize(
    "markup",
    (
        f'<div class="x">{paragraphs(9)}</div>{paragraphs(4)}',
        f'<div class="x">{(SENTENCE + "<br>") * 20}</div><div>{SENTENCE * 8}</div>',
        "".join(f'<section class="x">{paragraphs(1)}</section>' for _ in range(9))
        + paragraphs(2),
    ),
)
def test_what_holds_most_of_the_prose_stays(markup: str) -> None:
    root = load(markup)
    before = text_of(root)
    pruning = prune(ElementIndex(root), rules_of(("a", ".x")))
    assert text_of(root) == before
    assert pruning.pruned == ()
    assert {each.why for each in pruning.refused} == {"article"}
    assert pruning.flags == ("needs_review:prune",)


def test_inside_a_wrapper_that_stays_smaller_boxes_go() -> None:
    root = load(f'<div class="x">{paragraphs(9)}<div class="x">Sign up</div></div>')
    pruning = prune(ElementIndex(root), rules_of(("a", ".x")))
    assert [each.text for each in pruning.pruned] == ["Sign up"]
    assert len(pruning.refused) == 1


def test_long_comments_go_where_an_article_stands_above_them() -> None:
    root = load(
        f'<article>{paragraphs(10)}</article><div id="comments">{paragraphs(40)}</div>'
    )
    assert len(prune(ElementIndex(root), rules_of(("a", "#comments"))).pruned) == 1
    assert len(text_of(root)) == len(" ".join(SENTENCE.split()) * 20 + " " * 19)


@pytest.mark.parametrize(
    ("limit", "why"),
    (({"max_words": 3}, "max_words"), ({"max_chars": 10}, "max_chars")),
)
def test_a_rule_may_say_how_much_an_element_holds_at_most(
    limit: dict[str, int], why: str
) -> None:
    root = load(
        f'{paragraphs(10)}<p class="x">Share this</p><p class="x">Shares of the company rose</p>'
    )
    pruning = prune(
        ElementIndex(root),
        rules_of(SelectorRule(rule="a", category="share", selector=".x", **limit)),  # type: ignore[arg-type] # numbers
    )
    assert [each.text for each in pruning.pruned] == ["Share this"]
    assert [(each.why, each.element.text) for each in pruning.refused] == [
        (why, "Shares of the company rose")
    ]
    assert pruning.flags == ()


def test_a_rule_that_objects_leaves_the_element_to_the_next() -> None:
    root = load(f'{paragraphs(10)}<p class="x">Shares of the company rose</p>')
    pruning = prune(
        ElementIndex(root),
        rules_of(
            SelectorRule(rule="a", category="share", selector=".x", max_words=3),
            ("b", ".x"),
        ),
    )
    assert [each.rule for each in pruning.pruned] == ["b"]
    assert pruning.refused == ()
