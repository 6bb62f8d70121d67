"""Forty documents of each imaginary outlet: how much of its template is found, and how much news is taken for it.

The score is that of the engine: the proposed rules run over the documents, live, and every line counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import SimpleNamespace

PRECISION, RECALL = 0.97, 0.9
"""Measured: .99 and above; the room is for other benchmarks than the one it was measured on."""
SETS = (
    ("outlets.yaml", "a"),
    ("outlets.yaml", "b"),
    ("unseen.yaml", None),
    ("last.yaml", None),
)


def check(press: SimpleNamespace, name: str, half: str | None, *, real: bool) -> None:
    some = press.outlets(name, half)
    texts = press.corpus(some, real=real)
    pack = press.proposed(texts)
    others = press.corpus(some, real=real, seed=57)
    for documents in (texts, others):
        lines, distinct, wrong = press.score(documents, pack)
        assert lines.precision >= PRECISION, wrong
        assert distinct.precision >= PRECISION, wrong
        assert lines.recall >= RECALL
        assert distinct.recall >= RECALL


@pytest.mark.parametrize(("name", "half"), SETS)
def test_with_bodies_that_were_put_together(
    name: str, half: str | None, press: SimpleNamespace
) -> None:
    check(press, name, half, real=False)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "half"), SETS)
def test_with_bodies_of_real_articles(
    name: str, half: str | None, press: SimpleNamespace, bench: Path
) -> None:
    assert bench.is_dir()
    check(press, name, half, real=True)


@pytest.mark.slow
def test_real_articles_without_a_template_give_nothing(
    press: SimpleNamespace, bench: Path
) -> None:
    assert bench.is_dir()
    for language in ("en", "de"):
        texts = ["\n".join(lines) for lines in press.real_bodies(language)]
        assert press.taken(texts, "plain.example") == set()


def test_there_are_many_outlets_in_many_languages(press: SimpleNamespace) -> None:
    some = press.outlets()
    assert len(some) >= 30
    assert len({outlet["language"] for outlet in some}) >= 8
    later = [*press.outlets("unseen.yaml"), *press.outlets("last.yaml")]
    assert len({outlet["host"] for outlet in [*some, *later]}) == len(some) + 10
