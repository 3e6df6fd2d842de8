"""What people type, as others see it. Characters that nobody sees say nothing: a reason of them is none.

Unicode has three sorts: what is blank, what is never drawn (controls, zero widths, direction marks), and what counts as
a letter and yet has no ink. Joiners are kept where they join something, within an emoji or a word of Persian or Hindi.
"""

import unicodedata
from typing import Final

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem

UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zs", "Zl", "Zp"})  # by general category
# By code point: the fillers of Korean and Braille, and what is “default ignorable” in no category above (Unicode 16).
_WITHOUT_INK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0").union(
    *(map(chr, range(first, last + 1)) for first, last in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xFFF0, 0xFFF8))),
    *(map(chr, range(first, last + 1)) for first, last in ((0xE0000, 0xE0FFF), (0xFDD0, 0xFDEF))),
)  # fmt: skip
_JOINERS: Final = frozenset("\u200c\u200d")
_VARIANTS: Final = frozenset("\ufe0e\ufe0f")
_TAGS: Final = frozenset(map(chr, range(0xE0020, 0xE0080)))  # they spell out which region's flag it is
_FLAG: Final = "\U0001f3f4"
_SIGNS: Final = ("So", "Sk", "Sm")  # of which emoji are made
_SEEN: Final = (
    "LNPS"  # the first letters of the categories that have ink of their own; an accent alone has none
)


class SaysNothing(Problem):
    """A text that must say something, of characters nobody sees."""

    code = "says_nothing"
    status = 422
    sentence = _("There is nothing in “%(field)s” that anybody could read.")
    next_step = _("Write it in letters, digits or Chinese characters.")


def unseen(letter: str) -> bool:
    """Is nothing drawn for this character?"""
    return letter in _WITHOUT_INK or unicodedata.category(letter) in UNSEEN


def broken(text: str) -> bool:
    """Is there a control character within the text, such as a line break? No code or label has one."""
    return any(unicodedata.category(letter) == "Cc" for letter in text.strip())


def said(text: str) -> str:
    """`text` on one line as it is seen: nothing hidden, no blank twice or at an end; empty when it says nothing."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        if letter.isspace():
            kept.append(" ")
        elif not unseen(letter) or (kept and _joins(kept[-1], letter)):
            kept.append(letter)
    plain = " ".join("".join(kept).split()).rstrip("".join(_JOINERS))
    return plain if any(unicodedata.category(letter)[0] in _SEEN for letter in plain) else ""


def must_say(text: str, *, field: str) -> str:
    """What `said` makes of it. Raises `SaysNothing`, which names the field."""
    plain = said(text)
    if not plain:
        raise SaysNothing(field=field)
    return plain


def alike(text: str) -> str:
    """What two texts have in common that say the same: width, case, blanks and what is hidden make no difference.

    For comparing alone, never kept or shown: `（１）` and `(1)` are alike.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(letter for letter in plain_digits(folded) if not unseen(letter) and not letter.isspace())


def plain_digits(text: str) -> str:
    """`text` with the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(letter)) if unicodedata.category(letter) == "Nd" else letter
        for letter in text
    )


def _joins(before: str, letter: str) -> bool:
    """Does this joiner, which nobody sees by itself, change what is drawn behind `before`?"""
    sign = unicodedata.category(before) in _SIGNS
    if letter in _VARIANTS:
        return sign or before in "0123456789#*"
    if letter in _JOINERS:
        return sign or before in _VARIANTS or _is_joined_script(before)
    return letter in _TAGS and (before == _FLAG or before in _TAGS)


def _is_joined_script(letter: str) -> bool:
    """A letter or mark of the scripts from Hebrew to Mongolian, whose letters join or stay apart by a joiner."""
    return "\u0590" <= letter <= "\u18af" and unicodedata.category(letter)[0] in "LM"
