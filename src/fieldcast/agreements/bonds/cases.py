"""Asks the rooms above whether a case about an agreement is open, while which its bonds stay.

Each room that knows cases registers its question when its app is ready; so far none does.
"""

from collections.abc import Callable

OpenCases = Callable[[int], bool]
_ASKED: list[OpenCases] = []


def register(asks: OpenCases) -> OpenCases:
    """Ask this from now on, by the agreement's id; a decorator. The same question is asked once."""
    if asks not in _ASKED:
        _ASKED.append(asks)
    return asks


def open_cases(agreement_id: int) -> bool:
    """Is any case about the agreement open?"""
    return any(asks(agreement_id) for asks in _ASKED)
