"""Pages of a long list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

T = TypeVar("T")
LARGEST = 200


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page: `number` counts from 1; `total` counts the items of all pages."""

    items: tuple[T, ...]
    total: int
    number: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def has_next(self) -> bool:
        """Is there a page after this one?"""
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        """Is there a page before this one?"""
        return self.number > 1


def paginate(
    rows: "QuerySet[Any]", view: Callable[[Sequence[Any]], Sequence[T]], number: int, per_page: int
) -> Page[T]:
    """Page `number` of `rows`, turned into views by `view`, which gets the page's rows at once.

    A number outside the range gives the nearest page, and a page holds 1 to 200 items, so that no address is an error.
    """
    size = min(max(1, per_page), LARGEST)
    total = rows.count()
    last = max(1, -(-total // size))
    number = min(max(1, number), last)
    found = list(rows[(number - 1) * size : number * size])
    return Page(items=tuple(view(found)), total=total, number=number, per_page=size)
