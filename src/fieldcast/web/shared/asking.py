"""Reads what an address asks for. No address is an error: what cannot be understood is left out."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.http import HttpRequest

E = TypeVar("E", bound=StrEnum)
LONGEST = 60  # of search words
MOST_ID = 10**17 - 1  # what a page may ask PostgreSQL for: every id and page number lies far below its bigint


def words(request: HttpRequest, name: str = "q", *, longest: int = LONGEST) -> str:
    """Search words: trimmed, without NUL (which PostgreSQL refuses), of a sensible length."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:longest]


def page_number(request: HttpRequest) -> int:
    """The page asked for, 1 by default."""
    return whole(request.GET.get("page")) or 1


def whole(text: str | None, *, most: int = MOST_ID) -> int | None:
    """A whole number from 0 to `most`, written in plain digits and no longer than `most` is; else None."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > len(str(most)):
        return None
    number = int(text)
    return number if number <= most else None


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


def by_script(request: HttpRequest) -> bool:
    """Did the page's script send this, and stays where it is?"""
    return request.headers.get("HX-Request") == "true"
