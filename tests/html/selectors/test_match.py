"""What each operator of an attribute asks of a value: a row for each kind of value."""

from __future__ import annotations

import pytest

from cleaner.html.selectors.match import fits
from cleaner.html.selectors.parser import Attribute

VALUES = ("x", "X", "x-y", "xy", "yx", "x y", "y x", "axb", "")
FITTING = {
    "": VALUES,
    "=": ("x", "X"),
    "|=": ("x", "X", "x-y"),
    "~=": ("x", "X", "x y", "y x"),
    "^=": ("x", "X", "x-y", "xy", "x y"),
    "$=": ("x", "X", "yx", "y x"),
    "*=": ("x", "X", "x-y", "xy", "yx", "x y", "y x", "axb"),
}


@pytest.mark.parametrize("operator", FITTING)
def test_an_operator_picks_its_values(operator: str) -> None:
    asked = Attribute(name="k", operator=operator, value="x" if operator else "")
    assert tuple(each for each in VALUES if fits(asked, each)) == FITTING[operator]
    assert not fits(asked, None)


@pytest.mark.parametrize("operator", ("~=", "^=", "$=", "*="))
def test_an_empty_part_is_in_no_value(operator: str) -> None:
    asked = Attribute(name="k", operator=operator)
    assert not any(fits(asked, each) for each in VALUES)
