"""What is made of an article where it is cleaned: the bytes to write, and what a run counts of it.

Both are made in the worker process. What goes over the pipe is ready to be written, and small compared to the article.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cleaner.model import Article

_REVIEW = "needs_review"


class Account(NamedTuple):
    """What a run counts of one article. Counts keep the order in which the article names things."""

    stats: Mapping[str, int]
    flags: tuple[str, ...]
    removals: int
    categories: Mapping[str, int]
    rules: Mapping[str, int]
    taken: Mapping[str, int]
    """Characters that each rule took away from the text."""
    watched: Mapping[str, int]
    repairs: Mapping[str, int]
    review: str | None
    """Why it needs review, None where it does not."""
    rulebook: str
    cleaner: str

    @classmethod
    def of(cls, article: Article) -> Account:
        """Return the account of one article."""
        categories: Counter[str] = Counter()
        rules: Counter[str] = Counter()
        taken: Counter[str] = Counter()
        for removal in article.removals:
            categories[removal.category] += 1
            rules.update((removal.rule, *removal.also))
            length = removal.end - removal.start
            taken[removal.rule] += length - len(removal.replacement)
        for pruned in article.pruned:
            categories[pruned.category] += 1
            rules[pruned.rule] += 1
        watched = Counter(removal.rule for removal in article.watched)
        return cls(
            stats=dict(article.stats),
            flags=article.flags,
            removals=len(article.removals),
            categories=dict(categories),
            rules=dict(rules),
            taken=dict(taken),
            watched=dict(watched),
            repairs={repair.kind: repair.count for repair in article.repairs},
            review=_review(article),
            rulebook=article.rulebook,
            cleaner=article.cleaner,
        )


def _review(article: Article) -> str | None:
    """Return the codes of the flags that ask for review, each with the detail of its first refusal."""
    details: dict[str, str] = {}
    for refusal in article.refused:
        details.setdefault(refusal.why, f": {refusal.detail}")
    reasons = []
    for flag in article.flags:
        kind, _, code = flag.partition(":")
        if kind == _REVIEW:
            detail = details.get(code, "")
            reasons.append(code + detail)
    if not reasons:
        return None
    return "; ".join(reasons)


class Made(NamedTuple):
    """An article, ready to be written."""

    id: str
    files: tuple[bytes, ...]
    """In the order of `Rendering.files`."""
    digest: bytes | None
    """The hash of the first of `files`, where it will be asked for."""
    account: Account


@dataclass(frozen=True, slots=True)
class Rendering:
    """How articles become bytes. Goes to worker processes, so its functions are those of a module."""

    files: tuple[Callable[[Article], bytes], ...] = ()
    is_hashed: bool = False

    def __call__(self, article: Article) -> Made:
        """Render one article."""
        files = tuple(render(article) for render in self.files)
        digest = short_hash(files[0]) if self.is_hashed else None
        return Made(article.id, files, digest, Account.of(article))


def short_hash(data: bytes) -> bytes:
    """Return a hash of 16 bytes."""
    return blake2b(data, digest_size=16).digest()
