"""Reads of messages."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext as _

from fieldcast.inbox import kinds
from fieldcast.inbox.models import Message
from fieldcast.inbox.types import MessageView
from fieldcast.kit.errors import NotFound
from fieldcast.kit.pages import Page, paginate

PER_PAGE = 20


def unread_count(*, person_id: int) -> int:
    """How many messages a person has not read; asked by every page, answered by an index of the unread alone."""
    return Message.objects.filter(to_id=person_id, read_at__isnull=True).count()


def messages(*, person_id: int, page: int = 1, per_page: int = PER_PAGE) -> Page[MessageView]:
    """A person's messages: what is not read first, then what is, each newest first."""
    was_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    return paginate(Message.objects.filter(to_id=person_id).order_by(was_read, "-id"), _views, page, per_page)


def message(*, message_id: int) -> MessageView:
    """One message, whoever's it is. Raises `NotFound`."""
    row = Message.objects.filter(id=message_id).first()
    if row is None:
        raise NotFound("message")
    return message_view(row)


def message_view(row: Message) -> MessageView:
    """A message in the language active now."""
    return MessageView(
        id=row.pk,
        to_id=row.to_id,
        kind=row.kind,
        sentence=_sentence(row),
        link=row.link,
        due=row.due,
        created_at=row.created_at,
        read_at=row.read_at,
    )


def _views(rows: Sequence[Any]) -> Sequence[MessageView]:
    return [message_view(row) for row in rows]


def _sentence(row: Message) -> str:
    try:
        return kinds.read(row.kind, row.facts).sentence
    except (
        LookupError
    ):  # of a kind that no room sends any more: the page it leads to still says what it was about
        return _("There is something for you to see on this page.")
