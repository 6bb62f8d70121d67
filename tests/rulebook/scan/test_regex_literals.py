"""What is said of a regular expression holds for every line that RE2 matches with it."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.rulebook.phrases.phrase_errors import PhraseError
from cleaner.rulebook.phrases.regex import translate
from cleaner.rulebook.phrases.syntax import UNBOUNDED
from cleaner.rulebook.scan.folding import fold
from cleaner.rulebook.scan.pattern_cache import re2_options
from cleaner.rulebook.scan.regex_literals import literals
from cleaner.rulebook.scan.relax import bounds, opened, relaxed
from cleaner.rulebook.scan.selectivity import strongest

ATOMS = (
    "a", "B", "ß", "ss", "é", " ", "  ", r"\s", r"\s*", "…", r"\.", "'", "’", "-", r"\x{2019}", r"\x41", r"\d", r"\w", ".", "[ab]",
    "[a-d]", "[^a]", "[[:alpha:]]", r"[\s\d]", r"\pL", r"\p{Lu}", r"[„“\"]", "^", "$", r"\b", "(?i:x)", "(?-i:X)", "İ", "ı",
)  # fmt: skip
COUNTS = (
    "",
    "",
    "",
    "",
    "?",
    "*",
    "+",
    "{2}",
    "{1,3}",
    "{0,2}",
    "{2,}",
    "+?",
    "{1,4}?",
)
LINE = st.text(alphabet="aAbBxXdDßsſSéÉ .…'’-İiıI1\"“”\u00a0\u2009", max_size=9)


@st.composite
def patterns(draw: st.DrawFn, depth: int = 2) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        if depth and draw(st.booleans()):
            branches = draw(st.lists(patterns(depth=depth - 1), min_size=1, max_size=3))
            part = (
                draw(st.sampled_from(("(", "(?:", "(?P<n>"))) + "|".join(branches) + ")"
            )
        else:
            part = draw(st.sampled_from(ATOMS))
        parts.append(part + draw(st.sampled_from(COUNTS)))
    return "".join(parts)


def compiled(pattern: str) -> re2._Regexp | None:
    try:
        return re2.compile(translate(pattern), options=re2_options())
    except (PhraseError, re2.error):
        return None


@given(patterns(), st.lists(LINE, min_size=1, max_size=12))
@settings(max_examples=150)
def test_a_line_that_matches_holds_one_of_each(pattern: str, lines: list[str]) -> None:
    made = compiled(pattern)
    if made is None:
        return
    whole = literals(translate(pattern), whole_line=True)
    inside = literals(translate(pattern), whole_line=False)
    for content in lines:
        line = content.strip()
        folded = f"\n{fold(line)}\n"
        if made.fullmatch(line):
            assert whole.low <= len(line) <= whole.high
            assert all(
                any(text in folded for text in texts) for texts in whole.required
            )
        if made.search(content):
            assert all(
                any(text in folded for text in texts) for texts in inside.required
            )


@given(patterns(), LINE)
@settings(max_examples=150)
def test_a_pattern_without_bounds_out_of_reach_says_the_same(
    pattern: str, line: str
) -> None:
    made = compiled(pattern)
    if made is None:
        return
    body = translate(pattern)
    reach = next((bound for bound in bounds(body) if bound >= len(line)), UNBOUNDED)
    again = re2.compile(opened(body, reach), options=re2_options()).fullmatch(line)
    wanted = made.fullmatch(line)
    assert (again and again.span()) == (wanted and wanted.span())
    if wanted:
        assert again.groups() == wanted.groups()
        assert re2.fullmatch(opened(body, 0), line, re2_options())
        assert re2.fullmatch(relaxed(body), line, re2_options())


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    (
        (".*(?:Foto|Bild) .*", {"foto ", "bild "}),
        (".* (?-i:REUTERS) .*", {" reuters "}),
        ("(?:.* )?contributed( to)?", {"contributed\n", "contributed to\n"}),
        ("(?:contributed)?.*", set()),
        (
            r"(?:- )?\d+ (?:Likes?|Shares?)",
            {" like\n", " likes\n", " share\n", " shares\n"},
        ),
        (r"\x63ontribution", {"\ncontribution\n"}),
        ("(?s)contribution", {"\ncontribution\n"}),
        ("[[:alpha:]]bc", {"bc\n"}),
        (r"\012bc", {"bc\n"}),
        ("(?:Von|By) .+", {"\nvon ", "\nby "}),
    ),
)
def test_the_strongest(pattern: str, wanted: set[str]) -> None:
    assert strongest(literals(pattern, whole_line=True).required) == wanted
