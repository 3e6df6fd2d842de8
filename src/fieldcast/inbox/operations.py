"""Writes of messages: sent with what they tell of, read, carried by the ways there are, ended when read long ago."""

import json
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from fieldcast.accounts.types import Actor, SignedIn
from fieldcast.inbox import loaders, queries, ways
from fieldcast.inbox.models import Message, Sending
from fieldcast.inbox.quiet import next_waking
from fieldcast.inbox.types import KEPT_AFTER_READ, Letter
from fieldcast.kit import sql

log = logging.getLogger(__name__)

AT_ONCE = 200
AGAIN = timedelta(minutes=10)

# One statement however many there are. Two transactions that send under one key: the second waits for the first, and
# then finds it sent, or sends it because the first was undone.
_SEND = """
INSERT INTO inbox_message (to_id, county_id, kind, facts, link, once_key, due, created_at)
SELECT to_id, county_id, kind, facts, link, once_key, due, %s
FROM jsonb_to_recordset(%s::jsonb) AS sent(
  to_id bigint, county_id bigint, kind text, facts jsonb, link text, once_key text, due timestamptz)
ORDER BY to_id, once_key
ON CONFLICT (to_id, once_key) DO NOTHING RETURNING id
"""


def send(*, letters: Sequence[Letter], now: datetime) -> int:
    """Send each letter to each of its people, in the caller's transaction; returns how many messages that made.

    What a person has under the same `once_key` is not sent again. Raises `ValueError` for facts that are none.
    """
    rows = [_row(letter, person) for letter in letters for person in sorted(set(letter.to))]
    if not rows:
        return 0
    with transaction.atomic():
        made = [int(row[0]) for row in sql.rows(_SEND, [now, json.dumps(rows, ensure_ascii=False)])]
        _give_to_ways(made, now=now)
    return len(made)


def mark_read(*, by: Actor, message_id: int, now: datetime) -> str:
    """Write down that the person it is to has read it; returns its link. Reading it again changes nothing.

    Raises `NotFound` for everyone else.
    """
    found = loaders.load_message(by=by, message_id=message_id)
    _read(Message.objects.filter(id=message_id), now=now)
    return found.link


def mark_all_read(*, by: SignedIn, now: datetime) -> int:
    """Write down that a person has read all they have; returns how many that were."""
    return _read(Message.objects.filter(to_id=by.pk), now=now)


def mark_done(*, once_key: str, to: Iterable[int], now: datetime) -> int:
    """What a message asked of these people is done, by whichever of them: it waits for none of them any more."""
    return _read(Message.objects.filter(once_key=once_key, to_id__in=set(to)), now=now)


def carry_due(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Let the ways carry what may go now; returns how many went.

    What was read meanwhile goes no more. A way that fails (`OSError`) has it again ten minutes later. A message may
    go twice when the process ends between the way and its commit, never not at all.
    """
    done = 0
    for sending_id in list(
        Sending.objects.filter(not_before__lte=now)
        .order_by("not_before")
        .values_list("id", flat=True)[:limit]
    ):
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
            done += _carry(sending_id, now=now)
    return done


def end_read(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Messages that were read ninety days ago go; returns how many. What nobody read stays."""
    long_ago = Message.objects.filter(read_at__lt=now - KEPT_AFTER_READ).order_by("read_at")
    ids = list(long_ago.values_list("id", flat=True)[:limit])
    Message.objects.filter(id__in=ids).delete()
    return len(ids)


def _row(letter: Letter, person_id: int) -> dict[str, object]:
    return {
        "to_id": person_id,
        "county_id": letter.county_id,
        "kind": letter.what.name,
        "facts": letter.what.facts,
        "link": letter.link,
        "once_key": letter.once_key,
        "due": letter.due.isoformat() if letter.due else None,
    }


def _give_to_ways(message_ids: Sequence[int], *, now: datetime) -> None:
    Sending.objects.bulk_create(
        Sending(message_id=message, way=name, not_before=_not_before(name, now=now))
        for name in settings.INBOX_WAYS
        if ways.get_way(name).carry is not None
        for message in message_ids
    )


def _not_before(way: str, *, now: datetime) -> datetime:
    return next_waking(now, ZoneInfo(settings.TIME_ZONE)) if ways.get_way(way).wakes else now


def _carry(sending_id: int, *, now: datetime) -> int:
    rows = Sending.objects.select_related("message").select_for_update(of=("self",), skip_locked=True)
    row = rows.filter(id=sending_id).first()
    if row is None:  # another worker has it
        return 0
    carry = ways.get_way(row.way).carry if row.way in ways.ways() else None
    if carry is None or row.message.read_at is not None:
        row.delete()
        return 0
    later = _not_before(row.way, now=now)
    if later > now:  # it was late: the night has begun meanwhile
        Sending.objects.filter(id=row.pk).update(not_before=later)
        return 0
    try:
        carry(queries.message_view(row.message))
    except OSError as failed:
        log.warning("message %s could not go by %s: %s", row.message_id, row.way, failed)
        Sending.objects.filter(id=row.pk).update(not_before=now + AGAIN)
        return 0
    row.delete()
    return 1


def _read(rows: QuerySet[Message], *, now: datetime) -> int:
    return rows.filter(read_at__isnull=True).update(read_at=now)
