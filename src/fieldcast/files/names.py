"""What a file is called, from what somebody's device called it: for people to read, never a place on our disk."""

import re
from typing import Final

from fieldcast.kit.said import said

LETTERS: Final = 80


def shown_name(name: str) -> str:
    """The last part of a path, without what cannot be seen, its kind as it is kept; empty when nothing is left."""
    last = re.split(r"[/\\]", name)[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", said(last)).strip(". ")
    return f"{stem[:LETTERS]}.jpg" if stem else ""
