"""What a file is called, from what somebody's device called it: for people to read, never a place on our disk."""

import re
import unicodedata
from typing import Final

LETTERS: Final = 80
HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # controls, direction marks, half letters


def shown_name(name: str) -> str:
    """The last part of a path, without what cannot be seen, its kind as it is kept; empty when nothing is left."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in HIDDEN)
    stem = " ".join(re.sub(r"\.[A-Za-z0-9]{1,5}$", "", seen.strip()).split()).strip(". ")
    return f"{stem[:LETTERS]}.jpg" if stem else ""
