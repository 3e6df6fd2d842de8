"""What people type, made safe to show: one line, nothing hidden in it, within a limit."""

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem
from fieldcast.kit.said import said


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
    plain = said(text)
    if not plain:
        raise EmptyText
    if len(plain) > limit:
        raise TextTooLong(length=len(plain), limit=limit)
    return plain
