"""Patterns come and go as room allows: what they find is what each phrase's own pattern finds, always."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.phrases.syntax import Vocabulary
from cleaner.rulebook.scan import pattern_cache
from cleaner.rulebook.scan.pattern_cache import Programs, _Kept, re2_options

SOME = (
    "By <name>", "By <authors:name>, <date>", "<published:date>", "Read more", "<any> said", "/\\p{Lu}{2,4} x/", "<handle>",
    "<number> min", "Foto: <any>", "/[\\p{L} ]{2,9}: .{1,4}/",
)  # fmt: skip
LINES = (
    "By Jane Doe", "by jane doe", "By Jane Doe, May 3, 2024", "3 May 2024", "٣ مايو ٢٠٢٤", "READ MORE", "he said", "ABC x", "@ann", "12 min",
    "Foto: dpa", "", "He wrote it.", "By", "read  more", "2016年5月28日", "May 3", "AB X", "ABCDE x", "Foto: dpa/x", "Eine Anzeige: x",
)  # fmt: skip


def own(phrase: str, *, whole_line: bool) -> re2._Regexp:
    body = syntax.pattern(phrase, Vocabulary())
    source = (
        rf"\A{syntax.whole_line(body)}\z" if whole_line else syntax.inside(body, phrase)
    )
    return re2.compile(source, options=re2_options())


@pytest.mark.parametrize("room", (1, pattern_cache.CAPACITY))
def test_what_matches_is_what_each_pattern_matches(
    monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(pattern_cache, "CAPACITY", room)
    made = Programs(Vocabulary())
    hits = 0
    for line in LINES:
        for phrase in SOME:
            wanted = own(phrase, whole_line=True).search(line.encode())
            hits += wanted is not None
            assert made.equals(phrase, line, exact=False) == (wanted is not None), (
                phrase,
                line,
            )
            captured = made.captures(
                phrase, len(line), exact=False, whole_line=True
            ).search(line.encode())
            assert (captured and captured.span(captured.re.groupindex["found_"])) == (
                wanted and wanted.span()
            ), (
                phrase,
                line,
            )
            inside = own(phrase, whole_line=False).search(line.encode())
            assert made.may_stand_in(phrase, line, exact=False) or not inside, (
                phrase,
                line,
            )
    assert hits > len(SOME)
    assert len(made._patterns._made) == 1 or room > 1


@given(st.lists(st.integers(0, 12), max_size=60), st.integers(0, 30))
def test_what_is_kept_fits_the_room(keys: list[int], room: int) -> None:
    made: list[int] = []

    def make(key: int) -> int:
        made.append(key)
        return key

    kept = _Kept(make, lambda size: size, room)
    for key in keys:
        assert kept.get(key) == key
        assert kept.has(key)
        assert sum(kept._made) <= room or len(kept._made) == 1
        assert list(kept._made)[-1] == key
