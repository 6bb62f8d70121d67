"""Features by name: each method that works one out is registered under the name that rules use.

    class PageFeatures(FeatureTable):
        @feature("words")
        def _words(self) -> list[float]: ...

A name that ends in ` *` stands for a group: its method takes what follows the name (`inside *` serves `inside nav`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar

Method = TypeVar("Method", bound=Callable[..., Sequence[float]])
_NAME = "feature_name"


def feature(name: str) -> Callable[[Method], Method]:
    """Register a method under a name, in the table of its class."""

    def register(method: Method) -> Method:
        setattr(method, _NAME, name)
        return method

    return register


class FeatureTable:
    """A class with a table of its features. The table holds plain functions: bound methods would be reference cycles."""

    features: ClassVar[dict[str, Callable[..., Sequence[float]]]] = {}

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401 - whatever other bases take
        super().__init_subclass__(**options)
        cls.features = dict(cls.features)
        for member in vars(cls).values():
            if name := getattr(member, _NAME, None):
                cls.features[name] = member
