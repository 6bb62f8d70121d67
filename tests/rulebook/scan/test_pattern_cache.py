"""Patterns come and go as room allows: what they find is what each phrase's own pattern finds, always."""

from __future__ import annotations

import pytest
import re2
from cleaner.rulebook.sets import re2_options
from hypothesis import given
from hypothesis import strategies as st

from cleaner.document import Document
from cleaner.rulebook import index
from cleaner.rulebook.loading.load import load_text
from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.phrases.syntax import Vocabulary
from cleaner.rulebook.scan import pattern_cache
from cleaner.rulebook.scan.pattern_cache import Programs, Texts, _Kept
from tests.rulebook.conftest import rule

SOME = (
    "By <name>", "By <authors:name>, <date>", "<published:date>", "Read more", "<any> said", "/\\p{Lu}{2,4} x/", "<handle>",
    "<number> min", "Foto: <any>",
)  # fmt: skip
LINES = (
    "By Jane Doe", "by jane doe", "By Jane Doe, May 3, 2024", "3 May 2024", "٣ مايو ٢٠٢٤", "READ MORE", "he said", "ABC x", "@ann", "12 min",
    "Foto: dpa", "", "He wrote it.", "By", "read  more", "2016年5月28日", "May 3", "AB X",
)  # fmt: skip


def own(phrase: str, *, whole_line: bool) -> re2._Regexp:
    body = syntax.pattern(phrase, Vocabulary())
    source = (
        rf"\A{syntax.whole_line(body)}\z" if whole_line else syntax.inside(body, phrase)
    )
    return re2.compile(source, options=re2_options())


@pytest.mark.parametrize("whole_line", (True, False))
@pytest.mark.parametrize("room", (1, pattern_cache.ROOM))
def test_what_matches_is_what_each_pattern_matches(
    monkeypatch: pytest.MonkeyPatch, room: int, *, whole_line: bool
) -> None:
    monkeypatch.setattr(pattern_cache, "ROOM", room)
    monkeypatch.setattr(pattern_cache, "SETS", min(room, 2))
    made = Programs(Vocabulary())
    for line in LINES * 2:
        data = line.encode()
        for some in ((phrase,) for phrase in SOME):
            wanted = own(some[0], whole_line=whole_line).search(data) is not None
            assert (
                made.match(Texts(some, exact=False, whole_line=whole_line), data)
                == wanted
            ), (some, line)
        near = [
            pattern
            for pattern in made.near(
                Texts(SOME, exact=False, whole_line=whole_line), data
            )
            if pattern.search(data)
        ]
        assert len(near) == sum(
            own(phrase, whole_line=whole_line).search(data) is not None
            for phrase in SOME
        ), line


def test_a_date_in_other_figures_is_found_by_the_scan() -> None:
    matcher = load_text(rule("remove_lines: <date>")).require().matcher
    assert matcher.scan(Document(text="مرحبا\n٣ مايو ٢٠٢٤\nمرحبا")) == {
        0: {"phrases": [1]}
    }


@given(st.lists(st.integers(0, 12), max_size=60), st.integers(0, 30))
def test_what_is_kept_fits_the_room(keys: list[int], room: int) -> None:
    made: list[int] = []

    def make(key: int) -> int:
        made.append(key)
        return key

    kept = _Kept(make, lambda size: size, room)
    for key in keys:
        assert kept.get(key) == key
        assert sum(kept._made) <= room or len(kept._made) == 1
        assert list(kept._made)[-1] == key


def test_an_index_that_forgets_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    packs = rule(
        "remove_lines: |\n  By <any> for us\n  <any> said so\n  Foto: <any>\n  <name>"
    ) + rule("remove_text: (Sponsored)", name="inside")
    document = Document(
        text="By Ann for us\nShe said so\nA day (Sponsored) out\nJane Doe\nFoto: dpa"
    )
    wanted = load_text(packs).require().matcher.scan(document)
    assert sum(len(lines) for roles in wanted.values() for lines in roles.values()) == 5
    matcher = load_text(packs).require().matcher
    matcher.compile()
    before = matcher._index._loose._parts
    monkeypatch.setattr(index, "FORGET", len(document.text))
    for _ in range(4):
        assert matcher.scan(document) == wanted
    assert matcher._index._loose._parts is not before
