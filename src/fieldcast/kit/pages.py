"""Pages of a long list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

R = TypeVar("R")
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
    return _page(rows, rows.count(), lambda found: view(list(found)), number, per_page)


def paginate_read(items: Sequence[R], view: Callable[[R], T], number: int, per_page: int) -> Page[T]:
    """Page `number` of what has been read already, each turned into a view by `view`; else as `paginate`."""
    return _page(items, len(items), lambda found: [view(one) for one in found], number, per_page)


def _page(rows: Any, total: int, view: Callable[[Any], Sequence[T]], number: int, per_page: int) -> Page[T]:
    size = min(max(1, per_page), LARGEST)
    last = max(1, -(-total // size))
    number = min(max(1, number), last)
    found = rows[(number - 1) * size : number * size]
    return Page(items=tuple(view(found)), total=total, number=number, per_page=size)
