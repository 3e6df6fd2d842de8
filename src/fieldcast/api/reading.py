"""Reads the JSON of a request: what is no JSON by its standard, or nested deeper than anything we take, is refused.

Whatever this refuses ninja answers in one way: 400, the body cannot be read.
"""

import json
from typing import Any, Final, NoReturn, cast

from django.http import HttpRequest
from ninja.parser import Parser

DEEPEST: Final = 32  # the terms of an agreement are nested five deep


class CarefulParser(Parser):
    """ninja's parser, which takes `NaN` for a number and depth for granted."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as plain values. Raises `ValueError`, or `RecursionError` where Python refuses the depth."""
        found = json.loads(request.body, parse_constant=_no_number)
        if not _within(found, DEEPEST):
            raise ValueError(f"nested deeper than {DEEPEST}")
        return cast("dict[str, Any]", found)


def _within(found: Any, deepest: int) -> bool:
    """Level by level, so that depth costs no stack."""
    level = [found]
    for _ in range(deepest):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return True
    return False


def _inside(one: Any) -> list[Any]:
    if isinstance(one, dict):
        return list(one.values())
    return one if isinstance(one, list) else []


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")
