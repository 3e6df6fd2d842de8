"""What people type, made safe to show: one line, no control or direction characters, within a limit."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem

SPACES = re.compile(r"\s+")
# Direction marks can turn a neighbour's words round; the joiners inside emoji are kept.
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class EmptyText(Problem):
    """Nothing was written."""

    code = "empty_text"
    sentence = _("There is nothing to send yet.")
    next_step = _("Write a few words first.")


class TextTooLong(Problem):
    """More was written than fits."""

    code = "text_too_long"
    sentence = _("This has %(length)s characters; at most %(limit)s fit.")
    next_step = _("Shorten it, or send it in two parts.")


def one_line(text: str, *, limit: int) -> str:
    """`text` on one line, trimmed. Raises `EmptyText`, or `TextTooLong` beyond `limit` characters."""
    plain = SPACES.sub(" ", DIRECTION.sub("", text)).strip()
    plain = "".join(letter for letter in plain if unicodedata.category(letter) not in {"Cc", "Cs", "Co"})
    if not plain:
        raise EmptyText
    if len(plain) > limit:
        raise TextTooLong(length=len(plain), limit=limit)
    return plain
