"""Cells of files that people open in Excel, WPS or LibreOffice: no text may run as a formula there.

A spreadsheet runs what begins with a sign, and for it a full-width sign is one, and blanks and characters nobody sees
before it are nothing. Such text gets an apostrophe in front, so that it is opened as text; all other text is left as it
is, and numbers stay numbers.
"""

import unicodedata
from decimal import Decimal
from typing import Any, Final

from fieldcast.kit.said import unseen

SIGNS: Final = frozenset(
    "=+-@\u2212"
)  # after NFKC, which makes ＝ ﹦ ⁼ into =, and so on; U+2212 is the minus of print
BREAKS: Final = frozenset(
    "\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
)  # a cell that begins with one may be split there
ACCENTS: Final = frozenset({"Mn", "Me"})  # of nothing, where a cell begins


def safe_cell(value: Any) -> Any:
    """A cell no spreadsheet runs. None is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return value
    text = str(value)
    return f"'{text}" if runs(text) else text


def runs(text: str) -> bool:
    """Might a spreadsheet take this text for a formula, or for more than one cell?"""
    if text[:1] in BREAKS:
        return True
    seen = next((letter for letter in text if not _unseen(letter)), "")
    return bool(SIGNS & set(unicodedata.normalize("NFKC", seen)[:1]))


def _unseen(letter: str) -> bool:
    return unseen(letter) or unicodedata.category(letter) in ACCENTS
