"""A page of a list as JSON."""

from typing import Generic, TypeVar

from ninja import Schema

from fieldcast.kit.pages import Page

T = TypeVar("T")


class PageOut(Schema, Generic[T]):
    """`number` counts from 1; `total` counts the items of all pages."""

    items: list[T]
    total: int
    number: int
    pages: int


def page_of(page: "Page[T]") -> dict[str, object]:
    """The page as plain values."""
    return {"items": list(page.items), "total": page.total, "number": page.number, "pages": page.pages}
