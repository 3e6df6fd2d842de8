"""Writes that close a conversation, and what its buyer may do then: write to the county, which reads it and answers.

What always holds: a closed conversation waits for no answer of its seller and takes no more letters of either side. Who
closed it, when and why is a letter of it, which buyer and seller both read. What buyer and county write to each other
about it the seller's people do not read: whoever was insulted is not insulted once more. Money is asked for as ever.
"""

from datetime import datetime

from django.db import transaction

from fieldcast.accounts import limits
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import NotFound
from fieldcast.trade.letters import queries, told
from fieldcast.trade.letters.entering import (
    about,
    check_active,
    locked,
    plain_reason,
    plain_words,
    side_of,
    spend,
)
from fieldcast.trade.letters.problems import (
    ClosedForNothing,
    ConversationClosed,
    ConversationOpen,
    NobodyToAsk,
    TooManyLetters,
)
from fieldcast.trade.letters.types import ConversationView, Side
from fieldcast.trade.models import Conversation, Letter


def close_conversation(*, by: SignedIn, conversation_id: int, reason: str, now: datetime) -> ConversationView:
    """Close it for both sides: the seller's people, or the county while it may read it. The buyer reads why.

    Raises `NotFound` for strangers, `ConversationClosed`, `ClosedForNothing`, `AccountEnded`.
    """
    with transaction.atomic():
        check_active(by)
        row, view = locked(conversation_id)
        side = Side.CLOSED if side_of(by, view, now) == Side.SELLER else Side.ENDED
        plain = plain_reason(reason, ClosedForNothing)
        if row.closed_at is not None:
            raise ConversationClosed
        if row.waiting_since is not None:
            told.waits_no_more(row, by=by, words=told.CLOSED, now=now)
        Letter.objects.create(conversation=row, side=side.value, by_id=by.pk, at=now, words=plain)
        row.closed_at = row.last_at = now
        row.waiting_since = row.answer_until = None
        row.save(update_fields=["closed_at", "last_at", "waiting_since", "answer_until"])
        closed = queries.conversation(conversation_id=conversation_id)
        told.closed(closed, by_county=side == Side.ENDED, now=now)
    return closed


def write_to_county(*, by: SignedIn, conversation_id: int, words: str, now: datetime) -> ConversationView:
    """The buyer of a closed conversation writes to the county about it.

    Raises `NotFound` for anyone else's, `ConversationOpen`, `NobodyToAsk`, `NothingWritten`, `TooManyLetters`,
    `AccountEnded`.
    """
    if queries.conversation(conversation_id=conversation_id).buyer_id != by.pk:
        raise NotFound("conversation")
    with transaction.atomic():
        check_active(by)
        spend(limits.LETTERS, by, now, TooManyLetters)
        row, _view = locked(conversation_id)
        if row.closed_at is None:
            raise ConversationOpen
        plain = plain_words(words)
        if row.appealed_at is None:
            authority = accounts.authority(county_id=row.county_id)
            if authority is None:
                raise NobodyToAsk
            told.county_is_asked(row, about(row), authority, by=by, now=now)
            row.appealed_at = now
            row.save(update_fields=["appealed_at"])
        Letter.objects.create(conversation=row, side=Side.APPEAL.value, by_id=by.pk, at=now, words=plain)
    return queries.conversation(conversation_id=conversation_id)


def answer_from_county(row: Conversation, *, by: SignedIn, words: str, now: datetime) -> ConversationView:
    """The county answers what the buyer wrote to it, under the conversation's lock."""
    plain = plain_words(words)
    told.county_has_answered(row, by=by, now=now)
    letter = Letter.objects.create(conversation=row, side=Side.REPLY.value, by_id=by.pk, at=now, words=plain)
    row.appealed_at = None
    row.save(update_fields=["appealed_at"])
    view = queries.conversation(conversation_id=row.pk)
    told.tell_buyer(letter, view, now=now)
    return view
