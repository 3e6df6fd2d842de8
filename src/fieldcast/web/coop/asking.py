"""Reads what an address asks for. No address is an error: what cannot be understood is left out."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.http import HttpRequest

E = TypeVar("E", bound=StrEnum)
LONGEST = 60


def words(request: HttpRequest, name: str = "q") -> str:
    """Search words: trimmed, without NUL (which PostgreSQL refuses), of a sensible length."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]


def page_number(request: HttpRequest) -> int:
    """The page asked for, 1 by default."""
    return whole(request.GET.get("page")) or 1


def whole(text: str | None) -> int | None:
    """A whole number that fits an id, else None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def one_of(request: HttpRequest, name: str, kind: type[E]) -> E | None:
    """A member of an enumeration, else None."""
    asked = request.GET.get(name, "")
    return next((member for member in kind if member.value == asked), None)


def day(request: HttpRequest, name: str) -> date | None:
    """A day such as 2026-05-01, else None."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
